//! Every way this room says no.

use super::model::{State, Step};
use crate::attachments::AttachmentError;
use crate::records::RecordsError;
use crate::{Denied, StoreError};

/// Why something about a report of conduct was refused.
#[derive(Debug, thiserror::Error)]
pub enum ConductError {
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The store said no.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The accounts said no.
    #[error(transparent)]
    Identity(#[from] crate::identity::IdentityError),
    /// No such thing, or not for this visitor.
    #[error("không tìm thấy {0}")]
    Unknown(&'static str),
    /// The inspector's key is not opened in this session.
    #[error("nhập cụm mật khẩu của khóa để mở phần này")]
    Locked,
    /// The passphrase does not open the key.
    #[error("cụm mật khẩu không đúng")]
    WrongPassphrase,
    /// The passphrase is too short.
    #[error("cụm mật khẩu cần ít nhất {least} ký tự")]
    ShortPassphrase {
        /// The least letters.
        least: usize,
    },
    /// The account has a key already.
    #[error("tài khoản này đã có khóa; đổi cụm mật khẩu, hoặc thu hồi khóa cũ trước")]
    HasKey,
    /// A key that is not what the step needs.
    #[error("{0}")]
    OddKey(&'static str),
    /// A box of the database does not open with the key it was sealed to.
    #[error("một hộp niêm phong bị hỏng hoặc không phải của phản ánh này")]
    BrokenBox,
    /// The step must not be taken where the report stands.
    #[error("không thể {}: phản ánh {}", .step.name_vi(), .state.name_vi())]
    NotNow {
        /// What was tried.
        step: Step,
        /// Where it stands.
        state: State,
    },
    /// Something must be written or chosen.
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
    /// Nobody could read the report without being concerned by it.
    #[error(
        "hiện không có người tiếp nhận nào ngoài người hoặc đơn vị bị phản ánh; hãy gửi tới cơ quan thanh tra theo \
         hướng dẫn trên trang này"
    )]
    NobodyToRead,
    /// Fewer than two could open the identity together.
    #[error("chưa đủ hai người cùng giữ kín danh tính; bỏ trống phần danh tính để gửi không nêu tên")]
    NobodyToKeep,
    /// A file that cannot be taken.
    #[error("tệp “{name}” không nhận được: {why}")]
    BadFile {
        /// Its name.
        name: String,
        /// What is wrong, and what to do.
        why: String,
    },
    /// Too many files.
    #[error("gửi tối đa {most} tệp")]
    TooManyFiles {
        /// The most.
        most: usize,
    },
    /// The form was not handed out here.
    #[error("biểu mẫu đã cũ; mở lại trang rồi gửi lại")]
    OddForm,
    /// Somebody wrote meanwhile, or the form was sent before.
    #[error("nội dung này đã gửi, hoặc vừa có tin mới; xem lại bên dưới trước khi gửi tiếp")]
    Repeated,
    /// Too many messages.
    #[error("phản ánh này đã có {most} tin; chờ người xử lý trả lời")]
    TooManyWords {
        /// The most.
        most: usize,
    },
    /// A second person must agree.
    #[error("người đề nghị không tự đồng ý mở danh tính; cần một người khác cùng được giao")]
    SamePerson,
    /// The reporter gave none.
    #[error("người gửi không nêu danh tính")]
    NoIdentity,
    /// Asked for already.
    #[error("đang có một đề nghị mở danh tính chờ đồng ý")]
    Pending,
    /// The record said no.
    #[error(transparent)]
    Records(#[from] RecordsError),
    /// The period is not over, or published.
    #[error("{0}")]
    NotToPublish(String),
    /// The content was erased when its term was over.
    #[error("nội dung đã xóa khi hết thời hạn lưu")]
    Erased,
    /// Could not be written as JSON.
    #[error("không ghi được nội dung: {0}")]
    Content(#[from] serde_json::Error),
}

impl ConductError {
    pub(super) fn missing(field: &'static str, what: impl Into<String>) -> Self {
        Self::Missing { field, what: what.into() }
    }

    pub(super) fn file(name: &str, error: &AttachmentError) -> Self {
        let name: String = kernel::text::clean_line(name).chars().take(120).collect();
        Self::BadFile { name, why: error.to_string() }
    }

    /// The field of a form at which the visitor can mend it.
    #[must_use]
    pub fn field(&self) -> Option<&'static str> {
        match self {
            Self::Missing { field, .. } | Self::TooLong { field, .. } => Some(field),
            Self::BadFile { .. } | Self::TooManyFiles { .. } => Some("tep"),
            Self::NobodyToKeep => Some("ho-ten"),
            Self::NobodyToRead => Some("ai"),
            Self::WrongPassphrase | Self::ShortPassphrase { .. } => Some("cum-mat-khau"),
            Self::OddForm => Some("viec"),
            Self::Repeated | Self::TooManyWords { .. } => Some("noi-dung"),
            _ => None,
        }
    }
}
