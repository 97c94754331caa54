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

/// A day as the number of days since the first of January 2000.
pub type DayNumber = i32;

/// The working days of some years, counted once so that a million dossiers are judged quickly.
pub struct WorkingDays {
    /// How many working days lie up to and with each day.
    upto: Vec<i32>,
    /// Each working day.
    working: Vec<DayNumber>,
    /// The first day of each month, and of the one after the last.
    months: Vec<DayNumber>,
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
        let mut all = Self { upto: Vec::new(), working: Vec::new(), months: Vec::new() };
        for (number, day) in (0..).zip(days) {
            let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
            if day.day() == 1 {
                all.months.push(number);
            }
            if set_apart.get(&day).copied().unwrap_or(!weekend) {
                all.working.push(number);
            }
            all.upto.push(i32::try_from(all.working.len()).expect("sixty years fit"));
        }
        all.months.push(i32::try_from(all.upto.len()).expect("sixty years fit"));
        all
    }

    /// Whether a day lies in the years that are counted.
    #[must_use]
    pub fn covers(day: Date) -> bool {
        (FIRST_YEAR..=LAST_YEAR).contains(&day.year())
    }

    /// The number of a day that is written with these figures; none when there is no such day, or it lies
    /// outside of the years that are counted.
    #[must_use]
    pub fn number_of(&self, year: i32, month: i32, day: i32) -> Option<DayNumber> {
        if !(i32::from(FIRST_YEAR)..=i32::from(LAST_YEAR)).contains(&year) || !(1..=12).contains(&month) || day < 1 {
            return None;
        }
        let place = usize::try_from((year - i32::from(FIRST_YEAR)) * 12 + month - 1).ok()?;
        let number = self.months[place] + day - 1;
        (number < self.months[place + 1]).then_some(number)
    }

    /// The number of a day; of one outside of the years that are counted, that of the nearest.
    #[must_use]
    pub fn number(&self, day: Date) -> DayNumber {
        let found = self.number_of(day.year().into(), day.month().into(), day.day().into());
        found.unwrap_or(if day.year() < FIRST_YEAR { 0 } else { self.last() })
    }

    /// The day of a number.
    #[must_use]
    pub fn date(&self, number: DayNumber) -> Date {
        let number = number.clamp(0, self.last());
        let place = self.months.partition_point(|first| *first <= number) - 1;
        let year = FIRST_YEAR + i16::try_from(place / 12).expect("sixty years fit");
        let month = i8::try_from(place % 12 + 1).expect("a month");
        jiff::civil::date(year, month, i8::try_from(number - self.months[place] + 1).expect("a day of a month"))
    }

    /// How many months after January 2000 a day lies.
    #[must_use]
    pub fn month(&self, number: DayNumber) -> usize {
        self.months.partition_point(|first| *first <= number).saturating_sub(1)
    }

    fn last(&self) -> DayNumber {
        self.months[self.months.len() - 1] - 1
    }

    fn upto(&self, number: DayNumber) -> i64 {
        i64::from(self.upto[usize::try_from(number.clamp(0, self.last())).unwrap_or(0)])
    }

    /// How many working days come after day `a`, up to and with day `b`; 0 when `b` is the earlier one.
    #[must_use]
    pub fn count(&self, a: DayNumber, b: DayNumber) -> i64 {
        (self.upto(b) - self.upto(a)).max(0)
    }

    /// The day this many working days after another, which for none is the day itself.
    #[must_use]
    pub fn ahead(&self, day: DayNumber, days: i64) -> DayNumber {
        if days <= 0 {
            return day;
        }
        let place = usize::try_from(self.upto(day) + days - 1).unwrap_or(0);
        self.working.get(place).copied().unwrap_or_else(|| self.last())
    }

    /// As [`Self::count`], of days.
    #[must_use]
    pub fn between(&self, a: Date, b: Date) -> i64 {
        self.count(self.number(a), self.number(b))
    }

    /// As [`Self::ahead`], of days.
    #[must_use]
    pub fn after(&self, day: Date, days: i64) -> Date {
        if days <= 0 { day } else { self.date(self.ahead(self.number(day), days)) }
    }
}

/// What of a dossier decides how it is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// Where it stands.
    pub status: Status,
    /// The day it was accepted.
    pub received: DayNumber,
    /// The day promised.
    pub due: Option<DayNumber>,
    /// The day the work ended.
    pub finished: Option<DayNumber>,
    /// The day more papers were asked for.
    pub asked: Option<DayNumber>,
    /// The day they came.
    pub supplied: Option<DayNumber>,
    /// How often they were asked for.
    pub supplements: i64,
    /// The working days the law allows.
    pub legal: Option<i64>,
    /// Whether the promised day counts the time of waiting already.
    pub due_has_waiting: bool,
}

