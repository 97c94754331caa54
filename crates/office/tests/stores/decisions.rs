//! A decision from the passed list to the register, and what becomes of its lines.

use crate::ledger::meddle;
use futures::future::join;
use jiff::civil::date;
use kernel::id::UnitId;
use kernel::numbers::Dong;
use kernel::{Actor, Date, Role};
use office::awards::eligibility::GOOD_STANDING;
use office::awards::model::{NominationState, Outcome};
use office::awards::service::{NewCampaign, NewNomination};
use office::awards::{AwardsError, CampaignId, NominationId, adoptions, again, review};
use office::decisions::amendments::{self, Proposal};
use office::decisions::model::{AmendmentState, BonusSums, DecisionState, Exception, Line, LineId, LineState};
use office::decisions::queries::{self, Filter};
use office::decisions::service::{self, NewDecision};
use office::decisions::{DecisionId, DecisionsError, proof, stocks};
use office::fund::{self, FundError};
use office::organization::Recipient;
use office::records::model::{Completeness, Register};
use office::{StoreError, awards, records};
use papers::certificate::Stock;
use rules::AwardCode;
use rules::facts::{RatingLevel, Selection, Stage};
use testkit::{TODAY, TestHouse, actor};

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
const REASON: &str = "Công văn 12/VP ngày 20/11/2026";

/// A house whose council passes whom the test names, and those who draft and sign.
pub struct Scene<'a> {
    house: &'a TestHouse,
    unit: UnitId,
    head: Actor,
    pub standing: Actor,
    pub chief: Actor,
    /// The day on which the council passes whom it passes.
    pub met: Date,
}

pub async fn scene(house: &TestHouse) -> Scene<'_> {
    let unit = house.unit("KT", "Phòng Kinh tế").await;
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
    Scene { house, unit, head, standing, chief, met: TODAY }
}

impl Scene<'_> {
    pub async fn campaign(&self) -> CampaignId {
        self.campaign_at("annual").await
    }

    async fn campaign_at(&self, occasion: &str) -> CampaignId {
        let new = NewCampaign {
            occasion: occasion.to_owned(),
            year: 2026,
            closes_on: date(2026, 12, 10),
            total_share_bp: None,
            leader_share_bp: None,
        };
        awards::service::open(&self.house.as_actor(&self.standing), &new).await.expect("a campaign")
    }

    /// A nomination for this form that was handed in.
    async fn handed_in(&self, campaign: CampaignId, award: AwardCode, (code, name): (&str, &str)) -> NominationId {
        let (program, ctx) = (self.house.program(), self.house.as_actor(&self.head));
        let of = Recipient::Person(self.house.staff(code, name, self.unit).await);
        records::service::rate(&program, of, 2025, RatingLevel::Good, None, None).await.expect("a rating");
        let selected = (Selection::Selected, false);
        records::service::enter_result(&program, of, (Stage::Annual, 2026), selected, "Biên bản")
            .await
            .expect("a result");
        let new = NewNomination {
            campaign,
            award,
            recipient: of,
            unit: self.unit,
            achievement: None,
            summary: "Giải quyết 18 kiến nghị của doanh nghiệp".to_owned(),
        };
        let id = awards::service::nominate(&ctx, &new).await.expect("a draft");
        for item in self.house.rules.dossier(award, TODAY) {
            awards::service::attach(&ctx, id, &item.id, "ho-so.pdf", PDF).await.expect("a file that fits");
        }
        awards::service::submit(&ctx, id).await.expect("handed in");
        id
    }

    async fn settle(&self, id: NominationId, outcome: Outcome) {
        let program = self.house.program();
        let mut tx = program.begin().await.expect("a transaction");
        let made = (outcome, self.met);
        awards::outcomes::settle_in(&program, &mut tx, id, made, "Biên bản họp Hội đồng").await.expect("settled");
        tx.commit().await.expect("kept");
    }

    pub async fn passed(&self, campaign: CampaignId, code: &str, name: &str) -> NominationId {
        let id = self.handed_in(campaign, AwardCode::GiayKhen, (code, name)).await;
        let standing = self.house.as_actor(&self.standing);
        review::attest(&standing, id, GOOD_STANDING, REASON).await.expect("a statement");
        review::accept(&standing, id).await.expect("accepted");
        self.settle(id, Outcome::Yes).await;
        id
    }

    pub async fn draft(&self, campaign: CampaignId) -> Result<DecisionId, DecisionsError> {
        let new = NewDecision {
            campaign,
            series: "QĐ-VPUB".to_owned(),
            place: "Sơn La".to_owned(),
            capacity: "Chánh Văn phòng".to_owned(),
            signer: "Cầm Văn Thử".to_owned(),
        };
        service::draft(&self.house.as_actor(&self.standing), &new).await
    }

    async fn issue(&self, id: DecisionId, number: u32, gap_reason: &str) -> Result<(), DecisionsError> {
        service::issue(&self.house.as_actor(&self.chief), id, number, TODAY, gap_reason).await
    }

    /// A decision under number 1 with one line.
    pub async fn issued(&self) -> Line {
        let campaign = self.campaign().await;
        self.passed(campaign, "CB1", "Lò Thị Hoa").await;
        let id = self.draft(campaign).await.expect("a draft");
        self.issue(id, 1, "").await.expect("issued");
        self.lines(id).await.remove(0)
    }

    /// What the standing body proposes and the chief puts in force.
    pub async fn amend(&self, proposal: Proposal) -> Result<DecisionId, DecisionsError> {
        let id = amendments::propose(&self.house.as_actor(&self.standing), proposal, REASON).await?;
        amendments::confirm(&self.house.as_actor(&self.chief), id).await
    }

    pub async fn lines(&self, id: DecisionId) -> Vec<Line> {
        queries::detail(&self.house.as_actor(&self.standing), id).await.expect("a decision").1
    }

    async fn verified(&self, line: &Line, signature: Option<&str>) -> queries::Verified {
        let code = line.code.as_deref().expect("a code");
        queries::verify(self.house, code, signature).await.expect("an answer").expect("a known code")
    }

    async fn sums(&self, line: &Line) -> BonusSums {
        let chief = self.house.as_actor(&self.chief);
        BonusSums::of(&queries::detail(&chief, line.decision).await.expect("a decision").1)
    }
}

