//! Letters, petitions and what belongs to them.

use kernel::id::{AccountId, UnitId};
use kernel::{Date, Timestamp};

use super::PetitionsError;
pub use super::states::{State, Step};
use crate::organization::EnterpriseId;
use crate::words::{ids, words};

ids! {
    /// What came in, as it was written.
    LetterId,
    /// A file that came with a letter.
    LetterFileId,
    /// What is handled.
    PetitionId,
    /// Something that happened to a petition.
    EventId,
    /// A unit's part in a petition.
    PartId,
    /// A clock of a petition.
    ClockId,
}

words! {
    /// How a letter came in.
    Channel {
        /// Sent at the public portal.
        Portal = "portal", "Cổng tiếp nhận";
        /// Told at the counter or when citizens are received.
        Counter = "counter", "Tiếp công dân, tại quầy";
        /// Told by telephone.
        Phone = "phone", "Điện thoại";
        /// On paper, by post.
        Paper = "paper", "Văn bản, bưu chính";
        /// Said at a dialogue.
        Dialogue = "dialogue", "Hội nghị đối thoại";
    }
}

words! {
    /// Who sends it.
    SenderKind {
        /// An enterprise.
        Enterprise = "enterprise", "Doanh nghiệp";
        /// A cooperative.
        Cooperative = "cooperative", "Hợp tác xã";
        /// A household business.
        Household = "household", "Hộ kinh doanh";
        /// An association.
        Association = "association", "Hiệp hội";
        /// A person.
        Person = "person", "Cá nhân";
    }
}

words! {
    /// What it is; sorting decides, because each has a law of its own.
    Kind {
        /// Not sorted yet.
        Unsorted = "unsorted", "chưa phân loại";
        /// About a rule or how officials apply it (NĐ 20/2008/NĐ-CP).
        Regulation = "regulation", "phản ánh, kiến nghị";
        /// A legal difficulty of an enterprise (NĐ 55/2019/NĐ-CP).
        Obstacle = "obstacle", "vướng mắc của doanh nghiệp";
        /// A complaint: handed over.
        Complaint = "complaint", "khiếu nại";
        /// An accusation: handed over and locked away.
        Accusation = "accusation", "tố cáo";
    }
}

impl Kind {
    /// Whether it is handled in this room.
    #[must_use]
    pub fn is_handled_here(self) -> bool {
        matches!(self, Self::Regulation | Self::Obstacle)
    }
}

words! {
    /// What stands in the history besides steps.
    EventKind {
        /// The letter came in.
        Receive = "receive", "tiếp nhận";
        /// A case was split off the letter.
        Split = "split", "tách thành vụ việc riêng";
        /// A step was taken.
        Step = "step", "xử lý";
        /// A unit that takes part gave its opinion.
        Opinion = "opinion", "ý kiến phối hợp";
        /// A term lapsed and the next level was told.
        Escalate = "escalate", "báo cáo quá hạn";
        /// The sender rated the answer.
        Rate = "rate", "người gửi đánh giá";
        /// A published answer was hidden or shown again.
        Moderate = "moderate", "điều chỉnh công khai";
        /// A published answer was corrected.
        Correct = "correct", "đính chính bản công khai";
    }
}

words! {
    /// A unit's role in a petition.
    UnitRole {
        /// It answers.
        Lead = "lead", "chủ trì";
        /// It gives its opinion to who leads.
        Helps = "helps", "phối hợp";
    }
}

words! {
    /// What a clock measures.
    ClockKind {
        /// The first answer to the sender.
        FirstResponse = "first_response", "phản hồi đầu tiên";
        /// That it lies with whom it belongs to.
        Transfer = "transfer", "chuyển nơi có thẩm quyền";
        /// The signed answer.
        Answer = "answer", "trả lời";
        /// The published answer.
        Publication = "publication", "công khai";
        /// After which letting it lie is a matter of discipline.
        Limit = "limit", "giới hạn xử lý";
    }
}

/// Who sends a letter, and how to reach them.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Contact {
    /// Name of the person or the organisation; empty for an anonymous letter.
    pub name: String,
    /// The address.
    pub address: String,
    /// The telephone.
    pub phone: String,
    /// The mail address.
    pub email: String,
    /// The tax code, where there is one.
    pub tax_code: String,
}

