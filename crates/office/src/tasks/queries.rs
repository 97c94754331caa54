//! Lists of tasks, one task in full, what waits for somebody.

use std::collections::BTreeMap;

use kernel::id::{PersonId, UnitId};
use kernel::{Date, Permission};

use super::decision::{Node, as_it_stood, progress};
use super::model::{Event, Series, StateKind, Task, TaskFile, TaskFileId, TaskId};
use super::service::{reporters, who};
pub use super::standing::{Standing, Then, files_on, hung_in, list_then, standings_on, stood_on};
use super::{TasksError, store};
use crate::Ctx;
use crate::db::{StoreError, Tx};
use crate::organization::{self, UnitView};

/// In how many working days a task is due when its doers are reminded. Why: docs/decisions/0022.
pub const REMINDED_BEFORE: i64 = 5;

/// Which tasks somebody sees: those that a unit of his leads or helps with, and his own.
pub(crate) struct Sight {
    /// None for all units.
    units: Option<Vec<UnitId>>,
    person: Option<PersonId>,
}

impl Sight {
    /// Of whoever acts, today.
    pub(crate) async fn of(ctx: &Ctx<'_>, tx: &mut Tx) -> Result<Self, StoreError> {
        let (today, person) = (ctx.today(), ctx.actor.person);
        let mut units = ctx.actor.units_for(Permission::ReadTasks, today);
        if let (Some(units), Some(person), Ok(())) = (&mut units, person, ctx.may(Permission::ReadPlan)) {
            let posts = organization::queries::posts_of(tx, person).await?;
            units.extend(posts.into_iter().filter(|post| post.period.contains(today)).map(|post| post.unit));
        }
        Ok(Self { units, person })
    }

    /// Whether this one is among them.
    pub(crate) fn sees(&self, task: &Task) -> bool {
        let Some(units) = &self.units else { return true };
        let own = self.person.is_some_and(|person| task.content.doers.contains(&person));
        own || units.contains(&task.unit) || task.content.coordinating.iter().any(|unit| units.contains(unit))
    }
}

/// A task that the actor may see.
///
/// # Errors
/// [`TasksError::Unknown`] also for one that he may not.
pub(super) async fn seen(ctx: &Ctx<'_>, tx: &mut Tx, id: TaskId) -> Result<Task, TasksError> {
    let sight = Sight::of(ctx, tx).await?;
    let task = store::find(tx, id).await?;
    task.filter(|task| sight.sees(task)).ok_or(TasksError::Unknown("nhiệm vụ"))
}

/// What is asked for in a list; what is left out does not narrow it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// The unit that leads or helps.
    pub unit: Option<UnitId>,
    /// The clause, or a clause above it.
    pub clause: String,
    /// Where it stands.
    pub state: Option<StateKind>,
    /// Only what is late.
    pub late: bool,
    /// Only what the actor does.
    pub mine: bool,
    /// Words of code, title or description.
    pub text: String,
}

impl Filter {
    /// Whether a task is asked for, late or not on this day.
    pub(super) fn takes(&self, ctx: &Ctx<'_>, task: &Task, day: Date) -> bool {
        let content = &task.content;
        let said = format!("{} {} {}", task.code, content.title, content.description);
        let under = |clause: &str| {
            clause == self.clause || clause.strip_prefix(&self.clause).is_some_and(|rest| rest.starts_with(['.', '#']))
        };
        self.unit.is_none_or(|unit| task.unit == unit || content.coordinating.contains(&unit))
            && (self.clause.is_empty() || under(&content.clause))
            && self.state.is_none_or(|state| task.state.kind() == state)
            && (!self.late || task.is_late(day))
            && (!self.mine || ctx.actor.person.is_some_and(|person| content.doers.contains(&person)))
            && kernel::text::Wanted::of(&self.text).is_in(&said)
    }
}

