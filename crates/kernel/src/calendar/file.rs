//! Reads a calendar file.
//!
//! Four columns, `date,name_vi,kind,source`, as commas part them; a field with a comma stands in double quotes.
//! A row with a whole date lists one day. A row of kind `yearly` holds for every year that lists no day:
//! `*-04-30` each year, `2026+-11-24` from 2026 on, `*-AL03-10` by the lunar calendar (âm lịch), where day 00
//! is the last day of the month before. `yearly_not_made_up` is a day off that no weekday makes up for
//! when it falls on a weekend.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};

use super::yearly::{When, YearlyDay};
use super::{DayKind, ListedDay};

const HEADER: [&str; 4] = ["date", "name_vi", "kind", "source"];

/// What is wrong with a calendar file, and on which line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarFault {
    /// The first line does not name the columns.
    #[error("dòng 1: hàng tiêu đề phải là date,name_vi,kind,source")]
    Header,
    /// A row with too many or too few columns.
    #[error("dòng {line}: cần 4 cột, có {found}; trường chứa dấu phẩy phải đặt trong dấu nháy kép")]
    Columns {
        /// The line in the file.
        line: usize,
        /// How many columns it has.
        found: usize,
    },
    /// A quotation mark without its fellow.
    #[error("dòng {line}: thiếu dấu nháy kép đóng")]
    OpenQuote {
        /// The line in the file.
        line: usize,
    },
    /// A day without a name.
    #[error("dòng {line}: thiếu tên ngày (name_vi)")]
    Nameless {
        /// The line in the file.
        line: usize,
    },
    /// Not a day.
    #[error("dòng {line}: “{value}” không phải là ngày; viết như 2026-09-02")]
    Day {
        /// The line in the file.
        line: usize,
        /// What stands there.
        value: String,
    },
    /// Not a kind of day.
    #[error("dòng {line}: “{value}” không phải là loại ngày đã biết")]
    Kind {
        /// The line in the file.
        line: usize,
        /// What stands there.
        value: String,
    },
    /// Two rows for one day.
    #[error("dòng {line}: ngày {day} đã có ở dòng {first}")]
    Twice {
        /// The line in the file.
        line: usize,
        /// The day.
        day: Date,
        /// The line where it stands already.
        first: usize,
    },
    /// A day worked in exchange must be one that would be free.
    #[error("dòng {line}: ngày làm bù {day} phải là thứ Bảy hoặc Chủ nhật")]
    SwapOnWeekday {
        /// The line in the file.
        line: usize,
        /// The day.
        day: Date,
    },
}

/// What a file holds.
pub(super) struct Rows {
    pub listed: BTreeMap<Date, ListedDay>,
    pub yearly: Vec<YearlyDay>,
}

/// Reads the rows of a file.
pub(super) fn read(csv: &str) -> Result<Rows, CalendarFault> {
    let mut lines = csv.trim_start_matches('\u{FEFF}').lines().enumerate().map(|(place, text)| (place + 1, text));
    let header = lines.next().map(|(line, text)| fields(line, text)).transpose()?;
    if header.is_none_or(|header| header != HEADER) {
        return Err(CalendarFault::Header);
    }
    let mut rows = Rows { listed: BTreeMap::new(), yearly: Vec::new() };
    let mut first_lines = BTreeMap::new();
    for (line, text) in lines.filter(|(_, text)| !text.trim().is_empty()) {
        let fields = fields(line, text)?;
        let found = fields.len();
        let Ok([value, name, kind, source]) = <[String; 4]>::try_from(fields) else {
            return Err(CalendarFault::Columns { line, found });
        };
        if name.is_empty() {
            return Err(CalendarFault::Nameless { line });
        }
        if let "yearly" | "yearly_not_made_up" = kind.as_str() {
            let (since, when) = every_year(&value).ok_or(CalendarFault::Day { line, value })?;
            rows.yearly.push(YearlyDay { since, when, name, source, made_up: kind == "yearly" });
            continue;
        }
        let kind = DayKind::from_code(&kind).ok_or(CalendarFault::Kind { line, value: kind })?;
        let day: Date = value.parse().map_err(|_| CalendarFault::Day { line, value })?;
        if let Some(first) = first_lines.insert(day, line) {
            return Err(CalendarFault::Twice { line, day, first });
        }
        if kind.is_made_up() && !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            return Err(CalendarFault::SwapOnWeekday { line, day });
        }
        rows.listed.insert(day, ListedDay::from_file(day, name, kind, source));
    }
    Ok(rows)
}

