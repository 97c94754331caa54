//! Files of any length, row by row from the disk: what a one-stop system exports, in its own encoding.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::ops::ControlFlow;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{Arrived, Cell, Limits, Row, SheetError, delimited, kind_of, workbook};

/// How many bytes are looked at to know what a file is and how its columns are separated.
pub(super) const HEAD: usize = 1 << 14;

/// In how many lines from the top the separator is looked for.
const TITLE_LINES: usize = 20;

/// In which encoding a text file without a mark of its own is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// What is expected unless the source says otherwise.
    #[default]
    Utf8,
    /// UTF-16, low byte first, without a mark.
    Utf16,
    /// The Vietnamese page of old Windows.
    Windows1258,
}

/// Reads the first sheet of an XLSX, or a CSV of any size, without keeping any row. A mark at the beginning
/// of a text file says its encoding; `told` is believed where there is none.
pub fn walk_file(
    path: &Path,
    told: Encoding,
    limits: &Limits,
    each: impl FnMut(Row) -> ControlFlow<()>,
) -> Result<(), SheetError> {
    let unreadable = |error: io::Error| SheetError::Damaged { reason: error.to_string() };
    let mut file = File::open(path).map_err(unreadable)?;
    let bytes = file.metadata().map_err(unreadable)?.len();
    if bytes > limits.bytes {
        return Err(SheetError::TooLarge { bytes, limit: limits.bytes });
    }
    let mut head = Vec::new();
    (&mut file).take(HEAD as u64).read_to_end(&mut head).map_err(unreadable)?;
    let marked = mark(&head);
    match kind_of(&head) {
        None => return Err(SheetError::Empty),
        Some(Arrived::Workbook) => {
            let bytes = std::fs::read(path).map_err(unreadable)?;
            return workbook::walk(&bytes, limits, each).map(|_| ());
        }
        Some(Arrived::Other(_)) if told == Encoding::Utf16 && marked.is_none() => {}
        Some(Arrived::Other(what)) => return Err(SheetError::NotASheet { what }),
        Some(Arrived::Text) => {}
    }
    let whole = io::Cursor::new(head.clone()).chain(file);
    let (encoding, skip) = marked.unwrap_or(match told {
        Encoding::Utf8 => (encoding_rs::UTF_8, 0),
        Encoding::Utf16 => (encoding_rs::UTF_16LE, 0),
        Encoding::Windows1258 => (encoding_rs::WINDOWS_1258, 0),
    });
    let mut whole = BufReader::with_capacity(1 << 16, whole);
    io::copy(&mut (&mut whole).take(skip), &mut io::sink()).map_err(unreadable)?;
    let first = encoding.decode_without_bom_handling(&head[usize::try_from(skip).unwrap_or(0)..]).0;
    let delimiter = delimiter(first.as_bytes());
    if encoding == encoding_rs::UTF_8 {
        rows(whole, delimiter, limits, each)
    } else {
        rows(Decoded::new(whole, encoding), delimiter, limits, each)
    }
}

/// The separator of the line that has most of any: lines of a title above the header have few.
pub(super) fn delimiter(head: &[u8]) -> u8 {
    let lines = head.split(|byte| *byte == b'\n').take(TITLE_LINES);
    let counted = lines.map(|line| {
        let separator = delimited::delimiter(line);
        (line.iter().filter(|byte| **byte == separator).count(), separator)
    });
    counted.max_by_key(|(count, _)| *count).map_or(b',', |(_, separator)| separator)
}

/// The encoding that a mark names, and how long the mark is.
pub(super) fn mark(head: &[u8]) -> Option<(&'static encoding_rs::Encoding, u64)> {
    encoding_rs::Encoding::for_bom(head).map(|(encoding, length)| (encoding, length as u64))
}

