//! Figures of administrative-procedure dossiers, and the dossiers they count.

use kernel::{Date, Permission};
use office::dossiers::figures::{Figures, Share};
use office::dossiers::model::Dossier;
use office::dossiers::queries::{self, By, Filter, Group, Kind};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Operation;
use super::answer::{Given, give};
use super::asked::{Asked, word};
use super::page::{List, Paging};
use crate::doors::{Doors, Need};
use crate::dossiers::refusal;
use crate::here::Here;
use crate::page::Refusal;

/// The doors of this file.
pub fn doors(doors: Doors) -> Doors {
    let read = Need::May(Permission::ReadDossiers);
    let figures = Operation::get(
        "/api/v1/dossiers/figures",
        read,
        "Số liệu hồ sơ thủ tục hành chính theo đơn vị, tháng, năm, thủ tục; không có số liệu là null, không phải 0",
    );
    let list = Operation::get("/api/v1/dossiers", read, "Các hồ sơ mà một con số đếm, theo mã");
    doors
        .api(figures.asks::<FiguresAsked>().gives::<FiguresView>(), show)
        .api(list.asks::<DossiersAsked>().gives::<DossiersView>(), listed)
}

/// Which figures are asked for.
#[derive(Deserialize, JsonSchema)]
struct FiguresAsked {
    /// By what they are told apart, with commas between: `unit`, `month`, `year`, `procedure`.
    #[serde(default)]
    by: String,
    /// The first month of acceptance: `2026-01`.
    #[serde(default)]
    from: String,
    /// The last month of acceptance.
    #[serde(default)]
    until: String,
    /// One unit, by the name its source writes.
    #[serde(default)]
    unit: String,
    /// One procedure, by its code.
    #[serde(default)]
    procedure: String,
}

/// Figures of today.
#[derive(Serialize, JsonSchema)]
struct FiguresView {
    /// The day on which open dossiers were told late or in time.
    on: Date,
    items: Vec<FiguresLine>,
}

/// One line of figures.
#[derive(Serialize, JsonSchema)]
struct FiguresLine {
    unit: Option<String>,
    month: Option<String>,
    year: Option<String>,
    procedure: Option<String>,
    accepted: i64,
    before: i64,
    on_time: i64,
    overdue: i64,
    open: i64,
    open_late: i64,
    waiting: i64,
    /// Without a due day.
    unknown: i64,
    /// Not accepted; counts nowhere else.
    outside: i64,
    in_time: ShareView,
    /// Working days of those that ended.
    median_days: Option<f64>,
    p90_days: Option<i64>,
    median_legal_days: Option<f64>,
    median_committed_days: Option<f64>,
    online: ShareView,
    input_digitised: ShareView,
    result_digitised: ShareView,
    /// Rated in the source's file, out of those that ended.
    rated: ShareView,
    mean_rating: Option<f64>,
    /// Answered on the public page, out of those that ended.
    answered: ShareView,
    mean_answer: Option<f64>,
}

/// A share with its parts.
#[derive(Serialize, JsonSchema)]
struct ShareView {
    part: i64,
    whole: i64,
    /// Of a hundred; null when there is nothing to count.
    percent: Option<f64>,
}

impl From<Share> for ShareView {
    fn from(share: Share) -> Self {
        let percent = share.basis_points().map(|points| points as f64 / 100.0);
        Self { part: share.part, whole: share.whole, percent }
    }
}

/// A filter of months, refused when a month is none.
fn filter(from: String, until: String, unit: String, procedure: String) -> Result<Filter, Refusal> {
    let is_month = |text: &str| {
        let bytes = text.as_bytes();
        let figures = |range: std::ops::Range<usize>| bytes[range].iter().all(u8::is_ascii_digit);
        text.is_empty() || (bytes.len() == 7 && bytes[4] == b'-' && figures(0..4) && figures(5..7))
    };
    if !is_month(&from) || !is_month(&until) {
        return Err(Refusal::bad_query("Tham số from, until là tháng, ví dụ 2026-01."));
    }
    Ok(Filter { from, until, unit, procedure, kind: None })
}