/// A task as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The task.
    pub task: Task,
    /// The name of the unit that leads, today.
    pub unit_name: String,
    /// The names of the units that help.
    pub coordinating: Vec<String>,
    /// The names of the doers.
    pub doers: Vec<String>,
    /// Its progress in basis points; none for one that was called off.
    pub progress: Option<i64>,
    /// The code of the task that it is a part of.
    pub parent_code: String,
    /// How many parts it has.
    pub children: usize,
}

/// All tasks of the house with their progress; those of other units count in a roll-up without being shown.
pub(super) struct All {
    pub(super) tasks: Vec<Task>,
    progress: BTreeMap<TaskId, Option<i64>>,
    units: BTreeMap<UnitId, String>,
    people: BTreeMap<PersonId, String>,
}

impl All {
    pub(super) async fn load(ctx: &Ctx<'_>, tx: &mut Tx) -> Result<Self, StoreError> {
        let tasks = store::all(tx).await?;
        let nodes: Vec<Node> = tasks.iter().map(Node::from).collect();
        let mut units: BTreeMap<_, _> =
            organization::queries::units(tx, ctx.today()).await?.into_iter().map(|unit| (unit.id, unit.name)).collect();
        let mut people: BTreeMap<_, _> = organization::queries::staff(tx, ctx.today())
            .await?
            .into_iter()
            .map(|person| (person.id, person.profile.name))
            .collect();
        // Units that were merged and people who left are rare: one by one.
        for task in &tasks {
            for unit in std::iter::once(&task.unit).chain(&task.content.coordinating) {
                if !units.contains_key(unit) {
                    let view = organization::queries::unit(tx, *unit, ctx.today()).await?;
                    units.insert(*unit, view.map(|unit| unit.name).unwrap_or_default());
                }
            }
            for person in &task.content.doers {
                if !people.contains_key(person) {
                    let known = organization::queries::person(tx, *person).await?;
                    people.insert(*person, known.map(|one| one.profile.name).unwrap_or_default());
                }
            }
        }
        Ok(Self { progress: progress(&nodes), tasks, units, people })
    }

    /// The same after these events, which are those until a day: without the tasks that nothing is known of until
    /// then, with the progress of that day.
    pub(super) fn after(self, events: &BTreeMap<TaskId, Vec<&Event>>) -> Self {
        let tasks: Vec<Task> = self.tasks.iter().filter_map(|task| as_it_stood(task, events.get(&task.id)?)).collect();
        let nodes: Vec<Node> = tasks.iter().map(Node::from).collect();
        Self { progress: progress(&nodes), tasks, ..self }
    }

    pub(super) fn listed(&self, task: &Task) -> Listed {
        let unit = |id: &UnitId| self.units.get(id).cloned().unwrap_or_default();
        let parent = task.parent.and_then(|id| self.tasks.iter().find(|one| one.id == id));
        Listed {
            unit_name: unit(&task.unit),
            coordinating: task.content.coordinating.iter().map(unit).collect(),
            doers: task.content.doers.iter().filter_map(|id| self.people.get(id).cloned()).collect(),
            progress: self.progress.get(&task.id).copied().flatten(),
            parent_code: parent.map(|one| one.code.clone()).unwrap_or_default(),
            children: self.tasks.iter().filter(|one| one.parent == Some(task.id)).count(),
            task: task.clone(),
        }
    }
}

/// The tasks that the actor may see and asked for, by first due day.
///
/// # Errors
/// When the actor may not read the plan.
pub async fn list(ctx: &Ctx<'_>, filter: &Filter) -> Result<Vec<Listed>, TasksError> {
    ctx.may(Permission::ReadPlan)?;
    let mut tx = ctx.read().await?;
    let sight = Sight::of(ctx, &mut tx).await?;
    let all = All::load(ctx, &mut tx).await?;
    let wanted = all.tasks.iter().filter(|task| sight.sees(task) && filter.takes(ctx, task, ctx.today()));
    Ok(wanted.map(|task| all.listed(task)).collect())
}

