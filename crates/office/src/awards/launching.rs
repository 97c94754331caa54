//! Who launched the movement and for how many years, as a document of the competent body says.
//!
//! Awards count a movement by its launcher, and some by its decided duration. The plan tells what is settled
//! about its own document; what it leaves undecided, nobody computes: the standing body records the document
//! that decides it. Such a decision answers the whole question at once, so that a level it does not name did
//! not launch the movement. While neither plan nor decision settles it, the facts do not know the launchers.

use std::collections::BTreeSet;

use kernel::{Date, Permission};
use rules::facts::{Launcher, LauncherLevel};

use super::model::LaunchDecisionId;
use super::{AwardsError, paperwork};
use crate::db::Tx;
use crate::history::{self, Subject};
use crate::records::queries::{Source, Sourced};
use crate::{Ctx, House, StoreError, ledger};

/// The register of decisions, as the sources of facts and the history name it.
pub(super) const REGISTER: &str = "launch_decisions";

/// The most years a movement is decided to last.
const MOST_YEARS: u16 = 100;

/// A level that launched the movement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LaunchedBy {
    /// Which level.
    pub level: LauncherLevel,
    /// Its first day; none for the one the plan gives.
    pub from: Option<Date>,
    /// How many years the movement lasts, where the document decides it.
    pub years: Option<u16>,
}

/// A decision about who launched the movement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaunchDecision {
    /// Its id.
    pub id: LaunchDecisionId,
    /// Every level that launched it.
    pub levels: Vec<LaunchedBy>,
    /// The document.
    pub document: String,
    /// The day of the document.
    pub decided_on: Date,
    /// Who recorded it.
    pub by: String,
    /// The day it was recorded.
    pub recorded_on: Date,
    /// The day it was withdrawn; none while it stands.
    pub withdrawn_on: Option<Date>,
}

/// A decision that is about to be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLaunchDecision {
    /// Every level that launched the movement.
    pub levels: Vec<LaunchedBy>,
    /// The document.
    pub document: String,
    /// The day of the document.
    pub decided_on: Date,
}

impl LaunchDecision {
    /// Whether it stood at the end of a day.
    fn stood(&self, day: Date) -> bool {
        self.recorded_on <= day && self.withdrawn_on.is_none_or(|withdrawn| day < withdrawn)
    }
}

/// Who launched the movement, as the facts know it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Launching {
    /// All launchers; none while it is undecided who they are.
    pub launchers: Option<Vec<Launcher>>,
    /// The decision they rest on; none when the plan settles them.
    pub decision: Option<LaunchDecisionId>,
}

impl Launching {
    /// Names the decision as the source of what the facts tell of launchers.
    pub(super) fn note(&self, found: &mut Sourced) {
        let (Some(decision), Some(launchers)) = (self.decision, &self.launchers) else { return };
        let source = Source { register: REGISTER, id: decision.0 };
        let each = (0..launchers.len()).map(|at| format!("movement.launchers[{at}]"));
        for fact in each.chain(["movement.launchers".to_owned()]) {
            found.sources.insert(fact, source);
        }
    }
}

/// Who launched the movement by what was decided until a day, as it was known at the end of another; none
/// asks as it stands.
///
/// # Errors
/// What the store says.
pub async fn launching(
    tx: &mut Tx,
    house: &House,
    decided_by: Date,
    known_on: Option<Date>,
) -> Result<Launching, StoreError> {
    let stands = |one: &LaunchDecision| match known_on {
        None => one.withdrawn_on.is_none(),
        Some(day) => one.stood(day),
    };
    let all = paperwork::launch_decisions(tx, &house.plan.id).await?;
    let standing = all.iter().rfind(|one| stands(one) && one.decided_on <= decided_by);
    Ok(told(house, standing))
}

/// What plan and decision say together: the decision, where there is one; else the plan, where nothing of
/// it is unsettled.
fn told(house: &House, decision: Option<&LaunchDecision>) -> Launching {
    let plan = &house.plan;
    let planned = |level: LauncherLevel| plan.launchers.iter().find(|one| one.level.code() == level.code());
    let launcher = |level: LauncherLevel, from: Option<Date>, years_decided: Option<u16>| {
        let from = from.or_else(|| planned(level)?.from).or(Some(plan.period.from));
        Launcher { level, from, until: plan.period.until, thematic: Some(true), years_decided }
    };
    let levels = match decision {
        Some(one) => one.levels.clone(),
        None if plan.launchers.iter().any(|one| !one.confirmed) => return Launching::default(),
        None => {
            let known = plan.launchers.iter().filter_map(|one| LauncherLevel::from_code(one.level.code()));
            known.map(|level| LaunchedBy { level, from: None, years: None }).collect()
        }
    };
    Launching {
        launchers: Some(levels.iter().map(|one| launcher(one.level, one.from, one.years)).collect()),
        decision: decision.map(|one| one.id),
    }
}

