//! The value of a unit and period: entered, shown by evidence, handed in, returned, approved, opened again.

use kernel::Permission;
use kernel::id::UnitId;

use super::model::{
    Definition, Event, EventKind, Indicator, IndicatorId, Level, Settled, State, Value, ValueFile, ValueFileId, ValueId,
};
use super::service::{must_find, raced};
use super::{Amount, Nature, ReportPeriod, Scope, TargetsError, store};
use crate::db::Tx;
use crate::{Ctx, Denied, attachments, ledger, programmes};

/// A value as somebody types it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewValue {
    /// The indicator.
    pub indicator: IndicatorId,
    /// The unit; none for the whole Office.
    pub unit: Option<UnitId>,
    /// The period.
    pub period: ReportPeriod,
    /// The number.
    pub amount: Option<Amount>,
    /// The level of a qualitative one.
    pub level: Option<Level>,
    /// The account of a qualitative one.
    pub narrative: String,
    /// What explains it.
    pub remark: String,
    /// Whether to look at it again.
    pub follow_up: bool,
    /// The version that was seen; 0 where there was none.
    pub seen: i64,
}

/// Whether the actor holds a permission for this unit; without a unit, for the whole Office.
///
/// # Errors
/// [`Denied`] otherwise.
pub(super) fn may_for(ctx: &Ctx<'_>, permission: Permission, unit: Option<UnitId>) -> Result<(), Denied> {
    match unit {
        Some(unit) => ctx.may_in(permission, unit),
        None => {
            ctx.may(permission)?;
            match ctx.actor.units_for(permission, ctx.today()) {
                None => Ok(()),
                Some(_) => Err(Denied { permission }),
            }
        }
    }
}

/// Enters or changes a value: it is a draft until it is handed in.
///
/// # Errors
/// When the indicator is read from the record, the period or unit does not report, the number cannot be or must be
/// explained, the value is locked or handed in, or somebody changed it in between.
pub async fn save(ctx: &Ctx<'_>, new: &NewValue) -> Result<ValueId, TargetsError> {
    may_for(ctx, Permission::EnterValues, new.unit)?;
    let mut tx = ctx.begin().await?;
    let indicator = must_find(&mut tx, new.indicator).await?;
    let definition = definition_of(ctx, &indicator, new.period)?.clone();
    must_report(ctx, &mut tx, &definition, new.unit, new.period).await?;
    let there = store::cell(&mut tx, new.indicator, new.period, new.unit).await?;
    not_under_an_approval(&mut tx, &indicator, new.period).await?;
    if let Some(there) = &there {
        there.must_be_open()?;
    }
    if there.as_ref().map_or(0, |one| one.version) != new.seen {
        return Err(TargetsError::Changed);
    }
    let mut follow_up = new.follow_up;
    let remark = kernel::text::clean_text(&new.remark);
    let (mut amount, mut level, mut narrative) = (new.amount, new.level, kernel::text::clean_text(&new.narrative));
    if definition.counting.nature == Nature::Quantitative {
        (level, narrative) = (None, String::new());
        let number = amount.ok_or(TargetsError::Missing("nhập số liệu"))?;
        within(&definition, number)?;
        let settings = store::settings(&mut tx).await?;
        let last = store::before(&mut tx, new.indicator, new.period, new.unit).await?.and_then(|one| one.amount);
        if let Some(last) = last.filter(|last| settings.is_outlier(*last, number)) {
            if remark.is_empty() {
                let last = format!("{} {}", last.show(definition.counting.places), definition.counting.measured_in);
                return Err(TargetsError::Outlier { last });
            }
            // What had to be explained is looked at again.
            follow_up = true;
        }
    } else {
        amount = None;
        if narrative.is_empty() && level.is_none() {
            return Err(TargetsError::Missing("ghi nội dung tự thuật"));
        }
    }
    let value = Value {
        id: there.as_ref().map_or_else(ValueId::new, |one| one.id),
        indicator: new.indicator,
        unit: new.unit,
        period: new.period,
        definition: definition.number,
        amount,
        level,
        narrative,
        remark,
        follow_up,
        state: State::Draft,
        entered_by: ctx.actor.account,
        entered_name: ctx.actor.name.clone(),
        entered_at: ctx.now(),
        settled: there.as_ref().and_then(|one| one.settled.clone()),
        version: new.seen,
    };
    match there {
        Some(_) => store::save_value(&mut tx, &value).await.map_err(raced)?,
        None => store::add_value(&mut tx, &value).await.map_err(raced)?,
    }
    tell(ctx, &mut tx, &indicator, &value, EventKind::Saved, "").await?;
    tx.commit().await?;
    Ok(value.id)
}

