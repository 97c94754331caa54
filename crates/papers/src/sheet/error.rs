//! Why a spreadsheet is refused, in words for the person who sent it.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why a file cannot be read as a spreadsheet, or one cannot be written.
#[derive(Debug, Error)]
pub enum SheetError {
    /// Nothing in it.
    #[error("Tệp trống. Hãy chọn tệp có dữ liệu.")]
    Empty,
    /// Larger than we take.
    #[error("Tệp quá lớn: {} MB, tối đa {} MB. Hãy chia thành nhiều tệp nhỏ hơn.", bytes.div_ceil(1 << 20), limit >> 20)]
    TooLarge {
        /// Its size.
        bytes: u64,
        /// What is allowed.
        limit: u64,
    },
    /// Unpacks to more than we take: a zip bomb, or a very large sheet.
    #[error("Nội dung tệp sau khi giải nén vượt quá {} MB. Hãy xóa các trang tính, hình ảnh không cần thiết.", limit >> 20)]
    UnpacksTooLarge {
        /// What is allowed.
        limit: u64,
    },
    /// More rows than we take.
    #[error("Bảng có quá {limit} dòng. Hãy chia thành nhiều tệp.")]
    TooManyRows {
        /// What is allowed.
        limit: usize,
    },
    /// More columns than we take.
    #[error("Dòng {row} có quá {limit} cột. Hãy bỏ các cột không cần thiết.")]
    TooManyColumns {
        /// Which row.
        row: u32,
        /// What is allowed.
        limit: usize,
    },
    /// Some other kind of file under a spreadsheet's name.
    #[error("Đây là {what}, không phải bảng tính. Hãy lưu bảng dưới dạng .xlsx hoặc .csv rồi gửi lại.")]
    NotASheet {
        /// What it is.
        what: &'static str,
    },
    /// Carries macros.
    #[error("Tệp có chứa macro nên không được nhận. Hãy lưu lại dưới dạng .xlsx (không macro).")]
    Macros,
    /// A damaged workbook.
    #[error("Không đọc được tệp Excel; tệp có thể bị hỏng. Hãy mở bằng Excel, lưu lại rồi gửi lại.")]
    Damaged {
        /// What the reader said.
        reason: String,
    },
    /// A CSV that is not UTF-8.
    #[error("Dòng {row}: chữ không ở bảng mã UTF-8. Trong Excel hãy chọn “CSV UTF-8” khi lưu.")]
    NotUtf8 {
        /// Which line.
        row: u32,
    },
    /// Columns that are needed and not there.
    #[error("Thiếu cột: {}. Các cột tìm thấy: {}.", missing.join(", "), found.join(", "))]
    MissingColumns {
        /// The names of those missing.
        missing: Vec<String>,
        /// The headers that were found.
        found: Vec<String>,
    },
    /// Two columns under one name.
    #[error("Cột “{name}” có hai lần, ở {first} và {second}. Hãy giữ lại một cột.")]
    DoubleColumn {
        /// The name.
        name: String,
        /// Letters of the first.
        first: String,
        /// Letters of the second.
        second: String,
    },
    /// The writer refused.
    #[error("Không ghi được bảng tính: {reason}")]
    NotWritten {
        /// What it said.
        reason: String,
    },
}

/// A fault of one cell, with all that is needed to find and mend it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// The row as the spreadsheet shows it.
    pub row: u32,
    /// The header of the column.
    pub column: String,
    /// The letters of the column: `C`; empty when the column is not there.
    pub letters: String,
    /// What stands in the cell.
    pub value: String,
    /// What is wrong and what to do.
    pub what: String,
}
