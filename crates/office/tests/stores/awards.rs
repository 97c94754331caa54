//! A nomination's way from its unit to the council, and what it is refused on the way.

use jiff::civil::date;
use kernel::id::{PersonId, UnitId};
use kernel::{Actor, Role};
use office::awards::eligibility::GOOD_STANDING;
use office::awards::model::{CampaignState, NominationState, Outcome};
use office::awards::progress::{self, Progress};
use office::awards::service::{self, NewCampaign, NewNomination};
use office::awards::{AwardsError, CampaignId, NominationId, adoptions, outcomes, queries, review};
use office::identity::accounts::{self, NewAccount};
use office::organization::Recipient;
use office::organization::model::UnitName;
use office::records::model::{Completeness, Register};
use office::{StoreError, organization, records};
use rules::facts::{RatingLevel, Selection, Stage};
use rules::{AwardCode, GuardVerdict, Verdict};
use testkit::{TODAY, TestHouse, actor};

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
const REASON: &str = "Bổ sung số liệu trước khi nộp lại";
const DOCUMENT: &str = "Biên bản họp đơn vị ngày 20/11/2026";

/// A house with a unit, a nominee with a clean record, and those who work on the nomination.
pub struct Scene<'a> {
    pub house: &'a TestHouse,
    pub unit: UnitId,
    pub nominee: PersonId,
    pub head: Actor,
    pub standing: Actor,
    pub chief: Actor,
    pub campaign: CampaignId,
}

async fn clean(house: &TestHouse, nominee: PersonId) {
    let (ctx, of) = (house.program(), Recipient::Person(nominee));
    records::service::rate(&ctx, of, 2025, RatingLevel::Good, None, None).await.expect("a rating");
    let selected = (Selection::Selected, false);
    records::service::enter_result(&ctx, of, (Stage::Annual, 2026), selected, "Biên bản").await.expect("a result");
}

pub async fn scene(house: &TestHouse, total_share_bp: Option<u32>) -> Scene<'_> {
    let unit = house.unit("KT", "Phòng Kinh tế").await;
    let nominee = house.staff("CB1", "Lò Thị Hoa", unit).await;
    clean(house, nominee).await;
    for register in Register::ALL {
        let declared =
            Completeness { register: *register, since: date(2020, 1, 1), document: "Biên bản rà soát".to_owned() };
        records::service::declare_complete(&house.program(), declared).await.expect("a declaration");
    }
    let head = house.account("truongphong", Role::Head, Some(unit)).await;
    let standing = house.account("thuongtruc", Role::Standing, None).await;
    let chief = house.account("chanhvp", Role::Chief, None).await;
    for template in ["giay_khen.bac_ninh", "consultation.10_ngay"] {
        adoptions::adopt(&house.as_actor(&chief), template, "Quyết định 1").await.expect("an adoption");
    }
    let new = NewCampaign {
        occasion: "annual".to_owned(),
        year: 2026,
        closes_on: date(2026, 12, 10),
        total_share_bp,
        leader_share_bp: None,
        worker_share_bp: None,
        form_shares: [].into(),
    };
    let campaign = service::open(&house.as_actor(&standing), &new).await.expect("a campaign");
    Scene { house, unit, nominee, head, standing, chief, campaign }
}

impl Scene<'_> {
    pub fn asked(&self) -> NewNomination {
        NewNomination {
            campaign: self.campaign,
            award: AwardCode::GiayKhen,
            recipient: Recipient::Person(self.nominee),
            unit: self.unit,
            achievement: None,
            summary: "Giải quyết 18 kiến nghị của doanh nghiệp".to_owned(),
        }
    }

    pub async fn nominate(&self, new: &NewNomination) -> Result<NominationId, AwardsError> {
        service::nominate(&self.house.as_actor(&self.head), new).await
    }

    pub async fn attach_all(&self, id: NominationId) {
        for item in self.house.rules.dossier(AwardCode::GiayKhen, TODAY) {
            let ctx = self.house.as_actor(&self.head);
            service::attach(&ctx, id, &item.id, "ho-so.pdf", PDF).await.expect("a file that fits");
        }
    }

    pub async fn submitted(&self) -> NominationId {
        let id = self.nominate(&self.asked()).await.expect("a draft");
        self.attach_all(id).await;
        service::submit(&self.house.as_actor(&self.head), id).await.expect("handed in");
        id
    }

    pub async fn accepted(&self) -> NominationId {
        let (id, ctx) = (self.submitted().await, self.house.as_actor(&self.standing));
        review::attest(&ctx, id, GOOD_STANDING, DOCUMENT).await.expect("a statement");
        review::accept(&ctx, id).await.expect("accepted");
        id
    }

    pub async fn stands(&self, id: NominationId) -> (NominationState, Option<Verdict>) {
        let detail = queries::detail(&self.house.as_actor(&self.standing), id).await.expect("a nomination");
        (detail.nomination.state, detail.nomination.verdict)
    }
}