/// One task in full.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// The task.
    pub listed: Listed,
    /// The task that it is a part of, when the actor may see it.
    pub parent: Option<Listed>,
    /// Its parts that the actor may see.
    pub children: Vec<Listed>,
    /// Whether it has parts that the actor may not see.
    pub more_children: bool,
    /// The names of former doers.
    pub former: Vec<String>,
    /// What happened, oldest first.
    pub events: Vec<Event>,
    /// The evidence.
    pub files: Vec<TaskFile>,
    /// The series that it belongs to.
    pub series: Option<Series>,
    /// Whether the actor may report it as done.
    pub may_work: bool,
    /// Whether the actor may change it.
    pub may_assign: bool,
    /// Whether the actor may accept or return it.
    pub may_accept: bool,
    /// Whether the actor had a hand in it, and so does not accept it.
    pub own_work: bool,
}

/// One task.
///
/// # Errors
/// [`TasksError::Unknown`] also for one that the actor may not see.
pub async fn detail(ctx: &Ctx<'_>, id: TaskId) -> Result<Detail, TasksError> {
    ctx.may(Permission::ReadPlan)?;
    let mut tx = ctx.read().await?;
    let sight = Sight::of(ctx, &mut tx).await?;
    let all = All::load(ctx, &mut tx).await?;
    let task = all.tasks.iter().find(|task| task.id == id && sight.sees(task));
    let task = task.ok_or(TasksError::Unknown("nhiệm vụ"))?;
    let children: Vec<&Task> = all.tasks.iter().filter(|one| one.parent == Some(id)).collect();
    let seen: Vec<Listed> = children.iter().filter(|one| sight.sees(one)).map(|one| all.listed(one)).collect();
    let parent = all.tasks.iter().find(|one| Some(one.id) == task.parent && sight.sees(one));
    let series = match task.series {
        Some((series, _)) => store::series(&mut tx, series).await?,
        None => None,
    };
    let mut former = Vec::new();
    for person in &task.former {
        let known = organization::queries::person(&mut tx, *person).await?;
        former.extend(known.map(|one| one.profile.name));
    }
    let may_assign = ctx.may_in(Permission::AssignTasks, task.unit).is_ok();
    let does = ctx.actor.person.is_some_and(|person| task.content.doers.contains(&person));
    Ok(Detail {
        listed: all.listed(task),
        parent: parent.map(|one| all.listed(one)),
        more_children: seen.len() < children.len(),
        children: seen,
        former,
        events: store::events_of(&mut tx, id).await?,
        files: store::files(&mut tx, id).await?,
        series,
        may_work: may_assign || does,
        may_assign,
        may_accept: ctx.may_in(Permission::AcceptTasks, task.unit).is_ok(),
        own_work: task.is_own_work(&who(ctx), &reporters(&mut tx, id).await?),
    })
}

/// A file of evidence of a task that the actor may see.
///
/// # Errors
/// When there is none, or the task is not the actor's to see.
pub async fn file(ctx: &Ctx<'_>, id: TaskId, file: TaskFileId) -> Result<TaskFile, TasksError> {
    ctx.may(Permission::ReadPlan)?;
    let mut tx = ctx.read().await?;
    seen(ctx, &mut tx, id).await?;
    let files = store::files(&mut tx, id).await?;
    files.into_iter().find(|one| one.id == file).ok_or(TasksError::Unknown("tệp này"))
}

/// The units that the actor may assign tasks to, and all units for help.
///
/// # Errors
/// When the actor may not assign.
pub async fn units(ctx: &Ctx<'_>) -> Result<(Vec<UnitView>, Vec<UnitView>), TasksError> {
    ctx.may(Permission::AssignTasks)?;
    let mut tx = ctx.read().await?;
    let all = organization::queries::units(&mut tx, ctx.today()).await?;
    let own = all.iter().filter(|unit| ctx.may_in(Permission::AssignTasks, unit.id).is_ok()).cloned().collect();
    Ok((own, all))
}

