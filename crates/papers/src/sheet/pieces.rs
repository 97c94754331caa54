//! A long text file cut into pieces between two rows, so that several cores can read it at once.

use std::fs::File;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::path::Path;

use super::stream::{self, Encoding};
use super::{Arrived, Limits, Row, SheetError, kind_of};

/// How long a piece is, but for the rest of its last row.
const PIECE: usize = 2 << 20;

/// A row longer than this is no row: a quotation mark was never closed.
const LONGEST_ROW: usize = 8 << 20;

/// Some whole rows of a file, as they stand there.
#[derive(Debug)]
pub struct Piece {
    /// The rows, with their line ends.
    pub bytes: Vec<u8>,
    /// The number of the first line in the file, from 1.
    pub line: u32,
    /// Whether any cell stands in quotation marks.
    pub quoted: bool,
}

/// The pieces of one file, in order.
#[derive(Debug)]
pub struct Pieces {
    file: File,
    /// What separates the columns.
    pub delimiter: u8,
    rest: Vec<u8>,
    line: u32,
    ended: bool,
}

impl Pieces {
    /// Opens a file; none when it is not plain UTF-8 text, which [`super::walk_file`] reads.
    pub fn open(path: &Path, told: Encoding, limits: &Limits) -> Result<Option<Pieces>, SheetError> {
        let mut file = File::open(path).map_err(|error| unreadable(&error))?;
        let bytes = file.metadata().map_err(|error| unreadable(&error))?.len();
        if bytes > limits.bytes {
            return Err(SheetError::TooLarge { bytes, limit: limits.bytes });
        }
        let mut head = Vec::new();
        (&mut file).take(stream::HEAD as u64).read_to_end(&mut head).map_err(|error| unreadable(&error))?;
        let marked = stream::mark(&head);
        let utf8 = marked.map_or(told == Encoding::Utf8, |(encoding, _)| encoding == encoding_rs::UTF_8);
        if !utf8 || memchr::memchr(b'\n', &head).is_none() || !matches!(kind_of(&head), Some(Arrived::Text)) {
            return Ok(None);
        }
        let skip = marked.map_or(0, |(_, length)| usize::try_from(length).unwrap_or(0));
        let rest = head.split_off(skip.min(head.len()));
        let first = String::from_utf8_lossy(&rest);
        let delimiter = stream::delimiter(first.as_bytes());
        Ok(Some(Pieces { file, delimiter, rest, line: 1, ended: false }))
    }

    fn cut(&mut self) -> Result<Option<Piece>, SheetError> {
        let mut bytes = std::mem::take(&mut self.rest);
        loop {
            let (wanted, had) = (PIECE.saturating_sub(bytes.len()).max(PIECE / 4) as u64, bytes.len());
            if !self.ended {
                bytes.reserve(PIECE + PIECE / 4);
                let taken =
                    (&mut self.file).take(wanted).read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
                self.ended = taken == 0;
            }
            if bytes.is_empty() {
                return Ok(None);
            }
            let quotes = memchr::memchr_iter(b'"', &bytes).count();
            let end = if self.ended { Some(bytes.len()) } else { last_row_end(&bytes, quotes) };
            if let Some(end) = end {
                self.rest = bytes.split_off(end);
                let lines = u32::try_from(memchr::memchr_iter(b'\n', &bytes).count()).unwrap_or(u32::MAX);
                let piece = Piece { bytes, line: self.line, quoted: quotes > 0 };
                self.line = self.line.saturating_add(lines);
                return Ok(Some(piece));
            }
            if had > LONGEST_ROW {
                let reason = format!("từ dòng {} có dấu ngoặc kép mở mà không đóng", self.line);
                return Err(SheetError::Damaged { reason });
            }
        }
    }
}

impl Iterator for Pieces {
    type Item = Result<Piece, SheetError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.cut().transpose()
    }
}

/// Where the last whole row ends: the last line end that is not within quotation marks.
fn last_row_end(bytes: &[u8], quotes: usize) -> Option<usize> {
    let mut before = quotes;
    let mut upto = bytes.len();
    for at in memchr::memrchr_iter(b'\n', bytes) {
        before -= memchr::memchr_iter(b'"', &bytes[at..upto]).count();
        upto = at;
        if before.is_multiple_of(2) {
            return Some(at + 1);
        }
    }
    None
}

impl Piece {
    /// Leaves out the rows that begin on this line of the file or above.
    pub fn drop_upto(&mut self, line: u32) {
        let mut number = self.line;
        let (mut within, mut from) = (false, 0);
        for (at, byte) in self.bytes.iter().enumerate() {
            match byte {
                b'"' => within = !within,
                b'\n' => {
                    number = number.saturating_add(1);
                    from = at + 1;
                    if !within && number > line {
                        break;
                    }
                }
                _ => {}
            }
        }
        if number <= line {
            from = self.bytes.len();
        }
        self.bytes.drain(..from);
        self.line = number;
    }

    /// Its rows, cell by cell, as [`super::walk_file`] gives them.
    pub fn rows(
        &self,
        delimiter: u8,
        limits: &Limits,
        mut each: impl FnMut(Row) -> ControlFlow<()>,
    ) -> Result<(), SheetError> {
        let first = self.line;
        let moved = |row: Row| each(Row { number: row.number.saturating_add(first - 1), ..row });
        stream::rows(self.bytes.as_slice(), delimiter, limits, moved).map_err(|error| match error {
            SheetError::NotUtf8 { row } => SheetError::NotUtf8 { row: row.saturating_add(first - 1) },
            other => other,
        })
    }
}

fn unreadable(error: &io::Error) -> SheetError {
    SheetError::Damaged { reason: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheet::walk_file;

    #[test]
    fn pieces_hold_the_rows_of_the_whole_file_also_around_quoted_line_ends() {
        let file = std::env::temp_dir().join(format!("pieces-{}.csv", std::process::id()));
        let mut text = String::from("\u{feff}Mã,Tên,Ghi\n");
        for number in 0..60_000 {
            let odd = number % 7 == 0;
            let name = if odd { "\"hai\ndòng, \"\"dài\"\"\"" } else { "một dòng của tệp, không có dấu" };
            text += &format!("M{number},{name},{}\n", "x".repeat(number % 90));
        }
        std::fs::write(&file, &text).expect("a file");
        let limits = Limits { rows: 100_000, ..Limits::default() };
        let mut whole = Vec::new();
        walk_file(&file, Encoding::Utf8, &limits, |row| {
            whole.push(row);
            ControlFlow::Continue(())
        })
        .expect("the whole file");
        let pieces = Pieces::open(&file, Encoding::Utf8, &limits).expect("opened").expect("plain text");
        let (delimiter, mut cut, mut many) = (pieces.delimiter, Vec::new(), 0);
        for piece in pieces {
            many += 1;
            let each = |row| {
                cut.push(row);
                ControlFlow::Continue(())
            };
            piece.expect("a piece").rows(delimiter, &limits, each).expect("rows");
        }
        assert!(many > 1, "one piece proves nothing");
        assert_eq!(cut.len(), whole.len());
        assert_eq!(cut, whole);
    }
}
