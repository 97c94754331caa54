//! Rows of launches, programmes and their events.

use kernel::id::{AccountId, UnitId};
use kernel::{Date, Timestamp};

use super::model::{
    Content, Covenant, CovenantContent, CovenantEdition, CovenantEditionId, CovenantId, CovenantTarget, Edition,
    EditionId, Event, Launch, LaunchId, Line, ProgrammeId, Receipt, Signature, State,
};
use crate::db::{Row, StoreError, Tx};
use crate::{sql, values};

/// The least letters of a reason, and the version of the settings.
pub async fn settings(tx: &mut Tx) -> Result<(usize, i64), StoreError> {
    let row = tx.first(sql!("settings"), values![]).await?;
    let row = row.ok_or(StoreError::Stale { table: "programme_settings" })?;
    let least = row.int("shortest_reason")?;
    let least = usize::try_from(least).map_err(|_| StoreError::Nonsense {
        table: "programme_settings",
        column: "shortest_reason",
        what: least.to_string(),
    })?;
    Ok((least, row.int("version")?))
}

pub async fn save_settings(tx: &mut Tx, version: i64, shortest_reason: i64) -> Result<(), StoreError> {
    tx.run_fresh("programme_settings", sql!("save_settings"), values![version, shortest_reason]).await
}

pub async fn add_launch(tx: &mut Tx, launch: &Launch, account: Option<AccountId>) -> Result<(), StoreError> {
    let values = values![
        launch.id,
        &launch.title,
        &launch.message,
        launch.due_on,
        launch.launched_at,
        launch.launched_on,
        account,
        &launch.launched_by,
    ];
    tx.run(sql!("add_launch"), values).await?;
    Ok(())
}

pub async fn launches(tx: &mut Tx) -> Result<Vec<Launch>, StoreError> {
    tx.all(sql!("launches"), values![]).await?.iter().map(launch_from).collect()
}

pub async fn launch(tx: &mut Tx, id: LaunchId) -> Result<Option<Launch>, StoreError> {
    tx.first(sql!("launch"), values![id]).await?.as_ref().map(launch_from).transpose()
}

fn launch_from(row: &Row) -> Result<Launch, StoreError> {
    Ok(Launch {
        id: LaunchId(row.id("id")?),
        title: row.text("title")?,
        message: row.text("message")?,
        due_on: row.day("due_on")?,
        launched_at: row.at("launched_at")?,
        launched_on: row.day("launched_on")?,
        launched_by: row.text("launched_by_name")?,
    })
}

pub async fn add_receipt(tx: &mut Tx, launch: LaunchId, unit: UnitId) -> Result<(), StoreError> {
    tx.run(sql!("add_receipt"), values![launch, unit]).await?;
    Ok(())
}

pub async fn receipts(tx: &mut Tx, launch: LaunchId) -> Result<Vec<Receipt>, StoreError> {
    let receipt = |row: &Row| {
        let opened = row.at_or_none("opened_at")?.zip(row.text_or_none("opened_by_name")?);
        Ok(Receipt { unit: UnitId(row.id("unit")?), opened })
    };
    tx.all(sql!("receipts"), values![launch]).await?.iter().map(receipt).collect()
}

/// Keeps who opened it first; answers whether this was the first.
pub async fn open(
    tx: &mut Tx,
    launch: LaunchId,
    unit: UnitId,
    at: Timestamp,
    who: (Option<AccountId>, &str),
) -> Result<bool, StoreError> {
    Ok(tx.run(sql!("open"), values![launch, unit, at, who.0, who.1]).await? > 0)
}

pub async fn add_reminder(
    tx: &mut Tx,
    launch: LaunchId,
    unit: UnitId,
    on: Date,
    account: Option<AccountId>,
) -> Result<(), StoreError> {
    tx.run(sql!("add_reminder"), values![launch, unit, on, account]).await?;
    Ok(())
}

/// The days on which units were reminded, the newest first.
pub async fn reminders(tx: &mut Tx, launch: LaunchId) -> Result<Vec<(UnitId, Date)>, StoreError> {
    let rows = tx.all(sql!("reminders"), values![launch]).await?;
    rows.iter().map(|row| Ok((UnitId(row.id("unit")?), row.day("reminded_on")?))).collect()
}

