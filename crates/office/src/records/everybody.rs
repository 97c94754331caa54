//! The facts of all people of the Office at once: one query a register, not one a person and register.
//!
//! Each person's facts are the same as [`super::facts::sourced`] tells; a test holds the two together.

use std::collections::HashMap;

use kernel::id::PersonId;
use uuid::Uuid;

use super::facts::{Asked, Known, Sourced, about_person, leads, tell, unit_ratings};
use super::model::{InitiativeId, Rating};
use super::queries::Record;
use super::store;
use crate::db::{StoreError, Tx};
use crate::organization;
use crate::organization::model::{Person, Post};

/// One person with the facts of the day that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// The person.
    pub person: Person,
    /// The posts held on the day or later.
    pub posts: Vec<Post>,
    /// What the registers hold.
    pub sourced: Sourced,
}

/// Everybody with a post in the Office on the day, by name.
///
/// # Errors
/// What the store says.
pub async fn everybody(tx: &mut Tx, asked: &Asked) -> Result<Vec<Told>, StoreError> {
    let people = organization::queries::staff(tx, asked.on).await?;
    let mut posts: HashMap<PersonId, Vec<Post>> = HashMap::new();
    for post in organization::queries::posts_from(tx, asked.on).await? {
        posts.entry(post.person).or_default().push(post);
    }
    let known = Known::of(true, &store::completeness(tx).await?);
    let mut records = records(tx).await?;
    let mut uses: HashMap<PersonId, Vec<(InitiativeId, String)>> = HashMap::new();
    for (person, used, served) in store::uses_of_people(tx).await? {
        uses.entry(person).or_default().push((used, served));
    }
    let mut of_units: HashMap<Uuid, Vec<Rating>> = HashMap::new();
    for rating in store::ratings_of_units(tx).await? {
        of_units.entry(rating.recipient.id()).or_default().push(rating);
    }
    let told = people.into_iter().map(|person| {
        let posts = posts.remove(&person.id).unwrap_or_default();
        let about = about_person(&person.profile, &posts, asked.on);
        let record = records.remove(&person.id.0).unwrap_or_default();
        let uses = uses.get(&person.id).map(Vec::as_slice).unwrap_or_default();
        let mut sourced = tell(about, &known, record, uses, asked);
        let led = leads(&posts, asked.on).map(|unit| of_units.get(&unit.0).cloned().unwrap_or_default()).collect();
        unit_ratings(led, asked, &known, &mut sourced);
        Told { person, posts, sourced }
    });
    Ok(told.collect())
}

/// What the registers hold of every person that stands in one.
async fn records(tx: &mut Tx) -> Result<HashMap<Uuid, Record>, StoreError> {
    let mut records: HashMap<Uuid, Record> = HashMap::new();
    for one in store::ratings_of_people(tx).await? {
        records.entry(one.recipient.id()).or_default().ratings.push(one);
    }
    for one in store::awards_of_people(tx).await? {
        records.entry(one.recipient.id()).or_default().awards.push(one);
    }
    for one in store::achievements_of_people(tx).await? {
        records.entry(one.recipient.id()).or_default().achievements.push(one);
    }
    for one in store::disciplines_of_people(tx).await? {
        records.entry(one.recipient.id()).or_default().disciplines.push(one);
    }
    for one in store::holds_of_people(tx).await? {
        records.entry(one.recipient.id()).or_default().holds.push(one);
    }
    for one in store::results_of_people(tx).await? {
        records.entry(one.recipient.id()).or_default().results.push(one);
    }
    for (person, one) in store::authorships(tx).await? {
        records.entry(person.0).or_default().initiatives.push(one);
    }
    Ok(records)
}