/// Attaches a file that shows a value, by whoever may enter it.
///
/// # Errors
/// When the file is not taken, or the value is locked or handed in.
pub async fn attach(ctx: &Ctx<'_>, id: ValueId, name: &str, bytes: &[u8]) -> Result<ValueFileId, TargetsError> {
    ctx.may(Permission::EnterValues)?;
    let name = kernel::text::clean_line(name);
    let mut tx = ctx.begin().await?;
    let (indicator, value) = seen(ctx, &mut tx, id).await?;
    may_for(ctx, Permission::EnterValues, value.unit)?;
    not_under_an_approval(&mut tx, &indicator, value.period).await?;
    value.must_be_open()?;
    let kept = attachments::keep(ctx.house, &name, bytes)
        .map_err(|error| TargetsError::BadFile { name: name.clone(), why: error.to_string() })?;
    let file = ValueFile {
        id: ValueFileId::new(),
        name,
        digest: kept.digest,
        size: kept.size,
        media_type: kept.media_type.to_owned(),
        at: ctx.now(),
        by: ctx.actor.name.clone(),
    };
    store::save_value(&mut tx, &value).await?;
    store::add_file(&mut tx, id, &file).await?;
    ledger::record(&mut tx, entry(ctx, &indicator, &value, "indicator_value.attach")).await?;
    tx.commit().await?;
    Ok(file.id)
}

/// Hands a value in for approval.
///
/// # Errors
/// When it is no draft, a qualitative one lacks account, level or evidence, or it changed since it was read.
pub async fn submit(ctx: &Ctx<'_>, id: ValueId, version: i64) -> Result<(), TargetsError> {
    ctx.may(Permission::EnterValues)?;
    let mut tx = ctx.begin().await?;
    let (indicator, mut value) = seen(ctx, &mut tx, id).await?;
    may_for(ctx, Permission::EnterValues, value.unit)?;
    let nature = definition_of(ctx, &indicator, value.period)?.counting.nature;
    let files = store::files(&mut tx, id).await?.len();
    value.submit(nature, files)?;
    finish(ctx, tx, &indicator, value, version, EventKind::Submitted, "").await
}

/// Gives a value back with a reason.
///
/// # Errors
/// When it was not handed in, without a reason, or when it changed since it was read.
pub async fn give_back(ctx: &Ctx<'_>, id: ValueId, version: i64, reason: &str) -> Result<(), TargetsError> {
    ctx.may(Permission::ApproveValues)?;
    let mut tx = ctx.begin().await?;
    let (indicator, mut value) = seen(ctx, &mut tx, id).await?;
    may_for(ctx, Permission::ApproveValues, value.unit)?;
    let settled = settled(ctx, reason);
    let words = settled.words.clone();
    value.give_back(settled)?;
    finish(ctx, tx, &indicator, value, version, EventKind::Returned, &words).await
}

