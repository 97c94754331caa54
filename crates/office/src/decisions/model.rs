//! Decisions, their lines and what may become of them.

use kernel::Date;
use kernel::id::AccountId;
use kernel::numbers::Dong;
use rules::AwardCode;

use super::DecisionsError;
use crate::awards::model::{CampaignId, NominationId};
use crate::organization::Recipient;
use crate::records::model::PastAwardId;
use crate::words::{ids, words};

ids! {
    /// A decision.
    DecisionId,
    /// A line of a decision: one recipient, one award.
    LineId,
    /// A change of an issued decision.
    AmendmentId,
}

words! {
    /// Where a decision stands.
    DecisionState {
        /// Drafted, without number.
        Draft = "draft", "dự thảo";
        /// Numbered, dated, in force.
        Issued = "issued", "đã ban hành";
    }
}

words! {
    /// What is true of an issued line.
    LineState {
        /// As issued.
        Valid = "valid", "còn hiệu lực";
        /// In force, with corrected words.
        Corrected = "corrected", "đã đính chính";
        /// No longer in force.
        Revoked = "revoked", "đã thu hồi";
    }
}

words! {
    /// What becomes of an issued decision.
    AmendmentKind {
        /// The printed words of a line are corrected.
        Correct = "correct", "đính chính";
        /// One line is revoked.
        Revoke = "revoke", "thu hồi";
        /// The whole decision is annulled: every line is revoked.
        Annul = "annul", "hủy bỏ cả quyết định";
    }
}

words! {
    /// Where such a change stands.
    AmendmentState {
        /// Proposed; somebody else decides.
        Proposed = "proposed", "chờ người có thẩm quyền";
        /// In force.
        Confirmed = "confirmed", "đã có hiệu lực";
        /// Not accepted, or taken back.
        Refused = "refused", "không thực hiện";
    }
}

/// A change of an issued decision: one person proposes it, another puts it in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amendment {
    /// Its id.
    pub id: AmendmentId,
    /// The decision it changes.
    pub decision: DecisionId,
    /// The line it changes; none for the whole decision.
    pub line: Option<LineId>,
    /// What it does.
    pub kind: AmendmentKind,
    /// The right name, of a correction.
    pub name: String,
    /// The right post, of a correction.
    pub title: String,
    /// Why, with the document it rests on.
    pub reason: String,
    /// Who proposed it, and therefore does not put it in force.
    pub proposed_by: Option<AccountId>,
    /// The day of that.
    pub proposed_on: Date,
    /// Where it stands.
    pub state: AmendmentState,
    /// Who decided on it.
    pub decided_by: Option<AccountId>,
    /// The day of that.
    pub decided_on: Option<Date>,
    /// Why it was not accepted.
    pub answer: Option<String>,
    /// Counts changes.
    pub version: i64,
}

impl LineState {
    /// How it is coloured.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Valid => "ok",
            Self::Corrected => "warn",
            Self::Revoked => "bad",
        }
    }
}

/// A decision to award.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// Its id.
    pub id: DecisionId,
    /// The series its number runs in: `QĐ-VPUB`.
    pub series: String,
    /// The year its number runs in.
    pub year: i16,
    /// The number; none while it is a draft.
    pub number: Option<u32>,
    /// The campaign it closes.
    pub campaign: CampaignId,
    /// Where it stands.
    pub state: DecisionState,
    /// Where it is signed.
    pub place: String,
    /// The day it is signed; its law and base salary hold.
    pub issued_on: Option<Date>,
    /// The post of who signs.
    pub capacity: String,
    /// The name of who signs.
    pub signer: String,
    /// Why numbers before this one were left out.
    pub gap_reason: Option<String>,
    /// Who drafted it.
    pub created_by: Option<AccountId>,
    /// The day since which the whole of it is annulled.
    pub annulled_on: Option<Date>,
    /// Counts changes.
    pub version: i64,
}

impl Decision {
    /// The number with its notation: `05/QĐ-VPUB`; without number while it is a draft.
    #[must_use]
    pub fn number_text(&self) -> String {
        match self.number {
            Some(number) => format!("{number:02}/{}", self.series),
            None => format!("…/{}", self.series),
        }
    }

    /// Requires a draft.
    ///
    /// # Errors
    /// [`DecisionsError::Issued`].
    pub fn must_be_draft(&self) -> Result<(), DecisionsError> {
        match self.state {
            DecisionState::Draft => Ok(()),
            DecisionState::Issued => Err(DecisionsError::Issued { number: self.number_text() }),
        }
    }
}

/// A name on a decision that the council did not pass, with who allowed it and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// Why.
    pub reason: String,
    /// Who allowed it, by which document.
    pub authority: String,
}

/// The money that goes with a line, frozen at issue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Money {
    /// The multiple of the base salary, in words.
    pub multiple: String,
    /// The base salary of the decision's day, in đồng.
    pub base: i64,
    /// The amount, in đồng.
    pub amount: i64,
    /// The clauses.
    pub citation: String,
}

