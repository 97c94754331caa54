//! Visits, their states, findings and how they end.

use kernel::id::{AccountId, PersonId, UnitId};
use kernel::{Date, Timestamp};
use serde::Serialize;

use super::InspectionsError;
use crate::words::{ids, words};

ids! {
    /// An inspection: one visit to one unit.
    InspectionId,
    /// Something that was found.
    FindingId,
    /// A file of evidence.
    FindingFileId,
}

/// The least letters of a reason or a conclusion. Why: docs/decisions/0022.
pub const SHORTEST_WORDS: usize = 10;

words! {
    /// Where a visit stands, without its facts.
    StateKind {
        /// To come.
        Planned = "planned", "theo kế hoạch";
        /// Held.
        Held = "held", "đã kiểm tra";
        /// Called off.
        Cancelled = "cancelled", "đã hủy";
    }
}

impl StateKind {
    /// The tone of its tag.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Planned => "warn",
            Self::Held => "ok",
            Self::Cancelled => "neutral",
        }
    }
}

/// Something done by somebody on a day, with words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Act {
    /// The day.
    pub on: Date,
    /// The name of who did it.
    pub name: String,
    /// What was said.
    pub words: String,
}

/// Where a visit stands, with its facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// To come.
    Planned,
    /// Held on a day, with what was concluded.
    Held(Act),
    /// Called off, with the reason.
    Cancelled(Act),
}

impl State {
    /// Which one, without its facts.
    #[must_use]
    pub fn kind(&self) -> StateKind {
        match self {
            Self::Planned => StateKind::Planned,
            Self::Held(_) => StateKind::Held,
            Self::Cancelled(_) => StateKind::Cancelled,
        }
    }
}

/// A visit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Inspection {
    /// Its id.
    pub id: InspectionId,
    /// What is looked at.
    pub subject: String,
    /// The clause that it hangs on.
    pub clause: String,
    /// The unit that is visited.
    pub unit: UnitId,
    /// The day for which it is planned.
    pub planned_on: Date,
    /// Who inspects, in their order.
    pub inspectors: Vec<PersonId>,
    /// Where it stands.
    pub state: State,
    /// Counts changes, against concurrent edits.
    pub version: i64,
}

impl Inspection {
    /// Records that it was held.
    ///
    /// # Errors
    /// When it is not to come, on a day that has not come, without a conclusion.
    pub fn hold(&mut self, act: Act, today: Date) -> Result<(), InspectionsError> {
        self.must_be(StateKind::Planned)?;
        if act.on > today {
            return Err(InspectionsError::TooLate { today });
        }
        worded(&act.words)?;
        self.state = State::Held(act);
        Ok(())
    }

    /// Calls it off.
    ///
    /// # Errors
    /// When it is not to come, or without a reason.
    pub fn cancel(&mut self, act: Act) -> Result<(), InspectionsError> {
        self.must_be(StateKind::Planned)?;
        worded(&act.words)?;
        self.state = State::Cancelled(act);
        Ok(())
    }

    /// Whether it is in this state.
    ///
    /// # Errors
    /// [`InspectionsError::State`] when it is not.
    pub fn must_be(&self, kind: StateKind) -> Result<(), InspectionsError> {
        let is = self.state.kind();
        if is == kind { Ok(()) } else { Err(InspectionsError::State { is }) }
    }
}

fn worded(words: &str) -> Result<(), InspectionsError> {
    if words.chars().count() < SHORTEST_WORDS {
        return Err(InspectionsError::ShortWords { least: SHORTEST_WORDS });
    }
    Ok(())
}

/// Something that was found and is to be mended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Its id.
    pub id: FindingId,
    /// The visit.
    pub inspection: InspectionId,
    /// What was found.
    pub what: String,
    /// The unit that answers for it.
    pub unit: UnitId,
    /// The person who answers for it, where named.
    pub person: Option<PersonId>,
    /// The last day.
    pub due_on: Date,
    /// The day it was entered.
    pub found_on: Date,
    /// Who closed it, when, with which words; none while it is open.
    pub closed: Option<(Option<AccountId>, Act)>,
    /// Counts changes, against concurrent edits.
    pub version: i64,
}

impl Finding {
    /// Days after its last day while it is open; none when it is not overdue.
    #[must_use]
    pub fn days_overdue(&self, day: Date) -> Option<i64> {
        let days = self.due_on.until(day).map_or(0, |span| i64::from(span.get_days()));
        Some(days).filter(|days| self.closed.is_none() && *days > 0)
    }

