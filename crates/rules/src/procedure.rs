//! What goes with an award beside its standards: dossiers, deadlines, caps, consultation, quorum.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::award::{AwardCode, words};
use crate::vote::Fraction;

/// A paper of a dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DossierItem {
    /// Its name in data.
    pub id: String,
    /// Its name on the checklist.
    pub text_vi: String,
    /// Whether the dossier is refused without it; the rest depend on the case.
    pub mandatory: bool,
    /// The clause that asks for it.
    pub citation: String,
}

/// A time limit with its clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Deadline {
    /// The rule.
    pub id: String,
    /// The awards it is about; empty for all.
    pub awards: Vec<AwardCode>,
    /// The limit in words.
    pub text_vi: String,
    /// So many working days …
    pub working_days: Option<u32>,
    /// … from this event.
    pub from_event: Option<String>,
    /// A day of the year …
    pub month_day: Option<(i8, i8)>,
    /// … so many years after the year of the achievement.
    pub years_after: i16,
    /// The clause.
    pub citation: String,
}

impl Deadline {
    /// The last day, for limits that are a day of the year; none for those that count from an event.
    #[must_use]
    pub fn last_day(&self, year: i16) -> Option<Date> {
        let (month, day) = self.month_day?;
        Date::new(year.checked_add(self.years_after)?, month, day).ok()
    }
}

words! {
    /// What a cap counts its share of.
    CapBasis {
        /// Of all who were nominated for the form.
        Nominated = "nominated", "số được đề nghị";
        /// Of all persons in the record of the Office.
        Staff = "staff", "tổng số người của cơ quan";
        /// Of those who are awarded.
        Awarded = "awarded", "số được khen thưởng";
    }
}

words! {
    /// What a cap counts.
    CapOf {
        /// All persons nominated: at most so many.
        Total = "total", "tổng số";
        /// Those who lead a unit: at most so many.
        Leaders = "leaders", "người giữ chức vụ lãnh đạo";
        /// Those who do the work themselves and lead nobody: at least so many.
        Workers = "workers", "người lao động trực tiếp";
    }
}

/// A cap of a campaign or of one form in it: the share is the campaign's own when the text leaves it open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CapRow {
    /// What is capped.
    pub of: CapOf,
    /// The form it is about; none for all forms together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub award: Option<AwardCode>,
    /// What the share is a share of.
    pub basis: CapBasis,
    /// The share in basis points; none when the campaign must decide it.
    #[serde(default)]
    pub share_bp: Option<u32>,
    /// The rounding rule in words.
    pub rounding_vi: String,
}

impl CapRow {
    /// The most that a share of `whole` allows, rounded down: nobody is a fraction of a person.
    #[must_use]
    pub fn most(share_bp: u32, whole: u32) -> u32 {
        let most = u64::from(share_bp) * u64::from(whole) / 10_000;
        u32::try_from(most).unwrap_or(u32::MAX)
    }

    /// The least that a share of `whole` asks for, rounded up: a fraction of a person is one more.
    #[must_use]
    pub fn least(share_bp: u32, whole: u32) -> u32 {
        let least = (u64::from(share_bp) * u64::from(whole)).div_ceil(10_000);
        u32::try_from(least).unwrap_or(u32::MAX)
    }
}

/// When a council may meet and decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Quorum {
    /// Of all members, present for a meeting.
    pub present: Fraction,
    /// Of all members, present or by written opinion when an award is considered.
    pub present_for_awards: Fraction,
}

/// A record that the Office adopted a template as its own rule, with the document in hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Adoption {
    /// The template.
    pub template: String,
    /// The document that adopts it.
    pub document: String,
    /// Who recorded it.
    pub by: String,
    /// From which day it holds.
    pub on: Date,
}

/// A record that an authorised person compared a rule version with the text in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confirmation {
    /// The rule.
    pub rule: String,
    /// Its version: the first day of it.
    pub version: String,
    /// The document that was compared.
    pub document: String,
    /// Who confirmed.
    pub by: String,
    /// On which day.
    pub on: Date,
}

/// A local rule: what the template says, and whether it was adopted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LocalRule<T> {
    /// The template.
    pub template: String,
    /// What it is about.
    pub title_vi: String,
    /// What it says.
    pub value: T,
    /// Where it comes from.
    pub citation: String,
    /// The adoption that makes it the Office's own; none while it is only a proposal.
    pub adopted: Option<Adoption>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_percent_of_twenty_four_are_two_because_nobody_is_a_fraction_of_a_person() {
        assert_eq!(CapRow::most(1_000, 24), 2);
        assert_eq!(CapRow::most(1_000, 30), 3);
    }

    #[test]
    fn a_least_share_is_rounded_up_and_its_exact_boundary_is_enough() {
        assert_eq!(CapRow::least(6_000, 4), 3);
        assert_eq!(CapRow::least(6_000, 5), 3);
        assert_eq!(CapRow::least(6_000, 0), 0);
    }
}
