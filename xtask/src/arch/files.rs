//! Kinds, names and sizes of files.

use std::path::Path;

use anyhow::Result;
use walkdir::WalkDir;

use super::Fault;
use super::source::Source;
use super::table::{LONG, NO_SUBJECT, TOO_LONG, step};

/// Faults in names, kinds and sizes.
pub fn check(root: &Path, sources: &[Source]) -> Result<Vec<Fault>> {
    let mut faults: Vec<_> = sources.iter().flat_map(|source| [subject(source), size(source)]).flatten().collect();
    let office = root.join("crates/office/src");
    for entry in WalkDir::new(&office).min_depth(2).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() {
            let below = entry.path().strip_prefix(&office)?.to_string_lossy().into_owned();
            faults.extend(kind(&below, sources));
        }
    }
    Ok(faults)
}

/// Files that are long, but not too long.
pub fn long(sources: &[Source]) -> Vec<Fault> {
    let lines = |source: &Source| source.text.lines().count();
    let long = sources.iter().filter(|source| (LONG + 1..=TOO_LONG).contains(&lines(source)));
    long.map(|source| Fault::new(&source.path, format!("has {} lines; {LONG} are at home", lines(source)))).collect()
}

fn size(source: &Source) -> Option<Fault> {
    let lines = source.text.lines().count();
    let words = format!("has {lines} lines, more than {TOO_LONG}; give its second subject a file of its own");
    (lines > TOO_LONG).then(|| Fault::new(&source.path, words))
}

/// A file is named for its subject.
fn subject(source: &Source) -> Option<Fault> {
    let empty = source.module.iter().flatten().find(|part| NO_SUBJECT.contains(&part.as_str()))?;
    Some(Fault::new(&source.path, format!("`{empty}` names no subject; find its room, or make it a word of kernel")))
}

/// A room holds Rust files and, in `sql`, one used query a file.
fn kind(below: &str, sources: &[Source]) -> Option<Fault> {
    let path = format!("crates/office/src/{below}");
    let (folder, name) = below.rsplit_once('/')?;
    let room = folder.split('/').next()?;
    step(room)?;
    if name.ends_with(".rs") {
        return None;
    }
    if !name.ends_with(".sql") || !folder.ends_with("/sql") {
        return Some(Fault::new(&path, "a room holds Rust files, and queries in sql/"));
    }
    let quoted = format!("\"{}\"", name.trim_end_matches(".sql"));
    let used = sources
        .iter()
        .any(|source| source.house == "office" && source.room() == Some(room) && source.text.contains(&quoted));
    (!used).then(|| Fault::new(&path, "no file of the room uses this query"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_file_is_noted_and_a_very_long_one_refused() {
        let with = |lines: usize| Source::new("crates/office/src/council/model.rs", "\n".repeat(lines));
        assert!(long(&[with(400)]).is_empty());
        assert_eq!(long(&[with(401)])[0].words, "has 401 lines; 400 are at home");
        assert!(size(&with(600)).is_none());
        assert!(size(&with(601)).unwrap().words.starts_with("has 601 lines, more than 600"));
    }

    #[test]
    fn a_file_is_named_for_its_subject() {
        let named = |name: &str| subject(&Source::new(&format!("crates/office/src/council/{name}.rs"), String::new()));
        assert!(named("quorum").is_none());
        assert!(named("helpers").unwrap().words.starts_with("`helpers` names no subject"));
    }

    #[test]
    fn a_room_holds_rust_and_used_queries() {
        let store = Source::new("crates/office/src/council/store.rs", "sql!(\"find\")".to_owned());
        let said = |below: &str| kind(below, std::slice::from_ref(&store)).map(|fault| fault.words);
        assert_eq!(said("council/store.rs"), None);
        assert_eq!(said("council/sql/find.sql"), None);
        assert_eq!(said("council/sql/lost.sql").as_deref(), Some("no file of the room uses this query"));
        let kinds = Some("a room holds Rust files, and queries in sql/");
        assert_eq!(said("council/find.sql").as_deref(), kinds);
        assert_eq!(said("council/notes.md").as_deref(), kinds);
    }
}
