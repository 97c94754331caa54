//! Dialogues on real databases: from the agenda to the frozen minutes, what is still owed on the next agenda, who may
//! amend, and what happens when two act at once.

use futures::future::join;
use jiff::civil::date;
use kernel::id::UnitId;
use kernel::{Actor, Date, Role};
use office::dialogues::commitments::{self, NewCommitment};
use office::dialogues::guests::{self, Whom};
use office::dialogues::model::{AmendmentState, Standing, StateKind};
use office::dialogues::registration::{self, Application};
use office::dialogues::service::{self, NewDialogue};
use office::dialogues::{DialogueId, DialoguesError, GuestId, minutes, publication, queries, questions, settings};
use office::petitions::model::{Channel, Kind};
use office::petitions::routing::{self, Passage};
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

#[tokio::test]
async fn a_question_that_is_an_accusation_is_handed_over_and_read_by_nobody() {
    for house in testkit::houses().await {
        let scene = Scene::new(&house).await;
        let (ctx, intake, visitor) = (scene.ctx(), house.as_actor(&scene.intake), Actor::visitor());
        let visitor = house.as_actor(&visitor);
        let id = scene.plan(TODAY).await;
        let guest = Whom::Outside("Công ty Đông Á".to_owned());
        let (_, code) = guests::invite(&ctx, id, &guest).await.expect("invited");
        let code = code.expect("a code");
        for text in ["Ông A nhận tiền của tôi", "Bà B đòi quà"] {
            questions::ask(&visitor, &code, text).await.expect("asked");
        }
        let asked = queries::detail(&ctx, id).await.expect("a dialogue").questions;
        let (first, second) = (asked[0].id, asked[1].id);
        let to = ("Thanh tra tỉnh", "3/PC");
        let bare = questions::hand_over(&intake, id, first, ("Thanh tra tỉnh", " ")).await;
        assert!(matches!(bare, Err(DialoguesError::Missing { field: "van-ban", .. })), "{bare:?}");
        let other = questions::hand_over(&house.as_actor(&scene.head), id, first, to).await;
        assert!(matches!(other, Err(DialoguesError::Denied(_))), "{other:?}");
        questions::hand_over(&intake, id, first, to).await.expect("handed over");
        // The other becomes a petition, which turns out to be one too.
        let (petition, _) = questions::petition(&intake, id, second, "Đòi quà").await.expect("a petition");
        let seen = petitions::queries::detail(&intake, petition).await.expect("a petition").petition.version;
        let passage = Passage { agency: to.0.into(), document: to.1.into(), reason: String::new() };
        routing::hand_over(&intake, petition, seen, Kind::Accusation, &passage).await.expect("handed over");
        let inside = queries::detail(&ctx, id).await.expect("a dialogue").questions;
        let own = queries::visit(&visitor, &code).await.expect("a guest").questions;
        for read in [inside, own] {
            assert_eq!(read.len(), 2, "{}", house.engine());
            assert!(read.iter().all(|one| one.locked && one.guest.is_none()), "{read:?}");
            assert!(read.iter().all(|one| one.text.is_empty() && one.asker.is_empty()), "{read:?}");
            assert_eq!(read[0].handed_over, (to.0.to_owned(), to.1.to_owned()));
        }
        let again = questions::hand_over(&intake, id, first, to).await;
        assert!(matches!(again, Err(DialoguesError::Unknown(_))), "{again:?}");
        let late = questions::petition(&intake, id, first, "Nhận tiền").await;
        assert!(matches!(late, Err(DialoguesError::Unknown(_))), "{late:?}");
        let twice = questions::hand_over(&intake, id, second, to).await;
        assert!(matches!(twice, Err(DialoguesError::Petitioned)), "{twice:?}");
    }
}

