//! Every way a plan file can be wrong, in a sentence that says what to do.

use kernel::Date;

use super::clause_id::BadClauseId;

/// One fault, with its place in the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}:{column}: {fault}")]
pub struct PlanFault {
    /// The file as it was named.
    pub file: String,
    /// Counted from 1.
    pub line: usize,
    /// Counted in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub fault: Fault,
}

/// What can be wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Not TOML.
    #[error("không đọc được TOML: {message}")]
    Syntax {
        /// The reader's own words.
        message: String,
    },
    /// Not text in UTF-8.
    #[error("tệp không phải là chữ UTF-8 từ chỗ này; lưu lại tệp với bảng mã UTF-8")]
    NotUtf8,
    /// A key that must be there is not.
    #[error("{table} thiếu khóa “{key}”; thêm khóa này")]
    MissingKey {
        /// The table by name.
        table: String,
        /// The key.
        key: &'static str,
    },
    /// A key that means nothing here.
    #[error("{table} có khóa lạ “{key}”; các khóa dùng được: {known}")]
    UnknownKey {
        /// The table by name.
        table: String,
        /// The key as written.
        key: String,
        /// What would be understood.
        known: String,
    },
    /// A value of another type.
    #[error("“{key}” phải là {expected}")]
    WrongType {
        /// The key.
        key: &'static str,
        /// What is wanted.
        expected: &'static str,
    },
    /// A text with nothing in it.
    #[error("“{key}” để trống; ghi nội dung hoặc bỏ khóa này")]
    EmptyText {
        /// The key.
        key: &'static str,
    },
    /// Line breaks, tabs or repeated spaces inside a text.
    #[error("“{key}” có khoảng trắng thừa hoặc xuống dòng; gộp thành một khoảng trắng")]
    LooseSpace {
        /// The key.
        key: &'static str,
    },
    /// Vietnamese letters in pieces, which no search would find.
    #[error("“{key}” dùng chữ có dấu rời; lưu lại tệp với Unicode dựng sẵn (NFC)")]
    Decomposed {
        /// The key.
        key: &'static str,
    },
    /// An id with letters that an address cannot carry.
    #[error("mã “{id}” chỉ được gồm chữ thường không dấu, chữ số, gạch nối và gạch dưới")]
    BadId {
        /// The id as written.
        id: String,
    },
    /// A word that is not on its list.
    #[error("“{key}” không có giá trị “{value}”; các giá trị dùng được: {known}")]
    UnknownWord {
        /// The key.
        key: &'static str,
        /// The word as written.
        value: String,
        /// What would be understood.
        known: String,
    },
    /// Not a clause id.
    #[error(transparent)]
    BadClauseId(#[from] BadClauseId),
    /// Something named twice.
    #[error("{what} “{id}” đã có ở dòng {first}; mỗi mã chỉ dùng một lần")]
    Duplicate {
        /// What kind of thing.
        what: &'static str,
        /// Its id.
        id: String,
        /// The line of the first.
        first: usize,
    },
    /// A clause whose parent is nowhere in the plan.
    #[error("khoản {id} không có khoản cấp trên {parent} trong kế hoạch; thêm khoản {parent} hoặc sửa mã")]
    UnknownParent {
        /// The clause.
        id: String,
        /// The missing one.
        parent: String,
    },
    /// A clause that does not stand below its parent.
    #[error("khoản {id} không nằm ngay dưới khoản cấp trên {parent}; xếp theo thứ tự của văn bản")]
    OutOfPlace {
        /// The clause.
        id: String,
        /// Its parent.
        parent: String,
    },
    /// A number that does not follow the one before.
    #[error("khoản {id} không nối tiếp khoản trước nó; số thứ tự phải tăng từng đơn vị một")]
    OutOfOrder {
        /// The clause.
        id: String,
    },
    /// Words said to be in italics that are not in the text.
    #[error("“{words}” không có trong nội dung của khoản; chép đúng lời của khoản")]
    NotInText {
        /// The words.
        words: String,
    },
    /// A reference to nothing.
    #[error("{what} “{id}” không có trong kế hoạch")]
    UnknownReference {
        /// What kind of thing.
        what: &'static str,
        /// Its id.
        id: String,
    },
    /// A period without days.
    #[error("“until” ({until}) phải sau “from” ({from}); “until” là ngày đầu tiên không còn tính")]
    EmptyPeriod {
        /// First day.
        from: Date,
        /// The end.
        until: Date,
    },
    /// Two phases or gaps that share days.
    #[error("{this} trùng ngày với {other}; mỗi ngày chỉ thuộc một giai đoạn hoặc một khoảng trống")]
    Overlap {
        /// The later one.
        this: String,
        /// The earlier one.
        other: String,
    },
    /// Days of the movement in no phase and no declared gap.
    #[error("các ngày từ {first} đến hết {last} không thuộc giai đoạn nào; thêm giai đoạn hoặc khai báo [[gaps]]")]
    Uncovered {
        /// First of them.
        first: Date,
        /// Last of them.
        last: Date,
    },
    /// A phase or gap that leaves the movement's period.
    #[error("{what} vượt ra ngoài thời gian của phong trào ([period])")]
    BeyondPeriod {
        /// Which one.
        what: String,
    },
    /// A review due outside its phase.
    #[error("ngày {due} không thuộc giai đoạn mà nó sơ kết, tổng kết")]
    ReviewOutsidePhase {
        /// The day.
        due: Date,
    },
    /// An indicator's code that an address cannot carry.
    #[error("“{code}” không phải mã chỉ tiêu; mã gồm chữ cái không dấu, chữ số, dấu chấm và gạch nối, ví dụ CT3.1")]
    BadIndicatorCode {
        /// As written.
        code: String,
    },
    /// A path that leaves the movement's years.
    #[error("“{year}” không thuộc các năm {from}–{to} của phong trào; sửa năm hoặc bỏ mốc này")]
    PathOutside {
        /// As written.
        year: String,
        /// The first year.
        from: i16,
        /// The last year.
        to: i16,
    },
    /// An award code of the wrong shape.
    #[error("“{code}” không phải mã khen thưởng; mã gồm chữ thường không dấu, chữ số và gạch dưới, ví dụ bk_tinh")]
    BadAwardCode {
        /// As written.
        code: String,
    },
}

