//! Whom a task tells: its doers when it is assigned, comes back or is due; where it has none, who leads the unit.

use kernel::numbers::short_date;
use kernel::{Date, Permission};

use super::model::{EventKind, StateKind, Task};
use super::queries::REMINDED_BEFORE;
use super::{TasksError, store};
use crate::Ctx;
use crate::db::{StoreError, Tx};
use crate::notices::{NewNotice, NoticeKind, To, service};

fn doers(task: &Task) -> Vec<To> {
    if task.content.doers.is_empty() {
        vec![To::Holding(Permission::AssignTasks, task.unit)]
    } else {
        task.content.doers.iter().map(|person| To::Person(*person)).collect()
    }
}

fn notice(task: &Task, kind: NoticeKind, key: String, what: &str) -> NewNotice {
    NewNotice {
        kind,
        key,
        subject: format!("{what}: {} {}", task.code, task.content.title),
        url: format!("/noi-bo/nhiem-vu/{}", task.id),
    }
}

/// Tells the doers of what just happened to a task, where it concerns them; a doer who joins later is told once.
pub(super) async fn of_event(ctx: &Ctx<'_>, tx: &mut Tx, task: &Task, kind: EventKind) -> Result<(), StoreError> {
    let new = match kind {
        EventKind::Assigned | EventKind::Changed => {
            let due = short_date(task.due_on);
            let key = format!("task-assigned/{}", task.id);
            notice(task, NoticeKind::TaskAssigned, key, &format!("Nhiệm vụ được giao, hạn {due}"))
        }
        EventKind::Returned => {
            let key = format!("task-returned/{}/{}", task.id, task.version);
            notice(task, NoticeKind::TaskReturned, key, "Nhiệm vụ bị trả lại")
        }
        EventKind::DueMoved
        | EventKind::Attached
        | EventKind::Reported
        | EventKind::Accepted
        | EventKind::Cancelled => {
            return Ok(());
        }
    };
    service::raise(ctx, tx, &doers(task), &new).await
}

/// Tells the doers of tasks that are due soon or overdue, each once for each due day; nobody on a day off.
///
/// # Errors
/// When the actor does not assign tasks; what the store says.
pub async fn remind(ctx: &Ctx<'_>) -> Result<(), TasksError> {
    ctx.may(Permission::AssignTasks)?;
    let (today, calendar) = (ctx.today(), ctx.calendar());
    if !calendar.is_working(today) {
        return Ok(());
    }
    let mut tx = ctx.begin().await?;
    for task in store::all(&mut tx).await? {
        let to_do = matches!(task.state.kind(), StateKind::Open | StateKind::Returned);
        if !to_do || calendar.working_days_between(today, task.due_on.max(today)) > REMINDED_BEFORE {
            continue;
        }
        let new = due(&task, today);
        service::raise(ctx, &mut tx, &doers(&task), &new).await?;
    }
    tx.commit().await?;
    Ok(())
}

fn due(task: &Task, today: Date) -> NewNotice {
    let day = short_date(task.due_on);
    if task.due_on < today {
        let key = format!("task-late/{}/{}", task.id, task.due_on);
        notice(task, NoticeKind::TaskDue, key, &format!("Nhiệm vụ quá hạn {day}"))
    } else {
        let key = format!("task-due/{}/{}", task.id, task.due_on);
        notice(task, NoticeKind::TaskDue, key, &format!("Nhiệm vụ sắp đến hạn {day}"))
    }
}
