//! Where indicators stand: the list, one in full, one cell, what waits, what is looked at again.

use kernel::id::UnitId;
use kernel::{Date, Permission};

use super::entry::{definition_of, may_for, seen};
use super::figures::{Figure, meets};
use super::forecast::{Forecast, Point, forecast, needed_a_year};
use super::model::{
    Approval, Definition, Event, Indicator, IndicatorId, Settings, State, Value, ValueFile, ValueFileId, ValueId,
};
use super::progress::Progress;
use super::telling::{Teller, Told, next};
use super::{Amount, ReportPeriod, RollUp, TargetsError, store};
use crate::Ctx;
use crate::db::{StoreError, Tx};

/// A year of an indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearLine {
    /// The year.
    pub year: i16,
    /// The number of the definition by which it is counted.
    pub definition: i64,
    /// The figure.
    pub told: Told,
    /// What is aimed at.
    pub aim: Option<Amount>,
    /// Whether that is met; none when either is not known.
    pub meets: Option<bool>,
}

fn year_line(indicator: &Indicator, year: i16, told: Told) -> YearLine {
    let definition = indicator.definition_for(ReportPeriod::year(year));
    let aim = indicator.path.get(&year).copied();
    let direction = definition.map(|one| one.counting.direction);
    let meets = match (told.figure.total, aim, direction) {
        (Some(total), Some(aim), Some(direction)) => Some(meets(direction, total, aim)),
        _ => None,
    };
    YearLine { year, definition: definition.map_or(0, |one| one.number), told, aim, meets }
}

/// An indicator in the list.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    /// The indicator.
    pub indicator: Indicator,
    /// How it is counted in the year.
    pub definition: Definition,
    /// The year asked for.
    pub year: YearLine,
    /// Where it stands.
    pub progress: Progress,
}

/// All indicators with a year's figure, as they stood at the end of a day; lines of units that the actor may not
/// read are left out, totals are for all who read the plan.
///
/// # Errors
/// When the actor may not read the plan.
pub async fn list(ctx: &Ctx<'_>, year: i16, day: Date) -> Result<Vec<Listed>, TargetsError> {
    ctx.may(Permission::ReadPlan)?;
    let mut tx = ctx.read().await?;
    let indicators = store::indicators(&mut tx).await?;
    let mut teller = Teller::of_all(ctx, &mut tx, day, year).await?;
    let mut found = Vec::new();
    for indicator in indicators {
        let mut years = Vec::new();
        for earlier in ctx.house.plan.first_year()..year {
            // What is read from the record is told for the year asked for alone: the list stays fast.
            if indicator.definition_for(ReportPeriod::year(earlier)).is_some_and(|one| one.counting.measure.is_none()) {
                let told = teller.year(&mut tx, &indicator, earlier).await?;
                years.push(year_line(&indicator, earlier, told));
            }
        }
        let told = teller.year(&mut tx, &indicator, year).await?;
        years.push(year_line(&indicator, year, told));
        let progress = teller.progress(&indicator, &years, ctx.house.plan.last_year());
        let mut line = years.pop().expect("the year was just pushed");
        narrow(ctx, &mut line.told.figure);
        let definition = indicator.current(ReportPeriod::year(year).last().min(day)).clone();
        found.push(Listed { definition, year: line, progress, indicator });
    }
    Ok(found)
}

/// Leaves out the lines of units that the actor may not read; totals and counts stay.
fn narrow(ctx: &Ctx<'_>, figure: &mut Figure) {
    if let Some(own) = readable(ctx) {
        figure.lines.retain(|line| line.unit.is_some_and(|unit| own.contains(&unit)));
    }
}

/// The units whose values the actor reads; none for all of them.
fn readable(ctx: &Ctx<'_>) -> Option<Vec<UnitId>> {
    if ctx.may(Permission::ReadTargets).is_err() {
        return Some(Vec::new());
    }
    ctx.actor.units_for(Permission::ReadTargets, ctx.today())
}

