//! Money in whole đồng, in figures and in words.

use std::fmt;
use std::iter::Sum;
use std::ops::Add;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{NumberFault, parse_whole, whole};

/// An amount of money in whole đồng; smaller coins are no longer in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Dong(pub i64);

impl Dong {
    /// The amount as a certificate or a decision spells it: `một triệu năm trăm hai mươi nghìn đồng`.
    #[must_use]
    pub fn words(self) -> String {
        format!("{} đồng", number_words(self.0))
    }
}

impl fmt::Display for Dong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} đ", whole(self.0))
    }
}

impl FromStr for Dong {
    type Err = NumberFault;

    /// Reads `1.520.000`, `1520000 đ` or `1.520.000 đồng`.
    fn from_str(text: &str) -> Result<Self, NumberFault> {
        let typed = crate::text::clean_line(text);
        let amount = ["đồng", "VNĐ", "VND", "đ", "₫"].iter().find_map(|unit| typed.strip_suffix(unit));
        parse_whole(amount.unwrap_or(&typed)).map(Self)
    }
}

impl Add for Dong {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sum for Dong {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::default(), Add::add)
    }
}

const BILLION: u64 = 1_000_000_000;
const DIGITS: [&str; 10] = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];

/// A whole number in words: 105 is `một trăm linh năm`.
#[must_use]
pub fn number_words(number: i64) -> String {
    let mut words = Vec::new();
    if number < 0 {
        words.push("âm");
    }
    match number.unsigned_abs() {
        0 => words.push(DIGITS[0]),
        size => push_number(&mut words, size, false),
    }
    words.join(" ")
}

/// Says a number above zero. After a larger part its first group is said in full: `một triệu không trăm linh năm`.
fn push_number(words: &mut Vec<&str>, number: u64, mut continues: bool) {
    if number >= BILLION {
        push_number(words, number / BILLION, continues);
        words.push("tỷ");
        continues = true;
    }
    let groups = [(number % BILLION / 1_000_000, "triệu"), (number % 1_000_000 / 1_000, "nghìn"), (number % 1_000, "")];
    for (group, name) in groups {
        if group > 0 {
            push_group(words, group, continues);
            words.extend((!name.is_empty()).then_some(name));
            continues = true;
        }
    }
}

/// Says up to three digits; all three when the number continues.
fn push_group(words: &mut Vec<&str>, group: u64, continues: bool) {
    let digit = |place: u64| DIGITS[(group / place % 10) as usize];
    let (hundreds, tens, ones) = (group / 100, group / 10 % 10, group % 10);
    if hundreds > 0 || continues {
        words.extend([digit(100), "trăm"]);
    }
    match tens {
        0 if ones > 0 && (hundreds > 0 || continues) => words.push("linh"),
        0 => {}
        1 => words.push("mười"),
        _ => words.extend([digit(10), "mươi"]),
    }
    match ones {
        0 => {}
        1 if tens > 1 => words.push("mốt"),
        5 if tens > 0 => words.push("lăm"),
        _ => words.push(digit(1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_words(number: i64, words: &str) {
        assert_eq!(number_words(number), words);
    }

    #[test]
    fn money_is_written_in_figures_and_in_words() {
        let bonus = Dong(1_520_000);
        assert_eq!(bonus.to_string(), "1.520.000 đ");
        assert_eq!(bonus.words(), "một triệu năm trăm hai mươi nghìn đồng");
        assert_eq!(Dong(0).words(), "không đồng");
    }

    #[test]
    fn the_words_change_with_their_place() {
        check_words(5, "năm");
        check_words(10, "mười");
        check_words(11, "mười một");
        check_words(15, "mười lăm");
        check_words(21, "hai mươi mốt");
        check_words(24, "hai mươi bốn");
        check_words(55, "năm mươi lăm");
        check_words(101, "một trăm linh một");
        check_words(110, "một trăm mười");
        check_words(205, "hai trăm linh năm");
        check_words(-3, "âm ba");
    }

    #[test]
    fn a_gap_inside_a_number_is_said() {
        check_words(1_005, "một nghìn không trăm linh năm");
        check_words(1_000_000, "một triệu");
        check_words(2_030_000, "hai triệu không trăm ba mươi nghìn");
        check_words(1_000_000_005, "một tỷ không trăm linh năm");
        check_words(3_000_000_000_000, "ba nghìn tỷ");
        check_words(1_000_000_000_000_000_000, "một tỷ tỷ");
    }

    #[test]
    fn the_largest_number_can_be_said() {
        let words = number_words(i64::MIN);
        assert!(words.starts_with("âm chín tỷ hai trăm hai mươi ba triệu"), "{words}");
    }

    #[test]
    fn money_is_read_as_people_type_it() {
        for text in ["1.520.000", "1520000đ", " 1.520.000 đồng", "1 520 000 VNĐ", "1.520.000 ₫"] {
            assert_eq!(text.parse(), Ok(Dong(1_520_000)), "{text}");
        }
        assert!("1.520.000,5 đ".parse::<Dong>().is_err());
        assert!("đ".parse::<Dong>().is_err());
    }

    #[test]
    fn amounts_add_up() {
        assert_eq!([Dong(600_000), Dong(1_520_000)].into_iter().sum::<Dong>(), Dong(2_120_000));
    }
}
