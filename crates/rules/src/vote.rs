//! Votes: shares of a membership in integers, without rounding.

use serde::{Deserialize, Serialize};

use crate::award::words;

words! {
    /// What a share is a share of.
    Denominator {
        /// All members, present or not: who is absent writes.
        AllMembers = "all_members", "tổng số thành viên Hội đồng";
        /// Those present.
        Present = "present", "số thành viên có mặt";
        /// Valid ballots.
        Valid = "valid", "số phiếu hợp lệ";
    }
}

/// Whether the law asks for a ballot, and the share that carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ballot {
    /// Whether a ballot must be held.
    pub needed: bool,
    /// The share that carries, in basis points; none when the law asks for no ballot.
    #[serde(rename = "share")]
    pub share_bp: Option<u32>,
    /// What it is a share of.
    pub of: Option<Denominator>,
    /// The clause.
    pub citation: String,
}

/// Whether `yes` out of `denominator` reaches a share given in basis points; the exact boundary passes.
#[must_use]
pub fn passes(yes: u32, share_bp: u32, denominator: u32) -> bool {
    denominator > 0 && u64::from(yes) * 10_000 >= u64::from(share_bp) * u64::from(denominator)
}

/// The least number of votes that reaches the share.
#[must_use]
pub fn votes_needed(share_bp: u32, denominator: u32) -> u32 {
    let product = u64::from(share_bp) * u64::from(denominator);
    u32::try_from(product.div_ceil(10_000)).unwrap_or(u32::MAX)
}

/// Whether more than half of `denominator` said yes.
#[must_use]
pub fn has_majority(yes: u32, denominator: u32) -> bool {
    u64::from(yes) * 2 > u64::from(denominator)
}

/// A share as it is written in a text: two thirds, four fifths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Fraction {
    numerator: u32,
    denominator: u32,
}

/// A text that is no fraction between 0 and 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” không phải phân số trong khoảng 0 đến 1, ví dụ \"2/3\"")]
pub struct NotAFraction(String);

impl Fraction {
    /// Whether `part` out of `whole` reaches the fraction.
    #[must_use]
    pub fn reached(self, part: u32, whole: u32) -> bool {
        whole > 0 && u64::from(part) * u64::from(self.denominator) >= u64::from(self.numerator) * u64::from(whole)
    }

    /// The least part of `whole` that reaches it.
    #[must_use]
    pub fn needed(self, whole: u32) -> u32 {
        let product = u64::from(self.numerator) * u64::from(whole);
        u32::try_from(product.div_ceil(u64::from(self.denominator))).unwrap_or(u32::MAX)
    }
}

impl TryFrom<String> for Fraction {
    type Error = NotAFraction;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let parsed = text.split_once('/').and_then(|(top, bottom)| Some((top.parse().ok()?, bottom.parse().ok()?)));
        match parsed {
            Some((numerator, denominator)) if denominator > 0 && numerator <= denominator => {
                Ok(Self { numerator, denominator })
            }
            _ => Err(NotAFraction(text)),
        }
    }
}

impl From<Fraction> for String {
    fn from(share: Fraction) -> Self {
        format!("{}/{}", share.numerator, share.denominator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nine_members_need_eight_for_eighty_percent_and_eleven_need_ten_for_ninety() {
        assert_eq!(votes_needed(8_000, 9), 8);
        assert_eq!(votes_needed(9_000, 11), 10);
        assert!(passes(8, 8_000, 10), "the exact boundary passes");
        assert!(!passes(7, 8_000, 9));
    }

    #[test]
    fn nobody_carries_a_vote_without_members() {
        assert!(!passes(0, 0, 0));
        assert!(!has_majority(0, 0));
    }

    #[test]
    fn two_thirds_of_seven_are_five_and_of_nine_six() {
        let share = Fraction::try_from("2/3".to_owned()).expect("a fraction");
        assert_eq!((share.needed(7), share.needed(9)), (5, 6));
        assert!(!share.reached(4, 7) && share.reached(5, 7));
    }

    #[test]
    fn a_share_above_one_is_refused() {
        assert!(Fraction::try_from("3/2".to_owned()).is_err());
        assert!(Fraction::try_from("2/0".to_owned()).is_err());
    }

    proptest! {
        #[test]
        fn the_votes_needed_pass_and_one_fewer_does_not(share in 1u32..=10_000, members in 1u32..2_000) {
            let needed = votes_needed(share, members);
            prop_assert!(passes(needed, share, members));
            prop_assert!(!passes(needed - 1, share, members));
        }
    }
}
