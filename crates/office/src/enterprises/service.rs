//! The entries of the register: taken in, completed, changed, ended.

use kernel::{Date, Permission};

use super::model::{NewEntry, Profile, Registered, SHORTEST_REASON, Size};
use super::{EnterprisesError, store};
use crate::db::Tx;
use crate::history::{self, Subject};
use crate::ledger::NewEntry as LedgerEntry;
use crate::organization::model::EnterpriseKind;
use crate::organization::{EnterpriseId, enterprises};
use crate::{Ctx, ledger, organization};

/// Takes an entry into the register.
///
/// # Errors
/// A tax code that another entry has ([`EnterprisesError::existing`] names it), or of another shape; no name;
/// a size of what is no enterprise.
pub async fn register(ctx: &Ctx<'_>, new: NewEntry) -> Result<EnterpriseId, EnterprisesError> {
    let mut tx = ctx.begin().await?;
    let id = register_in(ctx, &mut tx, new).await?;
    tx.commit().await?;
    Ok(id)
}

/// The same inside a transaction of the caller.
///
/// # Errors
/// As [`register`].
pub async fn register_in(ctx: &Ctx<'_>, tx: &mut Tx, new: NewEntry) -> Result<EnterpriseId, EnterprisesError> {
    ctx.may(Permission::ManageEnterprises)?;
    let new = new.cleaned()?;
    let enterprise = enterprises::add_in(ctx, tx, new.entry).await?;
    let profile = Profile { size: new.size, sector: new.sector, ended: None };
    store::put_profile(tx, enterprise.id, &profile).await?;
    history::entered(ctx, tx, subject(enterprise.id)).await?;
    let entry = entry(ctx, "enterprise.register", enterprise.id, enterprise.entry.kind, profile.size);
    ledger::record(tx, entry).await?;
    Ok(enterprise.id)
}

/// Changes an entry that was read at `seen`.
///
/// # Errors
/// [`crate::StoreError::Stale`]; as [`register`].
pub async fn edit(ctx: &Ctx<'_>, id: EnterpriseId, seen: i64, new: NewEntry) -> Result<(), EnterprisesError> {
    let mut tx = ctx.begin().await?;
    edit_in(ctx, &mut tx, id, seen, new).await?;
    tx.commit().await?;
    Ok(())
}

/// The same inside a transaction of the caller.
///
/// # Errors
/// As [`edit`].
pub async fn edit_in(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    id: EnterpriseId,
    seen: i64,
    new: NewEntry,
) -> Result<(), EnterprisesError> {
    ctx.may(Permission::ManageEnterprises)?;
    let new = new.cleaned()?;
    let before = load(tx, id).await?;
    let profile = Profile { size: new.size, sector: new.sector, ended: before.profile.ended.clone() };
    change(ctx, tx, &before, seen, new.entry, profile, "enterprise.edit").await
}

/// Fills what is blank in an entry with what somebody typed for the same tax code; what is known stays.
///
/// # Errors
/// [`crate::StoreError::Stale`]; as [`register`].
pub async fn complete(ctx: &Ctx<'_>, id: EnterpriseId, seen: i64, new: NewEntry) -> Result<(), EnterprisesError> {
    ctx.may(Permission::ManageEnterprises)?;
    let mut tx = ctx.begin().await?;
    let before = load(&mut tx, id).await?;
    let (entry, profile) = filled(&before, &new.entry.commune, &new.sector, new.size);
    change(ctx, &mut tx, &before, seen, entry, profile, "enterprise.edit").await?;
    tx.commit().await?;
    Ok(())
}

/// What an entry says when its blanks are filled.
pub(super) fn filled(
    before: &Registered,
    commune: &Option<String>,
    sector: &str,
    size: Option<Size>,
) -> (organization::model::EnterpriseEntry, Profile) {
    let mut entry = before.identity.entry.clone();
    let mut profile = before.profile.clone();
    if entry.commune.is_none() {
        entry.commune.clone_from(commune);
    }
    if profile.sector.is_empty() {
        profile.sector = kernel::text::clean_line(sector);
    }
    if profile.size.is_none() && entry.kind == EnterpriseKind::Enterprise {
        profile.size = size;
    }
    (entry, profile)
}

