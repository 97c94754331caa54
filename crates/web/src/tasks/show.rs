//! One task: what it is, who does it, how it stands against its first due day, what may be done next.

use askama::Template;
use axum::extract::Path;
use kernel::Timestamp;
use kernel::numbers::short_date;
use office::tasks::TaskId;
use office::tasks::decision::RULE;
use office::tasks::model::{Every, State, StateKind};
use office::tasks::queries;

use super::list::{Row, row};
use super::{done, early, refusal};
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, show as page};

struct EventLine {
    what: &'static str,
    when: String,
    who: String,
    words: String,
    moved: String,
}

struct FileLine {
    url: String,
    name: String,
    more: String,
}

struct SeriesLine {
    every: &'static str,
    until: String,
    goes_on: bool,
}

#[derive(Template)]
#[template(path = "tasks/show.html")]
pub struct ShowPage {
    frame: Frame,
    form: Form,
    id: TaskId,
    code: String,
    clause: String,
    clause_text: String,
    description: String,
    unit: String,
    coordinating: String,
    doers: String,
    former: String,
    parent: Option<(TaskId, String)>,
    weight: i64,
    first_due: String,
    due: String,
    moves: usize,
    early: String,
    early_moved: String,
    late: bool,
    progress: String,
    rule: &'static str,
    state: StateKind,
    settled: String,
    reason: String,
    children: Vec<Row>,
    more_children: bool,
    events: Vec<EventLine>,
    files: Vec<FileLine>,
    series: Option<SeriesLine>,
    every: Vec<Choice>,
    version: i64,
    may_work: bool,
    may_change: bool,
    may_cancel: bool,
    may_accept: bool,
    own_work: bool,
    may_repeat: bool,
    may_end: bool,
    may_add_part: bool,
}

/// The page, with a form as it was sent.
pub async fn show_page(here: &Here, id: TaskId, form: Form) -> Result<ShowPage, Refusal> {
    let (ctx, l, today) = (here.ctx(), here.visit.lang, here.visit.today);
    let found = queries::detail(&ctx, id).await.map_err(refusal)?;
    let task = &found.listed.task;
    let kind = task.state.kind();
    let to_do = matches!(kind, StateKind::Open | StateKind::Returned);
    let (settled, reason) = match &task.state {
        State::Open => (String::new(), String::new()),
        State::Reported { report } => (
            format!("{} {}, {}", l.t("báo cáo hoàn thành ngày"), short_date(report.on), report.by.name),
            report.words.clone(),
        ),
        State::Returned { settled } | State::Cancelled { settled } => {
            (format!("{}, {}", short_date(settled.on), settled.by.name), settled.words.clone())
        }
        State::Accepted { report, settled } => (
            format!(
                "{} {} ({}), {} {} ({})",
                l.t("hoàn thành ngày"),
                short_date(report.on),
                report.by.name,
                l.t("nghiệm thu ngày"),
                short_date(settled.on),
                settled.by.name
            ),
            report.words.clone(),
        ),
    };
    let clause_text = here.house.plan.clause(&task.content.clause).map(|clause| clause.text.clone());
    let moves = found.events.iter().filter(|one| one.moved.is_some()).count();
    let is_moved = task.due_on != task.first_due_on;
    let goes_on = found.series.as_ref().is_some_and(|series| series.ended_on.is_none());
    Ok(ShowPage {
        frame: here.frame(&task.content.title, Place::Tasks).faulty(!form.is_good()),
        form,
        id,
        code: task.code.clone(),
        clause: task.content.clause.clone(),
        clause_text: clause_text.unwrap_or_default(),
        description: task.content.description.clone(),
        unit: found.listed.unit_name.clone(),
        coordinating: found.listed.coordinating.join(", "),
        doers: found.listed.doers.join(", "),
        former: found.former.join(", "),
        parent: found.parent.as_ref().map(|one| (one.task.id, format!("{} {}", one.task.code, one.task.content.title))),
        weight: task.content.weight,
        first_due: short_date(task.first_due_on),
        due: if is_moved { short_date(task.due_on) } else { String::new() },
        moves,
        early: early(l, task.days_early(today)),
        early_moved: if is_moved { early(l, task.days_early_by_moved(today)) } else { String::new() },
        late: task.days_early(today).is_some_and(|days| days < 0),
        progress: done(&found.listed),
        rule: RULE,
        state: kind,
        settled,
        reason,
        children: found.children.iter().map(|one| row(l, one, today)).collect(),
        more_children: found.more_children,
        events: found
            .events
            .iter()
            .rev()
            .map(|one| EventLine {
                what: one.kind.name_vi(),
                when: when(one.at),
                who: one.act.by.name.clone(),
                words: one.act.words.clone(),
                moved: one
                    .moved
                    .map(|(was, became)| format!("{} → {}", short_date(was), short_date(became)))
                    .unwrap_or_default(),
            })
            .collect(),
        files: found
            .files
            .iter()
            .map(|file| FileLine {
                url: format!("/noi-bo/nhiem-vu/{id}/tep/{}", file.id),
                name: file.name.clone(),
                more: format!("{} · {}", file.by, when(file.at)),
            })
            .collect(),
        series: found.series.as_ref().map(|series| SeriesLine {
            every: series.every.name_vi(),
            until: short_date(series.ended_on.unwrap_or(series.last_due_on)),
            goes_on: series.ended_on.is_none(),
        }),
        every: Every::ALL.iter().map(|one| Choice::new(one.code(), l.t(one.name_vi()))).collect(),
        version: task.version,
        may_work: found.may_work && to_do,
        may_change: found.may_assign && to_do,
        may_cancel: found.may_assign && kind.is_live(),
        may_accept: found.may_accept && kind == StateKind::Reported,
        own_work: found.own_work,
        may_repeat: found.may_assign && kind.is_live() && task.series.is_none(),
        may_end: found.may_assign && goes_on,
        may_add_part: found.may_assign && to_do,
    })
}

fn when(at: Timestamp) -> String {
    at.to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(7))).strftime("%d/%m/%Y %H:%M").to_string()
}

pub async fn show(here: Here, Path(id): Path<TaskId>) -> Answer {
    Ok(page(&show_page(&here, id, Form::empty()).await?))
}
