//! Every way this room says no.

use super::model::StateKind;
use crate::awards::AwardsError;
use crate::records::RecordsError;
use crate::{Denied, StoreError};

/// Why a submission was refused.
#[derive(Debug, thiserror::Error)]
pub enum SubmissionsError {
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The store said no.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The awards said no.
    #[error(transparent)]
    Awards(#[from] AwardsError),
    /// The records said no.
    #[error("{name}: {source}")]
    Records {
        /// Whose record.
        name: String,
        /// What they said.
        source: RecordsError,
    },
    /// No such submission or file.
    #[error("không tìm thấy {0}")]
    Unknown(&'static str),
    /// Nobody was chosen.
    #[error("chọn ít nhất một hồ sơ Hội đồng đã thông qua")]
    Nobody,
    /// The nomination does not wait to be sent.
    #[error("hồ sơ của {name} không chờ trình cấp trên: {why}")]
    NotToSend {
        /// Whose.
        name: String,
        /// What stands in the way.
        why: &'static str,
    },
    /// The nominations take different ways.
    #[error("các hồ sơ đi qua những cấp khác nhau ({one}; {other}); lập mỗi nơi một tờ trình")]
    DifferentRoutes {
        /// One way.
        one: String,
        /// Another.
        other: String,
    },
    /// The number was used in the same year.
    #[error("tờ trình số {number} năm {year} đã có")]
    NumberTaken {
        /// The number.
        number: String,
        /// The year.
        year: i16,
    },
    /// The step does not follow on how it stands.
    #[error("tờ trình số {number} {is}, không {wanted} được", is = .is.name_vi())]
    State {
        /// Its number.
        number: String,
        /// How it stands.
        is: StateKind,
        /// What was tried.
        wanted: &'static str,
    },
    /// There is no level above.
    #[error("{level} là cấp quyết định; ghi kết quả thay vì chuyển tiếp")]
    LastLevel {
        /// Where it lies.
        level: String,
    },
    /// It has not come to who decides.
    #[error("hồ sơ còn ở {at}; ghi chuyển lên {next} trước khi ghi kết quả")]
    NotThere {
        /// Where it lies.
        at: String,
        /// Where it goes next.
        next: String,
    },
    /// A day before the council voted on somebody in it.
    #[error("ngày {day} trước phiên họp Hội đồng đã thông qua danh sách, ngày {met}")]
    BeforeTheVote {
        /// The day that was given.
        day: String,
        /// The day of the meeting.
        met: String,
    },
    /// The day cannot be.
    #[error("ngày {day} không hợp: bước trước ghi ngày {since}, hôm nay là {today}")]
    OddDay {
        /// The day that was given.
        day: String,
        /// The day of the step before.
        since: String,
        /// Today.
        today: String,
    },
    /// A reason is missing or says nothing.
    #[error("ghi rõ lý do, ít nhất {least} ký tự")]
    ShortReason {
        /// The least length.
        least: usize,
    },
    /// The file is not what its name says, too large or empty.
    #[error("tệp “{name}” không nhận được: {why}")]
    BadFile {
        /// Its name.
        name: String,
        /// What is wrong, and what to do.
        why: String,
    },
}
