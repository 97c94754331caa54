//! What becomes of issued decisions: one person proposes a correction, a revocation or an annulment, another puts
//! it in force. History stays, and the decision reads as it was signed.

use kernel::{Date, Permission};

use super::changes::{correct_in, revoke_in};
use super::model::{
    Amendment, AmendmentId, AmendmentKind, AmendmentState, Decision, DecisionId, DecisionState, LineId, LineState,
};
use super::service::{find, reasoned};
use super::{DecisionsError, proof, store};
use crate::db::Tx;
use crate::{Ctx, awards, identity, ledger};

/// The verb of the ledger under which a proposal stands with the digest of its words.
const PROPOSE: &str = "decision.propose";

/// A change about to be proposed.
#[derive(Debug, Clone)]
pub enum Proposal {
    /// The printed words of a line.
    Correct {
        /// The line.
        line: LineId,
        /// The right name.
        name: String,
        /// The right post.
        title: String,
    },
    /// A line that shall be revoked.
    Revoke(LineId),
    /// A decision that shall be annulled.
    Annul(DecisionId),
}

impl Proposal {
    fn kind(&self) -> AmendmentKind {
        match self {
            Self::Correct { .. } => AmendmentKind::Correct,
            Self::Revoke(_) => AmendmentKind::Revoke,
            Self::Annul(_) => AmendmentKind::Annul,
        }
    }

    fn line(&self) -> Option<LineId> {
        match self {
            Self::Correct { line, .. } | Self::Revoke(line) => Some(*line),
            Self::Annul(_) => None,
        }
    }
}

/// The decision, issued and in force, which nobody else changes until this transaction is over.
async fn in_force(tx: &mut Tx, id: DecisionId) -> Result<Decision, DecisionsError> {
    let decision = find(tx, id).await?;
    if decision.state != DecisionState::Issued {
        return Err(DecisionsError::NotIssued);
    }
    store::save(tx, &decision).await?;
    if decision.annulled_on.is_some() {
        return Err(DecisionsError::LineState { is: "thuộc quyết định đã hủy bỏ" });
    }
    Ok(Decision { version: decision.version + 1, ..decision })
}

/// Proposes a change of an issued decision, with reason and ground.
///
/// # Errors
/// When it was not issued, is revoked or annulled, something is proposed for it already, or the reason says nothing.
pub async fn propose(ctx: &Ctx<'_>, proposal: Proposal, reason: &str) -> Result<AmendmentId, DecisionsError> {
    ctx.may(Permission::DraftDecision)?;
    let reason = reasoned(reason)?;
    let mut tx = ctx.begin().await?;
    let line = match proposal.line() {
        Some(id) => Some(store::line(&mut tx, id).await?.ok_or(DecisionsError::Unknown("dòng này"))?),
        None => None,
    };
    let decision = match (&proposal, &line) {
        (Proposal::Annul(decision), _) => *decision,
        (_, Some(line)) => line.decision,
        (_, None) => return Err(DecisionsError::Unknown("dòng này")),
    };
    in_force(&mut tx, decision).await?;
    if let Some(line) = line.as_ref().filter(|line| line.state == LineState::Revoked) {
        return Err(DecisionsError::LineState { is: line.state_words() });
    }
    let waiting = store::amendments(&mut tx, decision).await?;
    let clashes = |one: &&Amendment| {
        one.state == AmendmentState::Proposed && (one.line.is_none() || line.is_none() || one.line == proposal.line())
    };
    if let Some(one) = waiting.iter().find(clashes) {
        return Err(DecisionsError::Proposed { what: one.kind.name_vi() });
    }
    if let (Proposal::Correct { name, title, .. }, Some(line)) = (&proposal, &line)
        && (kernel::text::clean_line(name), kernel::text::clean_line(title)) == (line.name.clone(), line.title.clone())
    {
        return Err(DecisionsError::LineState { is: "đã ghi đúng như vậy" });
    }
    let (name, title) = match &proposal {
        Proposal::Correct { name, title, .. } => (kernel::text::clean_line(name), kernel::text::clean_line(title)),
        Proposal::Revoke(_) | Proposal::Annul(_) => Default::default(),
    };
    let amendment = Amendment {
        id: AmendmentId::new(),
        decision,
        line: proposal.line(),
        kind: proposal.kind(),
        name,
        title,
        reason,
        proposed_by: ctx.actor.account,
        proposed_on: ctx.today(),
        state: AmendmentState::Proposed,
        decided_by: None,
        decided_on: None,
        answer: None,
        version: 1,
    };
    store::add_amendment(&mut tx, &amendment).await?;
    note(ctx, &mut tx, PROPOSE, &amendment).await?;
    tx.commit().await?;
    Ok(amendment.id)
}

/// The ledger's line about a change: what is done to which line, without the words themselves.
async fn note(ctx: &Ctx<'_>, tx: &mut Tx, verb: &'static str, one: &Amendment) -> Result<(), DecisionsError> {
    let mut entry = ctx.entry(verb, "amendment", one.id).set("decision", one.decision).set("kind", one.kind.code());
    entry = entry.set("content", proof::of_amendment(&ctx.house.keys, one));
    if let Some(line) = one.line {
        entry = entry.set("line", line);
    }
    Ok(ledger::record(tx, entry).await?)
}

/// A change that waits, taken for deciding on it.
async fn waiting(tx: &mut Tx, id: AmendmentId) -> Result<Amendment, DecisionsError> {
    let amendment = store::amendment(tx, id).await?.ok_or(DecisionsError::Unknown("đề nghị này"))?;
    match amendment.state {
        AmendmentState::Proposed => Ok(amendment),
        state => Err(DecisionsError::AmendmentState { is: state.name_vi() }),
    }
}