#[tokio::test]
async fn a_nomination_goes_from_its_unit_to_the_council() {
    for mut house in testkit::houses().await {
        let (campaign, id, standing) = {
            let stage = scene(&house, None).await;
            let id = stage.submitted().await;
            let undetermined = (NominationState::Submitted, Some(Verdict::Undetermined));
            assert_eq!(stage.stands(id).await, undetermined, "{}", house.engine());
            let ctx = house.as_actor(&stage.standing);
            let early = review::accept(&ctx, id).await;
            assert!(matches!(early, Err(AwardsError::Undetermined { .. })), "{} {early:?}", house.engine());
            review::attest(&ctx, id, GOOD_STANDING, DOCUMENT).await.expect("a statement");
            assert_eq!(stage.stands(id).await.1, Some(Verdict::Eligible), "{}", house.engine());
            review::close(&ctx, stage.campaign).await.expect("closed");
            let unchecked = review::consult(&ctx, stage.campaign).await;
            assert!(matches!(unchecked, Err(AwardsError::NotChecked { left: 1 })), "{}", house.engine());
            review::accept(&ctx, id).await.expect("accepted");
            let days = review::consult(&ctx, stage.campaign).await.expect("a consultation");
            assert_eq!(days.until, Some(date(2026, 12, 9)), "ten working days, 24 November being a day off");
            let open = review::to_council(&ctx, stage.campaign).await;
            assert!(matches!(open, Err(AwardsError::ConsultationOpen { .. })), "{}", house.engine());
            (stage.campaign, id, stage.standing)
        };
        house.stand_on(date(2026, 12, 9));
        let ctx = house.as_actor(&standing);
        review::to_council(&ctx, campaign).await.expect("before the council");
        let mut tx = house.db.read().await.expect("a transaction");
        let list = queries::before_council(&ctx, &mut tx, campaign).await.expect("a list");
        assert_eq!(list.iter().map(|one| one.id).collect::<Vec<_>>(), [id], "{}", house.engine());
        assert_eq!(queries::campaign(&mut tx, campaign).await.expect("it").state, CampaignState::Council);
    }
}

#[tokio::test]
async fn a_form_that_the_plan_does_not_name_for_the_occasion_is_refused() {
    for house in testkit::houses().await {
        let stage = scene(&house, None).await;
        let said = stage.nominate(&NewNomination { award: AwardCode::BkTinh, ..stage.asked() }).await;
        let Err(AwardsError::FormNotAllowed { reason, .. }) = said else { panic!("{said:?}") };
        assert!(reason.contains("IV.3.a"), "{reason}");
    }
}

#[tokio::test]
async fn a_head_nominates_only_whom_the_unit_holds_and_only_for_that_unit() {
    for house in testkit::houses().await {
        let stage = scene(&house, None).await;
        let other = house.unit("NC", "Phòng Nội chính").await;
        let stranger = house.staff("CB2", "Giàng A Chu", other).await;
        let said = stage.nominate(&NewNomination { recipient: Recipient::Person(stranger), ..stage.asked() }).await;
        assert!(matches!(said, Err(AwardsError::OtherUnit)), "{} {said:?}", house.engine());
        let said = stage.nominate(&NewNomination { recipient: Recipient::Unit(other), ..stage.asked() }).await;
        assert!(matches!(said, Err(AwardsError::OtherUnit)), "{} {said:?}", house.engine());
        let said = stage.nominate(&NewNomination { unit: other, ..stage.asked() }).await;
        assert!(matches!(said, Err(AwardsError::Denied(_))), "{} {said:?}", house.engine());
        let id = stage.submitted().await;
        let head = house.account("truongphong.nc", Role::Head, Some(other)).await;
        let said = queries::detail(&house.as_actor(&head), id).await.map(|_| ());
        assert!(matches!(said, Err(AwardsError::Unknown(_))), "{} {said:?}", house.engine());
    }
}

