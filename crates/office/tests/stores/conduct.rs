//! Reports of conduct on real databases: the chain from the door to an appeal, who knows of what, what two people
//! open together, what a copy of the database tells, and what is published.

use jiff::civil::date;
use kernel::id::UnitId;
use kernel::{Actor, Date, Role};
use office::conduct::figures;
use office::conduct::intake::{self, NewFile, NewReport, Slip};
use office::conduct::keyring::{self, Unlocked};
use office::conduct::model::{KeyState, Outcome, State};
use office::conduct::outcome::{self, NewConclusion};
use office::conduct::{ConductError, ReportId, queries, service, talk, unveiling};
use office::db::copy::Cell;
use office::ledger;
use office::organization::Recipient;
use office::records::facts::{Asked, sourced};
use rules::facts::{HoldKind, Stage};
use rules::{AwardCode, GuardVerdict, Question};
use testkit::{TODAY, TestHouse};

const PHRASE: &str = "suối trong đá trắng 2026";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDRbi-mat-trong-anh";
const WORDS: &str = "Đã xác minh tại nơi làm việc";

/// Three inspectors of three units, a unit of three, and somebody in it.
struct Scene<'a> {
    house: &'a TestHouse,
    kt: UnitId,
    one: Actor,
    two: Actor,
    own: Actor,
    subject: Actor,
    keys: [Unlocked; 3],
}

/// An inspector of a unit, with the role in the accounts.
async fn inspector(house: &TestHouse, code: &str, unit: UnitId) -> Actor {
    let actor = house.staff_account(code, Role::Inspector, unit, None).await;
    house.grant(&actor, Role::Inspector, None).await;
    actor
}

async fn admitted(house: &TestHouse, first: Option<(&Actor, &Unlocked)>, actor: &Actor) -> Unlocked {
    let ctx = house.as_actor(actor);
    let id = keyring::make(&ctx, PHRASE).await.expect("a key");
    if let Some((inspector, key)) = first {
        let waits = keyring::unlock(&ctx, PHRASE).await;
        assert!(matches!(waits, Err(ConductError::OddKey(_))), "nobody vouched for it yet");
        keyring::admit(&house.as_actor(inspector), key, id).await.expect("vouched for");
    }
    keyring::unlock(&ctx, PHRASE).await.expect("the right passphrase")
}

async fn scene(house: &TestHouse) -> Scene<'_> {
    let kt = house.unit("KT", "Phòng Kinh tế").await;
    let nc = house.unit("NC", "Phòng Nội chính").await;
    let th = house.unit("TH", "Phòng Tổng hợp").await;
    let one = inspector(house, "VP101", nc).await;
    let two = inspector(house, "VP102", th).await;
    let own = inspector(house, "VP103", kt).await;
    let subject = house.staff_account("VP104", Role::Officer, kt, None).await;
    house.staff("VP105", "Người thứ ba", kt).await;
    let first = admitted(house, None, &one).await;
    let second = admitted(house, Some((&one, &first)), &two).await;
    let third = admitted(house, Some((&one, &first)), &own).await;
    Scene { house, kt, one, two, own, subject, keys: [first, second, third] }
}

