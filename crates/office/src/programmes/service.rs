//! A unit's programme: written, handed in, returned or approved, amended.

use kernel::Permission;
use kernel::id::UnitId;

use super::model::{Content, Edition, EditionId, Event, Line, ProgrammeId, State, takes_part};
use super::{ProgrammesError, store};
use crate::db::Tx;
use crate::movements::Work;
use crate::notices::{self, NewNotice, NoticeKind, To};
use crate::{Ctx, House, ledger, organization};

/// The bounds of the least length of a reason.
pub const REASON_BOUNDS: (i64, i64) = (5, 500);

/// The text as it is kept, each line hung on a clause that the plan has.
///
/// # Errors
/// A line without clause or without task, by its place in the form.
fn cleaned(house: &House, content: &Content) -> Result<Content, ProgrammesError> {
    let text = |text: &str| kernel::text::clean_text(text);
    let line = |text: &str| kernel::text::clean_line(text);
    let mut lines = Vec::new();
    for (place, one) in (1..).zip(&content.lines) {
        let kept = Line {
            clause: one.clause.trim().to_owned(),
            task: line(&one.task),
            figure: line(&one.figure),
            due_on: one.due_on,
        };
        let blank = kept.clause.is_empty() && kept.task.is_empty() && kept.figure.is_empty() && kept.due_on.is_none();
        if blank {
            continue;
        }
        if house.plan.clause(&kept.clause).is_none() {
            return Err(ProgrammesError::NoClause { line: place });
        }
        if kept.task.is_empty() {
            return Err(ProgrammesError::NoTask { line: place });
        }
        lines.push(kept);
    }
    Ok(Content {
        theme: line(&content.theme),
        contents: text(&content.contents),
        criteria: text(&content.criteria),
        forms: text(&content.forms),
        lines,
    })
}

/// Keeps what a unit writes: a first version when there is none, else the newest one if it may be edited.
/// `seen` is the version counter that the writer had before him; 0 when there was nothing.
///
/// # Errors
/// While it is under review or in force, on a line without clause, and when somebody wrote in between.
pub async fn write(ctx: &Ctx<'_>, unit: UnitId, content: &Content, seen: i64) -> Result<(), ProgrammesError> {
    ctx.may_in(Permission::WriteProgramme, unit)?;
    let mut tx = ctx.begin().await?;
    let view = organization::queries::unit(&mut tx, unit, ctx.today()).await?;
    let view = view.filter(takes_part).ok_or(ProgrammesError::Unknown("đơn vị"))?;
    if !view.period.contains(ctx.today()) {
        return Err(ProgrammesError::TakesNoPart { name: view.name });
    }
    match newest(&mut tx, unit).await? {
        None => {
            let edition = Edition {
                id: EditionId::new(),
                programme: ProgrammeId::new(),
                number: 1,
                state: State::Draft,
                content: cleaned(ctx.house, content)?,
                author: ctx.actor.account,
                submitter: None,
                version: 1,
            };
            store::add_programme(&mut tx, edition.programme, unit).await?;
            store::add_edition(&mut tx, &edition).await?;
            tell(ctx, &mut tx, unit, &edition, "programme.write", "").await?;
        }
        Some(mut edition) => {
            // A refusal by state says more than "somebody wrote in between".
            edition.rewrite(Content::default(), ctx.actor.account)?;
            edition.content = cleaned(ctx.house, content)?;
            edition.version = seen;
            store::save_edition(&mut tx, &edition).await?;
            let entry = ctx.entry_of(Work::Programmes, "programme.write", "programme", edition.programme);
            ledger::record(&mut tx, entry.set("unit", unit).set("number", edition.number)).await?;
        }
    }
    tx.commit().await?;
    Ok(())
}

/// Hands the newest version in.
///
/// # Errors
/// When something is missing in it, or it was handed in or approved before.
pub async fn submit(ctx: &Ctx<'_>, unit: UnitId) -> Result<(), ProgrammesError> {
    ctx.may_in(Permission::WriteProgramme, unit)?;
    let mut tx = ctx.begin().await?;
    let mut edition = must_have(&mut tx, unit).await?;
    edition.submit(ctx.actor.account)?;
    store::save_edition(&mut tx, &edition).await?;
    tell(ctx, &mut tx, unit, &edition, "programme.submit", "").await?;
    tx.commit().await?;
    Ok(())
}

/// Gives what was handed in back to its unit, with a reason that is long enough to say something.
///
/// # Errors
/// Without such a reason, or when it does not wait.
pub async fn give_back(ctx: &Ctx<'_>, unit: UnitId, reason: &str) -> Result<(), ProgrammesError> {
    ctx.may_in(Permission::ApproveProgramme, unit)?;
    let mut tx = ctx.begin().await?;
    let mut edition = must_have(&mut tx, unit).await?;
    let reason = kernel::text::clean_text(reason);
    let (least, _) = store::settings(&mut tx).await?;
    if reason.chars().count() < least {
        return Err(ProgrammesError::ShortReason { least });
    }
    edition.give_back()?;
    store::save_edition(&mut tx, &edition).await?;
    tell(ctx, &mut tx, unit, &edition, "programme.return", &reason).await?;
    notify(ctx, &mut tx, unit, &edition, "Chương trình của đơn vị bị trả lại").await?;
    tx.commit().await?;
    Ok(())
}

