//! A council votes: what it decides, and what nobody can find out about it afterwards.

use std::collections::BTreeMap;

use futures::future::join;
use jiff::civil::date;
use kernel::id::PersonId;
use kernel::{Actor, Date, Period, Role};
use office::awards::eligibility::GOOD_STANDING;
use office::awards::model::Outcome;
use office::awards::service::{NewCampaign, NewNomination};
use office::awards::{CampaignId, adoptions, review};
use office::council::model::{Choice, MeetingState, Seat};
use office::council::queries::{self, Item, Room};
use office::council::voting::{self, Tellers};
use office::council::{CouncilError, MeetingId, MemberId, MotionId, minutes, service};
use office::db::Db;
use office::identity::accounts::{self, NewAccount};
use office::ledger::queries::Filter;
use office::organization::Recipient;
use office::records::model::{Completeness, Register};
use office::{StoreError, awards, ledger, records};
use rules::AwardCode;
use rules::facts::{RatingLevel, Selection, Stage};
use sqlx::{AssertSqlSafe, Row as _};
use testkit::{TestHouse, actor};

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
const DOCUMENT: &str = "Biên bản họp đơn vị ngày 20/11/2026";
const PHRASES: [&str; 2] = ["trà xanh Mộc Châu", "nắng sớm Tà Xùa"];
const MEETING_DAY: Date = date(2026, 12, 9);

/// A council of seven, of whom the last is of the unit of the first nominee, called about two nominations.
struct Scene {
    house: TestHouse,
    standing: Actor,
    members: Vec<Actor>,
    campaign: CampaignId,
    meeting: MeetingId,
}

async fn account(house: &TestHouse, login: &str, role: Role, person: Option<PersonId>) -> Actor {
    let new = NewAccount { login: login.to_owned(), name: login.to_owned(), person };
    let (id, _) = accounts::open(&house.program(), &new).await.expect("an account");
    Actor { account: Some(id), person, ..actor(role, None) }
}

async fn accepted(house: &TestHouse, campaign: CampaignId, code: &str, unit: &str, standing: &Actor) {
    let unit_id = house.unit(code, unit).await;
    let of = Recipient::Person(house.staff(&format!("N-{code}"), "Lò Thị Hoa", unit_id).await);
    let (ctx, selected) = (house.program(), (Selection::Selected, false));
    records::service::rate(&ctx, of, 2025, RatingLevel::Good, None, None).await.expect("a rating");
    records::service::enter_result(&ctx, of, (Stage::Annual, 2026), selected, "Biên bản").await.expect("a result");
    let new = NewNomination {
        campaign,
        award: AwardCode::GiayKhen,
        recipient: of,
        unit: unit_id,
        achievement: None,
        summary: "Giải quyết 18 kiến nghị của doanh nghiệp".to_owned(),
    };
    let id = awards::service::nominate(&ctx, &new).await.expect("a draft");
    for item in house.rules.dossier(AwardCode::GiayKhen, testkit::TODAY) {
        awards::service::attach(&ctx, id, &item.id, "ho-so.pdf", PDF).await.expect("a file that fits");
    }
    awards::service::submit(&ctx, id).await.expect("handed in");
    let ctx = house.as_actor(standing);
    review::attest(&ctx, id, GOOD_STANDING, DOCUMENT).await.expect("a statement");
    review::accept(&ctx, id).await.expect("accepted");
}

async fn scenes() -> Vec<Scene> {
    let mut found = Vec::new();
    for house in testkit::houses().await {
        found.push(scene(house).await);
    }
    found
}

