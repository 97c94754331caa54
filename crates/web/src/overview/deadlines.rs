//! What is late, and what comes next: tasks, findings, petitions, values of indicators.

use jiff::ToSpan as _;
use kernel::Date;
use kernel::id::UnitId;
use kernel::numbers::short_date;
use office::inspections::queries as inspections;
use office::petitions::figures as petitions;
use office::tasks::model::StateKind;
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

/// What is late on a day, and what is due in the days after it.
pub(super) async fn of(here: &Here, unit: Option<UnitId>, day: Date) -> Result<(Vec<Line>, Vec<Line>), Refusal> {
    let (ctx, l) = (here.ctx(), here.visit.lang);
    let end = day.saturating_add(AHEAD.days());
    let (mut overdue, mut next) = (Vec::new(), Vec::new());
    let filter = tasks::Filter { unit, ..tasks::Filter::default() };
    for one in tasks::list(&ctx, &filter).await.map_err(crate::tasks::refusal)? {
        let (task, due) = (&one.task, one.task.due_on);
        if matches!(task.state.kind(), StateKind::Accepted | StateKind::Cancelled | StateKind::Reported) || due > end {
            continue;
        }
        let line = Line {
            when: Some(due),
            day: short_date(due),
            what: format!("{} {}", task.code, task.content.title),
            who: one.unit_name.clone(),
            url: format!("/noi-bo/nhiem-vu/{}", task.id),
        };
        if due < day { overdue.push(line) } else { next.push(line) }
    }
    for one in inspections::list(&ctx, unit, None, false).await.map_err(crate::inspections::refusal)? {
        for finding in one.findings.iter().filter(|finding| finding.closed.is_none() && finding.due_on <= end) {
            let line = Line {
                when: Some(finding.due_on),
                day: short_date(finding.due_on),
                what: format!("{}: {}", l.t("Kết luận kiểm tra"), finding.what),
                who: one.unit_name.clone(),
                url: format!("/noi-bo/kiem-tra/{}", finding.inspection),
            };
            if finding.due_on < day { overdue.push(line) } else { next.push(line) }
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
    let late = petitions::waiting(&ctx).await.map_err(crate::petitions::refusal)?.late;
    if late > 0 && unit.is_none() {
        let what = format!("{late} {}", l.t("phản ánh, kiến nghị quá hạn"));
        overdue.insert(
            0,
            Line { when: None, day: String::new(), what, who: String::new(), url: "/noi-bo/kien-nghi".to_owned() },
        );
    }
    Ok((overdue, next))
}
