//! From the record to the rule book's answer.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use kernel::Date;
use rules::facts::{Attestation, Stage};
use rules::{AwardCode, AwardResult, Facts, PlanGate, Question, RecipientKind, RuleText};
use sha2::{Digest as _, Sha256};

use super::AwardsError;
use super::adoptions::{self, Standing};
use super::launching::{Launching, launching};
use super::model::{Attested, Campaign, FactSource, Ground};
use crate::db::Tx;
use crate::movements::model::Occasion;
use crate::organization::model::Recipient;
use crate::records::{self, Sourced};
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
    /// The nomination's own day: posts and units are read on it.
    pub on: Date,
    /// The day whose law decides: the same, unless another law is asked for.
    pub law_on: Date,
    /// What was decided later than this day does not count.
    pub decided_by: Date,
    /// Asks as the record was known at the end of this day; none asks as it stands.
    pub known_on: Option<Date>,
    /// Who launched the movement by the days above, where it was read already: for whoever weighs many.
    pub launched: Option<&'a Launching>,
}

impl<'a> Case<'a> {
    /// A case on a day, by the law of that day and all that was decided by then.
    #[must_use]
    pub fn new(campaign: &'a Campaign, recipient: Recipient, on: Date) -> Self {
        Self {
            campaign,
            recipient,
            achievement: None,
            attested: &[],
            on,
            law_on: on,
            decided_by: on,
            known_on: None,
            launched: None,
        }
    }
}

/// What the rule book was asked and what it said.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    /// The facts.
    pub facts: Facts,
    /// Where each of them is written.
    pub sources: BTreeMap<String, FactSource>,
    /// The answer.
    pub answer: AwardResult,
    /// The rules it rests on, as they stood.
    pub grounds: Vec<Ground>,
}

/// Gathers the facts of a case from the record: every list with the ids of its records.
///
/// # Errors
/// What the store says.
pub async fn facts(ctx: &Ctx<'_>, tx: &mut Tx, case: &Case<'_>) -> Result<Sourced, AwardsError> {
    let launched = match case.launched {
        Some(read) => read.clone(),
        None => launching(tx, ctx.house, case.decided_by, case.known_on).await?,
    };
    let asked = records::queries::Asked {
        on: case.on,
        decided_by: case.decided_by,
        known_on: case.known_on,
        year: case.campaign.year,
        stage: stage_of(&case.campaign.occasion),
        launchers: launched.launchers.clone(),
        with_sources: true,
    };
    let found = records::queries::sourced(tx, case.recipient, &asked).await?;
    let mut found = found.ok_or(AwardsError::Unknown("người hoặc tập thể này"))?;
    launched.note(&mut found);
    let facts = &mut found.facts;
    if let Some(achievement) = &case.achievement {
        facts.nominated_for = Some(vec![achievement.clone()]);
    }
    let stated = case.attested.iter().map(|one| Attestation {
        text_vi: one.statement.clone(),
        by: one.document.clone(),
        on: one.on,
    });
    let known = facts.attestations.get_or_insert_default();
    let before = known.len();
    known.extend(stated);
    for (at, one) in (before..).zip(case.attested) {
        let source = records::facts::Source { register: "attestations", id: one.id.0 };
        let settled = match one.statement.as_str() {
            GOOD_STANDING => Some(("good_standing", &mut facts.good_standing)),
            INTERNAL_UNITY => Some(("internal_unity", &mut facts.internal_unity)),
            _ => None,
        };
        if let Some((fact, value)) = settled {
            *value = Some(true);
            found.sources.insert(fact.to_owned(), source);
        }
        found.sources.insert(format!("attestations[{at}]"), source);
    }
    Ok(found)
}

/// The statement that settles *gương mẫu chấp hành*.
pub const GOOD_STANDING: &str = "Gương mẫu chấp hành tốt chủ trương của Đảng, chính sách, pháp luật của Nhà nước";
/// The statement that settles *nội bộ đoàn kết*.
pub const INTERNAL_UNITY: &str = "Nội bộ đoàn kết";

