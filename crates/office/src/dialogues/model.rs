//! A dialogue and what belongs to it.

use kernel::Date;
use kernel::id::{PersonId, UnitId};
use serde::Serialize;

use super::DialoguesError;
use crate::organization::EnterpriseId;
use crate::petitions::PetitionId;
use crate::tasks::TaskId;
use crate::words::{ids, words};

ids! {
    /// A dialogue.
    DialogueId,
    /// A line of its agenda.
    ItemId,
    /// Somebody invited.
    GuestId,
    /// A question.
    QuestionId,
    /// A proposal to change the minutes.
    AmendmentId,
    /// A promise.
    CommitmentId,
}

/// The longest line, in letters.
pub const LONGEST_LINE: usize = 200;
/// The longest text, in letters.
pub const LONGEST_TEXT: usize = 20_000;
/// The least letters of a reason.
pub const SHORTEST_REASON: usize = 10;

words! {
    /// Where a dialogue stands.
    StateKind {
        /// To come.
        Planned = "planned", "sắp tổ chức";
        /// Held; its minutes are a draft.
        Held = "held", "đã tổ chức, chưa chốt biên bản";
        /// Its minutes are frozen.
        Frozen = "frozen", "đã chốt biên bản";
        /// Called off.
        Cancelled = "cancelled", "đã hủy";
    }
}

words! {
    /// What became of a proposal to change the minutes.
    AmendmentState {
        /// Not answered yet.
        Open = "open", "chờ trả lời";
        /// Taken.
        Taken = "taken", "đã tiếp thu";
        /// Declined, with the reason.
        Declined = "declined", "không tiếp thu";
    }
}

words! {
    /// How a guest came to be one.
    Standing {
        /// The office invited or confirmed him.
        Invited = "invited", "được mời";
        /// He asked to take part and waits.
        Asked = "asked", "chờ xác nhận";
        /// He asked to take part and was declined.
        Declined = "declined", "không xác nhận";
    }
}

impl Standing {
    /// The tone of its tag.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Invited => "ok",
            Self::Asked => "warn",
            Self::Declined => "neutral",
        }
    }
}

impl StateKind {
    /// The tone of its tag.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Planned | Self::Held => "warn",
            Self::Frozen => "ok",
            Self::Cancelled => "neutral",
        }
    }
}

impl AmendmentState {
    /// The tone of its tag.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Open => "warn",
            Self::Taken => "ok",
            Self::Declined => "neutral",
        }
    }
}

/// Something done by somebody on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Act {
    /// The day.
    pub on: Date,
    /// The name of who did it.
    pub name: String,
}

/// What the public reads of a dialogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Published {
    /// The result, in words that name no person.
    pub text: String,
    /// Since when, by whom.
    pub act: Act,
}

/// A dialogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dialogue {
    /// Its id.
    pub id: DialogueId,
    /// What it is about.
    pub title: String,
    /// The clause that it hangs on.
    pub clause: String,
    /// Where.
    pub place: String,
    /// The day it is planned for, or was held.
    pub on: Date,
    /// At what hour it begins, `08:30`; empty as long as it was not announced.
    pub begins: String,
    /// Until which day anybody may ask to take part; none when it is not announced.
    pub register_until: Option<Date>,
    /// The unit that prepares it.
    pub unit: UnitId,
    /// Where it stands.
    pub state: StateKind,
    /// Why it was called off; empty otherwise.
    pub reason: String,
    /// The minutes; empty as long as nobody wrote them.
    pub minutes: String,
    /// Who froze the minutes, when, and the digest of what was frozen.
    pub frozen: Option<(Act, String)>,
    /// What the public reads.
    pub published: Option<Published>,
    /// Counts changes, against concurrent edits.
    pub version: i64,
}

impl Dialogue {
    /// Whether it stands so.
    ///
    /// # Errors
    /// [`DialoguesError::State`] when it does not.
    pub fn must_be(&self, states: &[StateKind]) -> Result<(), DialoguesError> {
        if states.contains(&self.state) { Ok(()) } else { Err(DialoguesError::State { is: self.state }) }
    }

    /// Records that it was held on a day.
    ///
    /// # Errors
    /// When it is not to come, or on a day that has not come.
    pub fn hold(&mut self, on: Date, today: Date) -> Result<(), DialoguesError> {
        self.must_be(&[StateKind::Planned])?;
        if on > today {
            return Err(DialoguesError::TooLate { today });
        }
        (self.state, self.on) = (StateKind::Held, on);
        Ok(())
    }

