//! When a term ends (Bộ luật Dân sự 2015, Điều 147 and 148).
//!
//! The day of the event is not counted. A term in working days steps over every day off. A term in days
//! counts them all, and when its last day is off it ends with the next working day.

use jiff::civil::Date;
use serde::Serialize;

use super::WorkCalendar;

/// A day on which a term cannot run or cannot end, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// The day.
    pub day: Date,
    /// Why: `Quốc khánh`, `Chủ nhật`.
    pub reason: String,
    /// The document that makes it a day off; none for a weekend or a projection.
    pub document: Option<String>,
}

/// The end of a term, with the days that make it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Deadline {
    /// The last day of the term; it ends at midnight.
    pub due: Date,
    /// The days that count, as many as the term has.
    pub counted: Vec<Date>,
    /// The days off that were stepped over.
    pub skipped: Vec<Skipped>,
    /// The day on which the term would have ended, had it not been a day off.
    pub rolled: Option<Date>,
    /// Whether a day takes part that no notice has fixed yet.
    pub projected: bool,
}

impl WorkCalendar {
    /// The end of a term of `n` working days after the day of the event.
    ///
    /// A term of no days ends on the day of the event. The calendar ends with the year 9999, and so does any term.
    #[must_use]
    pub fn add_working_days(&self, from: Date, n: u32) -> Deadline {
        let mut term = Deadline { due: from, counted: Vec::new(), skipped: Vec::new(), rolled: None, projected: false };
        let mut walk = self.walk();
        let mut days = days_after(from);
        while term.counted.len() < n as usize {
            let Some(day) = days.next() else { break };
            let reason = walk.reason(day);
            term.projected |= reason.projected;
            if reason.working {
                term.due = day;
                term.counted.push(day);
            } else {
                term.skipped.push(Skipped { day, reason: reason.words, document: reason.document });
            }
        }
        term
    }

    /// The end of a term of `n` days after the day of the event, moved on when the last of them is off.
    ///
    /// Only the days at the end decide, so only they can make the answer a projection.
    /// `skipped` holds those that were off, the `n`th day with them.
    #[must_use]
    pub fn add_days(&self, from: Date, n: u32) -> Deadline {
        let counted = days_after(from).take(n as usize).collect::<Vec<_>>();
        let last = counted.last().copied().unwrap_or(from);
        let mut term = Deadline { due: last, counted, skipped: Vec::new(), rolled: None, projected: false };
        if n == 0 {
            return term;
        }
        let mut walk = self.walk();
        for day in std::iter::once(last).chain(days_after(last)) {
            let reason = walk.reason(day);
            term.due = day;
            term.projected |= reason.projected;
            if reason.working {
                break;
            }
            term.rolled = Some(last);
            term.skipped.push(Skipped { day, reason: reason.words, document: reason.document });
        }
        term
    }
}

/// The days that follow a day.
pub(super) fn days_after(day: Date) -> impl Iterator<Item = Date> {
    std::iter::successors(day.tomorrow().ok(), |day| day.tomorrow().ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn viet_nam() -> WorkCalendar {
        WorkCalendar::parse(include_str!("../../../../calendars/vn.csv")).expect("the calendar that ships")
    }

    fn days_of(skipped: &[Skipped]) -> Vec<Date> {
        skipped.iter().map(|skipped| skipped.day).collect()
    }

    #[test]
    fn a_term_in_working_days_steps_over_tet() {
        let term = viet_nam().add_working_days(date(2026, 2, 13), 2);
        assert_eq!(term.due, date(2026, 2, 24));
        assert_eq!(term.counted, [date(2026, 2, 23), date(2026, 2, 24)]);
        assert_eq!(days_of(&term.skipped), (14..=22).map(|day| date(2026, 2, day)).collect::<Vec<_>>());
        let eve = &term.skipped[2];
        assert_eq!((eve.reason.as_str(), eve.document.as_deref()), ("29 Tết (Giao thừa)", Some("9441/TB-BNV")));
        assert_eq!((term.rolled, term.projected), (None, false));
    }

    #[test]
    fn a_term_in_working_days_counts_a_saturday_worked_in_exchange() {
        let term = viet_nam().add_working_days(date(2026, 8, 21), 1);
        assert_eq!(term.due, date(2026, 8, 22));
    }

    #[test]
    fn a_term_in_days_that_ends_on_a_holiday_ends_on_the_next_working_day() {
        let term = viet_nam().add_days(date(2026, 8, 19), 10);
        assert_eq!((term.rolled, term.due), (Some(date(2026, 8, 29)), date(2026, 9, 3)));
        assert_eq!(days_of(&term.skipped).len(), 5, "29/8 to 2/9");
        assert_eq!(term.counted.len(), 10);
    }

    #[test]
    fn a_term_in_days_that_ends_on_a_working_day_stays() {
        let term = viet_nam().add_days(date(2026, 8, 14), 10);
        assert_eq!((term.due, term.rolled, term.skipped), (date(2026, 8, 24), None, Vec::new()));
    }

    #[test]
    fn a_term_across_days_that_wait_for_their_notice_says_so() {
        assert!(viet_nam().add_working_days(date(2027, 2, 1), 5).projected);
        assert!(viet_nam().add_days(date(2027, 1, 25), 10).projected);
        assert!(viet_nam().add_working_days(date(2040, 6, 1), 1).projected);
        assert!(!viet_nam().add_working_days(date(2026, 12, 1), 10).projected);
    }

    #[test]
    fn a_term_of_no_days_ends_on_the_day_of_the_event() {
        let calendar = viet_nam();
        let sunday = date(2026, 11, 22);
        assert_eq!(calendar.add_working_days(sunday, 0).due, sunday);
        assert_eq!(calendar.add_days(sunday, 0).due, sunday);
    }

    #[test]
    fn a_term_ends_with_the_last_day_of_the_calendar_at_the_latest() {
        let term = viet_nam().add_working_days(Date::MAX.yesterday().expect("not the first day"), 5);
        assert_eq!(term.due, Date::MAX);
        assert_eq!(term.counted, [Date::MAX]);
    }

    fn any_day() -> impl Strategy<Value = Date> {
        (2022_i16..2034, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| date(year, month, day))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn a_deadline_in_working_days_lands_on_the_last_of_as_many_working_days(from in any_day(), n in 1_u32..60) {
            let calendar = viet_nam();
            let term = calendar.add_working_days(from, n);
            prop_assert!(calendar.is_working(term.due));
            prop_assert!(term.due > from);
            prop_assert_eq!(term.counted.len(), n as usize);
            prop_assert_eq!(calendar.working_days_between(from, term.due), i64::from(n));
            prop_assert!(term.skipped.iter().all(|skipped| !calendar.is_working(skipped.day)));
        }

        #[test]
        fn a_deadline_in_days_lands_on_a_working_day(from in any_day(), n in 1_u32..60) {
            let calendar = viet_nam();
            let term = calendar.add_days(from, n);
            prop_assert!(calendar.is_working(term.due));
            prop_assert_eq!(term.counted.len(), n as usize);
            prop_assert_eq!(term.rolled.is_some(), term.due != term.counted[term.counted.len() - 1]);
        }

        #[test]
        fn one_more_working_day_never_ends_earlier(from in any_day(), n in 0_u32..60) {
            let calendar = viet_nam();
            prop_assert!(calendar.add_working_days(from, n).due < calendar.add_working_days(from, n + 1).due);
        }
    }
}