fn line(by: By, group: Group, figures: &Figures) -> FiguresLine {
    let named = |wanted: bool, name: String| wanted.then_some(name);
    let halves = |doubled: Option<i64>| doubled.map(|doubled| doubled as f64 / 2.0);
    let hundredths = |mean: Option<i64>| mean.map(|mean| mean as f64 / 100.0);
    FiguresLine {
        unit: named(by.unit, group.unit),
        month: named(by.month, group.month),
        year: named(by.year, group.year),
        procedure: named(by.procedure, group.procedure),
        accepted: figures.accepted(),
        before: figures.before,
        on_time: figures.on_time,
        overdue: figures.overdue,
        open: figures.open,
        open_late: figures.open_late,
        waiting: figures.waiting,
        unknown: figures.unknown,
        outside: figures.outside,
        in_time: figures.in_time().into(),
        median_days: halves(figures.days.median_doubled()),
        p90_days: figures.days.ninth_decile(),
        median_legal_days: halves(figures.legal.median_doubled()),
        median_committed_days: halves(figures.committed.median_doubled()),
        online: figures.online.into(),
        input_digitised: figures.input.into(),
        result_digitised: figures.result.into(),
        rated: figures.response().into(),
        mean_rating: hundredths(figures.ratings.mean_hundredths()),
        answered: figures.answered().into(),
        mean_answer: hundredths(figures.answers.mean_hundredths()),
    }
}

async fn show(here: Here, Asked(asked): Asked<FiguresAsked>) -> Given {
    let mut by = By::default();
    for part in asked.by.split(',').filter(|part| !part.is_empty()) {
        match part {
            "unit" => by.unit = true,
            "month" => by.month = true,
            "year" => by.year = true,
            "procedure" => by.procedure = true,
            _ => return Err(Refusal::bad_query("Tham số by gồm unit, month, year, procedure, cách nhau dấu phẩy.")),
        }
    }
    let filter = filter(asked.from, asked.until, asked.unit, asked.procedure)?;
    let found = queries::figures(&here.ctx(), &filter, by).await.map_err(|error| refusal(&error))?;
    let items = found.into_iter().map(|(group, figures)| line(by, group, &figures)).collect();
    give(&FiguresView { on: here.visit.today, items })
}

/// Which dossiers are asked for.
#[derive(Deserialize, JsonSchema)]
struct DossiersAsked {
    /// Which of them: `accepted`, `before`, `on_time`, `overdue`, `open`, `open_late`, `waiting`, `unknown`,
    /// `outside`, `in_time`, `judged`, `ended`, `online`, `channel`, `input`, `input_known`, `result`,
    /// `result_known`, `rated`, `answered`; all when left out.
    #[serde(default)]
    kind: String,
    /// The first month of acceptance: `2026-01`.
    #[serde(default)]
    from: String,
    /// The last month of acceptance.
    #[serde(default)]
    until: String,
    /// One unit, by the name its source writes.
    #[serde(default)]
    unit: String,
    /// One procedure, by its code.
    #[serde(default)]
    procedure: String,
    /// The cursor from `next` of the page before.
    #[serde(default)]
    cursor: String,
    /// How many lines at most: 1 to 200, 50 when left out.
    limit: Option<usize>,
}

/// A page of dossiers.
#[derive(Serialize, JsonSchema)]
struct DossiersView {
    /// How many there are in all, as the figures count them.
    count: i64,
    items: Vec<OneDossier>,
    /// The cursor of the next page; none on the last.
    next: Option<String>,
}

/// A dossier; nothing of it tells of a citizen.
#[derive(Serialize, JsonSchema)]
struct OneDossier {
    code: String,
    source: String,
    unit: String,
    procedure: String,
    status: &'static str,
    channel: Option<&'static str>,
    received_on: Date,
    due_on: Option<Date>,
    /// The day it is held to, the time of waiting added, moved with the calendar.
    held_to: Option<Date>,
    finished_on: Option<Date>,
    /// The working days it took without the time of waiting.
    days: Option<i64>,
    class: &'static str,
}

impl From<Dossier> for OneDossier {
    fn from(one: Dossier) -> Self {
        Self {
            status: one.facts.status.code(),
            channel: one.facts.channel.map(|channel| channel.code()),
            received_on: one.facts.received_on,
            due_on: one.facts.due_on,
            held_to: one.judged.held_to,
            finished_on: one.facts.finished_on,
            days: one.judged.days,
            class: one.judged.class.code(),
            code: one.facts.code,
            source: one.source,
            unit: one.facts.unit,
            procedure: one.facts.procedure,
        }
    }
}

async fn listed(here: Here, Asked(asked): Asked<DossiersAsked>) -> Given {
    let kind = word("kind", &asked.kind, Kind::from_code)?;
    let paging = Paging { cursor: asked.cursor, limit: asked.limit };
    let (limit, after) = (paging.limit()?, paging.after()?.unwrap_or_default());
    let filter = Filter { kind, ..filter(asked.from, asked.until, asked.unit, asked.procedure)? };
    let most = i64::try_from(limit + 1).unwrap_or(i64::MAX);
    let (found, count) = queries::list(&here.ctx(), &filter, &after, most).await.map_err(|error| refusal(&error))?;
    let List { items, next } =
        List::of(found.into_iter().map(OneDossier::from).collect(), limit, |one: &OneDossier| one.code.clone());
    give(&DossiersView { count, items, next })
}
