//! Where units stand, a unit's programme with its versions, receipts of a launch, covenants.

use kernel::id::UnitId;
use kernel::{Date, Permission};

use super::decision::{Coverage, Difference, UnitStanding, standings};
use super::launches::participants;
use super::model::{
    Covenant, CovenantEdition, CovenantId, Edition, Event, Launch, LaunchId, Line, Receipt, Standing, State,
};
use super::{ProgrammesError, store};
use crate::Ctx;
use crate::db::{StoreError, Tx};
use crate::organization::{self, UnitView};

/// The units whose programmes the actor may read: by grants, and those where the actor works today.
/// None means all of them.
async fn readable(ctx: &Ctx<'_>, tx: &mut Tx) -> Result<Option<Vec<UnitId>>, StoreError> {
    let today = ctx.today();
    let Some(mut units) = ctx.actor.units_for(Permission::ReadProgrammes, today) else { return Ok(None) };
    if let Some(person) = ctx.actor.person {
        let posts = organization::queries::posts_of(tx, person).await?;
        units.extend(posts.into_iter().filter(|post| post.period.contains(today)).map(|post| post.unit));
    }
    Ok(Some(units))
}

/// Where the units that took part on a day stood at its end. For other rooms too.
///
/// # Errors
/// What the store says.
pub async fn standings_in(tx: &mut Tx, day: Date) -> Result<Vec<UnitStanding>, StoreError> {
    let units = participants(tx, day).await?;
    let events = store::events(tx, day).await?;
    let due = store::launches(tx).await?.into_iter().find(|one| one.launched_on <= day).map(|one| one.due_on);
    Ok(standings(units, &events, due, day))
}

/// The share of units with a programme in force at the end of a day, for those who may read the plan: units
/// that existed on that day count, so a unit merged in mid-year counts until then.
///
/// # Errors
/// When the actor may not read the plan.
pub async fn coverage(ctx: &Ctx<'_>, day: Date) -> Result<Coverage, ProgrammesError> {
    ctx.may(Permission::ReadPlan)?;
    let mut tx = ctx.read().await?;
    Ok(Coverage::of(&standings_in(&mut tx, day).await?))
}

/// The list of units on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// How many have a programme in force, of all units.
    pub coverage: Coverage,
    /// How many units stand where; they add up to the number of units.
    pub counts: Vec<(Standing, usize)>,
    /// The units that the actor may read.
    pub units: Vec<UnitStanding>,
    /// Whether these are all of them.
    pub whole: bool,
}

/// Where every unit stood at the end of a day. Numbers are for all who read the plan; names of units with
/// their standing only for those who may read their programmes.
///
/// # Errors
/// When the actor may not read the plan.
pub async fn overview(ctx: &Ctx<'_>, day: Date) -> Result<Overview, ProgrammesError> {
    ctx.may(Permission::ReadPlan)?;
    let mut tx = ctx.read().await?;
    let mut units = standings_in(&mut tx, day).await?;
    let coverage = Coverage::of(&units);
    let count = |standing: Standing| units.iter().filter(|one| one.standing == standing).count();
    let counts = Standing::ALL.iter().map(|standing| (*standing, count(*standing))).collect();
    let own = readable(ctx, &mut tx).await?;
    if let Some(own) = &own {
        units.retain(|one| own.contains(&one.unit.id));
    }
    Ok(Overview { coverage, counts, units, whole: own.is_none() })
}

/// A unit's programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// The unit with its name of today.
    pub unit: UnitView,
    /// All versions, oldest first; none when nothing was written yet.
    pub editions: Vec<Edition>,
    /// What happened, oldest first.
    pub events: Vec<Event>,
    /// The least letters of a reason.
    pub shortest_reason: usize,
}

impl Detail {
    /// A version with what changed since the one before it.
    #[must_use]
    pub fn edition(&self, number: i64) -> Option<(&Edition, Option<Difference>)> {
        let edition = self.editions.iter().find(|one| one.number == number)?;
        let before = self.editions.iter().find(|one| one.number == number - 1);
        Some((edition, before.map(|before| Difference::between(&before.content, &edition.content))))
    }
}