/// One recipient and one award on a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its id.
    pub id: LineId,
    /// Its decision.
    pub decision: DecisionId,
    /// Its place in the list.
    pub position: i64,
    /// The nomination the council passed; none for an exception.
    pub nomination: Option<NominationId>,
    /// Whom it is for.
    pub recipient: Recipient,
    /// The printed name.
    pub name: String,
    /// The printed post or kind.
    pub title: String,
    /// The printed unit.
    pub unit_name: String,
    /// The award.
    pub award: AwardCode,
    /// Whether the recipient leads a unit.
    pub leader: bool,
    /// For what.
    pub achievement: String,
    /// Why it stands there without a vote.
    pub exception: Option<Exception>,
    /// Why it was decided against a verdict or over a cap.
    pub overruled: Option<String>,
    /// What is true of it now.
    pub state: LineState,
    /// Its number in the register of awards, with the year.
    pub register: Option<(i16, u32)>,
    /// The code on the certificate; none for a draft.
    pub code: Option<String>,
    /// The record of the award.
    pub past_award: Option<PastAwardId>,
    /// The money; none when no rule tells it.
    pub money: Option<Money>,
    /// When the money was paid.
    pub paid_on: Option<Date>,
    /// Name and post as they were signed; none for a draft.
    pub signed: Option<(String, String)>,
    /// The day since which the whole of its decision is annulled.
    pub annulled_on: Option<Date>,
}

impl Line {
    /// A line of a draft: who gets what and for what. Nothing that issuing gives it, nobody's post or unit yet.
    #[must_use]
    pub fn drafted(
        decision: DecisionId,
        position: i64,
        (recipient, award): (Recipient, AwardCode),
        name: String,
        achievement: String,
    ) -> Self {
        Self {
            id: LineId::new(),
            decision,
            position,
            nomination: None,
            recipient,
            name,
            title: String::new(),
            unit_name: String::new(),
            award,
            leader: false,
            achievement,
            exception: None,
            overruled: None,
            state: LineState::Valid,
            register: None,
            code: None,
            past_award: None,
            money: None,
            paid_on: None,
            signed: None,
            annulled_on: None,
        }
    }

    /// Post and unit as they are printed, whichever is known.
    #[must_use]
    pub fn place(&self) -> String {
        let known = [self.title.as_str(), self.unit_name.as_str()].into_iter().filter(|text| !text.is_empty());
        known.collect::<Vec<_>>().join(", ")
    }

    /// What is true of it now, in words: the lines of a decision that was annulled as a whole were not revoked one by
    /// one.
    #[must_use]
    pub fn state_words(&self) -> &'static str {
        if self.annulled_on.is_some() { "đã hủy bỏ" } else { self.state.name_vi() }
    }

    /// The number in the register of awards as it is printed: `001/2026`; none before it is issued.
    #[must_use]
    pub fn register_text(&self) -> Option<String> {
        self.register.map(|(year, number)| format!("{number:03}/{year}"))
    }

    /// The line as it was signed, whatever became of it since.
    #[must_use]
    pub fn as_signed(&self) -> Self {
        let (name, title) = self.signed.clone().unwrap_or_else(|| (self.name.clone(), self.title.clone()));
        Self { name, title, state: LineState::Valid, ..self.clone() }
    }

    /// Why it stands there apart from the rule: without a vote, against a verdict, over a cap; none in the ordinary case.
    #[must_use]
    pub fn departure(&self) -> Option<String> {
        let exception = self.exception.as_ref().map(|one| format!("{} ({})", one.reason, one.authority));
        match (exception, &self.overruled) {
            (Some(exception), Some(overruled)) => Some(format!("{exception}; {overruled}")),
            (exception, overruled) => exception.or_else(|| overruled.clone()),
        }
    }
}

/// A change of an issued line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineEvent {
    /// When.
    pub on: Date,
    /// What: `correct`, `revoke`, `pay`.
    pub verb: String,
    /// The words before.
    pub was: String,
    /// The words after.
    pub became: String,
    /// Why, with the document.
    pub reason: String,
}

/// The money of a decision: what it promises, what was paid, what is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BonusSums {
    /// Promised to the lines that stand.
    pub planned: Dong,
    /// Paid to the lines that stand.
    pub paid: Dong,
    /// Promised and not paid yet: planned less paid.
    pub open: Dong,
    /// Paid to lines that were revoked since: to be asked back.
    pub to_claim: Dong,
}

impl BonusSums {
    /// The sums over the lines of one decision.
    #[must_use]
    pub fn of(lines: &[Line]) -> Self {
        let mut sums = Self::default();
        for line in lines {
            let amount = line.money.as_ref().map_or(Dong::default(), |money| Dong(money.amount));
            match (line.state == LineState::Revoked, line.paid_on.is_some()) {
                (true, true) => sums.to_claim = sums.to_claim + amount,
                (true, false) => {}
                (false, true) => {
                    sums.planned = sums.planned + amount;
                    sums.paid = sums.paid + amount;
                }
                (false, false) => {
                    sums.planned = sums.planned + amount;
                    sums.open = sums.open + amount;
                }
            }
        }
        sums
    }
}
