//! Nominations and verdicts as they stood at the end of a past day, and by the law of a chosen day.
//!
//! Where it stood is told by what happened to it until then; what the rule book had said, by the version
//! frozen last. What was not kept yet on that day is counted, not guessed.

use std::collections::BTreeMap;

use kernel::{Date, Permission, clock};
use rules::{AwardResult, Verdict};

use super::eligibility::{self, Case};
use super::model::{CampaignId, FactSource, Happened, Nomination, NominationId, NominationState, Outcome, Version};
use super::queries::{self, Nominated};
use super::{AwardsError, paperwork, service, store};
use crate::Ctx;
use crate::db::Tx;

/// The nominations of a campaign as they stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Then {
    /// Each with its state and verdict of the day.
    pub lines: Vec<Nominated>,
    /// Of how many nobody kept what the rule book had said by then.
    pub unkept: usize,
}

/// Which days are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Days {
    /// As it stood at the end of this day; none for now.
    pub known_on: Option<Date>,
    /// By the law of this day; none for the nomination's own.
    pub law_on: Option<Date>,
}

/// A verdict as it stood, or as it would be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastVerdict {
    /// The nomination as a line.
    pub line: Nominated,
    /// What it said of the achievements; what was changed in a draft since is not told apart.
    pub summary: String,
    /// The answer; none when it was not kept.
    pub answer: Option<AwardResult>,
    /// Where each fact it rests on is written; empty where that was not kept.
    pub sources: BTreeMap<String, FactSource>,
    /// The day whose law was applied.
    pub law_on: Date,
    /// The day it was frozen; none when it was computed for this question.
    pub frozen_on: Option<Date>,
}

/// How a nomination stood.
struct Stood {
    state: NominationState,
    verdict: Option<Verdict>,
    kept: bool,
}

/// The nominations of a campaign that the actor may read, as they stood at the end of a day.
///
/// # Errors
/// When the actor may read none.
pub async fn list(ctx: &Ctx<'_>, tx: &mut Tx, id: CampaignId, day: Date) -> Result<Then, AwardsError> {
    ctx.may(Permission::ReadNominations)?;
    let units = ctx.actor.units_for(Permission::ReadNominations, ctx.today());
    let mut happened: BTreeMap<NominationId, Vec<Happened>> = BTreeMap::new();
    for one in store::events_of_campaign(tx, id).await? {
        happened.entry(one.nomination).or_default().push(one);
    }
    let mut then = Then { lines: Vec::new(), unkept: 0 };
    for nomination in store::listed(tx, id).await? {
        if !units.as_ref().is_none_or(|units| units.contains(&nomination.unit)) {
            continue;
        }
        let events = happened.get(&nomination.id).map(Vec::as_slice).unwrap_or_default();
        let Some(stood) = stood(events, day) else { continue };
        let version = version(tx, nomination.id, day).await?;
        let (line, kept) = line(ctx, tx, nomination, stood, version.as_ref()).await?;
        then.unkept += usize::from(!kept);
        then.lines.push(line);
    }
    Ok(then)
}

/// What was frozen last by the end of a day.
async fn version(tx: &mut Tx, id: NominationId, day: Date) -> Result<Option<Version>, AwardsError> {
    Ok(store::versions_kept(tx, id).await?.into_iter().rfind(|one| clock::day_of(one.at) <= day))
}

/// The line of a nomination as it stood, and whether its verdict was kept.
async fn line(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    now: Nomination,
    stood: Stood,
    version: Option<&Version>,
) -> Result<(Nominated, bool), AwardsError> {
    let frozen = version.map(|one| one.snapshot.clone());
    let summary = frozen.as_ref().map_or_else(|| now.summary.clone(), |frozen| frozen.summary.clone());
    let annulled_on = now.annulled_on.filter(|_| stood.state == NominationState::Annulled);
    let then = Nomination { state: stood.state, annulled_on, verdict: stood.verdict, snapshot: frozen, summary, ..now };
    let kept = stood.kept || then.snapshot.is_none();
    Ok((queries::line(ctx, tx, &then).await?, kept))
}

/// How a nomination stood after all that had happened to it by the end of a day; none when it was not there.
fn stood(happened: &[Happened], day: Date) -> Option<Stood> {
    let mut last = None;
    for one in happened.iter().take_while(|one| clock::day_of(one.at) <= day) {
        let before = last.as_ref().map_or(NominationState::Draft, |stood: &Stood| stood.state);
        last = Some(match one.state {
            Some(state) => Stood { state, verdict: one.verdict, kept: true },
            None => Stood { state: after(one, before), verdict: None, kept: false },
        });
    }
    last
}

