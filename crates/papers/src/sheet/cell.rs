//! One cell: a value with its type, and what people mean by it.

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};

/// What stands in a cell.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// Nothing.
    #[default]
    Empty,
    /// Text.
    Text(String),
    /// A number.
    Number(f64),
    /// Yes or no.
    Bool(bool),
    /// A day.
    Day(Date),
    /// A day with a time.
    Moment(DateTime),
    /// A fault of the spreadsheet itself: `#REF!`.
    Error(String),
}

impl Cell {
    /// Whether there is nothing to read in it.
    pub fn is_blank(&self) -> bool {
        match self {
            Cell::Empty => true,
            Cell::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }

    /// The words of the cell as a person reads them: one clean line, whole numbers without a point,
    /// days as `05/02/2027`.
    pub fn text(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Text(text) | Cell::Error(text) => kernel::text::clean_line(text),
            Cell::Number(number) => plain_number(*number),
            Cell::Bool(true) => "Có".to_owned(),
            Cell::Bool(false) => "Không".to_owned(),
            Cell::Day(day) => plain_day(*day),
            Cell::Moment(moment) => {
                format!("{} {:02}:{:02}", plain_day(moment.date()), moment.hour(), moment.minute())
            }
        }
    }

    /// The day it means: a date cell, or text as `5/2/2027`, `05-02-2027`, `05.02.2027` or `2027-02-05`.
    pub fn day(&self) -> Option<Date> {
        match self {
            Cell::Day(day) => Some(*day),
            Cell::Moment(moment) => Some(moment.date()),
            Cell::Text(text) => written_day(text.trim()),
            _ => None,
        }
    }

    /// The number it means: a number cell, or text as `1.234.567`, `1234567` or `12,5`.
    pub fn number(&self) -> Option<f64> {
        match self {
            Cell::Number(number) => Some(*number),
            Cell::Text(text) => written_number(text.trim()),
            _ => None,
        }
    }

    /// The whole number it means; none when it has a fraction.
    pub fn whole(&self) -> Option<i64> {
        let number = self.number()?;
        // Beyond 2^53 a spreadsheet no longer tells neighbours apart.
        (number.fract() == 0.0 && number.abs() < 9_007_199_254_740_992.0).then_some(number as i64)
    }
}

fn plain_number(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 { format!("{number:.0}") } else { number.to_string() }
}

fn plain_day(day: Date) -> String {
    format!("{:02}/{:02}/{}", day.day(), day.month(), day.year())
}

fn written_day(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.split(['/', '-', '.']).map(str::trim).collect();
    let [first, middle, last] = parts.as_slice() else { return None };
    let (day, year) = if first.len() == 4 { (last, first) } else { (first, last) };
    if year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, middle.parse().ok()?, day.parse().ok()?).ok()
}

/// Vietnamese writing: dots between thousands, a comma before the fraction. A point that cannot
/// separate thousands is read as a decimal point, as other programs write it.
fn written_number(text: &str) -> Option<f64> {
    let packed: String = text.chars().filter(|letter| !letter.is_whitespace() && *letter != '\u{a0}').collect();
    if packed.is_empty() || !packed.chars().all(|letter| letter.is_ascii_digit() || "+-.,".contains(letter)) {
        return None;
    }
    let (whole, fraction) = match packed.split_once(',') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (packed.as_str(), None),
    };
    let groups: Vec<&str> = whole.trim_start_matches(['+', '-']).split('.').collect();
    let thousands =
        groups.len() > 1 && (1..=3).contains(&groups[0].len()) && groups[1..].iter().all(|group| group.len() == 3);
    let plain = match (groups.len() == 1 || thousands, fraction) {
        (true, Some(fraction)) => format!("{}.{fraction}", whole.replace('.', "")),
        (true, None) => whole.replace('.', ""),
        (false, None) => packed.clone(),
        (false, Some(_)) => return None,
    };
    plain.parse().ok()
}

/// The letters of a column, from 0: `A`, `B`, … `AA`.
pub fn column_letters(index: usize) -> String {
    let mut letters = Vec::new();
    let mut left = index + 1;
    while left > 0 {
        left -= 1;
        letters.push(b'A' + u8::try_from(left % 26).expect("a remainder of 26 is below 26"));
        left /= 26;
    }
    letters.iter().rev().map(|&letter| char::from(letter)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Cell, column_letters};
    use jiff::civil::date;

    fn text(text: &str) -> Cell {
        Cell::Text(text.into())
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        for written in ["5/2/2027", "05-02-2027", "05.02.2027", "2027-02-05", " 05/02/2027 "] {
            assert_eq!(text(written).day(), Some(date(2027, 2, 5)), "{written}");
        }
        for wrong in ["31/02/1980", "5/2/27", "2027", "hôm qua", ""] {
            assert_eq!(text(wrong).day(), None, "{wrong}");
        }
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (written, number) in [
            ("1.234.567", 1_234_567.0),
            ("12,5", 12.5),
            ("1234", 1234.0),
            ("-3", -3.0),
            ("12.5", 12.5),
            ("1.234,5", 1234.5),
        ] {
            assert_eq!(text(written).number(), Some(number), "{written}");
        }
        for wrong in ["", "mười", "1,2,3", "12.5,5", "5%"] {
            assert_eq!(text(wrong).number(), None, "{wrong}");
        }
        assert_eq!(Cell::Number(2.5).whole(), None);
        assert_eq!(Cell::Number(14.0).whole(), Some(14));
    }

    #[test]
    fn a_whole_number_is_shown_without_a_point() {
        assert_eq!(Cell::Number(2026.0).text(), "2026");
        assert_eq!(Cell::Number(2.5).text(), "2.5");
    }

    #[test]
    fn columns_are_lettered_as_in_a_spreadsheet() {
        assert_eq!([0, 25, 26, 51, 52, 701, 702].map(column_letters), ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }
}