/// The programme of a unit with all versions that the actor may see: a draft is its unit's own until it was
/// handed in.
///
/// # Errors
/// [`ProgrammesError::Unknown`] also for a unit that the actor may not read.
pub async fn detail(ctx: &Ctx<'_>, unit: UnitId) -> Result<Detail, ProgrammesError> {
    ctx.may(Permission::ReadPlan)?;
    let mut tx = ctx.read().await?;
    let unknown = || ProgrammesError::Unknown("đơn vị");
    if readable(ctx, &mut tx).await?.is_some_and(|own| !own.contains(&unit)) {
        return Err(unknown());
    }
    let view = organization::queries::unit(&mut tx, unit, ctx.today()).await?;
    let view = view.filter(super::model::takes_part).ok_or_else(unknown)?;
    let mut editions = match store::programme_of(&mut tx, unit).await? {
        Some(programme) => store::editions(&mut tx, programme).await?,
        None => Vec::new(),
    };
    if ctx.may_in(Permission::WriteProgramme, unit).is_err() {
        editions.retain(|one| one.state != State::Draft);
    }
    let mut events = store::events(&mut tx, ctx.today()).await?;
    events.retain(|one| one.unit == unit);
    let (shortest_reason, _) = store::settings(&mut tx).await?;
    Ok(Detail { unit: view, editions, events, shortest_reason })
}

/// A line of the receipts of a launch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptLine {
    /// The unit with its name of today.
    pub unit: UnitView,
    /// Whether and by whom it was opened.
    pub receipt: Receipt,
    /// The days on which the unit was reminded, the newest first.
    pub reminded: Vec<Date>,
    /// Where its programme stands; none for a unit that takes no part any more.
    pub standing: Option<Standing>,
}

/// All launches, the newest first.
///
/// # Errors
/// When the actor may not read the plan.
pub async fn launches(ctx: &Ctx<'_>) -> Result<Vec<Launch>, ProgrammesError> {
    ctx.may(Permission::ReadPlan)?;
    let mut tx = ctx.read().await?;
    Ok(store::launches(&mut tx).await?)
}

/// A launch with the receipts of the units that the actor may read.
///
/// # Errors
/// When there is none.
pub async fn launch(ctx: &Ctx<'_>, id: LaunchId) -> Result<(Launch, Vec<ReceiptLine>), ProgrammesError> {
    ctx.may(Permission::ReadPlan)?;
    let mut tx = ctx.read().await?;
    let launch = store::launch(&mut tx, id).await?.ok_or(ProgrammesError::Unknown("đợt phát động"))?;
    let own = readable(ctx, &mut tx).await?;
    let reminders = store::reminders(&mut tx, id).await?;
    let standings = standings_in(&mut tx, ctx.today()).await?;
    let mut lines = Vec::new();
    for receipt in store::receipts(&mut tx, id).await? {
        if own.as_ref().is_some_and(|own| !own.contains(&receipt.unit)) {
            continue;
        }
        let Some(unit) = organization::queries::unit(&mut tx, receipt.unit, ctx.today()).await? else { continue };
        let reminded = reminders.iter().filter(|(to, _)| *to == receipt.unit).map(|(_, on)| *on).collect();
        let standing = standings.iter().find(|one| one.unit.id == receipt.unit).map(|one| one.standing);
        lines.push(ReceiptLine { unit, receipt, reminded, standing });
    }
    lines.sort_by_key(|line| (line.unit.position, line.unit.id));
    Ok((launch, lines))
}

/// What waits for the actor in this room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Waiting {
    /// A launch that the unit has not opened.
    Unopened {
        /// The launch.
        launch: Launch,
        /// The unit.
        unit: UnitView,
    },
    /// A programme to be written or handed in.
    ToWrite {
        /// Where the unit stands.
        standing: UnitStanding,
        /// By when.
        due_on: Date,
        /// The last day on which the unit was reminded.
        reminded_on: Option<Date>,
    },
    /// A programme or an amendment that waits for approval.
    ToApprove {
        /// The unit.
        unit: UnitView,
    },
    /// A covenant that the unit has not signed.
    ToSign {
        /// Which one.
        covenant: Covenant,
        /// The unit.
        unit: UnitView,
    },
}

