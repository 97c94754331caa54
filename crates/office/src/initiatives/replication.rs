//! What other units take over: entered by either side, confirmed by the adopter alone, ended on a day.

use kernel::id::UnitId;
use kernel::{Date, Permission};

use super::content::{Author, Effect};
use super::model::{
    Act, Initiative, InitiativeFileId, Purpose, Replication, ReplicationId, ReplicationState, StateKind, is_author,
};
use super::service::{act, keep_file};
use super::{InitiativeId, InitiativesError, queries, replication_store as rows, store};
use crate::db::{StoreError, Tx};
use crate::{Ctx, ledger, organization};

/// A taking over that is about to be entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewReplication {
    /// The adopter.
    pub unit: UnitId,
    /// Since when.
    pub started_on: Date,
    /// How it is applied there.
    pub how: String,
    /// What was measured there.
    pub effect: Effect,
}

/// What a unit has taken over, with the initiative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adopted {
    /// The taking over.
    pub replication: Replication,
    /// The initiative.
    pub initiative: Initiative,
    /// The name of the unit it comes from.
    pub origin: String,
    /// The name of the adopter.
    pub adopter: String,
    /// The evidence.
    pub files: Vec<super::model::InitiativeFile>,
}

/// Whether the actor answers for the adopter and not for where the initiative comes from: somebody with the
/// permission for this unit by name, none for the origin, and no author.
pub(super) fn adopts(ctx: &Ctx<'_>, unit: UnitId, origin: UnitId, authors: &[Author]) -> bool {
    let units = ctx.actor.units_for(Permission::ConfirmReplication, ctx.today()).unwrap_or_default();
    units.contains(&unit) && !units.contains(&origin) && !is_author(authors, ctx.actor.person)
}

/// Whether the actor may say that a unit has taken an initiative over.
pub(super) fn may_report(ctx: &Ctx<'_>, one: &Initiative, authors: &[Author]) -> bool {
    one.state == StateKind::Recognised
        && (ctx.may_in(Permission::ReviewInitiatives, one.unit).is_ok()
            || queries::may_write(ctx, one, authors)
            || ctx.may(Permission::ConfirmReplication).is_ok())
}

/// Enters that a unit has taken over a recognised initiative.
///
/// # Errors
/// When it is not recognised, by the unit it comes from, before it was there, without words, or entered
/// already.
pub async fn report(ctx: &Ctx<'_>, id: InitiativeId, new: NewReplication) -> Result<ReplicationId, InitiativesError> {
    ctx.may(Permission::ReadPlan)?;
    let mut tx = ctx.begin().await?;
    let one = queries::seen(ctx, &mut tx, id).await?;
    one.must_be(&[StateKind::Recognised])?;
    let authors = store::authors(&mut tx, id).await?;
    let for_own = ctx.may_in(Permission::ConfirmReplication, new.unit).is_ok();
    let for_origin =
        ctx.may_in(Permission::ReviewInitiatives, one.unit).is_ok() || queries::may_write(ctx, &one, &authors);
    if !for_own && !for_origin {
        return Err(crate::Denied { permission: Permission::WriteInitiatives }.into());
    }
    if new.unit == one.unit {
        return Err(InitiativesError::SameUnit);
    }
    let view = organization::queries::unit(&mut tx, new.unit, ctx.today()).await?;
    if !view.is_some_and(|unit| unit.period.contains(ctx.today())) {
        return Err(InitiativesError::fault("don-vi-ap-dung", "Chọn đơn vị đang hoạt động"));
    }
    if new.started_on > ctx.today() {
        return Err(InitiativesError::fault("bat-dau", "Ngày bắt đầu áp dụng chưa đến"));
    }
    let how = kernel::text::clean_text(&new.how);
    if how.is_empty() || how.chars().count() > 5_000 {
        return Err(InitiativesError::fault("cach", "Ghi cách áp dụng, tối đa 5000 ký tự"));
    }
    let effect = Effect {
        figure: kernel::text::clean_line(&new.effect.figure),
        measure: kernel::text::clean_line(&new.effect.measure),
        source: kernel::text::clean_line(&new.effect.source),
        ..new.effect
    };
    let measured = effect.before.is_some() || effect.after.is_some();
    if effect.figure.is_empty() || effect.measure.is_empty() || effect.source.is_empty() || !measured {
        return Err(InitiativesError::fault("chi-so", "Ghi hiệu quả đo được: chỉ số, đơn vị tính, con số, nguồn"));
    }
    let runs = |other: &Replication| {
        other.unit == new.unit && matches!(other.state, ReplicationState::Reported | ReplicationState::Confirmed)
    };
    if rows::of(&mut tx, id).await?.iter().any(runs) {
        return Err(InitiativesError::fault("don-vi-ap-dung", "Việc áp dụng ở đơn vị này đã được ghi"));
    }
    let replication = Replication {
        id: ReplicationId::new(),
        initiative: id,
        unit: new.unit,
        started_on: new.started_on,
        how,
        effect,
        state: ReplicationState::Reported,
        reported: act(ctx, ""),
        answered: None,
        stopped: None,
        version: 1,
    };
    rows::add(&mut tx, &replication).await?;
    tell(ctx, &mut tx, &one, &replication, "replication.report").await?;
    tx.commit().await?;
    Ok(replication.id)
}

