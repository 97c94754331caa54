//! Rows of submissions, what they carry, their steps and files.

use kernel::Timestamp;
use kernel::id::AccountId;
use uuid::Uuid;

use super::model::{
    Carried, LineOutcome, State, StateKind, Step, StepKind, Submission, SubmissionFile, SubmissionFileId, SubmissionId,
};
use crate::awards::NominationId;
use crate::db::{Row, StoreError, Tx};
use crate::{sql, values};

fn nonsense(column: &'static str, what: impl std::fmt::Display) -> StoreError {
    StoreError::Nonsense { table: "submissions", column, what: what.to_string() }
}

/// The columns of a state: kind, reason, number and day of the decision.
fn columns(state: &State) -> (&'static str, Option<String>, Option<String>, Option<kernel::Date>) {
    let (number, on) = match state {
        State::Decided { number, on } => (Some(number.clone()), Some(*on)),
        State::AtLevel | State::Returned { .. } | State::Refused { .. } | State::Withdrawn { .. } => (None, None),
    };
    (state.kind().code(), state.reason().map(str::to_owned), number, on)
}

pub async fn add(tx: &mut Tx, one: &Submission) -> Result<(), StoreError> {
    let level = i64::try_from(one.level).unwrap_or(i64::MAX);
    let values = values![
        one.id,
        &one.number,
        one.signed_on.year(),
        one.signed_on,
        one.route.join("\n"),
        level,
        one.state.kind().code(),
        one.since,
        one.created_by,
    ];
    tx.run(sql!("add"), values).await?;
    Ok(())
}

pub async fn save(tx: &mut Tx, one: &Submission) -> Result<(), StoreError> {
    let (state, reason, number, on) = columns(&one.state);
    let level = i64::try_from(one.level).unwrap_or(i64::MAX);
    let values = values![one.id, one.version, level, state, one.since, reason, number, on];
    tx.run_fresh("submissions", sql!("save"), values).await
}

pub async fn find(tx: &mut Tx, id: SubmissionId) -> Result<Option<Submission>, StoreError> {
    tx.first(sql!("find"), values![id]).await?.as_ref().map(from).transpose()
}

pub async fn list(tx: &mut Tx) -> Result<Vec<Submission>, StoreError> {
    tx.all(sql!("list"), values![]).await?.iter().map(from).collect()
}

/// The submissions that carried a nomination, the newest first.
pub async fn of_nomination(tx: &mut Tx, id: NominationId) -> Result<Vec<SubmissionId>, StoreError> {
    let rows = tx.all(sql!("of_nomination"), values![id]).await?;
    rows.iter().map(|row| Ok(SubmissionId(row.id("submission")?))).collect()
}

fn from(row: &Row) -> Result<Submission, StoreError> {
    let reason = row.text_or_none("reason")?.unwrap_or_default();
    let level = row.int("level")?;
    Ok(Submission {
        id: SubmissionId(row.id("id")?),
        number: row.text("number")?,
        signed_on: row.day("signed_on")?,
        route: row.text("route")?.lines().map(str::to_owned).collect(),
        level: usize::try_from(level).map_err(|_| nonsense("level", level))?,
        state: match row.word("submissions", "state", StateKind::from_code)? {
            StateKind::AtLevel => State::AtLevel,
            StateKind::Returned => State::Returned { reason },
            StateKind::Refused => State::Refused { reason },
            StateKind::Withdrawn => State::Withdrawn { reason },
            StateKind::Decided => {
                let on = row.day_or_none("decided_on")?.ok_or_else(|| nonsense("decided_on", "không có ngày"))?;
                State::Decided { number: row.text_or_none("decision_number")?.unwrap_or_default(), on }
            }
        },
        since: row.day("since_on")?,
        created_by: row.id_or_none("created_by")?.map(AccountId),
        version: row.int("version")?,
    })
}

/// Puts a nomination on a submission; refused as a duplicate when another standing one carries it.
pub async fn carry(tx: &mut Tx, id: SubmissionId, position: i64, nomination: NominationId) -> Result<(), StoreError> {
    tx.run(sql!("carry"), values![id, position, nomination]).await?;
    Ok(())
}

pub async fn carried(tx: &mut Tx, id: SubmissionId) -> Result<Vec<Carried>, StoreError> {
    let rows = tx.all(sql!("carried"), values![id]).await?;
    rows.iter()
        .map(|row| {
            let outcome = row.text_or_none("outcome")?;
            let outcome = outcome.map(|code| LineOutcome::from_code(&code).ok_or_else(|| nonsense("outcome", &code)));
            Ok(Carried { nomination: NominationId(row.id("nomination")?), outcome: outcome.transpose()? })
        })
        .collect()
}

/// The nominations that a standing submission carries.
pub async fn on_their_way(tx: &mut Tx) -> Result<Vec<NominationId>, StoreError> {
    let rows = tx.all(sql!("on_their_way"), values![]).await?;
    rows.iter().map(|row| Ok(NominationId(row.id("nomination")?))).collect()
}

pub async fn settle(
    tx: &mut Tx,
    id: SubmissionId,
    nomination: NominationId,
    outcome: LineOutcome,
) -> Result<(), StoreError> {
    tx.run(sql!("settle"), values![id, nomination, outcome]).await?;
    Ok(())
}

/// Lets go of the nominations of a submission, so that another may carry them.
pub async fn release(tx: &mut Tx, id: SubmissionId) -> Result<(), StoreError> {
    tx.run(sql!("release"), values![id]).await?;
    Ok(())
}

pub async fn add_step(tx: &mut Tx, id: SubmissionId, step: &Step) -> Result<(), StoreError> {
    let values = values![Uuid::now_v7(), id, step.kind, step.on, &step.level, &step.words, step.at, step.account];
    tx.run(sql!("add_step"), values).await?;
    Ok(())
}

pub async fn steps(tx: &mut Tx, id: SubmissionId) -> Result<Vec<Step>, StoreError> {
    let rows = tx.all(sql!("steps"), values![id]).await?;
    rows.iter()
        .map(|row| {
            Ok(Step {
                kind: row.word("submission_steps", "kind", StepKind::from_code)?,
                on: row.day("happened_on")?,
                level: row.text("level")?,
                words: row.text("words")?,
                at: row.at("recorded_at")?,
                account: row.id_or_none("account")?.map(AccountId),
            })
        })
        .collect()
}

pub async fn add_file(tx: &mut Tx, id: SubmissionId, file: &SubmissionFile, at: Timestamp) -> Result<(), StoreError> {
    let values = values![file.id.0, id, &file.name, &file.digest, file.size, &file.media_type, at];
    tx.run(sql!("add_file"), values).await?;
    Ok(())
}

pub async fn files(tx: &mut Tx, id: SubmissionId) -> Result<Vec<SubmissionFile>, StoreError> {
    let rows = tx.all(sql!("files"), values![id]).await?;
    rows.iter()
        .map(|row| {
            Ok(SubmissionFile {
                id: SubmissionFileId(row.id("id")?),
                name: row.text("name")?,
                digest: row.text("digest")?,
                size: row.int("size")?,
                media_type: row.text("media_type")?,
            })
        })
        .collect()
}