impl Scene<'_> {
    fn report(&self) -> NewReport {
        NewReport {
            what: "Đòi nộp thêm tiền ngoài phiếu thu".to_owned(),
            who: "chuyên viên ở bàn số 3".to_owned(),
            unit: Some(self.kt),
            when: "sáng thứ hai".to_owned(),
            name: "Hoàng Thị Kín".to_owned(),
            contact: "0987 111 222".to_owned(),
        }
    }

    async fn sent(&self, new: &NewReport, files: &[NewFile]) -> (ReportId, String) {
        let ctx = self.house.as_actor(&self.one);
        let before: Vec<_> = queries::list(&ctx, &self.keys[0], None).await.expect("a list");
        let slip = Slip::fresh(self.house);
        intake::send(self.house, &slip, new, files).await.expect("sent");
        let after = queries::list(&ctx, &self.keys[0], None).await.expect("a list").into_iter();
        let mut fresh = after.map(|line| line.id).filter(|id| !before.iter().any(|line| line.id == *id));
        (fresh.next().expect("the first inspector sees it"), slip.code)
    }

    async fn version(&self, id: ReportId) -> i64 {
        let ctx = self.house.as_actor(&self.one);
        queries::detail(&ctx, &self.keys[0], id).await.expect("a report").version
    }

    /// Why a nomination of the subject is blocked on a day, as the rule book says it.
    async fn blocked(&self, day: Date) -> Option<String> {
        let mut tx = self.house.db.read().await.expect("a transaction");
        let person = Recipient::Person(self.subject.person.expect("a person"));
        let facts = sourced(&mut tx, person, &Asked::on(day, Stage::Annual)).await.expect("facts").expect("a person");
        let question = Question { awards: &[AwardCode::GiayKhen], ..Question::about(&facts.facts, day) };
        let result = self.house.rules.evaluate(&question).results.remove(0);
        let mut blocked = result.guards.into_iter().filter(|guard| guard.verdict == GuardVerdict::Blocked);
        blocked.next().and_then(|guard| guard.reason)
    }

    async fn is_held(&self, day: Date) -> bool {
        self.blocked(day).await.is_some()
    }
}

fn conclusion(outcome: Outcome) -> NewConclusion {
    NewConclusion {
        outcome,
        words: WORDS.to_owned(),
        told: "Cảm ơn bạn, việc đã được xử lý".to_owned(),
        document: "15/KL-KT".to_owned(),
        hold: Some((HoldKind::DisciplinePending, TODAY, date(2027, 2, 24))),
    }
}

