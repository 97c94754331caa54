//! Rows of dossiers, tallies, imports and mappings.

use std::collections::BTreeMap;

use kernel::id::AccountId;
use kernel::{Date, Timestamp};
use papers::sheet::Fault;
use uuid::Uuid;

use super::costs::Saved;
use super::figures::Cell;
use super::mapping::Mapping;
use super::model::{Channel, Class, Counts, Dossier, DueMove, Facts, Import, ImportState, Judged, Status};
use super::queries::{Filter, Kind};
use crate::calendar::AnnouncementId;
use crate::db::{Row, Rows, StoreError, Tx, Value};
use crate::{sql, values};

/// Of what a cell is: a period (a month `2026-02`, or a year `Y2026`), a procedure and a unit; empty for all.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellKey {
    pub period: String,
    pub procedure: String,
    pub unit: String,
}

/// The month of a day as it is kept: `2026-02`.
pub fn month(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

/// Where dossiers are added.
const DOSSIERS: Rows = Rows {
    table: "dossiers",
    columns: &[
        "code",
        "source",
        "unit",
        "procedure_code",
        "month",
        "status",
        "channel",
        "received_on",
        "due_on",
        "finished_on",
        "asked_on",
        "supplied_on",
        "supplements",
        "legal_days",
        "committed_days",
        "input_digitised",
        "result_digitised",
        "rating",
        "class",
        "held_to",
        "days",
        "due_has_waiting",
    ],
    conflict: "",
};

/// Where cells are put.
const CELLS: Rows = Rows {
    table: "dossier_cells",
    columns: &["period", "procedure_code", "unit", "body"],
    conflict: "on conflict (period, procedure_code, unit) do update set body = excluded.body",
};

/// Where moves of due days are added.
const MOVES: Rows = Rows {
    table: "dossier_moves",
    columns: &["id", "announcement", "withdrawal", "code", "old_on", "new_on", "moved_at"],
    conflict: "",
};

/// Adds dossiers whose codes are new.
pub async fn add(tx: &mut Tx, dossiers: Vec<Dossier>) -> Result<(), StoreError> {
    tx.add_rows(DOSSIERS, dossiers.into_iter().map(row_of).collect()).await?;
    Ok(())
}

pub async fn save(tx: &mut Tx, dossier: &Dossier) -> Result<(), StoreError> {
    tx.run(sql!("save"), row_of(dossier.clone())).await?;
    Ok(())
}

pub async fn find(tx: &mut Tx, code: &str) -> Result<Option<Dossier>, StoreError> {
    tx.first(sql!("find"), values![code]).await?.as_ref().map(from).transpose()
}

/// Those of some codes that are known.
pub async fn known(tx: &mut Tx, codes: &[&str]) -> Result<Vec<Dossier>, StoreError> {
    let codes = serde_json::to_string(codes).expect("codes are texts");
    tx.all(sql!("known.sqlite", "known.postgres"), values![codes]).await?.iter().map(from).collect()
}

/// Dossiers in the order of their codes, after one.
pub async fn after(tx: &mut Tx, code: &str, many: i64) -> Result<Vec<Dossier>, StoreError> {
    tx.all(sql!("after"), values![code, many]).await?.iter().map(from).collect()
}

/// Dossiers at work in the order of their codes, after one.
pub async fn running(tx: &mut Tx, code: &str, many: i64) -> Result<Vec<Dossier>, StoreError> {
    tx.all(sql!("running"), values![code, many]).await?.iter().map(from).collect()
}

/// Holds a dossier to another day.
pub async fn hold_to(tx: &mut Tx, dossier: &Dossier) -> Result<(), StoreError> {
    let values = values![&dossier.facts.code, dossier.judged.held_to, dossier.judged.class];
    tx.run(sql!("hold_to"), values).await?;
    Ok(())
}

/// Whether all dossiers are in the cells, for whoever only looks.
pub async fn is_counted(tx: &mut Tx) -> Result<bool, StoreError> {
    tx.first(sql!("is_counted"), values![]).await?.map_or(Ok(false), |row| row.bool("counted"))
}

/// Whether all dossiers are in the cells, and which import was the last to write; held until the transaction
/// ends, so that cells change one after the other.
pub async fn state(tx: &mut Tx) -> Result<(bool, Option<Uuid>), StoreError> {
    let row = tx.first(sql!("state.sqlite", "state.postgres"), values![]).await?;
    row.map_or(Ok((false, None)), |row| Ok((row.bool("counted")?, row.id_or_none("last_import")?)))
}

pub async fn set_state(tx: &mut Tx, counted: bool, last_import: Option<Uuid>) -> Result<(), StoreError> {
    tx.run(sql!("set_state"), values![counted, last_import]).await?;
    Ok(())
}

pub async fn clear_cells(tx: &mut Tx) -> Result<(), StoreError> {
    tx.run(sql!("clear_cells"), values![]).await?;
    Ok(())
}

/// Adds to cells what has changed.
pub async fn add_to_cells(tx: &mut Tx, changes: BTreeMap<CellKey, Cell>) -> Result<(), StoreError> {
    let keys: Vec<[&str; 3]> =
        changes.keys().map(|key| [key.period.as_str(), key.procedure.as_str(), key.unit.as_str()]).collect();
    for some in keys.chunks(2_000) {
        let asked = serde_json::to_string(some).expect("keys are texts");
        let known = tx.all(sql!("cells_known.sqlite", "cells_known.postgres"), values![asked]).await?;
        let known = known.iter().map(cell_from).collect::<Result<Vec<_>, _>>()?;
        let rows = some.iter().map(|[period, procedure, unit]| {
            let key =
                CellKey { period: (*period).to_owned(), procedure: (*procedure).to_owned(), unit: (*unit).to_owned() };
            (key, Cell::default())
        });
        let mut sums: BTreeMap<CellKey, Cell> = rows.collect();
        for (key, cell) in known {
            sums.insert(key, cell);
        }
        for (key, cell) in &mut sums {
            if let Some(change) = changes.get(key) {
                cell.merge(change);
            }
        }
        let rows = sums.into_iter().map(|(key, cell)| values![key.period, key.procedure, key.unit, cell.text()]);
        tx.add_rows(CELLS, rows.collect()).await?;
    }
    Ok(())
}

/// Which cells are read.
#[derive(Debug, Clone, Copy)]
pub struct Cells<'a> {
    /// The first period.
    pub from: &'a str,
    /// The last one.
    pub until: &'a str,
    /// The procedure, or all together; none for each apart.
    pub procedure: Option<&'a str>,
    /// The unit, or all together; none for each apart.
    pub unit: Option<&'a str>,
}

