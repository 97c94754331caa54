//! The record as it was known on a past day: what was entered later is left out, what was changed later
//! stands as before.

use std::collections::{BTreeSet, HashMap};

use kernel::Date;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::model::{Completeness, Discipline, InitiativeId, PastAward, Rating};
use super::queries::Record;
use super::store;
use crate::db::{StoreError, Tx};
use crate::history::{self, Change};
use crate::organization::{self, Recipient};

/// The days of which the record is asked: now, or how it was known at the end of a past day.
pub(super) type KnownOn = Option<Date>;

/// What was made and changed of one recipient's record.
pub(super) struct Past {
    day: Date,
    changes: Vec<Change>,
}

impl Past {
    /// The changes of a recipient's entries, when a past day is asked for.
    pub(super) async fn of(tx: &mut Tx, recipient: Recipient, known_on: KnownOn) -> Result<Option<Self>, StoreError> {
        let Some(day) = known_on else { return Ok(None) };
        Ok(Some(Self { day, changes: changes(tx, recipient).await? }))
    }

    fn list<T: DeserializeOwned>(
        &self,
        kind: &str,
        list: Vec<T>,
        id: impl Fn(&T) -> Uuid,
    ) -> Result<Vec<T>, StoreError> {
        let mut stood = Vec::with_capacity(list.len());
        for one in list {
            let entry = id(&one);
            stood.extend(history::stood(&self.changes, (kind, entry), one, self.day)?);
        }
        Ok(stood)
    }
}

/// What was made and changed of a recipient's entries: of an enterprise those of its doubles too.
async fn changes(tx: &mut Tx, recipient: Recipient) -> Result<Vec<Change>, StoreError> {
    let mut found = Vec::new();
    for owner in organization::queries::owners(tx, recipient).await? {
        found.extend(history::of_owner(tx, owner).await?);
    }
    Ok(found)
}

