//! What is asked of cargo.
//!
//! Always `--workspace`: choosing packages with `-p` changes the features of shared dependencies and
//! builds hundreds of crates a second time. Clippy sits in the compiler of the build ([`Place::judging`]),
//! and rustdoc reads the libraries it has left ([`crate::docs`]).

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::place::{self, Place, run};
use crate::setup::{self, Need};

/// `cargo fmt --check`.
pub fn fmt(place: &Place) -> Result<()> {
    run(place.cargo().args(["fmt", "--all", "--check"])).context("some files are not formatted; run `cargo fmt --all`")
}

/// Everything that tests run, and the program itself.
pub fn build(place: &Place) -> Result<()> {
    run(place.cargo().args(["test", "--workspace", "--no-run", "--locked"]))
}

/// All tests, with SQLite under the stores.
pub fn test(place: &Place) -> Result<()> {
    run(place.cargo().env_remove("THIDUA_TEST_POSTGRES").args(["test", "--workspace", "--locked"]))
}

/// A test program that cargo built.
#[derive(Debug, PartialEq, Eq)]
pub struct TestProgram {
    /// The package it belongs to.
    pub package: String,
    /// The folder of that package, where its tests run.
    pub folder: String,
    /// The program.
    pub path: String,
}

/// What cargo tells of everything that tests run, a JSON object a line; built where it is not fresh.
pub fn test_messages(place: &Place) -> Result<String> {
    place::ask(place.cargo().args([
        "test",
        "--workspace",
        "--no-run",
        "--locked",
        "--message-format",
        "json-render-diagnostics",
    ]))
}

/// The test programs of the workspace, built where they are not fresh.
pub fn test_programs(place: &Place) -> Result<Vec<TestProgram>> {
    test_messages(place)?.lines().filter_map(|line| read_program(line).transpose()).collect()
}

/// The test program that one line of cargo's messages tells of, if it does.
fn read_program(line: &str) -> Result<Option<TestProgram>> {
    let message: Value = serde_json::from_str(line).context("cargo's message is not JSON")?;
    let (Some(path), Some(manifest)) = (message["executable"].as_str(), message["manifest_path"].as_str()) else {
        return Ok(None);
    };
    if message["profile"]["test"] != Value::Bool(true) {
        return Ok(None);
    }
    let folder = manifest.trim_end_matches("/Cargo.toml");
    let package = folder.rsplit('/').next().unwrap_or(folder);
    Ok(Some(TestProgram { package: package.to_owned(), folder: folder.to_owned(), path: path.to_owned() }))
}

/// Builds the program and serves the demonstration; what the person adds wins over our defaults.
pub fn serve(place: &Place, rest: &[String]) -> Result<()> {
    setup::provide(place, &[Need::Fonts, Need::Frontend])?;
    run(place.cargo().args(["build", "--workspace", "--bin", "thidua"]))?;
    run(place.program(place.binary("thidua")).args(serve_words(rest)))
}

fn serve_words(rest: &[String]) -> Vec<&str> {
    let mut words = vec!["serve", "--demo"];
    for (name, value) in [("--data", "./data"), ("--listen", "127.0.0.1:8080")] {
        if !rest.iter().any(|word| word.split('=').next() == Some(name)) {
            words.extend([name, value]);
        }
    }
    words.extend(rest.iter().map(String::as_str).filter(|word| *word != "--demo"));
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_person_adds_wins_over_the_defaults() {
        let rest = ["--listen=127.0.0.1:9000".to_owned(), "--today".to_owned(), "2028-06-01".to_owned()];
        assert_eq!(
            serve_words(&rest),
            ["serve", "--demo", "--data", "./data", "--listen=127.0.0.1:9000", "--today", "2028-06-01"]
        );
    }

    #[test]
    fn only_test_programs_are_taken_from_the_messages_of_cargo() {
        let message = |test: bool| {
            format!(
                r#"{{"reason":"compiler-artifact","manifest_path":"/x/crates/office/Cargo.toml","profile":{{"test":{test}}},"executable":"/t/office-1"}}"#
            )
        };
        let office = TestProgram {
            package: "office".to_owned(),
            folder: "/x/crates/office".to_owned(),
            path: "/t/office-1".to_owned(),
        };
        assert_eq!(read_program(&message(true)).unwrap(), Some(office));
        assert_eq!(read_program(&message(false)).unwrap(), None);
        assert_eq!(read_program(r#"{"reason":"build-finished","success":true}"#).unwrap(), None);
    }
}
