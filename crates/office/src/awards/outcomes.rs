//! What other rooms make of a nomination, inside their own transactions: the council, a decision, a
//! submission to a higher level.

use kernel::Date;

use super::model::{NominationId, NominationState, Outcome};
use super::{AwardsError, store, works};
use crate::db::Tx;
use crate::{Ctx, ledger};

/// Takes what the council made of a nomination on this day, inside the council's transaction.
///
/// # Errors
/// When it does not lie before the council.
pub async fn settle_in(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    id: NominationId,
    (outcome, on): (Outcome, Date),
    ground: &str,
) -> Result<(), AwardsError> {
    let mut nomination = store::find(tx, id).await?.ok_or(AwardsError::Unknown("hồ sơ"))?;
    nomination.settle(outcome)?;
    store::save(tx, &nomination).await?;
    store::settle(tx, id, on).await?;
    store::add_event(tx, id, ctx.now(), ctx.actor.account, "nomination.settle", Some(outcome.name_vi())).await?;
    let entry = ctx.entry("nomination.settle", "nomination", id).ground(ground).set("outcome", outcome.code());
    Ok(ledger::record(tx, entry).await?)
}

/// Marks a nomination as named in an issued decision, inside the decision's transaction.
///
/// # Errors
/// When the council did not pass it, or an initiative that it rests on served the person before.
pub async fn decided_in(ctx: &Ctx<'_>, tx: &mut Tx, id: NominationId) -> Result<(), AwardsError> {
    let mut nomination = store::find(tx, id).await?.ok_or(AwardsError::Unknown("hồ sơ"))?;
    nomination.go(NominationState::Decided)?;
    store::save(tx, &nomination).await?;
    works::use_up_in(ctx, tx, &nomination).await?;
    store::add_event(tx, id, ctx.now(), ctx.actor.account, "nomination.decide", None).await?;
    Ok(ledger::record(tx, ctx.entry("nomination.decide", "nomination", id)).await?)
}

/// Marks a nomination as one whose decision was annulled as a whole, inside the transaction that annuls it. What it
/// named is free to be nominated again. A line that was an exception names none.
///
/// # Errors
/// When no decision named it.
pub async fn annulled_in(ctx: &Ctx<'_>, tx: &mut Tx, id: NominationId, words: &str) -> Result<(), AwardsError> {
    ended_in(ctx, tx, id, (NominationState::Annulled, "nomination.annul"), words).await
}

/// Marks a nomination as one whose award was revoked, inside the transaction that revokes it.
///
/// # Errors
/// When no decision named it.
pub async fn revoked_in(ctx: &Ctx<'_>, tx: &mut Tx, id: NominationId, words: &str) -> Result<(), AwardsError> {
    ended_in(ctx, tx, id, (NominationState::Revoked, "nomination.revoke"), words).await
}

async fn ended_in(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    id: NominationId,
    (state, verb): (NominationState, &'static str),
    words: &str,
) -> Result<(), AwardsError> {
    let mut nomination = store::find(tx, id).await?.ok_or(AwardsError::Unknown("hồ sơ"))?;
    nomination.go(state)?;
    store::save(tx, &nomination).await?;
    store::add_event(tx, id, ctx.now(), ctx.actor.account, verb, Some(words)).await?;
    Ok(ledger::record(tx, ctx.entry(verb, "nomination", id)).await?)
}

/// Notes in a nomination's history that it goes to a higher level, inside the submission's transaction.
///
/// # Errors
/// What the store says.
pub async fn sent_in(ctx: &Ctx<'_>, tx: &mut Tx, id: NominationId, words: &str) -> Result<(), AwardsError> {
    store::add_event(tx, id, ctx.now(), ctx.actor.account, "nomination.send", Some(words)).await?;
    Ok(ledger::record(tx, ctx.entry("nomination.send", "nomination", id)).await?)
}

/// Marks a nomination as one that a higher level did not grant, inside the submission's transaction.
///
/// # Errors
/// When the council did not pass it.
pub async fn not_granted_in(ctx: &Ctx<'_>, tx: &mut Tx, id: NominationId, words: &str) -> Result<(), AwardsError> {
    let mut nomination = store::find(tx, id).await?.ok_or(AwardsError::Unknown("hồ sơ"))?;
    nomination.go(NominationState::NotGranted)?;
    store::save(tx, &nomination).await?;
    store::add_event(tx, id, ctx.now(), ctx.actor.account, "nomination.not_granted", Some(words)).await?;
    Ok(ledger::record(tx, ctx.entry("nomination.not_granted", "nomination", id)).await?)
}
