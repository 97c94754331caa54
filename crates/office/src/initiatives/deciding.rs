//! The review of an initiative and the two decisions about it: that it is one, and how far its effect reaches.

use kernel::{Date, Permission};
use rules::facts::Scope;

use super::model::{Decision, DecisionKind, Initiative, InitiativeDecisionId, Level, Purpose, StateKind, is_author};
use super::service::{act, keep_file, tell};
use super::{InitiativeId, InitiativesError, likeness, queries, store};
use crate::db::Tx;
use crate::records::initiatives::Recognised;
use crate::records::model::Author;
use crate::{Ctx, records};

/// A decision that is about to be noted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDecision {
    /// The level that decided.
    pub level: Level,
    /// Its number and signature.
    pub number: String,
    /// Its day.
    pub decided_on: Date,
    /// Who signed it.
    pub issuer: String,
    /// The council that advised, with its minutes; may be empty.
    pub council: String,
    /// The document itself: its name and bytes.
    pub file: Option<(String, Vec<u8>)>,
}

/// Begins the review of an initiative that was handed in.
///
/// # Errors
/// When it was not, or is the actor's own.
pub async fn take(ctx: &Ctx<'_>, id: InitiativeId, seen: i64) -> Result<(), InitiativesError> {
    step(ctx, id, seen, "initiative.take", Initiative::take).await
}

/// Gives an initiative back to its authors, with what is to be mended.
///
/// # Errors
/// When it is not before the reviewer, is the actor's own, or without a reason.
pub async fn give_back(ctx: &Ctx<'_>, id: InitiativeId, seen: i64, words: &str) -> Result<(), InitiativesError> {
    step(ctx, id, seen, "initiative.give_back", |one| one.give_back(act(ctx, words))).await
}

/// Refuses an initiative, with a written reason.
///
/// # Errors
/// As [`give_back`]; when it is not under review.
pub async fn refuse(ctx: &Ctx<'_>, id: InitiativeId, seen: i64, words: &str) -> Result<(), InitiativesError> {
    step(ctx, id, seen, "initiative.refuse", |one| one.refuse(act(ctx, words))).await
}

async fn step(
    ctx: &Ctx<'_>,
    id: InitiativeId,
    seen: i64,
    action: &'static str,
    go: impl FnOnce(&mut Initiative) -> Result<(), InitiativesError>,
) -> Result<(), InitiativesError> {
    ctx.may(Permission::ReviewInitiatives)?;
    let mut tx = ctx.begin().await?;
    let mut one = must_review(ctx, &mut tx, id).await?;
    go(&mut one)?;
    one.version = seen;
    store::save(&mut tx, &one).await?;
    tell(ctx, &mut tx, &one, action).await?;
    tx.commit().await?;
    Ok(())
}

/// Notes a decision of recognition. The first one makes the initiative an entry of the records, in the same
/// transaction; a later one of the other level stands beside it.
///
/// # Errors
/// When it is not under review (or not recognised, for the other level), is the actor's own, something that
/// looks the same is not decided on or was found to be the same, or the decision cannot be.
pub async fn recognise(ctx: &Ctx<'_>, id: InitiativeId, seen: i64, new: NewDecision) -> Result<(), InitiativesError> {
    ctx.may(Permission::ReviewInitiatives)?;
    let mut tx = ctx.begin().await?;
    let mut one = must_review(ctx, &mut tx, id).await?;
    one.must_be(&[StateKind::Review, StateKind::Recognised])?;
    let file = new.file.clone();
    let decision = decision(ctx, &mut tx, id, DecisionKind::Recognition, new).await?;
    if one.state == StateKind::Review {
        likeness::must_be_settled(ctx, &mut tx, &one).await?;
        let authors = store::authors(&mut tx, id).await?;
        let of_records = authors.iter().filter_map(|author| {
            // The records keep whole percents; the exact shares stay here.
            author.person.map(|person| Author { person, share_percent: ((author.share + 50) / 100).max(1) })
        });
        let entry = Recognised {
            id,
            code: one.code.clone(),
            name: one.name.clone(),
            authors: of_records.collect(),
            on: decision.decided_on,
            document: decision.cited(),
        };
        one.recognise(decision.decided_on, &ctx.actor.name, &decision.cited())?;
        records::initiatives::recognise_in(ctx, &mut tx, entry).await?;
    }
    one.version = seen;
    store::save(&mut tx, &one).await?;
    note(ctx, &mut tx, &one, decision, file, "initiative.recognise").await?;
    tx.commit().await?;
    Ok(())
}