/// Records that an entry is no more from a day on, with the reason.
///
/// # Errors
/// When it ended already, after today, without a reason; [`crate::StoreError::Stale`].
pub async fn end(ctx: &Ctx<'_>, id: EnterpriseId, seen: i64, on: Date, why: &str) -> Result<(), EnterprisesError> {
    ctx.may(Permission::ManageEnterprises)?;
    let why = kernel::text::clean_text(why);
    let mut tx = ctx.begin().await?;
    let before = load(&mut tx, id).await?;
    if let Some((on, _)) = &before.profile.ended {
        return Err(EnterprisesError::Ended { on: *on });
    }
    if on > ctx.today() {
        return Err(EnterprisesError::TooLate { today: ctx.today() });
    }
    if why.chars().count() < SHORTEST_REASON {
        let what = format!("ghi căn cứ ngừng hoạt động, ít nhất {SHORTEST_REASON} ký tự");
        return Err(EnterprisesError::Missing { field: "vi-sao", what });
    }
    let profile = Profile { ended: Some((on, why)), ..before.profile.clone() };
    let entry = before.identity.entry.clone();
    change(ctx, &mut tx, &before, seen, entry, profile, "enterprise.end").await?;
    tx.commit().await?;
    Ok(())
}

/// Takes back that an entry ended.
///
/// # Errors
/// When it did not; [`crate::StoreError::Stale`].
pub async fn resume(ctx: &Ctx<'_>, id: EnterpriseId, seen: i64) -> Result<(), EnterprisesError> {
    ctx.may(Permission::ManageEnterprises)?;
    let mut tx = ctx.begin().await?;
    let before = load(&mut tx, id).await?;
    if before.profile.ended.is_none() {
        return Err(EnterprisesError::Unknown("việc ngừng hoạt động đã ghi"));
    }
    let profile = Profile { ended: None, ..before.profile.clone() };
    let entry = before.identity.entry.clone();
    change(ctx, &mut tx, &before, seen, entry, profile, "enterprise.resume").await?;
    tx.commit().await?;
    Ok(())
}

/// Saves an entry as it is now, keeping how it stood before.
pub(super) async fn change(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    before: &Registered,
    seen: i64,
    entry: organization::model::EnterpriseEntry,
    profile: Profile,
    action: &'static str,
) -> Result<(), EnterprisesError> {
    let (id, kind) = (before.id(), entry.kind);
    history::changed(ctx, tx, subject(id), "correct", &(&before.identity.entry, &before.profile)).await?;
    enterprises::edit_in(ctx, tx, id, seen, entry).await?;
    store::put_profile(tx, id, &profile).await?;
    ledger::record(tx, self::entry(ctx, action, id, kind, profile.size)).await?;
    Ok(())
}

/// An entry that stands for itself.
pub(super) async fn load(tx: &mut Tx, id: EnterpriseId) -> Result<Registered, EnterprisesError> {
    let found = store::entry(tx, id).await?.ok_or(EnterprisesError::Unknown("doanh nghiệp, hợp tác xã, hộ này"))?;
    match found.identity.merged_into {
        None => Ok(found),
        Some(into) => Err(EnterprisesError::Identity(organization::OrganizationError::Merged { into })),
    }
}

/// In the history.
pub(super) fn subject(id: EnterpriseId) -> Subject {
    Subject { kind: "enterprises", entry: id.0, owner: id.0 }
}

fn entry(
    ctx: &Ctx<'_>,
    action: &'static str,
    id: EnterpriseId,
    kind: EnterpriseKind,
    size: Option<Size>,
) -> LedgerEntry {
    let entry = ctx.entry(action, "enterprise", id).set("kind", kind.code());
    match size {
        Some(size) => entry.set("size", size.code()),
        None => entry,
    }
}
