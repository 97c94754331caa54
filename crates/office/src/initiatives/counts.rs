//! How many initiatives a year has, for targets and reports: numbers without names.

use std::collections::{BTreeMap, BTreeSet};

use kernel::Date;
use kernel::id::UnitId;

use super::{InitiativeId, replication_store, store};
use crate::db::{StoreError, Tx};
use crate::records;

/// What a year counts, by the unit that an initiative comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct YearCounts {
    /// Initiatives whose first recognition was decided in the year.
    pub recognised: BTreeMap<UnitId, usize>,
    /// Entries of the records recognised in the year that were typed by hand and belong to no unit here.
    pub by_hand: usize,
    /// Initiatives that some unit took over and confirmed in the year, and that this unit still applies on the
    /// day of the question or the last day of the year, whichever is earlier. However many units took it over,
    /// an initiative counts once.
    pub replicated: BTreeMap<UnitId, usize>,
}

impl YearCounts {
    /// Recognised ones of all units, with those typed by hand.
    #[must_use]
    pub fn recognised_in_all(&self) -> usize {
        self.recognised.values().sum::<usize>() + self.by_hand
    }

    /// Replicated ones of all units.
    #[must_use]
    pub fn replicated_in_all(&self) -> usize {
        self.replicated.values().sum()
    }
}

/// Counts a year as it stands on a day. What was decided or confirmed after that day does not count.
///
/// # Errors
/// What the store says.
pub async fn of_year(tx: &mut Tx, year: i16, day: Date) -> Result<YearCounts, StoreError> {
    let mut counts = YearCounts::default();
    let end = jiff::civil::date(year, 12, 31).min(day);
    let recognised = store::recognised(tx).await?;
    let origin: BTreeMap<InitiativeId, UnitId> = recognised.iter().map(|(id, unit, _)| (*id, *unit)).collect();
    for (_, unit, on) in &recognised {
        if on.year() == year && *on <= end {
            *counts.recognised.entry(*unit).or_default() += 1;
        }
    }
    for (id, on) in records::queries::recognised_initiatives(tx).await? {
        if on.year() == year && on <= end && !origin.contains_key(&id) {
            counts.by_hand += 1;
        }
    }
    let mut taken_over = BTreeSet::new();
    for one in replication_store::all(tx).await? {
        let confirmed = one.answered.as_ref().is_some_and(|act| act.on.year() == year);
        if confirmed
            && one.counts(end)
            && taken_over.insert(one.initiative)
            && let Some(unit) = origin.get(&one.initiative)
        {
            *counts.replicated.entry(*unit).or_default() += 1;
        }
    }
    Ok(counts)
}
