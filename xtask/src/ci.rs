//! Everything that must hold before a change is handed in, the quick checks first.

use std::path::Path;

use anyhow::{Context as _, Result, bail};

use crate::command::Command;
use crate::house::House;
use crate::postgres::Postgres;
use crate::steps::Steps;
use crate::{arch, licences, machine_paths, pictures, setup};

/// The whole check; what CI runs.
pub fn everything(house: &House) -> Result<()> {
    let mut steps = Steps::default();
    steps.step("setup", || setup::everything(house))?;
    steps.step("format", || house.cargo().args(["fmt", "--all", "--check"]).run())?;
    steps.step("map of floors and rooms", || arch::check(house))?;
    steps.step("licences and sources", || licences::check(house))?;
    steps.step("no paths of this machine", || machine_paths::check(house))?;
    steps.step("pictures without a test", || pictures::check(house))?;
    steps.step("lints", || {
        house.cargo().args(["clippy", "--workspace", "--all-targets", "--locked", "--", "--deny", "warnings"]).run()
    })?;
    steps.step("documentation", || {
        house
            .cargo()
            .args(["doc", "--workspace", "--no-deps", "--locked", "--quiet"])
            .env("RUSTDOCFLAGS", "--deny warnings")
            .run()
    })?;
    steps.step("tests on SQLite", || tests_on_sqlite(house))?;
    steps.step("tests on PostgreSQL", || tests_on_postgres(house))?;
    steps.step("rules and their cases", || rules(house))?;
    steps.step("browser tests", || browser_tests(house, &[]))?;
    eprint!("{}", steps.summary());
    Ok(())
}

/// All tests, on both engines.
pub fn tests(house: &House) -> Result<()> {
    setup::everything(house)?;
    let mut steps = Steps::default();
    steps.step("tests on SQLite", || tests_on_sqlite(house))?;
    steps.step("tests on PostgreSQL", || tests_on_postgres(house))?;
    eprint!("{}", steps.summary());
    Ok(())
}

/// The browser tests, against a program of their own with demonstration data.
pub fn browser_tests(house: &House, arguments: &[String]) -> Result<()> {
    setup::everything(house)?;
    let folder = house.path("e2e");
    let chromium = setup::chromium().context("no browser; run `cargo xtask setup`")?;
    house
        .command("npx")
        .in_folder(&folder)
        .args(["--no-install", "playwright", "test"])
        .args(arguments)
        .env("CHROMIUM", chromium)
        .env("THIDUA_PROGRAM", program(house)?)
        .run()
}

fn tests_on_sqlite(house: &House) -> Result<()> {
    house.cargo().args(["test", "--workspace", "--locked"]).without_env("THIDUA_TEST_POSTGRES").run()
}

/// The same programs again; a test of a store finds the server's address and goes there.
fn tests_on_postgres(house: &House) -> Result<()> {
    let server = Postgres::start()?;
    house.cargo().args(["test", "--workspace", "--locked", "--tests"]).env("THIDUA_TEST_POSTGRES", server.url()).run()
}

fn rules(house: &House) -> Result<()> {
    let program = program(house)?;
    for job in ["check", "test"] {
        Command::new(&program).in_folder(&house.root).args(["rules", job]).run()?;
    }
    Ok(())
}

fn program(house: &House) -> Result<impl AsRef<Path> + AsRef<std::ffi::OsStr>> {
    house.cargo().args(["test", "--workspace", "--locked", "--no-run", "--quiet"]).run()?;
    let program = house.program()?;
    if !program.is_file() {
        bail!("cargo built no {}", program.display());
    }
    Ok(program)
}
