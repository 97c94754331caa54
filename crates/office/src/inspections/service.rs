//! A visit from its plan to the last finding that was mended.

use kernel::id::{PersonId, UnitId};
use kernel::{Date, Permission};

use super::model::{Act, Finding, FindingFile, FindingFileId, FindingId, Inspection, InspectionId, State, StateKind};
use super::{InspectionsError, queries, store};
use crate::db::Tx;
use crate::{Ctx, attachments, ledger, organization};

/// A visit that is about to be planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewInspection {
    /// What is looked at.
    pub subject: String,
    /// The clause.
    pub clause: String,
    /// The unit that is visited.
    pub unit: UnitId,
    /// The day.
    pub planned_on: Date,
    /// Who inspects.
    pub inspectors: Vec<PersonId>,
}

/// A finding that is about to be entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFinding {
    /// What was found.
    pub what: String,
    /// The unit that answers for it.
    pub unit: UnitId,
    /// The person who answers for it, where named.
    pub person: Option<PersonId>,
    /// The last day.
    pub due_on: Date,
}

/// Plans a visit.
///
/// # Errors
/// Without a subject, a clause of the plan or an inspector, to a unit that is not there, before today.
pub async fn plan(ctx: &Ctx<'_>, new: &NewInspection) -> Result<InspectionId, InspectionsError> {
    ctx.may_in(Permission::Inspect, new.unit)?;
    let mut tx = ctx.begin().await?;
    let subject = kernel::text::clean_line(&new.subject);
    if subject.is_empty() {
        return Err(InspectionsError::Missing("ghi nội dung kiểm tra"));
    }
    if ctx.house.plan.clause(&new.clause).is_none() {
        return Err(InspectionsError::NoClause);
    }
    must_stand(ctx, &mut tx, new.unit).await?;
    if new.planned_on < ctx.today() {
        return Err(InspectionsError::TooEarly { from: ctx.today() });
    }
    let mut inspectors: Vec<PersonId> = Vec::new();
    for person in &new.inspectors {
        if !organization::queries::is_of_the_office(&mut tx, *person, ctx.today()).await? {
            return Err(InspectionsError::Unknown("người kiểm tra"));
        }
        if !inspectors.contains(person) {
            inspectors.push(*person);
        }
    }
    if inspectors.is_empty() {
        return Err(InspectionsError::NoInspector);
    }
    let one = Inspection {
        id: InspectionId::new(),
        subject,
        clause: new.clause.clone(),
        unit: new.unit,
        planned_on: new.planned_on,
        inspectors,
        state: State::Planned,
        version: 1,
    };
    store::add(&mut tx, &one).await?;
    tell(ctx, &mut tx, &one, "inspection.plan").await?;
    tx.commit().await?;
    Ok(one.id)
}

/// Records that a visit was held on a day, with its conclusion.
///
/// # Errors
/// When it is not to come, on a day that has not come, or without a conclusion.
pub async fn hold(ctx: &Ctx<'_>, id: InspectionId, seen: i64, on: Date, words: &str) -> Result<(), InspectionsError> {
    ctx.may(Permission::Inspect)?;
    let mut tx = ctx.begin().await?;
    let mut one = must_find(ctx, &mut tx, id).await?;
    one.hold(act(ctx, on, words), ctx.today())?;
    one.version = seen;
    store::save(&mut tx, &one).await?;
    tell(ctx, &mut tx, &one, "inspection.hold").await?;
    tx.commit().await?;
    Ok(())
}

/// Calls a visit off, with a reason.
///
/// # Errors
/// When it is not to come, or without a reason.
pub async fn cancel(ctx: &Ctx<'_>, id: InspectionId, seen: i64, reason: &str) -> Result<(), InspectionsError> {
    ctx.may(Permission::Inspect)?;
    let mut tx = ctx.begin().await?;
    let mut one = must_find(ctx, &mut tx, id).await?;
    one.cancel(act(ctx, ctx.today(), reason))?;
    one.version = seen;
    store::save(&mut tx, &one).await?;
    tell(ctx, &mut tx, &one, "inspection.cancel").await?;
    tx.commit().await?;
    Ok(())
}

/// Enters what was found at a visit that was held.
///
/// # Errors
/// Before the visit was held, without words, due before today, with a person who does not work in the unit.
pub async fn find(ctx: &Ctx<'_>, id: InspectionId, new: &NewFinding) -> Result<FindingId, InspectionsError> {
    ctx.may(Permission::Inspect)?;
    let mut tx = ctx.begin().await?;
    let inspection = must_find(ctx, &mut tx, id).await?;
    inspection.must_be(StateKind::Held)?;
    let what = kernel::text::clean_text(&new.what);
    if what.is_empty() {
        return Err(InspectionsError::Missing("ghi điều phải khắc phục"));
    }
    must_stand(ctx, &mut tx, new.unit).await?;
    if let Some(person) = new.person {
        let posts = organization::queries::posts_of(&mut tx, person).await?;
        if !posts.iter().any(|post| post.unit == new.unit && post.period.contains(ctx.today())) {
            return Err(InspectionsError::NotOfUnit);
        }
    }
    if new.due_on < ctx.today() {
        return Err(InspectionsError::TooEarly { from: ctx.today() });
    }
    let finding = Finding {
        id: FindingId::new(),
        inspection: id,
        what,
        unit: new.unit,
        person: new.person,
        due_on: new.due_on,
        found_on: ctx.today(),
        closed: None,
        version: 1,
    };
    store::add_finding(&mut tx, &finding).await?;
    tell_finding(ctx, &mut tx, &inspection, &finding, "finding.enter").await?;
    tx.commit().await?;
    Ok(finding.id)
}

