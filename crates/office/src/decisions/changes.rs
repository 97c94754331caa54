//! What is done to issued lines: corrected, revoked, paid. History stays.

use kernel::numbers::short_date;
use kernel::{Date, Permission};

use super::model::{Amendment, Decision, DecisionState, Line, LineEvent, LineId, LineState};
use super::past::{Printed, printed};
use super::service::find;
use super::{DecisionsError, proof, store};
use crate::db::Tx;
use crate::{Ctx, history, ledger, records};

/// A line in force, which nobody else changes until this transaction is over.
async fn issued(tx: &mut Tx, id: LineId) -> Result<Line, DecisionsError> {
    let line = store::line(tx, id).await?.ok_or(DecisionsError::Unknown("dòng này"))?;
    let decision = find(tx, line.decision).await?;
    if decision.state != DecisionState::Issued {
        return Err(DecisionsError::NotIssued);
    }
    // The decision is taken first and the line read again: what was true of it a moment ago may be over.
    store::save(tx, &decision).await?;
    valid(tx, id).await
}

/// A line that is not revoked.
async fn valid(tx: &mut Tx, id: LineId) -> Result<Line, DecisionsError> {
    let line = store::line(tx, id).await?.ok_or(DecisionsError::Unknown("dòng này"))?;
    match line.state {
        LineState::Revoked => Err(DecisionsError::LineState { is: line.state_words() }),
        LineState::Valid | LineState::Corrected => Ok(line),
    }
}

/// Corrects the printed words of a line, inside the transaction that puts the change in force.
pub(super) async fn correct_in(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    decision: &Decision,
    id: LineId,
    to: &Amendment,
) -> Result<(), DecisionsError> {
    let mut line = valid(tx, id).await?;
    let was = format!("{} – {}", line.name, line.title);
    history::changed(ctx, tx, printed(&line), "correct", &Printed::of(&line)).await?;
    line.name.clone_from(&to.name);
    line.title.clone_from(&to.title);
    line.state = LineState::Corrected;
    store::save_line(tx, &line).await?;
    let became = format!("{} – {}", line.name, line.title);
    let event = LineEvent { on: ctx.today(), verb: "correct".to_owned(), was, became, reason: to.reason.clone() };
    store::add_event(tx, id, ctx.actor.account, &event).await?;
    ledger::record(tx, ctx.entry("decision.correct", "decision_line", id)).await?;
    Ok(proof::record_content(ctx, tx, decision, &line).await?)
}

/// Revokes a line, inside the transaction that puts the change in force: the award record, the register, the
/// verification page and the statistics follow.
pub(super) async fn revoke_in(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    decision: &Decision,
    id: LineId,
    on: Date,
    reason: &str,
) -> Result<(), DecisionsError> {
    let mut line = valid(tx, id).await?;
    let was = line.state.name_vi().to_owned();
    history::changed(ctx, tx, printed(&line), "revoke", &Printed::of(&line)).await?;
    line.state = LineState::Revoked;
    store::save_line(tx, &line).await?;
    if let Some(award) = line.past_award {
        records::service::revoke_award_in(ctx, tx, award, on, reason).await?;
    }
    let became = match line.paid_on {
        Some(_) => format!("{}; phải thu hồi tiền thưởng đã chi", line.state_words()),
        None => line.state_words().to_owned(),
    };
    let event = LineEvent { on, verb: "revoke".to_owned(), was, became, reason: reason.to_owned() };
    store::add_event(tx, id, ctx.actor.account, &event).await?;
    ledger::record(tx, ctx.entry("decision.revoke", "decision_line", id).set("day", on)).await?;
    Ok(proof::record_content(ctx, tx, decision, &line).await?)
}

/// Records that the money of a line was paid, inside a transaction of the fund's book: whether the year of
/// that day still takes payments, the book knows.
///
/// # Errors
/// When it was not issued, is revoked, no money is known, or the day is before the decision or after today.
pub async fn pay_in(ctx: &Ctx<'_>, tx: &mut Tx, id: LineId, on: Date) -> Result<(), DecisionsError> {
    ctx.may(Permission::KeepFund)?;
    let mut line = issued(tx, id).await?;
    if line.paid_on.is_some() {
        return Err(DecisionsError::LineState { is: "đã chi tiền thưởng" });
    }
    let Some(money) = line.money.clone() else {
        return Err(DecisionsError::LineState { is: "chưa xác định tiền thưởng" });
    };
    let issued_on = find(tx, line.decision).await?.issued_on;
    if on > ctx.today() || issued_on.is_some_and(|issued| on < issued) {
        return Err(DecisionsError::OddPayDay {
            day: short_date(on),
            issued: issued_on.map(short_date).unwrap_or_default(),
        });
    }
    history::changed(ctx, tx, printed(&line), "pay", &Printed::of(&line)).await?;
    line.paid_on = Some(on);
    store::save_line(tx, &line).await?;
    let became = kernel::numbers::Dong(money.amount).to_string();
    let event = LineEvent { on, verb: "pay".to_owned(), was: String::new(), became, reason: money.citation };
    store::add_event(tx, id, ctx.actor.account, &event).await?;
    ledger::record(tx, ctx.entry("decision.pay", "decision_line", id).set("amount", money.amount)).await?;
    let decision = find(tx, line.decision).await?;
    Ok(proof::record_content(ctx, tx, &decision, &line).await?)
}