/// The units of today that have tasks which the actor may see, for a choice.
///
/// # Errors
/// When the actor may not read the plan.
pub async fn seen_units(ctx: &Ctx<'_>) -> Result<Vec<UnitView>, TasksError> {
    ctx.may(Permission::ReadPlan)?;
    let mut tx = ctx.read().await?;
    let sight = Sight::of(ctx, &mut tx).await?;
    let mut units = organization::queries::units(&mut tx, ctx.today()).await?;
    units.retain(|unit| sight.units.as_ref().is_none_or(|own| own.contains(&unit.id)));
    Ok(units)
}

/// The people whom the actor may name as doers, with their unit, by unit and name.
///
/// # Errors
/// When the actor may not assign.
pub async fn people(ctx: &Ctx<'_>) -> Result<Vec<(UnitView, PersonId, String)>, TasksError> {
    let (own, _) = units(ctx).await?;
    let mut tx = ctx.read().await?;
    let mut found = Vec::new();
    for unit in own.into_iter().filter(|unit| unit.kind != organization::model::UnitKind::Office) {
        for member in organization::queries::members(&mut tx, unit.id, ctx.today()).await? {
            found.push((unit.clone(), member.person.id, member.person.profile.told_apart()));
        }
    }
    Ok(found)
}

/// What waits for the actor in this room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Waiting {
    /// A task of his own that is to be done: given back, late, or due soon.
    ToDo {
        /// The task.
        task: Box<Task>,
        /// Working days until it is due, today not counted; negative when that day is over.
        working_days: i64,
    },
    /// A task that he may accept.
    ToAccept {
        /// The task.
        task: Box<Task>,
    },
}

/// What waits for the actor, on working days only: on a day off nobody is reminded of anything.
///
/// # Errors
/// What the store says.
pub async fn waiting(ctx: &Ctx<'_>) -> Result<Vec<Waiting>, TasksError> {
    let (today, calendar) = (ctx.today(), ctx.calendar());
    if ctx.may(Permission::ReadPlan).is_err() || !calendar.is_working(today) {
        return Ok(Vec::new());
    }
    let mut tx = ctx.read().await?;
    let mut found = Vec::new();
    for task in store::all(&mut tx).await? {
        let does = ctx.actor.person.is_some_and(|person| task.content.doers.contains(&person));
        match task.state.kind() {
            StateKind::Open | StateKind::Returned if does => {
                let working_days = if task.due_on < today {
                    -calendar.working_days_between(task.due_on, today)
                } else {
                    calendar.working_days_between(today, task.due_on)
                };
                let soon = working_days <= REMINDED_BEFORE;
                if soon || task.is_late(today) || task.state.kind() == StateKind::Returned {
                    found.push(Waiting::ToDo { task: Box::new(task), working_days });
                }
            }
            StateKind::Reported if ctx.may_in(Permission::AcceptTasks, task.unit).is_ok() => {
                let reporters = reporters(&mut tx, task.id).await?;
                if !task.is_own_work(&who(ctx), &reporters) {
                    found.push(Waiting::ToAccept { task: Box::new(task) });
                }
            }
            _ => {}
        }
    }
    Ok(found)
}

/// The late tasks that a unit leads today, for its page.
///
/// # Errors
/// What the store says.
pub async fn late_of(ctx: &Ctx<'_>, unit: UnitId) -> Result<Vec<Listed>, TasksError> {
    let filter = Filter { unit: Some(unit), late: true, ..Filter::default() };
    Ok(list(ctx, &filter).await?.into_iter().filter(|one| one.task.unit == unit).collect())
}

/// A task as it stands, for rooms that assigned it.
///
/// # Errors
/// What the store says.
pub async fn standing(tx: &mut Tx, id: TaskId) -> Result<Option<Task>, StoreError> {
    store::find(tx, id).await
}

/// How many tasks hang on each clause; clauses without any, and called-off tasks, are left out.
///
/// # Errors
/// What the store says.
pub async fn count_by_clause(tx: &mut Tx) -> Result<Vec<(String, usize)>, StoreError> {
    store::count_by_clause(tx).await
}
