//! Tasks on real databases: from assignment to acceptance by another, figures by the first due day, who sees
//! what, and what happens when two act at once.

use futures::future::join;
use jiff::civil::date;
use kernel::id::UnitId;
use kernel::{Actor, Date, Role};
use office::import::Manner;
use office::tasks::decision::Count;
use office::tasks::model::{Content, EventKind, Every, StateKind};
use office::tasks::queries::{self, Filter, Waiting};
use office::tasks::service::{self, NewTask};
use office::tasks::{TaskId, TasksError, changes, feed, import, recurring};
use office::{StoreError, ledger};
use testkit::{TODAY, TestHouse};

const WORDS: &str = "Báo cáo số 12/BC-KT, lưu văn thư";

struct Scene<'a> {
    house: &'a TestHouse,
    kt: UnitId,
    nc: UnitId,
    doer: Actor,
    head: Actor,
    other: Actor,
    chief: Actor,
}

/// Somebody with an account and a person in a unit.
async fn scene(house: &TestHouse) -> Scene<'_> {
    let kt = house.unit("KT", "Phòng Kinh tế").await;
    let nc = house.unit("NC", "Phòng Nội chính").await;
    Scene {
        house,
        kt,
        nc,
        doer: house.staff_account("VP018", Role::Officer, kt, None).await,
        head: house.staff_account("VP010", Role::Head, kt, Some(kt)).await,
        other: house.staff_account("VP006", Role::Head, nc, Some(nc)).await,
        chief: house.staff_account("VP001", Role::Chief, nc, None).await,
    }
}

impl Scene<'_> {
    fn new_task(&self, code: &str, due_on: Date, doers: &[&Actor]) -> NewTask {
        NewTask {
            code: code.to_owned(),
            unit: self.kt,
            parent: None,
            due_on,
            content: Content {
                clause: "III.1".to_owned(),
                title: format!("Việc {code}"),
                weight: 1,
                doers: doers.iter().filter_map(|one| one.person).collect(),
                ..Content::default()
            },
        }
    }

    async fn assigned(&self, code: &str, due_on: Date) -> TaskId {
        let new = self.new_task(code, due_on, &[&self.doer]);
        service::assign(&self.house.as_actor(&self.head), &new).await.expect("a task")
    }

    async fn version(&self, id: TaskId) -> i64 {
        queries::detail(&self.house.program(), id).await.expect("a task").listed.task.version
    }

    async fn report(&self, by: &Actor, id: TaskId, words: &str) -> Result<(), TasksError> {
        service::report(&self.house.as_actor(by), id, self.version(id).await, words).await
    }

    async fn accept(&self, by: &Actor, id: TaskId) -> Result<(), TasksError> {
        service::accept(&self.house.as_actor(by), id, self.version(id).await).await
    }

    async fn counted(&self, day: Date) -> Count {
        let mut tx = self.house.db.read().await.expect("a transaction");
        let found = queries::stood_on(&mut tx, day).await.expect("counts");
        found.get(&("III.1".to_owned(), self.kt)).copied().unwrap_or_default()
    }
}

const SOON: Date = date(2026, 11, 30);

