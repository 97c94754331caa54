//! Rows of accounts, grants, sessions and links.

use kernel::id::{AccountId, PersonId, UnitId};
use kernel::{Date, Grant, Period, Permission, Role, Timestamp};

use super::Account;
use super::model::GrantId;
use super::tokens::{AccessToken, AccessTokenId};
use crate::db::{Db, Row, StoreError, Tx};
use crate::{sql, values};

/// A session with its account and the grants of that account.
pub struct Session {
    pub began_at: Timestamp,
    pub seen_at: Timestamp,
    pub account: AccountId,
    pub name: String,
    pub person: Option<PersonId>,
    pub stopped_on: Option<Date>,
    pub grants: Vec<Grant>,
}

pub async fn add(tx: &mut Tx, account: &Account) -> Result<(), StoreError> {
    let values = values![
        account.id,
        &account.login,
        &account.name,
        account.person,
        account.password_hash.clone(),
        account.failures,
        account.locked_until,
        account.stopped_on,
        account.version,
    ];
    tx.run(sql!("add"), values).await?;
    Ok(())
}

pub async fn save(tx: &mut Tx, account: &Account) -> Result<(), StoreError> {
    let values = values![
        account.id,
        account.version,
        &account.name,
        account.password_hash.clone(),
        account.failures,
        account.locked_until,
        account.stopped_on,
    ];
    tx.run_fresh("accounts", sql!("save"), values).await
}

/// Keeps who stands behind an account.
pub async fn bind(tx: &mut Tx, account: &Account, person: PersonId) -> Result<(), StoreError> {
    tx.run_fresh("accounts", sql!("bind"), values![account.id, account.version, person]).await
}

pub async fn save_failures(tx: &mut Tx, account: &Account) -> Result<(), StoreError> {
    tx.run(sql!("save_failures"), values![account.id, account.failures, account.locked_until]).await?;
    Ok(())
}

pub async fn find(tx: &mut Tx, id: AccountId) -> Result<Option<Account>, StoreError> {
    tx.first(sql!("find"), values![id]).await?.as_ref().map(account).transpose()
}

/// Takes an account for writing: others who want it wait until this transaction ends.
pub async fn take(tx: &mut Tx, id: AccountId) -> Result<Option<Account>, StoreError> {
    tx.first(sql!("take.sqlite", "take.postgres"), values![id]).await?.as_ref().map(account).transpose()
}

pub async fn by_login(tx: &mut Tx, login: &str) -> Result<Option<Account>, StoreError> {
    tx.first(sql!("by_login"), values![login]).await?.as_ref().map(account).transpose()
}

pub async fn list(tx: &mut Tx) -> Result<Vec<Account>, StoreError> {
    tx.all(sql!("list"), values![]).await?.iter().map(account).collect()
}

pub async fn count(tx: &mut Tx) -> Result<i64, StoreError> {
    tx.first(sql!("count"), values![]).await?.map_or(Ok(0), |row| row.int("n"))
}

pub async fn active_admins(tx: &mut Tx, today: Date) -> Result<i64, StoreError> {
    let values = values![Role::Admin.code(), today];
    tx.first(sql!("active_admins"), values).await?.map_or(Ok(0), |row| row.int("n"))
}

pub async fn add_grant(tx: &mut Tx, id: GrantId, account: AccountId, grant: &Grant) -> Result<(), StoreError> {
    let values = values![id, account, grant.role.code(), grant.unit, grant.period.from, grant.period.until];
    tx.run(sql!("add_grant"), values).await?;
    Ok(())
}

pub async fn end_grant(tx: &mut Tx, account: AccountId, grant: GrantId, today: Date) -> Result<(), StoreError> {
    tx.run_fresh("grants", sql!("end_grant"), values![grant, account, today]).await
}

pub async fn grants(tx: &mut Tx, account: AccountId) -> Result<Vec<(GrantId, Grant)>, StoreError> {
    let rows = tx.all(sql!("grants"), values![account]).await?;
    rows.iter().map(|row| Ok((GrantId(row.id("id")?), grant_from(row)?))).collect()
}

/// The accounts that are not stopped on a day, once for each grant.
pub async fn granted(tx: &mut Tx, day: Date) -> Result<Vec<(AccountId, Grant)>, StoreError> {
    let rows = tx.all(sql!("holders"), values![day]).await?;
    rows.iter().map(|row| Ok((AccountId(row.id("id")?), grant_from(row)?))).collect()
}

/// The accounts of a person that are not stopped on a day.
pub async fn of_person(tx: &mut Tx, person: PersonId, day: Date) -> Result<Vec<AccountId>, StoreError> {
    let rows = tx.all(sql!("of_person"), values![person, day]).await?;
    rows.iter().map(|row| Ok(AccountId(row.id("id")?))).collect()
}

fn grant_from(row: &Row) -> Result<Grant, StoreError> {
    let role = row.text("role")?;
    let role = Role::from_code(&role).ok_or(StoreError::Nonsense { table: "grants", column: "role", what: role })?;
    let unit = row.id_or_none("unit")?.map(UnitId);
    let period = Period { from: row.day("from_on")?, until: row.day_or_none("until_on")? };
    Ok(Grant { role, unit, period })
}

pub async fn add_session(tx: &mut Tx, token: &[u8; 32], account: AccountId, now: Timestamp) -> Result<(), StoreError> {
    tx.run(sql!("add_session"), values![*token, account, now]).await?;
    Ok(())
}

