//! What an engine says about itself and its files.

use super::{StoreError, Tx};
use crate::{sql, values};

/// An engine's own account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// Its version: `3.50.4`, `16.4`.
    pub version: String,
    /// How it keeps its journal: `wal`, and on PostgreSQL the level of its log.
    pub journal: String,
    /// How it keeps letters: `UTF-8` or `UTF8`.
    pub encoding: String,
    /// What its own check of the files found; empty when all is well. PostgreSQL has no such check.
    pub faults: Vec<String>,
}

/// Asks the engine; on SQLite its files are read whole.
///
/// # Errors
/// What the engine says.
pub async fn examine(tx: &mut Tx) -> Result<Health, StoreError> {
    let mut words = Vec::new();
    for query in [
        sql!("version.sqlite", "version.postgres"),
        sql!("journal.sqlite", "journal.postgres"),
        sql!("encoding.sqlite", "encoding.postgres"),
    ] {
        let row = tx.first(query, values![]).await?;
        words.push(row.map_or(Ok(String::new()), |row| row.text("answer"))?);
    }
    let mut faults = Vec::new();
    for row in tx.all(sql!("integrity.sqlite", "integrity.postgres"), values![]).await? {
        let said = row.text("answer")?;
        if said != "ok" {
            faults.push(said);
        }
    }
    let [version, journal, encoding] = words.try_into().unwrap_or_default();
    Ok(Health { version, journal, encoding, faults })
}
