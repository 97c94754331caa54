//! Where a term moves when the calendar changes.

use kernel::Date;
use kernel::calendar::{Length, WorkCalendar};

/// The new last day of an open term; none when it stays.
///
/// A term is counted anew from its event with the calendar that is in force afterwards. It is never moved to
/// a day that is over: whoever still had time today keeps today.
#[must_use]
pub fn moved_to(after: &WorkCalendar, from: Date, length: Length, last: Date, today: Date) -> Option<Date> {
    never_into_the_past(after.deadline(from, length).due, last, today)
}

/// The day to which a term is moved that was counted anew; none when it stays.
#[must_use]
pub fn never_into_the_past(counted: Date, last: Date, today: Date) -> Option<Date> {
    let new = if counted < today { today.min(last) } else { counted };
    (new != last).then_some(new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use kernel::calendar::{DayKind, ListedDay};

    fn with(days: &[(Date, DayKind)]) -> WorkCalendar {
        let shipped =
            WorkCalendar::parse(include_str!("../../../../calendars/vn.csv")).expect("the calendar that ships");
        shipped.announced(days.iter().map(|&(day, kind)| ListedDay {
            day,
            name: "Theo thông báo".to_owned(),
            kind,
            source: "1/TB".to_owned(),
            number: None,
            awaited: false,
        }))
    }

    /// Five working days from Monday 7 December 2026 end on Monday the 14th.
    fn check(days: &[(Date, DayKind)], today: Date, new: Option<Date>) {
        let moved = moved_to(&with(days), date(2026, 12, 7), Length::WorkingDays(5), date(2026, 12, 14), today);
        assert_eq!(moved, new);
    }

    #[test]
    fn a_day_off_within_a_term_moves_its_end_and_one_outside_does_not() {
        check(&[(date(2026, 12, 9), DayKind::SwapOff)], date(2026, 12, 8), Some(date(2026, 12, 15)));
        check(&[(date(2026, 12, 15), DayKind::SwapOff)], date(2026, 12, 8), None);
        check(&[(date(2026, 12, 9), DayKind::MorningOnly)], date(2026, 12, 8), None);
    }

    #[test]
    fn a_made_up_saturday_shortens_a_term_but_never_into_the_past() {
        let saturday = [(date(2026, 12, 12), DayKind::SwapWork)];
        check(&saturday, date(2026, 12, 8), Some(date(2026, 12, 12)));
        check(&saturday, date(2026, 12, 13), Some(date(2026, 12, 13)));
        check(&saturday, date(2026, 12, 14), None);
    }
}
