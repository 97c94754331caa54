//! What stands in the way of an award: disciplines, and holds while something is pending.

use kernel::{Date, Period, Permission};
use rules::facts::{DisciplineLevel, HoldKind};

use super::model::{Discipline, DisciplineId, Hold, HoldId, subject};
use super::service::{exists, needed};
use super::{RecordsError, store};
use crate::db::Tx;
use crate::organization::Recipient;
use crate::{Ctx, history, ledger};

/// Enters a discipline with the days on which it is in force.
///
/// # Errors
/// An unknown recipient, an empty document, a period that ends before it begins.
pub async fn discipline(
    ctx: &Ctx<'_>,
    recipient: Recipient,
    level: DisciplineLevel,
    period: Period,
    document: &str,
) -> Result<DisciplineId, RecordsError> {
    ctx.may(Permission::ManagePeople)?;
    let mut tx = ctx.begin().await?;
    exists(&mut tx, recipient, period.from).await?;
    let period = Period::try_new(period.from, period.until)?;
    let document = needed(document, "quyết định kỷ luật")?;
    let discipline = Discipline { id: DisciplineId::new(), recipient, level, period, document };
    store::add_discipline(&mut tx, &discipline).await?;
    history::entered(ctx, &mut tx, subject("discipline", discipline.id, recipient.id())).await?;
    let entry = ctx.entry("records.discipline", recipient.kind(), recipient.id()).ground(discipline.document);
    ledger::record(&mut tx, entry.set("level", level.code()).set("from", period.from)).await?;
    tx.commit().await?;
    Ok(discipline.id)
}

/// Holds a recipient from a day on.
///
/// # Errors
/// An unknown recipient, an empty document.
pub async fn hold(
    ctx: &Ctx<'_>,
    recipient: Recipient,
    kind: HoldKind,
    from: Date,
    document: &str,
) -> Result<HoldId, RecordsError> {
    ctx.may(Permission::ManagePeople)?;
    let mut tx = ctx.begin().await?;
    let id = hold_in(ctx, &mut tx, recipient, kind, Period::since(from), document).await?;
    tx.commit().await?;
    Ok(id)
}

/// Holds a recipient inside a transaction of a room that has allowed it: for a period that may be stated whole.
///
/// # Errors
/// As [`hold`], and a period that ends before it begins.
pub async fn hold_in(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    recipient: Recipient,
    kind: HoldKind,
    period: Period,
    document: &str,
) -> Result<HoldId, RecordsError> {
    exists(tx, recipient, period.from).await?;
    let period = Period::try_new(period.from, period.until)?;
    let document = needed(document, "văn bản về việc tạm dừng")?;
    let hold = Hold { id: HoldId::new(), recipient, kind, period, document, released_by: None };
    store::add_hold(tx, &hold).await?;
    history::entered(ctx, tx, subject("holds", hold.id, recipient.id())).await?;
    let entry = ctx.entry("records.hold", recipient.kind(), recipient.id()).ground(hold.document);
    ledger::record(tx, entry.set("kind", kind.code()).set("from", period.from)).await?;
    Ok(hold.id)
}

/// Lifts a hold whose end was stated, inside a transaction of a room that has allowed it: from that day on nothing
/// holds; lifted on its first day or before, it never held.
///
/// # Errors
/// When it is unknown, lifted or over, or without a document.
pub async fn lift_in(ctx: &Ctx<'_>, tx: &mut Tx, id: HoldId, on: Date, document: &str) -> Result<(), RecordsError> {
    let mut hold = store::hold(tx, id).await?.ok_or(RecordsError::UnknownHold(id))?;
    if hold.released_by.is_some() || hold.period.until.is_some_and(|until| until <= on) {
        return Err(RecordsError::UnknownHold(id));
    }
    let before = hold.clone();
    let document = needed(document, "văn bản kết luận")?;
    hold.period.until = Some(on.max(hold.period.from));
    hold.released_by = Some(document.clone());
    store::end_hold(tx, &hold).await?;
    history::changed(ctx, tx, subject("holds", id, hold.recipient.id()), "release", &before).await?;
    let (kind, subject) = (hold.recipient.kind(), hold.recipient.id());
    let entry = ctx.entry("records.release_hold", kind, subject).ground(document).set("on", on);
    ledger::record(tx, entry.set("kind", hold.kind.code())).await?;
    Ok(())
}

/// Releases a hold from a day on.
///
/// # Errors
/// When it is unknown or released, or would end before it began.
pub async fn release(ctx: &Ctx<'_>, id: HoldId, on: Date, document: &str) -> Result<(), RecordsError> {
    ctx.may(Permission::ManagePeople)?;
    let mut tx = ctx.begin().await?;
    let mut hold = store::hold(&mut tx, id).await?.ok_or(RecordsError::UnknownHold(id))?;
    if hold.period.until.is_some() {
        return Err(RecordsError::UnknownHold(id));
    }
    let before = hold.clone();
    hold.period = Period::try_new(hold.period.from, Some(on))?;
    let document = needed(document, "văn bản kết luận")?;
    hold.released_by = Some(document.clone());
    store::release_hold(&mut tx, &hold).await?;
    history::changed(ctx, &mut tx, subject("holds", id, hold.recipient.id()), "release", &before).await?;
    let (kind, subject) = (hold.recipient.kind(), hold.recipient.id());
    let entry = ctx.entry("records.release_hold", kind, subject).ground(document).set("on", on);
    ledger::record(&mut tx, entry.set("kind", hold.kind.code())).await?;
    tx.commit().await?;
    Ok(())
}
