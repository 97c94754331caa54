//! Rows of visits, findings and their evidence.

use kernel::id::{AccountId, PersonId, UnitId};

use super::model::{Act, Finding, FindingFile, FindingFileId, FindingId, Inspection, InspectionId, State, StateKind};
use crate::db::{Row, StoreError, Tx};
use crate::{sql, values};

/// Every visit, the newest first.
pub async fn all(tx: &mut Tx) -> Result<Vec<Inspection>, StoreError> {
    let rows = tx.all(sql!("all"), values![]).await?;
    let mut found = rows.iter().map(inspection_from).collect::<Result<Vec<_>, _>>()?;
    for row in tx.all(sql!("inspectors"), values![]).await? {
        let id = InspectionId(row.id("inspection")?);
        if let Some(one) = found.iter_mut().find(|one| one.id == id) {
            one.inspectors.push(PersonId(row.id("person")?));
        }
    }
    Ok(found)
}

pub async fn find(tx: &mut Tx, id: InspectionId) -> Result<Option<Inspection>, StoreError> {
    let Some(row) = tx.first(sql!("find"), values![id]).await? else { return Ok(None) };
    let mut found = inspection_from(&row)?;
    for row in tx.all(sql!("inspectors_of"), values![id]).await? {
        found.inspectors.push(PersonId(row.id("person")?));
    }
    Ok(Some(found))
}

fn inspection_from(row: &Row) -> Result<Inspection, StoreError> {
    let kind = row.word("inspections", "state", StateKind::from_code)?;
    let nonsense = |column| StoreError::Nonsense {
        table: "inspections",
        column,
        what: format!("trống ở trạng thái {}", kind.code()),
    };
    let act = || {
        Ok::<_, StoreError>(Act {
            on: row.day_or_none("settled_on")?.ok_or_else(|| nonsense("settled_on"))?,
            name: row.text_or_none("settled_name")?.ok_or_else(|| nonsense("settled_name"))?,
            words: row.text_or_none("settled_words")?.unwrap_or_default(),
        })
    };
    Ok(Inspection {
        id: InspectionId(row.id("id")?),
        subject: row.text("subject")?,
        clause: row.text("clause")?,
        unit: UnitId(row.id("unit")?),
        planned_on: row.day("planned_on")?,
        inspectors: Vec::new(),
        state: match kind {
            StateKind::Planned => State::Planned,
            StateKind::Held => State::Held(act()?),
            StateKind::Cancelled => State::Cancelled(act()?),
        },
        version: row.int("version")?,
    })
}

pub async fn add(tx: &mut Tx, one: &Inspection) -> Result<(), StoreError> {
    let values = values![one.id, &one.subject, &one.clause, one.unit, one.planned_on, one.state.kind()];
    tx.run(sql!("add"), values).await?;
    for (position, person) in (1_i64..).zip(&one.inspectors) {
        tx.run(sql!("add_inspector"), values![one.id, *person, position]).await?;
    }
    Ok(())
}

/// Keeps a visit over the one that was read.
pub async fn save(tx: &mut Tx, one: &Inspection) -> Result<(), StoreError> {
    let act = match &one.state {
        State::Planned => None,
        State::Held(act) | State::Cancelled(act) => Some(act),
    };
    let values = values![
        one.id,
        one.version,
        one.state.kind(),
        act.map(|act| act.on),
        act.map(|act| act.name.clone()),
        act.map(|act| act.words.clone()),
    ];
    tx.run_fresh("inspections", sql!("save"), values).await
}

/// Every finding, by its last day.
pub async fn findings(tx: &mut Tx) -> Result<Vec<Finding>, StoreError> {
    tx.all(sql!("findings"), values![]).await?.iter().map(finding_from).collect()
}

pub async fn finding(tx: &mut Tx, id: FindingId) -> Result<Option<Finding>, StoreError> {
    tx.first(sql!("finding"), values![id]).await?.as_ref().map(finding_from).transpose()
}

fn finding_from(row: &Row) -> Result<Finding, StoreError> {
    let closed = match (row.day_or_none("closed_on")?, row.text_or_none("closed_name")?) {
        (Some(on), Some(name)) => {
            let words = row.text_or_none("closed_words")?.unwrap_or_default();
            Some((row.id_or_none("closed_by")?.map(AccountId), Act { on, name, words }))
        }
        _ => None,
    };
    Ok(Finding {
        id: FindingId(row.id("id")?),
        inspection: InspectionId(row.id("inspection")?),
        what: row.text("what")?,
        unit: UnitId(row.id("unit")?),
        person: row.id_or_none("person")?.map(PersonId),
        due_on: row.day("due_on")?,
        found_on: row.day("found_on")?,
        closed,
        version: row.int("version")?,
    })
}

pub async fn add_finding(tx: &mut Tx, one: &Finding) -> Result<(), StoreError> {
    let person = one.person.map(|id| id.0);
    let values = values![one.id, one.inspection, &one.what, one.unit, person, one.due_on, one.found_on];
    tx.run(sql!("add_finding"), values).await?;
    Ok(())
}

/// Counts a change of a finding's evidence.
pub async fn touch_finding(tx: &mut Tx, one: &Finding) -> Result<(), StoreError> {
    tx.run_fresh("findings", sql!("touch_finding"), values![one.id, one.version]).await
}

pub async fn close_finding(tx: &mut Tx, one: &Finding) -> Result<(), StoreError> {
    let act = one.closed.as_ref().map(|(_, act)| act);
    let values = values![
        one.id,
        one.version,
        one.closed.as_ref().and_then(|(account, _)| *account),
        act.map(|act| act.name.clone()),
        act.map(|act| act.on),
        act.map(|act| act.words.clone()),
    ];
    tx.run_fresh("findings", sql!("close_finding"), values).await
}

pub async fn add_file(tx: &mut Tx, id: FindingId, file: &FindingFile) -> Result<(), StoreError> {
    let values = values![file.id, id, &file.name, &file.digest, file.size, &file.media_type, file.at, &file.by];
    tx.run(sql!("add_file"), values).await?;
    Ok(())
}

pub async fn files(tx: &mut Tx, id: FindingId) -> Result<Vec<FindingFile>, StoreError> {
    let file = |row: &Row| {
        Ok(FindingFile {
            id: FindingFileId(row.id("id")?),
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

pub async fn count_by_clause(tx: &mut Tx) -> Result<Vec<(String, usize)>, StoreError> {
    tx.counts(sql!("count_by_clause"), "clause", "many").await
}
