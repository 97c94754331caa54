//! Initiatives on real databases: from the idea to the fact for the rule book, near copies, who takes it over,
//! what is public, and what nobody of another unit reaches.

use futures::future::join;
use jiff::civil::date;
use kernel::id::{PersonId, UnitId};
use kernel::{Actor, Date, Role};
use office::initiatives::content::{Author, Content, Effect, Field};
use office::initiatives::deciding::{self, NewDecision};
use office::initiatives::library::{self};
use office::initiatives::model::{Judgement, Level, StateKind};
use office::initiatives::queries::{self, Filter, Waiting};
use office::initiatives::replication::{self, NewReplication};
use office::initiatives::settings::{self, Setting};
use office::initiatives::{InitiativeId, InitiativesError, counts, likeness, service};
use office::organization::Recipient;
use office::records::queries::{Asked, sourced};
use office::records::{self, initiatives as facts};
use office::{StoreError, ledger};
use rules::facts::{Scope, Stage};
use testkit::{TODAY, TestHouse};

pub(super) const REASON: &str = "Bổ sung số liệu trước và sau khi áp dụng";
pub(super) const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR";
pub(super) const PROBLEM: &str =
    "Người dân nhận phiếu hẹn viết tay, phải đến hỏi nhiều lần mới biết hồ sơ đang ở bước nào.";
pub(super) const SOLUTION: &str =
    "Phiếu hẹn in mã QR; quét mã thấy hồ sơ đang ở đâu, hạn trả, ai xử lý; xong thì báo tin nhắn.";

pub(super) struct Scene<'a> {
    pub(super) house: &'a TestHouse,
    pub(super) kt: UnitId,
    pub(super) nc: UnitId,
    pub(super) author: Actor,
    pub(super) head: Actor,
    pub(super) other: Actor,
    pub(super) standing: Actor,
}

pub(super) async fn scene(house: &TestHouse) -> Scene<'_> {
    let kt = house.unit("KT", "Phòng Kinh tế").await;
    let nc = house.unit("NC", "Phòng Nội chính").await;
    Scene {
        house,
        kt,
        nc,
        author: house.staff_account("VP014", Role::Officer, kt, Some(kt)).await,
        head: house.staff_account("VP010", Role::Head, kt, Some(kt)).await,
        other: house.staff_account("VP006", Role::Head, nc, Some(nc)).await,
        standing: house.staff_account("VP002", Role::Standing, nc, None).await,
    }
}

pub(super) fn author(person: Option<PersonId>, share: i64) -> Author {
    Author { person, name: String::new(), workplace: String::new(), share }
}

impl Scene<'_> {
    pub(super) fn content(&self) -> Content {
        Content {
            name: "Phiếu hẹn có mã tra cứu".to_owned(),
            unit: self.kt,
            clause: "II.6".to_owned(),
            field: Field::Digital,
            problem: PROBLEM.to_owned(),
            solution: SOLUTION.to_owned(),
            effects: vec![Effect {
                figure: "Số lượt hỏi mỗi ngày".to_owned(),
                measure: "lượt".to_owned(),
                before: Some(40_000),
                after: Some(9_500),
                source: "Sổ trực bộ phận Một cửa".to_owned(),
            }],
            first_applied_on: Some(date(2026, 3, 2)),
            claimed: Scope::Tinh,
            authors: vec![author(self.author.person, 10_000)],
        }
    }

    pub(super) async fn write(&self, content: Content) -> InitiativeId {
        service::write(&self.house.as_actor(&self.author), content).await.expect("an initiative")
    }

    pub(super) async fn version(&self, id: InitiativeId) -> i64 {
        queries::detail(&self.house.program(), id).await.expect("an initiative").initiative.version
    }

    pub(super) async fn in_review(&self, content: Content) -> InitiativeId {
        let id = self.write(content).await;
        service::submit(&self.house.as_actor(&self.author), id, 1).await.expect("handed in");
        deciding::take(&self.house.as_actor(&self.standing), id, 2).await.expect("under review");
        id
    }

    pub(super) async fn recognised(&self, content: Content) -> InitiativeId {
        let id = self.in_review(content).await;
        let new = decision(Level::CoSo, "12/QĐ-VPUB", date(2026, 6, 1));
        deciding::recognise(&self.house.as_actor(&self.standing), id, 3, new).await.expect("recognised");
        id
    }

    pub(super) async fn replicated(&self, id: InitiativeId, unit: UnitId) -> office::initiatives::ReplicationId {
        replication::report(&self.house.as_actor(&self.head), id, taken_over(unit)).await.expect("an entry")
    }
}

