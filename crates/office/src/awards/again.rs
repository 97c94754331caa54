//! What the council named a lower form for, or put off, comes up again: weighed anew, checked anew, voted on anew.

use kernel::Permission;
use rules::{AwardCode, AwardResult};

use super::admission::{allowed, alone};
use super::eligibility::{self, Case};
use super::model::{Campaign, Nomination, NominationId, NominationState};
use super::queries::Nominated;
use super::{AwardsError, paperwork, queries, review, service, store};
use crate::db::Tx;
use crate::organization::Recipient;
use crate::{Ctx, ledger, records};

/// The forms a nomination may come up for again, each with what the rule book says of it today, the highest first:
/// lower ones of the same class that the occasion allows; the same form when the council only put it off.
///
/// # Errors
/// When the actor may not read it.
pub async fn choices(ctx: &Ctx<'_>, id: NominationId) -> Result<Vec<(AwardCode, AwardResult)>, AwardsError> {
    let detail = queries::detail(ctx, id).await?;
    let mut tx = ctx.read().await?;
    let mut found = Vec::new();
    for award in forms(ctx, &mut tx, &detail.campaign, &detail.nomination).await? {
        let attested = paperwork::attestations(&mut tx, id).await?;
        let achievement = service::achievement_code(&mut tx, &detail.nomination).await?;
        let new = Case::new(&detail.campaign, detail.nomination.recipient, ctx.today());
        let case = Case { achievement, attested: &attested, ..new };
        found.push((award, eligibility::ask(ctx, &mut tx, &case, award).await?.answer));
    }
    Ok(found)
}

async fn forms(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    campaign: &Campaign,
    nomination: &Nomination,
) -> Result<Vec<AwardCode>, AwardsError> {
    match nomination.state {
        NominationState::Deferred => Ok(vec![nomination.award]),
        NominationState::Lowered => lower(ctx, tx, campaign, nomination.award, nomination.recipient).await,
        _ => Ok(Vec::new()),
    }
}

/// The lower forms of the same class that the occasion allows for a recipient, the highest first.
async fn lower(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    campaign: &Campaign,
    than: AwardCode,
    recipient: Recipient,
) -> Result<Vec<AwardCode>, AwardsError> {
    let rules = &ctx.house.rules;
    let was = rules.award(than);
    let Some(kind) = records::queries::recipient_kind(tx, recipient).await? else { return Ok(Vec::new()) };
    let gate = eligibility::gate(ctx.house, campaign);
    let is_lower = |code: &AwardCode| {
        let form = rules.award(*code);
        *code < was.code && form.kind.is_title() == was.kind.is_title() && form.recipients.contains(&kind)
    };
    Ok(AwardCode::ALL.into_iter().rev().filter(|code| gate.allowed.contains(code) && is_lower(code)).collect())
}

/// Whether the council could name a lower form for somebody.
///
/// # Errors
/// What the store says.
pub async fn has_lower(ctx: &Ctx<'_>, tx: &mut Tx, one: &Nominated) -> Result<bool, AwardsError> {
    let campaign = store::campaign(tx, one.campaign).await?.ok_or(AwardsError::Unknown("đợt xét"))?;
    Ok(!lower(ctx, tx, &campaign, one.award, one.recipient).await?.is_empty())
}

/// Brings it up again for this form, weighed today: it waits for the check like one that was just handed in.
///
/// # Errors
/// When the council did neither, the form is none of [`choices`], the reason says nothing, or the same recipient is
/// nominated for it already.
pub async fn bring_up(ctx: &Ctx<'_>, id: NominationId, award: AwardCode, reason: &str) -> Result<(), AwardsError> {
    ctx.may(Permission::RunCampaign)?;
    let reason = review::reasoned(reason)?;
    let mut tx = ctx.begin().await?;
    let mut nomination = store::find(&mut tx, id).await?.ok_or(AwardsError::Unknown("hồ sơ"))?;
    let campaign = store::campaign(&mut tx, nomination.campaign).await?.ok_or(AwardsError::Unknown("đợt xét"))?;
    let choices = forms(ctx, &mut tx, &campaign, &nomination).await?;
    let (was, state) = (nomination.award, nomination.state);
    nomination.come_up_again(award)?;
    if !choices.contains(&award) {
        let name = |code| ctx.house.rules.award(code).name_vi.clone();
        return Err(AwardsError::NotLower { award: name(award), was: name(was) });
    }
    allowed(ctx, &campaign, &nomination)?;
    alone(ctx, &mut tx, &nomination).await?;
    nomination.submitted_on = Some(ctx.today());
    let files = store::files(&mut tx, id).await?;
    service::freeze(ctx, &mut tx, &campaign, &mut nomination, &files).await?;
    store::save(&mut tx, &nomination).await?;
    store::reaward(&mut tx, id, award).await?;
    let verb = if state == NominationState::Lowered { "nomination.lower" } else { "nomination.resume" };
    store::add_version(&mut tx, &nomination, ctx.now(), "again").await?;
    let words = format!("{}: {reason}", ctx.house.rules.award(award).name_vi);
    store::add_event(&mut tx, id, ctx.now(), ctx.actor.account, verb, Some(&words)).await?;
    let verdict = nomination.verdict.map_or("undetermined", rules::Verdict::code);
    let entry = ctx.entry(verb, "nomination", id).ground(&campaign.clause);
    ledger::record(&mut tx, entry.set("award", award).set("verdict", verdict)).await?;
    tx.commit().await?;
    Ok(())
}
