//! A campaign with two nominations and a council of seven that is called about them.

use std::collections::BTreeMap;

use jiff::civil::date;
use kernel::id::{PersonId, UnitId};
use kernel::{Actor, Date, Period, Role};
use office::awards::eligibility::GOOD_STANDING;
use office::awards::service::{NewCampaign, NewNomination};
use office::awards::{CampaignId, adoptions, review};
use office::council::model::{Choice, Seat, Tally};
use office::council::queries::{self, Room};
use office::council::voting::{self, Tellers};
use office::council::{CouncilError, MeetingId, MemberId, MotionId, service};
use office::db::Db;
use office::identity::accounts::{self, NewAccount};
use office::organization::{self, Recipient};
use office::records::model::{Completeness, Register};
use office::{awards, records};
use rules::AwardCode;
use rules::facts::{RatingLevel, Selection, Stage};
use sqlx::{AssertSqlSafe, Decode, Postgres, Row as _, Sqlite, Type};
use testkit::{TestHouse, actor};

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
const DOCUMENT: &str = "Biên bản họp đơn vị ngày 20/11/2026";
pub const PHRASES: [&str; 2] = ["trà xanh Mộc Châu", "nắng sớm Tà Xùa"];
/// The day of the meeting.
pub const MEETING_DAY: Date = date(2026, 12, 9);

/// A council of seven, of whom the last is of the unit of the first nominee, called about two nominations.
pub struct Scene {
    pub house: TestHouse,
    pub standing: Actor,
    pub members: Vec<Actor>,
    pub campaign: CampaignId,
    pub meeting: MeetingId,
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

pub async fn scenes() -> Vec<Scene> {
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
        worker_share_bp: None,
        form_shares: [].into(),
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

async fn unit_called(house: &TestHouse, code: &str) -> UnitId {
    let mut tx = house.db.read().await.expect("a transaction");
    let units = organization::queries::units(&mut tx, MEETING_DAY).await.expect("units");
    units.into_iter().find(|unit| unit.code == code).expect("a unit of the scene").id
}

impl Scene {
    pub async fn seen_by(&self, actor: &Actor) -> Room {
        queries::room(&self.house.as_actor(actor), self.meeting).await.expect("a meeting")
    }

    pub async fn seats(&self) -> Vec<MemberId> {
        self.seen_by(&self.standing).await.members.iter().map(|(member, ..)| member.id).collect()
    }

    pub async fn attend(&self, who: &[usize]) {
        let seats = self.seats().await;
        let present: Vec<MemberId> = who.iter().map(|at| seats[*at]).collect();
        service::attend(&self.house.as_actor(&self.standing), self.meeting, &present).await.expect("written down");
    }

    pub async fn open(&self) -> Result<(), CouncilError> {
        let seats = self.seats().await;
        let tellers = Tellers { members: [seats[0], seats[1]], passphrases: PHRASES };
        voting::open(&self.house.as_actor(&self.standing), self.meeting, &tellers, false).await
    }

    pub async fn motions(&self) -> Vec<MotionId> {
        self.seen_by(&self.standing).await.items.iter().map(|item| item.motion.id).collect()
    }

    pub async fn cast(&self, member: usize, choices: [Choice; 2]) -> Result<(), CouncilError> {
        let sheet: BTreeMap<MotionId, Choice> = self.motions().await.into_iter().zip(choices).collect();
        voting::cast(&self.house.as_actor(&self.members[member]), self.meeting, &sheet).await
    }

    pub async fn close(&self, phrases: [&str; 2]) -> Result<(), CouncilError> {
        voting::close(&self.house.as_actor(&self.standing), self.meeting, phrases).await
    }

    /// All seven are there: five for the first nominee, one against; all but two for the second.
    pub async fn vote(&self) {
        self.attend(&[0, 1, 2, 3, 4, 5, 6]).await;
        self.open().await.expect("open");
        for member in 0..7 {
            let first = if member == 0 { Choice::No } else { Choice::Yes };
            let second = if member < 2 { Choice::Defer } else { Choice::Yes };
            self.cast(member, [first, second]).await.expect("cast");
        }
    }

    /// The first column of some rows.
    pub async fn rows<T>(&self, sql: &'static str) -> Vec<T>
    where
        T: for<'r> Decode<'r, Sqlite> + Type<Sqlite> + for<'r> Decode<'r, Postgres> + Type<Postgres>,
    {
        let sql = AssertSqlSafe(sql);
        match &self.house.db {
            Db::Sqlite { pool, .. } => {
                sqlx::query(sql).fetch_all(pool).await.expect("rows").iter().map(|row| row.get(0)).collect()
            }
            Db::Postgres { pool, .. } => {
                sqlx::query(sql).fetch_all(pool).await.expect("rows").iter().map(|row| row.get(0)).collect()
            }
        }
    }

    /// The totals as they were frozen, in the order of the list, also those that nobody is shown.
    pub async fn frozen(&self) -> Vec<Tally> {
        let rows: Vec<String> = self.rows("select tally from motions order by position").await;
        rows.iter().map(|tally| serde_json::from_str(tally).expect("totals")).collect()
    }

    pub async fn halves(&self) -> Vec<Vec<u8>> {
        let mut all = self.rows("select first from ballot_counters order by motion, choice").await;
        all.extend(self.rows("select second from ballot_counters order by motion, choice").await);
        all
    }
}
