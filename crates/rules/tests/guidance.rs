//! Guidance of the ministry or the province: it narrows what the law allows, and never widens it.

mod shipped;

use jiff::civil::{Date, date};
use rules::{AwardCode, Facts, GuardVerdict, Question, RuleBook, Verdict};
use serde_json::{Value, json};

const ON: Date = date(2026, 9, 30);

const GUIDANCE: &str = r#"
subject = "guidance"
id = "huong_dan.so_ket"
title_vi = "Hướng dẫn khen thưởng sơ kết"
awards = ["bk_tinh"]
recipients = ["person"]

[[version]]
from = 2026-01-01
until = 2026-12-01
instrument = "L22"
citation = "Hướng dẫn thi hành Luật 06/2022/QH15 (ví dụ trong kiểm thử)"
confidence = "text"
status = "encodable"

[[version.condition]]
kind = "initiative"
count = 1
scope = "tinh"
"#;

const CASES: &str = r#"
rule = "huong_dan.so_ket"
[facts]
recipient = { kind = "person" }
initiatives = []
[[case]]
name = "không có sáng kiến cấp tỉnh thì chặn"
on = 2026-09-30
expect = "not_met"
"#;

fn book() -> RuleBook {
    let mut files = shipped::files();
    files.push(("awards/huong_dan.so_ket.rule.toml".to_owned(), GUIDANCE.to_owned()));
    files.push(("awards/huong_dan.so_ket.cases.toml".to_owned(), CASES.to_owned()));
    RuleBook::from_files(files).unwrap_or_else(|faults| panic!("{}", shipped::lines(&faults)))
}

fn chosen(initiatives: &Value) -> Facts {
    let facts = json!({
        "recipient": {"kind": "person", "groups": ["official"]}, "good_standing": true, "ratings": [], "awards": [],
        "initiatives": initiatives,
        "movement": {"launchers": [{"level": "tinh", "from": "2026-05-14"}], "stage": "so_ket", "selected": "excellent"},
        "discipline": [], "holds": [], "achievements": [], "nominated_for": []
    });
    Facts::parse(&facts.to_string()).expect("facts of the contract")
}

fn verdict(facts: &Facts, award: AwardCode, on: Date) -> (Verdict, Option<GuardVerdict>) {
    let mut answer = book().evaluate(&Question { awards: &[award], ..Question::about(facts, on) });
    let result = answer.results.remove(0);
    (result.verdict, result.guards.iter().find(|guard| guard.id == "huong_dan.so_ket").map(|guard| guard.verdict))
}

#[test]
fn what_the_guidance_does_not_find_stands_in_the_way() {
    let none = chosen(&json!([]));
    assert_eq!(verdict(&none, AwardCode::BkTinh, ON), (Verdict::NotEligible, Some(GuardVerdict::Blocked)));
    let one = json!([{"id": "SK-1", "recognised_on": "2026-06-01", "scope": "tinh", "used_for": []}]);
    assert_eq!(verdict(&chosen(&one), AwardCode::BkTinh, ON), (Verdict::Eligible, Some(GuardVerdict::Clear)));
    let unclear = json!([{"id": "SK-1", "recognised_on": "2026-06-01", "scope": "tinh"}]);
    assert_eq!(verdict(&chosen(&unclear), AwardCode::BkTinh, ON), (Verdict::Undetermined, Some(GuardVerdict::Unknown)));
}

#[test]
fn guidance_makes_nobody_eligible_whom_the_law_refuses() {
    let mut facts = chosen(&json!([{"id": "SK-1", "recognised_on": "2026-06-01", "scope": "tinh", "used_for": []}]));
    facts.good_standing = Some(false);
    let (verdict, _) = verdict(&facts, AwardCode::BkTtg, ON);
    assert_ne!(verdict, Verdict::Eligible);
}

#[test]
fn guidance_is_silent_outside_its_days_and_about_other_awards() {
    let facts = chosen(&json!([]));
    assert_eq!(verdict(&facts, AwardCode::BkTinh, date(2025, 12, 31)).1, None);
    assert_eq!(verdict(&facts, AwardCode::BkTinh, date(2026, 11, 30)).1, Some(GuardVerdict::Blocked));
    assert_eq!(verdict(&facts, AwardCode::BkTinh, date(2026, 12, 1)).1, None);
    assert!(book().check(date(2026, 8, 1)).is_empty(), "lapsed guidance is no fault");
    assert_eq!(verdict(&facts, AwardCode::BkTtg, ON).1, None);
}

#[test]
fn the_cases_of_guidance_run_like_those_of_the_law() {
    let report = book().run_cases();
    assert!(report.failures.is_empty(), "{:?}", report.failures);
}
