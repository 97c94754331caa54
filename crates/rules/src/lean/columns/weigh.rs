//! Weighing a whole block: the clauses of a standard, in the order in which one person's are weighed.
//!
//! What a facet decides is asked of [`judge`], once for all who are alike in it; here it is only spread.
//! Counting over years is done here for all at once, and a test holds it to what is found one by one.

use super::block::{Block, Facet};
use super::plane::{Findings, Numbers, Plane};
use super::windows::{Windows, demand_of};
use super::years::{Bounds, Tally, YearPlanes, so_many, so_many_in_a_row};
use crate::answer::Finding;
use crate::award::{AwardCode, RecipientKind};
use crate::lean::brief::Brief;
use crate::lean::clause::{Ask, Clause, Clauses, award_bit};
use crate::lean::judge::{self, View, Worth};
use crate::lean::law::{LawOfDay, Ready};

/// What clauses are worth for each person, as written and while some rules wait.
#[derive(Debug, Clone, Copy)]
pub(super) struct Worths {
    pub verdict: Findings,
    pub now: Findings,
}

impl Worths {
    #[inline]
    pub fn plain(findings: Findings) -> Self {
        Self { verdict: findings, now: findings }
    }

    pub fn all(finding: Finding) -> Self {
        Self::plain(Findings::all(finding))
    }

    #[inline]
    pub fn and(self, other: Self) -> Self {
        Self { verdict: self.verdict.and(other.verdict), now: self.now.and(other.now) }
    }

    #[inline]
    pub fn or(self, other: Self) -> Self {
        Self { verdict: self.verdict.or(other.verdict), now: self.now.or(other.now) }
    }

    pub fn choose(who: Plane, inside: Self, outside: Self) -> Self {
        Self {
            verdict: Findings::choose(who, inside.verdict, outside.verdict),
            now: Findings::choose(who, inside.now, outside.now),
        }
    }

    fn set(&mut self, who: Plane, worth: Worth) {
        self.verdict.set(who, worth.verdict);
        self.now.set(who, worth.now);
    }

    /// For whom the two differ.
    #[inline]
    pub fn differ(&self, other: &Self) -> Plane {
        self.verdict.differ(other.verdict) | self.now.differ(other.now)
    }

    /// Who is refused whatever else is asked.
    #[inline]
    pub fn refused(&self) -> Plane {
        self.verdict.not_met & self.now.not_met
    }

    /// Who is satisfied whatever else is offered.
    #[inline]
    pub fn satisfied(&self) -> Plane {
        self.verdict.met & self.now.met
    }
}

/// A standard's worth for each person, and which of its clauses decided: the number of the clause and one, or zero.
#[derive(Debug, Clone)]
pub(super) struct Weighed {
    pub worth: Worths,
    pub clause: Numbers,
}

impl Weighed {
    fn decided_by(&mut self, who: Plane, clause: usize) {
        self.clause.set(who, u8::try_from(clause + 1).unwrap_or(0).into());
    }

    pub fn take(&mut self, who: Plane, from: &Self) {
        self.worth = Worths::choose(who, from.worth, self.worth);
        self.clause.take(who, &from.clause);
    }
}

/// The clause that decided, as it is told of one person.
pub(super) fn clause_of(number: u16) -> u8 {
    number.checked_sub(1).and_then(|at| u8::try_from(at).ok()).unwrap_or(u8::MAX)
}

/// A block as one standard looks at it; all as if they were of one kind.
#[derive(Clone, Copy)]
pub(super) struct Weighing<'a> {
    pub law: &'a LawOfDay<'a>,
    pub block: &'a Block<'a>,
    pub kind: RecipientKind,
    /// Which types of award are no basis for the standard.
    pub basis: u8,
    /// The awards whose standards are being weighed, as bits.
    pub stack: u16,
    /// Whether the award asked for is a title.
    pub for_title: bool,
}

impl<'a> Weighing<'a> {
    /// Weighs one standard, as [`LawOfDay::weigh`] does for one person.
    pub fn standard(
        law: &'a LawOfDay<'a>,
        block: &'a Block<'a>,
        kind: RecipientKind,
        ready: &Ready<'_>,
        stack: u16,
        for_title: bool,
    ) -> Weighed {
        let weighing = Self { law, block, kind, basis: ready.basis, stack, for_title };
        let mut found = weighing.all(ready.clauses);
        if ready.unread {
            let mut worth = Worths::all(Finding::Unknown);
            for (at, clause) in ready.clauses.all.iter().enumerate() {
                if matches!(clause.ask, Ask::Groups(_)) {
                    let others = weighing.plain(clause, &Windows::default()).not_met & !worth.refused();
                    worth.set(others, Worth::plain(Finding::NotMet));
                    found.decided_by(others, at);
                }
            }
            found.worth = worth;
        } else if ready.standing.waiting.is_some() {
            found.worth.now = Findings::UNKNOWN;
        }
        found
    }

    /// Weighs all clauses together, in the years that serve each person best.
    fn all(&self, clauses: &Clauses) -> Weighed {
        if !clauses.within {
            return self.together(&clauses.all, &Windows::default());
        }
        // What is not met whatever the years needs no choice among them.
        let free = self.together(&clauses.all[..clauses.free], &Windows::default());
        let open = self.block.everybody & !free.worth.refused();
        let Some(demand) = demand_of(clauses).filter(|_| !open.is_empty()) else {
            return self.together(&clauses.all, &Windows::default());
        };
        let choice = demand.windows(self.block, self.basis);
        let in_doubt = choice.in_doubt & open;
        let mut found = self.together(&clauses.all, &choice.best(clauses, self));
        for person in in_doubt.people() {
            let one = judge::all(clauses, &self.view(&self.block.people[person]));
            let who = Plane::only(person);
            found.worth.set(who, one.worth);
            found.decided_by(who, one.clause.into());
        }
        found
    }

