//! A block: a few hundred people by columns.
//!
//! Years stand as planes. Everything else that a condition may look at is a facet: whoever is alike in it is one
//! plane, and one of them answers for all. Nothing is decided here.

use super::plane::{PEOPLE, Plane};
use super::years::{Bounds, YearPlanes};
use crate::award::AwardCode;
use crate::lean::brief::{Brief, NEVER};
use crate::lean::clause::{Ask, Compiled, award_bit};
use crate::lean::years::since;

/// A part of a brief at which one condition looks alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Facet {
    Kind,
    Guards,
    Groups,
    GoodStanding,
    InternalUnity,
    Targets,
    Movement,
    Cluster,
    Initiatives,
    Works,
    Impact,
    Contributions,
    Members,
    ProductionModel,
    Scores,
    Attested,
}

impl Facet {
    const ALL: [Self; 16] = [
        Self::Kind,
        Self::Guards,
        Self::Groups,
        Self::GoodStanding,
        Self::InternalUnity,
        Self::Targets,
        Self::Movement,
        Self::Cluster,
        Self::Initiatives,
        Self::Works,
        Self::Impact,
        Self::Contributions,
        Self::Members,
        Self::ProductionModel,
        Self::Scores,
        Self::Attested,
    ];

    /// What decides a condition; none when years do, or its parts, or nothing but a statement.
    pub fn of(ask: &Ask) -> Option<Self> {
        Some(match ask {
            Ask::Groups(_) => Self::Groups,
            Ask::GoodStanding => Self::GoodStanding,
            Ask::InternalUnity => Self::InternalUnity,
            Ask::Targets => Self::Targets,
            Ask::Selected(..) | Ask::Leads(_) => Self::Movement,
            Ask::Cluster(_) => Self::Cluster,
            Ask::Initiatives { .. } => Self::Initiatives,
            Ask::Works { .. } => Self::Works,
            Ask::Impact(..) => Self::Impact,
            Ask::Contribution(..) => Self::Contributions,
            Ask::TitleShare(..) | Ask::CompletionShare(_) | Ask::MemberWith(..) | Ask::NoneDisciplined(_) => {
                Self::Members
            }
            Ask::ProductionModel(_) => Self::ProductionModel,
            Ask::Score(..) => Self::Scores,
            Ask::Signed | Ask::Rating(_) | Ask::Held { .. } | Ask::Title(_) => return None,
            Ask::Any(_) | Ask::All(_) | Ask::Unread => return None,
        })
    }

    fn alike(self, one: &Brief, other: &Brief) -> bool {
        // What has no day is in doubt after a discipline.
        let undated = || one.counts_from.is_some() == other.counts_from.is_some();
        match self {
            Self::Kind => one.kind == other.kind,
            Self::Guards => one.guards == other.guards,
            Self::Groups => one.groups == other.groups,
            Self::GoodStanding => one.good_standing == other.good_standing,
            Self::InternalUnity => one.internal_unity == other.internal_unity,
            Self::Targets => one.targets == other.targets,
            Self::Movement => one.movement == other.movement,
            Self::Cluster => one.cluster == other.cluster,
            Self::Initiatives => one.initiatives == other.initiatives,
            Self::Works => one.works == other.works,
            Self::Impact => one.impact == other.impact && undated(),
            Self::Contributions => one.contributions == other.contributions && undated(),
            Self::Members => one.members == other.members,
            Self::ProductionModel => one.production_model_years == other.production_model_years,
            Self::Scores => one.scores == other.scores,
            Self::Attested => one.attested == other.attested,
        }
    }
}

/// People who are alike in a facet, and one of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Alike<'b> {
    pub example: &'b Brief,
    pub who: Plane,
}

/// For each facet the people of a block, those together who are alike; near to each other, as they are looked at.
#[derive(Debug)]
struct Facets<'b> {
    all: Box<[Alike<'b>]>,
    /// Where each facet begins, and where the last ends.
    bounds: [u16; Facet::ALL.len() + 1],
}

