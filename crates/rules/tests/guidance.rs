//! Guidance of the ministry or the province: it narrows what the law allows, and never widens it.

mod shipped;

use jiff::civil::{Date, date};
use rules::{Adoption, AwardCode, Facts, GuardVerdict, Question, RuleBook, Verdict};
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

const LEAST: &str = r#"
subject = "guidance"
id = "tieu_chi.diem"
title_vi = "Điểm tối thiểu từng tiêu chí (ví dụ trong kiểm thử)"
awards = ["bk_tinh"]
recipients = ["person"]

[[version]]
from = 2026-01-01
instrument = "L22"
citation = "Quy chế xét khen thưởng theo Luật 06/2022/QH15 (ví dụ trong kiểm thử)"
confidence = "text"
status = "local_rule_needed"
template = "diem-tieu-chi"

[[version.condition]]
kind = "criterion_score"
min = "80"

[[version.condition]]
kind = "criterion_score"
criterion = "Cải cách hành chính"
min = "15"
"#;

const LEAST_CASES: &str = r#"
rule = "tieu_chi.diem"
[facts]
recipient = { kind = "person" }
criteria = [
  { criterion = "Chuyên môn", year = 2025, points = "75" },
  { criterion = "Cải cách hành chính", year = 2025, points = "15" },
]
[[case]]
name = "tổng cao, tiêu chí đúng mức tối thiểu"
on = 2026-09-30
adopted = 2026-09-01
expect = "met"
[[case]]
name = "tổng cao, một tiêu chí dưới mức tối thiểu"
on = 2026-09-30
adopted = 2026-09-01
expect = "not_met"
facts.criteria = [
  { criterion = "Chuyên môn", year = 2025, points = "85" },
  { criterion = "Cải cách hành chính", year = 2025, points = "14.5" },
]
[[case]]
name = "tổng dưới mức tối thiểu"
on = 2026-09-30
adopted = 2026-09-01
expect = "not_met"
facts.criteria = [
  { criterion = "Chuyên môn", year = 2025, points = "64.9999" },
  { criterion = "Cải cách hành chính", year = 2025, points = "15" },
]
[[case]]
name = "tiêu chí chưa chấm thì chưa biết, không phải không điểm"
on = 2026-09-30
adopted = 2026-09-01
expect = "unknown"
facts.criteria = [ { criterion = "Chuyên môn", year = 2025, points = "95" } ]
[[case]]
name = "điểm của năm kia không tính"
on = 2026-09-30
adopted = 2026-09-01
expect = "unknown"
facts.criteria = [
  { criterion = "Chuyên môn", year = 2024, points = "95" },
  { criterion = "Cải cách hành chính", year = 2024, points = "20" },
]
[[case]]
name = "chưa chấm gì"
on = 2026-09-30
adopted = 2026-09-01
expect = "unknown"
without = ["criteria"]
[[case]]
name = "chưa được áp dụng"
on = 2026-09-30
expect = "met"
waits = true
"#;

#[test]
fn a_total_that_is_high_does_not_outweigh_one_criterion_below_its_least() {
    let mut files = shipped::files();
    files.push(("awards/tieu_chi.diem.rule.toml".to_owned(), LEAST.to_owned()));
    files.push(("awards/tieu_chi.diem.cases.toml".to_owned(), LEAST_CASES.to_owned()));
    let book = RuleBook::from_files(files).unwrap_or_else(|faults| panic!("{}", shipped::lines(&faults)));
    let report = book.run_cases();
    assert!(report.failures.is_empty(), "{:?}", report.failures);
    let mut facts = chosen(&json!([]));
    facts.criteria = serde_json::from_value(json!([
        {"criterion": "Chuyên môn", "year": 2025, "points": "84"},
        {"criterion": "Cải cách hành chính", "year": 2025, "points": "14"},
    ]))
    .expect("criteria of the contract");
    let adopted = [Adoption {
        template: "diem-tieu-chi".to_owned(),
        document: "Quy chế 12/QC-VPUB".to_owned(),
        by: "Lò Thị Mai".to_owned(),
        on: date(2026, 9, 1),
    }];
    let ask = |adopted: &[Adoption]| {
        let question = Question { awards: &[AwardCode::BkTinh], adopted, ..Question::about(&facts, ON) };
        book.evaluate(&question).results.remove(0)
    };
    let silent = ask(&[]);
    assert_eq!(silent.verdict, Verdict::Eligible, "a limit that the office has not made its own limits nobody");
    let refused = ask(&adopted);
    assert_eq!(refused.verdict, Verdict::NotEligible);
    let guard = refused.blocking().next().expect("the overlay");
    assert_eq!(guard.id, "tieu_chi.diem");
    let reason = guard.reason.as_deref().expect("a reason");
    assert_eq!(reason, "Năm 2025 điểm tiêu chí Cải cách hành chính là 14, cần ít nhất 15");
    assert_eq!(guard.records, ["criteria[0]", "criteria[1]", "criteria[1]"]);
}

#[test]
fn points_that_are_no_number_and_a_criterion_scored_twice_are_refused() {
    let said = |criteria: Value| {
        let facts = json!({"recipient": {"kind": "person"}, "criteria": criteria});
        Facts::parse(&facts.to_string()).expect_err("a fault").what
    };
    let no_number = said(json!([{"criterion": "K1", "year": 2025, "points": "8,5"}]));
    assert!(no_number.contains("8,5") && no_number.contains("thập phân"), "{no_number}");
    let twice = said(json!([
        {"criterion": "K1", "year": 2025, "points": "8"}, {"criterion": "K1", "year": 2025, "points": "9"},
    ]));
    assert!(twice.contains("K1") && twice.contains("2025"), "{twice}");
}