#[tokio::test]
async fn issuing_numbers_registers_and_records_every_line_at_once() {
    for house in testkit::houses().await {
        let stage = scene(&house).await;
        let campaign = stage.campaign().await;
        let none = stage.draft(campaign).await;
        assert!(matches!(none, Err(DecisionsError::NothingPassed)), "{} {none:?}", house.engine());
        let nomination = stage.passed(campaign, "CB1", "Lò Thị Hoa").await;
        let id = stage.draft(campaign).await.expect("a draft");
        stage.issue(id, 1, "").await.expect("issued");
        let standing = house.as_actor(&stage.standing);
        let (decision, lines) = queries::detail(&standing, id).await.expect("a decision");
        assert_eq!((decision.state, decision.number_text().as_str()), (DecisionState::Issued, "01/QĐ-VPUB"));
        let line = lines.first().expect("a line");
        assert_eq!((line.register, line.state), (Some((2026, 1)), LineState::Valid), "{}", house.engine());
        let state = awards::queries::detail(&standing, nomination).await.expect("it").nomination.state;
        assert_eq!(state, NominationState::Decided, "{}", house.engine());
        let mut tx = house.db.read().await.expect("a transaction");
        let kind = records::queries::recipient_kind(&mut tx, line.recipient).await.expect("a kind").expect("known");
        drop(tx);
        let rule = house.rules.bonus(AwardCode::GiayKhen, kind, TODAY).map(|bonus| bonus.amount);
        let kept = line.money.as_ref().and_then(|money| u64::try_from(money.amount).ok());
        assert_eq!(kept, rule, "{}: what no rule tells is none and never nothing", house.engine());
        let again = stage.issue(id, 2, "").await;
        assert!(matches!(again, Err(DecisionsError::Issued { .. })), "{} {again:?}", house.engine());
    }
}

