//! A task from assignment to acceptance.

use kernel::id::{PersonId, UnitId};
use kernel::{Date, Permission};

use super::model::{
    Act, Content, Event, EventKind, GREATEST_WEIGHT, MOST_LEVELS, State, StateKind, Task, TaskFile, TaskFileId, TaskId,
    Who,
};
use super::{TasksError, notify, store};
use crate::db::Tx;
use crate::{Ctx, StoreError, attachments, ledger, organization};

/// How often a fresh code is tried when others assign at the same moment.
const TRIES: usize = 5;

/// A task that is about to be assigned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTask {
    /// Its code; a fresh one when empty.
    pub code: String,
    /// The unit that leads.
    pub unit: UnitId,
    /// The task that it is a part of.
    pub parent: Option<TaskId>,
    /// The last day.
    pub due_on: Date,
    /// What it says.
    pub content: Content,
}

/// Who asks, as histories keep it.
pub(super) fn who(ctx: &Ctx<'_>) -> Who {
    Who { account: ctx.actor.account, person: ctx.actor.person, name: ctx.actor.name.clone() }
}

/// The text as it is kept; units are there today, each once. People who were not doers yet work in a unit that
/// takes part and that the actor may assign to: nobody learns names of other units through a task.
///
/// # Errors
/// Without a clause of the plan or a title, with a weight, a unit or a person that cannot be.
pub(super) async fn cleaned(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    unit: UnitId,
    content: &Content,
    old: &[PersonId],
) -> Result<Content, TasksError> {
    let mut content = Content {
        clause: content.clause.trim().to_owned(),
        title: kernel::text::clean_line(&content.title),
        description: kernel::text::clean_text(&content.description),
        ..content.clone()
    };
    if ctx.house.plan.clause(&content.clause).is_none() {
        return Err(TasksError::NoClause);
    }
    if content.title.is_empty() {
        return Err(TasksError::NoTitle);
    }
    if !(1..=GREATEST_WEIGHT).contains(&content.weight) {
        return Err(TasksError::OddWeight { most: GREATEST_WEIGHT });
    }
    content.coordinating.retain(|one| *one != unit);
    content.coordinating.sort_unstable();
    content.coordinating.dedup();
    for one in &content.coordinating {
        let view = organization::queries::unit(tx, *one, ctx.today()).await?;
        view.ok_or(TasksError::Unknown("đơn vị phối hợp"))?;
    }
    content.doers.sort_unstable();
    content.doers.dedup();
    for one in content.doers.iter().filter(|one| !old.contains(one)) {
        let posts = organization::queries::posts_of(tx, *one).await?;
        let takes_part = |in_unit: UnitId| in_unit == unit || content.coordinating.contains(&in_unit);
        let mut here = posts.iter().filter(|post| post.period.contains(ctx.today()) && takes_part(post.unit));
        if !here.any(|post| ctx.may_in(Permission::AssignTasks, post.unit).is_ok()) {
            return Err(TasksError::Unknown("người thực hiện trong đơn vị chủ trì, phối hợp"));
        }
    }
    Ok(content)
}

/// Assigns a task.
///
/// # Errors
/// Without a clause of the plan, to a unit that is no more, due before today, as a part of a task that is
/// settled or not the actor's to see.
pub async fn assign(ctx: &Ctx<'_>, new: &NewTask) -> Result<TaskId, TasksError> {
    ctx.may_in(Permission::AssignTasks, new.unit)?;
    let mut tries = 0;
    loop {
        let mut tx = ctx.begin().await?;
        match assign_in(ctx, &mut tx, new, &[]).await {
            Err(TasksError::Store(StoreError::Duplicate { .. })) if new.code.is_empty() && tries < TRIES => tries += 1,
            Err(error) => return Err(error),
            Ok(task) => {
                tx.commit().await?;
                return Ok(task.id);
            }
        }
    }
}

