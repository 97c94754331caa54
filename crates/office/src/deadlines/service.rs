//! Announcing and withdrawing days, with every open term that they move.

use kernel::calendar::Length;

use super::model::{Move, Preview, TermKind};
use super::{DeadlinesError, decision, store};
use crate::Ctx;
use crate::awards::terms::{self, ConsultationTerm};
use crate::calendar::service::{self as calendar, Change};
use crate::calendar::{AnnouncementId, NewAnnouncement};
use crate::db::Tx;
use crate::dossiers::terms as dossiers;
use crate::petitions::terms::{self as petitions, PetitionTerm};

/// How many dossiers a preview names; it counts them all.
const FIRST_DOSSIERS: usize = 20;

/// Enters a day and moves the open terms that it touches; answers those that moved.
///
/// # Errors
/// When the day does not fit what stands already, or is over and nobody said that this is known.
pub async fn declare(
    ctx: &Ctx<'_>,
    new: &NewAnnouncement,
    past_is_known: bool,
) -> Result<(AnnouncementId, Vec<Move>), DeadlinesError> {
    let mut tx = ctx.begin().await?;
    let change = calendar::declare_in(ctx, &mut tx, new, past_is_known).await?;
    let id = change.announcement.id;
    Ok((id, carry_out(ctx, tx, change).await?))
}

/// Withdraws an entry and moves the open terms back that it touched; answers those that moved.
///
/// # Errors
/// When there is no such entry, it was withdrawn before, or the reason is missing.
pub async fn withdraw(ctx: &Ctx<'_>, id: AnnouncementId, reason: &str) -> Result<Vec<Move>, DeadlinesError> {
    let mut tx = ctx.begin().await?;
    let change = calendar::withdraw_in(ctx, &mut tx, id, reason).await?;
    carry_out(ctx, tx, change).await
}

/// Moves the open terms, keeps everything, and only then puts the calendar in force.
async fn carry_out(ctx: &Ctx<'_>, mut tx: Tx, change: Change) -> Result<Vec<Move>, DeadlinesError> {
    let document = change.announcement.content.document.clone();
    let mut moves = Vec::new();
    for term in consultations(ctx, &mut tx, &change).await?.into_iter().filter(|term| term.open) {
        let Some(one) = moved(ctx, &term, &change) else { continue };
        terms::move_consultation(ctx, &mut tx, &term, one.new, &document).await?;
        store::add_move(&mut tx, change.announcement.id, change.withdrawal, &one, ctx.now()).await?;
        moves.push(one);
    }
    for term in petitions::terms(&mut tx).await? {
        let Some(one) = moved_petition(ctx, &term, &change) else { continue };
        petitions::move_term(ctx, &mut tx, &term, one.new, &document).await?;
        store::add_move(&mut tx, change.announcement.id, change.withdrawal, &one, ctx.now()).await?;
        moves.push(one);
    }
    let announced = (change.announcement.id, change.withdrawal, document.as_str());
    dossiers::carry_out(ctx, &mut tx, announced, &change.before, &change.after).await?;
    tx.commit().await?;
    change.take_effect(ctx.house);
    Ok(moves)
}

/// What a change would do; nothing is kept.
pub(super) async fn preview(ctx: &Ctx<'_>, tx: &mut Tx, change: &Change) -> Result<Preview, DeadlinesError> {
    let mut preview = Preview::default();
    for term in consultations(ctx, tx, change).await? {
        let runs_over = term.from < change.day() && change.day() <= term.last;
        match moved(ctx, &term, change).filter(|_| term.open) {
            Some(one) => preview.moves.push(one),
            None if term.open && runs_over => preview.unmoved.push(term.name),
            None if runs_over => preview.over.push(term.name),
            None => {}
        }
    }
    for term in petitions::terms(tx).await? {
        let runs_over = term.clock.from < change.day() && change.day() <= term.last;
        match moved_petition(ctx, &term, change) {
            Some(one) => preview.moves.push(one),
            None if term.clock.open && runs_over => preview.unmoved.push(term.name),
            None if runs_over => preview.over.push(term.name),
            None => {}
        }
    }
    let dossiers = dossiers::moves(tx, &change.before, &change.after, ctx.today()).await?;
    preview.dossiers = dossiers.len();
    let first = dossiers.into_iter().take(FIRST_DOSSIERS);
    preview.first_dossiers = first.map(|one| (one.dossier.facts.code, one.old, one.new)).collect();
    Ok(preview)
}

async fn consultations(ctx: &Ctx<'_>, tx: &mut Tx, change: &Change) -> Result<Vec<ConsultationTerm>, DeadlinesError> {
    Ok(terms::consultations(tx, &change.before, ctx.today()).await?)
}

fn moved(ctx: &Ctx<'_>, term: &ConsultationTerm, change: &Change) -> Option<Move> {
    let length = Length::WorkingDays(term.days);
    let new = decision::moved_to(&change.after, term.from, length, term.last, ctx.today())?;
    Some(Move { kind: TermKind::Consultation, id: term.campaign.0, name: term.name.clone(), old: term.last, new })
}

/// How the open term of a petition moves, its pauses with it; none when it stays or is over.
fn moved_petition(ctx: &Ctx<'_>, term: &PetitionTerm, change: &Change) -> Option<Move> {
    let counted = term.counted_with(&change.after).filter(|_| term.clock.open && ctx.today() <= term.last)?;
    let new = decision::never_into_the_past(counted, term.last, ctx.today())?;
    Some(Move { kind: TermKind::Petition, id: term.clock.id.0, name: term.name.clone(), old: term.last, new })
}
