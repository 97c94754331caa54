//! Judging: a clause against a brief, in three values and no words.
//!
//! This is the place where a condition is decided. The explanation asks here too, and adds what was
//! found, on which record, and what is missing. Columns ask here once for all who are alike, and count
//! only years by themselves.

use super::brief::{Brief, Launched, Work};
use super::clause::{Ask, Clause, Clauses, Movements, bit};
use super::law::LawOfDay;
use super::rating::{rating, windows};
use super::years::{Window, has_run};
use crate::answer::Finding;
use crate::award::AwardCode;
use crate::facts::{Members, Points};

/// A brief as one standard looks at it.
#[derive(Clone, Copy)]
pub(crate) struct View<'a> {
    pub law: &'a LawOfDay<'a>,
    pub brief: &'a Brief,
    /// Which types of award are no basis for the standard.
    pub basis: u8,
    /// The awards whose standards are being weighed, as bits.
    pub stack: u16,
    /// Whether the award asked for is a title.
    pub for_title: bool,
    /// The years that satisfy the standard's rating condition.
    pub window: Option<Window>,
}

/// What a clause is worth as written, and while some rules wait for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Worth {
    pub verdict: Finding,
    pub now: Finding,
}

impl Worth {
    #[inline]
    pub(crate) fn plain(finding: Finding) -> Self {
        Self { verdict: finding, now: finding }
    }

    #[inline]
    pub(crate) fn and(self, other: Self) -> Self {
        Self { verdict: self.verdict.and(other.verdict), now: self.now.and(other.now) }
    }

    #[inline]
    pub(crate) fn or(self, other: Self) -> Self {
        Self { verdict: self.verdict.or(other.verdict), now: self.now.or(other.now) }
    }
}

/// A standard's worth, and the first of its clauses that decided.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StandardWorth {
    pub worth: Worth,
    pub clause: u8,
}

/// Weighs all clauses together, in the years that serve the standard best.
#[inline]
pub(crate) fn all(clauses: &Clauses, view: &View<'_>) -> StandardWorth {
    if !clauses.within {
        return together(&clauses.all, view);
    }
    // What is not met whatever the years needs no choice among them.
    let free = together(&clauses.all[..clauses.free], view);
    if free.worth == Worth::plain(Finding::NotMet) {
        return free;
    }
    match best_window(clauses, view) {
        None => together(&clauses.all, view),
        window => together(&clauses.all, &View { window, ..*view }),
    }
}

/// Of the windows of a standard's first rating condition the one that serves it best; of equals the last.
pub(crate) fn best_window(clauses: &Clauses, view: &View<'_>) -> Option<Window> {
    if !clauses.within {
        return None;
    }
    let demand = clauses.all.iter().find_map(|clause| match &clause.ask {
        Ask::Rating(demand) => Some(demand),
        _ => None,
    })?;
    windows(demand, view).into_iter().max_by_key(|window| {
        let inside = View { window: Some(*window), ..*view };
        let (mut met, mut unknown) = (0, 0);
        for clause in &clauses.all {
            match weigh(clause, &inside).verdict {
                Finding::Met => met += 1,
                Finding::Unknown => unknown += 1,
                Finding::NotMet => {}
            }
        }
        (met == clauses.all.len(), met, unknown)
    })
}

#[inline]
fn together(clauses: &[Clause], view: &View<'_>) -> StandardWorth {
    let mut all = StandardWorth { worth: Worth::plain(Finding::Met), clause: u8::MAX };
    for (at, clause) in clauses.iter().enumerate() {
        let worth = all.worth.and(weigh(clause, view));
        if worth != all.worth {
            all = StandardWorth { worth, clause: u8::try_from(at).unwrap_or(u8::MAX) };
            if worth == Worth::plain(Finding::NotMet) {
                break;
            }
        }
    }
    all
}

/// Weighs one clause.
#[inline]
pub(crate) fn weigh(clause: &Clause, view: &View<'_>) -> Worth {
    match &clause.ask {
        Ask::Any(parts) => parts.iter().fold(Worth::plain(Finding::NotMet), |any, part| any.or(weigh(part, view))),
        Ask::All(parts) => parts.iter().fold(Worth::plain(Finding::Met), |all, part| all.and(weigh(part, view))),
        Ask::Title(award) => title(*award, view),
        _ => Worth::plain(plain(clause, view)),
    }
}

