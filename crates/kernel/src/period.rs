//! Half-open periods of days: the first day counts, the last does not.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::numbers::short_date;

/// The days from `from` up to, not including, `until`; open-ended when `until` is absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// First day that counts.
    pub from: Date,
    /// First day that no longer counts; none means without end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

/// A period that ends before it begins.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("khoảng thời gian kết thúc ({}) trước khi bắt đầu ({})", short_date(*until), short_date(*from))]
pub struct EmptyPeriod {
    /// The first day given.
    pub from: Date,
    /// The end given.
    pub until: Date,
}

impl Period {
    /// The days from `from` on, without end.
    #[must_use]
    pub fn since(from: Date) -> Self {
        Self { from, until: None }
    }

    /// The days from `from` up to, not including, `until`.
    ///
    /// # Errors
    /// [`EmptyPeriod`] when no day would be left.
    pub fn try_new(from: Date, until: Option<Date>) -> Result<Self, EmptyPeriod> {
        match until {
            Some(until) if until <= from => Err(EmptyPeriod { from, until }),
            _ => Ok(Self { from, until }),
        }
    }

    /// Whether `day` is one of its days.
    #[must_use]
    pub fn contains(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day < until)
    }

    /// Whether the two share a day.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.until.is_none_or(|until| other.from < until) && other.until.is_none_or(|until| self.from < until)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_last_day_of_a_period_is_the_day_before_its_end() {
        let phase = Period::try_new(date(2026, 1, 1), Some(date(2028, 6, 12))).expect("in order");
        assert!(phase.contains(date(2028, 6, 11)));
        assert!(!phase.contains(date(2028, 6, 12)));
    }

    #[test]
    fn periods_that_only_touch_do_not_overlap() {
        let first = Period::try_new(date(2026, 1, 1), Some(date(2027, 1, 1))).expect("in order");
        assert!(!first.overlaps(&Period::since(date(2027, 1, 1))));
        assert!(first.overlaps(&Period::since(date(2026, 12, 31))));
    }

    #[test]
    fn a_period_that_ends_before_it_begins_is_refused() {
        assert!(Period::try_new(date(2026, 1, 2), Some(date(2026, 1, 2))).is_err());
    }
}
