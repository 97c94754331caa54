//! The chief's one page: the seven targets against this year's path, units and targets in one table, what is late
//! and what comes next, what changed this week. Made for paper too.

mod deadlines;

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Query;
use kernel::id::UnitId;
use kernel::{Date, Permission};
use office::movements::kinds::Kind;
use office::programmes::decision::Coverage;
use office::targets::queries as targets;
use office::tasks::decision::Count;
use office::{ledger, programmes, tasks};
use serde::Deserialize;

use crate::doors::{Doors, Need};
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, show as page};
use crate::targets::list::{Row, year_of};
use crate::then::{Then, Typed};

/// The doors of this page.
pub fn doors(doors: Doors) -> Doors {
    doors.get("/noi-bo/tong-quan", Need::May(Permission::ReadOverview), show)
}

/// What is asked for.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    nam: String,
    #[serde(default)]
    giai_doan: String,
    #[serde(default)]
    don_vi: String,
    #[serde(flatten)]
    then: Typed,
}

/// A target with the state of what measures it and of the tasks below it.
struct Target {
    clause: String,
    text: String,
    rows: Vec<Row>,
    tasks: Tally,
}

/// How tasks stand.
#[derive(Default, Clone)]
pub(crate) struct Tally {
    pub done: usize,
    pub all: usize,
    pub late: usize,
}

impl From<Count> for Tally {
    fn from(count: Count) -> Self {
        Self { done: count.done, all: count.done + count.open, late: count.late }
    }
}

/// What a unit has to show for a target.
struct Cell {
    /// Code and value of each indicator that the unit reports.
    values: Vec<(String, String)>,
    tasks: Tally,
}

struct UnitRow {
    name: String,
    url: String,
    programme: (&'static str, &'static str),
    cells: Vec<Cell>,
    /// Its tasks on each content of the movement, and on all other clauses last.
    contents: Vec<Tally>,
}

#[derive(Template)]
#[template(path = "overview/page.html")]
struct OverviewPage {
    frame: Frame,
    form: Form,
    movement: String,
    year: i16,
    years: Vec<Choice>,
    phases: Vec<Choice>,
    units: Vec<Choice>,
    then: Then,
    day: String,
    targets: Vec<Target>,
    covered: String,
    missing: String,
    /// The contents of the movement, with their first words.
    contents: Vec<(String, String)>,
    rows: Vec<UnitRow>,
    late: deadlines::Deadlines,
    /// The day of the clock: until then the week is counted.
    today: String,
    is_past: bool,
    changes: Vec<(String, i64)>,
}

/// Whether a clause is this one or stands below it.
fn is_under(clause: &str, above: &str) -> bool {
    clause == above || clause.strip_prefix(above).is_some_and(|rest| rest.starts_with(['.', '#']))
}

/// The year of a phase that is asked for with the phase alone: its last one that has begun.
fn year_asked(here: &Here, asked: &Asked, day: Date) -> i16 {
    let phase = here.house.plan.phases.iter().find(|phase| phase.id == asked.giai_doan);
    match (phase, asked.nam.is_empty()) {
        (Some(phase), true) => {
            let last = phase.period.until.and_then(|until| until.yesterday().ok()).unwrap_or(day).min(day);
            year_of(here, &last.year().to_string(), day)
        }
        _ => year_of(here, &asked.nam, day),
    }
}