pub async fn add_programme(tx: &mut Tx, id: ProgrammeId, unit: UnitId) -> Result<(), StoreError> {
    tx.run(sql!("add_programme"), values![id, unit]).await?;
    Ok(())
}

pub async fn programme_of(tx: &mut Tx, unit: UnitId) -> Result<Option<ProgrammeId>, StoreError> {
    let row = tx.first(sql!("programme_of"), values![unit]).await?;
    row.map(|row| Ok(ProgrammeId(row.id("id")?))).transpose()
}

pub async fn add_edition(tx: &mut Tx, edition: &Edition) -> Result<(), StoreError> {
    let content = &edition.content;
    let values = values![
        edition.id,
        edition.programme,
        edition.number,
        edition.state,
        &content.theme,
        &content.contents,
        &content.criteria,
        &content.forms,
        edition.author,
        edition.submitter,
    ];
    tx.run(sql!("add_edition"), values).await?;
    put_lines(tx, edition).await
}

/// Keeps a version over the one that was read, with its lines.
pub async fn save_edition(tx: &mut Tx, edition: &Edition) -> Result<(), StoreError> {
    let content = &edition.content;
    let values = values![
        edition.id,
        edition.version,
        edition.state,
        &content.theme,
        &content.contents,
        &content.criteria,
        &content.forms,
        edition.author,
        edition.submitter,
    ];
    tx.run_fresh("programme_versions", sql!("save_edition"), values).await?;
    tx.run(sql!("drop_lines"), values![edition.id]).await?;
    put_lines(tx, edition).await
}

async fn put_lines(tx: &mut Tx, edition: &Edition) -> Result<(), StoreError> {
    for (position, line) in (1_i64..).zip(&edition.content.lines) {
        let values = values![edition.id, position, &line.clause, &line.task, &line.figure, line.due_on];
        tx.run(sql!("add_line"), values).await?;
    }
    Ok(())
}

/// All versions of a programme, oldest first.
pub async fn editions(tx: &mut Tx, programme: ProgrammeId) -> Result<Vec<Edition>, StoreError> {
    let mut found = Vec::new();
    for row in tx.all(sql!("editions"), values![programme]).await? {
        let id = EditionId(row.id("id")?);
        let lines = tx.all(sql!("lines"), values![id]).await?;
        found.push(Edition {
            id,
            programme: ProgrammeId(row.id("programme")?),
            number: row.int("number")?,
            state: row.word("programme_versions", "state", State::from_code)?,
            content: Content {
                theme: row.text("theme")?,
                contents: row.text("contents")?,
                criteria: row.text("criteria")?,
                forms: row.text("forms")?,
                lines: lines.iter().map(line_from).collect::<Result<_, _>>()?,
            },
            author: row.id_or_none("author")?.map(AccountId),
            submitter: row.id_or_none("submitter")?.map(AccountId),
            version: row.int("version")?,
        });
    }
    Ok(found)
}

fn line_from(row: &Row) -> Result<Line, StoreError> {
    Ok(Line {
        clause: row.text("clause")?,
        task: row.text("task")?,
        figure: row.text("figure")?,
        due_on: row.day_or_none("due_on")?,
    })
}

pub async fn add_event(
    tx: &mut Tx,
    programme: ProgrammeId,
    event: &Event,
    account: Option<AccountId>,
) -> Result<(), StoreError> {
    let values = values![
        uuid::Uuid::now_v7(),
        programme,
        event.number,
        event.state,
        event.on,
        event.at,
        account,
        &event.name,
        &event.reason,
    ];
    tx.run(sql!("add_event"), values).await?;
    Ok(())
}

/// What happened until the end of a day, oldest first.
pub async fn events(tx: &mut Tx, until: Date) -> Result<Vec<Event>, StoreError> {
    let event = |row: &Row| {
        Ok(Event {
            unit: UnitId(row.id("unit")?),
            number: row.int("number")?,
            state: row.word("programme_events", "state", State::from_code)?,
            on: row.day("happened_on")?,
            at: row.at("happened_at")?,
            name: row.text("name")?,
            reason: row.text("reason")?,
        })
    };
    tx.all(sql!("events"), values![until]).await?.iter().map(event).collect()
}