/// Where a nomination stood after something of which only the verb was kept.
fn after(happened: &Happened, before: NominationState) -> NominationState {
    let outcome = || Outcome::ALL.iter().find(|one| Some(one.name_vi()) == happened.reason.as_deref());
    match (happened.verb.as_str(), outcome()) {
        ("nomination.write", _) => NominationState::Draft,
        ("nomination.submit" | "nomination.lower" | "nomination.resume", _) => NominationState::Submitted,
        ("nomination.withdraw", _) => NominationState::Withdrawn,
        ("nomination.return", _) => NominationState::Returned,
        ("nomination.accept", _) => NominationState::Accepted,
        ("nomination.decide", _) => NominationState::Decided,
        ("nomination.revoke", _) => NominationState::Revoked,
        ("nomination.annul", _) => NominationState::Annulled,
        ("nomination.not_granted", _) => NominationState::NotGranted,
        ("nomination.settle", Some(Outcome::Yes)) => NominationState::Passed,
        ("nomination.settle", Some(Outcome::No)) => NominationState::NotPassed,
        ("nomination.settle", Some(Outcome::Lower)) => NominationState::Lowered,
        ("nomination.settle", Some(Outcome::Defer)) => NominationState::Deferred,
        _ => before,
    }
}

/// A verdict as it stood at the end of a day; or, when another law is asked for, what that law would say
/// of the facts as they were known.
///
/// # Errors
/// When there is no such nomination, it is another unit's, or it was not there yet.
pub async fn verdict(ctx: &Ctx<'_>, id: NominationId, days: Days) -> Result<PastVerdict, AwardsError> {
    let mut tx = ctx.read().await?;
    let nomination = store::find(&mut tx, id).await?.ok_or(AwardsError::Unknown("hồ sơ"))?;
    ctx.may_in(Permission::ReadNominations, nomination.unit).map_err(|_| AwardsError::Unknown("hồ sơ"))?;
    let day = days.known_on.unwrap_or_else(|| ctx.today());
    let events = store::happened(&mut tx, id).await?;
    let stood = stood(&events, day).ok_or(AwardsError::NotThereYet { day })?;
    let version = version(&mut tx, id, day).await?;
    let state = stood.state;
    let summary = version.as_ref().map_or_else(|| nomination.summary.clone(), |one| one.snapshot.summary.clone());
    let (then, _) = line(ctx, &mut tx, nomination.clone(), stood, version.as_ref()).await?;
    let editable = matches!(state, NominationState::Draft | NominationState::Returned);
    if days.law_on.is_none()
        && !editable
        && let Some(version) = &version
    {
        let law_on = nomination.submitted_on.unwrap_or(day);
        let frozen_on = Some(clock::day_of(version.at));
        let (answer, sources) = (version.answer.clone(), version.snapshot.sources.clone());
        return Ok(PastVerdict { line: then, summary, answer, sources, law_on, frozen_on });
    }
    let own = nomination.submitted_on.filter(|on| *on <= day && !editable).unwrap_or(day);
    let law_on = days.law_on.unwrap_or(own);
    let campaign = queries::campaign(&mut tx, nomination.campaign).await?;
    let mut attested = paperwork::attestations(&mut tx, id).await?;
    attested.retain(|one| one.on <= day);
    let achievement = match version {
        Some(version) => version.snapshot.achievement,
        None => service::achievement_code(&mut tx, &nomination).await?,
    };
    let case = Case {
        achievement,
        attested: &attested,
        law_on,
        decided_by: day,
        known_on: days.known_on,
        ..Case::new(&campaign, nomination.recipient, own)
    };
    let weighed = eligibility::ask(ctx, &mut tx, &case, nomination.award).await?;
    let (answer, sources) = (Some(weighed.answer), weighed.sources);
    Ok(PastVerdict { line: then, summary, answer, sources, law_on, frozen_on: None })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn happened(at: &str, verb: &str, state: Option<NominationState>) -> Happened {
        Happened {
            nomination: NominationId(uuid::Uuid::nil()),
            at: at.parse().expect("an instant"),
            verb: verb.to_owned(),
            reason: None,
            state,
            verdict: None,
        }
    }

    #[test]
    fn where_a_nomination_stood_is_told_by_what_had_happened_by_then() {
        use NominationState as S;
        let events = [
            happened("2026-11-01T03:00:00Z", "nomination.write", None),
            happened("2026-11-02T03:00:00Z", "nomination.submit", None),
            happened("2026-11-03T03:00:00Z", "nomination.attest", None),
            happened("2026-11-04T03:00:00Z", "nomination.evaluate", Some(S::Accepted)),
        ];
        assert!(stood(&events, date(2026, 10, 31)).is_none(), "it was not there yet");
        let on = |day| stood(&events, date(2026, 11, day)).map(|stood| (stood.state, stood.kept));
        assert_eq!(on(1), Some((S::Draft, false)));
        assert_eq!(on(2), Some((S::Submitted, false)));
        assert_eq!(on(3), Some((S::Submitted, false)), "a statement moves nothing");
        assert_eq!(on(9), Some((S::Accepted, true)));
    }
}
