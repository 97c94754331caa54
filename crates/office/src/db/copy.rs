//! Whole tables in and out, in one form for both engines: what a backup is made of.
//!
//! A row is a list of [`Cell`]s as SQLite keeps them: yes and no are 1 and 0, ids are 16 bytes, days and
//! instants are the texts that sort as time does. So the same house gives the same rows on both engines.
//!
//! The only SQL that is put together here: the names of tables and columns come from the database's own
//! catalogue, that is from our migrations, never from input; values are bound (decision 17).

use futures::TryStreamExt as _;
use sqlx::AssertSqlSafe;
use sqlx::sqlite::SqliteRow;

use super::tx::Engine;
use super::{StoreError, Tx, Value};
use crate::{sql, values};

/// A table as its engine's catalogue tells of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns, in their order.
    pub columns: Vec<Column>,
    /// The columns of its primary key, in their order.
    key: Vec<String>,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its name.
    pub name: String,
    kind: Kind,
}

/// What a column keeps; SQLite knows the first three.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Int,
    Bytes,
    Bool,
    Id,
    Day,
    At,
}

impl Kind {
    fn of(word: &str) -> Option<Self> {
        Some(match word.to_ascii_lowercase().as_str() {
            "text" => Self::Text,
            "integer" | "bigint" => Self::Int,
            "blob" | "bytea" => Self::Bytes,
            "boolean" => Self::Bool,
            "uuid" => Self::Id,
            "date" => Self::Day,
            "timestamp with time zone" => Self::At,
            _ => return None,
        })
    }
}

/// One value of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Nothing.
    Null,
    /// A whole number; yes and no as 1 and 0.
    Int(i64),
    /// A text, a day or an instant.
    Text(String),
    /// Bytes or an id.
    Bytes(Vec<u8>),
}

impl Table {
    fn select(&self, postgres: bool) -> String {
        let columns: Vec<String> = self.columns.iter().map(|column| column.read(postgres)).collect();
        let order: Vec<String> = self.key.iter().map(|name| self.order(name, postgres)).collect();
        let order = if order.is_empty() { String::new() } else { format!(" order by {}", order.join(", ")) };
        format!("select {} from {}{order}", columns.join(", "), quoted(&self.name))
    }

    /// Texts sort by their bytes on both engines.
    fn order(&self, name: &str, postgres: bool) -> String {
        let is_text = self.columns.iter().any(|column| column.name == name && column.kind == Kind::Text);
        if postgres && is_text { format!("{} collate \"C\"", quoted(name)) } else { quoted(name) }
    }

    fn insert(&self, columns: &[String], postgres: bool) -> String {
        let names: Vec<String> = columns.iter().map(|name| quoted(name)).collect();
        let places: Vec<String> =
            columns.iter().enumerate().map(|(at, name)| self.write(name, at + 1, postgres)).collect();
        format!("insert into {} ({}) values ({})", quoted(&self.name), names.join(", "), places.join(", "))
    }

    fn write(&self, name: &str, at: usize, postgres: bool) -> String {
        let kind = self.columns.iter().find(|column| column.name == name).map(|column| column.kind);
        match kind {
            _ if !postgres => format!("${at}"),
            Some(Kind::Bool) => format!("(${at} <> 0)"),
            Some(Kind::Id) => format!("cast(encode(${at}, 'hex') as uuid)"),
            Some(Kind::Day) => format!("cast(cast(${at} as text) as date)"),
            Some(Kind::At) => format!("cast(cast(${at} as text) as timestamp with time zone)"),
            _ => format!("${at}"),
        }
    }
}

impl Column {
    fn read(&self, postgres: bool) -> String {
        let name = quoted(&self.name);
        match self.kind {
            _ if !postgres => name,
            Kind::Text | Kind::Bytes => name,
            Kind::Int => format!("cast({name} as bigint)"),
            Kind::Bool => format!("cast(cast({name} as integer) as bigint)"),
            Kind::Id => format!("uuid_send({name})"),
            Kind::Day => format!("to_char({name}, 'YYYY-MM-DD')"),
            Kind::At => format!("to_char({name} at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')"),
        }
    }