pub(super) fn decision(level: Level, number: &str, decided_on: Date) -> NewDecision {
    NewDecision {
        level,
        number: number.to_owned(),
        decided_on,
        issuer: "Chánh Văn phòng".to_owned(),
        council: "Hội đồng sáng kiến, biên bản ngày 28/5/2026".to_owned(),
        file: None,
    }
}

pub(super) fn taken_over(unit: UnitId) -> NewReplication {
    NewReplication {
        unit,
        started_on: date(2026, 9, 1),
        how: "Dùng cùng mẫu phiếu và phần mềm".to_owned(),
        effect: Effect {
            figure: "Số lượt hỏi mỗi ngày".to_owned(),
            measure: "lượt".to_owned(),
            before: Some(30_000),
            after: Some(12_000),
            source: "Sổ trực".to_owned(),
        },
    }
}

pub(super) async fn facts_of(
    house: &TestHouse,
    person: Option<PersonId>,
    day: Date,
) -> Option<Vec<rules::facts::Initiative>> {
    let mut tx = house.db.read().await.expect("a transaction");
    let of = Recipient::Person(person.expect("a person"));
    let found = sourced(&mut tx, of, &Asked::on(day, Stage::Annual)).await.expect("facts");
    found.expect("a person").facts.initiatives
}

#[tokio::test]
async fn shares_that_make_no_whole_are_refused_and_a_single_author_has_it_all() {
    for house in testkit::houses().await {
        let scene = scene(&house).await;
        let ctx = house.as_actor(&scene.author);
        for (second, sum) in [(3_900, 9_900), (4_100, 10_100)] {
            let authors = vec![author(scene.author.person, 6_000), author(scene.head.person, second)];
            let refused = service::write(&ctx, Content { authors, ..scene.content() }).await;
            assert!(
                matches!(refused, Err(InitiativesError::Shares { sum: found }) if found == sum),
                "{}: {refused:?}",
                house.engine()
            );
        }
        let outside = Author {
            person: None,
            name: "Lò Văn Ba".to_owned(),
            workplace: "Trung tâm Tin học".to_owned(),
            share: 3_333,
        };
        let authors = vec![author(scene.author.person, 6_667), outside];
        let id = scene.write(Content { authors, ..scene.content() }).await;
        let shown = queries::detail(&ctx, id).await.expect("the own one");
        assert_eq!(shown.edition.content.authors[0].name, "Người VP014", "{}", house.engine());
        assert_eq!(shown.initiative.code, "SK-2026-001");
        let strangers = vec![author(scene.other.person, 10_000)];
        let refused = service::write(&ctx, Content { authors: strangers, ..scene.content() }).await;
        assert!(matches!(refused, Err(InitiativesError::Fault { field: "tac-gia", .. })), "{refused:?}");
        let elsewhere = service::write(&ctx, Content { unit: scene.nc, ..scene.content() }).await;
        assert!(matches!(elsewhere, Err(InitiativesError::Fault { field: "don-vi", .. })), "{elsewhere:?}");
    }
}

#[tokio::test]
async fn what_is_under_review_cannot_be_edited_and_every_version_stays_readable() {
    for house in testkit::houses().await {
        let scene = scene(&house).await;
        let (own, standing) = (house.as_actor(&scene.author), house.as_actor(&scene.standing));
        let id = scene.write(scene.content()).await;
        let second = Content { problem: format!("{PROBLEM} Có ngày tới 60 lượt."), ..scene.content() };
        service::edit(&own, id, 1, second.clone()).await.expect("still a draft");
        let stale = service::edit(&own, id, 1, second.clone()).await;
        assert!(matches!(stale, Err(InitiativesError::Store(StoreError::Stale { .. }))), "{stale:?}");
        service::attach(&own, id, "anh.png", PNG).await.expect("evidence");
        service::submit(&own, id, 3).await.expect("handed in");
        for step in ["handed in", "under review"] {
            let late = service::edit(&own, id, 4, second.clone()).await;
            assert!(matches!(late, Err(InitiativesError::State { .. })), "{step}: {late:?}");
            let late = service::attach(&own, id, "anh.png", PNG).await;
            assert!(matches!(late, Err(InitiativesError::State { .. })), "{step}: {late:?}");
            if step == "handed in" {
                deciding::take(&standing, id, 4).await.expect("under review");
            }
        }
        let bare = deciding::give_back(&standing, id, 5, "sửa").await;
        assert!(matches!(bare, Err(InitiativesError::Fault { field: "ly-do", .. })), "{bare:?}");
        deciding::give_back(&standing, id, 5, REASON).await.expect("given back");
        assert!(matches!(&queries::waiting(&own).await.expect("a list")[..], [Waiting::Returned(_)]));
        let third = Content { name: "Phiếu hẹn điện tử có mã tra cứu".to_owned(), ..scene.content() };
        service::edit(&own, id, 6, third).await.expect("given back to be mended");
        let (_, first) = queries::edition(&standing, id, 1).await.expect("the first version");
        assert_eq!(first.content.problem, PROBLEM, "{}", house.engine());
        let shown = queries::detail(&own, id).await.expect("the own one");
        let editions: Vec<_> = shown.editions.iter().map(|one| (one.number, one.submitted_on.is_some())).collect();
        assert_eq!(editions, [(3, false), (2, true), (1, false)], "{}", house.engine());
        ledger::service::verify(&house.db, &house.keys).await.expect("a whole chain");
    }
}

