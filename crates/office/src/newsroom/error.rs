//! Every way this room says no.

use super::model::StateKind;
use crate::{Denied, StoreError};

/// Why something about a story was refused.
#[derive(Debug, thiserror::Error)]
pub enum NewsroomError {
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
    #[error("{what}")]
    Missing {
        /// The field.
        field: &'static str,
        /// What to write.
        what: &'static str,
    },
    /// Too long for its place.
    #[error("rút ngắn còn tối đa {longest} ký tự")]
    TooLong {
        /// The field.
        field: &'static str,
        /// The most letters.
        longest: usize,
    },
    /// A story hangs on a clause of the plan.
    #[error("chọn khoản của Kế hoạch mà bài gắn với")]
    NoClause,
    /// A story drafted from a decision rests on an issued one.
    #[error("quyết định chưa ban hành; chỉ viết tin từ quyết định đã ban hành")]
    NotIssued,
    /// Not in this state.
    #[error("bài {}, không làm được việc này", .is.name_vi())]
    State {
        /// Where it stands.
        is: StateKind,
    },
    /// Whoever had a hand in a text does not approve it.
    #[error("người viết hoặc sửa bài không tự duyệt; cần một người khác duyệt")]
    OwnStory,
    /// Personal data stand in a text.
    #[error("trong bài có {}; xóa đi rồi gửi lại, dữ liệu này không được công khai", .what.join(", "))]
    GivesAway {
        /// The field.
        field: &'static str,
        /// What stands there, in words.
        what: Vec<&'static str>,
    },
    /// Somebody in a story has not agreed, or no longer.
    #[error("chưa có sự đồng ý còn hiệu lực của: {}; ghi sự đồng ý hoặc bỏ tên khỏi bài", .names.join(", "))]
    NoConsent {
        /// Their names.
        names: Vec<String>,
    },
    /// A story of exemplary people is about somebody.
    #[error("thêm ít nhất một người hoặc tập thể mà bài viết về")]
    NoSubject,
    /// Somebody of the decision stands in the text and not among those the story is about.
    #[error("bài nêu tên {} trong quyết định; thêm vào danh sách người được viết về và ghi sự đồng ý", .names.join(", "))]
    Unlisted {
        /// Their names.
        names: Vec<String>,
    },
    /// Consent has no evidence.
    #[error("ghi văn bản thể hiện sự đồng ý hoặc đính kèm tệp")]
    NoEvidence,
    /// Nothing happened in the future.
    #[error("ngày đồng ý không sau hôm nay")]
    FutureConsent,
    /// An hour that is over.
    #[error("giờ đăng phải sau thời điểm này")]
    PastHour,
    /// A picture says nothing to who does not see it.
    #[error("mô tả ảnh bằng lời, ít nhất {least} ký tự")]
    NoAlt {
        /// The least letters.
        least: usize,
    },
    /// A picture was not taken.
    #[error("ảnh “{name}” không nhận được: {why}")]
    BadPicture {
        /// Its name.
        name: String,
        /// What is wrong, and what to do.
        why: String,
    },
    /// A file of consent was not taken.
    #[error("tệp “{name}” không nhận được: {why}")]
    BadFile {
        /// Its name.
        name: String,
        /// What is wrong, and what to do.
        why: String,
    },
    /// Enough pictures.
    #[error("mỗi bài có tối đa {most} ảnh")]
    TooManyPictures {
        /// The most.
        most: usize,
    },
    /// A reason says something.
    #[error("ghi rõ nội dung, ít nhất {least} ký tự")]
    ShortWords {
        /// The least letters.
        least: usize,
    },
    /// A correction changes something.
    #[error("nội dung chưa thay đổi so với bài đang đăng")]
    NothingChanged,
    /// Withdrawn already.
    #[error("sự đồng ý này đã được rút")]
    AlreadyWithdrawn,
}

impl NewsroomError {
    /// The field of a form that is to be mended, where one is.
    #[must_use]
    pub fn field(&self) -> Option<&'static str> {
        match self {
            Self::Missing { field, .. } | Self::TooLong { field, .. } | Self::GivesAway { field, .. } => Some(field),
            Self::NoClause => Some("khoan"),
            Self::NotIssued => Some("quyet-dinh"),
            Self::NoEvidence => Some("van-ban"),
            Self::FutureConsent => Some("ngay-dong-y"),
            Self::PastHour => Some("gio-dang"),
            Self::NoAlt { .. } => Some("mo-ta"),
            Self::BadPicture { .. } | Self::BadFile { .. } | Self::TooManyPictures { .. } => Some("tep"),
            Self::ShortWords { .. } => Some("ly-do"),
            Self::NothingChanged => Some("noi-dung"),
            _ => None,
        }
    }
}