impl Fault {
    /// A word for programs; it stays the same when the sentence is put better.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Syntax { .. } => "syntax",
            Self::NotUtf8 => "not_utf8",
            Self::MissingKey { .. } => "missing_key",
            Self::UnknownKey { .. } => "unknown_key",
            Self::WrongType { .. } => "wrong_type",
            Self::EmptyText { .. } => "empty_text",
            Self::LooseSpace { .. } => "loose_space",
            Self::Decomposed { .. } => "decomposed",
            Self::BadId { .. } => "bad_id",
            Self::UnknownWord { .. } => "unknown_word",
            Self::BadClauseId(_) => "bad_clause_id",
            Self::Duplicate { .. } => "duplicate",
            Self::UnknownParent { .. } => "unknown_parent",
            Self::OutOfPlace { .. } => "out_of_place",
            Self::OutOfOrder { .. } => "out_of_order",
            Self::NotInText { .. } => "not_in_text",
            Self::UnknownReference { .. } => "unknown_reference",
            Self::EmptyPeriod { .. } => "empty_period",
            Self::Overlap { .. } => "overlap",
            Self::Uncovered { .. } => "uncovered",
            Self::BeyondPeriod { .. } => "beyond_period",
            Self::ReviewOutsidePhase { .. } => "review_outside_phase",
            Self::BadIndicatorCode { .. } => "bad_indicator_code",
            Self::PathOutside { .. } => "path_outside",
            Self::BadAwardCode { .. } => "bad_award_code",
        }
    }
}
