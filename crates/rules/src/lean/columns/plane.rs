//! Planes: one bit a person, a block of people side by side, and what is said of them in three values.

use std::ops::{BitAnd, BitAndAssign, BitOr, BitOrAssign, BitXor, Not};

use smallvec::SmallVec;

use crate::answer::Finding;

/// How many words a plane has. More would find fewer people alike again, fewer would judge an example for fewer.
const WORDS: usize = 16;

/// How many people a block holds at the most.
pub(super) const PEOPLE: usize = WORDS * 64;

/// One bit for each person of a block; nobody by default.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Plane([u64; WORDS]);

impl Plane {
    pub const NOBODY: Self = Self([0; WORDS]);
    pub const EVERYBODY: Self = Self([u64::MAX; WORDS]);

    /// The first so many.
    pub fn first(many: usize) -> Self {
        Self(std::array::from_fn(|word| match many.saturating_sub(word * 64) {
            0 => 0,
            left @ 1..64 => (1 << left) - 1,
            _ => u64::MAX,
        }))
    }

    /// One person alone.
    pub fn only(person: usize) -> Self {
        let mut plane = Self::NOBODY;
        plane.add(person);
        plane
    }

    pub fn add(&mut self, person: usize) {
        self.0[person / 64] |= 1 << (person % 64);
    }

    pub fn has(&self, person: usize) -> bool {
        self.0[person / 64] & 1 << (person % 64) != 0
    }

    /// The sixty-four people of a word, set at once.
    pub fn set_word(&mut self, word: usize, bits: u64) {
        self.0[word] = bits;
    }

    #[inline]
    pub fn is_empty(&self) -> bool {
        self.0.iter().fold(0, |any, word| any | word) == 0
    }

    pub fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Those who are in it, one after the other.
    pub fn people(self) -> impl Iterator<Item = usize> {
        self.0.into_iter().enumerate().flat_map(|(at, mut word)| {
            std::iter::from_fn(move || {
                let bit = (word != 0).then(|| word.trailing_zeros() as usize)?;
                word &= word - 1;
                Some(at * 64 + bit)
            })
        })
    }

    /// For those who are in it the one, for the others the other.
    #[inline]
    pub fn choose(self, inside: Self, outside: Self) -> Self {
        self & inside | !self & outside
    }
}

macro_rules! word_by_word {
    ($($operation:ident $method:ident $sign:tt),+) => {
        $(impl $operation for Plane {
            type Output = Self;

            #[inline]
            fn $method(self, other: Self) -> Self {
                Self(std::array::from_fn(|word| self.0[word] $sign other.0[word]))
            }
        })+
    };
}
word_by_word!(BitAnd bitand &, BitOr bitor |, BitXor bitxor ^);

impl Not for Plane {
    type Output = Self;

    #[inline]
    fn not(self) -> Self {
        Self(self.0.map(|word| !word))
    }
}

impl BitAndAssign for Plane {
    #[inline]
    fn bitand_assign(&mut self, other: Self) {
        *self = *self & other;
    }
}

impl BitOrAssign for Plane {
    #[inline]
    fn bitor_assign(&mut self, other: Self) {
        *self = *self | other;
    }
}

/// A finding for each person: met, not met, or neither, which is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Findings {
    pub met: Plane,
    pub not_met: Plane,
}

impl Findings {
    pub const UNKNOWN: Self = Self { met: Plane::NOBODY, not_met: Plane::NOBODY };

    /// The same for everybody.
    pub fn all(finding: Finding) -> Self {
        let mut all = Self::UNKNOWN;
        all.set(Plane::EVERYBODY, finding);
        all
    }

    /// Met by whom something holds for sure, not met by whom it cannot hold.
    #[inline]
    pub fn between(sure: Plane, at_most: Plane) -> Self {
        Self { met: sure, not_met: !(sure | at_most) }
    }

    /// Unknown for all but these.
    #[inline]
    pub fn known_of(self, known: Plane) -> Self {
        Self { met: self.met & known, not_met: self.not_met & known }
    }

    #[inline]
    pub fn and(self, other: Self) -> Self {
        Self { met: self.met & other.met, not_met: self.not_met | other.not_met }
    }