#[tokio::test]
async fn a_report_is_asked_about_answered_concluded_and_the_hold_is_lifted_on_appeal() {
    for house in testkit::houses().await {
        let scene = scene(&house).await;
        let ctx = house.as_actor(&scene.one);
        let key = &scene.keys[0];
        let png = NewFile { name: "ảnh.png".to_owned(), bytes: PNG.to_vec() };
        let (id, code) = scene.sent(&scene.report(), &[png]).await;
        let early = service::ask(&ctx, key, id, 1, "Việc xảy ra lúc mấy giờ?").await;
        assert!(matches!(early, Err(ConductError::NotNow { state: State::Received, .. })), "{early:?}");
        service::look(&ctx, key, id, 1).await.expect("taken up");
        service::ask(&ctx, key, id, 2, "Việc xảy ra lúc mấy giờ?").await.expect("asked");
        let typed = code.to_lowercase().replace('-', " ");
        let read = talk::read(&house, &typed).await.expect("found however it is typed");
        assert_eq!((read.state, read.messages.len()), (State::Asked, 1));
        talk::write(&house, &code, 1, "Lúc chín giờ").await.expect("answered");
        let again = talk::write(&house, &code, 1, "Lúc chín giờ").await;
        assert!(matches!(again, Err(ConductError::Repeated)), "{again:?}");
        let seen = queries::detail(&ctx, key, id).await.expect("a report");
        assert_eq!((seen.state, seen.messages[1].words.as_str()), (State::Answered, "Lúc chín giờ"));
        let (head, bytes) = queries::file(&ctx, key, id, seen.files[0].0).await.expect("the file");
        assert_eq!((head.name.as_str(), head.media_type.as_str(), &bytes[..]), ("ảnh.png", "image/png", PNG));

        let nobody = outcome::conclude(&ctx, key, id, seen.version, &conclusion(Outcome::Substantiated)).await;
        assert!(matches!(nobody, Err(ConductError::Missing { .. })), "without a person: {nobody:?}");
        service::attribute(&ctx, key, id, seen.version, (None, scene.subject.person)).await.expect("named");
        let version = scene.version(id).await;
        let no_term = NewConclusion { hold: None, ..conclusion(Outcome::Substantiated) };
        let bare = outcome::conclude(&ctx, key, id, version, &no_term).await;
        assert!(matches!(bare, Err(ConductError::Missing { field: "tu-ngay", .. })), "{bare:?}");
        assert!(!scene.is_held(TODAY).await);
        let stale = outcome::conclude(&ctx, key, id, version - 1, &conclusion(Outcome::Substantiated)).await;
        assert!(matches!(stale, Err(ConductError::Store(_))), "{stale:?}");
        assert!(!scene.is_held(TODAY).await, "{}: a refused conclusion holds nobody", house.engine());
        outcome::conclude(&ctx, key, id, version, &conclusion(Outcome::Substantiated)).await.expect("concluded");
        let reason = scene.blocked(TODAY).await.expect("blocked");
        assert!(reason.contains("kỷ luật") && reason.contains("đến hết ngày 23/02/2027"), "{reason}");
        assert!(scene.is_held(date(2027, 2, 23)).await);
        assert!(!scene.is_held(date(2027, 2, 24)).await, "the stated period is over");

        let version = scene.version(id).await;
        outcome::appeal(&ctx, key, id, version, ("Tôi không nhận khoản nào", "03/ĐKN")).await.expect("appealed");
        let open = service::close(&ctx, key, id, version + 1).await;
        assert!(matches!(open, Err(ConductError::Missing { .. })), "an appeal waits: {open:?}");
        let bare = outcome::decide_appeal(&ctx, key, id, version + 1, (true, " ")).await;
        assert!(matches!(bare, Err(ConductError::Missing { .. })), "{bare:?}");
        outcome::decide_appeal(&ctx, key, id, version + 1, (true, "04/QĐ-GQKN")).await.expect("lifted");
        assert!(!scene.is_held(TODAY).await && !scene.is_held(date(2027, 1, 1)).await, "{}", house.engine());
        service::close(&ctx, key, id, version + 2).await.expect("closed");
        let late = talk::write(&house, &code, 3, "Còn một việc nữa").await;
        assert!(matches!(late, Err(ConductError::NotNow { .. })), "{late:?}");
        ledger::service::verify(&house.db, &house.keys).await.expect("a whole chain");
    }
}

