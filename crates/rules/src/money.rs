//! Money of an award: a multiple of the base salary, rounded up, in whole đồng.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::award::words;
use crate::pack::Confidence;

/// A decimal multiple kept exactly, in ten-thousandths; `"1.5"` in packs and answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Multiple(u64);

/// A text that is no decimal with at most four places.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” không phải hệ số thập phân (tối đa bốn chữ số sau dấu chấm), ví dụ \"1.5\"")]
pub struct NotAMultiple(String);

impl NotAMultiple {
    /// The text itself.
    pub(crate) fn into_text(self) -> String {
        self.0
    }
}

const ONE: u64 = 10_000;

impl Multiple {
    /// This multiple of a base, rounded up to the next whole `step`.
    #[must_use]
    pub fn of(self, base: u64, step: u64) -> u64 {
        let exact = u128::from(self.0) * u128::from(base);
        let unit = u128::from(step.max(1)) * u128::from(ONE);
        u64::try_from(exact.div_ceil(unit)).unwrap_or(u64::MAX / step.max(1)) * step.max(1)
    }

    /// The sum of two; one that is too large stays at the largest.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// The product of two multiples; none when it has more places than are kept.
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        let product = self.0.checked_mul(other.0)?;
        product.is_multiple_of(ONE).then_some(Self(product / ONE))
    }
}

impl TryFrom<String> for Multiple {
    type Error = NotAMultiple;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let (whole, places) = text.split_once('.').unwrap_or((&text, ""));
        let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() > 6 || places.len() > 4 || !digits(whole) || !digits(places) {
            return Err(NotAMultiple(text));
        }
        let number = |part: &str| part.parse::<u64>().unwrap_or(0);
        Ok(Self(number(whole) * ONE + number(&format!("{places:0<4}"))))
    }
}

impl From<Multiple> for String {
    fn from(multiple: Multiple) -> Self {
        multiple.to_string()
    }
}

impl fmt::Display for Multiple {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let places = format!("{:04}", self.0 % ONE);
        let places = places.trim_end_matches('0');
        write!(f, "{}.{}", self.0 / ONE, if places.is_empty() { "0" } else { places })
    }
}

words! {
    /// Where the amount of a household is rounded: the text may leave it open, so the pack says it.
    HouseholdRounding {
        /// Once, after the factor.
        AfterFactor = "after_factor", "nhân hệ số hộ gia đình rồi làm tròn một lần";
        /// The person's amount first, and the product again.
        BeforeFactor = "before_factor", "làm tròn mức của cá nhân, nhân hệ số hộ gia đình rồi làm tròn lần nữa";
    }
}

impl HouseholdRounding {
    /// A household's amount, from the person's multiple and the factor, in đồng; none when the product of the two has
    /// more places than are kept.
    #[must_use]
    pub fn amount(self, person: Multiple, factor: Multiple, base: u64, step: u64) -> Option<u64> {
        match self {
            Self::AfterFactor => Some(person.times(factor)?.of(base, step)),
            Self::BeforeFactor => Some(factor.of(person.of(base, step), step)),
        }
    }
}

/// The money that goes with an award.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bonus {
    /// The multiple of the base salary.
    pub multiple: Multiple,
    /// The base salary on the day of the decision, in đồng.
    pub base: u64,
    /// The amount, rounded up, in đồng.
    pub amount: u64,
    /// The clauses of multiple, base and rounding.
    pub citation: String,
    /// How sure the least sure of those clauses is; the citation says it too.
    #[serde(skip, default = "Confidence::unread")]
    pub confidence: Confidence,
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn multiple(text: &str) -> Multiple {
        Multiple::try_from(text.to_owned()).expect("a multiple")
    }

    #[test]
    fn three_tenths_of_the_base_are_rounded_up_to_ten_thousand() {
        assert_eq!(multiple("0.3").of(2_340_000, 10_000), 710_000);
        assert_eq!(multiple("1.5").of(2_530_000, 10_000), 3_800_000);
        assert_eq!(multiple("1.0").of(2_530_000, 10_000), 2_530_000, "an exact amount stays");
    }

    #[test]
    fn a_household_gets_one_and_a_half_times_the_persons_multiple() {
        assert_eq!(multiple("0.3").times(multiple("1.5")), Some(multiple("0.45")));
        assert_eq!(multiple("0.45").of(2_340_000, 10_000), 1_060_000);
    }

    #[test]
    fn the_order_of_rounding_and_factor_is_worth_ten_thousand() {
        let of = |rounding: HouseholdRounding| rounding.amount(multiple("0.3"), multiple("1.5"), 2_340_000, 10_000);
        assert_eq!(of(HouseholdRounding::AfterFactor), Some(1_060_000));
        assert_eq!(of(HouseholdRounding::BeforeFactor), Some(1_070_000));
    }

    #[test]
    fn a_multiple_reads_back_as_it_was_written() {
        for text in ["0.3", "1.0", "12.0", "5.25", "0.45"] {
            assert_eq!(multiple(text).to_string(), text);
        }
    }

    #[test]
    fn a_multiple_with_a_comma_or_a_sign_is_refused() {
        for text in ["1,5", "-1", "", ".5", "1.00001", "1e3"] {
            assert!(Multiple::try_from(text.to_owned()).is_err(), "{text}");
        }
    }

    proptest! {
        #[test]
        fn rounding_up_never_takes_and_never_gives_a_whole_step(tenths in 1u64..200, base in 1u64..5_000_000) {
            let amount = Multiple(tenths * 1_000).of(base, 10_000);
            let exact_times_ten = tenths * base;
            prop_assert!(amount * 10 >= exact_times_ten && amount * 10 < exact_times_ten + 100_000);
            prop_assert_eq!(amount % 10_000, 0);
        }
    }
}