/// A period of an indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodLine {
    /// The period.
    pub period: ReportPeriod,
    /// The number of the definition by which it is counted.
    pub definition: i64,
    /// The figure.
    pub told: Told,
    /// Its approval for the whole Office, also one that was opened again.
    pub approval: Option<Approval>,
}

/// One indicator in full.
#[derive(Debug, Clone, PartialEq)]
pub struct Detail {
    /// The indicator.
    pub indicator: Indicator,
    /// The years from the first to the one of the day.
    pub years: Vec<YearLine>,
    /// The periods of the year asked for, those that have begun.
    pub periods: Vec<PeriodLine>,
    /// Where it stands.
    pub progress: Progress,
    /// The points of the forecast, the oldest first.
    pub points: Vec<Point>,
    /// The forecast for the end of the movement.
    pub forecast: Forecast,
    /// How much a year is needed from the last point to the last target.
    pub needed: Option<Amount>,
    /// Whether all units are shown.
    pub whole: bool,
    /// How values are checked.
    pub settings: Settings,
    /// What is marked to be looked at again.
    pub followed: Vec<(Value, String)>,
}

/// One indicator with its periods in a year.
///
/// # Errors
/// When there is none, or the actor may not read the plan.
pub async fn detail(ctx: &Ctx<'_>, id: IndicatorId, year: i16) -> Result<Detail, TargetsError> {
    ctx.may(Permission::ReadPlan)?;
    let mut tx = ctx.read().await?;
    let indicator = store::indicator(&mut tx, id).await?.ok_or(TargetsError::Unknown("chỉ tiêu"))?;
    let today = ctx.today();
    let plan = &ctx.house.plan;
    let mut teller = Teller::of(ctx, &mut tx, &indicator).await?;
    let approvals = store::approvals(&mut tx, id).await?;
    let (mut years, mut periods, mut points) = (Vec::new(), Vec::new(), Vec::new());
    if let Some(base) = &indicator.baseline {
        points.push(Point { month: ReportPeriod::year(base.year).months_at_end(), amount: base.amount });
    }
    // A line goes through figures that were counted in one way.
    let now = indicator.current(today).number;
    for one in plan.first_year()..=today.year().min(plan.last_year()) {
        let told = teller.year(&mut tx, &indicator, one).await?;
        let Some(definition) = indicator.definition_for(ReportPeriod::year(one)).cloned() else { continue };
        let how = &definition.counting;
        for period in ReportPeriod::all_of(how.frequency, one).filter(|period| period.from() <= today) {
            let told = teller.period(&mut tx, &indicator, period).await?;
            if let (RollUp::Mean, Some(amount), true) = (how.roll_up, told.figure.total, period.until() <= next(today))
                && definition.number == now
            {
                points.push(Point { month: period.months_at_end(), amount });
            }
            if one == year {
                let approval = approvals.iter().find(|approval| approval.period == period).cloned();
                periods.push(PeriodLine { period, definition: definition.number, told, approval });
            }
        }
        if let (RollUp::Sum, Some(amount), true) =
            (how.roll_up, told.figure.total, ReportPeriod::year(one).until() <= next(today))
            && definition.number == now
        {
            points.push(Point { month: ReportPeriod::year(one).months_at_end(), amount });
        }
        years.push(year_line(&indicator, one, told));
    }
    points.sort_by_key(|point| point.month);
    let settings = store::settings(&mut tx).await?;
    let end = ReportPeriod::year(plan.last_year()).months_at_end();
    let progress = teller.progress(&indicator, &years, plan.last_year());
    let target = indicator.path.get(&plan.last_year()).copied();
    let needed = points.last().and_then(|last| needed_a_year(*last, target, end));
    let whole = readable(ctx).is_none();
    for line in &mut periods {
        narrow(ctx, &mut line.told.figure);
    }
    for line in &mut years {
        narrow(ctx, &mut line.told.figure);
    }
    let mut followed = Vec::new();
    for value in store::followed(&mut tx).await? {
        if value.indicator == id && may_for(ctx, Permission::ReadTargets, value.unit).is_ok() {
            let name = unit_name(&mut teller, &mut tx, value.unit).await?;
            followed.push((value, name));
        }
    }
    Ok(Detail {
        forecast: forecast(&points, end, settings.forecast_points),
        indicator,
        years,
        periods,
        progress,
        points,
        needed,
        whole,
        settings,
        followed,
    })
}

