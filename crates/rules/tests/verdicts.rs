//! Verdicts of the packs that ship, as the contract prints them.

mod shipped;

use jiff::civil::{Date, date};
use rules::{
    Adoption, AwardCode, AwardResult, Confirmation, Facts, GuardVerdict, PlanGate, Question, RuleBook, Verdict,
};
use serde_json::json;

const BEFORE: Date = date(2026, 9, 30);
const AFTER: Date = date(2026, 10, 1);

/// A person with two merit titles in a row and nothing against them.
fn two_in_a_row() -> serde_json::Value {
    json!({
        "recipient": {"kind": "person", "groups": ["official"]},
        "good_standing": true,
        "ratings": [{"year": 2024, "level": "good"}, {"year": 2025, "level": "good"}],
        "awards": [
            {"award": "cstdcs", "year": 2024, "type": "merit", "decided_on": "2024-12-20"},
            {"award": "cstdcs", "year": 2025, "type": "merit", "decided_on": "2025-12-20"}
        ],
        "initiatives": [], "science_works": [], "impact": [], "contributions": [],
        "movement": {"launchers": [], "stage": "none", "selected": "none", "leads": false},
        "discipline": [], "holds": [], "achievements": [], "nominated_for": [], "attestations": []
    })
}

fn facts(value: &serde_json::Value) -> Facts {
    Facts::parse(&value.to_string()).expect("facts of the contract")
}

fn ask(book: &RuleBook, value: &serde_json::Value, award: AwardCode, on: Date) -> AwardResult {
    let facts = facts(value);
    let mut answer = book.evaluate(&Question { awards: &[award], ..Question::about(&facts, on) });
    answer.results.remove(0)
}

fn changed(key: &str, value: serde_json::Value) -> serde_json::Value {
    let mut facts = two_in_a_row();
    facts[key] = value;
    facts
}

#[test]
fn the_answer_has_the_keys_of_the_contract_and_no_others() {
    let result = ask(&shipped::book(), &two_in_a_row(), AwardCode::BkTinh, BEFORE);
    let json = serde_json::to_value(&result).expect("json");
    let keys = |value: &serde_json::Value| {
        let mut keys: Vec<_> = value.as_object().expect("an object").keys().cloned().collect();
        keys.sort();
        keys.join(" ")
    };
    assert_eq!(
        keys(&json),
        "award ballot bonus decided_by dossier guards review standards submitted_by verdict verdict_if_confirmed"
    );
    assert_eq!(keys(&json["review"]), "confirmed_by needed reason");
    assert_eq!(keys(&json["guards"][0]), "citation id reason records searched verdict");
    assert_eq!(keys(&json["standards"][0]), "citation conditions confidence id verdict");
    assert_eq!(keys(&json["standards"][0]["conditions"][0]), "found kind missing needed records text_vi verdict");
    assert_eq!(keys(&json["ballot"]), "citation needed of share");
    assert_eq!(keys(&json["dossier"][0]), "citation item");
    assert_eq!(keys(&json["bonus"]), "amount base citation multiple");
    assert_eq!(json["bonus"]["multiple"], "1.5");
    assert_eq!(json["bonus"]["base"], 2_530_000);
    assert_eq!(json["bonus"]["amount"], 3_800_000);
}

#[test]
fn two_titles_in_a_row_give_the_provincial_commendation_with_the_clause_and_the_records() {
    let result = ask(&shipped::book(), &two_in_a_row(), AwardCode::BkTinh, BEFORE);
    assert_eq!(result.verdict, Verdict::Eligible);
    assert_eq!(result.verdict_if_confirmed, Verdict::Eligible);
    assert!(!result.review.needed);
    let met: Vec<_> = result.met().collect();
    assert_eq!(met.len(), 1);
    assert_eq!(met[0].id, "bk_tinh.ca_nhan.d1");
    assert_eq!(met[0].citation, "Luật 06/2022/QH15 Điều 74 khoản 1 điểm d");
    let titles = &met[0].conditions[1];
    assert_eq!((titles.found.as_deref(), titles.needed.as_deref()), (Some("2"), Some("2")));
    assert_eq!(titles.records, ["awards[0]", "awards[1]"]);
}

