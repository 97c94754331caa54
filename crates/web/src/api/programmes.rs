//! Programmes of units with their versions, the coverage of target II.1 with the units that are missing.

use kernel::id::UnitId;
use kernel::{Date, Permission, Timestamp};
use office::organization::UnitView;
use office::programmes::ProgrammesError;
use office::programmes::decision::UnitStanding;
use office::programmes::model::{Content, Edition, Event, Line};
use office::programmes::queries;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Operation;
use super::answer::{Given, give};
use super::asked::{Asked, Of, known_on, told};
use super::page::{List, Paging};
use crate::doors::{Doors, Need};
use crate::here::Here;
use crate::page::Refusal;

/// The doors of this file.
pub fn doors(doors: Doors) -> Doors {
    let read = Need::May(Permission::ReadPlan);
    let all = Operation::get("/api/v1/programmes", read, "Chương trình thi đua của các đơn vị: đến đâu, ở một ngày");
    let covered = Operation::get("/api/v1/programmes/coverage", read, "Độ phủ của chỉ tiêu II.1, đơn vị còn thiếu");
    let one = Operation::get("/api/v1/programmes/{unit}", read, "Chương trình của một đơn vị, các bản, diễn biến");
    let path = "/api/v1/programmes/{unit}/versions/{number}";
    let version = Operation::get(path, read, "Một bản chương trình, khác gì bản trước");
    doors
        .api(all.asks::<ProgrammesAsked>().gives::<List<OneStanding>>(), list)
        .api(covered.asks::<CoverageAsked>().gives::<CoverageView>(), coverage)
        .api(one.gives::<ProgrammeView>(), show)
        .api(version.gives::<EditionView>(), show_version)
}

/// On which day, and which page.
#[derive(Deserialize, JsonSchema)]
struct ProgrammesAsked {
    /// As it stood at the end of this day; now when left out.
    known_on: Option<Date>,
    /// The cursor from `next` of the page before.
    #[serde(default)]
    cursor: String,
    /// How many lines at most: 1 to 200, 50 when left out.
    limit: Option<usize>,
}

/// Where a unit stands with its programme.
#[derive(Serialize, JsonSchema)]
struct OneStanding {
    unit: OneUnit,
    /// `not_sent`, `waiting`, `returned` or `approved`.
    standing: &'static str,
    /// The version in force.
    in_force: Option<i64>,
    /// A newer version that is not in force, and where it stands.
    amendment: Option<Amendment>,
    first_submitted_on: Option<Date>,
    /// Whether it was handed in after the last day, or that day is over.
    late: bool,
    #[serde(skip)]
    position: i64,
}

/// A unit by its name of the day.
#[derive(Serialize, JsonSchema)]
struct OneUnit {
    id: Uuid,
    code: String,
    name: String,
}

impl From<&UnitView> for OneUnit {
    fn from(unit: &UnitView) -> Self {
        Self { id: unit.id.0, code: unit.code.clone(), name: unit.name.clone() }
    }
}

/// A newer version that is not in force.
#[derive(Serialize, JsonSchema)]
struct Amendment {
    number: i64,
    /// `draft`, `submitted` or `returned`.
    state: &'static str,
}

impl From<&UnitStanding> for OneStanding {
    fn from(one: &UnitStanding) -> Self {
        Self {
            unit: OneUnit::from(&one.unit),
            standing: one.standing.code(),
            in_force: one.in_force,
            amendment: one.amendment.map(|(number, state)| Amendment { number, state: state.code() }),
            first_submitted_on: one.first_submitted_on,
            late: one.late,
            position: one.unit.position,
        }
    }
}

async fn list(here: Here, Asked(asked): Asked<ProgrammesAsked>) -> Given {
    let day = known_on(&here, asked.known_on)?.unwrap_or(here.visit.today);
    let found = queries::overview(&here.ctx(), day).await.map_err(said)?;
    let paging = Paging { cursor: asked.cursor, limit: asked.limit };
    let key = |one: &OneStanding| format!("{:010} {}", one.position, one.unit.id);
    give(&List::from_all(found.units.iter().map(OneStanding::from).collect(), &paging, key)?)
}

/// On which day.
#[derive(Deserialize, JsonSchema)]
struct CoverageAsked {
    /// As it stood at the end of this day; now when left out.
    known_on: Option<Date>,
}

/// How many units have a programme in force.
#[derive(Serialize, JsonSchema)]
struct CoverageView {
    on: Date,
    /// The clause of the target.
    clause: &'static str,
    /// How many units took part on that day.
    units: usize,
    /// How many of them had a programme in force.
    approved: usize,
    /// The share in basis points, rounded down; none when no unit took part.
    share: Option<i64>,
    /// The others.
    missing: Vec<OneUnit>,
    /// How many units stand where; they add up to the number of units.
    standings: Vec<StandingCount>,
}

/// How many units stand there.
#[derive(Serialize, JsonSchema)]
struct StandingCount {
    /// `not_sent`, `waiting`, `returned` or `approved`.
    standing: &'static str,
    count: usize,
}

