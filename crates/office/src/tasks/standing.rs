//! Where tasks stood at the end of a day, as lists and as numbers by one rule, and what hangs on a clause with them.

use std::collections::BTreeMap;

use kernel::id::UnitId;
use kernel::{Date, Permission};

use super::decision::{Count, Stood, stood};
use super::model::{Event, EventKind, StateKind, Task, TaskFile, TaskId};
use super::queries::{All, Filter, Listed, Sight};
use super::{TasksError, store};
use crate::Ctx;
use crate::db::{StoreError, Tx};

/// What happened to each task, oldest first.
fn by_task(events: &[Event]) -> BTreeMap<TaskId, Vec<&Event>> {
    let mut found: BTreeMap<TaskId, Vec<&Event>> = BTreeMap::new();
    for event in events {
        found.entry(event.task).or_default().push(event);
    }
    found
}

/// A task with where it stood at the end of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The task, with its words and names of today.
    pub listed: Listed,
    /// Where it stood, by the same rule as [`stood_on`].
    pub stood: Stood,
    /// Whether it was reported as done and waited for acceptance.
    pub reported: bool,
}

/// The tasks that the actor may see and that a unit leads, or all of them, with where each stood at the end of a day.
/// Those that were not assigned yet, or called off by then, are left out.
///
/// # Errors
/// When the actor may not read the plan.
pub async fn standings_on(ctx: &Ctx<'_>, unit: Option<UnitId>, day: Date) -> Result<Vec<Standing>, TasksError> {
    ctx.may(Permission::ReadPlan)?;
    let mut tx = ctx.read().await?;
    let sight = Sight::of(ctx, &mut tx).await?;
    let events = store::events_until(&mut tx, day).await?;
    let by_task = by_task(&events);
    let all = All::load(ctx, &mut tx).await?;
    let mut found = Vec::new();
    for task in all.tasks.iter().filter(|task| sight.sees(task) && unit.is_none_or(|unit| task.unit == unit)) {
        let own = by_task.get(&task.id).map_or(&[][..], Vec::as_slice);
        if let Some(stood) = stood(task.first_due_on, own, day) {
            let turns = [EventKind::Reported, EventKind::Returned, EventKind::Accepted];
            let last = own.iter().rev().find(|event| turns.contains(&event.kind));
            let reported = last.is_some_and(|event| event.kind == EventKind::Reported);
            found.push(Standing { listed: all.listed(task), stood, reported });
        }
    }
    Ok(found)
}

/// The list of tasks as it stood at the end of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Then {
    /// The tasks with the state, the due day and the progress of that day, and their words and names of today.
    pub tasks: Vec<Listed>,
    /// How many tasks that the actor may see had been assigned by then without a history that reaches back so far:
    /// nobody can tell how they stood.
    pub undated: usize,
}

/// The tasks that the actor may see and asked for, as they stood at the end of a day, by first due day.
///
/// # Errors
/// When the actor may not read the plan.
pub async fn list_then(ctx: &Ctx<'_>, filter: &Filter, day: Date) -> Result<Then, TasksError> {
    ctx.may(Permission::ReadPlan)?;
    let mut tx = ctx.read().await?;
    let sight = Sight::of(ctx, &mut tx).await?;
    let events = store::events_until(&mut tx, day).await?;
    let by_task = by_task(&events);
    let all = All::load(ctx, &mut tx).await?;
    let lost = |task: &&Task| sight.sees(task) && task.assigned_on <= day && !by_task.contains_key(&task.id);
    let undated = all.tasks.iter().filter(lost).count();
    let all = all.after(&by_task);
    let wanted = all.tasks.iter().filter(|task| sight.sees(task) && filter.takes(ctx, task, day));
    Ok(Then { tasks: wanted.map(|task| all.listed(task)).collect(), undated })
}

/// How many tasks of each clause and each unit that leads stood where at the end of a day, measured by their
/// first due days. Called-off ones are left out. For other rooms: numbers without names.
///
/// # Errors
/// What the store says.
pub async fn stood_on(tx: &mut Tx, day: Date) -> Result<BTreeMap<(String, UnitId), Count>, StoreError> {
    let events = store::events_until(tx, day).await?;
    let by_task = by_task(&events);
    let mut counts: BTreeMap<(String, UnitId), Count> = BTreeMap::new();
    for task in store::all(tx).await? {
        let own = by_task.get(&task.id).map_or(&[][..], Vec::as_slice);
        if let Some(stood) = stood(task.first_due_on, own, day) {
            counts.entry((task.content.clause, task.unit)).or_default().add(stood);
        }
    }
    Ok(counts)
}

/// The evidence of the tasks on a clause that the actor may see, each with its task, the newest first.
///
/// # Errors
/// When the actor may not read the plan.
pub async fn files_on(ctx: &Ctx<'_>, clause: &str) -> Result<Vec<(Task, TaskFile)>, TasksError> {
    ctx.may(Permission::ReadPlan)?;
    let mut tx = ctx.read().await?;
    let sight = Sight::of(ctx, &mut tx).await?;
    let mut tasks: BTreeMap<TaskId, Task> = store::all(&mut tx).await?.into_iter().map(|one| (one.id, one)).collect();
    tasks.retain(|_, task| sight.sees(task));
    let files = store::files_on(&mut tx, clause).await?;
    Ok(files.into_iter().filter_map(|(id, file)| Some((tasks.get(&id)?.clone(), file))).collect())
}

/// On which clause each task hangs, which units lead and help, and when it is due; called-off ones are left out. For
/// other rooms: without the words.
///
/// # Errors
/// What the store says.
pub async fn hung_in(tx: &mut Tx) -> Result<Vec<(String, Vec<UnitId>, Date)>, StoreError> {
    let tasks = store::all(tx).await?.into_iter().filter(|task| task.state.kind() != StateKind::Cancelled);
    let hung = tasks.map(|task| {
        let mut units = task.content.coordinating;
        units.push(task.unit);
        (task.content.clause, units, task.due_on)
    });
    Ok(hung.collect())
}
