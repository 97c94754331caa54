//! Legal acts with the rules that rest on them, and which of them end without a successor.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::award::words;
use crate::book::RuleBook;
use crate::check::WARNING_MONTHS;
use crate::pack::Instrument;

words! {
    /// How an act stands on a day.
    ActState {
        /// It has not begun.
        Coming = "coming", "chưa có hiệu lực";
        /// In force, and no end is near.
        InForce = "in_force", "còn hiệu lực";
        /// It ends within six months.
        EndsSoon = "ends_soon", "sắp hết hiệu lực";
        /// It has ended.
        Ended = "ended", "đã hết hiệu lực";
    }
}

/// A rule that rests on an act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RestingRule {
    /// The rule.
    pub id: String,
    /// What it is about.
    pub title_vi: String,
    /// Whether its last version rests on the act: nothing follows when the act ends.
    pub last: bool,
}

/// An act as it stands on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// The act.
    pub instrument: Instrument,
    /// How it stands.
    pub state: ActState,
    /// The rules that rest on it in one of their versions.
    pub rules: Vec<RestingRule>,
}

impl Act {
    /// The rules that lose their ground with the act: it has ended or ends soon, and they have no later version.
    pub fn without_successor(&self) -> impl Iterator<Item = &RestingRule> {
        let ends = matches!(self.state, ActState::EndsSoon | ActState::Ended);
        self.rules.iter().filter(move |rule| ends && rule.last)
    }
}

impl RuleBook {
    /// Every act on a day, in the order of their first days, with the rules that rest on each.
    #[must_use]
    pub fn acts(&self, on: Date) -> Vec<Act> {
        let rules = self.every_rule();
        let mut acts: Vec<Act> = self
            .instruments
            .values()
            .map(|instrument| Act {
                state: state(instrument, on),
                rules: rules
                    .iter()
                    .filter(|rule| rule.versions.iter().any(|basis| basis.instrument == instrument.id))
                    .map(|rule| RestingRule {
                        id: rule.id.to_owned(),
                        title_vi: rule.title_vi.to_owned(),
                        last: rule.versions.last().is_some_and(|basis| basis.instrument == instrument.id),
                    })
                    .collect(),
                instrument: instrument.clone(),
            })
            .collect();
        acts.sort_by(|one, other| {
            (one.instrument.from, &one.instrument.id).cmp(&(other.instrument.from, &other.instrument.id))
        });
        acts
    }
}

fn state(instrument: &Instrument, on: Date) -> ActState {
    let near = |until: Date| until.checked_sub(WARNING_MONTHS.months()).is_ok_and(|day| day <= on);
    match instrument.until {
        _ if on < instrument.from => ActState::Coming,
        Some(until) if until <= on => ActState::Ended,
        Some(until) if near(until) => ActState::EndsSoon,
        _ => ActState::InForce,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::Confidence;
    use jiff::civil::date;

    #[test]
    fn an_act_is_near_its_end_from_six_months_before_and_ended_on_the_first_day_without_it() {
        let act = Instrument {
            id: "N1".into(),
            title_vi: "Nghị định".into(),
            number: "Nghị định 1/2025/NĐ-CP".into(),
            from: date(2025, 7, 1),
            until: Some(date(2027, 3, 1)),
            ended_by: None,
            confidence: Confidence::Text,
            source: "Công báo".into(),
        };
        let days = [
            (date(2025, 6, 30), ActState::Coming),
            (date(2026, 8, 31), ActState::InForce),
            (date(2026, 9, 1), ActState::EndsSoon),
            (date(2027, 2, 28), ActState::EndsSoon),
            (date(2027, 3, 1), ActState::Ended),
        ];
        for (day, expected) in days {
            assert_eq!(state(&act, day), expected, "{day}");
        }
    }
}