#[tokio::test]
async fn who_drafted_a_decision_does_not_sign_it() {
    for house in testkit::houses().await {
        let mut stage = scene(&house).await;
        stage.standing.grants.extend(actor(Role::Chief, None).grants);
        let campaign = stage.campaign().await;
        stage.passed(campaign, "CB1", "Lò Thị Hoa").await;
        let id = stage.draft(campaign).await.expect("a draft");
        let said = service::issue(&house.as_actor(&stage.standing), id, 1, TODAY, "").await;
        assert!(matches!(said, Err(DecisionsError::OwnDraft)), "{} {said:?}", house.engine());
    }
}

#[tokio::test]
async fn a_number_is_given_once_and_a_gap_is_explained() {
    for house in testkit::houses().await {
        let stage = scene(&house).await;
        stage.issued().await;
        let campaign = stage.campaign().await;
        stage.passed(campaign, "CB2", "Giàng A Chu").await;
        let id = stage.draft(campaign).await.expect("a draft");
        let taken = stage.issue(id, 1, "").await;
        assert!(matches!(taken, Err(DecisionsError::NumberTaken { next: 2, .. })), "{} {taken:?}", house.engine());
        let gap = stage.issue(id, 4, "").await;
        assert!(matches!(gap, Err(DecisionsError::GapWithoutReason { next: 2, .. })), "{} {gap:?}", house.engine());
        stage.issue(id, 4, REASON).await.expect("issued");
        let (decision, lines) = queries::detail(&house.as_actor(&stage.chief), id).await.expect("a decision");
        assert_eq!(decision.gap_reason.as_deref(), Some(REASON), "{}", house.engine());
        assert_eq!(lines.first().and_then(|line| line.register), Some((2026, 2)), "{}", house.engine());
    }
}

#[tokio::test]
async fn of_two_clerks_who_give_one_number_at_once_exactly_one_wins() {
    for house in testkit::houses().await {
        let stage = scene(&house).await;
        let (one, other) = (stage.campaign().await, stage.campaign().await);
        stage.passed(one, "CB1", "Lò Thị Hoa").await;
        stage.passed(other, "CB2", "Giàng A Chu").await;
        let drafts = (stage.draft(one).await.expect("a draft"), stage.draft(other).await.expect("a draft"));
        let said = join(stage.issue(drafts.0, 1, ""), stage.issue(drafts.1, 1, "")).await;
        let lost: Vec<_> = [said.0, said.1].into_iter().filter_map(Result::err).collect();
        let one_lost = matches!(lost.as_slice(), [DecisionsError::NumberTaken { number: 1, .. }]);
        assert!(one_lost, "{} {lost:?}", house.engine());
        let found = queries::register(&house.program(), &Filter::default()).await.expect("a register");
        assert_eq!(found.len(), 1, "{}", house.engine());
    }
}

#[tokio::test]
async fn a_draft_that_differs_from_the_passed_list_is_drawn_up_again_and_keeps_its_exceptions() {
    for house in testkit::houses().await {
        let stage = scene(&house).await;
        let campaign = stage.campaign().await;
        stage.passed(campaign, "CB1", "Lò Thị Hoa").await;
        let id = stage.draft(campaign).await.expect("a draft");
        let ctx = house.as_actor(&stage.standing);
        let guest = Recipient::Person(house.staff("CB3", "Quàng Văn Ngoại", stage.unit).await);
        let silent = Exception { reason: String::new(), authority: String::new() };
        let said = service::add_exception(&ctx, id, guest, AwardCode::GiayKhen, silent).await.map(|_| ());
        assert!(matches!(said, Err(DecisionsError::ShortReason { .. })), "{} {said:?}", house.engine());
        let allowed = Exception { reason: REASON.to_owned(), authority: "Chánh Văn phòng".to_owned() };
        let higher = service::add_exception(&ctx, id, guest, AwardCode::BkTtg, allowed.clone()).await;
        assert!(matches!(higher, Err(DecisionsError::NotOurs { .. })), "{} {higher:?}", house.engine());
        service::add_exception(&ctx, id, guest, AwardCode::GiayKhen, allowed.clone()).await.expect("an exception");
        let twice = service::add_exception(&ctx, id, guest, AwardCode::GiayKhen, allowed).await;
        assert!(matches!(twice, Err(DecisionsError::Twice { .. })), "{} {twice:?}", house.engine());
        stage.passed(campaign, "CB2", "Giàng A Chu").await;
        let said = stage.issue(id, 1, "").await;
        let Err(DecisionsError::ListDiffers { names }) = said else { panic!("{} {said:?}", house.engine()) };
        assert_eq!(names, "Giàng A Chu", "{}", house.engine());
        service::redraft(&ctx, id).await.expect("drawn up again");
        let lines = stage.lines(id).await;
        let places: Vec<i64> = lines.iter().map(|line| line.position).collect();
        assert_eq!(places, [1, 2, 3], "{}", house.engine());
        assert_eq!(lines.last().map(|line| line.name.as_str()), Some("Quàng Văn Ngoại"), "{}", house.engine());
        stage.issue(id, 1, "").await.expect("issued");
    }
}