async fn unit_name(teller: &mut Teller<'_>, tx: &mut Tx, unit: Option<UnitId>) -> Result<String, TargetsError> {
    match unit {
        Some(unit) => teller.reader.name(tx, unit).await,
        None => Ok("Cả Văn phòng".to_owned()),
    }
}

/// One cell, to be entered or decided on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The indicator.
    pub indicator: Indicator,
    /// The definition of the period.
    pub definition: Definition,
    /// The period.
    pub period: ReportPeriod,
    /// The unit; none for the whole Office.
    pub unit: Option<UnitId>,
    /// Its name.
    pub unit_name: String,
    /// What stands there.
    pub value: Option<Value>,
    /// What happened to it, the oldest first.
    pub events: Vec<Event>,
    /// The evidence.
    pub files: Vec<ValueFile>,
    /// The value before it.
    pub last: Option<Value>,
    /// The standing approval of the whole Office.
    pub approval: Option<Approval>,
    /// Whether the actor may enter.
    pub may_enter: bool,
    /// Whether the actor may approve and return.
    pub may_approve: bool,
    /// Whether the actor may open again.
    pub may_reopen: bool,
}

/// One cell of an indicator that is entered.
///
/// # Errors
/// When it is none, is read from the record, or the actor may not read the unit's values.
pub async fn cell(
    ctx: &Ctx<'_>,
    id: IndicatorId,
    period: ReportPeriod,
    unit: Option<UnitId>,
) -> Result<Cell, TargetsError> {
    may_for(ctx, Permission::ReadTargets, unit).map_err(|_| TargetsError::Unknown("số liệu"))?;
    let mut tx = ctx.read().await?;
    let indicator = store::indicator(&mut tx, id).await?.ok_or(TargetsError::Unknown("chỉ tiêu"))?;
    let definition = definition_of(ctx, &indicator, period)?.clone();
    let mut teller = Teller::of(ctx, &mut tx, &indicator).await?;
    let reporters = teller.reporters(&mut tx, &indicator, &definition, period).await?;
    let (_, unit_name) = reporters
        .into_iter()
        .find(|(one, _)| *one == unit)
        .ok_or(TargetsError::Unknown("đơn vị báo cáo chỉ tiêu này"))?;
    let value = store::cell(&mut tx, id, period, unit).await?;
    let (events, files) = match &value {
        Some(value) => (store::events(&mut tx, value.id).await?, store::files(&mut tx, value.id).await?),
        None => (Vec::new(), Vec::new()),
    };
    let approval = store::approval(&mut tx, id, period).await?.filter(|one| one.standing);
    let may_approve = may_for(ctx, Permission::ApproveValues, unit).is_ok();
    Ok(Cell {
        last: store::before(&mut tx, id, period, unit).await?,
        may_enter: may_for(ctx, Permission::EnterValues, unit).is_ok(),
        may_reopen: may_approve && approval.is_none() && ctx.may(Permission::ApproveTargets).is_ok(),
        indicator,
        definition,
        period,
        unit,
        unit_name,
        value,
        events,
        files,
        approval,
        may_approve,
    })
}

/// A value that the actor may know of: where it stands and its files.
///
/// # Errors
/// [`TargetsError::Unknown`] also for one that he may not.
pub async fn value(ctx: &Ctx<'_>, id: ValueId) -> Result<(Indicator, Value), TargetsError> {
    let mut tx = ctx.read().await?;
    seen(ctx, &mut tx, id).await
}

/// A file of evidence of a value that the actor may know of.
///
/// # Errors
/// When there is none.
pub async fn file(ctx: &Ctx<'_>, id: ValueId, file: ValueFileId) -> Result<ValueFile, TargetsError> {
    let mut tx = ctx.read().await?;
    seen(ctx, &mut tx, id).await?;
    let found = store::files(&mut tx, id).await?.into_iter().find(|one| one.id == file);
    found.ok_or(TargetsError::Unknown("tệp"))
}

