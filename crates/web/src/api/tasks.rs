//! Tasks: listed as today or as on a past day, one with its dates, history and evidence; assigned, reported,
//! accepted, given back and moved with the permissions and the sentences of the pages.

use kernel::id::{PersonId, UnitId};
use kernel::{Date, Permission, Timestamp};
use office::StoreError;
use office::tasks::model::{Content, Event, Series, StateKind, TaskFile};
use office::tasks::queries::{self, Filter, Listed};
use office::tasks::service::{self, NewTask};
use office::tasks::{TaskId, TasksError, changes};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Operation;
use super::answer::{Given, give, give_version, made};
use super::asked::{Asked, Of, Seen, Sent, known_on, told, word};
use super::page::{List, Paging};
use crate::doors::{Doors, Need};
use crate::here::Here;
use crate::page::{Refusal, sentence};

/// The longest title, as on the form.
const LONGEST: usize = 300;

/// The doors of this file.
pub fn doors(doors: Doors) -> Doors {
    let read = Need::May(Permission::ReadPlan);
    let assign = Need::May(Permission::AssignTasks);
    let accepts = Need::May(Permission::AcceptTasks);
    let all = Operation::get("/api/v1/tasks", read, "Các nhiệm vụ, theo hạn giao ban đầu");
    let new = Operation::make("/api/v1/tasks", assign, "Giao một nhiệm vụ");
    let one = Operation::get("/api/v1/tasks/{task}", read, "Một nhiệm vụ: các ngày, diễn biến, minh chứng");
    let done = Operation::post("/api/v1/tasks/{task}/report", read, "Báo cáo hoàn thành một nhiệm vụ");
    let good = Operation::post("/api/v1/tasks/{task}/accept", accepts, "Nghiệm thu một nhiệm vụ");
    let back = Operation::post("/api/v1/tasks/{task}/return", accepts, "Trả lại một nhiệm vụ, nêu lý do");
    let due = Operation::post("/api/v1/tasks/{task}/due", assign, "Đổi hạn một nhiệm vụ, nêu lý do");
    doors
        .api(all.asks::<TasksAsked>().gives::<TasksView>(), list)
        .api(new.takes::<TaskAssigned>().gives::<TaskView>().versioned(), create)
        .api(one.gives::<TaskView>().versioned(), show)
        .api(done.takes::<TaskReported>().gives::<TaskView>().needs_version(), report)
        .api(good.gives::<TaskView>().needs_version(), accept)
        .api(back.takes::<TaskReturned>().gives::<TaskView>().needs_version(), give_back)
        .api(due.takes::<TaskMoved>().gives::<TaskView>().needs_version(), move_due)
}

/// Which tasks are asked for; what is left out does not narrow the list.
#[derive(Deserialize, JsonSchema)]
struct TasksAsked {
    /// The unit that leads or helps.
    unit: Option<Uuid>,
    /// The clause of the plan, or a clause above it: `III`, `III.1`.
    #[serde(default)]
    clause: String,
    /// `open`, `reported`, `returned`, `accepted` or `cancelled`.
    #[serde(default)]
    state: String,
    /// Only what is late against the first due day.
    #[serde(default)]
    late: bool,
    /// Only what the owner of the token does.
    #[serde(default)]
    mine: bool,
    /// Words of code, title or description.
    #[serde(default)]
    text: String,
    /// As it stood at the end of this day; now when left out.
    known_on: Option<Date>,
    /// The cursor from `next` of the page before.
    #[serde(default)]
    cursor: String,
    /// How many lines at most: 1 to 200, 50 when left out.
    limit: Option<usize>,
}

/// A page of tasks.
#[derive(Serialize, JsonSchema)]
struct TasksView {
    items: Vec<OneTask>,
    /// The cursor of the next page; none on the last.
    next: Option<String>,
    /// How many tasks were there on the day that is asked for without a history that tells how they stood; none
    /// when it is told as of now. State, due day and progress are those of the day; words, weights, units and
    /// people are those of today.
    undated: Option<usize>,
}

