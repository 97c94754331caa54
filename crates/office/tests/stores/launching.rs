//! Who launched the movement: unknown while the plan leaves it open, counted as a document decides it.

use jiff::civil::date;
use kernel::{Date, Role};
use office::awards::eligibility::{self, Case};
use office::awards::launching::{self, LaunchedBy, NewLaunchDecision};
use office::awards::model::LaunchDecisionId;
use office::awards::whatif::{self, Asked};
use office::awards::{AwardsError, queries, reevaluation};
use office::organization::Recipient;
use office::records::service::enter_result;
use office::{Ctx, StoreError, ledger};
use rules::facts::{LauncherLevel, Selection, Stage};
use rules::{AwardResult, Finding};
use testkit::{TODAY, TestHouse, actor};

use super::awards::scene;

const DOCUMENT: &str = "Công văn 88/SNV-TĐKT của Sở Nội vụ (ví dụ của kiểm thử)";

fn by(level: LauncherLevel, years: Option<u16>) -> LaunchedBy {
    LaunchedBy { level, from: None, years }
}

fn decided(levels: Vec<LaunchedBy>) -> NewLaunchDecision {
    NewLaunchDecision { levels, document: DOCUMENT.to_owned(), decided_on: date(2026, 11, 20) }
}

fn asked(known_on: Option<Date>) -> Asked {
    Asked {
        stage: Stage::TongKet,
        every_form: true,
        suppose_conduct: false,
        on: TODAY,
        law_on: Some(date(2026, 9, 30)),
        known_on,
        unit: None,
        text: String::new(),
    }
}

/// A person and the unit, both said to be the best of the movement at its final review.
async fn best(house: &TestHouse) -> (Recipient, Recipient) {
    let unit = house.unit("KT", "Phòng Kinh tế").await;
    let (person, unit) = (Recipient::Person(house.staff("CB1", "Lò Thị Hoa", unit).await), Recipient::Unit(unit));
    for one in [person, unit] {
        let said = (Selection::Outstanding, true);
        enter_result(&house.program(), one, (Stage::TongKet, 2026), said, "Biên bản").await.expect("a result");
    }
    (person, unit)
}

async fn weighed(ctx: &Ctx<'_>, recipient: Recipient, known_on: Option<Date>) -> Vec<AwardResult> {
    whatif::one(ctx, &asked(known_on), recipient).await.expect("an answer").1
}

/// What is found of one condition of a standard.
fn finding(results: &[AwardResult], standard: &str, kind: &str) -> Finding {
    let standards = results.iter().flat_map(|result| &result.standards);
    let standard = standards.filter(|one| one.id == standard).flat_map(|one| &one.conditions);
    standard.filter(|one| one.kind == kind).map(|one| one.verdict).next().expect("the condition")
}

const OF_THE_PROVINCE: (&str, &str) = ("bk_tinh.ca_nhan.a", "selected_in_movement");
const OF_FIVE_YEARS: (&str, &str) = ("co_cp.chuyen_de", "leads_movement");

#[tokio::test]
async fn what_nobody_decided_is_unknown_and_a_decision_counts_with_its_years_until_it_is_withdrawn() {
    for house in testkit::houses().await {
        let (person, unit) = best(&house).await;
        let ctx = house.program();
        let found = async || {
            let (person, unit) = (weighed(&ctx, person, None).await, weighed(&ctx, unit, None).await);
            (finding(&person, OF_THE_PROVINCE.0, OF_THE_PROVINCE.1), finding(&unit, OF_FIVE_YEARS.0, OF_FIVE_YEARS.1))
        };
        assert_eq!(found().await, (Finding::Unknown, Finding::Unknown), "{}: left open", house.engine());

        let both = |years| decided(vec![by(LauncherLevel::Tinh, None), by(LauncherLevel::ThuTuong, years)]);
        let id = launching::decide(&ctx, both(None)).await.expect("a decision");
        assert_eq!(found().await, (Finding::Met, Finding::Unknown), "{}: no years decided", house.engine());
        launching::withdraw(&ctx, id).await.expect("withdrawn");
        assert_eq!(found().await, (Finding::Unknown, Finding::Unknown), "{}: withdrawn", house.engine());

        let id = launching::decide(&ctx, both(Some(5))).await.expect("a decision");
        assert_eq!(found().await, (Finding::Met, Finding::Met), "{}", house.engine());
        launching::withdraw(&ctx, id).await.expect("withdrawn");
        launching::decide(&ctx, both(Some(4))).await.expect("a decision");
        assert_eq!(found().await, (Finding::Met, Finding::NotMet), "{}: four years", house.engine());
        let all = launching::list(&ctx).await.expect("decisions");
        let standing: Vec<_> = all.iter().map(|one| one.withdrawn_on.is_none()).collect();
        assert_eq!(standing, [false, false, true], "{}", house.engine());
        assert_eq!((all[2].document.as_str(), all[2].decided_on), (DOCUMENT, date(2026, 11, 20)));
        let mut tx = house.db.read().await.expect("a transaction");
        let told = ledger::queries::field(&mut tx, "rules.decide_launch", &all[2].id.to_string(), "levels").await;
        assert_eq!(told.expect("an entry").as_deref(), Some("tinh thu_tuong:4"), "{}", house.engine());
    }
}