#[tokio::test]
async fn only_what_is_recognised_counts_and_its_reach_counts_from_the_second_decision_on() {
    for house in testkit::houses().await {
        let scene = scene(&house).await;
        let standing = house.as_actor(&scene.standing);
        let person = scene.author.person;
        let id = scene.in_review(scene.content()).await;
        assert_eq!(facts_of(&house, person, TODAY).await, None, "{}: pending", house.engine());
        let early = deciding::decide_reach(
            &standing,
            id,
            3,
            decision(Level::Tinh, "99/QĐ-UBND", TODAY),
            (Scope::Tinh, Some(true)),
        );
        assert!(matches!(early.await, Err(InitiativesError::State { is: StateKind::Review })));
        let future = decision(Level::CoSo, "12/QĐ-VPUB", date(2026, 12, 1));
        let future = deciding::recognise(&standing, id, 3, future).await;
        assert!(matches!(future, Err(InitiativesError::NotYet { .. })), "{future:?}");
        let good = || decision(Level::CoSo, "12/QĐ-VPUB", date(2026, 6, 1));
        let both =
            join(deciding::recognise(&standing, id, 3, good()), deciding::recognise(&standing, id, 3, good())).await;
        assert!(both.0.is_ok() != both.1.is_ok(), "{}: {both:?}", house.engine());

        let found = facts_of(&house, person, TODAY).await.expect("recognised");
        assert_eq!((found[0].scope, found[0].replicable), (Some(Scope::CoSo), None), "{}", house.engine());
        assert_eq!(found[0].recognised_on, Some(date(2026, 6, 1)));
        assert_eq!(facts_of(&house, person, date(2026, 5, 31)).await, None, "decided later");

        let same = decision(Level::Tinh, "12/qđ-vpub", date(2026, 7, 1));
        let same = deciding::decide_reach(&standing, id, 4, same, (Scope::Tinh, Some(true))).await;
        assert!(matches!(same, Err(InitiativesError::SameNumber { .. })), "two decisions: {same:?}");
        let before = decision(Level::Tinh, "99/QĐ-UBND", date(2026, 5, 1));
        let before = deciding::decide_reach(&standing, id, 4, before, (Scope::Tinh, Some(true))).await;
        assert!(matches!(before, Err(InitiativesError::BeforeRecognition { .. })), "{before:?}");
        let reach = decision(Level::Tinh, "99/QĐ-UBND", date(2026, 8, 15));
        deciding::decide_reach(&standing, id, 4, reach, (Scope::Tinh, Some(true))).await.expect("the second decision");
        let found = facts_of(&house, person, TODAY).await.expect("recognised");
        assert_eq!((found[0].scope, found[0].replicable), (Some(Scope::Tinh), Some(true)), "{}", house.engine());
        let between = facts_of(&house, person, date(2026, 8, 14)).await.expect("recognised by then");
        assert_eq!((between[0].scope, between[0].replicable), (Some(Scope::CoSo), None), "{}", house.engine());
        let shown = queries::detail(&standing, id).await.expect("a page");
        let numbers: Vec<_> = shown.decisions.iter().map(|one| one.number.as_str()).collect();
        assert_eq!(numbers, ["12/QĐ-VPUB", "99/QĐ-UBND"]);
    }
}

