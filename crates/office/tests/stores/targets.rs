//! Indicators and values, on every engine.

use jiff::civil::date;
use kernel::id::UnitId;
use kernel::{Actor, Clock, Date, Role};
use office::House;
use office::targets::entry::{self, NewValue};
use office::targets::forecast::Forecast;
use office::targets::model::{Level, Settings, State};
use office::targets::progress::Status;
use office::targets::queries::{self, Detail};
use office::targets::service::{self, Aim, NewIndicator};
use office::targets::{
    Accumulation, Amount, Baseline, Counting, Direction, Frequency, IndicatorId, Measure, Nature, ReportPeriod, RollUp,
    Scope, TargetsError, ValueId, approval,
};
use office::{Ctx, ledger};
use testkit::TestHouse;

struct Scene {
    kt: UnitId,
    nc: UnitId,
    standing: Actor,
    head: Actor,
    other: Actor,
    chief: Actor,
}

impl Scene {
    async fn in_house(house: &TestHouse) -> Self {
        let kt = house.unit("KT", "Phòng Kinh tế").await;
        let nc = house.unit("NC", "Phòng Nội chính").await;
        Self {
            kt,
            nc,
            standing: house.account("thuongtruc", Role::Standing, None).await,
            head: house.account("truongkt", Role::Head, Some(kt)).await,
            other: house.account("truongnc", Role::Head, Some(nc)).await,
            chief: house.account("chanh", Role::Chief, None).await,
        }
    }
}

fn counting(accumulation: Accumulation, roll_up: RollUp) -> Counting {
    Counting {
        name: "Số quy trình".to_owned(),
        measured_in: "quy trình".to_owned(),
        nature: Nature::Quantitative,
        direction: Direction::Higher,
        accumulation,
        frequency: Frequency::Quarter,
        scope: Scope::Units,
        roll_up,
        measure: None,
        places: 1,
        least: Some(Amount(0)),
        most: Some(Amount(10_000_000)),
        method: "Đơn vị đếm".to_owned(),
    }
}

async fn defined(ctx: &Ctx<'_>, code: &str, counting: Counting, aim: Aim) -> IndicatorId {
    let new = NewIndicator { code: code.to_owned(), clause: "II.4".to_owned(), counting, aim };
    service::define(ctx, &new).await.expect("a definition")
}

fn typed(indicator: IndicatorId, unit: UnitId, quarter: i8, whole: i64) -> NewValue {
    NewValue {
        indicator,
        unit: Some(unit),
        period: ReportPeriod { year: 2026, number: quarter, frequency: Frequency::Quarter },
        amount: Some(Amount(whole * 10_000)),
        level: None,
        narrative: String::new(),
        remark: String::new(),
        follow_up: false,
        seen: 0,
    }
}

async fn version(ctx: &Ctx<'_>, id: ValueId) -> i64 {
    queries::value(ctx, id).await.expect("a value").1.version
}

async fn approved(enters: &Ctx<'_>, decides: &Ctx<'_>, new: &NewValue) -> ValueId {
    let id = entry::save(enters, new).await.expect("a value");
    entry::submit(enters, id, version(enters, id).await).await.expect("handed in");
    entry::approve(decides, id, version(decides, id).await).await.expect("approved");
    id
}

async fn total(ctx: &Ctx<'_>, id: IndicatorId) -> Detail {
    queries::detail(ctx, id, 2026).await.expect("an indicator")
}

fn of_2026(found: &Detail) -> Option<Amount> {
    found.years.iter().find(|line| line.year == 2026).and_then(|line| line.told.figure.total)
}

fn standing_on(house: &TestHouse, day: Date) -> House {
    House { clock: Clock::standing_on(day), ..house.neighbour() }
}

