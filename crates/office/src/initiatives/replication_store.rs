//! Rows of what units have taken over.

use kernel::id::UnitId;

use super::InitiativeId;
use super::content::Effect;
use super::model::{Act, Replication, ReplicationId, ReplicationState};
use crate::db::{Row, StoreError, Tx};
use crate::{sql, values};

const TABLE: &str = "replications";

pub async fn add(tx: &mut Tx, one: &Replication) -> Result<(), StoreError> {
    let values = values![
        one.id,
        one.initiative,
        one.unit,
        one.started_on,
        &one.how,
        &one.effect.figure,
        &one.effect.measure,
        one.effect.before,
        one.effect.after,
        &one.effect.source,
        one.state,
        one.reported.on,
        &one.reported.name,
        one.version,
    ];
    tx.run(sql!("add_replication"), values).await?;
    Ok(())
}

pub async fn save(tx: &mut Tx, one: &Replication) -> Result<(), StoreError> {
    let (answered, stopped) = (one.answered.as_ref(), one.stopped.as_ref());
    let values = values![
        one.id,
        one.version,
        one.state,
        answered.map(|act| act.on),
        answered.map(|act| act.name.clone()),
        answered.map(|act| act.words.clone()),
        stopped.map(|act| act.on),
        stopped.map(|act| act.name.clone()),
        stopped.map(|act| act.words.clone()),
    ];
    tx.run_fresh(TABLE, sql!("save_replication"), values).await
}

pub async fn find(tx: &mut Tx, id: ReplicationId) -> Result<Option<Replication>, StoreError> {
    tx.first(sql!("replication"), values![id]).await?.as_ref().map(replication_from).transpose()
}

/// What was taken over of one initiative, in the order of entry.
pub async fn of(tx: &mut Tx, id: InitiativeId) -> Result<Vec<Replication>, StoreError> {
    tx.all(sql!("replications_of"), values![id]).await?.iter().map(replication_from).collect()
}

/// What a unit has taken over, the newest entry first.
pub async fn in_unit(tx: &mut Tx, unit: UnitId) -> Result<Vec<Replication>, StoreError> {
    tx.all(sql!("replications_in"), values![unit]).await?.iter().map(replication_from).collect()
}

pub async fn all(tx: &mut Tx) -> Result<Vec<Replication>, StoreError> {
    tx.all(sql!("replications"), values![]).await?.iter().map(replication_from).collect()
}

fn replication_from(row: &Row) -> Result<Replication, StoreError> {
    let act = |on: Option<_>, name: Option<String>, words: Option<String>| {
        on.zip(name).map(|(on, name)| Act { on, name, words: words.unwrap_or_default() })
    };
    Ok(Replication {
        id: ReplicationId(row.id("id")?),
        initiative: InitiativeId(row.id("initiative")?),
        unit: UnitId(row.id("unit")?),
        started_on: row.day("started_on")?,
        how: row.text("how")?,
        effect: Effect {
            figure: row.text("figure")?,
            measure: row.text("measure")?,
            before: row.int_or_none("before_value")?,
            after: row.int_or_none("after_value")?,
            source: row.text("source")?,
        },
        state: row.word(TABLE, "state", ReplicationState::from_code)?,
        reported: Act { on: row.day("reported_on")?, name: row.text("reported_name")?, words: String::new() },
        answered: act(
            row.day_or_none("answered_on")?,
            row.text_or_none("answered_name")?,
            row.text_or_none("answered_words")?,
        ),
        stopped: act(
            row.day_or_none("stopped_on")?,
            row.text_or_none("stopped_name")?,
            row.text_or_none("stopped_words")?,
        ),
        version: row.int("version")?,
    })
}