    /// Calls it off.
    ///
    /// # Errors
    /// When it is not to come, or without a reason.
    pub fn cancel(&mut self, reason: &str) -> Result<(), DialoguesError> {
        self.must_be(&[StateKind::Planned])?;
        self.reason = reasoned("ly-do-huy", reason)?;
        self.state = StateKind::Cancelled;
        Ok(())
    }

    /// Freezes the minutes: nothing of the dialogue changes any more.
    ///
    /// # Errors
    /// Before it was held, without minutes, with nobody there, while an amendment waits.
    pub fn freeze(&mut self, act: Act, digest: String, there: usize, open: usize) -> Result<(), DialoguesError> {
        self.must_be(&[StateKind::Held])?;
        if self.minutes.is_empty() {
            return Err(DialoguesError::NoMinutes);
        }
        if there == 0 {
            return Err(DialoguesError::NobodyThere);
        }
        if open > 0 {
            return Err(DialoguesError::OpenAmendments { many: open });
        }
        (self.state, self.frozen) = (StateKind::Frozen, Some((act, digest)));
        Ok(())
    }
}

/// A line of the agenda.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Item {
    /// Its id.
    pub id: ItemId,
    /// What is spoken about.
    pub what: String,
}

/// Somebody invited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Guest {
    /// Its id.
    pub id: GuestId,
    /// The dialogue.
    pub dialogue: DialogueId,
    /// The name as it was then.
    pub name: String,
    /// The person of the office.
    pub person: Option<PersonId>,
    /// The enterprise of the register.
    pub enterprise: Option<EnterpriseId>,
    /// Whether the guest was there; none as long as nobody recorded it.
    pub there: Option<bool>,
    /// How the guest came to be one.
    pub standing: Standing,
    /// Why a declined one was; empty otherwise.
    pub reply: String,
}

impl Guest {
    /// A guest of a dialogue, whom nobody knows more of yet than a name.
    #[must_use]
    pub fn new(dialogue: DialogueId, name: String, standing: Standing) -> Self {
        let (id, person, enterprise, there, reply) = (GuestId::new(), None, None, None, String::new());
        Self { id, dialogue, name, person, enterprise, there, standing, reply }
    }
}

/// Who asked to take part; one that was confirmed is a guest too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applicant {
    /// Who it is.
    pub guest: Guest,
    /// The telephone, for who prepares the dialogue.
    pub phone: String,
    /// The day.
    pub on: Date,
}

/// A question, asked beforehand or at the dialogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Question {
    /// Its id.
    pub id: QuestionId,
    /// The dialogue.
    pub dialogue: DialogueId,
    /// The guest who asked it, where it was one.
    pub guest: Option<GuestId>,
    /// Who asks.
    pub asker: String,
    /// What is asked.
    pub text: String,
    /// The day it came in.
    pub on: Date,
    /// Whether the guest sent it with the code.
    pub by_code: bool,
    /// The petition that it became.
    pub petition: Option<PetitionId>,
    /// Whether it is an accusation: then nobody reads it any more.
    pub locked: bool,
    /// The agency it was handed over to, and the document; both empty otherwise.
    pub handed_over: (String, String),
}

impl Question {
    /// A question that was just asked, by a guest or by somebody with this name.
    #[must_use]
    pub fn new(
        dialogue: DialogueId,
        (guest, asker): (Option<GuestId>, String),
        text: String,
        on: Date,
        by_code: bool,
    ) -> Self {
        let (id, petition, locked, handed_over) = (QuestionId::new(), None, false, <(String, String)>::default());
        Self { id, dialogue, guest, asker, text, on, by_code, petition, locked, handed_over }
    }
}

/// A proposal to change the minutes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Amendment {
    /// Its id.
    pub id: AmendmentId,
    /// The dialogue.
    pub dialogue: DialogueId,
    /// Who proposes it.
    pub guest: GuestId,
    /// What is to be changed.
    pub words: String,
    /// The day it was proposed.
    pub on: Date,
    /// What became of it.
    pub state: AmendmentState,
    /// Who answered it, when.
    pub settled: Option<Act>,
    /// The answer.
    pub reply: String,
}

impl Amendment {
    /// Takes or declines it.
    ///
    /// # Errors
    /// When it is answered, or is declined without a reason.
    pub fn settle(&mut self, taken: bool, reply: &str, act: Act) -> Result<(), DialoguesError> {
        if self.state != AmendmentState::Open {
            return Err(DialoguesError::Settled);
        }
        self.reply = if taken { clean_text("tra-loi", reply)? } else { reasoned("tra-loi", reply)? };
        self.state = if taken { AmendmentState::Taken } else { AmendmentState::Declined };
        self.settled = Some(act);
        Ok(())
    }
}