impl<'b> Facets<'b> {
    /// Who served as an example before serves again: what is looked at often stays near the processor.
    fn of(people: &'b [Brief], before: Option<&Self>) -> Self {
        let nobody = |alike: &Alike<'b>| Alike { who: Plane::NOBODY, ..*alike };
        let mut found: [Vec<Alike<'b>>; Facet::ALL.len()] =
            Facet::ALL.map(|facet| before.into_iter().flat_map(|all| all.of_facet(facet)).map(nobody).collect());
        for (person, brief) in people.iter().enumerate() {
            for (facet, alike) in Facet::ALL.into_iter().zip(&mut found) {
                match alike.iter_mut().find(|one| facet.alike(one.example, brief)) {
                    Some(one) => one.who.add(person),
                    None => alike.push(Alike { example: brief, who: Plane::only(person) }),
                }
            }
        }
        found.iter_mut().for_each(|alike| alike.retain(|one| !one.who.is_empty()));
        let mut bounds = [0; Facet::ALL.len() + 1];
        for (at, alike) in found.iter().enumerate() {
            // No facet has more than there are people.
            bounds[at + 1] = bounds[at] + u16::try_from(alike.len()).unwrap_or(u16::MAX);
        }
        Self { all: found.concat().into(), bounds }
    }

    #[inline]
    fn of_facet(&self, facet: Facet) -> &[Alike<'b>] {
        let [from, until] = [0, 1].map(|at| usize::from(self.bounds[facet as usize + at]));
        &self.all[from..until]
    }
}

/// The years in which an award was held, beside one set of types that do not count.
#[derive(Debug)]
pub(super) struct HeldPlanes {
    award: AwardCode,
    basis: u8,
    pub years: Bounds,
    /// The years from the first whole one after the award; empty when no rule asks for them.
    pub after: Bounds,
}

/// A few hundred people by columns.
#[derive(Debug)]
pub(super) struct Block<'b> {
    pub people: &'b [Brief],
    pub everybody: Plane,
    pub ratings_known: Plane,
    pub awards_known: Plane,
    /// For each level, the years rated so or better.
    pub levels: [YearPlanes; 4],
    /// The years that count after a discipline; none when nobody has one.
    pub counted: Option<Bounds>,
    held: Vec<HeldPlanes>,
    facets: Facets<'b>,
}

impl<'b> Block<'b> {
    /// At the most [`PEOPLE`] of them, and the block before.
    pub fn of(people: &'b [Brief], compiled: &Compiled, before: Option<&Self>) -> Self {
        debug_assert!(people.len() <= PEOPLE);
        let who = |holds: fn(&Brief) -> bool| {
            let mut plane = Plane::NOBODY;
            people.iter().enumerate().filter(|(_, brief)| holds(brief)).for_each(|(person, _)| plane.add(person));
            plane
        };
        let counted = people.iter().any(|brief| brief.counts_from.is_some());
        Self {
            people,
            everybody: Plane::first(people.len()),
            ratings_known: who(|brief| brief.ratings_known),
            awards_known: who(|brief| brief.awards_known),
            levels: std::array::from_fn(|level| YearPlanes::of(people.iter().map(|brief| brief.levels[level]))),
            counted: counted.then(|| Bounds::of(people.iter().map(|brief| brief.counted))),
            held: held(people, compiled),
            facets: Facets::of(people, before.map(|block| &block.facets)),
        }
    }

    pub fn facet(&self, facet: Facet) -> &[Alike<'b>] {
        self.facets.of_facet(facet)
    }

    /// The years in which an award was held; none when nobody held it.
    pub fn held(&self, award: AwardCode, basis: u8) -> Option<&HeldPlanes> {
        self.held.iter().find(|held| held.award == award && held.basis == basis)
    }

    /// For whom a statement settles a sentence.
    #[inline]
    pub fn attested(&self, sentence: usize) -> Plane {
        let settled = self.facet(Facet::Attested).iter().filter(|alike| alike.example.is_attested(sentence));
        settled.fold(Plane::NOBODY, |all, alike| all | alike.who)
    }
}

fn held(people: &[Brief], compiled: &Compiled) -> Vec<HeldPlanes> {
    /// The years of each person, one award and set of types.
    struct Rows {
        award: AwardCode,
        basis: u8,
        years: Vec<[u64; 2]>,
        after: Vec<[u64; 2]>,
    }
    let mut all: Vec<Rows> = Vec::new();
    for (person, brief) in people.iter().enumerate() {
        for held in &brief.held {
            let known = all.iter().position(|rows| rows.award == held.award && rows.basis == held.basis);
            let at = known.unwrap_or_else(|| {
                let (award, basis, none) = (held.award, held.basis, vec![[0; 2]; people.len()]);
                all.push(Rows { award, basis, years: none.clone(), after: none });
                all.len() - 1
            });
            all[at].years[person] = held.years;
            all[at].after[person] = held.after.map(|year| if year == NEVER { 0 } else { since(year) });
        }
    }
    let planes = |Rows { award, basis, years, after }| HeldPlanes {
        award,
        basis,
        years: Bounds::of(years.iter().copied()),
        after: if compiled.after & award_bit(award) == 0 {
            Bounds::default()
        } else {
            Bounds::of(after.iter().copied())
        },
    };
    all.into_iter().map(planes).collect()
}
