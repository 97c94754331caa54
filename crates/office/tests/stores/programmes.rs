//! Launches, programmes and covenants on real databases: who sees and decides what, what stays readable,
//! and what happens when two act at once.

use futures::future::join;
use jiff::civil::date;
use kernel::id::UnitId;
use kernel::{Actor, Date, Role};
use office::organization::model::UnitKind;
use office::organization::units;
use office::programmes::launches::{self, NewLaunch};
use office::programmes::model::{Content, CovenantContent, CovenantTarget, Line, Standing, State};
use office::programmes::queries::{self, Waiting};
use office::programmes::{LaunchId, ProgrammesError, covenants, service};
use office::{StoreError, ledger};
use testkit::{TODAY, TestHouse, actor};

const REASON: &str = "Bổ sung chỉ tiêu có số liệu cho từng nhiệm vụ";

struct Scene<'a> {
    house: &'a TestHouse,
    kt: UnitId,
    nc: UnitId,
    head: Actor,
    other: Actor,
    standing: Actor,
    chief: Actor,
}

async fn scene(house: &TestHouse) -> Scene<'_> {
    let kt = house.unit("KT", "Phòng Kinh tế").await;
    let nc = house.unit("NC", "Phòng Nội chính").await;
    house.unit_of_kind("VP", "Văn phòng", UnitKind::Office).await;
    Scene {
        house,
        kt,
        nc,
        head: house.account("truongphong.kt", Role::Head, Some(kt)).await,
        other: house.account("truongphong.nc", Role::Head, Some(nc)).await,
        standing: house.account("thuongtruc", Role::Standing, None).await,
        chief: house.account("chanhvp", Role::Chief, None).await,
    }
}

fn content(clause: &str) -> Content {
    let line = Line {
        clause: clause.to_owned(),
        task: "Rút ngắn thời gian tham mưu".to_owned(),
        figure: "20%".to_owned(),
        due_on: Some(date(2026, 12, 31)),
    };
    let text = |text: &str| text.to_owned();
    Content {
        theme: text("Đồng hành cùng doanh nghiệp"),
        contents: text("Mỗi tháng một việc mới"),
        criteria: text("Đúng hạn"),
        forms: text("Thường xuyên"),
        lines: vec![line],
    }
}

impl Scene<'_> {
    async fn launch(&self, due_on: Date) -> LaunchId {
        let new =
            NewLaunch { title: "Phát động".to_owned(), message: "Xây dựng chương trình".to_owned(), due_on };
        launches::launch(&self.house.as_actor(&self.standing), &new).await.expect("a launch")
    }

    async fn submitted(&self, head: &Actor, unit: UnitId) {
        let ctx = self.house.as_actor(head);
        service::write(&ctx, unit, &content("II.1"), 0).await.expect("written");
        service::submit(&ctx, unit).await.expect("handed in");
    }

    async fn version(&self, unit: UnitId) -> i64 {
        let detail = queries::detail(&self.house.program(), unit).await.expect("a programme");
        detail.editions.last().expect("a version").version
    }

    async fn approved(&self, head: &Actor, unit: UnitId) {
        self.submitted(head, unit).await;
        let seen = self.version(unit).await;
        service::approve(&self.house.as_actor(&self.chief), unit, seen).await.expect("approved");
    }

    async fn counts(&self, day: Date) -> Vec<usize> {
        let found = queries::overview(&self.house.program(), day).await.expect("an overview");
        let counts: Vec<usize> = found.counts.iter().map(|(_, many)| *many).collect();
        assert_eq!(counts.iter().sum::<usize>(), found.coverage.of, "they always add up");
        counts
    }
}

