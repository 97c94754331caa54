//! Campaigns and nominations: their states, and what may follow on what.

use std::collections::BTreeMap;

use kernel::id::{AccountId, UnitId};
use kernel::{Date, Period};
use rules::{AwardCode, Verdict};
use serde::{Deserialize, Serialize};

use super::AwardsError;
use crate::organization::model::Recipient;
use crate::words::ids;

ids! {
    /// A campaign.
    CampaignId,
    /// A nomination.
    NominationId,
    /// A file of a dossier.
    FileId,
    /// An objection raised in the consultation.
    ObjectionId,
    /// A signed statement about what the record does not know.
    AttestationId,
    /// An adopted local rule.
    AdoptionId,
    /// A confirmed rule version.
    ConfirmationId,
    /// A decision about who launched the movement.
    LaunchDecisionId,
}

/// Declares states that are kept as a word and shown as another.
macro_rules! states {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal, $vi:literal, $tone:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, ::serde::Serialize, ::serde::Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $code)] $variant),+ }
        impl $name {
            /// All of them, in the order of the work.
            pub const ALL: &[Self] = &[$(Self::$variant),+];
            /// The word that is kept.
            #[must_use]
            pub fn code(self) -> &'static str { match self { $(Self::$variant => $code),+ } }
            /// The word on the screen.
            #[must_use]
            pub fn name_vi(self) -> &'static str { match self { $(Self::$variant => $vi),+ } }
            /// How it is coloured: ok, warn, bad, neutral.
            #[must_use]
            pub fn tone(self) -> &'static str { match self { $(Self::$variant => $tone),+ } }
            /// Reads the kept word.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> { match code { $($code => Some(Self::$variant),)+ _ => None } }
        }
    };
}

pub(super) use states;

states! {
    /// Where a campaign stands.
    CampaignState {
        /// Units nominate.
        Open = "open", "đang nhận hồ sơ", "neutral";
        /// No more nominations; dossiers are checked.
        Closed = "closed", "đã chốt hồ sơ", "neutral";
        /// The list is shown to everybody for objections.
        Consultation = "consultation", "đang lấy ý kiến", "warn";
        /// Before the council; [`super::progress`] tells what became of it there.
        Council = "council", "chờ Hội đồng", "warn";
    }
}

states! {
    /// Where a nomination stands.
    NominationState {
        /// Being written.
        Draft = "draft", "đang soạn", "neutral";
        /// Handed to the standing body.
        Submitted = "submitted", "đã nộp", "warn";
        /// Back with its unit, with a reason.
        Returned = "returned", "trả lại để sửa", "bad";
        /// Taken back by its unit.
        Withdrawn = "withdrawn", "đã rút", "neutral";
        /// Checked by the standing body; goes to the council.
        Accepted = "accepted", "đủ hồ sơ", "ok";
        /// The council said yes.
        Passed = "passed", "Hội đồng thông qua", "ok";
        /// The council said no.
        NotPassed = "not_passed", "Hội đồng không thông qua", "bad";
        /// The council said: a lower award.
        Lowered = "lowered", "đề nghị hình thức thấp hơn", "warn";
        /// The council said: not now.
        Deferred = "deferred", "để lại xét sau", "warn";
        /// A decision names it.
        Decided = "decided", "đã có quyết định", "ok";
        /// The decision that named it was annulled as a whole.
        Annulled = "annulled", "quyết định đã bị hủy bỏ", "bad";
        /// The decision named it, and it was revoked since.
        Revoked = "revoked", "đã thu hồi khen thưởng", "bad";
        /// It was sent to a higher level, which did not give the award.
        NotGranted = "not_granted", "cấp trên không khen thưởng", "bad";
    }
}

states! {
    /// What the council made of a nomination.
    Outcome {
        /// The award is proposed or given.
        Yes = "yes", "thông qua", "ok";
        /// It is not.
        No = "no", "không thông qua", "bad";
        /// A lower award is to be considered.
        Lower = "lower", "hình thức thấp hơn", "warn";
        /// It waits for another campaign.
        Defer = "defer", "để lại xét sau", "warn";
    }
}

states! {
    /// What happens when the council takes up a nomination whose change nobody has looked at.
    Gate {
        /// It is refused until somebody evaluates again.
        Block = "block", "chặn đến khi đánh giá lại", "bad";
        /// It is said on the page.
        Warn = "warn", "chỉ cảnh báo", "warn";
    }
}

