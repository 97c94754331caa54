//! A dossier as it is kept, and an import of many.

use kernel::{Date, Timestamp};
use serde::Serialize;
use uuid::Uuid;

use crate::words::words;

words! {
    /// Where a dossier stands, in the ten national statuses.
    Status {
        /// Sent, not yet accepted.
        New = "new", "Mới đăng ký";
        /// Accepted.
        Accepted = "accepted", "Được tiếp nhận";
        /// Not accepted.
        Refused = "refused", "Không được tiếp nhận";
        /// Being worked on.
        Open = "open", "Đang xử lý";
        /// The applicant was asked for more papers.
        Waiting = "waiting", "Yêu cầu bổ sung giấy tờ";
        /// The applicant was asked to pay.
        Payment = "payment", "Yêu cầu thực hiện nghĩa vụ tài chính";
        /// The applicant took it back.
        Withdrawn = "withdrawn", "Công dân yêu cầu rút hồ sơ";
        /// Stopped.
        Stopped = "stopped", "Dừng xử lý";
        /// The result is there.
        Done = "done", "Đã xử lý xong";
        /// The result was handed over.
        Returned = "returned", "Đã trả kết quả";
    }
}

impl Status {
    /// Its number in the national list, which a file may give instead of words.
    #[must_use]
    pub fn number(self) -> usize {
        1 + Self::ALL.iter().position(|one| *one == self).expect("every status is in the list")
    }

    /// Whether work on it has ended.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self, Self::Withdrawn | Self::Stopped | Self::Done | Self::Returned)
    }
}

words! {
    /// How a dossier was handed in.
    Channel {
        /// At the counter.
        Counter = "counter", "Trực tiếp";
        /// Online.
        Online = "online", "Trực tuyến";
        /// By post.
        Post = "post", "Bưu chính công ích";
    }
}

words! {
    /// How a dossier stands against its due day.
    Class {
        /// Done on an earlier working day.
        Before = "before", "Trước hạn";
        /// Done on the due day.
        OnTime = "on_time", "Đúng hạn";
        /// Done later, or asked for more papers more than once.
        Overdue = "overdue", "Quá hạn";
        /// Not done yet; whether the due day is over depends on the day of asking.
        Open = "open", "Đang giải quyết";
        /// Waits for papers that were asked for once and in time.
        Waiting = "waiting", "Chờ bổ sung";
        /// Has no due day, and none can be worked out.
        Unknown = "unknown", "Không có hạn trả";
        /// Was not accepted: counts nowhere.
        Outside = "outside", "Không tiếp nhận";
    }
}

/// What a row of a file says of a dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Facts {
    /// The code, as the source writes it.
    pub code: String,
    /// The unit that works on it.
    pub unit: String,
    /// The procedure's code; its name where the source gives no code.
    pub procedure: String,
    /// The procedure's name.
    pub procedure_name: String,
    /// Where it stands.
    pub status: Status,
    /// How it was handed in.
    pub channel: Option<Channel>,
    /// The day it was accepted.
    pub received_on: Date,
    /// The day promised.
    pub due_on: Option<Date>,
    /// The day the work ended.
    pub finished_on: Option<Date>,
    /// The day more papers were asked for.
    pub asked_on: Option<Date>,
    /// The day they came.
    pub supplied_on: Option<Date>,
    /// How often they were asked for.
    pub supplements: i64,
    /// The working days the law allows.
    pub legal_days: Option<i64>,
    /// The working days the office promised.
    pub committed_days: Option<i64>,
    /// Whether the papers handed in were digitised.
    pub input_digitised: Option<bool>,
    /// Whether the result was digitised.
    pub result_digitised: Option<bool>,
    /// The rating, 1 to 5.
    pub rating: Option<i64>,
}

/// How a dossier is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Judged {
    /// Its class.
    pub class: Class,
    /// The day it is held to, the time of waiting added.
    pub held_to: Option<Date>,
    /// The working days it took without the time of waiting; none until it is done.
    pub days: Option<i64>,
}

/// A dossier as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dossier {
    /// What the file said.
    #[serde(flatten)]
    pub facts: Facts,
    /// Which source's file.
    pub source: String,
    /// How it is judged.
    #[serde(flatten)]
    pub judged: Judged,
    /// Whether the promised day counts the time of waiting already, as its source's mapping said.
    pub due_has_waiting: bool,
    /// What was answered on the public page, 1 to 5.
    pub answer: Option<i64>,
}

/// How the day that a dossier is held to moved when the calendar changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueMove {
    /// Whether because an announced day was withdrawn.
    pub withdrawal: bool,
    /// The day before.
    pub old: Date,
    /// The day after.
    pub new: Date,
    /// When.
    pub at: Timestamp,
    /// The document that announced the day.
    pub document: String,
    /// What the day is called.
    pub name: String,
    /// The day that was announced.
    pub day: Date,
}

words! {
    /// How far an import is.
    ImportState {
        /// At work, or cut off by a stop of the program.
        Running = "running", "Đang nhập";
        /// The whole file was read.
        Done = "done", "Đã nhập xong";
        /// The file was refused part-way; batches that were kept stay.
        Failed = "failed", "Dừng vì lỗi tệp";
    }
}

/// How many rows did what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Rows read, without the header.
    pub rows: i64,
    /// Rows that made a dossier.
    pub created: i64,
    /// Rows that changed one.
    pub updated: i64,
    /// Rows that said what was known.
    pub unchanged: i64,
    /// Rows that were refused.
    pub rejected: i64,
}

/// An import of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Import {
    /// Which.
    pub id: Uuid,
    /// Whose file.
    pub source: String,
    /// SHA-256 of the file.
    pub digest: String,
    /// Under which version of the source's mapping; 0 is the one that ships.
    pub mapping_version: i64,
    /// How far it is.
    pub state: ImportState,
    /// What happened to the rows so far.
    pub counts: Counts,
    /// Columns that were dropped because nobody knows them.
    pub unknown_columns: Vec<String>,
    /// Columns that were dropped because they tell of citizens.
    pub dropped_columns: Vec<String>,
    /// Why it ended early.
    pub why: String,
    /// When it began.
    pub began_at: Timestamp,
}
