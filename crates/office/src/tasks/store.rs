//! Rows of tasks, their people and units, events, files, series, addresses for calendars.

use std::collections::BTreeMap;

use kernel::Date;
use kernel::id::{AccountId, PersonId, UnitId};

use super::model::{
    Act, Content, Event, EventKind, Every, Series, SeriesId, State, StateKind, Task, TaskFile, TaskFileId, TaskId, Who,
};
use crate::db::{Row, StoreError, Tx};
use crate::{sql, values};

/// Every task, by first due day.
pub async fn all(tx: &mut Tx) -> Result<Vec<Task>, StoreError> {
    let rows = tx.all(sql!("all"), values![]).await?;
    let mut tasks = rows.iter().map(task_from).collect::<Result<Vec<_>, _>>()?;
    let units = tx.all(sql!("units"), values![]).await?;
    let doers = tx.all(sql!("doers"), values![]).await?;
    peopled(&mut tasks, &units, &doers)?;
    Ok(tasks)
}

pub async fn find(tx: &mut Tx, id: TaskId) -> Result<Option<Task>, StoreError> {
    let Some(row) = tx.first(sql!("find"), values![id]).await? else { return Ok(None) };
    whole(tx, &row).await.map(Some)
}

/// The tasks that are parts of one.
pub async fn children(tx: &mut Tx, id: TaskId) -> Result<Vec<Task>, StoreError> {
    tx.all(sql!("children"), values![id]).await?.iter().map(task_from).collect()
}

/// The newest task of a series.
pub async fn newest_of_series(tx: &mut Tx, id: SeriesId) -> Result<Option<Task>, StoreError> {
    let Some(row) = tx.first(sql!("newest_of_series"), values![id]).await? else { return Ok(None) };
    whole(tx, &row).await.map(Some)
}

async fn whole(tx: &mut Tx, row: &Row) -> Result<Task, StoreError> {
    let mut tasks = [task_from(row)?];
    let id = tasks[0].id;
    let units = tx.all(sql!("units_of"), values![id]).await?;
    let doers = tx.all(sql!("doers_of"), values![id]).await?;
    peopled(&mut tasks, &units, &doers)?;
    let [task] = tasks;
    Ok(task)
}

/// Puts units and people to their tasks.
fn peopled(tasks: &mut [Task], units: &[Row], doers: &[Row]) -> Result<(), StoreError> {
    let at: BTreeMap<TaskId, usize> = tasks.iter().enumerate().map(|(at, task)| (task.id, at)).collect();
    for row in units {
        if let Some(at) = at.get(&TaskId(row.id("task")?)) {
            tasks[*at].content.coordinating.push(UnitId(row.id("unit")?));
        }
    }
    for row in doers {
        let Some(at) = at.get(&TaskId(row.id("task")?)) else { continue };
        let person = PersonId(row.id("person")?);
        let task = &mut tasks[*at];
        let list = if row.day_or_none("left_on")?.is_some() { &mut task.former } else { &mut task.content.doers };
        list.push(person);
    }
    Ok(())
}

pub async fn by_code(tx: &mut Tx, code: &str) -> Result<Option<TaskId>, StoreError> {
    let row = tx.first(sql!("by_code"), values![code]).await?;
    row.map(|row| Ok(TaskId(row.id("id")?))).transpose()
}

/// How many codes begin so.
pub async fn codes_like(tx: &mut Tx, beginning: &str) -> Result<i64, StoreError> {
    let row = tx.first(sql!("codes_like"), values![format!("{beginning}%")]).await?;
    row.map_or(Ok(0), |row| row.int("many"))
}

pub async fn add(tx: &mut Tx, task: &Task) -> Result<(), StoreError> {
    let content = &task.content;
    let values = values![
        task.id,
        &task.code,
        &content.title,
        search_key(task),
        &content.description,
        &content.clause,
        task.unit,
        task.parent.map(|id| id.0),
        content.weight,
        task.first_due_on,
        task.due_on,
        task.assigned_on,
        task.series.map(|(id, _)| id.0),
        task.series.map(|(_, number)| number),
        task.state.kind(),
    ];
    tx.run(sql!("add"), values).await?;
    put_people(tx, task, task.assigned_on).await
}

/// Keeps a task over the one that was read. `on` is the day on which former doers left.
pub async fn save(tx: &mut Tx, task: &Task, on: Date) -> Result<(), StoreError> {
    let content = &task.content;
    let (report, settled) = match &task.state {
        State::Open => (None, None),
        State::Reported { report } => (Some(report), None),
        State::Returned { settled } | State::Cancelled { settled } => (None, Some(settled)),
        State::Accepted { report, settled } => (Some(report), Some(settled)),
    };
    let mut values = values![
        task.id,
        task.version,
        &content.title,
        search_key(task),
        &content.description,
        &content.clause,
        content.weight,
        task.due_on,
        task.state.kind(),
    ];
    for act in [report, settled] {
        values.extend(values![
            act.and_then(|act| act.by.account),
            act.and_then(|act| act.by.person).map(|id| id.0),
            act.map(|act| act.by.name.clone()),
            act.map(|act| act.on),
            act.map(|act| act.words.clone()),
        ]);
    }
    tx.run_fresh("tasks", sql!("save"), values).await?;
    tx.run(sql!("drop_units"), values![task.id]).await?;
    put_people(tx, task, on).await
}