#[test]
fn after_the_amended_law_an_unconfirmed_rule_gives_undetermined_and_says_what_it_would_be() {
    let book = shipped::book();
    let result = ask(&book, &two_in_a_row(), AwardCode::BkTinh, AFTER);
    assert_eq!(result.verdict, Verdict::Undetermined);
    assert_eq!(result.verdict_if_confirmed, Verdict::Eligible);
    assert!(result.review.needed);
    assert!(result.review.reason.expect("a reason").contains("06/2026/QH16"));
    assert!(result.review.waiting.iter().any(|waiting| waiting.rule == "bk_tinh.ca_nhan.d1"));
}

#[test]
fn a_confirmation_of_the_rule_and_version_makes_it_stand_again() {
    let (book, facts) = (shipped::book(), facts(&two_in_a_row()));
    let confirmation = |version: &str| Confirmation {
        rule: "bk_tinh.ca_nhan.d1".to_owned(),
        version: version.to_owned(),
        document: "115/VBHN-VPQH".to_owned(),
        by: "Nguyễn Thị Lan".to_owned(),
        on: AFTER,
    };
    let verdict = |confirmations: &[Confirmation]| {
        let question = Question { awards: &[AwardCode::BkTinh], confirmations, ..Question::about(&facts, AFTER) };
        let result = book.evaluate(&question).results.remove(0);
        (result.verdict, result.review.confirmed_by)
    };
    assert_eq!(verdict(&[confirmation("2024-01-01")]), (Verdict::Eligible, Some("Nguyễn Thị Lan".to_owned())));
    assert_eq!(verdict(&[confirmation("2023-01-01")]), (Verdict::Undetermined, None));
}

#[test]
fn a_title_that_leans_on_another_waits_for_both() {
    let (book, facts) = (
        shipped::book(),
        facts(&{
            let mut facts = changed("ratings", json!([{"year": 2025, "level": "excellent"}]));
            facts["attestations"] = json!([{"by": "Phòng Tổng hợp", "on": "2026-09-01",
                "text_vi": "tự lực, tự cường, đoàn kết, tương trợ, tích cực tham gia phong trào thi đua"}]);
            facts
        }),
    );
    let confirmation = |rule: &str| Confirmation {
        rule: rule.to_owned(),
        version: "2024-01-01".to_owned(),
        document: "115/VBHN-VPQH".to_owned(),
        by: "Nguyễn Thị Lan".to_owned(),
        on: AFTER,
    };
    let result = |confirmations: &[Confirmation]| {
        let question = Question { awards: &[AwardCode::Cstdcs], confirmations, ..Question::about(&facts, AFTER) };
        book.evaluate(&question).results.remove(0)
    };
    let one = result(&[confirmation("cstdcs")]);
    assert_eq!((one.verdict, one.verdict_if_confirmed), (Verdict::Undetermined, Verdict::Eligible));
    assert!(one.review.needed);
    assert_eq!(one.review.waiting[0].rule, "ldtt.cbccvc", "the rule that would settle it comes first");
    assert_eq!(result(&[confirmation("cstdcs"), confirmation("ldtt.cbccvc")]).verdict, Verdict::Eligible);
}

#[test]
fn a_hold_blocks_and_says_which_record() {
    let facts = changed("holds", json!([{"kind": "complaint", "from": "2026-05-01", "until": null}]));
    let result = ask(&shipped::book(), &facts, AwardCode::BkTinh, BEFORE);
    assert_eq!(result.verdict, Verdict::NotEligible);
    let hold = result.blocking().next().expect("a guard that blocks");
    assert_eq!((hold.id.as_str(), hold.records.as_slice()), ("hold", ["holds[0]".to_owned()].as_slice()));
}