    #[inline]
    pub fn or(self, other: Self) -> Self {
        Self { met: self.met | other.met, not_met: self.not_met & other.not_met }
    }

    #[inline]
    pub fn choose(who: Plane, inside: Self, outside: Self) -> Self {
        Self { met: who.choose(inside.met, outside.met), not_met: who.choose(inside.not_met, outside.not_met) }
    }

    #[inline]
    pub fn set(&mut self, who: Plane, finding: Finding) {
        let (met, not_met) = match finding {
            Finding::Met => (who, Plane::NOBODY),
            Finding::NotMet => (Plane::NOBODY, who),
            Finding::Unknown => (Plane::NOBODY, Plane::NOBODY),
        };
        *self = Self { met: self.met & !who | met, not_met: self.not_met & !who | not_met };
    }

    pub fn of(&self, person: usize) -> Finding {
        match (self.met.has(person), self.not_met.has(person)) {
            (true, _) => Finding::Met,
            (_, true) => Finding::NotMet,
            _ => Finding::Unknown,
        }
    }

    /// For whom the two differ.
    #[inline]
    pub fn differ(self, other: Self) -> Plane {
        self.met ^ other.met | self.not_met ^ other.not_met
    }
}

/// A number for each person, digit by binary digit; zero until it is set.
#[derive(Debug, Clone, Default)]
pub(super) struct Numbers(SmallVec<[Plane; 3]>);

impl Numbers {
    #[inline]
    pub fn set(&mut self, who: Plane, number: u16) {
        while number >> self.0.len() != 0 {
            self.0.push(Plane::NOBODY);
        }
        for (digit, plane) in self.0.iter_mut().enumerate() {
            *plane = if number >> digit & 1 == 0 { *plane & !who } else { *plane | who };
        }
    }

    /// For these people the numbers that others have.
    pub fn take(&mut self, who: Plane, from: &Self) {
        while self.0.len() < from.0.len() {
            self.0.push(Plane::NOBODY);
        }
        for (digit, plane) in self.0.iter_mut().enumerate() {
            *plane = who.choose(from.0.get(digit).copied().unwrap_or(Plane::NOBODY), *plane);
        }
    }

    pub fn of(&self, person: usize) -> u16 {
        self.0.iter().enumerate().fold(0, |all, (digit, plane)| all | u16::from(plane.has(person)) << digit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Finding; 3] = [Finding::Met, Finding::NotMet, Finding::Unknown];

    #[test]
    fn findings_of_many_join_as_the_findings_of_one() {
        for (own, other) in ALL.into_iter().flat_map(|own| ALL.map(|other| (own, other))) {
            let (mut left, mut right) = (Findings::all(Finding::Met), Findings::all(Finding::NotMet));
            left.set(Plane::only(70), own);
            right.set(Plane::only(70), other);
            assert_eq!(left.and(right).of(70), own.and(other));
            assert_eq!(left.or(right).of(70), own.or(other));
            assert_eq!(left.differ(right).has(70), own != other);
            assert_eq!((left.and(right).of(71), left.or(right).of(69)), (Finding::NotMet, Finding::Met));
        }
    }

    #[test]
    fn the_first_so_many_are_told_apart_from_the_others() {
        for many in [0, 1, 63, 64, 65, PEOPLE - 1, PEOPLE] {
            let people: Vec<_> = Plane::first(many).people().collect();
            assert_eq!(people, (0..many).collect::<Vec<_>>());
            assert_eq!(Plane::first(many).count(), many);
        }
    }

    #[test]
    fn a_number_is_kept_for_each_person_until_it_is_set_anew() {
        let mut numbers = Numbers::default();
        numbers.set(Plane::first(100), 5);
        numbers.set(Plane::only(3), 258);
        numbers.set(Plane::only(4), 0);
        assert_eq!([3, 4, 5, 100].map(|person| numbers.of(person)), [258, 0, 5, 0]);
        let mut others = Numbers::default();
        others.take(Plane::first(4), &numbers);
        assert_eq!([2, 3, 5].map(|person| others.of(person)), [5, 258, 0]);
    }
}
