//! Visits to units and what was found there, with who mends it by when.

use kernel::id::UnitId;
use kernel::{Date, Permission};
use office::inspections::model::{Finding, State, StateKind};
use office::inspections::queries::{self, Listed};
use office::inspections::{InspectionId, InspectionsError};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Operation;
use super::answer::{Given, give, give_version};
use super::asked::{Asked, Of, told, word};
use super::page::{List, Paging};
use crate::doors::{Doors, Need};
use crate::here::Here;
use crate::page::Refusal;

/// The doors of this file.
pub fn doors(doors: Doors) -> Doors {
    let read = Need::May(Permission::ReadPlan);
    let all = Operation::get("/api/v1/inspections", read, "Các cuộc kiểm tra");
    let one = Operation::get("/api/v1/inspections/{inspection}", read, "Một cuộc kiểm tra, điều phải khắc phục");
    let found = Operation::get("/api/v1/findings", read, "Các điều phải khắc phục, theo hạn");
    doors
        .api(all.asks::<InspectionsAsked>().gives::<List<OneInspection>>(), list)
        .api(one.gives::<InspectionView>().versioned(), show)
        .api(found.asks::<FindingsAsked>().gives::<List<OneFinding>>(), findings)
}

/// Which visits are asked for.
#[derive(Deserialize, JsonSchema)]
struct InspectionsAsked {
    /// The unit that is visited, or answers for a finding.
    unit: Option<Uuid>,
    /// `planned`, `held` or `cancelled`.
    #[serde(default)]
    state: String,
    /// Only those with something overdue.
    #[serde(default)]
    overdue: bool,
    /// The cursor from `next` of the page before.
    #[serde(default)]
    cursor: String,
    /// How many lines at most: 1 to 200, 50 when left out.
    limit: Option<usize>,
}

/// A visit.
#[derive(Serialize, JsonSchema)]
struct OneInspection {
    id: Uuid,
    subject: String,
    clause: String,
    unit: Uuid,
    unit_name: String,
    planned_on: Date,
    /// `planned`, `held` or `cancelled`.
    state: &'static str,
    /// The day on which it was held or called off.
    settled_on: Option<Date>,
    /// What was concluded, or why it was called off; empty for whoever knows of some findings alone.
    words: String,
    /// Of the findings that the owner of the token may know of: all, to be mended, overdue.
    findings: usize,
    open: usize,
    overdue: usize,
    version: i64,
}

impl OneInspection {
    fn new(here: &Here, one: &Listed) -> Self {
        let visit = &one.inspection;
        let whole = here.ctx().may_in(Permission::ReadInspections, visit.unit).is_ok();
        let act = match &visit.state {
            State::Planned => None,
            State::Held(act) | State::Cancelled(act) => Some(act),
        };
        let overdue = |finding: &&Finding| finding.days_overdue(here.visit.today).is_some();
        Self {
            id: visit.id.0,
            subject: visit.subject.clone(),
            clause: visit.clause.clone(),
            unit: visit.unit.0,
            unit_name: one.unit_name.clone(),
            planned_on: visit.planned_on,
            state: visit.state.kind().code(),
            settled_on: act.map(|act| act.on),
            words: act.filter(|_| whole).map(|act| act.words.clone()).unwrap_or_default(),
            findings: one.findings.len(),
            open: one.findings.iter().filter(|finding| finding.closed.is_none()).count(),
            overdue: one.findings.iter().filter(overdue).count(),
            version: visit.version,
        }
    }
}

async fn list(here: Here, Asked(asked): Asked<InspectionsAsked>) -> Given {
    let state = word("state", &asked.state, StateKind::from_code)?;
    let unit = asked.unit.map(UnitId);
    let found = queries::list(&here.ctx(), unit, state, asked.overdue).await.map_err(said)?;
    let paging = Paging { cursor: asked.cursor, limit: asked.limit };
    let key = |one: &OneInspection| format!("{} {}", one.planned_on, one.id);
    give(&List::from_all(found.iter().map(|one| OneInspection::new(&here, one)).collect(), &paging, key)?)
}