#[tokio::test]
async fn a_task_goes_from_assignment_to_acceptance_by_another_person() {
    for house in testkit::houses().await {
        let scene = scene(&house).await;
        let head = house.as_actor(&scene.head);
        let mut bare = scene.new_task("", SOON, &[]);
        bare.content.clause = "IX.9".to_owned();
        let refused = service::assign(&head, &bare).await;
        assert!(matches!(refused, Err(TasksError::NoClause)), "{refused:?}");
        let id = scene.assigned("", SOON).await;
        let waiting = queries::waiting(&house.as_actor(&scene.doer)).await.expect("a list");
        assert!(matches!(&waiting[..], [Waiting::ToDo { working_days: 4, .. }]), "{waiting:?}");

        let empty = scene.report(&scene.doer, id, "xong").await;
        assert!(matches!(empty, Err(TasksError::NoEvidence { .. })), "{empty:?}");
        let odd = service::attach(&house.as_actor(&scene.doer), id, "anh.png", b"hello").await;
        assert!(matches!(odd, Err(TasksError::BadFile { .. })), "{odd:?}");
        let png = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR";
        service::attach(&house.as_actor(&scene.doer), id, "anh.png", png).await.expect("evidence");
        scene.report(&scene.doer, id, "xong").await.expect("with a file");
        let late = service::attach(&house.as_actor(&scene.doer), id, "anh.png", png).await;
        assert!(matches!(late, Err(TasksError::State { is: StateKind::Reported })), "{late:?}");

        let short = service::give_back(&head, id, scene.version(id).await, "chưa").await;
        assert!(matches!(short, Err(TasksError::ShortReason { .. })), "{short:?}");
        service::give_back(&head, id, scene.version(id).await, "Bổ sung danh sách dự họp").await.expect("a reason");
        // The head takes it over and reports it: then it is the head's own work, and the chief accepts.
        scene.report(&scene.head, id, WORDS).await.expect("whoever assigns may report");
        let own = scene.accept(&scene.head, id).await;
        assert!(matches!(own, Err(TasksError::OwnWork)), "{own:?}");
        scene.accept(&scene.chief, id).await.expect("another person");
        let found = queries::detail(&house.program(), id).await.expect("a task");
        assert_eq!(found.listed.progress, Some(10_000));
        let names: Vec<_> = found.events.iter().map(|one| (one.kind, one.act.by.name.as_str())).collect();
        assert_eq!(
            names,
            [
                (EventKind::Assigned, "VP010"),
                (EventKind::Attached, "VP018"),
                (EventKind::Reported, "VP018"),
                (EventKind::Returned, "VP010"),
                (EventKind::Reported, "VP010"),
                (EventKind::Accepted, "VP001"),
            ],
            "{}",
            house.engine()
        );
        ledger::service::verify(&house.db, &house.keys).await.expect("a whole chain");
    }
}

#[tokio::test]
async fn a_doer_who_is_a_head_and_a_former_doer_do_not_accept() {
    for house in testkit::houses().await {
        let scene = scene(&house).await;
        let head = house.as_actor(&scene.head);
        let new = scene.new_task("", SOON, &[&scene.doer, &scene.head]);
        let id = service::assign(&head, &new).await.expect("a task");
        let without = Content { doers: scene.doer.person.into_iter().collect(), ..new.content.clone() };
        changes::edit(&head, id, 1, &without).await.expect("the head leaves");
        let stale = changes::edit(&head, id, 1, &without).await;
        assert!(matches!(stale, Err(TasksError::Store(StoreError::Stale { .. }))), "{stale:?}");
        scene.report(&scene.doer, id, WORDS).await.expect("done");
        let former = scene.accept(&scene.head, id).await;
        assert!(matches!(former, Err(TasksError::OwnWork)), "{}: {former:?}", house.engine());
    }
}

#[tokio::test]
async fn of_two_who_accept_at_once_one_does() {
    for house in testkit::houses().await {
        let scene = scene(&house).await;
        let id = scene.assigned("", SOON).await;
        scene.report(&scene.doer, id, WORDS).await.expect("done");
        let seen = scene.version(id).await;
        let (head, chief) = (house.as_actor(&scene.head), house.as_actor(&scene.chief));
        let both = join(service::accept(&head, id, seen), service::accept(&chief, id, seen)).await;
        let done = [&both.0, &both.1].into_iter().filter(|one| one.is_ok()).count();
        assert_eq!(done, 1, "{}: {both:?}", house.engine());
        let found = queries::detail(&house.program(), id).await.expect("a task");
        let accepted = found.events.iter().filter(|one| one.kind == EventKind::Accepted).count();
        assert_eq!((accepted, found.listed.task.state.kind()), (1, StateKind::Accepted));
    }
}

