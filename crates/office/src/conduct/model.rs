//! A report, where it stands, what is sealed in it, how it ends.

use kernel::Date;
use kernel::id::{AccountId, PersonId, UnitId};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::ConductError;
use crate::records::model::HoldId;
use crate::words::{ids, words};

ids! {
    /// A report. Random: an id that sorts by time would tell the minute it came in.
    ReportId,
    /// A key pair of an inspector.
    KeyId,
    /// A message.
    MessageId,
    /// A file of evidence.
    ReportFileId,
    /// A request to open the reporter's identity.
    UnveilingId,
}

impl ReportId {
    /// A fresh id that tells no time.
    #[must_use]
    pub fn random() -> Self {
        Self(Uuid::new_v4())
    }

    /// How people of the office call it among themselves: it counts nothing, so nobody sees that one is missing.
    #[must_use]
    pub fn label(&self) -> String {
        format!("HV-{}", self.0.simple().to_string()[..6].to_uppercase())
    }
}

impl MessageId {
    /// A fresh id that tells no time.
    #[must_use]
    pub fn random() -> Self {
        Self(Uuid::new_v4())
    }
}

impl ReportFileId {
    /// A fresh id that tells no time.
    #[must_use]
    pub fn random() -> Self {
        Self(Uuid::new_v4())
    }
}

/// The least letters of a reason or a conclusion.
pub const SHORTEST_WORDS: usize = 10;
/// The longest text.
pub const LONGEST_TEXT: usize = 10_000;
/// The longest line.
pub const LONGEST_LINE: usize = 300;
/// So many files may come at once.
pub const MOST_FILES: usize = 5;
/// So many messages may a reporter write.
pub const MOST_MESSAGES: usize = 100;

words! {
    /// Where a report stands.
    State {
        /// Came in, read by nobody.
        Received = "received", "mới nhận";
        /// An inspector looks at it.
        LookedAt = "looked_at", "đang xem xét";
        /// The reporter was asked.
        Asked = "asked", "đã hỏi, chờ người gửi trả lời";
        /// The reporter answered.
        Answered = "answered", "người gửi đã trả lời";
        /// A conclusion stands.
        Concluded = "concluded", "đã kết luận";
        /// Over.
        Closed = "closed", "đã đóng";
    }
}

impl State {
    /// The tone of its tag.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Received | Self::Answered => "warn",
            Self::LookedAt | Self::Asked => "neutral",
            Self::Concluded | Self::Closed => "ok",
        }
    }
}

words! {
    /// What moves a report on.
    Step {
        /// An inspector takes it up.
        Look = "look", "nhận xem xét";
        /// An inspector asks the reporter.
        Ask = "ask", "hỏi người gửi";
        /// The reporter answers.
        Answer = "answer", "trả lời";
        /// An inspector concludes.
        Conclude = "conclude", "kết luận";
        /// An inspector closes.
        Close = "close", "đóng";
    }
}

impl Step {
    /// Where the step leads from a state; none where it must not be taken. Every edge stands here.
    #[must_use]
    pub fn leads(self, from: State) -> Option<State> {
        use State as S;
        match (self, from) {
            (Self::Look, S::Received) => Some(S::LookedAt),
            (Self::Ask, S::LookedAt | S::Answered) => Some(S::Asked),
            (Self::Answer, S::Asked) => Some(S::Answered),
            (Self::Conclude, S::LookedAt | S::Asked | S::Answered) => Some(S::Concluded),
            (Self::Close, S::Concluded) => Some(S::Closed),
            _ => None,
        }
    }
}

words! {
    /// What was concluded.
    Outcome {
        /// It was so.
        Substantiated = "substantiated", "có căn cứ";
        /// It was not so.
        NotSubstantiated = "not_substantiated", "không đúng";
        /// Nothing to go on.
        NoBasis = "no_basis", "không đủ cơ sở để xem xét";
        /// A matter for another body, by the law of accusations.
        Referred = "referred", "đã hướng dẫn, chuyển cơ quan có thẩm quyền";
    }
}

/// An appeal of the person whom the hold stands against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appeal {
    /// The day it was entered.
    pub on: Date,
    /// What it says.
    pub words: String,
    /// The paper with which it came.
    pub document: String,
    /// What was decided: whether the hold was lifted, when, by which paper; none while it is looked at.
    pub decided: Option<(bool, Date, String)>,
}

/// A conclusion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conclusion {
    /// What was concluded.
    pub outcome: Outcome,
    /// The day.
    pub on: Date,
    /// The name of the inspector.
    pub by: String,
    /// What was found.
    pub words: String,
    /// The paper; empty where there is none.
    pub document: String,
    /// The hold that it put on the person's record.
    pub hold: Option<HoldId>,
    /// The first and the first free day of the hold.
    pub held: Option<(Date, Date)>,
    /// The appeal against it.
    pub appeal: Option<Appeal>,
}

/// What is sealed of a report, but for the reporter's identity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// What happened.
    pub what: String,
    /// Who did it, in the reporter's words.
    pub who: String,
    /// The unit, where the reporter or an inspector named one.
    pub unit: Option<UnitId>,
    /// When, in the reporter's words.
    pub when: String,
    /// Whether an identity is sealed beside it.
    pub named: bool,
    /// The person, where an inspector found out.
    pub subject: Option<PersonId>,
    /// The units that it concerns: their people never read it.
    pub concerned: Vec<UnitId>,
    /// What was concluded.
    pub conclusion: Option<Conclusion>,
}