/// Attaches a file that shows what the adopter says, by whoever entered it may or the adopter.
///
/// # Errors
/// When it is not the actor's to show, was denied or stopped, or the file is not taken.
pub async fn attach(
    ctx: &Ctx<'_>,
    id: ReplicationId,
    name: &str,
    bytes: &[u8],
) -> Result<InitiativeFileId, InitiativesError> {
    let mut tx = ctx.begin().await?;
    let (mut replication, one, authors) = load(ctx, &mut tx, id).await?;
    if !adopts(ctx, replication.unit, one.unit, &authors) && !may_report(ctx, &one, &authors) {
        return Err(crate::Denied { permission: Permission::ConfirmReplication }.into());
    }
    if matches!(replication.state, ReplicationState::Denied | ReplicationState::Stopped) {
        return Err(InitiativesError::Replication { is: replication.state });
    }
    let file = keep_file(ctx, &mut tx, one.id, (Purpose::Replication, Some(id)), name, bytes).await?;
    rows::save(&mut tx, &replication).await?;
    replication.version += 1;
    tell(ctx, &mut tx, &one, &replication, "replication.attach").await?;
    tx.commit().await?;
    Ok(file)
}

/// Confirms, as the adopter, that it is so.
///
/// # Errors
/// [`InitiativesError::NotAdopter`] for whoever is of the origin or an author; when it does not wait for that.
pub async fn confirm(ctx: &Ctx<'_>, id: ReplicationId, seen: i64, words: &str) -> Result<(), InitiativesError> {
    answer(ctx, id, seen, "replication.confirm", |one| one.confirm(act(ctx, words))).await
}

/// Says, as the adopter, that it is not so.
///
/// # Errors
/// As [`confirm`]; without a reason.
pub async fn deny(ctx: &Ctx<'_>, id: ReplicationId, seen: i64, words: &str) -> Result<(), InitiativesError> {
    answer(ctx, id, seen, "replication.deny", |one| one.deny(act(ctx, words))).await
}

/// Ends it, as the adopter, from a day on.
///
/// # Errors
/// As [`confirm`]; on a day before it began or that has not come; without a reason.
pub async fn stop(ctx: &Ctx<'_>, id: ReplicationId, seen: i64, on: Date, words: &str) -> Result<(), InitiativesError> {
    let end = Act { on, ..act(ctx, words) };
    answer(ctx, id, seen, "replication.stop", |one| one.stop(end, ctx.today())).await
}

async fn answer(
    ctx: &Ctx<'_>,
    id: ReplicationId,
    seen: i64,
    action: &'static str,
    go: impl FnOnce(&mut Replication) -> Result<(), InitiativesError>,
) -> Result<(), InitiativesError> {
    ctx.may(Permission::ConfirmReplication)?;
    let mut tx = ctx.begin().await?;
    let (mut replication, one, authors) = load(ctx, &mut tx, id).await?;
    if !adopts(ctx, replication.unit, one.unit, &authors) {
        return Err(InitiativesError::NotAdopter);
    }
    go(&mut replication)?;
    replication.version = seen;
    rows::save(&mut tx, &replication).await?;
    tell(ctx, &mut tx, &one, &replication, action).await?;
    tx.commit().await?;
    Ok(())
}

