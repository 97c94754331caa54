//! Every way a paper cannot be made.

use thiserror::Error;

/// Why a paper could not be made.
#[derive(Debug, Error)]
pub enum PaperError {
    /// A table row has another number of cells than the table has columns.
    #[error("bảng {table}, dòng {row}: có {found} ô, bảng có {expected} cột")]
    RaggedRow {
        /// Which table of the paper, from 1.
        table: usize,
        /// Which row of it, from 1, counting totals.
        row: usize,
        /// Cells found.
        found: usize,
        /// Columns of the table.
        expected: usize,
    },
    /// A table without columns, or whose header groups do not add up to its columns.
    #[error("bảng {table}: tiêu đề các cột không khớp nhau")]
    RaggedHeader {
        /// Which table of the paper, from 1.
        table: usize,
    },
    /// The certificate has no recipient or no title.
    #[error("giấy số {index}: thiếu {what}")]
    Incomplete {
        /// Which certificate of the list, from 1.
        index: usize,
        /// What is missing, in Vietnamese.
        what: &'static str,
    },
    /// The address behind the QR code is longer than a QR code can hold.
    #[error("địa chỉ tra cứu quá dài để in thành mã QR ({length} ký tự)")]
    AddressTooLong {
        /// Its length.
        length: usize,
    },
    /// Typesetting refused the document: a fault of our template, not of the data.
    #[error("không dàn trang được: {0}")]
    Typesetting(String),
    /// A part of the DOCX could not be written: a fault of our template.
    #[error("không ghi được phần {part} của tệp DOCX: {reason}")]
    Part {
        /// The part of the package.
        part: &'static str,
        /// What the template engine or the container said.
        reason: String,
    },
}