#[tokio::test]
async fn one_achievement_and_one_person_lie_in_one_nomination_only() {
    for house in testkit::houses().await {
        let stage = scene(&house, None).await;
        let of = Recipient::Person(stage.nominee);
        let clause = "III.4";
        let achievement = records::service::enter_achievement(&house.program(), of, "TT-1", 2026, clause, "Ba phiên")
            .await
            .expect("an achievement");
        let new = NewNomination { achievement: Some(achievement.0), ..stage.asked() };
        let first = stage.nominate(&new).await.expect("a draft");
        let said = stage.nominate(&stage.asked()).await;
        assert!(matches!(said, Err(AwardsError::SameForm { other, .. }) if other == first), "{said:?}");
        let again = NewCampaign {
            occasion: "annual".to_owned(),
            year: 2026,
            closes_on: date(2026, 12, 31),
            total_share_bp: None,
            leader_share_bp: None,
            worker_share_bp: None,
            form_shares: [].into(),
        };
        let program = house.program();
        let second = records::service::enter_achievement(&program, of, "TT-2", 2026, clause, "Hai phiên").await;
        let second = second.expect("an achievement");
        let other = NewNomination { achievement: Some(second.0), ..stage.asked() };
        let other = stage.nominate(&other).await.expect("another achievement");
        service::withdraw(&house.as_actor(&stage.head), other, REASON).await.expect("taken back");
        let elsewhere = service::open(&house.as_actor(&stage.standing), &again).await.expect("a campaign");
        let said = stage.nominate(&NewNomination { campaign: elsewhere, ..new.clone() }).await;
        let Err(AwardsError::SameAchievement { what, .. }) = said else { panic!("{said:?}") };
        assert!(what.contains("TT-1"), "{what}");
        service::withdraw(&house.as_actor(&stage.head), first, REASON).await.expect("taken back");
        stage.nominate(&new).await.expect("free again");
    }
}

#[tokio::test]
async fn a_dossier_without_its_papers_is_not_handed_in() {
    for house in testkit::houses().await {
        let stage = scene(&house, None).await;
        let id = stage.nominate(&stage.asked()).await.expect("a draft");
        let ctx = house.as_actor(&stage.head);
        let false_name = service::attach(&ctx, id, "to_trinh", "to-trinh.docx", PDF).await;
        assert!(matches!(false_name, Err(AwardsError::BadFile { .. })), "{} {false_name:?}", house.engine());
        service::attach(&ctx, id, "to_trinh", "to-trinh.pdf", PDF).await.expect("a file that fits");
        let said = service::submit(&ctx, id).await;
        let Err(AwardsError::MissingPapers { missing }) = said else { panic!("{said:?}") };
        assert_eq!(missing, ["Báo cáo thành tích", "Biên bản xét khen thưởng"], "{}", house.engine());
    }
}

#[tokio::test]
async fn a_dossier_is_given_back_with_a_reason_and_handed_in_again_beside_its_first_version() {
    for house in testkit::houses().await {
        let stage = scene(&house, None).await;
        let id = stage.submitted().await;
        let (head, ctx) = (house.as_actor(&stage.head), house.as_actor(&stage.standing));
        let said = review::give_back(&ctx, id, "  sửa  ").await;
        assert!(matches!(said, Err(AwardsError::ShortReason { .. })), "{} {said:?}", house.engine());
        review::give_back(&ctx, id, REASON).await.expect("given back");
        let detail = queries::detail(&head, id).await.expect("a nomination");
        let reasons: Vec<_> = detail.events.iter().filter_map(|event| event.reason.as_deref()).collect();
        assert_eq!(reasons, [REASON], "{}", house.engine());
        service::rewrite(&head, id, detail.nomination.version, "Giải quyết 18 trên 18 kiến nghị", None)
            .await
            .expect("rewritten");
        service::submit(&head, id).await.expect("handed in again");
        let versions = queries::detail(&head, id).await.expect("a nomination").versions;
        let told: Vec<_> = versions.iter().map(|version| version.summary.as_str()).collect();
        assert_eq!(told, ["Giải quyết 18 kiến nghị của doanh nghiệp", "Giải quyết 18 trên 18 kiến nghị"]);
    }
}