    /// Where it stood at the end of a day; none before it was entered.
    #[must_use]
    pub fn stood(&self, day: Date) -> Option<Stood> {
        if self.found_on > day {
            return None;
        }
        let closed = self.closed.as_ref().is_some_and(|(_, act)| act.on <= day);
        Some(match closed {
            true => Stood::Closed,
            false if self.due_on < day => Stood::Overdue,
            false => Stood::Open,
        })
    }

    /// Closes it, by an inspector who does not answer for it.
    ///
    /// # Errors
    /// When it is closed, nothing shows that it was mended, without words, or by whoever answers for it.
    pub fn close(
        &mut self,
        account: Option<AccountId>,
        person: Option<PersonId>,
        act: Act,
        files: usize,
    ) -> Result<(), InspectionsError> {
        if self.closed.is_some() {
            return Err(InspectionsError::Closed);
        }
        if person.is_some() && person == self.person {
            return Err(InspectionsError::OwnFinding);
        }
        if files == 0 {
            return Err(InspectionsError::NoEvidence);
        }
        worded(&act.words)?;
        self.closed = Some((account, act));
        Ok(())
    }
}

/// Where a finding stood at the end of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Stood {
    /// To be mended.
    Open,
    /// To be mended, its last day over.
    Overdue,
    /// Mended.
    Closed,
}

/// How many findings stood where. `overdue` is a part of `open`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Count {
    /// To be mended.
    pub open: usize,
    /// Of these, overdue.
    pub overdue: usize,
    /// Mended.
    pub closed: usize,
}

impl Count {
    /// One more.
    pub fn add(&mut self, stood: Stood) {
        match stood {
            Stood::Open => self.open += 1,
            Stood::Overdue => {
                self.open += 1;
                self.overdue += 1;
            }
            Stood::Closed => self.closed += 1,
        }
    }
}

/// A file of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FindingFile {
    /// Its id.
    pub id: FindingFileId,
    /// Its name.
    pub name: String,
    /// SHA-256 of its bytes.
    pub digest: String,
    /// Its size in bytes.
    pub size: i64,
    /// What it is.
    pub media_type: String,
    /// When it was attached.
    pub at: Timestamp,
    /// Who attached it.
    pub by: String,
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn finding(person: Option<PersonId>) -> Finding {
        Finding {
            id: FindingId::new(),
            inspection: InspectionId::new(),
            what: "Chưa niêm yết thủ tục".to_owned(),
            unit: UnitId::new(),
            person,
            due_on: date(2026, 6, 30),
            found_on: date(2026, 6, 1),
            closed: None,
            version: 1,
        }
    }

    fn act(words: &str) -> Act {
        Act { on: date(2026, 7, 10), name: "Kiểm tra".to_owned(), words: words.to_owned() }
    }

    #[test]
    fn a_finding_is_overdue_from_the_day_after_its_last_until_it_is_closed() {
        let mut one = finding(None);
        assert_eq!(one.days_overdue(date(2026, 6, 30)), None);
        assert_eq!(one.days_overdue(date(2026, 7, 1)), Some(1));
        one.close(None, None, act("Đã niêm yết đầy đủ"), 1).expect("evidence and words");
        assert_eq!(one.days_overdue(date(2026, 8, 1)), None);
        let stood = |day| one.stood(day);
        assert_eq!(stood(date(2026, 5, 31)), None);
        assert_eq!(stood(date(2026, 6, 30)), Some(Stood::Open));
        assert_eq!(stood(date(2026, 7, 9)), Some(Stood::Overdue), "as it was on that day");
        assert_eq!(stood(date(2026, 7, 10)), Some(Stood::Closed));
    }

    #[test]
    fn nothing_is_closed_without_evidence_without_words_or_by_whoever_answers() {
        let person = PersonId::new();
        let close = |by, files, words| finding(Some(person)).close(None, by, act(words), files);
        let good = "Đã niêm yết đầy đủ";
        assert!(matches!(close(None, 0, good), Err(InspectionsError::NoEvidence)));
        assert!(matches!(close(None, 1, "xong"), Err(InspectionsError::ShortWords { .. })));
        assert!(matches!(close(Some(person), 1, good), Err(InspectionsError::OwnFinding)));
        assert!(close(Some(PersonId::new()), 1, good).is_ok());
    }
}
