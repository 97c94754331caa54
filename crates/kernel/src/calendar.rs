//! Working days: which days the office works, and when a term ends.
//!
//! The week is Monday to Friday. A calendar file sets single days apart from it: days off, and Saturdays
//! that are worked in exchange ([`DayKind`]). Years for which the file lists no day follow its yearly rows
//! and the lunar calendar, and every answer about them says that it is projected.
//!
//! What an administrator enters from a notice lies over the file, day by day ([`WorkCalendar::announced`]).
//!
//! `calendar/file.rs` reads the file, `calendar/yearly.rs` works out years without a notice,
//! `calendar/deadline.rs` counts terms, `calendar/term.rs` counts those that stop and explains each day,
//! `calendar/hours.rs` knows which day an event belongs to, `calendar/running.rs` is the calendar of a
//! program that runs.

mod deadline;
mod file;
mod hours;
mod kind;
mod running;
mod term;
mod yearly;

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use serde::Serialize;

pub use deadline::{Deadline, Skipped};
pub use file::CalendarFault;
pub use kind::{DayKind, Half};
pub use running::RunningCalendar;
pub use term::{Explained, Length, Mark, Step, Term};

use crate::numbers::weekday_name;
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
    /// The number of the document, where somebody entered it; otherwise the source begins with it.
    pub number: Option<String>,
    /// Entered as expected: the document that fixes the day is still to come.
    pub awaited: bool,
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
    /// The half that alone is worked; none when the day is worked whole or not at all.
    pub half: Option<Half>,
}

/// The office's working days.
#[derive(Debug, Clone)]
pub struct WorkCalendar {
    listed: BTreeMap<Date, ListedDay>,
    years: BTreeSet<i16>,
    yearly: Vec<YearlyDay>,
    announced: BTreeMap<Date, ListedDay>,
}

impl WorkCalendar {
    /// Reads a calendar file: `date,name_vi,kind,source`, one row a day.
    ///
    /// # Errors
    /// [`CalendarFault`], the first one, with its line.
    pub fn parse(csv: &str) -> Result<Self, CalendarFault> {
        let file::Rows { listed, yearly } = file::read(csv)?;
        let years = listed.keys().map(|day| day.year()).collect();
        Ok(Self { listed, years, yearly, announced: BTreeMap::new() })
    }

    /// The same calendar with these days over the file, and none that lay over it before.
    ///
    /// A year is not known because of them: the days around stay projections.
    #[must_use]
    pub fn announced(&self, days: impl IntoIterator<Item = ListedDay>) -> Self {
        let announced = days.into_iter().map(|listed| (listed.day, listed)).collect();
        Self { announced, ..self.clone() }
    }

    /// The days that lie over the file, in order.
    pub fn announcements(&self) -> impl Iterator<Item = &ListedDay> {
        self.announced.values()
    }

    /// What the calendar says of a day apart from the week; none for an ordinary day.
    #[must_use]
    pub fn listed(&self, day: Date) -> Option<ListedDay> {
        self.walk().listed(day).cloned()
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
        let mut days = if self.years.contains(&year) {
            let of_year = self.listed.iter().filter(|(day, _)| day.year() == year);
            of_year.map(|(day, listed)| (*day, listed.clone())).collect()
        } else {
            yearly::project(&self.yearly, year)
        };
        let announced = self.announced.iter().filter(|(day, _)| day.year() == year);
        days.extend(announced.map(|(day, listed)| (*day, listed.clone())));
        days.into_values().collect()
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
        match self.listed(day) {
            Some(listed) if listed.kind.is_applied() => Reason {
                working: !listed.kind.is_off(),
                words: listed.name.clone(),
                document: listed.document(),
                projected: listed.is_projected(),
                half: listed.kind.half(),
            },
            _ => Reason {
                working: !is_weekend(day),
                words: if is_weekend(day) { weekday_name(day) } else { "Ngày làm việc" }.to_owned(),
                document: None,
                projected: !known,
                half: None,
            },
        }
    }