#[tokio::test]
async fn a_revoked_line_is_said_to_be_revoked_everywhere_and_keeps_its_history() {
    for house in testkit::houses().await {
        let stage = scene(&house).await;
        let line = stage.issued().await;
        let chief = house.as_actor(&stage.chief);
        stage.amend(corrected(line.id, "Lò Thị Hoa Ban", "Phó Trưởng phòng")).await.expect("corrected");
        let seen = stage.verified(&line, None).await;
        assert_eq!((seen.state, seen.name.as_str()), (LineState::Corrected, "Lò Thị Hoa Ban"), "{}", house.engine());
        stage.amend(Proposal::Revoke(line.id)).await.expect("revoked");
        let seen = stage.verified(&line, None).await;
        assert_eq!((seen.state, seen.changed_on), (LineState::Revoked, Some(TODAY)), "{}", house.engine());
        let twice = stage.amend(Proposal::Revoke(line.id)).await;
        assert!(matches!(twice, Err(DecisionsError::LineState { .. })), "{} {twice:?}", house.engine());
        let (_, kept, events) = queries::line(&chief, line.id).await.expect("a line");
        let told: Vec<&str> = events.iter().map(|event| event.verb.as_str()).collect();
        assert_eq!((kept.state, told), (LineState::Revoked, vec!["correct", "revoke"]), "{}", house.engine());
    }
}

fn corrected(line: LineId, name: &str, title: &str) -> Proposal {
    Proposal::Correct { line, name: name.to_owned(), title: title.to_owned() }
}

#[tokio::test]
async fn for_whom_the_council_names_a_lower_form_that_form_is_weighed_and_voted_on_anew() {
    for house in testkit::houses().await {
        let stage = scene(&house).await;
        let campaign = stage.campaign_at("so_ket").await;
        let standing = house.as_actor(&stage.standing);
        let id = stage.handed_in(campaign, AwardCode::BkTinh, ("CB1", "Lò Thị Hoa")).await;
        let early = again::bring_up(&standing, id, AwardCode::GiayKhen, REASON).await;
        assert!(matches!(early, Err(AwardsError::NominationState { .. })), "{} {early:?}", house.engine());
        meddle(&house, "update nominations set state = 'accepted'").await;
        stage.settle(id, Outcome::Lower).await;
        let offered: Vec<_> =
            again::choices(&standing, id).await.expect("forms").into_iter().map(|(award, _)| award).collect();
        assert_eq!(offered, [AwardCode::GiayKhen], "{}", house.engine());
        let higher = again::bring_up(&standing, id, AwardCode::BkTtg, REASON).await;
        assert!(matches!(higher, Err(AwardsError::NotLower { .. })), "{} {higher:?}", house.engine());
        let head = again::bring_up(&house.as_actor(&stage.head), id, AwardCode::GiayKhen, REASON).await;
        assert!(matches!(head, Err(AwardsError::Denied(_))), "{} {head:?}", house.engine());
        again::bring_up(&standing, id, AwardCode::GiayKhen, REASON).await.expect("up again");
        let seen = awards::queries::detail(&standing, id).await.expect("it").nomination;
        let stands = (seen.state, seen.award, seen.outcome);
        assert_eq!(stands, (NominationState::Submitted, AwardCode::GiayKhen, None), "{}", house.engine());
        let (verdict, asked) = (seen.verdict, seen.answer.expect("an answer").award);
        assert_eq!(asked, AwardCode::GiayKhen, "{} {verdict:?}", house.engine());
        assert!(again::choices(&standing, id).await.expect("forms").is_empty(), "{}", house.engine());
        meddle(&house, "update nominations set state = 'accepted'").await;
        stage.settle(id, Outcome::Defer).await;
        again::bring_up(&standing, id, AwardCode::GiayKhen, REASON).await.expect("what was put off comes up again");
    }
}

