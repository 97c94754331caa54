//! Rows of dossiers, tallies, imports and mappings.

use std::collections::BTreeMap;

use kernel::id::AccountId;
use kernel::{Date, Timestamp};
use papers::sheet::Fault;
use uuid::Uuid;

use super::figures::Measure;
use super::mapping::Mapping;
use super::model::{Channel, Class, Counts, Dossier, Facts, Import, ImportState, Judged, Status};
use super::queries::Filter;
use crate::db::{Row, StoreError, Tx, Value};
use crate::{sql, values};

/// Which tally changes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TallyKey {
    pub procedure: String,
    pub month: String,
    pub unit: String,
    pub measure: &'static str,
    pub value: i64,
}

/// The month of a day as it is kept: `2026-02`.
pub fn month(day: Date) -> String {
    format!("{:04}-{:02}", day.year(), day.month())
}

/// Adds a dossier; answers whether its code was new.
pub async fn add(tx: &mut Tx, dossier: &Dossier) -> Result<bool, StoreError> {
    Ok(tx.run(sql!("add"), row_of(dossier)).await? > 0)
}

pub async fn save(tx: &mut Tx, dossier: &Dossier) -> Result<(), StoreError> {
    tx.run(sql!("save"), row_of(dossier)).await?;
    Ok(())
}

pub async fn find(tx: &mut Tx, code: &str) -> Result<Option<Dossier>, StoreError> {
    tx.first(sql!("find.sqlite", "find.postgres"), values![code]).await?.as_ref().map(from).transpose()
}

pub async fn list(
    tx: &mut Tx,
    filter: &Filter,
    today: Date,
    after: &str,
    many: i64,
) -> Result<Vec<Dossier>, StoreError> {
    let mut values = narrowed(filter, today);
    values.extend(values![after, many]);
    tx.all(sql!("list"), values).await?.iter().map(from).collect()
}

pub async fn count(tx: &mut Tx, filter: &Filter, today: Date) -> Result<i64, StoreError> {
    tx.first(sql!("count"), narrowed(filter, today)).await?.map_or(Ok(0), |row| row.int("many"))
}

fn narrowed(filter: &Filter, today: Date) -> Vec<Value> {
    let kind = filter.kind.map_or("", |kind| kind.code());
    values![&filter.from, &filter.until, &filter.unit, &filter.procedure, kind, today]
}

pub async fn add_tally(tx: &mut Tx, key: TallyKey, many: i64) -> Result<(), StoreError> {
    let TallyKey { procedure, month, unit, measure, value } = key;
    tx.run(sql!("add_tally"), values![procedure, month, unit, measure, value, many]).await?;
    Ok(())
}

/// Tallies of all procedures together, or of one, by month and unit.
pub async fn tallies(tx: &mut Tx, filter: &Filter) -> Result<Vec<(TallyKey, i64)>, StoreError> {
    let values = values![&filter.procedure, &filter.from, &filter.until, &filter.unit];
    let rows = tx.all(sql!("tallies"), values).await?;
    rows.iter()
        .map(|row| {
            let key = TallyKey {
                procedure: row.text("procedure_code")?,
                month: row.text("month")?,
                unit: row.text("unit")?,
                measure: row.word("dossier_tallies", "measure", Measure::from_code)?.code(),
                value: row.int("value")?,
            };
            Ok((key, row.int("many")?))
        })
        .collect()
}

/// Tallies by procedure alone.
pub async fn tallies_by_procedure(tx: &mut Tx, filter: &Filter) -> Result<Vec<(TallyKey, i64)>, StoreError> {
    let rows = tx.all(sql!("tallies_by_procedure"), values![&filter.from, &filter.until, &filter.unit]).await?;
    rows.iter()
        .map(|row| {
            let key = TallyKey {
                procedure: row.text("procedure_code")?,
                month: String::new(),
                unit: String::new(),
                measure: row.word("dossier_tallies", "measure", Measure::from_code)?.code(),
                value: row.int("value")?,
            };
            Ok((key, row.int("many")?))
        })
        .collect()
}

pub async fn put_procedure(tx: &mut Tx, code: &str, name: &str) -> Result<(), StoreError> {
    tx.run(sql!("put_procedure"), values![code, name]).await?;
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

fn row_of(dossier: &Dossier) -> Vec<Value> {
    let Dossier { facts, source, judged } = dossier;
    values![
        &facts.code,
        source,
        &facts.unit,
        &facts.procedure,
        month(facts.received_on),
        facts.status.code(),
        facts.channel.map(Channel::code),
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
        judged.class.code(),
        judged.held_to,
        judged.days,
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
    Ok(Dossier { facts, source: row.text("source")?, judged })
}
