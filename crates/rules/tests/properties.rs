//! What must hold of every answer, whatever the facts.

mod shipped;

use std::sync::LazyLock;

use jiff::civil::{Date, date};
use proptest::prelude::*;
use rules::{Answer, Facts, Question, RuleBook, Verdict};
use serde_json::{Value, json};

static BOOK: LazyLock<RuleBook> = LazyLock::new(shipped::book);
const ON: Date = date(2026, 9, 30);

fn answer(facts: &Value) -> Answer {
    let facts = Facts::parse(&facts.to_string()).expect("facts of the contract");
    BOOK.evaluate(&Question::about(&facts, ON))
}

fn verdicts(facts: &Value) -> Vec<Verdict> {
    answer(facts).results.iter().map(|result| result.verdict).collect()
}

fn pick(words: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    prop::sample::select(words)
}

prop_compose! {
    fn held()(
        award in pick(&["cstdcs", "cstdt", "bk_tinh", "bk_ttg", "ttldxs"]),
        year in 2016i16..=2026,
        kind in pick(&["merit", "thematic", "sudden"]),
    ) -> Value {
        json!({"award": award, "year": year, "type": kind, "decided_on": format!("{year}-08-20")})
    }
}

prop_compose! {
    fn initiative()(
        year in 2018i16..=2026,
        scope in pick(&["co_so", "tinh", "toan_quoc"]),
        replicable in any::<bool>(),
        used in pick(&["", "cstdcs/2024", "bk_tinh/2024"]),
    ) -> Value {
        let used: Vec<&str> = [used].into_iter().filter(|name| !name.is_empty()).collect();
        json!({"id": "SK", "recognised_on": format!("{year}-06-01"), "scope": scope, "replicable": replicable, "used_for": used})
    }
}

prop_compose! {
    fn person()(
        good in any::<bool>(),
        levels in prop::collection::vec(pick(&["excellent", "good", "done", "not_done"]), 0..8),
        awards in prop::collection::vec(held(), 0..7),
        initiatives in prop::collection::vec(initiative(), 0..4),
        selected in pick(&["none", "selected", "excellent", "outstanding"]),
        level in pick(&["van_phong", "tinh", "thu_tuong"]),
        held_up in any::<bool>(),
        group in pick(&["official", "worker", "farmer", "scientist"]),
        ended in prop::option::of(2020i16..=2026),
    ) -> Value {
        let ratings: Vec<Value> =
            levels.iter().zip((2018i16..=2025).rev()).map(|(level, year)| json!({"year": year, "level": level})).collect();
        let discipline: Vec<Value> = ended
            .map(|year| json!({"level": "khien_trach", "from": format!("{}-03-01", year - 1), "until": format!("{year}-03-01")}))
            .into_iter()
            .collect();
        let holds = if held_up { json!([{"kind": "audit", "from": "2026-09-01"}]) } else { json!([]) };
        json!({
            "recipient": {"kind": "person", "groups": [group]},
            "good_standing": good, "ratings": ratings, "awards": awards, "initiatives": initiatives,
            "science_works": [], "impact": [], "contributions": [],
            "movement": {"launchers": [{"level": level, "from": "2026-05-14", "thematic": true, "years_decided": 5}],
                         "stage": "tong_ket", "selected": selected, "leads": false},
            "discipline": discipline, "holds": holds, "achievements": [], "nominated_for": [],
            "attestations": [{"text_vi": "tự lực, tự cường, đoàn kết, tương trợ, tích cực tham gia phong trào thi đua",
                              "by": "đơn vị", "on": "2026-09-01"}]
        })
    }
}

/// How favourable a verdict is.
fn worth(verdict: Verdict) -> u8 {
    match verdict {
        Verdict::NotEligible => 0,
        Verdict::Undetermined => 1,
        Verdict::Eligible => 2,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_order_of_the_facts_changes_nothing(facts in person()) {
        let mut turned = facts.clone();
        for key in ["ratings", "awards", "initiatives"] {
            turned[key].as_array_mut().expect("a list").reverse();
        }
        prop_assert_eq!(verdicts(&facts), verdicts(&turned));
    }

    #[test]
    fn knowing_less_never_makes_anybody_eligible(facts in person(), at in 0usize..12) {
        let keys: Vec<String> = facts.as_object().expect("an object").keys().filter(|key| *key != "recipient").cloned().collect();
        let mut less = facts.clone();
        less.as_object_mut().expect("an object").remove(&keys[at % keys.len()]);
        for (before, after) in verdicts(&facts).into_iter().zip(verdicts(&less)) {
            prop_assert!(after != Verdict::Eligible || before == Verdict::Eligible, "{} {facts}", keys[at % keys.len()]);
        }
    }

    #[test]
    fn one_more_merit_title_never_takes_an_award_away(facts in person(), year in 2016i16..=2025) {
        let mut more = facts.clone();
        more["awards"].as_array_mut().expect("a list")
            .push(json!({"award": "cstdcs", "year": year, "type": "merit", "decided_on": format!("{year}-12-20")}));
        for (before, after) in verdicts(&facts).into_iter().zip(verdicts(&more)) {
            prop_assert!(worth(after) >= worth(before));
        }
    }

    #[test]
    fn a_fresh_initiative_of_the_widest_scope_never_takes_an_award_away(facts in person()) {
        let mut more = facts.clone();
        more["initiatives"].as_array_mut().expect("a list").push(json!(
            {"id": "SK-9", "recognised_on": "2025-06-01", "scope": "toan_quoc", "replicable": true, "used_for": []}
        ));
        for (before, after) in verdicts(&facts).into_iter().zip(verdicts(&more)) {
            prop_assert!(worth(after) >= worth(before));
        }
    }

    #[test]
    fn a_running_hold_stops_every_award(facts in person()) {
        let mut stopped = facts;
        stopped["holds"] = json!([{"kind": "press", "from": "2026-09-30", "until": null}]);
        prop_assert!(verdicts(&stopped).iter().all(|verdict| *verdict == Verdict::NotEligible));
    }

    #[test]
    fn every_no_and_every_open_answer_names_its_reason(facts in person()) {
        for result in answer(&facts).results {
            let told = result.blocking().any(|guard| guard.reason.is_some())
                || result.review.reason.is_some()
                || result.standards.iter().any(|one| one.conditions.iter().any(|condition| condition.missing.is_some()
                    || (condition.verdict != rules::Finding::Met && condition.found.is_some())));
            prop_assert!(result.verdict == Verdict::Eligible || told, "{}", result.award);
        }
    }

    #[test]
    fn an_answer_that_a_confirmation_would_change_says_which_rules_wait(facts in person()) {
        let facts = Facts::parse(&facts.to_string()).expect("facts of the contract");
        for on in [date(2026, 9, 30), date(2026, 10, 1), date(2027, 3, 1)] {
            for result in BOOK.evaluate(&Question::about(&facts, on)).results {
                prop_assert!(result.verdict == result.verdict_if_confirmed
                    || (result.verdict == Verdict::Undetermined && result.review.needed && !result.review.waiting.is_empty()));
            }
        }
    }
}
