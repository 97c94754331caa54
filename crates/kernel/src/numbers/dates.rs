//! Days as Vietnamese papers write them and as people type them.

use jiff::civil::{Date, Weekday};

/// The years a form takes; outside of them somebody mistyped, and the lunar calendar is not computed.
const YEARS: std::ops::RangeInclusive<i16> = 1800..=2199;

/// A day that cannot be read. The sentence says what is wrong and how to write it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateFault {
    /// Nothing was typed.
    #[error("chưa nhập ngày")]
    Empty,
    /// Not written as a day.
    #[error("“{text}” không phải là ngày; viết như 05/02/2026")]
    Unreadable {
        /// What was typed.
        text: String,
    },
    /// A year of two digits, or far from our time.
    #[error("năm trong “{text}” không hợp lệ; viết đủ bốn chữ số, từ 1800 đến 2199")]
    Year {
        /// What was typed.
        text: String,
    },
    /// A month that no year has.
    #[error("không có tháng {month}; tháng từ 1 đến 12")]
    Month {
        /// What was typed.
        month: i8,
    },
    /// A day that this month does not have.
    #[error("tháng {month} năm {year} không có ngày {day}; ngày cuối tháng là {last}")]
    Day {
        /// The day typed.
        day: i8,
        /// Its month.
        month: i8,
        /// Its year.
        year: i16,
        /// The last day that the month has.
        last: i8,
    },
}

/// `ngày 05 tháng 02 năm 2026`, as the head of an official document dates it.
///
/// Nghị định 30/2020/NĐ-CP: days below 10 and the months 1 and 2 take a zero in front, other months none.
#[must_use]
pub fn long_date(day: Date) -> String {
    let month = if day.month() <= 2 { format!("{:02}", day.month()) } else { day.month().to_string() };
    format!("ngày {:02} tháng {month} năm {}", day.day(), day.year())
}

/// `05/02/2026`, as tables and lists write it.
#[must_use]
pub fn short_date(day: Date) -> String {
    format!("{:02}/{:02}/{}", day.day(), day.month(), day.year())
}

/// `Thứ Hai` to `Chủ nhật`.
#[must_use]
pub fn weekday_name(day: Date) -> &'static str {
    match day.weekday() {
        Weekday::Monday => "Thứ Hai",
        Weekday::Tuesday => "Thứ Ba",
        Weekday::Wednesday => "Thứ Tư",
        Weekday::Thursday => "Thứ Năm",
        Weekday::Friday => "Thứ Sáu",
        Weekday::Saturday => "Thứ Bảy",
        Weekday::Sunday => "Chủ nhật",
    }
}

/// Reads `5/2/2026`, `05-02-2026`, `5.2.2026` or `2026-02-05`.
///
/// # Errors
/// [`DateFault`], whose sentence can stand beside the field.
pub fn parse_date(text: &str) -> Result<Date, DateFault> {
    let typed = text.trim();
    if typed.is_empty() {
        return Err(DateFault::Empty);
    }
    let unreadable = || DateFault::Unreadable { text: typed.to_owned() };
    let separator = typed.chars().find(|letter| !letter.is_ascii_digit()).ok_or_else(unreadable)?;
    let parts = typed.split(separator).map(str::trim).collect::<Vec<_>>();
    let fits = |part: &str| (1..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let (&[first, month, last], '/' | '-' | '.') = (parts.as_slice(), separator) else { return Err(unreadable()) };
    if ![first, month, last].into_iter().all(fits) {
        return Err(unreadable());
    }
    let (day, year) = if first.len() == 4 && separator == '-' { (last, first) } else { (first, last) };
    if day.len() > 2 || month.len() > 2 {
        return Err(unreadable());
    }
    let year_typed = year.parse::<i16>().ok().filter(|typed| year.len() == 4 && YEARS.contains(typed));
    let year = year_typed.ok_or_else(|| DateFault::Year { text: typed.to_owned() })?;
    let (day, month): (i8, i8) = (day.parse().map_err(|_| unreadable())?, month.parse().map_err(|_| unreadable())?);
    let first_of_month = Date::new(year, month, 1).map_err(|_| DateFault::Month { month })?;
    Date::new(year, month, day).map_err(|_| DateFault::Day { day, month, year, last: first_of_month.days_in_month() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn check_fault(text: &str, sentence: &str) {
        assert_eq!(parse_date(text).expect_err(text).to_string(), sentence);
    }

    #[test]
    fn a_document_dates_itself_with_zeros_where_the_decree_wants_them() {
        assert_eq!(long_date(date(2026, 2, 5)), "ngày 05 tháng 02 năm 2026");
        assert_eq!(long_date(date(2026, 1, 15)), "ngày 15 tháng 01 năm 2026");
        assert_eq!(long_date(date(2026, 3, 9)), "ngày 09 tháng 3 năm 2026");
        assert_eq!(long_date(date(2026, 12, 31)), "ngày 31 tháng 12 năm 2026");
    }

    #[test]
    fn a_day_is_read_in_every_usual_way() {
        for text in ["5/2/2026", "05/02/2026", "05-02-2026", "5.2.2026", "2026-02-05", " 5/2/2026 "] {
            assert_eq!(parse_date(text), Ok(date(2026, 2, 5)), "{text}");
        }
    }

    #[test]
    fn a_day_that_the_month_does_not_have_is_named() {
        check_fault("31/02/1980", "tháng 2 năm 1980 không có ngày 31; ngày cuối tháng là 29");
        check_fault("2026-04-31", "tháng 4 năm 2026 không có ngày 31; ngày cuối tháng là 30");
        check_fault("0/4/2026", "tháng 4 năm 2026 không có ngày 0; ngày cuối tháng là 30");
        check_fault("01/13/2026", "không có tháng 13; tháng từ 1 đến 12");
    }

    #[test]
    fn a_short_or_distant_year_is_refused() {
        check_fault("05/02/26", "năm trong “05/02/26” không hợp lệ; viết đủ bốn chữ số, từ 1800 đến 2199");
        assert!(matches!(parse_date("5/2/0226"), Err(DateFault::Year { .. })));
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in
            ["hôm nay", "20260205", "5/2", "5/2/2026/1", "5/2-2026", "5//2026", "2026/02/05", "+5/2/2026", "5a2a2026"]
        {
            assert!(matches!(parse_date(text), Err(DateFault::Unreadable { .. })), "{text}");
        }
        assert_eq!(parse_date(" "), Err(DateFault::Empty));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(days in 0_i32..146_000) {
            let day = date(1800, 1, 1).checked_add(jiff::Span::new().days(days)).expect("within the years taken");
            prop_assert_eq!(parse_date(&short_date(day)), Ok(day));
            prop_assert_eq!(parse_date(&day.to_string()), Ok(day));
        }
    }
}
