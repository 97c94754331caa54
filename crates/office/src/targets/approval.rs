//! The period of an indicator approved for the whole Office, after all lower units; opened again with a reason.

use kernel::Permission;

use super::model::{Approval, IndicatorId, Settled, reason};
use super::service::must_find;
use super::telling::Teller;
use super::{ReportPeriod, TargetsError, store};
use crate::{Ctx, ledger};

/// Approves a period for the whole Office and keeps the figure that was approved.
///
/// # Errors
/// Before the period is over, before every lower unit's value is approved, or when it was approved already.
pub async fn approve(ctx: &Ctx<'_>, id: IndicatorId, period: ReportPeriod) -> Result<(), TargetsError> {
    ctx.may(Permission::ApproveTargets)?;
    let mut tx = ctx.begin().await?;
    let indicator = must_find(&mut tx, id).await?;
    let wrong = || TargetsError::WrongPeriod { period: period.to_string() };
    let definition = indicator.definition_for(period).ok_or_else(wrong)?;
    if definition.counting.frequency != period.frequency || !ctx.house.plan.years().contains(&period.year) {
        return Err(wrong());
    }
    if period.until() > ctx.today() {
        return Err(TargetsError::NotOver { period: period.name_vi() });
    }
    let there = store::approval(&mut tx, id, period).await?;
    if let Some(standing) = there.as_ref().filter(|one| one.standing) {
        return Err(TargetsError::UpperApproved { name: standing.name.clone() });
    }
    let mut teller = Teller::of(ctx, &mut tx, &indicator).await?;
    let figure = teller.period(&mut tx, &indicator, period).await?.figure;
    if definition.counting.measure.is_none() {
        let lacking: Vec<&str> = figure
            .lines
            .iter()
            .filter(|line| line.state != Some(super::model::State::Approved))
            .map(|line| line.name.as_str())
            .collect();
        if !lacking.is_empty() {
            return Err(TargetsError::LowerNotDone { missing: lacking.len(), names: lacking.join(", ") });
        }
    }
    let approval = Approval {
        indicator: id,
        period,
        standing: true,
        amount: figure.total,
        reported: i64::try_from(figure.reported).unwrap_or(i64::MAX),
        definition: definition.number,
        name: ctx.actor.name.clone(),
        at: ctx.now(),
        words: String::new(),
        version: there.map_or(0, |one| one.version),
    };
    store::put_approval(&mut tx, &approval).await?;
    let mut entry = ctx.entry("indicator.approve", "indicator", id).ground(&indicator.clause);
    entry = entry.set("code", &indicator.code).set("period", period).set("definition", definition.number);
    if let Some(amount) = approval.amount {
        entry = entry.set("amount", amount.show(4));
    }
    ledger::record(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Opens an approved period again, so that values below can be opened too.
///
/// # Errors
/// When it is not approved, or without a reason.
pub async fn reopen(ctx: &Ctx<'_>, id: IndicatorId, period: ReportPeriod, words: &str) -> Result<(), TargetsError> {
    ctx.may(Permission::ApproveTargets)?;
    let settled = Settled { name: ctx.actor.name.clone(), at: ctx.now(), words: kernel::text::clean_text(words) };
    reason(&settled.words)?;
    let mut tx = ctx.begin().await?;
    let indicator = must_find(&mut tx, id).await?;
    let there = store::approval(&mut tx, id, period).await?.filter(|one| one.standing);
    let mut approval = there.ok_or(TargetsError::NotApproved)?;
    approval.standing = false;
    approval.name = settled.name;
    approval.at = settled.at;
    approval.words = settled.words;
    store::put_approval(&mut tx, &approval).await?;
    let entry = ctx.entry("indicator.reopen", "indicator", id).ground(&indicator.clause);
    ledger::record(&mut tx, entry.set("code", &indicator.code).set("period", period)).await?;
    tx.commit().await?;
    Ok(())
}
