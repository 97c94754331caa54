//! One indicator: where it stands with all its inputs, the course and the forecast, the values by unit and period,
//! the versions of its definition.

use askama::Template;
use axum::extract::{Path, Query};
use kernel::Permission;
use kernel::numbers::{decimal, short_date};
use office::targets::figures::Line;
use office::targets::forecast::Forecast;
use office::targets::model::{Level, State};
use office::targets::progress::Status;
use office::targets::queries::{self, Detail, PeriodLine};
use office::targets::{Amount, Counting, IndicatorId, Nature, ReportPeriod};
use serde::Deserialize;

use super::list::year_of;
use super::{parts, refusal, reported, shown, total};
use crate::chart::line::{Ahead, LineChart};
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, show as page};

/// What is asked for.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    nam: String,
}

/// A unit's value in a period.
struct ValueLine {
    name: String,
    amount: String,
    parts: String,
    level: &'static str,
    state: Option<State>,
    url: String,
}

/// A period with its breakdown.
struct PeriodRow {
    code: String,
    name: String,
    definition: i64,
    total: String,
    parts: String,
    reported: String,
    missing: String,
    note: &'static str,
    lines: Vec<ValueLine>,
    approved: String,
    may_approve: bool,
    may_reopen: bool,
    reason_field: String,
}

/// An input of the method, as a spreadsheet takes it.
struct Input {
    name: &'static str,
    value: String,
}

/// A version of the definition.
struct Version {
    number: i64,
    from: String,
    counting: Counting,
    reason: String,
    by: String,
}

struct YearRow {
    year: i16,
    total: String,
    aim: String,
    tone: &'static str,
    against: &'static str,
    definition: i64,
    reported: String,
}

#[derive(Template)]
#[template(path = "targets/show.html")]
pub struct ShowPage {
    frame: Frame,
    form: Form,
    id: IndicatorId,
    clause: String,
    clause_text: String,
    how: Counting,
    is_number: bool,
    status: Status,
    why: &'static str,
    base: String,
    path_source: String,
    inputs: Vec<Input>,
    chart: String,
    years: Vec<YearRow>,
    year: i16,
    year_choices: Vec<Choice>,
    periods: Vec<PeriodRow>,
    enters: bool,
    forecast: Vec<Input>,
    too_few: String,
    exact: bool,
    clipped: bool,
    versions: Vec<Version>,
    followed: Vec<(String, String, String)>,
    whole: bool,
    may_manage: bool,
}

/// The page, with a form as it was sent.
pub async fn show_page(here: &Here, id: IndicatorId, year: &str, form: Form) -> Result<ShowPage, Refusal> {
    let (ctx, l) = (here.ctx(), here.visit.lang);
    let plan = &here.house.plan;
    let year = year_of(here, year, here.visit.today);
    let found = queries::detail(&ctx, id, year).await.map_err(refusal)?;
    let one = &found.indicator;
    let how = one.definition_for(ReportPeriod::year(year)).unwrap_or(one.current(here.visit.today)).counting.clone();
    let is_number = how.nature == Nature::Quantitative;
    let (forecast, too_few, exact) = forecast_words(here, &found, &how);
    let clipped = matches!(found.forecast, Forecast::Line(line) if [line.low, line.at_end, line.high].iter().any(|one| within(*one, &how) != *one));
    let versions = one.definitions.iter().rev().map(|one| Version {
        number: one.number,
        from: short_date(one.from_on),
        counting: one.counting.clone(),
        reason: one.reason.clone(),
        by: format!("{}, {}", one.recorded_name, short_date(kernel::clock::day_of(one.recorded_at))),
    });
    let years = found.years.iter().map(|line| {
        let how = one.definition_for(ReportPeriod::year(line.year)).map_or(&how, |one| &one.counting);
        let (tone, against) = match line.meets {
            Some(true) => ("ok", "đạt mốc năm"),
            Some(false) => ("bad", "chưa đạt mốc năm"),
            None => ("", ""),
        };
        YearRow {
            year: line.year,
            total: total(&line.told.figure, how),
            aim: line.aim.map(|amount| shown(amount, how)).unwrap_or_default(),
            tone,
            against,
            definition: line.definition,
            reported: reported(l, &line.told.figure),
        }
    });
    let followed = found.followed.iter().map(|(value, name)| {
        let amount = value.amount.map(|amount| shown(amount, &how)).unwrap_or_default();
        let url = super::cell::url(id, value.period, value.unit);
        (url, format!("{name}, {}: {amount}", value.period.name_vi()), value.remark.clone())
    });
    Ok(ShowPage {
        frame: here.frame(&format!("{} {}", one.code, how.name), Place::Targets).faulty(!form.is_good()),
        id,
        clause: one.clause.clone(),
        clause_text: plan.clause(&one.clause).map(|clause| clause.text.clone()).unwrap_or_default(),
        is_number,
        status: found.progress.status,
        why: found.progress.why,
        base: one
            .baseline
            .as_ref()
            .map(|base| format!("{} ({}): {}", shown(base.amount, &how), base.year, base.source))
            .unwrap_or_default(),
        path_source: one.path_source.clone(),
        inputs: inputs(&found, &how),
        chart: if is_number { chart(here, &found, &how) } else { String::new() },
        years: years.collect(),
        year,
        year_choices: plan
            .years()
            .filter(|one| *one <= here.visit.today.year())
            .map(|year| Choice::new(year, year.to_string()))
            .collect(),
        periods: found.periods.iter().rev().map(|line| period(here, id, line, &how)).collect(),
        enters: how.measure.is_none(),
        forecast,
        too_few,
        exact,
        clipped,
        versions: versions.collect(),
        followed: followed.collect(),
        whole: found.whole,
        may_manage: ctx.may(Permission::ManageTargets).is_ok(),
        how,
        form,
    })
}

