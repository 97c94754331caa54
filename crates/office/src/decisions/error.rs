//! Every way this room says no.

use crate::awards::AwardsError;
use crate::records::RecordsError;
use crate::{Denied, StoreError};

/// Why a decision was refused.
#[derive(Debug, thiserror::Error)]
pub enum DecisionsError {
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The store said no.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The awards said no.
    #[error(transparent)]
    Awards(#[from] AwardsError),
    /// The records said no.
    #[error(transparent)]
    Records(#[from] RecordsError),
    /// No such decision or line.
    #[error("không tìm thấy {0}")]
    Unknown(&'static str),
    /// The council passed nothing that waits for a decision.
    #[error("không có hồ sơ nào được Hội đồng thông qua đang chờ quyết định trong đợt xét này")]
    NothingPassed,
    /// The list is not the one the council passed.
    #[error("danh sách khác với danh sách Hội đồng thông qua: {names}; soạn lại dự thảo")]
    ListDiffers {
        /// The names that differ.
        names: String,
    },
    /// Lines of the draft, or its signer, were changed past the program.
    #[error("dự thảo đã bị sửa ngoài chương trình ({names}), không ban hành; báo người kiểm tra, rồi soạn dự thảo mới")]
    NotAsDrafted {
        /// The names on those lines.
        names: String,
    },
    /// A form that a higher level decides.
    #[error("{award} do cấp trên quyết định, không đưa vào quyết định của Văn phòng; lập tờ trình cấp trên")]
    NotOurs {
        /// Its name.
        award: String,
    },
    /// The list has the recipient with this form already.
    #[error("{name} đã có trong danh sách với hình thức này")]
    Twice {
        /// Whose name.
        name: String,
    },
    /// The decision was issued already.
    #[error("quyết định số {number} đã ban hành, không sửa được; dùng đính chính hoặc thu hồi")]
    Issued {
        /// Its number.
        number: String,
    },
    /// The decision was not issued yet.
    #[error("quyết định chưa ban hành")]
    NotIssued,
    /// The drafter may not sign.
    #[error("người soạn dự thảo hoặc đã sửa dự thảo không được tự ký ban hành")]
    OwnDraft,
    /// The number is taken.
    #[error("số {number} năm {year} đã dùng; số kế tiếp là {next}")]
    NumberTaken {
        /// The number asked for.
        number: u32,
        /// The year.
        year: i16,
        /// The next free one.
        next: u32,
    },
    /// Numbers would be left out without a reason.
    #[error("số {number} bỏ qua từ số {next}; ghi lý do các số bị bỏ")]
    GapWithoutReason {
        /// The number asked for.
        number: u32,
        /// The next free one.
        next: u32,
    },
    /// A day that cannot be.
    #[error("ngày ký {day} không hợp lệ: không sau hôm nay và cùng năm với số quyết định")]
    OddDay {
        /// The day given.
        day: String,
    },
    /// A day before what the decision rests on.
    #[error("ngày ký {day} trước {what}, ngày {than}")]
    TooEarly {
        /// The day given.
        day: String,
        /// The day it must not be before.
        than: String,
        /// What happened on that day.
        what: &'static str,
    },
    /// The rule of the money has ended without a successor, and nobody confirmed it since.
    #[error("chưa ban hành được: tiền thưởng {award} chưa xác định; {why}; {}", rules::lapse::WHAT_TO_DO)]
    MoneyLapsed {
        /// The award's name.
        award: String,
        /// The acts and their last days, in a sentence.
        why: String,
    },
    /// The form does not go to such a recipient.
    #[error("{award} không tặng cho {kind}; chọn hình thức khác")]
    NotFor {
        /// The award's name.
        award: String,
        /// What the recipient is.
        kind: &'static str,
    },
    /// Something is proposed for it already.
    #[error("đã có đề nghị {what} đang chờ; giải quyết đề nghị ấy trước")]
    Proposed {
        /// What.
        what: &'static str,
    },
    /// The change was decided already.
    #[error("đề nghị này {is}")]
    AmendmentState {
        /// Its state in words.
        is: &'static str,
    },
    /// Who proposed a change does not put it in force.
    #[error("người đề nghị không được tự duyệt đề nghị của mình")]
    OwnProposal,
    /// A payment before the decision or after today.
    #[error("ngày chi {day} không hợp lệ: từ ngày quyết định ({issued}) đến hôm nay")]
    OddPayDay {
        /// The day given.
        day: String,
        /// The day of the decision.
        issued: String,
    },
    /// Nobody puts themselves on a list past the council, nor signs a list on which somebody did so for them.
    #[error("bạn không tự đưa mình vào danh sách ngoại lệ và không ký quyết định có tên mình ở diện ngoại lệ")]
    OwnException,
    /// The line stands elsewhere.
    #[error("dòng này {is}, không làm được việc này")]
    LineState {
        /// Its state in words.
        is: &'static str,
    },
    /// A reason is missing.
    #[error("ghi lý do và văn bản làm căn cứ, ít nhất {least} ký tự")]
    ShortReason {
        /// The least length.
        least: usize,
    },
    /// Measured places do not fit on their sheet.
    #[error("mẫu phôi có {} chỗ không in được", .0.len())]
    Misplaced(Vec<papers::certificate::Misplaced>),
    /// The document could not be made.
    #[error("không tạo được văn bản: {0}")]
    Paper(#[from] papers::PaperError),
}
