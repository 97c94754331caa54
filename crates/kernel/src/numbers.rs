//! Numbers, money and days as Vietnamese papers write them, and as people type them.
//!
//! A dot parts thousands, a comma parts the decimals: `1.234,5`. Decimals are whole numbers of
//! tenths, hundredths and so on, never floating point: a figure in a report is exact.

mod dates;
mod dong;

pub use dates::{DateFault, long_date, parse_date, short_date, weekday_name};
pub use dong::{Dong, number_words};

/// A number that cannot be read. The sentence says what to type instead.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NumberFault {
    /// Nothing was typed.
    #[error("chưa nhập số")]
    Empty,
    /// Not a number in Vietnamese writing.
    #[error("“{text}” không phải là số; viết như 1.234,5 (dấu chấm ngăn hàng nghìn, dấu phẩy ngăn phần thập phân)")]
    Unreadable {
        /// What was typed.
        text: String,
    },
    /// More decimals than are kept.
    #[error("“{text}” có quá nhiều chữ số thập phân; chỉ ghi được {places} chữ số")]
    TooPrecise {
        /// What was typed.
        text: String,
        /// How many are kept.
        places: u32,
    },
    /// Larger than any number of the trade.
    #[error("“{text}” quá lớn")]
    TooLarge {
        /// What was typed.
        text: String,
    },
}

/// A whole number: `1.234.567`.
#[must_use]
pub fn whole(number: i64) -> String {
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{}", grouped(number.unsigned_abs()))
}

/// A number kept in units of its last decimal place: `decimal(12345, 1)` is `1.234,5`.
///
/// Zeros at the end of the decimals are not written; `decimal(12300, 2)` is `123`.
#[must_use]
pub fn decimal(units: i64, places: u32) -> String {
    let sign = if units < 0 { "-" } else { "" };
    let unit = 10_u64.saturating_pow(places);
    let (before, after) = (units.unsigned_abs() / unit, units.unsigned_abs() % unit);
    let decimals = format!("{after:0width$}", width = places as usize);
    match decimals.trim_end_matches('0') {
        "" => format!("{sign}{}", grouped(before)),
        decimals => format!("{sign}{},{decimals}", grouped(before)),
    }
}

/// A share kept in basis points, as a percentage: 9987 is `99,87%`.
#[must_use]
pub fn percent(basis_points: i64) -> String {
    format!("{}%", decimal(basis_points, 2))
}

/// Reads a whole number: `1.234`, `1234` or `1 234`.
///
/// # Errors
/// [`NumberFault`], also when there are decimals.
pub fn parse_whole(text: &str) -> Result<i64, NumberFault> {
    parse_decimal(text, 0)
}

/// Reads a number into units of its last decimal place: `1.234,5` with two places is 123450.
///
/// # Errors
/// [`NumberFault`]. A dot that does not part thousands is refused rather than guessed at: `1.5` may be
/// one and a half from a foreign keyboard, or a slip.
pub fn parse_decimal(text: &str, places: u32) -> Result<i64, NumberFault> {
    let typed = text.trim();
    let unreadable = || NumberFault::Unreadable { text: typed.to_owned() };
    let (negative, digits) = match typed.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest.trim_start()),
        None => (false, typed),
    };
    if digits.is_empty() {
        return Err(if negative { unreadable() } else { NumberFault::Empty });
    }
    let (before, after) = digits.split_once(',').unwrap_or((digits, "0"));
    let before = ungrouped(before).ok_or_else(unreadable)?;
    if after.is_empty() || !after.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(unreadable());
    }
    let after = after.trim_end_matches('0');
    if after.len() > places as usize {
        return Err(NumberFault::TooPrecise { text: typed.to_owned(), places });
    }
    let units: i64 = format!("{before}{after:0<width$}", width = places as usize)
        .parse()
        .map_err(|_| NumberFault::TooLarge { text: typed.to_owned() })?;
    Ok(if negative { -units } else { units })
}

/// The digits with a dot before every three from the right.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

/// The digits without their dots or spaces; none unless each of those stands before exactly three digits.
fn ungrouped(text: &str) -> Option<String> {
    let mut groups = text.split(['.', ' ', '\u{A0}', '\u{202F}']);
    let first = groups.next()?;
    let rest = groups.collect::<Vec<_>>();
    let all_digits = |group: &&str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    let first_fits = rest.is_empty() || first.len() <= 3;
    (all_digits(&first) && first_fits && rest.iter().all(|group| group.len() == 3 && all_digits(group)))
        .then(|| first.to_owned() + &rest.concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_written_the_vietnamese_way() {
        assert_eq!(whole(0), "0");
        assert_eq!(whole(999), "999");
        assert_eq!(whole(-1_234_567), "-1.234.567");
        assert_eq!(decimal(12_345, 1), "1.234,5");
        assert_eq!(decimal(-5, 2), "-0,05");
        assert_eq!(decimal(12_300, 2), "123");
        assert_eq!(percent(9_987), "99,87%");
        assert_eq!(percent(8_000), "80%");
    }

    #[test]
    fn numbers_are_read_the_vietnamese_way() {
        assert_eq!(parse_decimal("1.234,5", 2), Ok(123_450));
        assert_eq!(parse_decimal(" -0,05 ", 2), Ok(-5));
        assert_eq!(parse_decimal("1234,50", 1), Ok(12_345));
        assert_eq!(parse_whole("1 234 567"), Ok(1_234_567));
    }

    #[test]
    fn a_number_written_the_english_way_is_refused_not_guessed() {
        for text in ["1.5", "1,234.5", "12.34", "1.2345", "1..234", "1234.567", ",5", "5,", "một", "1e3", "-", "--1"]
        {
            assert!(matches!(parse_decimal(text, 2), Err(NumberFault::Unreadable { .. })), "{text}");
        }
        assert_eq!(parse_whole("  "), Err(NumberFault::Empty));
    }

    #[test]
    fn decimals_beyond_those_kept_are_refused() {
        let fault = parse_decimal("99,875", 2).expect_err("three decimals");
        assert_eq!(fault.to_string(), "“99,875” có quá nhiều chữ số thập phân; chỉ ghi được 2 chữ số");
        assert!(parse_whole("0,5").is_err());
    }

    #[test]
    fn a_number_too_large_to_keep_is_refused() {
        assert!(matches!(parse_whole("99999999999999999999"), Err(NumberFault::TooLarge { .. })));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(units in -i64::MAX..i64::MAX, places in 0_u32..6) {
            prop_assert_eq!(parse_decimal(&decimal(units, places), places), Ok(units));
        }
    }
}