/// What waits for the actor, as a unit's head or as the chief.
///
/// # Errors
/// What the store says.
pub async fn waiting(ctx: &Ctx<'_>) -> Result<Vec<Waiting>, ProgrammesError> {
    let today = ctx.today();
    let mut found = Vec::new();
    let own = ctx.actor.units_for(Permission::WriteProgramme, today).unwrap_or_default();
    let approves = ctx.may(Permission::ApproveProgramme).is_ok();
    if own.is_empty() && !approves {
        return Ok(found);
    }
    let mut tx = ctx.read().await?;
    let standings = standings_in(&mut tx, today).await?;
    for launch in store::launches(&mut tx).await?.into_iter().take(1) {
        let receipts = store::receipts(&mut tx, launch.id).await?;
        let reminders = store::reminders(&mut tx, launch.id).await?;
        for one in standings.iter().filter(|one| own.contains(&one.unit.id)) {
            if receipts.iter().any(|receipt| receipt.unit == one.unit.id && receipt.opened.is_none()) {
                found.push(Waiting::Unopened { launch: launch.clone(), unit: one.unit.clone() });
            }
            if matches!(one.standing, Standing::NotSent | Standing::Returned) {
                let reminded_on = reminders.iter().find(|(unit, _)| *unit == one.unit.id).map(|(_, on)| *on);
                found.push(Waiting::ToWrite { standing: one.clone(), due_on: launch.due_on, reminded_on });
            }
        }
    }
    for covenant in store::covenants(&mut tx).await? {
        let Some(newest) = store::covenant_editions(&mut tx, covenant.id).await?.pop() else { continue };
        for signature in newest.signatures.iter().filter(|one| one.signed.is_none() && own.contains(&one.unit)) {
            if let Some(unit) = organization::queries::unit(&mut tx, signature.unit, today).await? {
                found.push(Waiting::ToSign { covenant: covenant.clone(), unit });
            }
        }
    }
    let waits =
        |one: &UnitStanding| one.standing == Standing::Waiting || matches!(one.amendment, Some((_, State::Submitted)));
    if approves {
        found.extend(standings.into_iter().filter(waits).map(|one| Waiting::ToApprove { unit: one.unit }));
    }
    Ok(found)
}

/// A covenant with its versions, oldest first.
pub type CovenantDetail = (Covenant, Vec<CovenantEdition>);

/// All covenants: for whoever reads the plan, since a covenant is made to be seen.
///
/// # Errors
/// When the actor may not read the plan.
pub async fn covenants(ctx: &Ctx<'_>) -> Result<Vec<CovenantDetail>, ProgrammesError> {
    ctx.may(Permission::ReadPlan)?;
    let mut tx = ctx.read().await?;
    let mut found = Vec::new();
    for covenant in store::covenants(&mut tx).await? {
        let editions = store::covenant_editions(&mut tx, covenant.id).await?;
        found.push((covenant, editions));
    }
    Ok(found)
}

/// One covenant, with the names of its units today.
///
/// # Errors
/// When there is none.
pub async fn covenant(ctx: &Ctx<'_>, id: CovenantId) -> Result<(CovenantDetail, Vec<UnitView>), ProgrammesError> {
    ctx.may(Permission::ReadPlan)?;
    let mut tx = ctx.read().await?;
    let covenant = store::covenant(&mut tx, id).await?.ok_or(ProgrammesError::Unknown("giao ước"))?;
    let editions = store::covenant_editions(&mut tx, id).await?;
    let mut units: Vec<UnitView> = Vec::new();
    for signature in editions.iter().flat_map(|one| &one.signatures) {
        if units.iter().any(|one| one.id == signature.unit) {
            continue;
        }
        units.extend(organization::queries::unit(&mut tx, signature.unit, ctx.today()).await?);
    }
    Ok(((covenant, editions), units))
}

/// The units that take part today, for a choice.
///
/// # Errors
/// When the actor may not read the plan.
pub async fn units(ctx: &Ctx<'_>) -> Result<Vec<UnitView>, ProgrammesError> {
    ctx.may(Permission::ReadPlan)?;
    let mut tx = ctx.read().await?;
    Ok(participants(&mut tx, ctx.today()).await?)
}

/// How many lines of programmes in force hang on each clause; clauses without any are left out.
///
/// # Errors
/// What the store says.
pub async fn count_by_clause(tx: &mut Tx) -> Result<Vec<(String, usize)>, StoreError> {
    store::count_by_clause(tx).await
}

/// What the programmes in force of the units that the actor may read hang on a clause, with each unit's name of
/// today; none for a unit that is not there any more.
///
/// # Errors
/// When the actor may not read the plan.
pub async fn lines_on(ctx: &Ctx<'_>, clause: &str) -> Result<Vec<(UnitId, String, Line)>, ProgrammesError> {
    ctx.may(Permission::ReadPlan)?;
    let mut tx = ctx.read().await?;
    let own = readable(ctx, &mut tx).await?;
    let mut found = Vec::new();
    for (unit, line) in store::lines_on(&mut tx, clause).await? {
        if own.as_ref().is_none_or(|own| own.contains(&unit)) {
            let view = organization::queries::unit(&mut tx, unit, ctx.today()).await?;
            found.push((unit, view.map(|unit| unit.name).unwrap_or_default(), line));
        }
    }
    Ok(found)
}

/// On which clause each programme in force hangs a task, for which unit, due when where it says so. For other rooms:
/// without the words.
///
/// # Errors
/// What the store says.
pub async fn hung_in(tx: &mut Tx) -> Result<Vec<(String, UnitId, Option<Date>)>, StoreError> {
    let lines = store::lines_on(tx, "").await?;
    Ok(lines.into_iter().map(|(unit, line)| (line.clause, unit, line.due_on)).collect())
}
