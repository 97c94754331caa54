//! Tasks that recur each month, quarter or year.
//!
//! A task becomes the first of a series. The next one is made on the day after the one before was due, with
//! what the newest one says at that moment. Which tasks must be there on a day follows from the first due day
//! alone, so that a server that stood still makes what was missed, once.

use kernel::{Date, Permission};

use super::decision::{due_of, numbers_by};
use super::model::{Every, Series, SeriesId, StateKind, Task, TaskId};
use super::service::{NewTask, assign_in};
use super::{TasksError, queries, store};
use crate::db::Tx;
use crate::{Ctx, House, ledger, organization};

/// Makes a task the first of a series that goes on until a day.
///
/// # Errors
/// When it belongs to one already or is settled, or the last day lies before the first or beyond the plan.
pub async fn repeat(
    ctx: &Ctx<'_>,
    id: TaskId,
    every: Every,
    last_due_on: Option<Date>,
) -> Result<SeriesId, TasksError> {
    ctx.may(Permission::AssignTasks)?;
    let mut tx = ctx.begin().await?;
    let task = queries::seen(ctx, &mut tx, id).await?;
    ctx.may_in(Permission::AssignTasks, task.unit)?;
    if task.series.is_some() || !task.state.kind().is_live() {
        return Err(TasksError::State { is: task.state.kind() });
    }
    let until = plan_end(ctx.house);
    let last_due_on = last_due_on.unwrap_or(until);
    if last_due_on < task.first_due_on || last_due_on > until {
        return Err(TasksError::OddEnd { from: task.first_due_on, until });
    }
    let series =
        Series { id: SeriesId::new(), every, first_due_on: task.first_due_on, last_due_on, ended_on: None, version: 1 };
    store::touch(&mut tx, &task).await?;
    store::add_series(&mut tx, &series, task.id).await?;
    let entry = ctx.entry("task.repeat", "task", task.id).ground(&task.content.clause);
    ledger::record(&mut tx, entry.set("every", every.code()).set("last_due_on", last_due_on)).await?;
    tx.commit().await?;
    Ok(series.id)
}

/// The last day of the plan.
#[must_use]
pub fn plan_end(house: &House) -> Date {
    let until = house.plan.period.until.unwrap_or(Date::MAX);
    until.yesterday().unwrap_or(until)
}

/// Ends a series: nothing more is made; what was made stays.
///
/// # Errors
/// When there is none that goes on, or it is not the actor's to end.
pub async fn end(ctx: &Ctx<'_>, id: SeriesId) -> Result<(), TasksError> {
    ctx.may(Permission::AssignTasks)?;
    let mut tx = ctx.begin().await?;
    let unknown = TasksError::Unknown("chuỗi nhiệm vụ lặp");
    let Some(series) = store::series(&mut tx, id).await?.filter(|one| one.ended_on.is_none()) else {
        return Err(unknown);
    };
    let Some(task) = store::newest_of_series(&mut tx, id).await? else { return Err(unknown) };
    queries::seen(ctx, &mut tx, task.id).await?;
    ctx.may_in(Permission::AssignTasks, task.unit)?;
    store::end_series(&mut tx, &series, ctx.today()).await?;
    ledger::record(&mut tx, ctx.entry("task.end_series", "task_series", id).set("unit", task.unit)).await?;
    tx.commit().await?;
    Ok(())
}

/// Makes the tasks of all series that must be there today and are not; answers how many. Run again it makes none.
///
/// # Errors
/// When the actor may not assign, and what the store says.
pub async fn make_due(ctx: &Ctx<'_>) -> Result<usize, TasksError> {
    ctx.may(Permission::AssignTasks)?;
    let all = {
        let mut tx = ctx.read().await?;
        store::all_series(&mut tx).await?
    };
    let mut made = 0;
    for series in all.iter().filter(|one| one.ended_on.is_none()) {
        let mut tx = ctx.begin().await?;
        let many = make_of(ctx, &mut tx, series).await?;
        if many > 0 {
            tx.commit().await?;
        }
        made += many;
    }
    Ok(made)
}

/// Makes what is missing of one series. A task that would have been due before today is due today: nobody is
/// late with what did not exist.
async fn make_of(ctx: &Ctx<'_>, tx: &mut Tx, series: &Series) -> Result<usize, TasksError> {
    let today = ctx.today();
    let mut made = 0;
    for number in numbers_by(series.every, series.first_due_on, series.last_due_on, today) {
        let Some(newest) = store::newest_of_series(tx, series.id).await? else { return Ok(made) };
        let there = newest.series.map_or(0, |(_, there)| there);
        let due = due_of(series.every, series.first_due_on, number);
        let (true, Some(due)) = (number > there, due) else { continue };
        let unit = organization::queries::unit(tx, newest.unit, today).await?;
        if !unit.is_some_and(|unit| unit.period.contains(today)) {
            return Ok(made);
        }
        let new = next(tx, &newest, number, due.max(today)).await?;
        let task = assign_in(ctx, tx, &new, &newest.content.doers).await?;
        store::put_in_series(tx, task.id, series.id, number).await?;
        made += 1;
    }
    Ok(made)
}

/// The next task: what the newest says; a part of the same task while that one is to be done.
async fn next(tx: &mut Tx, newest: &Task, number: i64, due_on: Date) -> Result<NewTask, TasksError> {
    let parent = match newest.parent {
        Some(id) => store::find(tx, id).await?,
        None => None,
    };
    let open = |task: &Task| matches!(task.state.kind(), StateKind::Open | StateKind::Returned);
    let first_code = newest.code.rsplit_once('/').map_or(newest.code.as_str(), |(first, _)| first);
    Ok(NewTask {
        code: format!("{first_code}/{}", number + 1),
        unit: newest.unit,
        parent: parent.filter(open).map(|task| task.id),
        due_on,
        content: newest.content.clone(),
    })
}
