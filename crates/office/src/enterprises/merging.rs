//! Doubles: two entries that are one.

use kernel::Permission;

use super::service::{change, filled, load, subject};
use super::{EnterprisesError, event_store};
use crate::organization::{EnterpriseId, OrganizationError, enterprises};
use crate::{Ctx, history, ledger};

/// Merges a double into the entry that stays: from now on what hangs on either is read with the one that
/// stays, whose blanks are filled from the double. Each with the version that was read.
///
/// # Errors
/// The same entry twice, entries of different kinds, connected with each other, or merged already;
/// [`crate::StoreError::Stale`].
pub async fn merge(
    ctx: &Ctx<'_>,
    double: (EnterpriseId, i64),
    stays: (EnterpriseId, i64),
) -> Result<(), EnterprisesError> {
    ctx.may(Permission::ManageEnterprises)?;
    if double.0 == stays.0 {
        return Err(EnterprisesError::Itself);
    }
    let mut tx = ctx.begin().await?;
    let (gone, kept) = (load(&mut tx, double.0).await?, load(&mut tx, stays.0).await?);
    if gone.identity.entry.kind != kept.identity.entry.kind {
        let what = "hai hồ sơ khác loại; sửa loại cho đúng, hoặc ghi việc hộ kinh doanh trở thành doanh nghiệp";
        return Err(EnterprisesError::RestsOn(what));
    }
    if event_store::connected(&mut tx, double.0, stays.0).await? {
        return Err(EnterprisesError::RestsOn("hai hồ sơ có kết nối với nhau; rút kết nối đó trước"));
    }
    let (entry, profile) = filled(&kept, &gone.identity.entry.commune, &gone.profile.sector, gone.profile.size);
    change(ctx, &mut tx, &kept, stays.1, entry, profile, "enterprise.edit").await?;
    let before = (&gone.identity.entry, &gone.profile);
    history::changed(ctx, &mut tx, subject(double.0), "merge", &before).await?;
    enterprises::merge_in(ctx, &mut tx, double, stays.0).await?;
    let entry = ctx.entry("enterprise.merge", "enterprise", double.0).set("into", stays.0);
    ledger::record(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes a double out of the entry it was merged into.
///
/// # Errors
/// When it is no double; [`crate::StoreError::Stale`].
pub async fn part(ctx: &Ctx<'_>, double: EnterpriseId, seen: i64) -> Result<EnterpriseId, EnterprisesError> {
    ctx.may(Permission::ManageEnterprises)?;
    let mut tx = ctx.begin().await?;
    let stays = match load(&mut tx, double).await {
        Err(EnterprisesError::Identity(OrganizationError::Merged { into })) => into,
        Err(error) => return Err(error),
        Ok(_) => return Err(EnterprisesError::Unknown("hồ sơ đã gộp")),
    };
    enterprises::part_in(ctx, &mut tx, (double, seen)).await?;
    history::changed(ctx, &mut tx, subject(double), "part", &stays.0).await?;
    let entry = ctx.entry("enterprise.part", "enterprise", double).set("from", stays);
    ledger::record(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(stays)
}
