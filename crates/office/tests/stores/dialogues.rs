//! Dialogues on real databases: from the agenda to the frozen minutes, what is still owed on the next agenda, who may
//! amend, and what happens when two act at once.

use futures::future::join;
use jiff::civil::date;
use kernel::id::UnitId;
use kernel::{Actor, Date, Role};
use office::dialogues::commitments::{self, NewCommitment};
use office::dialogues::guests::{self, Whom};
use office::dialogues::model::{AmendmentState, StateKind};
use office::dialogues::service::{self, NewDialogue};
use office::dialogues::{DialogueId, DialoguesError, GuestId, minutes, publication, queries, questions, settings};
use office::petitions::model::Channel;
use office::tasks::service as tasks;
use office::{Ctx, StoreError, ledger, petitions};
use testkit::{TODAY, TestHouse};

const MINUTES: &str = "Doanh nghiệp hỏi về thủ tục đất.\n\nVăn phòng ghi nhận.";

struct Scene<'a> {
    house: &'a TestHouse,
    kt: UnitId,
    standing: Actor,
    intake: Actor,
    officer: Actor,
    head: Actor,
}

impl<'a> Scene<'a> {
    async fn new(house: &'a TestHouse) -> Self {
        let kt = house.unit("KT", "Phòng Kinh tế").await;
        Self {
            house,
            kt,
            standing: house.staff_account("VP001", Role::Standing, kt, None).await,
            intake: house.account("tiepnhan", Role::Intake, None).await,
            officer: house.staff_account("VP011", Role::Officer, kt, Some(kt)).await,
            head: house.staff_account("VP010", Role::Head, kt, Some(kt)).await,
        }
    }

    fn ctx(&self) -> Ctx<'_> {
        self.house.as_actor(&self.standing)
    }

    async fn plan(&self, on: Date) -> DialogueId {
        let new = NewDialogue {
            title: "Đối thoại quý IV".to_owned(),
            clause: "V.3".to_owned(),
            place: "Hội trường".to_owned(),
            on,
            unit: self.kt,
        };
        service::plan(&self.ctx(), &new).await.expect("a dialogue")
    }

    async fn version(&self, id: DialogueId) -> i64 {
        queries::detail(&self.ctx(), id).await.expect("a dialogue").dialogue.version
    }

    /// Held today, with the officer and a guest from outside there; the guest's code.
    async fn held(&self) -> (DialogueId, GuestId, String) {
        let ctx = self.ctx();
        let id = self.plan(TODAY).await;
        let officer = Whom::Person(self.officer.person.expect("a person"));
        let (officer, none) = guests::invite(&ctx, id, &officer).await.expect("invited");
        assert!(none.is_none(), "whoever has an account needs no code");
        let guest = Whom::Outside("Công ty Đông Á".to_owned());
        let (guest, code) = guests::invite(&ctx, id, &guest).await.expect("invited");
        let head = Whom::Person(self.head.person.expect("a person"));
        guests::invite(&ctx, id, &head).await.expect("invited");
        service::hold(&ctx, id, self.version(id).await, TODAY).await.expect("held");
        guests::attend(&ctx, id, self.version(id).await, &[officer, guest]).await.expect("recorded");
        (id, guest, code.expect("a code"))
    }

    async fn freeze(&self, id: DialogueId) -> Result<(), DialoguesError> {
        minutes::freeze(&self.ctx(), id, self.version(id).await).await
    }

    async fn write(&self, id: DialogueId, text: &str) {
        minutes::write(&self.ctx(), id, self.version(id).await, text).await.expect("written");
    }
}

