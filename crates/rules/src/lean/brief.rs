//! A brief: the facts of one recipient as the law of a day counts them, in numbers.

use jiff::civil::Date;
use smallvec::SmallVec;

use super::clause::{award_bit, bit};
use super::law::LawOfDay;
use super::years::{THIS, bit_of, since, year_counts};
use crate::answer::{Finding, GuardVerdict};
use crate::award::{AwardCode, AwardType, RecipientKind};
use crate::facts::{Cluster, Facts, HeldAward, Initiative, Launcher, Members, Points, Scope, Selection, Stage};
use crate::guard::{Asked, counts_from, referred};

/// What is known of one recipient, ready to be judged again and again by the law of one day.
#[derive(Debug, Clone)]
pub struct Brief {
    pub(crate) kind: RecipientKind,
    pub(crate) good_standing: Finding,
    pub(crate) internal_unity: Finding,
    pub(crate) targets: Finding,
    pub(crate) groups: Option<u8>,
    pub(crate) ratings_known: bool,
    pub(crate) awards_known: bool,
    /// Achievements count from this day, after a discipline.
    pub(crate) counts_from: Option<Date>,
    /// For each level, the years rated so or better.
    pub(crate) levels: [u64; 4],
    /// The years that count for sure, and those that may.
    pub(crate) counted: [u64; 2],
    pub(crate) held: SmallVec<[HeldYears; 4]>,
    pub(crate) guards: SmallVec<[Option<GuardVerdict>; 8]>,
    pub(crate) initiatives: Option<SmallVec<[Work; 4]>>,
    pub(crate) works: Option<SmallVec<[Work; 4]>>,
    /// For each mode, the widest reach.
    pub(crate) impact: Option<[u8; 2]>,
    /// For each field, the widest reach.
    pub(crate) contributions: Option<[u8; 7]>,
    pub(crate) movement: Option<Participation>,
    pub(crate) cluster: Option<Cluster>,
    pub(crate) production_model_years: Option<u16>,
    pub(crate) members: Option<Box<Members>>,
    /// For each criterion that rules name, the points of the year looked at; the sum of all last.
    pub(crate) scores: Option<Box<[Option<Points>]>>,
    /// The sentences that statements settle, as bits; empty when nothing was signed.
    pub(crate) attested: Bits,
}

/// Sentences as bits.
pub(crate) type Bits = SmallVec<[u64; 3]>;

/// No year at all, where a bit is wanted.
pub(crate) const NEVER: u8 = u8::MAX;

/// The years in which an award was held that counts, by one set of types that do not.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HeldYears {
    /// For sure, and at the most.
    pub years: [u64; 2],
    /// The first whole year after the award, for sure and at the most.
    pub after: [u8; 2],
    pub award: AwardCode,
    /// Which set of types.
    pub basis: u8,
}

/// An initiative or a scientific work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Work {
    /// Zero when it is not known.
    pub reach: u8,
    pub replicable: Finding,
    /// Whether its day has come and counts.
    pub counts: Finding,
    /// The bit of its year; [`NEVER`] without one.
    pub year: u8,
    /// Whether it may still serve a title, and a form.
    pub free: [Finding; 2],
}

/// What happened in the movement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Participation {
    pub launchers: Option<SmallVec<[Launched; 3]>>,
    pub stage: Option<Stage>,
    pub selected: Option<Selection>,
    pub leads: Finding,
}

/// One launching.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Launched {
    pub level: u8,
    pub begun: bool,
    pub thematic: Finding,
    pub years: Option<u16>,
}

impl Brief {
    /// The bit of the year that a nomination looks at: this one when it is rated already, else the one before.
    #[inline]
    pub(crate) fn year_looked_at(&self) -> u8 {
        if self.levels[3] & 1 << THIS == 0 { THIS - 1 } else { THIS }
    }

    #[inline]
    pub(crate) fn held(&self, award: AwardCode, basis: u8) -> Option<&HeldYears> {
        self.held.iter().find(|held| held.award == award && held.basis == basis)
    }

    #[inline]
    pub(crate) fn is_attested(&self, sentence: usize) -> bool {
        self.attested.get(sentence / 64).is_some_and(|bits| bits & 1 << (sentence % 64) != 0)
    }

    /// As if what no register holds and a person must attest were attested.
    pub fn suppose_conduct(&mut self) {
        for told in [&mut self.good_standing, &mut self.internal_unity] {
            if *told == Finding::Unknown {
                *told = Finding::Met;
            }
        }
    }

