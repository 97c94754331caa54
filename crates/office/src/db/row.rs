//! What a query answers.

use kernel::{Date, Timestamp};
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{Decode, Postgres, Row as _, Sqlite, Type};
use uuid::Uuid;

use super::StoreError;

/// One row of an answer, read by column name.
pub enum Row {
    /// From SQLite.
    Sqlite(SqliteRow),
    /// From PostgreSQL.
    Postgres(PgRow),
}

impl Row {
    fn get<T>(&self, column: &'static str) -> Result<T, StoreError>
    where
        T: for<'r> Decode<'r, Sqlite> + Type<Sqlite> + for<'r> Decode<'r, Postgres> + Type<Postgres>,
    {
        Ok(match self {
            Self::Sqlite(row) => row.try_get(column)?,
            Self::Postgres(row) => row.try_get(column)?,
        })
    }

    /// A text.
    ///
    /// # Errors
    /// When the column is missing, null or of another type; likewise for the others below.
    pub fn text(&self, column: &'static str) -> Result<String, StoreError> {
        self.get(column)
    }

    /// A text that may be null.
    ///
    /// # Errors
    /// As [`Row::text`], but for null.
    pub fn text_or_none(&self, column: &'static str) -> Result<Option<String>, StoreError> {
        self.get(column)
    }

    /// A word of a closed list, read by `read`: `row.word("units", "kind", UnitKind::from_code)`.
    ///
    /// # Errors
    /// As [`Row::text`], and [`StoreError::Nonsense`] for a word that is not of the list.
    pub fn word<T>(
        &self,
        table: &'static str,
        column: &'static str,
        read: fn(&str) -> Option<T>,
    ) -> Result<T, StoreError> {
        let word = self.text(column)?;
        read(&word).ok_or(StoreError::Nonsense { table, column, what: word })
    }

    /// A whole number.
    ///
    /// # Errors
    /// As [`Row::text`].
    pub fn int(&self, column: &'static str) -> Result<i64, StoreError> {
        self.get(column)
    }

    /// A whole number that may be null.
    ///
    /// # Errors
    /// As [`Row::text`], but for null.
    pub fn int_or_none(&self, column: &'static str) -> Result<Option<i64>, StoreError> {
        self.get(column)
    }

    /// Yes or no.
    ///
    /// # Errors
    /// As [`Row::text`].
    pub fn bool(&self, column: &'static str) -> Result<bool, StoreError> {
        self.get(column)
    }

    /// Yes, no, or null.
    ///
    /// # Errors
    /// As [`Row::text`], but for null.
    pub fn bool_or_none(&self, column: &'static str) -> Result<Option<bool>, StoreError> {
        self.get(column)
    }

    /// Bytes.
    ///
    /// # Errors
    /// As [`Row::text`].
    pub fn bytes(&self, column: &'static str) -> Result<Vec<u8>, StoreError> {
        self.get(column)
    }

    /// Bytes that may be null.
    ///
    /// # Errors
    /// As [`Row::text`], but for null.
    pub fn bytes_or_none(&self, column: &'static str) -> Result<Option<Vec<u8>>, StoreError> {
        self.get(column)
    }

    /// An id, as whichever id type is asked for: `row.id("unit").map(UnitId)`.
    ///
    /// # Errors
    /// As [`Row::text`].
    pub fn id(&self, column: &'static str) -> Result<Uuid, StoreError> {
        self.get(column)
    }

    /// An id that may be null.
    ///
    /// # Errors
    /// As [`Row::text`], but for null.
    pub fn id_or_none(&self, column: &'static str) -> Result<Option<Uuid>, StoreError> {
        self.get(column)
    }

    /// A civil day.
    ///
    /// # Errors
    /// As [`Row::text`].
    pub fn day(&self, column: &'static str) -> Result<Date, StoreError> {
        self.day_or_none(column)?.ok_or_else(|| null(column))
    }

    /// A civil day that may be null.
    ///
    /// # Errors
    /// As [`Row::text`], but for null.
    pub fn day_or_none(&self, column: &'static str) -> Result<Option<Date>, StoreError> {
        match self {
            Self::Sqlite(row) => parsed(row.try_get(column)?, column),
            Self::Postgres(row) => Ok(row.try_get::<Option<jiff_sqlx::Date>, _>(column)?.map(|day| day.to_jiff())),
        }
    }

    /// An instant.
    ///
    /// # Errors
    /// As [`Row::text`].
    pub fn at(&self, column: &'static str) -> Result<Timestamp, StoreError> {
        self.at_or_none(column)?.ok_or_else(|| null(column))
    }

    /// An instant that may be null.
    ///
    /// # Errors
    /// As [`Row::text`], but for null.
    pub fn at_or_none(&self, column: &'static str) -> Result<Option<Timestamp>, StoreError> {
        match self {
            Self::Sqlite(row) => parsed(row.try_get(column)?, column),
            Self::Postgres(row) => Ok(row.try_get::<Option<jiff_sqlx::Timestamp>, _>(column)?.map(|at| at.to_jiff())),
        }
    }
}

fn parsed<T: std::str::FromStr>(text: Option<String>, column: &'static str) -> Result<Option<T>, StoreError> {
    match text {
        None => Ok(None),
        Some(text) => match text.parse() {
            Ok(value) => Ok(Some(value)),
            Err(_) => Err(StoreError::Nonsense { table: "?", column, what: text }),
        },
    }
}

fn null(column: &'static str) -> StoreError {
    StoreError::Nonsense { table: "?", column, what: "trống".to_owned() }
}
