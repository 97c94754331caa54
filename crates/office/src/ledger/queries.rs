//! The auditor's page.

use std::collections::BTreeSet;

use kernel::id::AccountId;
use kernel::{Permission, Timestamp};

use super::model::{Entry, Unreadable};
use super::store;
use crate::db::{Db, Tx};
use crate::{Ctx, Denied, StoreError};

/// What the auditor asks for; nothing set asks for all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Entries before this one: the next page.
    pub before: Option<i64>,
    /// Done by this verb.
    pub action: Option<String>,
    /// Done to this kind of thing.
    pub subject: Option<String>,
    /// Done to this one.
    pub subject_id: Option<String>,
    /// Done by this account.
    pub account: Option<AccountId>,
    /// Done at this moment or later.
    pub from: Option<Timestamp>,
    /// Done before this moment.
    pub until: Option<Timestamp>,
}

/// Why the ledger was not shown.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The store said no.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What was done about confidential reports of conduct: on the page of the report only, for who handles it. An
/// inspector whom a report concerns reads the ledger too.
const WALLED: &str = "conduct.%";

/// The newest entries that fit, newest first, at most `limit`. Rows that are no entries are left out: [`listed`] has
/// them.
///
/// # Errors
/// When the actor may not read the ledger.
pub async fn search(ctx: &Ctx<'_>, filter: &Filter, limit: i64) -> Result<Vec<Entry>, LedgerError> {
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let (mut filter, mut found) = (filter.clone(), Vec::new());
    loop {
        let rows = listed(ctx, &filter, limit).await?;
        let whole = rows.len() >= most;
        filter.before = rows.last().map(|row| row.as_ref().map_or_else(|row| row.seq, |entry| entry.seq));
        found.extend(rows.into_iter().flatten());
        // What was left out makes room for older entries.
        if !whole || found.len() >= most {
            found.truncate(most);
            return Ok(found);
        }
    }
}

/// As [`search`], each row that is no entry in its place.
///
/// # Errors
/// As [`search`].
pub async fn listed(ctx: &Ctx<'_>, filter: &Filter, limit: i64) -> Result<Vec<Result<Entry, Unreadable>>, LedgerError> {
    ctx.may(Permission::ReadLedger)?;
    let mut tx = ctx.read().await?;
    Ok(store::search(&mut tx, filter, limit, Some(WALLED)).await?)
}

/// When the first entry was made; none in a house where nothing was done yet. No entry is shown by it.
///
/// # Errors
/// What the store says.
pub async fn began(tx: &mut Tx) -> Result<Option<Timestamp>, StoreError> {
    let first = store::after(tx, 0, 1).await?.into_iter().next();
    Ok(first.and_then(Result::ok).map(|entry| entry.at))
}

/// The number of the newest entry: it names the state of the record. No entry is shown by it.
///
/// # Errors
/// What the store says.
pub async fn newest(db: &Db) -> Result<i64, StoreError> {
    store::newest(db).await
}

/// A field of the newest entry of a verb about a subject, for rooms that check themselves against the ledger; none
/// where that row is no entry any more.
///
/// # Errors
/// What the store says.
pub async fn field(tx: &mut Tx, action: &str, subject_id: &str, field: &str) -> Result<Option<String>, StoreError> {
    let filter =
        Filter { action: Some(action.to_owned()), subject_id: Some(subject_id.to_owned()), ..Filter::default() };
    let newest = store::search(tx, &filter, 1, None).await?.into_iter().next();
    Ok(newest.and_then(Result::ok).and_then(|entry| entry.fields.get(field).cloned()))
}

/// What a verb was ever used on, by id.
///
/// # Errors
/// What the store says.
pub async fn subjects(tx: &mut Tx, action: &str) -> Result<BTreeSet<String>, StoreError> {
    store::subjects(tx, action).await
}

/// All entries about one thing, newest first, for the room that shows it to whom it is for.
///
/// # Errors
/// What the store says.
pub async fn of_subject(tx: &mut Tx, subject: &str, id: &str) -> Result<Vec<Entry>, StoreError> {
    let (subject, subject_id) = (Some(subject.to_owned()), Some(id.to_owned()));
    let found = store::search(tx, &Filter { subject, subject_id, ..Filter::default() }, 1_000, None).await?;
    Ok(found.into_iter().flatten().collect())
}

/// How often each verb was used since an instant, for pages that tell what changed: numbers without names, and
/// without what is walled off.
///
/// # Errors
/// What the store says.
pub async fn counts_since(tx: &mut Tx, at: Timestamp) -> Result<Vec<(String, i64)>, StoreError> {
    let mut found = store::counts_since(tx, at).await?;
    found.retain(|(action, _)| !UNTOLD.iter().any(|room| action.starts_with(room)));
    Ok(found)
}

/// Rooms of which not even a number is told outside: who signs in, who votes, who is reported, who takes
/// what out.
const UNTOLD: [&str; 4] = ["identity.", "council.", "conduct", "ledger."];
