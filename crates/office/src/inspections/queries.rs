//! Lists of visits, one visit with its findings, what waits, how many findings stood where on a day.

use std::collections::BTreeMap;

use kernel::id::{PersonId, UnitId};
use kernel::{Date, Permission};

use super::model::{Count, Finding, FindingFile, FindingFileId, FindingId, Inspection, InspectionId, StateKind};
use super::{InspectionsError, store};
use crate::Ctx;
use crate::db::{StoreError, Tx};
use crate::organization::{self, UnitView};

/// Whether the actor reads all inspections of a unit.
fn reads(ctx: &Ctx<'_>, unit: UnitId) -> bool {
    ctx.may_in(Permission::ReadInspections, unit).is_ok()
}

/// Whether the actor may know of a finding: of the unit that was visited, of the unit that answers, or as the
/// person who answers.
fn sees(ctx: &Ctx<'_>, visited: UnitId, finding: &Finding) -> bool {
    reads(ctx, visited) || reads(ctx, finding.unit) || answers(ctx, finding)
}

/// Whether the actor is the person who answers, through a page or a key that reads the plan.
fn answers(ctx: &Ctx<'_>, finding: &Finding) -> bool {
    finding.person.is_some() && finding.person == ctx.actor.person && ctx.may(Permission::ReadPlan).is_ok()
}

/// Whether the actor may show what was mended.
pub(super) fn may_mend(ctx: &Ctx<'_>, finding: &Finding) -> bool {
    // Whoever assigns the unit's work answers for it.
    let for_unit = ctx.may_in(Permission::AssignTasks, finding.unit).is_ok() && reads(ctx, finding.unit);
    answers(ctx, finding) || for_unit || ctx.may_in(Permission::Inspect, finding.unit).is_ok()
}

/// A finding that the actor may know of, with its visit.
///
/// # Errors
/// [`InspectionsError::Unknown`] also for one that he may not.
pub(super) async fn seen_finding(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    id: FindingId,
) -> Result<(Inspection, Finding), InspectionsError> {
    let unknown = || InspectionsError::Unknown("kết luận");
    let finding = store::finding(tx, id).await?.ok_or_else(unknown)?;
    let inspection = store::find(tx, finding.inspection).await?.ok_or_else(unknown)?;
    if !sees(ctx, inspection.unit, &finding) {
        return Err(unknown());
    }
    Ok((inspection, finding))
}

/// A visit as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The visit.
    pub inspection: Inspection,
    /// The name of the unit today.
    pub unit_name: String,
    /// The findings that the actor may know of, by last day.
    pub findings: Vec<Finding>,
}

async fn all_in(ctx: &Ctx<'_>, tx: &mut Tx) -> Result<Vec<Listed>, StoreError> {
    let findings = store::findings(tx).await?;
    let mut found = Vec::new();
    for inspection in store::all(tx).await? {
        let own: Vec<Finding> = findings
            .iter()
            .filter(|one| one.inspection == inspection.id && sees(ctx, inspection.unit, one))
            .cloned()
            .collect();
        if own.is_empty() && !reads(ctx, inspection.unit) {
            continue;
        }
        let unit = organization::queries::unit(tx, inspection.unit, ctx.today()).await?;
        let unit_name = unit.map(|unit| unit.name).unwrap_or_default();
        found.push(Listed { inspection, unit_name, findings: own });
    }
    Ok(found)
}

/// The visits that the actor may know of, the newest first; narrowed to a unit, a state, or to those with
/// something overdue.
///
/// # Errors
/// When the actor may not read the plan.
pub async fn list(
    ctx: &Ctx<'_>,
    unit: Option<UnitId>,
    state: Option<StateKind>,
    overdue: bool,
) -> Result<Vec<Listed>, InspectionsError> {
    ctx.may(Permission::ReadPlan)?;
    let mut tx = ctx.read().await?;
    let mut found = all_in(ctx, &mut tx).await?;
    found.retain(|one| {
        let due = one.findings.iter().any(|finding| finding.days_overdue(ctx.today()).is_some());
        let there = |unit| one.inspection.unit == unit || one.findings.iter().any(|finding| finding.unit == unit);
        unit.is_none_or(there) && state.is_none_or(|state| one.inspection.state.kind() == state) && (!overdue || due)
    });
    Ok(found)
}

