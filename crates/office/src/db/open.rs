//! Opening a database and bringing it to the structure this program needs.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{PgPool, SqlitePool};

use super::tx::Engine;
use super::{Sql, StoreError, Tx};

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// The database of the house.
#[derive(Debug, Clone)]
pub enum Db {
    /// A file beside the program.
    Sqlite {
        /// Connections to it.
        pool: SqlitePool,
        /// Where it lies.
        file: PathBuf,
    },
    /// A server.
    Postgres {
        /// Connections to it.
        pool: PgPool,
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
        let lock = std::fs::File::create(file.with_extension("lock"))?;
        lock.lock()?;
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .pragma("trusted_schema", "off")
            .pragma("secure_delete", "on")
            .busy_timeout(Duration::from_secs(5));
        let pool = SqlitePoolOptions::new().max_connections(8).connect_with(options).await?;
        SQLITE.run(&pool).await?;
        Ok(Self::Sqlite { pool, file: file.to_owned() })
    }

    /// Connects to PostgreSQL 15 or newer and brings its structure up to date, behind an advisory lock.
    ///
    /// # Errors
    /// When the server does not answer or a migration fails.
    pub async fn open_postgres(url: &str) -> Result<Self, StoreError> {
        let options = PgConnectOptions::from_str(url)?.application_name("thidua");
        let pool = PgPoolOptions::new()
            .max_connections(16)
            .acquire_timeout(Duration::from_secs(10))
            .connect_with(options)
            .await?;
        POSTGRES.run(&pool).await?;
        Ok(Self::Postgres { pool })
    }

    /// A transaction that will write. On SQLite it takes the writer's place at once, so that it never
    /// finds out half-way that somebody else was first.
    ///
    /// # Errors
    /// [`StoreError::Busy`] when another writer holds the file too long.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        Ok(Tx(match self {
            Self::Sqlite { pool, .. } => Engine::Sqlite(pool.begin_with("begin immediate").await?),
            Self::Postgres { pool } => Engine::Postgres(pool.begin().await?),
        }))
    }

    /// A transaction that only reads.
    ///
    /// # Errors
    /// What the engine says.
    pub async fn read(&self) -> Result<Tx, StoreError> {
        Ok(Tx(match self {
            Self::Sqlite { pool, .. } => Engine::Sqlite(pool.begin().await?),
            Self::Postgres { pool } => {
                Engine::Postgres(pool.begin_with("begin isolation level repeatable read read only").await?)
            }
        }))
    }

    /// Runs a statement outside of any transaction, for those that cannot be in one.
    ///
    /// # Errors
    /// What the engine says, as a [`StoreError`].
    pub async fn run_alone(&self, sql: Sql) -> Result<(), StoreError> {
        match self {
            Self::Sqlite { pool, .. } => sqlx::query(sql.sqlite).execute(pool).await.map(|_| ())?,
            Self::Postgres { pool } => sqlx::query(sql.postgres).execute(pool).await.map(|_| ())?,
        }
        Ok(())
    }

    /// Closes all connections, after what is running has ended.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { pool, .. } => pool.close().await,
            Self::Postgres { pool } => pool.close().await,
        }
    }
}
