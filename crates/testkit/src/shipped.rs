//! What travels in the binary, read once from the folders it is built from.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use kernel::calendar::WorkCalendar;
use office::movements::Plan;
use rules::RuleBook;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(name)
}

/// The plan that runs when none is named.
///
/// # Panics
/// When it is missing or has faults; likewise for the others below.
#[must_use]
pub fn plan() -> Plan {
    static READ: OnceLock<Plan> = OnceLock::new();
    let read = || {
        let movements = folder("movements");
        let id = std::fs::read_to_string(movements.join("default.txt")).expect("the name of a plan");
        let name = format!("{}/plan.toml", id.trim());
        let text = std::fs::read_to_string(movements.join(&name)).expect("the plan");
        let mut plan = Plan::parse(&text, &format!("movements/{name}")).expect("a plan without faults");
        let beside = format!("{}/indicators.toml", id.trim());
        let bytes = std::fs::read(movements.join(&beside)).expect("the indicators");
        plan.add_indicators(&bytes, &format!("movements/{beside}")).expect("indicators without faults");
        plan
    };
    READ.get_or_init(read).clone()
}

/// The rule packs that ship with the program.
///
/// # Panics
/// When a pack does not read.
#[must_use]
pub fn rules() -> RuleBook {
    static READ: OnceLock<RuleBook> = OnceLock::new();
    READ.get_or_init(|| RuleBook::from_files(packs()).expect("packs without faults")).clone()
}

/// The files of those packs, by their path below the folder, for a test that changes one.
///
/// # Panics
/// When the folder cannot be read.
#[must_use]
pub fn packs() -> Vec<(String, String)> {
    let root = folder("rulepacks");
    let (mut open, mut files) = (vec![root.clone()], Vec::new());
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
    files
}

/// The calendar that ships with the program.
///
/// # Panics
/// When it does not read.
#[must_use]
pub fn calendar() -> WorkCalendar {
    static READ: OnceLock<WorkCalendar> = OnceLock::new();
    let read = || {
        let csv = std::fs::read_to_string(folder("calendars").join("vn.csv")).expect("the calendar can be read");
        WorkCalendar::parse(&csv).expect("a calendar without faults")
    };
    READ.get_or_init(read).clone()
}