#[tokio::test]
async fn figures_go_by_the_first_due_day_on_any_day() {
    for mut house in testkit::houses().await {
        let (early, moved) = {
            let scene = scene(&house).await;
            let early = scene.assigned("SOM", SOON).await;
            scene.report(&scene.doer, early, WORDS).await.expect("done");
            scene.accept(&scene.head, early).await.expect("accepted");
            let moved = scene.assigned("DOI", SOON).await;
            let head = house.as_actor(&scene.head);
            let to = date(2026, 12, 20);
            let bare = changes::move_due(&head, moved, scene.version(moved).await, to, "bận").await;
            assert!(matches!(bare, Err(TasksError::ShortReason { .. })), "{bare:?}");
            let seen = scene.version(moved).await;
            changes::move_due(&head, moved, seen, to, "Chờ hướng dẫn của tỉnh").await.expect("a reason");
            assert_eq!(scene.counted(TODAY).await, Count { open: 1, done: 1, done_early: 1, ..Count::default() });
            assert_eq!(scene.counted(date(2026, 11, 22)).await, Count::default(), "nothing was assigned yet");
            (early, moved)
        };
        house.stand_on(date(2026, 12, 10));
        let program = house.program();
        let one = |id| async move { queries::detail(&program, id).await.expect("a task").listed.task };
        assert_eq!(one(early).await.days_early(program.today()), Some(7), "{}", house.engine());
        let late = one(moved).await;
        assert_eq!(late.days_early(program.today()), Some(-10), "{}: by the first day", house.engine());
        assert_eq!(late.days_early_by_moved(program.today()), None, "not late by the moved one");
        let filter = Filter { late: true, ..Filter::default() };
        let found = queries::list(&program, &filter).await.expect("a list");
        assert_eq!(found.iter().map(|one| one.task.id).collect::<Vec<_>>(), [moved]);
        let mut tx = house.db.read().await.expect("a transaction");
        let found = queries::stood_on(&mut tx, program.today()).await.expect("counts");
        let all = found.values().copied().fold(Count::default(), Count::and);
        assert_eq!(all, Count { open: 1, late: 1, done: 1, done_early: 1, done_late: 0 }, "{}", house.engine());
        assert_eq!(queries::count_by_clause(&mut tx).await.expect("counts"), [("III.1".to_owned(), 2)]);
    }
}

#[tokio::test]
async fn nobody_reaches_a_task_of_another_unit() {
    for house in testkit::houses().await {
        let scene = scene(&house).await;
        let id = scene.assigned("", SOON).await;
        let other = house.as_actor(&scene.other);
        let before = ledger::service::verify(&house.db, &house.keys).await.expect("a chain").entries;
        let content = scene.new_task("", SOON, &[]).content;
        let tried = [
            queries::detail(&other, id).await.map(|_| ()),
            changes::edit(&other, id, 1, &content).await,
            changes::move_due(&other, id, 1, date(2026, 12, 1), "Một lý do đủ dài").await,
            service::report(&other, id, 1, WORDS).await,
            service::give_back(&other, id, 1, "Một lý do đủ dài").await,
            service::accept(&other, id, 1).await,
            service::cancel(&other, id, 1, "Một lý do đủ dài").await,
            service::attach(&other, id, "a.png", b"\x89PNG\r\n\x1a\n").await.map(|_| ()),
            recurring::repeat(&other, id, Every::Month, None).await.map(|_| ()),
        ];
        for (at, one) in tried.iter().enumerate() {
            assert!(matches!(one, Err(TasksError::Unknown(_))), "{at}: {one:?}");
        }
        assert!(queries::list(&other, &Filter::default()).await.expect("a list").is_empty());
        let foreign = NewTask { unit: scene.nc, ..scene.new_task("", SOON, &[&scene.doer]) };
        let named = service::assign(&other, &foreign).await;
        assert!(matches!(named, Err(TasksError::Unknown(_))), "a person of another unit: {named:?}");
        let led = service::assign(&other, &scene.new_task("", SOON, &[])).await;
        assert!(matches!(led, Err(TasksError::Denied(_))), "{led:?}");
        let after = ledger::service::verify(&house.db, &house.keys).await.expect("a chain").entries;
        assert_eq!(before, after, "{}: something was written", house.engine());
        let helping = Content { coordinating: vec![scene.nc], ..content };
        changes::edit(&house.as_actor(&scene.head), id, 1, &helping).await.expect("the other unit helps");
        queries::detail(&other, id).await.expect("whoever helps sees it");
        let accepted = service::accept(&other, id, 2).await;
        assert!(matches!(accepted, Err(TasksError::Denied(_))), "{accepted:?}");
    }
}