/// A taking over that the actor may know of: as the adopter, or as a reader of the initiative.
async fn load(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    id: ReplicationId,
) -> Result<(Replication, Initiative, Vec<Author>), InitiativesError> {
    let unknown = || InitiativesError::Unknown("việc áp dụng");
    let replication = rows::find(tx, id).await?.ok_or_else(unknown)?;
    let one = store::find(tx, replication.initiative).await?.ok_or_else(unknown)?;
    let adopter = ctx.may_in(Permission::ConfirmReplication, replication.unit).is_ok();
    if !adopter && !queries::sees(ctx, tx, &one).await? {
        return Err(unknown());
    }
    let authors = store::authors(tx, one.id).await?;
    Ok((replication, one, authors))
}

/// The initiative of a taking over that the actor may know of.
///
/// # Errors
/// [`InitiativesError::Unknown`] also for one that he may not.
pub async fn initiative_of(ctx: &Ctx<'_>, id: ReplicationId) -> Result<InitiativeId, InitiativesError> {
    let mut tx = ctx.read().await?;
    Ok(load(ctx, &mut tx, id).await?.1.id)
}

/// What the actor's own units have taken over, what waits for an answer first.
///
/// # Errors
/// When the actor confirms for no unit.
pub async fn adopted(ctx: &Ctx<'_>) -> Result<Vec<Adopted>, InitiativesError> {
    ctx.may(Permission::ConfirmReplication)?;
    let mut tx = ctx.read().await?;
    let mut found = Vec::new();
    for unit in ctx.actor.units_for(Permission::ConfirmReplication, ctx.today()).unwrap_or_default() {
        for replication in rows::in_unit(&mut tx, unit).await? {
            let Some(initiative) = store::find(&mut tx, replication.initiative).await? else { continue };
            let mut files = store::files(&mut tx, initiative.id).await?;
            files.retain(|file| file.replication == Some(replication.id));
            let origin = queries::unit_name(ctx, &mut tx, initiative.unit).await?;
            let adopter = queries::unit_name(ctx, &mut tx, unit).await?;
            found.push(Adopted { replication, initiative, origin, adopter, files });
        }
    }
    found.sort_by_key(|one| (one.replication.state, std::cmp::Reverse(one.replication.id.0)));
    Ok(found)
}

/// A file of a taking over, for the adopter or a reader of the initiative.
///
/// # Errors
/// When there is none, or it is not the actor's to know of.
pub async fn file(
    ctx: &Ctx<'_>,
    id: ReplicationId,
    file: InitiativeFileId,
) -> Result<super::model::InitiativeFile, InitiativesError> {
    let mut tx = ctx.read().await?;
    let (replication, one, _) = load(ctx, &mut tx, id).await?;
    let mut files = store::files(&mut tx, one.id).await?.into_iter();
    let own = files.find(|kept| kept.id == file && kept.replication == Some(replication.id));
    own.ok_or(InitiativesError::Unknown("tệp này"))
}

/// How many units apply an initiative on a day: confirmed by them, and not stopped.
pub(super) async fn adopters(tx: &mut Tx, id: InitiativeId, day: Date) -> Result<usize, StoreError> {
    let counting: std::collections::BTreeSet<UnitId> =
        rows::of(tx, id).await?.into_iter().filter(|one| one.counts(day)).map(|one| one.unit).collect();
    Ok(counting.len())
}

async fn tell(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    one: &Initiative,
    replication: &Replication,
    action: &'static str,
) -> Result<(), InitiativesError> {
    let entry = ctx.entry(action, "replication", replication.id).ground(&one.clause).set("initiative", one.id);
    ledger::record(tx, entry.set("unit", replication.unit).set("state", replication.state.code())).await?;
    Ok(())
}