#[tokio::test]
async fn whom_a_report_concerns_knows_of_none_by_any_way() {
    for house in testkit::houses().await {
        let scene = scene(&house).await;
        let ctx = house.as_actor(&scene.own);
        let (id, _) = scene.sent(&scene.report(), &[]).await;
        assert!(queries::list(&ctx, &scene.keys[2], None).await.expect("a list").is_empty());
        let stranger = ReportId::random();
        for one in [id, stranger] {
            let key = &scene.keys[2];
            let tried = [
                queries::detail(&ctx, key, one).await.map(|_| ()),
                service::look(&ctx, key, one, 1).await,
                service::ask(&ctx, key, one, 1, "Một câu hỏi dài").await,
                service::attribute(&ctx, key, one, 1, (None, None)).await,
                outcome::conclude(&ctx, key, one, 1, &conclusion(Outcome::NoBasis)).await,
                unveiling::ask(&ctx, key, one, "Một lý do đủ dài").await,
            ];
            for answer in tried {
                assert!(matches!(answer, Err(ConductError::Unknown("phản ánh"))), "{}: {answer:?}", house.engine());
            }
        }
        let borrowed = queries::detail(&ctx, &scene.keys[0], id).await;
        assert!(matches!(borrowed, Err(ConductError::Locked)), "another's opened key: {borrowed:?}");
        // Named in free words only, with no unit chosen: who is named and their unit are kept out all the same.
        let words = NewReport { unit: None, who: "anh NGUOI VP104".to_owned(), ..scene.report() };
        scene.sent(&words, &[]).await;
        assert!(queries::list(&ctx, &scene.keys[2], None).await.expect("a list").is_empty());
        // Found out later: whoever saw it until then loses it.
        let vague = NewReport { unit: None, who: "không rõ là ai".to_owned(), ..scene.report() };
        let (id, _) = scene.sent(&vague, &[]).await;
        assert_eq!(queries::list(&ctx, &scene.keys[2], None).await.expect("a list").len(), 1);
        service::attribute(&house.as_actor(&scene.one), &scene.keys[0], id, 1, (Some(scene.kt), None))
            .await
            .expect("found out");
        assert!(queries::list(&ctx, &scene.keys[2], None).await.expect("a list").is_empty(), "{}", house.engine());
        // Neither role nor program opens anything.
        for role in [Role::Admin, Role::Chief, Role::Head] {
            let other = house.account(role.code(), role, None).await;
            let ctx = house.as_actor(&other);
            let denied = queries::list(&ctx, &scene.keys[0], None).await;
            assert!(matches!(denied, Err(ConductError::Denied(_))), "{denied:?}");
            assert!(matches!(keyring::make(&ctx, PHRASE).await, Err(ConductError::Denied(_))));
        }
        assert!(keyring::make(&house.program(), PHRASE).await.is_err());
        // The auditor's page tells nothing of it either: the inspector of that unit reads it too.
        let filter = ledger::queries::Filter::default();
        let entries = ledger::queries::search(&ctx, &filter, 1_000).await.expect("a page");
        assert!(entries.iter().all(|entry| !entry.action.starts_with("conduct.")), "{}", house.engine());
    }
}

#[tokio::test]
async fn an_identity_is_opened_by_two_with_a_reason_and_by_nobody_alone() {
    for house in testkit::houses().await {
        let scene = scene(&house).await;
        let (first, second) = (house.as_actor(&scene.one), house.as_actor(&scene.two));
        let (id, code) = scene.sent(&scene.report(), &[]).await;
        let short = unveiling::ask(&first, &scene.keys[0], id, "cần").await;
        assert!(matches!(short, Err(ConductError::Missing { .. })), "{short:?}");
        unveiling::ask(&first, &scene.keys[0], id, "Cần đối chất với phiếu thu").await.expect("asked");
        let request = queries::detail(&first, &scene.keys[0], id).await.expect("a report").unveilings;
        let request = request[0].unveiling.id;
        let alone = unveiling::agree(&first, &scene.keys[0], id, request).await;
        assert!(matches!(alone, Err(ConductError::SamePerson)), "{alone:?}");
        assert!(queries::detail(&first, &scene.keys[0], id).await.expect("a report").identity.is_none());
        unveiling::agree(&second, &scene.keys[1], id, request).await.expect("agreed");
        for (ctx, key) in [(&first, &scene.keys[0]), (&second, &scene.keys[1])] {
            let identity = queries::detail(ctx, key, id).await.expect("a report").identity.expect("opened");
            assert_eq!((identity.name.as_str(), identity.contact.as_str()), ("Hoàng Thị Kín", "0987 111 222"));
        }
        let entries = queries::detail(&first, &scene.keys[0], id).await.expect("a report").entries;
        let by = |action: &str| entries.iter().find(|(entry, _)| entry.action == action).map(|(_, name)| name.clone());
        assert_eq!(by("conduct.ask_identity").as_deref(), Some("VP101"), "{}", house.engine());
        assert_eq!(by("conduct.open_identity").as_deref(), Some("VP102"));
        assert_eq!(talk::read(&house, &code).await.expect("a talk").opened_on, [TODAY], "the reporter is told");
        // Refused, nothing opens; without an identity there is nothing to ask for.
        let (id, _) = scene.sent(&scene.report(), &[]).await;
        unveiling::ask(&first, &scene.keys[0], id, "Cần đối chất với phiếu thu").await.expect("asked");
        let request = queries::detail(&second, &scene.keys[1], id).await.expect("a report").unveilings;
        unveiling::refuse(&second, &scene.keys[1], id, request[0].unveiling.id).await.expect("refused");
        let late = unveiling::agree(&second, &scene.keys[1], id, request[0].unveiling.id).await;
        assert!(matches!(late, Err(ConductError::Unknown(_))), "{late:?}");
        let bare = NewReport { name: String::new(), contact: String::new(), ..scene.report() };
        let (id, _) = scene.sent(&bare, &[]).await;
        let none = unveiling::ask(&first, &scene.keys[0], id, "Cần đối chất với phiếu thu").await;
        assert!(matches!(none, Err(ConductError::NoIdentity)), "{none:?}");
    }
}