    pub(crate) fn of(facts: &Facts, law: &LawOfDay<'_>) -> Self {
        let this = law.on.year();
        let from = law.discipline_counts_for(facts.recipient.kind).then(|| counts_from(facts, law.on)).flatten();
        let from = from.map(|(_, day)| day);
        let counted = match from {
            None => [u64::MAX; 2],
            Some(day) => {
                let at_least = |year: i16| bit_of(year, this).map_or(if year > this { 0 } else { u64::MAX }, since);
                let whole = if day == day.first_of_year() { day.year() } else { day.year() + 1 };
                [at_least(whole), at_least(day.year())]
            }
        };
        Self {
            kind: facts.recipient.kind,
            good_standing: Finding::of(facts.good_standing),
            internal_unity: Finding::of(facts.internal_unity),
            targets: targets(facts, this).map_or(Finding::Unknown, |(_, told)| Finding::of(told)),
            groups: facts.recipient.groups.as_ref().map(|own| own.iter().fold(0, |all, one| all | bit(*one))),
            ratings_known: facts.ratings.is_some(),
            awards_known: facts.awards.is_some(),
            counts_from: from,
            levels: levels(facts, this),
            counted,
            held: held(facts, law, from),
            guards: guards(facts, law),
            initiatives: facts.initiatives.as_ref().map(|all| {
                all.iter()
                    .map(|one| Work {
                        replicable: Finding::of(one.replicable),
                        free: [free(one, true, law), free(one, false, law)],
                        ..work(one.scope, one.recognised_on, law.on, from)
                    })
                    .collect()
            }),
            works: facts
                .science_works
                .as_ref()
                .map(|all| all.iter().map(|one| work(one.scope, one.accepted_on, law.on, from)).collect()),
            impact: facts.impact.as_ref().map(|all| {
                let mut widest = [0; 2];
                for one in all {
                    let reach = &mut widest[one.mode as usize];
                    *reach = (*reach).max(one.scope.reach());
                }
                widest
            }),
            contributions: facts.contributions.as_ref().map(|all| {
                let mut widest = [0; 7];
                for one in all {
                    let reach = &mut widest[one.field as usize];
                    *reach = (*reach).max(one.scope.reach());
                }
                widest
            }),
            movement: facts.movement.as_ref().map(|one| Participation {
                launchers: one.launchers.as_ref().map(|all| all.iter().map(|one| Launched::of(one, law.on)).collect()),
                stage: one.stage,
                selected: one.selected,
                leads: Finding::of(one.leads),
            }),
            cluster: facts.cluster.clone(),
            production_model_years: facts.production_model_years,
            members: facts.members.clone().map(Box::new),
            scores: scores(facts, law),
            attested: attested(facts, law),
        }
    }
}

impl Launched {
    pub(crate) fn of(launcher: &Launcher, on: Date) -> Self {
        Self {
            level: bit(launcher.level),
            begun: launcher.from.is_none_or(|from| from <= on),
            thematic: Finding::of(launcher.thematic),
            years: launcher.years_decided,
        }
    }
}

/// The year whose targets count, of this year when known, else of the one before, and what is told of it.
pub(crate) fn targets(facts: &Facts, this: i16) -> Option<(i16, Option<bool>)> {
    let years = facts.targets_exceeded.as_ref()?;
    let year = if years.contains_key(&this) { this } else { this - 1 };
    Some((year, years.get(&year).copied()))
}

/// Of two ratings of one year the later entry counts.
fn levels(facts: &Facts, this: i16) -> [u64; 4] {
    let mut levels = [0u64; 4];
    for rating in facts.ratings.iter().flatten() {
        let Some(bit) = bit_of(rating.year, this) else { continue };
        for (level, years) in levels.iter_mut().enumerate() {
            let reached = u64::from(rating.level as usize <= level);
            *years = *years & !(1 << bit) | reached << bit;
        }
    }
    levels
}

/// Whether an award that is held counts as a basis beside these types that do not.
pub(crate) fn counts(held: &HeldAward, excluded: &[AwardType], on: Date, from: Option<Date>) -> Finding {
    if held.year > on.year() || held.decided_on.is_some_and(|day| day > on) {
        return Finding::NotMet;
    }
    let kind = match held.r#type {
        _ if excluded.is_empty() => Finding::Met,
        Some(kind) => Finding::of(Some(!excluded.contains(&kind))),
        None => Finding::Unknown,
    };
    let decided = if held.decided_on.is_none() && held.year == on.year() { Finding::Unknown } else { Finding::Met };
    let after_discipline = match (year_counts(held.year, from), from, held.decided_on) {
        (Finding::Unknown, Some(day), Some(decided_on)) => Finding::of(Some(decided_on >= day)),
        (finding, ..) => finding,
    };
    kind.and(decided).and(after_discipline)
}

