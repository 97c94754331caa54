//! The launch: the plan sent to the units, opened there, and what reminds of it.

use kernel::id::UnitId;
use kernel::{Date, Permission};

use super::model::{Launch, LaunchId, takes_part};
use super::{ProgrammesError, store};
use crate::db::{StoreError, Tx};
use crate::movements::Work;
use crate::organization::{self, UnitView};
use crate::{Ctx, ledger};

/// A launch about to be sent.
#[derive(Debug, Clone)]
pub struct NewLaunch {
    /// What it is called.
    pub title: String,
    /// What the sender writes to the units.
    pub message: String,
    /// The last day for handing in a programme.
    pub due_on: Date,
}

/// The units that take part on a day, in their order.
pub(super) async fn participants(tx: &mut Tx, day: Date) -> Result<Vec<UnitView>, StoreError> {
    let units = organization::queries::units(tx, day).await?;
    Ok(units.into_iter().filter(takes_part).collect())
}

/// Sends the plan to every unit that takes part today.
///
/// # Errors
/// When there is none, or programmes would be due before today.
pub async fn launch(ctx: &Ctx<'_>, new: &NewLaunch) -> Result<LaunchId, ProgrammesError> {
    ctx.may(Permission::LaunchMovement)?;
    if new.due_on < ctx.today() {
        return Err(ProgrammesError::DueBefore);
    }
    let mut tx = ctx.begin().await?;
    let units = participants(&mut tx, ctx.today()).await?;
    if units.is_empty() {
        return Err(ProgrammesError::NoUnits);
    }
    let launch = Launch {
        id: LaunchId::new(),
        title: new.title.clone(),
        message: new.message.clone(),
        due_on: new.due_on,
        launched_at: ctx.now(),
        launched_on: ctx.today(),
        launched_by: ctx.actor.name.clone(),
    };
    store::add_launch(&mut tx, &launch, ctx.actor.account).await?;
    for unit in &units {
        store::add_receipt(&mut tx, launch.id, unit.id).await?;
    }
    let entry = ctx.entry_of(Work::Programmes, "programme.launch", "launch", launch.id);
    ledger::record(&mut tx, entry.set("units", units.len()).set("due_on", launch.due_on)).await?;
    tx.commit().await?;
    Ok(launch.id)
}

/// Keeps that the actor, who writes for some units, opened a launch: for each unit the first time only.
///
/// Whoever writes for the whole Office opens it for no unit in particular.
///
/// # Errors
/// What the store says.
pub async fn open(ctx: &Ctx<'_>, id: LaunchId) -> Result<(), ProgrammesError> {
    let Some(own) = ctx.actor.units_for(Permission::WriteProgramme, ctx.today()) else { return Ok(()) };
    let mut read = ctx.read().await?;
    let receipts = store::receipts(&mut read, id).await?;
    drop(read);
    let new: Vec<UnitId> = receipts
        .into_iter()
        .filter(|one| one.opened.is_none() && own.contains(&one.unit))
        .map(|one| one.unit)
        .collect();
    if new.is_empty() {
        return Ok(());
    }
    let mut tx = ctx.begin().await?;
    for unit in new {
        let first = store::open(&mut tx, id, unit, ctx.now(), (ctx.actor.account, &ctx.actor.name)).await?;
        if first {
            ledger::record(&mut tx, ctx.entry("programme.open", "launch", id).set("unit", unit)).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// Reminds a unit of a launch, at most once a working day; it stands on the first page of the unit's head.
///
/// # Errors
/// On a day off, a second time on one day, when the unit has handed in or takes no part any more.
pub async fn remind(ctx: &Ctx<'_>, id: LaunchId, unit: UnitId) -> Result<(), ProgrammesError> {
    ctx.may(Permission::LaunchMovement)?;
    let today = ctx.today();
    if !ctx.calendar().is_working(today) {
        return Err(ProgrammesError::DayOff);
    }
    let mut tx = ctx.begin().await?;
    let view = organization::queries::unit(&mut tx, unit, today).await?.ok_or(ProgrammesError::Unknown("đơn vị"))?;
    if !store::receipts(&mut tx, id).await?.iter().any(|one| one.unit == unit) {
        return Err(ProgrammesError::Unknown("đợt phát động"));
    }
    if !view.period.contains(today) {
        return Err(ProgrammesError::TakesNoPart { name: view.name });
    }
    let standings = super::queries::standings_in(&mut tx, today).await?;
    let waits = |one: &super::decision::UnitStanding| {
        one.unit.id == unit
            && matches!(one.standing, super::model::Standing::NotSent | super::model::Standing::Returned)
    };
    if !standings.iter().any(waits) {
        return Err(ProgrammesError::NothingToRemind { name: view.name });
    }
    match store::add_reminder(&mut tx, id, unit, today, ctx.actor.account).await {
        Err(StoreError::Duplicate { .. }) => return Err(ProgrammesError::RemindedToday { name: view.name }),
        other => other?,
    }
    ledger::record(&mut tx, ctx.entry("programme.remind", "launch", id).set("unit", unit)).await?;
    tx.commit().await?;
    Ok(())
}