#[tokio::test]
async fn what_is_approved_is_locked_until_the_upper_level_opens_it() {
    for house in testkit::houses().await {
        let scene = Scene::in_house(&house).await;
        let (head, chief) = (house.as_actor(&scene.head), house.as_actor(&scene.chief));
        let standing = house.as_actor(&scene.standing);
        let id = defined(&standing, "T1", counting(Accumulation::Periodic, RollUp::Sum), Aim::default()).await;
        let new = typed(id, scene.kt, 1, 10);
        let value = entry::save(&head, &new).await.expect("a draft");
        let seen = version(&head, value).await;
        entry::submit(&head, value, seen).await.expect("handed in");
        let now = version(&head, value).await;
        let edit = |seen| NewValue { seen, amount: Some(Amount(990_000)), ..new.clone() };
        assert!(matches!(entry::save(&head, &edit(now)).await, Err(TargetsError::HandedIn)));
        assert!(matches!(entry::approve(&head, value, now).await, Err(TargetsError::OwnValue)));
        let short = entry::give_back(&chief, value, now, "sai").await;
        assert!(matches!(short, Err(TargetsError::ShortReason { .. })));
        entry::give_back(&chief, value, now, "Thiếu quyết định kèm theo").await.expect("returned");
        let again = version(&head, value).await;
        entry::save(&head, &NewValue { seen: again, amount: Some(Amount(120_000)), ..new.clone() })
            .await
            .expect("mended");
        entry::submit(&head, value, version(&head, value).await).await.expect("handed in again");
        entry::approve(&chief, value, version(&chief, value).await).await.expect("approved");
        let (_, locked) = queries::value(&head, value).await.expect("a value");
        let settled = locked.settled.clone().expect("somebody approved it");
        assert_eq!((locked.state, settled.name.as_str()), (State::Approved, "chanh"), "{}", house.engine());
        let refused = entry::save(&head, &edit(locked.version)).await;
        assert!(matches!(refused, Err(TargetsError::Locked { ref name, .. }) if name == "chanh"), "{refused:?}");
        let lower = entry::reopen(&head, value, locked.version, "Nhập nhầm một chữ số").await;
        assert!(matches!(lower, Err(TargetsError::OnlyUpper)), "{lower:?}");
        entry::reopen(&chief, value, locked.version, "Nhập nhầm một chữ số").await.expect("the upper level opens");
        let open = version(&head, value).await;
        entry::save(&head, &edit(open)).await.expect("open again");
        let verified = ledger::service::verify(&house.db, &house.keys).await.expect("a chain");
        assert!(verified.entries > 8, "every step is in the ledger: {}", verified.entries);
    }
}

#[tokio::test]
async fn the_upper_level_approves_after_all_lower_ones_and_the_lower_opens_nothing_under_it() {
    for house in testkit::houses().await {
        let scene = Scene::in_house(&house).await;
        let (head, chief) = (house.as_actor(&scene.head), house.as_actor(&scene.chief));
        let standing = house.as_actor(&scene.standing);
        let id = defined(&standing, "T1", counting(Accumulation::Periodic, RollUp::Sum), Aim::default()).await;
        let first = typed(id, scene.kt, 1, 10);
        let value = approved(&head, &chief, &first).await;
        let early = approval::approve(&chief, id, first.period).await;
        let told =
            matches!(&early, Err(TargetsError::LowerNotDone { missing: 1, names }) if names == "Phòng Nội chính");
        assert!(told, "{early:?}");
        approved(&house.as_actor(&scene.other), &chief, &typed(id, scene.nc, 1, 20)).await;
        approval::approve(&chief, id, first.period).await.expect("all lower ones did");
        let seen = version(&head, value).await;
        for who in [&head, &chief] {
            let refused = entry::reopen(who, value, seen, "Nhập nhầm một chữ số").await;
            assert!(matches!(refused, Err(TargetsError::UpperApproved { .. })), "{refused:?}");
        }
        let running = typed(id, scene.kt, 4, 1).period;
        let early = approval::approve(&chief, id, running).await;
        assert!(matches!(early, Err(TargetsError::NotOver { .. })), "{early:?}");
        approval::reopen(&chief, id, first.period, "Đơn vị báo cáo lại").await.expect("opened");
        entry::reopen(&chief, value, seen, "Nhập nhầm một chữ số").await.expect("then the value too");
        let found = total(&chief, id).await;
        let line = found.periods.iter().find(|line| line.period == first.period).expect("a period");
        assert!(line.approval.as_ref().is_some_and(|one| !one.standing && one.amount == Some(Amount(300_000))));
    }
}

