//! A house whose council passes whom a test names.

use jiff::civil::date;
use kernel::id::UnitId;
use kernel::{Actor, Date, Role};
use office::awards::eligibility::GOOD_STANDING;
use office::awards::model::Outcome;
use office::awards::service::{NewCampaign, NewNomination};
use office::awards::{CampaignId, NominationId, adoptions, review};
use office::decisions::amendments::{self, Proposal};
use office::decisions::model::{BonusSums, Line};
use office::decisions::queries;
use office::decisions::service::{self, NewDecision};
use office::decisions::{DecisionId, DecisionsError};
use office::organization::Recipient;
use office::records::model::{Completeness, Register};
use office::{awards, records};
use rules::AwardCode;
use rules::facts::{RatingLevel, Selection, Stage};
use testkit::{TODAY, TestHouse};

pub const PDF: &[u8] = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
pub const REASON: &str = "Công văn 12/VP ngày 20/11/2026";

/// A house whose council passes whom the test names, and those who draft and sign.
pub struct Scene<'a> {
    pub house: &'a TestHouse,
    pub unit: UnitId,
    pub head: Actor,
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

    pub async fn campaign_at(&self, occasion: &str) -> CampaignId {
        let new = NewCampaign {
            occasion: occasion.to_owned(),
            year: 2026,
            closes_on: date(2026, 12, 10),
            total_share_bp: None,
            leader_share_bp: None,
            worker_share_bp: None,
            form_shares: [].into(),
        };
        awards::service::open(&self.house.as_actor(&self.standing), &new).await.expect("a campaign")
    }

    /// A nomination for this form that was handed in.
    pub async fn handed_in(&self, campaign: CampaignId, award: AwardCode, (code, name): (&str, &str)) -> NominationId {
        let of = Recipient::Person(self.house.staff(code, name, self.unit).await);
        self.handed_in_for(campaign, award, of).await
    }

    pub async fn handed_in_for(&self, campaign: CampaignId, award: AwardCode, of: Recipient) -> NominationId {
        let (program, ctx) = (self.house.program(), self.house.as_actor(&self.head));
        records::service::rate(&program, of, 2025, RatingLevel::Good, None, None).await.expect("a rating");
        if self.house.plan.period.from.year() <= 2026 {
            let selected = (Selection::Selected, false);
            records::service::enter_result(&program, of, (Stage::Annual, 2026), selected, "Biên bản")
                .await
                .expect("a result");
        }
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

    pub async fn settle(&self, id: NominationId, outcome: Outcome) {
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

    pub async fn issue(&self, id: DecisionId, number: u32, gap_reason: &str) -> Result<(), DecisionsError> {
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

    pub async fn verified(&self, line: &Line, signature: Option<&str>) -> queries::Verified {
        let code = line.code.as_deref().expect("a code");
        queries::verify(self.house, code, signature).await.expect("an answer").expect("a known code")
    }

    pub async fn sums(&self, line: &Line) -> BonusSums {
        let chief = self.house.as_actor(&self.chief);
        BonusSums::of(&queries::detail(&chief, line.decision).await.expect("a decision").1)
    }
}
