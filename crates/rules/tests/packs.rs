//! The packs that ship, as they stand: they read, their cases hold, the check is content.

use std::path::{Path, PathBuf};

use jiff::civil::date;
use rules::{RuleBook, Severity};

fn files() -> Vec<(String, String)> {
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

fn book() -> RuleBook {
    RuleBook::from_files(files()).unwrap_or_else(|faults| panic!("{}", lines(&faults)))
}

fn lines<T: std::fmt::Display>(all: &[T]) -> String {
    all.iter().map(|one| format!("\n{one}")).collect()
}

#[test]
fn every_case_of_the_packs_comes_out_as_it_says() {
    let report = book().run_cases();
    let failures: Vec<_> = report
        .failures
        .iter()
        .map(|one| format!("{}:{} {}: muốn {}, được {}", one.file, one.line, one.name, one.expected, one.found))
        .collect();
    assert!(failures.is_empty(), "{}", lines(&failures));
    assert!(report.cases > 500, "{}", report.cases);
}

#[test]
fn the_check_has_nothing_to_say_half_a_year_before_the_decree_ends() {
    let said = book().check(date(2026, 8, 31));
    assert!(said.is_empty(), "{}", lines(&said));
}

#[test]
fn the_check_warns_for_half_a_year_and_then_refuses_an_outlived_decree() {
    let book = book();
    let warned = book.check(date(2026, 9, 1));
    assert!(!warned.is_empty() && warned.iter().all(|one| one.severity == Severity::Warning), "{}", lines(&warned));
    assert!(warned[0].what.contains("2027-03-01"), "{}", warned[0].what);
    assert!(book.check(date(2027, 3, 1)).iter().any(|one| one.severity == Severity::Fault));
}
