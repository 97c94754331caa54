//! Keeping accounts and the roles they hold.

use kernel::id::{AccountId, PersonId, UnitId};
use kernel::{Grant, Period, Permission, Role};

use super::model::{GrantId, LINK_LIFE, Token};
use super::{Account, IdentityError, password, store};
use crate::db::{StoreError, Tx};
use crate::{Ctx, ledger};

/// An account that is about to be opened.
#[derive(Debug, Clone)]
pub struct NewAccount {
    /// What will be typed to sign in.
    pub login: String,
    /// The name in histories.
    pub name: String,
    /// The person behind it.
    pub person: Option<PersonId>,
}

/// Opens an account; answers it with the one-time link by which its owner chooses a password.
///
/// # Errors
/// A login that is odd or taken, a person who has an account in use already.
pub async fn open(ctx: &Ctx<'_>, new: &NewAccount) -> Result<(AccountId, Token), IdentityError> {
    ctx.may(Permission::ManageAccounts)?;
    let mut tx = ctx.begin().await?;
    let id = add(ctx, &mut tx, new, None).await?;
    let token = link(ctx, &mut tx, id).await?;
    tx.commit().await?;
    Ok((id, token))
}

/// Opens an account with a password already chosen: for example data only.
///
/// # Errors
/// As [`open`], and a weak password.
pub async fn open_with_password(ctx: &Ctx<'_>, new: &NewAccount, hash: String) -> Result<AccountId, IdentityError> {
    ctx.may(Permission::ManageAccounts)?;
    let mut tx = ctx.begin().await?;
    let id = add(ctx, &mut tx, new, Some(hash)).await?;
    tx.commit().await?;
    Ok(id)
}

/// Hashes a password once, to be used with [`open_with_password`].
///
/// # Errors
/// A weak password.
pub async fn hash(secret: &str) -> Result<String, IdentityError> {
    password::check(secret, "\u{0}")?;
    Ok(password::hash(secret.to_owned()).await)
}

async fn add(ctx: &Ctx<'_>, tx: &mut Tx, new: &NewAccount, hash: Option<String>) -> Result<AccountId, IdentityError> {
    if let Some(person) = new.person {
        only_one(ctx, tx, person).await?;
    }
    let account = Account {
        id: AccountId::new(),
        login: Account::parse_login(&new.login)?,
        name: kernel::text::clean_line(&new.name),
        person: new.person,
        password_hash: hash,
        failures: 0,
        locked_until: None,
        stopped_on: None,
        version: 1,
    };
    match store::add(tx, &account).await {
        Err(StoreError::Duplicate { .. }) => return Err(IdentityError::LoginTaken { login: account.login }),
        other => other?,
    }
    ledger::record(tx, ctx.entry("identity.open", "account", account.id)).await?;
    Ok(account.id)
}

/// Refuses a second account in use for one person: two hands that are one person's would check each other. An account
/// that was stopped does not count.
async fn only_one(ctx: &Ctx<'_>, tx: &mut Tx, person: PersonId) -> Result<(), IdentityError> {
    let Some(id) = store::of_person(tx, person, ctx.today()).await?.into_iter().next() else { return Ok(()) };
    let other = store::find(tx, id).await?.ok_or(IdentityError::Unknown)?;
    Err(IdentityError::PersonHasAccount { login: other.login, name: other.name })
}

/// A new one-time link for an account whose owner lost the password; open sessions stay until it is used.
///
/// # Errors
/// When there is no such account.
pub async fn invite(ctx: &Ctx<'_>, id: AccountId) -> Result<Token, IdentityError> {
    ctx.may(Permission::ManageAccounts)?;
    let mut tx = ctx.begin().await?;
    store::find(&mut tx, id).await?.ok_or(IdentityError::Unknown)?;
    let token = link(ctx, &mut tx, id).await?;
    tx.commit().await?;
    Ok(token)
}

async fn link(ctx: &Ctx<'_>, tx: &mut Tx, id: AccountId) -> Result<Token, IdentityError> {
    let token = Token::fresh();
    store::add_link(tx, &token.hash(), Some(id), ctx.now() + LINK_LIFE).await?;
    ledger::record(tx, ctx.entry("identity.invite", "account", id)).await?;
    Ok(token)
}