#[tokio::test]
async fn of_two_proposals_for_one_line_at_once_one_waits_for_the_other() {
    for house in testkit::houses().await {
        let stage = scene(&house).await;
        let line = stage.issued().await;
        let standing = house.as_actor(&stage.standing);
        let correction = amendments::propose(&standing, corrected(line.id, "Lò Thị Hoa Ban", ""), REASON);
        let revocation = amendments::propose(&standing, Proposal::Revoke(line.id), REASON);
        let said = join(correction, revocation).await;
        let kept: Vec<_> = [&said.0, &said.1].into_iter().filter_map(|one| one.as_ref().ok()).collect();
        assert_eq!(kept.len(), 1, "{} {said:?}", house.engine());
        assert_eq!(stage.verified(&line, None).await.state, LineState::Valid, "{}", house.engine());
        let chief = house.as_actor(&stage.chief);
        let both = join(amendments::confirm(&chief, *kept[0]), amendments::confirm(&chief, *kept[0])).await;
        assert_ne!(both.0.is_ok(), both.1.is_ok(), "{} {both:?}", house.engine());
    }
}

#[tokio::test]
async fn nobody_puts_in_force_what_the_same_person_proposed_and_a_refusal_keeps_its_reason() {
    for house in testkit::houses().await {
        let mut stage = scene(&house).await;
        let line = stage.issued().await;
        stage.standing.grants.extend(actor(Role::Chief, None).grants);
        let standing = house.as_actor(&stage.standing);
        let id = amendments::propose(&standing, Proposal::Annul(line.decision), REASON).await.expect("proposed");
        let own = amendments::confirm(&standing, id).await;
        meddle(&house, "update amendments set reason = 'Lý do khác hẳn'").await;
        let other = amendments::confirm(&house.as_actor(&stage.chief), id).await;
        assert!(matches!(other, Err(DecisionsError::AmendmentState { .. })), "{} {other:?}", house.engine());
        assert!(matches!(own, Err(DecisionsError::OwnProposal)), "{} {own:?}", house.engine());
        let silent = amendments::refuse(&standing, id, "không").await;
        assert!(matches!(silent, Err(DecisionsError::ShortReason { .. })), "{} {silent:?}", house.engine());
        amendments::refuse(&standing, id, "Rút để bổ sung căn cứ").await.expect("taken back");
        let late = amendments::confirm(&house.as_actor(&stage.chief), id).await;
        assert!(matches!(late, Err(DecisionsError::AmendmentState { .. })), "{} {late:?}", house.engine());
        let kept = amendments::of_decision(&standing, line.decision).await.expect("a list");
        let told: Vec<_> = kept.iter().map(|one| (one.state, one.answer.as_deref())).collect();
        assert_eq!(told, [(AmendmentState::Refused, Some("Rút để bổ sung căn cứ"))], "{}", house.engine());
        let head = amendments::refuse(&house.as_actor(&stage.head), id, REASON).await;
        assert!(head.is_err(), "{} {head:?}", house.engine());
    }
}

