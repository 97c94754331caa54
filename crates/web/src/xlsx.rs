//! What pages hand out as XLSX: a sheet under headers, a cell of text.

use papers::sheet::{Cell, NewColumn, NewSheet};

/// A sheet of texts and figures under these headers, each with its width in letters.
pub fn sheet(name: &str, headers: &[(&str, f64)], rows: Vec<Vec<Cell>>) -> NewSheet {
    let columns = headers.iter().map(|(header, width)| NewColumn::new(*header, *width)).collect();
    NewSheet { rows, ..NewSheet::new(name, columns) }
}

/// A cell of text; what looks like a formula stays text.
pub fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}