#[tokio::test]
async fn whoever_asks_to_take_part_waits_for_the_office_and_is_reached_until_it_is_over() {
    for house in testkit::houses().await {
        let scene = Scene::new(&house).await;
        let (ctx, visitor) = (scene.ctx(), Actor::visitor());
        let visitor = house.as_actor(&visitor);
        let id = scene.plan(date(2026, 11, 26)).await;
        let asked = |name: &str| Application {
            name: name.to_owned(),
            phone: "0912 345 678".to_owned(),
            question: "Thuê đất mất bao lâu?".to_owned(),
        };
        let early = registration::apply(&visitor, id, &asked("Lò Thị Lả")).await;
        assert!(matches!(early, Err(DialoguesError::Unknown(_))), "not announced: {early:?}");
        let odd = registration::open(&ctx, id, 1, "sáng", date(2026, 11, 25)).await;
        assert!(matches!(odd, Err(DialoguesError::Missing { field: "gio", .. })), "{odd:?}");
        let late = registration::open(&ctx, id, 1, "8h30", date(2026, 11, 27)).await;
        assert!(matches!(late, Err(DialoguesError::Missing { field: "han-dang-ky", .. })), "{late:?}");
        registration::open(&ctx, id, 1, "8h30", date(2026, 11, 25)).await.expect("announced");
        let announced = queries::upcoming(&visitor).await.expect("a list");
        assert_eq!((announced.len(), announced[0].begins.as_str()), (1, "08:30"), "{}", house.engine());
        let mute = registration::apply(&visitor, id, &Application { phone: "gọi tôi".to_owned(), ..asked("Lò") }).await;
        assert!(matches!(mute, Err(DialoguesError::Missing { field: "dien-thoai", .. })), "{mute:?}");
        let mut codes = Vec::new();
        for name in ["Lò Thị Lả", "Vì Văn Mới"] {
            codes.push(registration::apply(&visitor, id, &asked(name)).await.expect("taken"));
        }
        let detail = async || queries::detail(&ctx, id).await.expect("a dialogue");
        let waiting = detail().await;
        assert_eq!((waiting.guests.len(), waiting.applicants.len(), waiting.questions.len()), (0, 2, 2));
        let unasked = queries::detail(&house.as_actor(&scene.head), id).await.expect("a dialogue");
        assert!(unasked.runs || unasked.applicants.is_empty(), "a telephone is for who prepares it");
        let (first, second) = (waiting.applicants[0].guest.id, waiting.applicants[1].guest.id);
        let unsaid = registration::decline(&ctx, id, second, "không").await;
        assert!(matches!(unsaid, Err(DialoguesError::Missing { field: "tra-loi", .. })), "{unsaid:?}");
        registration::confirm(&ctx, id, first).await.expect("confirmed");
        registration::decline(&ctx, id, second, "Hội trường đã hết chỗ").await.expect("declined");
        let again = registration::confirm(&ctx, id, second).await;
        assert!(matches!(again, Err(DialoguesError::Unknown(_))), "{again:?}");
        let settled = detail().await;
        assert_eq!(settled.guests.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["Lò Thị Lả"]);
        let phones: Vec<_> = settled.applicants.iter().map(|one| one.phone.as_str()).collect();
        assert_eq!(phones, ["0912 345 678", ""], "who was declined is not called");
        let own = queries::visit(&visitor, &codes[1]).await.expect("his own page").guest;
        assert_eq!((own.standing, own.reply.as_str()), (Standing::Declined, "Hội trường đã hết chỗ"));
        let closed = questions::ask(&visitor, &codes[1], "Còn câu nữa").await;
        assert!(matches!(closed, Err(DialoguesError::Missing { field: "cau-hoi", .. })), "{closed:?}");
        questions::ask(&visitor, &codes[0], "Còn câu nữa").await.expect("a guest asks");
        service::move_to(&ctx, id, scene.version(id).await, TODAY, "Hội trường B").await.expect("moved");
        assert_eq!(queries::upcoming(&visitor).await.expect("a list")[0].until, TODAY, "nobody asks after the day");
        service::hold(&ctx, id, scene.version(id).await, TODAY).await.expect("held");
        assert!(detail().await.applicants.iter().all(|one| one.phone.is_empty()), "it is over");
        assert!(queries::upcoming(&visitor).await.expect("a list").is_empty());
        let id = scene.plan(date(2026, 11, 26)).await;
        registration::open(&ctx, id, 1, "14:00", TODAY).await.expect("announced");
        registration::close(&ctx, id, scene.version(id).await).await.expect("taken back");
        assert!(queries::upcoming(&visitor).await.expect("a list").is_empty());
        let after = registration::apply(&visitor, id, &asked("Cầm Văn Hưởng")).await;
        assert!(matches!(after, Err(DialoguesError::Unknown(_))), "{after:?}");
    }
}