/// A campaign: one occasion of the plan in one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Campaign {
    /// Its id.
    pub id: CampaignId,
    /// The plan's occasion: `annual`, `so_ket`, `tong_ket`.
    pub occasion: String,
    /// The year it looks at.
    pub year: i16,
    /// What it is called.
    pub name: String,
    /// The clause of the plan it rests on.
    pub clause: String,
    /// The last day for nominations.
    pub closes_on: Date,
    /// The most that may be awarded, in basis points of the staff; none when the campaign sets no cap.
    pub total_share_bp: Option<u32>,
    /// The most leaders among the persons nominated, in basis points; none without a cap.
    pub leader_share_bp: Option<u32>,
    /// The fewest direct workers among the persons nominated, in basis points; none without one.
    pub worker_share_bp: Option<u32>,
    /// The most persons for a form, in basis points of the staff; forms without a cap of their own are not in it.
    pub form_shares: BTreeMap<AwardCode, u32>,
    /// Where it stands.
    pub state: CampaignState,
    /// The days of the consultation, once it was opened.
    pub consultation: Option<Period>,
    /// How many working days the consultation lasts, as the rule said when it was opened.
    pub consultation_days: Option<u32>,
    /// The rule that said so.
    pub consultation_ground: Option<String>,
    /// Counts changes.
    pub version: i64,
}

impl Campaign {
    /// Whether units may nominate on this day.
    #[must_use]
    pub fn takes(&self, on: Date) -> bool {
        self.state == CampaignState::Open && on <= self.closes_on
    }

    /// Whether opinions on its list are taken on this day.
    #[must_use]
    pub fn hears(&self, on: Date) -> bool {
        self.state == CampaignState::Consultation && self.consultation.is_some_and(|period| period.contains(on))
    }

    /// Goes on to the next state.
    ///
    /// # Errors
    /// [`AwardsError::CampaignState`] when the two do not follow on each other.
    pub fn go(&mut self, to: CampaignState) -> Result<(), AwardsError> {
        use CampaignState as S;
        let follows = matches!(
            (self.state, to),
            (S::Open, S::Closed) | (S::Closed, S::Open | S::Consultation) | (S::Consultation, S::Council)
        );
        if !follows {
            return Err(AwardsError::CampaignState { campaign: self.id, is: self.state, wanted: to });
        }
        self.state = to;
        Ok(())
    }
}

/// A nomination of one recipient for one award.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nomination {
    /// Its id.
    pub id: NominationId,
    /// The campaign it belongs to.
    pub campaign: CampaignId,
    /// The award it asks for.
    pub award: AwardCode,
    /// Whom it is for.
    pub recipient: Recipient,
    /// The unit that nominates.
    pub unit: UnitId,
    /// Whether the nominee leads a unit: caps count leaders apart from direct workers.
    pub leader: bool,
    /// Where it stands.
    pub state: NominationState,
    /// The achievement it rests on, so that one is not rewarded twice.
    pub achievement: Option<uuid::Uuid>,
    /// The achievement in words.
    pub summary: String,
    /// The day it was handed in: the law of this day decides.
    pub submitted_on: Option<Date>,
    /// What was known of the nominee at submission, frozen.
    pub snapshot: Option<Snapshot>,
    /// What the rule book said at submission or when it was last asked.
    pub verdict: Option<Verdict>,
    /// The whole answer, frozen with the snapshot.
    pub answer: Option<rules::AwardResult>,
    /// A digest of the facts the answer rests on.
    pub facts_digest: Option<String>,
    /// What the council made of it.
    pub outcome: Option<Outcome>,
    /// The day on which the decision that named it was annulled as a whole; none while one stands.
    pub annulled_on: Option<Date>,
    /// Who wrote it; may not decide on it.
    pub created_by: Option<AccountId>,
    /// Counts changes.
    pub version: i64,
}

/// What was known of a nominee at submission; later changes of the record do not touch it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The name as it was.
    pub name: String,
    /// The post or kind as it was: `Chuyên viên`, `Hợp tác xã`.
    pub title: String,
    /// The unit's name as it was.
    pub unit_name: String,
    /// The award's name as it was.
    pub award_name: String,
    /// The achievement in words.
    pub summary: String,
    /// The code of the achievement record.
    pub achievement: Option<String>,
    /// The files: dossier item, file name, SHA-256.
    pub files: Vec<(String, String, String)>,
    /// The facts, as the rule book was asked.
    pub facts: rules::Facts,
    /// When it was frozen; none for what was frozen before this was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frozen_at: Option<kernel::Timestamp>,
    /// Where each fact was written: `ratings[0]` → that entry.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sources: BTreeMap<String, FactSource>,
    /// The rules the answer rests on, as they stood.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grounds: Vec<Ground>,
}

/// An entry of a register that a fact comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FactSource {
    /// Which register.
    pub register: String,
    /// Which entry.
    pub id: uuid::Uuid,
}

/// A rule that an answer rests on, as it stood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ground {
    /// The rule.
    pub rule: String,
    /// What it is about.
    pub title: String,
    /// Its version: the first day of it.
    pub version: String,
    /// The clause.
    pub citation: String,
    /// The template to adopt, for a local rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
    /// Whether it was relied on.
    pub state: rules::RuleState,
    /// A digest of what it says, by which a changed pack is seen.
    pub digest: String,
}

impl Nomination {
    /// Whether its unit may still change it.
    #[must_use]
    pub fn is_editable(&self) -> bool {
        matches!(self.state, NominationState::Draft | NominationState::Returned)
    }