#[tokio::test]
async fn a_pending_initiative_satisfies_no_rule_of_eligibility() {
    use rules::{AwardCode, Finding, Question};
    for house in testkit::houses().await {
        let scene = scene(&house).await;
        let person = scene.author.person.expect("a person");
        let ctx = house.program();
        for register in records::model::Register::ALL {
            let since = date(2020, 1, 1);
            let declared =
                records::model::Completeness { register: *register, since, document: "Rà soát".to_owned() };
            records::service::declare_complete(&ctx, declared).await.expect("a declaration");
        }
        let rated = records::service::rate(
            &ctx,
            Recipient::Person(person),
            2026,
            rules::facts::RatingLevel::Good,
            Some(date(2026, 11, 1)),
            None,
        );
        rated.await.expect("a rating");
        let id = scene.in_review(scene.content()).await;
        // The condition on initiatives of the emulation title of the base, by the rule book that ships.
        let asked = async || {
            let mut tx = house.db.read().await.expect("a transaction");
            let asked = Asked::on(TODAY, Stage::Annual);
            let facts = sourced(&mut tx, Recipient::Person(person), &asked).await.expect("facts").expect("a person");
            let question = Question { awards: &[AwardCode::Cstdcs], ..Question::about(&facts.facts, TODAY) };
            let answer = house.rules.evaluate(&question).results.remove(0);
            let conditions = answer.standards.iter().flat_map(|standard| &standard.conditions);
            let found: Vec<_> = conditions
                .flat_map(|one| one.of.iter().chain([one]))
                .filter(|one| one.kind == "initiative")
                .map(|one| one.verdict)
                .collect();
            found
        };
        assert_eq!(asked().await, [Finding::NotMet], "{}: pending", house.engine());
        let new = decision(Level::CoSo, "12/QĐ-VPUB", date(2026, 6, 1));
        deciding::recognise(&house.as_actor(&scene.standing), id, 3, new).await.expect("recognised");
        assert_eq!(asked().await, [Finding::Met], "{}: recognised", house.engine());
    }
}

#[tokio::test]
async fn a_near_copy_without_marks_is_flagged_and_what_a_person_decides_sticks_until_it_is_taken_back() {
    for house in testkit::houses().await {
        let scene = scene(&house).await;
        let standing = house.as_actor(&scene.standing);
        let first = scene.recognised(scene.content()).await;
        let plain = |text: &str| kernel::text::search_key(text);
        let copy = Content {
            name: "Phieu hen dien tu".to_owned(),
            problem: plain(PROBLEM),
            solution: plain(&SOLUTION.replace("tin nhắn", "điện thoại")),
            ..scene.content()
        };
        let second = scene.in_review(copy.clone()).await;
        let third = Content {
            name: "Rút gọn thẩm định dự án".to_owned(),
            problem: "Thẩm định dự án qua bảy bước, mỗi bước một công văn.".to_owned(),
            solution: "Họp một lần, biên bản thay cho các công văn lấy ý kiến.".to_owned(),
            ..scene.content()
        };
        let third = scene.write(third).await;
        assert!(likeness::alike(&house.as_actor(&scene.author), third).await.expect("a list").is_empty());
        let seen = async || likeness::alike(&standing, second).await.expect("a list");
        let found = seen().await;
        assert_eq!(found.iter().map(|one| one.id).collect::<Vec<_>>(), [first], "{}", house.engine());
        assert!(found[0].texts >= 80 && found[0].earlier, "{found:?}");

        let new = || decision(Level::CoSo, "13/QĐ-VPUB", date(2026, 7, 1));
        let open = deciding::recognise(&standing, second, 3, new()).await;
        assert!(matches!(open, Err(InitiativesError::Fault { field: "giong", .. })), "nobody decided: {open:?}");
        let by_author =
            likeness::judge(&house.as_actor(&scene.author), second, first, Judgement::Distinct, REASON).await;
        assert!(matches!(by_author, Err(InitiativesError::Denied(_))), "{by_author:?}");
        likeness::judge(&standing, second, first, Judgement::Duplicate, REASON).await.expect("decided");
        let same = deciding::recognise(&standing, second, 3, new()).await;
        assert!(matches!(same, Err(InitiativesError::Fault { field: "giong", .. })), "the same: {same:?}");
        likeness::judge(&standing, second, first, Judgement::Reopened, REASON).await.expect("taken back");
        assert_eq!(seen().await[0].judged, None, "{}", house.engine());
        likeness::judge(&standing, second, first, Judgement::Distinct, REASON).await.expect("decided again");
        // It sticks through another edition, seen from either side.
        deciding::give_back(&standing, second, 3, REASON).await.expect("given back");
        let own = house.as_actor(&scene.author);
        service::edit(&own, second, 4, Content { name: "Phiếu hẹn điện tử".to_owned(), ..copy }).await.expect("mended");
        let judged = |found: &[likeness::Alike]| found[0].judged.as_ref().map(|one| one.judgement);
        assert_eq!(judged(&seen().await), Some(Judgement::Distinct), "{}", house.engine());
        service::submit(&own, second, 5).await.expect("handed in again");
        let other_side = likeness::alike(&standing, first).await.expect("a list");
        assert_eq!(judged(&other_side), Some(Judgement::Distinct), "{}", house.engine());
        deciding::take(&standing, second, 6).await.expect("under review");
        deciding::recognise(&standing, second, 7, new()).await.expect("nothing is open any more");
        // A higher threshold hides what nobody decided on; what was decided on stays.
        let refused = settings::set(&standing, Setting::Similarity, 30, "Quy chế sáng kiến").await;
        assert!(matches!(refused, Err(InitiativesError::Fault { field: "gia-tri", .. })), "{refused:?}");
        settings::set(&standing, Setting::Similarity, 100, "Quy chế sáng kiến").await.expect("set");
        assert_eq!(seen().await.len(), 1);
    }
}

