//! Rows of the ledger.

use std::collections::BTreeSet;

use kernel::Timestamp;
use kernel::id::AccountId;

use super::model::{Checkpoint, Entry, Hash, Head, Unreadable};
use super::queries::Filter;
use crate::db::{Db, Row, StoreError, Tx};
use crate::{sql, values};

/// Takes the head for writing: other writers wait until this transaction ends.
pub async fn take_head(tx: &mut Tx) -> Result<Head, StoreError> {
    read_head(tx.first(sql!("take_head.sqlite", "take_head.postgres"), values![]).await?)
}

fn read_head(row: Option<Row>) -> Result<Head, StoreError> {
    let row = row.ok_or_else(headless)?;
    let hash = hash(row.bytes("hash")?, "ledger_head", "hash")?;
    Ok(Head { seq: row.int("seq")?, hash, signature: row.bytes_or_none("signature")? })
}

/// The hash of the entry in this place.
pub async fn hash_at(tx: &mut Tx, seq: i64) -> Result<Option<Hash>, StoreError> {
    let row = tx.first(sql!("entry_hash"), values![seq]).await?;
    row.map(|row| hash(row.bytes("hash")?, "ledger_entries", "hash")).transpose()
}

pub async fn newest(db: &Db) -> Result<i64, StoreError> {
    db.all(sql!("head"), values![]).await?.first().ok_or_else(headless)?.int("seq")
}

pub async fn head(tx: &mut Tx) -> Result<Head, StoreError> {
    read_head(tx.first(sql!("head"), values![]).await?)
}

pub async fn move_head(tx: &mut Tx, to: Head) -> Result<(), StoreError> {
    tx.run(sql!("move_head"), values![to.seq, to.hash, to.signature]).await?;
    Ok(())
}

pub async fn append(tx: &mut Tx, entry: &Entry) -> Result<(), StoreError> {
    let fields = serde_json::to_string(&entry.fields).expect("texts by text are JSON");
    let values = values![
        entry.seq,
        entry.at,
        entry.account,
        &entry.actor,
        &entry.action,
        &entry.subject,
        &entry.subject_id,
        entry.ground.clone(),
        fields,
        entry.previous,
        entry.hash,
    ];
    tx.run(sql!("append"), values).await?;
    Ok(())
}

/// An entry, or what stands in its place.
pub type Kept = Result<Entry, Unreadable>;

pub async fn after(tx: &mut Tx, seq: i64, limit: i64) -> Result<Vec<Kept>, StoreError> {
    tx.all(sql!("after"), values![seq, limit]).await?.iter().map(entry).collect()
}

/// `without`: a pattern of verbs that are left out.
pub async fn search(
    tx: &mut Tx,
    filter: &Filter,
    limit: i64,
    without: Option<&'static str>,
) -> Result<Vec<Kept>, StoreError> {
    let values = values![
        filter.before.unwrap_or(i64::MAX),
        filter.action.clone(),
        filter.subject.clone(),
        filter.subject_id.clone(),
        filter.account,
        limit,
        without,
        filter.from,
        filter.until,
    ];
    tx.all(sql!("search"), values).await?.iter().map(entry).collect()
}

pub async fn checkpoints(tx: &mut Tx) -> Result<Vec<Checkpoint>, StoreError> {
    let rows = tx.all(sql!("checkpoints"), values![]).await?;
    rows.iter()
        .map(|row| {
            Ok(Checkpoint {
                day: row.day("day")?,
                seq: row.int("seq")?,
                hash: hash(row.bytes("hash")?, "ledger_checkpoints", "hash")?,
                signature: row.bytes("signature")?,
            })
        })
        .collect()
}

pub async fn add_checkpoint(tx: &mut Tx, point: &Checkpoint) -> Result<(), StoreError> {
    tx.run(sql!("add_checkpoint"), values![point.day, point.seq, point.hash, point.signature.clone()]).await?;
    Ok(())
}

fn entry(row: &Row) -> Result<Kept, StoreError> {
    let seq = row.int("seq")?;
    Ok(read_entry(row, seq).map_err(|error| Unreadable { seq, what: unreadable(&error) }))
}

/// In words what of a row cannot be read; not what stands there, which may be anything.
fn unreadable(error: &StoreError) -> String {
    match error {
        StoreError::Nonsense { column, .. } => format!("cột {column} có giá trị không đọc được"),
        _ => "có giá trị không đọc được".to_owned(),
    }
}

fn read_entry(row: &Row, seq: i64) -> Result<Entry, StoreError> {
    let fields = row.text("fields")?;
    Ok(Entry {
        seq,
        at: row.at("at")?,
        account: row.id_or_none("account")?.map(AccountId),
        actor: row.text("actor")?,
        action: row.text("action")?,
        subject: row.text("subject")?,
        subject_id: row.text("subject_id")?,
        ground: row.text_or_none("ground")?,
        fields: serde_json::from_str(&fields).map_err(|error| StoreError::Nonsense {
            table: "ledger_entries",
            column: "fields",
            what: error.to_string(),
        })?,
        previous: hash(row.bytes("previous")?, "ledger_entries", "previous")?,
        hash: hash(row.bytes("hash")?, "ledger_entries", "hash")?,
    })
}

fn hash(bytes: Vec<u8>, table: &'static str, column: &'static str) -> Result<Hash, StoreError> {
    let what = format!("{} byte", bytes.len());
    bytes.try_into().map_err(|_| StoreError::Nonsense { table, column, what })
}

fn headless() -> StoreError {
    StoreError::Nonsense { table: "ledger_head", column: "id", what: "không có dòng nào".to_owned() }
}

/// What a verb was used on.
pub async fn subjects(tx: &mut Tx, action: &str) -> Result<BTreeSet<String>, StoreError> {
    tx.all(sql!("subjects"), values![action]).await?.iter().map(|row| row.text("subject_id")).collect()
}

/// How often each verb was used since an instant, the most frequent first.
pub async fn counts_since(tx: &mut Tx, at: Timestamp) -> Result<Vec<(String, i64)>, StoreError> {
    let rows = tx.all(sql!("counts_since"), values![at]).await?;
    rows.iter().map(|row| Ok((row.text("action")?, row.int("many")?))).collect()
}
