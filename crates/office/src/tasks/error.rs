//! Every way this room says no.

use kernel::Date;
use kernel::numbers::short_date;

use super::model::StateKind;
use crate::{Denied, StoreError};

/// Why something about a task was refused.
#[derive(Debug, thiserror::Error)]
pub enum TasksError {
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The store said no.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file is no sheet with the columns that are needed.
    #[error(transparent)]
    Sheet(#[from] papers::sheet::SheetError),
    /// No such thing, or not for this visitor.
    #[error("không tìm thấy {0}")]
    Unknown(&'static str),
    /// A task hangs on a clause of the plan.
    #[error("chọn khoản của Kế hoạch mà nhiệm vụ này gắn với")]
    NoClause,
    /// A task says what is to be done.
    #[error("ghi tên nhiệm vụ")]
    NoTitle,
    /// A weight that makes no sense.
    #[error("trọng số phải từ 1 đến {most}")]
    OddWeight {
        /// The greatest weight.
        most: i64,
    },
    /// The unit that is to lead is not there on this day.
    #[error("đơn vị chủ trì không còn hoạt động")]
    UnitEnded,
    /// A new task is not due before it is assigned.
    #[error("hạn phải từ ngày giao {} trở đi", short_date(*.from))]
    DueBefore {
        /// The day on which it is assigned.
        from: Date,
    },
    /// A due day is moved to another day.
    #[error("hạn mới trùng hạn đang có")]
    SameDay,
    /// A reason says something.
    #[error("ghi rõ lý do, ít nhất {least} ký tự")]
    ShortReason {
        /// The least letters.
        least: usize,
    },
    /// Nobody reports without evidence.
    #[error(
        "đính kèm ít nhất một tệp minh chứng, hoặc ghi rõ minh chứng ở đâu (số văn bản, nơi lưu), ít nhất {least} ký tự"
    )]
    NoEvidence {
        /// The least letters that stand for a file.
        least: usize,
    },
    /// Not in this state.
    #[error("nhiệm vụ {}, không làm được việc này", .is.name_vi())]
    State {
        /// Where it stands.
        is: StateKind,
    },
    /// Whoever did it does not accept it.
    #[error("người thực hiện hoặc báo cáo hoàn thành không được tự nghiệm thu; người khác có quyền phải nghiệm thu")]
    OwnWork,
    /// Parts of it are not settled.
    #[error("còn {many} nhiệm vụ con chưa nghiệm thu hoặc hủy")]
    OpenChildren {
        /// How many.
        many: usize,
    },
    /// Parts of parts end somewhere.
    #[error("nhiệm vụ con chỉ được chia đến {most} cấp")]
    TooDeep {
        /// How many levels.
        most: usize,
    },
    /// The file is not what its name says, too large or empty.
    #[error("tệp “{name}” không nhận được: {why}")]
    BadFile {
        /// Its name.
        name: String,
        /// What is wrong, and what to do.
        why: String,
    },
    /// A series ends after it begins, and not beyond the plan.
    #[error("ngày cuối của chuỗi lặp phải từ {} đến {}", short_date(*.from), short_date(*.until))]
    OddEnd {
        /// The first due day.
        from: Date,
        /// The last day of the plan.
        until: Date,
    },
    /// A feed is for somebody with a person behind the account.
    #[error("tài khoản này chưa gắn với một người nên không có nhiệm vụ của mình")]
    NoPerson,
}
