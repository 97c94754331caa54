//! Recording, checkpoints, verification.

use kernel::Clock;

use super::model::{Checkpoint, Entry, NewEntry, Verification};
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
    let mut tx = db.read().await?;
    let (head_seq, head_hash) = store::head(&mut tx).await?;
    let checkpoints = store::checkpoints(&mut tx).await?;
    let (mut seq, mut hash) = (0, [0; 32]);
    let broken =
        |seq: i64, what: String| Verification { entries: seq, ok: false, first_broken: Some(seq), what: Some(what) };
    loop {
        let entries = store::after(&mut tx, seq, STRIDE).await?;
        if entries.is_empty() {
            break;
        }
        for entry in entries {
            if entry.seq != seq + 1 {
                return Ok(broken(seq + 1, format!("thiếu mục số {}", seq + 1)));
            }
            if entry.previous != hash {
                return Ok(broken(entry.seq, "không nối với mục đứng trước".to_owned()));
            }
            if entry.expected_hash() != entry.hash {
                return Ok(broken(entry.seq, "nội dung đã bị sửa".to_owned()));
            }
            (seq, hash) = (entry.seq, entry.hash);
            if let Some(point) = checkpoints.iter().find(|point| point.seq == seq)
                && point.hash != hash
            {
                return Ok(broken(seq, format!("khác với điểm chốt đã ký ngày {}", point.day)));
            }
        }
    }
    for point in &checkpoints {
        if !keys.is_ours(&Checkpoint::message(point.day, point.seq, &point.hash), &point.signature) {
            return Ok(broken(point.seq, format!("chữ ký của điểm chốt ngày {} không đúng", point.day)));
        }
        if point.seq > seq {
            return Ok(broken(
                seq + 1,
                format!("nhật ký bị cắt: điểm chốt ngày {} đã ký đến mục {}", point.day, point.seq),
            ));
        }
    }
    if (head_seq, head_hash) != (seq, hash) {
        return Ok(broken(seq + 1, format!("nhật ký bị cắt: đầu chuỗi ghi đến mục {head_seq}")));
    }
    Ok(Verification { entries: seq, ok: true, first_broken: None, what: None })
}