/// Asks the rule book about one award.
#[must_use]
pub fn answer(house: &House, standing: &Standing, case: &Case<'_>, facts: &Facts, award: AwardCode) -> AwardResult {
    let gate = gate(house, case.campaign);
    let weighed = with_obstacles_of(case, facts);
    let question = Question {
        facts: &weighed,
        on: case.law_on,
        awards: &[award],
        plan_gate: Some(&gate),
        adopted: &standing.adopted,
        confirmations: &standing.confirmed,
    };
    house.rules.evaluate(&question).results.remove(0)
}

/// The facts as they are weighed: what stands in the way when the question is asked stands in the way of a
/// nomination handed in before, and a hold that was released since holds it no more. The facts that are kept
/// keep their own days.
fn with_obstacles_of(case: &Case<'_>, facts: &Facts) -> Facts {
    let (on, now) = (case.law_on, case.decided_by);
    let mut weighed = facts.clone();
    if now <= on {
        return weighed;
    }
    let runs = |from: Date, until: Option<Date>| on < from && from <= now && until.is_none_or(|until| now < until);
    for one in weighed.discipline.iter_mut().flatten().filter(|one| runs(one.from, one.until)) {
        one.from = on;
    }
    for one in weighed.holds.iter_mut().flatten() {
        if runs(one.from, one.until) {
            one.from = on;
        }
        if one.until.is_some_and(|until| one.from < until && until <= now) {
            one.until = one.until.map(|until| until.min(on));
        }
    }
    // A hold that ended on the day it began holds nobody.
    weighed.holds.iter_mut().for_each(|holds| holds.retain(|one| one.until.is_none_or(|until| one.from < until)));
    weighed
}

/// Facts and answer in one go, with what stands adopted and confirmed, or stood on the day of which it is asked.
///
/// # Errors
/// What the store says.
pub async fn ask(ctx: &Ctx<'_>, tx: &mut Tx, case: &Case<'_>, award: AwardCode) -> Result<Weighed, AwardsError> {
    let standing = adoptions::known(tx, case.known_on).await?;
    let Sourced { facts, sources } = facts(ctx, tx, case).await?;
    let answer = answer(ctx.house, &standing, case, &facts, award);
    let kept = |source: records::queries::Source| FactSource { register: source.register.to_owned(), id: source.id };
    let sources = sources.into_iter().map(|(fact, source)| (fact, kept(source))).collect();
    let grounds = grounds(ctx.house, &standing, facts.recipient.kind, case.law_on, award);
    Ok(Weighed { facts, sources, answer, grounds })
}

/// The standards, guards and guidance that speak about an award for a kind of recipient, as they stand.
fn grounds(house: &House, standing: &Standing, kind: RecipientKind, on: Date, award: AwardCode) -> Vec<Ground> {
    let speaks = |text: &&RuleText| {
        ["standard", "guard", "guidance"].contains(&text.subject)
            && (text.awards.is_empty() || text.awards.contains(&award))
            && (text.recipients.is_empty() || text.recipients.contains(&kind))
    };
    let ground = |text: &RuleText| {
        let version = text.on(on).or_else(|| text.versions.iter().rfind(|one| one.basis.period.from <= on))?;
        let says: Vec<_> = version.clauses.iter().map(|clause| (&clause.key, &clause.values)).collect();
        Some(Ground {
            rule: text.id.clone(),
            title: text.title_vi.clone(),
            version: version.basis.version(),
            citation: version.basis.citation.clone(),
            template: version.basis.template.clone(),
            state: text.state(on, &standing.adopted, &standing.confirmed),
            digest: hex(&serde_json::to_vec(&says).expect("clauses are JSON")),
        })
    };
    house.rules.texts().iter().filter(speaks).filter_map(ground).collect()
}

pub(super) fn hex(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
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
    digest_of(facts)
}

/// A digest of anything by which a change of it is seen.
pub(super) fn digest_of(value: &impl serde::Serialize) -> String {
    hex(&serde_json::to_vec(value).expect("facts and answers are JSON"))
}

/// The stage an occasion of the plan stands for.
#[must_use]
pub fn stage_of(occasion: &str) -> Stage {
    Stage::from_code(occasion).unwrap_or(Stage::None)
}