    fn listed(&mut self, day: Date) -> Option<&ListedDay> {
        if let Some(announced) = self.calendar.announced.get(&day) {
            return Some(announced);
        }
        if self.calendar.years.contains(&day.year()) { self.calendar.listed.get(&day) } else { self.projection(day) }
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
    /// A day as a row of the file has it.
    fn from_file(day: Date, name: String, kind: DayKind, source: String) -> Self {
        Self { day, name, kind, source, number: None, awaited: false }
    }

    /// Whether no notice has fixed the day yet.
    #[must_use]
    pub fn is_projected(&self) -> bool {
        self.awaited || self.kind.is_projected()
    }

    /// The document that fixes the day, without the remarks of whoever entered it: `9441/TB-BNV`.
    ///
    /// None for a forecast, which no document carries.
    #[must_use]
    pub fn document(&self) -> Option<String> {
        if self.number.is_some() {
            return self.number.clone();
        }
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
    use jiff::civil::Weekday;
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

    fn announced(day: Date, kind: DayKind, awaited: bool) -> ListedDay {
        let (name, source) = ("Theo thông báo".to_owned(), "12/TB-BNV Về việc nghỉ".to_owned());
        ListedDay { day, name, kind, source, number: Some("12/TB-BNV".to_owned()), awaited }
    }

    #[test]
    fn a_saturday_declared_worked_and_a_monday_declared_off_move_a_term() {
        // Friday 11 December 2026 and two working days: Monday and Tuesday, then Saturday and Tuesday.
        let before = viet_nam();
        assert_eq!(before.add_working_days(date(2026, 12, 11), 2).due, date(2026, 12, 15));
        let after = before.announced([
            announced(date(2026, 12, 12), DayKind::SwapWork, false),
            announced(date(2026, 12, 14), DayKind::SwapOff, false),
        ]);
        let term = after.add_working_days(date(2026, 12, 11), 2);
        assert_eq!(term.counted, [date(2026, 12, 12), date(2026, 12, 15)]);
        let skipped = term.skipped.iter().map(|one| (one.day, one.document.as_deref())).collect::<Vec<_>>();
        assert_eq!(skipped, [(date(2026, 12, 13), None), (date(2026, 12, 14), Some("12/TB-BNV"))]);
        assert!(!term.projected);
    }

    #[test]
    fn an_announcement_confirms_a_projected_day_and_leaves_the_rest_of_the_year_open() {
        let after = viet_nam().announced([
            announced(date(2032, 6, 1), DayKind::Compensatory, false),
            announced(date(2027, 2, 5), DayKind::StatutoryAnnounced, false),
            announced(date(2027, 2, 4), DayKind::Working, false),
        ]);
        assert!(!after.reason(date(2032, 6, 1)).projected);
        assert!(after.reason(date(2032, 6, 2)).projected);
        assert_eq!((after.is_working(date(2027, 2, 5)), after.reason(date(2027, 2, 5)).projected), (false, false));
        assert!(after.is_working(date(2027, 2, 4)), "worked after all");
        assert_eq!(after.days_of(2032).iter().filter(|listed| listed.number.is_some()).count(), 1);
        assert_eq!(after.announced([]).reason(date(2027, 2, 4)), viet_nam().reason(date(2027, 2, 4)), "withdrawn");
    }

    #[test]
    fn a_day_entered_as_expected_counts_and_says_that_it_is_projected() {
        let calendar = viet_nam().announced([announced(date(2026, 12, 14), DayKind::SwapOff, true)]);
        let reason = calendar.reason(date(2026, 12, 14));
        assert_eq!((reason.working, reason.projected), (false, true));
        assert!(calendar.add_working_days(date(2026, 12, 11), 1).projected);
    }

    #[test]
    fn a_half_day_is_a_working_day_that_names_its_half() {
        let calendar = viet_nam().announced([announced(date(2026, 12, 14), DayKind::MorningOnly, false)]);
        let reason = calendar.reason(date(2026, 12, 14));
        assert_eq!((reason.working, reason.half), (true, Some(Half::Morning)));
        assert_eq!(calendar.add_working_days(date(2026, 12, 11), 1).due, date(2026, 12, 14));
    }

    #[test]
    fn counting_backwards_gives_the_same_number_below_zero() {
        let calendar = viet_nam();
        assert_eq!(calendar.working_days_between(date(2026, 2, 13), date(2026, 2, 24)), 2);
        assert_eq!(calendar.working_days_between(date(2026, 2, 24), date(2026, 2, 13)), -2);
        assert_eq!(calendar.working_days_between(date(2026, 2, 24), date(2026, 2, 24)), 0);
    }
}