/// Counts a change of a task's parts, so that whoever settles it meanwhile must look again.
pub async fn touch(tx: &mut Tx, task: &Task) -> Result<(), StoreError> {
    tx.run_fresh("tasks", sql!("touch"), values![task.id, task.version]).await
}

async fn put_people(tx: &mut Tx, task: &Task, on: Date) -> Result<(), StoreError> {
    for unit in &task.content.coordinating {
        tx.run(sql!("add_unit"), values![task.id, *unit]).await?;
    }
    for person in &task.content.doers {
        tx.run(sql!("put_doer"), values![task.id, *person, None::<Date>]).await?;
    }
    for person in &task.former {
        tx.run(sql!("put_doer"), values![task.id, *person, Some(on)]).await?;
    }
    Ok(())
}

fn search_key(task: &Task) -> String {
    kernel::text::search_key(&format!("{} {} {}", task.code, task.content.title, task.content.description))
}

fn task_from(row: &Row) -> Result<Task, StoreError> {
    let kind = row.word("tasks", "state", StateKind::from_code)?;
    let nonsense =
        |column| StoreError::Nonsense {
            table: "tasks", column, what: format!("trống ở trạng thái {}", kind.code())
        };
    let report = || {
        Ok::<_, StoreError>(Act {
            by: Who {
                account: row.id_or_none("reported_by")?.map(AccountId),
                person: row.id_or_none("reported_person")?.map(PersonId),
                name: row.text_or_none("reported_name")?.ok_or_else(|| nonsense("reported_name"))?,
            },
            on: row.day_or_none("reported_on")?.ok_or_else(|| nonsense("reported_on"))?,
            words: row.text_or_none("reported_words")?.unwrap_or_default(),
        })
    };
    let settled = || {
        Ok::<_, StoreError>(Act {
            by: Who {
                account: row.id_or_none("settled_by")?.map(AccountId),
                person: row.id_or_none("settled_person")?.map(PersonId),
                name: row.text_or_none("settled_name")?.ok_or_else(|| nonsense("settled_name"))?,
            },
            on: row.day_or_none("settled_on")?.ok_or_else(|| nonsense("settled_on"))?,
            words: row.text_or_none("settled_words")?.unwrap_or_default(),
        })
    };
    let state = match kind {
        StateKind::Open => State::Open,
        StateKind::Reported => State::Reported { report: report()? },
        StateKind::Returned => State::Returned { settled: settled()? },
        StateKind::Accepted => State::Accepted { report: report()?, settled: settled()? },
        StateKind::Cancelled => State::Cancelled { settled: settled()? },
    };
    Ok(Task {
        id: TaskId(row.id("id")?),
        code: row.text("code")?,
        content: Content {
            clause: row.text("clause")?,
            title: row.text("title")?,
            description: row.text("description")?,
            weight: row.int("weight")?,
            coordinating: Vec::new(),
            doers: Vec::new(),
        },
        unit: UnitId(row.id("unit")?),
        parent: row.id_or_none("parent")?.map(TaskId),
        first_due_on: row.day("first_due_on")?,
        due_on: row.day("due_on")?,
        assigned_on: row.day("assigned_on")?,
        series: row.id_or_none("series")?.map(SeriesId).zip(row.int_or_none("series_number")?),
        former: Vec::new(),
        state,
        version: row.int("version")?,
    })
}

pub async fn add_event(tx: &mut Tx, event: &Event) -> Result<(), StoreError> {
    let by = &event.act.by;
    let values = values![
        uuid::Uuid::now_v7(),
        event.task,
        event.kind,
        event.act.on,
        event.at,
        by.account,
        by.person.map(|id| id.0),
        &by.name,
        &event.act.words,
        event.moved.map(|(was, _)| was),
        event.moved.map(|(_, became)| became),
    ];
    tx.run(sql!("add_event"), values).await?;
    Ok(())
}

/// What happened to a task, oldest first.
pub async fn events_of(tx: &mut Tx, id: TaskId) -> Result<Vec<Event>, StoreError> {
    tx.all(sql!("events_of"), values![id]).await?.iter().map(event_from).collect()
}

/// What happened to all tasks until the end of a day, oldest first.
pub async fn events_until(tx: &mut Tx, day: Date) -> Result<Vec<Event>, StoreError> {
    tx.all(sql!("events_until"), values![day]).await?.iter().map(event_from).collect()
}