/// Every request of somebody who signed in asks this, so it is one statement without a transaction.
pub async fn session(db: &Db, token: &[u8; 32]) -> Result<Option<Session>, StoreError> {
    let rows = db.all(sql!("session"), values![*token]).await?;
    let Some(first) = rows.first() else { return Ok(None) };
    let granted = |row: &&Row| !matches!(row.text_or_none("role"), Ok(None));
    Ok(Some(Session {
        began_at: first.at("began_at")?,
        seen_at: first.at("seen_at")?,
        account: AccountId(first.id("account")?),
        name: first.text("name")?,
        person: first.id_or_none("person")?.map(PersonId),
        stopped_on: first.day_or_none("stopped_on")?,
        grants: rows.iter().filter(granted).map(grant_from).collect::<Result<_, _>>()?,
    }))
}

pub async fn mark_seen(tx: &mut Tx, token: &[u8; 32], now: Timestamp) -> Result<(), StoreError> {
    tx.run(sql!("mark_seen"), values![*token, now]).await?;
    Ok(())
}

pub async fn end_session(tx: &mut Tx, token: &[u8; 32]) -> Result<(), StoreError> {
    tx.run(sql!("end_session"), values![*token]).await?;
    Ok(())
}

pub async fn end_sessions(tx: &mut Tx, account: AccountId) -> Result<(), StoreError> {
    tx.run(sql!("end_sessions"), values![account]).await?;
    Ok(())
}

pub async fn add_link(
    tx: &mut Tx,
    token: &[u8; 32],
    account: Option<AccountId>,
    expires_at: Timestamp,
) -> Result<(), StoreError> {
    tx.run(sql!("add_link"), values![*token, account, expires_at]).await?;
    Ok(())
}

pub async fn link(tx: &mut Tx, token: &[u8; 32]) -> Result<Option<(Option<AccountId>, Timestamp)>, StoreError> {
    let row = tx.first(sql!("link"), values![*token]).await?;
    row.map(|row| Ok((row.id_or_none("account")?.map(AccountId), row.at("expires_at")?))).transpose()
}

/// Ends a link; answers whether it was there, which of two users at one time only the first is told.
pub async fn end_link(tx: &mut Tx, token: &[u8; 32]) -> Result<bool, StoreError> {
    Ok(tx.run(sql!("end_link"), values![*token]).await? > 0)
}

pub async fn drop_setup_links(tx: &mut Tx) -> Result<(), StoreError> {
    tx.run(sql!("drop_setup_links"), values![]).await?;
    Ok(())
}

pub async fn add_token(tx: &mut Tx, token: &AccessToken, digest: &str) -> Result<(), StoreError> {
    let scope = scope_text(&token.scope);
    let values = values![token.id, token.account, &token.name, digest, scope, token.made_on, token.last_on];
    tx.run(sql!("add_token"), values).await?;
    Ok(())
}

pub async fn token(tx: &mut Tx, digest: &str) -> Result<Option<AccessToken>, StoreError> {
    tx.first(sql!("token"), values![digest]).await?.as_ref().map(token_from).transpose()
}

pub async fn token_by_id(tx: &mut Tx, id: AccessTokenId) -> Result<Option<AccessToken>, StoreError> {
    tx.first(sql!("token_by_id"), values![id]).await?.as_ref().map(token_from).transpose()
}

pub async fn tokens_of(tx: &mut Tx, account: AccountId) -> Result<Vec<AccessToken>, StoreError> {
    tx.all(sql!("tokens_of"), values![account]).await?.iter().map(token_from).collect()
}

pub async fn tokens(tx: &mut Tx) -> Result<Vec<AccessToken>, StoreError> {
    tx.all(sql!("tokens"), values![]).await?.iter().map(token_from).collect()
}

pub async fn use_token(tx: &mut Tx, id: AccessTokenId, today: Date) -> Result<(), StoreError> {
    tx.run(sql!("use_token"), values![id, today]).await?;
    Ok(())
}

/// Withdraws a token; answers whether it was still standing.
pub async fn withdraw_token(tx: &mut Tx, id: AccessTokenId, today: Date) -> Result<bool, StoreError> {
    Ok(tx.run(sql!("withdraw_token"), values![id, today]).await? > 0)
}

/// A scope as it is kept: the codes of its permissions.
pub fn scope_text(scope: &[Permission]) -> String {
    scope.iter().map(|permission| permission.code()).collect::<Vec<_>>().join(" ")
}

fn token_from(row: &Row) -> Result<AccessToken, StoreError> {
    // A permission that a later version dropped opens nothing any more; the token keeps the others.
    let scope = row.text("scope")?.split(' ').filter_map(Permission::from_code).collect();
    Ok(AccessToken {
        id: AccessTokenId(row.id("id")?),
        account: AccountId(row.id("account")?),
        name: row.text("name")?,
        scope,
        made_on: row.day("made_on")?,
        last_on: row.day("last_on")?,
        used_on: row.day_or_none("used_on")?,
        withdrawn_on: row.day_or_none("withdrawn_on")?,
    })
}

fn account(row: &Row) -> Result<Account, StoreError> {
    Ok(Account {
        id: AccountId(row.id("id")?),
        login: row.text("login")?,
        name: row.text("name")?,
        person: row.id_or_none("person")?.map(PersonId),
        password_hash: row.text_or_none("password_hash")?,
        failures: row.int("failures")?,
        locked_until: row.at_or_none("locked_until")?,
        stopped_on: row.day_or_none("stopped_on")?,
        version: row.int("version")?,
    })
}
