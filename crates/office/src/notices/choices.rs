//! What an account wants by mail: its address, the kinds it does not want, links that stop mail without signing in.

use data_encoding::BASE64URL_NOPAD;
use kernel::id::AccountId;

use super::decision::{confirm_message, parse_address, stop_message};
use super::model::{Address, NoticeKind};
use super::{NoticesError, store};
use crate::db::Tx;
use crate::{Ctx, House, ledger};

/// The address and the kinds that do not come by mail.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Choices {
    /// The address; none where none was entered.
    pub address: Option<Address>,
    /// What does not come by mail.
    pub silent: Vec<NoticeKind>,
}

/// The actor's own choices.
///
/// # Errors
/// What the store says.
pub async fn mine(ctx: &Ctx<'_>) -> Result<Choices, NoticesError> {
    let Some(account) = ctx.actor.account else { return Ok(Choices::default()) };
    let mut tx = ctx.read().await?;
    Ok(Choices { address: store::address(&mut tx, account).await?, silent: store::silences(&mut tx, account).await? })
}

/// Keeps an address, or none; a new one is asked by mail whether it is its owner's.
///
/// # Errors
/// When it is no address, or nobody signed in.
pub async fn set_address(ctx: &Ctx<'_>, text: &str) -> Result<(), NoticesError> {
    let account = ctx.actor.account.ok_or(NoticesError::Unknown("tài khoản"))?;
    let wanted = if text.trim().is_empty() { None } else { Some(parse_address(text)?) };
    let mut tx = ctx.begin().await?;
    let known = store::address(&mut tx, account).await?.map(|address| address.address);
    if known == wanted {
        return Ok(());
    }
    store::drop_queued(&mut tx, account, None).await?;
    match &wanted {
        Some(address) => {
            store::put_address(&mut tx, account, address, ctx.now()).await?;
            store::queue(&mut tx, account, None, address, ctx.now()).await?;
        }
        None => store::drop_address(&mut tx, account).await?,
    }
    tell(ctx, &mut tx, account, "notices.set_address").await?;
    tx.commit().await?;
    Ok(())
}

/// Keeps which kinds do not come by mail; letters of these that wait are dropped.
///
/// # Errors
/// When nobody signed in.
pub async fn choose(ctx: &Ctx<'_>, silent: &[NoticeKind]) -> Result<(), NoticesError> {
    let account = ctx.actor.account.ok_or(NoticesError::Unknown("tài khoản"))?;
    let mut tx = ctx.begin().await?;
    for kind in NoticeKind::ALL {
        store::silence(&mut tx, account, *kind, silent.contains(kind)).await?;
    }
    tell(ctx, &mut tx, account, "notices.choose").await?;
    tx.commit().await?;
    Ok(())
}

/// The last part of a link that stops mail to an account: of one kind, or all.
#[must_use]
pub fn stop_token(house: &House, account: AccountId, kind: Option<NoticeKind>) -> String {
    let signature = house.keys.sign(stop_message(account, kind).as_bytes());
    format!("{account}.{}.{}", kind.map_or("tat-ca", NoticeKind::code), BASE64URL_NOPAD.encode(&signature))
}

/// Whose mail a link stops, and of which kind; none of it for a link that is not ours.
///
/// # Errors
/// [`NoticesError::OddLink`].
pub fn read_stop(house: &House, token: &str) -> Result<(AccountId, Option<NoticeKind>), NoticesError> {
    let odd = || NoticesError::OddLink;
    let mut parts = token.splitn(3, '.');
    let (account, kind, signature) = (parts.next(), parts.next(), parts.next());
    let account: AccountId = account.and_then(|text| text.parse().ok()).ok_or_else(odd)?;
    let kind = match kind.ok_or_else(odd)? {
        "tat-ca" => None,
        code => Some(NoticeKind::from_code(code).ok_or_else(odd)?),
    };
    let signature = BASE64URL_NOPAD.decode(signature.ok_or_else(odd)?.as_bytes()).map_err(|_| odd())?;
    if house.keys.is_ours(stop_message(account, kind).as_bytes(), &signature) {
        Ok((account, kind))
    } else {
        Err(odd())
    }
}

/// Stops mail by a link, for whoever has it: of the kind it names, or of all when that is asked for.
///
/// Doing it twice changes nothing. Whoever holds a link of one kind may stop all: it came with a letter to its owner.
///
/// # Errors
/// [`NoticesError::OddLink`]; what the store says.
pub async fn stop(ctx: &Ctx<'_>, token: &str, all: bool) -> Result<Option<NoticeKind>, NoticesError> {
    let (account, kind) = read_stop(ctx.house, token)?;
    let kind = kind.filter(|_| !all);
    let mut tx = ctx.begin().await?;
    for one in NoticeKind::ALL.iter().filter(|one| kind.is_none_or(|kind| kind == **one)) {
        store::silence(&mut tx, account, *one, true).await?;
    }
    tell(ctx, &mut tx, account, "notices.unsubscribe").await?;
    tx.commit().await?;
    Ok(kind)
}

/// The last part of the link by which the owner of an address confirms it.
#[must_use]
pub fn confirm_token(house: &House, account: AccountId, address: &str) -> String {
    let signature = house.keys.sign(confirm_message(account, address).as_bytes());
    format!("{account}.{}", BASE64URL_NOPAD.encode(&signature))
}

/// Confirms an address by the link that was sent there.
///
/// # Errors
/// [`NoticesError::OddLink`] also when another address was entered since.
pub async fn confirm(ctx: &Ctx<'_>, token: &str) -> Result<(), NoticesError> {
    let odd = || NoticesError::OddLink;
    let (account, signature) = token.split_once('.').ok_or_else(odd)?;
    let account: AccountId = account.parse().map_err(|_| odd())?;
    let signature = BASE64URL_NOPAD.decode(signature.as_bytes()).map_err(|_| odd())?;
    let mut tx = ctx.begin().await?;
    let address = store::address(&mut tx, account).await?.ok_or_else(odd)?;
    if !ctx.house.keys.is_ours(confirm_message(account, &address.address).as_bytes(), &signature) {
        return Err(odd());
    }
    if address.confirmed_at.is_none() {
        store::confirm_address(&mut tx, account, ctx.now()).await?;
        tell(ctx, &mut tx, account, "notices.confirm_address").await?;
        tx.commit().await?;
    }
    Ok(())
}

/// The ledger learns that it was done, never the address.
async fn tell(ctx: &Ctx<'_>, tx: &mut Tx, account: AccountId, action: &'static str) -> Result<(), NoticesError> {
    ledger::record(tx, ctx.entry(action, "account", account)).await?;
    Ok(())
}
