//! The answer: verdicts with the clause, the value and the record behind each, as the contract prints them.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::award::{AwardCode, words};
use crate::money::Bonus;
use crate::pack::Confidence;
use crate::pack::condition::settled_by_statement;
use crate::vote::Ballot;

words! {
    /// What is found of a condition or a standard. Unknown is never met.
    Finding {
        /// It is met.
        Met = "met", "đạt";
        /// It is not met.
        NotMet = "not_met", "chưa đạt";
        /// The record does not tell.
        Unknown = "unknown", "chưa xác định";
    }
}

impl Finding {
    /// All must be met: one that is not decides, an unknown one leaves it open.
    #[must_use]
    #[inline]
    pub fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::NotMet, _) | (_, Self::NotMet) => Self::NotMet,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            _ => Self::Met,
        }
    }

    /// One is enough: one that is met decides, an unknown one leaves it open.
    #[must_use]
    #[inline]
    pub fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Met, _) | (_, Self::Met) => Self::Met,
            (Self::Unknown, _) | (_, Self::Unknown) => Self::Unknown,
            _ => Self::NotMet,
        }
    }

    /// Met or not, when the record tells; unknown when it does not.
    #[must_use]
    #[inline]
    pub fn of(told: Option<bool>) -> Self {
        match told {
            Some(true) => Self::Met,
            Some(false) => Self::NotMet,
            None => Self::Unknown,
        }
    }
}

words! {
    /// What a guard says.
    GuardVerdict {
        /// Nothing stands in the way.
        Clear = "clear", "không vướng";
        /// It stands in the way.
        Blocked = "blocked", "bị chặn";
        /// The record or the law does not tell.
        Unknown = "unknown", "chưa xác định";
    }
}

words! {
    /// The answer for one award.
    Verdict {
        /// One standard is met and every guard is clear.
        Eligible = "eligible", "đủ điều kiện";
        /// No standard is met, or a guard blocks.
        NotEligible = "not_eligible", "không đủ điều kiện";
        /// The record or the law does not tell.
        Undetermined = "undetermined", "chưa xác định";
    }
}

/// The answer to a question: one result per award asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The day whose law was applied.
    pub on: Date,
    /// One result per award.
    pub results: Vec<AwardResult>,
}

/// The answer for one award.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AwardResult {
    /// The award.
    pub award: AwardCode,
    /// What stands now.
    pub verdict: Verdict,
    /// What would stand if the rules that wait for a person were confirmed as they are.
    pub verdict_if_confirmed: Verdict,
    /// Whether a person must confirm a rule first, and why.
    pub review: Review,
    /// What may stand in the way.
    pub guards: Vec<GuardResult>,
    /// The standards, of which one is enough.
    pub standards: Vec<StandardResult>,
    /// Whether and how the council votes; none when no rule covers the day.
    pub ballot: Option<Ballot>,
    /// The papers of the dossier.
    pub dossier: Vec<DossierLine>,
    /// Who decides.
    pub decided_by: String,
    /// Who submits.
    pub submitted_by: String,
    /// The money; none when no rule covers the day or the recipient.
    pub bonus: Option<Bonus>,
    /// Which rules of the vote, the papers and the money have lapsed, in sentences; empty when all stand, and in
    /// answers frozen before this was kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lapsed: Vec<String>,
}

impl AwardResult {
    /// The guards that say no.
    pub fn blocking(&self) -> impl Iterator<Item = &GuardResult> {
        self.guards.iter().filter(|guard| guard.verdict == GuardVerdict::Blocked)
    }

    /// The standards that are met.
    pub fn met(&self) -> impl Iterator<Item = &StandardResult> {
        self.standards.iter().filter(|standard| standard.verdict == Finding::Met)
    }
}

/// Whether a person must confirm or adopt a rule before the answer stands.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Review {
    /// Whether somebody must.
    pub needed: bool,
    /// Why, in a sentence.
    pub reason: Option<String>,
    /// Who confirmed the rules that the answer rests on.
    pub confirmed_by: Option<String>,
    /// The rule versions that wait, so that a page can lead to them.
    #[serde(skip)]
    pub waiting: Vec<Waiting>,
}

/// A rule version that waits for a person.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Waiting {
    /// The rule.
    pub rule: String,
    /// Its version: the first day of it.
    pub version: String,
    /// The template to adopt, when it is a local rule.
    pub template: Option<String>,
    /// Why it waits.
    pub reason: String,
}

/// What one guard says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuardResult {
    /// The guard: `recipient`, `plan`, `hold`, `discipline`, `same_achievement`, `thematic_basis`, `unit_result` …
    pub id: String,
    /// What it says.
    pub verdict: GuardVerdict,
    /// The clause it rests on.
    pub citation: String,
    /// Why, in a sentence; none when there is nothing to say.
    pub reason: Option<String>,
    /// The facts that made it say so.
    pub records: Vec<String>,
    /// All it was read against: each entry of its register, or the register's key alone when that is declared
    /// complete and holds nothing. Empty when the register is not known, and in answers frozen before this was kept.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub searched: Vec<String>,
}

/// What one standard says, computed as if its text were confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandardResult {
    /// The rule.
    pub id: String,
    /// All its conditions together.
    pub verdict: Finding,
    /// The clause it rests on.
    pub citation: String,
    /// How sure the text is.
    pub confidence: Confidence,
    /// The conditions, all of which are needed.
    pub conditions: Vec<ConditionResult>,
}

/// What one condition says, with the value found and the record it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConditionResult {
    /// The kind, a word of the closed vocabulary.
    pub kind: String,
    /// What is found.
    pub verdict: Finding,
    /// The condition as a sentence.
    pub text_vi: String,
    /// What the record holds.
    pub found: Option<String>,
    /// What is demanded.
    pub needed: Option<String>,
    /// The facts that were counted.
    pub records: Vec<String>,
    /// What would have to be known or done.
    pub missing: Option<String>,
    /// The alternatives, for a condition that is made of others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub of: Vec<ConditionResult>,
}

impl ConditionResult {
    /// Whether it is unknown and a signed statement in its own words settles it.
    #[must_use]
    pub fn takes_statement(&self) -> bool {
        self.verdict == Finding::Unknown && settled_by_statement(&self.kind)
    }
}

/// A paper of the dossier, as the answer lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DossierLine {
    /// The paper.
    pub item: String,
    /// The clause that asks for it.
    pub citation: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_condition_never_makes_a_standard_met() {
        assert_eq!(Finding::Met.and(Finding::Unknown), Finding::Unknown);
        assert_eq!(Finding::NotMet.and(Finding::Unknown), Finding::NotMet);
    }

    #[test]
    fn one_met_alternative_is_enough_and_an_unknown_one_keeps_the_question_open() {
        assert_eq!(Finding::Met.or(Finding::Unknown), Finding::Met);
        assert_eq!(Finding::NotMet.or(Finding::Unknown), Finding::Unknown);
    }
}
