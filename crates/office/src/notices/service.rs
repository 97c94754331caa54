//! Raise a notice, read it.

use std::collections::BTreeSet;

use kernel::id::AccountId;

use super::model::{NewNotice, Notice, NoticeId, To};
use super::{NoticesError, store};
use crate::db::{StoreError, Tx};
use crate::{Ctx, identity};

/// Raises a notice in the transaction of what causes it, once for each key; not to whoever caused it.
///
/// Where its receiver confirmed an address and wants the kind by mail, a letter is queued in the same transaction.
///
/// # Errors
/// What the store says.
pub async fn raise(ctx: &Ctx<'_>, tx: &mut Tx, to: &[To], new: &NewNotice) -> Result<(), StoreError> {
    let mut accounts = BTreeSet::new();
    for one in to {
        accounts.extend(receivers(ctx, tx, *one).await?);
    }
    for account in accounts.into_iter().filter(|account| ctx.actor.account != Some(*account)) {
        let notice = Notice {
            id: NoticeId::new(),
            account,
            kind: new.kind,
            subject: kernel::text::clean_line(&new.subject),
            url: new.url.clone(),
            raised_at: ctx.now(),
            read_at: None,
        };
        if !store::add(tx, &notice, &new.key).await? {
            continue;
        }
        let address = store::address(tx, account).await?.filter(|address| address.confirmed_at.is_some());
        if let Some(address) = address
            && !store::silences(tx, account).await?.contains(&new.kind)
        {
            store::queue(tx, account, Some(notice.id), &address.address, ctx.now()).await?;
        }
    }
    Ok(())
}

async fn receivers(ctx: &Ctx<'_>, tx: &mut Tx, to: To) -> Result<Vec<AccountId>, StoreError> {
    let today = ctx.today();
    match to {
        To::Account(account) => Ok(vec![account]),
        To::Person(person) => identity::queries::accounts_of(tx, person, today).await,
        To::Holding(permission, unit) => {
            let own = identity::queries::holders(tx, permission, Some(unit), today).await?;
            if own.is_empty() { identity::queries::holders(tx, permission, None, today).await } else { Ok(own) }
        }
        To::Office(permission) => identity::queries::holders(tx, permission, None, today).await,
    }
}

/// Marks one of the actor's notices as read; answers where it leads.
///
/// # Errors
/// When there is none, or it is another's.
pub async fn open(ctx: &Ctx<'_>, id: NoticeId) -> Result<String, NoticesError> {
    let account = ctx.actor.account.ok_or(NoticesError::Unknown("thông báo"))?;
    let mut tx = ctx.begin().await?;
    let notice = store::find(&mut tx, id).await?.filter(|notice| notice.account == account);
    let notice = notice.ok_or(NoticesError::Unknown("thông báo"))?;
    store::mark_read(&mut tx, account, Some(id), ctx.now()).await?;
    tx.commit().await?;
    Ok(notice.url)
}

/// Marks all of the actor's notices as read.
///
/// # Errors
/// What the store says.
pub async fn read_all(ctx: &Ctx<'_>) -> Result<(), NoticesError> {
    let Some(account) = ctx.actor.account else { return Ok(()) };
    let mut tx = ctx.begin().await?;
    store::mark_read(&mut tx, account, None, ctx.now()).await?;
    tx.commit().await?;
    Ok(())
}
