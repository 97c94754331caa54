//! Years in a row for a whole block: which runs satisfy a rating condition, and which serves a standard best.

use std::borrow::Cow;

use super::block::Block;
use super::plane::{Findings, Plane};
use super::weigh::Weighing;
use super::years::{Bounds, Tally, YEARS, YearPlanes};
use crate::lean::clause::{Ask, Clauses, Demand};
use crate::lean::years::THIS;

/// For each person of a block one run of years that satisfies a rating condition, whose every year counts for sure.
#[derive(Debug, Clone, Default)]
pub(super) struct Windows {
    /// Who has one.
    pub who: Plane,
    /// Its years.
    pub years: YearPlanes,
}

/// What the windows of a standard are chosen from.
pub(super) struct Choice {
    good: YearPlanes,
    ends: YearPlanes,
    /// For whom a discipline or an award without a day leaves in doubt which years count.
    pub in_doubt: Plane,
}

impl Demand {
    /// The years that count towards the demand, for sure and at the most.
    fn good<'b>(&self, block: &'b Block<'_>, basis: u8) -> (Cow<'b, YearPlanes>, Option<YearPlanes>) {
        let rated = &block.levels[self.min as usize];
        let after = self.after_award.map(|award| block.held(award, basis).map(|held| &held.after));
        let none = Bounds::default();
        let after = after.map(|held| held.unwrap_or(&none));
        let limits = [after, block.counted.as_ref()];
        if limits.iter().all(Option::is_none) {
            return (Cow::Borrowed(rated), None);
        }
        let within = |limit: fn(&Bounds) -> &YearPlanes| {
            rated.map(|year, plane| limits.iter().flatten().fold(plane, |left, one| left & limit(one).at(year)))
        };
        let certain = limits.iter().flatten().all(|limit| limit.at_most.is_none());
        (Cow::Owned(within(|limit| &limit.sure)), (!certain).then(|| within(Bounds::at_most)))
    }

    /// The runs of good years that satisfy the demand, by the year in which each ends.
    fn ends(&self, good: &YearPlanes, block: &Block<'_>) -> YearPlanes {
        let mut length = Tally::towards(self.years, YEARS);
        let mut better =
            self.min_years_at.map(|at| (&block.levels[at.level as usize], Tally::towards(at.years, YEARS)));
        good.map(|year, plane| {
            length.add_in_a_row(plane);
            let mut fits = length.reached() & plane & !good.at(year + 1);
            if let Some((rated, tally)) = &mut better {
                tally.keep(plane);
                tally.add(plane & rated.at(year));
                fits &= tally.reached();
            }
            if self.to_nomination { fits & looked_at(year, block) } else { fits }
        })
    }

    /// Whether the demand is met, in whatever years.
    pub(super) fn judge(&self, block: &Block<'_>, basis: u8) -> Findings {
        let (good, at_most) = self.good(block, basis);
        let met = |good: &YearPlanes| self.ends(good, block).any();
        let sure = met(&good);
        let found = Findings::between(sure, at_most.as_ref().map_or(sure, met));
        found.known_of(self.known(block))
    }

    /// Of whom the registers tell what the demand looks at.
    pub(super) fn known(&self, block: &Block<'_>) -> Plane {
        if self.after_award.is_some() { block.ratings_known & block.awards_known } else { block.ratings_known }
    }

    /// The windows from which a standard may choose.
    pub(super) fn windows(&self, block: &Block<'_>, basis: u8) -> Choice {
        let (good, at_most) = self.good(block, basis);
        let good = good.into_owned();
        let in_doubt = at_most
            .iter()
            .flat_map(YearPlanes::each)
            .fold(Plane::NOBODY, |any, (year, plane)| any | plane ^ good.at(year));
        Choice { ends: self.ends(&good, block), good, in_doubt }
    }
}

/// Whose nomination looks at a year: at this one when it is rated already, else at the one before.
fn looked_at(year: usize, block: &Block<'_>) -> Plane {
    let rated = block.levels[3].at(usize::from(THIS));
    match usize::from(THIS) - year {
        0 => rated,
        1 => !rated,
        _ => Plane::NOBODY,
    }
}

impl Choice {
    /// For each person the window in which most clauses are met; of equals the last.
    pub fn best(mut self, clauses: &Clauses, weighing: &Weighing<'_>) -> Windows {
        let mut best = self.next();
        if self.is_empty() {
            return best;
        }
        let mut best_score = Score::of(clauses, weighing, &best);
        while !self.is_empty() {
            let next = self.next();
            let score = Score::of(clauses, weighing, &next);
            // Whoever has another window had one before.
            let better = next.who & score.no_less_than(&best_score);
            best.years = self.good.map(|year, _| better.choose(next.years.at(year), best.years.at(year)));
            best_score.take(better, &score);
        }
        best
    }

    fn is_empty(&self) -> bool {
        self.ends.any().is_empty()
    }

    fn next(&mut self) -> Windows {
        let ends = self.ends.take_first();
        Windows { who: ends.any(), years: ends.back_through(&self.good) }
    }
}

/// How many clauses of a standard are met, and how many are open.
struct Score {
    met: Tally,
    open: Tally,
}

impl Score {
    fn of(clauses: &Clauses, weighing: &Weighing<'_>, windows: &Windows) -> Self {
        // The first clauses are the same in whatever years.
        let clauses = &clauses.all[clauses.free..];
        let tally = || Tally::towards(clauses.len(), clauses.len());
        let mut score = Self { met: tally(), open: tally() };
        for clause in clauses {
            let Findings { met, not_met } = weighing.clause(clause, windows).verdict;
            score.met.add(met);
            score.open.add(!(met | not_met));
        }
        score
    }

    fn no_less_than(&self, other: &Self) -> Plane {
        let (more_met, no_less_met) = self.met.compare(&other.met);
        let (_, no_less_open) = self.open.compare(&other.open);
        more_met | no_less_met & no_less_open
    }

    fn take(&mut self, who: Plane, from: &Self) {
        self.met.take(who, &from.met);
        self.open.take(who, &from.open);
    }
}

/// The rating condition whose years a standard looks at.
pub(super) fn demand_of(clauses: &Clauses) -> Option<&Demand> {
    clauses.all.iter().find_map(|clause| match &clause.ask {
        Ask::Rating(demand) => Some(demand),
        _ => None,
    })
}
