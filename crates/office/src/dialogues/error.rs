//! Every way this room says no.

use kernel::Date;
use kernel::numbers::short_date;

use super::model::StateKind;
use crate::petitions::PetitionsError;
use crate::tasks::TasksError;
use crate::{Denied, StoreError};

/// Why something about a dialogue was refused.
#[derive(Debug, thiserror::Error)]
pub enum DialoguesError {
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The store said no.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No such thing, or not for this visitor.
    #[error("không tìm thấy {0}")]
    Unknown(&'static str),
    /// Something must be written, or written otherwise.
    #[error("{what}")]
    Missing {
        /// The field.
        field: &'static str,
        /// What to do.
        what: String,
    },
    /// A day before the first that can be.
    #[error("ngày phải từ {} trở đi", short_date(*.from))]
    TooEarly {
        /// The first day that can be.
        from: Date,
    },
    /// Nothing is held in the future.
    #[error("ngày tổ chức không sau hôm nay {}", short_date(*.today))]
    TooLate {
        /// Today.
        today: Date,
    },
    /// Not in this state.
    #[error("cuộc đối thoại {}, không làm được việc này", .is.name_vi())]
    State {
        /// Where it stands.
        is: StateKind,
    },
    /// The same guest twice.
    #[error("đã mời người hoặc tổ chức này")]
    Invited,
    /// A dialogue is not closed without minutes.
    #[error("chưa có biên bản; ghi biên bản trước khi chốt")]
    NoMinutes,
    /// Nobody is recorded as there.
    #[error("chưa ghi ai có mặt; ghi có mặt trước khi chốt biên bản")]
    NobodyThere,
    /// Amendments wait for an answer.
    #[error("còn {many} đề nghị sửa biên bản chưa trả lời; tiếp thu hoặc nói vì sao không tiếp thu trước khi chốt")]
    OpenAmendments {
        /// How many.
        many: usize,
    },
    /// Only who attended amends the minutes.
    #[error("chỉ người có mặt tại cuộc đối thoại được đề nghị sửa biên bản")]
    NotThere,
    /// It was answered.
    #[error("đề nghị này đã được trả lời")]
    Settled,
    /// The question became a petition before.
    #[error("câu hỏi này đã chuyển thành kiến nghị")]
    Petitioned,
    /// The text tells who somebody is.
    #[error("bản công khai còn {what}; bỏ đi trước khi công khai")]
    Personal {
        /// What stands in it.
        what: String,
    },
    /// The task could not be assigned.
    #[error(transparent)]
    Task(TasksError),
    /// The petition could not be taken in.
    #[error(transparent)]
    Petition(PetitionsError),
    /// The paper could not be set.
    #[error(transparent)]
    Paper(#[from] papers::PaperError),
}

impl From<TasksError> for DialoguesError {
    fn from(error: TasksError) -> Self {
        match error {
            TasksError::Denied(denied) => Self::Denied(denied),
            TasksError::Store(store) => Self::Store(store),
            other => Self::Task(other),
        }
    }
}

impl From<PetitionsError> for DialoguesError {
    fn from(error: PetitionsError) -> Self {
        match error {
            PetitionsError::Denied(denied) => Self::Denied(denied),
            PetitionsError::Store(store) => Self::Store(store),
            other => Self::Petition(other),
        }
    }
}