#[test]
fn what_nobody_knows_of_holds_leaves_the_answer_open() {
    let mut facts = two_in_a_row();
    facts.as_object_mut().expect("an object").remove("holds");
    assert_eq!(ask(&shipped::book(), &facts, AwardCode::BkTinh, BEFORE).verdict, Verdict::Undetermined);
}

#[test]
fn achievements_before_the_end_of_a_discipline_do_not_count() {
    let facts = changed("discipline", json!([{"level": "khien_trach", "from": "2025-02-01", "until": "2026-02-01"}]));
    assert_eq!(ask(&shipped::book(), &facts, AwardCode::BkTinh, BEFORE).verdict, Verdict::NotEligible);
}

#[test]
fn a_form_that_the_law_does_not_give_to_the_recipient_is_refused_with_the_clause() {
    let result = ask(&shipped::book(), &two_in_a_row(), AwardCode::CoTinh, BEFORE);
    assert_eq!(result.verdict, Verdict::NotEligible);
    let guard = result.blocking().next().expect("a guard that blocks");
    assert_eq!(guard.id, "recipient");
    assert!(guard.citation.contains("Luật 06/2022/QH15"));
}

#[test]
fn the_plan_says_its_own_no_with_its_own_clause() {
    let (book, facts) = (shipped::book(), facts(&two_in_a_row()));
    let gate = |occasion: Option<&str>, allowed: &[AwardCode]| PlanGate {
        occasion: occasion.map(str::to_owned),
        allowed: allowed.to_vec(),
        citation: "Kế hoạch, mục IV.3.a".to_owned(),
    };
    let verdict = |gate: &PlanGate| {
        let question =
            Question { awards: &[AwardCode::BkTinh], plan_gate: Some(gate), ..Question::about(&facts, BEFORE) };
        book.evaluate(&question).results.remove(0)
    };
    let refused = verdict(&gate(Some("hằng năm"), &[AwardCode::GiayKhen]));
    assert_eq!((refused.verdict, refused.verdict_if_confirmed), (Verdict::NotEligible, Verdict::NotEligible));
    let blocking: Vec<_> = refused.blocking().map(|guard| (guard.id.as_str(), guard.citation.as_str())).collect();
    assert_eq!(blocking, [("plan", "Kế hoạch, mục IV.3.a")]);
    assert_eq!(verdict(&gate(Some("sơ kết"), &[AwardCode::BkTinh])).verdict, Verdict::Eligible);
    assert_eq!(verdict(&gate(None, &[AwardCode::BkTinh])).verdict, Verdict::Undetermined);
}

#[test]
fn a_template_counts_only_from_the_day_the_office_adopted_it() {
    let (book, facts) = (
        shipped::book(),
        facts(&changed(
            "movement",
            json!({"launchers": [{"level": "van_phong", "from": "2026-05-14"}], "stage": "annual", "selected": "selected", "leads": false}),
        )),
    );
    let verdict = |on: Date, adopted: &[Adoption]| {
        let question = Question { awards: &[AwardCode::GiayKhen], adopted, ..Question::about(&facts, on) };
        let result = book.evaluate(&question).results.remove(0);
        (result.verdict, result.verdict_if_confirmed, result.review.needed)
    };
    let adoption = |on: Date| Adoption {
        template: "giay_khen.bac_ninh".to_owned(),
        document: "Quyết định 12/QĐ-VPUB".to_owned(),
        by: "Chánh Văn phòng".to_owned(),
        on,
    };
    assert_eq!(verdict(BEFORE, &[]), (Verdict::Undetermined, Verdict::Eligible, true));
    assert_eq!(verdict(BEFORE, &[adoption(BEFORE)]), (Verdict::Eligible, Verdict::Eligible, false));
    assert_eq!(verdict(BEFORE, &[adoption(AFTER)]).0, Verdict::Undetermined);
    assert_eq!(verdict(AFTER, &[adoption(BEFORE)]).0, Verdict::Undetermined, "the amended law asks again");
    assert_eq!(verdict(AFTER, &[adoption(AFTER)]).0, Verdict::Eligible);
}