#[tokio::test]
async fn who_was_handed_in_keeps_the_name_of_that_day_whoever_looks_at_it_later() {
    for house in testkit::houses().await {
        let stage = scene(&house, None).await;
        let id = stage.submitted().await;
        let ctx = house.as_actor(&stage.standing);
        let before = queries::detail(&ctx, id).await.expect("a nomination").nomination.snapshot.expect("a snapshot");
        let name = UnitName { from: TODAY, name: "Phòng Tên Mới".to_owned(), document: None };
        let mut tx = house.db.read().await.expect("a transaction");
        let unit = organization::queries::unit(&mut tx, stage.unit, TODAY).await.expect("an answer").expect("a unit");
        drop(tx);
        organization::units::rename(&house.program(), stage.unit, unit.version, name).await.expect("renamed");
        review::attest(&ctx, id, GOOD_STANDING, DOCUMENT).await.expect("a statement");
        let detail = queries::detail(&ctx, id).await.expect("a nomination");
        let after = detail.nomination.snapshot.expect("a snapshot");
        assert_eq!(after.unit_name, before.unit_name, "{}", house.engine());
        let source = after.sources.get("good_standing").expect("what was stated is a record");
        assert_eq!(source.register, "attestations", "{}", house.engine());
        review::give_back(&ctx, id, REASON).await.expect("given back");
        service::submit(&house.as_actor(&stage.head), id).await.expect("handed in again");
        let again = queries::detail(&ctx, id).await.expect("a nomination").nomination.snapshot.expect("a snapshot");
        assert_eq!(again.unit_name, "Phòng Tên Mới", "{}: another day of handing in", house.engine());
    }
}

#[tokio::test]
async fn what_was_given_back_comes_in_again_while_dossiers_are_checked_and_a_dead_draft_stops_nobody() {
    for house in testkit::houses().await {
        let stage = scene(&house, None).await;
        let id = stage.submitted().await;
        let (head, ctx) = (house.as_actor(&stage.head), house.as_actor(&stage.standing));
        let own = NewNomination { recipient: Recipient::Unit(stage.unit), ..stage.asked() };
        let draft = stage.nominate(&own).await.expect("a draft");
        stage.attach_all(draft).await;
        review::give_back(&ctx, id, REASON).await.expect("given back");
        review::close(&ctx, stage.campaign).await.expect("closed");
        let late = service::submit(&head, draft).await;
        assert!(matches!(late, Err(AwardsError::NotOpen { .. })), "{} {late:?}", house.engine());
        service::submit(&head, id).await.expect("mended");
        let next = NewCampaign {
            occasion: "annual".to_owned(),
            year: 2026,
            closes_on: date(2026, 12, 31),
            total_share_bp: None,
            leader_share_bp: None,
            worker_share_bp: None,
            form_shares: [].into(),
        };
        let next = service::open(&ctx, &next).await.expect("a campaign");
        stage.nominate(&NewNomination { campaign: next, ..own }).await.expect("the draft cannot come in any more");
        let mut tx = house.db.read().await.expect("a transaction");
        let named = queries::campaign(&mut tx, next).await.expect("a campaign").name;
        assert!(named.ends_with("2026, đợt 2"), "{} {named}", house.engine());
    }
}

#[tokio::test]
async fn two_clerks_who_write_at_once_do_not_overwrite_each_other() {
    for house in testkit::houses().await {
        let stage = scene(&house, None).await;
        let id = stage.nominate(&stage.asked()).await.expect("a draft");
        let head = house.as_actor(&stage.head);
        service::rewrite(&head, id, 1, "Bản của người thứ nhất", None).await.expect("the first");
        let said = service::rewrite(&head, id, 1, "Bản của người thứ hai", None).await;
        assert!(matches!(said, Err(AwardsError::Store(StoreError::Stale { .. }))), "{} {said:?}", house.engine());
        let detail = queries::detail(&head, id).await.expect("a nomination");
        assert_eq!(detail.nomination.summary, "Bản của người thứ nhất", "{}", house.engine());
    }
}

