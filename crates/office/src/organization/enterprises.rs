//! Keeping the register of enterprises, cooperatives and households.

use kernel::Permission;

use super::model::{Enterprise, EnterpriseEntry, EnterpriseId};
use super::{OrganizationError, store};
use crate::db::Tx;
use crate::{Ctx, ledger};

/// Adds an entry.
///
/// # Errors
/// [`OrganizationError::AlreadyRegistered`] names the entry that has the tax code.
pub async fn add(ctx: &Ctx<'_>, entry: EnterpriseEntry) -> Result<EnterpriseId, OrganizationError> {
    let mut tx = ctx.begin().await?;
    let id = add_in(ctx, &mut tx, entry).await?;
    tx.commit().await?;
    Ok(id)
}

/// Adds an entry inside a transaction of the caller.
///
/// # Errors
/// As [`add`].
pub async fn add_in(ctx: &Ctx<'_>, tx: &mut Tx, entry: EnterpriseEntry) -> Result<EnterpriseId, OrganizationError> {
    ctx.may(Permission::ManagePeople)?;
    let enterprise = Enterprise { id: EnterpriseId::new(), entry: entry.cleaned()?, version: 1 };
    tax_code_is_free(tx, &enterprise).await?;
    store::add_enterprise(tx, &enterprise).await?;
    let entry = ctx.entry("organization.add_enterprise", "enterprise", enterprise.id);
    ledger::record(tx, entry.set("kind", enterprise.entry.kind.code())).await?;
    Ok(enterprise.id)
}

/// Changes an entry.
///
/// # Errors
/// [`crate::StoreError::Stale`] when somebody changed it since `version`; as [`add`].
pub async fn edit(
    ctx: &Ctx<'_>,
    id: EnterpriseId,
    version: i64,
    entry: EnterpriseEntry,
) -> Result<(), OrganizationError> {
    ctx.may(Permission::ManagePeople)?;
    let mut tx = ctx.begin().await?;
    store::enterprise(&mut tx, id).await?.ok_or(OrganizationError::UnknownEnterprise(id))?;
    let enterprise = Enterprise { id, entry: entry.cleaned()?, version };
    tax_code_is_free(&mut tx, &enterprise).await?;
    store::save_enterprise(&mut tx, &enterprise).await?;
    let entry = ctx.entry("organization.edit_enterprise", "enterprise", id);
    ledger::record(&mut tx, entry.set("kind", enterprise.entry.kind.code())).await?;
    tx.commit().await?;
    Ok(())
}

async fn tax_code_is_free(tx: &mut Tx, enterprise: &Enterprise) -> Result<(), OrganizationError> {
    let Some(tax_code) = &enterprise.entry.tax_code else { return Ok(()) };
    match store::enterprise_by_tax_code(tx, tax_code).await? {
        Some(other) if other.id != enterprise.id => Err(OrganizationError::AlreadyRegistered {
            tax_code: tax_code.clone(),
            name: other.entry.name,
            existing: other.id,
        }),
        _ => Ok(()),
    }
}