#[tokio::test]
async fn what_was_typed_by_hand_is_compared_by_its_name_and_stays_readable() {
    for house in testkit::houses().await {
        let scene = scene(&house).await;
        let program = house.program();
        let by_hand = facts::NewInitiative {
            code: "SK-2026-001".to_owned(),
            name: "Phiếu hẹn có mã tra cứu".to_owned(),
            scope: Scope::CoSo,
            authors: vec![records::model::Author { person: scene.head.person.expect("a person"), share_percent: 100 }],
        };
        let typed = facts::enter(&program, by_hand).await.expect("an entry");
        facts::recognise(&program, typed, date(2026, 2, 1), Scope::CoSo, None, "QĐ 3").await.expect("recognised");
        let id = scene.write(scene.content()).await;
        let found = likeness::alike(&house.as_actor(&scene.standing), id).await;
        assert!(matches!(found, Err(InitiativesError::Unknown(_))), "a draft is its author's");
        let found = likeness::alike(&house.as_actor(&scene.head), id).await.expect("a list");
        assert_eq!((found[0].id, found[0].names, found[0].state), (typed, 100, None), "{}", house.engine());
        let shown = queries::detail(&program, id).await.expect("a page").initiative;
        assert_eq!(shown.code, "SK-2026-002", "the code typed by hand is taken");
        let listed = queries::by_hand(&house.as_actor(&scene.standing), "phieu hen").await.expect("a list");
        assert_eq!(listed.iter().map(|one| one.id).collect::<Vec<_>>(), [typed], "{}", house.engine());
        let mut tx = house.db.read().await.expect("a transaction");
        let counts = counts::of_year(&mut tx, 2026, TODAY).await.expect("counts");
        assert_eq!((counts.by_hand, counts.recognised_in_all()), (1, 1), "{}", house.engine());
    }
}