#[tokio::test]
async fn keys_are_vouched_for_and_what_was_sealed_before_is_sealed_again() {
    for house in testkit::houses().await {
        let scene = scene(&house).await;
        let (id, _) = scene.sent(&scene.report(), &[]).await;
        let th = house.unit("BT", "Ban Tiếp công dân").await;
        let newcomer = inspector(&house, "VP110", th).await;
        let key = admitted(&house, Some((&scene.one, &scene.keys[0])), &newcomer).await;
        let ctx = house.as_actor(&newcomer);
        assert_eq!(queries::detail(&ctx, &key, id).await.expect("sealed again").body.who, "chuyên viên ở bàn số 3");
        // The newcomer may be the first of two for what came in before, and the second for nobody.
        unveiling::ask(&ctx, &key, id, "Cần đối chất với phiếu thu").await.expect("asked");
        let second = house.as_actor(&scene.two);
        let request = queries::detail(&second, &scene.keys[1], id).await.expect("a report").unveilings;
        unveiling::agree(&second, &scene.keys[1], id, request[0].unveiling.id).await.expect("agreed");
        assert!(queries::detail(&ctx, &key, id).await.expect("a report").identity.is_some());
        // From the unit that the report concerns: admitted, and told nothing.
        let insider = inspector(&house, "VP111", scene.kt).await;
        let sealed = admitted(&house, Some((&scene.one, &scene.keys[0])), &insider).await;
        assert!(queries::list(&house.as_actor(&insider), &sealed, None).await.expect("a list").is_empty());
        // A forgotten passphrase: the key is taken back, a new one waits.
        let wrong = keyring::unlock(&ctx, "sai cụm mật khẩu rồi").await;
        assert!(matches!(wrong, Err(ConductError::WrongPassphrase)), "{wrong:?}");
        let twice = keyring::make(&ctx, PHRASE).await;
        assert!(matches!(twice, Err(ConductError::HasKey)), "{twice:?}");
        keyring::rephrase(&ctx, PHRASE, "một cụm mật khẩu khác").await.expect("changed");
        assert!(matches!(keyring::unlock(&ctx, PHRASE).await, Err(ConductError::WrongPassphrase)));
        keyring::unlock(&ctx, "một cụm mật khẩu khác").await.expect("the new one");
        let foreign = keyring::retire(&ctx, None, scene.keys[0].key).await;
        assert!(matches!(foreign, Err(ConductError::Locked)), "another's, without an opened key: {foreign:?}");
        keyring::retire(&house.as_actor(&scene.one), Some(&scene.keys[0]), key.key).await.expect("taken back");
        let gone = queries::list(&ctx, &key, None).await;
        assert!(matches!(gone, Err(ConductError::Locked)), "a key held in memory opens nothing: {gone:?}");
        keyring::make(&ctx, PHRASE).await.expect("a new one");
        let lines = keyring::keys(&ctx).await.expect("keys");
        let own: Vec<_> = lines.iter().filter(|line| line.own).map(|line| line.key.state).collect();
        assert_eq!(own, [KeyState::Retired, KeyState::Waiting], "{}", house.engine());
        let short = keyring::make(&house.as_actor(&insider), "ngắn").await;
        assert!(matches!(short, Err(ConductError::ShortPassphrase { .. })), "{short:?}");
    }
}

