//! What differs between the facts a verdict was frozen with and the facts of now; pure.

use rules::AwardCode;
use rules::facts::{Attestation, Facts};

use super::model::Ground;

/// The words for what the record does not tell.
pub const UNKNOWN: &str = "chưa biết";
/// The words for a list that is known to be empty.
pub const NONE: &str = "không có";

/// One fact that is not what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactChange {
    /// The list or key of the facts: `ratings`.
    pub fact: &'static str,
    /// The fact in words: `xếp loại năm 2025`.
    pub what: String,
    /// What it was; none when it was not there.
    pub before: Option<String>,
    /// What it is; none when it is there no more.
    pub after: Option<String>,
    /// Its place when it was frozen: `ratings[0]`.
    pub was_at: Option<String>,
    /// Its place now.
    pub is_at: Option<String>,
}

/// A list of facts: how its entries are told apart, named and read.
struct Listed<'a, T> {
    fact: &'static str,
    all: &'static str,
    key: &'a dyn Fn(&T) -> String,
    what: &'a dyn Fn(&T) -> String,
    value: &'a dyn Fn(&T) -> String,
}

/// All that differs, in the order of the facts.
#[must_use]
pub fn facts(before: &Facts, now: &Facts, name_of: &dyn Fn(AwardCode) -> String) -> Vec<FactChange> {
    let mut found = Vec::new();
    about(before, now, &mut found);
    let rated = |one: &rules::facts::Rating| one.level.name_vi().to_owned();
    let year = |one: &rules::facts::Rating| one.year.to_string();
    let of_own = |one: &rules::facts::Rating| format!("xếp loại năm {}", one.year);
    let own = Listed { fact: "ratings", all: "xếp loại hằng năm", key: &year, what: &of_own, value: &rated };
    own.compare(before.ratings.as_deref(), now.ratings.as_deref(), &mut found);
    let of_unit = |one: &rules::facts::Rating| format!("xếp loại năm {} của đơn vị phụ trách", one.year);
    let unit = Listed {
        fact: "unit_ratings",
        all: "xếp loại của đơn vị phụ trách",
        key: &year,
        what: &of_unit,
        value: &rated,
    };
    unit.compare(before.unit_ratings.as_deref(), now.unit_ratings.as_deref(), &mut found);
    awards(before, now, name_of, &mut found);
    obstacles(before, now, &mut found);
    works(before, now, &mut found);
    movement(before, now, &mut found);
    members(before, now, name_of, &mut found);
    attested(before, now, &mut found);
    found
}

impl<T: PartialEq> Listed<'_, T> {
    /// Pairs entries of one key in their order; what is left on either side was taken away or added.
    fn compare(&self, before: Option<&[T]>, now: Option<&[T]>, found: &mut Vec<FactChange>) {
        let state = |list: Option<&[T]>| match list {
            None => Some(UNKNOWN.to_owned()),
            Some([]) => Some(NONE.to_owned()),
            Some(_) => None,
        };
        if let (Some(was), Some(is)) = (state(before), state(now)) {
            if was != is {
                found.push(self.change(self.all.to_owned(), Some(was), Some(is), None, None));
            }
            return;
        }
        let (before, now) = (before.unwrap_or_default(), now.unwrap_or_default());
        let mut left: Vec<usize> = (0..now.len()).collect();
        let mut gone = Vec::new();
        // What is the same is taken out first, so that of two entries of one key only the changed one is told.
        for (was_at, was) in before.iter().enumerate() {
            match left.iter().position(|at| now[*at] == *was) {
                Some(at) => drop(left.remove(at)),
                None => gone.push((was_at, was)),
            }
        }
        for (was_at, was) in gone {
            let same = left.iter().position(|at| (self.key)(&now[*at]) == (self.key)(was));
            let is_at = same.map(|at| left.remove(at));
            let after = is_at.map(|at| (self.value)(&now[at]));
            found.push(self.change((self.what)(was), Some((self.value)(was)), after, Some(was_at), is_at));
        }
        for at in left {
            found.push(self.change((self.what)(&now[at]), None, Some((self.value)(&now[at])), None, Some(at)));
        }
    }

    fn change(
        &self,
        what: String,
        before: Option<String>,
        after: Option<String>,
        was_at: Option<usize>,
        is_at: Option<usize>,
    ) -> FactChange {
        let place = |at: Option<usize>| at.map(|at| format!("{}[{at}]", self.fact));
        FactChange { fact: self.fact, what, before, after, was_at: place(was_at), is_at: place(is_at) }
    }
}