#[tokio::test]
async fn who_wrote_a_nomination_neither_attests_nor_overrules_nor_accepts_it() {
    for house in testkit::houses().await {
        let mut stage = scene(&house, None).await;
        for role in [Role::Standing, Role::Chief] {
            stage.head.grants.extend(actor(role, None).grants);
        }
        let id = stage.submitted().await;
        let own = house.as_actor(&stage.head);
        let attested = review::attest(&own, id, GOOD_STANDING, DOCUMENT).await.map(|_| ());
        let overruled = review::overrule(&own, id, "verdict", REASON).await;
        let accepted = review::accept(&own, id).await;
        let returned = review::give_back(&own, id, REASON).await;
        for said in [attested, overruled, accepted, returned] {
            assert!(matches!(said, Err(AwardsError::OwnNomination)), "{} {said:?}", house.engine());
        }
        assert_eq!(stage.stands(id).await.0, NominationState::Submitted, "{}", house.engine());
    }
}

#[tokio::test]
async fn a_nomination_is_checked_by_nobody_who_rewrote_it_and_not_by_the_nominee_under_any_account() {
    for house in testkit::houses().await {
        let stage = scene(&house, None).await;
        let writer = house.person("CB8", "Người Sửa").await;
        let open = async |login: &str, person| {
            let new = NewAccount { login: login.to_owned(), name: login.to_owned(), person: Some(person) };
            accounts::open(&house.program(), &new).await.expect("an account").0
        };
        let admin = house.account("quantri", Role::Admin, None).await;
        house.grant(&admin, Role::Admin, None).await;
        let first = open("nguoisua", writer).await;
        office::identity::accounts::stop(&house.program(), first).await.expect("stopped");
        let second = open("nguoisua2", writer).await;
        let own = open("tuduyet", stage.nominee).await;
        let id = stage.nominate(&stage.asked()).await.expect("a draft");
        stage.attach_all(id).await;
        let grants = stage.head.grants.clone();
        let hand = Actor {
            account: Some(first),
            person: Some(writer),
            name: "nguoisua".to_owned(),
            grants,
            ..actor(Role::Head, None)
        };
        service::rewrite(&house.as_actor(&hand), id, 1, "Bản sửa của người khác", None).await.expect("rewritten");
        service::submit(&house.as_actor(&stage.head), id).await.expect("handed in");
        for (account, person, name) in [(second, writer, "nguoisua2"), (own, stage.nominee, "tuduyet")] {
            let who =
                Actor { account: Some(account), person: Some(person), name: name.to_owned(), ..stage.standing.clone() };
            let ctx = house.as_actor(&who);
            let attested = review::attest(&ctx, id, GOOD_STANDING, DOCUMENT).await.map(|_| ());
            let (accepted, returned) = (review::accept(&ctx, id).await, review::give_back(&ctx, id, REASON).await);
            for said in [attested, accepted, returned] {
                assert!(matches!(said, Err(AwardsError::OwnNomination)), "{} {name} {said:?}", house.engine());
            }
        }
        let standing = house.as_actor(&stage.standing);
        review::attest(&standing, id, GOOD_STANDING, DOCUMENT).await.expect("somebody else may");
        review::accept(&standing, id).await.expect("accepted");
    }
}

#[tokio::test]
async fn a_verdict_of_no_is_overruled_by_the_chief_only_and_with_a_reason() {
    for house in testkit::houses().await {
        let stage = scene(&house, None).await;
        let of = Recipient::Person(stage.nominee);
        records::service::rate(&house.program(), of, 2025, RatingLevel::Done, None, None).await.expect("a rating");
        let id = stage.submitted().await;
        let (ctx, chief) = (house.as_actor(&stage.standing), house.as_actor(&stage.chief));
        let said = review::accept(&ctx, id).await;
        assert!(matches!(said, Err(AwardsError::NotEligible { .. })), "{} {said:?}", house.engine());
        let said = review::overrule(&ctx, id, "verdict", REASON).await;
        assert!(matches!(said, Err(AwardsError::Denied(_))), "{} {said:?}", house.engine());
        let said = review::overrule(&chief, id, "verdict", "ừ").await;
        assert!(matches!(said, Err(AwardsError::ShortReason { .. })), "{} {said:?}", house.engine());
        review::overrule(&chief, id, "verdict", REASON).await.expect("overruled");
        review::accept(&ctx, id).await.expect("accepted");
        let detail = queries::detail(&ctx, id).await.expect("a nomination");
        assert_eq!(detail.overrules.len(), 1, "{}", house.engine());
    }
}

