//! A dialogue planned, moved, held or called off, with its agenda.

use kernel::id::UnitId;
use kernel::{Date, Permission};

use super::model::{Act, Dialogue, DialogueId, Item, ItemId, StateKind, line};
use super::{DialoguesError, store};
use crate::db::Tx;
use crate::{Ctx, ledger, organization};

/// A dialogue that is about to be planned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDialogue {
    /// What it is about.
    pub title: String,
    /// The clause.
    pub clause: String,
    /// Where.
    pub place: String,
    /// The day.
    pub on: Date,
    /// The unit that prepares it.
    pub unit: UnitId,
}

/// Plans a dialogue.
///
/// # Errors
/// Without a title, a place, a clause of the plan, by a unit that is no more, before today.
pub async fn plan(ctx: &Ctx<'_>, new: &NewDialogue) -> Result<DialogueId, DialoguesError> {
    ctx.may_in(Permission::RunDialogues, new.unit)?;
    let title = line("tieu-de", &new.title, "ghi chủ đề đối thoại")?;
    let place = line("dia-diem", &new.place, "ghi địa điểm")?;
    if ctx.house.plan.clause(&new.clause).is_none() {
        return Err(DialoguesError::Missing { field: "khoan", what: "chọn khoản của Kế hoạch".to_owned() });
    }
    if new.on < ctx.today() {
        return Err(DialoguesError::TooEarly { from: ctx.today() });
    }
    let mut tx = ctx.begin().await?;
    let unit = organization::queries::unit(&mut tx, new.unit, ctx.today()).await?;
    if !unit.is_some_and(|unit| unit.period.contains(ctx.today())) {
        return Err(DialoguesError::Unknown("đơn vị đang hoạt động"));
    }
    let one = Dialogue {
        id: DialogueId::new(),
        title,
        clause: new.clause.clone(),
        place,
        on: new.on,
        begins: String::new(),
        register_until: None,
        unit: new.unit,
        state: StateKind::Planned,
        reason: String::new(),
        minutes: String::new(),
        frozen: None,
        published: None,
        version: 1,
    };
    store::add(&mut tx, &one).await?;
    tell(ctx, &mut tx, &one, "dialogue.plan").await?;
    tx.commit().await?;
    Ok(one.id)
}

/// Moves a dialogue that is to come to another day or place.
///
/// # Errors
/// When it is not to come, before today, without a place; [`crate::StoreError::Stale`].
pub async fn move_to(ctx: &Ctx<'_>, id: DialogueId, seen: i64, on: Date, place: &str) -> Result<(), DialoguesError> {
    ctx.may(Permission::RunDialogues)?;
    let place = line("dia-diem", place, "ghi địa điểm")?;
    if on < ctx.today() {
        return Err(DialoguesError::TooEarly { from: ctx.today() });
    }
    let mut tx = ctx.begin().await?;
    let mut one = own(ctx, &mut tx, id).await?;
    one.must_be(&[StateKind::Planned])?;
    (one.on, one.place, one.version) = (on, place, seen);
    // Nobody asks to take part after the day.
    one.register_until = one.register_until.map(|until| until.min(on));
    keep(ctx, &mut tx, &one, "dialogue.move").await?;
    tx.commit().await?;
    Ok(())
}

/// Records that a dialogue was held on a day.
///
/// # Errors
/// When it is not to come, or on a day that has not come; [`crate::StoreError::Stale`].
pub async fn hold(ctx: &Ctx<'_>, id: DialogueId, seen: i64, on: Date) -> Result<(), DialoguesError> {
    ctx.may(Permission::RunDialogues)?;
    let mut tx = ctx.begin().await?;
    let mut one = own(ctx, &mut tx, id).await?;
    one.hold(on, ctx.today())?;
    one.version = seen;
    store::forget_phones(&mut tx, id).await?;
    keep(ctx, &mut tx, &one, "dialogue.hold").await?;
    tx.commit().await?;
    Ok(())
}

/// Calls a dialogue off, with the reason.
///
/// # Errors
/// When it is not to come, or without a reason; [`crate::StoreError::Stale`].
pub async fn cancel(ctx: &Ctx<'_>, id: DialogueId, seen: i64, reason: &str) -> Result<(), DialoguesError> {
    ctx.may(Permission::RunDialogues)?;
    let mut tx = ctx.begin().await?;
    let mut one = own(ctx, &mut tx, id).await?;
    one.cancel(reason)?;
    one.version = seen;
    store::forget_phones(&mut tx, id).await?;
    keep(ctx, &mut tx, &one, "dialogue.cancel").await?;
    tx.commit().await?;
    Ok(())
}

/// Puts a line on the agenda of a dialogue that is to come.
///
/// # Errors
/// When it is not, or without words.
pub async fn add_item(ctx: &Ctx<'_>, id: DialogueId, what: &str) -> Result<ItemId, DialoguesError> {
    ctx.may(Permission::RunDialogues)?;
    let what = line("noi-dung", what, "ghi nội dung của chương trình")?;
    let mut tx = ctx.begin().await?;
    let one = own(ctx, &mut tx, id).await?;
    one.must_be(&[StateKind::Planned])?;
    let item = Item { id: ItemId::new(), what };
    store::add_item(&mut tx, id, &item).await?;
    keep(ctx, &mut tx, &one, "dialogue.set_agenda").await?;
    tx.commit().await?;
    Ok(item.id)
}

/// Takes a line off the agenda of a dialogue that is to come.
///
/// # Errors
/// When it is not, or there is no such line.
pub async fn drop_item(ctx: &Ctx<'_>, id: DialogueId, item: ItemId) -> Result<(), DialoguesError> {
    ctx.may(Permission::RunDialogues)?;
    let mut tx = ctx.begin().await?;
    let one = own(ctx, &mut tx, id).await?;
    one.must_be(&[StateKind::Planned])?;
    if store::drop_item(&mut tx, id, item).await? == 0 {
        return Err(DialoguesError::Unknown("nội dung này"));
    }
    keep(ctx, &mut tx, &one, "dialogue.set_agenda").await?;
    tx.commit().await?;
    Ok(())
}

/// A dialogue that the actor runs.
pub(super) async fn own(ctx: &Ctx<'_>, tx: &mut Tx, id: DialogueId) -> Result<Dialogue, DialoguesError> {
    let one = store::find(tx, id).await?.ok_or(DialoguesError::Unknown("cuộc đối thoại"))?;
    ctx.may_in(Permission::RunDialogues, one.unit)?;
    Ok(one)
}

/// By the actor, today.
pub(super) fn act(ctx: &Ctx<'_>) -> Act {
    Act { on: ctx.today(), name: ctx.actor.name.clone() }
}

/// Saves a dialogue that was read at its version, and tells the ledger.
pub(super) async fn keep(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    one: &Dialogue,
    action: &'static str,
) -> Result<(), DialoguesError> {
    store::save(tx, one).await?;
    tell(ctx, tx, one, action).await
}

/// On the ground of the clause, without names and words.
pub(super) async fn tell(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    one: &Dialogue,
    action: &'static str,
) -> Result<(), DialoguesError> {
    let entry = ctx.entry(action, "dialogue", one.id).ground(&one.clause).set("unit", one.unit);
    let mut entry = entry.set("on", one.on).set("state", one.state.code());
    if let Some((_, digest)) = &one.frozen {
        entry = entry.set("minutes", digest.clone());
    }
    ledger::record(tx, entry).await?;
    Ok(())
}
