//! The entries of a record.

use kernel::id::PersonId;
use kernel::{Date, Period};
use rules::facts::{DisciplineLevel, HoldKind, RatingLevel, Scope, Selection, Stage};
use rules::{AwardCode, AwardType};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::RecordsError;
use crate::history::Subject;
use crate::organization::Recipient;
use crate::words::{ids, words};

ids! {
    /// A rating of one year.
    RatingId,
    /// An award held.
    PastAwardId,
    /// An initiative.
    InitiativeId,
    /// A discipline.
    DisciplineId,
    /// A hold.
    HoldId,
    /// An achievement.
    AchievementId,
    /// A result in the movement.
    MovementResultId,
}

/// An entry of a register, by which its history is kept.
pub(super) fn subject(kind: &'static str, entry: impl Into<Uuid>, owner: Uuid) -> Subject {
    Subject { kind, entry: entry.into(), owner }
}

words! {
    /// A register, which may be complete for the people and units of the Office from a day on.
    Register {
        /// Yearly ratings.
        Ratings = "ratings", "Kết quả xếp loại hằng năm";
        /// Awards held.
        Awards = "awards", "Khen thưởng đã nhận";
        /// Initiatives.
        Initiatives = "initiatives", "Sáng kiến";
        /// Disciplines.
        Discipline = "discipline", "Kỷ luật";
        /// Holds.
        Holds = "holds", "Tạm dừng xét khen thưởng";
        /// Achievements.
        Achievements = "achievements", "Thành tích";
    }
}

/// A register declared complete.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Completeness {
    /// Which register.
    pub register: Register,
    /// From this day on nothing is missing in it.
    pub since: Date,
    /// The document or check on which the declaration rests.
    pub document: String,
}

impl Completeness {
    /// The declaration about a register, by which its history is kept: each register has one.
    pub(super) fn subject(register: Register) -> Subject {
        let place = Register::ALL.iter().position(|one| *one == register).unwrap_or_default();
        let id = Uuid::from_u128(place as u128 + 1);
        Subject { kind: "registers", entry: id, owner: id }
    }
}

/// The rating of one year; of several revisions the last counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// Its id.
    pub id: RatingId,
    /// Who was rated.
    pub recipient: Recipient,
    /// The year rated.
    pub year: i16,
    /// 1, and one more for every correction.
    pub revision: i64,
    /// The level.
    pub level: RatingLevel,
    /// The day of the decision.
    pub decided_on: Option<Date>,
    /// The decision.
    pub document: Option<String>,
}

/// An award held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastAward {
    /// Its id.
    pub id: PastAwardId,
    /// Who holds it.
    pub recipient: Recipient,
    /// Which award.
    pub award: AwardCode,
    /// The year it honours.
    pub year: i16,
    /// For merit, a movement, a sudden achievement or a life's contribution.
    pub r#type: AwardType,
    /// The number of the decision.
    pub number: String,
    /// The day of the decision.
    pub decided_on: Date,
    /// The achievement it rewarded.
    pub achievement: Option<AchievementId>,
    /// The line of our own decision, when it was issued here.
    pub decision_line: Option<Uuid>,
    /// The day from which it is revoked.
    pub revoked_on: Option<Date>,
}

impl PastAward {
    /// Whether it is held on a day: decided by then and not revoked.
    #[must_use]
    pub fn held(&self, day: Date) -> bool {
        self.decided_on <= day && self.revoked_on.is_none_or(|revoked| day < revoked)
    }
}

/// An award that is about to be entered.
#[derive(Debug, Clone)]
pub struct NewPastAward {
    /// Who holds it.
    pub recipient: Recipient,
    /// Which award.
    pub award: AwardCode,
    /// The year it honours.
    pub year: i16,
    /// Its type.
    pub r#type: AwardType,
    /// The number of the decision.
    pub number: String,
    /// The day of the decision.
    pub decided_on: Date,
    /// The achievement it rewards.
    pub achievement: Option<AchievementId>,
    /// The line of our own decision, when it is issued here.
    pub decision_line: Option<Uuid>,
}

/// An initiative.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Initiative {
    /// Its id.
    pub id: InitiativeId,
    /// Its code: `SK-2026-01`.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// How far it reaches.
    pub scope: Scope,
    /// Whether it can be taken over elsewhere, where that was judged.
    pub replicable: Option<bool>,
    /// The day on which it was recognised; none while it is not.
    pub recognised_on: Option<Date>,
    /// The decision that recognised it.
    pub document: Option<String>,
    /// The day of the decision on its reach, where that is another decision: until then it reaches no farther
    /// than the office that recognised it.
    #[serde(default)]
    pub scope_on: Option<Date>,
    /// That other decision.
    #[serde(default)]
    pub scope_document: Option<String>,
    /// Its authors and their shares in percent.
    pub authors: Vec<Author>,
    /// Counts changes, against concurrent edits.
    pub version: i64,
}

/// An author of an initiative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Author {
    /// Who.
    pub person: PersonId,
    /// The share in percent.
    pub share_percent: i64,
}