/// Approves what was handed in. `seen` is the version counter that the approver had before him.
///
/// # Errors
/// When it does not wait, is the approver's own, or changed since it was read.
pub async fn approve(ctx: &Ctx<'_>, unit: UnitId, seen: i64) -> Result<(), ProgrammesError> {
    ctx.may_in(Permission::ApproveProgramme, unit)?;
    let mut tx = ctx.begin().await?;
    let mut edition = must_have(&mut tx, unit).await?;
    edition.approve(ctx.actor.account)?;
    edition.version = seen;
    store::save_edition(&mut tx, &edition).await?;
    tell(ctx, &mut tx, unit, &edition, "programme.approve", "").await?;
    notify(ctx, &mut tx, unit, &edition, "Chương trình của đơn vị đã được duyệt").await?;
    tx.commit().await?;
    Ok(())
}

/// Tells who writes the programme of a unit what became of it.
async fn notify(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    unit: UnitId,
    edition: &Edition,
    what: &str,
) -> Result<(), ProgrammesError> {
    let new = NewNotice {
        kind: NoticeKind::Programme,
        key: format!("programme/{}/{}", edition.id, edition.version),
        subject: what.to_owned(),
        url: format!("/noi-bo/chuong-trinh/{unit}"),
    };
    notices::service::raise(ctx, tx, &[To::Holding(Permission::WriteProgramme, unit)], &new).await?;
    Ok(())
}

/// Begins the next version of a programme in force, as a copy; the one in force stays readable and counts
/// until the new one is approved.
///
/// # Errors
/// When the newest version is not in force.
pub async fn amend(ctx: &Ctx<'_>, unit: UnitId) -> Result<(), ProgrammesError> {
    ctx.may_in(Permission::WriteProgramme, unit)?;
    let mut tx = ctx.begin().await?;
    let old = must_have(&mut tx, unit).await?;
    if old.state != State::Approved {
        return Err(ProgrammesError::NothingToAmend);
    }
    let next = Edition {
        id: EditionId::new(),
        number: old.number + 1,
        state: State::Draft,
        author: ctx.actor.account,
        submitter: None,
        version: 1,
        ..old
    };
    store::add_edition(&mut tx, &next).await?;
    tell(ctx, &mut tx, unit, &next, "programme.amend", "").await?;
    tx.commit().await?;
    Ok(())
}

/// Sets how long a reason must be at least when a programme is returned.
///
/// # Errors
/// Outside [`REASON_BOUNDS`].
pub async fn set_shortest_reason(ctx: &Ctx<'_>, letters: i64) -> Result<(), ProgrammesError> {
    ctx.may(Permission::ApproveProgramme)?;
    let (least, most) = REASON_BOUNDS;
    if !(least..=most).contains(&letters) {
        return Err(ProgrammesError::OddLength { least, most });
    }
    let mut tx = ctx.begin().await?;
    let (was, version) = store::settings(&mut tx).await?;
    store::save_settings(&mut tx, version, letters).await?;
    let entry = ctx.entry("programme.set_shortest_reason", "programme", "settings");
    ledger::record(&mut tx, entry.set("was", was).set("became", letters)).await?;
    tx.commit().await?;
    Ok(())
}

async fn newest(tx: &mut Tx, unit: UnitId) -> Result<Option<Edition>, ProgrammesError> {
    let Some(programme) = store::programme_of(tx, unit).await? else { return Ok(None) };
    Ok(store::editions(tx, programme).await?.pop())
}

async fn must_have(tx: &mut Tx, unit: UnitId) -> Result<Edition, ProgrammesError> {
    newest(tx, unit).await?.ok_or(ProgrammesError::Unknown("chương trình của đơn vị"))
}

/// Keeps what a version became: for the history that units read, and in the ledger.
async fn tell(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    unit: UnitId,
    edition: &Edition,
    action: &'static str,
    reason: &str,
) -> Result<(), ProgrammesError> {
    let event = Event {
        unit,
        number: edition.number,
        state: edition.state,
        on: ctx.today(),
        at: ctx.now(),
        name: ctx.actor.name.clone(),
        reason: reason.to_owned(),
    };
    store::add_event(tx, edition.programme, &event, ctx.actor.account).await?;
    let entry = ctx.entry_of(Work::Programmes, action, "programme", edition.programme);
    ledger::record(tx, entry.set("unit", unit).set("number", edition.number)).await?;
    Ok(())
}
