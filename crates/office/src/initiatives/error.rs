//! Every way this room says no.

use kernel::Date;
use kernel::numbers::{percent, short_date};

use super::model::{ReplicationState, StateKind};
use crate::records::RecordsError;
use crate::{Denied, StoreError};

/// Why something about an initiative was refused.
#[derive(Debug, thiserror::Error)]
pub enum InitiativesError {
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The store said no.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The record said no.
    #[error(transparent)]
    Records(#[from] RecordsError),
    /// No such thing, or not for this visitor.
    #[error("không tìm thấy {0}")]
    Unknown(&'static str),
    /// Something must be written otherwise.
    #[error("{what}")]
    Fault {
        /// The field of the form.
        field: &'static str,
        /// What to do.
        what: String,
    },
    /// The shares make no whole.
    #[error("tỷ lệ đóng góp của các tác giả cộng lại là {}, phải đúng 100%", percent(*.sum))]
    Shares {
        /// What they make, in basis points.
        sum: i64,
    },
    /// Not in this state.
    #[error("sáng kiến đang ở trạng thái “{}”, không làm được việc này", .is.name_vi())]
    State {
        /// Where it stands.
        is: StateKind,
    },
    /// Whoever wrote it does not review it.
    #[error("tác giả không xét sáng kiến của mình")]
    Own,
    /// A day that has not come.
    #[error("ngày {} chưa đến; kiểm tra lại ngày", short_date(*.day))]
    NotYet {
        /// The day given.
        day: Date,
    },
    /// The two decisions are two.
    #[error(
        "số {number} đã ghi cho một quyết định khác của sáng kiến này; công nhận sáng kiến và công nhận phạm vi ảnh hưởng là hai quyết định riêng"
    )]
    SameNumber {
        /// The number.
        number: String,
    },
    /// There is a decision of this kind and level.
    #[error("đã có quyết định này ở cấp này, số {number}")]
    Decided {
        /// Its number.
        number: String,
    },
    /// Reach cannot be decided before recognition.
    #[error("phạm vi ảnh hưởng được quyết định sau khi sáng kiến được công nhận; ngày không trước {}", short_date(*.from))]
    BeforeRecognition {
        /// The day of recognition.
        from: Date,
    },
    /// The adopter is another unit.
    #[error("đơn vị áp dụng phải khác đơn vị có sáng kiến")]
    SameUnit,
    /// The origin does not confirm what others took over.
    #[error("chỉ đơn vị áp dụng xác nhận; đơn vị có sáng kiến và tác giả không tự xác nhận")]
    NotAdopter,
    /// The replication is not in this state.
    #[error("việc áp dụng này {}, không làm được việc này", .is.name_vi())]
    Replication {
        /// Where it stands.
        is: ReplicationState,
    },
    /// Not every author agreed that it is made public.
    #[error("còn {missing} tác giả chưa đồng ý công khai; ghi nhận đồng ý của từng người trước")]
    Consent {
        /// How many.
        missing: usize,
    },
    /// The text names an author who did not consent to be named.
    #[error("nội dung công khai có tên “{name}”, người này chưa đồng ý nêu tên")]
    Names {
        /// The name.
        name: String,
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

impl InitiativesError {
    /// A fault at a field.
    pub(super) fn fault(field: &'static str, what: impl Into<String>) -> Self {
        Self::Fault { field, what: what.into() }
    }
}