#[tokio::test]
async fn minutes_are_amended_by_who_was_there_and_frozen_for_good() {
    for house in testkit::houses().await {
        let scene = Scene::new(&house).await;
        let ctx = scene.ctx();
        let (id, _, code) = scene.held().await;
        let bare = scene.freeze(id).await;
        assert!(matches!(bare, Err(DialoguesError::NoMinutes)), "{bare:?}");
        let early = minutes::amend_by_code(&ctx, &code, "Sửa").await;
        assert!(matches!(early, Err(DialoguesError::NoMinutes)), "{early:?}");
        scene.write(id, MINUTES).await;

        for who in [&scene.head, &scene.intake] {
            let absent = minutes::amend(&house.as_actor(who), id, "Sửa đoạn 1").await;
            assert!(matches!(absent, Err(DialoguesError::NotThere)), "{absent:?}");
        }
        let own = minutes::amend(&house.as_actor(&scene.officer), id, "Sửa đoạn 1").await.expect("was there");
        let silent = minutes::amend_by_code(&house.as_actor(&Actor::visitor()), &code, " ").await;
        assert!(matches!(silent, Err(DialoguesError::Missing { field: "sua", .. })), "{silent:?}");
        let theirs = minutes::amend_by_code(&house.as_actor(&Actor::visitor()), &code, "Thêm hạn").await;
        let theirs = theirs.expect("was there");
        let wrong = minutes::amend_by_code(&ctx, "AAAA-BBBB-CCCC-DDDD-EEEE-FFFF", "Sửa").await;
        assert!(matches!(wrong, Err(DialoguesError::Unknown(_))), "{wrong:?}");
        let waiting = scene.freeze(id).await;
        assert!(matches!(waiting, Err(DialoguesError::OpenAmendments { many: 2 })), "{waiting:?}");

        minutes::settle(&ctx, id, own, true, "").await.expect("taken");
        let bare = minutes::settle(&ctx, id, theirs, false, "không").await;
        assert!(matches!(bare, Err(DialoguesError::Missing { field: "tra-loi", .. })), "{bare:?}");
        let reply = "Hạn đã ghi ở phần cam kết";
        let both = join(minutes::settle(&ctx, id, theirs, false, reply), minutes::settle(&ctx, id, theirs, true, ""));
        let both = both.await;
        assert!(both.0.is_ok() != both.1.is_ok(), "{}: {both:?}", house.engine());
        let states = queries::detail(&ctx, id).await.expect("a dialogue").amendments;
        assert!(states.iter().all(|one| one.state != AmendmentState::Open));

        let stale = minutes::freeze(&ctx, id, 1).await;
        assert!(matches!(stale, Err(DialoguesError::Store(StoreError::Stale { .. }))), "{stale:?}");
        scene.freeze(id).await.expect("frozen");
        let seen = scene.version(id).await;
        for late in [
            minutes::write(&ctx, id, seen, "Khác").await,
            minutes::amend(&house.as_actor(&scene.officer), id, "Sửa").await.map(|_| ()),
            minutes::settle(&ctx, id, own, true, "").await,
            guests::attend(&ctx, id, seen, &[]).await,
            guests::invite(&ctx, id, &Whom::Outside("Ai đó".to_owned())).await.map(|_| ()),
            questions::enter(&ctx, id, None, "Ai đó", "Hỏi").await.map(|_| ()),
            service::hold(&ctx, id, seen, TODAY).await,
            scene.freeze(id).await,
        ] {
            assert!(matches!(late, Err(DialoguesError::State { is: StateKind::Frozen })), "{late:?}");
        }
        let found = queries::detail(&ctx, id).await.expect("a dialogue").dialogue;
        assert_eq!((found.minutes.as_str(), found.frozen.expect("frozen").1.len()), (MINUTES, 64));
        assert_eq!(queries::minutes(&ctx, id).await.expect("a paper").kind, "BIÊN BẢN");
        ledger::service::verify(&house.db, &house.keys).await.expect("a whole chain");
    }
}