#[tokio::test]
async fn a_parent_waits_for_its_parts_and_its_progress_is_theirs() {
    for house in testkit::houses().await {
        let scene = scene(&house).await;
        let (head, parent) = (house.as_actor(&scene.head), scene.assigned("CHA", SOON).await);
        let part = |code: &str, weight| {
            let mut new = scene.new_task(code, SOON, &[&scene.doer]);
            (new.parent, new.content.weight) = (Some(parent), weight);
            new
        };
        let mut ids: Vec<TaskId> = Vec::new();
        for (code, weight) in [("CHA.1", 3), ("CHA.2", 1), ("CHA.3", 96)] {
            ids.push(service::assign(&head, &part(code, weight)).await.expect("a part"));
        }
        let open = scene.report(&scene.doer, parent, WORDS).await;
        assert!(matches!(open, Err(TasksError::OpenChildren { many: 3 })), "{open:?}");
        let seen = scene.version(parent).await;
        let cancelled = service::cancel(&head, parent, seen, "Một lý do đủ dài").await;
        assert!(matches!(cancelled, Err(TasksError::OpenChildren { .. })), "{cancelled:?}");
        scene.report(&scene.doer, ids[0], WORDS).await.expect("done");
        scene.accept(&scene.head, ids[0]).await.expect("accepted");
        service::cancel(&head, ids[2], 1, "Không còn cần thiết nữa").await.expect("a reason");
        let found = queries::detail(&head, parent).await.expect("a task");
        assert_eq!((found.listed.progress, found.children.len()), (Some(7_500), 3), "{}", house.engine());
        service::cancel(&head, ids[1], 1, "Không còn cần thiết nữa").await.expect("a reason");
        scene.report(&scene.doer, parent, WORDS).await.expect("no part is open");
        let late = service::assign(&head, &part("CHA.4", 1)).await;
        assert!(matches!(late, Err(TasksError::State { is: StateKind::Reported })), "{late:?}");
    }
}

#[tokio::test]
async fn a_series_makes_each_task_once_also_when_two_make_them() {
    for mut house in testkit::houses().await {
        let first = {
            let scene = scene(&house).await;
            let first = scene.assigned("THANG", SOON).await;
            let head = house.as_actor(&scene.head);
            let odd = recurring::repeat(&head, first, Every::Month, Some(date(2026, 1, 1))).await;
            assert!(matches!(odd, Err(TasksError::OddEnd { .. })), "{odd:?}");
            recurring::repeat(&head, first, Every::Month, Some(date(2027, 6, 30))).await.expect("a series");
            let twice = recurring::repeat(&head, first, Every::Year, None).await;
            assert!(matches!(twice, Err(TasksError::State { .. })), "{twice:?}");
            assert_eq!(recurring::make_due(&house.program()).await.expect("an answer"), 0, "not due yet");
            first
        };
        house.stand_on(date(2027, 1, 31));
        let program = house.program();
        let both = join(recurring::make_due(&program), recurring::make_due(&program)).await;
        // One of them may be refused by the other's rows; then the next hour finds nothing left to make.
        assert!(both.0.is_ok() || both.1.is_ok(), "{both:?}");
        recurring::make_due(&program).await.expect("an answer");
        assert_eq!(recurring::make_due(&program).await.expect("an answer"), 0, "{}", house.engine());
        let found = queries::list(&program, &Filter::default()).await.expect("a list");
        let mut days: Vec<_> = found.iter().map(|one| (one.task.code.as_str(), one.task.first_due_on)).collect();
        days.sort_unstable();
        assert_eq!(
            days,
            [
                ("THANG", SOON),
                ("THANG/2", date(2027, 1, 31)),
                ("THANG/3", date(2027, 1, 31)),
                ("THANG/4", date(2027, 2, 28)),
            ],
            "{}: nobody is late with what did not exist",
            house.engine()
        );
        let series = queries::detail(&program, first).await.expect("a task").series.expect("a series");
        recurring::end(&program, series.id).await.expect("it goes on");
        house.stand_on(date(2027, 5, 1));
        assert_eq!(recurring::make_due(&house.program()).await.expect("an answer"), 0, "it was ended");
    }
}

