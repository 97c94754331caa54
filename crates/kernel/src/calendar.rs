//! Working days: which days the office works, and when a term ends.
//!
//! The week is Monday to Friday. A calendar file sets single days apart from it: days off, and Saturdays
//! that are worked in exchange ([`DayKind`]). Years for which the file lists no day follow its yearly rows
//! and the lunar calendar, and every answer about them says that it is projected.
//!
//! `calendar/file.rs` reads the file, `calendar/yearly.rs` works out years without a notice,
//! `calendar/deadline.rs` counts terms.

mod deadline;
mod file;
mod kind;
mod yearly;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::{Date, Weekday};
use serde::Serialize;

pub use deadline::{Deadline, Skipped};
pub use file::CalendarFault;
pub use kind::DayKind;

use yearly::YearlyDay;

/// A day that the calendar sets apart from the week.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ListedDay {
    /// The day.
    pub day: Date,
    /// What it is called: `Quốc khánh`.
    pub name: String,
    /// What it does to the week.
    pub kind: DayKind,
    /// Where that stands, with the confidence of whoever entered it.
    pub source: String,
}

/// Why a day is worked or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// Whether it is a working day.
    pub working: bool,
    /// The reason in words: `Quốc khánh`, `Chủ nhật`, `Ngày làm việc`.
    pub words: String,
    /// The document that sets the day apart; none for an ordinary day of the week and for a projection.
    pub document: Option<String>,
    /// Whether no notice has fixed the day yet.
    pub projected: bool,
}

/// The office's working days.
#[derive(Debug, Clone)]
pub struct WorkCalendar {
    listed: BTreeMap<Date, ListedDay>,
    years: BTreeSet<i16>,
    yearly: Vec<YearlyDay>,
}

impl WorkCalendar {
    /// Reads a calendar file: `date,name_vi,kind,source`, one row a day.
    ///
    /// # Errors
    /// [`CalendarFault`], the first one, with its line.
    pub fn parse(csv: &str) -> Result<Self, CalendarFault> {
        let file::Rows { listed, yearly } = file::read(csv)?;
        let years = listed.keys().map(|day| day.year()).collect();
        Ok(Self { listed, years, yearly })
    }

    /// Whether the office works on this day.
    #[must_use]
    pub fn is_working(&self, day: Date) -> bool {
        self.reason(day).working
    }

    /// Why the office works on this day or does not.
    #[must_use]
    pub fn reason(&self, day: Date) -> Reason {
        self.walk().reason(day)
    }

    /// The days of a year that are set apart, in order; proposals are among them and change nothing.
    #[must_use]
    pub fn days_of(&self, year: i16) -> Vec<ListedDay> {
        if self.years.contains(&year) {
            self.listed.values().filter(|listed| listed.day.year() == year).cloned().collect()
        } else {
            yearly::project(&self.yearly, year).into_values().collect()
        }
    }

    /// How many working days come after `a`, up to and with `b`; below zero when `b` is the earlier one.
    ///
    /// A term counted with [`Self::add_working_days`] from `a` to `b` has this many days.
    #[must_use]
    pub fn working_days_between(&self, a: Date, b: Date) -> i64 {
        if b < a {
            return -self.working_days_between(b, a);
        }
        let mut walk = self.walk();
        deadline::days_after(a).take_while(|&day| day <= b).filter(|&day| walk.reason(day).working).count() as i64
    }

    /// Whether a day from `a`, not counted, to `b` rests on a projection.
    #[must_use]
    pub fn is_projected_between(&self, a: Date, b: Date) -> bool {
        let mut walk = self.walk();
        deadline::days_after(a.min(b)).take_while(|&day| day <= a.max(b)).any(|day| walk.reason(day).projected)
    }

    /// A reader of many days in a row.
    fn walk(&self) -> Walk<'_> {
        Walk { calendar: self, projected_year: None }
    }
}

/// Looks at one day after the other and works out each year without a notice once.
struct Walk<'a> {
    calendar: &'a WorkCalendar,
    projected_year: Option<(i16, BTreeMap<Date, ListedDay>)>,
}

impl Walk<'_> {
    fn reason(&mut self, day: Date) -> Reason {
        let known = self.calendar.years.contains(&day.year());
        let listed = if known { self.calendar.listed.get(&day) } else { self.projection(day) };
        match listed {
            Some(listed) if listed.kind.is_applied() => Reason {
                working: !listed.kind.is_off(),
                words: listed.name.clone(),
                document: listed.document(),
                projected: listed.kind.is_projected(),
            },
            _ => Reason {
                working: !is_weekend(day),
                words: match day.weekday() {
                    Weekday::Saturday => "Thứ Bảy",
                    Weekday::Sunday => "Chủ nhật",
                    _ => "Ngày làm việc",
                }
                .to_owned(),
                document: None,
                projected: !known,
            },
        }
    }

    fn projection(&mut self, day: Date) -> Option<&ListedDay> {
        let year = day.year();
        if self.projected_year.as_ref().is_none_or(|(projected, _)| *projected != year) {
            self.projected_year = Some((year, yearly::project(&self.calendar.yearly, year)));
        }
        self.projected_year.as_ref().and_then(|(_, days)| days.get(&day))
    }
}

