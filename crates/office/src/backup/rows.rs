//! Rows as lines of JSON: `["text", 7, null, {"hex": "00ff"}]`.

use data_encoding::HEXLOWER;
use serde_json::{Value, json};

use crate::db::copy::Cell;

/// A row as one line, with its end.
pub fn line(cells: &[Cell]) -> String {
    let cells: Vec<Value> = cells
        .iter()
        .map(|cell| match cell {
            Cell::Null => Value::Null,
            Cell::Int(number) => json!(number),
            Cell::Text(text) => json!(text),
            Cell::Bytes(bytes) => json!({ "hex": HEXLOWER.encode(bytes) }),
        })
        .collect();
    format!("{}\n", Value::Array(cells))
}

/// A line as a row.
pub fn cells(line: &str) -> Option<Vec<Cell>> {
    let Ok(Value::Array(values)) = serde_json::from_str(line) else { return None };
    values
        .into_iter()
        .map(|value| match value {
            Value::Null => Some(Cell::Null),
            Value::Number(number) => number.as_i64().map(Cell::Int),
            Value::String(text) => Some(Cell::Text(text)),
            Value::Object(map) => {
                let hex = map.get("hex")?.as_str()?;
                HEXLOWER.decode(hex.as_bytes()).ok().map(Cell::Bytes)
            }
            _ => None,
        })
        .collect()
}

/// A row with the names of its columns.
pub struct Named<'a> {
    /// The names, in order.
    pub columns: &'a [String],
    /// The cells, in the same order.
    pub cells: &'a [Cell],
}

impl Named<'_> {
    fn cell(&self, column: &str) -> Option<&Cell> {
        self.columns.iter().position(|own| own == column).and_then(|at| self.cells.get(at))
    }

    /// A text.
    pub fn text(&self, column: &str) -> Option<String> {
        if let Some(Cell::Text(text)) = self.cell(column) { Some(text.clone()) } else { None }
    }

    /// A whole number.
    pub fn int(&self, column: &str) -> Option<i64> {
        if let Some(Cell::Int(number)) = self.cell(column) { Some(*number) } else { None }
    }

    /// Bytes.
    pub fn bytes(&self, column: &str) -> Option<Vec<u8>> {
        if let Some(Cell::Bytes(bytes)) = self.cell(column) { Some(bytes.clone()) } else { None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_cell_comes_back_as_it_was() {
        let row = vec![Cell::Null, Cell::Int(-7), Cell::Text("Lò Văn \"A\"\n".to_owned()), Cell::Bytes(vec![0, 255])];
        let line = line(&row);
        assert_eq!(line.matches('\n').count(), 1, "one row is one line");
        assert_eq!(cells(line.trim_end()), Some(row));
        assert_eq!(cells("{\"a\":1}"), None);
    }
}