impl Contact {
    /// What the law asks for and is missing: a name, an address, a telephone or mail address (NĐ 20/2008/NĐ-CP Đ7).
    #[must_use]
    pub fn missing(&self) -> Vec<&'static str> {
        let parts = [
            (self.name.is_empty(), "họ tên hoặc tên tổ chức"),
            (self.address.is_empty(), "địa chỉ"),
            (self.phone.is_empty() && self.email.is_empty(), "số điện thoại hoặc thư điện tử"),
        ];
        parts.into_iter().filter(|(lacks, _)| *lacks).map(|(_, what)| what).collect()
    }
}

/// What came in, as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Its id.
    pub id: LetterId,
    /// The year of its number.
    pub year: i16,
    /// Its number in the year.
    pub number: i64,
    /// How it came in.
    pub channel: Channel,
    /// When.
    pub received_at: Timestamp,
    /// On which day.
    pub received_on: Date,
    /// The day of the event from which terms count: the next working day after the counter closed.
    pub counts_from: Date,
    /// Who sends it.
    pub sender_kind: SenderKind,
    /// How to reach them.
    pub contact: Contact,
    /// The enterprise of the register whose tax code it bears.
    pub enterprise: Option<EnterpriseId>,
    /// How many people say the same in it.
    pub people: i64,
    /// Whether the name is kept from the public.
    pub hide_name: bool,
    /// What it is about.
    pub title: String,
    /// What it says.
    pub content: String,
    /// The digest of the receipt code.
    pub code_digest: String,
    /// Who took it in; none for the portal.
    pub registered_by: Option<AccountId>,
    /// Whether a part of it is an accusation: then nobody reads its words any more.
    pub locked: bool,
    /// Counts changes, against concurrent edits.
    pub version: i64,
}

impl Letter {
    /// How it is called: `12/2026`.
    #[must_use]
    pub fn number_text(&self) -> String {
        format!("{}/{}", self.number, self.year)
    }

    /// The name that the public may read.
    #[must_use]
    pub fn public_name(&self) -> String {
        if self.hide_name || self.contact.name.is_empty() { String::new() } else { self.contact.name.clone() }
    }
}

/// A file that came with a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LetterFile {
    /// Its id.
    pub id: LetterFileId,
    /// Its name.
    pub name: String,
    /// The digest of its bytes.
    pub digest: String,
    /// What it is.
    pub media_type: String,
    /// Its size in bytes.
    pub size: i64,
}

/// What is handled: a letter, or one of the matters in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Petition {
    /// Its id.
    pub id: PetitionId,
    /// The letter it came in with.
    pub letter: LetterId,
    /// Its place among the matters of the letter, from 1.
    pub place: i64,
    /// What it is about.
    pub title: String,
    /// What it says.
    pub content: String,
    /// What it is.
    pub kind: Kind,
    /// The clause of the plan it hangs on.
    pub clause: String,
    /// Whether it is complex, which gives more time where a rule says so.
    pub complex: bool,
    /// Where it stands.
    pub state: State,
    /// The unit that answers.
    pub lead: Option<UnitId>,
    /// The petition that it is the same as.
    pub duplicate_of: Option<PetitionId>,
    /// The agency to which it was passed on or handed over; empty otherwise.
    pub agency: String,
    /// The document by which it was passed on.
    pub document: String,
    /// The answer, drafted or signed.
    pub answer: String,
    /// Who handed the draft in.
    pub answered_by: Option<AccountId>,
    /// The number of the signed answer.
    pub answer_number: String,
    /// The day it was signed.
    pub signed_on: Option<Date>,
    /// Who signed it.
    pub signer: String,
    /// How often the sender has disagreed.
    pub disagreed: i64,
    /// What the sender thinks of the answer, 1 to 5, once.
    pub rating: Option<i64>,
    /// The sender's words about it.
    pub rating_words: String,
    /// By which it is found.
    pub search_key: String,
    /// Counts changes, against concurrent edits.
    pub version: i64,
}

impl Petition {
    /// A matter of a letter that nobody has looked at yet.
    #[must_use]
    pub fn of(letter: &Letter, place: i64, title: String, content: String, clause: String) -> Self {
        let mut one = Self {
            id: PetitionId::new(),
            letter: letter.id,
            place,
            title,
            content,
            kind: Kind::Unsorted,
            clause,
            complex: false,
            state: State::Received,
            lead: None,
            duplicate_of: None,
            agency: String::new(),
            document: String::new(),
            answer: String::new(),
            answered_by: None,
            answer_number: String::new(),
            signed_on: None,
            signer: String::new(),
            disagreed: 0,
            rating: None,
            rating_words: String::new(),
            search_key: String::new(),
            version: 1,
        };
        one.search_key = one.key(letter);
        one
    }

