//! How things are counted, so that a number and its list agree.

use std::collections::{BTreeMap, BTreeSet};

use super::EnterprisesError;
use super::model::{Connection, Conversion, ConversionKind, OutcomeKind, Size, Support, SupportKind};
use crate::organization::EnterpriseId;

/// By which entry a double is counted.
pub type Roots = BTreeMap<EnterpriseId, EnterpriseId>;

fn root(roots: &Roots, id: EnterpriseId) -> EnterpriseId {
    roots.get(&id).copied().unwrap_or(id)
}

/// How often each kind of support was given, and to how many: every kind, also those without any.
/// Withdrawn support counts nowhere; the times sum up to the length of the list of what stands.
#[must_use]
pub fn supports_by_kind(supports: &[Support], roots: &Roots) -> Vec<(SupportKind, usize, usize)> {
    let count = |kind: &SupportKind| {
        let of_kind = supports.iter().filter(|one| one.kind == *kind && one.record.stands());
        let who: BTreeSet<_> = of_kind.clone().map(|one| root(roots, one.enterprise)).collect();
        (*kind, of_kind.count(), who.len())
    };
    SupportKind::ALL.iter().map(count).collect()
}

/// How many connections have which outcome: every outcome, also those without any.
#[must_use]
pub fn connections_by_outcome(connections: &[Connection]) -> Vec<(OutcomeKind, usize)> {
    let standing = || connections.iter().filter(|one| one.record.stands());
    let count = |kind: &OutcomeKind| (*kind, standing().filter(|one| one.outcome_kind() == *kind).count());
    OutcomeKind::ALL.iter().map(count).collect()
}

/// How many entries turned into something: each household once, each enterprise once for a size it grew to.
/// Two entries that were merged are one.
#[must_use]
pub fn converted(conversions: &[Conversion], roots: &Roots) -> Vec<(ConversionKind, usize)> {
    let count = |kind: &ConversionKind| {
        let of_kind = conversions.iter().filter(|one| one.kind == *kind && one.record.stands());
        let who: BTreeSet<_> =
            of_kind.map(|one| (root(roots, one.enterprise), one.sizes.map(|(_, after)| after))).collect();
        (*kind, who.len())
    };
    ConversionKind::ALL.iter().map(count).collect()
}

/// Whether an enterprise may be recorded as grown to a size.
///
/// # Errors
/// [`EnterprisesError::NoGrowth`] when its size is not known, or not smaller.
pub fn growth(from: Option<Size>, to: Size) -> Result<Size, EnterprisesError> {
    from.filter(|from| *from < to).ok_or(EnterprisesError::NoGrowth { from })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use kernel::id::UnitId;

    use super::super::model::{ConversionId, Record, SupportId, Withdrawal};
    use super::*;

    fn record() -> Record {
        let day = date(2026, 9, 1);
        Record {
            clause: "III.4".to_owned(),
            unit: UnitId::new(),
            on: day,
            recorded_on: day,
            recorded_by: "ai đó".to_owned(),
            withdrawn: None,
            version: 1,
        }
    }

    fn withdrawn() -> Record {
        let withdrawn = Withdrawal { on: date(2026, 9, 2), by: "ai đó".to_owned(), why: "ghi nhầm".to_owned() };
        Record { withdrawn: Some(withdrawn), ..record() }
    }

    #[test]
    fn a_household_counts_once_even_when_a_double_of_it_was_recorded_too() {
        let (household, double, other) = (EnterpriseId::new(), EnterpriseId::new(), EnterpriseId::new());
        let event = |enterprise, kind, sizes, record| Conversion {
            id: ConversionId::new(),
            enterprise,
            kind,
            sizes,
            became: None,
            document: String::new(),
            record,
        };
        let grown = Some((Size::Small, Size::Large));
        let all = [
            event(household, ConversionKind::Founded, None, record()),
            event(double, ConversionKind::Founded, None, record()),
            event(other, ConversionKind::Founded, None, withdrawn()),
            event(other, ConversionKind::Grown, grown, record()),
        ];
        let roots = Roots::from([(double, household)]);
        assert_eq!(converted(&all, &roots), [(ConversionKind::Founded, 1), (ConversionKind::Grown, 1)]);
        assert_eq!(converted(&all, &Roots::new())[0], (ConversionKind::Founded, 2), "as long as nobody merged them");
    }

    #[test]
    fn the_kinds_of_support_sum_up_to_what_stands() {
        let (a, b) = (EnterpriseId::new(), EnterpriseId::new());
        let support = |enterprise, kind, record| Support {
            id: SupportId::new(),
            enterprise,
            kind,
            what: "Tập huấn".to_owned(),
            document: String::new(),
            record,
        };
        let all = [
            support(a, SupportKind::Digital, record()),
            support(a, SupportKind::Digital, record()),
            support(b, SupportKind::Green, record()),
            support(b, SupportKind::Green, withdrawn()),
        ];
        let counts = supports_by_kind(&all, &Roots::new());
        let of = |kind| counts.iter().find(|one| one.0 == kind).map(|one| (one.1, one.2));
        assert_eq!(of(SupportKind::Digital), Some((2, 1)), "twice, to one");
        assert_eq!(of(SupportKind::Startup), Some((0, 0)));
        assert_eq!(counts.iter().map(|one| one.1).sum::<usize>(), 3);
        assert_eq!(counts.len(), SupportKind::ALL.len());
    }

    #[test]
    fn growth_begins_from_a_known_smaller_size() {
        assert_eq!(growth(Some(Size::Small), Size::Large).ok(), Some(Size::Small));
        for from in [None, Some(Size::Large), Some(Size::Medium)] {
            let to = if from == Some(Size::Medium) { Size::Small } else { Size::Large };
            assert!(matches!(growth(from, to), Err(EnterprisesError::NoGrowth { .. })), "{from:?}");
        }
    }
}
