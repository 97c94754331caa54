//! Households that became enterprises, and enterprises that grew: dated events, each counted once.

use kernel::Permission;

use super::model::{Conversion, ConversionId, ConversionKind, NewEntry, Profile, Registered, Size, line};
use super::service::{change, load, register_in};
use super::support::{NewEvent, told, withdrawal};
use super::{EnterprisesError, decision, event_store};
use crate::db::Tx;
use crate::organization::model::{EnterpriseEntry, EnterpriseKind, tax_code};
use crate::organization::{EnterpriseId, OrganizationError, enterprises};
use crate::{Ctx, ledger, organization};

/// A household that is about to be recorded as an enterprise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFounding {
    /// The household.
    pub household: EnterpriseId,
    /// The tax code of the enterprise: the household's own, one in the register, or a new one.
    pub tax_code: String,
    /// The name of the enterprise; needed when the register does not have it.
    pub name: String,
    /// How large it is, where known.
    pub size: Option<Size>,
    /// The document; may be empty.
    pub document: String,
    /// Clause, unit, day.
    pub event: NewEvent,
}

/// An enterprise that is about to be recorded as grown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewGrowth {
    /// Which one.
    pub enterprise: EnterpriseId,
    /// How large it is now.
    pub to: Size,
    /// The document; may be empty.
    pub document: String,
    /// Clause, unit, day.
    pub event: NewEvent,
}

/// Records that a household became an enterprise. With the household's own tax code the entry becomes the
/// enterprise; with another one the enterprise is its own entry, taken in when the register lacks it, and the
/// household is counted among households no more.
///
/// # Errors
/// Of what is no household, twice, with a tax code of what is no enterprise, without a name when it is new.
pub async fn found(ctx: &Ctx<'_>, new: &NewFounding) -> Result<ConversionId, EnterprisesError> {
    ctx.may_in(Permission::ManageEnterprises, new.event.unit)?;
    let document = line("van-ban-chuyen", &new.document)?;
    let code = tax_code(&new.tax_code);
    let code = code.ok_or_else(|| OrganizationError::OddTaxCode { code: new.tax_code.clone() })?;
    let mut tx = ctx.begin().await?;
    let record = new.event.record(ctx, &mut tx).await?;
    let household = load(&mut tx, new.household).await?;
    once(&mut tx, new.household, ConversionKind::Founded, None).await?;
    if household.identity.entry.kind != EnterpriseKind::Household {
        return Err(EnterprisesError::NoHousehold);
    }
    household.must_be_active(new.event.on)?;
    let became = if household.identity.entry.tax_code.as_ref() == Some(&code) {
        become_itself(ctx, &mut tx, &household, new).await?;
        None
    } else {
        enterprises::touch_in(ctx, &mut tx, new.household, household.identity.version).await?;
        Some(another(ctx, &mut tx, &household, code, new).await?)
    };
    let conversion = Conversion {
        id: ConversionId::new(),
        enterprise: new.household,
        kind: ConversionKind::Founded,
        sizes: None,
        became,
        document,
        record,
    };
    event_store::add_conversion(&mut tx, &conversion).await?;
    tell(ctx, &mut tx, &conversion, "enterprise.convert").await?;
    tx.commit().await?;
    Ok(conversion.id)
}

/// The household's own entry becomes the enterprise.
async fn become_itself(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    household: &Registered,
    new: &NewFounding,
) -> Result<(), EnterprisesError> {
    let old = &household.identity.entry;
    let name = kernel::text::clean_line(&new.name);
    let name = if name.is_empty() { old.name.clone() } else { name };
    let entry = EnterpriseEntry { name, kind: EnterpriseKind::Enterprise, ..old.clone() };
    let profile = Profile { size: new.size, ..household.profile.clone() };
    change(ctx, tx, household, household.identity.version, entry, profile, "enterprise.edit").await
}

/// The entry of the enterprise: the one that has the tax code, or a new one.
async fn another(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    household: &Registered,
    code: String,
    new: &NewFounding,
) -> Result<EnterpriseId, EnterprisesError> {
    if let Some(known) = organization::queries::enterprise_by_tax_code(tx, &code).await? {
        let known = load(tx, known.id).await?;
        known.must_be_active(new.event.on)?;
        if known.identity.entry.kind != EnterpriseKind::Enterprise {
            return Err(EnterprisesError::NoEnterprise);
        }
        return Ok(known.id());
    }
    if kernel::text::clean_line(&new.name).is_empty() {
        let what = "sổ chưa có mã số thuế này; ghi tên doanh nghiệp mới".to_owned();
        return Err(EnterprisesError::Missing { field: "ten-moi", what });
    }
    let entry = EnterpriseEntry {
        tax_code: Some(code),
        name: new.name.clone(),
        kind: EnterpriseKind::Enterprise,
        commune: household.identity.entry.commune.clone(),
    };
    let new = NewEntry { entry, size: new.size, sector: household.profile.sector.clone() };
    register_in(ctx, tx, new).await
}

