//! Keeping units: adding, renaming from a day, merging, closing.

use kernel::id::UnitId;
use kernel::text::search_key;
use kernel::{Date, Permission};

use super::model::{NewUnit, UnitName, UnitView, code};
use super::{OrganizationError, store};
use crate::db::{StoreError, Tx};
use crate::{Ctx, ledger};

/// Adds a unit.
///
/// # Errors
/// An empty name or code, a code or a name that is taken.
pub async fn add(ctx: &Ctx<'_>, new: &NewUnit) -> Result<UnitId, OrganizationError> {
    let mut tx = ctx.begin().await?;
    let id = add_in(ctx, &mut tx, new).await?;
    tx.commit().await?;
    Ok(id)
}

/// Adds a unit inside a transaction of the caller.
///
/// # Errors
/// As [`add`].
pub async fn add_in(ctx: &Ctx<'_>, tx: &mut Tx, new: &NewUnit) -> Result<UnitId, OrganizationError> {
    ctx.may(Permission::ManagePeople)?;
    let name = cleaned(&new.name)?;
    let code = code(&new.code).ok_or(OrganizationError::CodeMissing)?;
    let unit = UnitView {
        id: UnitId::new(),
        code,
        name: name.clone(),
        kind: new.kind,
        period: kernel::Period::since(new.from),
        merged_into: None,
        position: new.position,
        version: 1,
    };
    if store::unit_by_code(tx, &unit.code, new.from).await?.is_some() {
        return Err(OrganizationError::CodeTaken { code: unit.code });
    }
    name_is_free(tx, unit.id, &unit.name, new.from).await?;
    store::add_unit(tx, &unit).await?;
    store::add_unit_name(tx, unit.id, &UnitName { from: new.from, name, document: new.document.clone() }).await?;
    let entry = ctx.entry("organization.add_unit", "unit", unit.id).set("code", &unit.code).set("from", new.from);
    ledger::record(tx, entry).await?;
    Ok(unit.id)
}

/// Two units that stand on one day are told apart by their names, also without diacritics.
async fn name_is_free(tx: &mut Tx, id: UnitId, name: &str, on: Date) -> Result<(), OrganizationError> {
    let key = search_key(name);
    let others = store::units(tx, on).await?;
    match others.into_iter().find(|other| other.id != id && search_key(&other.name) == key) {
        Some(other) => Err(OrganizationError::NameTaken { name: other.name, code: other.code }),
        None => Ok(()),
    }
}

/// Gives a unit another name from a day on; papers of earlier days keep the earlier name.
///
/// # Errors
/// [`StoreError::Stale`] when somebody changed the unit since `version`; a second name from one day; the name of
/// another unit that stands on that day.
pub async fn rename(ctx: &Ctx<'_>, id: UnitId, version: i64, name: UnitName) -> Result<(), OrganizationError> {
    ctx.may(Permission::ManagePeople)?;
    let mut tx = ctx.begin().await?;
    let unit = UnitView { version, ..find(&mut tx, id, name.from).await? };
    alive(&unit, name.from)?;
    let name = UnitName { name: cleaned(&name.name)?, ..name };
    name_is_free(&mut tx, id, &name.name, name.from).await?;
    store::save_unit(&mut tx, &unit).await?;
    match store::add_unit_name(&mut tx, id, &name).await {
        Err(StoreError::Duplicate { .. }) => return Err(OrganizationError::RenamedThatDay { on: name.from }),
        other => other?,
    }
    let mut entry = ctx.entry("organization.rename_unit", "unit", id).set("from", name.from).set("name", &name.name);
    entry.ground = name.document;
    ledger::record(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Merges units into one from a day on: they end, and everybody in them goes on in the other, same title.
///
/// # Errors
/// When nothing is merged, or a unit does not exist on that day.
pub async fn merge(
    ctx: &Ctx<'_>,
    sources: &[UnitId],
    into: UnitId,
    on: Date,
    document: Option<&str>,
) -> Result<(), OrganizationError> {
    ctx.may(Permission::ManagePeople)?;
    let mut tx = ctx.begin().await?;
    let target = find(&mut tx, into, on).await?;
    alive(&target, on)?;
    if sources.is_empty() || sources.contains(&into) {
        return Err(OrganizationError::NothingToMerge { code: target.code });
    }
    for source in sources {
        let mut unit = find(&mut tx, *source, on).await?;
        unit.end(on)?;
        unit.merged_into = Some(into);
        store::save_unit(&mut tx, &unit).await?;
        for post in store::posts_of_unit_from(&mut tx, unit.id, on).await? {
            super::people::move_post(&mut tx, post, into, on).await?;
        }
        let mut entry = ctx.entry("organization.merge_unit", "unit", unit.id).set("into", into).set("on", on);
        entry.ground = document.map(str::to_owned);
        ledger::record(&mut tx, entry).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Closes a unit from a day on; everybody must have left it by then.
///
/// # Errors
/// [`OrganizationError::StillPeopled`]; [`StoreError::Stale`] when somebody changed it since `version`.
pub async fn close(
    ctx: &Ctx<'_>,
    id: UnitId,
    version: i64,
    on: Date,
    document: Option<&str>,
) -> Result<(), OrganizationError> {
    ctx.may(Permission::ManagePeople)?;
    let mut tx = ctx.begin().await?;
    let mut unit = UnitView { version, ..find(&mut tx, id, on).await? };
    let people = store::posts_of_unit_from(&mut tx, id, on).await?.len();
    if people > 0 {
        return Err(OrganizationError::StillPeopled { code: unit.code, people });
    }
    unit.end(on)?;
    store::save_unit(&mut tx, &unit).await?;
    let mut entry = ctx.entry("organization.close_unit", "unit", id).set("on", on);
    entry.ground = document.map(str::to_owned);
    ledger::record(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Moves a unit to another place in lists, or says otherwise what it is to the Office.
///
/// # Errors
/// [`StoreError::Stale`] when somebody changed it since `version`.
pub async fn arrange(
    ctx: &Ctx<'_>,
    id: UnitId,
    version: i64,
    kind: super::model::UnitKind,
    position: i64,
) -> Result<(), OrganizationError> {
    ctx.may(Permission::ManagePeople)?;
    let mut tx = ctx.begin().await?;
    let unit = UnitView { version, kind, position, ..find(&mut tx, id, ctx.today()).await? };
    store::save_unit(&mut tx, &unit).await?;
    let entry = ctx.entry("organization.arrange_unit", "unit", id).set("kind", kind.code()).set("position", position);
    ledger::record(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(())
}

pub(super) async fn find(tx: &mut Tx, id: UnitId, on: Date) -> Result<UnitView, OrganizationError> {
    store::unit(tx, id, on).await?.ok_or(OrganizationError::UnknownUnit(id))
}

pub(super) fn alive(unit: &UnitView, on: Date) -> Result<(), OrganizationError> {
    if unit.period.contains(on) { Ok(()) } else { Err(OrganizationError::UnitNotThere { code: unit.code.clone(), on }) }
}

fn cleaned(name: &str) -> Result<String, OrganizationError> {
    let name = kernel::text::clean_line(name);
    if name.is_empty() { Err(OrganizationError::NameMissing) } else { Ok(name) }
}