fn single(found: &mut Vec<FactChange>, fact: &'static str, what: &str, before: Option<String>, after: Option<String>) {
    if before != after {
        let place = Some(fact.to_owned());
        let known = |value: Option<String>| Some(value.unwrap_or_else(|| UNKNOWN.to_owned()));
        found.push(FactChange {
            fact,
            what: what.to_owned(),
            before: known(before),
            after: known(after),
            was_at: place.clone(),
            is_at: place,
        });
    }
}

fn yes(told: bool) -> String {
    if told { "có" } else { "không" }.to_owned()
}

fn about(before: &Facts, now: &Facts, found: &mut Vec<FactChange>) {
    let (was, is) = (&before.recipient, &now.recipient);
    single(found, "recipient.name", "tên", was.name.clone(), is.name.clone());
    let groups = |groups: &Option<Vec<rules::Group>>| {
        groups.as_ref().map(|list| list.iter().map(|one| one.name_vi()).collect::<Vec<_>>().join(", "))
    };
    single(found, "recipient.groups", "nhóm cán bộ", groups(&was.groups), groups(&is.groups));
    single(found, "recipient.leader", "giữ chức vụ lãnh đạo", was.leader.map(yes), is.leader.map(yes));
    let kind = |kind: rules::RecipientKind| Some(kind.name_vi().to_owned());
    single(found, "recipient.kind", "loại đối tượng", kind(was.kind), kind(is.kind));
    single(found, "recipient.female", "giới tính nữ", was.female.map(yes), is.female.map(yes));
}

fn day(day: Option<jiff::civil::Date>) -> String {
    day.map_or_else(|| "chưa rõ ngày".to_owned(), kernel::numbers::short_date)
}

fn days(from: jiff::civil::Date, until: Option<jiff::civil::Date>) -> String {
    match until {
        Some(until) => format!("từ {} đến trước {}", day(Some(from)), day(Some(until))),
        None => format!("từ {}", day(Some(from))),
    }
}

fn awards(before: &Facts, now: &Facts, name_of: &dyn Fn(AwardCode) -> String, found: &mut Vec<FactChange>) {
    use rules::facts::{Achievement, HeldAward};
    let key = |one: &HeldAward| format!("{}/{}", one.award, one.year);
    let what = |one: &HeldAward| format!("{} năm {}", name_of(one.award), one.year);
    let value = |one: &HeldAward| {
        let kind = one.r#type.map_or(UNKNOWN, |kind| kind.name_vi());
        format!("quyết định ngày {}, khen {kind}", day(one.decided_on))
    };
    let list = Listed { fact: "awards", all: "khen thưởng đã nhận", key: &key, what: &what, value: &value };
    list.compare(before.awards.as_deref(), now.awards.as_deref(), found);
    let key = |one: &Achievement| one.id.clone();
    let what = |one: &Achievement| format!("thành tích {}", one.id);
    let value = |one: &Achievement| match one.rewarded_by.as_deref() {
        None => "chưa biết đã khen chưa".to_owned(),
        Some([]) => "chưa khen".to_owned(),
        Some(by) => format!("đã khen: {}", by.join(", ")),
    };
    let list = Listed { fact: "achievements", all: "thành tích", key: &key, what: &what, value: &value };
    list.compare(before.achievements.as_deref(), now.achievements.as_deref(), found);
    let joined = |list: &Option<Vec<String>>| list.as_ref().map(|list| list.join(", "));
    let (was, is) = (joined(&before.nominated_for), joined(&now.nominated_for));
    single(found, "nominated_for", "thành tích làm căn cứ", was, is);
}

fn obstacles(before: &Facts, now: &Facts, found: &mut Vec<FactChange>) {
    use rules::facts::{Discipline, Hold};
    let key = |one: &Discipline| format!("{}/{}", one.level.code(), one.from);
    let what = |one: &Discipline| format!("kỷ luật {}", one.level.name_vi());
    let value = |one: &Discipline| days(one.from, one.until);
    let list = Listed { fact: "discipline", all: "kỷ luật", key: &key, what: &what, value: &value };
    list.compare(before.discipline.as_deref(), now.discipline.as_deref(), found);
    let key = |one: &Hold| format!("{}/{}", one.kind.code(), one.from);
    let what = |one: &Hold| format!("tạm dừng xét: {}", one.kind.name_vi());
    let value = |one: &Hold| days(one.from, one.until);
    let list = Listed { fact: "holds", all: "tạm dừng xét", key: &key, what: &what, value: &value };
    list.compare(before.holds.as_deref(), now.holds.as_deref(), found);
}