async fn scene(mut house: TestHouse) -> Scene {
    for register in Register::ALL {
        let declared =
            Completeness { register: *register, since: date(2020, 1, 1), document: "Biên bản rà soát".to_owned() };
        records::service::declare_complete(&house.program(), declared).await.expect("a declaration");
    }
    let standing = account(&house, "thuongtruc", Role::Standing, None).await;
    let chief = account(&house, "chanhvp", Role::Chief, None).await;
    for template in ["giay_khen.bac_ninh", "consultation.10_ngay", "council.bac_ninh"] {
        adoptions::adopt(&house.as_actor(&chief), template, "Quyết định 1").await.expect("an adoption");
    }
    let new = NewCampaign {
        occasion: "annual".to_owned(),
        year: 2026,
        closes_on: date(2026, 12, 10),
        total_share_bp: None,
        leader_share_bp: None,
    };
    let campaign = awards::service::open(&house.as_actor(&standing), &new).await.expect("a campaign");
    accepted(&house, campaign, "KT", "Phòng Kinh tế", &standing).await;
    accepted(&house, campaign, "NC", "Phòng Nội chính", &standing).await;
    review::close(&house.as_actor(&standing), campaign).await.expect("closed");
    review::consult(&house.as_actor(&standing), campaign).await.expect("a consultation");
    house.stand_on(MEETING_DAY);
    review::to_council(&house.as_actor(&standing), campaign).await.expect("before the council");

    let office = house.unit("LD", "Lãnh đạo Văn phòng").await;
    let mut members = Vec::new();
    for number in 1..=7 {
        let person = house.person(&format!("UV{number}"), &format!("Ủy viên {number}")).await;
        let unit = if number == 7 { unit_called(&house, "KT").await } else { office };
        house.appoint(person, unit, "Ủy viên", false).await;
        members.push(account(&house, &format!("uyvien{number}"), Role::Member, Some(person)).await);
    }
    let seats: Vec<_> = members
        .iter()
        .enumerate()
        .map(|(at, one)| (one.person.expect("a person"), if at == 0 { Seat::Chair } else { Seat::Member }))
        .collect();
    let ctx = house.as_actor(&standing);
    let term = Period::since(date(2026, 1, 1));
    let council = service::set_up(&ctx, "Hội đồng", "Quyết định 2", term, &seats).await.expect("a council");
    let before = service::call(&ctx, council, campaign, date(2025, 12, 31), "Phòng họp").await;
    assert!(matches!(before, Err(CouncilError::OutsideTerm)), "{before:?}");
    let meeting = service::call(&ctx, council, campaign, MEETING_DAY, "Phòng họp").await.expect("a meeting");
    Scene { house, standing, members, campaign, meeting }
}

async fn unit_called(house: &TestHouse, code: &str) -> kernel::id::UnitId {
    let mut tx = house.db.read().await.expect("a transaction");
    let units = office::organization::queries::units(&mut tx, MEETING_DAY).await.expect("units");
    units.into_iter().find(|unit| unit.code == code).expect("a unit of the scene").id
}

impl Scene {
    async fn seen_by(&self, actor: &Actor) -> Room {
        queries::room(&self.house.as_actor(actor), self.meeting).await.expect("a meeting")
    }

    async fn seats(&self) -> Vec<MemberId> {
        self.seen_by(&self.standing).await.members.iter().map(|(member, ..)| member.id).collect()
    }

    async fn attend(&self, who: &[usize]) {
        let seats = self.seats().await;
        let present: Vec<MemberId> = who.iter().map(|at| seats[*at]).collect();
        service::attend(&self.house.as_actor(&self.standing), self.meeting, &present).await.expect("written down");
    }

    async fn open(&self) -> Result<(), CouncilError> {
        let seats = self.seats().await;
        let tellers = Tellers { members: [seats[0], seats[1]], passphrases: PHRASES };
        voting::open(&self.house.as_actor(&self.standing), self.meeting, &tellers, false).await
    }

    async fn motions(&self) -> Vec<MotionId> {
        self.seen_by(&self.standing).await.items.iter().map(|item| item.motion.id).collect()
    }

    async fn cast(&self, member: usize, choices: [Choice; 2]) -> Result<(), CouncilError> {
        let sheet: BTreeMap<MotionId, Choice> = self.motions().await.into_iter().zip(choices).collect();
        voting::cast(&self.house.as_actor(&self.members[member]), self.meeting, &sheet).await
    }

    async fn close(&self, phrases: [&str; 2]) -> Result<(), CouncilError> {
        voting::close(&self.house.as_actor(&self.standing), self.meeting, phrases).await
    }

    /// All seven are there: five for the first nominee, one against; all but two for the second.
    async fn vote(&self) {
        self.attend(&[0, 1, 2, 3, 4, 5, 6]).await;
        self.open().await.expect("open");
        for member in 0..7 {
            let first = if member == 0 { Choice::No } else { Choice::Yes };
            let second = if member < 2 { Choice::Defer } else { Choice::Yes };
            self.cast(member, [first, second]).await.expect("cast");
        }
    }