fn period(here: &Here, id: IndicatorId, line: &PeriodLine, how: &Counting) -> PeriodRow {
    let (ctx, l, figure) = (here.ctx(), here.visit.lang, &line.told.figure);
    let own = |one: &Line| ValueLine {
        name: l.t(&one.name).to_owned(),
        amount: one.amount.map_or_else(|| "–".to_owned(), |amount| shown(amount, how)),
        parts: parts(one.parts),
        level: one.level.map(Level::name_vi).unwrap_or_default(),
        state: one.state,
        url: match how.measure {
            Some(_) => String::new(),
            None => super::cell::url(id, line.period, one.unit),
        },
    };
    let missing: Vec<&str> = figure.missing().map(|one| one.name.as_str()).collect();
    let standing = line.approval.as_ref().filter(|one| one.standing);
    let decides = ctx.may(Permission::ApproveTargets).is_ok();
    PeriodRow {
        code: line.period.to_string(),
        name: line.period.name_vi(),
        definition: line.definition,
        total: match how.nature {
            Nature::Quantitative => total(figure, how),
            Nature::Qualitative => {
                let told = figure.levels.iter().filter(|(_, many)| *many > 0);
                told.map(|(level, many)| format!("{}: {many}", l.t(level.name_vi()))).collect::<Vec<_>>().join(" · ")
            }
        },
        parts: parts(figure.parts),
        reported: reported(l, figure),
        missing: missing.join(", "),
        note: line.told.note,
        lines: figure.lines.iter().map(own).collect(),
        approved: standing
            .map(|one| {
                let amount = one.amount.map(|amount| format!(": {}", shown(amount, how))).unwrap_or_default();
                format!("{}, {}{amount}", one.name, at(one.at))
            })
            .unwrap_or_default(),
        may_approve: decides && standing.is_none() && line.period.until() <= here.visit.today,
        may_reopen: decides && standing.is_some(),
        reason_field: format!("ly-do-{}", line.period),
    }
}

/// An instant in words: `30/11/2026 14:05`.
pub(super) fn at(instant: kernel::Timestamp) -> String {
    let zoned = instant.to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(7)));
    format!("{} {:02}:{:02}", short_date(zoned.date()), zoned.hour(), zoned.minute())
}

/// What the method was given and what it made of that.
fn inputs(found: &Detail, how: &Counting) -> Vec<Input> {
    let told = found.progress;
    let point = |at: Option<office::targets::progress::At>| {
        at.map_or_else(|| "chưa có".to_owned(), |at| format!("{} ({})", shown(at.amount, how), at.year))
    };
    let rate = |millionths: Option<i64>| {
        millionths.map_or_else(|| "không tính được".to_owned(), |rate| format!("{}%", decimal(rate, 4)))
    };
    vec![
        Input { name: "Giá trị gốc y₀ (năm t₀)", value: point(told.inputs.base) },
        Input { name: "Giá trị mới nhất yᵢ (năm tᵢ)", value: point(told.inputs.current) },
        Input { name: "Mốc năm cuối y_T (năm t_T)", value: point(told.inputs.target) },
        Input {
            name: "Chiều mong muốn d",
            value: match how.direction {
                office::targets::Direction::Higher => "+1".to_owned(),
                office::targets::Direction::Lower => "−1".to_owned(),
            },
        },
        Input { name: "CAGRᵢ = (yᵢ/y₀)^(1/(tᵢ−t₀)) − 1", value: rate(told.observed) },
        Input { name: "CAGR_T = (y_T/y₀)^(1/(t_T−t₀)) − 1", value: rate(told.required) },
        Input { name: "R = d × CAGRᵢ / |CAGR_T|", value: rate(told.ratio) },
    ]
}

