//! Opening a database and bringing it to the structure this program needs.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{PgPool, SqlitePool};

use super::migrations::{POSTGRES, SQLITE};
use super::tx::{Engine, rows_of_postgres, rows_of_sqlite};
use super::{Row, Sql, StoreError, Tx, Value};
use crate::keys::Keys;

/// How many connections a house keeps to its file or server.
const SQLITE_CONNECTIONS: u32 = 8;
const POSTGRES_CONNECTIONS: u32 = 16;
/// How long a question waits for one of them.
const PATIENCE: Duration = Duration::from_secs(10);

/// The database of the house.
#[derive(Debug, Clone)]
pub enum Db {
    /// A file beside the program.
    Sqlite {
        /// Connections to it.
        pool: SqlitePool,
        /// Where it lies.
        file: PathBuf,
        /// What signs the ledger's head.
        keys: Option<Arc<Keys>>,
    },
    /// A server.
    Postgres {
        /// Connections to it.
        pool: PgPool,
        /// What signs the ledger's head.
        keys: Option<Arc<Keys>>,
    },
}

impl Db {
    /// Opens (or makes) the SQLite file and brings its structure up to date, behind a lock file.
    ///
    /// An acknowledged write survives a power cut: write-ahead log with full synchronisation.
    ///
    /// # Errors
    /// When the file cannot be used or a migration fails.
    pub async fn open_sqlite(file: &Path) -> Result<Self, StoreError> {
        Self::open_sqlite_with(file, SQLITE_CONNECTIONS, PATIENCE).await
    }

    /// The same with as many connections, for which a question waits as long. With one, a question asked by
    /// somebody who holds a transaction is never answered: so tests find those that would stop a busy house.
    ///
    /// # Errors
    /// As [`Db::open_sqlite`].
    pub async fn open_sqlite_with(file: &Path, connections: u32, patience: Duration) -> Result<Self, StoreError> {
        let lock = std::fs::File::create(file.with_extension("lock"))?;
        lock.lock()?;
        let options = sqlite(file).create_if_missing(true).journal_mode(SqliteJournalMode::Wal);
        // A connection to a file does not go away by itself: asking whether it is still there would be one more
        // message to its thread at every use.
        let pool = SqlitePoolOptions::new().max_connections(connections).acquire_timeout(patience);
        let pool = pool.test_before_acquire(false).connect_with(options).await?;
        SQLITE.run(&pool).await?;
        Ok(Self::Sqlite { pool, file: file.to_owned(), keys: None })
    }

    /// Opens an SQLite file that is there, and leaves its structure as it is: for backups and examinations.
    ///
    /// # Errors
    /// When there is no such file or it is no database.
    pub async fn look_sqlite(file: &Path) -> Result<Self, StoreError> {
        let pool = SqlitePoolOptions::new().max_connections(2).connect_with(sqlite(file)).await?;
        Ok(Self::Sqlite { pool, file: file.to_owned(), keys: None })
    }

    /// Makes a new SQLite file with the structure of this version, not yet of the newest.
    ///
    /// # Errors
    /// When the file cannot be made or a migration fails.
    pub async fn make_sqlite(file: &Path, version: i64) -> Result<Self, StoreError> {
        let options = sqlite(file).create_if_missing(true).journal_mode(SqliteJournalMode::Wal);
        let pool = SqlitePoolOptions::new().max_connections(2).connect_with(options).await?;
        SQLITE.run_to(version, &pool).await?;
        Ok(Self::Sqlite { pool, file: file.to_owned(), keys: None })
    }

    /// Connects to PostgreSQL 15 or newer and brings its structure up to date, behind an advisory lock.
    ///
    /// # Errors
    /// When the server does not answer or a migration fails.
    pub async fn open_postgres(url: &str) -> Result<Self, StoreError> {
        let pool = postgres(url, POSTGRES_CONNECTIONS).await?;
        POSTGRES.run(&pool).await?;
        Ok(Self::Postgres { pool, keys: None })
    }

