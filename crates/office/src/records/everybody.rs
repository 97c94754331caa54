//! The facts of all people of the Office at once: one query a register, not one a person and register.
//!
//! Each person's facts are the same as [`super::facts::sourced`] tells; a test holds the two together.

use std::collections::HashMap;

use kernel::id::PersonId;
use uuid::Uuid;

use super::facts::{Asked, Known, Sourced, about_person, leads, tell, unit_ratings};
use super::known::{self, Later};
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

/// Everybody with a post in the Office on a day, by name, told one after the other: what the registers hold
/// was read at once, but facts are made only of whom is asked for next.
pub struct Everybody {
    asked: Asked,
    known: Known,
    people: std::vec::IntoIter<Person>,
    posts: HashMap<PersonId, Vec<Post>>,
    records: HashMap<Uuid, Record>,
    uses: HashMap<PersonId, Vec<(InitiativeId, String)>>,
    of_units: HashMap<Uuid, Vec<Rating>>,
}

/// Reads everybody with a post in the Office on the day.
///
/// # Errors
/// What the store says.
pub async fn everybody(tx: &mut Tx, asked: &Asked) -> Result<Everybody, StoreError> {
    let people = organization::queries::staff(tx, asked.on).await?;
    let mut posts: HashMap<PersonId, Vec<Post>> = HashMap::new();
    for post in organization::queries::posts_from(tx, asked.on).await? {
        posts.entry(post.person).or_default().push(post);
    }
    let later = Later::than(tx, asked.known_on).await?;
    let known = Known::of(true, &known::completeness(tx, asked.known_on).await?);
    let records = records(tx, later.as_ref()).await?;
    let mut uses: HashMap<PersonId, Vec<(InitiativeId, String)>> = HashMap::new();
    for (person, used, served) in store::uses_of_people(tx).await? {
        let stood = known::then(later.as_ref(), "initiative_uses", (person.0, used.0), (used, served))?;
        uses.entry(person).or_default().extend(stood);
    }
    let mut of_units: HashMap<Uuid, Vec<Rating>> = HashMap::new();
    for rating in store::ratings_of_units(tx).await? {
        let ids = (rating.recipient.id(), rating.id.0);
        let stood = known::then(later.as_ref(), "ratings", ids, rating)?;
        of_units.entry(ids.0).or_default().extend(stood);
    }
    Ok(Everybody { asked: asked.clone(), known, people: people.into_iter(), posts, records, uses, of_units })
}

impl Iterator for Everybody {
    type Item = Told;

    fn next(&mut self) -> Option<Told> {
        let person = self.people.next()?;
        let posts = self.posts.remove(&person.id).unwrap_or_default();
        let about = about_person(&person.profile, &posts, self.asked.on);
        let record = self.records.remove(&person.id.0).unwrap_or_default();
        let uses = self.uses.get(&person.id).map(Vec::as_slice).unwrap_or_default();
        let mut sourced = tell(about, &self.known, record, uses, &self.asked);
        let led = leads(&posts, self.asked.on);
        let led = led.map(|unit| self.of_units.get(&unit.0).cloned().unwrap_or_default()).collect();
        unit_ratings(led, &self.asked, &self.known, &mut sourced);
        Some(Told { person, posts, sourced })
    }
}

/// What the registers hold of every person that stands in one.
async fn records(tx: &mut Tx, later: Option<&Later>) -> Result<HashMap<Uuid, Record>, StoreError> {
    let mut records: HashMap<Uuid, Record> = HashMap::new();
    macro_rules! take {
        ($list:expr, $kind:literal, $into:ident) => {
            for one in $list {
                let ids = (one.recipient.id(), one.id.0);
                let stood = known::then(later, $kind, ids, one)?;
                records.entry(ids.0).or_default().$into.extend(stood);
            }
        };
    }
    take!(store::ratings_of_people(tx).await?, "ratings", ratings);
    take!(store::awards_of_people(tx).await?, "awards", awards);
    take!(store::achievements_of_people(tx).await?, "achievements", achievements);
    take!(store::disciplines_of_people(tx).await?, "discipline", disciplines);
    take!(store::holds_of_people(tx).await?, "holds", holds);
    take!(store::results_of_people(tx).await?, "movement_results", results);
    for (person, one) in store::authorships(tx).await? {
        let stood = known::then(later, "initiatives", (one.id.0, one.id.0), one)?;
        records.entry(person.0).or_default().initiatives.extend(stood);
    }
    Ok(records)
}
