//! What is published: how many reports came in about which unit and how they ended, year by year, without numbers
//! that would point at somebody.
//!
//! A year is published once, after it is over, and stays as it was published: nothing on the public page
//! changes on the day of a report, and two versions of one table cannot be subtracted. The unit and the outcome
//! of a report are sealed to a key of the figures, so that the totals are right whoever publishes, also when a
//! report concerns the inspector who does.

use std::collections::BTreeMap;

use jiff::civil::date;
use kernel::Date;
use serde::{Deserialize, Serialize};

use super::decision::{Cell, SmallRule, suppress};
use super::keyring::{FIGURES, Unlocked, must_hold};
use super::model::{Outcome, Settings};
use super::seal::{self, Secret};
use super::{ConductError, store};
use crate::db::Tx;
use crate::movements::Work;
use crate::{Ctx, ledger, organization};

/// A line of a published table: none stands for a hidden number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureLine {
    /// What it is about.
    pub name: String,
    /// How many.
    pub count: Option<i64>,
}

/// The published figures of one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publication {
    /// The year.
    pub year: i16,
    /// How many reports came in; none where that would tell on somebody.
    pub received: Option<i64>,
    /// By unit.
    pub units: Vec<FigureLine>,
    /// How many were closed; none where that would tell on somebody.
    pub closed: Option<i64>,
    /// By outcome.
    pub outcomes: Vec<FigureLine>,
    /// The bound below which a number is hidden.
    pub small_cell: i64,
    /// The size of a unit below which any case is hidden.
    pub small_unit: i64,
    /// The document on which the bounds rest; empty while the first ones stand.
    pub ground: String,
    /// The day it was published.
    pub published_on: Date,
}

/// The line of reports that name no unit that is known.
const NO_UNIT: &str = "Chưa xác định đơn vị";

/// All published years, the newest first.
///
/// # Errors
/// What the store says.
pub async fn published(ctx: &Ctx<'_>) -> Result<Vec<Publication>, ConductError> {
    let mut tx = ctx.read().await?;
    let rows = store::publications(&mut tx).await?;
    rows.iter().map(|(_, content, _)| Ok(serde_json::from_str(content)?)).collect()
}

/// Publishes a year that is over, once.
///
/// # Errors
/// For a year that is not over or published already; without an opened key.
pub async fn publish(ctx: &Ctx<'_>, unlocked: &Unlocked, year: i16) -> Result<(), ConductError> {
    let mut tx = ctx.begin().await?;
    must_hold(ctx, &mut tx, unlocked).await?;
    if year >= ctx.today().year() {
        return Err(ConductError::NotToPublish(format!("năm {year} chưa kết thúc")));
    }
    if store::publications(&mut tx).await?.iter().any(|(known, _, _)| *known == i64::from(year)) {
        return Err(ConductError::NotToPublish(format!("số liệu năm {year} đã công bố, không công bố lại")));
    }
    let settings = store::settings(&mut tx).await?;
    let publication = figures(ctx, &mut tx, unlocked, year, settings).await?;
    store::add_publication(&mut tx, year, &serde_json::to_string(&publication)?, ctx.today()).await?;
    ledger::record(&mut tx, ctx.entry_of(Work::Conduct, "conduct.publish", "conduct_figures", year)).await?;
    tx.commit().await?;
    Ok(())
}

async fn figures(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    unlocked: &Unlocked,
    year: i16,
    settings: Settings,
) -> Result<Publication, ConductError> {
    let sealed = store::figures_box(tx, unlocked.key).await?.ok_or(ConductError::BrokenBox)?;
    let key = unlocked.unseal(FIGURES, &sealed).and_then(|bytes| Secret::from_slice(&bytes));
    let key = key.ok_or(ConductError::BrokenBox)?;
    let told = |purpose: &str, sealed: &[u8]| {
        // Sealed to an older key of the figures, which nobody holds any more: counted, without its unit.
        let plain = seal::unseal(&key, purpose, sealed);
        plain.and_then(|plain| String::from_utf8(plain.to_vec()).ok()).unwrap_or_default()
    };
    let (mut by_unit, mut by_outcome) = (BTreeMap::<String, i64>::new(), BTreeMap::<String, i64>::new());
    for report in store::all(tx).await? {
        if report.received_on.year() == year {
            *by_unit.entry(told("unit", &report.unit_box)).or_default() += 1;
        }
        if report.closed_on.is_some_and(|on| on.year() == year) {
            let outcome = report.outcome_box.as_ref().map(|sealed| told("outcome", sealed)).unwrap_or_default();
            *by_outcome.entry(outcome).or_default() += 1;
        }
    }
    let rule = SmallRule { cell: settings.small_cell, group: settings.small_unit };
    let last_day = date(year, 12, 31);
    let (mut names, mut cells) = (Vec::new(), Vec::new());
    let known = organization::queries::units(tx, last_day).await?.into_iter();
    for unit in known.filter(|unit| super::intake::is_own(unit.kind)) {
        let people = organization::queries::members(tx, unit.id, last_day).await?.len();
        let count = by_unit.remove(&unit.id.to_string()).unwrap_or_default();
        names.push(unit.name);
        cells.push(Cell { count, people: Some(i64::try_from(people).unwrap_or(i64::MAX)) });
    }
    names.push(NO_UNIT.to_owned());
    cells.push(Cell { count: by_unit.values().sum(), people: None });
    let (received, units) = table(names, &cells, rule);
    let cell =
        |outcome: &Outcome| Cell { count: by_outcome.get(outcome.code()).copied().unwrap_or_default(), people: None };
    let mut cells: Vec<Cell> = Outcome::ALL.iter().map(cell).collect();
    let mut names: Vec<String> = Outcome::ALL.iter().map(|one| one.name_vi().to_owned()).collect();
    let rest = by_outcome.get("").copied().unwrap_or_default();
    if rest > 0 {
        names.push("chưa xác định".to_owned());
        cells.push(Cell { count: rest, people: None });
    }
    let (closed, outcomes) = table(names, &cells, rule);
    Ok(Publication {
        year,
        received,
        units,
        closed,
        outcomes,
        small_cell: rule.cell,
        small_unit: rule.group,
        ground: settings.ground,
        published_on: ctx.today(),
    })
}

/// The total and the lines of one table, as far as they may be published.
fn table(names: Vec<String>, cells: &[Cell], rule: SmallRule) -> (Option<i64>, Vec<FigureLine>) {
    let shown = suppress(cells, rule);
    (shown.total, names.into_iter().zip(shown.counts).map(|(name, count)| FigureLine { name, count }).collect())
}
