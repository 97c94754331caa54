//! Many recipients by columns: a condition is decided for hundreds at a time, with the very verdict and reason
//! that [`LawOfDay::judge`] finds for each.
//!
//! Reading order: `plane` (a bit a person, three values, numbers), `years` (years by planes), `block` (briefs by
//! columns), `windows` (years in a row), `weigh` (the clauses of a standard), and here the verdicts and reasons.

mod block;
mod plane;
mod weigh;
mod windows;
mod years;

use block::{Block, Facet};
use plane::{Findings, Numbers, PEOPLE, Plane};
use weigh::{Weighed, Weighing, Worths, clause_of};

use super::brief::Brief;
use super::clause::award_bit;
use super::law::{By, Judged, LawOfDay, finding, verdict};
use crate::answer::{Finding, Verdict};
use crate::award::{AwardCode, RecipientKind};
use crate::evaluate::PlanGate;

/// Briefs by columns, ready to be judged together by the law that made them.
#[derive(Debug)]
pub struct Columns<'b> {
    blocks: Vec<Block<'b>>,
}

/// What one standard says of each person, and the condition that decided, in a few bits a person.
#[derive(Debug, Clone)]
pub struct StandardColumn {
    blocks: Vec<(Findings, Numbers)>,
}

/// The verdict on one award for each person, and what decided it, in a few bits a person.
#[derive(Debug, Clone)]
pub struct AwardColumn {
    blocks: Vec<Decided>,
}

/// What is decided of a block.
#[derive(Debug, Clone)]
struct Decided {
    everybody: Plane,
    worth: Worths,
    /// Which sort of reason, its place in the law of the day, and its clause.
    reason: [Numbers; 3],
}

/// The sorts of reason; before any is found, no rule speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    NoRule,
    Standard,
    Guard,
    Guidance,
    Recipient,
    Plan,
}

impl Sort {
    const ALL: [Self; 6] = [Self::NoRule, Self::Standard, Self::Guard, Self::Guidance, Self::Recipient, Self::Plan];
}

impl LawOfDay<'_> {
    /// Puts briefs that this law made into columns.
    #[must_use]
    pub fn columns<'b>(&self, briefs: &'b [Brief]) -> Columns<'b> {
        let mut blocks: Vec<Block<'b>> = Vec::with_capacity(briefs.len().div_ceil(PEOPLE));
        for people in briefs.chunks(PEOPLE) {
            blocks.push(Block::of(people, self.compiled, blocks.last()));
        }
        Columns { blocks }
    }

    /// What [`LawOfDay::judge_standard`] says of each person.
    #[must_use]
    pub fn judge_standard_in(&self, columns: &Columns<'_>, place: usize) -> StandardColumn {
        let ready = &self.standards[place];
        let for_title = self.titles & ready.award != 0;
        let judge = |block| {
            let of_kind = |kind| Weighing::standard(self, block, kind, ready, ready.award, for_title);
            let found = each_kind(block, of_kind, Weighed::take);
            (found.worth.verdict, found.clause)
        };
        StandardColumn { blocks: columns.blocks.iter().map(judge).collect() }
    }

    /// What [`LawOfDay::judge`] says of each person.
    #[must_use]
    pub fn judge_in(&self, columns: &Columns<'_>, award: AwardCode, gate: Option<&PlanGate>) -> AwardColumn {
        let judge = |block| {
            each_kind(
                block,
                |kind| self.decide(block, kind, award, gate),
                |own: &mut Decided, who, other| own.take(who, other),
            )
        };
        AwardColumn { blocks: columns.blocks.iter().map(judge).collect() }
    }

    fn decide(&self, block: &Block<'_>, kind: RecipientKind, award: AwardCode, gate: Option<&PlanGate>) -> Decided {
        let concerning = self.concerning(award, kind);
        let mut found = Decided::nothing(block);
        if !concerning.given_to {
            found.reason[0].set(Plane::EVERYBODY, Sort::Recipient as u16);
            return found;
        }
        let (stack, for_title) = (award_bit(award), self.titles & award_bit(award) != 0);
        for (nth, at) in concerning.standards.iter().enumerate() {
            let one = Weighing::standard(self, block, kind, &self.standards[usize::from(*at)], stack, for_title);
            let any = found.worth.or(one.worth);
            let changed = if nth == 0 { Plane::EVERYBODY } else { any.differ(&found.worth) };
            found.change(changed, any, Sort::Standard, *at, &one.clause);
            if (block.everybody & !any.satisfied()).is_empty() {
                break;
            }
        }
        if concerning.standards.is_empty() {
            found.worth = Worths::all(Finding::Unknown);
        }
        if let Some(gate) = gate {
            let said = Worths::all(finding(gate.verdict(award)));
            found.narrow(said, Sort::Plan, 0, &Numbers::default());
        }
        for at in &concerning.guards {
            let waits = self.guards[usize::from(*at)].waiting.is_some();
            found.narrow(guard(block, usize::from(*at), waits), Sort::Guard, *at, &Numbers::default());
        }
        for at in &concerning.guidance {
            let one = Weighing::standard(self, block, kind, &self.guidance[usize::from(*at)], stack, for_title);
            found.narrow(one.worth, Sort::Guidance, *at, &one.clause);
        }
        found
    }
}

