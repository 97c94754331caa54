//! The register as a list with its counts, one entry in full, all events of a kind; how many hang on a clause.

use std::collections::{BTreeMap, BTreeSet};

use kernel::id::UnitId;
use kernel::{Date, Permission};

use super::decision::{self, Roots};
use super::model::{
    Connection, Conversion, ConversionKind, OutcomeKind, Partner, Record, Registered, Size, Standing, Support,
    SupportKind,
};
use super::{EnterprisesError, event_store, store};
use crate::Ctx;
use crate::db::{StoreError, Tx};
use crate::history::{self, Change};
use crate::organization::model::{Enterprise, EnterpriseKind, UnitKind};
use crate::organization::queries::Place;
use crate::organization::{self, EnterpriseId, UnitView};

/// Which entries are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// Whose name or sector holds this, with or without diacritics, or whose tax code begins with it.
    pub text: String,
    /// At home in this commune.
    pub commune: Option<String>,
    /// Of this kind.
    pub kind: Option<EnterpriseKind>,
    /// Of this size.
    pub size: Option<Size>,
    /// That stand so on the day.
    pub standing: Option<Standing>,
    /// The day.
    pub day: Date,
}

impl Filter {
    /// All entries, as they stand on a day.
    #[must_use]
    pub fn all(day: Date) -> Self {
        Self { text: String::new(), commune: None, kind: None, size: None, standing: None, day }
    }
}

/// How many entries there are of a kind, a size and a standing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// The kind.
    pub kind: EnterpriseKind,
    /// The size, where known.
    pub size: Option<Size>,
    /// How they stand.
    pub standing: Standing,
    /// How many.
    pub many: usize,
}

/// Two entries that may be one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspects {
    /// One, with its name and tax code.
    pub one: (EnterpriseId, String, Option<String>),
    /// The other.
    pub other: (EnterpriseId, String, Option<String>),
}

/// The place after an entry.
#[must_use]
pub fn after(one: &Registered) -> Place {
    Place { key: kernel::text::sort_key(&one.identity.entry.name), id: one.id().0 }
}

/// Entries that fit, by name, after a place.
///
/// # Errors
/// When the actor may not read the register.
pub async fn list(
    ctx: &Ctx<'_>,
    filter: &Filter,
    after: &Place,
    limit: usize,
) -> Result<Vec<Registered>, EnterprisesError> {
    ctx.may(Permission::ReadEnterprises)?;
    Ok(store::entries(&mut ctx.read().await?, filter, after, limit).await?)
}

/// How many of those that fit text and commune there are of each kind, size and standing: together all that
/// [`list`] shows when nothing else is asked for.
///
/// # Errors
/// When the actor may not read the register.
pub async fn counts(ctx: &Ctx<'_>, filter: &Filter) -> Result<Vec<Count>, EnterprisesError> {
    ctx.may(Permission::ReadEnterprises)?;
    Ok(store::counts(&mut ctx.read().await?, filter).await?)
}

/// The communes that entries are at home in, in order.
///
/// # Errors
/// When the actor may not read the register.
pub async fn communes(ctx: &Ctx<'_>) -> Result<Vec<String>, EnterprisesError> {
    ctx.may(Permission::ReadEnterprises)?;
    let mut found = store::communes(&mut ctx.read().await?).await?;
    found.sort_by_cached_key(|name| kernel::text::sort_key(name));
    Ok(found)
}

/// How many pairs of suspects are shown.
const SHOWN: i64 = 20;

/// Pairs of entries of one kind with the same name, for whoever may merge them.
///
/// # Errors
/// When the actor may not keep the register.
pub async fn suspects(ctx: &Ctx<'_>) -> Result<Vec<Suspects>, EnterprisesError> {
    ctx.may(Permission::ManageEnterprises)?;
    Ok(store::suspects(&mut ctx.read().await?, SHOWN).await?)
}