#[tokio::test]
async fn a_past_day_shows_the_state_the_due_day_and_the_progress_of_that_day() {
    for mut house in testkit::houses().await {
        let (parent, part) = {
            let scene = scene(&house).await;
            let head = house.as_actor(&scene.head);
            let parent = scene.assigned("CHA", SOON).await;
            let new = NewTask { parent: Some(parent), ..scene.new_task("CON", SOON, &[&scene.doer]) };
            (parent, service::assign(&head, &new).await.expect("a part"))
        };
        house.stand_on(date(2026, 11, 25));
        let to = date(2026, 12, 5);
        let seen = queries::detail(&house.program(), part).await.expect("a task").listed.task.version;
        changes::move_due(&house.program(), part, seen, to, "Chờ hướng dẫn của tỉnh").await.expect("a reason");
        service::report(&house.program(), part, seen + 1, WORDS).await.expect("words");
        house.stand_on(date(2026, 11, 27));
        let chief = Actor { name: "Người khác".to_owned(), ..testkit::actor(Role::Chief, None) };
        service::accept(&house.as_actor(&chief), part, seen + 2).await.expect("another");
        let program = house.program();
        let stood = |day: Date, id: TaskId| {
            let program = &program;
            async move {
                let then = queries::list_then(program, &Filter::default(), day).await.expect("a list");
                assert_eq!(then.undated, 0, "the history reaches back to the first day");
                let one = then.tasks.into_iter().find(|one| one.task.id == id);
                one.map(|one| (one.task.state.kind(), one.task.due_on, one.progress))
            }
        };
        let engine = house.engine();
        assert_eq!(stood(date(2026, 11, 22), part).await, None, "{engine}: not assigned yet");
        assert_eq!(stood(TODAY, part).await, Some((StateKind::Open, SOON, Some(0))), "{engine}");
        assert_eq!(stood(date(2026, 11, 26), part).await, Some((StateKind::Reported, to, Some(0))), "{engine}");
        assert_eq!(stood(date(2026, 11, 27), part).await, Some((StateKind::Accepted, to, Some(10_000))), "{engine}");
        assert_eq!(stood(date(2026, 11, 26), parent).await, Some((StateKind::Open, SOON, Some(0))), "{engine}");
        assert_eq!(stood(date(2026, 11, 27), parent).await, Some((StateKind::Open, SOON, Some(10_000))), "{engine}");
        let late = Filter { late: true, ..Filter::default() };
        let then = queries::list_then(&program, &late, date(2026, 11, 27)).await.expect("a list");
        assert!(then.tasks.is_empty(), "{engine}: late by the day that is looked at");
    }
}

const SHEET: &str =
    "Mã nhiệm vụ,Khoản Kế hoạch,Tên nhiệm vụ,Đơn vị chủ trì,Mã người thực hiện,Hạn,Trọng số,Mã nhiệm vụ cha
N-1,III.1,Việc lớn,KT,,31/12/2026,,
N-2,III.1,Việc nhỏ,Phong Kinh te,VP018; VP010,15/12/2026,3,N-1
";