#[tokio::test]
async fn an_annulled_decision_revokes_every_line_and_still_reads_as_it_was_signed() {
    for house in testkit::houses().await {
        let stage = scene(&house).await;
        let campaign = stage.campaign().await;
        stage.passed(campaign, "CB1", "Lò Thị Hoa").await;
        stage.passed(campaign, "CB2", "Giàng A Chu").await;
        let id = stage.draft(campaign).await.expect("a draft");
        stage.issue(id, 1, "").await.expect("issued");
        let chief = house.as_actor(&stage.chief);
        let paper = async || {
            let (decision, lines) = queries::detail(&chief, id).await.expect("a decision");
            format!("{:?}", office::decisions::papers::decision(&house, &decision, &lines))
        };
        let signed = paper().await;
        let first = stage.lines(id).await.remove(0);
        stage.amend(corrected(first.id, "Lò Thị Hoa Ban", "")).await.expect("corrected");
        stage.amend(Proposal::Annul(id)).await.expect("annulled");
        assert_eq!(paper().await, signed, "{}: what was signed does not change", house.engine());
        assert!(signed.contains("Lò Thị Hoa") && signed.contains("Giàng A Chu"), "{}", house.engine());
        let (decision, lines) = queries::detail(&chief, id).await.expect("a decision");
        assert_eq!(decision.annulled_on, Some(TODAY), "{}", house.engine());
        assert!(lines.iter().all(|line| line.state == LineState::Revoked), "{} {lines:?}", house.engine());
        for line in &lines {
            assert_eq!(stage.verified(line, None).await.state, LineState::Revoked, "{}", house.engine());
        }
        let dots =
            amendments::propose(&house.as_actor(&stage.standing), Proposal::Annul(id), ". . . . . . . . . .").await;
        assert!(matches!(dots, Err(DecisionsError::ShortReason { .. })), "{} {dots:?}", house.engine());
        let again = stage.amend(Proposal::Annul(id)).await;
        assert!(matches!(again, Err(DecisionsError::LineState { .. })), "{} {again:?}", house.engine());
        let mut tx = house.db.read().await.expect("a transaction");
        let altered = office::audit::altered(&mut tx, &house.keys).await.expect("an answer");
        assert_eq!(altered, Vec::<String>::new(), "{}", house.engine());
    }
}

#[tokio::test]
async fn who_added_an_exception_does_not_sign_nor_does_the_same_person_under_another_account() {
    for house in testkit::houses().await {
        let stage = scene(&house).await;
        let campaign = stage.campaign().await;
        stage.passed(campaign, "CB1", "Lò Thị Hoa").await;
        let id = stage.draft(campaign).await.expect("a draft");
        let mut both = house.staff_account("CB8", Role::Standing, stage.unit, None).await;
        both.grants.extend(actor(Role::Chief, None).grants);
        let guest = Recipient::Person(house.staff("CB3", "Quàng Văn Ngoại", stage.unit).await);
        let allowed = Exception { reason: REASON.to_owned(), authority: "Chánh Văn phòng".to_owned() };
        let ctx = house.as_actor(&both);
        service::add_exception(&ctx, id, guest, AwardCode::GiayKhen, allowed).await.expect("an exception");
        let own = service::issue(&ctx, id, 1, TODAY, "").await;
        assert!(matches!(own, Err(DecisionsError::OwnDraft)), "{} {own:?}", house.engine());
        let mut second = house.account("taikhoanhai", Role::Chief, None).await;
        second.person = both.person;
        let same = service::issue(&house.as_actor(&second), id, 1, TODAY, "").await;
        assert!(matches!(same, Err(DecisionsError::OwnDraft)), "{} {same:?}", house.engine());
        stage.issue(id, 1, "").await.expect("somebody else signs");
    }
}

#[tokio::test]
async fn a_decision_is_not_older_than_the_vote_nor_than_the_number_before_it() {
    for house in testkit::houses().await {
        let stage = scene(&house).await;
        let campaign = stage.campaign().await;
        stage.passed(campaign, "CB1", "Lò Thị Hoa").await;
        let id = stage.draft(campaign).await.expect("a draft");
        let chief = house.as_actor(&stage.chief);
        let on = |id, number, day| service::issue(&chief, id, number, day, "");
        let early = on(id, 1, date(2026, 11, 22)).await;
        let Err(DecisionsError::TooEarly { than, .. }) = early else { panic!("{} {early:?}", house.engine()) };
        assert_eq!(than, "23/11/2026", "{}", house.engine());
        on(id, 1, TODAY).await.expect("issued");
        meddle(&house, "update nominations set settled_on = null").await;
        let other = stage.campaign().await;
        stage.passed(other, "CB2", "Giàng A Chu").await;
        let next = stage.draft(other).await.expect("a draft");
        meddle(&house, "update nominations set settled_on = null").await;
        let before = on(next, 2, date(2026, 11, 20)).await;
        assert!(matches!(before, Err(DecisionsError::TooEarly { .. })), "{} {before:?}", house.engine());
    }
}

