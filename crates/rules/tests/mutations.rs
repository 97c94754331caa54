//! A number or a day changed in a pack fails a case of that rule, or the check speaks: the packs hold every boundary.

mod shipped;

use jiff::civil::date;
use rules::{RuleBook, Severity};
use toml::Value;

/// Where a value that decides stands in a rule file.
type Place = Vec<Step>;

#[derive(Debug, Clone)]
enum Step {
    Key(String),
    At(usize),
}

/// Keys that describe and decide nothing.
const WORDS: [&str; 13] = [
    "id",
    "title_vi",
    "citation",
    "source",
    "note",
    "review_reason",
    "confidence",
    "text_vi",
    "by",
    "template",
    "household_citation",
    "rounding_vi",
    "from_event",
];

/// Every number and day of a rule that decides something; what nobody has read decides nothing.
fn places(value: &Value, here: &Place, found: &mut Vec<Place>) {
    match value {
        Value::Table(table) => {
            let unread = table.get("status").is_some_and(|status| status.as_str() == Some("needs_text"));
            let decides = |key: &str| !(WORDS.contains(&key) || unread && key == "condition");
            for (key, inner) in table.iter().filter(|(key, _)| decides(key)) {
                let mut there = here.clone();
                there.push(Step::Key(key.clone()));
                places(inner, &there, found);
            }
        }
        Value::Array(list) => {
            for (at, inner) in list.iter().enumerate() {
                let mut there = here.clone();
                there.push(Step::At(at));
                places(inner, &there, found);
            }
        }
        Value::Integer(_) | Value::Datetime(_) => found.push(here.clone()),
        _ => {}
    }
}

fn at<'a>(value: &'a mut Value, place: &[Step]) -> &'a mut Value {
    place.iter().fold(value, |value, step| match step {
        Step::Key(key) => &mut value[key.as_str()],
        Step::At(at) => &mut value[*at],
    })
}

/// One more, or one day later.
fn flip(value: &mut Value) {
    match value {
        Value::Integer(number) => *number += 1,
        Value::Datetime(day) => {
            let next: jiff::civil::Date = day.to_string().parse().expect("a day");
            *day = next.tomorrow().expect("a day after").to_string().parse().expect("a day");
        }
        _ => {}
    }
}

/// Whether a rule leans on the other file: acts and catalogue, guards, the title below, the base of the money.
fn beside(path: &str, other: &str) -> bool {
    if other.ends_with(".cases.toml") {
        return false;
    }
    let always = ["instruments/", "guards/", "awards/catalogue", "awards/ldtt", "decisions/b"];
    always.iter().any(|start| other.starts_with(start)) || (path.starts_with("guards/") && other.starts_with("awards/"))
}

#[test]
fn flipping_any_number_or_day_of_a_rule_is_noticed() {
    let files = shipped::files();
    let mut survivors = Vec::new();
    let mut flipped = 0;
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".rule.toml")) {
        let rule: Value = toml::from_str(text).expect("a rule that ships");
        let mut found = Vec::new();
        places(&rule, &Vec::new(), &mut found);
        for place in found {
            let mut mutant = rule.clone();
            flip(at(&mut mutant, &place));
            let changed = toml::to_string(&mutant).expect("toml");
            let name = path.rsplit('/').next().expect("a name");
            let id = name.trim_end_matches(".rule.toml");
            let own = |other: &str| other == path || other.ends_with(&format!("/{id}.cases.toml"));
            let needed = files
                .iter()
                .filter(|(other, _)| own(other) || beside(path, other))
                .map(|(other, text)| (other.clone(), if other == path { changed.clone() } else { text.clone() }));
            flipped += 1;
            let Ok(book) = RuleBook::from_files(needed) else { continue };
            let seen_by_check = book
                .check(date(2026, 8, 1))
                .iter()
                .any(|fault| fault.file == *path && fault.severity == Severity::Fault);
            if book.run_cases().failures.is_empty() && !seen_by_check {
                survivors.push(format!("{path}: {place:?}"));
            }
        }
    }
    assert!(flipped > 200, "{flipped}");
    assert!(survivors.is_empty(), "{}", shipped::lines(&survivors));
}
