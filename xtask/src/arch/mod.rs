//! The rules of the house, read off the sources: floors of crates, steps of rooms, purity of models
//! and decisions, kinds and sizes of files. [`table`] holds the map.

mod files;
mod floors;
mod paths;
mod rooms;
mod source;
mod table;

use anyhow::{Result, bail};

use crate::place::Place;

/// Something that breaks a rule, or deserves a look.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Fault {
    /// The file, from the root of the workspace.
    file: String,
    /// What is wrong and what to do.
    words: String,
}

impl Fault {
    fn new(file: &str, words: impl Into<String>) -> Self {
        Self { file: file.to_owned(), words: words.into() }
    }
}

/// Checks all rules and names every fault.
pub fn check(place: &Place) -> Result<()> {
    let sources = source::read_all(&place.root)?;
    let mut faults = floors::check(&place.root)?;
    faults.extend(rooms::check(&sources));
    faults.extend(files::check(&place.root, &sources)?);
    faults.sort();
    faults.dedup();
    for note in files::long(&sources) {
        println!("note: {}: {}", note.file, note.words);
    }
    for fault in &faults {
        println!("{}: {}", fault.file, fault.words);
    }
    if !faults.is_empty() {
        bail!("the sources break the rules of the house in {} places", faults.len());
    }
    println!("{} files keep the rules of the house", sources.len());
    Ok(())
}

/// Whether a room has its step already.
pub fn knows(room: &str) -> bool {
    table::step(room).is_some()
}