/// Approves a value: from now on it is locked, with the name and the time.
///
/// # Errors
/// When it was not handed in, by whoever entered it, or when it changed since it was read.
pub async fn approve(ctx: &Ctx<'_>, id: ValueId, version: i64) -> Result<(), TargetsError> {
    ctx.may(Permission::ApproveValues)?;
    let mut tx = ctx.begin().await?;
    let (indicator, mut value) = seen(ctx, &mut tx, id).await?;
    may_for(ctx, Permission::ApproveValues, value.unit)?;
    value.approve(ctx.actor.account, settled(ctx, ""))?;
    finish(ctx, tx, &indicator, value, version, EventKind::Approved, "").await
}

/// Opens an approved value again, by the upper level alone and while it has not approved the period itself.
///
/// # Errors
/// By the lower level, under a standing approval of the period, without a reason, or when it changed in between.
pub async fn reopen(ctx: &Ctx<'_>, id: ValueId, version: i64, reason: &str) -> Result<(), TargetsError> {
    ctx.may(Permission::ApproveValues)?;
    let mut tx = ctx.begin().await?;
    let (indicator, mut value) = seen(ctx, &mut tx, id).await?;
    may_for(ctx, Permission::ApproveValues, value.unit)?;
    not_under_an_approval(&mut tx, &indicator, value.period).await?;
    if ctx.may(Permission::ApproveTargets).is_err() {
        return Err(TargetsError::OnlyUpper);
    }
    let settled = settled(ctx, reason);
    let words = settled.words.clone();
    value.reopen(settled)?;
    finish(ctx, tx, &indicator, value, version, EventKind::Reopened, &words).await
}

/// Marks a value to be looked at again, or takes the mark away.
///
/// # Errors
/// When the actor may neither enter nor approve it, or when it changed since it was read.
pub async fn follow(ctx: &Ctx<'_>, id: ValueId, version: i64, mark: bool) -> Result<(), TargetsError> {
    ctx.may(Permission::ReadTargets)?;
    let mut tx = ctx.begin().await?;
    let (indicator, mut value) = seen(ctx, &mut tx, id).await?;
    may_for(ctx, Permission::ApproveValues, value.unit)
        .or_else(|_| may_for(ctx, Permission::EnterValues, value.unit))?;
    value.follow_up = mark;
    value.version = version;
    store::save_value(&mut tx, &value).await?;
    let entry = entry(ctx, &indicator, &value, "indicator_value.follow").set("mark", mark);
    ledger::record(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Keeps what was decided, with its event and its entry in the ledger.
async fn finish(
    ctx: &Ctx<'_>,
    mut tx: Tx,
    indicator: &Indicator,
    mut value: Value,
    version: i64,
    kind: EventKind,
    words: &str,
) -> Result<(), TargetsError> {
    value.version = version;
    store::save_value(&mut tx, &value).await?;
    tell(ctx, &mut tx, indicator, &value, kind, words).await?;
    tx.commit().await?;
    Ok(())
}

async fn tell(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    indicator: &Indicator,
    value: &Value,
    kind: EventKind,
    words: &str,
) -> Result<(), TargetsError> {
    let event = Event {
        value: value.id,
        kind,
        on: ctx.today(),
        at: ctx.now(),
        name: ctx.actor.name.clone(),
        words: words.to_owned(),
        amount: value.amount,
        level: value.level,
        state: value.state,
    };
    store::add_event(tx, ctx.actor.account, &event).await?;
    let action = match kind {
        EventKind::Saved => "indicator_value.save",
        EventKind::Submitted => "indicator_value.submit",
        EventKind::Returned => "indicator_value.return",
        EventKind::Approved => "indicator_value.approve",
        EventKind::Reopened => "indicator_value.reopen",
    };
    ledger::record(tx, entry(ctx, indicator, value, action)).await?;
    Ok(())
}

/// An entry of the ledger: which cell, which number; no words of people.
fn entry(ctx: &Ctx<'_>, indicator: &Indicator, value: &Value, action: &'static str) -> ledger::NewEntry {
    let mut entry = ctx.entry(action, "indicator_value", value.id).ground(&indicator.clause);
    entry = entry.set("code", &indicator.code).set("period", value.period).set("definition", value.definition);
    if let Some(unit) = value.unit {
        entry = entry.set("unit", unit);
    }
    match (value.amount, value.level) {
        (Some(amount), _) => entry.set("amount", amount.show(4)),
        (None, Some(level)) => entry.set("level", level.code()),
        (None, None) => entry,
    }
}

fn settled(ctx: &Ctx<'_>, words: &str) -> Settled {
    Settled { name: ctx.actor.name.clone(), at: ctx.now(), words: kernel::text::clean_text(words) }
}

/// A value that the actor may know of, with its indicator.
///
/// # Errors
/// [`TargetsError::Unknown`] also for one that he may not.
pub(super) async fn seen(ctx: &Ctx<'_>, tx: &mut Tx, id: ValueId) -> Result<(Indicator, Value), TargetsError> {
    let unknown = || TargetsError::Unknown("số liệu");
    let value = store::value(tx, id).await?.ok_or_else(unknown)?;
    may_for(ctx, Permission::ReadTargets, value.unit).map_err(|_| unknown())?;
    Ok((must_find(tx, value.indicator).await?, value))
}

/// The definition of a period in which values are entered.
///
/// # Errors
/// When the indicator does not report by such periods, it is to come, or the indicator is read from the record.
pub(super) fn definition_of<'i>(
    ctx: &Ctx<'_>,
    indicator: &'i Indicator,
    period: ReportPeriod,
) -> Result<&'i Definition, TargetsError> {
    let wrong = || TargetsError::WrongPeriod { period: period.to_string() };
    let definition = indicator.definition_for(period).ok_or_else(wrong)?;
    if definition.counting.measure.is_some() {
        return Err(TargetsError::Computed);
    }
    if definition.counting.frequency != period.frequency || !ctx.house.plan.years().contains(&period.year) {
        return Err(wrong());
    }
    if period.from() > ctx.today() {
        return Err(TargetsError::NotYet { period: period.name_vi() });
    }
    Ok(definition)
}