/// A task.
#[derive(Serialize, JsonSchema)]
struct OneTask {
    id: Uuid,
    code: String,
    clause: String,
    title: String,
    /// The unit that leads.
    unit: Uuid,
    unit_name: String,
    /// The units that help.
    coordinating: Vec<Uuid>,
    doers: Vec<Uuid>,
    doer_names: Vec<String>,
    /// The task that it is a part of.
    parent: Option<Uuid>,
    weight: i64,
    assigned_on: Date,
    /// The due day it was assigned with; it never changes.
    first_due_on: Date,
    due_on: Date,
    /// The day of the report that stands.
    done_on: Option<Date>,
    /// `open`, `reported`, `returned`, `accepted` or `cancelled`.
    state: &'static str,
    /// Days early (positive) or late (negative) against the first due day; none while it is neither done nor late.
    days_early: Option<i64>,
    /// The same against the due day as it stands.
    days_early_by_moved: Option<i64>,
    /// Whether it is late against the first due day and not accepted.
    late: bool,
    /// In basis points; none for one that was called off.
    progress: Option<i64>,
    /// How many parts it has.
    parts: usize,
    version: i64,
}

impl OneTask {
    fn new(one: &Listed, day: Date) -> Self {
        let task = &one.task;
        Self {
            id: task.id.0,
            code: task.code.clone(),
            clause: task.content.clause.clone(),
            title: task.content.title.clone(),
            unit: task.unit.0,
            unit_name: one.unit_name.clone(),
            coordinating: task.content.coordinating.iter().map(|unit| unit.0).collect(),
            doers: task.content.doers.iter().map(|person| person.0).collect(),
            doer_names: one.doers.clone(),
            parent: task.parent.map(|parent| parent.0),
            weight: task.content.weight,
            assigned_on: task.assigned_on,
            first_due_on: task.first_due_on,
            due_on: task.due_on,
            done_on: task.done_on(),
            state: task.state.kind().code(),
            days_early: task.days_early(day),
            days_early_by_moved: task.days_early_by_moved(day),
            late: task.is_late(day),
            progress: one.progress,
            parts: one.children,
            version: task.version,
        }
    }
}

/// A task in full.
#[derive(Serialize, JsonSchema)]
struct TaskView {
    #[serde(flatten)]
    task: OneTask,
    description: String,
    /// The names of people who were doers once.
    former_doers: Vec<String>,
    /// Its parts that the owner of the token may see.
    children: Vec<OneTask>,
    /// Whether it has parts that the owner may not see.
    more_children: bool,
    /// What happened, oldest first.
    history: Vec<TaskEvent>,
    evidence: Vec<TaskEvidence>,
    /// The series of tasks that it belongs to.
    series: Option<TaskSeries>,
    /// Whether the owner of the token had a hand in it, and so does not accept it.
    own_work: bool,
}

/// Something that happened to a task.
#[derive(Serialize, JsonSchema)]
struct TaskEvent {
    /// `assigned`, `changed`, `due_moved`, `attached`, `reported`, `returned`, `accepted` or `cancelled`.
    kind: &'static str,
    on: Date,
    #[schemars(with = "String")]
    at: Timestamp,
    by: String,
    /// What was said; the reason where one is asked.
    words: String,
    /// The due day before and after, when it was moved.
    due_was: Option<Date>,
    due_became: Option<Date>,
}

impl From<&Event> for TaskEvent {
    fn from(one: &Event) -> Self {
        Self {
            kind: one.kind.code(),
            on: one.act.on,
            at: one.at,
            by: one.act.by.name.clone(),
            words: one.act.words.clone(),
            due_was: one.moved.map(|(was, _)| was),
            due_became: one.moved.map(|(_, became)| became),
        }
    }
}

