//! Where the words stand on pre-printed stock, as the office measured it for each award it prints.

use kernel::Permission;
use papers::certificate::Stock;
use rules::AwardCode;

use super::{DecisionsError, store};
use crate::db::Tx;
use crate::{Ctx, StoreError, ledger};

/// The stock of an award and the version that was read; 0 while it is still our own design.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// The places.
    pub stock: Stock,
    /// What a change must name, so that nobody overwrites another's measures unseen.
    pub version: i64,
}

/// The stock of an award, to be looked at or changed.
///
/// # Errors
/// When the actor may not draft decisions.
pub async fn find(ctx: &Ctx<'_>, award: AwardCode) -> Result<Measured, DecisionsError> {
    ctx.may(Permission::DraftDecision)?;
    let mut tx = ctx.read().await?;
    measured(&mut tx, award).await
}

/// The stock on which an award is printed.
///
/// # Errors
/// What the store says, or a layout that does not read.
pub async fn of_award(tx: &mut Tx, award: AwardCode) -> Result<Stock, DecisionsError> {
    Ok(measured(tx, award).await?.stock)
}

async fn measured(tx: &mut Tx, award: AwardCode) -> Result<Measured, DecisionsError> {
    let Some((layout, version)) = store::stock(tx, award).await? else {
        return Ok(Measured { stock: Stock::a4(), version: 0 });
    };
    let stock = serde_json::from_str(&layout).map_err(|error| {
        let what = error.to_string();
        StoreError::Nonsense { table: "stocks", column: "layout", what }
    })?;
    Ok(Measured { stock, version })
}

/// Keeps the places as the office measured them.
///
/// # Errors
/// [`DecisionsError::Misplaced`] when they do not fit on the sheet; [`StoreError::Stale`] when somebody
/// else measured since `version`.
pub async fn put(ctx: &Ctx<'_>, award: AwardCode, version: i64, stock: &Stock) -> Result<(), DecisionsError> {
    ctx.may(Permission::DraftDecision)?;
    let misplaced = stock.misplaced();
    if !misplaced.is_empty() {
        return Err(DecisionsError::Misplaced(misplaced));
    }
    let layout = serde_json::to_string(stock).expect("measures are JSON");
    let mut tx = ctx.begin().await?;
    store::put_stock(&mut tx, award, &layout, version).await?;
    let entry = ctx.entry("decision.put_stock", "award", award).set("layout", layout);
    ledger::record(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Returns to our own design.
///
/// # Errors
/// [`StoreError::Stale`] when somebody else measured since `version`, or nothing was measured.
pub async fn drop(ctx: &Ctx<'_>, award: AwardCode, version: i64) -> Result<(), DecisionsError> {
    ctx.may(Permission::DraftDecision)?;
    let mut tx = ctx.begin().await?;
    store::drop_stock(&mut tx, award, version).await?;
    ledger::record(&mut tx, ctx.entry("decision.drop_stock", "award", award)).await?;
    tx.commit().await?;
    Ok(())
}