/// Every decision about the movement of the plan there ever was, oldest first.
///
/// # Errors
/// When the actor may not read the rules.
pub async fn list(ctx: &Ctx<'_>) -> Result<Vec<LaunchDecision>, AwardsError> {
    ctx.may(Permission::ReadRules)?;
    let mut tx = ctx.read().await?;
    Ok(paperwork::launch_decisions(&mut tx, &ctx.house.plan.id).await?)
}

/// Records what a document decided about who launched the movement, and for how long.
///
/// # Errors
/// One that stands must be withdrawn first; no level or the same one twice, a number of years that makes no
/// sense, no document, a day that has not come.
pub async fn decide(ctx: &Ctx<'_>, new: NewLaunchDecision) -> Result<LaunchDecisionId, AwardsError> {
    ctx.may(Permission::ConfirmRules)?;
    let new = checked(ctx, new)?;
    let mut tx = ctx.begin().await?;
    let plan = &ctx.house.plan.id;
    let all = paperwork::launch_decisions(&mut tx, plan).await?;
    if let Some(one) = all.into_iter().find(|one| one.withdrawn_on.is_none()) {
        return Err(AwardsError::LaunchDecided { document: one.document });
    }
    let id = paperwork::add_launch_decision(&mut tx, plan, &new, ctx.actor.account, ctx.today()).await?;
    history::entered(ctx, &mut tx, subject(id)).await?;
    let years = |one: &LaunchedBy| one.years.map(|years| format!(":{years}")).unwrap_or_default();
    let levels: Vec<_> = new.levels.iter().map(|one| format!("{}{}", one.level.code(), years(one))).collect();
    let entry = ctx.entry("rules.decide_launch", "launch_decision", id).set("plan", plan);
    let entry = entry.set("levels", levels.join(" ")).set("decided_on", new.decided_on).ground(new.document);
    ledger::record(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(id)
}

/// Withdraws a decision; from then on the plan alone tells.
///
/// # Errors
/// When it does not stand.
pub async fn withdraw(ctx: &Ctx<'_>, id: LaunchDecisionId) -> Result<(), AwardsError> {
    ctx.may(Permission::ConfirmRules)?;
    let mut tx = ctx.begin().await?;
    paperwork::withdraw_launch_decision(&mut tx, id, ctx.today()).await?;
    history::changed(ctx, &mut tx, subject(id), "withdraw", &id).await?;
    ledger::record(&mut tx, ctx.entry("rules.withdraw_launch", "launch_decision", id)).await?;
    tx.commit().await?;
    Ok(())
}

fn subject(id: LaunchDecisionId) -> Subject {
    Subject { kind: REGISTER, entry: id.0, owner: id.0 }
}

fn checked(ctx: &Ctx<'_>, new: NewLaunchDecision) -> Result<NewLaunchDecision, AwardsError> {
    let odd = |why: &'static str| Err(AwardsError::OddLaunch { why });
    let document = kernel::text::clean_line(&new.document);
    let different: BTreeSet<&str> = new.levels.iter().map(|one| one.level.code()).collect();
    if new.levels.is_empty() {
        return odd("chọn ít nhất một cấp phát động");
    }
    if different.len() < new.levels.len() {
        return odd("mỗi cấp phát động chỉ ghi một lần");
    }
    if new.levels.iter().filter_map(|one| one.years).any(|years| !(1..=MOST_YEARS).contains(&years)) {
        return odd("số năm là số nguyên từ 1 đến 100");
    }
    if document.is_empty() {
        return odd("ghi văn bản xác định cấp phát động");
    }
    let mut days = new.levels.iter().filter_map(|one| one.from).chain([new.decided_on]);
    if days.any(|day| day > ctx.today()) {
        return odd("có ngày chưa đến; kiểm tra lại ngày");
    }
    Ok(NewLaunchDecision { document, ..new })
}