/// Attaches a file that shows what was mended: by the unit or person that answers, or by an inspector.
///
/// # Errors
/// When the file is not taken, the finding is closed, or is not the actor's to mend.
pub async fn attach(ctx: &Ctx<'_>, id: FindingId, name: &str, bytes: &[u8]) -> Result<FindingFileId, InspectionsError> {
    ctx.may(Permission::ReadPlan)?;
    let name = kernel::text::clean_line(name);
    let mut tx = ctx.begin().await?;
    let (inspection, finding) = queries::seen_finding(ctx, &mut tx, id).await?;
    if !queries::may_mend(ctx, &finding) {
        return Err(crate::Denied { permission: Permission::Inspect }.into());
    }
    if finding.closed.is_some() {
        return Err(InspectionsError::Closed);
    }
    let kept = attachments::keep(ctx.house, &name, bytes)
        .map_err(|error| InspectionsError::BadFile { name: name.clone(), why: error.to_string() })?;
    let file = FindingFile {
        id: FindingFileId::new(),
        name,
        digest: kept.digest,
        size: kept.size,
        media_type: kept.media_type.to_owned(),
        at: ctx.now(),
        by: ctx.actor.name.clone(),
    };
    store::touch_finding(&mut tx, &finding).await?;
    store::add_file(&mut tx, id, &file).await?;
    tell_finding(ctx, &mut tx, &inspection, &finding, "finding.attach").await?;
    tx.commit().await?;
    Ok(file.id)
}

/// Closes a finding as mended. `seen` is the version counter that the inspector had before him, so that no
/// evidence slips in between.
///
/// # Errors
/// When it is closed, without evidence or words, by whoever answers for it, or when it changed since it was read.
pub async fn close(ctx: &Ctx<'_>, id: FindingId, seen: i64, words: &str) -> Result<(), InspectionsError> {
    ctx.may(Permission::Inspect)?;
    let mut tx = ctx.begin().await?;
    let (inspection, mut finding) = queries::seen_finding(ctx, &mut tx, id).await?;
    ctx.may_in(Permission::Inspect, inspection.unit)?;
    let files = store::files(&mut tx, id).await?.len();
    finding.close(ctx.actor.account, ctx.actor.person, act(ctx, ctx.today(), words), files)?;
    finding.version = seen;
    store::close_finding(&mut tx, &finding).await?;
    tell_finding(ctx, &mut tx, &inspection, &finding, "finding.close").await?;
    tx.commit().await?;
    Ok(())
}

async fn must_find(ctx: &Ctx<'_>, tx: &mut Tx, id: InspectionId) -> Result<Inspection, InspectionsError> {
    let one = store::find(tx, id).await?.ok_or(InspectionsError::Unknown("cuộc kiểm tra"))?;
    ctx.may_in(Permission::Inspect, one.unit).map_err(|_| InspectionsError::Unknown("cuộc kiểm tra"))?;
    Ok(one)
}

async fn must_stand(ctx: &Ctx<'_>, tx: &mut Tx, unit: UnitId) -> Result<(), InspectionsError> {
    let view = organization::queries::unit(tx, unit, ctx.today()).await?;
    let stands = view.is_some_and(|unit| unit.period.contains(ctx.today()));
    if stands { Ok(()) } else { Err(InspectionsError::Unknown("đơn vị đang hoạt động")) }
}

fn act(ctx: &Ctx<'_>, on: Date, words: &str) -> Act {
    Act { on, name: ctx.actor.name.clone(), words: kernel::text::clean_text(words) }
}

async fn tell(ctx: &Ctx<'_>, tx: &mut Tx, one: &Inspection, action: &'static str) -> Result<(), InspectionsError> {
    let entry = ctx.entry(action, "inspection", one.id).ground(&one.clause).set("unit", one.unit);
    ledger::record(tx, entry).await?;
    Ok(())
}

async fn tell_finding(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    inspection: &Inspection,
    one: &Finding,
    action: &'static str,
) -> Result<(), InspectionsError> {
    let entry = ctx.entry(action, "finding", one.id).ground(&inspection.clause).set("unit", one.unit);
    ledger::record(tx, entry.set("due_on", one.due_on)).await?;
    Ok(())
}