    /// Connects to PostgreSQL and leaves its structure as it is: for backups and examinations.
    ///
    /// # Errors
    /// When the server does not answer.
    pub async fn look_postgres(url: &str) -> Result<Self, StoreError> {
        Ok(Self::Postgres { pool: postgres(url, 2).await?, keys: None })
    }

    /// The same database with the keys of its house: what is written from now on signs the ledger's head.
    #[must_use]
    pub fn signed_with(mut self, house: &Keys) -> Self {
        let (Self::Sqlite { keys, .. } | Self::Postgres { keys, .. }) = &mut self;
        *keys = Some(Arc::new(house.clone()));
        self
    }

    fn keys(&self) -> Option<&Arc<Keys>> {
        let (Self::Sqlite { keys, .. } | Self::Postgres { keys, .. }) = self;
        keys.as_ref()
    }

    /// Brings the structure to this version; without one, to the newest.
    ///
    /// # Errors
    /// When a migration fails.
    pub async fn migrate(&self, version: Option<i64>) -> Result<(), StoreError> {
        let version = version.unwrap_or_else(newest_schema);
        match self {
            Self::Sqlite { pool, .. } => SQLITE.run_to(version, pool).await?,
            Self::Postgres { pool, .. } => POSTGRES.run_to(version, pool).await?,
        }
        Ok(())
    }

    /// A transaction that will write. On SQLite it takes the writer's place at once, so that it never
    /// finds out half-way that somebody else was first.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when another writer holds the file too long.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        let engine = match self {
            Self::Sqlite { pool, .. } => Engine::Sqlite(pool.begin_with("begin immediate").await?),
            Self::Postgres { pool, .. } => Engine::Postgres(pool.begin().await?),
        };
        Ok(Tx { engine, keys: self.keys().cloned() })
    }

    /// A transaction that only reads.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn read(&self) -> Result<Tx, StoreError> {
        let engine = match self {
            Self::Sqlite { pool, .. } => Engine::Sqlite(pool.begin().await?),
            Self::Postgres { pool, .. } => {
                Engine::Postgres(pool.begin_with("begin isolation level repeatable read read only").await?)
            }
        };
        Ok(Tx { engine, keys: None })
    }

    /// All rows of one question that needs no transaction around it: it sees one state of the database anyway.
    ///
    /// # Errors
    /// What the engine says, as a [`StoreError`].
    pub async fn all(&self, sql: Sql, values: Vec<Value>) -> Result<Vec<Row>, StoreError> {
        match self {
            Self::Sqlite { pool, .. } => rows_of_sqlite(pool, sql, values).await,
            Self::Postgres { pool, .. } => rows_of_postgres(pool, sql, values).await,
        }
    }

    /// Runs a statement outside of any transaction, for those that cannot be in one.
    ///
    /// # Errors
    /// What the engine says, as a [`StoreError`].
    pub async fn run_alone(&self, sql: Sql) -> Result<(), StoreError> {
        match self {
            Self::Sqlite { pool, .. } => sqlx::query(sql.sqlite).execute(pool).await.map(|_| ())?,
            Self::Postgres { pool, .. } => sqlx::query(sql.postgres).execute(pool).await.map(|_| ())?,
        }
        Ok(())
    }

    /// Closes all connections, after what is running has ended.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { pool, .. } => pool.close().await,
            Self::Postgres { pool, .. } => pool.close().await,
        }
    }
}

/// The version of the structure that this program works with.
#[must_use]
pub fn newest_schema() -> i64 {
    SQLITE.iter().map(|migration| migration.version).max().unwrap_or_default()
}

fn sqlite(file: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(file)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .pragma("trusted_schema", "off")
        .pragma("secure_delete", "on")
        .busy_timeout(Duration::from_secs(5))
}

async fn postgres(url: &str, connections: u32) -> Result<PgPool, StoreError> {
    let options = PgConnectOptions::from_str(url)?.application_name("thidua");
    let pool = PgPoolOptions::new().max_connections(connections).acquire_timeout(PATIENCE);
    Ok(pool.connect_with(options).await?)
}
