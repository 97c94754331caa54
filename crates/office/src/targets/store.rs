//! Rows of indicators, their definitions and paths, values, events, approvals.

use std::collections::BTreeMap;

use kernel::Date;
use kernel::id::{AccountId, UnitId};
use uuid::Uuid;

use super::model::{
    Approval, Definition, Event, EventKind, Indicator, IndicatorId, Level, Settings, Settled, State, Value, ValueFile,
    ValueFileId, ValueId,
};
use super::{
    Accumulation, Amount, Baseline, Counting, Direction, Frequency, Measure, Nature, ReportPeriod, RollUp, Scope,
};
use crate::db::{Row, StoreError, Tx};
use crate::{sql, values};

pub async fn settings(tx: &mut Tx) -> Result<Settings, StoreError> {
    let row = tx.first(sql!("settings"), values![]).await?;
    let row = row.ok_or(StoreError::Stale { table: "indicator_settings" })?;
    Ok(Settings {
        forecast_points: row.int("forecast_points")?,
        outlier_factor: row.int("outlier_factor")?,
        document: row.text("document")?,
        version: row.int("version")?,
    })
}

pub async fn save_settings(tx: &mut Tx, new: &Settings) -> Result<(), StoreError> {
    let values = values![new.version, new.forecast_points, new.outlier_factor, &new.document];
    tx.run_fresh("indicator_settings", sql!("save_settings"), values).await
}

/// Every indicator in the order of the plan, with its definitions and path.
pub async fn indicators(tx: &mut Tx) -> Result<Vec<Indicator>, StoreError> {
    let rows = tx.all(sql!("indicators"), values![]).await?;
    let definitions = tx.all(sql!("definitions"), values![]).await?;
    let paths = tx.all(sql!("paths"), values![]).await?;
    rows.iter().map(|row| indicator_from(row, &definitions, &paths)).collect()
}

pub async fn indicator(tx: &mut Tx, id: IndicatorId) -> Result<Option<Indicator>, StoreError> {
    let Some(row) = tx.first(sql!("indicator"), values![id]).await? else { return Ok(None) };
    let definitions = tx.all(sql!("definitions_of"), values![id]).await?;
    let paths = tx.all(sql!("path_of"), values![id]).await?;
    indicator_from(&row, &definitions, &paths).map(Some)
}

pub async fn has_code(tx: &mut Tx, code: &str) -> Result<bool, StoreError> {
    Ok(tx.first(sql!("by_code"), values![code]).await?.is_some())
}

pub async fn last_position(tx: &mut Tx) -> Result<i64, StoreError> {
    tx.first(sql!("last_position"), values![]).await?.map_or(Ok(0), |row| row.int("position"))
}

fn indicator_from(row: &Row, definitions: &[Row], paths: &[Row]) -> Result<Indicator, StoreError> {
    let id = row.id("id")?;
    let mut found = Indicator {
        id: IndicatorId(id),
        code: row.text("code")?,
        clause: row.text("clause")?,
        position: row.int("position")?,
        baseline: match (row.int_or_none("baseline_year")?, row.int_or_none("baseline_amount")?) {
            (Some(year), Some(amount)) => Some(Baseline {
                year: year_from("indicators", "baseline_year", year)?,
                amount: Amount(amount),
                source: row.text_or_none("baseline_source")?.unwrap_or_default(),
            }),
            _ => None,
        },
        path: BTreeMap::new(),
        path_source: row.text("path_source")?,
        definitions: Vec::new(),
        version: row.int("version")?,
    };
    for row in definitions {
        if row.id("indicator")? == id {
            found.definitions.push(definition_from(row)?);
        }
    }
    for row in paths {
        if row.id("indicator")? == id {
            let year = year_from("indicator_path", "year", row.int("year")?)?;
            found.path.insert(year, Amount(row.int("amount")?));
        }
    }
    if found.definitions.is_empty() {
        let what = "không có định nghĩa".to_owned();
        return Err(StoreError::Nonsense { table: "indicator_definitions", column: "indicator", what });
    }
    Ok(found)
}

fn year_from(table: &'static str, column: &'static str, year: i64) -> Result<i16, StoreError> {
    i16::try_from(year).map_err(|_| StoreError::Nonsense { table, column, what: year.to_string() })
}

