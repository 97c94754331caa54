//! The packs that ship, as they stand: they read, their cases hold, the check is content.

mod shipped;

use jiff::civil::date;
use rules::Severity;
use shipped::{book, lines};

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