pub(super) fn rows(
    reader: impl Read,
    delimiter: u8,
    limits: &Limits,
    mut each: impl FnMut(Row) -> ControlFlow<()>,
) -> Result<(), SheetError> {
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(reader);
    let mut record = csv::ByteRecord::new();
    let mut read = 0;
    while reader.read_byte_record(&mut record).map_err(|error| SheetError::Damaged { reason: error.to_string() })? {
        let line = record.position().map_or(0, csv::Position::line);
        let number = u32::try_from(line).unwrap_or(u32::MAX);
        if record.len() > limits.columns {
            return Err(SheetError::TooManyColumns { row: number, limit: limits.columns });
        }
        let mut cells = Vec::with_capacity(record.len());
        for field in &record {
            let text = std::str::from_utf8(field).map_err(|_| SheetError::NotUtf8 { row: number })?;
            cells.push(if text.trim().is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) });
        }
        if cells.iter().all(Cell::is_blank) {
            continue;
        }
        read += 1;
        if read > limits.rows {
            return Err(SheetError::TooManyRows { limit: limits.rows });
        }
        if each(Row { number, cells }).is_break() {
            break;
        }
    }
    Ok(())
}

/// Bytes of another encoding, given as UTF-8 piece by piece.
struct Decoded<R> {
    inner: R,
    decoder: encoding_rs::Decoder,
    raw: Vec<u8>,
    out: Vec<u8>,
    given: usize,
    ended: bool,
}

impl<R: Read> Decoded<R> {
    fn new(inner: R, encoding: &'static encoding_rs::Encoding) -> Self {
        let decoder = encoding.new_decoder_without_bom_handling();
        Self { inner, decoder, raw: vec![0; 1 << 15], out: Vec::new(), given: 0, ended: false }
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, wanted: &mut [u8]) -> io::Result<usize> {
        while self.given == self.out.len() && !self.ended {
            let taken = self.inner.read(&mut self.raw)?;
            self.ended = taken == 0;
            let room = self.decoder.max_utf8_buffer_length(taken).unwrap_or(1 << 18);
            self.out.resize(room, 0);
            let (_, _, written, _) = self.decoder.decode_to_utf8(&self.raw[..taken], &mut self.out, self.ended);
            self.out.truncate(written);
            self.given = 0;
        }
        let taken = wanted.len().min(self.out.len() - self.given);
        wanted[..taken].copy_from_slice(&self.out[self.given..self.given + taken]);
        self.given += taken;
        Ok(taken)
    }
}

#[cfg(test)]
mod tests {
    use super::{Encoding, walk_file};
    use crate::sheet::{Limits, SheetError};
    use std::ops::ControlFlow;

    fn read(bytes: &[u8], told: Encoding) -> Result<Vec<Vec<String>>, SheetError> {
        let file = std::env::temp_dir().join(format!("stream-{}-{:?}.csv", bytes.len(), told));
        std::fs::write(&file, bytes).expect("a file");
        let mut rows = Vec::new();
        walk_file(&file, told, &Limits::default(), |row| {
            rows.push(row.cells.iter().map(crate::sheet::Cell::text).collect());
            ControlFlow::Continue(())
        })?;
        Ok(rows)
    }

    #[test]
    fn one_text_is_read_from_three_encodings_and_three_separators() {
        let expected = [["Đơn vị", "Hạn"], ["Sở Tư pháp", "5/2/2026"]];
        let utf16: Vec<u8> =
            "\u{feff}Đơn vị\tHạn\nSở Tư pháp\t5/2/2026\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        // Windows-1258: Đ D0, ơ F5, ị = i + F2 (dot below), ạ = a + F2, ở = ơ + D2 (hook above), ư FD, á E1.
        let old = b"\xD0\xF5n vi\xF2;Ha\xF2n\r\nS\xF5\xD2 T\xFD ph\xE1p;5/2/2026\r\n";
        for (bytes, told) in [
            ("Đơn vị,Hạn\nSở Tư pháp,5/2/2026\n".as_bytes(), Encoding::Utf8),
            (utf16.as_slice(), Encoding::Utf8),
            (old.as_slice(), Encoding::Windows1258),
        ] {
            assert_eq!(read(bytes, told).expect("rows"), expected, "{told:?}");
        }
    }

    #[test]
    fn a_file_of_the_wrong_encoding_is_refused_with_its_row() {
        let refused = read(b"a,b\nS\xF5\xD2,c\n", Encoding::Utf8);
        assert!(matches!(refused, Err(SheetError::NotUtf8 { row: 2 })), "{refused:?}");
    }
}
