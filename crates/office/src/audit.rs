//! What the registers say, held against what the ledger knows of it: a row that was changed past the program is
//! named, though the ledger itself holds.

use crate::db::{StoreError, Tx};
use crate::keys::Keys;
use crate::{council, decisions};

/// Every row that says something else than the ledger knows, in words; empty when all agree.
///
/// # Errors
/// What the store says.
pub async fn altered(tx: &mut Tx, keys: &Keys) -> Result<Vec<String>, StoreError> {
    let mut found = council::voting::altered(tx).await?;
    found.extend(decisions::proof::altered(tx, keys).await?);
    Ok(found)
}