pub async fn show(here: Here, Query(asked): Query<Asked>) -> Answer {
    let (ctx, l, plan) = (here.ctx(), here.visit.lang, &here.house.plan);
    let mut then = asked.then.read(&here, "/noi-bo/tong-quan".to_owned(), false);
    let day = then.known_on.unwrap_or(here.visit.today);
    let year = year_asked(&here, &asked, day);
    // Without a year the phase chooses it, and goes on choosing it.
    let typed_year = if asked.nam.is_empty() && !asked.giai_doan.is_empty() { String::new() } else { year.to_string() };
    then.rest.extend([
        ("nam", typed_year.clone()),
        ("giai_doan", asked.giai_doan.clone()),
        ("don_vi", asked.don_vi.clone()),
    ]);
    let unit: Option<UnitId> = asked.don_vi.parse().ok();
    let store = |error: office::StoreError| Refusal::store(&error);
    let listed = async { targets::list(&ctx, year, day).await.map_err(crate::targets::refusal) };
    let found = ctx.kept(&format!("{year} {day}"), listed).await?;
    let mut tx = ctx.read().await.map_err(store)?;
    let standings = programmes::queries::standings_in(&mut tx, day).await.map_err(store)?;
    let counts = tasks::queries::stood_on(&mut tx, day).await.map_err(store)?;
    let week = ctx.now().checked_sub(jiff::SignedDuration::from_hours(7 * 24)).unwrap_or(ctx.now());
    let changes = ledger::queries::counts_since(&mut tx, week).await.map_err(store)?;
    drop(tx);

    let clauses: Vec<_> = plan.of_kind(Kind::Target).collect();
    let is_content = |id: &str| plan.clause(id).is_some_and(|clause| clause.kind == Kind::Content);
    // What stands below another content is counted with it.
    let contents: Vec<_> = plan
        .of_kind(Kind::Content)
        .filter(|clause| clause.parent.as_ref().is_none_or(|parent| !is_content(parent.as_str())))
        .collect();
    let tally_of = |fits: &dyn Fn(&str) -> bool, led: &dyn Fn(UnitId) -> bool| {
        let own = counts.iter().filter(|((of, by), _)| fits(of) && led(*by));
        Tally::from(own.fold(Count::default(), |sum, (_, count)| sum.and(*count)))
    };
    let tally = |clause: &str, led: &dyn Fn(UnitId) -> bool| tally_of(&|of| is_under(of, clause), led);
    let is_elsewhere = |of: &str| !clauses.iter().chain(&contents).any(|clause| is_under(of, clause.id.as_str()));
    let targets = clauses.iter().map(|clause| Target {
        clause: clause.id.to_string(),
        text: clause.text.clone(),
        rows: found
            .iter()
            .filter(|one| one.indicator.clause == clause.id.as_str())
            .map(|one| Row::of(l, one))
            .collect(),
        tasks: tally(clause.id.as_str(), &|by| unit.is_none_or(|unit| by == unit)),
    });
    let mut values: BTreeMap<(UnitId, &str), Vec<(String, String)>> = BTreeMap::new();
    for one in found.iter() {
        for line in &one.year.told.figure.lines {
            let shown = match (line.level, line.amount) {
                (Some(level), _) => l.t(level.name_vi()).to_owned(),
                (None, Some(amount)) => crate::targets::shown(amount, &one.definition.counting),
                (None, None) => continue,
            };
            if let Some(unit) = line.unit.filter(|_| line.is_reported()) {
                let cell = values.entry((unit, one.indicator.clause.as_str())).or_default();
                cell.push((one.indicator.code.clone(), shown));
            }
        }
    }
    let mut row = |name: &str, of: Option<UnitId>, led: &dyn Fn(UnitId) -> bool, programme| UnitRow {
        name: name.to_owned(),
        url: of.map(|unit| format!("/noi-bo/chuong-trinh/{unit}")).unwrap_or_default(),
        programme,
        cells: clauses
            .iter()
            .map(|clause| Cell {
                values: of.and_then(|unit| values.remove(&(unit, clause.id.as_str()))).unwrap_or_default(),
                tasks: tally(clause.id.as_str(), led),
            })
            .collect(),
        contents: contents
            .iter()
            .map(|clause| tally(clause.id.as_str(), led))
            .chain([tally_of(&is_elsewhere, led)])
            .collect(),
    };
    let mut rows = Vec::new();
    for one in standings.iter().filter(|one| unit.is_none_or(|unit| one.unit.id == unit)) {
        let (id, programme) = (one.unit.id, (one.standing.tone(), one.standing.name_vi()));
        rows.push(row(&one.unit.name, Some(id), &|by| by == id, programme));
    }
    // Units that write no programme, or are no more, lead tasks too: what is late in the list stands in a cell.
    let is_other = |by: UnitId| !standings.iter().any(|one| one.unit.id == by);
    if unit.is_none() && counts.keys().any(|(_, by)| is_other(*by)) {
        rows.push(row(l.t("Đơn vị khác"), None, &is_other, ("", "")));
    }
    let coverage = Coverage::of(&standings);
    let late = deadlines::of(&here, unit, day).await?;
    let worded = |(action, many): (String, i64)| {
        let words = crate::ledger::verbs::name_vi(&action).map(|words| l.t(words).to_owned());
        (words.unwrap_or(action), many)
    };
    Ok(page(&OverviewPage {
        frame: here.frame(l.t("Tổng quan"), Place::Overview),
        form: Form::filled([
            ("nam", typed_year),
            ("giai_doan", asked.giai_doan.clone()),
            ("don_vi", asked.don_vi.clone()),
        ]),
        movement: here.house.movement_name(),
        years: plan
            .years()
            .filter(|year| *year <= day.year())
            .map(|year| Choice::new(year, year.to_string()))
            .collect(),
        phases: plan.phases.iter().map(|one| Choice::new(&one.id, &one.name)).collect(),
        units: standings.iter().map(|one| Choice::new(one.unit.id, &one.unit.name)).collect(),
        day: kernel::numbers::short_date(day),
        targets: targets.collect(),
        covered: format!("{}/{}", coverage.approved, coverage.of),
        missing: coverage.missing.iter().map(|unit| unit.name.as_str()).collect::<Vec<_>>().join(", "),
        contents: contents
            .iter()
            .map(|clause| (clause.id.to_string(), crate::movements::beginning(&clause.text)))
            .collect(),
        rows,
        late,
        today: kernel::numbers::short_date(here.visit.today),
        is_past: day < here.visit.today,
        changes: changes.into_iter().map(worded).take(12).collect(),
        year,
        then,
    }))
}