impl Terms {
    /// What decides about a dossier.
    #[must_use]
    pub fn of(days: &WorkingDays, facts: &Facts, due_has_waiting: bool) -> Self {
        let number = |day: Option<Date>| day.map(|day| days.number(day));
        Self {
            status: facts.status,
            received: days.number(facts.received_on),
            due: number(facts.due_on),
            finished: number(facts.finished_on),
            asked: number(facts.asked_on),
            supplied: number(facts.supplied_on),
            supplements: facts.supplements,
            legal: facts.legal_days,
            due_has_waiting,
        }
    }

    /// The working days of waiting for papers that came.
    #[must_use]
    pub fn waited(&self, days: &WorkingDays) -> i64 {
        match (self.asked, self.supplied) {
            (Some(asked), Some(supplied)) => days.count(asked, supplied),
            _ => 0,
        }
    }

    /// The day it is held to.
    #[must_use]
    pub fn held_to(&self, days: &WorkingDays) -> Option<DayNumber> {
        let waited = self.waited(days);
        match (self.due, self.legal) {
            (Some(due), _) if self.due_has_waiting => Some(due),
            (Some(due), _) => Some(days.ahead(due, waited)),
            (None, Some(legal)) => Some(days.ahead(self.received, legal + waited)),
            (None, None) => None,
        }
    }

    /// How many working days from acceptance to the day it is held to, without the time of waiting.
    #[must_use]
    pub fn allowed(&self, days: &WorkingDays, held_to: DayNumber) -> i64 {
        days.count(self.received, held_to) - self.waited(days)
    }

    /// Where the day it is held to moves when the calendar changes: as many working days as before, counted
    /// anew, and never to a day that is over. None when it stays.
    #[must_use]
    pub fn moved(
        &self,
        before: &WorkingDays,
        after: &WorkingDays,
        held_to: DayNumber,
        today: DayNumber,
    ) -> Option<DayNumber> {
        let allowed = self.allowed(before, held_to);
        if self.allowed(after, held_to) == allowed {
            return None;
        }
        let counted = after.ahead(self.received, allowed + self.waited(after));
        let new = if counted < today { today.min(held_to) } else { counted };
        (new != held_to).then_some(new)
    }

    /// Its class, held to a day; what depends on today is left open.
    #[must_use]
    pub fn class(&self, days: &WorkingDays, held_to: Option<DayNumber>) -> Class {
        let still_asked = self.asked.filter(|_| self.supplied.is_none());
        match (self.status, self.finished, held_to) {
            (Status::New | Status::Refused, ..) => Class::Outside,
            _ if self.supplements > 1 => Class::Overdue,
            (_, _, None) => Class::Unknown,
            (Status::Waiting, None, Some(due)) => match still_asked {
                Some(asked) if asked > due => Class::Overdue,
                _ => Class::Waiting,
            },
            (_, None, Some(_)) => Class::Open,
            (_, Some(day), Some(due)) if day > due => Class::Overdue,
            (_, Some(day), Some(due)) if days.count(day, due) > 0 => Class::Before,
            (_, Some(_), Some(_)) => Class::OnTime,
        }
    }

    /// The working days it took without the time of waiting; none until it is done.
    #[must_use]
    pub fn taken(&self, days: &WorkingDays) -> Option<i64> {
        self.finished.map(|day| (days.count(self.received, day) - self.waited(days)).max(0))
    }
}

/// Judges a dossier; what depends on today is left open.
#[must_use]
pub fn judge(days: &WorkingDays, facts: &Facts, due_has_waiting: bool) -> Judged {
    let terms = Terms::of(days, facts, due_has_waiting);
    judge_held(days, &terms, terms.held_to(days))
}

/// Judges a dossier that is held to a day.
#[must_use]
pub fn judge_held(days: &WorkingDays, terms: &Terms, held_to: Option<DayNumber>) -> Judged {
    Judged {
        class: terms.class(days, held_to),
        held_to: held_to.map(|number| days.date(number)),
        days: terms.taken(days),
    }
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
        assert_eq!(days.after(date(2026, 2, 14), 1), date(2026, 2, 23));
    }

    #[test]
    fn a_day_and_its_number_are_one() {
        let calendar = WorkCalendar::parse(include_str!("../../../../calendars/vn.csv")).expect("the calendar");
        let days = WorkingDays::of(&calendar);
        for day in [date(2000, 1, 1), date(2026, 2, 28), date(2028, 2, 29), date(2060, 12, 31)] {
            assert_eq!(days.date(days.number(day)), day);
        }
        assert_eq!(days.number_of(2026, 2, 29), None);
        assert_eq!(days.number_of(2026, 13, 1), None);
        assert_eq!(days.number_of(1999, 12, 31), None);
        assert_eq!(days.month(days.number(date(2026, 3, 31))), 26 * 12 + 2);
    }
}
