//! A paper as PDF/A.

use serde::Serialize;

use crate::error::PaperError;
use crate::head;
use crate::paper::{Block, Issuer, Paper, Table};
use crate::typesetting::{self, Template};

/// Renders a paper as tagged PDF/A-2a.
pub fn pdf(paper: &Paper) -> Result<Vec<u8>, PaperError> {
    check(paper)?;
    typesetting::write(&typesetting::set(Template::Paper, data(paper))?)
}

/// What a template sees of a paper: its fields and the lines that are composed of several.
#[derive(Serialize)]
pub(crate) struct View<'a> {
    #[serde(flatten)]
    paper: &'a Paper,
    /// The issuer and the agency above it, in capitals as the head of a document has them.
    masthead: Issuer,
    title: String,
    number_line: Option<String>,
    dateline: String,
    made: (i16, i8, i8),
}

impl<'a> View<'a> {
    pub(crate) fn of(paper: &'a Paper) -> View<'a> {
        let day = paper.drawn_up_on;
        View {
            paper,
            masthead: head::masthead(&paper.issuer, paper.orientation),
            title: paper.title(),
            number_line: paper.number_line(),
            dateline: paper.dateline(),
            made: (day.year(), day.month(), day.day()),
        }
    }
}

/// Refuses tables whose rows and headers do not fit each other, before any layout.
pub(crate) fn check(paper: &Paper) -> Result<(), PaperError> {
    let tables = paper.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    for (index, table) in tables.enumerate() {
        check_table(index + 1, table)?;
    }
    Ok(())
}

fn check_table(table: usize, it: &Table) -> Result<(), PaperError> {
    let expected = it.columns.len();
    let spans: usize = it.groups.iter().map(|group| usize::from(group.span)).sum();
    let grouped = it.groups.is_empty() || (spans == expected && it.groups.iter().all(|group| group.span > 0));
    if expected == 0 || !grouped || !it.columns.iter().all(|column| column.share > 0.0) {
        return Err(PaperError::RaggedHeader { table });
    }
    match it.rows.iter().chain(&it.totals).enumerate().find(|(_, row)| row.len() != expected) {
        Some((row, cells)) => Err(PaperError::RaggedRow { table, row: row + 1, found: cells.len(), expected }),
        None => Ok(()),
    }
}

fn data(paper: &Paper) -> String {
    let data = serde_json::to_string(&View::of(paper)).expect("a paper has only text, numbers and days");
    // Composing the letters leaves the signs of JSON as they are.
    kernel::text::nfc(&data)
}
