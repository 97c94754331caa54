//! What whoever handed a dossier in says of it: one answer for each receipt code, from 1 to 5, and nothing else.

use super::decision::WorkingDays;
use super::model::{Class, Dossier};
use super::{DossiersError, service, store};
use crate::movements::Work;
use crate::{Ctx, ledger};

/// Takes an answer about a dossier that has ended.
///
/// # Errors
/// When the code names no dossier that has ended, has answered before, or the answer is none.
pub async fn answer(ctx: &Ctx<'_>, code: &str, answer: i64) -> Result<(), DossiersError> {
    if !(1..=5).contains(&answer) {
        return Err(DossiersError::OddAnswer);
    }
    let mut tx = ctx.begin().await?;
    let (counted, last_import) = store::state(&mut tx).await?;
    let found = store::find(&mut tx, code.trim()).await?;
    let ended = |dossier: &Dossier| dossier.judged.days.is_some() && dossier.judged.class != Class::Outside;
    let old = found.filter(ended).ok_or(DossiersError::NotToBeAnswered)?;
    if old.answer.is_some() {
        return Err(DossiersError::AnsweredBefore);
    }
    let new = Dossier { answer: Some(answer), ..old.clone() };
    store::answer(&mut tx, &old.facts.code, answer, ctx.today()).await?;
    let (mut changes, days) = (service::Changes::default(), WorkingDays::of(&ctx.calendar()));
    service::recount(&mut changes, &days, &old, &new);
    store::add_to_cells(&mut tx, service::spread(changes)).await?;
    store::set_state(&mut tx, counted, last_import).await?;
    // The answer itself stays out of the ledger: who holds the code gave it.
    ledger::record(&mut tx, ctx.entry_of(Work::Dossiers, "dossiers.answer", "dossier", &old.facts.code)).await?;
    tx.commit().await?;
    Ok(())
}