/// One standard of the other title is enough; what leans on itself is not known.
fn title(award: AwardCode, view: &View<'_>) -> Worth {
    let own = super::clause::award_bit(award);
    if view.stack & own != 0 {
        return Worth::plain(Finding::Unknown);
    }
    let stack = view.stack | own;
    let mut weighed = view.law.standards_for(award, view.brief.kind).peekable();
    if weighed.peek().is_none() {
        return Worth::plain(Finding::Unknown);
    }
    weighed.fold(Worth::plain(Finding::NotMet), |any, one| {
        any.or(view.law.weigh(one, view.brief, stack, view.for_title).worth)
    })
}

/// Weighs a clause that is not made of others; what is unknown a signed statement settles.
pub(crate) fn plain(clause: &Clause, view: &View<'_>) -> Finding {
    let finding = by_the_record(clause, view);
    let settled =
        finding == Finding::Unknown && !matches!(clause.ask, Ask::Unread) && view.brief.is_attested(clause.sentence);
    if settled { Finding::Met } else { finding }
}

/// Weighs a clause by the registers alone.
#[inline]
pub(crate) fn by_the_record(clause: &Clause, view: &View<'_>) -> Finding {
    let brief = view.brief;
    match &clause.ask {
        Ask::Groups(groups) => Finding::of(brief.groups.map(|own| own & groups != 0)),
        Ask::GoodStanding => brief.good_standing,
        Ask::InternalUnity => brief.internal_unity,
        Ask::Rating(demand) => rating(demand, view),
        Ask::Held { award, count, consecutive, within } => {
            let Some(held) = held(*award, *within, view) else { return Finding::Unknown };
            let enough = |years: u64| if *consecutive { has_run(years, *count) } else { years.count_ones() >= *count };
            match held.map(enough) {
                [true, _] => Finding::Met,
                [false, true] => Finding::Unknown,
                [false, false] => Finding::NotMet,
            }
        }
        Ask::Selected(quality, movements) => match &brief.movement {
            None => Finding::Unknown,
            Some(movement) => {
                let own = Finding::of(movement.selected.map(|selected| selected >= *quality));
                launching(movements, view).and(stage(movements, view)).and(own)
            }
        },
        Ask::Leads(movements) => match &brief.movement {
            None => Finding::Unknown,
            Some(movement) => launching(movements, view).and(stage(movements, view)).and(movement.leads),
        },
        Ask::Cluster(organiser) => match &brief.cluster {
            None => Finding::Unknown,
            Some(cluster) => {
                Finding::of(Some(cluster.leads)).and(Finding::of(cluster.organiser.map(|own| own == *organiser)))
            }
        },
        Ask::Targets => brief.targets,
        Ask::Initiatives { count, .. } => works(brief.initiatives.as_deref(), &clause.ask, *count, view),
        Ask::Works { count, .. } => works(brief.works.as_deref(), &clause.ask, *count, view),
        Ask::Impact(modes, scope) => {
            let reached = brief.impact.map(|widest| {
                (0..).zip(widest).any(|(mode, reach)| modes & 1u8 << mode != 0 && reach >= scope.reach())
            });
            undated(Finding::of(reached), brief)
        }
        Ask::Contribution(fields, scope) => {
            let reached = brief.contributions.map(|widest| {
                (0..).zip(widest).any(|(field, reach)| fields & 1u8 << field != 0 && reach >= scope.reach())
            });
            undated(Finding::of(reached), brief)
        }
        Ask::TitleShare(title, min_pct) => {
            share(brief, *min_pct, |members| members.titles.as_ref()?.get(title).copied())
        }
        Ask::CompletionShare(min_pct) => share(brief, *min_pct, |members| members.completed),
        Ask::MemberWith(title, count) => {
            let titles = brief.members.as_ref().and_then(|members| members.titles.as_ref());
            Finding::of(titles.and_then(|titles| titles.get(title)).map(|held| held >= count))
        }
        Ask::NoneDisciplined(level) => {
            let levels = brief.members.as_ref().and_then(|members| members.disciplined.as_ref());
            Finding::of(levels.map(|levels| levels.iter().all(|own| own < level)))
        }
        Ask::ProductionModel(years) => Finding::of(brief.production_model_years.map(|own| own >= *years)),
        Ask::Score(criterion, min) => Finding::of(points(*criterion, brief).map(|own| own >= *min)),
        Ask::Signed | Ask::Unread => Finding::Unknown,
        Ask::Any(_) | Ask::All(_) | Ask::Title(_) => unreachable!("made of others: weighed by its parts"),
    }
}

fn reaches<N: PartialOrd + Copy>(sure: N, at_most: N, needed: N) -> Finding {
    if sure >= needed {
        Finding::Met
    } else if at_most >= needed {
        Finding::Unknown
    } else {
        Finding::NotMet
    }
}