/// Records that an enterprise grew to a size.
///
/// # Errors
/// When its size is not known or not smaller, of what is no enterprise, and twice to the same size.
pub async fn grow(ctx: &Ctx<'_>, new: &NewGrowth) -> Result<ConversionId, EnterprisesError> {
    ctx.may_in(Permission::ManageEnterprises, new.event.unit)?;
    let document = line("van-ban-lon", &new.document)?;
    let mut tx = ctx.begin().await?;
    let record = new.event.record(ctx, &mut tx).await?;
    let before = load(&mut tx, new.enterprise).await?;
    before.must_be_active(new.event.on)?;
    if before.identity.entry.kind != EnterpriseKind::Enterprise {
        return Err(EnterprisesError::SizeOfOther);
    }
    once(&mut tx, new.enterprise, ConversionKind::Grown, Some(new.to)).await?;
    let from = decision::growth(before.profile.size, new.to)?;
    let profile = Profile { size: Some(new.to), ..before.profile.clone() };
    let entry = before.identity.entry.clone();
    change(ctx, &mut tx, &before, before.identity.version, entry, profile, "enterprise.edit").await?;
    let conversion = Conversion {
        id: ConversionId::new(),
        enterprise: new.enterprise,
        kind: ConversionKind::Grown,
        sizes: Some((from, new.to)),
        became: None,
        document,
        record,
    };
    event_store::add_conversion(&mut tx, &conversion).await?;
    tell(ctx, &mut tx, &conversion, "enterprise.convert").await?;
    tx.commit().await?;
    Ok(conversion.id)
}

/// Withdraws a conversion that was recorded by mistake, and what it changed in the entry.
///
/// # Errors
/// When the entry was merged, or changed since so that it cannot be taken back; as
/// [`super::support::withdraw`].
pub async fn withdraw(
    ctx: &Ctx<'_>,
    of: EnterpriseId,
    id: ConversionId,
    seen: i64,
    why: &str,
) -> Result<(), EnterprisesError> {
    ctx.may(Permission::ManageEnterprises)?;
    let mut tx = ctx.begin().await?;
    let found = event_store::conversions_of(&mut tx, of).await?.into_iter().find(|one| one.id == id);
    let mut conversion = found.ok_or(EnterprisesError::Unknown("việc chuyển đổi này"))?;
    ctx.may_in(Permission::ManageEnterprises, conversion.record.unit)?;
    conversion.record.withdraw(withdrawal(ctx, why))?;
    conversion.record.version = seen;
    take_back(ctx, &mut tx, &conversion).await?;
    event_store::withdraw_conversion(&mut tx, &conversion).await?;
    tell(ctx, &mut tx, &conversion, "enterprise.withdraw_conversion").await?;
    tx.commit().await?;
    Ok(())
}

async fn take_back(ctx: &Ctx<'_>, tx: &mut Tx, conversion: &Conversion) -> Result<(), EnterprisesError> {
    let now = match load(tx, conversion.enterprise).await {
        Err(EnterprisesError::Identity(OrganizationError::Merged { .. })) => {
            return Err(EnterprisesError::RestsOn("hồ sơ đã gộp vào hồ sơ khác; tách ra trước khi rút việc này"));
        }
        other => other?,
    };
    let (mut entry, mut profile) = (now.identity.entry.clone(), now.profile.clone());
    match (conversion.kind, conversion.sizes) {
        (ConversionKind::Founded, _) if conversion.became.is_some() => return Ok(()),
        (ConversionKind::Founded, _) => {
            let later = event_store::conversions_of(tx, conversion.enterprise).await?;
            let grown = later.iter().any(|one| one.kind == ConversionKind::Grown && one.record.stands());
            if grown || entry.kind != EnterpriseKind::Enterprise {
                return Err(EnterprisesError::RestsOn("hồ sơ đã đổi sau việc này; rút việc sau trước"));
            }
            entry.kind = EnterpriseKind::Household;
            profile.size = None;
        }
        (ConversionKind::Grown, Some((from, to))) if profile.size == Some(to) => profile.size = Some(from),
        (ConversionKind::Grown, _) => {
            return Err(EnterprisesError::RestsOn("quy mô đã đổi sau việc này; rút việc sau trước"));
        }
    }
    change(ctx, tx, &now, now.identity.version, entry, profile, "enterprise.edit").await
}

/// The same conversion was not recorded of this entry or a double of it.
async fn once(tx: &mut Tx, of: EnterpriseId, kind: ConversionKind, to: Option<Size>) -> Result<(), EnterprisesError> {
    let same = |one: &&Conversion| one.kind == kind && one.record.stands() && one.sizes.map(|(_, after)| after) == to;
    match event_store::conversions_of(tx, of).await?.iter().find(same) {
        Some(one) => Err(EnterprisesError::Recorded { on: one.record.on }),
        None => Ok(()),
    }
}

async fn tell(ctx: &Ctx<'_>, tx: &mut Tx, one: &Conversion, action: &'static str) -> Result<(), EnterprisesError> {
    let mut entry = ctx.entry(action, "enterprise", one.enterprise).set("kind", one.kind.code());
    if let Some(became) = one.became {
        entry = entry.set("became", became);
    }
    if let Some((from, to)) = one.sizes {
        entry = entry.set("was", from.code()).set("size", to.code());
    }
    ledger::record(tx, told(entry, &one.record)).await?;
    Ok(())
}
