//! What travels in the binary, read from the folders it is built from.

use std::path::{Path, PathBuf};

use office::movements::Plan;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The plan that runs when none is named.
///
/// # Panics
/// When it is missing or has faults.
#[must_use]
pub fn plan() -> Plan {
    let movements = root().join("movements");
    let id = std::fs::read_to_string(movements.join("default.txt")).expect("the name of a plan");
    let name = format!("movements/{}/plan.toml", id.trim());
    let text = std::fs::read_to_string(root().join(&name)).expect("the plan");
    Plan::parse(&text, &name).expect("a plan without faults")
}

/// The rule packs that ship with the program.
///
/// # Panics
/// When one does not read: then the packs are broken.
#[must_use]
pub fn rules() -> rules::RuleBook {
    let mut files = Vec::new();
    let root = folder("rulepacks");
    let mut open = vec![root.clone()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).expect("the packs can be read") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(&root).expect("below the packs").display().to_string();
                files.push((name, std::fs::read_to_string(&path).expect("a text")));
            }
        }
    }
    files.sort();
    rules::RuleBook::from_files(files).expect("packs without faults")
}

/// The calendar that ships with the program.
///
/// # Panics
/// When it does not read: then the calendar is broken.
#[must_use]
pub fn calendar() -> kernel::calendar::WorkCalendar {
    let csv = std::fs::read_to_string(folder("calendars").join("vn.csv")).expect("the calendar can be read");
    kernel::calendar::WorkCalendar::parse(&csv).expect("a calendar without faults")
}

fn folder(name: &str) -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(name)
}