#[tokio::test]
async fn cumulative_periodic_and_missing_units_come_together_as_declared() {
    for house in testkit::houses().await {
        let scene = Scene::in_house(&house).await;
        let standing = house.as_actor(&scene.standing);
        let head = house.as_actor(&scene.head);
        for (code, accumulation, expected) in
            [("T1", Accumulation::Cumulative, 150_000), ("T2", Accumulation::Periodic, 370_000)]
        {
            let id = defined(&standing, code, counting(accumulation, RollUp::Sum), Aim::default()).await;
            for (quarter, whole) in [(1, 10), (2, 12), (3, 15)] {
                let value = entry::save(&head, &typed(id, scene.kt, quarter, whole)).await.expect("a value");
                entry::submit(&head, value, version(&head, value).await).await.expect("handed in");
            }
            let found = total(&standing, id).await;
            assert_eq!(of_2026(&found), Some(Amount(expected)), "{code} {}", house.engine());
        }
        let id = defined(&standing, "T3", counting(Accumulation::Periodic, RollUp::Mean), Aim::default()).await;
        let value = entry::save(&standing, &typed(id, scene.kt, 1, 30)).await.expect("a value");
        assert_eq!(of_2026(&total(&standing, id).await), None, "a draft is no report, and not zero");
        entry::submit(&standing, value, version(&standing, value).await).await.expect("handed in");
        let found = total(&standing, id).await;
        let figure = &found.periods[0].told.figure;
        assert_eq!((figure.total, figure.reported, figure.expected), (Some(Amount(300_000)), 1, 2));
        assert_eq!(figure.missing().map(|line| line.name.as_str()).collect::<Vec<_>>(), ["Phòng Nội chính"]);
        let seen = total(&house.as_actor(&scene.other), id).await;
        assert!(!seen.whole && seen.periods[0].told.figure.lines.iter().all(|line| line.unit == Some(scene.nc)));
        assert_eq!(seen.periods[0].told.figure.total, Some(Amount(300_000)), "the total is for all");
    }
}

#[tokio::test]
async fn the_second_of_two_is_told_and_a_value_far_off_must_be_explained() {
    for house in testkit::houses().await {
        let scene = Scene::in_house(&house).await;
        let (head, standing) = (house.as_actor(&scene.head), house.as_actor(&scene.standing));
        let id = defined(&standing, "T1", counting(Accumulation::Periodic, RollUp::Sum), Aim::default()).await;
        entry::save(&head, &typed(id, scene.kt, 1, 10)).await.expect("the first");
        let second = entry::save(&standing, &typed(id, scene.kt, 1, 11)).await;
        assert!(matches!(second, Err(TargetsError::Changed)), "{second:?}");
        let far = typed(id, scene.kt, 2, 100);
        let refused = entry::save(&head, &far).await;
        assert!(matches!(&refused, Err(TargetsError::Outlier { last }) if last == "10 quy trình"), "{refused:?}");
        let remark = "Gộp cả quy trình liên thông".to_owned();
        entry::save(&head, &NewValue { remark, ..far }).await.expect("explained");
        let followed = queries::followed(&head).await.expect("a list");
        assert_eq!(followed.len(), 1, "what had to be explained is looked at again");
        let beyond = entry::save(&head, &typed(id, scene.kt, 3, 1_001)).await;
        assert!(matches!(beyond, Err(TargetsError::OutOfRange { .. })), "{beyond:?}");
        let other = entry::save(&head, &typed(id, scene.nc, 1, 1)).await;
        assert!(matches!(other, Err(TargetsError::Denied(_))), "{other:?}");
        let set =
            Settings { forecast_points: 3, outlier_factor: 20, document: "Ý kiến 5/VP".to_owned(), version: 0 };
        service::set(&standing, &set).await.expect("set");
        assert!(matches!(
            service::set(&standing, &Settings { outlier_factor: 1, version: 1, ..set }).await,
            Err(TargetsError::BadSetting(_))
        ));
    }
}