    async fn rows(&self, sql: &'static str) -> Vec<Vec<u8>> {
        let sql = AssertSqlSafe(sql);
        match &self.house.db {
            Db::Sqlite { pool, .. } => {
                sqlx::query(sql).fetch_all(pool).await.expect("rows").iter().map(|row| row.get(0)).collect()
            }
            Db::Postgres { pool } => {
                sqlx::query(sql).fetch_all(pool).await.expect("rows").iter().map(|row| row.get(0)).collect()
            }
        }
    }

    async fn halves(&self) -> Vec<Vec<u8>> {
        let mut all = self.rows("select first from ballot_counters order by motion, choice").await;
        all.extend(self.rows("select second from ballot_counters order by motion, choice").await);
        all
    }
}

fn said(item: &Item) -> Vec<(Choice, u32)> {
    let tally = item.motion.tally.as_ref().expect("totals");
    Choice::ALL.iter().map(|choice| (*choice, tally.of(*choice))).filter(|(_, votes)| *votes > 0).collect()
}

#[tokio::test]
async fn a_council_votes_in_secret_and_its_outcome_reaches_the_nominations() {
    for stage in scenes().await {
        let engine = stage.house.engine();
        stage.vote().await;
        let again = stage.cast(3, [Choice::No, Choice::No]).await;
        assert!(matches!(again, Err(CouncilError::AlreadyVoted)), "{engine} {again:?}");
        for visitor in [&stage.standing, &stage.members[0]] {
            let room = stage.seen_by(visitor).await;
            assert!(room.items.iter().all(|item| item.motion.tally.is_none() && item.motion.outcome.is_none()));
            assert!(room.members.iter().all(|(.., voted)| *voted == Some(true)), "who has voted is known");
        }
        let wrong = stage.close([PHRASES[0], "không phải cụm này"]).await;
        assert!(matches!(wrong, Err(CouncilError::WrongSecond)), "{engine} {wrong:?}");
        let wrong = stage.close(["không phải cụm này", PHRASES[1]]).await;
        assert!(matches!(wrong, Err(CouncilError::WrongFirst)), "{engine} {wrong:?}");
        stage.close(PHRASES).await.expect("both are right");

        let room = stage.seen_by(&stage.standing).await;
        assert_eq!(room.meeting.state, MeetingState::Closed, "{engine}");
        assert_eq!(said(&room.items[0]), [(Choice::Yes, 5), (Choice::No, 1)], "{engine}: the seventh had no say");
        assert_eq!(said(&room.items[1]), [(Choice::Yes, 5), (Choice::Defer, 2)], "{engine}");
        assert!(room.items.iter().all(|item| item.motion.outcome == Some(Outcome::Yes)), "{engine}");
        let paper = minutes::minutes(&stage.house, &room).expect("minutes");
        let text = format!("{:?}", paper.blocks);
        assert!(text.contains("Người kiểm phiếu: Ủy viên 1, Ủy viên 2"), "{text}");
        assert!(text.contains("Không biểu quyết nội dung 1: Ủy viên 7 (cùng đơn vị)"), "{text}");
        let ctx = stage.house.as_actor(&stage.standing);
        let mut tx = stage.house.db.read().await.expect("a transaction");
        let passed = awards::queries::passed(&ctx, &mut tx, stage.campaign).await.expect("a list");
        assert_eq!(passed.len(), 2, "{engine}");
    }
}

#[tokio::test]
async fn quorum_is_asked_at_opening_and_again_when_somebody_leaves() {
    for stage in scenes().await {
        stage.attend(&[0, 1, 2, 3, 4]).await;
        let few = stage.open().await;
        let wanted = matches!(few, Err(CouncilError::NoQuorum { present: 5, members: 7, needed: 6 }));
        assert!(wanted, "{} {few:?}", stage.house.engine());
        stage.attend(&[0, 1, 2, 3, 4, 5]).await;
        stage.open().await.expect("six of seven are four fifths");
        stage.attend(&[0, 1, 2, 3, 4]).await;
        let left = stage.cast(0, [Choice::Yes, Choice::Yes]).await;
        assert!(matches!(left, Err(CouncilError::NoQuorum { present: 5, .. })), "{} {left:?}", stage.house.engine());
        stage.attend(&[0, 1, 2, 3, 4, 6]).await;
        stage.cast(0, [Choice::Yes, Choice::Yes]).await.expect("six again");
        stage.cast(6, [Choice::Yes, Choice::Yes]).await.expect("who comes late is on the list");
        let absent = stage.cast(5, [Choice::Yes, Choice::Yes]).await;
        assert!(matches!(absent, Err(CouncilError::NotAVoter)), "{} {absent:?}", stage.house.engine());
    }
}

