//! Support that was given to an enterprise, a cooperative or a household.

use kernel::id::UnitId;
use kernel::{Date, Permission};

use super::model::{Record, Support, SupportId, SupportKind, Withdrawal, line, text};
use super::service::load;
use super::{EnterprisesError, event_store};
use crate::db::Tx;
use crate::ledger::NewEntry as LedgerEntry;
use crate::organization::EnterpriseId;
use crate::{Ctx, ledger, organization};

/// What somebody records of an event, whatever it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewEvent {
    /// The clause.
    pub clause: String,
    /// The unit that did or saw to it.
    pub unit: UnitId,
    /// The day.
    pub on: Date,
}

/// Support that is about to be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSupport {
    /// To whom.
    pub enterprise: EnterpriseId,
    /// Which kind.
    pub kind: SupportKind,
    /// What was done.
    pub what: String,
    /// The document; may be empty.
    pub document: String,
    /// Clause, unit, day.
    pub event: NewEvent,
}

/// Records support.
///
/// # Errors
/// For a unit that is not the actor's, without a clause or words, after today, of an entry that had ended by
/// then, and the same thing twice.
pub async fn give(ctx: &Ctx<'_>, new: &NewSupport) -> Result<SupportId, EnterprisesError> {
    ctx.may_in(Permission::ManageEnterprises, new.event.unit)?;
    let what = text("ho-tro", &new.what, "ghi đã hỗ trợ việc gì")?;
    let document = line("van-ban", &new.document)?;
    let mut tx = ctx.begin().await?;
    let record = new.event.record(ctx, &mut tx).await?;
    load(&mut tx, new.enterprise).await?.must_be_active(new.event.on)?;
    let key = kernel::text::search_key(&what);
    for one in event_store::supports_of(&mut tx, new.enterprise).await? {
        let same = one.kind == new.kind && one.record.on == new.event.on && kernel::text::search_key(&one.what) == key;
        if same && one.record.stands() {
            return Err(EnterprisesError::Recorded { on: one.record.on });
        }
    }
    let support = Support { id: SupportId::new(), enterprise: new.enterprise, kind: new.kind, what, document, record };
    event_store::add_support(&mut tx, &support).await?;
    let entry = ctx.entry("enterprise.support", "enterprise", new.enterprise).set("kind", new.kind.code());
    ledger::record(&mut tx, told(entry, &support.record)).await?;
    tx.commit().await?;
    Ok(support.id)
}

/// Withdraws support that was recorded by mistake.
///
/// # Errors
/// When it is withdrawn, of a unit that is not the actor's, without a reason; [`crate::StoreError::Stale`].
pub async fn withdraw(
    ctx: &Ctx<'_>,
    of: EnterpriseId,
    id: SupportId,
    seen: i64,
    why: &str,
) -> Result<(), EnterprisesError> {
    ctx.may(Permission::ManageEnterprises)?;
    let mut tx = ctx.begin().await?;
    let found = event_store::supports_of(&mut tx, of).await?.into_iter().find(|one| one.id == id);
    let mut support = found.ok_or(EnterprisesError::Unknown("việc hỗ trợ này"))?;
    ctx.may_in(Permission::ManageEnterprises, support.record.unit)?;
    support.record.withdraw(withdrawal(ctx, why))?;
    support.record.version = seen;
    event_store::withdraw_support(&mut tx, &support).await?;
    let entry = ctx.entry("enterprise.withdraw_support", "enterprise", support.enterprise);
    ledger::record(&mut tx, told(entry.set("kind", support.kind.code()), &support.record)).await?;
    tx.commit().await?;
    Ok(())
}

impl NewEvent {
    /// Clause, unit and day as they may be kept.
    ///
    /// # Errors
    /// Without a clause of the plan, for a unit that is no more, after today.
    pub(super) async fn record(&self, ctx: &Ctx<'_>, tx: &mut Tx) -> Result<Record, EnterprisesError> {
        if ctx.house.plan.clause(&self.clause).is_none() {
            return Err(EnterprisesError::NoClause);
        }
        if self.on > ctx.today() {
            return Err(EnterprisesError::TooLate { today: ctx.today() });
        }
        let unit = organization::queries::unit(tx, self.unit, ctx.today()).await?;
        if !unit.is_some_and(|unit| unit.period.contains(ctx.today())) {
            return Err(EnterprisesError::Unknown("đơn vị đang hoạt động"));
        }
        Ok(Record {
            clause: self.clause.clone(),
            unit: self.unit,
            on: self.on,
            recorded_on: ctx.today(),
            recorded_by: ctx.actor.name.clone(),
            withdrawn: None,
            version: 1,
        })
    }
}

/// That something was a mistake, by the actor, today.
pub(super) fn withdrawal(ctx: &Ctx<'_>, why: &str) -> Withdrawal {
    Withdrawal { on: ctx.today(), by: ctx.actor.name.clone(), why: kernel::text::clean_text(why) }
}

/// An event in the ledger: on the ground of its clause, with unit and day, without names and words.
pub(super) fn told(entry: LedgerEntry, record: &Record) -> LedgerEntry {
    entry.ground(&record.clause).set("unit", record.unit).set("on", record.on)
}