fn event_from(row: &Row) -> Result<Event, StoreError> {
    Ok(Event {
        task: TaskId(row.id("task")?),
        kind: row.word("task_events", "kind", EventKind::from_code)?,
        at: row.at("happened_at")?,
        act: Act {
            by: Who {
                account: row.id_or_none("account")?.map(AccountId),
                person: row.id_or_none("person")?.map(PersonId),
                name: row.text("name")?,
            },
            on: row.day("happened_on")?,
            words: row.text("words")?,
        },
        moved: row.day_or_none("due_was")?.zip(row.day_or_none("due_became")?),
    })
}

pub async fn add_file(tx: &mut Tx, id: TaskId, file: &TaskFile) -> Result<(), StoreError> {
    let values = values![file.id, id, &file.name, &file.digest, file.size, &file.media_type, file.at, &file.by];
    tx.run(sql!("add_file"), values).await?;
    Ok(())
}

fn file_from(row: &Row) -> Result<TaskFile, StoreError> {
    Ok(TaskFile {
        id: TaskFileId(row.id("id")?),
        name: row.text("name")?,
        digest: row.text("digest")?,
        size: row.int("size")?,
        media_type: row.text("media_type")?,
        at: row.at("recorded_at")?,
        by: row.text("recorded_by")?,
    })
}

pub async fn files(tx: &mut Tx, id: TaskId) -> Result<Vec<TaskFile>, StoreError> {
    tx.all(sql!("files"), values![id]).await?.iter().map(file_from).collect()
}

/// The evidence of the tasks on a clause, the newest first; called-off tasks are left out.
pub async fn files_on(tx: &mut Tx, clause: &str) -> Result<Vec<(TaskId, TaskFile)>, StoreError> {
    let file = |row: &Row| Ok((TaskId(row.id("task")?), file_from(row)?));
    tx.all(sql!("files_on"), values![clause]).await?.iter().map(file).collect()
}

pub async fn count_by_clause(tx: &mut Tx) -> Result<Vec<(String, usize)>, StoreError> {
    tx.counts(sql!("count_by_clause"), "clause", "many").await
}

pub async fn add_series(tx: &mut Tx, series: &Series, first: TaskId) -> Result<(), StoreError> {
    tx.run(sql!("add_series"), values![series.id, series.every, series.first_due_on, series.last_due_on]).await?;
    put_in_series(tx, first, series.id, 0).await
}

pub async fn put_in_series(tx: &mut Tx, id: TaskId, series: SeriesId, number: i64) -> Result<(), StoreError> {
    tx.run(sql!("set_series"), values![id, series, number]).await?;
    Ok(())
}

pub async fn end_series(tx: &mut Tx, series: &Series, on: Date) -> Result<(), StoreError> {
    tx.run_fresh("task_series", sql!("end_series"), values![series.id, series.version, on]).await
}

pub async fn all_series(tx: &mut Tx) -> Result<Vec<Series>, StoreError> {
    tx.all(sql!("series_all"), values![]).await?.iter().map(series_from).collect()
}

pub async fn series(tx: &mut Tx, id: SeriesId) -> Result<Option<Series>, StoreError> {
    tx.first(sql!("series"), values![id]).await?.as_ref().map(series_from).transpose()
}

fn series_from(row: &Row) -> Result<Series, StoreError> {
    Ok(Series {
        id: SeriesId(row.id("id")?),
        every: row.word("task_series", "every", Every::from_code)?,
        first_due_on: row.day("first_due_on")?,
        last_due_on: row.day("last_due_on")?,
        ended_on: row.day_or_none("ended_on")?,
        version: row.int("version")?,
    })
}

pub async fn add_feed(tx: &mut Tx, account: AccountId, digest: &str, on: Date) -> Result<(), StoreError> {
    tx.run(sql!("add_feed"), values![uuid::Uuid::now_v7(), account, digest, on]).await?;
    Ok(())
}

/// Whose calendar has this digest.
pub async fn feed(tx: &mut Tx, digest: &str) -> Result<Option<AccountId>, StoreError> {
    let row = tx.first(sql!("feed"), values![digest]).await?;
    row.map(|row| Ok(AccountId(row.id("account")?))).transpose()
}

/// Since when an account has an address for its calendar.
pub async fn feed_of(tx: &mut Tx, account: AccountId) -> Result<Option<Date>, StoreError> {
    let row = tx.first(sql!("feed_of"), values![account]).await?;
    row.map(|row| row.day("made_on")).transpose()
}

/// Withdraws the addresses of an account; answers how many there were.
pub async fn withdraw_feeds(tx: &mut Tx, account: AccountId, on: Date) -> Result<u64, StoreError> {
    tx.run(sql!("withdraw_feeds"), values![account, on]).await
}
