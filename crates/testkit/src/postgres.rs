//! A fresh database on a PostgreSQL server, dropped with the test.

use std::str::FromStr as _;

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, Executor as _};

/// A database that nobody else uses.
pub struct Fresh {
    server: String,
    name: String,
    url: String,
}

impl Fresh {
    /// Makes one on this server.
    ///
    /// # Panics
    /// When the server does not let us.
    pub async fn on(server: &str) -> Self {
        let name = format!("thidua_test_{}", uuid::Uuid::now_v7().simple());
        let options = PgConnectOptions::from_str(server).expect("THIDUA_TEST_POSTGRES is the address of a server");
        said(server, format!("create database {name}")).await.expect("a server that lets us make a database");
        let url = options.database(&name).to_url_lossy().to_string();
        Self { server: server.to_owned(), name, url }
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }
}

async fn said(server: &str, statement: String) -> Result<(), sqlx::Error> {
    let mut connection = PgConnection::connect(server).await?;
    connection.execute(AssertSqlSafe(statement)).await?;
    connection.close().await
}

impl Drop for Fresh {
    fn drop(&mut self) {
        let (server, statement) = (self.server.clone(), format!("drop database {} with (force)", self.name));
        // A runtime of its own: the one of the test must not be blocked, and may be ending.
        let dropping = std::thread::spawn(move || {
            tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(said(&server, statement))
        });
        match dropping.join() {
            Ok(Ok(())) => {}
            other => eprintln!("không xóa được cơ sở dữ liệu thử {}: {other:?}", self.name),
        }
    }
}
