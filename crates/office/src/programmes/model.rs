//! Launches, programmes with their versions and lines, covenants.

use kernel::id::{AccountId, UnitId};
use kernel::{Date, Timestamp};
use serde::Serialize;

use super::ProgrammesError;
use crate::organization::UnitView;
use crate::organization::model::UnitKind;
use crate::words::{ids, words};

ids! {
    /// A launch of the movement.
    LaunchId,
    /// A unit's programme.
    ProgrammeId,
    /// One version of a programme.
    EditionId,
    /// A covenant of a cluster of units.
    CovenantId,
    /// One version of a covenant.
    CovenantEditionId,
}

words! {
    /// Where a version of a programme stands.
    State {
        /// Being written by its unit.
        Draft = "draft", "đang soạn";
        /// Waits for the chief; nobody edits it.
        Submitted = "submitted", "chờ duyệt";
        /// Given back to its unit with a reason.
        Returned = "returned", "trả lại";
        /// In force until a later version is approved.
        Approved = "approved", "đã duyệt";
    }
}

words! {
    /// Where a unit stands with its programme.
    Standing {
        /// Nothing was handed in yet.
        NotSent = "not_sent", "chưa gửi";
        /// The chief has it.
        Waiting = "waiting", "chờ duyệt";
        /// It was given back.
        Returned = "returned", "trả lại";
        /// One is in force.
        Approved = "approved", "đã duyệt";
    }
}

impl State {
    /// The tone of its tag.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Draft => "neutral",
            Self::Submitted => "warn",
            Self::Returned => "bad",
            Self::Approved => "ok",
        }
    }
}

impl Standing {
    /// The tone of its tag.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::NotSent => "neutral",
            Self::Waiting => "warn",
            Self::Returned => "bad",
            Self::Approved => "ok",
        }
    }
}

/// Whether a unit takes part in the movement: the divisions and the units under the Office.
#[must_use]
pub fn takes_part(unit: &UnitView) -> bool {
    matches!(unit.kind, UnitKind::Division | UnitKind::Subordinate)
}

/// A launch: the plan handed to every unit that takes part, with the day by which programmes are due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Launch {
    /// Its id.
    pub id: LaunchId,
    /// What it is called.
    pub title: String,
    /// What the sender writes to the units.
    pub message: String,
    /// The last day for handing in a programme.
    pub due_on: Date,
    /// When it was sent.
    pub launched_at: Timestamp,
    /// The day it was sent.
    pub launched_on: Date,
    /// The name of who sent it.
    pub launched_by: String,
}

/// That a launch came to a unit, and who opened it there first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// The unit.
    pub unit: UnitId,
    /// When it was opened first and by whom; none until then.
    pub opened: Option<(Timestamp, String)>,
}

/// What a unit writes in its programme.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Content {
    /// What the unit's emulation is about.
    pub theme: String,
    /// What is done.
    pub contents: String,
    /// By which criteria it is judged.
    pub criteria: String,
    /// In which forms people compete.
    pub forms: String,
    /// Tasks and figures, each hung on a clause.
    pub lines: Vec<Line>,
}

/// A task with its figure, hung on a clause of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The clause.
    pub clause: String,
    /// What is to be done.
    pub task: String,
    /// How much; may be empty.
    pub figure: String,
    /// By when, where the unit says so.
    pub due_on: Option<Date>,
}

/// One version of a programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Edition {
    /// Its id.
    pub id: EditionId,
    /// The programme.
    pub programme: ProgrammeId,
    /// 1 for the first.
    pub number: i64,
    /// Where it stands.
    pub state: State,
    /// What it says.
    pub content: Content,
    /// Who wrote it last.
    pub author: Option<AccountId>,
    /// Who handed it in.
    pub submitter: Option<AccountId>,
    /// Counts changes, against concurrent edits.
    pub version: i64,
}

impl Edition {
    /// Writes it anew.
    ///
    /// # Errors
    /// While it is under review, and once it was approved.
    pub fn rewrite(&mut self, content: Content, author: Option<AccountId>) -> Result<(), ProgrammesError> {
        match self.state {
            State::Submitted => Err(ProgrammesError::UnderReview),
            State::Approved => Err(ProgrammesError::InForce),
            State::Draft | State::Returned => {
                self.content = content;
                self.author = author;
                Ok(())
            }
        }
    }

    /// Hands it in.
    ///
    /// # Errors
    /// When something is missing, or it was handed in or approved before.
    pub fn submit(&mut self, submitter: Option<AccountId>) -> Result<(), ProgrammesError> {
        match self.state {
            State::Submitted => return Err(ProgrammesError::UnderReview),
            State::Approved => return Err(ProgrammesError::InForce),
            State::Draft | State::Returned => {}
        }
        let missing = self.content.missing();
        if !missing.is_empty() {
            return Err(ProgrammesError::Incomplete { missing });
        }
        self.state = State::Submitted;
        self.submitter = submitter;
        Ok(())
    }

    /// Gives it back to its unit.
    ///
    /// # Errors
    /// When it does not wait for anybody.
    pub fn give_back(&mut self) -> Result<(), ProgrammesError> {
        self.must_wait()?;
        self.state = State::Returned;
        Ok(())
    }