#[tokio::test]
async fn a_launch_reaches_every_unit_and_keeps_who_opened_it_first() {
    for house in testkit::houses().await {
        let scene = scene(&house).await;
        let (standing, head) = (house.as_actor(&scene.standing), house.as_actor(&scene.head));
        let id = scene.launch(date(2026, 12, 1)).await;
        launches::open(&standing, id).await.expect("looked at by the sender");
        launches::open(&head, id).await.expect("opened");
        let deputy = house.account("pho.kt", Role::Head, Some(scene.kt)).await;
        launches::open(&house.as_actor(&deputy), id).await.expect("opened again");
        let (_, lines) = queries::launch(&standing, id).await.expect("receipts");
        let opened: Vec<_> =
            lines.iter().map(|line| line.receipt.opened.as_ref().map(|(_, name)| name.as_str())).collect();
        assert_eq!(opened, [Some("truongphong.kt"), None], "{}: divisions only, the first opening", house.engine());
        let (_, own) = queries::launch(&head, id).await.expect("receipts");
        assert_eq!(own.len(), 1, "{}: a head sees the own receipt", house.engine());
        let filter = ledger::queries::Filter { action: Some("programme.open".to_owned()), ..Default::default() };
        let entries = ledger::queries::search(&house.program(), &filter, 9).await.expect("the ledger");
        assert_eq!(entries.len(), 1, "{}", house.engine());
    }
}

#[tokio::test]
async fn a_unit_is_reminded_once_a_working_day_and_not_after_it_handed_in() {
    for mut house in testkit::houses().await {
        let id = {
            let scene = scene(&house).await;
            let id = scene.launch(date(2026, 12, 1)).await;
            let standing = house.as_actor(&scene.standing);
            launches::remind(&standing, id, scene.kt).await.expect("reminded");
            let again = launches::remind(&standing, id, scene.kt).await;
            assert!(matches!(again, Err(ProgrammesError::RemindedToday { .. })), "{again:?}");
            let head = house.as_actor(&scene.head);
            let mine = queries::waiting(&head).await.expect("what waits");
            let reminded = |one: &Waiting| matches!(one, Waiting::ToWrite { reminded_on: Some(TODAY), .. });
            assert!(mine.iter().any(reminded), "{} {mine:?}", house.engine());
            let unsent = launches::remind(&head, id, scene.kt).await;
            assert!(matches!(unsent, Err(ProgrammesError::Denied(_))), "{unsent:?}");
            scene.submitted(&scene.other, scene.nc).await;
            let needless = launches::remind(&standing, id, scene.nc).await;
            assert!(matches!(needless, Err(ProgrammesError::NothingToRemind { .. })), "{needless:?}");
            (id, scene.kt)
        };
        house.stand_on(date(2026, 11, 29));
        let sunday = launches::remind(&house.program(), id.0, id.1).await;
        assert!(matches!(sunday, Err(ProgrammesError::DayOff)), "{sunday:?}");
    }
}

#[tokio::test]
async fn a_programme_goes_to_the_chief_comes_back_with_a_reason_and_is_approved() {
    for house in testkit::houses().await {
        let scene = scene(&house).await;
        let (head, chief) = (house.as_actor(&scene.head), house.as_actor(&scene.chief));
        let bare = service::write(&head, scene.kt, &content(""), 0).await;
        assert!(matches!(bare, Err(ProgrammesError::NoClause { line: 1 })), "{bare:?}");
        let strange = service::write(&head, scene.kt, &content("XX.9"), 0).await;
        assert!(matches!(strange, Err(ProgrammesError::NoClause { line: 1 })), "{strange:?}");
        let foreign = service::write(&head, scene.nc, &content("II.1"), 0).await;
        assert!(matches!(foreign, Err(ProgrammesError::Denied(_))), "{foreign:?}");
        scene.submitted(&scene.head, scene.kt).await;
        assert_eq!(scene.counts(TODAY).await, [1, 1, 0, 0], "{}", house.engine());
        let seen = scene.version(scene.kt).await;
        let edited = service::write(&head, scene.kt, &content("II.2"), seen).await;
        assert!(matches!(edited, Err(ProgrammesError::UnderReview)), "{edited:?}");
        let own = service::approve(&head, scene.kt, seen).await;
        assert!(matches!(own, Err(ProgrammesError::Denied(_))), "{own:?}");
        for short in ["", "   ", "chưa đạt"] {
            let refused = service::give_back(&chief, scene.kt, short).await;
            assert!(matches!(refused, Err(ProgrammesError::ShortReason { least: 20 })), "{refused:?}");
        }
        service::give_back(&chief, scene.kt, REASON).await.expect("returned");
        assert_eq!(scene.counts(TODAY).await, [1, 0, 1, 0], "{}", house.engine());
        let detail = queries::detail(&head, scene.kt).await.expect("the own programme");
        assert_eq!(detail.events.last().map(|one| one.reason.as_str()), Some(REASON), "the unit reads the reason");
        service::submit(&head, scene.kt).await.expect("handed in again");
        let seen = scene.version(scene.kt).await;
        service::approve(&chief, scene.kt, seen).await.expect("approved");
        assert_eq!(scene.counts(TODAY).await, [1, 0, 0, 1], "{}", house.engine());
        let mut tx = house.db.read().await.expect("a transaction");
        let hangs = queries::count_by_clause(&mut tx).await.expect("numbers");
        assert_eq!(hangs, [("II.1".to_owned(), 1)], "{}", house.engine());
    }
}