    fn together(&self, clauses: &[Clause], windows: &Windows) -> Weighed {
        let mut all = Weighed { worth: Worths::all(Finding::Met), clause: Numbers::default() };
        for (at, clause) in clauses.iter().enumerate() {
            let worth = all.worth.and(self.clause(clause, windows));
            all.decided_by(worth.differ(&all.worth), at);
            all.worth = worth;
            if (self.block.everybody & !worth.refused()).is_empty() {
                break;
            }
        }
        all
    }

    /// Weighs one clause.
    pub fn clause(&self, clause: &Clause, windows: &Windows) -> Worths {
        let part = |part| self.clause(part, windows);
        match &clause.ask {
            Ask::Any(parts) => parts.iter().map(part).fold(Worths::all(Finding::NotMet), Worths::or),
            Ask::All(parts) => parts.iter().map(part).fold(Worths::all(Finding::Met), Worths::and),
            Ask::Title(award) => self.title(*award),
            _ => Worths::plain(self.plain(clause, windows)),
        }
    }

    /// One standard of the other title is enough; what leans on itself is not known.
    fn title(&self, award: AwardCode) -> Worths {
        let own = award_bit(award);
        let mut standards = self.law.standards_for(award, self.kind).peekable();
        if self.stack & own != 0 || standards.peek().is_none() {
            return Worths::all(Finding::Unknown);
        }
        standards.fold(Worths::all(Finding::NotMet), |any, one| {
            any.or(Self::standard(self.law, self.block, self.kind, one, self.stack | own, self.for_title).worth)
        })
    }

    /// Weighs a clause that is not made of others; what is unknown a signed statement settles.
    #[inline]
    fn plain(&self, clause: &Clause, windows: &Windows) -> Findings {
        let mut found = self.by_the_record(clause, windows);
        if !matches!(clause.ask, Ask::Unread) {
            found.met |= self.block.attested(clause.sentence) & !found.not_met;
        }
        found
    }

    fn by_the_record(&self, clause: &Clause, windows: &Windows) -> Findings {
        match &clause.ask {
            Ask::Rating(demand) => {
                let own = demand.judge(self.block, self.basis);
                let inside = Findings::all(Finding::Met).known_of(demand.known(self.block));
                Findings::choose(windows.who, inside, own)
            }
            Ask::Held { award, count, consecutive, within } => {
                let needed = usize::try_from(*count).unwrap_or(usize::MAX);
                let enough = |years: &YearPlanes| {
                    let inside =
                        years.each().map(|(year, who)| if *within { who & windows.years.at(year) } else { who });
                    if *consecutive { so_many_in_a_row(inside, needed) } else { so_many(inside, needed) }
                };
                let none = Bounds::default();
                let years = self.block.held(*award, self.basis).map_or(&none, |held| &held.years);
                let known = if *within { self.block.ratings_known } else { Plane::EVERYBODY };
                years.judge(enough).known_of(self.block.awards_known & known)
            }
            Ask::Initiatives { count, within: true, .. } => self.works(clause, *count, Facet::Initiatives, windows),
            Ask::Works { count, within: true, .. } => self.works(clause, *count, Facet::Works, windows),
            ask => Facet::of(ask).map_or(Findings::UNKNOWN, |facet| self.spread(clause, facet)),
        }
    }

    /// What one finds of itself all who are alike find.
    #[inline]
    fn spread(&self, clause: &Clause, facet: Facet) -> Findings {
        let mut found = Findings::UNKNOWN;
        for alike in self.block.facet(facet) {
            match judge::by_the_record(clause, &self.view(alike.example)) {
                Finding::Met => found.met |= alike.who,
                Finding::NotMet => found.not_met |= alike.who,
                Finding::Unknown => {}
            }
        }
        found
    }

    /// Works of the years of a window: those who did the same are counted together.
    fn works(&self, clause: &Clause, needed: usize, facet: Facet, windows: &Windows) -> Findings {
        let mut found = Findings::UNKNOWN;
        for alike in self.block.facet(facet) {
            let Brief { initiatives, works, .. } = alike.example;
            let list = if facet == Facet::Initiatives { initiatives } else { works };
            let Some(works) = list else { continue };
            let (mut sure, mut at_most) = (Tally::towards(needed, works.len()), Tally::towards(needed, works.len()));
            for work in works {
                let own = judge::work_fits(work, &clause.ask, &self.view(alike.example));
                let years = windows.years.at(work.year.into());
                let inside = match work.counts {
                    Finding::Unknown => Findings::all(Finding::Met),
                    _ => Findings::between(years, years).known_of(self.block.ratings_known),
                };
                let counts = inside.and(Findings::all(own));
                sure.add(counts.met);
                at_most.add(!counts.not_met);
            }
            let own = Findings::between(sure.reached(), at_most.reached()).known_of(alike.who);
            found = Findings { met: found.met | own.met, not_met: found.not_met | own.not_met };
        }
        found
    }

    fn view<'v>(&self, brief: &'v Brief) -> View<'v>
    where
        'a: 'v,
    {
        View { law: self.law, brief, basis: self.basis, stack: self.stack, for_title: self.for_title, window: None }
    }
}
