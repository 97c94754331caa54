//! A number, a day, a yes or a word changed in a pack, or a condition left out, fails a case of that rule, or
//! the check speaks.

mod shipped;

use jiff::civil::date;
use rules::facts::{
    ContributionField, DisciplineLevel, HoldKind, ImpactMode, LauncherLevel, Organiser, RatingLevel, Selection, Stage,
};
use rules::{AwardCode, AwardType, Denominator, Group, RecipientKind, RuleBook, Severity};
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

/// Every place of a rule where something decides, outside in; what nobody has read decides nothing.
fn places(value: &Value, here: &Place, found: &mut Vec<Place>) {
    if !here.is_empty() {
        found.push(here.clone());
    }
    let there = |step: Step| here.iter().cloned().chain([step]).collect();
    match value {
        Value::Table(table) => {
            let unread = table.get("status").is_some_and(|status| status.as_str() == Some("needs_text"));
            let decides = |key: &str| !(WORDS.contains(&key) || unread && key == "condition");
            for (key, inner) in table.iter().filter(|(key, _)| decides(key)) {
                places(inner, &there(Step::Key(key.clone())), found);
            }
        }
        Value::Array(list) => {
            for (at, inner) in list.iter().enumerate() {
                places(inner, &there(Step::At(at)), found);
            }
        }
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

/// The rule with the change made; none where the place holds nothing to change.
type Change = fn(&Value, &[Step]) -> Vec<Value>;

fn with(rule: &Value, place: &[Step], change: impl FnOnce(&mut Value)) -> Value {
    let mut mutant = rule.clone();
    change(at(&mut mutant, place));
    mutant
}

fn another_number_or_day(rule: &Value, place: &[Step]) -> Vec<Value> {
    match at(&mut rule.clone(), place) {
        Value::Integer(_) | Value::Datetime(_) => vec![with(rule, place, flip)],
        _ => Vec::new(),
    }
}

/// A yes for a no.
fn the_opposite(rule: &Value, place: &[Step]) -> Vec<Value> {
    match at(&mut rule.clone(), place) {
        Value::Boolean(yes) => vec![with(rule, place, |value| *value = Value::Boolean(!*yes))],
        _ => Vec::new(),
    }
}

/// One condition, one word of a list or one key less.
fn one_less(rule: &Value, place: &[Step]) -> Vec<Value> {
    let Some((last, above)) = place.split_last() else { return Vec::new() };
    let less = with(rule, above, |value| match (last, value) {
        (Step::At(at), Value::Array(list)) => drop(list.remove(*at)),
        (Step::Key(key), Value::Table(table)) => drop(table.remove(key)),
        _ => {}
    });
    vec![less]
}

/// What could be changed without anybody noticing, beside the number of changes that were tried.
fn unnoticed(change: Change) -> (usize, Vec<String>) {
    let files = shipped::files();
    let rule_files = files.iter().filter(|(path, _)| path.ends_with(".rule.toml"));
    let rules: Vec<(String, Value)> =
        rule_files.map(|(path, text)| (path.clone(), toml::from_str(text).expect("a rule that ships"))).collect();
    let (mut tried, mut survivors) = (0, Vec::new());
    for (path, rule) in &rules {
        let name = path.rsplit('/').next().expect("a name");
        let id = name.trim_end_matches(".rule.toml");
        let own = |other: &str| other.ends_with(&format!("/{id}.cases.toml"));
        let around: Vec<_> =
            files.iter().filter(|(other, _)| other != path && (own(other) || beside(path, other))).collect();
        let mut found = Vec::new();
        places(rule, &Vec::new(), &mut found);
        for place in found {
            for mutant in change(rule, &place) {
                tried += 1;
                let changed = (path.clone(), toml::to_string(&mutant).expect("toml"));
                let needed = around.iter().map(|file| (*file).clone()).chain([changed]);
                let Ok(book) = RuleBook::from_files(needed) else { continue };
                let faults = book.check(date(2026, 8, 1));
                let seen_by_check = faults.iter().any(|fault| fault.file == *path && fault.severity == Severity::Fault);
                if !seen_by_check && book.run_cases().failures.is_empty() {
                    let said = at(&mut mutant.clone(), &place[..place.len() - 1]).to_string();
                    survivors.push(format!("{path}: {} → {said}", shown(&place)));
                }
            }
        }
    }
    (tried, survivors)
}

/// The words that may stand under a key, in lists whose order means something and in others.
fn vocabulary(key: &str) -> (Vec<&'static str>, bool) {
    fn codes<T: Copy>(all: &[T], code: fn(T) -> &'static str) -> Vec<&'static str> {
        all.iter().map(|one| code(*one)).collect()
    }
    match key {
        "min" | "level" => (codes(RatingLevel::ALL, RatingLevel::code), true),
        "from_level" => (codes(DisciplineLevel::ALL, DisciplineLevel::code), true),
        "quality" => (codes(Selection::ALL, Selection::code), true),
        // Of the scopes that reach equally far one stands for all: to change between them changes nothing.
        "scope" => (vec!["co_so", "linh_vuc_tinh", "tinh", "toan_quoc"], true),
        "launchers" => (codes(LauncherLevel::ALL, LauncherLevel::code), false),
        "stages" => (codes(Stage::ALL, Stage::code), false),
        "modes" => (codes(ImpactMode::ALL, ImpactMode::code), false),
        "fields" => (codes(ContributionField::ALL, ContributionField::code), false),
        "groups" => (codes(Group::ALL, Group::code), false),
        "recipient" | "recipients" => (codes(RecipientKind::ALL, RecipientKind::code), false),
        "award" | "awards" | "title" | "after_award" => (codes(&AwardCode::ALL, AwardCode::code), false),
        "type" | "excluded" | "applies_to" => (codes(AwardType::ALL, AwardType::code), false),
        "triggers" => (codes(HoldKind::ALL, HoldKind::code), false),
        "organiser" => (codes(Organiser::ALL, Organiser::code), false),
        "of" => (codes(Denominator::ALL, Denominator::code), false),
        "consequence" => (vec!["blocks", "warns"], false),
        "status" => (vec!["encodable", "needs_text", "local_rule_needed"], false),
        "instrument" => (vec!["L22", "ND98", "ND152"], false),
        _ => (Vec::new(), false),
    }
}

/// A word of a closed list for another: of levels the next one up and down, of others every one that does not
/// stand in the list yet.
fn another_word(rule: &Value, place: &[Step]) -> Vec<Value> {
    let Value::String(word) = at(&mut rule.clone(), place).clone() else { return Vec::new() };
    let key = place.iter().rev().find_map(|step| match step {
        Step::Key(key) => Some(key.as_str()),
        Step::At(_) => None,
    });
    let (all, ordered) = vocabulary(key.unwrap_or_default());
    let same = |one: &str| if matches!(one, "xa" | "linh_vuc_don_vi") { "co_so".to_owned() } else { one.to_owned() };
    // The type says what the award is called and which awards are no basis for it; where no standard asks for
    // an award held, no verdict rests on it.
    let asks_for_awards = ["prior_award", "after_award"].iter().any(|word| rule.to_string().contains(word));
    if key == Some("type") && !asks_for_awards {
        return Vec::new();
    }
    let Some(own) = all.iter().position(|one| *one == same(&word)) else { return Vec::new() };
    let siblings = match (place.last(), place.split_last()) {
        (Some(Step::At(_)), Some((_, above))) => at(&mut rule.clone(), above).as_array().cloned().unwrap_or_default(),
        _ => Vec::new(),
    };
    let others = all.iter().enumerate().filter(|(at, one)| {
        *at != own && (!ordered || at.abs_diff(own) == 1) && !siblings.iter().any(|other| other.as_str() == Some(**one))
    });
    others.map(|(_, one)| with(rule, place, |value| *value = Value::String((*one).to_owned()))).collect()
}

/// A multiple of money one tenth higher.
fn another_multiple(rule: &Value, place: &[Step]) -> Vec<Value> {
    let Some(Step::Key(key)) = place.last() else { return Vec::new() };
    match (key.as_str(), at(&mut rule.clone(), place).clone()) {
        ("multiple" | "household_factor", Value::String(text)) => {
            let higher: f64 = text.parse::<f64>().expect("a multiple that ships") + 0.1;
            vec![with(rule, place, |value| *value = Value::String(format!("{higher:.2}")))]
        }
        _ => Vec::new(),
    }
}

fn shown(place: &[Step]) -> String {
    let steps = place.iter().map(|step| match step {
        Step::Key(key) => key.clone(),
        Step::At(at) => at.to_string(),
    });
    steps.collect::<Vec<_>>().join(".")
}

#[test]
fn flipping_any_number_or_day_of_a_rule_is_noticed() {
    let (tried, survivors) = unnoticed(another_number_or_day);
    assert!(tried > 200, "{tried}");
    assert!(survivors.is_empty(), "{}", shipped::lines(&survivors));
}

#[test]
fn a_multiple_of_money_changed_is_noticed() {
    let (tried, survivors) = unnoticed(another_multiple);
    assert!(tried > 20, "{tried}");
    assert!(survivors.is_empty(), "{}", shipped::lines(&survivors));
}

#[test]
fn a_level_a_scope_or_a_code_changed_is_noticed() {
    let (tried, mut survivors) = unnoticed(another_word);
    survivors.retain(|survivor| !may_be_another_word(survivor));
    assert!(tried > 1_000, "{tried}");
    assert!(survivors.is_empty(), "{} of {tried}{}", survivors.len(), shipped::lines(&survivors));
}

#[test]
fn a_yes_turned_into_a_no_in_a_rule_is_noticed() {
    let (tried, survivors) = unnoticed(the_opposite);
    assert!(tried > 20, "{tried}");
    assert!(survivors.is_empty(), "{}", shipped::lines(&survivors));
}

/// Words that may be others unnoticed, each with the reason.
fn may_be_another_word(survivor: &str) -> bool {
    let (path, rest) = survivor.split_once(": ").unwrap_or_default();
    // Facts know no contribution, initiative or work of the reach `linh_vuc_tinh`; the two reach equally far.
    let as_far = rest.contains(".scope ") && rest.contains("tinh\"");
    // Cases count members; who is counted is held by the council's tests on both engines.
    let counted = path.starts_with("council/ballot.") && rest.contains(".ballot.of ");
    // A rule nobody could read answers unknown for each of its awards.
    let unread = path == "awards/hcld.cong_hien.rule.toml" && rest.starts_with("awards.");
    as_far || counted || unread || may_go(survivor)
}

/// What may be left out unnoticed, each with the reason.
fn may_go(survivor: &str) -> bool {
    let (path, rest) = survivor.split_once(": ").unwrap_or_default();
    // The cases of a checklist name the papers that must be there; an optional one blocks nobody.
    let optional_paper = path.starts_with("awards/dossier.") && rest.contains(".item.");
    // A rule nobody could read answers unknown for each of its recipients.
    let unread = [
        "bk_tinh.doanh_nghiep",
        "bk_ttg.doanh_nghiep",
        "giay_khen.doanh_nghiep",
        "hcld_1",
        "hcld_2",
        "hcld_3.doanh_nghiep",
    ];
    let unread = rest.starts_with("recipients.") && unread.iter().any(|name| path.contains(name));
    // The rating condition of this rule counts the years after the award, so it asks for the award again.
    let implied = path == "awards/hcld_3.ca_nhan.e.rule.toml" && rest.starts_with("version.0.condition.1");
    optional_paper || unread || implied
}

#[test]
fn a_condition_or_a_key_that_is_left_out_is_noticed() {
    let (tried, mut survivors) = unnoticed(one_less);
    survivors.retain(|survivor| !may_go(survivor));
    assert!(tried > 400, "{tried}");
    assert!(survivors.is_empty(), "{} of {tried}{}", survivors.len(), shipped::lines(&survivors));
}
