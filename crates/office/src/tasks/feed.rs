//! A secret address under which a calendar of one's own shows one's tasks; it can be withdrawn.
//!
//! Only a keyed digest of the secret is kept. Whoever has the address sees the open tasks of one person and
//! nothing else; it opens no page and no API.

use kernel::Date;

use super::model::Task;
use super::{TasksError, store};
use crate::identity::{self, Token};
use crate::{Ctx, House, ledger};

/// Makes a fresh address for the actor; the one before is withdrawn. Answers the secret, which is shown once.
///
/// # Errors
/// When the account has no person behind it; a program has no calendar.
pub async fn make(ctx: &Ctx<'_>) -> Result<Token, TasksError> {
    let account = ctx.actor.account.filter(|_| ctx.actor.through.is_none()).ok_or(TasksError::NoPerson)?;
    ctx.actor.person.ok_or(TasksError::NoPerson)?;
    let secret = Token::fresh();
    let mut tx = ctx.begin().await?;
    store::withdraw_feeds(&mut tx, account, ctx.today()).await?;
    store::add_feed(&mut tx, account, &digest(ctx.house, &secret), ctx.today()).await?;
    ledger::record(&mut tx, ctx.entry("task.make_feed", "account", account)).await?;
    tx.commit().await?;
    Ok(secret)
}

/// Withdraws the actor's address at once.
///
/// # Errors
/// When there is none.
pub async fn withdraw(ctx: &Ctx<'_>) -> Result<(), TasksError> {
    let account = ctx.actor.account.ok_or(TasksError::NoPerson)?;
    let mut tx = ctx.begin().await?;
    if store::withdraw_feeds(&mut tx, account, ctx.today()).await? == 0 {
        return Err(TasksError::Unknown("địa chỉ lịch"));
    }
    ledger::record(&mut tx, ctx.entry("task.withdraw_feed", "account", account)).await?;
    tx.commit().await?;
    Ok(())
}

/// Since when the actor has an address; none without one.
///
/// # Errors
/// What the store says.
pub async fn mine(ctx: &Ctx<'_>) -> Result<Option<Date>, TasksError> {
    let Some(account) = ctx.actor.account else { return Ok(None) };
    let mut tx = ctx.read().await?;
    Ok(store::feed_of(&mut tx, account).await?)
}

/// The tasks that a calendar under this secret shows: those that its owner has to do or is waiting for, by due
/// day.
///
/// # Errors
/// When the address is unknown or withdrawn, or the account was stopped.
pub async fn tasks(house: &House, secret: &Token) -> Result<Vec<Task>, TasksError> {
    let unknown = || TasksError::Unknown("địa chỉ lịch");
    let mut tx = house.db.read().await?;
    let account = store::feed(&mut tx, &digest(house, secret)).await?.ok_or_else(unknown)?;
    let person = identity::queries::person_of(&mut tx, account, house.clock.today()).await?.ok_or_else(unknown)?;
    let mut found = store::all(&mut tx).await?;
    found.retain(|task| task.state.kind().is_live() && task.content.doers.contains(&person));
    found.sort_by_key(|task| (task.due_on, task.id));
    Ok(found)
}

fn digest(house: &House, secret: &Token) -> String {
    house.keys.digest(&format!("thidua-task-feed-1\n{}", secret.reveal()))
}
