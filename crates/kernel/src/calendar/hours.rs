//! Which day an event belongs to, when the office closes its counter at an hour.
//!
//! Without a closing hour an event belongs to the day on which it happens. With one, what comes after the
//! office closed, or on a day when it is closed, belongs to the next working day. A day of which only the
//! morning is worked closes at noon at the latest.

use jiff::civil::{Date, Time};

use super::deadline::days_after;
use super::{Half, WorkCalendar};

/// Where the morning ends.
const NOON: Time = Time::constant(12, 0, 0, 0);

impl WorkCalendar {
    /// The day to which an event belongs that happens on `on` at `at`, when the counter closes at `closes`.
    ///
    /// A later event never belongs to an earlier day. Without a closing hour the day stays as it is.
    #[must_use]
    pub fn day_of_event(&self, on: Date, at: Time, closes: Option<Time>) -> Date {
        let Some(closes) = closes else { return on };
        let mut walk = self.walk();
        let today = walk.reason(on);
        let closes = if today.half == Some(Half::Morning) { closes.min(NOON) } else { closes };
        if today.working && at <= closes {
            return on;
        }
        days_after(on).find(|&day| walk.reason(day).working).unwrap_or(on)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{DayKind, ListedDay};
    use jiff::civil::{date, time};
    use proptest::prelude::*;

    fn calendar() -> WorkCalendar {
        let shipped =
            WorkCalendar::parse(include_str!("../../../../calendars/vn.csv")).expect("the calendar that ships");
        shipped.announced([ListedDay {
            day: date(2026, 12, 16),
            name: "Họp toàn cơ quan buổi chiều".to_owned(),
            kind: DayKind::MorningOnly,
            source: "5/TB-VP".to_owned(),
            number: Some("5/TB-VP".to_owned()),
            awaited: false,
        }])
    }

    fn check(on: Date, at: Time, day: Date) {
        assert_eq!(calendar().day_of_event(on, at, Some(time(16, 0, 0, 0))), day, "{on} {at}");
    }

    #[test]
    fn what_comes_after_the_counter_closed_belongs_to_the_next_working_day() {
        check(date(2026, 12, 11), time(16, 0, 0, 0), date(2026, 12, 11));
        check(date(2026, 12, 11), time(16, 1, 0, 0), date(2026, 12, 14));
        check(date(2026, 12, 13), time(9, 0, 0, 0), date(2026, 12, 14));
    }

    #[test]
    fn a_day_with_a_morning_only_closes_at_noon() {
        check(date(2026, 12, 16), time(11, 59, 0, 0), date(2026, 12, 16));
        check(date(2026, 12, 16), time(13, 0, 0, 0), date(2026, 12, 17));
    }

    #[test]
    fn without_a_closing_hour_the_day_stays() {
        assert_eq!(calendar().day_of_event(date(2026, 12, 13), time(23, 59, 0, 0), None), date(2026, 12, 13));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn a_later_event_never_belongs_to_an_earlier_day(hour in 0_i64..20_000, later in 0_i64..200, closes in 0_i8..24) {
            let calendar = calendar();
            let event = |hours: i64| {
                let at = date(2026, 1, 1).at(0, 0, 0, 0).saturating_add(jiff::SignedDuration::from_hours(hours));
                calendar.day_of_event(at.date(), at.time(), Some(time(closes, 0, 0, 0)))
            };
            prop_assert!(event(hour) <= event(hour + later));
            prop_assert!(calendar.is_working(event(hour)));
        }
    }
}