#[tokio::test]
async fn a_level_that_the_decision_does_not_name_did_not_launch_the_movement() {
    for house in testkit::houses().await {
        let (person, _) = best(&house).await;
        let ctx = house.program();
        launching::decide(&ctx, decided(vec![by(LauncherLevel::VanPhong, None)])).await.expect("a decision");
        let found = weighed(&ctx, person, None).await;
        assert_eq!(finding(&found, OF_THE_PROVINCE.0, OF_THE_PROVINCE.1), Finding::NotMet, "{}", house.engine());
    }
}

#[tokio::test]
async fn a_decision_recorded_today_is_not_known_of_yesterday() {
    for mut house in testkit::houses().await {
        let (person, _) = best(&house).await;
        let tomorrow = TODAY.tomorrow().expect("a day");
        house.stand_on(tomorrow);
        let ctx = house.program();
        launching::decide(&ctx, decided(vec![by(LauncherLevel::Tinh, None)])).await.expect("a decision");
        let then = weighed(&ctx, person, Some(TODAY)).await;
        assert_eq!(finding(&then, OF_THE_PROVINCE.0, OF_THE_PROVINCE.1), Finding::Unknown, "{}", house.engine());
        let now = weighed(&ctx, person, Some(tomorrow)).await;
        assert_eq!(finding(&now, OF_THE_PROVINCE.0, OF_THE_PROVINCE.1), Finding::Met, "{}", house.engine());
    }
}

#[tokio::test]
async fn the_decision_is_the_source_of_the_fact_and_a_cause_of_what_it_changes() {
    for house in testkit::houses().await {
        let stage = scene(&house, None).await;
        stage.submitted().await;
        let standing = house.as_actor(&stage.standing);
        let levels = vec![by(LauncherLevel::VanPhong, None), by(LauncherLevel::Tinh, Some(5))];
        let LaunchDecisionId(id) = launching::decide(&standing, decided(levels)).await.expect("a decision");
        let mut tx = house.db.read().await.expect("a transaction");
        let campaign = queries::campaign(&mut tx, stage.campaign).await.expect("a campaign");
        let case = Case::new(&campaign, Recipient::Person(stage.nominee), TODAY);
        let told = eligibility::facts(&standing, &mut tx, &case).await.expect("facts");
        drop(tx);
        let launchers = told.facts.movement.and_then(|one| one.launchers).expect("known");
        let years: Vec<_> = launchers.iter().map(|one| (one.level, one.years_decided)).collect();
        assert_eq!(years, [(LauncherLevel::Tinh, Some(5)), (LauncherLevel::VanPhong, None)], "{}", house.engine());
        let source = told.sources.get("movement.launchers[0]").expect("a source");
        assert_eq!((source.register, source.id), ("launch_decisions", id), "{}", house.engine());
        let changed = reevaluation::touched(&standing, stage.campaign).await.expect("a comparison");
        assert_eq!(changed.len(), 1, "{}", house.engine());
        assert!(changed[0].causes.iter().any(|cause| cause.entry == Some(id)), "{:?}", changed[0].causes);
    }
}

#[tokio::test]
async fn a_decision_that_makes_no_sense_or_comes_second_is_refused_and_nothing_is_written() {
    for house in testkit::houses().await {
        let ctx = house.program();
        let tinh = by(LauncherLevel::Tinh, None);
        let odd = [
            decided(Vec::new()),
            decided(vec![tinh, tinh]),
            decided(vec![by(LauncherLevel::Tinh, Some(0))]),
            NewLaunchDecision { document: "  ".to_owned(), ..decided(vec![tinh]) },
            NewLaunchDecision { decided_on: date(2027, 1, 1), ..decided(vec![tinh]) },
        ];
        for new in odd {
            let refused = launching::decide(&ctx, new.clone()).await;
            assert!(matches!(refused, Err(AwardsError::OddLaunch { .. })), "{} {new:?}", house.engine());
        }
        let officer = actor(Role::Officer, None);
        let denied = launching::decide(&house.as_actor(&officer), decided(vec![tinh])).await;
        assert!(matches!(denied, Err(AwardsError::Denied(_))), "{}", house.engine());
        assert_eq!(launching::list(&ctx).await.expect("decisions"), [], "{}", house.engine());
        let id = launching::decide(&ctx, decided(vec![tinh])).await.expect("a decision");
        let second = launching::decide(&ctx, decided(vec![tinh])).await;
        assert!(matches!(second, Err(AwardsError::LaunchDecided { .. })), "{} {second:?}", house.engine());
        launching::withdraw(&ctx, id).await.expect("withdrawn");
        let twice = launching::withdraw(&ctx, id).await;
        assert!(matches!(twice, Err(AwardsError::Store(StoreError::Stale { .. }))), "{} {twice:?}", house.engine());
    }
}
