//! Writes the skeleton of a room: its files in `office` and its folder in `web`, in the style of
//! `docs/STYLE.md`. They compile as soon as the room is declared.

use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};

use crate::arch;
use crate::place::Place;

/// Writes the room and says what to register.
pub fn write(place: &Place, name: &str) -> Result<()> {
    ensure!(
        !name.is_empty() && name.chars().all(|letter| letter.is_ascii_lowercase() || letter == '_'),
        "a room is named by lower-case English words, as `inspections`; `{name}` is not"
    );
    let files = files(name);
    for (path, _) in &files {
        ensure!(!place.root.join(path).exists(), "{path} is there already; choose another name");
    }
    for (path, text) in &files {
        put(&place.root.join(path), text)?;
        println!("wrote {path}");
    }
    println!("\nNow:");
    let mut steps = registrations(name);
    if arch::knows(name) {
        steps.retain(|step| !step.contains("table.rs"));
    }
    for (index, step) in steps.iter().enumerate() {
        println!("{}. {step}", index + 1);
    }
    Ok(())
}

fn put(path: &Path, text: &str) -> Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text).with_context(|| format!("{} could not be written", path.display()))
}

fn registrations(name: &str) -> Vec<String> {
    vec![
        format!("crates/office/src/lib.rs: `pub mod {name};`"),
        format!("crates/web/src/lib.rs: `pub mod {name};`"),
        "xtask/src/arch/table.rs and ARCHITECTURE.md: its step".to_owned(),
        "docs/GLOSSARY.md: its words, Vietnamese and English".to_owned(),
        format!(
            "model.rs and store.rs, with crates/office/migrations/{{sqlite,postgres}}/NNNN_{name}.sql, when it keeps something"
        ),
        "its routes in the router of crates/web, each with the permission it needs".to_owned(),
        "cargo xtask arch".to_owned(),
    ]
}

/// The files with their texts.
fn files(name: &str) -> Vec<(String, String)> {
    let error = format!("{}Error", camel(name));
    let title = name.replace('_', " ");
    let fill = |text: &str| text.replace("NAME", name).replace("ERROR", &error).replace("TITLE", &capital(&title));
    [
        ("office", "mod", OFFICE_MOD),
        ("office", "error", OFFICE_ERROR),
        ("office", "service", OFFICE_SERVICE),
        ("web", "mod", WEB_MOD),
    ]
    .into_iter()
    .map(|(floor, file, text)| (format!("crates/{floor}/src/{name}/{file}.rs"), fill(text)))
    .collect()
}

fn camel(name: &str) -> String {
    name.split('_').map(capital).collect()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

const OFFICE_MOD: &str = "\
//! TITLE: what the room is for, in one sentence; then what it does not know.
//!
//! Reading order: [`service`], [`error`].

pub mod error;
pub mod service;

pub use error::ERROR;
";

const OFFICE_ERROR: &str = "\
//! Every way this room says no.

use crate::{Denied, StoreError};

/// Why the room said no.
#[derive(Debug, thiserror::Error)]
pub enum ERROR {
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The store said no.
    #[error(transparent)]
    Store(#[from] StoreError),
}
";

const OFFICE_SERVICE: &str = "\
//! Use cases, one function each: allow, load, decide, save, record.

use super::ERROR;
use crate::{Ctx, ledger};

/// Says on the ledger that the room was opened. The first use case of the room takes its place.
///
/// # Errors
/// What the store says.
pub async fn open(ctx: &Ctx<'_>) -> Result<(), ERROR> {
    let mut tx = ctx.begin().await?;
    ledger::record(&mut tx, ctx.entry(\"NAME.open\", \"room\", \"NAME\")).await?;
    tx.commit().await?;
    Ok(())
}
";

const WEB_MOD: &str = "\
//! TITLE: the pages of the room and how its refusals are said.

use axum::http::StatusCode;
use office::NAME::ERROR;

/// What the visitor is answered when the room says no.
#[must_use]
pub fn status(error: &ERROR) -> StatusCode {
    match error {
        ERROR::Denied(_) => StatusCode::FORBIDDEN,
        ERROR::Store(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_skeleton_is_rust_and_keeps_the_rules_of_the_house() {
        for (path, text) in files("study_tours") {
            assert!(syn::parse_file(&text).is_ok(), "{path} is not Rust");
            assert!(!text.contains("NAME") && !text.contains("ERROR"), "{path} has a gap: {text}");
        }
    }

    #[test]
    fn a_room_is_named_for_its_folder() {
        let (path, text) = files("study_tours").swap_remove(1);
        assert_eq!(path, "crates/office/src/study_tours/error.rs");
        assert!(text.contains("pub enum StudyToursError {"), "{text}");
    }

    #[test]
    fn odd_names_and_taken_names_are_refused() {
        let root = std::env::temp_dir().join(format!("xtask-room-{}", std::process::id()));
        let place = Place { target: root.join("target"), root: root.clone(), judging: false };
        assert!(write(&place, "Phòng họp").is_err());
        write(&place, "tours").unwrap();
        let said = write(&place, "tours").unwrap_err().to_string();
        assert!(said.starts_with("crates/office/src/tours/mod.rs is there already"), "{said}");
        fs::remove_dir_all(root).unwrap();
    }
}
