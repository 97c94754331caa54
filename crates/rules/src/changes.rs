//! What changed in a rule between two days: which version, which conditions, which numbers.

use jiff::civil::Date;
use kernel::numbers::short_date;

use crate::book::RuleBook;
use crate::wording::{Clause, RuleText, VersionText};

/// A parameter that became another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ValueChange {
    /// Its name in the pack.
    pub name: String,
    /// What it was; empty when it was not there.
    pub before: String,
    /// What it is; empty when it is gone.
    pub after: String,
}

/// Something that a rule says otherwise, newly or no longer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What it is about: `condition`, `citation`, `confidence`, `status`, `review`.
    pub about: &'static str,
    /// What stood; none for what is new.
    pub before: Option<String>,
    /// What stands; none for what is gone.
    pub after: Option<String>,
    /// The parameters that changed.
    pub values: Vec<ValueChange>,
}

/// A rule that is not the same on two days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleChange {
    /// The rule.
    pub id: String,
    /// What kind of rule it is.
    pub subject: &'static str,
    /// What it is about.
    pub title_vi: String,
    /// The version on the first day; none when there was none.
    pub before: Option<VersionText>,
    /// The version on the second day; none when there is none.
    pub after: Option<VersionText>,
    /// What differs.
    pub differences: Vec<Difference>,
}

impl RuleText {
    /// What changed from one day to a later one; none when nothing did.
    #[must_use]
    pub fn change(&self, from: Date, until: Date) -> Option<RuleChange> {
        let (before, after) = (self.on(from), self.on(until));
        let mut differences = match (before, after) {
            (None, None) => return None,
            (Some(one), Some(other)) if one.basis.period == other.basis.period => Vec::new(),
            _ => between(before, after),
        };
        differences.extend(after.and_then(|version| review(version, from, until)));
        let same_version = before.map(|one| one.basis.period) == after.map(|one| one.basis.period);
        (!same_version || !differences.is_empty()).then(|| RuleChange {
            id: self.id.clone(),
            subject: self.subject,
            title_vi: self.title_vi.clone(),
            before: before.cloned(),
            after: after.cloned(),
            differences,
        })
    }
}

impl RuleBook {
    /// Every rule that is not the same on two days.
    #[must_use]
    pub fn changes(&self, from: Date, until: Date) -> Vec<RuleChange> {
        self.texts().iter().filter_map(|rule| rule.change(from, until)).collect()
    }
}

/// A confirmation that became due in between.
fn review(version: &VersionText, from: Date, until: Date) -> Option<Difference> {
    let due = version.basis.review_from.filter(|day| from < *day && *day <= until)?;
    let why = version.basis.review_reason.as_deref().unwrap_or("chưa đọc trực tiếp văn bản");
    Some(Difference {
        about: "review",
        before: None,
        after: Some(format!("Từ ngày {} phải có người xác nhận lại: {why}", short_date(due))),
        values: Vec::new(),
    })
}

fn between(before: Option<&VersionText>, after: Option<&VersionText>) -> Vec<Difference> {
    let mut differences = Vec::new();
    let mut word = |about, read: &dyn Fn(&VersionText) -> String| {
        let (one, other) = (before.map(read), after.map(read));
        if one != other {
            differences.push(Difference { about, before: one, after: other, values: Vec::new() });
        }
    };
    word("citation", &|version| version.basis.citation.clone());
    word("confidence", &|version| version.basis.confidence.name_vi().to_owned());
    word("status", &|version| version.basis.status.name_vi().to_owned());
    let clauses = |version: Option<&VersionText>| version.map(|one| one.clauses.clone()).unwrap_or_default();
    differences.extend(compare(clauses(before), clauses(after)));
    differences
}

/// Sets aside what is the same, then pairs clauses of one kind in their order; the rest is new or gone.
fn compare(mut before: Vec<Clause>, mut after: Vec<Clause>) -> Vec<Difference> {
    before.retain(|clause| match after.iter().position(|other| other == clause) {
        Some(same) => {
            after.remove(same);
            false
        }
        None => true,
    });
    let mut differences = Vec::new();
    for one in before {
        let pair = after.iter().position(|other| other.key == one.key).map(|at| after.remove(at));
        let values = pair.as_ref().map(|other| values(&one, other)).unwrap_or_default();
        let after = pair.map(|other| other.text);
        differences.push(Difference { about: "condition", before: Some(one.text), after, values });
    }
    differences.extend(after.into_iter().map(|clause| Difference {
        about: "condition",
        before: None,
        after: Some(clause.text),
        values: Vec::new(),
    }));
    differences
}

