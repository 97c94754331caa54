//! XLSX, read cell by cell: the file is looked through as a zip first, so that neither a bomb nor a
//! macro reaches the reader, and no row is kept longer than it takes to hand it on.

use std::io::{self, Cursor, Read};
use std::ops::ControlFlow;

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx};
use jiff::civil::{Date, DateTime};
use zip::ZipArchive;

use super::{Cell, Limits, Row, SheetError};
use crate::container;

/// Reads the first sheet; gives its name.
pub(super) fn walk(
    bytes: &[u8],
    limits: &Limits,
    mut each: impl FnMut(Row) -> ControlFlow<()>,
) -> Result<String, SheetError> {
    inspect(bytes, limits)?;
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let name = workbook.sheet_names().first().cloned().ok_or(SheetError::Empty)?;
    let mut reader = workbook.worksheet_cells_reader(&name).map_err(|error| damaged(&error))?;
    let mut row = Row { number: 0, cells: Vec::new() };
    let mut rows = 0;
    while let Some(cell) = reader.next_cell().map_err(|error| damaged(&error))? {
        let (number, column) = (cell.get_position().0.saturating_add(1), cell.get_position().1 as usize);
        let value = read(cell.get_value());
        if value.is_blank() {
            continue;
        }
        if column >= limits.columns {
            return Err(SheetError::TooManyColumns { row: number, limit: limits.columns });
        }
        if number != row.number {
            let full = std::mem::replace(&mut row, Row { number, cells: Vec::new() });
            if !full.cells.is_empty() && each(full).is_break() {
                return Ok(name);
            }
            rows += 1;
            if rows > limits.rows {
                return Err(SheetError::TooManyRows { limit: limits.rows });
            }
        }
        if row.cells.len() <= column {
            row.cells.resize(column + 1, Cell::Empty);
        }
        row.cells[column] = value;
    }
    if !row.cells.is_empty() {
        // After the last row there is nothing left to stop.
        let _ = each(row);
    }
    Ok(name)
}

/// Looks through the container before anything interprets it.
fn inspect(bytes: &[u8], limits: &Limits) -> Result<(), SheetError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let names = container::names(&archive);
    if names.iter().any(|name| container::is_macro(name)) {
        return Err(SheetError::Macros);
    }
    if names.iter().any(|name| name.starts_with("word/")) {
        return Err(SheetError::NotASheet { what: "tệp Word" });
    }
    if !names.iter().any(|name| name == "xl/workbook.xml") {
        return Err(SheetError::NotASheet { what: "tệp nén" });
    }
    // What the container says of its sizes may be a lie: unpack and count, keeping nothing.
    let mut left = limits.unpacked;
    for index in 0..archive.len() {
        let file = archive.by_index(index).map_err(|error| damaged(&error))?;
        if file.size() > left {
            return Err(SheetError::UnpacksTooLarge { limit: limits.unpacked });
        }
        let taken = io::copy(&mut file.take(left + 1), &mut io::sink()).map_err(|error| damaged(&error))?;
        left = left.checked_sub(taken).ok_or(SheetError::UnpacksTooLarge { limit: limits.unpacked })?;
    }
    Ok(())
}

fn damaged(error: &impl ToString) -> SheetError {
    SheetError::Damaged { reason: error.to_string() }
}

fn read(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::Empty => Cell::Empty,
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::String(text) => Cell::Text(text.clone()),
        DataRef::SharedString(text) => Cell::Text((*text).to_owned()),
        DataRef::Bool(value) => Cell::Bool(*value),
        DataRef::DateTime(moment) => moment_of(*moment),
        DataRef::DateTimeIso(text) => text
            .parse::<DateTime>()
            .map(day_or_moment)
            .or_else(|_| text.parse::<Date>().map(Cell::Day))
            .unwrap_or_else(|_| Cell::Text(text.clone())),
        DataRef::DurationIso(text) => Cell::Text(text.clone()),
        DataRef::Error(error) => Cell::Error(error.to_string()),
    }
}

fn moment_of(moment: ExcelDateTime) -> Cell {
    if moment.is_duration() {
        return Cell::Number(moment.as_f64());
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let small = |part: u8| i8::try_from(part).ok();
    let read = (|| {
        let year = i16::try_from(year).ok()?;
        DateTime::new(year, small(month)?, small(day)?, small(hour)?, small(minute)?, small(second)?, 0).ok()
    })();
    read.map_or(Cell::Number(moment.as_f64()), day_or_moment)
}

fn day_or_moment(moment: DateTime) -> Cell {
    if moment.time() == jiff::civil::Time::midnight() { Cell::Day(moment.date()) } else { Cell::Moment(moment) }
}