#[tokio::test]
async fn without_a_baseline_the_status_is_not_computable_and_an_old_year_keeps_its_formula() {
    for house in testkit::houses().await {
        let scene = Scene::in_house(&house).await;
        let (head, standing) = (house.as_actor(&scene.head), house.as_actor(&scene.standing));
        let id = defined(&standing, "T1", counting(Accumulation::Periodic, RollUp::Sum), Aim::default()).await;
        let found = total(&standing, id).await;
        assert_eq!((found.progress.status, of_2026(&found)), (Status::NotAvailable, None));
        let aim = Aim {
            baseline: Some(Baseline { year: 2025, amount: Amount(100_000), source: "Báo cáo 1/BC".to_owned() }),
            path: [(2026, Amount(100_000)), (2030, Amount(500_000))].into(),
            path_source: "Quyết định 2/QĐ".to_owned(),
        };
        service::set_aim(&standing, id, found.indicator.version, &aim).await.expect("an aim");
        let stale = service::set_aim(&standing, id, found.indicator.version, &aim).await;
        assert!(stale.is_err(), "somebody else was first");
        for quarter in 1..=4 {
            let value = entry::save(&head, &typed(id, scene.kt, quarter, 3)).await.expect("a value");
            entry::submit(&head, value, version(&head, value).await).await.expect("handed in");
        }
        // The sum of a year that is not over says nothing of its way; when it is over, it does.
        assert_eq!(total(&standing, id).await.progress.status, Status::NotAvailable);
        let later = standing_on(&house, date(2028, 3, 1));
        let then = Ctx::new(&later, &scene.standing);
        let found = queries::detail(&then, id, 2026).await.expect("an indicator");
        assert_eq!(
            (found.progress.inputs.current.map(|at| at.amount), found.years[0].meets),
            (Some(Amount(120_000)), Some(true))
        );
        let mean = counting(Accumulation::Periodic, RollUp::Mean);
        let reason = "Nghị quyết đổi cách tính";
        let seen = found.indicator.version;
        let early = service::change(&then, id, seen, 2026, &mean, reason).await;
        assert!(matches!(early, Err(TargetsError::NotANewYear { .. })), "{early:?}");
        assert_eq!(service::change(&then, id, seen, 2028, &mean, reason).await.expect("a version"), 2);
        let found = queries::detail(&then, id, 2026).await.expect("an indicator");
        let versions: Vec<_> = found.years.iter().map(|line| (line.year, line.definition)).collect();
        assert_eq!(versions, [(2026, 1), (2027, 1), (2028, 2)]);
        assert_eq!(found.years[0].told.figure.total, Some(Amount(120_000)), "2026 is still a sum");
    }
}

#[tokio::test]
async fn a_line_gives_the_exact_forecast_and_two_points_none() {
    for house in testkit::houses().await {
        let scene = Scene::in_house(&house).await;
        let standing = house.as_actor(&scene.standing);
        let id = defined(&standing, "T1", counting(Accumulation::Periodic, RollUp::Mean), Aim::default()).await;
        let later = standing_on(&house, date(2027, 2, 1));
        let then = Ctx::new(&later, &scene.standing);
        for (quarter, whole) in [(1, 10), (2, 12), (3, 14), (4, 16)] {
            if quarter == 3 {
                let found = total(&then, id).await;
                assert_eq!(found.forecast, Forecast::TooFew { have: 2, need: 4 }, "{}", house.engine());
            }
            let value = entry::save(&then, &typed(id, scene.kt, quarter, whole)).await.expect("a value");
            entry::submit(&then, value, version(&then, value).await).await.expect("handed in");
        }
        let Forecast::Line(line) = total(&then, id).await.forecast else { panic!("four points are enough") };
        // 16 at the end of 2026 and 2 a quarter: 48 at the end of 2030.
        assert_eq!((line.at_end, line.low, line.high), (Amount(480_000), Amount(480_000), Amount(480_000)));
        assert!(line.is_exact);
    }
}

