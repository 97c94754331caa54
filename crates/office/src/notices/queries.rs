//! One's own notices; how the queue of letters stands.

use super::model::{MailState, Notice};
use super::{NoticesError, store};
use crate::Ctx;
use crate::db::{Db, StoreError, Tx};
use kernel::Timestamp;
use kernel::id::AccountId;

/// How many notices a page holds.
pub const PAGE: i64 = 50;

/// The actor's notices, the newest first, page by page from 0, and whether more follow.
///
/// # Errors
/// What the store says.
pub async fn mine(ctx: &Ctx<'_>, page: i64) -> Result<(Vec<Notice>, bool), NoticesError> {
    let Some(account) = ctx.actor.account else { return Ok((Vec::new(), false)) };
    let mut tx = ctx.read().await?;
    let mut found = store::of_account(&mut tx, account, page.clamp(0, 10_000) * PAGE, PAGE + 1).await?;
    let size = usize::try_from(PAGE).unwrap_or(usize::MAX);
    let more = found.len() > size;
    found.truncate(size);
    Ok((found, more))
}

/// How many notices an account has not read.
///
/// # Errors
/// What the store says.
pub async fn unread(db: &Db, account: AccountId) -> Result<i64, StoreError> {
    store::unread(db, account).await
}

/// How many letters stand where, and since when the oldest waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Queue {
    /// To be sent.
    pub queued: usize,
    /// Given up.
    pub failed: usize,
    /// Since when the oldest waits.
    pub oldest: Option<Timestamp>,
}

/// How the queue stands, for whoever keeps the server.
///
/// # Errors
/// What the store says.
pub async fn queue(tx: &mut Tx) -> Result<Queue, StoreError> {
    let mut found = Queue { oldest: store::oldest_queued(tx).await?, ..Queue::default() };
    for (state, many) in store::count_mails(tx).await? {
        match MailState::from_code(&state) {
            Some(MailState::Queued) => found.queued = many,
            Some(MailState::Failed) => found.failed = many,
            Some(MailState::Sent | MailState::Dropped) | None => {}
        }
    }
    Ok(found)
}
