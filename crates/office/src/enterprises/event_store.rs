//! Rows of support, connections and conversions.

use kernel::id::UnitId;

use super::model::{
    Connection, ConnectionId, ConnectionKind, Conversion, ConversionId, ConversionKind, OutcomeKind, Partner, Record,
    Support, SupportId, SupportKind, Withdrawal,
};
use super::store::size_of;
use crate::db::{Row, StoreError, Tx, Value};
use crate::organization::EnterpriseId;
use crate::{sql, values};

pub async fn add_support(tx: &mut Tx, one: &Support) -> Result<(), StoreError> {
    let mut values = values![one.id, one.enterprise, one.kind, &one.what, &one.document];
    values.extend(recorded(&one.record));
    tx.run(sql!("add_support"), values).await?;
    Ok(())
}

pub async fn withdraw_support(tx: &mut Tx, one: &Support) -> Result<(), StoreError> {
    tx.run_fresh("enterprise_supports", sql!("withdraw_support"), withdrawn(one.id.0, &one.record)).await
}

/// All support, the newest first.
pub async fn supports(tx: &mut Tx) -> Result<Vec<Support>, StoreError> {
    tx.all(sql!("supports"), values![]).await?.iter().map(support_from).collect()
}

/// The support of an entry and its doubles, the newest first.
pub async fn supports_of(tx: &mut Tx, id: EnterpriseId) -> Result<Vec<Support>, StoreError> {
    tx.all(sql!("supports_of"), values![id]).await?.iter().map(support_from).collect()
}

pub async fn add_connection(tx: &mut Tx, one: &Connection) -> Result<(), StoreError> {
    let (partner, name) = match &one.partner {
        Partner::Registered(id) => (Some(id.0), String::new()),
        Partner::Outside(name) => (None, name.clone()),
    };
    let mut values = values![one.id, one.enterprise, partner, name, one.kind, &one.what];
    values.extend(recorded(&one.record));
    tx.run(sql!("add_connection"), values).await?;
    Ok(())
}

pub async fn save_connection(tx: &mut Tx, one: &Connection) -> Result<(), StoreError> {
    let (on, words) = match &one.outcome {
        Some((_, on, words)) => (Some(*on), words.clone()),
        None => (None, String::new()),
    };
    let mut values = withdrawn(one.id.0, &one.record);
    values.extend(values![one.outcome_kind(), on, words]);
    tx.run_fresh("enterprise_connections", sql!("save_connection"), values).await
}

/// All connections, the newest first.
pub async fn connections(tx: &mut Tx) -> Result<Vec<Connection>, StoreError> {
    tx.all(sql!("connections"), values![]).await?.iter().map(connection_from).collect()
}

/// The connections of an entry and its doubles, from either side, the newest first.
pub async fn connections_of(tx: &mut Tx, id: EnterpriseId) -> Result<Vec<Connection>, StoreError> {
    tx.all(sql!("connections_of"), values![id]).await?.iter().map(connection_from).collect()
}

/// Whether two entries, or doubles of them, are connected with each other.
pub async fn connected(tx: &mut Tx, one: EnterpriseId, other: EnterpriseId) -> Result<bool, StoreError> {
    let row = tx.first(sql!("connected"), values![one, other]).await?;
    Ok(row.map_or(Ok(0), |row| row.int("many"))? > 0)
}

pub async fn add_conversion(tx: &mut Tx, one: &Conversion) -> Result<(), StoreError> {
    let mut values = values![
        one.id,
        one.enterprise,
        one.kind,
        one.sizes.map(|(before, _)| before.code().to_owned()),
        one.sizes.map(|(_, after)| after.code().to_owned()),
        one.became.map(|id| id.0),
        &one.document,
    ];
    values.extend(recorded(&one.record));
    tx.run(sql!("add_conversion"), values).await?;
    Ok(())
}

pub async fn withdraw_conversion(tx: &mut Tx, one: &Conversion) -> Result<(), StoreError> {
    tx.run_fresh("enterprise_conversions", sql!("withdraw_conversion"), withdrawn(one.id.0, &one.record)).await
}