#[tokio::test]
async fn a_row_changed_past_the_program_is_not_issued_not_verified_and_named() {
    for house in testkit::houses().await {
        let stage = scene(&house).await;
        let campaign = stage.campaign().await;
        stage.passed(campaign, "CB1", "Lò Thị Hoa").await;
        let id = stage.draft(campaign).await.expect("a draft");
        meddle(&house, "update decision_lines set name = 'Kẻ Lạ Mặt'").await;
        let said = stage.issue(id, 1, "").await;
        assert!(matches!(said, Err(DecisionsError::NotAsDrafted { .. })), "{} {said:?}", house.engine());
        service::redraft(&house.as_actor(&stage.standing), id).await.expect("drawn up again");
        let signer = "update decisions set signer = ";
        meddle(&house, &format!("{signer}'Kẻ Lạ Mặt'")).await;
        let said = stage.issue(id, 1, "").await;
        assert!(matches!(said, Err(DecisionsError::NotAsDrafted { .. })), "{} {said:?}", house.engine());
        meddle(&house, &format!("{signer}'Cầm Văn Thử'")).await;
        let ctx = house.as_actor(&stage.standing);
        let guest = Recipient::Person(house.staff("CB3", "Quàng Văn Ngoại", stage.unit).await);
        let allowed = Exception { reason: REASON.to_owned(), authority: "Chánh Văn phòng".to_owned() };
        service::add_exception(&ctx, id, guest, AwardCode::GiayKhen, allowed).await.expect("an exception");
        meddle(&house, "update decision_lines set name = 'Kẻ Lạ Mặt' where name = 'Quàng Văn Ngoại'").await;
        let said = stage.issue(id, 1, "").await;
        assert!(matches!(said, Err(DecisionsError::NotAsDrafted { .. })), "{} {said:?}", house.engine());
        meddle(&house, "delete from decision_lines where name = 'Kẻ Lạ Mặt'").await;
        stage.issue(id, 1, "").await.expect("issued");
        let line = stage.lines(id).await.remove(0);
        assert!(stage.verified(&line, None).await.intact, "{}", house.engine());
        for change in ["name = 'Kẻ Lạ Mặt'", "name = 'Lò Thị Hoa', state = 'revoked'", "state = 'valid', title = 'Vua'"]
        {
            meddle(&house, &format!("update decision_lines set {change}")).await;
            assert!(!stage.verified(&line, None).await.intact, "{} {change}", house.engine());
            let mut tx = house.db.read().await.expect("a transaction");
            let altered = office::audit::altered(&mut tx, &house.keys).await.expect("an answer");
            assert!(altered.len() == 1 && altered[0].contains("01/QĐ-VPUB"), "{} {altered:?}", house.engine());
        }
        meddle(&house, "update decisions set number = null, state = 'draft'").await;
        let altered = async || {
            let mut tx = house.db.read().await.expect("a transaction");
            office::audit::altered(&mut tx, &house.keys).await.expect("an answer").len()
        };
        assert_eq!(altered().await, 1, "{}: a decision that was taken back by hand", house.engine());
        meddle(&house, "delete from decision_lines").await;
        assert_eq!(altered().await, 1, "{}: an award that vanished", house.engine());
    }
}

