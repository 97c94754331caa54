//! Rows under headers: the columns are found by what they are called, in any order and spelling.

use super::cell::column_letters;
use super::{Cell, Fault, Row, Sheet, SheetError};

/// A column that an import knows: the name it shows and the other names people give it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ColumnName {
    /// The name in the template we hand out.
    pub name: &'static str,
    /// Other names for the same.
    pub also: &'static [&'static str],
    /// Whether the import can do nothing without it.
    pub required: bool,
}

impl ColumnName {
    /// A column that must be there.
    pub const fn required(name: &'static str, also: &'static [&'static str]) -> ColumnName {
        ColumnName { name, also, required: true }
    }

    /// A column that may be there.
    pub const fn optional(name: &'static str, also: &'static [&'static str]) -> ColumnName {
        ColumnName { name, also, required: false }
    }

    fn is_called(&self, key: &str) -> bool {
        std::iter::once(&self.name).chain(self.also).any(|name| header_key(name) == key)
    }
}

/// A sheet whose columns have been found.
#[derive(Clone, Debug)]
pub struct Table<'a> {
    names: &'a [ColumnName],
    /// For each known column where it is in the sheet.
    places: Vec<Option<usize>>,
    rows: &'a [Row],
}

/// How many rows a title may take above the header.
const TITLE_ROWS: usize = 20;

impl<'a> Table<'a> {
    /// Finds the header row, which may stand below a title, and each column in it.
    pub fn find(sheet: &'a Sheet, names: &'a [ColumnName]) -> Result<Table<'a>, SheetError> {
        let candidates = sheet.rows.iter().enumerate().take(TITLE_ROWS);
        // Of rows that name equally many columns the upper one is the header.
        let best = candidates.rev().max_by_key(|(_, row)| matches(row, names));
        let (at, header) = best.ok_or(SheetError::Empty)?;
        let places: Vec<Option<usize>> = names.iter().map(|name| place(header, name)).collect::<Result<_, _>>()?;
        let absent = |(name, place): (&ColumnName, &Option<usize>)| {
            (name.required && place.is_none()).then(|| name.name.to_owned())
        };
        let missing: Vec<String> = names.iter().zip(&places).filter_map(absent).collect();
        if !missing.is_empty() {
            let found = header.cells.iter().map(Cell::text).filter(|text| !text.is_empty()).collect();
            return Err(SheetError::MissingColumns { missing, found });
        }
        Ok(Table { names, places, rows: &sheet.rows[at + 1..] })
    }

    /// The rows below the header, without those that are blank in every known column.
    pub fn rows(&self) -> impl Iterator<Item = TableRow<'_>> {
        let filled = |row: &&Row| {
            self.places.iter().flatten().any(|&place| row.cells.get(place).is_some_and(|cell| !cell.is_blank()))
        };
        self.rows.iter().filter(filled).map(|row| TableRow { table: self, row })
    }

    /// Whether an optional column is there.
    pub fn has(&self, name: &str) -> bool {
        self.place(name).is_some()
    }

    fn place(&self, name: &str) -> Option<usize> {
        let index = self.names.iter().position(|known| known.name == name)?;
        self.places[index]
    }
}

/// A row of a table, read by the names of its columns.
#[derive(Clone, Copy, Debug)]
pub struct TableRow<'a> {
    table: &'a Table<'a>,
    row: &'a Row,
}

impl TableRow<'_> {
    /// Its number as the spreadsheet shows it.
    pub fn number(&self) -> u32 {
        self.row.number
    }

    /// The cell under a header; empty when the column or the cell is not there.
    pub fn cell(&self, name: &str) -> &Cell {
        self.table.place(name).and_then(|place| self.row.cells.get(place)).unwrap_or(&Cell::Empty)
    }

    /// The words under a header; none when blank.
    pub fn text(&self, name: &str) -> Option<String> {
        let text = self.cell(name).text();
        (!text.is_empty()).then_some(text)
    }

    /// A fault of the cell under a header.
    pub fn fault(&self, name: &str, what: impl Into<String>) -> Fault {
        Fault {
            row: self.number(),
            column: name.to_owned(),
            letters: self.table.place(name).map(column_letters).unwrap_or_default(),
            value: self.cell(name).text(),
            what: what.into(),
        }
    }
}

/// Headers are compared without marks, case and anything in brackets: `Ngày sinh (*)`.
fn header_key(header: &str) -> String {
    let bare = header.split(['(', '[']).next().unwrap_or_default();
    kernel::text::search_key(bare)
}

fn matches(row: &Row, names: &[ColumnName]) -> usize {
    let keys: Vec<String> = row.cells.iter().map(|cell| header_key(&cell.text())).collect();
    names.iter().filter(|name| keys.iter().any(|key| name.is_called(key))).count()
}

fn place(header: &Row, name: &ColumnName) -> Result<Option<usize>, SheetError> {
    let mut found =
        header.cells.iter().enumerate().filter(|(_, cell)| name.is_called(&header_key(&cell.text()))).map(|it| it.0);
    let first = found.next();
    match (first, found.next()) {
        (Some(first), Some(second)) => Err(SheetError::DoubleColumn {
            name: name.name.to_owned(),
            first: column_letters(first),
            second: column_letters(second),
        }),
        _ => Ok(first),
    }
}