#[tokio::test]
async fn a_campaign_over_its_cap_is_closed_only_with_an_exception_of_the_chief() {
    for house in testkit::houses().await {
        let stage = scene(&house, Some(1_000)).await;
        let id = stage.accepted().await;
        let ctx = house.as_actor(&stage.standing);
        let said = review::close(&ctx, stage.campaign).await;
        assert!(matches!(said, Err(AwardsError::OverCap { .. })), "one of one is over a tenth: {said:?}");
        review::overrule(&house.as_actor(&stage.chief), id, "cap", REASON).await.expect("an exception");
        review::close(&ctx, stage.campaign).await.expect("closed");
        let late = stage.nominate(&stage.asked()).await;
        assert!(matches!(late, Err(AwardsError::NotOpen { .. })), "{} {late:?}", house.engine());
    }
}

#[tokio::test]
async fn an_objection_is_settled_before_the_council_and_a_right_one_sends_the_dossier_back() {
    for mut house in testkit::houses().await {
        let (campaign, id, standing) = {
            let stage = scene(&house, None).await;
            let (id, ctx) = (stage.accepted().await, house.as_actor(&stage.standing));
            let officer = house.account("canbo", Role::Officer, None).await;
            let early = review::object(&house.as_actor(&officer), id, REASON).await.map(|_| ());
            assert!(matches!(early, Err(AwardsError::NoOpinions { until: None })), "{} {early:?}", house.engine());
            review::close(&ctx, stage.campaign).await.expect("closed");
            review::consult(&ctx, stage.campaign).await.expect("a consultation");
            review::object(&house.as_actor(&officer), id, REASON).await.expect("an objection");
            let twice = review::object(&house.as_actor(&officer), id, REASON).await.map(|_| ());
            assert!(matches!(twice, Err(AwardsError::ObjectionKnown)), "{} {twice:?}", house.engine());
            (stage.campaign, id, stage.standing)
        };
        house.stand_on(date(2026, 12, 9));
        let ctx = house.as_actor(&standing);
        let late = review::object(&ctx, id, REASON).await.map(|_| ()).expect_err("the window is over");
        assert!(late.to_string().contains("08/12/2026"), "{} {late}", house.engine());
        let open = review::to_council(&ctx, campaign).await;
        assert!(matches!(open, Err(AwardsError::ConsultationOpen { .. })), "{} {open:?}", house.engine());
        let mut tx = house.db.read().await.expect("a transaction");
        let objections = queries::objections(&ctx, &mut tx, campaign).await.expect("objections");
        drop(tx);
        let objection = objections.first().expect("an objection");
        review::settle(&ctx, campaign, objection.id, REASON, true).await.expect("settled");
        let again = review::settle(&ctx, campaign, objection.id, REASON, false).await;
        assert!(matches!(again, Err(AwardsError::Store(StoreError::Stale { .. }))), "{} {again:?}", house.engine());
        let detail = queries::detail(&ctx, id).await.expect("a nomination");
        assert_eq!(detail.nomination.state, NominationState::Returned, "{}", house.engine());
        review::to_council(&ctx, campaign).await.expect("before the council");
    }
}

#[tokio::test]
async fn the_leader_of_a_unit_rated_below_the_level_is_stopped_once_the_office_adopts_the_limit() {
    for house in testkit::houses().await {
        let stage = scene(&house, None).await;
        let leader = house.leader("CB2", "Quàng Văn Sơn", stage.unit).await;
        clean(&house, leader).await;
        let of_unit = Recipient::Unit(stage.unit);
        records::service::rate(&house.program(), of_unit, 2025, RatingLevel::Done, None, None).await.expect("a rating");
        let mut tx = house.db.read().await.expect("a transaction");
        let campaign = queries::campaign(&mut tx, stage.campaign).await.expect("a campaign");
        drop(tx);
        let (house, stage) = (&house, &stage);
        let ask = async |who: PersonId| {
            let ctx = house.as_actor(&stage.head);
            let of = (Recipient::Person(who), stage.unit);
            let answer = queries::preview(&ctx, &campaign, of, AwardCode::GiayKhen).await;
            answer.expect("an answer").answer.guards.into_iter().find(|guard| guard.id == "unit_result")
        };
        assert_eq!(ask(leader).await, None, "{}: not adopted, so it limits nobody", house.engine());
        adoptions::adopt(&house.as_actor(&stage.chief), "unit_result.mau", "Quyết định 2").await.expect("an adoption");
        let said = ask(leader).await.expect("the limit speaks");
        assert_eq!(said.verdict, GuardVerdict::Blocked, "{}", house.engine());
        assert!(said.reason.expect("a reason").contains("2025"), "{}", house.engine());
        assert_eq!(said.records, ["unit_ratings[0]"], "{}", house.engine());
        assert_eq!(ask(stage.nominee).await, None, "{}: a member is not held to it", house.engine());
        records::service::rate(&house.program(), of_unit, 2025, RatingLevel::Good, None, Some("Quyết định 3"))
            .await
            .expect("a corrected rating");
        assert_eq!(ask(leader).await.expect("it speaks").verdict, GuardVerdict::Clear, "{}", house.engine());
    }
}