/// The same inside a transaction, for a series, a sheet or another room.
/// `known` are doers who come from an earlier task.
///
/// # Errors
/// As [`assign`]; [`StoreError::Duplicate`] when somebody else took the fresh code at the same moment.
pub async fn assign_in(ctx: &Ctx<'_>, tx: &mut Tx, new: &NewTask, known: &[PersonId]) -> Result<Task, TasksError> {
    ctx.may_in(Permission::AssignTasks, new.unit)?;
    let today = ctx.today();
    let unit = organization::queries::unit(tx, new.unit, today).await?.ok_or(TasksError::Unknown("đơn vị"))?;
    if !unit.period.contains(today) {
        return Err(TasksError::UnitEnded);
    }
    let content = cleaned(ctx, tx, new.unit, &new.content, known).await?;
    if new.due_on < today {
        return Err(TasksError::DueBefore { from: today });
    }
    if let Some(parent) = new.parent {
        joined(ctx, tx, parent).await?;
    }
    let code = match organization::model::code(&new.code) {
        Some(code) => code,
        None => fresh_code(tx, today).await?,
    };
    let task = Task {
        id: TaskId::new(),
        code,
        content,
        unit: new.unit,
        parent: new.parent,
        first_due_on: new.due_on,
        due_on: new.due_on,
        assigned_on: today,
        series: None,
        former: Vec::new(),
        state: State::Open,
        version: 1,
    };
    store::add(tx, &task).await?;
    tell(ctx, tx, &task, EventKind::Assigned, "", None).await?;
    Ok(task)
}

/// Makes a task the part of another one that is still to be done.
async fn joined(ctx: &Ctx<'_>, tx: &mut Tx, parent: TaskId) -> Result<(), TasksError> {
    let task = super::queries::seen(ctx, tx, parent).await?;
    task.must_be(&[StateKind::Open, StateKind::Returned])?;
    let (mut above, mut level) = (task.parent, 2);
    while let Some(id) = above {
        level += 1;
        if level > MOST_LEVELS {
            return Err(TasksError::TooDeep { most: MOST_LEVELS });
        }
        above = store::find(tx, id).await?.and_then(|one| one.parent);
    }
    store::touch(tx, &task).await?;
    Ok(())
}

async fn fresh_code(tx: &mut Tx, today: Date) -> Result<String, StoreError> {
    let beginning = format!("NV-{}-", today.year());
    let mut number = store::codes_like(tx, &beginning).await? + 1;
    loop {
        let code = format!("{beginning}{number:04}");
        if store::by_code(tx, &code).await?.is_none() {
            return Ok(code);
        }
        number += 1;
    }
}

/// Whether the actor works on a task: a doer, or who may assign it.
fn must_work_on(ctx: &Ctx<'_>, task: &Task) -> Result<(), TasksError> {
    if ctx.actor.person.is_some_and(|person| task.content.doers.contains(&person)) {
        return Ok(());
    }
    Ok(ctx.may_in(Permission::AssignTasks, task.unit)?)
}

/// Attaches a file of evidence, while the task is to be done.
///
/// # Errors
/// When the file is not taken, or the task is not the actor's to do.
pub async fn attach(ctx: &Ctx<'_>, id: TaskId, name: &str, bytes: &[u8]) -> Result<TaskFileId, TasksError> {
    ctx.may(Permission::ReadPlan)?;
    let name = kernel::text::clean_line(name);
    let mut tx = ctx.begin().await?;
    let task = super::queries::seen(ctx, &mut tx, id).await?;
    must_work_on(ctx, &task)?;
    task.must_be(&[StateKind::Open, StateKind::Returned])?;
    let kept = attachments::keep(ctx.house, &name, bytes)
        .map_err(|error| TasksError::BadFile { name: name.clone(), why: error.to_string() })?;
    let file = TaskFile {
        id: TaskFileId::new(),
        name: name.clone(),
        digest: kept.digest,
        size: kept.size,
        media_type: kept.media_type.to_owned(),
        at: ctx.now(),
        by: ctx.actor.name.clone(),
    };
    store::touch(&mut tx, &task).await?;
    store::add_file(&mut tx, id, &file).await?;
    tell(ctx, &mut tx, &task, EventKind::Attached, &name, None).await?;
    tx.commit().await?;
    Ok(file.id)
}

/// Reports a task as done, today.
///
/// # Errors
/// Without evidence, with open parts, when it is not to be done or not the actor's to do.
pub async fn report(ctx: &Ctx<'_>, id: TaskId, seen: i64, words: &str) -> Result<(), TasksError> {
    ctx.may(Permission::ReadPlan)?;
    let mut tx = ctx.begin().await?;
    let mut task = super::queries::seen(ctx, &mut tx, id).await?;
    must_work_on(ctx, &task)?;
    let files = store::files(&mut tx, id).await?.len();
    let open = open_children(&mut tx, id).await?;
    task.report(act(ctx, words), files, open)?;
    task.version = seen;
    store::save(&mut tx, &task, ctx.today()).await?;
    tell(ctx, &mut tx, &task, EventKind::Reported, words, None).await?;
    tx.commit().await?;
    Ok(())
}