#[tokio::test]
async fn a_sheet_brings_tasks_in_once_and_names_its_faults() {
    for house in testkit::houses().await {
        let scene = scene(&house).await;
        let head = house.as_actor(&scene.head);
        let run = |sheet: String, dry_run| async move {
            import::tasks(&head, sheet.as_bytes(), Manner { dry_run, accept_good_rows: false }).await.expect("a sheet")
        };
        let tried = run(SHEET.to_owned(), true).await;
        assert_eq!((tried.created, tried.faults.len()), (2, 0), "{tried:?}");
        assert!(queries::list(&head, &Filter::default()).await.expect("a list").is_empty(), "a trial writes nothing");
        assert_eq!(run(SHEET.to_owned(), false).await.created, 2);
        let again = run(SHEET.to_owned(), false).await;
        assert_eq!((again.created, again.updated, again.unchanged), (0, 0, 2), "{}: {again:?}", house.engine());
        let changed = run(SHEET.replace("Việc nhỏ", "Việc nhỏ hơn"), false).await;
        assert_eq!((changed.created, changed.updated, changed.unchanged), (0, 1, 1), "{changed:?}");

        let faulty =
            "Mã nhiệm vụ,Khoản Kế hoạch,Tên nhiệm vụ,Đơn vị chủ trì,Mã người thực hiện,Hạn,Trọng số,Mã nhiệm vụ cha
N-1,III.1,Việc lớn,KT,,30/12/2026,,
N-3,III.99,Việc,KT,,31/12/2026,,
N-4,III.1,,KT,VP999,31/02/2026,101,
N-5,III.1,Việc,NC,,31/12/2026,,
N-6,III.1,Việc,KT,VP006,31/12/2026,,
N-7,III.1,Việc,KT,,01/01/2026,,KHONG-CO
N-8,III.1,Việc,KT,,01/01/2026,,
N-8,III.1,Việc,KT,,31/12/2026,,
";
        let found = run(faulty.to_owned(), false).await;
        let cells: Vec<_> = found.faults.iter().map(|one| (one.row, one.column.as_str())).collect();
        assert_eq!(
            cells,
            [
                (2, "Hạn"),
                (3, "Khoản Kế hoạch"),
                (4, "Tên nhiệm vụ"),
                (4, "Hạn"),
                (4, "Trọng số"),
                (4, "Mã người thực hiện"),
                (5, "Đơn vị chủ trì"),
                (6, "Mã người thực hiện"),
                (7, "Mã nhiệm vụ cha"),
                (8, "Hạn"),
                (9, "Mã nhiệm vụ"),
            ],
            "{}: {:#?}",
            house.engine(),
            found.faults
        );
        assert_eq!(queries::list(&head, &Filter::default()).await.expect("a list").len(), 2, "nothing was written");
        let foreign = import::tasks(&house.as_actor(&scene.other), SHEET.as_bytes(), Manner::default()).await;
        assert_eq!(foreign.expect("a sheet").faults.len(), 2, "another unit's head changes nothing");
    }
}

#[tokio::test]
async fn an_address_for_calendars_shows_ones_own_tasks_until_it_is_withdrawn() {
    for house in testkit::houses().await {
        let scene = scene(&house).await;
        let id = scene.assigned("", SOON).await;
        service::assign(&house.as_actor(&scene.head), &scene.new_task("", SOON, &[])).await.expect("nobody's");
        let doer = house.as_actor(&scene.doer);
        let secret = feed::make(&doer).await.expect("an address");
        let ids = |found: Vec<office::tasks::model::Task>| found.iter().map(|one| one.id).collect::<Vec<_>>();
        assert_eq!(ids(feed::tasks(&house, &secret).await.expect("tasks")), [id], "{}", house.engine());
        let fresh = feed::make(&doer).await.expect("another address");
        let old = feed::tasks(&house, &secret).await;
        assert!(matches!(old, Err(TasksError::Unknown(_))), "{old:?}");
        feed::withdraw(&doer).await.expect("there is one");
        let gone = feed::tasks(&house, &fresh).await;
        assert!(matches!(gone, Err(TasksError::Unknown(_))), "{gone:?}");
        let twice = feed::withdraw(&doer).await;
        assert!(matches!(twice, Err(TasksError::Unknown(_))), "{twice:?}");
    }
}

#[tokio::test]
async fn on_a_day_off_nobody_is_reminded() {
    for mut house in testkit::houses().await {
        let doer = {
            let scene = scene(&house).await;
            scene.assigned("", SOON).await;
            scene.doer.clone()
        };
        house.stand_on(date(2026, 11, 29));
        assert!(queries::waiting(&house.as_actor(&doer)).await.expect("a list").is_empty(), "a Sunday");
        house.stand_on(date(2026, 11, 30));
        assert_eq!(queries::waiting(&house.as_actor(&doer)).await.expect("a list").len(), 1);
    }
}
