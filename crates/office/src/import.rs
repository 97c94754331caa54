//! What every import from a sheet shares: how it is run, what it answers, how cells are read.
//!
//! An import is one transaction. Faults are named by row and column with what to do; as long as there is
//! one, nothing is written, unless the good rows were asked for. The same file twice changes nothing.

use kernel::Date;
use kernel::numbers::parse_date;
use kernel::text::search_key;
use papers::sheet::{Cell, Fault, NewColumn, NewSheet, SheetError, TableRow, xlsx};
use serde::Serialize;

/// How an import is run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Manner {
    /// Says what would happen, and writes nothing.
    pub dry_run: bool,
    /// Takes the rows without faults even when others have some.
    pub accept_good_rows: bool,
}

/// What an import did, or would do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// Rows that made something new.
    pub created: usize,
    /// Rows that changed something.
    pub updated: usize,
    /// Rows that said what was known.
    pub unchanged: usize,
    /// What is wrong, cell by cell.
    pub faults: Vec<Fault>,
}

impl Outcome {
    /// An import that faults kept from writing anything.
    pub(crate) fn refused(faults: Vec<Fault>) -> Self {
        Self { faults, ..Self::default() }
    }

    pub(crate) fn count(&mut self, change: Change) {
        match change {
            Change::Created => self.created += 1,
            Change::Updated => self.updated += 1,
            Change::Unchanged => self.unchanged += 1,
        }
    }
}

/// What one row does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    Created,
    Updated,
    Unchanged,
}

/// A column of a template: its header, whether it must be filled, how to fill it, an example.
pub(crate) struct Explained {
    pub header: &'static str,
    pub needed: bool,
    pub how: &'static str,
    pub example: &'static str,
}

/// An empty sheet with the right headers, and a second one that explains them.
pub(crate) fn template(name: &str, columns: &[Explained]) -> Result<Vec<u8>, SheetError> {
    let headers = columns.iter().map(|column| {
        let mark = if column.needed { " (*)" } else { "" };
        NewColumn::new(format!("{}{mark}", column.header), 22.0)
    });
    let list = NewSheet::new(name, headers.collect());
    let guide_columns = [("Cột", 24.0), ("Bắt buộc", 12.0), ("Cách ghi", 70.0), ("Ví dụ", 30.0)]
        .map(|(name, width)| NewColumn::new(name, width));
    let mut guide = NewSheet::new("Hướng dẫn", guide_columns.into());
    let text = |text: &str| Cell::Text(text.to_owned());
    guide.rows = columns
        .iter()
        .map(|column| {
            let needed = if column.needed { "Có" } else { "" };
            vec![text(column.header), text(needed), text(column.how), text(column.example)]
        })
        .collect();
    xlsx(&[list, guide])
}

/// By which the file of an import is known again: SHA-256 in hex.
pub(crate) fn digest(file: &[u8]) -> String {
    use sha2::{Digest as _, Sha256};
    data_encoding::HEXLOWER.encode(&Sha256::digest(file))
}

/// The words under a header: none when blank; a fault when the sheet itself could not compute them.
pub(crate) fn words(row: &TableRow<'_>, column: &str) -> Result<Option<String>, Fault> {
    match row.cell(column) {
        Cell::Error(_) => Err(row.fault(column, "Ô này là công thức bị lỗi; nhập giá trị thay cho công thức.")),
        _ => Ok(row.text(column)),
    }
}

/// The words under a header that must be there.
pub(crate) fn needed(row: &TableRow<'_>, column: &str) -> Result<String, Fault> {
    words(row, column)?.ok_or_else(|| row.fault(column, "Ô này không được để trống."))
}

/// The day under a header; none when blank.
pub(crate) fn day(row: &TableRow<'_>, column: &str) -> Result<Option<Date>, Fault> {
    match (row.cell(column), words(row, column)?) {
        (_, None) => Ok(None),
        (Cell::Day(day), _) => Ok(Some(*day)),
        (Cell::Moment(moment), _) => Ok(Some(moment.date())),
        (_, Some(text)) => match parse_date(&text) {
            Ok(day) => Ok(Some(day)),
            Err(fault) => Err(row.fault(column, sentence(&fault.to_string()))),
        },
    }
}

/// The word of a closed list under a header, found by its name or code with or without diacritics.
pub(crate) fn choice<T: Copy>(row: &TableRow<'_>, column: &str, choices: &[(T, &[&str])]) -> Result<Option<T>, Fault> {
    let Some(text) = words(row, column)? else { return Ok(None) };
    let key = search_key(&text);
    let fits = |names: &[&str]| names.iter().any(|name| search_key(name) == key);
    match choices.iter().find(|(_, names)| fits(names)) {
        Some((word, _)) => Ok(Some(*word)),
        None => {
            let known: Vec<_> = choices.iter().filter_map(|(_, names)| names.first().copied()).collect();
            Err(row.fault(column, format!("Không hiểu “{text}”; ghi một trong các từ: {}.", known.join(", "))))
        }
    }
}

/// A clause as a sentence of its own: capital letter, full stop.
pub(crate) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    let stop = if text.ends_with('.') { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}

/// Collects the faults of a row while the rest of it is read.
pub(crate) struct Faulty<'a>(pub(crate) &'a mut Vec<Fault>);

impl Faulty<'_> {
    pub(crate) fn or_note<T>(&mut self, read: Result<T, Fault>) -> Option<T> {
        match read {
            Ok(value) => Some(value),
            Err(fault) => {
                self.0.push(fault);
                None
            }
        }
    }
}
