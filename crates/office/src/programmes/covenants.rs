//! Covenants: drawn up for a cluster of units, signed by each unit's head, locked by the last signature.

use kernel::Permission;
use kernel::id::UnitId;

use super::launches::participants;
use super::model::{
    Covenant, CovenantContent, CovenantEdition, CovenantEditionId, CovenantId, CovenantTarget, Signature,
};
use super::{ProgrammesError, store};
use crate::db::{StoreError, Tx};
use crate::movements::Work;
use crate::{Ctx, ledger};

/// Draws up a covenant between units that take part today.
///
/// # Errors
/// With less than two units, without text or targets, on a target that hangs on no clause.
pub async fn draw_up(
    ctx: &Ctx<'_>,
    name: &str,
    content: &CovenantContent,
    units: &[UnitId],
) -> Result<CovenantId, ProgrammesError> {
    ctx.may(Permission::LaunchMovement)?;
    let mut tx = ctx.begin().await?;
    let covenant = Covenant { id: CovenantId::new(), name: kernel::text::clean_line(name) };
    let edition = edition(ctx, &mut tx, covenant.id, 1, content, units).await?;
    store::add_covenant(&mut tx, &covenant).await?;
    store::add_covenant_edition(&mut tx, &edition, ctx.actor.account).await?;
    record(ctx, &mut tx, "covenant.draw_up", &edition).await?;
    tx.commit().await?;
    Ok(covenant.id)
}

/// Draws up the next version; every unit signs anew, and the older versions stay as they were signed.
/// `seen` is the number of the version that the writer had before him.
///
/// # Errors
/// As [`draw_up`], and when somebody else drew up a version in between.
pub async fn change(
    ctx: &Ctx<'_>,
    id: CovenantId,
    content: &CovenantContent,
    units: &[UnitId],
    seen: i64,
) -> Result<(), ProgrammesError> {
    ctx.may(Permission::LaunchMovement)?;
    let mut tx = ctx.begin().await?;
    let newest = store::covenant_editions(&mut tx, id).await?.pop().ok_or(ProgrammesError::Unknown("giao ước"))?;
    if newest.number != seen {
        return Err(StoreError::Stale { table: "covenant_versions" }.into());
    }
    // The number is unique in its covenant, so that of two changes at once one is refused.
    let edition = edition(ctx, &mut tx, id, seen + 1, content, units).await?;
    store::add_covenant_edition(&mut tx, &edition, ctx.actor.account).await?;
    record(ctx, &mut tx, "covenant.change", &edition).await?;
    tx.commit().await?;
    Ok(())
}

async fn edition(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    covenant: CovenantId,
    number: i64,
    content: &CovenantContent,
    units: &[UnitId],
) -> Result<CovenantEdition, ProgrammesError> {
    let chosen = participants(tx, ctx.today()).await?.into_iter().filter(|unit| units.contains(&unit.id));
    let signatures: Vec<Signature> = chosen.map(|unit| Signature { unit: unit.id, signed: None }).collect();
    if signatures.len() < 2 {
        return Err(ProgrammesError::TooFewUnits);
    }
    Ok(CovenantEdition {
        id: CovenantEditionId::new(),
        covenant,
        number,
        content: cleaned(ctx, content)?,
        drawn_up_on: ctx.today(),
        locked_at: None,
        signatures,
        version: 1,
    })
}

fn cleaned(ctx: &Ctx<'_>, content: &CovenantContent) -> Result<CovenantContent, ProgrammesError> {
    let mut targets = Vec::new();
    for (line, one) in (1..).zip(&content.targets) {
        let kept = CovenantTarget {
            clause: one.clause.trim().to_owned(),
            what: kernel::text::clean_line(&one.what),
            figure: kernel::text::clean_line(&one.figure),
        };
        if kept.clause.is_empty() && kept.what.is_empty() && kept.figure.is_empty() {
            continue;
        }
        if ctx.house.plan.clause(&kept.clause).is_none() {
            return Err(ProgrammesError::NoClause { line });
        }
        if kept.what.is_empty() {
            return Err(ProgrammesError::NoTask { line });
        }
        targets.push(kept);
    }
    let text = kernel::text::clean_text(&content.text);
    if text.is_empty() || targets.is_empty() {
        return Err(ProgrammesError::EmptyCovenant);
    }
    Ok(CovenantContent { text, targets })
}

/// Signs the newest version for a unit; the last signature locks it.
///
/// # Errors
/// When the unit has no place in it or signed already, or `edition` is not the newest version any more.
pub async fn sign(
    ctx: &Ctx<'_>,
    id: CovenantId,
    edition: CovenantEditionId,
    unit: UnitId,
) -> Result<(), ProgrammesError> {
    ctx.may_in(Permission::WriteProgramme, unit)?;
    let mut tx = ctx.begin().await?;
    let newest = store::covenant_editions(&mut tx, id).await?.pop().ok_or(ProgrammesError::Unknown("giao ước"))?;
    if newest.id != edition {
        return Err(ProgrammesError::OldEdition);
    }
    if !newest.signatures.iter().any(|one| one.unit == unit) {
        return Err(ProgrammesError::Unknown("đơn vị trong giao ước"));
    }
    if !store::sign(&mut tx, edition, unit, ctx.now(), (ctx.actor.account, &ctx.actor.name)).await? {
        return Err(ProgrammesError::AlreadySigned);
    }
    let open = newest.signatures.iter().filter(|one| one.signed.is_none() && one.unit != unit).count();
    // Two who sign at once must not both find the other's place empty: one of them is refused as stale.
    let signed = CovenantEdition { locked_at: (open == 0).then(|| ctx.now()), ..newest };
    store::save_covenant_edition(&mut tx, &signed).await?;
    let entry = ctx.entry_of(Work::Programmes, "covenant.sign", "covenant", id);
    ledger::record(&mut tx, entry.set("unit", unit).set("number", signed.number).set("open", open)).await?;
    tx.commit().await?;
    Ok(())
}

async fn record(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    action: &'static str,
    edition: &CovenantEdition,
) -> Result<(), ProgrammesError> {
    let entry = ctx.entry_of(Work::Programmes, action, "covenant", edition.covenant).set("number", edition.number);
    ledger::record(tx, entry.set("units", edition.signatures.len())).await?;
    Ok(())
}