/// A file of evidence.
#[derive(Serialize, JsonSchema)]
struct TaskEvidence {
    name: String,
    /// SHA-256 of its bytes.
    digest: String,
    /// In bytes.
    size: i64,
    media_type: String,
    #[schemars(with = "String")]
    at: Timestamp,
    by: String,
}

impl From<&TaskFile> for TaskEvidence {
    fn from(one: &TaskFile) -> Self {
        Self {
            name: one.name.clone(),
            digest: one.digest.clone(),
            size: one.size,
            media_type: one.media_type.clone(),
            at: one.at,
            by: one.by.clone(),
        }
    }
}

/// A series of tasks that recur.
#[derive(Serialize, JsonSchema)]
struct TaskSeries {
    id: Uuid,
    /// `month`, `quarter` or `year`.
    every: &'static str,
    first_due_on: Date,
    /// No task is due after this day.
    last_due_on: Date,
    ended_on: Option<Date>,
}

impl From<&Series> for TaskSeries {
    fn from(one: &Series) -> Self {
        Self {
            id: one.id.0,
            every: one.every.code(),
            first_due_on: one.first_due_on,
            last_due_on: one.last_due_on,
            ended_on: one.ended_on,
        }
    }
}

async fn list(here: Here, Asked(asked): Asked<TasksAsked>) -> Given {
    let (ctx, today) = (here.ctx(), here.visit.today);
    let state = word("state", &asked.state, StateKind::from_code)?;
    let filter = Filter {
        unit: asked.unit.map(UnitId),
        clause: asked.clause.trim().to_owned(),
        state,
        late: asked.late,
        mine: asked.mine,
        text: asked.text,
    };
    let (found, day, undated) = match known_on(&here, asked.known_on)? {
        None => (queries::list(&ctx, &filter).await.map_err(said)?, today, None),
        Some(day) => {
            let then = queries::list_then(&ctx, &filter, day).await.map_err(said)?;
            (then.tasks, day, Some(then.undated))
        }
    };
    let paging = Paging { cursor: asked.cursor, limit: asked.limit };
    let all = found.iter().map(|one| OneTask::new(one, day)).collect();
    let key = |one: &OneTask| format!("{} {}", one.first_due_on, one.id);
    let List { items, next } = List::from_all(all, &paging, key)?;
    give(&TasksView { items, next, undated })
}

async fn view(here: &Here, id: TaskId) -> Result<(TaskView, i64), Refusal> {
    let (found, today) = (queries::detail(&here.ctx(), id).await.map_err(said)?, here.visit.today);
    let version = found.listed.task.version;
    let view = TaskView {
        task: OneTask::new(&found.listed, today),
        description: found.listed.task.content.description.clone(),
        former_doers: found.former,
        children: found.children.iter().map(|one| OneTask::new(one, today)).collect(),
        more_children: found.more_children,
        history: found.events.iter().map(TaskEvent::from).collect(),
        evidence: found.files.iter().map(TaskEvidence::from).collect(),
        series: found.series.as_ref().map(TaskSeries::from),
        own_work: found.own_work,
    };
    Ok((view, version))
}

async fn show(here: Here, Of(id): Of<TaskId>) -> Given {
    let (view, version) = view(&here, id).await?;
    give_version(&view, version)
}

/// What a change made of a task, as far as the token may read it.
async fn after(here: &Here, id: TaskId) -> Given {
    match view(here, id).await {
        Ok((view, version)) => give_version(&view, version),
        // A token may write without being able to read: then the id is all it is told.
        Err(_) => give(&serde_json::json!({ "id": id })),
    }
}

/// A task to be assigned.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct TaskAssigned {
    /// Its code; a fresh one when left out.
    #[serde(default)]
    code: String,
    /// The clause of the plan: `III.1`.
    clause: String,
    title: String,
    #[serde(default)]
    description: String,
    /// The unit that leads.
    unit: Uuid,
    /// Units that help.
    #[serde(default)]
    coordinating: Vec<Uuid>,
    /// People of the units that lead and help.
    #[serde(default)]
    doers: Vec<Uuid>,
    /// The task that it is a part of.
    parent: Option<Uuid>,
    /// 1 to 100; 1 when left out.
    weight: Option<i64>,
    due_on: Date,
}