/// A promise made at a dialogue: a task that somebody answers for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Commitment {
    /// Its id.
    pub id: CommitmentId,
    /// The dialogue.
    pub dialogue: DialogueId,
    /// What was promised.
    pub what: String,
    /// The unit that answers for it.
    pub unit: UnitId,
    /// The last day.
    pub due_on: Date,
    /// The task.
    pub task: TaskId,
}

/// A clean line that must be there and not be too long.
pub(super) fn line(field: &'static str, text: &str, what: &str) -> Result<String, DialoguesError> {
    let line = kernel::text::clean_line(text);
    if line.is_empty() {
        return Err(DialoguesError::Missing { field, what: what.to_owned() });
    }
    if line.chars().count() > LONGEST_LINE {
        return Err(DialoguesError::Missing {
            field, what: format!("rút ngắn còn tối đa {LONGEST_LINE} ký tự")
        });
    }
    Ok(line)
}

/// Clean text that is not too long; may be empty.
pub(super) fn clean_text(field: &'static str, text: &str) -> Result<String, DialoguesError> {
    let text = kernel::text::clean_text(text);
    if text.chars().count() > LONGEST_TEXT {
        return Err(DialoguesError::Missing {
            field, what: format!("rút ngắn còn tối đa {LONGEST_TEXT} ký tự")
        });
    }
    Ok(text)
}

/// Clean text that must be there.
pub(super) fn needed_text(field: &'static str, text: &str, what: &str) -> Result<String, DialoguesError> {
    let text = clean_text(field, text)?;
    if text.is_empty() { Err(DialoguesError::Missing { field, what: what.to_owned() }) } else { Ok(text) }
}

/// A reason that says something.
pub(super) fn reasoned(field: &'static str, text: &str) -> Result<String, DialoguesError> {
    let text = clean_text(field, text)?;
    kernel::text::reason(&text, SHORTEST_REASON)
        .map_err(|short| DialoguesError::Missing { field, what: short.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn dialogue() -> Dialogue {
        Dialogue {
            id: DialogueId::new(),
            title: "Đối thoại quý IV".to_owned(),
            clause: "V.3".to_owned(),
            place: "Hội trường".to_owned(),
            on: date(2026, 11, 10),
            begins: String::new(),
            register_until: None,
            unit: UnitId::new(),
            state: StateKind::Planned,
            reason: String::new(),
            minutes: String::new(),
            frozen: None,
            published: None,
            version: 1,
        }
    }

    fn act() -> Act {
        Act { on: date(2026, 11, 20), name: "ai đó".to_owned() }
    }

    #[test]
    fn minutes_are_frozen_once_when_there_are_some_and_somebody_was_there_and_nothing_waits() {
        let mut one = dialogue();
        let freeze = |one: &mut Dialogue, there, open| one.freeze(act(), "số".to_owned(), there, open);
        assert!(matches!(freeze(&mut one, 3, 0), Err(DialoguesError::State { is: StateKind::Planned })));
        assert!(matches!(one.hold(date(2026, 11, 11), date(2026, 11, 10)), Err(DialoguesError::TooLate { .. })));
        one.hold(date(2026, 11, 10), date(2026, 11, 10)).expect("today");
        assert!(matches!(freeze(&mut one, 3, 0), Err(DialoguesError::NoMinutes)));
        one.minutes = "Đã bàn".to_owned();
        assert!(matches!(freeze(&mut one, 0, 0), Err(DialoguesError::NobodyThere)));
        assert!(matches!(freeze(&mut one, 3, 2), Err(DialoguesError::OpenAmendments { many: 2 })));
        freeze(&mut one, 3, 0).expect("frozen");
        assert!(matches!(freeze(&mut one, 3, 0), Err(DialoguesError::State { is: StateKind::Frozen })));
        assert!(one.cancel("Không tổ chức được nữa").is_err());
    }

    #[test]
    fn an_amendment_is_answered_once_and_declined_with_a_reason() {
        let mut one = Amendment {
            id: AmendmentId::new(),
            dialogue: DialogueId::new(),
            guest: GuestId::new(),
            words: "Sửa hạn".to_owned(),
            on: date(2026, 11, 12),
            state: AmendmentState::Open,
            settled: None,
            reply: String::new(),
        };
        assert!(matches!(one.settle(false, "không", act()), Err(DialoguesError::Missing { field: "tra-loi", .. })));
        one.settle(true, "", act()).expect("taken without words");
        assert!(matches!(one.settle(true, "", act()), Err(DialoguesError::Settled)));
    }
}
