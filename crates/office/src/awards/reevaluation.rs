//! Verdicts that no longer are what they were frozen as: found, explained, and frozen again by somebody.
//!
//! The frozen answer is compared with what the rule book says now under the law of the nomination's own
//! day and the present record. Nothing changes by itself: the standing body looks at the causes and
//! evaluates again, exactly what it saw; the old version stays.

use kernel::Permission;
use rules::Verdict;

use super::causes::{self, Cause, Namer};
use super::compare;
use super::eligibility::{self, Case, Weighed};
use super::launching::Launching;
use super::model::{CampaignId, Gate, Nomination, NominationId, NominationState};
use super::queries::{self, Nominated};
use super::{AwardsError, launching, paperwork, service, store};
use crate::db::Tx;
use crate::organization::model::Recipient;
use crate::{Ctx, StoreError, history, ledger};

/// A nomination whose facts or verdict changed since it was frozen.
#[derive(Debug, Clone, PartialEq)]
pub struct Changed {
    /// The nomination.
    pub line: Nominated,
    /// The frozen verdict.
    pub was: Option<Verdict>,
    /// What the rule book says now.
    pub now: Verdict,
    /// Why.
    pub causes: Vec<Cause>,
    /// What was seen: evaluating again takes exactly this.
    pub seen: String,
}

impl Changed {
    /// Whether it may be evaluated again: the council has not taken it up yet.
    #[must_use]
    pub fn is_open(&self) -> bool {
        is_open(self.line.state)
    }
}

/// Nominations that changed for one and the same cause.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// The cause.
    pub cause: Cause,
    /// The nominations, in their order.
    pub nominations: Vec<(NominationId, String)>,
}

fn is_open(state: NominationState) -> bool {
    matches!(state, NominationState::Submitted | NominationState::Accepted)
}

fn is_compared(state: NominationState) -> bool {
    is_open(state) || state == NominationState::Passed
}

/// The nominations of a campaign that changed since they were frozen, as far as the actor may read them.
///
/// # Errors
/// When the actor may read none.
pub async fn of_campaign(ctx: &Ctx<'_>, id: CampaignId) -> Result<Vec<Changed>, AwardsError> {
    ctx.may(Permission::ReadNominations)?;
    let units = ctx.actor.units_for(Permission::ReadNominations, ctx.today());
    let mut tx = ctx.read().await?;
    let accounts = causes::accounts(&mut tx).await?;
    let namer = Namer { today: ctx.today(), accounts: &accounts };
    let launched = launched(ctx, &mut tx).await?;
    let mut found = Vec::new();
    for nomination in store::of_campaign(&mut tx, id).await? {
        if units.as_ref().is_none_or(|units| units.contains(&nomination.unit)) {
            found.extend(changed(ctx, &mut tx, &nomination, (&namer, &launched)).await?);
        }
    }
    Ok(found)
}

/// The same, of those nominations only whose facts an entry since may have touched: for pages that are opened
/// often. What changes posts or names alone is told by [`of_campaign`].
///
/// # Errors
/// As [`of_campaign`].
pub async fn touched(ctx: &Ctx<'_>, id: CampaignId) -> Result<Vec<Changed>, AwardsError> {
    ctx.may(Permission::ReadNominations)?;
    let units = ctx.actor.units_for(Permission::ReadNominations, ctx.today());
    let mut tx = ctx.read().await?;
    let frozen = store::frozen_last(&mut tx, id).await?;
    let Some(first) = frozen.iter().map(|(_, at)| *at).min() else { return Ok(Vec::new()) };
    let entered = history::since(&mut tx, first).await?;
    if entered.is_empty() {
        return Ok(Vec::new());
    }
    let accounts = causes::accounts(&mut tx).await?;
    let namer = Namer { today: ctx.today(), accounts: &accounts };
    let launched = launched(ctx, &mut tx).await?;
    let mut found = Vec::new();
    for (id, at) in frozen {
        let Some(nomination) = store::find(&mut tx, id).await? else { continue };
        let mine = units.as_ref().is_none_or(|units| units.contains(&nomination.unit));
        if mine && entered.iter().any(|(kind, owner, since)| *since > at && touches(&nomination, kind, *owner)) {
            found.extend(changed(ctx, &mut tx, &nomination, (&namer, &launched)).await?);
        }
    }
    Ok(found)
}

/// Whether an entry of a register, belonging to somebody, may be among the facts of a nomination: its own
/// entries; what concerns everybody; an initiative, whose authors it does not name; the ratings of units,
/// for whoever leads one; all of its members, for a collective.
fn touches(nomination: &Nomination, kind: &str, owner: uuid::Uuid) -> bool {
    match kind {
        "decision_lines" => false,
        "registers" | "adoptions" | "confirmations" | launching::REGISTER => true,
        _ if owner == nomination.recipient.id() => true,
        "initiatives" => matches!(nomination.recipient, Recipient::Person(_)),
        "ratings" => nomination.leader || matches!(nomination.recipient, Recipient::Unit(_)),
        _ => matches!(nomination.recipient, Recipient::Unit(_)),
    }
}