/// The tasks that programmes in force hang on a clause, or on any where it is empty, with the unit of each programme.
pub async fn lines_on(tx: &mut Tx, clause: &str) -> Result<Vec<(UnitId, Line)>, StoreError> {
    let line = |row: &Row| Ok((UnitId(row.id("unit")?), line_from(row)?));
    tx.all(sql!("lines_on"), values![clause]).await?.iter().map(line).collect()
}

pub async fn count_by_clause(tx: &mut Tx) -> Result<Vec<(String, usize)>, StoreError> {
    tx.counts(sql!("count_by_clause"), "clause", "many").await
}

pub async fn add_covenant(tx: &mut Tx, covenant: &Covenant) -> Result<(), StoreError> {
    tx.run(sql!("add_covenant"), values![covenant.id, &covenant.name]).await?;
    Ok(())
}

pub async fn covenants(tx: &mut Tx) -> Result<Vec<Covenant>, StoreError> {
    tx.all(sql!("covenants"), values![]).await?.iter().map(covenant_from).collect()
}

pub async fn covenant(tx: &mut Tx, id: CovenantId) -> Result<Option<Covenant>, StoreError> {
    tx.first(sql!("covenant"), values![id]).await?.as_ref().map(covenant_from).transpose()
}

fn covenant_from(row: &Row) -> Result<Covenant, StoreError> {
    Ok(Covenant { id: CovenantId(row.id("id")?), name: row.text("name")? })
}

pub async fn add_covenant_edition(
    tx: &mut Tx,
    edition: &CovenantEdition,
    account: Option<AccountId>,
) -> Result<(), StoreError> {
    let content = &edition.content;
    let values = values![edition.id, edition.covenant, edition.number, &content.text, edition.drawn_up_on, account];
    tx.run(sql!("add_covenant_edition"), values).await?;
    for (position, target) in (1_i64..).zip(&content.targets) {
        let values = values![edition.id, position, &target.clause, &target.what, &target.figure];
        tx.run(sql!("add_target"), values).await?;
    }
    for (position, signature) in (1_i64..).zip(&edition.signatures) {
        tx.run(sql!("add_signature"), values![edition.id, signature.unit, position]).await?;
    }
    Ok(())
}

/// Counts a signature, and keeps the instant at which the last unit signed.
pub async fn save_covenant_edition(tx: &mut Tx, edition: &CovenantEdition) -> Result<(), StoreError> {
    let values = values![edition.id, edition.version, edition.locked_at];
    tx.run_fresh("covenant_versions", sql!("save_covenant_edition"), values).await
}

/// All versions of a covenant, oldest first.
pub async fn covenant_editions(tx: &mut Tx, covenant: CovenantId) -> Result<Vec<CovenantEdition>, StoreError> {
    let target = |row: &Row| {
        Ok::<_, StoreError>(CovenantTarget {
            clause: row.text("clause")?,
            what: row.text("what")?,
            figure: row.text("figure")?,
        })
    };
    let signature = |row: &Row| {
        let signed = row.at_or_none("signed_at")?.zip(row.text_or_none("signer_name")?);
        Ok::<_, StoreError>(Signature { unit: UnitId(row.id("unit")?), signed })
    };
    let mut found = Vec::new();
    for row in tx.all(sql!("covenant_editions"), values![covenant]).await? {
        let id = CovenantEditionId(row.id("id")?);
        let targets = tx.all(sql!("targets"), values![id]).await?;
        let signatures = tx.all(sql!("signatures"), values![id]).await?;
        found.push(CovenantEdition {
            id,
            covenant: CovenantId(row.id("covenant")?),
            number: row.int("number")?,
            content: CovenantContent {
                text: row.text("text")?,
                targets: targets.iter().map(target).collect::<Result<_, _>>()?,
            },
            drawn_up_on: row.day("drawn_up_on")?,
            locked_at: row.at_or_none("locked_at")?,
            signatures: signatures.iter().map(signature).collect::<Result<_, _>>()?,
            version: row.int("version")?,
        });
    }
    Ok(found)
}

/// Signs for a unit; answers whether the place was still empty.
pub async fn sign(
    tx: &mut Tx,
    edition: CovenantEditionId,
    unit: UnitId,
    at: Timestamp,
    who: (Option<AccountId>, &str),
) -> Result<bool, StoreError> {
    Ok(tx.run(sql!("sign"), values![edition, unit, at, who.0, who.1]).await? > 0)
}