fn values(one: &Clause, other: &Clause) -> Vec<ValueChange> {
    let mut names: Vec<&String> = one.values.keys().chain(other.values.keys()).collect();
    names.sort_unstable();
    names.dedup();
    let value = |clause: &Clause, name: &String| clause.values.get(name).cloned().unwrap_or_default();
    names
        .into_iter()
        .map(|name| ValueChange { name: name.clone(), before: value(one, name), after: value(other, name) })
        .filter(|change| change.before != change.after)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn clause(key: &str, count: u32) -> Clause {
        let values = [("count".to_owned(), count.to_string())].into();
        Clause { key: key.to_owned(), text: format!("{key} {count}"), values }
    }

    fn check(before: &[Clause], after: &[Clause], expected: &[(Option<&str>, Option<&str>)]) -> Vec<Difference> {
        let found = compare(before.to_vec(), after.to_vec());
        let said: Vec<_> = found.iter().map(|one| (one.before.as_deref(), one.after.as_deref())).collect();
        assert_eq!(said, expected);
        found
    }

    #[test]
    fn clauses_that_only_moved_are_no_change() {
        check(&[clause("rating", 2), clause("award", 1)], &[clause("award", 1), clause("rating", 2)], &[]);
    }

    #[test]
    fn a_number_that_changed_is_named_with_both_values() {
        let found = check(
            &[clause("award", 2), clause("unity", 1)],
            &[clause("award", 3), clause("unity", 1)],
            &[(Some("award 2"), Some("award 3"))],
        );
        let change = ValueChange { name: "count".into(), before: "2".into(), after: "3".into() };
        assert_eq!(found[0].values, [change]);
    }

    #[test]
    fn what_is_new_and_what_is_gone_stand_alone() {
        check(&[clause("award", 2)], &[clause("impact", 1)], &[(Some("award 2"), None), (None, Some("impact 1"))]);
        check(&[clause("award", 1), clause("award", 2)], &[clause("award", 2)], &[(Some("award 1"), None)]);
    }

    const PACK: &str = r#"
subject = "base_salary"
id = "base_salary"
title_vi = "Lương cơ sở"
[[version]]
from = 2024-01-01
until = 2026-07-01
instrument = "N1"
citation = "Nghị định 1/2024/NĐ-CP Điều 1"
confidence = "text"
status = "encodable"
amount = 2000000
[[version]]
from = 2026-07-01
until = 2028-01-01
instrument = "N1"
citation = "Nghị định 1/2024/NĐ-CP Điều 2"
confidence = "text"
status = "encodable"
review_from = 2026-10-01
review_reason = "có luật mới"
amount = 2500000
"#;

    fn salary() -> RuleText {
        let text: crate::pack::file::RuleFile = toml::from_str(PACK).expect("a rule file");
        let version = |file: &crate::pack::file::VersionFile| VersionText {
            basis: crate::pack::Basis {
                period: kernel::Period { from: file.from, until: file.until },
                instrument: file.instrument.clone(),
                citation: file.citation.clone(),
                confidence: file.confidence,
                status: file.status,
                review_from: file.review_from,
                review_reason: file.review_reason.clone(),
                template: None,
                source: None,
                note: None,
                line: 1,
            },
            clauses: vec![clause("amount", u32::try_from(file.amount.expect("an amount")).expect("small"))],
        };
        RuleText {
            id: "base_salary".into(),
            subject: "base_salary",
            title_vi: text.title_vi.clone(),
            file: String::new(),
            awards: Vec::new(),
            recipients: Vec::new(),
            versions: text.versions.iter().map(|one| version(one.get_ref())).collect(),
        }
    }

    fn about(from: Date, until: Date) -> Vec<&'static str> {
        salary()
            .change(from, until)
            .map(|change| change.differences.iter().map(|one| one.about).collect())
            .unwrap_or_default()
    }

    #[test]
    fn the_first_day_of_a_version_is_already_the_new_one_and_the_day_before_is_not() {
        assert_eq!(salary().change(date(2025, 1, 1), date(2026, 6, 30)), None);
        assert_eq!(about(date(2026, 6, 30), date(2026, 7, 1)), ["citation", "condition"]);
    }

    #[test]
    fn a_confirmation_that_fell_due_in_between_is_a_change_of_the_same_version() {
        assert_eq!(about(date(2026, 9, 30), date(2026, 10, 1)), ["review"]);
        assert_eq!(salary().change(date(2026, 10, 1), date(2026, 12, 31)), None);
        assert_eq!(about(date(2026, 6, 1), date(2026, 10, 1)), ["citation", "condition", "review"]);
    }

    #[test]
    fn a_rule_that_began_or_ran_out_shows_all_it_says_on_one_side() {
        let ended = salary().change(date(2027, 12, 31), date(2028, 1, 1)).expect("it ran out");
        assert!(ended.after.is_none() && ended.differences.iter().all(|one| one.after.is_none()));
        let begun = salary().change(date(2023, 12, 31), date(2024, 1, 1)).expect("it began");
        assert!(begun.before.is_none() && begun.differences.iter().all(|one| one.before.is_none()));
        assert_eq!(salary().change(date(2020, 1, 1), date(2021, 1, 1)), None);
    }
}
