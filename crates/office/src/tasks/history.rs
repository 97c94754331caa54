//! What happened to a task: who did what on which day, and the evidence.

use kernel::id::{AccountId, PersonId};
use kernel::{Date, Timestamp};
use serde::Serialize;

use super::model::{TaskFileId, TaskId};
use crate::words::words;

words! {
    /// What happened to a task.
    EventKind {
        /// Assigned.
        Assigned = "assigned", "giao nhiệm vụ";
        /// Words, weight, units or people changed.
        Changed = "changed", "sửa nội dung";
        /// The due day was moved.
        DueMoved = "due_moved", "đổi hạn";
        /// Evidence was attached.
        Attached = "attached", "đính kèm minh chứng";
        /// Reported as done.
        Reported = "reported", "báo cáo hoàn thành";
        /// Given back.
        Returned = "returned", "trả lại";
        /// Accepted.
        Accepted = "accepted", "nghiệm thu";
        /// Called off.
        Cancelled = "cancelled", "hủy";
    }
}

/// Who did something.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Who {
    /// The account; none for the program itself.
    pub account: Option<AccountId>,
    /// The person behind the account.
    pub person: Option<PersonId>,
    /// The name as it was.
    pub name: String,
}

impl Who {
    /// Whether both are one and the same, by account or by person.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        (self.account.is_some() && self.account == other.account)
            || (self.person.is_some() && self.person == other.person)
    }
}

/// Something done by somebody on a day, with words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Act {
    /// Who.
    pub by: Who,
    /// The day.
    pub on: Date,
    /// What was said; a reason where one is asked.
    pub words: String,
}

/// Something that happened to a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Event {
    /// The task.
    pub task: TaskId,
    /// What.
    pub kind: EventKind,
    /// The instant.
    pub at: Timestamp,
    /// Who, on which day, with which words.
    pub act: Act,
    /// The due day before and after, when it was moved.
    pub moved: Option<(Date, Date)>,
}

/// A file of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TaskFile {
    /// Its id.
    pub id: TaskFileId,
    /// Its name.
    pub name: String,
    /// SHA-256 of its bytes.
    pub digest: String,
    /// Its size in bytes.
    pub size: i64,
    /// What it is.
    pub media_type: String,
    /// When it was attached.
    pub at: Timestamp,
    /// Who attached it.
    pub by: String,
}