#[tokio::test]
async fn whoever_has_a_conflict_learns_no_total_and_cannot_write_for_others() {
    for stage in scenes().await {
        let seats = stage.seats().await;
        let motions = stage.motions().await;
        let seventh = Actor {
            grants: [stage.members[6].grants.clone(), stage.standing.grants.clone()].concat(),
            ..stage.members[6].clone()
        };
        let ctx = stage.house.as_actor(&seventh);
        let own = service::write_opinion(&ctx, stage.meeting, motions[0], seats[5], Choice::Yes, "Phiếu 1").await;
        assert!(matches!(own, Err(CouncilError::OwnMatter)), "{} {own:?}", stage.house.engine());
        stage.vote().await;
        stage.close(PHRASES).await.expect("closed");
        let room = stage.seen_by(&seventh).await;
        assert!(room.items[0].mine && room.items[0].motion.tally.is_none(), "{}", stage.house.engine());
        assert!(room.items[1].motion.tally.is_some(), "{}", stage.house.engine());
        let printed = format!("{:?}", minutes::minutes(&stage.house, &room).expect("minutes"));
        let full = stage.seen_by(&stage.standing).await;
        let seal = &full.items[0].motion.tally.as_ref().expect("totals").seal;
        assert!(seal.len() == 64 && !printed.contains(seal.as_str()), "the digest cannot be tried out");
    }
}

#[tokio::test]
async fn a_member_who_wrote_and_then_came_speaks_once() {
    for stage in scenes().await {
        let (seats, motions) = (stage.seats().await, stage.motions().await);
        let ctx = stage.house.as_actor(&stage.standing);
        for at in [4, 5] {
            for motion in &motions {
                let done = service::write_opinion(&ctx, stage.meeting, *motion, seats[at], Choice::No, "Phiếu 5").await;
                done.expect("an opinion");
            }
        }
        stage.attend(&[0, 1, 2, 3]).await;
        let room = stage.seen_by(&stage.standing).await;
        assert!(room.opinions.len() == 4 && room.opinions.iter().all(|one| one.choice.is_none()));
        stage.open().await.expect("four there and two on paper are six");
        stage.attend(&[0, 1, 2, 3, 4]).await;
        for member in 0..5 {
            let first = if member == 0 { Choice::Blank } else { Choice::Yes };
            stage.cast(member, [first, Choice::Yes]).await.expect("cast");
        }
        stage.attend(&[0, 1, 2, 3]).await;
        stage.close(PHRASES).await.expect("closed");
        let room = stage.seen_by(&stage.standing).await;
        let votes = [(Choice::Yes, 4), (Choice::No, 1), (Choice::Blank, 1)];
        assert_eq!(said(&room.items[0]), votes, "{}: the fifth voted and left", stage.house.engine());
        assert!(room.items[1].motion.tally.is_none(), "five ballots that say the same are not shown");
        assert_eq!(room.items[1].motion.outcome, Some(Outcome::Yes), "{}", stage.house.engine());
    }
}

#[tokio::test]
async fn every_half_of_every_counter_changes_with_every_ballot() {
    for stage in scenes().await {
        stage.attend(&[0, 1, 2, 3, 4, 5, 6]).await;
        stage.open().await.expect("open");
        let mut before = stage.halves().await;
        assert_eq!(before.len(), 2 * 2 * Choice::ALL.len(), "{}", stage.house.engine());
        for (member, choice) in [(6, Choice::Yes), (0, Choice::No), (1, Choice::Blank)] {
            stage.cast(member, [choice, Choice::Lower]).await.expect("cast");
            let after = stage.halves().await;
            for (at, (old, new)) in before.iter().zip(&after).enumerate() {
                assert_ne!(old, new, "{} counter {at} after member {member}", stage.house.engine());
            }
            before = after;
        }
    }
}