fn definition_from(row: &Row) -> Result<Definition, StoreError> {
    const TABLE: &str = "indicator_definitions";
    let places = row.int("places")?;
    let measure = match row.text_or_none("measure")? {
        Some(_) => Some(row.word(TABLE, "measure", Measure::from_code)?),
        None => None,
    };
    let counting = Counting {
        name: row.text("name")?,
        measured_in: row.text("measured_in")?,
        nature: row.word(TABLE, "nature", Nature::from_code)?,
        direction: row.word(TABLE, "direction", Direction::from_code)?,
        accumulation: row.word(TABLE, "accumulation", Accumulation::from_code)?,
        frequency: row.word(TABLE, "frequency", Frequency::from_code)?,
        scope: row.word(TABLE, "scope", Scope::from_code)?,
        roll_up: row.word(TABLE, "roll_up", RollUp::from_code)?,
        measure,
        places: u32::try_from(places).map_err(|_| StoreError::Nonsense {
            table: TABLE,
            column: "places",
            what: places.to_string(),
        })?,
        least: row.int_or_none("least")?.map(Amount),
        most: row.int_or_none("most")?.map(Amount),
        method: row.text("method")?,
    };
    Ok(Definition {
        number: row.int("number")?,
        from_on: row.day("from_on")?,
        counting,
        reason: row.text("reason")?,
        recorded_name: row.text("recorded_name")?,
        recorded_at: row.at("recorded_at")?,
    })
}

pub async fn add(tx: &mut Tx, one: &Indicator) -> Result<(), StoreError> {
    let base = one.baseline.as_ref();
    let values = values![
        one.id,
        &one.code,
        &one.clause,
        one.position,
        base.map(|base| base.year),
        base.map(|base| base.amount.0),
        base.map(|base| base.source.clone()),
        &one.path_source,
    ];
    tx.run(sql!("add"), values).await?;
    for definition in &one.definitions {
        add_definition(tx, one.id, definition).await?;
    }
    add_path(tx, one).await
}

pub async fn add_definition(tx: &mut Tx, id: IndicatorId, one: &Definition) -> Result<(), StoreError> {
    let how = &one.counting;
    let values = values![
        id,
        one.number,
        one.from_on,
        &how.name,
        &how.measured_in,
        how.nature,
        how.direction,
        how.accumulation,
        how.frequency,
        how.scope,
        how.roll_up,
        how.measure.map(|measure| measure.code().to_owned()),
        how.places,
        how.least.map(|amount| amount.0),
        how.most.map(|amount| amount.0),
        &how.method,
        &one.reason,
        &one.recorded_name,
        one.recorded_at,
    ];
    tx.run(sql!("add_definition"), values).await?;
    Ok(())
}

/// Counts a change of an indicator over the one that was read.
pub async fn touch(tx: &mut Tx, one: &Indicator) -> Result<(), StoreError> {
    tx.run_fresh("indicators", sql!("touch"), values![one.id, one.version]).await
}

/// Keeps baseline and path over the ones that were read.
pub async fn save_aim(tx: &mut Tx, one: &Indicator) -> Result<(), StoreError> {
    let base = one.baseline.as_ref();
    let values = values![
        one.id,
        one.version,
        base.map(|base| base.year),
        base.map(|base| base.amount.0),
        base.map(|base| base.source.clone()),
        &one.path_source,
    ];
    tx.run_fresh("indicators", sql!("save_aim"), values).await?;
    tx.run(sql!("clear_path"), values![one.id]).await?;
    add_path(tx, one).await
}

async fn add_path(tx: &mut Tx, one: &Indicator) -> Result<(), StoreError> {
    for (year, amount) in &one.path {
        tx.run(sql!("add_path"), values![one.id, *year, amount.0]).await?;
    }
    Ok(())
}

fn value_from(row: &Row) -> Result<Value, StoreError> {
    const TABLE: &str = "indicator_values";
    Ok(Value {
        id: ValueId(row.id("id")?),
        indicator: IndicatorId(row.id("indicator")?),
        unit: row.id_or_none("unit")?.map(UnitId),
        period: period_from(row, TABLE)?,
        definition: row.int("definition")?,
        amount: row.int_or_none("amount")?.map(Amount),
        level: level_from(row, TABLE)?,
        narrative: row.text("narrative")?,
        remark: row.text("remark")?,
        follow_up: row.bool("follow_up")?,
        state: row.word(TABLE, "state", State::from_code)?,
        entered_by: row.id_or_none("entered_by")?.map(AccountId),
        entered_name: row.text("entered_name")?,
        entered_at: row.at("entered_at")?,
        settled: match (row.text_or_none("settled_name")?, row.at_or_none("settled_at")?) {
            (Some(name), Some(at)) => {
                Some(Settled { name, at, words: row.text_or_none("settled_words")?.unwrap_or_default() })
            }
            _ => None,
        },
        version: row.int("version")?,
    })
}

