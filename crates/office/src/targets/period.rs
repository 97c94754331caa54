//! The periods of which figures are reported: a month, a quarter or a year.

use std::fmt;
use std::str::FromStr;

use jiff::civil::date;
use kernel::{Date, Period};
use serde::{Serialize, Serializer};

use super::Frequency;

/// A period of a year, written `2026-03`, `2026-Q1` or `2026`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReportPeriod {
    /// The year.
    pub year: i16,
    /// Which of the year, from 1.
    pub number: i8,
    /// How long it is.
    pub frequency: Frequency,
}

impl ReportPeriod {
    /// The year as one period.
    #[must_use]
    pub fn year(year: i16) -> Self {
        Self { year, number: 1, frequency: Frequency::Year }
    }

    /// The period of this length in which a day falls.
    #[must_use]
    pub fn of(frequency: Frequency, day: Date) -> Self {
        let number = (day.month() - 1) / months(frequency) + 1;
        Self { year: day.year(), number, frequency }
    }

    /// The periods of a year, in their order.
    pub fn all_of(frequency: Frequency, year: i16) -> impl DoubleEndedIterator<Item = Self> {
        (1..=12 / months(frequency)).map(move |number| Self { year, number, frequency })
    }

    /// Its days.
    #[must_use]
    pub fn days(self) -> Period {
        Period { from: self.from(), until: Some(self.until()) }
    }

    /// Its first day.
    #[must_use]
    pub fn from(self) -> Date {
        date(self.year, (self.number - 1) * months(self.frequency) + 1, 1)
    }

    /// The first day after it.
    #[must_use]
    pub fn until(self) -> Date {
        match self.number * months(self.frequency) {
            12 => date(self.year + 1, 1, 1),
            last => date(self.year, last + 1, 1),
        }
    }

    /// Its last day.
    #[must_use]
    pub fn last(self) -> Date {
        self.until().yesterday().expect("a day after the first of a year has a day before it")
    }

    /// How many months from the year 0 to its end: equal steps from period to period.
    #[must_use]
    pub fn months_at_end(self) -> i64 {
        i64::from(self.year) * 12 + i64::from(self.number) * i64::from(months(self.frequency))
    }

    /// As it stands on the screen: `Quý I/2026`.
    #[must_use]
    pub fn name_vi(self) -> String {
        match self.frequency {
            Frequency::Month => format!("Tháng {}/{}", self.number, self.year),
            Frequency::Quarter => {
                let roman = ["I", "II", "III", "IV"][usize::try_from(self.number - 1).unwrap_or(0).min(3)];
                format!("Quý {roman}/{}", self.year)
            }
            Frequency::Year => format!("Năm {}", self.year),
        }
    }
}

fn months(frequency: Frequency) -> i8 {
    match frequency {
        Frequency::Month => 1,
        Frequency::Quarter => 3,
        Frequency::Year => 12,
    }
}

impl fmt::Display for ReportPeriod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.frequency {
            Frequency::Month => write!(f, "{:04}-{:02}", self.year, self.number),
            Frequency::Quarter => write!(f, "{:04}-Q{}", self.year, self.number),
            Frequency::Year => write!(f, "{:04}", self.year),
        }
    }
}

impl Serialize for ReportPeriod {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Not a period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” không phải kỳ báo cáo; viết như 2026, 2026-Q1 hoặc 2026-03")]
pub struct BadPeriod(String);

impl FromStr for ReportPeriod {
    type Err = BadPeriod;

    fn from_str(text: &str) -> Result<Self, BadPeriod> {
        let bad = || BadPeriod(text.to_owned());
        let (year, rest) = text.split_once('-').unwrap_or((text, ""));
        let year = Some(year).filter(|year| year.len() == 4).and_then(|year| year.parse().ok()).ok_or_else(bad)?;
        if !(1900..=2200).contains(&year) {
            return Err(bad());
        }
        let (frequency, number, most) = match rest.strip_prefix('Q') {
            _ if !text.contains('-') => return Ok(Self::year(year)),
            Some(quarter) => (Frequency::Quarter, quarter.parse().ok(), 4),
            None => (Frequency::Month, Some(rest).filter(|one| one.len() == 2).and_then(|one| one.parse().ok()), 12),
        };
        let number = number.filter(|number| (1..=most).contains(number)).ok_or_else(bad)?;
        Ok(Self { year, number, frequency })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_is_written_and_read_back_with_its_days() {
        for (text, from, last) in [
            ("2026", date(2026, 1, 1), date(2026, 12, 31)),
            ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
            ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
            ("2028-02", date(2028, 2, 1), date(2028, 2, 29)),
        ] {
            let period: ReportPeriod = text.parse().expect("a period");
            assert_eq!((period.to_string().as_str(), period.from(), period.last()), (text, from, last));
        }
        for text in ["", "26", "2026-", "2026-Q5", "2026-13", "2026-1", "2026-Q", "x026", "-Q1"] {
            assert!(text.parse::<ReportPeriod>().is_err(), "{text}");
        }
    }

    #[test]
    fn quarters_are_equally_far_apart() {
        let ends: Vec<_> = ReportPeriod::all_of(Frequency::Quarter, 2026).map(ReportPeriod::months_at_end).collect();
        assert!(ends.windows(2).all(|pair| pair[1] - pair[0] == 3));
        assert_eq!(ends[3], ReportPeriod::year(2026).months_at_end());
    }
}
