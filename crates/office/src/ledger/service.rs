//! Recording, checkpoints, verification.

use data_encoding::HEXLOWER;
use kernel::{Actor, Clock};
use sha2::{Digest as _, Sha256};

use super::model::{Chain, Checkpoint, Entry, Head, NewEntry, Verification};
use super::store;
use crate::Ctx;
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
    let head = store::take_head(tx).await?;
    // Who moves the head back without the key gets no signature for what is left: it is not carried on.
    let carried = head.seq == 0 || tx.keys().is_some_and(|keys| head.is_signed(|said, by| keys.is_ours(said, by)));
    append(tx, &head, new, carried).await
}

async fn append(tx: &mut Tx, head: &Head, new: NewEntry, sign: bool) -> Result<(), StoreError> {
    let Entry { seq, hash, .. } = {
        let entry = Entry::chain(new, head.seq + 1, head.hash);
        store::append(tx, &entry).await?;
        entry
    };
    let keys = tx.keys().filter(|_| sign);
    let signature = keys.map(|keys| keys.sign(&Head::message(seq, &hash)).to_vec());
    store::move_head(tx, Head { seq, hash, signature }).await
}

/// Notes that a sheet leaves the house: who took it, its name, its size and the digest of its content.
///
/// # Errors
/// What the store says: then it is not handed out.
pub async fn exported(ctx: &Ctx<'_>, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
    exported_of(ctx, name, None, bytes).await
}

/// As [`exported`], for a file about one thing: the id of the decision whose paper it is, of the import whose rows.
///
/// # Errors
/// As [`exported`].
pub async fn exported_of(ctx: &Ctx<'_>, name: &str, of: Option<&str>, bytes: &[u8]) -> Result<(), StoreError> {
    let mut tx = ctx.begin().await?;
    let mut entry = ctx.entry("ledger.export", "sheet", name).set("bytes", bytes.len());
    if let Some(of) = of {
        entry = entry.set("of", of);
    }
    record(&mut tx, entry.set("sha256", HEXLOWER.encode(&Sha256::digest(bytes)))).await?;
    tx.commit().await
}

/// Signs a ledger as it stands, on the word of who keeps the server: after a database was put back to an older
/// state, or for one from before heads were signed. The entry about it tells since when the house vouches for it.
///
/// # Errors
/// What the store says; the fault of a chain that is broken in itself is answered, and nothing is signed.
pub async fn seal(db: &Db, clock: &Clock, keys: &Keys) -> Result<Verification, StoreError> {
    let mut tx = db.clone().signed_with(keys).begin().await?;
    let head = store::take_head(&mut tx).await?;
    let chain = walk(&mut tx).await?;
    let found = match chain {
        Ok(chain) => chain.end_unsigned(&head, |message, signature| keys.is_ours(message, signature)),
        Err(broken) => broken,
    };
    if found.ok {
        let program = Actor::program("Ký lại nhật ký");
        let new = NewEntry::new(clock.now(), &program, "ledger.seal", "ledger", head.seq);
        append(&mut tx, &head, new, true).await?;
        let head = store::head(&mut tx).await?;
        tx.commit().await?;
        keys.set_mark(&head.mark())?;
    }
    Ok(found)
}

/// Signs the ledger's newest hash once a day; answers whether a checkpoint was made.
///
/// # Errors
/// What the store says.
pub async fn checkpoint(db: &Db, clock: &Clock, keys: &Keys) -> Result<bool, StoreError> {
    let mut tx = db.begin().await?;
    let today = clock.today();
    let Head { seq, hash, .. } = store::take_head(&mut tx).await?;
    if seq == 0 || store::checkpoints(&mut tx).await?.iter().any(|point| point.day == today) {
        return Ok(false);
    }
    let signature = keys.sign(&Checkpoint::message(today, seq, &hash)).to_vec();
    store::add_checkpoint(&mut tx, &Checkpoint { day: today, seq, hash, signature }).await?;
    tx.commit().await?;
    Ok(true)
}

/// Writes down beside the keys how far the ledger has come. A mark that the ledger no longer bears out stays: it is
/// what tells.
///
/// # Errors
/// What the store says.
pub async fn mark(db: &Db, keys: &Keys) -> Result<(), StoreError> {
    let mut tx = db.read().await?;
    let head = store::head(&mut tx).await?;
    let known = keys.mark()?;
    let holds = match known.as_deref().and_then(Head::read_mark) {
        Some((seq, hash)) if seq > 0 => store::hash_at(&mut tx, seq).await? == Some(hash),
        _ => true,
    };
    if holds && known.as_deref() != Some(head.mark().as_str()) {
        keys.set_mark(&head.mark())?;
    }
    Ok(())
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
    let head = readable(store::head(tx).await)?;
    let found = match (walk(tx).await?, head) {
        (Ok(chain), Ok(head)) => chain.end(&head, |message, signature| keys.is_ours(message, signature)),
        (Ok(chain), Err(what)) => Verification::broken(chain.seq() + 1, format!("đầu chuỗi: {what}")),
        (Err(broken), _) => broken,
    };
    if !found.ok {
        return Ok(found);
    }
    let Some((seen, hash)) = keys.mark()?.as_deref().and_then(Head::read_mark).filter(|(seen, _)| *seen > 0) else {
        return Ok(found);
    };
    let entry = store::hash_at(tx, seen).await?;
    if entry != Some(hash) {
        let (at, what) = match entry {
            Some(_) => (seen, format!("mục {seen} khác với mục mà máy chủ đã ghi nhớ")),
            None => (found.entries + 1, format!("nhật ký bị cắt: máy chủ đã thấy đến mục {seen}")),
        };
        return Ok(Verification::broken(at, what));
    }
    Ok(found)
}

/// The chain after its last entry, or the first that does not hold.
async fn walk(tx: &mut Tx) -> Result<Result<Chain, Verification>, StoreError> {
    let (checkpoints, spoilt) = match readable(store::checkpoints(tx).await)? {
        Ok(checkpoints) => (checkpoints, None),
        Err(what) => (Vec::new(), Some(what)),
    };
    let mut chain = Chain::new(checkpoints);
    loop {
        let rows = store::after(tx, chain.seq(), STRIDE).await?;
        if rows.is_empty() {
            break;
        }
        for row in &rows {
            let taken = match row {
                Ok(entry) => chain.add(entry),
                Err(unreadable) => Err(chain.meet(unreadable)),
            };
            if let Err(broken) = taken {
                return Ok(Err(broken));
            }
        }
    }
    // The entries hold together; how far they were signed for good cannot be told.
    Ok(match spoilt {
        Some(what) => Err(Verification::broken(chain.seq(), format!("điểm chốt: {what}"))),
        None => Ok(chain),
    })
}

/// What was read, or in words what of it makes no sense: for the auditor that is an answer, not a fault of the house.
fn readable<T>(read: Result<T, StoreError>) -> Result<Result<T, String>, StoreError> {
    match read {
        Err(error @ StoreError::Nonsense { .. }) => Ok(Err(error.to_string())),
        other => other.map(Ok),
    }
}