fn period_from(row: &Row, table: &'static str) -> Result<ReportPeriod, StoreError> {
    let text = row.text("period")?;
    text.parse().map_err(|_| StoreError::Nonsense { table, column: "period", what: text })
}

fn level_from(row: &Row, table: &'static str) -> Result<Option<Level>, StoreError> {
    match row.text_or_none("level")? {
        Some(_) => row.word(table, "level", Level::from_code).map(Some),
        None => Ok(None),
    }
}

/// The values of all indicators in these years.
pub async fn values(tx: &mut Tx, first: i16, last: i16) -> Result<Vec<Value>, StoreError> {
    let values = values![format!("{first:04}"), format!("{:04}", last.saturating_add(1))];
    tx.all(sql!("values"), values).await?.iter().map(value_from).collect()
}

pub async fn values_of(tx: &mut Tx, id: IndicatorId) -> Result<Vec<Value>, StoreError> {
    tx.all(sql!("values_of"), values![id]).await?.iter().map(value_from).collect()
}

pub async fn value(tx: &mut Tx, id: ValueId) -> Result<Option<Value>, StoreError> {
    tx.first(sql!("value"), values![id]).await?.as_ref().map(value_from).transpose()
}

/// The value of a unit and period.
pub async fn cell(
    tx: &mut Tx,
    id: IndicatorId,
    period: ReportPeriod,
    unit: Option<UnitId>,
) -> Result<Option<Value>, StoreError> {
    let values = values![id, period.to_string(), unit];
    tx.first(sql!("cell"), values).await?.as_ref().map(value_from).transpose()
}

/// The last value of the unit before a period that was not given back.
pub async fn before(
    tx: &mut Tx,
    id: IndicatorId,
    period: ReportPeriod,
    unit: Option<UnitId>,
) -> Result<Option<Value>, StoreError> {
    let values = values![id, period.to_string(), unit];
    tx.first(sql!("before"), values).await?.as_ref().map(value_from).transpose()
}

/// What is marked to be looked at again, the newest period first.
pub async fn followed(tx: &mut Tx) -> Result<Vec<Value>, StoreError> {
    tx.all(sql!("followed"), values![]).await?.iter().map(value_from).collect()
}

/// What was handed in or given back.
pub async fn waiting(tx: &mut Tx) -> Result<Vec<Value>, StoreError> {
    tx.all(sql!("waiting"), values![]).await?.iter().map(value_from).collect()
}

/// The first period from this year on in which something was entered.
pub async fn first_entered(tx: &mut Tx, id: IndicatorId, year: i16) -> Result<Option<ReportPeriod>, StoreError> {
    let Some(row) = tx.first(sql!("first_entered"), values![id, format!("{year:04}")]).await? else { return Ok(None) };
    match row.text_or_none("period")? {
        Some(_) => period_from(&row, "indicator_values").map(Some),
        None => Ok(None),
    }
}

pub async fn add_value(tx: &mut Tx, one: &Value) -> Result<(), StoreError> {
    let values = values![
        one.id,
        one.indicator,
        one.unit,
        one.period.to_string(),
        one.definition,
        one.amount.map(|amount| amount.0),
        one.level.map(|level| level.code().to_owned()),
        &one.narrative,
        &one.remark,
        one.follow_up,
        one.state,
        one.entered_by,
        &one.entered_name,
        one.entered_at,
    ];
    tx.run(sql!("add_value"), values).await?;
    Ok(())
}

/// Keeps a value over the one that was read.
pub async fn save_value(tx: &mut Tx, one: &Value) -> Result<(), StoreError> {
    let settled = one.settled.as_ref();
    let values = values![
        one.id,
        one.version,
        one.definition,
        one.amount.map(|amount| amount.0),
        one.level.map(|level| level.code().to_owned()),
        &one.narrative,
        &one.remark,
        one.follow_up,
        one.state,
        one.entered_by,
        &one.entered_name,
        one.entered_at,
        settled.map(|one| one.name.clone()),
        settled.map(|one| one.at),
        settled.map(|one| one.words.clone()),
    ];
    tx.run_fresh("indicator_values", sql!("save_value"), values).await
}

