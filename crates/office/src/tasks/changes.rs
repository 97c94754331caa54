//! What changes of a task that is still to be done: its words and people, and, with a reason, its due day.

use kernel::{Date, Permission};

use super::model::{Content, EventKind, TaskId};
use super::service::{cleaned, tell};
use super::{TasksError, queries, store};
use crate::Ctx;

/// Changes what a task says. `seen` is the version counter that the writer had before him.
///
/// # Errors
/// When it waits for acceptance or is settled, with content that cannot be, and when somebody wrote in between.
pub async fn edit(ctx: &Ctx<'_>, id: TaskId, seen: i64, content: &Content) -> Result<(), TasksError> {
    ctx.may(Permission::AssignTasks)?;
    let mut tx = ctx.begin().await?;
    let mut task = queries::seen(ctx, &mut tx, id).await?;
    ctx.may_in(Permission::AssignTasks, task.unit)?;
    task.rewrite(cleaned(ctx, &mut tx, task.unit, content, &task.content.doers).await?)?;
    task.version = seen;
    store::save(&mut tx, &task, ctx.today()).await?;
    tell(ctx, &mut tx, &task, EventKind::Changed, "", None).await?;
    tx.commit().await?;
    Ok(())
}

/// Moves the due day with a reason; the first one stays and is what the task is measured by.
///
/// # Errors
/// Without a reason, to the same day, to before the task was assigned, and when it is settled or waits.
pub async fn move_due(ctx: &Ctx<'_>, id: TaskId, seen: i64, to: Date, reason: &str) -> Result<(), TasksError> {
    ctx.may(Permission::AssignTasks)?;
    let mut tx = ctx.begin().await?;
    let mut task = queries::seen(ctx, &mut tx, id).await?;
    ctx.may_in(Permission::AssignTasks, task.unit)?;
    let (was, reason) = (task.due_on, kernel::text::clean_text(reason));
    task.move_due(to, &reason)?;
    task.version = seen;
    store::save(&mut tx, &task, ctx.today()).await?;
    tell(ctx, &mut tx, &task, EventKind::DueMoved, &reason, Some((was, to))).await?;
    tx.commit().await?;
    Ok(())
}
