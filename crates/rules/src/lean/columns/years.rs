//! Years by planes: for each year the people to whom it belongs, and counting over years for all at once.

use std::ops::Range;

use smallvec::SmallVec;

use super::plane::{Findings, Plane};
use crate::lean::years::THIS;

/// How many years are looked at.
pub(super) const YEARS: usize = THIS as usize + 1;

/// For each year, by its bit, the people to whom it belongs; over the years that anybody has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct YearPlanes {
    first: usize,
    planes: Vec<Plane>,
}

impl YearPlanes {
    /// From the years of each person as bits.
    pub fn of(people: impl Iterator<Item = u64>) -> Self {
        let mut planes = [Plane::NOBODY; YEARS];
        let mut people = people.peekable();
        let (mut word, mut any) = (0, 0);
        while people.peek().is_some() {
            let mut rows = [0; YEARS];
            rows.iter_mut().zip(people.by_ref()).for_each(|(row, years)| *row = years);
            any |= rows.iter().fold(0, |any, row| any | row);
            if rows.iter().any(|row| *row != 0) {
                transpose(&mut rows);
                planes.iter_mut().zip(rows).for_each(|(plane, bits)| plane.set_word(word, bits));
            }
            word += 1;
        }
        if any == 0 {
            return Self::default();
        }
        let (first, after) = (any.trailing_zeros() as usize, YEARS - any.leading_zeros() as usize);
        Self { first, planes: planes[first..after].to_vec() }
    }

    #[inline]
    pub fn at(&self, year: usize) -> Plane {
        year.checked_sub(self.first).and_then(|at| self.planes.get(at)).copied().unwrap_or(Plane::NOBODY)
    }

    pub fn years(&self) -> Range<usize> {
        self.first..self.first + self.planes.len()
    }

    /// Year by year, from the earliest.
    #[inline]
    pub fn each(&self) -> impl Iterator<Item = (usize, Plane)> {
        self.years().zip(self.planes.iter().copied())
    }

    /// The same years with other people.
    #[inline]
    pub fn map(&self, mut people: impl FnMut(usize, Plane) -> Plane) -> Self {
        Self { first: self.first, planes: self.each().map(|(year, plane)| people(year, plane)).collect() }
    }

    /// Whoever has any of the years.
    pub fn any(&self) -> Plane {
        self.planes.iter().fold(Plane::NOBODY, |any, plane| any | *plane)
    }

    /// Takes from everybody the earliest year.
    pub fn take_first(&mut self) -> Self {
        let mut taken = Plane::NOBODY;
        let planes = self.planes.iter_mut().map(|plane| {
            let first = *plane & !taken;
            taken |= first;
            *plane &= !first;
            first
        });
        Self { first: self.first, planes: planes.collect() }
    }

    /// The runs that end in these years, all of whose years are among those.
    pub fn back_through(&self, years: &Self) -> Self {
        let mut inside = self.clone();
        for at in (1..inside.planes.len()).rev() {
            let before = inside.planes[at] & years.at(inside.first + at - 1);
            inside.planes[at - 1] |= before;
        }
        inside
    }
}

/// Years that belong to people for sure, and at the most; the latter only where anybody's differ.
#[derive(Debug, Clone, Default)]
pub(super) struct Bounds {
    pub sure: YearPlanes,
    pub at_most: Option<YearPlanes>,
}

impl Bounds {
    /// From the years of each person as bits, for sure and at the most.
    pub fn of(people: impl Iterator<Item = [u64; 2]> + Clone) -> Self {
        let differ = people.clone().any(|[sure, at_most]| sure != at_most);
        Self {
            sure: YearPlanes::of(people.clone().map(|[sure, _]| sure)),
            at_most: differ.then(|| YearPlanes::of(people.map(|[_, at_most]| at_most))),
        }
    }

    /// Those at the most, which are often those for sure.
    #[inline]
    pub fn at_most(&self) -> &YearPlanes {
        self.at_most.as_ref().unwrap_or(&self.sure)
    }

    /// Met by whose sure years are enough, not met by whose years are not enough at the most.
    #[inline]
    pub fn judge(&self, enough: impl Fn(&YearPlanes) -> Plane) -> Findings {
        let sure = enough(&self.sure);
        Findings::between(sure, self.at_most.as_ref().map_or(sure, enough))
    }
}

/// Counts for all at once how often something holds, as far as a number: a plane for each step towards it.
#[derive(Debug, Clone)]
pub(super) struct Tally(SmallVec<[Plane; 8]>);

impl Tally {
    /// Towards a number, where no more than so many are ever counted.
    pub fn towards(needed: usize, most: usize) -> Self {
        Self(SmallVec::from_elem(Plane::NOBODY, needed.min(most + 1)))
    }

    /// One more for these people.
    #[inline]
    pub fn add(&mut self, who: Plane) {
        for step in (1..self.0.len()).rev() {
            let reached = self.0[step - 1] & who;
            self.0[step] |= reached;
        }
        if let Some(first) = self.0.first_mut() {
            *first |= who;
        }
    }

    /// One more for these people, and from the beginning for all others.
    #[inline]
    pub fn add_in_a_row(&mut self, who: Plane) {
        self.keep(who);
        self.add(who);
    }