    /// Whether it is alive: neither withdrawn nor refused, nor named in a decision that was annulled.
    #[must_use]
    pub fn is_alive(&self) -> bool {
        !matches!(
            self.state,
            NominationState::Withdrawn
                | NominationState::NotGranted
                | NominationState::NotPassed
                | NominationState::Lowered
                | NominationState::Deferred
                | NominationState::Revoked
                | NominationState::Annulled
        )
    }

    /// Comes up again after the council named a lower form or put it off.
    ///
    /// # Errors
    /// [`AwardsError::NominationState`] when it did neither.
    pub fn come_up_again(&mut self, award: AwardCode) -> Result<(), AwardsError> {
        self.go(NominationState::Submitted)?;
        (self.award, self.outcome) = (award, None);
        Ok(())
    }

    /// Goes on to another state.
    ///
    /// # Errors
    /// [`AwardsError::NominationState`] when the two do not follow on each other.
    pub fn go(&mut self, to: NominationState) -> Result<(), AwardsError> {
        use NominationState as S;
        let follows = matches!(
            (self.state, to),
            (S::Draft | S::Returned, S::Submitted | S::Withdrawn)
                | (S::Submitted, S::Returned | S::Accepted | S::Withdrawn)
                | (S::Accepted, S::Submitted | S::Returned | S::Passed | S::NotPassed | S::Lowered | S::Deferred)
                | (S::Passed, S::Decided | S::NotGranted)
                | (S::Decided, S::Revoked | S::Annulled)
                | (S::Revoked, S::Annulled)
                | (S::Lowered | S::Deferred, S::Submitted)
        );
        if !follows {
            return Err(AwardsError::NominationState { nomination: self.id, is: self.state, wanted: to });
        }
        self.state = to;
        Ok(())
    }

    /// Takes what the council made of it.
    ///
    /// # Errors
    /// [`AwardsError::NominationState`] when it does not lie before the council.
    pub fn settle(&mut self, outcome: Outcome) -> Result<(), AwardsError> {
        self.go(match outcome {
            Outcome::Yes => NominationState::Passed,
            Outcome::No => NominationState::NotPassed,
            Outcome::Lower => NominationState::Lowered,
            Outcome::Defer => NominationState::Deferred,
        })?;
        self.outcome = Some(outcome);
        Ok(())
    }
}

/// A file of a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DossierFile {
    /// Its id.
    pub id: FileId,
    /// The item of the checklist it stands for.
    pub item: String,
    /// Its name as it was uploaded.
    pub name: String,
    /// SHA-256 of its content, by which it is kept.
    pub digest: String,
    /// Its size in bytes.
    pub size: i64,
    /// What it is, by its first bytes.
    pub media_type: String,
}

/// What was frozen of a nomination at one time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// When.
    pub at: kernel::Timestamp,
    /// What was known.
    pub snapshot: Snapshot,
    /// What the rule book said; none where it was not kept.
    pub verdict: Option<Verdict>,
    /// The whole answer; none where it was not kept.
    pub answer: Option<rules::AwardResult>,
}

/// Something that happened to a nomination, with how it stood afterwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happened {
    /// Which one.
    pub nomination: NominationId,
    /// When.
    pub at: kernel::Timestamp,
    /// What: the ledger's verb.
    pub verb: String,
    /// Why, or with which outcome.
    pub reason: Option<String>,
    /// Where it stood afterwards; none where it was not kept.
    pub state: Option<NominationState>,
    /// What the rule book had said by then.
    pub verdict: Option<Verdict>,
}

/// Something that happened to a nomination.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// When.
    pub at: kernel::Timestamp,
    /// Who; none for the program.
    pub account: Option<AccountId>,
    /// What: the ledger's verb.
    pub verb: String,
    /// Why, where a reason is asked for.
    pub reason: Option<String>,
}

/// A signed statement about what the record does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attested {
    /// Its id.
    pub id: AttestationId,
    /// The words of the condition that is attested.
    pub statement: String,
    /// The document it rests on.
    pub document: String,
    /// Who signed.
    pub account: Option<AccountId>,
    /// When.
    pub on: Date,
}

/// A decision against a verdict or over a cap, with its reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overrule {
    /// `verdict` or `cap`.
    pub kind: String,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub account: Option<AccountId>,
    /// When.
    pub on: Date,
}

/// An objection raised in the consultation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// Its id.
    pub id: ObjectionId,
    /// Against which nomination.
    pub nomination: NominationId,
    /// Who raised it.
    pub account: Option<AccountId>,
    /// What it says.
    pub statement: String,
    /// When.
    pub raised_on: Date,
    /// How it was settled: the day, the words, whether it was right.
    pub settled: Option<Settlement>,
}

/// How an objection was settled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settlement {
    /// When.
    pub on: Date,
    /// What was found.
    pub words: String,
    /// Whether the objection was right.
    pub upheld: bool,
}