/// One entry, merged or not.
///
/// # Errors
/// [`EnterprisesError::Unknown`] when there is none.
pub async fn entry(ctx: &Ctx<'_>, id: EnterpriseId) -> Result<Registered, EnterprisesError> {
    ctx.may(Permission::ReadEnterprises)?;
    let found = store::entry(&mut ctx.read().await?, id).await?;
    found.ok_or(EnterprisesError::Unknown("doanh nghiệp, hợp tác xã, hộ này"))
}

/// The entry with a tax code, or what stands for it.
///
/// # Errors
/// When the actor may not read the register.
pub async fn by_tax_code(ctx: &Ctx<'_>, tax_code: &str) -> Result<Option<Enterprise>, EnterprisesError> {
    ctx.may(Permission::ReadEnterprises)?;
    Ok(organization::queries::enterprise_by_tax_code(&mut ctx.read().await?, tax_code).await?)
}

/// An entry in full.
#[derive(Debug, Clone, PartialEq)]
pub struct Detail {
    /// The entry.
    pub entry: Registered,
    /// The doubles that were merged into it.
    pub doubles: Vec<Enterprise>,
    /// Support, the newest first, withdrawn too.
    pub supports: Vec<Support>,
    /// Connections, from either side.
    pub connections: Vec<Connection>,
    /// What it turned into.
    pub conversions: Vec<Conversion>,
    /// The households that became it.
    pub households: Vec<Conversion>,
    /// What was made and changed of the entry, oldest first.
    pub changes: Vec<Change>,
    /// Of the other entries, the one that stands for each and its name.
    pub names: BTreeMap<EnterpriseId, (EnterpriseId, String)>,
    /// The names of the units.
    pub units: BTreeMap<UnitId, String>,
}

/// An entry in full; of a merged double the double itself, without what is read with the one that stays.
///
/// # Errors
/// [`EnterprisesError::Unknown`] when there is none.
pub async fn detail(ctx: &Ctx<'_>, id: EnterpriseId) -> Result<Detail, EnterprisesError> {
    ctx.may(Permission::ReadEnterprises)?;
    let mut tx = ctx.read().await?;
    let entry = store::entry(&mut tx, id).await?;
    let entry = entry.ok_or(EnterprisesError::Unknown("doanh nghiệp, hợp tác xã, hộ này"))?;
    let connections = event_store::connections_of(&mut tx, id).await?;
    let conversions = event_store::conversions_of(&mut tx, id).await?;
    let households = event_store::conversions_into(&mut tx, id).await?;
    let sides = connections.iter().flat_map(|one| match one.partner {
        Partner::Registered(partner) => [Some(one.enterprise), Some(partner)],
        Partner::Outside(_) => [Some(one.enterprise), None],
    });
    let turned = conversions.iter().chain(&households).flat_map(|one| [Some(one.enterprise), one.became]);
    let others: BTreeSet<EnterpriseId> = sides.chain(turned).flatten().collect();
    Ok(Detail {
        doubles: organization::queries::doubles(&mut tx, id).await?,
        supports: event_store::supports_of(&mut tx, id).await?,
        names: names_of(&mut tx, others).await?,
        changes: history::of_entry(&mut tx, "enterprises", id.0).await?,
        units: unit_names(ctx, &mut tx).await?,
        connections,
        conversions,
        households,
        entry,
    })
}

/// Of each entry the one that stands for it, with its name.
async fn names_of(
    tx: &mut Tx,
    ids: BTreeSet<EnterpriseId>,
) -> Result<BTreeMap<EnterpriseId, (EnterpriseId, String)>, StoreError> {
    let mut names = BTreeMap::new();
    for id in ids {
        let mut found = organization::queries::enterprise(tx, id).await?;
        if let Some(stays) = found.as_ref().and_then(|one| one.merged_into) {
            found = organization::queries::enterprise(tx, stays).await?;
        }
        names.extend(found.map(|one| (id, (one.id, one.entry.name))));
    }
    Ok(names)
}