/// A finding on the page of its visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindingLine {
    /// The finding.
    pub finding: Finding,
    /// The name of the unit that answers.
    pub unit_name: String,
    /// The name of the person who answers.
    pub person: String,
    /// The evidence.
    pub files: Vec<FindingFile>,
    /// Whether the actor may attach evidence.
    pub may_mend: bool,
}

/// One visit in full.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// The visit.
    pub inspection: Inspection,
    /// The name of the unit today.
    pub unit_name: String,
    /// The names of the inspectors.
    pub inspectors: Vec<String>,
    /// The findings that the actor may know of.
    pub findings: Vec<FindingLine>,
    /// Whether the actor reads the whole visit, not some findings alone.
    pub whole: bool,
    /// Whether the actor inspects.
    pub may_inspect: bool,
}

/// One visit.
///
/// # Errors
/// [`InspectionsError::Unknown`] also for one that the actor may not know of.
pub async fn detail(ctx: &Ctx<'_>, id: InspectionId) -> Result<Detail, InspectionsError> {
    ctx.may(Permission::ReadPlan)?;
    let mut tx = ctx.read().await?;
    let found = all_in(ctx, &mut tx).await?.into_iter().find(|one| one.inspection.id == id);
    let Listed { inspection, unit_name, findings } = found.ok_or(InspectionsError::Unknown("cuộc kiểm tra"))?;
    let mut inspectors = Vec::new();
    for person in &inspection.inspectors {
        inspectors.extend(name_of(&mut tx, Some(*person)).await?);
    }
    let mut lines = Vec::new();
    for finding in findings {
        let unit = organization::queries::unit(&mut tx, finding.unit, ctx.today()).await?;
        lines.push(FindingLine {
            unit_name: unit.map(|unit| unit.name).unwrap_or_default(),
            person: name_of(&mut tx, finding.person).await?.unwrap_or_default(),
            files: store::files(&mut tx, finding.id).await?,
            may_mend: may_mend(ctx, &finding) && finding.closed.is_none(),
            finding,
        });
    }
    Ok(Detail {
        whole: reads(ctx, inspection.unit),
        may_inspect: ctx.may_in(Permission::Inspect, inspection.unit).is_ok(),
        inspection,
        unit_name,
        inspectors,
        findings: lines,
    })
}

async fn name_of(tx: &mut Tx, person: Option<PersonId>) -> Result<Option<String>, StoreError> {
    let Some(person) = person else { return Ok(None) };
    Ok(organization::queries::person(tx, person).await?.map(|one| one.profile.name))
}

/// A file of evidence of a finding that the actor may know of.
///
/// # Errors
/// When there is none, or the finding is not the actor's to know of.
pub async fn file(ctx: &Ctx<'_>, id: FindingId, file: FindingFileId) -> Result<FindingFile, InspectionsError> {
    ctx.may(Permission::ReadPlan)?;
    let mut tx = ctx.read().await?;
    seen_finding(ctx, &mut tx, id).await?;
    let files = store::files(&mut tx, id).await?;
    files.into_iter().find(|one| one.id == file).ok_or(InspectionsError::Unknown("tệp này"))
}

/// The visit of a finding that the actor may know of.
///
/// # Errors
/// When there is none, or it is not the actor's to know of.
pub async fn visit_of(ctx: &Ctx<'_>, id: FindingId) -> Result<InspectionId, InspectionsError> {
    ctx.may(Permission::ReadPlan)?;
    let mut tx = ctx.read().await?;
    Ok(seen_finding(ctx, &mut tx, id).await?.1.inspection)
}