async fn create(here: Here, Sent(sent): Sent<TaskAssigned>) -> Given {
    if sent.title.chars().count() > LONGEST {
        return Err(Refusal::field("/title", format!("Rút ngắn còn tối đa {LONGEST} ký tự")));
    }
    let new = NewTask {
        code: sent.code,
        unit: UnitId(sent.unit),
        parent: sent.parent.map(TaskId),
        due_on: sent.due_on,
        content: Content {
            clause: sent.clause,
            title: sent.title,
            description: sent.description,
            weight: sent.weight.unwrap_or(1),
            coordinating: sent.coordinating.into_iter().map(UnitId).collect(),
            doers: sent.doers.into_iter().map(PersonId).collect(),
        },
    };
    let id = service::assign(&here.ctx(), &new).await.map_err(said)?;
    let place = Some(format!("/api/v1/tasks/{id}"));
    match view(&here, id).await {
        Ok((view, version)) => made(&view, place, Some(version)),
        Err(_) => made(&serde_json::json!({ "id": id }), place, None),
    }
}

/// What shows that a task is done.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct TaskReported {
    /// The result, and where the evidence is kept when no file was attached.
    words: String,
}

async fn report(here: Here, Of(id): Of<TaskId>, Seen(version): Seen, Sent(sent): Sent<TaskReported>) -> Given {
    service::report(&here.ctx(), id, version, &sent.words).await.map_err(said)?;
    after(&here, id).await
}

async fn accept(here: Here, Of(id): Of<TaskId>, Seen(version): Seen) -> Given {
    service::accept(&here.ctx(), id, version).await.map_err(said)?;
    after(&here, id).await
}

/// Why a task is given back.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct TaskReturned {
    reason: String,
}

async fn give_back(here: Here, Of(id): Of<TaskId>, Seen(version): Seen, Sent(sent): Sent<TaskReturned>) -> Given {
    service::give_back(&here.ctx(), id, version, &sent.reason).await.map_err(said)?;
    after(&here, id).await
}

/// A due day that is moved.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct TaskMoved {
    due_on: Date,
    reason: String,
}

async fn move_due(here: Here, Of(id): Of<TaskId>, Seen(version): Seen, Sent(sent): Sent<TaskMoved>) -> Given {
    changes::move_due(&here.ctx(), id, version, sent.due_on, &sent.reason).await.map_err(said)?;
    after(&here, id).await
}

/// What the room said, at the field that the program can mend.
fn said(error: TasksError) -> Refusal {
    let field = match &error {
        TasksError::Store(StoreError::Stale { .. }) => return Refusal::stale(),
        TasksError::Store(StoreError::Duplicate { .. }) => {
            return Refusal::field("/code", sentence(&error)).because(&format_args!("CodeTaken"));
        }
        TasksError::OwnWork => return Refusal { code: "own_work".into(), ..crate::tasks::refusal(error) },
        TasksError::NoClause => "/clause",
        TasksError::NoTitle => "/title",
        TasksError::OddWeight { .. } => "/weight",
        TasksError::UnitEnded | TasksError::Unknown("đơn vị") => "/unit",
        TasksError::DueBefore { .. } | TasksError::SameDay => "/due_on",
        TasksError::NoEvidence { .. } => "/words",
        TasksError::ShortReason { .. } => "/reason",
        TasksError::TooDeep { .. } => "/parent",
        TasksError::Unknown("đơn vị phối hợp") => "/coordinating",
        TasksError::Unknown("người thực hiện trong đơn vị chủ trì, phối hợp") => "/doers",
        _ => "",
    };
    if field.is_empty() {
        return told(error, crate::tasks::refusal);
    }
    Refusal::field(field, sentence(&error)).because(&error)
}
