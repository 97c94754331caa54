//! Every way this room says no.

use kernel::Date;
use kernel::numbers::short_date;

use crate::{Denied, StoreError};

/// Why a day was not entered or withdrawn.
#[derive(Debug, thiserror::Error)]
pub enum CalendarError {
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The store said no.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No such announcement.
    #[error("không tìm thấy thông báo")]
    Unknown,
    /// Another entry about the same day stands.
    #[error(
        "ngày {} đã nhập theo văn bản {document} ({name}); thu hồi mục đó trước nếu văn bản mới quy định khác",
        short_date(*day)
    )]
    DeclaredTwice {
        /// The day.
        day: Date,
        /// The document of the other entry.
        document: String,
        /// What it calls the day.
        name: String,
    },
    /// It is a day off already.
    #[error("ngày {} đã là ngày nghỉ: {name}{ground}", short_date(*day))]
    AlreadyOff {
        /// The day.
        day: Date,
        /// What it is called.
        name: String,
        /// Where that stands, in brackets; empty for a weekend.
        ground: String,
    },
    /// It is worked already.
    #[error("ngày {} đã là ngày làm việc: {name}{ground}", short_date(*day))]
    AlreadyWorked {
        /// The day.
        day: Date,
        /// What it is called.
        name: String,
        /// Where that stands, in brackets; empty for an ordinary day.
        ground: String,
    },
    /// Only a free day of the weekend is worked in exchange.
    #[error(
        "ngày {} không phải thứ Bảy, Chủ nhật nên không thể là ngày làm bù; nếu hôm đó vẫn làm việc, chọn “Làm việc bình thường”",
        short_date(*day)
    )]
    NotWeekend {
        /// The day.
        day: Date,
    },
    /// A free weekend is worked in exchange, not as usual.
    #[error("ngày {} là ngày nghỉ hằng tuần; chọn “Làm bù” nếu hôm đó đi làm", short_date(*day))]
    WeeklyRest {
        /// The day.
        day: Date,
    },
    /// Not a kind that a notice may give a day.
    #[error("loại ngày này không nhập được từ thông báo")]
    Kind,
    /// The day is over, and nobody said that this is known.
    #[error(
        "ngày {} đã qua: việc đã kết thúc giữ nguyên hạn, chỉ việc còn mở tính lại; đánh dấu xác nhận rồi lưu lại",
        short_date(*day)
    )]
    Past {
        /// The day.
        day: Date,
    },
    /// It was withdrawn before.
    #[error("thông báo này đã được thu hồi")]
    Withdrawn,
    /// A reason or a document is too short to tell anything.
    #[error("ghi rõ lý do, ít nhất {least} ký tự")]
    ShortReason {
        /// The least length.
        least: usize,
    },
}