async fn unit_names(ctx: &Ctx<'_>, tx: &mut Tx) -> Result<BTreeMap<UnitId, String>, StoreError> {
    let units = organization::queries::units(tx, ctx.today()).await?;
    Ok(units.into_iter().map(|unit| (unit.id, unit.name)).collect())
}

/// The units for which the actor records events.
///
/// # Errors
/// When the actor may not keep the register.
pub async fn own_units(ctx: &Ctx<'_>) -> Result<Vec<UnitView>, EnterprisesError> {
    ctx.may(Permission::ManageEnterprises)?;
    let mut units = organization::queries::units(&mut ctx.read().await?, ctx.today()).await?;
    let own = |unit: &UnitView| ctx.may_in(Permission::ManageEnterprises, unit.id).is_ok();
    units.retain(|unit| unit.kind != UnitKind::Office && unit.kind != UnitKind::Agency && own(unit));
    Ok(units)
}

/// Which events are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Events {
    /// From this day.
    pub from: Option<Date>,
    /// Up to and with this day.
    pub to: Option<Date>,
    /// On this clause.
    pub clause: Option<String>,
    /// Of this unit.
    pub unit: Option<UnitId>,
}

impl Events {
    fn fit(&self, record: &Record) -> bool {
        record.stands()
            && self.from.is_none_or(|from| record.on >= from)
            && self.to.is_none_or(|to| record.on <= to)
            && self.clause.as_ref().is_none_or(|clause| *clause == record.clause)
            && self.unit.is_none_or(|unit| unit == record.unit)
    }
}

/// All events that are asked for and stand, with what is needed to name and count them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overview {
    /// Support, the newest first.
    pub supports: Vec<Support>,
    /// Connections.
    pub connections: Vec<Connection>,
    /// Conversions.
    pub conversions: Vec<Conversion>,
    /// Of every entry, the one that stands for it and its name.
    pub names: BTreeMap<EnterpriseId, (EnterpriseId, String)>,
    /// The names of the units.
    pub units: BTreeMap<UnitId, String>,
    roots: Roots,
}

impl Overview {
    /// How often each kind of support was given, and to how many.
    #[must_use]
    pub fn supports_by_kind(&self) -> Vec<(SupportKind, usize, usize)> {
        decision::supports_by_kind(&self.supports, &self.roots)
    }

    /// How many connections have which outcome.
    #[must_use]
    pub fn connections_by_outcome(&self) -> Vec<(OutcomeKind, usize)> {
        decision::connections_by_outcome(&self.connections)
    }

    /// How many entries turned into something, each once.
    #[must_use]
    pub fn converted(&self) -> Vec<(ConversionKind, usize)> {
        decision::converted(&self.conversions, &self.roots)
    }

    /// The entry that stands for one, with its name.
    #[must_use]
    pub fn named(&self, id: EnterpriseId) -> (EnterpriseId, String) {
        self.names.get(&id).cloned().unwrap_or((id, String::new()))
    }
}

/// All events that are asked for and were not withdrawn.
///
/// # Errors
/// When the actor may not read the register.
pub async fn overview(ctx: &Ctx<'_>, asked: &Events) -> Result<Overview, EnterprisesError> {
    ctx.may(Permission::ReadEnterprises)?;
    let mut tx = ctx.read().await?;
    let mut supports = event_store::supports(&mut tx).await?;
    supports.retain(|one| asked.fit(&one.record));
    let mut connections = event_store::connections(&mut tx).await?;
    connections.retain(|one| asked.fit(&one.record));
    let mut conversions = event_store::conversions(&mut tx).await?;
    conversions.retain(|one| asked.fit(&one.record));
    Ok(Overview {
        supports,
        connections,
        conversions,
        names: store::names(&mut tx).await?,
        units: unit_names(ctx, &mut tx).await?,
        roots: store::roots(&mut tx).await?,
    })
}

/// How many events hang on each clause, for the plan; withdrawn ones are not among them.
///
/// # Errors
/// What the store says.
pub async fn count_by_clause(tx: &mut Tx) -> Result<Vec<(String, usize)>, StoreError> {
    event_store::count_by_clause(tx).await
}