async fn coverage(here: Here, Asked(asked): Asked<CoverageAsked>) -> Given {
    let day = known_on(&here, asked.known_on)?.unwrap_or(here.visit.today);
    let found = queries::overview(&here.ctx(), day).await.map_err(said)?;
    let standings = found.counts.iter();
    give(&CoverageView {
        on: day,
        clause: "II.1",
        units: found.coverage.of,
        approved: found.coverage.approved,
        share: found.coverage.share_bp(),
        missing: found.coverage.missing.iter().map(OneUnit::from).collect(),
        standings: standings.map(|(one, count)| StandingCount { standing: one.code(), count: *count }).collect(),
    })
}

/// The programme of a unit. A draft is its unit's own until it was handed in.
#[derive(Serialize, JsonSchema)]
struct ProgrammeView {
    unit: OneUnit,
    /// All versions, oldest first; none when nothing was written yet.
    versions: Vec<OneEdition>,
    /// What happened, oldest first.
    history: Vec<ProgrammeEvent>,
}

/// One version of a programme.
#[derive(Serialize, JsonSchema)]
struct OneEdition {
    /// 1 for the first.
    number: i64,
    /// `draft`, `submitted`, `returned` or `approved`.
    state: &'static str,
    theme: String,
    contents: String,
    criteria: String,
    forms: String,
    lines: Vec<OneLine>,
}

/// A task with its figure, hung on a clause.
#[derive(Serialize, JsonSchema)]
struct OneLine {
    clause: String,
    task: String,
    figure: String,
    due_on: Option<Date>,
}

impl From<&Line> for OneLine {
    fn from(one: &Line) -> Self {
        Self { clause: one.clause.clone(), task: one.task.clone(), figure: one.figure.clone(), due_on: one.due_on }
    }
}

impl From<&Edition> for OneEdition {
    fn from(one: &Edition) -> Self {
        let content = &one.content;
        Self {
            number: one.number,
            state: one.state.code(),
            theme: content.theme.clone(),
            contents: content.contents.clone(),
            criteria: content.criteria.clone(),
            forms: content.forms.clone(),
            lines: content.lines.iter().map(OneLine::from).collect(),
        }
    }
}

/// Something that happened to a version.
#[derive(Serialize, JsonSchema)]
struct ProgrammeEvent {
    /// The version.
    number: i64,
    /// What it became: `draft`, `submitted`, `returned` or `approved`.
    state: &'static str,
    on: Date,
    #[schemars(with = "String")]
    at: Timestamp,
    by: String,
    /// Why; empty where no reason is asked.
    reason: String,
}

impl From<&Event> for ProgrammeEvent {
    fn from(one: &Event) -> Self {
        let (by, reason) = (one.name.clone(), one.reason.clone());
        Self { number: one.number, state: one.state.code(), on: one.on, at: one.at, by, reason }
    }
}

async fn show(here: Here, Of(id): Of<UnitId>) -> Given {
    let found = queries::detail(&here.ctx(), id).await.map_err(said)?;
    give(&ProgrammeView {
        unit: OneUnit::from(&found.unit),
        versions: found.editions.iter().map(OneEdition::from).collect(),
        history: found.events.iter().map(ProgrammeEvent::from).collect(),
    })
}

/// One version with what changed since the one before it.
#[derive(Serialize, JsonSchema)]
struct EditionView {
    #[serde(flatten)]
    edition: OneEdition,
    /// What changed; none of the first version.
    changed: Option<EditionChange>,
}

/// What changed from one version to the next.
#[derive(Serialize, JsonSchema)]
struct EditionChange {
    texts: Vec<TextChange>,
    /// Lines that are new or were changed.
    added: Vec<OneLine>,
    /// Lines that are no more, or stand in another form now.
    dropped: Vec<OneLine>,
}

/// A text that changed.
#[derive(Serialize, JsonSchema)]
struct TextChange {
    /// `theme`, `contents`, `criteria` or `forms`.
    field: &'static str,
    was: String,
    became: String,
}

fn texts(was: &Content, became: &Content) -> Vec<TextChange> {
    let fields = [
        ("theme", &was.theme, &became.theme),
        ("contents", &was.contents, &became.contents),
        ("criteria", &was.criteria, &became.criteria),
        ("forms", &was.forms, &became.forms),
    ];
    let changed = fields.into_iter().filter(|(_, was, became)| was != became);
    changed.map(|(field, was, became)| TextChange { field, was: was.clone(), became: became.clone() }).collect()
}

async fn show_version(here: Here, Of((id, number)): Of<(UnitId, i64)>) -> Given {
    let found = queries::detail(&here.ctx(), id).await.map_err(said)?;
    let (edition, difference) = found.edition(number).ok_or_else(Refusal::not_found)?;
    let before = found.editions.iter().find(|one| one.number == number - 1);
    let changed = difference.zip(before).map(|(difference, before)| EditionChange {
        texts: texts(&before.content, &edition.content),
        added: difference.added.iter().map(OneLine::from).collect(),
        dropped: difference.dropped.iter().map(OneLine::from).collect(),
    });
    give(&EditionView { edition: OneEdition::from(edition), changed })
}

/// What the room said, with the word of its reason.
pub fn said(error: ProgrammesError) -> Refusal {
    told(error, crate::programmes::refusal)
}
