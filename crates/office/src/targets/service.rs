//! Indicators: taken over from the plan, defined, counted anew from a year on, given a baseline and a path.

use std::collections::BTreeMap;

use jiff::civil::date;
use kernel::Permission;

use super::model::{Definition, Indicator, IndicatorId, Settings};
use super::{Amount, Baseline, Counting, Measure, Nature, RollUp, TargetsError, store};
use crate::db::{StoreError, Tx};
use crate::movements::PlannedIndicator;
use crate::movements::kinds::Kind;
use crate::{Ctx, ledger};

/// How far the years of baselines may lie back.
const FIRST_BASE_YEAR: i16 = 2000;

/// An indicator that is about to be defined.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewIndicator {
    /// Its code.
    pub code: String,
    /// The clause of its target.
    pub clause: String,
    /// How it is counted.
    pub counting: Counting,
    /// What is aimed at and where that stands.
    pub aim: Aim,
}

/// Where an indicator comes from and where it is to go.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Aim {
    /// What it was worth before; none while nobody knows.
    pub baseline: Option<Baseline>,
    /// What is aimed at, by year.
    pub path: BTreeMap<i16, Amount>,
    /// The document of the path.
    pub path_source: String,
}

/// Takes over the indicators that came with the plan and are not here yet, by their codes. What the office has
/// changed since stays as it is. Answers how many came.
///
/// # Errors
/// When the actor may not define indicators.
pub async fn adopt(ctx: &Ctx<'_>) -> Result<usize, TargetsError> {
    ctx.may(Permission::ManageTargets)?;
    let mut tx = ctx.begin().await?;
    let mut position = store::last_position(&mut tx).await?;
    let mut came = 0;
    for planned in &ctx.house.plan.indicators {
        if store::has_code(&mut tx, &planned.code).await? {
            continue;
        }
        position += 1;
        let one = adopted(ctx, planned, position);
        store::add(&mut tx, &one).await?;
        let entry = ctx.entry("indicator.adopt", "indicator", one.id).ground(&one.clause).set("code", &one.code);
        ledger::record(&mut tx, entry).await?;
        came += 1;
    }
    if came > 0 {
        tx.commit().await?;
    }
    Ok(came)
}

fn adopted(ctx: &Ctx<'_>, planned: &PlannedIndicator, position: i64) -> Indicator {
    Indicator {
        id: IndicatorId::new(),
        code: planned.code.clone(),
        clause: planned.clause.to_string(),
        position,
        baseline: planned.baseline.clone(),
        path: planned.path.clone(),
        path_source: planned.path_source.clone(),
        definitions: vec![first(ctx, planned.counting.clone(), "Theo tệp chỉ tiêu đi kèm Kế hoạch")],
        version: 1,
    }
}

fn first(ctx: &Ctx<'_>, counting: Counting, reason: &str) -> Definition {
    Definition {
        number: 1,
        from_on: date(ctx.house.plan.first_year(), 1, 1),
        counting,
        reason: reason.to_owned(),
        recorded_name: ctx.actor.name.clone(),
        recorded_at: ctx.now(),
    }
}

