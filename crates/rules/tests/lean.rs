//! Judging without words gives the very verdicts of the explanation, for every award on whatever facts.

mod people;
mod shipped;

use std::sync::LazyLock;

use jiff::civil::date;
use proptest::prelude::*;
use rules::{AwardCode, By, Facts, Finding, PlanGate, RuleBook, Verdict};
use serde_json::{Value, json};

static BOOK: LazyLock<RuleBook> = LazyLock::new(shipped::book);

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn a_verdict_without_words_is_the_verdict_of_the_explanation(
        facts in people::facts(),
        on in prop::sample::select(people::DAYS.to_vec()),
        adopt in any::<bool>(), confirm in any::<bool>(),
        gate in prop::option::of(prop::option::of(Just("so_ket".to_owned()))),
    ) {
        let facts = Facts::parse(&facts.to_string()).unwrap_or_else(|fault| panic!("{fault}: {facts}"));
        let (adopted, confirmed) = people::papers(&BOOK, adopt, confirm, on);
        let gate = gate.map(|occasion| PlanGate { occasion, allowed: vec![AwardCode::BkTtg, AwardCode::GiayKhen, AwardCode::Cstdcs], citation: "IV.3".into() });
        let law = BOOK.law_of(on, &adopted, &confirmed);
        let brief = law.brief(&facts);
        for full in law.explain(&facts, &[], gate.as_ref()).results {
            let short = law.judge(&brief, full.award, gate.as_ref());
            prop_assert_eq!((short.verdict, short.if_confirmed), (full.verdict, full.verdict_if_confirmed), "{} {:?}", full.award, facts);
            // What is said to have decided is in the explanation, and says the same.
            if let By::Standard(_, clause) = short.by {
                let id = law.rule_of(short.by).expect("a rule");
                let standard = full.standards.iter().find(|one| one.id == id).expect("the standard that decided");
                if let Some(condition) = standard.conditions.get(usize::from(clause)) {
                    prop_assert!(standard.verdict == Finding::Met || condition.verdict != Finding::Met, "{} {}", full.award, id);
                }
            }
            // The parts of an explanation agree with the whole.
            for standard in &full.standards {
                let all = standard.conditions.iter().fold(Finding::Met, |all, one| all.and(one.verdict));
                let unread = all == Finding::Unknown || standard.verdict == Finding::Unknown;
                prop_assert!(all == standard.verdict || unread, "{}", standard.id);
                for condition in standard.conditions.iter().filter(|one| !one.of.is_empty() && one.kind != "meets_award_standard") {
                    let (start, join): (Finding, fn(Finding, Finding) -> Finding) =
                        if condition.kind == "any_of" { (Finding::NotMet, Finding::or) } else { (Finding::Met, Finding::and) };
                    prop_assert_eq!(condition.of.iter().fold(start, |all, one| join(all, one.verdict)), condition.verdict);
                }
            }
        }
    }
}

#[test]
fn what_decided_is_told_by_its_rule_and_condition() {
    let person = json!({
        "recipient": {"kind": "person", "groups": ["official"], "leader": false}, "good_standing": true,
        "ratings": [], "awards": [
            {"award": "cstdcs", "year": 2024, "type": "merit", "decided_on": "2024-12-20"},
            {"award": "cstdcs", "year": 2025, "type": "merit", "decided_on": "2025-12-20"}],
        "initiatives": [], "science_works": [], "impact": [], "contributions": [], "movement": {"selected": "none"},
        "discipline": [], "holds": [], "achievements": [], "nominated_for": []
    });
    let law = BOOK.law_of(date(2026, 9, 30), &[], &[]);
    let judge = |change: &dyn Fn(&mut Value), award, gate: Option<&PlanGate>| {
        let mut facts = person.clone();
        change(&mut facts);
        let facts = Facts::parse(&facts.to_string()).expect("facts of the contract");
        let judged = law.judge(&law.brief(&facts), award, gate);
        (judged.verdict, law.rule_of(judged.by), judged.by)
    };
    let (verdict, rule, _) = judge(&|_| (), AwardCode::BkTinh, None);
    assert_eq!((verdict, rule), (Verdict::Eligible, Some("bk_tinh.ca_nhan.d1")));
    let (verdict, _, by) = judge(&|facts| facts["good_standing"] = json!(false), AwardCode::BkTinh, None);
    assert!(matches!((verdict, by), (Verdict::NotEligible, By::Standard(_, 0))), "{by:?}");
    let held = |facts: &mut Value| facts["holds"] = json!([{"kind": "audit", "from": "2026-09-01"}]);
    let (verdict, rule, by) = judge(&held, AwardCode::BkTinh, None);
    assert!(matches!((verdict, rule, by), (Verdict::NotEligible, Some("hold"), By::Guard(_))), "{rule:?} {by:?}");
    let collective = |facts: &mut Value| facts["recipient"] = json!({"kind": "collective"});
    assert_eq!(judge(&collective, AwardCode::Ldtt, None), (Verdict::NotEligible, None, By::Recipient));
    let gate = PlanGate { occasion: Some("sơ kết".into()), allowed: vec![], citation: "IV.3".into() };
    assert_eq!(judge(&|_| (), AwardCode::BkTinh, Some(&gate)), (Verdict::NotEligible, None, By::Plan));
    let before_the_law = BOOK.law_of(date(2023, 12, 31), &[], &[]);
    let facts = Facts::parse(&person.to_string()).expect("facts of the contract");
    let judged = before_the_law.judge(&before_the_law.brief(&facts), AwardCode::BkTinh, None);
    assert_eq!((judged.verdict, judged.by), (Verdict::Undetermined, By::NoRule));
}