/// The bit of the year in which an award was held.
pub(crate) fn held_in(held: &HeldAward, this: i16) -> u8 {
    bit_of(held.year, this).unwrap_or(0)
}

fn held(facts: &Facts, law: &LawOfDay<'_>, from: Option<Date>) -> SmallVec<[HeldYears; 4]> {
    let this = law.on.year();
    let mut all: SmallVec<[HeldYears; 4]> = SmallVec::new();
    for held in facts.awards.iter().flatten().filter(|held| law.compiled.held & award_bit(held.award) != 0) {
        for (basis, excluded) in law.bases.iter().enumerate() {
            let finding = counts(held, excluded, law.on, from);
            if finding == Finding::NotMet {
                continue;
            }
            let basis = u8::try_from(basis).unwrap_or(NEVER);
            let (year, day_known) = match held.decided_on {
                Some(day) if day == day.first_of_year() => (day.year(), true),
                Some(day) => (day.year() + 1, true),
                None => (held.year + 1, false),
            };
            let after = if year > this { THIS + 1 } else { bit_of(year, this).unwrap_or(0) };
            let at = all.iter().position(|one| one.award == held.award && one.basis == basis).unwrap_or_else(|| {
                all.push(HeldYears { years: [0; 2], after: [NEVER; 2], award: held.award, basis });
                all.len() - 1
            });
            let one = &mut all[at];
            let sure = finding == Finding::Met;
            one.years[0] |= u64::from(sure) << held_in(held, this);
            one.years[1] |= 1 << held_in(held, this);
            if sure && day_known {
                one.after[0] = one.after[0].min(after);
            }
            one.after[1] = one.after[1].min(after);
        }
    }
    all
}

fn guards(facts: &Facts, law: &LawOfDay<'_>) -> SmallVec<[Option<GuardVerdict>; 8]> {
    let is_title = |award: AwardCode| law.book.award(award).kind.is_title();
    let asked = Asked { facts, on: law.on, is_title: &is_title };
    law.guards.iter().map(|guard| guard.version.body.verdict(&asked)).collect()
}

fn work(scope: Option<Scope>, day: Option<Date>, on: Date, from: Option<Date>) -> Work {
    Work {
        reach: scope.map_or(0, Scope::reach),
        replicable: Finding::Met,
        counts: Finding::of(day.map(|day| day <= on && from.is_none_or(|from| day >= from))),
        year: day.and_then(|day| bit_of(day.year(), on.year())).unwrap_or(NEVER),
        free: [Finding::Met; 2],
    }
}

/// Whether an initiative may still be used: once for an award, never for a title and a form both.
///
/// Whether one initiative may serve several titles is disputed, so that stays open.
fn free(initiative: &Initiative, for_title: bool, law: &LawOfDay<'_>) -> Finding {
    let Some(used_for) = &initiative.used_for else { return Finding::Unknown };
    used_for.iter().fold(Finding::Met, |all, name| {
        let title = referred(name).is_some_and(|award| law.book.award(award).kind.is_title());
        all.and(if for_title && title { Finding::Unknown } else { Finding::NotMet })
    })
}

/// The year whose points count: the latest that has any, of this year or the one before.
pub(crate) fn scored_year(facts: &Facts, this: i16) -> Option<i16> {
    let years = facts.criteria.iter().flatten().map(|one| one.year);
    years.filter(|year| *year == this || *year == this - 1).max()
}

fn scores(facts: &Facts, law: &LawOfDay<'_>) -> Option<Box<[Option<Points>]>> {
    let year = scored_year(facts, law.on.year())?;
    let of_year: Vec<_> = facts.criteria.iter().flatten().filter(|one| one.year == year).collect();
    let named = law.compiled.criteria.iter().map(|name| of_year.iter().rfind(|one| &one.criterion == name));
    let mut all: Vec<_> = named.map(|one| one.map(|one| one.points)).collect();
    all.push(of_year.iter().map(|one| one.points).reduce(Points::plus));
    Some(all.into())
}

fn attested(facts: &Facts, law: &LawOfDay<'_>) -> Bits {
    let mut all = Bits::new();
    for attestation in facts.attestations.iter().flatten().filter(|one| crate::weigh::is_signed(one, law.on)) {
        for (at, bits) in law.said_by(&attestation.text_vi).iter().enumerate() {
            match all.get_mut(at) {
                Some(known) => *known |= bits,
                None => all.push(*bits),
            }
        }
    }
    all
}
