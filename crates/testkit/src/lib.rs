//! A house for tests: real databases, a clock that stands, people with roles. For tests only.
//!
//! [`houses`] gives the same empty house on every engine at hand: SQLite in a folder of its own, and a
//! fresh PostgreSQL database when `THIDUA_TEST_POSTGRES` names a server. Both vanish with the house.

pub mod builders;
mod postgres;
pub mod shipped;

pub use postgres::Fresh as FreshDatabase;

use std::ops::{Deref, DerefMut};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use kernel::id::UnitId;
use kernel::{Actor, Clock, Date, Grant, Period, Role};
use office::db::Db;
use office::keys::Keys;
use office::{Ctx, House};

/// The day on which test houses stand, unless they are told otherwise.
pub const TODAY: Date = jiff::civil::date(2026, 11, 23);

/// An empty house with a database of its own.
pub struct TestHouse {
    house: Arc<House>,
    engine: &'static str,
    program: Actor,
    postgres: Option<postgres::Fresh>,
    _folder: tempfile::TempDir,
}

/// An empty house on every engine at hand.
///
/// # Panics
/// When one cannot be set up: then no test means anything.
pub async fn houses() -> Vec<TestHouse> {
    let mut houses = vec![TestHouse::sqlite().await];
    if let Ok(server) = std::env::var("THIDUA_TEST_POSTGRES") {
        houses.push(TestHouse::postgres(&server).await);
    }
    houses
}

/// A house on SQLite in a folder that the test keeps: opened anew, it finds what was written there.
///
/// # Panics
/// When it cannot be opened.
pub async fn house_in(folder: &Path) -> House {
    let house = furnished(Db::open_sqlite(&folder.join("thidua.db")).await.expect("an SQLite file"), folder);
    office::calendar::service::refresh(&house).await.expect("a calendar");
    house
}

/// Empty databases in which a house may be restored: none stands for SQLite, then a fresh PostgreSQL one
/// when there is a server.
pub async fn empty_databases() -> Vec<Option<FreshDatabase>> {
    match std::env::var("THIDUA_TEST_POSTGRES") {
        Ok(server) => vec![None, Some(FreshDatabase::on(&server).await)],
        Err(_) => vec![None],
    }
}

/// A house around a database that is there, with the keys and files of this folder.
///
/// # Panics
/// When the folder cannot be used.
#[must_use]
pub fn house_over(db: Db, folder: &Path) -> House {
    furnished(db, folder)
}

fn furnished(db: Db, folder: &Path) -> House {
    let keys = Keys::open(folder).expect("a folder that can be written");
    House {
        db: db.signed_with(&keys),
        clock: Clock::standing_on(TODAY),
        rules: shipped::rules(),
        calendar: kernel::calendar::RunningCalendar::new(shipped::calendar()),
        plan: shipped::plan(),
        keys,
        data_dir: folder.to_owned(),
        demo: false,
        public_url: "https://thidua.example.vn".to_owned(),
        behind_proxy: false,
        kept: office::kept::Kept::default(),
    }
}

impl TestHouse {
    /// An empty house on SQLite, in a folder of its own.
    ///
    /// # Panics
    /// When it cannot be set up.
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let db = Db::open_sqlite(&folder.path().join("thidua.db")).await.expect("an SQLite file");
        Self::around(db, "SQLite", None, folder)
    }

    /// As [`TestHouse::sqlite`] with a single connection: a question of somebody who holds a transaction fails. In
    /// a house with more, enough visitors at once would wait for each other forever.
    ///
    /// # Panics
    /// When it cannot be set up.
    pub async fn narrow() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("thidua.db");
        let db = Db::open_sqlite_with(&file, 1, Duration::from_secs(2)).await.expect("an SQLite file");
        Self::around(db, "SQLite", None, folder)
    }

    /// An empty house in a fresh database on this PostgreSQL server.
    ///
    /// # Panics
    /// When it cannot be set up.
    pub async fn postgres(server: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let fresh = postgres::Fresh::on(server).await;
        let db = Db::open_postgres(fresh.url()).await.expect("a fresh database");
        Self::around(db, "PostgreSQL", Some(fresh), folder)
    }

    fn around(db: Db, engine: &'static str, postgres: Option<postgres::Fresh>, folder: tempfile::TempDir) -> Self {
        let house = furnished(db, folder.path());
        Self { house: Arc::new(house), engine, program: Actor::program("kiểm thử"), postgres, _folder: folder }
    }

    /// The house for a site that is opened over it.
    #[must_use]
    pub fn shared(&self) -> Arc<House> {
        Arc::clone(&self.house)
    }

    /// The same house as another program over the same database sees it.
    #[must_use]
    pub fn neighbour(&self) -> House {
        House { clock: self.clock.clone(), ..furnished(self.db.clone(), &self.data_dir) }
    }

    /// The address of its database on a server; none on SQLite.
    #[must_use]
    pub fn database_url(&self) -> Option<&str> {
        self.postgres.as_ref().map(postgres::Fresh::url)
    }

    /// Which engine it stands on, for messages.
    #[must_use]
    pub fn engine(&self) -> &'static str {
        self.engine
    }

    /// The program itself, which may do all.
    #[must_use]
    pub fn program(&self) -> Ctx<'_> {
        Ctx::new(&self.house, &self.program)
    }

    /// This actor in this house.
    #[must_use]
    pub fn as_actor<'a>(&'a self, actor: &'a Actor) -> Ctx<'a> {
        Ctx::new(&self.house, actor)
    }

    /// Lets the house stand on another day.
    pub fn stand_on(&mut self, day: Date) {
        self.clock = Clock::standing_on(day);
    }
}

impl Deref for TestHouse {
    type Target = House;

    fn deref(&self) -> &House {
        &self.house
    }
}

impl DerefMut for TestHouse {
    fn deref_mut(&mut self) -> &mut House {
        Arc::get_mut(&mut self.house).expect("no site was opened over this house yet")
    }
}

/// Somebody who holds a role, for a unit or the whole Office, since long ago.
#[must_use]
pub fn actor(role: Role, unit: Option<UnitId>) -> Actor {
    let period = Period::since(jiff::civil::date(2000, 1, 1));
    Actor { name: role.name_vi().to_owned(), grants: vec![Grant { role, unit, period }], ..Actor::visitor() }
}
