//! Initiatives, their states, the two decisions about them, and who took them over.

use kernel::id::{AccountId, PersonId, UnitId};
use kernel::{Date, Timestamp};
use rules::facts::Scope;
use serde::Serialize;

use super::content::{Author, Content, Field};
use super::{InitiativeId, InitiativesError};
use crate::words::{ids, words};

ids! {
    /// A file of evidence or of a decision.
    InitiativeFileId,
    /// A decision about an initiative.
    InitiativeDecisionId,
    /// A unit's taking over of an initiative.
    ReplicationId,
    /// What a person decided about two initiatives that look alike.
    JudgementId,
    /// A consent of an author.
    ConsentId,
    /// A setting at a time.
    SettingId,
}

/// The least letters of a reason. Why: docs/decisions/0038.
pub const SHORTEST_WORDS: usize = 10;

words! {
    /// Where an initiative stands.
    StateKind {
        /// Being written.
        Draft = "draft", "dự thảo";
        /// Handed in.
        Submitted = "submitted", "đã nộp";
        /// Under review.
        Review = "review", "đang xét";
        /// Given back to be mended.
        Returned = "returned", "trả lại để sửa";
        /// Recognised.
        Recognised = "recognised", "được công nhận";
        /// Not recognised, with a written reason.
        Refused = "refused", "không được công nhận";
        /// Taken back by its authors.
        Withdrawn = "withdrawn", "đã rút";
    }
}

impl StateKind {
    /// The tone of its tag.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Submitted | Self::Review | Self::Returned => "warn",
            Self::Recognised => "ok",
            Self::Refused => "bad",
            Self::Draft | Self::Withdrawn => "neutral",
        }
    }

    /// Whether its authors may change what is written.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Returned)
    }
}

words! {
    /// The level that decides.
    Level {
        /// The office itself.
        CoSo = "co_so", "cấp cơ sở";
        /// The province.
        Tinh = "tinh", "cấp tỉnh";
    }
}

words! {
    /// What a decision is about.
    DecisionKind {
        /// That it is an initiative.
        Recognition = "recognition", "công nhận sáng kiến";
        /// How far its effect reaches.
        Scope = "scope", "công nhận phạm vi ảnh hưởng, khả năng nhân rộng";
    }
}