/// Whether and why one nomination changed since it was frozen.
///
/// # Errors
/// When there is none, or it is another unit's.
pub async fn of_nomination(ctx: &Ctx<'_>, id: NominationId) -> Result<Option<Changed>, AwardsError> {
    let mut tx = ctx.read().await?;
    let accounts = causes::accounts(&mut tx).await?;
    let namer = Namer { today: ctx.today(), accounts: &accounts };
    let nomination = store::find(&mut tx, id).await?.ok_or(AwardsError::Unknown("hồ sơ"))?;
    ctx.may_in(Permission::ReadNominations, nomination.unit).map_err(|_| AwardsError::Unknown("hồ sơ"))?;
    let launched = launched(ctx, &mut tx).await?;
    changed(ctx, &mut tx, &nomination, (&namer, &launched)).await
}

/// The same happenings put together, those that touched most nominations first.
#[must_use]
pub fn grouped(changed: &[Changed]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for one in changed {
        for cause in &one.causes {
            let of = (one.line.id, one.line.name.clone());
            match groups.iter_mut().find(|group| group.cause.is_same(cause)) {
                Some(group) if !group.nominations.contains(&of) => group.nominations.push(of),
                Some(_) => {}
                None => groups.push(Group { cause: cause.clone(), nominations: vec![of] }),
            }
        }
    }
    groups.sort_by_key(|group| std::cmp::Reverse(group.nominations.len()));
    groups
}

/// Who launched the movement, as every comparison of today asks: read once for all of them.
async fn launched(ctx: &Ctx<'_>, tx: &mut Tx) -> Result<Launching, StoreError> {
    launching::launching(tx, ctx.house, ctx.today(), None).await
}

async fn weigh(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    nomination: &Nomination,
    launched: &Launching,
) -> Result<Weighed, AwardsError> {
    let campaign = queries::campaign(tx, nomination.campaign).await?;
    let attested = paperwork::attestations(tx, nomination.id).await?;
    let achievement = service::achievement_code(tx, nomination).await?;
    let on = nomination.submitted_on.unwrap_or_else(|| ctx.today());
    let case = Case {
        achievement,
        attested: &attested,
        decided_by: ctx.today(),
        launched: Some(launched),
        ..Case::new(&campaign, nomination.recipient, on)
    };
    eligibility::ask(ctx, tx, &case, nomination.award).await
}

/// A digest of what is seen: facts, verdict and how the rules stand.
fn seen(weighed: &Weighed) -> String {
    let grounds = weighed.grounds.iter().map(|ground| (&ground.rule, &ground.version, &ground.digest, ground.state));
    eligibility::digest_of(&(&weighed.facts, weighed.answer.verdict, grounds.collect::<Vec<_>>()))
}

