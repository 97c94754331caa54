//! Every way this room says no.

use kernel::Timestamp;
use kernel::numbers::short_date;

use super::model::State;
use super::period::BadPeriod;
use crate::{Denied, StoreError};

/// Why something about an indicator or a value was refused.
#[derive(Debug, thiserror::Error)]
pub enum TargetsError {
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The store said no.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No such thing, or not for this visitor.
    #[error("không tìm thấy {0}")]
    Unknown(&'static str),
    /// Something must be written.
    #[error("{0}")]
    Missing(&'static str),
    /// An indicator measures a target of the plan.
    #[error("chọn chỉ tiêu của Kế hoạch mà chỉ số này đo")]
    NoClause,
    /// A code that an address cannot carry.
    #[error("mã gồm chữ cái không dấu, chữ số, dấu chấm và gạch nối, không quá 20 ký tự, ví dụ CT3.1")]
    BadCode,
    /// A code that is taken.
    #[error("mã “{code}” đã có")]
    CodeTaken {
        /// The code.
        code: String,
    },
    /// A definition that contradicts itself.
    #[error("{0}")]
    BadCounting(&'static str),
    /// A definition begins with a year.
    #[error("cách tính mới bắt đầu từ ngày 01/01 của một năm sau {after}, để số liệu một năm theo một cách tính")]
    NotANewYear {
        /// The year the last one began.
        after: i16,
    },
    /// Values were entered by the old definition.
    #[error("đã có số liệu nhập từ năm {year} theo cách tính cũ; chọn năm sau đó")]
    AlreadyEntered {
        /// The first year with values.
        year: i16,
    },
    /// A year outside the movement.
    #[error("năm phải trong khoảng {from}–{to}")]
    YearOutside {
        /// The first.
        from: i16,
        /// The last.
        to: i16,
    },
    /// Not a period.
    #[error(transparent)]
    BadPeriod(#[from] BadPeriod),
    /// A period of another length, before the movement, or without a definition.
    #[error("chỉ tiêu này không báo cáo theo kỳ {period}")]
    WrongPeriod {
        /// As asked for.
        period: String,
    },
    /// A period to come.
    #[error("kỳ {period} chưa đến")]
    NotYet {
        /// Which one.
        period: String,
    },
    /// A period that is not over.
    #[error("kỳ {period} chưa kết thúc, chưa duyệt toàn Văn phòng được")]
    NotOver {
        /// Which one.
        period: String,
    },
    /// Read from the record, not entered.
    #[error("chỉ tiêu này đọc trực tiếp từ dữ liệu của hệ thống, không nhập tay")]
    Computed,
    /// A number outside what can be.
    #[error("số liệu phải {what}")]
    OutOfRange {
        /// Between what.
        what: String,
    },
    /// A number so far from the last that it must be explained.
    #[error(
        "số liệu lệch nhiều so với lần báo cáo trước ({last}); kiểm tra lại, nếu đúng thì ghi lý do ở mục Giải trình"
    )]
    Outlier {
        /// The last one.
        last: String,
    },
    /// Somebody else changed it since it was read.
    #[error("có người khác vừa lưu số liệu của ô này; xem cả hai số rồi chọn")]
    Changed,
    /// Handed in: the approver has it.
    #[error("số liệu đang chờ duyệt; người duyệt trả lại thì mới sửa được")]
    HandedIn,
    /// Approved and locked.
    #[error("số liệu đã được {name} duyệt ngày {} và đã khóa; chỉ cấp trên mở lại được", day(*.at))]
    Locked {
        /// Who approved it.
        name: String,
        /// When.
        at: Timestamp,
    },
    /// Not in this state.
    #[error("số liệu {}, không làm được việc này", .is.name_vi())]
    State {
        /// Where it stands.
        is: State,
    },
    /// Whoever entered a value does not approve it.
    #[error("người nhập số liệu không tự duyệt")]
    OwnValue,
    /// A qualitative one is shown by evidence.
    #[error("đính kèm ít nhất một tệp minh chứng trước khi gửi duyệt")]
    NoEvidence,
    /// The upper level approves after all lower ones.
    #[error("chưa duyệt được: {missing} đơn vị chưa có số liệu được duyệt ({names})")]
    LowerNotDone {
        /// How many.
        missing: usize,
        /// Which.
        names: String,
    },
    /// The lower level does not open what the upper approved.
    #[error("kỳ này đã được {name} duyệt toàn Văn phòng; phải mở lại ở cấp đó trước")]
    UpperApproved {
        /// Who approved it.
        name: String,
    },
    /// Only the upper level opens again.
    #[error("chỉ cấp trên mở lại được số liệu đã duyệt")]
    OnlyUpper,
    /// The period is not approved.
    #[error("kỳ này chưa được duyệt toàn Văn phòng")]
    NotApproved,
    /// A reason says something.
    #[error("ghi rõ lý do, ít nhất {least} ký tự")]
    ShortReason {
        /// The least letters.
        least: usize,
    },
    /// A setting that cannot be.
    #[error("{0}")]
    BadSetting(&'static str),
    /// The file is not what its name says, too large or empty.
    #[error("tệp “{name}” không nhận được: {why}")]
    BadFile {
        /// Its name.
        name: String,
        /// What is wrong, and what to do.
        why: String,
    },
    /// Another room said no.
    #[error("{0}")]
    Elsewhere(String),
}

fn day(at: Timestamp) -> String {
    short_date(kernel::clock::day_of(at))
}
