//! One SQL text, two engines: SQLite for one machine, PostgreSQL for more.
//!
//! A room speaks to [`Tx`] with a [`Sql`] and a list of [`Value`]s, and reads [`Row`]s. The SQL
//! stands in `.sql` files beside the room; a test prepares every one of them on both engines.
//! The database computes no time and no Vietnamese: days, instants, ids and keys are values we bring.

pub mod copy;
pub mod health;
mod migrations;
mod open;
mod row;
mod tx;
mod value;

pub use open::{Db, newest_schema};
pub use row::Row;
pub use tx::{Rows, Tx};
pub use value::Value;

/// One query: the same text for both engines, or one text each where they must differ.
#[derive(Debug, Clone, Copy)]
pub struct Sql {
    /// What SQLite is asked.
    pub sqlite: &'static str,
    /// What PostgreSQL is asked.
    pub postgres: &'static str,
}

impl Sql {
    /// One text for both engines.
    #[must_use]
    pub const fn shared(text: &'static str) -> Self {
        Self { sqlite: text, postgres: text }
    }
}

/// The query in `sql/<name>.sql` beside the calling file; with two names, SQLite's and PostgreSQL's.
#[macro_export]
macro_rules! sql {
    ($name:literal) => {
        $crate::db::Sql::shared(include_str!(concat!("sql/", $name, ".sql")))
    };
    ($sqlite:literal, $postgres:literal) => {
        $crate::db::Sql {
            sqlite: include_str!(concat!("sql/", $sqlite, ".sql")),
            postgres: include_str!(concat!("sql/", $postgres, ".sql")),
        }
    };
}

/// The values of a query, in the order of `$1`, `$2`, …
#[macro_export]
macro_rules! values {
    ($($value:expr),* $(,)?) => { vec![$($crate::db::Value::from($value)),*] };
}

/// Every way the store says no.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A row that must be there once is there already.
    #[error("dữ liệu trùng với bản ghi đã có ({constraint})")]
    Duplicate {
        /// The constraint or columns as the engine names them.
        constraint: String,
    },
    /// Somebody changed the row since it was read.
    #[error("nội dung này vừa được người khác sửa; hãy tải lại trang rồi làm lại")]
    Stale {
        /// The table of the row.
        table: &'static str,
    },
    /// The database is held by another writer, or all connections by others, for longer than we wait.
    #[error("cơ sở dữ liệu đang bận; hãy thử lại sau ít giây")]
    Busy,
    /// The disk is full.
    #[error("ổ đĩa của máy chủ đã đầy, chưa ghi được gì; báo quản trị hệ thống giải phóng dung lượng rồi thử lại")]
    Full,
    /// A row makes no sense.
    #[error("dữ liệu ở {table}.{column} không đọc được: {what}")]
    Nonsense {
        /// The table of the row.
        table: &'static str,
        /// The column of the row.
        column: &'static str,
        /// What was found.
        what: String,
    },
    /// Anything else the engine said.
    #[error("cơ sở dữ liệu báo lỗi: {0}")]
    Engine(#[source] sqlx::Error),
    /// The migrations did not run.
    #[error("không nâng cấp được cấu trúc cơ sở dữ liệu: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// The file or folder of the database cannot be used.
    #[error("không dùng được tệp dữ liệu: {0}")]
    File(#[from] std::io::Error),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let said = match &error {
            sqlx::Error::Database(said) => said,
            sqlx::Error::PoolTimedOut => return Self::Busy,
            _ => return Self::Engine(error),
        };
        if said.is_unique_violation() {
            let constraint = said.constraint().map_or_else(|| said.message().to_owned(), str::to_owned);
            return Self::Duplicate { constraint };
        }
        match said.code().as_deref() {
            Some("5" | "6" | "261" | "517" | "55P03" | "40001" | "40P01") => Self::Busy,
            Some("13" | "53100") => Self::Full,
            _ => Self::Engine(error),
        }
    }
}