/// Which findings are asked for.
#[derive(Deserialize, JsonSchema)]
struct FindingsAsked {
    /// The unit that answers for it.
    unit: Option<Uuid>,
    /// Only what is to be mended.
    #[serde(default)]
    open: bool,
    /// Only what is overdue.
    #[serde(default)]
    overdue: bool,
    /// The cursor from `next` of the page before.
    #[serde(default)]
    cursor: String,
    /// How many lines at most: 1 to 200, 50 when left out.
    limit: Option<usize>,
}

/// Something that was found and is to be mended.
#[derive(Serialize, JsonSchema)]
struct OneFinding {
    id: Uuid,
    inspection: Uuid,
    what: String,
    /// The unit that answers for it.
    unit: Uuid,
    /// The person who answers for it, where named.
    person: Option<Uuid>,
    found_on: Date,
    due_on: Date,
    /// Days after its last day while it is open; none when it is not overdue.
    days_overdue: Option<i64>,
    closed_on: Option<Date>,
    closed_by: Option<String>,
    /// How it was mended.
    closed_words: Option<String>,
    version: i64,
}

impl OneFinding {
    fn new(one: &Finding, today: Date) -> Self {
        let act = one.closed.as_ref().map(|(_, act)| act);
        Self {
            id: one.id.0,
            inspection: one.inspection.0,
            what: one.what.clone(),
            unit: one.unit.0,
            person: one.person.map(|person| person.0),
            found_on: one.found_on,
            due_on: one.due_on,
            days_overdue: one.days_overdue(today),
            closed_on: act.map(|act| act.on),
            closed_by: act.map(|act| act.name.clone()),
            closed_words: act.map(|act| act.words.clone()),
            version: one.version,
        }
    }
}

async fn findings(here: Here, Asked(asked): Asked<FindingsAsked>) -> Given {
    let today = here.visit.today;
    let unit = asked.unit.map(UnitId);
    let found = queries::list(&here.ctx(), None, None, false).await.map_err(said)?;
    let wanted = |one: &&Finding| {
        unit.is_none_or(|unit| one.unit == unit)
            && (!asked.open || one.closed.is_none())
            && (!asked.overdue || one.days_overdue(today).is_some())
    };
    let found = found.iter().flat_map(|visit| &visit.findings).filter(wanted);
    let paging = Paging { cursor: asked.cursor, limit: asked.limit };
    let key = |one: &OneFinding| format!("{} {}", one.due_on, one.id);
    give(&List::from_all(found.map(|one| OneFinding::new(one, today)).collect(), &paging, key)?)
}

/// A visit with its findings.
#[derive(Serialize, JsonSchema)]
struct InspectionView {
    #[serde(flatten)]
    inspection: OneInspection,
    /// The names of the inspectors.
    inspectors: Vec<String>,
    /// The findings that the owner of the token may know of.
    found: Vec<FindingView>,
}

/// A finding of a visit.
#[derive(Serialize, JsonSchema)]
struct FindingView {
    #[serde(flatten)]
    finding: OneFinding,
    unit_name: String,
    /// The name of the person who answers; empty where nobody is named.
    person_name: String,
    /// The names of the files of evidence.
    evidence: Vec<String>,
}

async fn show(here: Here, Of(id): Of<InspectionId>) -> Given {
    let found = queries::detail(&here.ctx(), id).await.map_err(said)?;
    let view = |line: &queries::FindingLine| FindingView {
        finding: OneFinding::new(&line.finding, here.visit.today),
        unit_name: line.unit_name.clone(),
        person_name: line.person.clone(),
        evidence: line.files.iter().map(|file| file.name.clone()).collect(),
    };
    let lines = found.findings.iter().map(view).collect();
    let findings = found.findings.into_iter().map(|line| line.finding).collect();
    let listed = Listed { inspection: found.inspection, unit_name: found.unit_name, findings };
    let version = listed.inspection.version;
    let inspection = OneInspection::new(&here, &listed);
    give_version(&InspectionView { inspection, inspectors: found.inspectors, found: lines }, version)
}

/// What the room said, with the word of its reason.
fn said(error: InspectionsError) -> Refusal {
    told(error, crate::inspections::refusal)
}
