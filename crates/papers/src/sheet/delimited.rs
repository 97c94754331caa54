//! CSV as spreadsheets and people write it: comma, semicolon or tab, with or without a byte order mark.

use std::borrow::Cow;
use std::ops::ControlFlow;

use super::{Cell, Limits, Row, SheetError};

/// Reads a CSV row by row; every cell is text, since CSV knows no types.
pub(super) fn walk(
    bytes: &[u8],
    limits: &Limits,
    mut each: impl FnMut(Row) -> ControlFlow<()>,
) -> Result<(), SheetError> {
    let bytes = decoded(bytes)?;
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(&bytes))
        .from_reader(bytes.as_ref());
    let mut record = csv::ByteRecord::new();
    let mut rows = 0;
    let mut number = 0;
    let mut begins = 0;
    while reader.read_byte_record(&mut record).map_err(|error| SheetError::Damaged { reason: error.to_string() })? {
        // Rows as the screen numbers them: empty lines count though the reader skips them, and the
        // line ends inside a quoted cell do not.
        let mut ends = usize::try_from(reader.position().byte()).unwrap_or(bytes.len()).min(bytes.len());
        ends += usize::from(bytes[..ends].ends_with(b"\r") && bytes[ends..].starts_with(b"\n"));
        let unended = ends == bytes.len() && !bytes.ends_with(b"\n");
        let lines = line_ends(&bytes[begins..ends]) + usize::from(unended);
        begins = ends;
        number += lines.saturating_sub(record.iter().map(line_ends).sum()).max(1);
        let row = u32::try_from(number).unwrap_or(u32::MAX);
        if record.len() > limits.columns {
            return Err(SheetError::TooManyColumns { row, limit: limits.columns });
        }
        let mut cells = Vec::with_capacity(record.len());
        for field in &record {
            let text = std::str::from_utf8(field).map_err(|_| SheetError::NotUtf8 { row })?;
            cells.push(if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) });
        }
        while cells.last().is_some_and(Cell::is_blank) {
            cells.pop();
        }
        if cells.is_empty() {
            continue;
        }
        rows += 1;
        if rows > limits.rows {
            return Err(SheetError::TooManyRows { limit: limits.rows });
        }
        if each(Row { number: row, cells }).is_break() {
            break;
        }
    }
    Ok(())
}

fn line_ends(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte == b'\n').count()
}

/// The bytes as UTF-8 without their mark; Excel's "Unicode text" is UTF-16.
fn decoded(bytes: &[u8]) -> Result<Cow<'_, [u8]>, SheetError> {
    let wide = |unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes[2..].chunks_exact(2).map(|pair| unit([pair[0], pair[1]])).collect();
        String::from_utf16(&units).map(|text| Cow::Owned(text.into_bytes())).map_err(|_| SheetError::NotUtf8 { row: 1 })
    };
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => Ok(Cow::Borrowed(rest)),
        [0xFF, 0xFE, ..] => wide(u16::from_le_bytes),
        [0xFE, 0xFF, ..] => wide(u16::from_be_bytes),
        _ => Ok(Cow::Borrowed(bytes)),
    }
}

/// The separator that occurs most often in the first line outside quotes.
pub(super) fn delimiter(bytes: &[u8]) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for &byte in bytes {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if !quoted => {
                if let Some(count) = counts.iter_mut().find(|(delimiter, _)| *delimiter == byte) {
                    count.1 += 1;
                }
            }
            _ => {}
        }
    }
    // Of equals the first wins: a line without any separator is one column.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(delimiter, _)| *delimiter)
}
