//! The packs that ship, read from the folder.

#![allow(dead_code, reason = "each test file takes what it needs")]
use std::path::{Path, PathBuf};

use rules::RuleBook;

/// Every file of the packs.
pub fn files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../rulepacks");
    let mut found = Vec::new();
    let mut open: Vec<PathBuf> = vec![root.clone()];
    while let Some(dir) = open.pop() {
        for entry in std::fs::read_dir(dir).expect("a folder of packs") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let text = std::fs::read_to_string(&path).expect("a text file");
                let name = path.strip_prefix(&root).expect("below the root").to_string_lossy().into_owned();
                found.push((name, text));
            }
        }
    }
    found.sort();
    found
}

/// The book of the packs that ship.
pub fn book() -> RuleBook {
    RuleBook::from_files(files()).unwrap_or_else(|faults| panic!("{}", lines(&faults)))
}

/// One line each, for a failing test.
pub fn lines<T: std::fmt::Display>(all: &[T]) -> String {
    all.iter().map(|one| format!("\n{one}")).collect()
}