words! {
    /// What a file is.
    Purpose {
        /// It shows what the authors say.
        Evidence = "evidence", "minh chứng";
        /// The decision of recognition.
        Recognition = "recognition", "quyết định công nhận";
        /// The decision on the reach.
        Scope = "scope", "quyết định phạm vi ảnh hưởng";
        /// It shows what an adopter says.
        Replication = "replication", "minh chứng áp dụng";
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

/// An initiative as lists show it; what is written in it is an edition.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Initiative {
    /// Its id, which its entry in the records bears too.
    pub id: InitiativeId,
    /// Its code: `SK-2026-001`.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// The unit it comes from.
    pub unit: UnitId,
    /// The clause it hangs on.
    pub clause: String,
    /// What it is about.
    pub field: Field,
    /// The edition that counts.
    pub edition: i64,
    /// Where it stands.
    pub state: StateKind,
    /// How it came to its state, where somebody said so: returned, refused, withdrawn, recognised.
    pub settled: Option<Act>,
    /// The account that began it.
    pub written_by: Option<AccountId>,
    /// The day on which it was begun.
    pub written_on: Date,
    /// The day on which it was last handed in.
    pub submitted_on: Option<Date>,
    /// Counts changes, against concurrent edits.
    pub version: i64,
}

impl Initiative {
    /// Whether it stands in one of these states.
    ///
    /// # Errors
    /// [`InitiativesError::State`] when it does not.
    pub fn must_be(&self, kinds: &[StateKind]) -> Result<(), InitiativesError> {
        if kinds.contains(&self.state) { Ok(()) } else { Err(InitiativesError::State { is: self.state }) }
    }

    /// Takes over what was written anew.
    ///
    /// # Errors
    /// While it is handed in, under review or settled.
    pub fn rewrite(&mut self, content: &Content) -> Result<(), InitiativesError> {
        self.must_be(&[StateKind::Draft, StateKind::Returned])?;
        self.name.clone_from(&content.name);
        self.unit = content.unit;
        self.clause.clone_from(&content.clause);
        self.field = content.field;
        self.edition += 1;
        Ok(())
    }

    /// Hands it in.
    ///
    /// # Errors
    /// When it is not open.
    pub fn submit(&mut self, today: Date) -> Result<(), InitiativesError> {
        self.must_be(&[StateKind::Draft, StateKind::Returned])?;
        self.state = StateKind::Submitted;
        self.submitted_on = Some(today);
        self.settled = None;
        Ok(())
    }

    /// Begins its review.
    ///
    /// # Errors
    /// When it was not handed in.
    pub fn take(&mut self) -> Result<(), InitiativesError> {
        self.must_be(&[StateKind::Submitted])?;
        self.state = StateKind::Review;
        Ok(())
    }

    /// Gives it back to be mended.
    ///
    /// # Errors
    /// When it is not before the reviewer, or without a reason.
    pub fn give_back(&mut self, act: Act) -> Result<(), InitiativesError> {
        self.must_be(&[StateKind::Submitted, StateKind::Review])?;
        self.settle(StateKind::Returned, act)
    }

    /// Refuses it.
    ///
    /// # Errors
    /// When it is not under review, or without a written reason.
    pub fn refuse(&mut self, act: Act) -> Result<(), InitiativesError> {
        self.must_be(&[StateKind::Review])?;
        self.settle(StateKind::Refused, act)
    }

    /// Takes it back.
    ///
    /// # Errors
    /// When it is settled, or without a reason.
    pub fn withdraw(&mut self, act: Act) -> Result<(), InitiativesError> {
        self.must_be(&[StateKind::Draft, StateKind::Returned, StateKind::Submitted, StateKind::Review])?;
        self.settle(StateKind::Withdrawn, act)
    }

    /// Recognises it by a decision of a day.
    ///
    /// # Errors
    /// When it is not under review.
    pub fn recognise(&mut self, on: Date, name: &str, document: &str) -> Result<(), InitiativesError> {
        self.must_be(&[StateKind::Review])?;
        self.state = StateKind::Recognised;
        self.settled = Some(Act { on, name: name.to_owned(), words: document.to_owned() });
        Ok(())
    }

    fn settle(&mut self, state: StateKind, act: Act) -> Result<(), InitiativesError> {
        worded(&act.words)?;
        self.state = state;
        self.settled = Some(act);
        Ok(())
    }
}

/// Whether a reason says something.
pub(super) fn worded(words: &str) -> Result<(), InitiativesError> {
    if words.chars().count() < SHORTEST_WORDS {
        return Err(InitiativesError::fault("ly-do", format!("Ghi rõ lý do, ít nhất {SHORTEST_WORDS} ký tự")));
    }
    Ok(())
}

/// A version of what is written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Edition {
    /// 1, and one more for every change.
    pub number: i64,
    /// What was written.
    pub content: Content,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub name: String,
    /// The day on which it was handed in; none when it was not.
    pub submitted_on: Option<Date>,
}

/// A decision about an initiative.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// Its id.
    pub id: InitiativeDecisionId,
    /// What it is about.
    pub kind: DecisionKind,
    /// The level that decided.
    pub level: Level,
    /// Its number and signature.
    pub number: String,
    /// Its day.
    pub decided_on: Date,
    /// Who signed it.
    pub issuer: String,
    /// The council that advised, with its minutes; may be empty.
    pub council: String,
    /// How far the effect reaches, in a decision on that.
    pub scope: Option<Scope>,
    /// Whether it can be taken over elsewhere, where that was judged.
    pub replicable: Option<bool>,
}

impl Decision {
    /// The decision as it stands in the records and the ledger: without whoever signed it.
    #[must_use]
    pub fn cited(&self) -> String {
        format!("Quyết định số {} ngày {}", self.number, kernel::numbers::short_date(self.decided_on))
    }
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct InitiativeFile {
    /// Its id.
    pub id: InitiativeFileId,
    /// What it is.
    pub purpose: Purpose,
    /// The replication that it shows, for one of that purpose.
    pub replication: Option<ReplicationId>,
    /// Its name.
    pub name: String,
    /// SHA-256 of its bytes.
    pub digest: String,
    /// Its size in bytes.
    pub size: i64,
    /// What it is made of.
    pub media_type: String,
    /// When it was attached.
    pub at: Timestamp,
    /// Who attached it.
    pub by: String,
}

words! {
    /// Where a unit's taking over stands.
    ReplicationState {
        /// Entered, not confirmed by the adopter.
        Reported = "reported", "chờ đơn vị áp dụng xác nhận";
        /// Confirmed by the adopter.
        Confirmed = "confirmed", "đã được đơn vị áp dụng xác nhận";
        /// The adopter says that it is not so.
        Denied = "denied", "không được đơn vị áp dụng xác nhận";
        /// Confirmed once, and ended on a day.
        Stopped = "stopped", "đã ngừng áp dụng";
    }
}

impl ReplicationState {
    /// The tone of its tag.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Reported => "warn",
            Self::Confirmed => "ok",
            Self::Denied => "bad",
            Self::Stopped => "neutral",
        }
    }
}

