//! From the record to the rule book's answer.

use data_encoding::HEXLOWER;
use kernel::Date;
use rules::facts::{Attestation, Launcher, LauncherLevel, Stage};
use rules::{AwardCode, AwardResult, Facts, PlanGate, Question};
use sha2::{Digest as _, Sha256};

use super::AwardsError;
use super::adoptions::{self, Standing};
use super::model::{Attested, Campaign};
use crate::db::Tx;
use crate::movements::model::Occasion;
use crate::organization::model::Recipient;
use crate::records;
use crate::{Ctx, House};

/// A question about one recipient in one campaign.
pub struct Case<'a> {
    /// The campaign; its occasion is the plan's gate.
    pub campaign: &'a Campaign,
    /// Whom it is about.
    pub recipient: Recipient,
    /// The code of the achievement the nomination rests on.
    pub achievement: Option<String>,
    /// What persons have stated.
    pub attested: &'a [Attested],
    /// The day whose law decides.
    pub on: Date,
}

/// Gathers the facts of a case from the record: every list with the ids of its records.
///
/// # Errors
/// What the store says.
pub async fn facts(ctx: &Ctx<'_>, tx: &mut Tx, case: &Case<'_>) -> Result<Facts, AwardsError> {
    let asked = records::queries::Asked {
        on: case.on,
        year: case.campaign.year,
        stage: stage_of(&case.campaign.occasion),
        launchers: Some(launchers(ctx.house)),
    };
    let found = records::queries::sourced(tx, case.recipient, &asked).await?;
    let mut facts = found.ok_or(AwardsError::Unknown("người hoặc tập thể này"))?.facts;
    if let Some(achievement) = &case.achievement {
        facts.nominated_for = Some(vec![achievement.clone()]);
    }
    let stated = case.attested.iter().map(|one| Attestation {
        text_vi: one.statement.clone(),
        by: one.document.clone(),
        on: one.on,
    });
    facts.attestations.get_or_insert_default().extend(stated);
    for one in case.attested {
        match one.statement.as_str() {
            GOOD_STANDING => facts.good_standing = Some(true),
            INTERNAL_UNITY => facts.internal_unity = Some(true),
            _ => {}
        }
    }
    Ok(facts)
}

/// The statement that settles *gương mẫu chấp hành*.
pub const GOOD_STANDING: &str = "Gương mẫu chấp hành tốt chủ trương của Đảng, chính sách, pháp luật của Nhà nước";
/// The statement that settles *nội bộ đoàn kết*.
pub const INTERNAL_UNITY: &str = "Nội bộ đoàn kết";

/// Asks the rule book about one award.
#[must_use]
pub fn answer(house: &House, standing: &Standing, case: &Case<'_>, facts: &Facts, award: AwardCode) -> AwardResult {
    let gate = gate(house, case.campaign);
    let question = Question {
        facts,
        on: case.on,
        awards: &[award],
        plan_gate: Some(&gate),
        adopted: &standing.adopted,
        confirmations: &standing.confirmed,
    };
    house.rules.evaluate(&question).results.remove(0)
}

/// Facts and answer in one go, with what stands adopted and confirmed now.
///
/// # Errors
/// What the store says.
pub async fn ask(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    case: &Case<'_>,
    award: AwardCode,
) -> Result<(Facts, AwardResult), AwardsError> {
    let standing = adoptions::standing(tx).await?;
    let facts = facts(ctx, tx, case).await?;
    let answer = answer(ctx.house, &standing, case, &facts, award);
    Ok((facts, answer))
}

/// What the plan allows at the campaign's occasion.
#[must_use]
pub fn gate(house: &House, campaign: &Campaign) -> PlanGate {
    gate_at(house, &campaign.occasion, &campaign.clause)
}

/// What the plan allows at an occasion, which one of its clauses names; with what the office considers at
/// the same sitting on the ground of the law alone.
#[must_use]
pub fn gate_at(house: &House, occasion: &str, clause: &str) -> PlanGate {
    let occasion = house.plan.occasion(occasion);
    PlanGate {
        occasion: occasion.map(|occasion| occasion.name.clone()),
        allowed: occasion.into_iter().flat_map(Occasion::codes).filter_map(|code| code.parse().ok()).collect(),
        citation: format!("Kế hoạch {}, mục {clause}", house.plan.number),
    }
}

/// A digest by which changed facts are seen.
#[must_use]
pub fn digest(facts: &Facts) -> String {
    let text = serde_json::to_vec(facts).expect("facts are JSON");
    HEXLOWER.encode(&Sha256::digest(text))
}

/// The stage an occasion of the plan stands for.
#[must_use]
pub fn stage_of(occasion: &str) -> Stage {
    Stage::from_code(occasion).unwrap_or(Stage::None)
}

pub(super) fn launchers(house: &House) -> Vec<Launcher> {
    let confirmed = house.plan.launchers.iter().filter(|launcher| launcher.confirmed);
    confirmed
        .filter_map(|launcher| {
            let level = LauncherLevel::from_code(launcher.level.code())?;
            Some(Launcher {
                level,
                from: launcher.from.or(Some(house.plan.period.from)),
                until: house.plan.period.until,
                thematic: Some(true),
                years_decided: None,
            })
        })
        .collect()
}