/// Reads `*-04-30`, `2026+-11-24` or `*-AL03-10`.
fn every_year(value: &str) -> Option<(Option<i16>, When)> {
    let (since, rest) = match value.strip_prefix("*-") {
        Some(rest) => (None, rest),
        None => {
            let (year, rest) = value.split_once("+-")?;
            (Some(year.parse().ok()?), rest)
        }
    };
    let (lunar, rest) = rest.strip_prefix("AL").map_or((false, rest), |rest| (true, rest));
    let (month, day) = rest.split_once('-')?;
    let (month, day): (i8, i8) = (month.parse().ok()?, day.parse().ok()?);
    if lunar {
        ((1..=12).contains(&month) && (0..=30).contains(&day)).then_some((since, When::Lunar { month, day }))
    } else {
        Date::new(2000, month, day).ok().map(|_| (since, When::Solar { month, day }))
    }
}

/// The fields of one line.
fn fields(line: usize, text: &str) -> Result<Vec<String>, CalendarFault> {
    let mut fields = Vec::new();
    let mut field = String::new();
    let mut quoted = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            // Two quotation marks inside a quoted field are one.
            '"' if quoted && letters.next_if_eq(&'"').is_some() => field.push('"'),
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(std::mem::take(&mut field)),
            _ => field.push(letter),
        }
    }
    if quoted {
        return Err(CalendarFault::OpenQuote { line });
    }
    fields.push(field);
    Ok(fields.iter().map(|field| crate::text::clean_line(field)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn check_fault(rows: &str, sentence: &str) {
        let fault = read(&format!("date,name_vi,kind,source\n{rows}")).err().map(|fault| fault.to_string());
        assert_eq!(fault.as_deref(), Some(sentence));
    }

    #[test]
    fn a_row_may_hold_commas_and_quotation_marks_in_quotes() {
        let csv =
            "\u{FEFF}date,name_vi,kind,source\r\n\r\n2026-09-02,\"Quốc khánh, \"\"Tết Độc lập\"\"\",statutory,a\r\n";
        let rows = read(csv).expect("a sound file");
        assert_eq!(rows.listed[&date(2026, 9, 2)].name, "Quốc khánh, \"Tết Độc lập\"");
    }

    #[test]
    fn a_fault_names_its_line() {
        check_fault(
            "2026-09-02,Quốc khánh,statutory",
            "dòng 2: cần 4 cột, có 3; trường chứa dấu phẩy phải đặt trong dấu nháy kép",
        );
        check_fault(
            "\n2026-09-31,Quốc khánh,statutory,a",
            "dòng 3: “2026-09-31” không phải là ngày; viết như 2026-09-02",
        );
        check_fault("2026-09-02,Quốc khánh,holiday,a", "dòng 2: “holiday” không phải là loại ngày đã biết");
        check_fault("2026-09-02,,statutory,a", "dòng 2: thiếu tên ngày (name_vi)");
        check_fault("2026-09-02,\"Quốc khánh,statutory,a", "dòng 2: thiếu dấu nháy kép đóng");
        check_fault("2026-09-02,a,statutory,a\n2026-09-02,b,statutory,b", "dòng 3: ngày 2026-09-02 đã có ở dòng 2");
        check_fault("2026-09-01,Làm bù,swap_work,a", "dòng 2: ngày làm bù 2026-09-01 phải là thứ Bảy hoặc Chủ nhật");
    }

    #[test]
    fn a_file_without_its_header_is_refused() {
        assert_eq!(read("").err(), Some(CalendarFault::Header));
        assert_eq!(read("2026-09-02,Quốc khánh,statutory,a").err(), Some(CalendarFault::Header));
    }

    #[test]
    fn a_yearly_row_without_a_real_day_is_refused() {
        for value in ["*-02-30", "*-AL13-01", "*-AL01-31", "2026-11-24", "x+-11-24", "*-0430"] {
            let fault = read(&format!("date,name_vi,kind,source\n{value},a,yearly,b")).err();
            assert_eq!(fault, Some(CalendarFault::Day { line: 2, value: value.to_owned() }));
        }
    }
}