/// What was changed of everybody's record after a day, by register, owner and entry: the first change.
pub(super) struct Later(HashMap<(&'static str, Uuid, Uuid), Change>);

/// The registers of a record that people stand in.
const OF_PEOPLE: [&str; 8] =
    ["ratings", "awards", "initiatives", "initiative_uses", "discipline", "holds", "achievements", "movement_results"];

impl Later {
    /// What came after a past day, when one is asked for.
    pub(super) async fn than(tx: &mut Tx, known_on: KnownOn) -> Result<Option<Self>, StoreError> {
        let Some(day) = known_on else { return Ok(None) };
        let mut first = HashMap::new();
        for kind in OF_PEOPLE {
            for change in history::of_kind(tx, kind).await?.into_iter().filter(|change| change.on() > day) {
                first.entry((kind, change.owner, change.entry)).or_insert(change);
            }
        }
        Ok(Some(Self(first)))
    }

    /// An entry as it stood; none when it was not there yet.
    pub(super) fn stood<T: DeserializeOwned>(
        &self,
        kind: &'static str,
        (owner, entry): (Uuid, Uuid),
        now: T,
    ) -> Result<Option<T>, StoreError> {
        match self.0.get(&(kind, owner, entry)) {
            None => Ok(Some(now)),
            Some(change) => history::before(change),
        }
    }
}

/// An entry as it stood before what came later; the same when nothing did.
pub(super) fn then<T: DeserializeOwned>(
    later: Option<&Later>,
    kind: &'static str,
    ids: (Uuid, Uuid),
    now: T,
) -> Result<Option<T>, StoreError> {
    match later {
        None => Ok(Some(now)),
        Some(later) => later.stood(kind, ids, now),
    }
}

/// A record as it was known on a day.
pub(super) async fn record(
    tx: &mut Tx,
    recipient: Recipient,
    now: Record,
    known_on: KnownOn,
) -> Result<Record, StoreError> {
    let Some(past) = Past::of(tx, recipient, known_on).await? else { return Ok(now) };
    let mut initiatives = Vec::with_capacity(now.initiatives.len());
    for one in now.initiatives {
        let changes = history::of_owner(tx, one.id.0).await?;
        initiatives.extend(history::stood(&changes, ("initiatives", one.id.0), one, past.day)?);
    }
    Ok(Record {
        ratings: past.list("ratings", now.ratings, |one| one.id.0)?,
        awards: past.list("awards", now.awards, |one| one.id.0)?,
        initiatives,
        disciplines: past.list("discipline", now.disciplines, |one| one.id.0)?,
        holds: past.list("holds", now.holds, |one| one.id.0)?,
        achievements: past.list("achievements", now.achievements, |one| one.id.0)?,
        results: past.list("movement_results", now.results, |one| one.id.0)?,
    })
}

/// The entries of a record of which nobody kept when they were entered: they are older than the history.
pub(super) async fn without_day(tx: &mut Tx, recipient: Recipient, record: &Record) -> Result<usize, StoreError> {
    let mut told: BTreeSet<Uuid> =
        changes(tx, recipient).await?.into_iter().filter(is_entry).map(|change| change.entry).collect();
    for one in &record.initiatives {
        told.extend(history::of_owner(tx, one.id.0).await?.into_iter().filter(is_entry).map(|change| change.entry));
    }
    let ids = record.ratings.iter().map(|one| one.id.0);
    let ids = ids.chain(record.awards.iter().map(|one| one.id.0));
    let ids = ids.chain(record.initiatives.iter().map(|one| one.id.0));
    let ids = ids.chain(record.disciplines.iter().map(|one| one.id.0));
    let ids = ids.chain(record.holds.iter().map(|one| one.id.0));
    let ids = ids.chain(record.achievements.iter().map(|one| one.id.0));
    let ids = ids.chain(record.results.iter().map(|one| one.id.0));
    Ok(ids.filter(|id| !told.contains(id)).count())
}

fn is_entry(change: &Change) -> bool {
    change.was.is_none()
}

pub(super) async fn ratings(tx: &mut Tx, recipient: Recipient, known_on: KnownOn) -> Result<Vec<Rating>, StoreError> {
    let now = store::ratings(tx, recipient).await?;
    match Past::of(tx, recipient, known_on).await? {
        None => Ok(now),
        Some(past) => past.list("ratings", now, |one| one.id.0),
    }
}

pub(super) async fn awards(tx: &mut Tx, recipient: Recipient, known_on: KnownOn) -> Result<Vec<PastAward>, StoreError> {
    let now = store::awards(tx, recipient).await?;
    match Past::of(tx, recipient, known_on).await? {
        None => Ok(now),
        Some(past) => past.list("awards", now, |one| one.id.0),
    }
}

pub(super) async fn disciplines(
    tx: &mut Tx,
    recipient: Recipient,
    known_on: KnownOn,
) -> Result<Vec<Discipline>, StoreError> {
    let now = store::disciplines(tx, recipient).await?;
    match Past::of(tx, recipient, known_on).await? {
        None => Ok(now),
        Some(past) => past.list("discipline", now, |one| one.id.0),
    }
}

/// What a person has used initiatives for, as `code/year`.
pub(super) async fn initiative_uses(
    tx: &mut Tx,
    person: kernel::id::PersonId,
    known_on: KnownOn,
) -> Result<Vec<(InitiativeId, String)>, StoreError> {
    let now = store::initiative_uses(tx, person).await?;
    match Past::of(tx, Recipient::Person(person), known_on).await? {
        None => Ok(now),
        Some(past) => past.list("initiative_uses", now, |(id, _)| id.0),
    }
}

/// Which registers were declared complete.
pub(super) async fn completeness(tx: &mut Tx, known_on: KnownOn) -> Result<Vec<Completeness>, StoreError> {
    let now = store::completeness(tx).await?;
    let Some(day) = known_on else { return Ok(now) };
    let changes = history::of_kind(tx, "registers").await?;
    let mut stood = Vec::with_capacity(now.len());
    for one in now {
        let entry = Completeness::subject(one.register).entry;
        stood.extend(history::stood(&changes, ("registers", entry), one, day)?);
    }
    Ok(stood)
}