    /// Approves it, by somebody who neither wrote it nor handed it in.
    ///
    /// # Errors
    /// When it does not wait for anybody, or is the approver's own.
    pub fn approve(&mut self, approver: Option<AccountId>) -> Result<(), ProgrammesError> {
        self.must_wait()?;
        if approver.is_some() && (self.author == approver || self.submitter == approver) {
            return Err(ProgrammesError::OwnProgramme);
        }
        self.state = State::Approved;
        Ok(())
    }

    fn must_wait(&self) -> Result<(), ProgrammesError> {
        match self.state {
            State::Submitted => Ok(()),
            is => Err(ProgrammesError::NotWaiting { is }),
        }
    }
}

impl Content {
    /// What must still be written before it can be handed in, in the words of the form.
    #[must_use]
    pub fn missing(&self) -> Vec<&'static str> {
        let texts = [
            (self.theme.is_empty(), "chủ đề"),
            (self.contents.is_empty(), "nội dung"),
            (self.criteria.is_empty(), "tiêu chí"),
            (self.forms.is_empty(), "hình thức thi đua"),
            (self.lines.is_empty(), "ít nhất một nhiệm vụ gắn với khoản của Kế hoạch"),
        ];
        texts.into_iter().filter(|(lacks, _)| *lacks).map(|(_, what)| what).collect()
    }
}

/// Something that happened to a version of a unit's programme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Event {
    /// The unit.
    pub unit: UnitId,
    /// The version.
    pub number: i64,
    /// What it became.
    pub state: State,
    /// The day.
    pub on: Date,
    /// The instant.
    pub at: Timestamp,
    /// Who did it.
    pub name: String,
    /// Why; empty where no reason is asked.
    pub reason: String,
}

/// A covenant of a cluster of units.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Covenant {
    /// Its id.
    pub id: CovenantId,
    /// The name of the cluster.
    pub name: String,
}

/// What a covenant says.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct CovenantContent {
    /// The words that are signed.
    pub text: String,
    /// The targets that are signed.
    pub targets: Vec<CovenantTarget>,
}

/// A target of a covenant, hung on a clause of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CovenantTarget {
    /// The clause.
    pub clause: String,
    /// What is aimed at.
    pub what: String,
    /// How much; may be empty.
    pub figure: String,
}

/// One version of a covenant. It is never edited: a change is the next version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CovenantEdition {
    /// Its id.
    pub id: CovenantEditionId,
    /// The covenant.
    pub covenant: CovenantId,
    /// 1 for the first.
    pub number: i64,
    /// What it says.
    pub content: CovenantContent,
    /// The day it was drawn up.
    pub drawn_up_on: Date,
    /// When the last unit signed; none until then.
    pub locked_at: Option<Timestamp>,
    /// Who signs, in their order.
    pub signatures: Vec<Signature>,
    /// Counts changes, against concurrent edits.
    pub version: i64,
}

/// A unit's place under a covenant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Signature {
    /// The unit.
    pub unit: UnitId,
    /// When it was signed and by whom; none until then.
    pub signed: Option<(Timestamp, String)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edition(state: State) -> Edition {
        let line = Line { clause: "II.3".into(), task: "Rút ngắn".into(), figure: String::new(), due_on: None };
        let text = || "một nội dung".to_owned();
        Edition {
            id: EditionId::new(),
            programme: ProgrammeId::new(),
            number: 1,
            state,
            content: Content { theme: text(), contents: text(), criteria: text(), forms: text(), lines: vec![line] },
            author: Some(AccountId::new()),
            submitter: None,
            version: 1,
        }
    }

    #[test]
    fn nobody_edits_what_is_under_review_or_in_force() {
        let rewritten = |state| edition(state).rewrite(Content::default(), None);
        assert!(matches!(rewritten(State::Submitted), Err(ProgrammesError::UnderReview)));
        assert!(matches!(rewritten(State::Approved), Err(ProgrammesError::InForce)));
        assert!(rewritten(State::Draft).is_ok() && rewritten(State::Returned).is_ok());
    }

    #[test]
    fn who_wrote_or_handed_it_in_does_not_approve_it() {
        let (writer, clerk, chief) = (AccountId::new(), AccountId::new(), AccountId::new());
        let waiting = || Edition { author: Some(writer), submitter: Some(clerk), ..edition(State::Submitted) };
        for own in [writer, clerk] {
            assert!(matches!(waiting().approve(Some(own)), Err(ProgrammesError::OwnProgramme)));
        }
        assert!(waiting().approve(Some(chief)).is_ok());
        assert!(matches!(edition(State::Draft).approve(Some(chief)), Err(ProgrammesError::NotWaiting { .. })));
    }

    #[test]
    fn a_programme_with_something_missing_is_not_handed_in() {
        let mut one = edition(State::Draft);
        one.content.criteria.clear();
        one.content.lines.clear();
        let Err(ProgrammesError::Incomplete { missing }) = one.submit(None) else { panic!("it was handed in") };
        assert_eq!(missing, ["tiêu chí", "ít nhất một nhiệm vụ gắn với khoản của Kế hoạch"]);
    }
}
