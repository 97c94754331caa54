//! Rows of announced days and the state of the calendar.

use jiff::civil::Time;
use kernel::Timestamp;
use kernel::calendar::DayKind;
use kernel::id::AccountId;

use super::model::{Announcement, AnnouncementId, NewAnnouncement};
use crate::db::{Row, StoreError, Tx};
use crate::{sql, values};

pub async fn add(tx: &mut Tx, new: &Announcement, account: Option<AccountId>) -> Result<(), StoreError> {
    let content = &new.content;
    let values = values![
        new.id,
        content.day,
        content.kind.code(),
        &content.name,
        &content.document,
        &content.title,
        content.awaited,
        account,
        new.entered_at,
    ];
    tx.run(sql!("add"), values).await?;
    Ok(())
}

pub async fn withdraw(
    tx: &mut Tx,
    id: AnnouncementId,
    at: Timestamp,
    account: Option<AccountId>,
    why: &str,
) -> Result<(), StoreError> {
    tx.run_fresh("calendar_announcements", sql!("withdraw"), values![id, at, account, why]).await
}

/// Those that count, by day.
pub async fn standing(tx: &mut Tx) -> Result<Vec<Announcement>, StoreError> {
    tx.all(sql!("standing"), values![]).await?.iter().map(from).collect()
}

/// All of them, the latest day first.
pub async fn all(tx: &mut Tx) -> Result<Vec<Announcement>, StoreError> {
    tx.all(sql!("all"), values![]).await?.iter().map(from).collect()
}

pub async fn find(tx: &mut Tx, id: AnnouncementId) -> Result<Option<Announcement>, StoreError> {
    tx.first(sql!("find"), values![id]).await?.as_ref().map(from).transpose()
}

fn from(row: &Row) -> Result<Announcement, StoreError> {
    let withdrawn_at = row.at_or_none("withdrawn_at")?;
    let why = row.text_or_none("withdrawn_why")?.unwrap_or_default();
    Ok(Announcement {
        id: AnnouncementId(row.id("id")?),
        content: NewAnnouncement {
            day: row.day("day")?,
            kind: row.word("calendar_announcements", "kind", DayKind::from_code)?,
            name: row.text("name")?,
            document: row.text("document")?,
            title: row.text("title")?,
            awaited: row.bool("awaited")?,
        },
        entered_at: row.at("entered_at")?,
        withdrawn: withdrawn_at.map(|at| (at, why)),
    })
}

/// Counts a change and keeps every other one waiting until this transaction ends.
pub async fn bump(tx: &mut Tx) -> Result<i64, StoreError> {
    version_in(tx.first(sql!("bump"), values![]).await?)
}

pub async fn version(tx: &mut Tx) -> Result<i64, StoreError> {
    version_in(tx.first(sql!("version"), values![]).await?)
}

/// The version, which nobody changes until this transaction ends. On SQLite a writer is alone anyway.
pub async fn hold(tx: &mut Tx) -> Result<i64, StoreError> {
    version_in(tx.first(sql!("hold.sqlite", "hold.postgres"), values![]).await?)
}

fn version_in(row: Option<Row>) -> Result<i64, StoreError> {
    let what = "không có dòng nào".to_owned();
    row.ok_or(StoreError::Nonsense { table: "calendar_state", column: "version", what })?.int("version")
}

/// When the counter closes, and by which document; none when it was never set.
pub async fn closing_hour(tx: &mut Tx) -> Result<Option<(Time, String)>, StoreError> {
    let Some(row) = tx.first(sql!("closing_hour"), values![]).await? else { return Ok(None) };
    let document = row.text_or_none("closes_document")?.unwrap_or_default();
    row.text_or_none("closes_at")?
        .map(|text| match text.parse() {
            Ok(time) => Ok((time, document)),
            Err(_) => Err(StoreError::Nonsense { table: "calendar_state", column: "closes_at", what: text }),
        })
        .transpose()
}

pub async fn set_closing_hour(tx: &mut Tx, hour: Option<Time>, document: &str) -> Result<(), StoreError> {
    let text = hour.map(|hour| hour.to_string());
    tx.run(sql!("set_closing_hour"), values![text, document]).await?;
    Ok(())
}
