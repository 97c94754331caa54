//! Tasks in a month: each on its due day, days off marked.

use askama::Template;
use axum::extract::Query;
use jiff::ToSpan as _;
use kernel::Date;
use kernel::numbers::short_date;
use office::tasks::TaskId;
use office::tasks::model::StateKind;
use office::tasks::queries::{self, Filter};
use serde::Deserialize;

use super::refusal;
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, show as page};

/// Which month: `2026-11`.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    thang: String,
}

struct Entry {
    id: TaskId,
    code: String,
    title: String,
    late: bool,
    state: StateKind,
}

struct Day {
    number: i8,
    iso: String,
    off: bool,
    today: bool,
    entries: Vec<Entry>,
}

/// A line of the list below, for narrow screens and for those who hear the page.
struct Line {
    day: String,
    entry: Entry,
}

#[derive(Template)]
#[template(path = "tasks/month.html")]
struct MonthPage {
    frame: Frame,
    name: String,
    before: String,
    after: String,
    weeks: Vec<Vec<Option<Day>>>,
    lines: Vec<Line>,
}

pub async fn show(here: Here, Query(asked): Query<Asked>) -> Answer {
    let (ctx, l, today) = (here.ctx(), here.visit.lang, here.visit.today);
    let first = match asked.thang.as_str() {
        "" => today.first_of_month(),
        text => format!("{text}-01").parse::<Date>().map_err(|_| Refusal::not_found())?,
    };
    let found = queries::list(&ctx, &Filter::default()).await.map_err(refusal)?;
    let in_month = |day: Date| day.first_of_month() == first;
    let entry = |one: &queries::Listed| Entry {
        id: one.task.id,
        code: one.task.code.clone(),
        title: one.task.content.title.clone(),
        late: one.task.is_late(today),
        state: one.task.state.kind(),
    };
    let mut due: Vec<&queries::Listed> =
        found.iter().filter(|one| in_month(one.task.due_on) && one.task.state.kind() != StateKind::Cancelled).collect();
    due.sort_by_key(|one| (one.task.due_on, one.task.id));
    let calendar = ctx.calendar();
    let mut cells: Vec<Option<Day>> = Vec::new();
    cells.resize_with(usize::try_from(first.weekday().to_monday_zero_offset()).unwrap_or(0), || None);
    for number in 1..=first.days_in_month() {
        let day = first.saturating_add((i64::from(number) - 1).days());
        cells.push(Some(Day {
            number,
            iso: day.to_string(),
            off: !calendar.is_working(day),
            today: day == today,
            entries: due.iter().filter(|one| one.task.due_on == day).map(|one| entry(one)).collect(),
        }));
    }
    cells.resize_with(cells.len().div_ceil(7) * 7, || None);
    let mut weeks = Vec::new();
    while !cells.is_empty() {
        let rest = cells.split_off(cells.len().min(7));
        weeks.push(std::mem::replace(&mut cells, rest));
    }
    let month = |day: Date| day.strftime("%Y-%m").to_string();
    Ok(page(&MonthPage {
        frame: here.frame(l.t("Nhiệm vụ theo tháng"), Place::Tasks),
        name: first.strftime("%m/%Y").to_string(),
        before: month(first.saturating_sub(1.months())),
        after: month(first.saturating_add(1.months())),
        weeks,
        lines: due.iter().map(|one| Line { day: short_date(one.task.due_on), entry: entry(one) }).collect(),
    }))
}