/// Says who stands behind an account that was opened for nobody known. It is said once.
///
/// # Errors
/// When there is no such account, it has a person already, or the person has another account in use.
pub async fn bind(ctx: &Ctx<'_>, id: AccountId, person: PersonId) -> Result<(), IdentityError> {
    ctx.may(Permission::ManageAccounts)?;
    let mut tx = ctx.begin().await?;
    let account = store::find(&mut tx, id).await?.ok_or(IdentityError::Unknown)?;
    if account.person.is_some() {
        return Err(IdentityError::HasPerson);
    }
    only_one(ctx, &mut tx, person).await?;
    store::bind(&mut tx, &account, person).await?;
    ledger::record(&mut tx, ctx.entry("identity.bind", "account", id).set("person", person)).await?;
    tx.commit().await?;
    Ok(())
}

/// Whether only a known person may hold a role: who drafts and who signs decisions are told apart as persons, and a
/// seat in the council is a person's.
#[must_use]
pub fn asks_for_a_person(role: Role) -> bool {
    let needs = [Permission::DraftDecision, Permission::SignDecision, Permission::Vote];
    needs.iter().any(|one| role.permissions().contains(one))
}

/// Gives a role to an account, for a unit (or all) and a period.
///
/// # Errors
/// When there is no such account, or it belongs to nobody known and the role asks for a person.
pub async fn grant(
    ctx: &Ctx<'_>,
    id: AccountId,
    role: Role,
    unit: Option<UnitId>,
    period: Period,
) -> Result<GrantId, IdentityError> {
    ctx.may(Permission::ManageAccounts)?;
    let mut tx = ctx.begin().await?;
    let account = store::find(&mut tx, id).await?.ok_or(IdentityError::Unknown)?;
    if asks_for_a_person(role) && account.person.is_none() {
        return Err(IdentityError::NoPerson);
    }
    let grant_id = GrantId::new();
    store::add_grant(&mut tx, grant_id, id, &Grant { role, unit, period }).await?;
    let mut entry = ctx.entry("identity.grant", "account", id).set("role", role.code()).set("from", period.from);
    if let Some(unit) = unit {
        entry = entry.set("unit", unit);
    }
    ledger::record(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(grant_id)
}

/// Ends a grant today.
///
/// # Errors
/// When there is no such account, or it is the last administrator's.
pub async fn end_grant(ctx: &Ctx<'_>, id: AccountId, grant: GrantId) -> Result<(), IdentityError> {
    ctx.may(Permission::ManageAccounts)?;
    let mut tx = ctx.begin().await?;
    store::end_grant(&mut tx, id, grant, ctx.today()).await?;
    keep_an_admin(ctx, &mut tx).await?;
    ledger::record(&mut tx, ctx.entry("identity.end_grant", "account", id).set("grant", grant)).await?;
    tx.commit().await?;
    Ok(())
}

/// Stops an account today and ends its sessions.
///
/// # Errors
/// When there is no such account, or it is the last administrator's.
pub async fn stop(ctx: &Ctx<'_>, id: AccountId) -> Result<(), IdentityError> {
    ctx.may(Permission::ManageAccounts)?;
    let mut tx = ctx.begin().await?;
    let mut account = store::find(&mut tx, id).await?.ok_or(IdentityError::Unknown)?;
    account.stopped_on = Some(ctx.today());
    store::save(&mut tx, &account).await?;
    store::end_sessions(&mut tx, id).await?;
    keep_an_admin(ctx, &mut tx).await?;
    ledger::record(&mut tx, ctx.entry("identity.stop", "account", id)).await?;
    tx.commit().await?;
    Ok(())
}

async fn keep_an_admin(ctx: &Ctx<'_>, tx: &mut Tx) -> Result<(), IdentityError> {
    match store::active_admins(tx, ctx.today()).await? {
        0 => Err(IdentityError::LastAdmin),
        _ => Ok(()),
    }
}