/// Cells that are not empty.
pub async fn cells(tx: &mut Tx, which: Cells<'_>) -> Result<Vec<(CellKey, Cell)>, StoreError> {
    let values = values![which.from, which.until, which.procedure.unwrap_or(""), which.unit.unwrap_or("")];
    let sql = match (which.procedure, which.unit) {
        (Some(_), Some(_)) => sql!("cells"),
        (Some(_), None) => sql!("cells_by_unit"),
        (None, Some(_)) => sql!("cells_by_procedure"),
        (None, None) => sql!("cells_by_both"),
    };
    let found = tx.all(sql, values).await?.iter().map(cell_from).collect::<Result<Vec<_>, _>>()?;
    Ok(found.into_iter().filter(|(_, cell)| !cell.is_empty()).collect())
}

fn cell_from(row: &Row) -> Result<(CellKey, Cell), StoreError> {
    let (procedure, unit) = (row.text("procedure_code")?, row.text("unit")?);
    let key = CellKey { period: row.text("period")?, procedure, unit };
    let cell = row.word("dossier_cells", "body", Cell::parse)?;
    Ok((key, cell))
}

/// How a due day moved.
pub async fn add_moves(
    tx: &mut Tx,
    announcement: AnnouncementId,
    withdrawal: bool,
    moves: &[(String, Date, Date)],
    at: Timestamp,
) -> Result<(), StoreError> {
    let row = |(code, old, new): &(String, Date, Date)| {
        values![Uuid::now_v7(), announcement, withdrawal, code, *old, *new, at]
    };
    tx.add_rows(MOVES, moves.iter().map(row).collect()).await?;
    Ok(())
}