/// The values of an indicator that the actor may read.
///
/// # Errors
/// When there is no such indicator, or the actor may not read values.
pub async fn values(ctx: &Ctx<'_>, id: IndicatorId) -> Result<Vec<Value>, TargetsError> {
    ctx.may(Permission::ReadTargets)?;
    let mut tx = ctx.read().await?;
    store::indicator(&mut tx, id).await?.ok_or(TargetsError::Unknown("chỉ tiêu"))?;
    let mut found = store::values_of(&mut tx, id).await?;
    found.retain(|value| may_for(ctx, Permission::ReadTargets, value.unit).is_ok());
    Ok(found)
}

/// Something that waits for the actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The indicator.
    pub indicator: Indicator,
    /// The value.
    pub value: Value,
    /// The unit.
    pub unit_name: String,
}

/// Values handed in that the actor may approve, and values given back that he may mend.
///
/// # Errors
/// What the store says.
pub async fn waiting(ctx: &Ctx<'_>) -> Result<Vec<Waiting>, TargetsError> {
    let mut found = Vec::new();
    if ctx.may(Permission::ReadTargets).is_err() {
        return Ok(found);
    }
    let mut tx = ctx.read().await?;
    for value in store::waiting(&mut tx).await? {
        let mine = match value.state {
            State::Pending => {
                let own = ctx.actor.account.is_some() && ctx.actor.account == value.entered_by;
                !own && may_for(ctx, Permission::ApproveValues, value.unit).is_ok()
            }
            _ => may_for(ctx, Permission::EnterValues, value.unit).is_ok(),
        };
        if !mine {
            continue;
        }
        let Some(indicator) = store::indicator(&mut tx, value.indicator).await? else { continue };
        let unit_name = match value.unit {
            Some(unit) => {
                let view = crate::organization::queries::unit(&mut tx, unit, ctx.today()).await?;
                view.map(|unit| unit.name).unwrap_or_default()
            }
            None => "Cả Văn phòng".to_owned(),
        };
        found.push(Waiting { indicator, value, unit_name });
    }
    Ok(found)
}

/// All that is marked to be looked at again and the actor may read, the newest period first.
///
/// # Errors
/// When the actor may not read values.
pub async fn followed(ctx: &Ctx<'_>) -> Result<Vec<Waiting>, TargetsError> {
    ctx.may(Permission::ReadTargets)?;
    let mut tx = ctx.read().await?;
    let indicators = store::indicators(&mut tx).await?;
    let mut found = Vec::new();
    for value in store::followed(&mut tx).await? {
        let Some(indicator) = indicators.iter().find(|one| one.id == value.indicator) else { continue };
        if may_for(ctx, Permission::ReadTargets, value.unit).is_err() {
            continue;
        }
        let unit_name = match value.unit {
            Some(unit) => {
                let view = crate::organization::queries::unit(&mut tx, unit, ctx.today()).await?;
                view.map(|unit| unit.name).unwrap_or_default()
            }
            None => "Cả Văn phòng".to_owned(),
        };
        found.push(Waiting { indicator: indicator.clone(), value, unit_name });
    }
    Ok(found)
}

/// The settings.
///
/// # Errors
/// When the actor may not read the plan.
pub async fn settings(ctx: &Ctx<'_>) -> Result<Settings, TargetsError> {
    ctx.may(Permission::ReadPlan)?;
    let mut tx = ctx.read().await?;
    Ok(store::settings(&mut tx).await?)
}

/// How many indicators measure each clause.
///
/// # Errors
/// What the store says.
pub async fn count_by_clause(tx: &mut Tx) -> Result<Vec<(String, usize)>, StoreError> {
    store::count_by_clause(tx).await
}

/// Every indicator, in the order of the plan.
///
/// # Errors
/// When the actor may not read the plan.
pub async fn all(ctx: &Ctx<'_>) -> Result<Vec<Indicator>, TargetsError> {
    ctx.may(Permission::ReadPlan)?;
    let mut tx = ctx.read().await?;
    Ok(store::indicators(&mut tx).await?)
}