/// Who reports, as far as told: sealed apart.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Identity {
    /// The name.
    pub name: String,
    /// How to reach them.
    pub contact: String,
}

/// A report as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Its id.
    pub id: ReportId,
    /// Digest of the receipt code, salted with a key of the house.
    pub code_digest: String,
    /// Where it stands.
    pub state: State,
    /// The day it came in.
    pub received_on: Date,
    /// The day it was closed.
    pub closed_on: Option<Date>,
    /// The report's key, locked with the receipt code.
    pub code_box: Vec<u8>,
    /// [`Body`], locked with the report's key.
    pub body_box: Vec<u8>,
    /// [`Identity`], locked with a key of its own; noise where there is none.
    pub identity_box: Vec<u8>,
    /// The unit, sealed to the key of the figures.
    pub unit_box: Vec<u8>,
    /// The outcome, sealed to the key of the figures.
    pub outcome_box: Option<Vec<u8>>,
    /// The day on which its content was erased.
    pub erased_on: Option<Date>,
    /// Counts changes, against concurrent edits.
    pub version: i64,
}

impl Report {
    /// Takes a step.
    ///
    /// # Errors
    /// [`ConductError::NotNow`] where there is no such edge.
    pub fn take(&mut self, step: Step) -> Result<(), ConductError> {
        let refused = ConductError::NotNow { step, state: self.state };
        self.state = step.leads(self.state).ok_or(refused)?;
        Ok(())
    }
}

words! {
    /// Whether a key is trusted.
    KeyState {
        /// Made, vouched for by nobody: nothing is sealed to it.
        Waiting = "waiting", "chờ xác nhận";
        /// Reports are sealed to it.
        Admitted = "admitted", "đang dùng";
        /// Nothing is sealed to it any more.
        Retired = "retired", "đã thu hồi";
    }
}

/// A key pair of an inspector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Its id.
    pub id: KeyId,
    /// Whose.
    pub account: AccountId,
    /// The public half.
    pub public: super::seal::Public,
    /// The private half, locked with the inspector's passphrase.
    pub private_box: Vec<u8>,
    /// Whether it is trusted.
    pub state: KeyState,
    /// The day it was made.
    pub made_on: Date,
    /// Counts changes, against concurrent edits.
    pub version: i64,
}

impl Key {
    /// The first of the public half, to be compared by telephone before it is admitted.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let hex = data_encoding::HEXUPPER.encode(&self.public.0[..10]);
        let groups: Vec<&str> = (0..hex.len()).step_by(4).map(|at| &hex[at..at + 4]).collect();
        groups.join(" ")
    }
}

/// A message between reporter and inspectors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// Whether the reporter wrote it.
    pub from_reporter: bool,
    /// The day.
    pub on: Date,
    /// What it says.
    pub words: String,
}

/// A file of evidence, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileHead {
    /// What the reporter called it.
    pub name: String,
    /// What it is.
    pub media_type: String,
}

words! {
    /// What became of a request to open the reporter's identity.
    UnveilingState {
        /// Waits for the second person.
        Asked = "asked", "chờ người thứ hai";
        /// The second person agreed.
        Opened = "opened", "đã mở";
        /// The second person refused.
        Refused = "refused", "không đồng ý";
    }
}

/// A request to open the reporter's identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unveiling {
    /// Its id.
    pub id: UnveilingId,
    /// The report.
    pub report: ReportId,
    /// The key of who asks.
    pub asker: KeyId,
    /// The day.
    pub asked_on: Date,
    /// Why, locked with the report's key.
    pub reason_box: Vec<u8>,
    /// What became of it.
    pub state: UnveilingState,
    /// The key of who agreed or refused.
    pub second: Option<KeyId>,
    /// The day of that.
    pub settled_on: Option<Date>,
    /// The key of the identity, sealed to who asked, once opened.
    pub asker_box: Option<Vec<u8>>,
    /// The same, sealed to who agreed.
    pub second_box: Option<Vec<u8>>,
    /// Counts changes, against concurrent edits.
    pub version: i64,
}

/// What the office has set, with its ground: no text that could be read gives these numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// A published cell below this is hidden.
    pub small_cell: i64,
    /// Any case of a unit with fewer people than this is hidden.
    pub small_unit: i64,
    /// For how many months after it was closed the content of a report is kept.
    pub keep_months: i64,
    /// The document on which these rest.
    pub ground: String,
    /// Who set them; empty while the first values stand.
    pub set_by: String,
    /// When.
    pub set_on: Option<Date>,
    /// Counts changes, against concurrent edits.
    pub version: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_edge_is_one_of_these() {
        let mut edges = Vec::new();
        for from in State::ALL {
            for step in Step::ALL {
                if let Some(to) = step.leads(*from) {
                    edges.push(format!("{} {} {}", from.code(), step.code(), to.code()));
                }
            }
        }
        assert_eq!(
            edges,
            [
                "received look looked_at",
                "looked_at ask asked",
                "looked_at conclude concluded",
                "asked answer answered",
                "asked conclude concluded",
                "answered ask asked",
                "answered conclude concluded",
                "concluded close closed",
            ]
        );
    }

    #[test]
    fn a_label_tells_neither_time_nor_number() {
        let (one, other) = (ReportId::random(), ReportId::random());
        assert_eq!(one.0.get_version_num(), 4);
        assert_ne!(one.label(), other.label());
    }
}