/// Notes the decision on how far the effect of a recognised initiative reaches and whether it can be taken
/// over elsewhere. Its entry in the records says so from that day on.
///
/// # Errors
/// Before recognition, when it is the actor's own, a reach narrower than decided before, or the decision
/// cannot be.
pub async fn decide_reach(
    ctx: &Ctx<'_>,
    id: InitiativeId,
    seen: i64,
    new: NewDecision,
    reach: (Scope, Option<bool>),
) -> Result<(), InitiativesError> {
    ctx.may(Permission::ReviewInitiatives)?;
    let mut tx = ctx.begin().await?;
    let mut one = must_review(ctx, &mut tx, id).await?;
    one.must_be(&[StateKind::Recognised])?;
    let file = new.file.clone();
    let mut decision = decision(ctx, &mut tx, id, DecisionKind::Scope, new).await?;
    let earlier = store::decisions(&mut tx, id).await?;
    let from = earlier.iter().filter(|one| one.kind == DecisionKind::Recognition).map(|one| one.decided_on).min();
    if let Some(from) = from.filter(|from| decision.decided_on < *from) {
        return Err(InitiativesError::BeforeRecognition { from });
    }
    let decided = earlier.iter().filter(|one| one.kind == DecisionKind::Scope).max_by_key(|one| one.decided_on);
    if let Some(last) = decided
        && (decision.decided_on < last.decided_on || last.scope.is_some_and(|scope| !reach.0.covers(scope)))
    {
        return Err(InitiativesError::fault(
            "pham-vi",
            format!("Quyết định sau không hẹp hơn và không trước quyết định số {}", last.number),
        ));
    }
    (decision.scope, decision.replicable) = (Some(reach.0), reach.1);
    records::initiatives::widen_in(ctx, &mut tx, id, decision.decided_on, reach, &decision.cited()).await?;
    one.version = seen;
    store::save(&mut tx, &one).await?;
    note(ctx, &mut tx, &one, decision, file, "initiative.decide_reach").await?;
    tx.commit().await?;
    Ok(())
}

/// Checks a decision: its day has come, its number stands for one decision alone, none of its kind and level
/// is there.
async fn decision(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    id: InitiativeId,
    kind: DecisionKind,
    new: NewDecision,
) -> Result<Decision, InitiativesError> {
    let number = kernel::text::clean_line(&new.number);
    let issuer = kernel::text::clean_line(&new.issuer);
    for (field, text, what) in [
        ("so", &number, "Nhập số và ký hiệu quyết định"),
        ("nguoi-ky", &issuer, "Ghi người, cơ quan ban hành quyết định"),
    ] {
        if text.is_empty() || text.chars().count() > 200 {
            return Err(InitiativesError::fault(field, what));
        }
    }
    if new.decided_on > ctx.today() {
        return Err(InitiativesError::NotYet { day: new.decided_on });
    }
    for one in store::decisions(tx, id).await? {
        if one.kind == kind && one.level == new.level {
            return Err(InitiativesError::Decided { number: one.number });
        }
        if kernel::text::search_key(&one.number) == kernel::text::search_key(&number) {
            return Err(InitiativesError::SameNumber { number });
        }
    }
    Ok(Decision {
        id: InitiativeDecisionId::new(),
        kind,
        level: new.level,
        number,
        decided_on: new.decided_on,
        issuer,
        council: kernel::text::clean_line(&new.council),
        scope: None,
        replicable: None,
    })
}

async fn note(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    one: &Initiative,
    decision: Decision,
    file: Option<(String, Vec<u8>)>,
    action: &'static str,
) -> Result<(), InitiativesError> {
    store::add_decision(tx, one.id, &decision, ctx.now(), &ctx.actor.name).await?;
    if let Some((name, bytes)) = file {
        let purpose = match decision.kind {
            DecisionKind::Recognition => Purpose::Recognition,
            DecisionKind::Scope => Purpose::Scope,
        };
        keep_file(ctx, tx, one.id, (purpose, None), &name, &bytes).await?;
    }
    let mut entry = ctx.entry(action, "initiative", one.id).ground(decision.cited()).set("code", &one.code);
    entry = entry.set("level", decision.level.code());
    if let Some(scope) = decision.scope {
        entry = entry.set("scope", scope.code());
    }
    crate::ledger::record(tx, entry).await?;
    Ok(())
}

/// An initiative that the actor reviews: of a unit within the grant, and not the actor's own.
pub(super) async fn must_review(ctx: &Ctx<'_>, tx: &mut Tx, id: InitiativeId) -> Result<Initiative, InitiativesError> {
    let one = queries::seen(ctx, tx, id).await?;
    ctx.may_in(Permission::ReviewInitiatives, one.unit).map_err(|_| InitiativesError::Unknown("sáng kiến"))?;
    if is_author(&store::authors(tx, id).await?, ctx.actor.person) {
        return Err(InitiativesError::Own);
    }
    Ok(one)
}