#[tokio::test]
async fn who_wrote_a_programme_does_not_approve_it_and_the_least_reason_can_be_set() {
    for house in testkit::houses().await {
        let scene = scene(&house).await;
        let both =
            Actor { grants: [scene.head.grants.clone(), scene.chief.grants.clone()].concat(), ..scene.chief.clone() };
        scene.submitted(&both, scene.kt).await;
        let seen = scene.version(scene.kt).await;
        let own = service::approve(&house.as_actor(&both), scene.kt, seen).await;
        assert!(matches!(own, Err(ProgrammesError::OwnProgramme)), "{own:?}");
        let chief = house.as_actor(&scene.chief);
        for odd in [0, 4, 501] {
            let refused = service::set_shortest_reason(&chief, odd).await;
            assert!(matches!(refused, Err(ProgrammesError::OddLength { .. })), "{refused:?}");
        }
        service::set_shortest_reason(&chief, 5).await.expect("set");
        service::give_back(&chief, scene.kt, "Ngắn").await.expect_err("four letters");
        service::give_back(&chief, scene.kt, "Ngắn.").await.expect("five letters");
    }
}

#[tokio::test]
async fn an_amendment_is_a_new_version_and_the_old_one_stays_readable() {
    for house in testkit::houses().await {
        let scene = scene(&house).await;
        let head = house.as_actor(&scene.head);
        scene.approved(&scene.head, scene.kt).await;
        let direct = service::write(&head, scene.kt, &content("II.2"), 9).await;
        assert!(matches!(direct, Err(ProgrammesError::InForce)), "{direct:?}");
        service::amend(&head, scene.kt).await.expect("a new version");
        let twice = service::amend(&head, scene.kt).await;
        assert!(matches!(twice, Err(ProgrammesError::NothingToAmend)), "{twice:?}");
        service::write(&head, scene.kt, &content("II.2"), 1).await.expect("written");
        let chief = house.as_actor(&scene.chief);
        let seen = queries::detail(&chief, scene.kt).await.expect("a programme");
        assert_eq!(seen.editions.len(), 1, "{}: a draft is its unit's own", house.engine());
        service::submit(&head, scene.kt).await.expect("handed in");
        assert_eq!(scene.counts(TODAY).await, [1, 0, 0, 1], "{}: the old one counts on", house.engine());
        let waits = queries::waiting(&chief).await.expect("what waits");
        assert!(matches!(&waits[..], [Waiting::ToApprove { unit }] if unit.id == scene.kt), "{waits:?}");
        let version = scene.version(scene.kt).await;
        service::approve(&chief, scene.kt, version).await.expect("approved");
        let detail = queries::detail(&chief, scene.kt).await.expect("a programme");
        let old = detail.edition(1).expect("the first version").0;
        assert_eq!((old.state, &old.content), (State::Approved, &content("II.1")), "{}", house.engine());
        let (_, difference) = detail.edition(2).expect("the second");
        let difference = difference.expect("a version before it");
        assert_eq!((difference.added.len(), difference.dropped.len(), difference.texts.len()), (1, 1, 0));
        let mut tx = house.db.read().await.expect("a transaction");
        let hangs = queries::count_by_clause(&mut tx).await.expect("numbers");
        assert_eq!(hangs, [("II.2".to_owned(), 1)], "{}: only what is in force hangs", house.engine());
    }
}