impl Author {
    /// Checks that the shares of all authors make a whole.
    ///
    /// # Errors
    /// [`RecordsError::SharesSum`], [`RecordsError::OddShare`].
    pub fn check(authors: &[Self]) -> Result<(), RecordsError> {
        let people: std::collections::BTreeSet<_> = authors.iter().map(|author| author.person).collect();
        if people.len() < authors.len() || authors.iter().any(|author| !(1..=100).contains(&author.share_percent)) {
            return Err(RecordsError::OddShare);
        }
        match authors.iter().map(|author| author.share_percent).sum() {
            100 => Ok(()),
            sum => Err(RecordsError::SharesSum { sum }),
        }
    }
}

impl Initiative {
    /// Recognises it.
    ///
    /// # Errors
    /// When it has been recognised.
    pub fn recognise(
        &mut self,
        on: Date,
        scope: Scope,
        replicable: Option<bool>,
        document: &str,
    ) -> Result<(), RecordsError> {
        if let Some(on) = self.recognised_on {
            return Err(RecordsError::AlreadyRecognised { on });
        }
        self.recognised_on = Some(on);
        self.scope = scope;
        self.replicable = replicable;
        self.document = Some(document.to_owned());
        Ok(())
    }

    /// Notes the decision on how far it reaches, apart from the one that recognised it.
    ///
    /// # Errors
    /// When it was not recognised by that day.
    pub fn widen(
        &mut self,
        on: Date,
        scope: Scope,
        replicable: Option<bool>,
        document: &str,
    ) -> Result<(), RecordsError> {
        if !self.recognised(on) {
            return Err(RecordsError::NotRecognised { on });
        }
        self.scope_on = Some(on);
        self.scope = scope;
        self.replicable = replicable;
        self.scope_document = Some(document.to_owned());
        Ok(())
    }

    /// How far it reaches by the decisions of a day, and whether it was judged that others can take it over.
    #[must_use]
    pub fn reach(&self, day: Date) -> (Scope, Option<bool>) {
        match self.scope_on {
            Some(on) if day < on => (Scope::CoSo, None),
            _ => (self.scope, self.replicable),
        }
    }

    /// Whether it is recognised on a day.
    #[must_use]
    pub fn recognised(&self, day: Date) -> bool {
        self.recognised_on.is_some_and(|on| on <= day)
    }
}

/// A discipline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Discipline {
    /// Its id.
    pub id: DisciplineId,
    /// Who was disciplined.
    pub recipient: Recipient,
    /// How.
    pub level: DisciplineLevel,
    /// The days on which it is in force.
    pub period: Period,
    /// The decision.
    pub document: String,
}

/// A hold: something is pending, until which no award is considered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hold {
    /// Its id.
    pub id: HoldId,
    /// Who is held.
    pub recipient: Recipient,
    /// Why.
    pub kind: HoldKind,
    /// The days on which it holds.
    pub period: Period,
    /// The document that tells of it.
    pub document: String,
    /// The document that released it.
    pub released_by: Option<String>,
}

/// An achievement, with the clause of the plan it hangs on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Achievement {
    /// Its id.
    pub id: AchievementId,
    /// Whose.
    pub recipient: Recipient,
    /// Its code: `TT-2026-01`.
    pub code: String,
    /// The year.
    pub year: i16,
    /// The clause of the plan: `II.3`.
    pub clause: String,
    /// What was achieved.
    pub summary: String,
}

/// What the movement's own selection said at a stage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MovementResult {
    /// Its id.
    pub id: MovementResultId,
    /// Of whom.
    pub recipient: Recipient,
    /// At which point of the movement.
    pub stage: Stage,
    /// In which year.
    pub year: i16,
    /// What the selection said.
    pub quality: Selection,
    /// Whether they lead the movement.
    pub leads: bool,
    /// The minutes or list it stands in.
    pub document: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(percent: &[i64]) -> Result<(), RecordsError> {
        let authors: Vec<_> =
            percent.iter().map(|share| Author { person: PersonId::new(), share_percent: *share }).collect();
        Author::check(&authors)
    }

    #[test]
    fn the_shares_of_the_authors_make_a_whole() {
        assert!(shares(&[100]).is_ok());
        assert!(shares(&[60, 40]).is_ok());
        assert!(matches!(shares(&[60, 39]), Err(RecordsError::SharesSum { sum: 99 })));
        assert!(matches!(shares(&[60, 41]), Err(RecordsError::SharesSum { sum: 101 })));
        assert!(matches!(shares(&[]), Err(RecordsError::SharesSum { sum: 0 })));
    }

    #[test]
    fn an_author_has_one_share_above_nothing() {
        let person = PersonId::new();
        let twice = [Author { person, share_percent: 50 }, Author { person, share_percent: 50 }];
        assert!(matches!(Author::check(&twice), Err(RecordsError::OddShare)));
        assert!(matches!(shares(&[100, 0]), Err(RecordsError::OddShare)));
        assert!(matches!(shares(&[150, -50]), Err(RecordsError::OddShare)));
    }
}