#[tokio::test]
async fn of_two_promises_the_unfinished_one_stands_on_the_next_agenda() {
    for house in testkit::houses().await {
        let scene = Scene::new(&house).await;
        let ctx = scene.ctx();
        let (id, ..) = scene.held().await;
        let promise = |what: &str| NewCommitment { what: what.to_owned(), unit: scene.kt, due_on: date(2026, 12, 15) };
        let past = NewCommitment { due_on: date(2026, 1, 1), ..promise("Sớm quá") };
        let past = commitments::commit(&ctx, id, &past).await;
        assert!(matches!(past, Err(DialoguesError::TooEarly { .. })), "{past:?}");
        commitments::commit(&ctx, id, &promise("Trả lời về thủ tục đất")).await.expect("a promise");
        commitments::commit(&ctx, id, &promise("Mở lớp thương mại điện tử")).await.expect("a promise");
        let made = queries::detail(&ctx, id).await.expect("a dialogue").commitments;
        assert_eq!(made.len(), 2);
        let done = &made[0].task;
        assert_eq!((done.unit, done.due_on, done.content.clause.as_str()), (scene.kt, date(2026, 12, 15), "V.3"));
        let evidence = "Đã trả lời bằng văn bản số 12";
        tasks::report(&house.as_actor(&scene.head), done.id, done.version, evidence).await.expect("reported");
        let chief = house.account("chanhvp", Role::Chief, None).await;
        let next = scene.plan(date(2026, 12, 20)).await;
        let owed =
            |found: queries::Detail| found.pending.into_iter().map(|one| one.commitment.what).collect::<Vec<_>>();
        let both = owed(queries::detail(&ctx, next).await.expect("a dialogue"));
        assert_eq!(both.len(), 2, "reported is not done yet");
        tasks::accept(&house.as_actor(&chief), done.id, done.version + 1).await.expect("accepted");
        let one = owed(queries::detail(&ctx, next).await.expect("a dialogue"));
        assert_eq!(one, ["Mở lớp thương mại điện tử"], "{}", house.engine());
        assert!(queries::detail(&ctx, id).await.expect("a dialogue").pending.is_empty(), "not on its own agenda");
        scene.write(id, MINUTES).await;
        scene.freeze(id).await.expect("frozen");
        let late = commitments::commit(&ctx, id, &promise("Muộn")).await;
        assert!(matches!(late, Err(DialoguesError::State { is: StateKind::Frozen })), "{late:?}");
        let mut tx = house.db.read().await.expect("a transaction");
        assert_eq!(queries::count_by_clause(&mut tx).await.expect("counts"), [("V.3".to_owned(), 2)]);
    }
}

#[tokio::test]
async fn a_guest_asks_beforehand_and_a_question_becomes_one_petition() {
    for house in testkit::houses().await {
        let scene = Scene::new(&house).await;
        let (ctx, visitor) = (scene.ctx(), Actor::visitor());
        let enterprise = house.enterprise("5500123456", "Công ty Chè").await;
        let id = scene.plan(date(2026, 12, 20)).await;
        let unknown = guests::invite(&ctx, id, &Whom::Enterprise("5500999999".to_owned())).await;
        assert!(matches!(unknown, Err(DialoguesError::Missing { field: "ma-so-thue", .. })), "{unknown:?}");
        let company = Whom::Enterprise("5500 123 456".to_owned());
        let (guest, code) = guests::invite(&ctx, id, &company).await.expect("invited");
        let twice = guests::invite(&ctx, id, &company).await;
        assert!(matches!(twice, Err(DialoguesError::Invited)), "{twice:?}");
        let code = code.expect("a code");
        let fresh = guests::renew_code(&ctx, id, guest).await.expect("another code");
        let public = house.as_actor(&visitor);
        let old = questions::ask(&public, &code, "Hỏi").await;
        assert!(matches!(old, Err(DialoguesError::Unknown(_))), "the code before opens nothing: {old:?}");
        questions::ask(&public, &fresh.to_lowercase().replace('-', " "), "Bao giờ có sổ đỏ?").await.expect("asked");
        for _ in 1..questions::MOST_BY_CODE {
            questions::ask(&public, &fresh, "Hỏi nữa").await.expect("asked");
        }
        let many = questions::ask(&public, &fresh, "Hỏi nữa").await;
        assert!(matches!(many, Err(DialoguesError::Missing { field: "cau-hoi", .. })), "{many:?}");
        let kept = guests::uninvite(&ctx, id, guest).await;
        assert!(matches!(kept, Err(DialoguesError::Missing { .. })), "{kept:?}");

        let asked = queries::detail(&ctx, id).await.expect("a dialogue").questions[0].id;
        let denied = questions::petition(&ctx, id, asked, "Về sổ đỏ").await;
        assert!(matches!(denied, Err(DialoguesError::Denied(_))), "{denied:?}");
        let clerk = house.as_actor(&scene.intake);
        let other = scene.plan(date(2026, 12, 21)).await;
        let strange = questions::petition(&clerk, other, asked, "Về sổ đỏ").await;
        assert!(matches!(strange, Err(DialoguesError::Unknown(_))), "{strange:?}");
        let both = join(
            questions::petition(&clerk, id, asked, "Về sổ đỏ"),
            questions::petition(&clerk, id, asked, "Về sổ đỏ"),
        );
        let both = both.await;
        assert!(both.0.is_ok() != both.1.is_ok(), "{}: {both:?}", house.engine());
        let inbox = petitions::queries::inbox(&clerk, &petitions::queries::Filter::default(), "")
            .await
            .expect("an inbox")
            .lines;
        assert_eq!(inbox.len(), 1, "{}", house.engine());
        let letter = &inbox[0].letter;
        assert_eq!((letter.channel, letter.enterprise), (Channel::Dialogue, Some(enterprise)));
    }
}

