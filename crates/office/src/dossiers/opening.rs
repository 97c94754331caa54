//! A file from its header on: in pieces when it is plain text, row by row otherwise.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;

use kernel::Date;
use papers::sheet::{Fault, Limits, Piece, Pieces, Row, SheetError, walk_file};

use super::DossiersError;
use super::mapping::Mapping;
use super::model::Facts;
use super::quick::{Plain, Quick, row_of};
use super::reading::Reader;

/// In how many filled rows from the top the header is looked for.
const HEADER_WITHIN: usize = 20;

/// How large a file may be: a million dossiers with all their columns.
pub(super) const LIMITS: Limits = Limits { bytes: 2 << 30, unpacked: 2 << 30, rows: 5_000_000, columns: 200 };

/// What a row turned out to be.
pub enum Found<'row> {
    /// A plain one.
    Plain(Plain<'row>),
    /// One that needed a closer look.
    Closer(Facts),
    /// A faulty one.
    Faulty(Vec<Fault>),
}

/// Plain text in UTF-8 under its header.
pub struct Opened {
    /// Reads its rows.
    pub reader: Reader,
    /// The pieces after the first.
    pub pieces: Pieces,
    /// What of the first piece comes after the header.
    pub first: Piece,
}

/// Looks for the header among the first rows.
pub struct Header<'m> {
    mapping: &'m Arc<Mapping>,
    today: Date,
    looked_at: usize,
    best: Option<DossiersError>,
}

impl<'m> Header<'m> {
    /// A search that has seen nothing.
    #[must_use]
    pub fn new(mapping: &'m Arc<Mapping>, today: Date) -> Self {
        Self { mapping, today, looked_at: 0, best: None }
    }

    /// The reader, when this row is the header.
    pub fn look(&mut self, row: &Row) -> Option<Reader> {
        match Reader::under(self.mapping, row, self.today) {
            Ok(reader) => Some(reader),
            Err(error) => {
                self.looked_at += 1;
                // The row that lacks least is the one that was meant.
                let closer = self.best.as_ref().is_none_or(|best| error.to_string().len() < best.to_string().len());
                if closer {
                    self.best = Some(error);
                }
                None
            }
        }
    }

    /// Whether the header cannot come any more.
    #[must_use]
    pub fn is_given_up(&self) -> bool {
        self.looked_at == HEADER_WITHIN
    }

    /// Why there is none.
    #[must_use]
    pub fn missing(self) -> DossiersError {
        self.best.unwrap_or(SheetError::Empty.into())
    }
}

/// Opens a file behind its header; none when it is no plain text, which [`walk_file`] reads.
///
/// # Errors
/// When it has no header, or is no sheet at all.
pub fn open(file: &Path, mapping: &Arc<Mapping>, today: Date) -> Result<Option<Opened>, DossiersError> {
    let Some(mut pieces) = Pieces::open(file, mapping.encoding, &LIMITS)? else { return Ok(None) };
    let Some(first) = pieces.next() else { return Err(SheetError::Empty.into()) };
    let mut first = first?;
    let (mut header, mut found) = (Header::new(mapping, today), None);
    first.rows(pieces.delimiter, &LIMITS, |row| {
        if let Some(reader) = header.look(&row) {
            found = Some((reader, row.number));
        }
        if found.is_some() || header.is_given_up() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    let Some((reader, line)) = found else { return Err(header.missing()) };
    first.drop_upto(line);
    Ok(Some(Opened { reader, pieces, first }))
}

/// Reads the rows of a piece: each with its line number in the file.
///
/// # Errors
/// When the piece is not in UTF-8, or a row has too many columns.
pub fn rows_of<'r>(
    piece: &Piece,
    reader: &'r Reader,
    quick: &mut Quick<'r>,
    delimiter: u8,
    mut each: impl FnMut(&mut Quick<'r>, u32, Found<'_>),
) -> Result<(), SheetError> {
    let closer = |row: &Row| match reader.read(row) {
        Ok(facts) => Found::Closer(facts),
        Err(faults) => Found::Faulty(faults),
    };
    if piece.quoted {
        return piece.rows(delimiter, &LIMITS, |row| {
            each(quick, row.number, closer(&row));
            ControlFlow::Continue(())
        });
    }
    if let Err(error) = std::str::from_utf8(&piece.bytes) {
        let before = memchr::memchr_iter(b'\n', &piece.bytes[..error.valid_up_to()]).count();
        return Err(SheetError::NotUtf8 { row: piece.line.saturating_add(u32::try_from(before).unwrap_or(u32::MAX)) });
    }
    let mut start = 0;
    let mut number = piece.line;
    for end in memchr::memchr_iter(b'\n', &piece.bytes).chain([piece.bytes.len()]) {
        let line = &piece.bytes[start..end.max(start)];
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        start = end + 1;
        if !line.is_empty() {
            match quick.read(line) {
                Some(plain) => each(quick, number, Found::Plain(plain)),
                None => {
                    if let Some(row) = row_of(line, delimiter, number) {
                        if row.cells.len() > LIMITS.columns {
                            return Err(SheetError::TooManyColumns { row: number, limit: LIMITS.columns });
                        }
                        each(quick, number, closer(&row));
                    }
                }
            }
        }
        number = number.saturating_add(1);
    }
    Ok(())
}

/// Reads a workbook, or text in another encoding, row by row; answers what its header says.
///
/// # Errors
/// When it has no header, or cannot be read to its end.
pub fn walk(
    file: &Path,
    mapping: &Arc<Mapping>,
    today: Date,
    mut each: impl FnMut(&Reader, &Row, Result<Facts, Vec<Fault>>) -> ControlFlow<()>,
) -> Result<Reader, DossiersError> {
    let (mut header, mut reader) = (Header::new(mapping, today), None::<Reader>);
    walk_file(file, mapping.encoding, &LIMITS, |row| {
        if let Some(under) = &reader {
            return each(under, &row, under.read(&row));
        }
        reader = header.look(&row);
        if header.is_given_up() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    })?;
    match reader {
        Some(reader) => Ok(reader),
        None => Err(header.missing()),
    }
}