/// Every cell of every table as bytes, and every file of the house but its keys.
async fn everything(house: &TestHouse) -> Vec<u8> {
    let mut all = Vec::new();
    let mut tx = house.db.read().await.expect("a transaction");
    for table in tx.tables().await.expect("tables") {
        let add = |cells: Vec<Cell>| {
            for cell in cells {
                match cell {
                    Cell::Text(text) => all.extend_from_slice(text.as_bytes()),
                    Cell::Bytes(bytes) => all.extend_from_slice(&bytes),
                    _ => {}
                }
                all.push(b'\n');
            }
            Ok::<_, office::StoreError>(())
        };
        tx.copy_out(&table, add).await.expect("cells");
    }
    drop(tx);
    let mut folders = vec![house.data_dir.clone()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                all.extend(std::fs::read(path).expect("a file"));
            }
        }
    }
    all
}

#[tokio::test]
async fn a_copy_of_the_database_and_of_the_files_tells_nothing_that_was_said() {
    for house in testkit::houses().await {
        let scene = scene(&house).await;
        let (one, key) = (house.as_actor(&scene.one), &scene.keys[0]);
        let png = NewFile { name: "bằng chứng riêng.png".to_owned(), bytes: PNG.to_vec() };
        let (id, code) = scene.sent(&scene.report(), &[png]).await;
        service::look(&one, key, id, 1).await.expect("taken up");
        service::ask(&one, key, id, 2, "Bạn còn giữ phiếu thu không?").await.expect("asked");
        talk::write(&house, &code, 1, "Tôi còn giữ bản chụp").await.expect("answered");
        unveiling::ask(&one, key, id, "Cần đối chất với phiếu thu").await.expect("asked");
        let all = everything(&house).await;
        let plain = code.replace('-', "");
        for secret in [
            "Đòi nộp thêm tiền",
            "bàn số 3",
            "sáng thứ hai",
            "Hoàng Thị Kín",
            "0987 111 222",
            "bằng chứng riêng",
            "bi-mat-trong-anh",
            "Bạn còn giữ phiếu thu",
            "Tôi còn giữ bản chụp",
            "đối chất",
            code.as_str(),
            plain.as_str(),
            PHRASE,
        ] {
            let found = all.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "{}: “{secret}” lies open", house.engine());
        }
        assert!(all.windows(15).any(|window| window == b"conduct.receive"), "the copy is one");
        // Which inspector was kept out is not told by what is there: every key has a box of one size.
        let mut tx = house.db.read().await.expect("a transaction");
        let tables = tx.tables().await.expect("tables");
        for (name, many) in [("conduct_boxes", 3), ("conduct_identity_boxes", 6)] {
            let table = tables.iter().find(|table| table.name == name).expect("a table");
            let mut sizes = Vec::new();
            let size = |cells: Vec<Cell>| {
                sizes.extend(cells.iter().filter_map(|cell| match cell {
                    Cell::Bytes(bytes) if bytes.len() > 32 => Some(bytes.len()),
                    _ => None,
                }));
                Ok::<_, office::StoreError>(())
            };
            tx.copy_out(table, size).await.expect("cells");
            assert_eq!(sizes.len(), many, "{}", house.engine());
            assert!(sizes.windows(2).all(|pair| pair[0] == pair[1]), "{name}: {sizes:?}");
        }
    }
}

