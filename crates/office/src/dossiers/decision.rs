//! On time or not: pure answers over the working calendar.
//!
//! The rule is that of the national set of indicators (decision 766/QĐ-TTg, part 2.1): work ends on the first
//! day of ending; the time of waiting for papers asked for once does not count; asked for more than once is
//! overdue; without a promised day the legal time runs from acceptance. Before due means an earlier working day.

use std::collections::BTreeMap;

use jiff::civil::Weekday;
use kernel::Date;
use kernel::calendar::WorkCalendar;

use super::model::{Class, Facts, Judged, Status};

/// The working days of some years, counted once so that a million dossiers are judged quickly.
pub struct WorkingDays {
    from: Date,
    /// How many working days lie up to and with each day.
    upto: Vec<i64>,
}

const FIRST_YEAR: i16 = 2000;
const LAST_YEAR: i16 = 2060;

impl WorkingDays {
    /// Counts the days of a calendar.
    #[must_use]
    pub fn of(calendar: &WorkCalendar) -> Self {
        let from = jiff::civil::date(FIRST_YEAR, 1, 1);
        let days = from.series(jiff::Span::new().days(1)).take_while(|day| day.year() <= LAST_YEAR);
        let listed = (FIRST_YEAR..=LAST_YEAR).flat_map(|year| calendar.days_of(year));
        let set_apart: BTreeMap<Date, bool> = listed
            .filter(|listed| listed.kind.is_applied())
            .map(|listed| (listed.day, !listed.kind.is_off()))
            .collect();
        let mut so_far = 0;
        let upto = days.map(|day| {
            let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
            so_far += i64::from(set_apart.get(&day).copied().unwrap_or(!weekend));
            so_far
        });
        Self { from, upto: upto.collect() }
    }

    /// Whether a day lies in the years that are counted.
    #[must_use]
    pub fn covers(day: Date) -> bool {
        (FIRST_YEAR..=LAST_YEAR).contains(&day.year())
    }

    fn index(&self, day: Date) -> usize {
        let since = self.from.until(day).map_or(0, |span| span.get_days());
        usize::try_from(since).unwrap_or(0).min(self.upto.len() - 1)
    }

    /// How many working days come after `a`, up to and with `b`; 0 when `b` is the earlier one.
    #[must_use]
    pub fn between(&self, a: Date, b: Date) -> i64 {
        (self.upto[self.index(b)] - self.upto[self.index(a)]).max(0)
    }

    /// The day this many working days after another.
    #[must_use]
    pub fn after(&self, day: Date, days: i64) -> Date {
        let wanted = self.upto[self.index(day)] + days;
        let index = self.upto.partition_point(|upto| *upto < wanted).min(self.upto.len() - 1);
        let span = jiff::Span::new().days(i64::try_from(index).expect("sixty years fit"));
        if days <= 0 { day } else { self.from.saturating_add(span) }
    }
}

/// Judges a dossier; what depends on today is left open.
#[must_use]
pub fn judge(days: &WorkingDays, facts: &Facts, due_has_waiting: bool) -> Judged {
    let waited = match (facts.asked_on, facts.supplied_on) {
        (Some(asked), Some(supplied)) => days.between(asked, supplied),
        _ => 0,
    };
    let held_to = match (facts.due_on, facts.legal_days) {
        (Some(due), _) if due_has_waiting => Some(due),
        (Some(due), _) => Some(days.after(due, waited)),
        (None, Some(legal)) => Some(days.after(facts.received_on, legal + waited)),
        (None, None) => None,
    };
    let still_asked = facts.asked_on.filter(|_| facts.supplied_on.is_none());
    let taken = facts.finished_on.map(|day| (days.between(facts.received_on, day) - waited).max(0));
    let class = match (facts.status, facts.finished_on, held_to) {
        (Status::New | Status::Refused, ..) => Class::Outside,
        _ if facts.supplements > 1 => Class::Overdue,
        (_, _, None) => Class::Unknown,
        (Status::Waiting, None, Some(due)) => match still_asked {
            Some(asked) if asked > due => Class::Overdue,
            _ => Class::Waiting,
        },
        (_, None, Some(_)) => Class::Open,
        (_, Some(day), Some(due)) if day > due => Class::Overdue,
        (_, Some(day), Some(due)) if days.between(day, due) > 0 => Class::Before,
        (_, Some(_), Some(_)) => Class::OnTime,
    };
    Judged { class, held_to, days: taken }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn counting_ahead_agrees_with_the_calendar_day_by_day() {
        let calendar = WorkCalendar::parse(include_str!("../../../../calendars/vn.csv")).expect("the calendar");
        let days = WorkingDays::of(&calendar);
        for year in [2025, 2026] {
            for day in date(year, 1, 1).series(jiff::Span::new().days(1)).take_while(|day| day.year() == year) {
                let before = day.yesterday().expect("a day before");
                assert_eq!(days.between(before, day) == 1, calendar.is_working(day), "{day}");
            }
        }
        assert_eq!(days.after(date(2026, 2, 13), 2), date(2026, 2, 24));
        assert_eq!(days.after(date(2026, 2, 13), 0), date(2026, 2, 13));
    }
}