#[tokio::test]
async fn a_certificate_is_known_by_its_code_and_ours_by_its_signature() {
    for house in testkit::houses().await {
        let stage = scene(&house).await;
        let line = stage.issued().await;
        let address = proof::address(&house, line.code.as_deref().expect("a code"));
        let signature = address.split_once("?k=").expect("a signature").1;
        assert_eq!(stage.verified(&line, Some(signature)).await.signed, Some(true), "{}", house.engine());
        let foreign = signature.chars().rev().collect::<String>();
        assert_eq!(stage.verified(&line, Some(&foreign)).await.signed, Some(false), "{}", house.engine());
        let unknown = queries::verify(&house, &proof::fresh_code(), None).await.expect("an answer");
        assert_eq!(unknown, None, "{}", house.engine());
        let asked = |text: &str| Filter { text: text.to_owned(), ..Filter::default() };
        for (text, hits) in [("lo thi hoa", 1), ("Lò Thị Hoa", 1), ("01/QĐ-VPUB", 1), ("Giàng", 0)] {
            let found = queries::register(&house.program(), &asked(text)).await.expect("a register");
            assert_eq!(found.len(), hits, "{} {text}", house.engine());
        }
        for (unit, hits) in [(line.unit_name.to_uppercase().as_str(), 1), ("Phòng không có thật", 0)] {
            let asked = Filter { unit: unit.to_owned(), ..Filter::default() };
            let found = queries::register(&house.program(), &asked).await.expect("a register");
            assert_eq!(found.len(), hits, "{} {unit}", house.engine());
        }
    }
}

#[tokio::test]
async fn money_is_paid_once_and_asked_back_when_the_line_is_revoked() {
    for house in testkit::houses().await {
        let stage = scene(&house).await;
        let line = stage.issued().await;
        let (standing, chief) = (house.as_actor(&stage.standing), house.as_actor(&stage.chief));
        fund::service::pay(&standing, line.id, TODAY).await.expect("paid");
        let sums = stage.sums(&line).await;
        assert!(sums.paid > Dong(0) && sums.paid + sums.open == sums.planned, "{} {sums:?}", house.engine());
        let twice = fund::service::pay(&standing, line.id, TODAY).await;
        let refused = matches!(twice, Err(FundError::Decisions(DecisionsError::LineState { .. })));
        assert!(refused, "{} {twice:?}", house.engine());
        stage.amend(Proposal::Revoke(line.id)).await.expect("revoked");
        let (_, _, events) = queries::line(&chief, line.id).await.expect("a line");
        let told = events.last().map(|event| event.became.clone()).unwrap_or_default();
        assert!(told.contains("thu hồi tiền thưởng"), "{} {told}", house.engine());
        let after = stage.sums(&line).await;
        assert_eq!((after.paid, after.to_claim), (Dong(0), sums.paid), "{}", house.engine());
    }
}

#[tokio::test]
async fn measures_of_a_stock_are_kept_by_whoever_saw_the_last_ones() {
    for house in testkit::houses().await {
        let ctx = house.program();
        let award = AwardCode::GiayKhen;
        let first = stocks::find(&ctx, award).await.expect("a stock");
        assert_eq!((first.version, &first.stock), (0, &Stock::a4()), "{}", house.engine());
        let mut stock = Stock::preprinted_a4();
        stock.shift_right = 1.5;
        stocks::put(&ctx, award, 0, &stock).await.expect("kept");
        let unseen = stocks::put(&ctx, award, 0, &Stock::a4()).await;
        assert!(
            matches!(unseen, Err(DecisionsError::Store(StoreError::Stale { .. }))),
            "{} {unseen:?}",
            house.engine()
        );
        let kept = stocks::find(&ctx, award).await.expect("a stock");
        assert_eq!((kept.version, &kept.stock), (1, &stock), "{}", house.engine());
        stock.width = 20.0;
        let small = stocks::put(&ctx, award, 1, &stock).await;
        assert!(matches!(small, Err(DecisionsError::Misplaced(_))), "{} {small:?}", house.engine());
        assert!(stocks::drop(&ctx, award, 2).await.is_err(), "{}: a version nobody has", house.engine());
        stocks::drop(&ctx, award, 1).await.expect("our design again");
        assert_eq!(stocks::find(&ctx, award).await.expect("a stock"), first, "{}", house.engine());
        let answer = office::ledger::service::verify(&house.db, &house.keys).await.expect("an answer");
        assert_eq!((answer.ok, answer.entries), (true, 2), "{}: one entry a change", house.engine());
    }
}
