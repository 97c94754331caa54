//! Decisions, the register of awards, verification, statistics.

use std::collections::{BTreeMap, BTreeSet};

use kernel::text::Wanted;
use kernel::{Date, Permission};
use rules::AwardCode;

use super::model::{Decision, DecisionId, Line, LineEvent, LineId, LineState};
use super::service::find;
use super::{DecisionsError, proof, store};
use crate::awards;
use crate::awards::model::Campaign;
use crate::db::Tx;
use crate::organization::Recipient;
use crate::{Ctx, House};

/// All decisions, drafts first, then the newest.
///
/// # Errors
/// When the actor may not read decisions.
pub async fn list(ctx: &Ctx<'_>) -> Result<Vec<Decision>, DecisionsError> {
    ctx.may(Permission::ReadDecisions)?;
    let mut tx = ctx.read().await?;
    let mut found = store::list(&mut tx).await?;
    if !may_see_drafts(ctx) {
        found.retain(|decision| decision.number.is_some());
    }
    Ok(found)
}

/// The campaigns of which the council passed something that the office decides, each with how many.
///
/// # Errors
/// When the actor may not draft.
pub async fn to_draft(ctx: &Ctx<'_>) -> Result<Vec<(Campaign, usize)>, DecisionsError> {
    ctx.may(Permission::DraftDecision)?;
    let campaigns = awards::queries::campaigns(ctx).await?;
    let passed = awards::queries::passed_for_the_office(ctx).await?;
    let annulled = store::annulled_campaigns(&mut ctx.read().await?).await?;
    let counted = campaigns.into_iter().map(|one| {
        let many = passed.get(&one.id).copied().unwrap_or_default();
        (one, many)
    });
    Ok(counted.filter(|(one, many)| *many > 0 || annulled.contains(&one.id)).collect())
}

fn may_see_drafts(ctx: &Ctx<'_>) -> bool {
    ctx.may(Permission::DraftDecision).is_ok() || ctx.may(Permission::SignDecision).is_ok()
}

/// One decision with its lines.
///
/// # Errors
/// When there is none, or it is a draft the actor may not see.
pub async fn detail(ctx: &Ctx<'_>, id: DecisionId) -> Result<(Decision, Vec<Line>), DecisionsError> {
    ctx.may(Permission::ReadDecisions)?;
    let mut tx = ctx.read().await?;
    let decision = find(&mut tx, id).await?;
    if decision.number.is_none() && !may_see_drafts(ctx) {
        return Err(DecisionsError::Unknown("quyết định"));
    }
    let lines = store::lines(&mut tx, id).await?;
    Ok((decision, lines))
}

/// The number that follows in a decision's series and year.
///
/// # Errors
/// What the store says.
pub async fn next_number(tx: &mut Tx, decision: &Decision) -> Result<u32, DecisionsError> {
    Ok(store::last_number(tx, &decision.series, decision.year).await? + 1)
}

/// One line with its decision and its history.
///
/// # Errors
/// When there is none.
pub async fn line(ctx: &Ctx<'_>, id: LineId) -> Result<(Decision, Line, Vec<LineEvent>), DecisionsError> {
    ctx.may(Permission::ReadDecisions)?;
    let mut tx = ctx.read().await?;
    let line = store::line(&mut tx, id).await?.ok_or(DecisionsError::Unknown("dòng này"))?;
    let decision = find(&mut tx, line.decision).await?;
    if decision.number.is_none() && !may_see_drafts(ctx) {
        return Err(DecisionsError::Unknown("dòng này"));
    }
    Ok((decision, line, store::events(&mut tx, id).await?))
}

/// Which lines of the register are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Whose name, register number and decision number together hold this, with or without diacritics:
    /// `Quyết định số 01`, `Lò Văn An 01/QĐ-VPUB`, `001/2026`.
    pub text: String,
    /// Registered in this year.
    pub year: Option<i16>,
    /// Of this award.
    pub award: Option<AwardCode>,
    /// Whose unit, or who as a unit, has a printed name that holds this, with or without diacritics.
    pub unit: String,
}