#[tokio::test]
async fn a_qualitative_indicator_needs_account_level_and_evidence_and_has_no_mean() {
    for house in testkit::houses().await {
        let scene = Scene::in_house(&house).await;
        let (head, standing) = (house.as_actor(&scene.head), house.as_actor(&scene.standing));
        let words = Counting { nature: Nature::Qualitative, ..counting(Accumulation::Periodic, RollUp::Mean) };
        let id = defined(&standing, "T1", words, Aim::default()).await;
        let mut new = typed(id, scene.kt, 1, 99);
        assert!(matches!(entry::save(&head, &new).await, Err(TargetsError::Missing(_))), "a number says nothing here");
        new.narrative = "Đã tham mưu 14 văn bản".to_owned();
        new.level = Some(Level::Good);
        let value = entry::save(&head, &new).await.expect("an account");
        let bare = entry::submit(&head, value, version(&head, value).await).await;
        assert!(matches!(bare, Err(TargetsError::NoEvidence)), "{bare:?}");
        entry::attach(&head, value, "ket-qua.pdf", b"%PDF-1.4\n%%EOF\n").await.expect("a file");
        entry::submit(&head, value, version(&head, value).await).await.expect("handed in");
        let found = total(&standing, id).await;
        assert_eq!(of_2026(&found), None, "{}", house.engine());
        assert_eq!(found.periods[0].told.figure.levels[1], (Level::Good, 1));
        assert!(queries::value(&house.as_actor(&scene.other), value).await.is_err(), "not another unit's to read");
    }
}

#[tokio::test]
async fn the_plans_indicators_come_once_and_are_read_live() {
    for house in testkit::houses().await {
        let scene = Scene::in_house(&house).await;
        let program = house.program();
        assert!(service::adopt(&program).await.expect("taken over") > 15);
        assert_eq!(service::adopt(&program).await.expect("nothing new"), 0);
        let chief = house.as_actor(&scene.chief);
        let found = queries::list(&chief, 2026, chief.today()).await.expect("a list");
        for target in chief.house.plan.of_kind(office::movements::kinds::Kind::Target) {
            assert!(found.iter().any(|one| one.indicator.clause == target.id.as_str()), "{} is measured", target.id);
        }
        let coverage = found.iter().find(|one| one.indicator.code == "CT1.1").expect("the first");
        let figure = &coverage.year.told.figure;
        assert_eq!((figure.total, figure.expected), (Some(Amount(0)), 2), "no programme of two units: a true zero");
        let silent = found.iter().find(|one| one.indicator.code == "CT3.1").expect("dossiers");
        assert_eq!(silent.year.told.figure.total, None, "no dossiers are not zero percent");
        let computed = found.iter().find(|one| one.definition.counting.measure == Some(Measure::TasksDone));
        assert!(computed.is_none());
        let refused = entry::save(&chief, &typed(coverage.indicator.id, scene.kt, 1, 1)).await;
        assert!(matches!(refused, Err(TargetsError::Denied(_))), "{refused:?}");
        let standing = house.as_actor(&scene.standing);
        let refused = entry::save(&standing, &typed(coverage.indicator.id, scene.kt, 1, 1)).await;
        assert!(matches!(refused, Err(TargetsError::Computed)), "{refused:?}");
    }
}

#[tokio::test]
async fn as_of_a_past_day_nothing_later_is_told_and_what_keeps_no_past_says_so() {
    for house in testkit::houses().await {
        let scene = Scene::in_house(&house).await;
        let (head, chief) = (house.as_actor(&scene.head), house.as_actor(&scene.chief));
        service::adopt(&house.program()).await.expect("taken over");
        let id = defined(
            &house.as_actor(&scene.standing),
            "T1",
            counting(Accumulation::Periodic, RollUp::Sum),
            Aim::default(),
        )
        .await;
        let value = entry::save(&head, &typed(id, scene.kt, 1, 10)).await.expect("a value");
        entry::submit(&head, value, version(&head, value).await).await.expect("handed in");
        let told = |day| {
            let chief = &chief;
            async move {
                let all = queries::list(chief, 2026, day).await.expect("a list");
                let of = |code: &str| all.iter().find(|one| one.indicator.code == code).expect("it").year.told.clone();
                (of("T1").figure.total, of("CT3.1").note)
            }
        };
        let now = told(chief.today()).await;
        assert_eq!(now, (Some(Amount(100_000)), ""), "{}", house.engine());
        let (total, note) = told(chief.today().yesterday().expect("a day before")).await;
        assert_eq!(total, None, "it was entered later");
        assert!(!note.is_empty(), "dossiers are told as they stand now, and the page says so");
    }
}