pub async fn moves_of(tx: &mut Tx, code: &str) -> Result<Vec<DueMove>, StoreError> {
    let rows = tx.all(sql!("moves_of"), values![code]).await?;
    let one = |row: &Row| {
        Ok(DueMove {
            withdrawal: row.bool("withdrawal")?,
            old: row.day("old_on")?,
            new: row.day("new_on")?,
            at: row.at("moved_at")?,
            document: row.text("document")?,
            name: row.text("name")?,
            day: row.day("day")?,
        })
    };
    rows.iter().map(one).collect()
}

/// What an announcement moved: code, whether by its withdrawal, old and new day.
pub async fn moves_of_announcement(
    tx: &mut Tx,
    id: AnnouncementId,
    many: i64,
) -> Result<Vec<(String, bool, Date, Date)>, StoreError> {
    let rows = tx.all(sql!("moves_of_announcement"), values![id, many]).await?;
    let one = |row: &Row| Ok((row.text("code")?, row.bool("withdrawal")?, row.day("old_on")?, row.day("new_on")?));
    rows.iter().map(one).collect()
}

pub async fn list(
    tx: &mut Tx,
    filter: &Filter,
    today: Date,
    after: &str,
    many: i64,
) -> Result<Vec<Dossier>, StoreError> {
    let kind = filter.kind.map_or("", Kind::code);
    let values = values![&filter.from, &filter.until, &filter.unit, &filter.procedure, kind, today, after, many];
    let sql = if filter.kind.is_some_and(Kind::is_apart) { sql!("list_apart") } else { sql!("list") };
    tx.all(sql, values).await?.iter().map(from).collect()
}

/// Gives this connection memory for the pages of a long import; on PostgreSQL the server has its own.
pub async fn much_memory(tx: &mut Tx) -> Result<(), StoreError> {
    tx.all(sql!("much_memory.sqlite", "much_memory.postgres"), values![]).await?;
    Ok(())
}

/// Names procedures.
pub async fn put_procedures(tx: &mut Tx, named: &BTreeMap<String, String>) -> Result<(), StoreError> {
    for (code, name) in named {
        tx.run(sql!("put_procedure"), values![code, name]).await?;
    }
    Ok(())
}

pub async fn procedures(tx: &mut Tx) -> Result<BTreeMap<String, String>, StoreError> {
    tx.all(sql!("procedures"), values![]).await?.iter().map(|row| Ok((row.text("code")?, row.text("name")?))).collect()
}

pub async fn units(tx: &mut Tx) -> Result<Vec<String>, StoreError> {
    tx.all(sql!("units"), values![]).await?.iter().map(|row| row.text("unit")).collect()
}

pub async fn years(tx: &mut Tx) -> Result<Vec<String>, StoreError> {
    tx.all(sql!("years"), values![]).await?.iter().map(|row| row.text("year")).collect()
}

pub async fn add_import(tx: &mut Tx, one: &Import, account: Option<AccountId>) -> Result<(), StoreError> {
    let state = one.state.code();
    let values = values![one.id, &one.source, &one.digest, one.mapping_version, state, account, one.began_at];
    tx.run(sql!("add_import"), values).await?;
    Ok(())
}

pub async fn save_import(tx: &mut Tx, one: &Import, at: Timestamp) -> Result<(), StoreError> {
    let Counts { rows, created, updated, unchanged, rejected } = one.counts;
    let (unknown, dropped) = (one.unknown_columns.join("\n"), one.dropped_columns.join("\n"));
    let state = one.state.code();
    let values = values![one.id, state, rows, created, updated, unchanged, rejected, unknown, dropped, &one.why, at];
    tx.run(sql!("save_import"), values).await?;
    Ok(())
}