#[tokio::test]
async fn of_two_who_act_at_once_one_is_told_to_look_again() {
    for house in testkit::houses().await {
        let scene = scene(&house).await;
        let (head, chief) = (house.as_actor(&scene.head), house.as_actor(&scene.chief));
        let (one, two) = (content("II.1"), content("II.2"));
        let both = join(service::write(&head, scene.kt, &one, 0), service::write(&head, scene.kt, &two, 0)).await;
        assert!(both.0.is_ok() != both.1.is_ok(), "{} {both:?}", house.engine());
        service::submit(&head, scene.kt).await.expect("handed in");
        let seen = scene.version(scene.kt).await;
        let both = join(service::approve(&chief, scene.kt, seen), service::give_back(&chief, scene.kt, REASON)).await;
        assert!(both.0.is_ok() != both.1.is_ok(), "{} {both:?}", house.engine());
        let stale = service::write(&house.as_actor(&scene.other), scene.nc, &one, 0).await;
        stale.expect("a first version");
        let other = house.as_actor(&scene.other);
        service::write(&other, scene.nc, &two, 1).await.expect("over what was read");
        let late = service::write(&other, scene.nc, &one, 1).await;
        assert!(matches!(late, Err(ProgrammesError::Store(StoreError::Stale { .. }))), "{late:?}");
    }
}

#[tokio::test]
async fn coverage_counts_the_units_of_its_day_and_names_those_without() {
    for mut house in testkit::houses().await {
        let (kt, nc) = {
            let scene = scene(&house).await;
            scene.approved(&scene.head, scene.kt).await;
            (scene.kt, scene.nc)
        };
        let merged = date(2027, 7, 1);
        house.stand_on(merged);
        let program = house.program();
        units::merge(&program, &[nc], kt, merged, None).await.expect("merged");
        let covered = |day| async move { queries::coverage(&program, day).await.expect("a share") };
        let before = covered(date(2026, 11, 22)).await;
        assert_eq!((before.of, before.approved), (2, 0), "{}: the day before it was approved", house.engine());
        let then = covered(TODAY).await;
        let missing: Vec<_> = then.missing.iter().map(|unit| unit.code.as_str()).collect();
        assert_eq!((then.share_bp(), missing), (Some(5_000), vec!["NC"]), "{}", house.engine());
        let now = covered(merged).await;
        assert_eq!((now.of, now.approved, now.share_bp()), (1, 1, Some(10_000)), "{}", house.engine());
    }
}

#[tokio::test]
async fn whoever_holds_no_grant_for_a_unit_sees_its_numbers_only() {
    for house in testkit::houses().await {
        let scene = scene(&house).await;
        scene.approved(&scene.head, scene.kt).await;
        let person = house.staff("VP001", "Thào Thị Mỷ", scene.kt).await;
        let officer = Actor { person: Some(person), ..actor(Role::Officer, None) };
        let ctx = house.as_actor(&officer);
        let found = queries::overview(&ctx, TODAY).await.expect("an overview");
        let names: Vec<_> = found.units.iter().map(|one| (one.unit.code.as_str(), one.standing)).collect();
        assert_eq!(names, [("KT", Standing::Approved)], "{}: the own unit", house.engine());
        assert_eq!((found.coverage.of, found.whole), (2, false), "{}", house.engine());
        queries::detail(&ctx, scene.kt).await.expect("the own unit's programme");
        let foreign = queries::detail(&ctx, scene.nc).await;
        assert!(matches!(foreign, Err(ProgrammesError::Unknown(_))), "{foreign:?}");
        let head = queries::detail(&house.as_actor(&scene.other), scene.kt).await;
        assert!(matches!(head, Err(ProgrammesError::Unknown(_))), "{head:?}");
    }
}

