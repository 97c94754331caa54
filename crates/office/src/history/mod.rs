//! History: when each entry was made or changed, by whom, and how it stood before.
//!
//! The ledger proves who did what; it holds no personal data, so it cannot give an entry back. This room
//! keeps that beside the registers: one line for every entry made and for every change of one, with the
//! entry as it was. So a register can be read as it stood on a past day: what was entered later is left out,
//! what was changed later stands as before. What was entered before this room was there has no line; it
//! cannot be told when, and whoever shows it says so.
//!
//! The room knows no register: an entry is a kind, an id and whom it belongs to.

mod store;

use kernel::id::AccountId;
use kernel::{Date, Timestamp, clock};
use serde::Serialize;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use crate::Ctx;
use crate::db::{StoreError, Tx};

/// An entry of a register.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Subject {
    /// The register.
    pub kind: &'static str,
    /// The entry.
    pub entry: Uuid,
    /// Whom it belongs to, by which all of theirs is found.
    pub owner: Uuid,
}

/// An entry made or changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The register.
    pub kind: String,
    /// The entry.
    pub entry: Uuid,
    /// Whom it belongs to.
    pub owner: Uuid,
    /// When.
    pub at: Timestamp,
    /// Who; none for the program.
    pub account: Option<AccountId>,
    /// What was done: `enter`, `correct`, `revoke`, `release` …
    pub verb: String,
    /// The entry before; none when it was made.
    pub was: Option<String>,
}

impl Change {
    /// The day of it in Việt Nam.
    #[must_use]
    pub fn on(&self) -> Date {
        clock::day_of(self.at)
    }
}

/// Keeps that an entry was made, inside the transaction that makes it.
///
/// # Errors
/// What the store says; likewise for the other functions.
pub async fn entered(ctx: &Ctx<'_>, tx: &mut Tx, subject: Subject) -> Result<(), StoreError> {
    let account = ctx.actor.account;
    store::add(tx, subject, ctx.now(), account, "enter", None).await
}

/// Keeps how an entry stood before it is changed, inside the transaction that changes it.
pub async fn changed<T: Serialize + Sync>(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    subject: Subject,
    verb: &'static str,
    was: &T,
) -> Result<(), StoreError> {
    let was = serde_json::to_string(was).expect("an entry is JSON");
    store::add(tx, subject, ctx.now(), ctx.actor.account, verb, Some(was)).await
}

/// All that was made and changed of what belongs to an owner, oldest first.
pub async fn of_owner(tx: &mut Tx, owner: Uuid) -> Result<Vec<Change>, StoreError> {
    store::of_owner(tx, owner).await
}

/// All that was made and changed in a register, oldest first.
pub async fn of_kind(tx: &mut Tx, kind: &str) -> Result<Vec<Change>, StoreError> {
    store::of_kind(tx, kind).await
}

/// What was made or changed after an instant: each register and owner with the last time.
pub async fn since(tx: &mut Tx, at: Timestamp) -> Result<Vec<(String, Uuid, Timestamp)>, StoreError> {
    store::since(tx, at).await
}

/// All that became of one entry, oldest first.
pub async fn of_entry(tx: &mut Tx, kind: &str, entry: Uuid) -> Result<Vec<Change>, StoreError> {
    store::of_entry(tx, kind, entry).await
}

/// An entry as it stood at the end of a day; none when it was not there yet.
///
/// # Errors
/// [`StoreError::Nonsense`] when what was kept cannot be read.
pub fn stood<T: DeserializeOwned>(
    changes: &[Change],
    (kind, entry): (&str, Uuid),
    now: T,
    day: Date,
) -> Result<Option<T>, StoreError> {
    let later = changes.iter().find(|change| change.entry == entry && change.kind == kind && change.on() > day);
    match later {
        None => Ok(Some(now)),
        Some(later) => before(later),
    }
}

/// An entry as it stood before a change; none when it was made by it.
///
/// # Errors
/// As [`stood`].
pub fn before<T: DeserializeOwned>(change: &Change) -> Result<Option<T>, StoreError> {
    let Some(was) = &change.was else { return Ok(None) };
    let read = serde_json::from_str(was).map_err(|error| StoreError::Nonsense {
        table: "entry_changes",
        column: "was",
        what: error.to_string(),
    })?;
    Ok(Some(read))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(entry: Uuid, at: &str, was: Option<&str>) -> Change {
        Change {
            kind: "ratings".to_owned(),
            entry,
            owner: Uuid::nil(),
            at: at.parse().expect("an instant"),
            account: None,
            verb: "correct".to_owned(),
            was: was.map(str::to_owned),
        }
    }

    #[test]
    fn an_entry_stands_on_a_day_as_before_the_first_change_after_it() {
        let entry = Uuid::now_v7();
        // 17:00 UTC is midnight in Việt Nam: the first instant of the next day.
        let changes = [
            change(entry, "2026-06-01T03:00:00Z", None),
            change(entry, "2026-06-10T16:59:59Z", Some("1")),
            change(entry, "2026-06-10T17:00:00Z", Some("2")),
        ];
        let stood_on = |day| stood(&changes, ("ratings", entry), 3, day).expect("a number");
        assert_eq!(stood_on(jiff::civil::date(2026, 5, 31)), None);
        assert_eq!(stood_on(jiff::civil::date(2026, 6, 1)), Some(1));
        assert_eq!(stood_on(jiff::civil::date(2026, 6, 10)), Some(2));
        assert_eq!(stood_on(jiff::civil::date(2026, 6, 11)), Some(3));
        let other = stood(&changes, ("awards", entry), 7, jiff::civil::date(2026, 5, 31)).expect("a number");
        assert_eq!(other, Some(7), "the changes of another register are not its own");
    }
}
