//! Rows of terms that were moved.

use kernel::Timestamp;
use uuid::Uuid;

use super::model::{Move, Moved, TermKind};
use crate::calendar::AnnouncementId;
use crate::db::{Row, StoreError, Tx};
use crate::{sql, values};

pub async fn add_move(
    tx: &mut Tx,
    announcement: AnnouncementId,
    withdrawal: bool,
    one: &Move,
    at: Timestamp,
) -> Result<(), StoreError> {
    let id = Uuid::now_v7();
    let values = values![id, announcement, withdrawal, one.kind.code(), one.id, one.old, one.new, at];
    tx.run(sql!("add_move"), values).await?;
    Ok(())
}

pub async fn moves_of_subject(tx: &mut Tx, kind: TermKind, id: Uuid) -> Result<Vec<Moved>, StoreError> {
    tx.all(sql!("moves_of_subject"), values![kind.code(), id]).await?.iter().map(from).collect()
}

pub async fn moves_of_announcement(tx: &mut Tx, id: AnnouncementId) -> Result<Vec<Moved>, StoreError> {
    tx.all(sql!("moves_of_announcement"), values![id]).await?.iter().map(from).collect()
}

fn from(row: &Row) -> Result<Moved, StoreError> {
    Ok(Moved {
        announcement: AnnouncementId(row.id("announcement")?),
        withdrawal: row.bool("withdrawal")?,
        subject: row.id("subject_id")?,
        day: row.day("day")?,
        name: row.text("name")?,
        document: row.text("document")?,
        old: row.day("old_on")?,
        new: row.day("new_on")?,
        at: row.at("moved_at")?,
    })
}