/// The years in which the award was held, for sure and at the most; none when it is not known.
#[inline]
pub(crate) fn held(award: AwardCode, within: bool, view: &View<'_>) -> Option<[u64; 2]> {
    let brief = view.brief;
    if !brief.awards_known || within && view.window.is_none() && !brief.ratings_known {
        return None;
    }
    let inside = match view.window {
        _ if !within => u64::MAX,
        window => window.map_or(0, |window| window.mask()),
    };
    Some(brief.held(award, view.basis).map_or([0; 2], |held| held.years.map(|years| years & inside)))
}

/// Whether one work counts for a clause.
#[inline]
pub(crate) fn work_counts(work: &Work, ask: &Ask, view: &View<'_>) -> Finding {
    let within = matches!(ask, Ask::Initiatives { within: true, .. } | Ask::Works { within: true, .. });
    let inside = match view.window {
        _ if !within || work.counts == Finding::Unknown => Finding::Met,
        None if !view.brief.ratings_known => Finding::Unknown,
        window => Finding::of(Some(window.is_some_and(|window| (window.first..=window.last).contains(&work.year)))),
    };
    work_fits(work, ask, view).and(inside)
}

/// Whether one work is such as a clause asks for, in whatever year.
#[inline]
pub(crate) fn work_fits(work: &Work, ask: &Ask, view: &View<'_>) -> Finding {
    let (scope, replicable) = match ask {
        Ask::Initiatives { scope, replicable, .. } => (scope, *replicable),
        Ask::Works { scope, .. } => (scope, false),
        _ => return Finding::Unknown,
    };
    let reach = Finding::of((work.reach > 0).then_some(work.reach >= scope.reach()));
    let spreads = if replicable { work.replicable } else { Finding::Met };
    reach.and(spreads).and(work.counts).and(work.free[usize::from(!view.for_title)])
}

fn works(list: Option<&[Work]>, ask: &Ask, count: usize, view: &View<'_>) -> Finding {
    let Some(list) = list else { return Finding::Unknown };
    let (mut sure, mut at_most) = (0, 0);
    for work in list {
        match work_counts(work, ask, view) {
            Finding::Met => (sure, at_most) = (sure + 1, at_most + 1),
            Finding::Unknown => at_most += 1,
            Finding::NotMet => {}
        }
    }
    reaches(sure, at_most, count)
}

/// An undated fact after a discipline: nobody can tell on which side of it the achievement lies.
fn undated(finding: Finding, brief: &Brief) -> Finding {
    if brief.counts_from.is_some() && finding == Finding::Met { Finding::Unknown } else { finding }
}

/// Whether a launching is one that the clause names.
#[inline]
pub(crate) fn launched(launcher: &Launched, movements: &Movements) -> Finding {
    let level = movements.launchers == 0 || movements.launchers & launcher.level != 0;
    let years = match movements.min_years {
        None => Finding::Met,
        Some(least) => Finding::of(launcher.years.map(|years| years >= least)),
    };
    let kind = if movements.thematic { launcher.thematic } else { Finding::Met };
    Finding::of(Some(level && launcher.begun)).and(years).and(kind)
}

impl Movements {
    /// Whether it matters who launched the movement.
    pub(crate) fn names_launchers(&self) -> bool {
        self.launchers != 0 || self.min_years.is_some() || self.thematic
    }
}

/// Whether a movement was launched as the clause asks.
#[inline]
pub(crate) fn launching(movements: &Movements, view: &View<'_>) -> Finding {
    if !movements.names_launchers() {
        return Finding::Met;
    }
    match view.brief.movement.as_ref().and_then(|movement| movement.launchers.as_ref()) {
        None => Finding::Unknown,
        Some(all) => all.iter().fold(Finding::NotMet, |any, one| any.or(launched(one, movements))),
    }
}

/// Whether the award is considered at a point that the clause names.
#[inline]
pub(crate) fn stage(movements: &Movements, view: &View<'_>) -> Finding {
    if movements.stages == 0 {
        return Finding::Met;
    }
    let stage = view.brief.movement.as_ref().and_then(|movement| movement.stage);
    Finding::of(stage.map(|stage| movements.stages & bit(stage) != 0))
}

fn share(brief: &Brief, min_pct: u32, part: impl Fn(&Members) -> Option<u32>) -> Finding {
    let Some(members) = &brief.members else { return Finding::Unknown };
    Finding::of(
        members
            .total
            .zip(part(members))
            .map(|(total, part)| total > 0 && u64::from(part) * 100 >= u64::from(min_pct) * u64::from(total)),
    )
}

/// The points of a criterion, or of all together, in the year looked at.
pub(crate) fn points(criterion: Option<usize>, brief: &Brief) -> Option<Points> {
    let scores = brief.scores.as_ref()?;
    scores[criterion.unwrap_or(scores.len() - 1)]
}