#[test]
fn nothing_passes_silently_after_the_decree_of_the_guards_has_ended() {
    let (book, facts) = (shipped::book(), facts(&two_in_a_row()));
    let confirmation = |rule: &str, version: &str, on: Date| Confirmation {
        rule: rule.to_owned(),
        version: version.to_owned(),
        document: "115/VBHN-VPQH".to_owned(),
        by: "Nguyễn Thị Lan".to_owned(),
        on,
    };
    let standard = confirmation("bk_tinh.ca_nhan.d1", "2024-01-01", AFTER);
    let result = |on: Date, confirmations: &[Confirmation]| {
        let question = Question { awards: &[AwardCode::BkTinh], confirmations, ..Question::about(&facts, on) };
        book.evaluate(&question).results.remove(0)
    };
    let (last, gone) = (date(2027, 2, 28), date(2027, 3, 1));
    assert_eq!(result(last, std::slice::from_ref(&standard)).verdict, Verdict::Eligible);
    let after = result(gone, std::slice::from_ref(&standard));
    assert_eq!((after.verdict, after.verdict_if_confirmed), (Verdict::Undetermined, Verdict::Eligible));
    assert!(after.review.reason.expect("a reason").contains("152/2025"));
    assert_eq!(after.bonus, None);
    assert_eq!(after.ballot, None);
    let mut all = vec![standard];
    for guard in ["hold", "discipline", "thematic_basis"] {
        all.push(confirmation(guard, "2025-07-01", last));
    }
    assert_eq!(
        result(gone, &all).verdict,
        Verdict::Undetermined,
        "what was confirmed before the end says nothing after"
    );
    for one in &mut all {
        one.on = gone;
    }
    assert_eq!(result(gone, &all).verdict, Verdict::Eligible);
}

#[test]
fn an_order_whose_article_nobody_has_read_is_never_given() {
    let result = ask(&shipped::book(), &two_in_a_row(), AwardCode::Hcld2, BEFORE);
    assert_eq!((result.verdict, result.verdict_if_confirmed), (Verdict::Undetermined, Verdict::Undetermined));
    assert!(result.review.needed);
}

#[test]
fn a_day_that_no_rule_covers_is_undetermined() {
    let result = ask(&shipped::book(), &two_in_a_row(), AwardCode::BkTinh, date(2023, 12, 31));
    assert_eq!(result.verdict, Verdict::Undetermined);
    assert!(result.review.reason.expect("a reason").contains("31/12/2023"));
}

#[test]
fn a_statement_in_the_words_of_the_condition_settles_what_was_unknown() {
    let mut facts = two_in_a_row();
    facts.as_object_mut().expect("an object").remove("good_standing");
    let book = shipped::book();
    let open = ask(&book, &facts, AwardCode::BkTinh, BEFORE);
    assert_eq!(open.verdict, Verdict::Undetermined);
    let condition = &open.standards.iter().find(|one| one.id == "bk_tinh.ca_nhan.d1").expect("d1").conditions[0];
    facts["attestations"] = json!([{"text_vi": condition.text_vi, "by": "Chi ủy", "on": "2026-09-01"}]);
    assert_eq!(ask(&book, &facts, AwardCode::BkTinh, BEFORE).verdict, Verdict::Eligible);
}

#[test]
fn without_an_award_named_all_fourteen_are_answered() {
    let facts = facts(&two_in_a_row());
    let answer = shipped::book().evaluate(&Question::about(&facts, BEFORE));
    let awards: Vec<_> = answer.results.iter().map(|result| result.award).collect();
    assert_eq!(awards, AwardCode::ALL);
}