    /// Takes a step.
    ///
    /// # Errors
    /// When it must not be taken where the petition stands.
    pub fn take(&mut self, step: Step) -> Result<(), PetitionsError> {
        let state = self.state;
        self.state = step.leads(state, self.lead.is_some()).ok_or(PetitionsError::NotNow { step, state })?;
        Ok(())
    }

    /// How it is called: `12/2026`, of the second matter in a letter `12/2026-2`.
    #[must_use]
    pub fn number(&self, letter: &Letter) -> String {
        let number = letter.number_text();
        if self.place == 1 { number } else { format!("{number}-{}", self.place) }
    }

    /// The key by which it is found: number, sender, title and words.
    #[must_use]
    pub fn key(&self, letter: &Letter) -> String {
        let (number, name) = (self.number(letter), &letter.contact.name);
        kernel::text::search_key(&format!(
            "{number} {name} {} {} {}",
            letter.contact.tax_code, self.title, self.content
        ))
    }
}

/// Something that happened to a petition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Its id.
    pub id: EventId,
    /// What it was; the code of a [`Step`] or of an [`EventKind`].
    pub what: String,
    /// Where the petition stood afterwards.
    pub state: State,
    /// When.
    pub at: Timestamp,
    /// The day.
    pub on: Date,
    /// Who did it.
    pub name: String,
    /// The words that go with it.
    pub words: String,
    /// Whether the sender reads the words too.
    pub shown: bool,
}

impl Event {
    /// What it was, in words.
    #[must_use]
    pub fn what_vi(&self) -> &'static str {
        let step = Step::from_code(&self.what).map(Step::name_vi);
        step.or_else(|| EventKind::from_code(&self.what).map(EventKind::name_vi)).unwrap_or("xử lý")
    }
}

/// A unit's part in a petition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its id.
    pub id: PartId,
    /// The unit.
    pub unit: UnitId,
    /// What it does.
    pub role: UnitRole,
    /// The day it was asked.
    pub asked_on: Date,
    /// By when it is to do it; of who leads, the answer's clock says it.
    pub due_on: Option<Date>,
    /// What it said.
    pub opinion: String,
    /// The day it said so.
    pub answered_on: Option<Date>,
    /// The day on which it was relieved of it.
    pub ended_on: Option<Date>,
}

impl Part {
    /// Whether its own day has gone by without an opinion, or with one given later.
    #[must_use]
    pub fn is_late(&self, today: Date) -> bool {
        self.due_on.is_some_and(|due| due < self.answered_on.or(self.ended_on).unwrap_or(today))
    }
}

/// A published answer, as the public reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// The petition.
    pub petition: PetitionId,
    /// Its title, redacted.
    pub title: String,
    /// What it says, redacted.
    pub content: String,
    /// The answer, redacted.
    pub answer: String,
    /// The sender's name; empty when it is hidden.
    pub sender_name: String,
    /// Who redacted it.
    pub redacted_by: String,
    /// The day of publication.
    pub published_on: Date,
    /// Whether it was taken from the public's eyes again.
    pub hidden: bool,
    /// Why.
    pub hidden_why: String,
    /// Who hid it.
    pub hidden_by: String,
}

/// What a published answer said before it was corrected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The title it had.
    pub title: String,
    /// What it said.
    pub content: String,
    /// The answer it had.
    pub answer: String,
    /// Why it was corrected; the public reads it.
    pub reason: String,
    /// Who corrected it.
    pub corrected_by: String,
    /// On which day.
    pub corrected_on: Date,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_without_name_address_or_a_way_to_answer_lacks_what_the_law_asks() {
        let whole = Contact {
            name: "Lò Thị Lả".into(),
            address: "Xã Thuận Châu".into(),
            phone: "0900000000".into(),
            ..Contact::default()
        };
        assert!(whole.missing().is_empty());
        assert_eq!(Contact { phone: String::new(), ..whole }.missing(), ["số điện thoại hoặc thư điện tử"]);
        assert_eq!(Contact::default().missing().len(), 3);
    }
}