#[tokio::test]
async fn odd_reports_are_refused_and_one_form_is_one_report() {
    for house in testkit::houses().await {
        let scene = scene(&house).await;
        let send = async |new: NewReport, files: Vec<NewFile>| {
            intake::send(&house, &Slip::fresh(&house), &new, &files).await.expect_err("a fault").field()
        };
        let long = "a".repeat(100_000);
        assert_eq!(send(NewReport { what: long, ..scene.report() }, vec![]).await, Some("viec"));
        assert_eq!(send(NewReport { what: " \u{202E} ".to_owned(), ..scene.report() }, vec![]).await, Some("viec"));
        let nobody = NewReport { who: String::new(), unit: None, ..scene.report() };
        assert_eq!(send(nobody, vec![]).await, Some("ai"));
        assert_eq!(send(NewReport { unit: Some(UnitId::new()), ..scene.report() }, vec![]).await, Some("don-vi"));
        let file = |name: &str, bytes: &[u8]| NewFile { name: name.to_owned(), bytes: bytes.to_vec() };
        for odd in [file("anh.jpg", b"MZ\x90\0"), file("a.png", b"<svg/>"), file("b.pdf", b""), file("c.pdf", PNG)] {
            assert_eq!(send(scene.report(), vec![odd]).await, Some("tep"));
        }
        let large = file("lon.png", &[PNG, &vec![0; 21 * 1024 * 1024]].concat());
        assert_eq!(send(scene.report(), vec![large]).await, Some("tep"));
        assert_eq!(send(scene.report(), vec![file("a.png", PNG); 6]).await, Some("tep"));
        // Named are all inspectors: nobody is left; named are all but one: an identity could not be kept by two.
        let all = NewReport { who: "Người VP101, Người VP102".to_owned(), ..scene.report() };
        assert_eq!(send(all, vec![]).await, Some("ai"));
        let two = NewReport { who: "Người VP101".to_owned(), ..scene.report() };
        assert_eq!(send(two, vec![]).await, Some("ho-ten"));

        let slip = Slip::fresh(&house);
        let decomposed = NewReport { what: "Gio\u{31B}\u{300} ha\u{300}nh chi\u{301}nh".to_owned(), ..scene.report() };
        intake::send(&house, &slip, &decomposed, &[]).await.expect("sent");
        intake::send(&house, &slip, &decomposed, &[]).await.expect("the same again");
        let ctx = house.as_actor(&scene.one);
        let list = queries::list(&ctx, &scene.keys[0], None).await.expect("a list");
        assert_eq!(list.len(), 1, "{}: one form, one report", house.engine());
        assert_eq!(list[0].begins, "Giờ hành chính", "composed");
        assert!(Slip::received(&house, &slip.code, "0".repeat(64).as_str()).is_none(), "not handed out here");
        assert!(Slip::received(&house, &slip.code.to_lowercase(), &slip.mark).is_some());
        for wrong in ["AAAA-BBBB-CCCC-DDDD-EEEE-FFFF", "", "' or 1=1 --"] {
            assert!(matches!(talk::read(&house, wrong).await, Err(ConductError::Unknown(_))), "{wrong}");
        }
    }
}

#[tokio::test]
async fn a_house_without_keys_takes_no_report() {
    for house in testkit::houses().await {
        let new =
            NewReport { what: "Một việc".to_owned(), who: "một người".to_owned(), ..NewReport::default() };
        let none = intake::send(&house, &Slip::fresh(&house), &new, &[]).await;
        assert!(matches!(none, Err(ConductError::NobodyToRead)), "{none:?}");
    }
}