#[tokio::test]
async fn nobody_reaches_an_initiative_of_another_unit_before_it_is_recognised() {
    for house in testkit::houses().await {
        let scene = scene(&house).await;
        let other = house.as_actor(&scene.other);
        let id = scene.in_review(scene.content()).await;
        let before = ledger::service::verify(&house.db, &house.keys).await.expect("a chain").entries;
        let (listed, many) = queries::list(&other, &Filter::default(), Some(0)).await.expect("a list");
        assert!(listed.is_empty() && many == 0, "{}", house.engine());
        let tried = [
            queries::detail(&other, id).await.map(|_| ()),
            queries::edition(&other, id, 1).await.map(|_| ()),
            likeness::alike(&other, id).await.map(|_| ()),
            service::edit(&other, id, 3, Content { unit: scene.nc, ..scene.content() }).await,
            service::attach(&other, id, "a.png", PNG).await.map(|_| ()),
            service::submit(&other, id, 3).await,
            service::withdraw(&other, id, 3, REASON).await,
            library::consent(&other, id, 1, true, "").await,
            replication::report(&other, id, taken_over(scene.nc)).await.map(|_| ()),
        ];
        for one in &tried {
            assert!(matches!(one, Err(InitiativesError::Unknown(_))), "{}: {one:?}", house.engine());
        }
        for one in [deciding::take(&other, id, 3).await, deciding::refuse(&other, id, 3, REASON).await] {
            assert!(matches!(one, Err(InitiativesError::Denied(_))), "{one:?}");
        }
        let after = ledger::service::verify(&house.db, &house.keys).await.expect("a chain").entries;
        assert_eq!(before, after, "{}: something was written", house.engine());
        // Recognised, it is everybody's to read, and its author's to review never.
        let own = Actor { grants: scene.standing.grants.clone(), ..scene.author.clone() };
        let new = decision(Level::CoSo, "12/QĐ-VPUB", date(2026, 6, 1));
        let by_author = deciding::recognise(&house.as_actor(&own), id, 3, new.clone()).await;
        assert!(matches!(by_author, Err(InitiativesError::Own)), "{by_author:?}");
        deciding::recognise(&house.as_actor(&scene.standing), id, 3, new).await.expect("recognised");
        assert!(queries::detail(&other, id).await.is_ok());
        let again = scene.version(id).await;
        let late = service::withdraw(&house.as_actor(&scene.author), id, again, REASON).await;
        assert!(matches!(late, Err(InitiativesError::State { is: StateKind::Recognised })), "{late:?}");
    }
}

/// Ten thousand initiatives of other years, each with a signature of its own.
async fn ten_thousand(house: &TestHouse, unit: UnitId) {
    use office::db::Sql;
    use office::db::Value as V;
    let mut tx = house.db.begin().await.expect("a transaction");
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut bytes = |many: usize| {
        let letter = |state: &mut u64| {
            *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state.to_be_bytes()[0]
        };
        (0..many).map(|_| letter(&mut state)).collect::<Vec<u8>>()
    };
    for number in 0..10_000_i64 {
        let id = InitiativeId::new();
        let name = format!("sang kien cu so {number}");
        let one = Sql::shared(
            "insert into initiative_cases (id, code, name, search_key, sort_key, unit, clause, field, edition, state, \
             written_on, version) values ($1, $2, $3, $3, $3, $4, 'II.6', 'other', 1, 'recognised', $5, 1)",
        );
        let values = vec![
            V::from(id),
            V::from(format!("SK-2024-{number:05}")),
            V::from(name),
            V::from(unit),
            V::from(date(2024, 5, 1)),
        ];
        tx.run(one, values).await.expect("a row");
        let signature =
            Sql::shared("insert into initiative_signatures (id, name_signature, text_signature) values ($1, $2, $3)");
        tx.run(signature, vec![V::from(id), V::from(bytes(256)), V::from(bytes(512))]).await.expect("a row");
    }
    tx.commit().await.expect("kept");
}

#[tokio::test]
async fn among_ten_thousand_the_copy_is_found_and_pages_read_no_texts() {
    for house in testkit::houses().await {
        let scene = scene(&house).await;
        let first = scene.recognised(scene.content()).await;
        ten_thousand(&house, scene.kt).await;
        let plain = |text: &str| kernel::text::search_key(text);
        let copy = Content { problem: plain(PROBLEM), solution: plain(SOLUTION), ..scene.content() };
        let mut told = Vec::new();
        let mut clock = std::time::Instant::now();
        let mut lap = |what: &str| {
            told.push(format!("{what} {} ms", clock.elapsed().as_millis()));
            clock = std::time::Instant::now();
        };
        let id = scene.write(copy).await;
        lap("write with the look through all signatures");
        let found = likeness::alike(&house.as_actor(&scene.author), id).await.expect("a list");
        lap("what looks alike, as a page reads it");
        let (page, many) =
            queries::list(&house.as_actor(&scene.head), &Filter::default(), Some(0)).await.expect("a list");
        lap("a page of the list");
        let text = Filter { text: "cũ số 9999".to_owned(), ..Filter::default() };
        let (searched, _) = queries::list(&house.as_actor(&scene.head), &text, Some(0)).await.expect("a list");
        lap("a search");
        // Numbers for docs/decisions/0038; a test asserts what is found, not how busy the machine is.
        eprintln!("{}: {}", house.engine(), told.join("; "));
        assert_eq!(found.iter().map(|one| (one.id, one.texts)).collect::<Vec<_>>(), [(first, 100)]);
        assert_eq!((page.len(), many, searched.len()), (queries::PAGE, 10_002, 1), "{}", house.engine());
    }
}
