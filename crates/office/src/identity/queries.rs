//! Lists of accounts.

use std::collections::BTreeMap;

use kernel::id::{AccountId, PersonId, UnitId};
use kernel::text::search_key;
use kernel::{Date, Grant, Permission};

use super::model::GrantId;
use super::{Account, IdentityError, store};
use crate::Ctx;
use crate::db::{StoreError, Tx};

/// All accounts with their grants, by login.
///
/// # Errors
/// When the actor may not manage accounts.
pub async fn list(ctx: &Ctx<'_>) -> Result<Vec<(Account, Vec<(GrantId, Grant)>)>, IdentityError> {
    ctx.may(Permission::ManageAccounts)?;
    let mut tx = ctx.read().await?;
    let mut found = Vec::new();
    for account in store::list(&mut tx).await? {
        let grants = store::grants(&mut tx, account.id).await?;
        found.push((account, grants));
    }
    Ok(found)
}

/// The names of accounts, for histories.
///
/// # Errors
/// What the store says.
pub async fn names(ctx: &Ctx<'_>) -> Result<BTreeMap<AccountId, String>, IdentityError> {
    Ok(names_in(&mut ctx.read().await?).await?)
}

/// As [`names`], within a transaction.
///
/// # Errors
/// What the store says.
pub async fn names_in(tx: &mut Tx) -> Result<BTreeMap<AccountId, String>, StoreError> {
    Ok(store::list(tx).await?.into_iter().map(|account| (account.id, account.name)).collect())
}

/// The person behind an account that is not stopped on a day.
///
/// # Errors
/// What the store says.
pub async fn person_of(tx: &mut Tx, account: AccountId, day: Date) -> Result<Option<PersonId>, StoreError> {
    Ok(store::find(tx, account).await?.filter(|account| !account.stopped(day)).and_then(|account| account.person))
}

/// Whether the actor is one of these accounts, or the person of one of them under another account, also where that
/// one was stopped since. Where an account belongs to nobody known, its name is all there is to tell by.
///
/// # Errors
/// What the store says.
pub async fn is_one_of(ctx: &Ctx<'_>, tx: &mut Tx, accounts: &[AccountId]) -> Result<bool, StoreError> {
    for account in accounts {
        if ctx.actor.account == Some(*account) {
            return Ok(true);
        }
        let Some(found) = store::find(tx, *account).await? else { continue };
        let same = match (found.person, ctx.actor.person) {
            (Some(one), Some(other)) => one == other,
            _ => search_key(&found.name) == search_key(&ctx.actor.name),
        };
        if same {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Somebody who holds a permission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The account.
    pub account: AccountId,
    /// The person behind it.
    pub person: Option<PersonId>,
    /// The name in histories.
    pub name: String,
}

/// Whoever is behind an account that holds a permission on a day, for whichever unit, and is not stopped.
///
/// # Errors
/// What the store says.
pub async fn holder(
    tx: &mut Tx,
    account: AccountId,
    permission: Permission,
    day: Date,
) -> Result<Option<Holder>, StoreError> {
    let Some(account) = store::find(tx, account).await?.filter(|account| !account.stopped(day)) else {
        return Ok(None);
    };
    let carries = |grant: &Grant| grant.period.contains(day) && grant.role.permissions().contains(&permission);
    let holds = store::grants(tx, account.id).await?.iter().any(|(_, grant)| carries(grant));
    Ok(holds.then_some(Holder { account: account.id, person: account.person, name: account.name }))
}

/// The accounts of a person that are not stopped on a day.
///
/// # Errors
/// What the store says.
pub async fn accounts_of(tx: &mut Tx, person: PersonId, day: Date) -> Result<Vec<AccountId>, StoreError> {
    store::of_person(tx, person, day).await
}

/// The accounts that hold a permission on a day for exactly this unit; none means for the whole Office.
///
/// # Errors
/// What the store says.
pub async fn holders(
    tx: &mut Tx,
    permission: Permission,
    unit: Option<UnitId>,
    day: Date,
) -> Result<Vec<AccountId>, StoreError> {
    let carries = |grant: &Grant| {
        grant.unit == unit && grant.period.contains(day) && grant.role.permissions().contains(&permission)
    };
    let granted = store::granted(tx, day).await?;
    let mut found: Vec<AccountId> =
        granted.into_iter().filter(|(_, grant)| carries(grant)).map(|(account, _)| account).collect();
    found.dedup();
    Ok(found)
}