async fn must_report(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    definition: &Definition,
    unit: Option<UnitId>,
    period: ReportPeriod,
) -> Result<(), TargetsError> {
    let unknown = || TargetsError::Unknown("đơn vị báo cáo chỉ tiêu này");
    match (definition.counting.scope, unit) {
        (Scope::Office, None) => Ok(()),
        (Scope::Units, Some(unit)) => {
            let day = period.last().min(ctx.today());
            let there = programmes::queries::standings_in(tx, day).await?;
            let there = there.iter().any(|one| one.unit.id == unit);
            // A unit that was merged in the period reports what it did until then.
            let before = !there && {
                let first = programmes::queries::standings_in(tx, period.from()).await?;
                first.iter().any(|one| one.unit.id == unit)
            };
            if there || before { Ok(()) } else { Err(unknown()) }
        }
        (Scope::Office, Some(_)) | (Scope::Units, None) => Err(unknown()),
    }
}

fn within(definition: &Definition, amount: Amount) -> Result<(), TargetsError> {
    let how = &definition.counting;
    let show = |amount: Amount| format!("{} {}", amount.show(how.places), how.measured_in);
    let what = match (how.least, how.most) {
        (Some(least), Some(most)) if amount < least || amount > most => {
            format!("từ {} đến {}", show(least), show(most))
        }
        (Some(least), None) if amount < least => format!("từ {} trở lên", show(least)),
        (None, Some(most)) if amount > most => format!("không quá {}", show(most)),
        _ => return Ok(()),
    };
    Err(TargetsError::OutOfRange { what })
}

/// Nothing below a standing approval of the whole Office is changed.
async fn not_under_an_approval(tx: &mut Tx, indicator: &Indicator, period: ReportPeriod) -> Result<(), TargetsError> {
    match store::approval(tx, indicator.id, period).await?.filter(|one| one.standing) {
        Some(approval) => Err(TargetsError::UpperApproved { name: approval.name }),
        None => Ok(()),
    }
}
