//! Every way this room says no.

use kernel::Date;
use kernel::numbers::short_date;

use super::model::StateKind;
use crate::{Denied, StoreError};

/// Why something about an inspection was refused.
#[derive(Debug, thiserror::Error)]
pub enum InspectionsError {
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The store said no.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No such thing, or not for this visitor.
    #[error("không tìm thấy {0}")]
    Unknown(&'static str),
    /// A visit hangs on a clause of the plan.
    #[error("chọn khoản của Kế hoạch mà cuộc kiểm tra gắn với")]
    NoClause,
    /// Something must be written.
    #[error("{0}")]
    Missing(&'static str),
    /// Somebody inspects.
    #[error("chọn ít nhất một người kiểm tra")]
    NoInspector,
    /// A day that cannot be.
    #[error("ngày phải từ {} trở đi", short_date(*.from))]
    TooEarly {
        /// The first day that can be.
        from: Date,
    },
    /// Nothing is held in the future.
    #[error("ngày kiểm tra không sau hôm nay {}", short_date(*.today))]
    TooLate {
        /// Today.
        today: Date,
    },
    /// Not in this state.
    #[error("cuộc kiểm tra {}, không làm được việc này", .is.name_vi())]
    State {
        /// Where it stands.
        is: StateKind,
    },
    /// It was closed.
    #[error("kết luận này đã khắc phục xong")]
    Closed,
    /// Nothing is closed without evidence.
    #[error("đính kèm ít nhất một tệp minh chứng trước khi xác nhận đã khắc phục")]
    NoEvidence,
    /// A reason or conclusion says something.
    #[error("ghi rõ nội dung, ít nhất {least} ký tự")]
    ShortWords {
        /// The least letters.
        least: usize,
    },
    /// Whoever answers for a finding does not close it.
    #[error("người chịu trách nhiệm khắc phục không tự xác nhận đã khắc phục")]
    OwnFinding,
    /// The person who answers works in the unit that answers.
    #[error("người chịu trách nhiệm phải đang làm việc ở đơn vị chịu trách nhiệm")]
    NotOfUnit,
    /// The file is not what its name says, too large or empty.
    #[error("tệp “{name}” không nhận được: {why}")]
    BadFile {
        /// Its name.
        name: String,
        /// What is wrong, and what to do.
        why: String,
    },
}
