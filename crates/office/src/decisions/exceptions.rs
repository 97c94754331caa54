//! Names on a decision that the council did not pass: each with who allowed it and why, and taken out again while the
//! decision is a draft.

use kernel::Permission;
use rules::Level;

use super::model::{DecisionId, Exception, Line, LineId};
use super::service::{achievement, draft_at_work, reasoned};
use super::{DecisionsError, proof, store};
use crate::db::{StoreError, Tx};
use crate::organization::Recipient;
use crate::{Ctx, ledger, organization, records};

/// Adds a name that the council did not pass, marked as an exception with who allowed it and why.
///
/// # Errors
/// Without reason and authority, for a form that a higher level decides, for whom the list has with that form
/// already, or when the decision was issued.
pub async fn add(
    ctx: &Ctx<'_>,
    id: DecisionId,
    recipient: Recipient,
    award: rules::AwardCode,
    exception: Exception,
) -> Result<LineId, DecisionsError> {
    ctx.may(Permission::DraftDecision)?;
    let exception = Exception { reason: reasoned(&exception.reason)?, authority: reasoned(&exception.authority)? };
    let mut tx = ctx.begin().await?;
    let decision = draft_at_work(ctx, &mut tx, id).await?;
    if ctx.actor.person.is_some_and(|own| recipient == Recipient::Person(own)) {
        return Err(DecisionsError::OwnException);
    }
    let name = recipient.name(&mut tx, ctx.today()).await?.ok_or(DecisionsError::Unknown("người hoặc tập thể này"))?;
    let form = ctx.house.rules.award(award);
    if form.level != Level::Office {
        return Err(DecisionsError::NotOurs { award: form.name_vi.clone() });
    }
    let kind = records::queries::recipient_kind(&mut tx, recipient).await?;
    let kind = kind.ok_or(DecisionsError::Unknown("người hoặc tập thể này"))?;
    if !form.recipients.contains(&kind) {
        return Err(DecisionsError::NotFor { award: form.name_vi.clone(), kind: kind.name_vi() });
    }
    let lines = store::lines(&mut tx, id).await?;
    if lines.iter().any(|line| line.recipient == recipient && line.award == award) {
        return Err(DecisionsError::Twice { name });
    }
    let (title, unit_name, leader) = station(ctx, &mut tx, recipient).await?;
    let position = lines.iter().map(|line| line.position).max().unwrap_or(0) + 1;
    let line = Line {
        title,
        unit_name,
        leader,
        exception: Some(exception),
        ..Line::drafted(id, position, (recipient, award), name, achievement(ctx))
    };
    store::add_line(&mut tx, &line).await?;
    proof::record_content(ctx, &mut tx, &decision, &line).await?;
    let entry = ctx.entry("decision.add_exception", "decision", id).set("line", line.id).set("recipient", recipient);
    ledger::record(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(line.id)
}

/// Takes an exception out of a draft; those behind it move up.
///
/// # Errors
/// When the decision was issued, or the line is none of its exceptions.
pub async fn drop(ctx: &Ctx<'_>, id: DecisionId, line: LineId) -> Result<(), DecisionsError> {
    ctx.may(Permission::DraftDecision)?;
    let mut tx = ctx.begin().await?;
    draft_at_work(ctx, &mut tx, id).await?;
    let lines = store::lines(&mut tx, id).await?;
    let found = lines.iter().find(|one| one.id == line && one.exception.is_some());
    let dropped = found.ok_or(DecisionsError::Unknown("ngoại lệ"))?;
    store::drop_line(&mut tx, line).await?;
    for (position, one) in (1..).zip(lines.iter().filter(|one| one.id != line)) {
        store::place_line(&mut tx, one.id, position).await?;
    }
    let entry = ctx.entry("decision.drop_exception", "decision", id).set("line", line);
    ledger::record(&mut tx, entry.set("recipient", dropped.recipient)).await?;
    tx.commit().await?;
    Ok(())
}

/// What stands under the name and whether it counts as a leader: post, unit, leading; as of today, as for a nomination.
async fn station(ctx: &Ctx<'_>, tx: &mut Tx, recipient: Recipient) -> Result<(String, String, bool), StoreError> {
    let (Recipient::Person(person), today) = (recipient, ctx.today()) else { return Ok(Default::default()) };
    let Some(station) = organization::queries::post_of(tx, person, today).await? else {
        return Ok(Default::default());
    };
    let unit = match station.unit {
        Some(unit) => organization::queries::unit(tx, unit, today).await?.map(|unit| unit.name),
        None => None,
    };
    Ok((station.title, unit.unwrap_or_default(), station.leader))
}