/// What a guard says; met where it does not concern somebody.
fn guard(block: &Block<'_>, at: usize, waits: bool) -> Worths {
    let mut all = Worths::all(Finding::Met);
    for alike in block.facet(Facet::Guards) {
        if let Some(said) = alike.example.guards[at] {
            all.verdict.set(alike.who, finding(said));
            all.now.set(alike.who, if waits { Finding::Unknown } else { finding(said) });
        }
    }
    all
}

/// Judges a block as if all were of one kind, for each kind that is there; mostly it is one.
fn each_kind<R>(block: &Block<'_>, judge: impl Fn(RecipientKind) -> R, take: impl Fn(&mut R, Plane, &R)) -> R {
    let (first, others) = block.facet(Facet::Kind).split_first().expect("a block is never empty");
    let mut found = judge(first.example.kind);
    for alike in others {
        take(&mut found, alike.who, &judge(alike.example.kind));
    }
    found
}

impl Decided {
    fn nothing(block: &Block<'_>) -> Self {
        Self { everybody: block.everybody, worth: Worths::all(Finding::NotMet), reason: Default::default() }
    }

    fn change(&mut self, who: Plane, worth: Worths, sort: Sort, place: u16, clause: &Numbers) {
        self.worth = worth;
        if !who.is_empty() {
            self.reason[0].set(who, sort as u16);
            self.reason[1].set(who, place);
            self.reason[2].take(who, clause);
        }
    }

    fn narrow(&mut self, said: Worths, sort: Sort, place: u16, clause: &Numbers) {
        let all = self.worth.and(said);
        self.change(all.differ(&self.worth), all, sort, place, clause);
    }

    fn take(&mut self, who: Plane, other: &Self) {
        self.worth = Worths::choose(who, other.worth, self.worth);
        self.reason.iter_mut().zip(&other.reason).for_each(|(own, other)| own.take(who, other));
    }

    fn of(&self, person: usize) -> Judged {
        let [sort, place, clause] = [0, 1, 2].map(|at| self.reason[at].of(person));
        let by = match Sort::ALL[usize::from(sort)] {
            Sort::NoRule => By::NoRule,
            Sort::Standard => By::Standard(place, clause_of(clause)),
            Sort::Guard => By::Guard(place),
            Sort::Guidance => By::Guidance(place, clause_of(clause)),
            Sort::Recipient => By::Recipient,
            Sort::Plan => By::Plan,
        };
        let Worths { verdict: written, now } = self.worth;
        Judged { verdict: verdict(now.of(person)), if_confirmed: verdict(written.of(person)), by }
    }

    fn with(&self, wanted: Verdict) -> Plane {
        let now = self.worth.now;
        self.everybody
            & match wanted {
                Verdict::Eligible => now.met,
                Verdict::NotEligible => now.not_met,
                Verdict::Undetermined => !(now.met | now.not_met),
            }
    }
}

impl StandardColumn {
    /// One person, by the place among the briefs: what is found, and the first condition that decided.
    ///
    /// # Panics
    /// When there are not so many.
    #[must_use]
    pub fn of(&self, person: usize) -> (Finding, u8) {
        let (found, clause) = &self.blocks[person / PEOPLE];
        (found.of(person % PEOPLE), clause_of(clause.of(person % PEOPLE)))
    }
}

impl AwardColumn {
    /// One person, by the place among the briefs: the verdict and what decided it.
    ///
    /// # Panics
    /// When there are not so many.
    #[must_use]
    pub fn of(&self, person: usize) -> Judged {
        self.blocks[person / PEOPLE].of(person % PEOPLE)
    }

    /// How many have a verdict now.
    #[must_use]
    pub fn count(&self, wanted: Verdict) -> usize {
        self.blocks.iter().map(|block| block.with(wanted).count()).sum()
    }

    /// Who has a verdict now, by their place among the briefs.
    pub fn with(&self, wanted: Verdict) -> impl Iterator<Item = usize> {
        let people =
            move |(at, block): (usize, &Decided)| block.with(wanted).people().map(move |one| at * PEOPLE + one);
        self.blocks.iter().enumerate().flat_map(people)
    }
}
