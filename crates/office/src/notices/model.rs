//! Notices, whom they are for, and the letters that carry them.

use kernel::id::{AccountId, PersonId, UnitId};
use kernel::{Permission, Timestamp};

use crate::words::{ids, words};

ids! {
    /// A notice.
    NoticeId,
    /// A letter.
    MailId,
}

words! {
    /// What a notice is about; each can be kept from coming by mail.
    NoticeKind {
        /// A petition was given to the unit.
        PetitionAssigned = "petition_assigned", "Kiến nghị được giao";
        /// A petition is due soon, or overdue.
        PetitionDue = "petition_due", "Kiến nghị sắp đến hạn, quá hạn";
        /// A task was assigned.
        TaskAssigned = "task_assigned", "Nhiệm vụ được giao";
        /// A task that was reported as done came back.
        TaskReturned = "task_returned", "Nhiệm vụ bị trả lại";
        /// A task is due soon.
        TaskDue = "task_due", "Nhiệm vụ sắp đến hạn";
        /// A programme was returned or approved.
        Programme = "programme", "Chương trình được duyệt, bị trả lại";
        /// A nomination came back.
        NominationReturned = "nomination_returned", "Hồ sơ đề nghị bị trả lại";
        /// A meeting of the council was called.
        Meeting = "meeting", "Phiên họp Hội đồng";
        /// A story of the public column came back.
        StoryReturned = "story_returned", "Bài viết bị trả lại";
    }
}

/// Whom a notice is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    /// An account.
    Account(AccountId),
    /// Whoever signs in as this person.
    Person(PersonId),
    /// Whoever holds a permission for this unit; where nobody does, whoever holds it for the whole Office.
    Holding(Permission, UnitId),
    /// Whoever holds a permission for the whole Office.
    Office(Permission),
}

/// A notice that is about to be raised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewNotice {
    /// What it is about.
    pub kind: NoticeKind,
    /// By which it is known again: raised twice, it comes once.
    pub key: String,
    /// What it says inside the house; never sent by mail.
    pub subject: String,
    /// Where in the house it leads.
    pub url: String,
}

/// A notice to an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its id.
    pub id: NoticeId,
    /// Whose it is.
    pub account: AccountId,
    /// What it is about.
    pub kind: NoticeKind,
    /// What it says.
    pub subject: String,
    /// Where it leads.
    pub url: String,
    /// When it was raised.
    pub raised_at: Timestamp,
    /// When it was read; none while it was not.
    pub read_at: Option<Timestamp>,
}

/// An account's own address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// The address.
    pub address: String,
    /// When its owner confirmed it; none while that waits.
    pub confirmed_at: Option<Timestamp>,
}

words! {
    /// Where a letter stands.
    MailState {
        /// To be sent.
        Queued = "queued", "chờ gửi";
        /// Taken by the mail server.
        Sent = "sent", "đã gửi";
        /// Refused for good, or tried for too long.
        Failed = "failed", "không gửi được";
        /// No longer wanted before it was sent.
        Dropped = "dropped", "đã bỏ";
    }
}

/// What a letter carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Carries {
    /// The word that something of this kind waits.
    Notice(NoticeKind),
    /// The question whether the address is its owner's.
    Question,
}

/// A letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Its id, which is its Message-ID too.
    pub id: MailId,
    /// To whom.
    pub account: AccountId,
    /// What it carries.
    pub carries: Carries,
    /// Where it goes.
    pub address: String,
    /// How often it was tried.
    pub attempts: i64,
    /// When it was queued.
    pub queued_at: Timestamp,
}
