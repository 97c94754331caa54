//! A term day by day: what counts, what is stepped over and why, and what stops the clock.
//!
//! A term may be stopped while the office waits for somebody. The days of a pause do not count, whatever
//! the term counts in, and no term ends on one of them. A pause without an end leaves the term without a
//! due day, but tells how many days are left.

use jiff::civil::Date;
use serde::Serialize;

use super::deadline::days_after;
use super::{Deadline, Half, WorkCalendar};
use crate::Period;

/// How long a term is, and in which days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Length {
    /// Days of every kind; the last rolls over to a working day.
    Days(u32),
    /// Working days alone.
    WorkingDays(u32),
}

impl Length {
    /// How many of them.
    #[must_use]
    pub fn many(self) -> u32 {
        match self {
            Self::Days(many) | Self::WorkingDays(many) => many,
        }
    }
}

/// A term that runs from an event and may stand still.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The day of the event, which does not count.
    pub from: Date,
    /// How long it is.
    pub length: Length,
    /// The days on which it stands still, in any order.
    pub pauses: Vec<Period>,
}

/// What a day does in a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// It is the so many-th day of the term.
    Counted(u32),
    /// It is off and does not count.
    Off,
    /// The clock stands.
    Paused,
    /// The term was counted out on a day off and could not end before this day either.
    PastEnd,
    /// The term was counted out on a day off and ends with this one.
    RolledTo,
}

/// One day of a term, with its reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Step {
    /// The day.
    pub day: Date,
    /// What it does.
    pub mark: Mark,
    /// What day it is: `Quốc khánh`, `Chủ nhật`, `Ngày làm việc`.
    pub words: String,
    /// The document that sets the day apart.
    pub document: Option<String>,
    /// Whether no notice has fixed the day yet.
    pub projected: bool,
    /// The half that alone is worked.
    pub half: Option<Half>,
}

/// The end of a term, and every day on the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explained {
    /// The last day of the term, which ends at midnight; none while a pause has no end.
    pub due: Option<Date>,
    /// The days in order.
    pub steps: Vec<Step>,
    /// The day on which the term was counted out, when that day is off.
    pub rolled: Option<Date>,
    /// Whether a day decided that no notice has fixed yet.
    pub projected: bool,
    /// How many days are still to be counted after a pause that has no end.
    pub left: u32,
}

impl Term {
    /// A term without pauses.
    #[must_use]
    pub fn new(from: Date, length: Length) -> Self {
        Self { from, length, pauses: Vec::new() }
    }

    /// Whether the clock stands on a day.
    fn stands_on(&self, day: Date) -> bool {
        self.pauses.iter().any(|pause| pause.contains(day))
    }

    /// Whether the clock stands on a day and on every later one.
    fn stands_for_good_on(&self, day: Date) -> bool {
        self.pauses.iter().any(|pause| pause.until.is_none() && pause.contains(day))
    }
}

impl WorkCalendar {
    /// The end of a term as the contract has it: for terms that are not stopped.
    #[must_use]
    pub fn deadline(&self, from: Date, length: Length) -> Deadline {
        match length {
            Length::Days(many) => self.add_days(from, many),
            Length::WorkingDays(many) => self.add_working_days(from, many),
        }
    }