#[tokio::test]
async fn a_covenant_locks_with_the_last_signature_and_changes_by_a_new_version() {
    for house in testkit::houses().await {
        let scene = scene(&house).await;
        let standing = house.as_actor(&scene.standing);
        let target = |figure: &str| CovenantTarget {
            clause: "II.1".to_owned(),
            what: "Triển khai Phong trào".to_owned(),
            figure: figure.to_owned(),
        };
        let agreed =
            |figure: &str| CovenantContent { text: "Cùng thi đua".to_owned(), targets: vec![target(figure)] };
        let units = [scene.kt, scene.nc];
        let alone = covenants::draw_up(&standing, "Cụm 1", &agreed("90%"), &units[..1]).await;
        assert!(matches!(alone, Err(ProgrammesError::TooFewUnits)), "{alone:?}");
        let empty = CovenantContent { text: "Cùng thi đua".to_owned(), targets: Vec::new() };
        let empty = covenants::draw_up(&standing, "Cụm 1", &empty, &units).await;
        assert!(matches!(empty, Err(ProgrammesError::EmptyCovenant)), "{empty:?}");
        let id = covenants::draw_up(&standing, "Cụm 1", &agreed("90%"), &units).await.expect("a covenant");
        let editions = || async { queries::covenant(&standing, id).await.expect("a covenant").0.1 };
        let first = editions().await[0].id;
        let (head, other) = (house.as_actor(&scene.head), house.as_actor(&scene.other));
        let foreign = covenants::sign(&head, id, first, scene.nc).await;
        assert!(matches!(foreign, Err(ProgrammesError::Denied(_))), "{foreign:?}");
        covenants::sign(&head, id, first, scene.kt).await.expect("signed");
        let twice = covenants::sign(&head, id, first, scene.kt).await;
        assert!(matches!(twice, Err(ProgrammesError::AlreadySigned)), "{twice:?}");
        assert!(editions().await[0].locked_at.is_none(), "{}: one is missing", house.engine());
        covenants::sign(&other, id, first, scene.nc).await.expect("signed");
        assert!(editions().await[0].locked_at.is_some(), "{}: all have signed", house.engine());

        covenants::change(&standing, id, &agreed("100%"), &units, 1).await.expect("a new version");
        let stale = covenants::change(&standing, id, &agreed("95%"), &units, 1).await;
        assert!(matches!(stale, Err(ProgrammesError::Store(StoreError::Stale { .. }))), "{stale:?}");
        let found = editions().await;
        let figures: Vec<_> = found.iter().map(|one| one.content.targets[0].figure.as_str()).collect();
        assert_eq!(figures, ["90%", "100%"], "{}: the old version stays as it was signed", house.engine());
        assert!(found[0].locked_at.is_some() && found[1].signatures.iter().all(|one| one.signed.is_none()));
        let old = covenants::sign(&head, id, first, scene.kt).await;
        assert!(matches!(old, Err(ProgrammesError::OldEdition)), "{old:?}");

        let newest = found[1].id;
        let both =
            join(covenants::sign(&head, id, newest, scene.kt), covenants::sign(&other, id, newest, scene.nc)).await;
        for (done, ctx, unit) in [(both.0, &head, scene.kt), (both.1, &other, scene.nc)] {
            if done.is_err() {
                covenants::sign(ctx, id, newest, unit).await.expect("signed at the second try");
            }
        }
        assert!(editions().await[1].locked_at.is_some(), "{}: two at once lock it too", house.engine());
    }
}