#[tokio::test]
async fn one_case_in_a_unit_of_three_is_not_published_and_the_totals_are_right_whoever_publishes() {
    for mut house in testkit::houses().await {
        let (own, key) = {
            let scene = scene(&house).await;
            let bare = NewReport { name: String::new(), contact: String::new(), ..scene.report() };
            let (id, _) = scene.sent(&bare, &[]).await;
            let ctx = house.as_actor(&scene.one);
            service::look(&ctx, &scene.keys[0], id, 1).await.expect("taken up");
            outcome::conclude(&ctx, &scene.keys[0], id, 2, &conclusion(Outcome::NoBasis)).await.expect("concluded");
            service::close(&ctx, &scene.keys[0], id, 3).await.expect("closed");
            let early = figures::publish(&ctx, &scene.keys[0], 2026).await;
            assert!(matches!(early, Err(ConductError::NotToPublish(_))), "the year is not over: {early:?}");
            (scene.own.clone(), scene.keys[2].clone())
        };
        house.stand_on(date(2027, 1, 4));
        let ctx = house.as_actor(&own);
        assert!(figures::published(&ctx).await.expect("figures").is_empty());
        // The inspector of the very unit publishes, who knows of no report.
        figures::publish(&ctx, &key, 2026).await.expect("published");
        let year = &figures::published(&ctx).await.expect("figures")[0];
        assert_eq!((year.received, year.closed), (Some(1), Some(1)), "{}: totals", house.engine());
        let unit = year.units.iter().find(|line| line.name == "Phòng Kinh tế").expect("the unit");
        assert_eq!(unit.count, None, "one case among three people");
        assert!(year.units.iter().filter(|line| line.count.is_none()).count() > 1, "it cannot be subtracted");
        assert!(year.outcomes.iter().filter(|line| line.count.is_none()).count() > 1);
        let again = figures::publish(&ctx, &key, 2026).await;
        assert!(matches!(again, Err(ConductError::NotToPublish(_))), "once: {again:?}");
    }
}

#[tokio::test]
async fn content_goes_when_its_term_is_over_and_settings_need_a_document() {
    for mut house in testkit::houses().await {
        let (code, one, key) = {
            let scene = scene(&house).await;
            let ctx = house.as_actor(&scene.one);
            let png = NewFile { name: "a.png".to_owned(), bytes: PNG.to_vec() };
            let (id, code) = scene.sent(&scene.report(), &[png]).await;
            unveiling::ask(&ctx, &scene.keys[0], id, "Cần đối chất với phiếu thu").await.expect("asked");
            service::look(&ctx, &scene.keys[0], id, 1).await.expect("taken up");
            outcome::conclude(&ctx, &scene.keys[0], id, 2, &conclusion(Outcome::NoBasis)).await.expect("concluded");
            service::close(&ctx, &scene.keys[0], id, 3).await.expect("closed");
            let bare = service::set(&ctx, 0, [5, 10, 12], "").await.expect_err("no document").field();
            assert_eq!(bare, Some("can-cu"));
            let odd = service::set(&ctx, 0, [1, 10, 12], "12/QĐ-VP").await.expect_err("too small").field();
            assert_eq!(odd, Some("o-nho"));
            service::set(&ctx, 0, [5, 10, 12], "12/QĐ-VP").await.expect("set");
            let stale = service::set(&ctx, 0, [6, 10, 12], "12/QĐ-VP").await;
            assert!(matches!(stale, Err(ConductError::Store(_))), "{stale:?}");
            (code, scene.one.clone(), scene.keys[0].clone())
        };
        house.stand_on(date(2027, 11, 22));
        assert_eq!(service::erase_due(&house).await.expect("an hour"), 0, "a day too early");
        house.stand_on(date(2027, 11, 23));
        assert_eq!(service::erase_due(&house).await.expect("an hour"), 1, "{}", house.engine());
        assert_eq!(service::erase_due(&house).await.expect("an hour"), 0);
        let ctx = house.as_actor(&one);
        assert!(queries::list(&ctx, &key, None).await.expect("a list").is_empty());
        let read = talk::read(&house, &code).await.expect("the code still says so");
        assert_eq!((read.erased_on, read.messages.len()), (Some(date(2027, 11, 23)), 0));
        assert!(matches!(talk::write(&house, &code, 0, "Còn ai không").await, Err(ConductError::Erased)));
        ledger::service::verify(&house.db, &house.keys).await.expect("a whole chain");
    }
}