/// What can be of what a line says: a share is no more than all.
fn within(amount: Amount, how: &Counting) -> Amount {
    let amount = how.least.map_or(amount, |least| amount.max(least));
    how.most.map_or(amount, |most| amount.min(most))
}

/// The forecast in words, or why there is none.
fn forecast_words(here: &Here, found: &Detail, how: &Counting) -> (Vec<Input>, String, bool) {
    let l = here.visit.lang;
    let line = match found.forecast {
        Forecast::Line(line) => line,
        Forecast::TooFew { have, need } => {
            let words = format!("{} ({have}/{need} {})", l.t("Chưa đủ số liệu để dự báo"), l.t("điểm"));
            return (Vec::new(), words, false);
        }
    };
    let mut told = vec![
        Input { name: "Số điểm", value: line.points.to_string() },
        Input { name: "Dự báo đến 31/12 năm cuối", value: shown(within(line.at_end, how), how) },
        Input {
            name: "Khoảng dự báo 95%",
            value: format!("{} – {}", shown(within(line.low, how), how), shown(within(line.high, how), how)),
        },
        Input { name: "Thay đổi mỗi năm theo đường thẳng", value: shown(line.a_year, how) },
    ];
    told.extend(
        found.needed.map(|amount| Input {
            name: "Cần mỗi năm từ nay để đạt mốc năm cuối", value: shown(amount, how)
        }),
    );
    (told, String::new(), line.is_exact)
}

fn chart(here: &Here, found: &Detail, how: &Counting) -> String {
    let l = here.visit.lang;
    let plan = &here.house.plan;
    let end = ReportPeriod::year(plan.last_year()).months_at_end();
    let aims: Vec<(i64, i64)> = found
        .indicator
        .path
        .iter()
        .map(|(year, amount)| (ReportPeriod::year(*year).months_at_end(), amount.0))
        .collect();
    let points: Vec<(i64, i64)> = found.points.iter().map(|point| (point.month, point.amount.0)).collect();
    let ahead = match found.forecast {
        Forecast::Line(line) => Some(Ahead {
            when: end,
            amount: within(line.at_end, how).0,
            low: within(line.low, how).0,
            high: within(line.high, how).0,
        }),
        Forecast::TooFew { .. } => None,
    };
    let first =
        points.first().map_or(end, |(month, _)| *month).min(ReportPeriod::year(plan.first_year()).months_at_end());
    let years = ((first - 1) / 12..=i64::from(plan.last_year())).filter(|year| year * 12 + 12 >= first);
    let mut words = Vec::new();
    if let (Some(first), Some(last)) = (found.points.first(), found.points.last()) {
        words.push(format!("{} {}", l.t("Số liệu từ"), shown(first.amount, how)));
        words.push(format!("{} {}", l.t("đến"), shown(last.amount, how)));
    }
    if let Some((_, amount)) = aims.last() {
        words.push(format!("{} {}", l.t("mốc năm cuối"), shown(Amount(*amount), how)));
    }
    if let Some(ahead) = ahead {
        words.push(format!("{} {}", l.t("dự báo"), shown(Amount(ahead.amount), how)));
    }
    LineChart {
        id: "bieu-do".to_owned(),
        title: format!("{} ({})", how.name, how.measured_in),
        description: format!("{}.", words.join(", ")),
        points,
        aims,
        ahead,
        marks: years.map(|year| (year * 12 + 12, format!("12/{year}"))).collect(),
        legend: ["số liệu", "mốc từng năm", "dự báo và khoảng 95%"].map(|words| l.t(words).to_owned()),
    }
    .svg()
}

pub async fn show(here: Here, Path(id): Path<IndicatorId>, Query(asked): Query<Asked>) -> Answer {
    Ok(page(&show_page(&here, id, &asked.nam, Form::filled([("nam", asked.nam.clone())])).await?))
}