/// An import, and when it last moved.
pub async fn import(tx: &mut Tx, id: Uuid) -> Result<Option<(Import, Timestamp)>, StoreError> {
    tx.first(sql!("import"), values![id]).await?.as_ref().map(import_from).transpose()
}

pub async fn imports(tx: &mut Tx, many: i64) -> Result<Vec<(Import, Timestamp)>, StoreError> {
    tx.all(sql!("imports"), values![many]).await?.iter().map(import_from).collect()
}

fn import_from(row: &Row) -> Result<(Import, Timestamp), StoreError> {
    let lines = |text: String| text.lines().map(str::to_owned).collect();
    let import = Import {
        id: row.id("id")?,
        source: row.text("source")?,
        digest: row.text("digest")?,
        mapping_version: row.int("mapping_version")?,
        state: row.word("dossier_imports", "state", ImportState::from_code)?,
        counts: Counts {
            rows: row.int("row_count")?,
            created: row.int("created")?,
            updated: row.int("updated")?,
            unchanged: row.int("unchanged")?,
            rejected: row.int("rejected")?,
        },
        unknown_columns: lines(row.text("unknown_columns")?),
        dropped_columns: lines(row.text("dropped_columns")?),
        why: row.text("why")?,
        began_at: row.at("began_at")?,
    };
    Ok((import, row.at("moved_at")?))
}

pub async fn add_fault(tx: &mut Tx, import: Uuid, place: i64, fault: &Fault) -> Result<(), StoreError> {
    let values = values![import, place, fault.row, &fault.column, &fault.value, &fault.what];
    tx.run(sql!("add_fault"), values).await?;
    Ok(())
}

pub async fn faults(tx: &mut Tx, import: Uuid, many: i64) -> Result<Vec<Fault>, StoreError> {
    let rows = tx.all(sql!("faults"), values![import, many]).await?;
    rows.iter()
        .map(|row| {
            Ok(Fault {
                row: u32::try_from(row.int("line")?).unwrap_or(u32::MAX),
                column: row.text("name")?,
                letters: String::new(),
                value: row.text("value")?,
                what: row.text("what")?,
            })
        })
        .collect()
}

/// The newest mapping of a source with its version.
pub async fn mapping(tx: &mut Tx, source: &str) -> Result<Option<(i64, Mapping)>, StoreError> {
    let Some(row) = tx.first(sql!("mapping"), values![source]).await? else { return Ok(None) };
    let body = row.text("body")?;
    let nonsense = |error: serde_json::Error| StoreError::Nonsense {
        table: "dossier_mappings",
        column: "body",
        what: error.to_string(),
    };
    Ok(Some((row.int("version")?, serde_json::from_str(&body).map_err(nonsense)?)))
}

pub async fn add_mapping(
    tx: &mut Tx,
    source: &str,
    version: i64,
    mapping: &Mapping,
    account: Option<AccountId>,
    at: Timestamp,
) -> Result<(), StoreError> {
    let body = serde_json::to_string(mapping).expect("a mapping of words is always JSON");
    tx.run(sql!("add_mapping"), values![source, version, body, account, at]).await?;
    Ok(())
}

pub async fn sources(tx: &mut Tx) -> Result<Vec<(String, i64)>, StoreError> {
    tx.all(sql!("sources"), values![]).await?.iter().map(|row| Ok((row.text("source")?, row.int("version")?))).collect()
}

fn row_of(dossier: Dossier) -> Vec<Value> {
    let Dossier { facts, source, judged, due_has_waiting, .. } = dossier;
    values![
        facts.code,
        source,
        facts.unit,
        facts.procedure,
        month(facts.received_on),
        facts.status,
        facts.channel.map_or(Value::Text(None), Value::from),
        facts.received_on,
        facts.due_on,
        facts.finished_on,
        facts.asked_on,
        facts.supplied_on,
        facts.supplements,
        facts.legal_days,
        facts.committed_days,
        facts.input_digitised,
        facts.result_digitised,
        facts.rating,
        judged.class,
        judged.held_to,
        judged.days,
        due_has_waiting,
    ]
}

