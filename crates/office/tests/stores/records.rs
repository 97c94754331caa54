//! Ratings, awards, initiatives, disciplines, holds, achievements, and the facts made of them.

use jiff::civil::date;
use kernel::id::PersonId;
use kernel::{Date, Period, Role};
use office::organization::Recipient;
use office::records::facts::{Asked, Sourced, sourced};
use office::records::model::{Author, Completeness, NewPastAward, PastAwardId, Register};
use office::records::{RecordsError, holds, initiatives, queries, service};
use rules::facts::{DisciplineLevel, HoldKind, RatingLevel, Scope, Selection, Stage};
use rules::{AwardCode, AwardType, Group, RecipientKind};
use testkit::{TODAY, TestHouse, actor};

async fn office_person(house: &TestHouse) -> PersonId {
    let unit = house.unit("KT", "Phòng Kinh tế").await;
    house.staff("CB1", "Nguyễn Văn An", unit).await
}

async fn facts_on(house: &TestHouse, recipient: impl Into<Recipient>, on: Date) -> Sourced {
    let mut tx = house.db.read().await.expect("a transaction");
    let asked = Asked::on(on, Stage::Annual);
    sourced(&mut tx, recipient.into(), &asked).await.expect("an answer").expect("a recipient")
}

async fn complete(house: &TestHouse, since: Date) {
    for register in Register::ALL {
        let declared = Completeness { register: *register, since, document: "Biên bản rà soát".to_owned() };
        service::declare_complete(&house.program(), declared).await.expect("a declaration");
    }
}

fn award(recipient: Recipient, award: AwardCode, year: i16, number: &str) -> NewPastAward {
    NewPastAward {
        recipient,
        award,
        year,
        r#type: AwardType::Merit,
        number: number.to_owned(),
        decided_on: date(year, 12, 20),
        achievement: None,
        decision_line: None,
    }
}

async fn enter(house: &TestHouse, new: NewPastAward) -> PastAwardId {
    service::enter_award(&house.program(), new).await.expect("an award that fits")
}

#[tokio::test]
async fn what_no_register_holds_is_not_known_until_it_is_declared_complete() {
    for house in testkit::houses().await {
        let an = office_person(&house).await;
        let before = facts_on(&house, Recipient::Person(an), TODAY).await.facts;
        assert_eq!((before.ratings, before.awards, before.initiatives), (None, None, None), "{}", house.engine());
        assert_eq!((before.discipline, before.holds, before.achievements), (None, None, None));
        complete(&house, date(2026, 1, 1)).await;
        let after = facts_on(&house, Recipient::Person(an), TODAY).await.facts;
        assert_eq!((after.ratings, after.awards, after.initiatives), (Some(vec![]), Some(vec![]), Some(vec![])));
        assert_eq!((after.discipline, after.holds, after.achievements), (Some(vec![]), Some(vec![]), Some(vec![])));
        assert_eq!((after.good_standing, after.internal_unity), (None, None), "nobody has attested it");
        let long_ago = facts_on(&house, Recipient::Person(an), date(2025, 12, 31)).await.facts;
        assert_eq!(long_ago.holds, None, "{}: before the register was complete", house.engine());
    }
}

#[tokio::test]
async fn a_complete_register_of_the_office_says_nothing_of_others() {
    for house in testkit::houses().await {
        complete(&house, date(2026, 1, 1)).await;
        let outsider = house.person("NGOAI1", "Lò Văn Ngoài").await;
        let company = house.enterprise("5500123456", "Công ty Chè Mộc Châu").await;
        for recipient in [Recipient::Person(outsider), Recipient::Enterprise(company)] {
            let found = facts_on(&house, recipient, TODAY).await.facts;
            assert_eq!((found.holds, found.awards), (None, None), "{}", house.engine());
        }
        let found = facts_on(&house, Recipient::Enterprise(company), TODAY).await.facts.recipient;
        assert_eq!((found.kind, found.name.as_deref()), (RecipientKind::Enterprise, Some("Công ty Chè Mộc Châu")));
    }
}

#[tokio::test]
async fn the_recipient_is_described_by_the_register_of_people() {
    for house in testkit::houses().await {
        let unit = house.unit("KT", "Phòng Kinh tế").await;
        let head = house.leader("CB1", "Trần Thị Bình", unit).await;
        let found = facts_on(&house, Recipient::Person(head), TODAY).await.facts.recipient;
        assert_eq!(found.groups, Some(vec![Group::Official]), "{}", house.engine());
        assert_eq!((found.leader, found.female), (Some(true), None), "{}", house.engine());
    }
}