    fn cell<R: sqlx::Row>(&self, row: &R, at: usize) -> Result<Cell, sqlx::Error>
    where
        usize: sqlx::ColumnIndex<R>,
        for<'r> Option<i64>: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,
        for<'r> Option<String>: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,
        for<'r> Option<Vec<u8>>: sqlx::Decode<'r, R::Database> + sqlx::Type<R::Database>,
    {
        Ok(match self.kind {
            Kind::Int | Kind::Bool => row.try_get::<Option<i64>, _>(at)?.map_or(Cell::Null, Cell::Int),
            Kind::Text | Kind::Day | Kind::At => row.try_get::<Option<String>, _>(at)?.map_or(Cell::Null, Cell::Text),
            Kind::Bytes | Kind::Id => row.try_get::<Option<Vec<u8>>, _>(at)?.map_or(Cell::Null, Cell::Bytes),
        })
    }
}

impl Tx {
    /// The version of the structure; none when no migration has run.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn schema(&mut self) -> Result<Option<i64>, StoreError> {
        let there = self.all(sql!("has_schema.sqlite", "has_schema.postgres"), values![]).await?;
        if there.is_empty() {
            return Ok(None);
        }
        let row = self.first(sql!("schema"), values![]).await?;
        row.map_or(Ok(None), |row| row.int_or_none("version"))
    }

    /// Our tables, by name; not those of the engine and of the migrations.
    ///
    /// # Errors
    /// What the engine says, and a column of a kind that a backup does not know.
    pub async fn tables(&mut self) -> Result<Vec<Table>, StoreError> {
        let mut tables: Vec<Table> = Vec::new();
        for row in self.all(sql!("columns.sqlite", "columns.postgres"), values![]).await? {
            let (name, column, word) = (row.text("table_name")?, row.text("column_name")?, row.text("kind")?);
            let kind =
                Kind::of(&word).ok_or(StoreError::Nonsense { table: "catalogue", column: "kind", what: word })?;
            if tables.last().is_none_or(|last| last.name != name) {
                tables.push(Table { name, columns: Vec::new(), key: Vec::new() });
            }
            if let Some(table) = tables.last_mut() {
                table.columns.push(Column { name: column, kind });
            }
        }
        for row in self.all(sql!("keys.sqlite", "keys.postgres"), values![]).await? {
            let (name, column) = (row.text("table_name")?, row.text("column_name")?);
            if let Some(table) = tables.iter_mut().find(|table| table.name == name) {
                table.key.push(column);
            }
        }
        Ok(tables)
    }

    /// How many rows a table has.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn count(&mut self, table: &Table) -> Result<i64, StoreError> {
        let text = AssertSqlSafe(format!("select count(*) from {}", quoted(&table.name)));
        Ok(match &mut self.engine {
            Engine::Sqlite(tx) => sqlx::query_scalar(text).fetch_one(&mut **tx).await?,
            Engine::Postgres(tx) => sqlx::query_scalar(text).fetch_one(&mut **tx).await?,
        })
    }

    /// Hands every row of a table to `each`, in the order of its key.
    ///
    /// # Errors
    /// What the engine says, and what `each` says.
    pub async fn copy_out<E: From<StoreError>>(
        &mut self,
        table: &Table,
        mut each: impl FnMut(Vec<Cell>) -> Result<(), E>,
    ) -> Result<(), E> {
        let store = |error: sqlx::Error| E::from(StoreError::from(error));
        match &mut self.engine {
            Engine::Sqlite(tx) => {
                let mut rows = sqlx::query(AssertSqlSafe(table.select(false))).fetch(&mut **tx);
                while let Some(row) = rows.try_next().await.map_err(store)? {
                    let row: SqliteRow = row;
                    let cells = table.columns.iter().enumerate().map(|(at, column)| column.cell(&row, at));
                    each(cells.collect::<Result<_, _>>().map_err(store)?)?;
                }
            }
            Engine::Postgres(tx) => {
                let mut rows = sqlx::query(AssertSqlSafe(table.select(true))).fetch(&mut **tx);
                while let Some(row) = rows.try_next().await.map_err(store)? {
                    let cells = table.columns.iter().enumerate().map(|(at, column)| column.cell(&row, at));
                    each(cells.collect::<Result<_, _>>().map_err(store)?)?;
                }
            }
        }
        Ok(())
    }

    /// Writes one row; `columns` names the cells and must be columns of the table.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn copy_in(&mut self, table: &Table, columns: &[String], cells: Vec<Cell>) -> Result<(), StoreError> {
        let kinds = columns.iter().map(|name| table.columns.iter().find(|own| own.name == *name).map(|own| own.kind));
        let values = cells.into_iter().zip(kinds).map(|(cell, kind)| match (cell, kind) {
            (Cell::Int(number), _) => Value::Int(Some(number)),
            (Cell::Text(text), _) => Value::Text(Some(text)),
            (Cell::Bytes(bytes), _) => Value::Bytes(Some(bytes)),
            (Cell::Null, Some(Kind::Int | Kind::Bool)) => Value::Int(None),
            (Cell::Null, Some(Kind::Bytes | Kind::Id)) => Value::Bytes(None),
            (Cell::Null, _) => Value::Text(None),
        });
        let postgres = matches!(self.engine, Engine::Postgres(_));
        let text = AssertSqlSafe(table.insert(columns, postgres));
        match &mut self.engine {
            Engine::Sqlite(tx) => {
                let query = values.fold(sqlx::query(text), |query, value| value.bind_sqlite(query));
                query.execute(&mut **tx).await?;
            }
            Engine::Postgres(tx) => {
                let query = values.fold(sqlx::query(text), |query, value| value.bind_postgres(query));
                query.execute(&mut **tx).await?;
            }
        }
        Ok(())
    }

    /// Puts off the checks of references until [`Tx::check_references`], so that tables come in any order.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn put_off_references(&mut self) -> Result<(), StoreError> {
        match &self.engine {
            Engine::Sqlite(_) => {
                self.run(sql!("defer.sqlite", "defer.postgres"), values![]).await?;
                Ok(())
            }
            Engine::Postgres(_) => self.alter_references("deferrable initially deferred").await,
        }
    }

    /// Checks all references now and makes them strict again. SQLite does so at the commit.
    ///
    /// # Errors
    /// When a row refers to one that is not there.
    pub async fn check_references(&mut self) -> Result<(), StoreError> {
        match &self.engine {
            Engine::Sqlite(_) => match self.first(sql!("loose.sqlite", "loose.postgres"), values![]).await? {
                Some(row) => {
                    let what = format!("một dòng của bảng {} trỏ tới dòng không có", row.text("table_name")?);
                    Err(StoreError::Nonsense { table: "backup", column: "references", what })
                }
                None => Ok(()),
            },
            Engine::Postgres(_) => {
                self.run(sql!("loose.sqlite", "loose.postgres"), values![]).await?;
                self.alter_references("not deferrable").await
            }
        }
    }

    /// Empties a table of what the migrations put there.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn clear(&mut self, table: &Table) -> Result<(), StoreError> {
        let text = AssertSqlSafe(format!("delete from {}", quoted(&table.name)));
        match &mut self.engine {
            Engine::Sqlite(tx) => sqlx::query(text).execute(&mut **tx).await.map(drop)?,
            Engine::Postgres(tx) => sqlx::query(text).execute(&mut **tx).await.map(drop)?,
        }
        Ok(())
    }

    async fn alter_references(&mut self, how: &str) -> Result<(), StoreError> {
        let found = self.all(sql!("references.sqlite", "references.postgres"), values![]).await?;
        for row in found {
            let (table, name) = (quoted(&row.text("table_name")?), quoted(&row.text("constraint_name")?));
            let text = AssertSqlSafe(format!("alter table {table} alter constraint {name} {how}"));
            if let Engine::Postgres(tx) = &mut self.engine {
                sqlx::query(text).execute(&mut **tx).await?;
            }
        }
        Ok(())
    }
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
