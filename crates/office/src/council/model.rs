//! Councils, members, meetings, motions and what a ballot may say.

use std::collections::BTreeMap;

use kernel::id::PersonId;
use kernel::{Date, Period};
use rules::{Ballot, Denominator};
use serde::{Deserialize, Serialize};

use super::CouncilError;
use crate::awards::model::{CampaignId, NominationId, Outcome};
use crate::words::{ids, words};

ids! {
    /// A council.
    CouncilId,
    /// A seat in a council.
    MemberId,
    /// A meeting.
    MeetingId,
    /// A motion: one nomination before the council.
    MotionId,
}

words! {
    /// What a member is in the council.
    Seat {
        /// Chủ tịch.
        Chair = "chair", "Chủ tịch";
        /// Phó Chủ tịch.
        Vice = "vice", "Phó Chủ tịch";
        /// Thư ký, who is a member too.
        Secretary = "secretary", "Ủy viên thư ký";
        /// Ủy viên.
        Member = "member", "Ủy viên";
    }
}

words! {
    /// Where a meeting stands.
    MeetingState {
        /// Being prepared.
        Planned = "planned", "đang chuẩn bị";
        /// The ballot is open.
        Open = "open", "đang bỏ phiếu";
        /// The box was opened and the totals are frozen.
        Closed = "closed", "đã kiểm phiếu";
    }
}

words! {
    /// What a ballot may say of a motion.
    Choice {
        /// Đồng ý.
        Yes = "yes", "Đồng ý";
        /// Không đồng ý.
        No = "no", "Không đồng ý";
        /// Hình thức thấp hơn.
        Lower = "lower", "Đề nghị hình thức thấp hơn";
        /// Để lại xét sau.
        Defer = "defer", "Để lại xét sau";
        /// No opinion: a blank, which counts as cast.
        Blank = "blank", "Không có ý kiến";
    }
}

words! {
    /// Why a member has no say on a motion.
    ConflictKind {
        /// The nominee is the member.
        Itself = "self", "là người được đề nghị";
        /// The nominee is of the member's unit, or is that unit.
        SameUnit = "same_unit", "cùng đơn vị";
        /// A stated relation to the nominee.
        Relation = "relation", "có quan hệ đã kê khai";
        /// The member declared it.
        Declared = "declared", "tự kê khai";
    }
}

/// A council, set up by a decision for a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Council {
    /// Its id.
    pub id: CouncilId,
    /// Its name.
    pub name: String,
    /// The decision that set it up.
    pub document: String,
    /// Its term.
    pub term: Period,
}

/// A member of a council.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The seat.
    pub id: MemberId,
    /// The council.
    pub council: CouncilId,
    /// Who sits there.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// What the member is.
    pub seat: Seat,
}

/// A relation between two people that was stated, so that neither has a say on the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Relation {
    /// The two.
    pub people: [PersonId; 2],
    /// Their names.
    pub names: [String; 2],
    /// What it is, in words.
    pub kind: String,
}

/// A meeting of a council about a campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// Its id.
    pub id: MeetingId,
    /// The council that meets.
    pub council: CouncilId,
    /// The campaign it considers.
    pub campaign: CampaignId,
    /// The day; the law of this day decides how it votes.
    pub held_on: Date,
    /// Where.
    pub place: String,
    /// Where it stands.
    pub state: MeetingState,
    /// Digest of the frozen totals, as the ledger has it.
    pub tally_digest: Option<String>,
    /// Counts changes.
    pub version: i64,
}

impl Meeting {
    /// Requires a state.
    ///
    /// # Errors
    /// [`CouncilError::State`] when it stands elsewhere.
    pub fn must_be(&self, wanted: MeetingState) -> Result<(), CouncilError> {
        if self.state == wanted { Ok(()) } else { Err(CouncilError::State { is: self.state, wanted }) }
    }
}

/// Votes by choice.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Secret ballots.
    pub cast: BTreeMap<Choice, u32>,
    /// Written opinions of absent members, counted apart.
    pub written: BTreeMap<Choice, u32>,
    /// Members who took part by being there; whoever wrote is not among them.
    pub present: u32,
    /// Random words under the digest: without them few totals are possible and a digest would tell which.
    pub seal: String,
}

impl Tally {
    /// Votes for a choice, ballots and written opinions together.
    #[must_use]
    pub fn of(&self, choice: Choice) -> u32 {
        self.cast.get(&choice).copied().unwrap_or(0) + self.written.get(&choice).copied().unwrap_or(0)
    }

    /// All votes.
    #[must_use]
    pub fn all(&self) -> u32 {
        Choice::ALL.iter().map(|choice| self.of(*choice)).sum()
    }

    /// Votes that say something: all but the blank ones.
    #[must_use]
    pub fn valid(&self) -> u32 {
        self.all() - self.of(Choice::Blank)
    }

    /// The secret ballots alone.
    #[must_use]
    pub fn ballots(&self) -> u32 {
        self.cast.values().sum()
    }

    /// How many secret ballots say something else than most of them do.
    #[must_use]
    pub fn dissenting(&self) -> u32 {
        self.ballots() - self.cast.values().max().copied().unwrap_or(0)
    }
}

/// One nomination before the council.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Motion {
    /// Its id.
    pub id: MotionId,
    /// The meeting.
    pub meeting: MeetingId,
    /// The nomination.
    pub nomination: NominationId,
    /// Its place in the list.
    pub position: i64,
    /// Whether the law asks for a ballot share.
    pub ballot: bool,
    /// The share that carries, in basis points; a majority when none.
    pub share_bp: Option<u32>,
    /// What the share or the majority is of.
    pub of: Denominator,
    /// The clause that says so.
    pub citation: String,
    /// All members, whom a conflict does not make fewer.
    pub members: u32,
    /// How many members have no say.
    pub recused: u32,
    /// The totals; none before the box is opened.
    pub tally: Option<Tally>,
    /// What came of it.
    pub outcome: Option<Outcome>,
}

impl Motion {
    /// Has it voted on as a rule says, by a majority of all members where none ever spoke; tells whether that is
    /// another way than before.
    pub fn rest_on(&mut self, rule: Option<Ballot>) -> bool {
        let asked = rule.as_ref().filter(|rule| rule.needed);
        let (ballot, share_bp) = (asked.is_some(), asked.and_then(|rule| rule.share_bp));
        let of = rule.as_ref().and_then(|rule| rule.of).unwrap_or(Denominator::AllMembers);
        let citation = rule.map_or_else(|| "chưa có quy định riêng: đa số thành viên".to_owned(), |rule| rule.citation);
        let before = (self.ballot, self.share_bp, self.of, std::mem::replace(&mut self.citation, citation));
        (self.ballot, self.share_bp, self.of) = (ballot, share_bp, of);
        before != (ballot, share_bp, of, self.citation.clone())
    }
}

/// Why a member has no say on a motion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The motion.
    pub motion: MotionId,
    /// The member.
    pub member: MemberId,
    /// Computed or declared.
    pub kind: ConflictKind,
    /// In words.
    pub statement: String,
}
