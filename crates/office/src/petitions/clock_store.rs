//! Rows of clocks, pauses and reported lapses.

use kernel::calendar::Length;
use kernel::{Date, Period, Timestamp};
use uuid::Uuid;

use super::inbox_store;
use super::model::{ClockId, ClockKind, PetitionId};
use super::terms::Clock;
use crate::db::{Row, StoreError, Tx};
use crate::{sql, values};

pub async fn add_clock(tx: &mut Tx, clock: &Clock) -> Result<(), StoreError> {
    let (length, counts) = length_columns(clock.length);
    let values = values![
        clock.id,
        clock.petition,
        clock.kind,
        &clock.rule,
        &clock.ground,
        clock.from,
        length,
        counts,
        clock.due,
    ];
    tx.run(sql!("add_clock"), values).await?;
    inbox_store::place_in_inbox(tx, clock.petition).await
}

pub async fn save_clock(tx: &mut Tx, clock: &Clock) -> Result<(), StoreError> {
    let values = values![clock.id, clock.due, clock.met_on, clock.open];
    tx.run_fresh("petition_clocks", sql!("save_clock"), values).await?;
    inbox_store::place_in_inbox(tx, clock.petition).await
}

/// The clocks of a petition, oldest first.
pub async fn clocks(tx: &mut Tx, petition: PetitionId) -> Result<Vec<Clock>, StoreError> {
    tx.all(sql!("clocks"), values![petition]).await?.iter().map(clock_from).collect()
}

/// The clocks of all petitions, oldest first; `open`: only those that run or stand still.
pub async fn all_clocks(tx: &mut Tx, open: bool) -> Result<Vec<Clock>, StoreError> {
    tx.all(sql!("all_clocks"), values![open]).await?.iter().map(clock_from).collect()
}

fn length_columns(length: Length) -> (u32, &'static str) {
    match length {
        Length::Days(many) => (many, "days"),
        Length::WorkingDays(many) => (many, "working_days"),
    }
}

fn clock_from(row: &Row) -> Result<Clock, StoreError> {
    let nonsense = |column, what: String| StoreError::Nonsense { table: "petition_clocks", column, what };
    let many = row.int("length")?;
    let many = u32::try_from(many).map_err(|_| nonsense("length", many.to_string()))?;
    let length = match row.text("counts")?.as_str() {
        "days" => Length::Days(many),
        "working_days" => Length::WorkingDays(many),
        other => return Err(nonsense("counts", other.to_owned())),
    };
    Ok(Clock {
        id: ClockId(row.id("id")?),
        petition: PetitionId(row.id("petition")?),
        kind: row.word("petition_clocks", "clock", ClockKind::from_code)?,
        rule: row.text("rule")?,
        ground: row.text("ground")?,
        from: row.day("from_on")?,
        length,
        due: row.day_or_none("due_on")?,
        met_on: row.day_or_none("met_on")?,
        open: row.bool("is_open")?,
    })
}

pub async fn begin_pause(tx: &mut Tx, petition: PetitionId, from: Date) -> Result<(), StoreError> {
    tx.run(sql!("begin_pause"), values![Uuid::now_v7(), petition, from]).await?;
    Ok(())
}

pub async fn end_pause(tx: &mut Tx, petition: PetitionId, until: Date) -> Result<(), StoreError> {
    tx.run(sql!("end_pause"), values![petition, until]).await?;
    Ok(())
}

pub async fn pauses(tx: &mut Tx, petition: PetitionId) -> Result<Vec<Period>, StoreError> {
    let rows = tx.all(sql!("pauses"), values![petition]).await?;
    rows.iter().map(|row| Ok(Period { from: row.day("from_on")?, until: row.day_or_none("until_on")? })).collect()
}

/// Keeps that the next level was told of a clock; answers whether this was the first time.
pub async fn add_escalation(tx: &mut Tx, clock: &Clock, at: Timestamp) -> Result<bool, StoreError> {
    Ok(tx.run(sql!("add_escalation"), values![clock.id, clock.petition, at]).await? > 0)
}
