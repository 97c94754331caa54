//! Judging by columns gives the very verdict and reason of judging one by one, for everybody and every standard.

mod people;
mod shipped;

use std::sync::LazyLock;

use proptest::prelude::*;
use rules::{AwardCode, Brief, Facts, LawOfDay, PlanGate, RecipientKind, RuleBook, Verdict};
use serde_json::Value;

/// Conditions as the shipped packs do not join them: a choice among several windows, years in a row inside one,
/// another rating beside it, titles that lean on titles, points.
const JOINED: &[(&str, &str, &str)] = &[
    (
        "thu.cua_so",
        "cstdcs",
        r#"
[[version.condition]]
kind = "recipient_is"
groups = ["official", "worker"]
[[version.condition]]
kind = "prior_award"
award = "ldtt"
count = 2
consecutive = true
within = "rating_period"
[[version.condition]]
kind = "task_rating"
min = "good"
years = 2
min_years_at = { level = "excellent", years = 1 }
[[version.condition]]
kind = "any_of"
of = [
  { kind = "initiative", count = 2, scope = "co_so", replicable = true, within = "rating_period" },
  { kind = "science_work", count = 1, scope = "tinh", within = "rating_period" },
  { kind = "all_of", of = [{ kind = "prior_award", award = "cstdcs", count = 2, within = "rating_period" }, { kind = "internal_unity" }] },
]
[[version.condition]]
kind = "task_rating"
min = "done"
years = 3
to_nomination = true
"#,
    ),
    (
        "thu.sau_khen",
        "bk_tinh",
        r#"
[[version.condition]]
kind = "task_rating"
min = "done"
years = 1
after_award = "cstdcs"
[[version.condition]]
kind = "initiative"
count = 1
scope = "co_so"
within = "rating_period"
[[version.condition]]
kind = "meets_award_standard"
award = "cstdcs"
"#,
    ),
    (
        "thu.diem",
        "giay_khen",
        r#"
[[version.condition]]
kind = "criterion_score"
criterion = "K1"
min = "5"
[[version.condition]]
kind = "any_of"
of = [{ kind = "criterion_score", min = "12" }, { kind = "meets_award_standard", award = "giay_khen" }, { kind = "meets_award_standard", award = "bk_tinh" }]
[[version.condition]]
kind = "leads_movement"
launchers = ["tinh"]
thematic = true
min_years = 3
"#,
    ),
];

static BOOK: LazyLock<RuleBook> = LazyLock::new(|| {
    let mut files = shipped::files();
    for (id, award, conditions) in JOINED {
        let head = format!(
            "subject = \"standard\"\nid = \"{id}\"\ntitle_vi = \"Thử\"\nawards = [\"{award}\"]\nrecipients = [\"person\", \"household\"]\n\
             type = \"merit\"\n[[version]]\nfrom = 2024-01-01\ninstrument = \"L22\"\ncitation = \"Luật 06/2022/QH15 (ví dụ trong kiểm thử)\"\n\
             confidence = \"text\"\nstatus = \"encodable\"\n"
        );
        let cases = format!(
            "rule = \"{id}\"\n[facts]\nrecipient = {{ kind = \"person\" }}\n[[case]]\nname = \"không biết gì\"\non = 2026-09-30\nexpect = \"unknown\"\n"
        );
        files.push((format!("awards/{id}.rule.toml"), head + conditions));
        files.push((format!("awards/{id}.cases.toml"), cases));
    }
    RuleBook::from_files(files).unwrap_or_else(|faults| panic!("{}", shipped::lines(&faults)))
});

fn gate(occasion: Option<Option<String>>) -> Option<PlanGate> {
    let allowed = vec![AwardCode::BkTtg, AwardCode::GiayKhen, AwardCode::Cstdcs];
    occasion.map(|occasion| PlanGate { occasion, allowed, citation: "IV.3".into() })
}

/// Every standard and every award, by columns and one by one.
fn agree(law: &LawOfDay<'_>, briefs: &[Brief], gate: Option<&PlanGate>, facts: &[Facts]) -> Result<(), TestCaseError> {
    let columns = law.columns(briefs);
    let places: std::collections::BTreeSet<usize> =
        RecipientKind::ALL.iter().flat_map(|kind| law.places_for(*kind)).collect();
    for place in places {
        let column = law.judge_standard_in(&columns, place);
        for (person, brief) in briefs.iter().enumerate() {
            let one = law.judge_standard(place, brief);
            prop_assert_eq!(column.of(person), one, "standard {}, person {}: {:?}", place, person, facts[person]);
        }
    }
    for award in AwardCode::ALL {
        let column = law.judge_in(&columns, award, gate);
        let mut found =
            [Verdict::Eligible, Verdict::NotEligible, Verdict::Undetermined].map(|verdict| (verdict, vec![]));
        for (person, brief) in briefs.iter().enumerate() {
            let one = law.judge(brief, award, gate);
            prop_assert_eq!(column.of(person), one, "{}, person {}: {:?}", award, person, facts[person]);
            found.iter_mut().filter(|(verdict, _)| *verdict == one.verdict).for_each(|(_, who)| who.push(person));
        }
        for (verdict, who) in found {
            prop_assert_eq!(column.count(verdict), who.len());
            prop_assert_eq!(column.with(verdict).collect::<Vec<_>>(), who);
        }
    }
    Ok(())
}

proptest! {
    // A failing crowd is not made smaller: the message tells the person.
    #![proptest_config(ProptestConfig { max_shrink_iters: 0, failure_persistence: None, ..ProptestConfig::with_cases(2) })]

    #[test]
    fn everybody_is_judged_by_columns_as_one_by_one(
        crowd in prop::collection::vec(people::facts(), 1_030..1_100),
        people_first in any::<bool>(),
        papers in prop::collection::vec(any::<[bool; 3]>(), people::DAYS.len()),
        occasion in prop::option::of(prop::option::of(Just("so_ket".to_owned()))),
    ) {
        let parse = |facts: &Value| Facts::parse(&facts.to_string()).unwrap_or_else(|fault| panic!("{fault}: {facts}"));
        let mixed: Vec<Facts> = crowd.iter().map(parse).collect();
        let mut people_only = mixed.clone();
        people_only.iter_mut().for_each(|facts| facts.recipient.kind = RecipientKind::Person);
        let gate = gate(occasion);
        // Mostly all are of one kind; on every other day they are not.
        let crowds = if people_first { [&people_only, &mixed] } else { [&mixed, &people_only] };
        for ((on, facts), [adopt, confirm, suppose]) in people::DAYS.into_iter().zip(crowds.into_iter().cycle()).zip(papers) {
            let (adopted, confirmed) = people::papers(&BOOK, adopt, confirm, on);
            let law = BOOK.law_of(on, &adopted, &confirmed);
            let mut briefs: Vec<Brief> = facts.iter().map(|one| law.brief(one)).collect();
            if suppose {
                briefs.iter_mut().step_by(2).for_each(Brief::suppose_conduct);
            }
            agree(&law, &briefs, gate.as_ref(), facts)?;
        }
    }
}

#[test]
fn nobody_at_all_has_no_verdict() {
    let law = BOOK.law_of(people::DAYS[0], &[], &[]);
    let column = law.judge_in(&law.columns(&[]), AwardCode::BkTinh, None);
    assert_eq!((column.count(Verdict::Eligible), column.with(Verdict::NotEligible).count()), (0, 0));
}
