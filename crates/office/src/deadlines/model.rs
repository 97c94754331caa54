//! Terms that move, and days that are coming.

use kernel::{Date, Timestamp};
use uuid::Uuid;

use crate::awards::CampaignId;
use crate::calendar::AnnouncementId;
use crate::words::words;

words! {
    /// Whose term it is.
    TermKind {
        /// How long opinions on a campaign's list are taken.
        Consultation = "consultation", "Lấy ý kiến";
        /// How long a petition may take: first answer, transfer, answer, publication.
        Petition = "petition", "Phản ánh, kiến nghị";
    }
}

/// A term that a change of the calendar moves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// Whose term.
    pub kind: TermKind,
    /// Which one.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// The last day before.
    pub old: Date,
    /// The last day after.
    pub new: Date,
}

/// What a change of the calendar does, before it is kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preview {
    /// The open terms that move.
    pub moves: Vec<Move>,
    /// The open terms that run over the day and end as before.
    pub unmoved: Vec<String>,
    /// The terms that ran over the day and are over: they stay as they are.
    pub over: Vec<String>,
    /// How many dossiers at work move.
    pub dossiers: usize,
    /// The first of them: code, old and new day.
    pub first_dossiers: Vec<(String, Date, Date)>,
}

/// A term that was moved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The entry that moved it.
    pub announcement: AnnouncementId,
    /// Whether it was moved because the entry was withdrawn.
    pub withdrawal: bool,
    /// Which term.
    pub subject: Uuid,
    /// The day that was announced.
    pub day: Date,
    /// What the day is called.
    pub name: String,
    /// The document.
    pub document: String,
    /// The last day before.
    pub old: Date,
    /// The last day after.
    pub new: Date,
    /// When.
    pub at: Timestamp,
}

words! {
    /// What comes on a day.
    ComingKind {
        /// The last day for nominations.
        Nominations = "nominations", "hạn nộp hồ sơ";
        /// The last day for opinions.
        Consultation = "consultation", "hết hạn lấy ý kiến";
        /// The day before which dossiers are sent on.
        Submission = "submission", "hạn trình hồ sơ";
        /// The first day on which an instrument is no longer in force.
        InstrumentEnds = "instrument_ends", "văn bản hết hiệu lực";
    }
}

/// Something that is coming.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coming {
    /// The day.
    pub on: Date,
    /// What it is.
    pub kind: ComingKind,
    /// What it is about.
    pub what: String,
    /// Its ground, or what is uncertain about it.
    pub more: String,
    /// The campaign to go to.
    pub campaign: Option<CampaignId>,
    /// Whether the day falls on a day off: then no counter is open.
    pub off: Option<String>,
}