/// Units and people to choose from, for whoever inspects: people with the name of their unit.
///
/// # Errors
/// When the actor may not inspect.
pub async fn choices(ctx: &Ctx<'_>) -> Result<(Vec<UnitView>, Vec<(PersonId, String, UnitView)>), InspectionsError> {
    ctx.may(Permission::Inspect)?;
    let mut tx = ctx.read().await?;
    let mut units = organization::queries::units(&mut tx, ctx.today()).await?;
    units.retain(|unit| unit.kind != organization::model::UnitKind::Office);
    let mut people = Vec::new();
    for unit in &units {
        for member in organization::queries::members(&mut tx, unit.id, ctx.today()).await? {
            people.push((member.person.id, member.person.profile.name, unit.clone()));
        }
    }
    Ok((units, people))
}

/// The units whose inspections the actor reads.
///
/// # Errors
/// When the actor may not read the plan.
pub async fn seen_units(ctx: &Ctx<'_>) -> Result<Vec<UnitView>, InspectionsError> {
    ctx.may(Permission::ReadPlan)?;
    let mut tx = ctx.read().await?;
    let mut units = organization::queries::units(&mut tx, ctx.today()).await?;
    units.retain(|unit| reads(ctx, unit.id));
    Ok(units)
}

/// What waits for the actor in this room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Waiting {
    /// A finding to mend: for the unit's head or the person who answers.
    ToMend(Finding),
    /// A finding with evidence that an inspector has not closed.
    ToClose(Finding),
    /// A visit whose day has come.
    ToHold(Inspection),
}

/// What waits for the actor, on working days only.
///
/// # Errors
/// What the store says.
pub async fn waiting(ctx: &Ctx<'_>) -> Result<Vec<Waiting>, InspectionsError> {
    let today = ctx.today();
    if ctx.may(Permission::ReadPlan).is_err() || !ctx.calendar().is_working(today) {
        return Ok(Vec::new());
    }
    let mut tx = ctx.read().await?;
    let mut found = Vec::new();
    let inspects = ctx.may(Permission::Inspect).is_ok();
    let heads = ctx.actor.units_for(Permission::AssignTasks, today).unwrap_or_default();
    for finding in store::findings(&mut tx).await?.into_iter().filter(|one| one.closed.is_none()) {
        if answers(ctx, &finding) || (heads.contains(&finding.unit) && reads(ctx, finding.unit)) {
            found.push(Waiting::ToMend(finding));
        } else if inspects && !store::files(&mut tx, finding.id).await?.is_empty() {
            found.push(Waiting::ToClose(finding));
        }
    }
    if inspects {
        let planned = |one: &Inspection| one.state.kind() == StateKind::Planned && one.planned_on <= today;
        found.extend(store::all(&mut tx).await?.into_iter().filter(planned).map(Waiting::ToHold));
    }
    Ok(found)
}

/// The overdue findings for which a unit answers, as far as the actor may know of them.
///
/// # Errors
/// When the actor may not read the plan.
pub async fn overdue_of(ctx: &Ctx<'_>, unit: UnitId) -> Result<Vec<Finding>, InspectionsError> {
    let found = list(ctx, Some(unit), None, true).await?.into_iter().flat_map(|one| one.findings);
    Ok(found.filter(|one| one.unit == unit && one.days_overdue(ctx.today()).is_some()).collect())
}

/// How many findings of each clause and each unit that answers stood where at the end of a day. For other
/// rooms: numbers without names.
///
/// # Errors
/// What the store says.
pub async fn stood_on(tx: &mut Tx, day: Date) -> Result<BTreeMap<(String, UnitId), Count>, StoreError> {
    let clauses: BTreeMap<_, _> = store::all(tx).await?.into_iter().map(|one| (one.id, one.clause)).collect();
    let mut counts: BTreeMap<(String, UnitId), Count> = BTreeMap::new();
    for finding in store::findings(tx).await? {
        let Some(clause) = clauses.get(&finding.inspection) else { continue };
        if let Some(stood) = finding.stood(day) {
            counts.entry((clause.clone(), finding.unit)).or_default().add(stood);
        }
    }
    Ok(counts)
}

/// How many visits hang on each clause; called-off ones and clauses without any are left out.
///
/// # Errors
/// What the store says.
pub async fn count_by_clause(tx: &mut Tx) -> Result<Vec<(String, usize)>, StoreError> {
    store::count_by_clause(tx).await
}