/// All conversions, the newest first.
pub async fn conversions(tx: &mut Tx) -> Result<Vec<Conversion>, StoreError> {
    tx.all(sql!("conversions"), values![]).await?.iter().map(conversion_from).collect()
}

/// What an entry and its doubles turned into, the newest first.
pub async fn conversions_of(tx: &mut Tx, id: EnterpriseId) -> Result<Vec<Conversion>, StoreError> {
    tx.all(sql!("conversions_of"), values![id]).await?.iter().map(conversion_from).collect()
}

/// The households that became an entry, the newest first.
pub async fn conversions_into(tx: &mut Tx, id: EnterpriseId) -> Result<Vec<Conversion>, StoreError> {
    tx.all(sql!("conversions_into"), values![id]).await?.iter().map(conversion_from).collect()
}

/// How many events stand on each clause.
pub async fn count_by_clause(tx: &mut Tx) -> Result<Vec<(String, usize)>, StoreError> {
    tx.counts(sql!("count_by_clause"), "clause", "many").await
}

fn recorded(record: &Record) -> Vec<Value> {
    values![&record.clause, record.unit, record.on, record.recorded_on, &record.recorded_by]
}

fn withdrawn(id: uuid::Uuid, record: &Record) -> Vec<Value> {
    let withdrawn = record.withdrawn.as_ref();
    values![
        id,
        record.version,
        withdrawn.map(|one| one.on),
        withdrawn.map(|one| one.by.clone()).unwrap_or_default(),
        withdrawn.map(|one| one.why.clone()).unwrap_or_default(),
    ]
}

fn record_from(row: &Row) -> Result<Record, StoreError> {
    let withdrawn = match row.day_or_none("withdrawn_on")? {
        Some(on) => Some(Withdrawal { on, by: row.text("withdrawn_by")?, why: row.text("withdrawn_why")? }),
        None => None,
    };
    Ok(Record {
        clause: row.text("clause")?,
        unit: UnitId(row.id("unit")?),
        on: row.day("happened_on")?,
        recorded_on: row.day("recorded_on")?,
        recorded_by: row.text("recorded_by")?,
        withdrawn,
        version: row.int("version")?,
    })
}

fn support_from(row: &Row) -> Result<Support, StoreError> {
    Ok(Support {
        id: SupportId(row.id("id")?),
        enterprise: EnterpriseId(row.id("enterprise")?),
        kind: row.word("enterprise_supports", "kind", SupportKind::from_code)?,
        what: row.text("what")?,
        document: row.text("document")?,
        record: record_from(row)?,
    })
}

fn connection_from(row: &Row) -> Result<Connection, StoreError> {
    let table = "enterprise_connections";
    let partner = match row.id_or_none("partner")? {
        Some(id) => Partner::Registered(EnterpriseId(id)),
        None => Partner::Outside(row.text("partner_name")?),
    };
    let outcome = match row.word(table, "outcome", OutcomeKind::from_code)? {
        OutcomeKind::Open => None,
        kind => {
            let odd = || StoreError::Nonsense { table, column: "outcome_on", what: "trống".to_owned() };
            Some((kind, row.day_or_none("outcome_on")?.ok_or_else(odd)?, row.text("outcome_words")?))
        }
    };
    Ok(Connection {
        id: ConnectionId(row.id("id")?),
        enterprise: EnterpriseId(row.id("enterprise")?),
        partner,
        kind: row.word(table, "kind", ConnectionKind::from_code)?,
        what: row.text("what")?,
        outcome,
        record: record_from(row)?,
    })
}

fn conversion_from(row: &Row) -> Result<Conversion, StoreError> {
    let sizes = size_of(row, "size_before")?.zip(size_of(row, "size_after")?);
    Ok(Conversion {
        id: ConversionId(row.id("id")?),
        enterprise: EnterpriseId(row.id("enterprise")?),
        kind: row.word("enterprise_conversions", "kind", ConversionKind::from_code)?,
        sizes,
        became: row.id_or_none("became")?.map(EnterpriseId),
        document: row.text("document")?,
        record: record_from(row)?,
    })
}