    /// The end of a term, with every day on the way and what it did.
    ///
    /// As many days are counted as the term has, unless a pause has no end or the calendar ends before.
    /// Without pauses the answer is that of [`Self::deadline`].
    #[must_use]
    pub fn explain(&self, term: &Term) -> Explained {
        let many = term.length.many();
        let mut said = Explained { due: None, steps: Vec::new(), rolled: None, projected: false, left: many };
        if many == 0 {
            said.due = Some(term.from);
            return said;
        }
        let mut walk = self.walk();
        for day in days_after(term.from) {
            let reason = walk.reason(day);
            let stands = term.stands_on(day);
            let mark = match term.length {
                _ if stands => Mark::Paused,
                _ if said.left == 0 && reason.working => Mark::RolledTo,
                _ if said.left == 0 => Mark::PastEnd,
                Length::WorkingDays(_) if !reason.working => Mark::Off,
                Length::WorkingDays(_) | Length::Days(_) => {
                    said.left -= 1;
                    Mark::Counted(many - said.left)
                }
            };
            // Of days that count whatever they are, only those at the end decide.
            let decides = !stands && (said.left == 0 || matches!(term.length, Length::WorkingDays(_)));
            said.projected |= decides && reason.projected;
            let working = reason.working;
            said.steps.push(Step {
                day,
                mark,
                words: reason.words,
                document: reason.document,
                projected: reason.projected,
                half: reason.half,
            });
            if term.stands_for_good_on(day) {
                said.due = None;
                return said;
            }
            if said.left == 0 && !stands {
                said.due = Some(day);
                if working {
                    return said;
                }
                if matches!(mark, Mark::Counted(_)) {
                    said.rolled = Some(day);
                }
            }
        }
        said
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn viet_nam() -> WorkCalendar {
        WorkCalendar::parse(include_str!("../../../../calendars/vn.csv")).expect("the calendar that ships")
    }

    fn stopped(from: Date, length: Length, pauses: &[(Date, Option<Date>)]) -> Explained {
        let pauses = pauses.iter().map(|&(from, until)| Period { from, until }).collect();
        viet_nam().explain(&Term { from, length, pauses })
    }

    #[test]
    fn the_clock_stands_while_the_office_waits_for_an_answer() {
        // Monday 7 December 2026, five working days, waiting from Wednesday to the Tuesday after.
        let said = stopped(date(2026, 12, 7), Length::WorkingDays(5), &[(date(2026, 12, 9), Some(date(2026, 12, 16)))]);
        assert_eq!(said.due, Some(date(2026, 12, 21)));
        let counted = said.steps.iter().filter(|step| matches!(step.mark, Mark::Counted(_))).map(|step| step.day.day());
        assert_eq!(counted.collect::<Vec<_>>(), [8, 16, 17, 18, 21]);
        assert_eq!(said.steps.iter().filter(|step| step.mark == Mark::Paused).count(), 7);
    }

    #[test]
    fn while_a_pause_has_no_end_there_is_no_due_day_but_days_are_left() {
        let said = stopped(date(2026, 12, 7), Length::WorkingDays(5), &[(date(2026, 12, 10), None)]);
        assert_eq!((said.due, said.left), (None, 3));
        assert_eq!(said.steps.last().map(|step| (step.day, step.mark)), Some((date(2026, 12, 10), Mark::Paused)));
    }

    #[test]
    fn a_term_does_not_end_on_a_day_on_which_it_stands() {
        // Ten days from 19 August end on a Saturday before the National Day; the first working day is paused.
        let said = stopped(date(2026, 8, 19), Length::Days(10), &[(date(2026, 9, 3), Some(date(2026, 9, 4)))]);
        assert_eq!((said.rolled, said.due), (Some(date(2026, 8, 29)), Some(date(2026, 9, 4))));
        assert_eq!(said.steps.last().map(|step| step.mark), Some(Mark::RolledTo));
    }

    #[test]
    fn a_term_counted_out_on_a_day_off_waits_for_the_end_of_a_pause_without_one() {
        let said = stopped(date(2026, 8, 19), Length::Days(10), &[(date(2026, 8, 31), None)]);
        assert_eq!((said.rolled, said.due, said.left), (Some(date(2026, 8, 29)), None, 0));
    }

    #[test]
    fn a_pause_that_begins_after_the_end_changes_nothing() {
        let plain = viet_nam().explain(&Term::new(date(2026, 12, 7), Length::WorkingDays(3)));
        assert_eq!(stopped(date(2026, 12, 7), Length::WorkingDays(3), &[(date(2026, 12, 11), None)]), plain);
    }

    fn any_day() -> impl Strategy<Value = Date> {
        (2024_i16..2032, 1_i8..=12, 1_i8..=28).prop_map(|(year, month, day)| date(year, month, day))
    }

    fn any_length() -> impl Strategy<Value = Length> {
        prop_oneof![(0_u32..50).prop_map(Length::Days), (0_u32..50).prop_map(Length::WorkingDays)]
    }

    fn any_pauses(from: Date) -> impl Strategy<Value = Vec<Period>> {
        let pause = (0_i64..60, 1_i64..20).prop_map(move |(after, long)| {
            let begin = from.saturating_add(jiff::SignedDuration::from_hours(24 * after));
            let end = begin.saturating_add(jiff::SignedDuration::from_hours(24 * long));
            Period { from: begin, until: Some(end) }
        });
        prop::collection::vec(pause, 0..4)
    }

    fn any_term() -> impl Strategy<Value = Term> {
        (any_day(), any_length())
            .prop_flat_map(|(from, length)| any_pauses(from).prop_map(move |pauses| Term { from, length, pauses }))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn without_pauses_the_explanation_and_the_contract_agree(from in any_day(), length in any_length()) {
            let calendar = viet_nam();
            let (said, term) = (calendar.explain(&Term::new(from, length)), calendar.deadline(from, length));
            prop_assert_eq!((said.due, said.rolled, said.projected), (Some(term.due), term.rolled, term.projected));
            let counted = said.steps.iter().filter(|step| matches!(step.mark, Mark::Counted(_))).map(|step| step.day);
            prop_assert_eq!(counted.collect::<Vec<_>>(), term.counted);
        }

        #[test]
        fn a_pause_never_ends_a_term_earlier_and_no_day_of_it_counts(term in any_term()) {
            let calendar = viet_nam();
            let said = calendar.explain(&term);
            let plain = calendar.explain(&Term::new(term.from, term.length));
            prop_assert!(said.due >= plain.due);
            let counted = said.steps.iter().filter(|step| matches!(step.mark, Mark::Counted(_)));
            prop_assert!(counted.clone().all(|step| !term.stands_on(step.day)));
            prop_assert_eq!(counted.count(), term.length.many() as usize);
            prop_assert!(term.length.many() == 0 || said.due.is_some_and(|due| !term.stands_on(due)));
        }

        #[test]
        fn the_order_of_pauses_does_not_matter(term in any_term()) {
            let mut turned = term.clone();
            turned.pauses.reverse();
            prop_assert_eq!(viet_nam().explain(&term), viet_nam().explain(&turned));
        }
    }
}
