//! Rows of changes.

use kernel::Timestamp;
use kernel::id::AccountId;
use uuid::Uuid;

use super::{Change, Subject};
use crate::db::{Row, StoreError, Tx};
use crate::{sql, values};

pub async fn add(
    tx: &mut Tx,
    subject: Subject,
    at: Timestamp,
    account: Option<AccountId>,
    verb: &str,
    was: Option<String>,
) -> Result<(), StoreError> {
    let Subject { kind, entry, owner } = subject;
    tx.run(sql!("add"), values![Uuid::now_v7(), kind, entry, owner, at, account, verb, was]).await?;
    Ok(())
}

pub async fn of_owner(tx: &mut Tx, owner: Uuid) -> Result<Vec<Change>, StoreError> {
    tx.all(sql!("of_owner"), values![owner]).await?.iter().map(change).collect()
}

pub async fn of_kind(tx: &mut Tx, kind: &str) -> Result<Vec<Change>, StoreError> {
    tx.all(sql!("of_kind"), values![kind]).await?.iter().map(change).collect()
}

pub async fn of_entry(tx: &mut Tx, kind: &str, entry: Uuid) -> Result<Vec<Change>, StoreError> {
    tx.all(sql!("of_entry"), values![entry, kind]).await?.iter().map(change).collect()
}

pub async fn since(tx: &mut Tx, at: Timestamp) -> Result<Vec<(String, Uuid, Timestamp)>, StoreError> {
    let rows = tx.all(sql!("since"), values![at]).await?;
    rows.iter().map(|row| Ok((row.text("kind")?, row.id("owner")?, row.at("at")?))).collect()
}

fn change(row: &Row) -> Result<Change, StoreError> {
    Ok(Change {
        kind: row.text("kind")?,
        entry: row.id("entry")?,
        owner: row.id("owner")?,
        at: row.at("at")?,
        account: row.id_or_none("account")?.map(AccountId),
        verb: row.text("verb")?,
        was: row.text_or_none("was")?,
    })
}
