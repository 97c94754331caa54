//! Numbers over the registers for other rooms, without names.

use std::collections::BTreeMap;

use kernel::Date;
use kernel::id::PersonId;
use rules::facts::RatingLevel;
use uuid::Uuid;

use crate::db::{Row, StoreError, Tx};
use crate::{sql, values};

/// How many awards were decided on in these days and not revoked by the last of them, by kind of recipient:
/// `person`, `unit`, `enterprise`.
///
/// # Errors
/// What the store says.
pub async fn awards_decided(tx: &mut Tx, from: Date, last: Date) -> Result<Vec<(String, i64)>, StoreError> {
    counted(&tx.all(sql!("awards_decided"), values![from, last]).await?, "subject")
}

/// How many initiatives were recognised in these days, by reach.
///
/// # Errors
/// What the store says.
pub async fn initiatives_recognised(tx: &mut Tx, from: Date, last: Date) -> Result<Vec<(String, i64)>, StoreError> {
    counted(&tx.all(sql!("initiatives_recognised"), values![from, last]).await?, "scope")
}

/// How many of a kind of recipient were rated at each level for a year, by what was decided until a day; the
/// last revision counts.
///
/// # Errors
/// What the store says.
pub async fn ratings_of_year(
    tx: &mut Tx,
    subject: &str,
    year: i16,
    day: Date,
) -> Result<BTreeMap<RatingLevel, i64>, StoreError> {
    let mut last: BTreeMap<Uuid, RatingLevel> = BTreeMap::new();
    for row in tx.all(sql!("ratings_of_year"), values![subject, year, day]).await? {
        last.insert(row.id("subject_id")?, row.word("ratings", "level", RatingLevel::from_code)?);
    }
    let mut counts = BTreeMap::new();
    for level in last.into_values() {
        *counts.entry(level).or_default() += 1;
    }
    Ok(counts)
}

/// The people under a discipline in force on one of these days.
///
/// # Errors
/// What the store says.
pub async fn disciplined(tx: &mut Tx, from: Date, last: Date) -> Result<Vec<PersonId>, StoreError> {
    let rows = tx.all(sql!("disciplined"), values![from, last]).await?;
    rows.iter().map(|row| row.id("subject_id").map(PersonId)).collect()
}

fn counted(rows: &[Row], of: &'static str) -> Result<Vec<(String, i64)>, StoreError> {
    rows.iter().map(|row| Ok((row.text(of)?, row.int("many")?))).collect()
}
