//! Every way this room says no.

use kernel::numbers::Dong;

use crate::decisions::DecisionsError;
use crate::{Denied, StoreError};

/// Why something was not written into the book.
#[derive(Debug, thiserror::Error)]
pub enum FundError {
    /// Not allowed.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// The store said no.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The decisions said no.
    #[error(transparent)]
    Decisions(#[from] DecisionsError),
    /// No such entry.
    #[error("không tìm thấy {0}")]
    Unknown(&'static str),
    /// No amount, a negative one, or one beyond any fund.
    #[error("số tiền phải lớn hơn 0 và không quá {most}; ghi sai thì đảo bút toán, không ghi số âm")]
    OddAmount {
        /// The most that is taken.
        most: Dong,
    },
    /// The same document with the same amount and day is in the book already.
    #[error(
        "chứng từ {document} với số tiền và ngày này đã ghi ở bút toán số {number}; nếu là lần thu, chi khác thì ghi chứng từ riêng"
    )]
    SameDocument {
        /// The document.
        document: String,
        /// The entry that has it.
        number: String,
    },
    /// A day after today.
    #[error("ngày {day} sau hôm nay ({today})")]
    OddDay {
        /// The day given.
        day: String,
        /// Today.
        today: String,
    },
    /// The day lies in another year than the one named.
    #[error("ngày {day} không thuộc năm {year}; thu, chi ghi vào năm của ngày chứng từ")]
    OtherYear {
        /// The day given.
        day: String,
        /// The year named.
        year: i16,
    },
    /// A year that no plan is made for.
    #[error("không lập dự toán cho năm {year} vào ngày {day}; dự toán là của năm đó hoặc năm sau")]
    OddPlanYear {
        /// The year named.
        year: i16,
        /// The day of the plan.
        day: String,
    },
    /// The year is closed.
    #[error("sổ năm {year} đã khóa ngày {closed_on}; ghi vào sổ năm {goes_to} với ngày của năm {goes_to}")]
    YearClosed {
        /// The year.
        year: i16,
        /// When it was closed.
        closed_on: String,
        /// The first year after it that is open.
        goes_to: i16,
    },
    /// The book begins later.
    #[error("sổ bắt đầu từ năm {first}; năm {year} nằm trong kết dư chuyển sang")]
    BeforeBook {
        /// The year asked for.
        year: i16,
        /// The first year.
        first: i16,
    },
    /// The balance before the book is known already.
    #[error("kết dư năm trước đã ghi cho năm {year}; đảo bút toán ấy trước khi ghi số khác")]
    OpeningTwice {
        /// The year.
        year: i16,
    },
    /// The book has begun: balances go over by themselves.
    #[error("kết dư năm trước chỉ ghi cho năm đầu của sổ (năm {first}); từ năm sau số dư tự chuyển sang")]
    OpeningLate {
        /// The first year of the book.
        first: i16,
    },
    /// What is read from decisions is not typed.
    #[error("“{kind}” lấy từ quyết định, không nhập tay")]
    NotTyped {
        /// What it is.
        kind: &'static str,
    },
    /// The document is missing.
    #[error("ghi số, tên chứng từ hoặc văn bản")]
    DocumentMissing,
    /// It is not said for what.
    #[error("ghi nội dung thu, chi")]
    WordsMissing,
    /// A reason is missing or says nothing.
    #[error("ghi rõ lý do, ít nhất {least} ký tự")]
    ShortReason {
        /// The least length.
        least: usize,
    },
    /// It was reversed already.
    #[error("bút toán số {number} đã được đảo bằng bút toán số {by}")]
    AlreadyReversed {
        /// Its number with the year.
        number: String,
        /// The number of the counter-entry.
        by: String,
    },
    /// A counter-entry stands.
    #[error("bút toán số {number} là bút toán đảo, không đảo lại; ghi một bút toán mới")]
    IsReversal {
        /// Its number with the year.
        number: String,
    },
    /// The year is not over.
    #[error("năm {year} chưa hết, khóa sổ được từ ngày 01/01/{next}")]
    YearRuns {
        /// The year.
        year: i16,
        /// The next one.
        next: i16,
    },
    /// An earlier year stands open.
    #[error("khóa sổ năm {year} trước")]
    EarlierOpen {
        /// The year.
        year: i16,
    },
    /// Nothing was written for the year.
    #[error("sổ quỹ chưa có năm {year}")]
    NoBook {
        /// The year.
        year: i16,
    },
    /// The line has nothing to be asked back.
    #[error("dòng này không có tiền thưởng phải thu hồi, hoặc đã thu hồi rồi")]
    NothingToClaim,
    /// A setting that cannot be.
    #[error("{0}")]
    OddSetting(&'static str),
}
