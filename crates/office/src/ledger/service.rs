//! Recording, checkpoints, verification.

use kernel::Clock;

use super::model::{Chain, Checkpoint, Entry, NewEntry, Verification};
use super::store;
use crate::db::{Db, StoreError, Tx};
use crate::keys::Keys;

/// How many entries a verification holds in memory at once.
const STRIDE: i64 = 1_000;

/// Writes an entry in the transaction of the change it tells of. Call it last before the commit: the
/// chain's head is held from here on, so that writers queue as shortly as can be.
///
/// # Errors
/// What the store says.
pub async fn record(tx: &mut Tx, new: NewEntry) -> Result<(), StoreError> {
    let (last, previous) = store::take_head(tx).await?;
    let entry = Entry::chain(new, last + 1, previous);
    store::append(tx, &entry).await?;
    store::move_head(tx, entry.seq, &entry.hash).await
}

/// Signs the newest hash, once a day; answers whether a checkpoint was made.
///
/// # Errors
/// What the store says.
pub async fn checkpoint(db: &Db, clock: &Clock, keys: &Keys) -> Result<bool, StoreError> {
    let mut tx = db.begin().await?;
    let today = clock.today();
    let (seq, hash) = store::take_head(&mut tx).await?;
    if seq == 0 || store::checkpoints(&mut tx).await?.iter().any(|point| point.day == today) {
        return Ok(false);
    }
    let signature = keys.sign(&Checkpoint::message(today, seq, &hash)).to_vec();
    store::add_checkpoint(&mut tx, &Checkpoint { day: today, seq, hash, signature }).await?;
    tx.commit().await?;
    Ok(true)
}

/// Walks the whole chain and names the first entry that does not hold.
///
/// # Errors
/// What the store says; a broken chain is an answer, not an error.
pub async fn verify(db: &Db, keys: &Keys) -> Result<Verification, StoreError> {
    verify_in(&mut db.read().await?, keys).await
}

/// Walks the chain as one transaction sees it.
///
/// # Errors
/// As [`verify`].
pub async fn verify_in(tx: &mut Tx, keys: &Keys) -> Result<Verification, StoreError> {
    let head = store::head(tx).await?;
    let mut chain = Chain::new(store::checkpoints(tx).await?);
    loop {
        let entries = store::after(tx, chain.seq(), STRIDE).await?;
        if entries.is_empty() {
            break;
        }
        for entry in &entries {
            if let Err(broken) = chain.add(entry) {
                return Ok(broken);
            }
        }
    }
    Ok(chain.end(head, |message, signature| keys.is_ours(message, signature)))
}
