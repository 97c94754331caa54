//! Rows of the inbox: the place of each petition, and slices in the order of the places.

use kernel::Date;
use kernel::id::UnitId;
use kernel::text::PATTERNS;

use super::model::{ClockKind, Letter, Petition, PetitionId};
use super::store::{letter_named, petition_from};
use crate::db::{Row, StoreError, Tx};
use crate::{sql, values};

/// Writes where a petition stands in the inbox, after its state or the last day of a clock may have changed.
pub async fn place_in_inbox(tx: &mut Tx, id: PetitionId) -> Result<(), StoreError> {
    tx.run(sql!("place_in_inbox"), values![id]).await?;
    Ok(())
}

/// What of the inbox is read: at most `limit` after the place `after`, by these patterns of the search key; a word that
/// is empty and a unit that is none narrow nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slice {
    pub after: String,
    pub patterns: [String; PATTERNS],
    pub state: &'static str,
    pub kind: &'static str,
    pub channel: &'static str,
    pub lead: Option<UnitId>,
    /// Only those with a term that ended before this day, written as the key writes it.
    pub due_before: String,
    /// Only those that need an answer.
    pub open: bool,
    /// Only those in which this unit takes part.
    pub part_of: Option<UnitId>,
    /// Only those on this clause.
    pub clause: String,
    pub limit: i64,
}

/// A petition of the inbox with its letter, the term that ends next and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    pub petition: Petition,
    pub letter: Letter,
    pub next: Option<(ClockKind, Date)>,
    pub key: String,
}

/// A slice of the inbox, in its order; accusations are not in it.
pub async fn inbox(tx: &mut Tx, asked: &Slice) -> Result<Vec<Placed>, StoreError> {
    let [first, second, third, rest] = &asked.patterns;
    let values = values![
        &asked.after,
        first,
        asked.state,
        asked.kind,
        asked.channel,
        asked.lead,
        &asked.due_before,
        if asked.open { "1" } else { "2" },
        asked.part_of,
        asked.limit,
        &asked.clause,
        second,
        third,
        rest,
    ];
    let placed = |row: &Row| {
        let clock = row.text_or_none("next_clock")?.and_then(|code| ClockKind::from_code(&code));
        Ok(Placed {
            petition: petition_from(row)?,
            letter: letter_named(row, ["letter", "letter_title", "letter_content", "letter_version"])?,
            next: clock.zip(row.day_or_none("next_due")?),
            key: row.text("inbox_key")?,
        })
    };
    tx.all(sql!("inbox"), values).await?.iter().map(placed).collect()
}

/// The petitions on a clause in which a unit takes part; accusations are not among them.
pub async fn ids_on_clause(tx: &mut Tx, clause: &str, unit: UnitId) -> Result<Vec<PetitionId>, StoreError> {
    let rows = tx.all(sql!("ids_on_clause"), values![clause, unit]).await?;
    rows.iter().map(|row| Ok(PetitionId(row.id("id")?))).collect()
}
