//! Who asks, in which house, at what time: what every use case is handed first.

use std::path::PathBuf;
use std::sync::Arc;

use kernel::calendar::{RunningCalendar, WorkCalendar};
use kernel::id::UnitId;
use kernel::{Actor, Clock, Date, Permission, Timestamp};
use rules::RuleBook;

use crate::db::{Db, StoreError, Tx};
use crate::kept::Kept;
use crate::keys::Keys;
use crate::ledger::NewEntry;
use crate::movements::{Plan, Work};

/// The house: what all requests share.
pub struct House {
    /// Where everything is kept.
    pub db: Db,
    /// Tells the day.
    pub clock: Clock,
    /// The law, dated and cited.
    pub rules: RuleBook,
    /// Days off and make-up days, as they stand now.
    pub calendar: RunningCalendar,
    /// The plan of the movement that runs here.
    pub plan: Plan,
    /// The house's own signing keys.
    pub keys: Keys,
    /// The folder for files and keys.
    pub data_dir: PathBuf,
    /// Filled with invented people; every page says so.
    pub demo: bool,
    /// The address under which the public reaches this house, for codes on paper: `https://thidua.example.vn`.
    pub public_url: String,
    /// Whether every request comes through our own proxy, whose word on the caller's address is believed.
    pub behind_proxy: bool,
    /// What was worked out since the record last changed.
    pub kept: Kept,
}

impl House {
    /// The movement's own name: what stands between the quotation marks of the plan's title.
    #[must_use]
    pub fn movement_name(&self) -> String {
        let title = &self.plan.title;
        title
            .split_once('“')
            .and_then(|(_, rest)| rest.split_once('”'))
            .map_or(title.as_str(), |(name, _)| name)
            .to_owned()
    }
}

/// Asked for something that no grant carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("bạn không có quyền “{}” ở đây", .permission.name_vi())]
pub struct Denied {
    /// What was asked for.
    pub permission: Permission,
}

/// One actor in the house, for the length of one request or command.
#[derive(Clone, Copy)]
pub struct Ctx<'a> {
    /// The house.
    pub house: &'a House,
    /// Who asks.
    pub actor: &'a Actor,
}

impl<'a> Ctx<'a> {
    /// An actor in the house.
    #[must_use]
    pub fn new(house: &'a House, actor: &'a Actor) -> Self {
        Self { house, actor }
    }

    /// Allows what some grant of today carries, whichever unit it names.
    ///
    /// # Errors
    /// [`Denied`] otherwise.
    pub fn may(&self, permission: Permission) -> Result<(), Denied> {
        if self.actor.may(permission, self.today()) { Ok(()) } else { Err(Denied { permission }) }
    }

    /// Allows what a grant of today carries for this unit.
    ///
    /// # Errors
    /// [`Denied`] otherwise.
    pub fn may_in(&self, permission: Permission, unit: UnitId) -> Result<(), Denied> {
        if self.actor.may_in(permission, unit, self.today()) { Ok(()) } else { Err(Denied { permission }) }
    }

    /// Today in Việt Nam, by the house's clock.
    #[must_use]
    pub fn today(&self) -> Date {
        self.house.clock.today()
    }

    /// Now, by the house's clock.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.house.clock.now()
    }

    /// The calendar as it stands now, for what is shown. A due day that is kept is computed with
    /// [`crate::calendar::queries::hold`].
    #[must_use]
    pub fn calendar(&self) -> Arc<WorkCalendar> {
        self.house.calendar.current()
    }

    /// Begins a transaction that will write.
    ///
    /// # Errors
    /// As [`Db::begin`].
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        self.house.db.begin().await
    }

    /// Begins a transaction that only reads.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub async fn read(&self) -> Result<Tx, StoreError> {
        self.house.db.read().await
    }

    /// A ledger entry by this actor, now: `ctx.entry("council.close", "motion", id)`.
    #[must_use]
    pub fn entry(&self, action: &'static str, subject: &'static str, id: impl std::fmt::Display) -> NewEntry {
        NewEntry::new(self.now(), self.actor, action, subject, id)
    }

    /// An entry of one of the office's standing works, on the clause that the plan gives that work.
    #[must_use]
    pub fn entry_of(
        &self,
        work: Work,
        action: &'static str,
        subject: &'static str,
        id: impl std::fmt::Display,
    ) -> NewEntry {
        self.entry(action, subject, id).ground(self.house.plan.ground_of(work))
    }
}
