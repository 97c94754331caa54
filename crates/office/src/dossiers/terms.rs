//! The days that dossiers at work are held to, moved when the calendar changes.
//!
//! A day that is announced gives every dossier at work as many working days as it had; one that is done stays
//! as it was judged. Old and new day are kept for each, and the ledger holds their count and digest.

use kernel::Date;
use kernel::calendar::WorkCalendar;
use sha2::{Digest as _, Sha256};

use super::decision::{Terms, WorkingDays, judge_held};
use super::model::Dossier;
use super::{DossiersError, store};
use crate::calendar::AnnouncementId;
use crate::db::Tx;
use crate::{Ctx, StoreError, ledger};

/// How many dossiers are looked at together.
const TOGETHER: i64 = 5_000;

/// A dossier at work that is held to another day from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// The dossier as it was.
    pub dossier: Dossier,
    /// The day it was held to.
    pub old: Date,
    /// The day it is held to.
    pub new: Date,
}

/// Which dossiers at work a change of the calendar moves, in the order of their codes.
///
/// # Errors
/// What the store says.
pub async fn moves(
    tx: &mut Tx,
    before: &WorkCalendar,
    after: &WorkCalendar,
    today: Date,
) -> Result<Vec<Move>, StoreError> {
    let (before, after) = (WorkingDays::of(before), WorkingDays::of(after));
    let (mut moves, mut code) = (Vec::new(), String::new());
    loop {
        let some = store::running(tx, &code, TOGETHER).await?;
        let Some(last) = some.last() else { return Ok(moves) };
        code.clone_from(&last.facts.code);
        for dossier in some {
            let Some(old) = dossier.judged.held_to else { continue };
            let terms = Terms::of(&before, &dossier.facts, dossier.due_has_waiting);
            let moved = terms.moved(&before, &after, before.number(old), before.number(today));
            if let Some(new) = moved {
                moves.push(Move { dossier, old, new: after.date(new) });
            }
        }
    }
}

/// Holds the dossiers to their new days; answers how many there were.
///
/// # Errors
/// What the store says.
pub async fn carry_out(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    announcement: (AnnouncementId, bool, &str),
    before: &WorkCalendar,
    after: &WorkCalendar,
) -> Result<usize, DossiersError> {
    let (id, withdrawal, document) = announcement;
    let (counted, last_import) = store::state(tx).await?;
    let moves = moves(tx, before, after, ctx.today()).await?;
    if moves.is_empty() {
        return Ok(0);
    }
    let days = WorkingDays::of(after);
    let (mut cells, mut digest, mut rows) = (super::service::Changes::default(), Sha256::new(), Vec::new());
    for Move { dossier: old, old: was, new } in &moves {
        let terms = Terms::of(&days, &old.facts, old.due_has_waiting);
        let judged = judge_held(&days, &terms, Some(days.number(*new)));
        let changed = Dossier { judged, ..old.clone() };
        store::hold_to(tx, &changed).await?;
        super::service::recount(&mut cells, &days, old, &changed);
        digest.update(format!("{}\t{was}\t{new}\n", old.facts.code));
        rows.push((old.facts.code.clone(), *was, *new));
    }
    store::add_to_cells(tx, super::service::spread(cells)).await?;
    store::set_state(tx, counted, last_import).await?;
    store::add_moves(tx, id, withdrawal, &rows, ctx.now()).await?;
    let entry = ctx.entry("dossiers.move_due_days", "announcement", id).ground(document);
    let digest = data_encoding::HEXLOWER.encode(&digest.finalize());
    ledger::record(tx, entry.set("many", moves.len()).set("withdrawal", withdrawal).set("list", digest)).await?;
    Ok(moves.len())
}
