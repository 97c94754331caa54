//! Writing spreadsheets. Text stays text: what begins like a formula is a string cell in XLSX and
//! takes an apostrophe in CSV, so that no program computes what a visitor typed.

use jiff::civil::{Date, DateTime};
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use super::{Cell, SheetError};

/// A sheet to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct NewSheet {
    /// Its name on the tab.
    pub name: String,
    /// Lines above the header: title, unit, period.
    pub title: Vec<String>,
    /// Its columns.
    pub columns: Vec<NewColumn>,
    /// Its rows, one cell a column.
    pub rows: Vec<Vec<Cell>>,
}

/// A column of a sheet to be written.
#[derive(Clone, Debug, PartialEq)]
pub struct NewColumn {
    /// Its header.
    pub header: String,
    /// Its width in letters.
    pub width: f64,
    /// How its numbers are shown.
    pub kind: Kind,
}

/// How the numbers of a column are shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// As they are.
    #[default]
    Plain,
    /// Whole, with separated thousands: counts and money.
    Whole,
    /// With two decimals.
    Decimal,
    /// A share as percent.
    Percent,
}

impl NewSheet {
    /// An empty sheet with its columns.
    pub fn new(name: impl Into<String>, columns: Vec<NewColumn>) -> NewSheet {
        NewSheet { name: name.into(), title: Vec::new(), columns, rows: Vec::new() }
    }
}

impl NewColumn {
    /// A column of text, days or plain numbers.
    pub fn new(header: impl Into<String>, width: f64) -> NewColumn {
        NewColumn { header: header.into(), width, kind: Kind::Plain }
    }

    /// A column of figures.
    pub fn figures(header: impl Into<String>, width: f64, kind: Kind) -> NewColumn {
        NewColumn { header: header.into(), width, kind }
    }
}

/// Writes sheets as one XLSX: bold header that stays in view and repeats on paper, filter, widths.
pub fn xlsx(sheets: &[NewSheet]) -> Result<Vec<u8>, SheetError> {
    let mut workbook = Workbook::new();
    let refused = |error: XlsxError| SheetError::NotWritten { reason: error.to_string() };
    for sheet in sheets {
        fill(workbook.add_worksheet(), sheet).map_err(refused)?;
    }
    workbook.save_to_buffer().map_err(refused)
}

fn fill(page: &mut Worksheet, sheet: &NewSheet) -> Result<(), XlsxError> {
    let base = Format::new().set_font_name("Times New Roman").set_font_size(12);
    let title = base.clone().set_bold();
    let header = base
        .clone()
        .set_bold()
        .set_border(FormatBorder::Thin)
        .set_background_color("F3E3C3")
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_text_wrap();
    let cell = base.set_border(FormatBorder::Thin).set_align(FormatAlign::Top);
    page.set_name(tab_name(&sheet.name))?;
    let mut row = 0;
    for line in &sheet.title {
        page.write_string_with_format(row, 0, line, &title)?;
        row += 1;
    }
    let header_row = row;
    for (column, at) in sheet.columns.iter().zip(0u16..) {
        page.write_string_with_format(header_row, at, &column.header, &header)?;
        page.set_column_width(at, column.width)?;
    }
    let formats: Vec<Format> = sheet.columns.iter().map(|column| number_format(&cell, column.kind)).collect();
    let wrapped = cell.clone().set_text_wrap();
    let days = cell.clone().set_num_format("dd/mm/yyyy");
    let moments = cell.clone().set_num_format("dd/mm/yyyy hh:mm");
    for cells in &sheet.rows {
        row += 1;
        for ((value, format), at) in cells.iter().zip(&formats).zip(0u16..) {
            match value {
                Cell::Empty => page.write_blank(row, at, &cell)?,
                Cell::Text(text) | Cell::Error(text) => page.write_string_with_format(row, at, text, &wrapped)?,
                Cell::Number(number) => page.write_number_with_format(row, at, *number, format)?,
                Cell::Bool(value) => page.write_string_with_format(row, at, Cell::Bool(*value).text(), &wrapped)?,
                Cell::Day(day) => page.write_datetime_with_format(row, at, excel_day(*day)?, &days)?,
                Cell::Moment(moment) => page.write_datetime_with_format(row, at, excel_moment(*moment)?, &moments)?,
            };
        }
    }
    page.set_freeze_panes(header_row + 1, 0)?;
    if let Some(last) = sheet.columns.len().checked_sub(1).and_then(|last| u16::try_from(last).ok()) {
        page.autofilter(header_row, 0, row.max(header_row), last)?;
    }
    page.set_repeat_rows(header_row, header_row)?;
    page.set_paper_size(9).set_print_fit_to_pages(1, 0);
    if sheet.columns.iter().map(|column| column.width).sum::<f64>() > 90.0 {
        page.set_landscape();
    }
    Ok(())
}

fn number_format(cell: &Format, kind: Kind) -> Format {
    match kind {
        Kind::Plain => cell.clone(),
        Kind::Whole => cell.clone().set_num_format("#,##0"),
        Kind::Decimal => cell.clone().set_num_format("#,##0.00"),
        Kind::Percent => cell.clone().set_num_format("0.0%"),
    }
}

fn excel_day(day: Date) -> Result<ExcelDateTime, XlsxError> {
    let part = |part: i8| u8::try_from(part).unwrap_or(1);
    ExcelDateTime::from_ymd(u16::try_from(day.year()).unwrap_or(0), part(day.month()), part(day.day()))
}

fn excel_moment(moment: DateTime) -> Result<ExcelDateTime, XlsxError> {
    let part = |part: i8| u16::try_from(part).unwrap_or(0);
    let (hour, minute) = (part(moment.hour()), u8::try_from(moment.minute()).unwrap_or(0));
    excel_day(moment.date())?.and_hms(hour, minute, f64::from(moment.second()))
}

/// A name Excel takes for a tab: at most 31 letters and none of its seven forbidden ones.
fn tab_name(name: &str) -> String {
    let allowed: String = name.chars().map(|letter| if "[]:*?/\\".contains(letter) { '-' } else { letter }).collect();
    allowed.trim_matches('\'').chars().take(31).collect()
}

/// Writes a sheet as CSV in UTF-8 with a byte order mark, as Excel opens it with the right letters.
pub fn csv(sheet: &NewSheet) -> Vec<u8> {
    let mut out = b"\xEF\xBB\xBF".to_vec();
    let headers: Vec<Cell> = sheet.columns.iter().map(|column| Cell::Text(column.header.clone())).collect();
    for cells in std::iter::once(&headers).chain(&sheet.rows) {
        let fields: Vec<String> = cells.iter().map(field).collect();
        out.extend_from_slice(fields.join(",").as_bytes());
        out.extend_from_slice(b"\r\n");
    }
    out
}

fn field(cell: &Cell) -> String {
    let text = match cell {
        // Numbers and days are ours; only text can carry a formula.
        Cell::Text(text) | Cell::Error(text) => neutral(text),
        Cell::Day(day) => day.to_string(),
        Cell::Moment(moment) => moment.to_string(),
        other => other.text(),
    };
    if text.contains([',', ';', '"', '\n', '\r', '\t']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// Text that a spreadsheet would compute takes an apostrophe in front, also behind spaces.
fn neutral(text: &str) -> String {
    let first = text.trim_start_matches([' ', '\u{a0}', '\u{feff}']).chars().next();
    match first {
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '＝' | '＋' | '－' | '＠') => format!("'{text}"),
        _ => text.to_owned(),
    }
}