impl ListedDay {
    /// The document that fixes the day, without the remarks of whoever entered it: `9441/TB-BNV`.
    ///
    /// None for a forecast, which no document carries.
    #[must_use]
    pub fn document(&self) -> Option<String> {
        let first = self.source.split("; ").next().unwrap_or_default();
        let first = first.split(" [").next().unwrap_or_default().trim();
        let number = first.split(' ').next().filter(|word| word.contains('/'));
        match number {
            _ if first.is_empty() || first.starts_with("dự báo") => None,
            Some(number) => Some(number.to_owned()),
            None => Some(first.to_owned()),
        }
    }
}

/// Saturday and Sunday.
fn is_weekend(day: Date) -> bool {
    matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn viet_nam() -> WorkCalendar {
        WorkCalendar::parse(include_str!("../../../calendars/vn.csv")).expect("the calendar that ships")
    }

    fn check_off(day: Date, words: &str, document: Option<&str>) {
        let reason = viet_nam().reason(day);
        assert!(!reason.working, "{day} is off");
        assert_eq!((reason.words.as_str(), reason.document.as_deref()), (words, document), "{day}");
    }

    #[test]
    fn the_years_with_notices_have_the_working_days_announced() {
        for (year, days) in [(2024, 251), (2025, 250), (2026, 249)] {
            let counted = viet_nam().working_days_between(date(year - 1, 12, 31), date(year, 12, 31));
            assert_eq!(counted, days, "{year}");
        }
    }

    #[test]
    fn a_saturday_worked_in_exchange_is_a_working_day() {
        let calendar = viet_nam();
        for day in [date(2024, 5, 4), date(2025, 4, 26), date(2026, 1, 10), date(2026, 8, 22)] {
            assert!(calendar.is_working(day), "{day}");
            assert!(!calendar.is_working(day.tomorrow().expect("a Sunday")), "the Sunday after {day}");
        }
        check_off(date(2026, 1, 2), "Nghỉ hoán đổi (làm bù 10/01/2026)", Some("12729/VPCP-KGVX"));
    }

    #[test]
    fn a_proposal_without_a_decision_changes_nothing() {
        let calendar = viet_nam();
        assert!(calendar.is_working(date(2026, 11, 23)));
        assert!(!calendar.is_working(date(2026, 11, 28)));
        let kinds = calendar.days_of(2026).into_iter().map(|listed| listed.kind);
        assert_eq!(kinds.filter(|kind| !kind.is_applied()).count(), 2);
    }

    #[test]
    fn a_day_off_names_its_document() {
        check_off(date(2026, 2, 16), "29 Tết (Giao thừa)", Some("9441/TB-BNV"));
        check_off(date(2026, 4, 27), "Nghỉ bù Giỗ Tổ Hùng Vương", Some("BLLĐ 2019 Đ111.3"));
        check_off(date(2026, 11, 24), "Ngày Văn hóa Việt Nam", Some("NQ 28/2026/QH16 Đ2"));
        check_off(date(2026, 11, 29), "Chủ nhật", None);
    }

    #[test]
    fn a_day_that_waits_for_its_notice_is_projected() {
        let calendar = viet_nam();
        let eve = calendar.reason(date(2027, 2, 5));
        assert_eq!((eve.working, eve.projected, eve.document), (false, true, None));
        assert!(!calendar.reason(date(2027, 2, 6)).projected, "Tết itself is fixed by law");
        assert!(!calendar.is_projected_between(date(2026, 1, 1), date(2026, 12, 31)));
        assert!(calendar.is_projected_between(date(2027, 2, 11), date(2027, 2, 1)));
    }

    #[test]
    fn years_without_a_notice_follow_the_law_and_the_moon() {
        check_off(date(2032, 2, 11), "Mùng 1 Tết Nguyên đán", None);
        check_off(date(2032, 2, 10), "Ngày cuối tháng Chạp", None);
        check_off(date(2033, 1, 31), "Mùng 1 Tết Nguyên đán", None);
        check_off(date(2035, 4, 17), "Giỗ Tổ Hùng Vương (10/3 âm lịch)", None);
        check_off(date(2023, 9, 4), "Nghỉ bù Quốc khánh", None);
        assert!(viet_nam().reason(date(2032, 6, 1)).projected);
        assert!(viet_nam().is_working(date(2023, 11, 24)), "the Day of Culture begins in 2026");
    }

    #[test]
    fn counting_backwards_gives_the_same_number_below_zero() {
        let calendar = viet_nam();
        assert_eq!(calendar.working_days_between(date(2026, 2, 13), date(2026, 2, 24)), 2);
        assert_eq!(calendar.working_days_between(date(2026, 2, 24), date(2026, 2, 13)), -2);
        assert_eq!(calendar.working_days_between(date(2026, 2, 24), date(2026, 2, 24)), 0);
    }
}
