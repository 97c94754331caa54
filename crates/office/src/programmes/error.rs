//! Every way this room says no.

use super::model::State;
use crate::{Denied, StoreError};

/// Why a launch, a programme or a covenant was refused.
#[derive(Debug, thiserror::Error)]
pub enum ProgrammesError {
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The store said no.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No such launch, unit, programme or covenant, or not for this visitor.
    #[error("không tìm thấy {0}")]
    Unknown(&'static str),
    /// Nobody edits what the chief is looking at.
    #[error("chương trình đang chờ duyệt, chưa sửa được; chờ lãnh đạo duyệt hoặc trả lại")]
    UnderReview,
    /// What was approved changes by a new version only.
    #[error("chương trình đã duyệt, không sửa trực tiếp; hãy lập bản sửa đổi")]
    InForce,
    /// It does not wait for a decision.
    #[error("chương trình {}, không chờ duyệt", .is.name_vi())]
    NotWaiting {
        /// Where it stands.
        is: State,
    },
    /// Only what is in force can be amended, once at a time.
    #[error("chỉ lập bản sửa đổi khi bản mới nhất đã được duyệt")]
    NothingToAmend,
    /// Something must be written first.
    #[error("còn thiếu: {}", .missing.join("; "))]
    Incomplete {
        /// What is missing.
        missing: Vec<&'static str>,
    },
    /// A line hangs on nothing.
    #[error("dòng {line}: chọn khoản của Kế hoạch mà nhiệm vụ này gắn với")]
    NoClause {
        /// Which line, from 1.
        line: usize,
    },
    /// A line hangs on a clause but says nothing.
    #[error("dòng {line}: ghi nhiệm vụ hoặc bỏ trống cả dòng")]
    NoTask {
        /// Which line, from 1.
        line: usize,
    },
    /// Who wrote a programme does not approve it.
    #[error("người soạn hoặc gửi chương trình không được tự duyệt")]
    OwnProgramme,
    /// A reason is too short.
    #[error("ghi lý do rõ ràng, ít nhất {least} ký tự")]
    ShortReason {
        /// The least length.
        least: usize,
    },
    /// A least length that makes no sense.
    #[error("độ dài lý do phải từ {least} đến {most} ký tự")]
    OddLength {
        /// The least.
        least: i64,
        /// The most.
        most: i64,
    },
    /// A unit that is no more, or takes no part.
    #[error("{name} không còn tham gia phong trào")]
    TakesNoPart {
        /// Its name.
        name: String,
    },
    /// No unit takes part.
    #[error("chưa có phòng, đơn vị nào để gửi; thêm đơn vị trước")]
    NoUnits,
    /// Programmes cannot be due before they are asked for.
    #[error("hạn gửi chương trình phải từ hôm nay trở đi")]
    DueBefore,
    /// Nobody is reminded on a day off.
    #[error("hôm nay không phải ngày làm việc, không gửi nhắc việc")]
    DayOff,
    /// One reminder a day is enough.
    #[error("{name} đã được nhắc hôm nay")]
    RemindedToday {
        /// The unit.
        name: String,
    },
    /// The unit has handed its programme in.
    #[error("{name} đã gửi chương trình, không cần nhắc")]
    NothingToRemind {
        /// The unit.
        name: String,
    },
    /// A covenant is signed by two units at least.
    #[error("chọn ít nhất hai phòng, đơn vị cùng ký giao ước")]
    TooFewUnits,
    /// A covenant binds to something.
    #[error("giao ước cần nội dung và ít nhất một chỉ tiêu gắn với khoản của Kế hoạch")]
    EmptyCovenant,
    /// The unit has signed.
    #[error("đơn vị đã ký bản giao ước này")]
    AlreadySigned,
    /// An older version is not signed any more.
    #[error("bản giao ước này đã được thay bằng bản mới; mở bản mới để ký")]
    OldEdition,
    /// The document could not be made.
    #[error("không tạo được văn bản: {0}")]
    Paper(#[from] papers::PaperError),
}