#[tokio::test]
async fn a_corrected_rating_is_a_new_revision_and_does_not_change_the_past() {
    for house in testkit::houses().await {
        let an = Recipient::Person(office_person(&house).await);
        let ctx = house.program();
        let (first, second) = (date(2025, 12, 15), date(2026, 3, 1));
        service::rate(&ctx, an, 2025, RatingLevel::Good, Some(first), Some("QĐ 1")).await.expect("a rating");
        service::rate(&ctx, an, 2025, RatingLevel::Excellent, Some(second), Some("QĐ 2")).await.expect("a correction");
        let level = async |on| facts_on(&house, an, on).await.facts.ratings.map(|ratings| ratings[0].level);
        assert_eq!(level(date(2026, 2, 1)).await, Some(RatingLevel::Good), "{}", house.engine());
        assert_eq!(level(TODAY).await, Some(RatingLevel::Excellent), "{}", house.engine());
        let record = queries::record(&ctx, an).await.expect("a record");
        assert_eq!(record.ratings.iter().map(|rating| rating.revision).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(record.ratings_on(TODAY).len(), 1);
        let sources = facts_on(&house, an, TODAY).await.sources;
        assert_eq!(sources["ratings[0]"].id, record.ratings[1].id.0, "{}", house.engine());
    }
}

#[tokio::test]
async fn a_year_that_has_not_come_is_not_rated() {
    for house in testkit::houses().await {
        let an = Recipient::Person(office_person(&house).await);
        let refused = service::rate(&house.program(), an, 2027, RatingLevel::Good, None, None).await;
        assert!(matches!(refused, Err(RecordsError::OddYear { year: 2027, latest: 2026 })), "{}", house.engine());
    }
}

#[tokio::test]
async fn an_award_counts_from_its_decision_until_it_is_revoked() {
    for house in testkit::houses().await {
        let an = Recipient::Person(office_person(&house).await);
        complete(&house, date(2020, 1, 1)).await;
        let id = enter(&house, award(an, AwardCode::Cstdcs, 2025, "10/QĐ-VPUB")).await;
        let held = async |on| facts_on(&house, an, on).await.facts.awards.map_or(0, |awards| awards.len());
        assert_eq!((held(date(2025, 12, 19)).await, held(date(2025, 12, 20)).await), (0, 1), "{}", house.engine());
        let on = date(2026, 6, 1);
        service::revoke_award(&house.program(), id, on, "QĐ 99/QĐ-VPUB").await.expect("revoked");
        assert_eq!((held(date(2026, 5, 31)).await, held(on).await), (1, 0), "{}", house.engine());
        let again = service::revoke_award(&house.program(), id, TODAY, "QĐ 100").await;
        assert!(matches!(again, Err(RecordsError::AlreadyRevoked { .. })), "{}", house.engine());
        let twice = service::enter_award(&house.program(), award(an, AwardCode::Cstdcs, 2025, "10/QĐ-VPUB")).await;
        assert!(matches!(twice, Err(RecordsError::AwardKnown)), "{}", house.engine());
    }
}

#[tokio::test]
async fn an_achievement_tells_what_it_was_rewarded_with() {
    for house in testkit::houses().await {
        let an = Recipient::Person(office_person(&house).await);
        let ctx = house.program();
        let achievement = service::enter_achievement(&ctx, an, "tt-1", 2025, "II.3", "Rút ngắn thời gian xử lý hồ sơ");
        let achievement = achievement.await.expect("an achievement");
        let rewarded = NewPastAward { achievement: Some(achievement), ..award(an, AwardCode::GiayKhen, 2025, "7") };
        enter(&house, rewarded).await;
        let found = facts_on(&house, an, TODAY).await.facts.achievements.expect("achievements");
        assert_eq!(found[0].id, "TT-1", "{}", house.engine());
        assert_eq!(found[0].rewarded_by, Some(vec!["giay_khen/2025".to_owned()]), "{}", house.engine());
        let other = Recipient::Person(house.person("CB2", "Lò Văn Ba").await);
        let foreign = NewPastAward { achievement: Some(achievement), ..award(other, AwardCode::GiayKhen, 2025, "8") };
        let refused = service::enter_award(&ctx, foreign).await;
        assert!(matches!(refused, Err(RecordsError::UnknownAchievement(_))), "{}", house.engine());
    }
}

#[tokio::test]
async fn an_initiative_counts_once_recognised_and_is_used_once() {
    for house in testkit::houses().await {
        let an = office_person(&house).await;
        let ctx = house.program();
        let shares = |share| initiatives::NewInitiative {
            code: "SK-1".to_owned(),
            name: "Số hóa phiếu hẹn".to_owned(),
            scope: Scope::CoSo,
            authors: vec![Author { person: an, share_percent: share }],
        };
        let refused = initiatives::enter(&ctx, shares(99)).await;
        assert!(matches!(refused, Err(RecordsError::SharesSum { sum: 99 })), "{}", house.engine());
        let id = initiatives::enter(&ctx, shares(100)).await.expect("an initiative");
        assert_eq!(facts_on(&house, Recipient::Person(an), TODAY).await.facts.initiatives, None, "pending");
        let on = date(2026, 6, 1);
        initiatives::recognise(&ctx, id, on, Scope::Tinh, Some(true), "QĐ 5").await.expect("recognised");
        let again = initiatives::recognise(&ctx, id, on, Scope::Tinh, Some(true), "QĐ 5").await;
        assert!(matches!(again, Err(RecordsError::AlreadyRecognised { .. })), "{}", house.engine());
        let mut tx = house.db.begin().await.expect("a transaction");
        initiatives::use_in(&ctx, &mut tx, id, an, AwardCode::Cstdcs, 2026).await.expect("the first use");
        let second = initiatives::use_in(&ctx, &mut tx, id, an, AwardCode::Cstdt, 2026).await;
        assert!(
            matches!(second, Err(RecordsError::AlreadyUsed { ref first, .. }) if first == "cstdcs/2026"),
            "{}: {second:?}",
            house.engine()
        );
        tx.commit().await.expect("kept");
        let found = facts_on(&house, Recipient::Person(an), TODAY).await.facts.initiatives.expect("initiatives");
        assert_eq!(found[0].used_for, Some(vec!["cstdcs/2026".to_owned()]), "{}", house.engine());
        assert_eq!((found[0].scope, found[0].replicable), (Some(Scope::Tinh), Some(true)));
        assert_eq!(queries::initiatives(&ctx, "so hoa", 5).await.expect("a list").len(), 1, "{}", house.engine());
    }
}

#[tokio::test]
async fn a_hold_holds_until_it_is_released() {
    for house in testkit::houses().await {
        let an = Recipient::Person(office_person(&house).await);
        let ctx = house.program();
        let id = holds::hold(&ctx, an, HoldKind::Complaint, date(2026, 5, 1), "Đơn số 3").await.expect("a hold");
        let running = facts_on(&house, an, date(2026, 5, 1)).await.facts.holds.expect("a hold that runs");
        assert_eq!((running.len(), running[0].until), (1, None), "{}", house.engine());
        assert_eq!(facts_on(&house, an, date(2026, 4, 30)).await.facts.holds, None, "{}", house.engine());
        let on = date(2026, 7, 1);
        holds::release(&ctx, id, on, "Kết luận số 4").await.expect("released");
        let ended = facts_on(&house, an, on).await.facts.holds;
        assert_eq!(ended, None, "{}: a hold that ended does not tell of others", house.engine());
        complete(&house, date(2026, 1, 1)).await;
        let known = facts_on(&house, an, on).await.facts.holds.expect("a complete register");
        assert_eq!(known[0].until, Some(on), "{}", house.engine());
        let again = holds::release(&ctx, id, on, "Kết luận số 4").await;
        assert!(matches!(again, Err(RecordsError::UnknownHold(_))), "{}", house.engine());
    }
}

#[tokio::test]
async fn the_members_of_a_collective_are_counted_from_their_own_records() {
    for house in testkit::houses().await {
        let unit = house.unit("KT", "Phòng Kinh tế").await;
        let ctx = house.program();
        let mut people = Vec::new();
        for at in 0..4 {
            people.push(Recipient::Person(house.staff(&format!("CB{at}"), "Nguyễn Văn An", unit).await));
        }
        let members = async || facts_on(&house, Recipient::Unit(unit), TODAY).await.facts.members.expect("members");
        assert_eq!(members().await.total, Some(4), "{}", house.engine());
        assert_eq!(members().await.completed, None, "nobody is rated");
        for (at, person) in people.iter().enumerate() {
            let level = if at == 3 { RatingLevel::NotDone } else { RatingLevel::Done };
            service::rate(&ctx, *person, 2026, level, Some(TODAY), None).await.expect("a rating");
        }
        assert_eq!(members().await.completed, Some(3), "{}", house.engine());
        for person in &people[..2] {
            let title = NewPastAward { decided_on: TODAY, ..award(*person, AwardCode::Ldtt, 2026, "1") };
            enter(&house, title).await;
        }
        enter(&house, award(people[2], AwardCode::Ldtt, 2025, "2")).await;
        let titles = members().await.titles.expect("titles");
        assert_eq!(titles.get(&AwardCode::Ldtt), Some(&2), "{}", house.engine());
        assert_eq!(titles.get(&AwardCode::Cstdcs), None, "not known yet");
        let period = Period::since(date(2026, 2, 1));
        let level = DisciplineLevel::KhienTrach;
        holds::discipline(&ctx, people[0], level, period, "QĐ 8").await.expect("a discipline");
        assert_eq!(members().await.disciplined, None, "not known yet");
        complete(&house, date(2026, 1, 1)).await;
        let members = members().await;
        assert_eq!(members.disciplined, Some(vec![level]), "{}", house.engine());
        assert_eq!(members.titles.expect("titles").get(&AwardCode::Cstdcs), Some(&0), "{}", house.engine());
    }
}

#[tokio::test]
async fn the_selection_of_the_stage_is_told_and_the_last_word_counts() {
    for house in testkit::houses().await {
        let an = Recipient::Person(office_person(&house).await);
        let ctx = house.program();
        let before = facts_on(&house, an, TODAY).await.facts.movement.expect("a movement");
        assert_eq!((before.stage, before.selected), (Some(Stage::Annual), None), "{}", house.engine());
        for word in [(Selection::Selected, false), (Selection::Outstanding, true)] {
            service::enter_result(&ctx, an, (Stage::Annual, 2026), word, "Biên bản").await.expect("a result");
        }
        service::enter_result(&ctx, an, (Stage::SoKet, 2026), (Selection::None, false), "Biên bản")
            .await
            .expect("a result");
        let after = facts_on(&house, an, TODAY).await.facts.movement.expect("a movement");
        assert_eq!((after.selected, after.leads), (Some(Selection::Outstanding), Some(true)), "{}", house.engine());
    }
}

#[tokio::test]
async fn a_result_in_the_movement_needs_its_document_a_year_that_has_come_and_the_permission() {
    for house in testkit::houses().await {
        let an = Recipient::Person(office_person(&house).await);
        let (ctx, said) = (house.program(), (Selection::Selected, false));
        let nameless = service::enter_result(&ctx, an, (Stage::Annual, 2026), said, "  ").await;
        assert!(matches!(nameless, Err(RecordsError::Missing { .. })), "{} {nameless:?}", house.engine());
        let ahead = service::enter_result(&ctx, an, (Stage::Annual, 2027), said, "Biên bản").await;
        assert!(matches!(ahead, Err(RecordsError::OddYear { year: 2027, .. })), "{} {ahead:?}", house.engine());
        let early = service::enter_result(&ctx, an, (Stage::Annual, 2025), said, "Biên bản").await;
        let outside = matches!(early, Err(RecordsError::OutsideMovement { year: 2025, first: 2026, last: 2030 }));
        assert!(outside, "{} {early:?}", house.engine());
        let leads = service::enter_result(&ctx, an, (Stage::Annual, 2026), (Selection::None, true), "Biên bản").await;
        assert!(matches!(leads, Err(RecordsError::LeadsUnselected)), "{} {leads:?}", house.engine());
        let officer = actor(Role::Officer, None);
        let denied = service::enter_result(&house.as_actor(&officer), an, (Stage::Annual, 2026), said, "x").await;
        assert!(matches!(denied, Err(RecordsError::Denied(_))), "{} {denied:?}", house.engine());
        let movement = facts_on(&house, an, TODAY).await.facts.movement.expect("a movement");
        assert_eq!((movement.selected, movement.leads), (None, None), "{}", house.engine());
    }
}

#[tokio::test]
async fn a_record_is_seen_by_its_owner_and_by_the_head_of_the_unit() {
    for house in testkit::houses().await {
        let (own, other) = (house.unit("KT", "Phòng Kinh tế").await, house.unit("NC", "Phòng Nội chính").await);
        let an = house.staff("CB1", "Nguyễn Văn An", own).await;
        let of = Recipient::Person(an);
        let owner = kernel::Actor { person: Some(an), ..actor(Role::Officer, None) };
        for (who, sees) in [
            (owner, true),
            (actor(Role::Head, Some(own)), true),
            (actor(Role::Standing, None), true),
            (actor(Role::Head, Some(other)), false),
            (actor(Role::Officer, None), false),
            (kernel::Actor::visitor(), false),
        ] {
            let seen = queries::record(&house.as_actor(&who), of).await;
            assert_eq!(seen.is_ok(), sees, "{} {}", house.engine(), who.name);
        }
        let head = actor(Role::Head, Some(own));
        let refused = service::rate(&house.as_actor(&head), of, 2026, RatingLevel::Good, None, None).await;
        assert!(matches!(refused, Err(RecordsError::Denied(_))), "{}", house.engine());
    }
}