    /// From the beginning for all but these.
    #[inline]
    pub fn keep(&mut self, who: Plane) {
        self.0.iter_mut().for_each(|step| *step &= who);
    }

    /// Who has come as far as the number.
    #[inline]
    pub fn reached(&self) -> Plane {
        self.0.last().copied().unwrap_or(Plane::EVERYBODY)
    }

    /// Who has counted more than in another tally, and who as much or more; both towards the same number.
    pub fn compare(&self, other: &Self) -> (Plane, Plane) {
        self.0.iter().zip(&other.0).fold((Plane::NOBODY, Plane::EVERYBODY), |(more, no_less), (own, other)| {
            (more | *own & !*other, no_less & (*own | !*other))
        })
    }

    /// For these people the count of another tally towards the same number.
    pub fn take(&mut self, who: Plane, from: &Self) {
        self.0.iter_mut().zip(&from.0).for_each(|(own, other)| *own = who.choose(*other, *own));
    }
}

/// Who has so many of the years.
#[inline]
pub(super) fn so_many(years: impl Iterator<Item = Plane>, needed: usize) -> Plane {
    let mut tally = Tally::towards(needed, YEARS);
    years.for_each(|year| tally.add(year));
    tally.reached()
}

/// Who has so many of the years in a row; they are given without a gap.
#[inline]
pub(super) fn so_many_in_a_row(years: impl Iterator<Item = Plane>, needed: usize) -> Plane {
    let mut tally = Tally::towards(needed, YEARS);
    let none = tally.reached();
    years.fold(none, |any, year| {
        tally.add_in_a_row(year);
        any | tally.reached()
    })
}

/// Turns a square of bits: what was the bit of a row becomes the row of a bit.
///
/// Halves change places, then quarters, down to single bits.
fn transpose(rows: &mut [u64; 64]) {
    let (mut width, mut mask) = (32, u64::MAX >> 32);
    while width > 0 {
        for row in (0..64).filter(|row| row & width == 0) {
            let changed = (rows[row] >> width ^ rows[row + width]) & mask;
            rows[row] ^= changed << width;
            rows[row + width] ^= changed;
        }
        width /= 2;
        mask ^= mask << width;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lean::years::{has_run, runs};

    /// Years of many people, some of them none, some of them all.
    fn people() -> Vec<u64> {
        let mut state = 0x2026_0514u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            state ^ state >> 29
        };
        let mut all: Vec<u64> = (0..180).map(|at| (next() | next()) << (at % 60) >> (at % 7)).collect();
        all.extend([0, u64::MAX, 1, 1 << 63]);
        all
    }

    #[test]
    fn years_of_people_become_people_of_years() {
        let all = people();
        let planes = YearPlanes::of(all.iter().copied());
        for (person, years) in all.iter().enumerate() {
            let found = (0..64).fold(0, |found, year| found | u64::from(planes.at(year).has(person)) << year);
            assert_eq!(found, *years);
        }
        let two = YearPlanes::of([0b100, 0b1000].into_iter());
        assert_eq!((two.years(), two.at(1), two.at(64)), (2..4, Plane::NOBODY, Plane::NOBODY));
        assert_eq!(YearPlanes::of([0, 0].into_iter()), YearPlanes::default());
    }

    #[test]
    fn years_are_counted_and_found_in_a_row_as_for_one() {
        let all = people();
        let planes = YearPlanes::of(all.iter().copied());
        for needed in [0, 1, 2, 5, 25, 64, 65, 1_000] {
            let many = so_many(planes.each().map(|(_, plane)| plane), needed);
            let in_a_row = so_many_in_a_row(planes.each().map(|(_, plane)| plane), needed);
            for (person, years) in all.iter().enumerate() {
                assert_eq!(many.has(person), years.count_ones() as usize >= needed, "{years:b} {needed}");
                assert_eq!(in_a_row.has(person), has_run(*years, needed as u32), "{years:b} {needed}");
            }
        }
    }

    #[test]
    fn the_runs_of_a_person_are_taken_one_after_the_other() {
        let all = people();
        let planes = YearPlanes::of(all.iter().copied());
        let mut ends = planes.map(|year, plane| plane & !planes.at(year + 1));
        let mut expected: Vec<_> = all.iter().map(|years| runs(*years)).collect();
        while !ends.any().is_empty() {
            let inside = ends.take_first().back_through(&planes);
            for (person, runs) in expected.iter_mut().enumerate() {
                let run = runs.next().map_or(0, |(first, last)| (first..=last).fold(0, |all, bit| all | 1u64 << bit));
                let found = (0..64).fold(0, |found, year| found | u64::from(inside.at(year).has(person)) << year);
                assert_eq!(found, run);
            }
        }
    }

    #[test]
    fn tallies_are_compared_person_by_person() {
        let (mut own, mut other) = (Tally::towards(3, YEARS), Tally::towards(3, YEARS));
        other.add(Plane::first(2));
        own.add(Plane::first(3));
        own.add(Plane::first(1));
        let (more, no_less) = own.compare(&other);
        assert_eq!(
            [0, 1, 2, 3].map(|person| (more.has(person), no_less.has(person))),
            [(true, true), (false, true), (true, true), (false, true)]
        );
        let (more, no_less) = other.compare(&own);
        assert_eq!([0, 1].map(|person| (more.has(person), no_less.has(person))), [(false, false), (false, true)]);
    }
}