/// What another unit does with an initiative.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Replication {
    /// Its id.
    pub id: ReplicationId,
    /// The initiative.
    pub initiative: InitiativeId,
    /// The adopter.
    pub unit: UnitId,
    /// Since when.
    pub started_on: Date,
    /// How it is applied there.
    pub how: String,
    /// What was measured there: the figure, its unit, before and after in thousandths, the source.
    pub effect: super::content::Effect,
    /// Where it stands.
    pub state: ReplicationState,
    /// Who entered it and when.
    pub reported: Act,
    /// Who confirmed or denied it, when, with which words.
    pub answered: Option<Act>,
    /// Who ended it, from which day, why.
    pub stopped: Option<Act>,
    /// Counts changes, against concurrent edits.
    pub version: i64,
}

impl Replication {
    /// Confirms it, as the adopter.
    ///
    /// # Errors
    /// When it does not wait for that.
    pub fn confirm(&mut self, act: Act) -> Result<(), InitiativesError> {
        self.must_be(ReplicationState::Reported)?;
        self.state = ReplicationState::Confirmed;
        self.answered = Some(act);
        Ok(())
    }

    /// Says that it is not so, as the adopter.
    ///
    /// # Errors
    /// When it does not wait for an answer, or without a reason.
    pub fn deny(&mut self, act: Act) -> Result<(), InitiativesError> {
        self.must_be(ReplicationState::Reported)?;
        worded(&act.words)?;
        self.state = ReplicationState::Denied;
        self.answered = Some(act);
        Ok(())
    }

    /// Ends it from a day.
    ///
    /// # Errors
    /// When it is not confirmed, from a day before it began or after today, without a reason.
    pub fn stop(&mut self, act: Act, today: Date) -> Result<(), InitiativesError> {
        self.must_be(ReplicationState::Confirmed)?;
        if act.on < self.started_on || act.on > today {
            return Err(InitiativesError::fault("ngay-ngung", "Ngày ngừng từ ngày bắt đầu áp dụng đến hôm nay"));
        }
        worded(&act.words)?;
        self.state = ReplicationState::Stopped;
        self.stopped = Some(act);
        Ok(())
    }

    fn must_be(&self, state: ReplicationState) -> Result<(), InitiativesError> {
        if self.state == state { Ok(()) } else { Err(InitiativesError::Replication { is: self.state }) }
    }

    /// Whether it counts on a day: confirmed by then, and not ended.
    #[must_use]
    pub fn counts(&self, day: Date) -> bool {
        let confirmed = matches!(self.state, ReplicationState::Confirmed | ReplicationState::Stopped)
            && self.answered.as_ref().is_some_and(|act| act.on <= day);
        confirmed && self.started_on <= day && self.stopped.as_ref().is_none_or(|act| day < act.on)
    }
}

words! {
    /// What a person decided about two initiatives that look alike.
    Judgement {
        /// The one repeats the other.
        Duplicate = "duplicate", "trùng";
        /// They are two.
        Distinct = "distinct", "không trùng";
        /// The earlier answer is taken back.
        Reopened = "reopened", "xem xét lại";
    }
}

/// A judgement with who made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Judged {
    /// What.
    pub judgement: Judgement,
    /// By whom, when, why.
    pub act: Act,
}

/// A consent of an author that the model is made public.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Consent {
    /// Its id.
    pub id: ConsentId,
    /// Which author, by the place in the list.
    pub position: i64,
    /// Whether the name may stand there.
    pub named: bool,
    /// How it was given: on paper, by the own account.
    pub document: String,
    /// Since when.
    pub given_on: Date,
    /// The day on which it was taken back.
    pub withdrawn_on: Option<Date>,
}