/// Puts a proposed change in force and answers its decision: certificates, register, award records, verification and statistics follow.
///
/// # Errors
/// When the actor proposed it, it was decided already, or what it changes is revoked meanwhile.
pub async fn confirm(ctx: &Ctx<'_>, id: AmendmentId) -> Result<DecisionId, DecisionsError> {
    ctx.may(Permission::SignDecision)?;
    let mut tx = ctx.begin().await?;
    let mut amendment = waiting(&mut tx, id).await?;
    if identity::queries::is_one_of(ctx, &mut tx, amendment.proposed_by.as_slice()).await? {
        return Err(DecisionsError::OwnProposal);
    }
    let proposed = ledger::queries::field(&mut tx, PROPOSE, &amendment.id.to_string(), "content").await?;
    if proposed != Some(proof::of_amendment(&ctx.house.keys, &amendment)) {
        return Err(DecisionsError::AmendmentState {
            is: "đã bị sửa ngoài chương trình, không duyệt; báo người kiểm tra",
        });
    }
    let mut decision = in_force(&mut tx, amendment.decision).await?;
    let today = ctx.today();
    match (amendment.kind, amendment.line) {
        (AmendmentKind::Correct, Some(line)) => correct_in(ctx, &mut tx, &decision, line, &amendment).await?,
        (AmendmentKind::Revoke, Some(line)) => {
            revoke_in(ctx, &mut tx, &decision, line, today, &amendment.reason).await?;
            if let Some(nomination) = store::line(&mut tx, line).await?.and_then(|line| line.nomination) {
                let words = format!("{}: {}", decision.number_text(), amendment.reason);
                awards::outcomes::revoked_in(ctx, &mut tx, nomination, &words).await?;
            }
        }
        _ => annul(ctx, &mut tx, &mut decision, today, &amendment.reason).await?,
    }
    settle(ctx, &mut tx, &mut amendment, AmendmentState::Confirmed, None).await?;
    tx.commit().await?;
    Ok(amendment.decision)
}

async fn annul(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    decision: &mut Decision,
    on: Date,
    reason: &str,
) -> Result<(), DecisionsError> {
    decision.annulled_on = Some(on);
    store::save(tx, decision).await?;
    let words = format!("{}: {reason}", decision.number_text());
    for line in &store::lines(tx, decision.id).await? {
        if let Some(nomination) = line.nomination {
            awards::outcomes::annulled_in(ctx, tx, nomination, &words).await?;
        }
        match line.state {
            LineState::Revoked => proof::record_content(ctx, tx, decision, line).await?,
            LineState::Valid | LineState::Corrected => revoke_in(ctx, tx, decision, line.id, on, reason).await?,
        }
    }
    Ok(())
}

/// Does not accept a proposed change, with the reason; or takes one's own back.
///
/// # Errors
/// When it was decided already, or the reason says nothing.
pub async fn refuse(ctx: &Ctx<'_>, id: AmendmentId, reason: &str) -> Result<DecisionId, DecisionsError> {
    let mut tx = ctx.begin().await?;
    let mut amendment = waiting(&mut tx, id).await?;
    may_refuse(ctx, &mut tx, &amendment).await?;
    let reason = reasoned(reason)?;
    settle(ctx, &mut tx, &mut amendment, AmendmentState::Refused, Some(reason)).await?;
    tx.commit().await?;
    Ok(amendment.decision)
}

async fn may_refuse(ctx: &Ctx<'_>, tx: &mut Tx, amendment: &Amendment) -> Result<(), DecisionsError> {
    if !identity::queries::is_one_of(ctx, tx, amendment.proposed_by.as_slice()).await? {
        ctx.may(Permission::SignDecision)?;
    }
    Ok(())
}

/// Whether a change still waits for this actor's no.
///
/// # Errors
/// As [`refuse`].
pub async fn waits(ctx: &Ctx<'_>, id: AmendmentId) -> Result<(), DecisionsError> {
    let mut tx = ctx.read().await?;
    let amendment = waiting(&mut tx, id).await?;
    may_refuse(ctx, &mut tx, &amendment).await
}

async fn settle(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    amendment: &mut Amendment,
    state: AmendmentState,
    answer: Option<String>,
) -> Result<(), DecisionsError> {
    amendment.state = state;
    amendment.decided_by = ctx.actor.account;
    amendment.decided_on = Some(ctx.today());
    amendment.answer = answer;
    store::save_amendment(tx, amendment).await?;
    let verb = if state == AmendmentState::Confirmed { "decision.amend" } else { "decision.refuse_amendment" };
    note(ctx, tx, verb, amendment).await
}

/// What was proposed for a decision, the oldest first.
///
/// # Errors
/// When the actor may not read decisions.
pub async fn of_decision(ctx: &Ctx<'_>, id: DecisionId) -> Result<Vec<Amendment>, DecisionsError> {
    ctx.may(Permission::ReadDecisions)?;
    Ok(store::amendments(&mut ctx.read().await?, id).await?)
}

/// All that is proposed and not decided, for who may put it in force.
///
/// # Errors
/// When the actor may not sign.
pub async fn all_waiting(ctx: &Ctx<'_>) -> Result<Vec<(Amendment, Decision)>, DecisionsError> {
    ctx.may(Permission::SignDecision)?;
    let mut tx = ctx.read().await?;
    let mut found = Vec::new();
    for amendment in store::waiting_amendments(&mut tx).await? {
        let decision = find(&mut tx, amendment.decision).await?;
        found.push((amendment, decision));
    }
    Ok(found)
}