/// Gives back what was reported, with a reason.
///
/// # Errors
/// When it does not wait for acceptance, or without a reason.
pub async fn give_back(ctx: &Ctx<'_>, id: TaskId, seen: i64, reason: &str) -> Result<(), TasksError> {
    ctx.may(Permission::AcceptTasks)?;
    let mut tx = ctx.begin().await?;
    let mut task = super::queries::seen(ctx, &mut tx, id).await?;
    ctx.may_in(Permission::AcceptTasks, task.unit)?;
    task.give_back(act(ctx, reason))?;
    task.version = seen;
    store::save(&mut tx, &task, ctx.today()).await?;
    tell(ctx, &mut tx, &task, EventKind::Returned, reason, None).await?;
    tx.commit().await?;
    Ok(())
}

/// Accepts what was reported, by somebody who had no hand in it. `seen` is the version counter that the
/// acceptor had before him.
///
/// # Errors
/// When it does not wait, is the actor's own work, or changed since it was read.
pub async fn accept(ctx: &Ctx<'_>, id: TaskId, seen: i64) -> Result<(), TasksError> {
    ctx.may(Permission::AcceptTasks)?;
    let mut tx = ctx.begin().await?;
    let mut task = super::queries::seen(ctx, &mut tx, id).await?;
    ctx.may_in(Permission::AcceptTasks, task.unit)?;
    let reporters = reporters(&mut tx, id).await?;
    task.accept(act(ctx, ""), &reporters)?;
    task.version = seen;
    store::save(&mut tx, &task, ctx.today()).await?;
    tell(ctx, &mut tx, &task, EventKind::Accepted, "", None).await?;
    tx.commit().await?;
    Ok(())
}

/// Calls a task off, with a reason.
///
/// # Errors
/// When it is settled, has open parts, or without a reason.
pub async fn cancel(ctx: &Ctx<'_>, id: TaskId, seen: i64, reason: &str) -> Result<(), TasksError> {
    ctx.may(Permission::AssignTasks)?;
    let mut tx = ctx.begin().await?;
    let mut task = super::queries::seen(ctx, &mut tx, id).await?;
    ctx.may_in(Permission::AssignTasks, task.unit)?;
    let open = open_children(&mut tx, id).await?;
    task.cancel(act(ctx, reason), open)?;
    task.version = seen;
    store::save(&mut tx, &task, ctx.today()).await?;
    tell(ctx, &mut tx, &task, EventKind::Cancelled, reason, None).await?;
    tx.commit().await?;
    Ok(())
}

/// Who ever reported a task as done.
pub(super) async fn reporters(tx: &mut Tx, id: TaskId) -> Result<Vec<Who>, StoreError> {
    let events = store::events_of(tx, id).await?.into_iter();
    Ok(events.filter(|one| one.kind == EventKind::Reported).map(|one| one.act.by).collect())
}

async fn open_children(tx: &mut Tx, id: TaskId) -> Result<usize, StoreError> {
    Ok(store::children(tx, id).await?.iter().filter(|one| one.state.kind().is_live()).count())
}

fn act(ctx: &Ctx<'_>, words: &str) -> Act {
    Act { by: who(ctx), on: ctx.today(), words: kernel::text::clean_text(words) }
}

/// Keeps what happened to a task: for the history that people read, and in the ledger, on the ground of its clause.
pub(super) async fn tell(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    task: &Task,
    kind: EventKind,
    words: &str,
    moved: Option<(Date, Date)>,
) -> Result<(), TasksError> {
    let event = Event { task: task.id, kind, at: ctx.now(), act: act(ctx, words), moved };
    store::add_event(tx, &event).await?;
    let action = match kind {
        EventKind::Assigned => "task.assign",
        EventKind::Changed => "task.edit",
        EventKind::DueMoved => "task.move_due",
        EventKind::Attached => "task.attach",
        EventKind::Reported => "task.report",
        EventKind::Returned => "task.return",
        EventKind::Accepted => "task.accept",
        EventKind::Cancelled => "task.cancel",
    };
    let mut entry = ctx.entry(action, "task", task.id).ground(&task.content.clause).set("unit", task.unit);
    if let Some((was, became)) = moved {
        entry = entry.set("was", was).set("became", became);
    }
    ledger::record(tx, entry).await?;
    notify::of_event(ctx, tx, task, kind).await?;
    Ok(())
}
