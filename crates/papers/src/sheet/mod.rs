//! Spreadsheets: reading what offices send us, writing what they take away.
//!
//! [`Sheet::read`] takes XLSX and CSV within [`Limits`] and gives typed cells with their row
//! numbers; [`Table`] finds the columns by their headers, whatever their order and spelling;
//! [`NewSheet`] is written as XLSX or CSV, in which no text ever becomes a formula.

mod cell;
mod delimited;
mod error;
mod pieces;
mod stream;
mod table;
mod workbook;
mod write;

use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

pub use cell::{Cell, column_letters};
pub use error::{Fault, SheetError};
pub use pieces::{Piece, Pieces};
pub use stream::{Encoding, walk_file};
pub use table::{ColumnName, Table, TableRow};
pub use write::{Kind, NewColumn, NewSheet, csv, xlsx};

/// How large a file may be before it is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file as it arrives.
    pub bytes: u64,
    /// Bytes that an XLSX may unpack to.
    pub unpacked: u64,
    /// Rows with anything in them.
    pub rows: usize,
    /// Columns.
    pub columns: usize,
}

impl Default for Limits {
    /// Enough for the people of a province, small enough for a small server.
    fn default() -> Limits {
        Limits { bytes: 30 << 20, unpacked: 200 << 20, rows: 100_000, columns: 200 }
    }
}

/// One row that has anything in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Its number as the spreadsheet shows it, from 1.
    pub number: u32,
    /// Its cells from column A on; rows end with their last filled cell.
    pub cells: Vec<Cell>,
}

/// The first sheet of a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// Its name; empty for CSV.
    pub name: String,
    /// Its filled rows from top to bottom.
    pub rows: Vec<Row>,
}

impl Sheet {
    /// Reads the first sheet of an XLSX, or a CSV.
    pub fn read(bytes: &[u8], limits: &Limits) -> Result<Sheet, SheetError> {
        let mut rows = Vec::new();
        let name = walk(bytes, limits, |row| {
            rows.push(row);
            ControlFlow::Continue(())
        })?;
        Ok(Sheet { name, rows })
    }
}

/// Reads row by row without keeping any, for files of a million rows; stops when told to.
/// Gives the name of the sheet.
pub fn walk(bytes: &[u8], limits: &Limits, each: impl FnMut(Row) -> ControlFlow<()>) -> Result<String, SheetError> {
    let length = bytes.len() as u64;
    if length > limits.bytes {
        return Err(SheetError::TooLarge { bytes: length, limit: limits.bytes });
    }
    match kind_of(bytes) {
        Some(Arrived::Workbook) => workbook::walk(bytes, limits, each),
        Some(Arrived::Text) => delimited::walk(bytes, limits, each).map(|()| String::new()),
        Some(Arrived::Other(what)) => Err(SheetError::NotASheet { what }),
        None => Err(SheetError::Empty),
    }
}

/// What a file is by its first bytes, whatever its name says.
enum Arrived {
    Workbook,
    Text,
    Other(&'static str),
}

fn kind_of(bytes: &[u8]) -> Option<Arrived> {
    let known: [(&[u8], &'static str); 7] = [
        (b"%PDF", "tệp PDF"),
        (b"\xD0\xCF\x11\xE0", "tệp Excel kiểu cũ (.xls) hoặc tệp đặt mật khẩu"),
        (b"\x89PNG", "tệp ảnh PNG"),
        (b"\xFF\xD8\xFF", "tệp ảnh JPEG"),
        (b"Rar!", "tệp nén RAR"),
        (b"7z\xBC\xAF", "tệp nén 7z"),
        (b"\x1F\x8B", "tệp nén gzip"),
    ];
    if bytes.is_empty() {
        return None;
    }
    if bytes.starts_with(b"PK") {
        return Some(Arrived::Workbook);
    }
    if let Some((_, what)) = known.into_iter().find(|(start, _)| bytes.starts_with(start)) {
        return Some(Arrived::Other(what));
    }
    let head = &bytes[..bytes.len().min(4096)];
    if head.contains(&0) && !head.starts_with(b"\xFF\xFE") && !head.starts_with(b"\xFE\xFF") {
        return Some(Arrived::Other("tệp nhị phân"));
    }
    Some(Arrived::Text)
}

#[cfg(test)]
mod tests;