#[tokio::test]
async fn the_public_reads_a_result_only_when_frozen_and_without_anybodys_name() {
    for house in testkit::houses().await {
        let scene = Scene::new(&house).await;
        let ctx = scene.ctx();
        let (id, ..) = scene.held().await;
        scene.write(id, MINUTES).await;
        let result = "Văn phòng trả lời 1 câu hỏi về đất.";
        let early = publication::publish(&ctx, id, scene.version(id).await, result).await;
        assert!(matches!(early, Err(DialoguesError::State { .. })), "{early:?}");
        scene.freeze(id).await.expect("frozen");
        let public = Actor::visitor();
        assert!(queries::results(&house.as_actor(&public)).await.expect("results").is_empty());
        let seen = scene.version(id).await;
        for told in ["Người VP011 hỏi", "Gọi 0912 345 678", "Viết a@b.vn"] {
            let told = publication::publish(&ctx, id, seen, told).await;
            assert!(matches!(told, Err(DialoguesError::Personal { .. })), "{told:?}");
        }
        publication::publish(&ctx, id, seen, result).await.expect("published");
        let found = queries::results(&house.as_actor(&public)).await.expect("results");
        assert_eq!((found.len(), found[0].there, found[0].published.text.as_str()), (1, 2, result));
        publication::hide(&ctx, id, scene.version(id).await).await.expect("hidden");
        assert!(queries::results(&house.as_actor(&public)).await.expect("results").is_empty());
    }
}

#[tokio::test]
async fn how_often_is_a_setting_with_its_document_and_unknown_until_then() {
    for house in testkit::houses().await {
        let scene = Scene::new(&house).await;
        let ctx = scene.ctx();
        assert_eq!(queries::overview(&ctx).await.expect("a list").frequency, None);
        for (months, ground, document, field) in
            [(0, "Kế hoạch", "KH 112", "thang"), (6, " ", "KH 112", "can-cu"), (6, "Kế hoạch", "", "van-ban")]
        {
            let refused = settings::set(&ctx, months, ground, document).await;
            assert!(matches!(refused, Err(DialoguesError::Missing { field: at, .. }) if at == field), "{refused:?}");
        }
        settings::set(&ctx, 6, "Kế hoạch của tỉnh", "KH 112/KH-UBND ngày 25/4/2025").await.expect("set");
        assert_eq!(queries::overview(&ctx).await.expect("a list").next_by, None, "none was held");
        scene.held().await;
        let next = queries::overview(&ctx).await.expect("a list").next_by;
        assert_eq!(next, Some(TODAY.saturating_add(jiff::Span::new().months(6))), "{}", house.engine());
        let head = settings::set(&house.as_actor(&scene.head), 3, "Kế hoạch", "KH").await;
        assert!(matches!(head, Err(DialoguesError::Denied(_))), "{head:?}");
        let past = scene.ctx();
        let new = NewDialogue {
            title: "Đối thoại".to_owned(),
            clause: "IX".to_owned(),
            place: "Hội trường".to_owned(),
            on: TODAY,
            unit: scene.kt,
        };
        let clause = service::plan(&past, &new).await;
        assert!(matches!(clause, Err(DialoguesError::Missing { field: "khoan", .. })), "{clause:?}");
        let early = service::plan(&past, &NewDialogue { clause: "V.3".to_owned(), on: date(2026, 1, 1), ..new }).await;
        assert!(matches!(early, Err(DialoguesError::TooEarly { .. })), "{early:?}");
    }
}
