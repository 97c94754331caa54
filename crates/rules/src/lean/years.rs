//! Years as bits: the year of the question is the highest, sixty-three years before it the lowest.
//!
//! No service is longer. Of what lies farther back, a rating is left out and an award counts
//! as of the lowest year.

use jiff::civil::{Date, date};

use crate::answer::Finding;

/// The bit of the year of the question.
pub(crate) const THIS: u8 = 63;

/// The bit of a year; none when it lies outside.
pub(crate) fn bit_of(year: i16, this: i16) -> Option<u8> {
    let back = i32::from(this) - i32::from(year);
    (0..=i32::from(THIS)).contains(&back).then(|| THIS - u8::try_from(back).unwrap_or(THIS))
}

/// The year of a bit.
pub(crate) fn year_of(bit: u8, this: i16) -> i16 {
    this - i16::from(THIS - bit)
}

/// All years from a bit on; none when it lies after the year of the question.
#[inline]
pub(crate) fn since(bit: u8) -> u64 {
    u64::MAX.checked_shl(u32::from(bit)).unwrap_or(0)
}

/// Years in a row that satisfy a rating condition, by their bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Window {
    pub first: u8,
    pub last: u8,
    /// Whether every year of it counts for sure.
    pub sure: bool,
}

impl Window {
    /// Its years.
    #[inline]
    pub(crate) fn mask(&self) -> u64 {
        since(self.first) & !since(self.last + 1)
    }

    #[inline]
    pub(crate) fn length(&self) -> usize {
        usize::from(self.last - self.first) + 1
    }
}

/// Runs of years that follow one another, as first and last bit, from the earliest.
#[inline]
pub(crate) fn runs(mut years: u64) -> impl Iterator<Item = (u8, u8)> {
    std::iter::from_fn(move || {
        if years == 0 {
            return None;
        }
        let first = years.trailing_zeros();
        let length = (years >> first).trailing_ones();
        years &= u64::MAX.checked_shl(first + length).unwrap_or(0);
        let bit = |number: u32| u8::try_from(number).unwrap_or(THIS);
        Some((bit(first), bit(first + length - 1)))
    })
}

/// Whether so many years follow one another.
#[inline]
pub(crate) fn has_run(years: u64, length: u32) -> bool {
    (1..length.min(u64::BITS + 1)).fold(years, |left, _| left & left >> 1) != 0 || length == 0
}

/// The longest run, the later one of two.
pub(crate) fn longest(years: u64) -> Option<(u8, u8)> {
    runs(years).max_by_key(|(first, last)| last - first)
}

/// How many years the longest run has.
pub(crate) fn longest_length(years: u64) -> u32 {
    longest(years).map_or(0, |(first, last)| u32::from(last - first) + 1)
}

/// Whether a whole year counts when achievements count from a day.
pub(crate) fn year_counts(year: i16, counts_from: Option<Date>) -> Finding {
    match counts_from {
        None => Finding::Met,
        Some(day) if date(year.max(1), 1, 1) >= day => Finding::Met,
        Some(day) if year < day.year() => Finding::NotMet,
        Some(_) => Finding::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mask(years: &[i16]) -> u64 {
        years.iter().filter_map(|year| bit_of(*year, 2026)).fold(0, |all, bit| all | 1 << bit)
    }

    #[test]
    fn a_gap_year_breaks_a_run() {
        let found: Vec<_> = runs(mask(&[2021, 2022, 2024])).collect();
        let years: Vec<_> = found.iter().map(|(first, last)| (year_of(*first, 2026), year_of(*last, 2026))).collect();
        assert_eq!(years, vec![(2021, 2022), (2024, 2024)]);
        assert_eq!(runs(0).count(), 0);
        assert_eq!(runs(u64::MAX).collect::<Vec<_>>(), vec![(0, 63)]);
    }

    #[test]
    fn a_year_in_which_a_discipline_ended_counts_only_when_it_ended_before_new_year() {
        assert_eq!(year_counts(2026, Some(date(2026, 1, 1))), Finding::Met);
        assert_eq!(year_counts(2026, Some(date(2026, 1, 2))), Finding::Unknown);
        assert_eq!(year_counts(2025, Some(date(2026, 1, 2))), Finding::NotMet);
    }

    #[test]
    fn a_run_is_found_as_long_as_the_longest_and_no_longer() {
        for years in [0, 1, 0b1011, u64::MAX, 0b1_1110_0111, 1 << 63] {
            for length in 0..=66 {
                assert_eq!(has_run(years, length), longest_length(years) >= length, "{years:b} {length}");
            }
        }
    }

    #[test]
    fn a_window_holds_its_own_years_and_no_other() {
        let window = Window { first: 60, last: 63, sure: true };
        assert_eq!((window.mask(), window.length()), (mask(&[2023, 2024, 2025, 2026]), 4));
        assert_eq!((since(64), bit_of(2027, 2026), bit_of(1963, 2026), bit_of(1962, 2026)), (0, None, Some(0), None));
    }
}
