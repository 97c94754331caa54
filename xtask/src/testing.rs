//! Tests: on SQLite, on PostgreSQL, in a browser.

use anyhow::{Context as _, Result, ensure};
use clap::ValueEnum;
use walkdir::WalkDir;

use crate::cargo;
use crate::place::{self, Place};
use crate::postgres::Server;
use crate::setup::{self, Need};

/// A part of the tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// All of cargo's tests, with SQLite under the stores.
    Sqlite,
    /// The tests of the packages that use the store, with PostgreSQL under it.
    Postgres,
    /// The browser's tests.
    E2e,
}

/// The packages whose tests use the store, by their folder in `crates`.
const WITH_STORE: [&str; 3] = ["office", "web", "app"];

impl Part {
    fn needs(self) -> &'static [Need] {
        match self {
            Self::Sqlite => &[Need::Fonts, Need::Frontend],
            Self::Postgres => &[Need::Fonts, Need::Frontend, Need::Postgres],
            Self::E2e => &[Need::Fonts, Need::Frontend, Need::Postgres, Need::Browser],
        }
    }

    fn run(self, place: &Place) -> Result<()> {
        match self {
            Self::Sqlite => cargo::test(place),
            Self::Postgres => on_postgres(place),
            Self::E2e => in_browser(place),
        }
    }
}

/// Runs these parts, or all of them.
pub fn run(place: &Place, parts: &[Part]) -> Result<()> {
    let parts = if parts.is_empty() { &[Part::Sqlite, Part::Postgres, Part::E2e] } else { parts };
    for part in parts {
        setup::provide(place, part.needs())?;
        part.run(place)?;
    }
    Ok(())
}

/// The tests of the packages with a store, on a PostgreSQL server of our own.
pub fn on_postgres(place: &Place) -> Result<()> {
    let programs = cargo::test_programs(place)?;
    let server = Server::start(place)?;
    let mut ran = 0;
    for program in programs.iter().filter(|program| WITH_STORE.contains(&program.package.as_str())) {
        place::run(
            place
                .program(&program.path)
                .current_dir(&program.folder)
                .env("CARGO_MANIFEST_DIR", &program.folder)
                .env("THIDUA_TEST_POSTGRES", server.url()),
        )
        .with_context(|| format!("a test of {} failed on PostgreSQL", program.package))?;
        ran += 1;
    }
    ensure!(ran > 0, "no test program of {} was built", WITH_STORE.join(", "));
    Ok(())
}

/// The browser's tests against the built program, on a machine that was set up: on SQLite, and those marked
/// for it on a PostgreSQL server of our own.
pub fn in_browser(place: &Place) -> Result<()> {
    let specs = WalkDir::new(place.root.join("e2e/tests"))
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_name().to_string_lossy().contains(".spec."))
        .count();
    if specs == 0 {
        println!("e2e/tests has no browser test");
        return Ok(());
    }
    playwright(place, &[])
}

/// The same on any machine, with words for Playwright: files, `--grep`, `--update-snapshots`.
pub fn browse(place: &Place, words: &[String]) -> Result<()> {
    setup::provide(place, Part::E2e.needs())?;
    playwright(place, words)
}

fn playwright(place: &Place, words: &[String]) -> Result<()> {
    let browser = setup::browser().context("no Chromium is on this machine; run `cargo xtask setup`")?;
    cargo::build(place)?;
    let server = Server::start(place)?;
    place::run(
        place
            .program("npx")
            .current_dir(place.root.join("e2e"))
            .env("CHROMIUM", browser)
            .env("THIDUA_PROGRAM", place.binary("thidua"))
            .env("THIDUA_E2E_DATABASE", server.url())
            .args(["--no-install", "playwright", "test"])
            .args(words),
    )
}