#[test]
fn an_answer_is_read_back_as_it_was_written() {
    let facts = facts(&two_in_a_row());
    let answer = shipped::book().evaluate(&Question::about(&facts, BEFORE));
    let text = serde_json::to_string(&answer).expect("json");
    let back: rules::Answer = serde_json::from_str(&text).expect("an answer");
    assert_eq!(serde_json::to_string(&back).expect("json"), text);
}

#[test]
fn a_guard_that_is_clear_says_which_register_was_searched() {
    let result = ask(&shipped::book(), &two_in_a_row(), AwardCode::BkTinh, BEFORE);
    let hold = result.guards.iter().find(|guard| guard.id == "hold").expect("the guard");
    assert_eq!(hold.verdict, GuardVerdict::Clear);
    assert_eq!(hold.searched, ["holds"], "known to be none: the register itself");
    let ended = changed("holds", json!([{"kind": "complaint", "from": "2025-05-01", "until": "2025-06-01"}]));
    let result = ask(&shipped::book(), &ended, AwardCode::BkTinh, BEFORE);
    let hold = result.guards.iter().find(|guard| guard.id == "hold").expect("the guard");
    assert_eq!((hold.verdict, hold.searched.as_slice()), (GuardVerdict::Clear, ["holds[0]".to_owned()].as_slice()));
}

#[test]
fn a_rating_that_is_too_low_is_named_too() {
    let poor = changed("ratings", json!([{"year": 2025, "level": "done"}]));
    let result = ask(&shipped::book(), &poor, AwardCode::Cstdcs, BEFORE);
    let mut all: Vec<_> = result.standards.iter().flat_map(|one| &one.conditions).collect();
    let mut ratings = Vec::new();
    while let Some(one) = all.pop() {
        all.extend(&one.of);
        ratings.extend((one.kind == "task_rating").then_some(one));
    }
    assert!(!ratings.is_empty());
    assert!(ratings.iter().all(|one| one.records == ["ratings[0]"]), "{ratings:?}");
}

/// The conditions that are not made of others, with the answers' parts.
fn leaves(results: &[AwardResult]) -> Vec<&rules::ConditionResult> {
    let mut open: Vec<_> =
        results.iter().flat_map(|one| &one.standards).flat_map(|standard| &standard.conditions).collect();
    let mut found = Vec::new();
    while let Some(one) = open.pop() {
        open.extend(&one.of);
        found.extend(one.of.is_empty().then_some(one));
    }
    found
}

#[test]
fn what_asks_for_a_statement_is_what_a_statement_settles() {
    let book = shipped::book();
    let (mut asked, mut kinds) = (0, std::collections::BTreeSet::new());
    for kind in ["person", "collective", "household", "enterprise", "cooperative"] {
        let nothing = facts(&json!({"recipient": {"kind": kind}}));
        let open = book.evaluate(&Question::about(&nothing, BEFORE)).results;
        let statements: Vec<_> = leaves(&open)
            .iter()
            .filter(|one| one.takes_statement())
            .map(|one| json!({"text_vi": one.text_vi, "by": "Chi ủy", "on": "2026-09-01"}))
            .collect();
        let signed = facts(&json!({"recipient": {"kind": kind}, "attestations": statements}));
        let settled = book.evaluate(&Question::about(&signed, BEFORE)).results;
        for one in leaves(&settled) {
            assert!(!one.takes_statement(), "{kind}: {} is still open: {}", one.kind, one.text_vi);
        }
        for one in leaves(&open).iter().filter(|one| one.takes_statement()) {
            asked += 1;
            kinds.insert(one.kind.clone());
        }
    }
    assert!(asked > 0);
    for kind in ["attest", "good_standing", "internal_unity", "contribution", "impact", "task_rating"] {
        assert!(kinds.contains(kind), "{kind}: {kinds:?}");
    }
    assert!(!kinds.contains("needs_text"), "what nobody has read no statement settles");
}
