//! Every way this room says no.

use super::model::{State, Step};
use super::obstacles::ObstacleState;
use crate::attachments::AttachmentError;
use crate::{Denied, StoreError};

/// Why a letter or a petition was refused.
#[derive(Debug, thiserror::Error)]
pub enum PetitionsError {
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The store said no.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No such draft, letter, petition or file, or not for this visitor.
    #[error("không tìm thấy {0}")]
    Unknown(&'static str),
    /// The step must not be taken where it stands.
    #[error("không thể {}: vụ việc {}", .step.name_vi(), .state.name_vi())]
    NotNow {
        /// What was tried.
        step: Step,
        /// Where it stands.
        state: State,
    },
    /// Something must be written.
    #[error("{what}")]
    Missing {
        /// The field of the form.
        field: &'static str,
        /// What to do.
        what: String,
    },
    /// A text is too long.
    #[error("rút ngắn còn tối đa {most} ký tự")]
    TooLong {
        /// The field of the form.
        field: &'static str,
        /// The greatest length.
        most: usize,
    },
    /// What comes first is to say what kind it is.
    #[error("phân loại vụ việc trước khi giao xử lý")]
    NotSorted,
    /// A letter without what the law asks is kept with the reason, not handled.
    #[error("đơn còn thiếu {}; đề nghị bổ sung hoặc ghi không tiếp nhận kèm lý do", .missing.join(", "))]
    Anonymous {
        /// What is missing.
        missing: Vec<&'static str>,
    },
    /// A unit cannot be given a petition.
    #[error("{what}")]
    OddUnit {
        /// Why.
        what: String,
    },
    /// A day that cannot be.
    #[error("hạn phối hợp phải từ hôm nay trở đi và không sau hạn trả lời{due}")]
    OddDay {
        /// The answer's due day, where it is known.
        due: String,
    },
    /// "The same as another" needs the other.
    #[error("ghi số của vụ việc mà vụ việc này trùng, ví dụ 12/2026; vụ việc đó phải đang hoặc đã được xử lý")]
    NoTarget,
    /// There is nothing to sign.
    #[error("soạn nội dung trả lời trước khi trình ký")]
    NoAnswer,
    /// Who wrote an answer does not sign it.
    #[error("người trình dự thảo không tự ký trả lời")]
    OwnAnswer,
    /// The text would tell who the sender is.
    #[error("nội dung công khai còn {}; che những chỗ này trước khi công khai", .what.join(", "))]
    GivesAway {
        /// The field of the form.
        field: &'static str,
        /// What still stands there.
        what: Vec<&'static str>,
    },
    /// The days for disagreeing are over, or it was done as often as may be.
    #[error("{0}")]
    NoMoreDisagreement(String),
    /// The answer was rated.
    #[error("câu trả lời này đã được đánh giá; mỗi mã đánh giá một lần")]
    Rated,
    /// A rating is 1 to 5, of an answer.
    #[error("chọn mức từ 1 đến 5 cho câu trả lời đã nhận")]
    OddRating,
    /// Nobody is told on a day off or at night.
    #[error("ngoài giờ làm việc, chưa gửi báo cáo quá hạn")]
    OutsideHours,
    /// A file was not taken.
    #[error("tệp “{name}” không nhận được: {why}")]
    BadFile {
        /// Its name.
        name: String,
        /// Why, and what to do.
        why: String,
    },
    /// Too many files.
    #[error("một đơn kèm tối đa {most} tệp")]
    TooManyFiles {
        /// How many.
        most: usize,
    },
    /// An obstacle is gathered, then proposed, then decided.
    #[error("vướng mắc {}; chưa hoặc không còn làm được việc này", .is.name_vi())]
    ObstacleNow {
        /// Where it stands.
        is: ObstacleState,
    },
    /// The letter was locked.
    #[error("đơn này đã khóa, không xem hoặc sửa được nữa")]
    Locked,
    /// What was kept of a draft cannot be read.
    #[error("bản đang soạn không đọc được: {0}")]
    Draft(#[from] serde_json::Error),
}

impl PetitionsError {
    /// A text that must be there.
    pub(super) fn missing(field: &'static str, what: &str) -> Self {
        Self::Missing { field, what: what.to_owned() }
    }

    /// A file that was not taken.
    pub(super) fn file(name: &str, error: &AttachmentError) -> Self {
        Self::BadFile { name: kernel::text::clean_line(name), why: error.to_string() }
    }

    /// The field of the form in which it can be mended; none when it is not a matter of a field.
    #[must_use]
    pub fn field(&self) -> Option<&'static str> {
        match self {
            Self::Missing { field, .. } | Self::TooLong { field, .. } | Self::GivesAway { field, .. } => Some(field),
            Self::OddUnit { .. } => Some("don-vi"),
            Self::OddDay { .. } => Some("han-phoi-hop"),
            Self::NoTarget => Some("trung"),
            Self::OddRating => Some("muc"),
            Self::BadFile { .. } | Self::TooManyFiles { .. } => Some("tep"),
            Self::NoAnswer => Some("tra-loi"),
            _ => None,
        }
    }
}
