//! A transaction on either engine.

use std::sync::Arc;

use sqlx::{AssertSqlSafe, Executor, Postgres, Sqlite, Transaction};

use super::{Row, Sql, StoreError, Value};
use crate::keys::Keys;

/// How many rows one statement adds.
const AT_ONCE: usize = 200;

/// Where many rows are added.
#[derive(Debug, Clone, Copy)]
pub struct Rows {
    /// The table.
    pub table: &'static str,
    /// Its columns, in the order of the values.
    pub columns: &'static [&'static str],
    /// What to do about a row that is there: `on conflict …`; empty to refuse.
    pub conflict: &'static str,
}

impl Rows {
    fn text(&self, many: usize) -> String {
        let columns = self.columns.len();
        let row = |row: usize| {
            let places: Vec<String> = (1..=columns).map(|column| format!("${}", row * columns + column)).collect();
            format!("({})", places.join(","))
        };
        let rows: Vec<String> = (0..many).map(row).collect();
        let Self { table, conflict, .. } = self;
        format!("insert into {table} ({}) values {} {conflict}", self.columns.join(","), rows.join(","))
    }
}

/// A transaction; dropped without [`Tx::commit`], nothing of it stays.
pub struct Tx {
    pub(super) engine: Engine,
    pub(super) keys: Option<Arc<Keys>>,
}

pub(super) enum Engine {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

impl Tx {
    /// The keys of the house, by which the ledger's head is signed; none in a database that is only looked at.
    pub(crate) fn keys(&self) -> Option<&Keys> {
        self.keys.as_deref()
    }

    /// Runs a change; answers how many rows it touched.
    ///
    /// # Errors
    /// What the engine says, as a [`StoreError`].
    pub async fn run(&mut self, sql: Sql, values: Vec<Value>) -> Result<u64, StoreError> {
        Ok(match &mut self.engine {
            Engine::Sqlite(tx) => {
                let query = values.into_iter().fold(sqlx::query(sql.sqlite), |query, value| value.bind_sqlite(query));
                query.execute(&mut **tx).await?.rows_affected()
            }
            Engine::Postgres(tx) => {
                let query =
                    values.into_iter().fold(sqlx::query(sql.postgres), |query, value| value.bind_postgres(query));
                query.execute(&mut **tx).await?.rows_affected()
            }
        })
    }

    /// Runs a change of one row that must still be at the version that was read.
    ///
    /// # Errors
    /// [`StoreError::Stale`] when it is not, naming `table`.
    pub async fn run_fresh(&mut self, table: &'static str, sql: Sql, values: Vec<Value>) -> Result<(), StoreError> {
        match self.run(sql, values).await? {
            0 => Err(StoreError::Stale { table }),
            _ => Ok(()),
        }
    }

    /// Adds many rows in as few statements as the engines take; answers how many there were.
    ///
    /// The only other SQL that is put together here (decision 17): the names are those of our own sources, and
    /// values are bound.
    ///
    /// # Errors
    /// What the engine says, as a [`StoreError`].
    pub async fn add_rows(&mut self, into: Rows, rows: Vec<Vec<Value>>) -> Result<u64, StoreError> {
        let mut added = 0;
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let some: Vec<Vec<Value>> = rows.by_ref().take(AT_ONCE).collect();
            let text = AssertSqlSafe(into.text(some.len()));
            let values = some.into_iter().flatten();
            added += match &mut self.engine {
                Engine::Sqlite(tx) => {
                    let query = values.fold(sqlx::query(text), |query, value| value.bind_sqlite(query));
                    query.execute(&mut **tx).await?.rows_affected()
                }
                Engine::Postgres(tx) => {
                    let query = values.fold(sqlx::query(text), |query, value| value.bind_postgres(query));
                    query.execute(&mut **tx).await?.rows_affected()
                }
            };
        }
        Ok(added)
    }

    /// All rows of an answer.
    ///
    /// # Errors
    /// What the engine says, as a [`StoreError`].
    pub async fn all(&mut self, sql: Sql, values: Vec<Value>) -> Result<Vec<Row>, StoreError> {
        match &mut self.engine {
            Engine::Sqlite(tx) => rows_of_sqlite(&mut **tx, sql, values).await,
            Engine::Postgres(tx) => rows_of_postgres(&mut **tx, sql, values).await,
        }
    }

    /// The first row of an answer, if there is one.
    ///
    /// # Errors
    /// What the engine says, as a [`StoreError`].
    pub async fn first(&mut self, sql: Sql, values: Vec<Value>) -> Result<Option<Row>, StoreError> {
        Ok(self.all(sql, values).await?.into_iter().next())
    }

    /// How many there are of each: a word in the column `of`, its count in the column `many`.
    ///
    /// # Errors
    /// What the engine says; [`StoreError::Nonsense`] for a count below zero.
    pub async fn counts(
        &mut self,
        sql: Sql,
        of: &'static str,
        many: &'static str,
    ) -> Result<Vec<(String, usize)>, StoreError> {
        let counted = |row: &Row| {
            let count = row.int(many)?;
            let count = usize::try_from(count).map_err(|_| StoreError::Nonsense {
                table: "counts",
                column: many,
                what: count.to_string(),
            })?;
            Ok((row.text(of)?, count))
        };
        self.all(sql, Vec::new()).await?.iter().map(counted).collect()
    }

    /// Keeps all that was done.
    ///
    /// # Errors
    /// What the engine says; then nothing was kept.
    pub async fn commit(self) -> Result<(), StoreError> {
        match self.engine {
            Engine::Sqlite(tx) => tx.commit().await?,
            Engine::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}

pub(super) async fn rows_of_sqlite<'e>(
    on: impl Executor<'e, Database = Sqlite>,
    sql: Sql,
    values: Vec<Value>,
) -> Result<Vec<Row>, StoreError> {
    let query = values.into_iter().fold(sqlx::query(sql.sqlite), |query, value| value.bind_sqlite(query));
    Ok(query.fetch_all(on).await?.into_iter().map(Row::Sqlite).collect())
}

pub(super) async fn rows_of_postgres<'e>(
    on: impl Executor<'e, Database = Postgres>,
    sql: Sql,
    values: Vec<Value>,
) -> Result<Vec<Row>, StoreError> {
    let query = values.into_iter().fold(sqlx::query(sql.postgres), |query, value| value.bind_postgres(query));
    Ok(query.fetch_all(on).await?.into_iter().map(Row::Postgres).collect())
}