/// Defines an indicator, counted so from the movement's first year on.
///
/// # Errors
/// Without a target of the plan, with a code that is taken or a definition that contradicts itself.
pub async fn define(ctx: &Ctx<'_>, new: &NewIndicator) -> Result<IndicatorId, TargetsError> {
    ctx.may(Permission::ManageTargets)?;
    let code = kernel::text::clean_line(&new.code);
    let shaped = !code.is_empty()
        && code.len() <= 20
        && code.chars().all(|one| one.is_ascii_alphanumeric() || matches!(one, '.' | '-'));
    if !shaped {
        return Err(TargetsError::BadCode);
    }
    let target = ctx.house.plan.of_kind(Kind::Target).find(|clause| clause.id.as_str() == new.clause);
    if target.is_none() {
        return Err(TargetsError::NoClause);
    }
    let counting = checked(&new.counting)?;
    let aim = checked_aim(ctx, &new.aim)?;
    let mut tx = ctx.begin().await?;
    if store::has_code(&mut tx, &code).await? {
        return Err(TargetsError::CodeTaken { code });
    }
    let one = Indicator {
        id: IndicatorId::new(),
        clause: new.clause.clone(),
        position: store::last_position(&mut tx).await? + 1,
        baseline: aim.baseline,
        path: aim.path,
        path_source: aim.path_source,
        definitions: vec![first(ctx, counting, "Lập chỉ tiêu")],
        version: 1,
        code,
    };
    store::add(&mut tx, &one).await?;
    let entry = ctx.entry("indicator.define", "indicator", one.id).ground(&one.clause).set("code", &one.code);
    ledger::record(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(one.id)
}

/// Counts an indicator in another way from the first day of a year on; years before keep the old way.
///
/// # Errors
/// When the year does not come after the last version's, or has values entered by the old way; without a reason.
pub async fn change(
    ctx: &Ctx<'_>,
    id: IndicatorId,
    seen: i64,
    from_year: i16,
    counting: &Counting,
    reason: &str,
) -> Result<i64, TargetsError> {
    ctx.may(Permission::ManageTargets)?;
    let counting = checked(counting)?;
    let reason = kernel::text::clean_text(reason);
    super::model::reason(&reason)?;
    let mut tx = ctx.begin().await?;
    let mut one = must_find(&mut tx, id).await?;
    let plan = &ctx.house.plan;
    if !plan.years().contains(&from_year) {
        return Err(TargetsError::YearOutside { from: plan.first_year(), to: plan.last_year() });
    }
    let last = one.definitions.last().expect("an indicator is kept with its first definition");
    if from_year <= last.from_on.year() {
        return Err(TargetsError::NotANewYear { after: last.from_on.year() });
    }
    if let Some(entered) = store::first_entered(&mut tx, id, from_year).await? {
        return Err(TargetsError::AlreadyEntered { year: entered.year });
    }
    let definition = Definition {
        number: last.number + 1,
        from_on: date(from_year, 1, 1),
        counting,
        reason,
        recorded_name: ctx.actor.name.clone(),
        recorded_at: ctx.now(),
    };
    one.version = seen;
    store::touch(&mut tx, &one).await?;
    store::add_definition(&mut tx, id, &definition).await?;
    let entry = ctx.entry("indicator.change", "indicator", id).ground(&one.clause).set("code", &one.code);
    ledger::record(&mut tx, entry.set("definition", definition.number).set("from", definition.from_on)).await?;
    tx.commit().await?;
    Ok(definition.number)
}

/// Says what an indicator was worth before, and what is aimed at year by year, by which documents.
///
/// # Errors
/// When a year is outside the movement, or a number comes without its document.
pub async fn set_aim(ctx: &Ctx<'_>, id: IndicatorId, seen: i64, aim: &Aim) -> Result<(), TargetsError> {
    ctx.may(Permission::ManageTargets)?;
    let aim = checked_aim(ctx, aim)?;
    let mut tx = ctx.begin().await?;
    let mut one = must_find(&mut tx, id).await?;
    one.baseline = aim.baseline;
    one.path = aim.path;
    one.path_source = aim.path_source;
    one.version = seen;
    store::save_aim(&mut tx, &one).await?;
    let mut entry = ctx.entry("indicator.set_aim", "indicator", id).ground(&one.clause).set("code", &one.code);
    if let Some(base) = &one.baseline {
        entry = entry.set("baseline", format!("{}: {}", base.year, base.amount.show(4)));
    }
    let path: Vec<String> = one.path.iter().map(|(year, amount)| format!("{year}: {}", amount.show(4))).collect();
    ledger::record(&mut tx, entry.set("path", path.join("; "))).await?;
    tx.commit().await?;
    Ok(())
}

/// Says from how many points on a forecast is shown, and when a value must be explained.
///
/// # Errors
/// When a number cannot be, or without the document of the decision.
pub async fn set(ctx: &Ctx<'_>, new: &Settings) -> Result<(), TargetsError> {
    ctx.may(Permission::ManageTargets)?;
    if !(super::forecast::FEWEST_POINTS..=60).contains(&new.forecast_points) {
        return Err(TargetsError::BadSetting("số điểm tối thiểu của dự báo từ 3 đến 60"));
    }
    if !(2..=100).contains(&new.outlier_factor) {
        return Err(TargetsError::BadSetting("số lần lệch phải từ 2 đến 100"));
    }
    let document = kernel::text::clean_line(&new.document);
    if document.is_empty() {
        return Err(TargetsError::Missing("ghi văn bản hoặc ý kiến quyết định"));
    }
    let mut tx = ctx.begin().await?;
    let new = Settings { document, ..new.clone() };
    store::save_settings(&mut tx, &new).await?;
    let entry = ctx.entry("indicator.set", "indicators", "settings").ground(&new.document);
    let entry = entry.set("forecast_points", new.forecast_points).set("outlier_factor", new.outlier_factor);
    ledger::record(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(())
}

pub(super) async fn must_find(tx: &mut Tx, id: IndicatorId) -> Result<Indicator, TargetsError> {
    store::indicator(tx, id).await?.ok_or(TargetsError::Unknown("chỉ tiêu"))
}

/// A definition cleaned of loose space, that does not contradict itself.
fn checked(counting: &Counting) -> Result<Counting, TargetsError> {
    let clean = |text: &str| kernel::text::clean_line(text);
    let mut found = counting.clone();
    found.name = clean(&counting.name);
    found.measured_in = clean(&counting.measured_in);
    found.method = kernel::text::clean_text(&counting.method);
    if found.name.is_empty() {
        return Err(TargetsError::Missing("nhập tên chỉ tiêu"));
    }
    if found.measured_in.is_empty() {
        return Err(TargetsError::Missing("nhập đơn vị tính"));
    }
    if found.method.is_empty() {
        return Err(TargetsError::Missing("ghi cách tính và nguồn số liệu"));
    }
    if found.places > crate::movements::indicators::DECIMALS {
        return Err(TargetsError::BadCounting("số chữ số thập phân từ 0 đến 4"));
    }
    if let (Some(least), Some(most)) = (found.least, found.most)
        && least > most
    {
        return Err(TargetsError::BadCounting("giá trị nhỏ nhất phải không lớn hơn giá trị lớn nhất"));
    }
    if found.nature == Nature::Qualitative && found.measure.is_some() {
        return Err(TargetsError::BadCounting("chỉ tiêu định tính do đơn vị tự thuật, không có công thức"));
    }
    let counts = matches!(found.measure, Some(Measure::AwardsGiven | Measure::InitiativesRecognised));
    if found.measure.is_some() && counts != (found.roll_up == RollUp::Sum) {
        return Err(TargetsError::BadCounting(
            "công thức đếm thì cộng lại; công thức tỷ lệ, bình quân thì lấy trung bình",
        ));
    }
    Ok(found)
}

fn checked_aim(ctx: &Ctx<'_>, aim: &Aim) -> Result<Aim, TargetsError> {
    let plan = &ctx.house.plan;
    let mut found = aim.clone();
    found.path_source = kernel::text::clean_line(&aim.path_source);
    if let Some(base) = &mut found.baseline {
        base.source = kernel::text::clean_line(&base.source);
        if !(FIRST_BASE_YEAR..=plan.last_year()).contains(&base.year) {
            return Err(TargetsError::YearOutside { from: FIRST_BASE_YEAR, to: plan.last_year() });
        }
        if base.source.is_empty() {
            return Err(TargetsError::Missing("ghi nguồn của giá trị gốc"));
        }
    }
    if found.path.keys().any(|year| !plan.years().contains(year)) {
        return Err(TargetsError::YearOutside { from: plan.first_year(), to: plan.last_year() });
    }
    if !found.path.is_empty() && found.path_source.is_empty() {
        return Err(TargetsError::Missing("ghi văn bản giao các mốc"));
    }
    Ok(found)
}

/// What the store says of something that was there already, as a change in between.
pub(super) fn raced(error: StoreError) -> TargetsError {
    match error {
        StoreError::Duplicate { .. } | StoreError::Stale { table: "indicator_values" } => TargetsError::Changed,
        other => other.into(),
    }
}