fn works(before: &Facts, now: &Facts, found: &mut Vec<FactChange>) {
    use rules::facts::Initiative;
    let key = |one: &Initiative| one.id.clone();
    let what = |one: &Initiative| format!("sáng kiến {}", one.id);
    let value = |one: &Initiative| {
        let scope = one.scope.map_or(UNKNOWN, |scope| scope.name_vi());
        let used = one.used_for.as_deref().unwrap_or_default().join(", ");
        let used = if used.is_empty() { String::new() } else { format!(", đã dùng cho {used}") };
        format!("công nhận ngày {}, phạm vi {scope}{used}", day(one.recognised_on))
    };
    let list = Listed { fact: "initiatives", all: "sáng kiến", key: &key, what: &what, value: &value };
    list.compare(before.initiatives.as_deref(), now.initiatives.as_deref(), found);
}

fn movement(before: &Facts, now: &Facts, found: &mut Vec<FactChange>) {
    let (was, is) = (before.movement.clone().unwrap_or_default(), now.movement.clone().unwrap_or_default());
    let selected = |one: &rules::facts::Movement| one.selected.map(|selected| selected.name_vi().to_owned());
    single(found, "movement.selected", "kết quả bình xét phong trào", selected(&was), selected(&is));
    single(found, "movement.leads", "dẫn đầu phong trào", was.leads.map(yes), is.leads.map(yes));
    let launchers = |one: &rules::facts::Movement| {
        let days = |one: &rules::facts::Launcher| {
            let years = one.years_decided.map(|years| format!(", được xác định là {years} năm")).unwrap_or_default();
            format!(
                "{} {}{years}",
                one.level.name_vi(),
                one.from.map_or_else(String::new, |from| days(from, one.until))
            )
        };
        one.launchers.as_ref().map(|list| list.iter().map(days).collect::<Vec<_>>().join("; "))
    };
    single(found, "movement.launchers", "cấp phát động phong trào", launchers(&was), launchers(&is));
}

fn members(before: &Facts, now: &Facts, name_of: &dyn Fn(AwardCode) -> String, found: &mut Vec<FactChange>) {
    let (was, is) = (before.members.clone().unwrap_or_default(), now.members.clone().unwrap_or_default());
    let count = |count: Option<u32>| count.map(|count| count.to_string());
    single(found, "members.total", "số người của tập thể", count(was.total), count(is.total));
    let (completed, now_completed) = (count(was.completed), count(is.completed));
    single(found, "members.completed", "số người hoàn thành nhiệm vụ", completed, now_completed);
    let titles = |one: &rules::facts::Members| {
        let words = |(award, many): (&AwardCode, &u32)| format!("{many} {}", name_of(*award));
        one.titles.as_ref().map(|titles| titles.iter().map(words).collect::<Vec<_>>().join(", "))
    };
    single(found, "members.titles", "danh hiệu của các thành viên", titles(&was), titles(&is));
    let disciplined = |one: &rules::facts::Members| {
        one.disciplined.as_ref().map(|levels| match levels.len() {
            0 => NONE.to_owned(),
            _ => levels.iter().map(|level| level.name_vi()).collect::<Vec<_>>().join(", "),
        })
    };
    single(found, "members.disciplined", "kỷ luật trong tập thể", disciplined(&was), disciplined(&is));
}

/// Statements; what they settle is not told a second time.
fn attested(before: &Facts, now: &Facts, found: &mut Vec<FactChange>) {
    let key = |one: &Attestation| format!("{}/{}", one.text_vi, one.by);
    let what = |one: &Attestation| format!("xác nhận “{}”", one.text_vi);
    let value = |one: &Attestation| format!("{}, ngày {}", one.by, day(Some(one.on)));
    let list = Listed { fact: "attestations", all: "xác nhận", key: &key, what: &what, value: &value };
    let many = found.len();
    list.compare(
        Some(before.attestations.as_deref().unwrap_or_default()),
        Some(now.attestations.as_deref().unwrap_or_default()),
        found,
    );
    if found.len() == many {
        let (was, is) = (before.good_standing.map(yes), now.good_standing.map(yes));
        single(found, "good_standing", "gương mẫu chấp hành", was, is);
        let (was, is) = (before.internal_unity.map(yes), now.internal_unity.map(yes));
        single(found, "internal_unity", "nội bộ đoàn kết", was, is);
    }
}