#[tokio::test]
async fn nothing_that_is_left_after_closing_tells_who_chose_what() {
    for stage in scenes().await {
        stage.vote().await;
        let secrets = [stage.halves().await, stage.rows("select sealed_key from ballot_boxes").await].concat();
        let during = stage.rows("select sealed_key from ballot_boxes").await;
        assert_eq!(during.len(), 1, "{}", stage.house.engine());
        stage.close(PHRASES).await.expect("closed");
        assert!(stage.halves().await.is_empty(), "{}", stage.house.engine());
        assert!(stage.rows("select sealed_key from ballot_boxes").await.is_empty(), "{}", stage.house.engine());
        let filter = Filter { action: Some("council.cast".to_owned()), ..Filter::default() };
        let entries = ledger::queries::search(&stage.house.program(), &filter, 100).await.expect("entries");
        assert_eq!(entries.len(), 7, "{}", stage.house.engine());
        for entry in &entries {
            assert!(entry.fields.is_empty() && entry.ground.is_none(), "{} {entry:?}", stage.house.engine());
        }
        if let Db::Sqlite { file, .. } = &stage.house.db {
            for name in ["thidua.db", "thidua.db-wal"] {
                let bytes = std::fs::read(file.with_file_name(name)).unwrap_or_default();
                let left = |secret: &&Vec<u8>| bytes.windows(secret.len()).any(|part| part == secret.as_slice());
                assert_eq!(secrets.iter().filter(left).count(), 0, "copies of the box lie in {name}");
            }
        }
    }
}

#[tokio::test]
async fn an_altered_total_is_found_and_named() {
    for stage in scenes().await {
        stage.vote().await;
        stage.close(PHRASES).await.expect("closed");
        let sql =
            AssertSqlSafe(r#"update motions set tally = replace(tally, '"defer":2', '"defer":1') where position = 2"#);
        match &stage.house.db {
            Db::Sqlite { pool, .. } => assert_eq!(sqlx::query(sql).execute(pool).await.expect("it").rows_affected(), 1),
            Db::Postgres { pool } => assert_eq!(sqlx::query(sql).execute(pool).await.expect("it").rows_affected(), 1),
        }
        let said = queries::room(&stage.house.as_actor(&stage.standing), stage.meeting).await;
        assert!(matches!(said, Err(CouncilError::Altered { position: 2 })), "{} {said:?}", stage.house.engine());
    }
}

#[tokio::test]
async fn a_ballot_that_is_sent_twice_at_once_counts_once() {
    for stage in scenes().await {
        stage.attend(&[0, 1, 2, 3, 4, 5, 6]).await;
        stage.open().await.expect("open");
        let sheet = [Choice::No, Choice::No];
        let (one, two) = join(stage.cast(0, sheet), stage.cast(0, sheet)).await;
        let refused = [one, two].into_iter().filter_map(Result::err).collect::<Vec<_>>();
        let fits = |error: &CouncilError| {
            matches!(
                error,
                CouncilError::AlreadyVoted | CouncilError::Store(StoreError::Busy | StoreError::Stale { .. })
            )
        };
        assert!(refused.len() == 1 && refused.iter().all(fits), "{} {refused:?}", stage.house.engine());
        for member in 1..7 {
            stage.cast(member, [Choice::Yes, Choice::Yes]).await.expect("cast");
        }
        stage.close(PHRASES).await.expect("closed");
        let room = stage.seen_by(&stage.standing).await;
        assert_eq!(said(&room.items[1]), [(Choice::Yes, 6), (Choice::No, 1)], "{}", stage.house.engine());
    }
}

#[tokio::test]
async fn a_box_that_cannot_be_opened_is_given_up_and_all_vote_anew() {
    for stage in scenes().await {
        stage.vote().await;
        let ctx = stage.house.as_actor(&stage.standing);
        voting::give_up(&ctx, stage.meeting, "Mất cụm mật khẩu").await.expect("given up");
        assert!(stage.halves().await.is_empty(), "{}", stage.house.engine());
        let room = stage.seen_by(&stage.standing).await;
        assert_eq!(room.meeting.state, MeetingState::Planned, "{}", stage.house.engine());
        assert!(room.members.iter().all(|(.., voted)| voted.is_none()), "{}", stage.house.engine());
        let (one, other) = (stage.members[5].person.expect("a person"), nominee(&room.items[1]));
        service::state_relation(&ctx, one, other, "anh em ruột").await.expect("stated");
        stage.vote().await;
        stage.close(PHRASES).await.expect("closed");
        let room = stage.seen_by(&stage.standing).await;
        let votes = [(Choice::Yes, 4), (Choice::Defer, 2)];
        assert_eq!(said(&room.items[1]), votes, "{}: a relation stated later counts", stage.house.engine());
    }
}

fn nominee(item: &Item) -> PersonId {
    match item.nominated.recipient {
        Recipient::Person(person) => person,
        other => panic!("{other:?} is no person"),
    }
}
