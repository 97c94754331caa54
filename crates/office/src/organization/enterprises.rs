//! The rows of enterprises, cooperatives, households and associations: whom an award or a letter may be about.
//!
//! Who they are is kept here, because the record of awards stands on it; what is known of them and what is
//! done for them, with the use cases and their ledger entries, is the room `enterprises`
//! (docs/decisions/0035).

use kernel::Permission;

use super::model::{Enterprise, EnterpriseEntry, EnterpriseId};
use super::{OrganizationError, store};
use crate::Ctx;
use crate::db::Tx;

/// Adds a row inside a transaction of the room that records it.
///
/// # Errors
/// [`OrganizationError::AlreadyRegistered`] names the row that has the tax code.
pub async fn add_in(ctx: &Ctx<'_>, tx: &mut Tx, entry: EnterpriseEntry) -> Result<Enterprise, OrganizationError> {
    ctx.may(Permission::ManageEnterprises)?;
    let enterprise = Enterprise { id: EnterpriseId::new(), entry: entry.cleaned()?, merged_into: None, version: 1 };
    tax_code_is_free(tx, &enterprise).await?;
    store::add_enterprise(tx, &enterprise).await?;
    Ok(enterprise)
}

/// Changes a row that was read at `version`, inside a transaction of the room that records it.
///
/// # Errors
/// [`crate::StoreError::Stale`] when somebody changed it since; [`OrganizationError::Merged`]; as [`add_in`].
pub async fn edit_in(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    id: EnterpriseId,
    version: i64,
    entry: EnterpriseEntry,
) -> Result<(), OrganizationError> {
    ctx.may(Permission::ManageEnterprises)?;
    standing(tx, id).await?;
    let enterprise = Enterprise { id, entry: entry.cleaned()?, merged_into: None, version };
    tax_code_is_free(tx, &enterprise).await?;
    store::save_enterprise(tx, &enterprise).await?;
    Ok(())
}

/// Counts a change of what hangs on a row that was read at `version`, so that of two at once one is refused.
///
/// # Errors
/// [`crate::StoreError::Stale`].
pub async fn touch_in(ctx: &Ctx<'_>, tx: &mut Tx, id: EnterpriseId, version: i64) -> Result<(), OrganizationError> {
    ctx.may(Permission::ManageEnterprises)?;
    store::touch_enterprise(tx, id, version).await?;
    Ok(())
}

/// Merges a double into the entry that stays, with all that was merged into it before. Nothing is moved:
/// what hangs on the double is read with the one that stays.
///
/// # Errors
/// [`OrganizationError::Merged`] when either is merged already; [`crate::StoreError::Stale`].
pub async fn merge_in(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    double: (EnterpriseId, i64),
    stays: EnterpriseId,
) -> Result<(), OrganizationError> {
    ctx.may(Permission::ManageEnterprises)?;
    standing(tx, double.0).await?;
    standing(tx, stays).await?;
    for earlier in store::doubles(tx, double.0).await? {
        store::merge_enterprise(tx, (earlier.id, earlier.version), Some(stays)).await?;
    }
    store::merge_enterprise(tx, double, Some(stays)).await?;
    Ok(())
}

/// Takes a double out of the entry it was merged into.
///
/// # Errors
/// [`OrganizationError::UnknownEnterprise`] when it is no double; [`crate::StoreError::Stale`].
pub async fn part_in(ctx: &Ctx<'_>, tx: &mut Tx, double: (EnterpriseId, i64)) -> Result<(), OrganizationError> {
    ctx.may(Permission::ManageEnterprises)?;
    let found = store::enterprise(tx, double.0).await?.filter(|one| one.merged_into.is_some());
    found.ok_or(OrganizationError::UnknownEnterprise(double.0))?;
    store::merge_enterprise(tx, double, None).await?;
    Ok(())
}

/// An entry that stands for itself.
async fn standing(tx: &mut Tx, id: EnterpriseId) -> Result<Enterprise, OrganizationError> {
    let found = store::enterprise(tx, id).await?.ok_or(OrganizationError::UnknownEnterprise(id))?;
    found.merged_into.map_or(Ok(found), |into| Err(OrganizationError::Merged { into }))
}

async fn tax_code_is_free(tx: &mut Tx, enterprise: &Enterprise) -> Result<(), OrganizationError> {
    let Some(tax_code) = &enterprise.entry.tax_code else { return Ok(()) };
    match store::enterprise_by_tax_code(tx, tax_code).await? {
        Some(other) if other.id != enterprise.id => Err(OrganizationError::AlreadyRegistered {
            tax_code: tax_code.clone(),
            name: other.entry.name,
            existing: other.merged_into.unwrap_or(other.id),
        }),
        _ => Ok(()),
    }
}