#[tokio::test]
async fn a_dossier_that_is_handed_in_twice_is_told_when_it_was_handed_in() {
    for house in testkit::houses().await {
        let stage = scene(&house, None).await;
        let id = stage.submitted().await;
        let again = service::submit(&house.as_actor(&stage.head), id).await.expect_err("it was handed in");
        assert!(matches!(again, AwardsError::HandedIn { is: NominationState::Submitted, .. }), "{again:?}");
        let day = kernel::numbers::short_date(TODAY);
        assert!(again.to_string().contains(&format!("ngày {day}")), "{} {again}", house.engine());
    }
}

#[tokio::test]
async fn a_campaign_tells_how_far_it_has_come_until_its_decision_is_annulled() {
    for mut house in testkit::houses().await {
        let (campaign, id, standing) = {
            let stage = scene(&house, None).await;
            assert_eq!(come(&house, stage.campaign).await, Progress::Open, "{}", house.engine());
            let (id, ctx) = (stage.accepted().await, house.as_actor(&stage.standing));
            review::close(&ctx, stage.campaign).await.expect("closed");
            review::consult(&ctx, stage.campaign).await.expect("a consultation");
            (stage.campaign, id, stage.standing)
        };
        house.stand_on(date(2026, 12, 9));
        let ctx = house.as_actor(&standing);
        review::to_council(&ctx, campaign).await.expect("before the council");
        assert_eq!(come(&house, campaign).await, Progress::Council, "{}", house.engine());
        let mut tx = house.db.begin().await.expect("a transaction");
        outcomes::settle_in(&ctx, &mut tx, id, (Outcome::Yes, date(2026, 12, 9)), "Biên bản").await.expect("passed");
        tx.commit().await.expect("kept");
        assert_eq!(come(&house, campaign).await, Progress::Passed, "{}", house.engine());
        let mut tx = house.db.begin().await.expect("a transaction");
        outcomes::decided_in(&ctx, &mut tx, id).await.expect("decided");
        tx.commit().await.expect("kept");
        assert_eq!(come(&house, campaign).await, Progress::Decided, "{}", house.engine());
        let mut tx = house.db.begin().await.expect("a transaction");
        outcomes::annulled_in(&ctx, &mut tx, id, "Quyết định 1: ban hành sai thẩm quyền").await.expect("annulled");
        tx.commit().await.expect("kept");
        assert_eq!(come(&house, campaign).await, Progress::Annulled, "{}", house.engine());
        let one = queries::detail(&ctx, id).await.expect("a nomination").nomination;
        assert_eq!((one.state, one.annulled_on), (NominationState::Annulled, Some(date(2026, 12, 9))));
        assert!(!one.is_alive(), "whom the annulled decision named may be nominated again");
    }
}

#[tokio::test]
async fn a_campaign_whose_last_day_is_over_says_so_and_takes_nobody() {
    for mut house in testkit::houses().await {
        let (campaign, head, new) = {
            let stage = scene(&house, None).await;
            (stage.campaign, stage.head.clone(), stage.asked())
        };
        house.stand_on(date(2026, 12, 10));
        assert_eq!(come(&house, campaign).await, Progress::Open, "{}: the last day counts", house.engine());
        house.stand_on(date(2026, 12, 11));
        assert_eq!(come(&house, campaign).await, Progress::Ended, "{}", house.engine());
        let late = service::nominate(&house.as_actor(&head), &new).await.expect_err("too late");
        assert!(late.to_string().contains("10/12/2026"), "{late}");
    }
}

async fn come(house: &TestHouse, campaign: CampaignId) -> Progress {
    let ctx = house.program();
    let mut tx = house.db.read().await.expect("a transaction");
    let found = queries::campaign(&mut tx, campaign).await.expect("a campaign");
    progress::of(&ctx, &mut tx, &[found]).await.expect("how far it has come")[&campaign]
}
