//! Announced days.

use crate::words::ids;
use kernel::calendar::{DayKind, ListedDay};
use kernel::{Date, Timestamp};

ids! {
    /// A day that somebody entered from a notice.
    AnnouncementId,
}

/// What a notice may make of a day.
pub const KINDS: [DayKind; 7] = [
    DayKind::StatutoryAnnounced,
    DayKind::Compensatory,
    DayKind::SwapOff,
    DayKind::SwapWork,
    DayKind::Working,
    DayKind::MorningOnly,
    DayKind::AfternoonOnly,
];

/// A day about to be entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAnnouncement {
    /// The day.
    pub day: Date,
    /// What becomes of it; one of [`KINDS`].
    pub kind: DayKind,
    /// What it is called.
    pub name: String,
    /// The number of the document: `9441/TB-BNV`.
    pub document: String,
    /// What the document is about.
    pub title: String,
    /// Only expected so far: the document that fixes it is still to come.
    pub awaited: bool,
}

/// A day that was entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announcement {
    /// Its id.
    pub id: AnnouncementId,
    /// What was entered.
    pub content: NewAnnouncement,
    /// When it was entered.
    pub entered_at: Timestamp,
    /// When and why it was withdrawn; none while it counts.
    pub withdrawn: Option<(Timestamp, String)>,
}

impl NewAnnouncement {
    /// The day as the calendar lists it.
    #[must_use]
    pub fn listed(&self) -> ListedDay {
        ListedDay {
            day: self.day,
            name: self.name.clone(),
            kind: self.kind,
            source: format!("{} {}", self.document, self.title),
            number: Some(self.document.clone()),
            awaited: self.awaited,
        }
    }
}