fn from(row: &Row) -> Result<Dossier, StoreError> {
    let channel = match row.text_or_none("channel")? {
        None => None,
        Some(word) => Some(Channel::from_code(&word).ok_or(StoreError::Nonsense {
            table: "dossiers",
            column: "channel",
            what: word,
        })?),
    };
    let facts = Facts {
        code: row.text("code")?,
        unit: row.text("unit")?,
        procedure: row.text("procedure_code")?,
        procedure_name: String::new(),
        status: row.word("dossiers", "status", Status::from_code)?,
        channel,
        received_on: row.day("received_on")?,
        due_on: row.day_or_none("due_on")?,
        finished_on: row.day_or_none("finished_on")?,
        asked_on: row.day_or_none("asked_on")?,
        supplied_on: row.day_or_none("supplied_on")?,
        supplements: row.int("supplements")?,
        legal_days: row.int_or_none("legal_days")?,
        committed_days: row.int_or_none("committed_days")?,
        input_digitised: row.bool_or_none("input_digitised")?,
        result_digitised: row.bool_or_none("result_digitised")?,
        rating: row.int_or_none("rating")?,
    };
    let judged = Judged {
        class: row.word("dossiers", "class", Class::from_code)?,
        held_to: row.day_or_none("held_to")?,
        days: row.int_or_none("days")?,
    };
    let (due_has_waiting, answer) = (row.bool("due_has_waiting")?, row.int_or_none("answer")?);
    Ok(Dossier { facts, source: row.text("source")?, judged, due_has_waiting, answer })
}

pub async fn answer(tx: &mut Tx, code: &str, answer: i64, on: Date) -> Result<(), StoreError> {
    tx.run_fresh("dossiers", sql!("answer"), values![code, answer, on]).await
}

pub async fn add_costs(
    tx: &mut Tx,
    procedure: &str,
    saved: &Saved,
    account: Option<AccountId>,
) -> Result<(), StoreError> {
    let body = serde_json::to_string(&saved.inputs).expect("inputs of numbers and words are always JSON");
    tx.run(sql!("add_costs"), values![procedure, saved.version, body, &saved.reason, account, saved.at]).await?;
    Ok(())
}

/// The versions of a procedure's costs, newest first.
pub async fn costs_of(tx: &mut Tx, procedure: &str) -> Result<Vec<Saved>, StoreError> {
    tx.all(sql!("costs_of"), values![procedure]).await?.iter().map(saved_from).collect()
}

pub async fn costs_newest(tx: &mut Tx) -> Result<BTreeMap<String, Saved>, StoreError> {
    let rows = tx.all(sql!("costs_newest"), values![]).await?;
    rows.iter().map(|row| Ok((row.text("procedure_code")?, saved_from(row)?))).collect()
}

fn saved_from(row: &Row) -> Result<Saved, StoreError> {
    let inputs = serde_json::from_str(&row.text("body")?).map_err(|error| StoreError::Nonsense {
        table: "procedure_costs",
        column: "body",
        what: error.to_string(),
    })?;
    Ok(Saved { version: row.int("version")?, inputs, reason: row.text("reason")?, at: row.at("saved_at")? })
}

pub async fn confirm_formula(
    tx: &mut Tx,
    formula: &str,
    version: i64,
    document: &str,
    account: Option<AccountId>,
    at: Timestamp,
) -> Result<(), StoreError> {
    tx.run(sql!("confirm_formula"), values![formula, version, document, account, at]).await?;
    Ok(())
}

pub async fn formula_confirmed(
    tx: &mut Tx,
    formula: &str,
    version: i64,
) -> Result<Option<(String, Timestamp)>, StoreError> {
    let row = tx.first(sql!("formula_confirmed"), values![formula, version]).await?;
    row.map(|row| Ok((row.text("document")?, row.at("confirmed_at")?))).transpose()
}
