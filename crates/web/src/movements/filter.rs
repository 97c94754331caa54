//! Which clauses a phase and a unit have to do with: by the work that hangs on them, and by the plan's own words.

use std::collections::BTreeSet;

use kernel::Date;
use kernel::id::UnitId;
use office::movements::{Clause, Phase, Plan};
use office::organization::UnitView;
use office::{awards, programmes, targets, tasks};

use crate::here::Here;
use crate::page::Refusal;

/// When a work is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    /// By this day.
    Day(Date),
    /// In the course of this year.
    Year(i16),
    /// Nobody said.
    Open,
}

/// A piece of work that hangs on a clause.
pub(super) struct Work {
    clause: String,
    units: Vec<UnitId>,
    when: When,
}

impl Work {
    fn is_in(&self, phase: &Phase) -> bool {
        match self.when {
            When::Day(day) => phase.period.contains(day),
            When::Year(year) => {
                let last = phase.period.until.and_then(|until| until.yesterday().ok());
                phase.period.from.year() <= year && last.is_none_or(|last| year <= last.year())
            }
            When::Open => false,
        }
    }
}

/// All work that hangs on clauses: tasks, what programmes promise, campaigns, the years for which a target has an aim.
pub(super) async fn works(here: &Here) -> Result<Vec<Work>, Refusal> {
    let ctx = here.ctx();
    let campaigns = awards::queries::campaigns(&ctx).await.map_err(crate::awards::refusal)?;
    let indicators = targets::queries::all(&ctx).await.map_err(crate::targets::refusal)?;
    let mut tx = ctx.read().await.map_err(|error| Refusal::store(&error))?;
    let assigned = tasks::queries::hung_in(&mut tx).await.map_err(|error| Refusal::store(&error))?;
    let promised = programmes::queries::hung_in(&mut tx).await.map_err(|error| Refusal::store(&error))?;
    drop(tx);
    let assigned = assigned.into_iter().map(|(clause, units, due)| Work { clause, units, when: When::Day(due) });
    let promised = promised.into_iter().map(|(clause, unit, due)| Work {
        clause,
        units: vec![unit],
        when: due.map_or(When::Open, When::Day),
    });
    let held =
        campaigns.into_iter().map(|one| Work { clause: one.clause, units: Vec::new(), when: When::Day(one.closes_on) });
    let aimed = indicators.into_iter().flat_map(|one| {
        let clause = one.clause.clone();
        one.path.into_keys().map(move |year| Work { clause: clause.clone(), units: Vec::new(), when: When::Year(year) })
    });
    Ok(assigned.chain(promised).chain(held).chain(aimed).collect())
}

/// Whom the document is narrowed to.
pub(super) enum Who<'a> {
    /// Everybody.
    All,
    /// Who answers under this code in the plan's own words.
    Named(&'a str),
    /// A unit of the house.
    Unit(&'a UnitView),
}

impl Who<'_> {
    /// Whether the plan itself makes them answer for a clause.
    fn answers(&self, clause: &Clause) -> bool {
        let code = match self {
            Self::All => return true,
            Self::Named(code) => code,
            Self::Unit(unit) => unit.code.as_str(),
        };
        clause.responsible.iter().any(|unit| unit.code == code)
    }
}

/// The clauses that a phase and somebody have to do with, and the headings above them.
pub(super) fn chosen<'a>(plan: &'a Plan, works: &[Work], phase: Option<&Phase>, who: &Who<'_>) -> BTreeSet<&'a str> {
    let sets = |phase: &Phase, id: &str| {
        let of = phase.clause.as_str();
        id == of || id.strip_prefix(of).is_some_and(|rest| rest.starts_with(['.', '#']))
    };
    let belongs = |clause: &Clause| {
        let id = clause.id.as_str();
        let hung = || works.iter().filter(|work| work.clause == id);
        let in_phase = phase.is_none_or(|phase| sets(phase, id) || hung().any(|work| work.is_in(phase)));
        let by_work = match who {
            Who::Unit(unit) => {
                hung().any(|work| work.units.contains(&unit.id) && phase.is_none_or(|phase| work.is_in(phase)))
            }
            Who::All | Who::Named(_) => false,
        };
        by_work || (in_phase && who.answers(clause))
    };
    let mut found = BTreeSet::new();
    for clause in plan.clauses.iter().filter(|clause| belongs(clause)) {
        let mut above = Some(clause);
        while let Some(one) = above {
            found.insert(one.id.as_str());
            above = one.parent.as_ref().and_then(|parent| plan.clause(parent.as_str()));
        }
    }
    found
}
