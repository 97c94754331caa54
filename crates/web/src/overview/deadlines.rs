//! What is late, and what comes next: tasks, findings, petitions. Late tasks are those that the table of units and
//! targets counts: by their first due days, at the end of the day that is looked at.

use jiff::ToSpan as _;
use kernel::Date;
use kernel::id::UnitId;
use kernel::numbers::short_date;
use office::inspections::model::Stood as Found;
use office::inspections::queries as inspections;
use office::petitions::figures as petitions;
use office::tasks::decision::Stood;
use office::tasks::queries as tasks;

use crate::here::Here;
use crate::page::Refusal;

/// How many days ahead are shown.
const AHEAD: i64 = 14;
/// The most lines of a list; the rest is counted.
const MOST: usize = 12;

/// One line.
pub(super) struct Line {
    pub when: Option<Date>,
    pub day: String,
    pub what: String,
    pub who: String,
    pub url: String,
}

/// What is late and what comes next.
pub(super) struct Deadlines {
    pub overdue: Vec<Line>,
    /// How many of the overdue are tasks.
    pub late_tasks: usize,
    pub next: Vec<Line>,
}

/// What was late at the end of a day, and what was due in the days after it.
pub(super) async fn of(here: &Here, unit: Option<UnitId>, day: Date) -> Result<Deadlines, Refusal> {
    let (ctx, l) = (here.ctx(), here.visit.lang);
    let end = day.saturating_add(AHEAD.days());
    let (mut overdue, mut next) = (Vec::new(), Vec::new());
    for one in tasks::standings_on(&ctx, unit, day).await.map_err(crate::tasks::refusal)? {
        let (task, due) = (&one.listed.task, one.listed.task.first_due_on);
        let late = one.stood == Stood::Late;
        if !late && (one.stood != Stood::Open || one.reported || due > end) {
            continue;
        }
        let moved = match task.due_on {
            now if now == due => String::new(),
            now => format!(" · {} {}", l.t("đổi thành"), short_date(now)),
        };
        let line = Line {
            when: Some(due),
            day: short_date(due) + &moved,
            what: format!("{} {}", task.code, task.content.title),
            who: one.listed.unit_name.clone(),
            url: format!("/noi-bo/nhiem-vu/{}", task.id),
        };
        if late { overdue.push(line) } else { next.push(line) }
    }
    let late_tasks = overdue.len();
    for one in inspections::list(&ctx, unit, None, false).await.map_err(crate::inspections::refusal)? {
        for finding in &one.findings {
            let late = match finding.stood(day) {
                Some(Found::Overdue) => true,
                Some(Found::Open) if finding.due_on <= end => false,
                Some(Found::Open | Found::Closed) | None => continue,
            };
            let line = Line {
                when: Some(finding.due_on),
                day: short_date(finding.due_on),
                what: format!("{}: {}", l.t("Kết luận kiểm tra"), finding.what),
                who: one.unit_name.clone(),
                url: format!("/noi-bo/kiem-tra/{}", finding.inspection),
            };
            if late { overdue.push(line) } else { next.push(line) }
        }
    }
    overdue.sort_by_key(|line| line.when);
    next.sort_by_key(|line| line.when);
    for list in [&mut overdue, &mut next] {
        let more = list.len().saturating_sub(MOST);
        list.truncate(MOST);
        if more > 0 {
            let what = format!("{} {more} {}", l.t("và"), l.t("việc khác"));
            list.push(Line {
                when: None,
                day: String::new(),
                what,
                who: String::new(),
                url: "/noi-bo/nhiem-vu".to_owned(),
            });
        }
    }
    // How many petitions were late on a day that is over is not kept; the page says so.
    let today = unit.is_none() && day == here.visit.today;
    let late = if today { petitions::waiting(&ctx).await.map_err(crate::petitions::refusal)?.late } else { 0 };
    if late > 0 {
        let what = format!("{late} {}", l.t("phản ánh, kiến nghị quá hạn"));
        overdue.insert(
            0,
            Line { when: None, day: String::new(), what, who: String::new(), url: "/noi-bo/kien-nghi".to_owned() },
        );
    }
    Ok(Deadlines { overdue, late_tasks, next })
}