/// A rule that does not stand as it stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroundChange {
    /// How it stood; none when it did not speak.
    pub before: Option<Ground>,
    /// How it stands; none when it speaks no more.
    pub after: Option<Ground>,
}

/// The rules whose version, words or standing differ. Nothing is told when nobody kept how they stood.
#[must_use]
pub fn grounds(before: &[Ground], now: &[Ground]) -> Vec<GroundChange> {
    if before.is_empty() {
        return Vec::new();
    }
    let same = |one: &Ground, other: &Ground| {
        one.rule == other.rule
            && one.version == other.version
            && one.digest == other.digest
            && one.state.is_relied_on() == other.state.is_relied_on()
    };
    let mut found: Vec<GroundChange> = Vec::new();
    for was in before {
        let is = now.iter().find(|one| one.rule == was.rule);
        if !is.is_some_and(|is| same(was, is)) {
            found.push(GroundChange { before: Some(was.clone()), after: is.cloned() });
        }
    }
    let added = now.iter().filter(|one| !before.iter().any(|was| was.rule == one.rule));
    found.extend(added.map(|one| GroundChange { before: None, after: Some(one.clone()) }));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(before: &str, now: &str, expected: &[(&str, Option<&str>, Option<&str>)]) {
        let read = |rest: &str| {
            Facts::parse(&format!(r#"{{"recipient":{{"kind":"person"}}{rest}}}"#)).expect("facts of the contract")
        };
        let found = facts(&read(before), &read(now), &|code| code.to_string());
        let found: Vec<_> =
            found.iter().map(|one| (one.what.as_str(), one.before.as_deref(), one.after.as_deref())).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_same_facts_differ_in_nothing() {
        let facts = r#","ratings":[{"year":2025,"level":"good"}],"awards":[]"#;
        check(facts, facts, &[]);
    }

    #[test]
    fn a_corrected_rating_is_told_with_both_levels() {
        check(
            r#","ratings":[{"year":2024,"level":"good"},{"year":2025,"level":"good"}]"#,
            r#","ratings":[{"year":2024,"level":"good"},{"year":2025,"level":"done"}]"#,
            &[("xếp loại năm 2025", Some("hoàn thành tốt nhiệm vụ"), Some("hoàn thành nhiệm vụ"))],
        );
    }

    #[test]
    fn not_known_and_known_to_be_none_are_two_things() {
        check("", r#","holds":[]"#, &[("tạm dừng xét", Some(UNKNOWN), Some(NONE))]);
        check(
            "",
            r#","ratings":[{"year":2025,"level":"good"}]"#,
            &[("xếp loại năm 2025", None, Some("hoàn thành tốt nhiệm vụ"))],
        );
    }

    #[test]
    fn of_two_awards_of_one_year_only_the_one_taken_away_is_told() {
        let first = r#"{"award":"giay_khen","year":2025,"decided_on":"2025-06-01"}"#;
        let second = r#"{"award":"giay_khen","year":2025,"decided_on":"2025-12-01"}"#;
        let list = |entries: &str| format!(r#","awards":[{entries}]"#);
        check(
            &list(&format!("{first},{second}")),
            &list(second),
            &[("giay_khen năm 2025", Some("quyết định ngày 01/06/2025, khen chưa biết"), None)],
        );
    }

    #[test]
    fn a_rule_that_waits_again_is_told_and_one_that_nobody_kept_is_not_guessed() {
        let ground = |state| Ground {
            rule: "r".to_owned(),
            title: "Quy tắc".to_owned(),
            version: "2024-01-01".to_owned(),
            citation: "Điều 1".to_owned(),
            template: None,
            state,
            digest: "00".to_owned(),
        };
        let (relied, waits) = (ground(rules::RuleState::Confirmed), ground(rules::RuleState::NeedsReview));
        assert_eq!(grounds(std::slice::from_ref(&relied), std::slice::from_ref(&relied)), []);
        assert_eq!(grounds(std::slice::from_ref(&relied), std::slice::from_ref(&waits)).len(), 1);
        assert_eq!(grounds(&[], &[waits]), []);
    }
}