/// The register of awards, the newest first, each line with the number and day of its decision.
///
/// # Errors
/// When the actor may not read decisions.
pub async fn register(ctx: &Ctx<'_>, filter: &Filter) -> Result<Vec<Registered>, DecisionsError> {
    ctx.may(Permission::ReadDecisions)?;
    let mut tx = ctx.read().await?;
    let mut found = registered(&mut tx).await?;
    found.retain(|(line, number, _)| filter.fits(line, number));
    Ok(found)
}

/// A line of the register with the number and day of its decision.
pub type Registered = (Line, String, Option<Date>);

/// The whole register, the newest first.
pub(super) async fn registered(tx: &mut Tx) -> Result<Vec<Registered>, DecisionsError> {
    let decisions: BTreeMap<DecisionId, Decision> =
        store::list(tx).await?.into_iter().map(|one| (one.id, one)).collect();
    let lines = store::register(tx).await?.into_iter().map(|line| {
        let decision = decisions.get(&line.decision);
        (line, decision.map(Decision::number_text).unwrap_or_default(), decision.and_then(|one| one.issued_on))
    });
    Ok(lines.collect())
}

impl Filter {
    /// Whether a line under this number is asked for.
    pub(super) fn fits(&self, line: &Line, number: &str) -> bool {
        let (wanted, unit) = (Wanted::of(&self.text), Wanted::of(&self.unit));
        self.year.is_none_or(|year| line.register.is_some_and(|(of, _)| of == year))
            && self.award.is_none_or(|award| award == line.award)
            && unit.is_in(printed_unit(line))
            && wanted.is_in_name_or_number(&[&line.name, &line.register_text().unwrap_or_default()], number)
    }
}

/// The unit as the line prints it; a collective is its own unit.
fn printed_unit(line: &Line) -> &str {
    match line.recipient {
        Recipient::Unit(_) => &line.name,
        Recipient::Person(_) | Recipient::Enterprise(_) => &line.unit_name,
    }
}

/// The lines of all issued decisions, each with its decision.
///
/// # Errors
/// What the store says.
pub async fn issued_lines(tx: &mut Tx) -> Result<Vec<(Decision, Line)>, DecisionsError> {
    let decisions = store::list(tx).await?;
    let lines = store::register(tx).await?;
    let of = |line: &Line| decisions.iter().find(|one| one.id == line.decision).cloned();
    Ok(lines.into_iter().filter_map(|line| Some((of(&line)?, line))).collect())
}

/// The lines of the decisions that were annulled as a whole: what else knows of them calls them so.
///
/// # Errors
/// What the store says.
pub async fn annulled_lines(tx: &mut Tx) -> Result<BTreeSet<LineId>, DecisionsError> {
    Ok(store::annulled_lines(tx).await?)
}

/// What anybody may learn of a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// What is true of it now.
    pub state: LineState,
    /// The name.
    pub name: String,
    /// The award's name.
    pub award: String,
    /// The number of the decision.
    pub number: String,
    /// The day of the decision.
    pub issued_on: Option<Date>,
    /// The day of the correction or revocation.
    pub changed_on: Option<Date>,
    /// The day since which the whole decision is annulled.
    pub annulled_on: Option<Date>,
    /// Whether the register still says what was signed, corrected or revoked, by the ledger's word.
    pub intact: bool,
    /// Whether the signature that came with the code is ours; none when none came.
    pub signed: Option<bool>,
}

/// Verifies a code, for anybody; none for a code that is unknown.
///
/// # Errors
/// What the store says.
pub async fn verify(house: &House, code: &str, signature: Option<&str>) -> Result<Option<Verified>, DecisionsError> {
    let Some(code) = proof::tidy_code(code) else { return Ok(None) };
    let mut tx = house.db.read().await?;
    let Some(line) = store::by_code(&mut tx, &code).await? else { return Ok(None) };
    let decision = find(&mut tx, line.decision).await?;
    let events = store::events(&mut tx, line.id).await?;
    let intact = proof::is_intact(&house.keys, &mut tx, &decision, &line).await?;
    let changed = events.iter().rev().find(|event| event.verb == "correct" || event.verb == "revoke");
    Ok(Some(Verified {
        state: line.state,
        name: line.name,
        award: house.rules.award(line.award).name_vi.clone(),
        number: decision.number_text(),
        issued_on: decision.issued_on,
        changed_on: changed.map(|event| event.on),
        annulled_on: decision.annulled_on,
        intact,
        signed: signature.map(|signature| proof::is_ours(house, &code, signature)),
    }))
}