/// A model for everybody, as it was published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Model {
    /// The initiative.
    pub initiative: InitiativeId,
    /// What it is called there.
    pub title: String,
    /// What was wrong.
    pub problem: String,
    /// What is done instead.
    pub solution: String,
    /// Since when it is public.
    pub published_on: Date,
    /// The day on which somebody took it down; it stays hidden.
    pub hidden_on: Option<Date>,
    /// Counts changes, against concurrent edits; 0 while it was never published.
    pub version: i64,
}

/// Whether somebody is among the authors.
#[must_use]
pub fn is_author(authors: &[Author], person: Option<PersonId>) -> bool {
    person.is_some() && authors.iter().any(|author| author.person == person)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn initiative(state: StateKind) -> Initiative {
        Initiative {
            id: InitiativeId::new(),
            code: "SK-2026-001".to_owned(),
            name: "Số hóa phiếu hẹn".to_owned(),
            unit: UnitId::new(),
            clause: "II.6".to_owned(),
            field: Field::Digital,
            edition: 1,
            state,
            settled: None,
            written_by: None,
            written_on: date(2026, 6, 1),
            submitted_on: None,
            version: 1,
        }
    }

    fn act(words: &str) -> Act {
        Act { on: date(2026, 7, 10), name: "Thường trực".to_owned(), words: words.to_owned() }
    }

    #[test]
    fn every_step_is_taken_from_its_states_and_from_no_other() {
        use StateKind as S;
        type Step = fn(&mut Initiative) -> Result<(), InitiativesError>;
        let steps: [(&str, Step, &[S]); 6] = [
            ("submit", |one| one.submit(date(2026, 7, 1)), &[S::Draft, S::Returned]),
            ("take", Initiative::take, &[S::Submitted]),
            ("give back", |one| one.give_back(act("Bổ sung số liệu")), &[S::Submitted, S::Review]),
            ("refuse", |one| one.refuse(act("Không có tính mới")), &[S::Review]),
            (
                "withdraw",
                |one| one.withdraw(act("Cần làm lại từ đầu")),
                &[S::Draft, S::Returned, S::Submitted, S::Review],
            ),
            ("recognise", |one| one.recognise(date(2026, 7, 1), "A", "QĐ 1"), &[S::Review]),
        ];
        for (name, step, from) in steps {
            for state in S::ALL {
                let done = step(&mut initiative(*state));
                assert_eq!(done.is_ok(), from.contains(state), "{name} from {state:?}");
            }
        }
    }

    #[test]
    fn nothing_is_given_back_refused_or_withdrawn_without_a_reason() {
        assert!(initiative(StateKind::Review).give_back(act("sửa")).is_err());
        assert!(initiative(StateKind::Review).refuse(act("")).is_err());
        assert!(initiative(StateKind::Draft).withdraw(act("thôi")).is_err());
    }

    #[test]
    fn a_replication_counts_from_its_confirmation_until_it_is_stopped() {
        let mut one = Replication {
            id: ReplicationId::new(),
            initiative: InitiativeId::new(),
            unit: UnitId::new(),
            started_on: date(2026, 5, 1),
            how: String::new(),
            effect: crate::initiatives::content::Effect {
                figure: String::new(),
                measure: String::new(),
                before: None,
                after: None,
                source: String::new(),
            },
            state: ReplicationState::Reported,
            reported: act("vào sổ"),
            answered: None,
            stopped: None,
            version: 1,
        };
        assert!(!one.counts(date(2026, 8, 1)), "nobody confirmed it");
        assert!(one.clone().stop(act("Thay bằng cách khác"), date(2026, 8, 1)).is_err(), "not confirmed");
        one.confirm(act("Đúng như vậy")).expect("it waits");
        assert!(!one.counts(date(2026, 7, 9)) && one.counts(date(2026, 7, 10)));
        let end = Act { on: date(2026, 9, 1), ..act("Thay bằng phần mềm của tỉnh") };
        assert!(one.clone().stop(end.clone(), date(2026, 8, 31)).is_err(), "a day that has not come");
        one.stop(end, date(2026, 9, 2)).expect("confirmed");
        assert!(one.counts(date(2026, 8, 31)) && !one.counts(date(2026, 9, 1)));
    }
}