async fn changed(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    nomination: &Nomination,
    (namer, launched): (&Namer<'_>, &Launching),
) -> Result<Option<Changed>, AwardsError> {
    let Some(frozen) = nomination.snapshot.as_ref().filter(|_| is_compared(nomination.state)) else { return Ok(None) };
    let weighed = weigh(ctx, tx, nomination, launched).await?;
    let name_of = |code| ctx.house.rules.award(code).name_vi.clone();
    let facts = compare::facts(&frozen.facts, &weighed.facts, &name_of);
    let turned = nomination.verdict != Some(weighed.answer.verdict);
    if facts.is_empty() && !turned {
        return Ok(None);
    }
    let mut causes = Vec::new();
    if facts.iter().any(|change| change.fact.starts_with("members.")) {
        causes.extend(namer.of_members(tx, nomination, frozen).await?);
    }
    for change in facts {
        causes.push(namer.of_fact(tx, &frozen.name, change, (&frozen.sources, &weighed.sources)).await?);
    }
    if turned {
        for change in compare::grounds(&frozen.grounds, &weighed.grounds) {
            causes.extend(namer.of_ground(tx, change).await?);
        }
    }
    if causes.is_empty() {
        causes.push(causes::unexplained(!frozen.grounds.is_empty()));
    }
    Ok(Some(Changed {
        line: queries::line(ctx, tx, nomination).await?,
        was: nomination.verdict,
        now: weighed.answer.verdict,
        causes,
        seen: seen(&weighed),
    }))
}

/// Evaluates nominations again as they were seen; answers how many verdicts turned.
///
/// An accepted nomination that is not eligible any more, and about which nobody decided otherwise, waits
/// to be checked again.
///
/// # Errors
/// [`StoreError::Stale`] when something changed since it was seen; the campaign is over; nothing to evaluate.
pub async fn evaluate(
    ctx: &Ctx<'_>,
    campaign: CampaignId,
    wanted: &[(NominationId, String)],
) -> Result<usize, AwardsError> {
    ctx.may(Permission::RunCampaign)?;
    if wanted.is_empty() {
        return Err(AwardsError::NothingToEvaluate);
    }
    let mut tx = ctx.begin().await?;
    let found = queries::campaign(&mut tx, campaign).await?;
    let launched = launched(ctx, &mut tx).await?;
    let mut turned = 0;
    for (id, seen_then) in wanted {
        let mut nomination = store::find(&mut tx, *id).await?.ok_or(AwardsError::Unknown("hồ sơ"))?;
        if nomination.campaign != campaign {
            return Err(AwardsError::Unknown("hồ sơ"));
        }
        if !is_open(nomination.state) {
            let wanted = NominationState::Submitted;
            return Err(AwardsError::NominationState { nomination: *id, is: nomination.state, wanted });
        }
        if seen(&weigh(ctx, &mut tx, &nomination, &launched).await?) != *seen_then {
            return Err(StoreError::Stale { table: "nominations" }.into());
        }
        turned += usize::from(evaluate_in(ctx, &mut tx, &found, &mut nomination).await?);
    }
    let entry = ctx.entry("campaign.evaluate", "campaign", campaign).set("changed", turned).set("of", wanted.len());
    ledger::record(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(turned)
}

async fn evaluate_in(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    campaign: &super::Campaign,
    nomination: &mut Nomination,
) -> Result<bool, AwardsError> {
    let id = nomination.id;
    let before = nomination.verdict;
    let files = store::files(tx, id).await?;
    service::freeze(ctx, tx, campaign, nomination, &files).await?;
    let overruled = paperwork::overrules(tx, id).await?.iter().any(|one| one.kind == "verdict");
    let falls =
        nomination.state == NominationState::Accepted && nomination.verdict != Some(Verdict::Eligible) && !overruled;
    if falls {
        nomination.go(NominationState::Submitted)?;
    }
    store::save(tx, nomination).await?;
    store::add_version(tx, nomination, ctx.now(), "evaluate").await?;
    let words = |verdict: Option<Verdict>| verdict.map_or("chưa có", Verdict::name_vi);
    let mut reason = format!("{} → {}", words(before), words(nomination.verdict));
    if falls {
        reason.push_str("; chờ kiểm tra lại");
    }
    store::add_event(tx, id, ctx.now(), ctx.actor.account, "nomination.evaluate", Some(&reason)).await?;
    let code = |verdict: Option<Verdict>| verdict.map_or("none", Verdict::code);
    let entry = ctx.entry("nomination.evaluate", "nomination", id).set("was", code(before));
    ledger::record(tx, entry.set("verdict", code(nomination.verdict)).set("state", nomination.state.code())).await?;
    Ok(before != nomination.verdict)
}

/// What happens when the council takes up a nomination with an unseen change, and the document that says so.
///
/// Without a document it is blocked.
///
/// # Errors
/// What the store says.
pub async fn gate(ctx: &Ctx<'_>) -> Result<(Gate, Option<String>), AwardsError> {
    let mut tx = ctx.read().await?;
    let set = paperwork::gate(&mut tx).await?;
    Ok(set.map_or((Gate::Block, None), |(gate, document)| (gate, Some(document))))
}

/// Sets it, by a document.
///
/// # Errors
/// When the actor may not, or the document is missing.
pub async fn set_gate(ctx: &Ctx<'_>, gate: Gate, document: &str) -> Result<(), AwardsError> {
    ctx.may(Permission::Overrule)?;
    let document = super::review::reasoned(document)?;
    let mut tx = ctx.begin().await?;
    paperwork::set_gate(&mut tx, gate, &document).await?;
    let entry = ctx.entry("campaign.set_gate", "reevaluation", "1").ground(document).set("gate", gate.code());
    ledger::record(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Lets the council take up these nominations: none has a change that nobody looked at, or the office
/// decided that a warning is enough.
///
/// # Errors
/// [`AwardsError::UnseenChanges`] with the names.
pub async fn pass(ctx: &Ctx<'_>, tx: &mut Tx, ids: &[NominationId]) -> Result<(), AwardsError> {
    if paperwork::gate(tx).await?.is_some_and(|(gate, _)| gate == Gate::Warn) {
        return Ok(());
    }
    let unseen = unseen(ctx, tx, ids).await?;
    if unseen.is_empty() {
        return Ok(());
    }
    Err(AwardsError::UnseenChanges { many: unseen.len(), names: unseen.join(", ") })
}

/// The names of those among these nominations whose facts or verdict changed since they were frozen.
///
/// # Errors
/// What the store says.
pub async fn unseen(ctx: &Ctx<'_>, tx: &mut Tx, ids: &[NominationId]) -> Result<Vec<String>, AwardsError> {
    let launched = launched(ctx, tx).await?;
    let mut names = Vec::new();
    for id in ids {
        let nomination = store::find(tx, *id).await?.ok_or(AwardsError::Unknown("hồ sơ"))?;
        let Some(frozen) = &nomination.snapshot else { continue };
        let weighed = weigh(ctx, tx, &nomination, &launched).await?;
        let name_of = |code| ctx.house.rules.award(code).name_vi.clone();
        let turned = nomination.verdict != Some(weighed.answer.verdict);
        if turned || !compare::facts(&frozen.facts, &weighed.facts, &name_of).is_empty() {
            names.push(frozen.name.clone());
        }
    }
    Ok(names)
}
