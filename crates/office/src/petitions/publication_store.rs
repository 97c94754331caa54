//! Rows of published answers.

use kernel::Timestamp;
use kernel::id::AccountId;
use kernel::text::PATTERNS;
use uuid::Uuid;

use super::model::{Correction, PetitionId, Publication};
use crate::db::{Row, StoreError, Tx};
use crate::{sql, values};

pub async fn put_publication(tx: &mut Tx, one: &Publication, key: &str, at: Timestamp) -> Result<(), StoreError> {
    let values = values![
        one.petition,
        &one.title,
        &one.content,
        &one.answer,
        &one.sender_name,
        &one.redacted_by,
        at,
        one.published_on,
        key,
    ];
    tx.run(sql!("put_publication"), values).await?;
    Ok(())
}

/// Hides a publication or shows it again.
pub async fn moderate(tx: &mut Tx, one: &Publication, at: Timestamp) -> Result<(), StoreError> {
    let values = values![one.petition, one.hidden, &one.hidden_why, &one.hidden_by, at];
    tx.run_fresh("petition_publications", sql!("moderate"), values).await
}

pub async fn publication(tx: &mut Tx, petition: PetitionId) -> Result<Option<Publication>, StoreError> {
    tx.first(sql!("publication"), values![petition]).await?.as_ref().map(publication_from).transpose()
}

/// Changes what a publication says.
pub async fn correct(tx: &mut Tx, one: &Publication, key: &str) -> Result<(), StoreError> {
    let values = values![one.petition, &one.title, &one.content, &one.answer, key];
    tx.run_fresh("petition_publications", sql!("correct_publication"), values).await
}

/// Keeps what a publication said.
pub async fn add_correction(
    tx: &mut Tx,
    petition: PetitionId,
    one: &Correction,
    (account, at): (Option<AccountId>, Timestamp),
) -> Result<(), StoreError> {
    let values = values![
        Uuid::now_v7(),
        petition,
        &one.title,
        &one.content,
        &one.answer,
        &one.reason,
        account,
        &one.corrected_by,
        at,
        one.corrected_on,
    ];
    tx.run(sql!("add_correction"), values).await?;
    Ok(())
}

/// What a publication said before it was corrected, oldest first.
pub async fn corrections(tx: &mut Tx, petition: PetitionId) -> Result<Vec<Correction>, StoreError> {
    let correction = |row: &Row| {
        Ok(Correction {
            title: row.text("title")?,
            content: row.text("content")?,
            answer: row.text("answer")?,
            reason: row.text("reason")?,
            corrected_by: row.text("corrected_by")?,
            corrected_on: row.day("corrected_on")?,
        })
    };
    tx.all(sql!("corrections"), values![petition]).await?.iter().map(correction).collect()
}

/// Published answers that fit all these patterns and are not hidden, the newest first.
pub async fn published(
    tx: &mut Tx,
    [first, second, third, rest]: [String; PATTERNS],
    skip: i64,
    limit: i64,
) -> Result<Vec<Publication>, StoreError> {
    let values = values![first, skip, limit, second, third, rest];
    tx.all(sql!("published"), values).await?.iter().map(publication_from).collect()
}

/// How many published answers were hidden again.
pub async fn hidden(tx: &mut Tx) -> Result<usize, StoreError> {
    let row = tx.first(sql!("hidden"), values![]).await?;
    let many = row.map_or(Ok(0), |row| row.int("many"))?;
    Ok(usize::try_from(many).unwrap_or_default())
}

/// The newest published answers that are not hidden, with title and content, to be compared.
pub async fn newest(tx: &mut Tx, most: i64) -> Result<Vec<(PetitionId, String, String)>, StoreError> {
    let rows = tx.all(sql!("newest_published"), values![most]).await?;
    rows.iter().map(|row| Ok((PetitionId(row.id("id")?), row.text("title")?, row.text("content")?))).collect()
}

fn publication_from(row: &Row) -> Result<Publication, StoreError> {
    Ok(Publication {
        petition: PetitionId(row.id("petition")?),
        title: row.text("title")?,
        content: row.text("content")?,
        answer: row.text("answer")?,
        sender_name: row.text("sender_name")?,
        redacted_by: row.text("redacted_by")?,
        published_on: row.day("published_on")?,
        hidden: row.bool("hidden")?,
        hidden_why: row.text("hidden_why")?,
        hidden_by: row.text("hidden_by")?,
    })
}