pub async fn add_event(tx: &mut Tx, account: Option<AccountId>, one: &Event) -> Result<(), StoreError> {
    let values = values![
        Uuid::now_v7(),
        one.value,
        one.kind,
        one.on,
        one.at,
        account,
        &one.name,
        &one.words,
        one.amount.map(|amount| amount.0),
        one.level.map(|level| level.code().to_owned()),
        one.state,
    ];
    tx.run(sql!("add_event"), values).await?;
    Ok(())
}

fn event_from(row: &Row) -> Result<Event, StoreError> {
    const TABLE: &str = "indicator_value_events";
    Ok(Event {
        value: ValueId(row.id("value")?),
        kind: row.word(TABLE, "kind", EventKind::from_code)?,
        on: row.day("happened_on")?,
        at: row.at("happened_at")?,
        name: row.text("name")?,
        words: row.text("words")?,
        amount: row.int_or_none("amount")?.map(Amount),
        level: level_from(row, TABLE)?,
        state: row.word(TABLE, "state", State::from_code)?,
    })
}

/// What happened to a value, the oldest first.
pub async fn events(tx: &mut Tx, id: ValueId) -> Result<Vec<Event>, StoreError> {
    tx.all(sql!("events"), values![id]).await?.iter().map(event_from).collect()
}

/// What had happened to all values by the end of a day, each value's oldest first.
pub async fn events_until(tx: &mut Tx, day: Date) -> Result<Vec<Event>, StoreError> {
    tx.all(sql!("events_until"), values![day]).await?.iter().map(event_from).collect()
}

pub async fn add_file(tx: &mut Tx, id: ValueId, file: &ValueFile) -> Result<(), StoreError> {
    let values = values![file.id, id, &file.name, &file.digest, file.size, &file.media_type, file.at, &file.by];
    tx.run(sql!("add_file"), values).await?;
    Ok(())
}

pub async fn files(tx: &mut Tx, id: ValueId) -> Result<Vec<ValueFile>, StoreError> {
    let file = |row: &Row| {
        Ok(ValueFile {
            id: ValueFileId(row.id("id")?),
            name: row.text("name")?,
            digest: row.text("digest")?,
            size: row.int("size")?,
            media_type: row.text("media_type")?,
            at: row.at("recorded_at")?,
            by: row.text("recorded_by")?,
        })
    };
    tx.all(sql!("files"), values![id]).await?.iter().map(file).collect()
}

fn approval_from(row: &Row) -> Result<Approval, StoreError> {
    Ok(Approval {
        indicator: IndicatorId(row.id("indicator")?),
        period: period_from(row, "indicator_approvals")?,
        standing: row.bool("standing")?,
        amount: row.int_or_none("amount")?.map(Amount),
        reported: row.int("reported")?,
        definition: row.int("definition")?,
        name: row.text("name")?,
        at: row.at("happened_at")?,
        words: row.text("words")?,
        version: row.int("version")?,
    })
}

pub async fn approvals(tx: &mut Tx, id: IndicatorId) -> Result<Vec<Approval>, StoreError> {
    tx.all(sql!("approvals"), values![id]).await?.iter().map(approval_from).collect()
}

pub async fn approval(tx: &mut Tx, id: IndicatorId, period: ReportPeriod) -> Result<Option<Approval>, StoreError> {
    tx.first(sql!("approval"), values![id, period.to_string()]).await?.as_ref().map(approval_from).transpose()
}

/// Keeps an approval: a new one (version 0) or over the one that was read.
pub async fn put_approval(tx: &mut Tx, one: &Approval) -> Result<(), StoreError> {
    let amount = one.amount.map(|amount| amount.0);
    if one.version == 0 {
        let values = values![
            Uuid::now_v7(),
            one.indicator,
            one.period.to_string(),
            one.standing,
            amount,
            one.reported,
            one.definition,
            &one.name,
            one.at,
            &one.words,
        ];
        tx.run(sql!("add_approval"), values).await?;
        return Ok(());
    }
    let values = values![
        one.indicator,
        one.period.to_string(),
        one.version,
        one.standing,
        amount,
        one.reported,
        one.definition,
        &one.name,
        one.at,
        &one.words,
    ];
    tx.run_fresh("indicator_approvals", sql!("save_approval"), values).await
}

pub async fn count_by_clause(tx: &mut Tx) -> Result<Vec<(String, usize)>, StoreError> {
    tx.counts(sql!("count_by_clause"), "clause", "many").await
}
