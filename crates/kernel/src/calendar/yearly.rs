//! Works out the days off of a year for which no notice is known.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{DayKind, ListedDay, is_weekend};
use crate::lunar::{LunarDay, solar_day};

/// A day off that comes every year.
#[derive(Debug, Clone)]
pub(super) struct YearlyDay {
    /// The first year that has it; none means always.
    pub since: Option<i16>,
    pub when: When,
    pub name: String,
    pub source: String,
    /// Whether the next working day makes up for it when it falls on a weekend.
    pub made_up: bool,
}

/// Where in the year a yearly day falls.
#[derive(Debug, Clone, Copy)]
pub(super) enum When {
    /// By the common calendar.
    Solar { month: i8, day: i8 },
    /// By the lunar calendar; day 0 is the last of the month before.
    Lunar { month: i8, day: i8 },
}

impl When {
    /// The day in a year; none for a 29 February or a thirtieth that the year does not have.
    fn in_year(self, year: i16) -> Option<Date> {
        match self {
            Self::Solar { month, day } => Date::new(year, month, day).ok(),
            Self::Lunar { month, day: 0 } => Self::Lunar { month, day: 1 }.in_year(year)?.yesterday().ok(),
            Self::Lunar { month, day } => solar_day(LunarDay { day, month, leap: false, year }),
        }
    }
}

/// The days off of a year: the yearly ones, then a weekday for each that fell on a weekend.
pub(super) fn project(yearly: &[YearlyDay], year: i16) -> BTreeMap<Date, ListedDay> {
    let mut days = BTreeMap::new();
    let mut to_make_up = Vec::new();
    for rule in yearly.iter().filter(|rule| rule.since.is_none_or(|since| since <= year)) {
        let Some(day) = rule.when.in_year(year) else { continue };
        let source = format!("dự báo theo {}; chờ thông báo hằng năm", rule.source);
        days.insert(day, ListedDay::from_file(day, rule.name.clone(), DayKind::Projected, source.clone()));
        if rule.made_up && is_weekend(day) {
            to_make_up.push((day, format!("Nghỉ bù {}", rule.name), source));
        }
    }
    to_make_up.sort();
    for (holiday, name, source) in to_make_up {
        let free = super::deadline::days_after(holiday).find(|day| !is_weekend(*day) && !days.contains_key(day));
        if let Some(day) = free {
            days.insert(day, ListedDay::from_file(day, name, DayKind::ProjectedCompensatory, source));
        }
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn rule(when: When, name: &str, made_up: bool) -> YearlyDay {
        YearlyDay { since: None, when, name: name.to_owned(), source: "Luật".to_owned(), made_up }
    }

    #[test]
    fn a_holiday_on_a_weekend_is_made_up_on_the_next_free_weekday() {
        // 30 April 2033 is a Saturday, 1 May a Sunday.
        let rules = [
            rule(When::Solar { month: 4, day: 30 }, "Ngày Chiến thắng", true),
            rule(When::Solar { month: 5, day: 1 }, "Ngày Quốc tế lao động", true),
        ];
        let days = project(&rules, 2033);
        assert_eq!(days[&date(2033, 5, 2)].name, "Nghỉ bù Ngày Chiến thắng");
        assert_eq!(days[&date(2033, 5, 3)].name, "Nghỉ bù Ngày Quốc tế lao động");
        assert_eq!(days.len(), 4);
    }

    #[test]
    fn a_holiday_that_the_law_does_not_make_up_for_is_lost_on_a_weekend() {
        let days = project(&[rule(When::Solar { month: 11, day: 24 }, "Ngày Văn hóa Việt Nam", false)], 2029);
        assert_eq!(days.into_keys().collect::<Vec<_>>(), [date(2029, 11, 24)]);
    }

    #[test]
    fn a_yearly_day_waits_for_its_first_year() {
        let culture = YearlyDay { since: Some(2026), ..rule(When::Solar { month: 11, day: 24 }, "a", false) };
        assert!(project(std::slice::from_ref(&culture), 2025).is_empty());
        assert_eq!(project(&[culture], 2026).len(), 1);
    }
}
