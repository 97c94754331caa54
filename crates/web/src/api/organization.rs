//! Units and people.

use kernel::id::{PersonId, UnitId};
use kernel::{Date, Permission};
use office::organization::model::{Person, Post, UnitView};
use office::organization::queries::{self, Filter, Place};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Operation;
use super::answer::{Given, give, give_version};
use super::asked::{Asked, Of};
use super::page::{List, Paging, bad_cursor};
use crate::doors::{Doors, Need};
use crate::here::Here;
use crate::organization::refusal;
use crate::page::Refusal;

/// The doors of this file.
pub fn doors(doors: Doors) -> Doors {
    let read = Need::May(Permission::ReadPeople);
    let list = Operation::get("/api/v1/units", read, "Các đơn vị, theo tên của một ngày");
    let many = Operation::get("/api/v1/people", read, "Cán bộ, công chức, theo tên");
    let one = Operation::get("/api/v1/people/{person}", read, "Một người và các vị trí công tác");
    doors
        .api(list.asks::<OnDay>().gives::<List<Unit>>(), units)
        .api(many.asks::<PeopleAsked>().gives::<List<OnePerson>>(), people)
        .api(one.gives::<OnePerson>().versioned(), person)
}

/// A day whose state is asked for.
#[derive(Deserialize, JsonSchema)]
struct OnDay {
    /// Today when left out.
    on: Option<Date>,
}

/// A unit.
#[derive(Serialize, JsonSchema)]
struct Unit {
    id: Uuid,
    code: String,
    /// The name on the day asked for.
    name: String,
    /// `office`, `division`, `subordinate` or `agency`.
    kind: &'static str,
    from: Date,
    /// The first day on which it does not exist any more.
    until: Option<Date>,
    merged_into: Option<Uuid>,
}

impl From<UnitView> for Unit {
    fn from(unit: UnitView) -> Self {
        Self {
            id: unit.id.0,
            code: unit.code,
            name: unit.name,
            kind: unit.kind.code(),
            from: unit.period.from,
            until: unit.period.until,
            merged_into: unit.merged_into.map(|into| into.0),
        }
    }
}

/// A person.
#[derive(Serialize, JsonSchema)]
struct OnePerson {
    id: Uuid,
    staff_code: Option<String>,
    name: String,
    category: &'static str,
    /// The posts: in a list the one held on the day, on a person's own page all of them.
    posts: Vec<OnePost>,
}

/// A post.
#[derive(Serialize, JsonSchema)]
struct OnePost {
    unit: Uuid,
    title: String,
    leader: bool,
    from: Date,
    until: Option<Date>,
}

impl OnePerson {
    fn new(person: Person, posts: impl IntoIterator<Item = Post>) -> Self {
        let post = |one: Post| OnePost {
            unit: one.unit.0,
            title: one.title,
            leader: one.leader,
            from: one.period.from,
            until: one.period.until,
        };
        Self {
            id: person.id.0,
            staff_code: person.profile.staff_code,
            name: person.profile.name,
            category: person.profile.category.code(),
            posts: posts.into_iter().map(post).collect(),
        }
    }
}

async fn units(here: Here, Asked(asked): Asked<OnDay>) -> Given {
    let ctx = here.ctx();
    let mut tx = ctx.read().await.map_err(|error| Refusal::store(&error))?;
    let found = queries::units(&mut tx, asked.on.unwrap_or_else(|| ctx.today())).await;
    let items = found.map_err(|error| Refusal::store(&error))?.into_iter().map(Unit::from).collect();
    give(&List { items, next: None })
}

/// Which people are asked for.
#[derive(Deserialize, JsonSchema)]
struct PeopleAsked {
    /// Those with a post in this unit.
    unit: Option<Uuid>,
    /// Those whose name holds this, with or without diacritics, or who have this staff code.
    #[serde(default)]
    text: String,
    /// The cursor from `next` of the page before.
    #[serde(default)]
    cursor: String,
    /// How many lines at most: 1 to 200, 50 when left out.
    limit: Option<usize>,
}

async fn people(here: Here, Asked(asked): Asked<PeopleAsked>) -> Given {
    let ctx = here.ctx();
    let paging = Paging { cursor: asked.cursor, limit: asked.limit };
    let limit = paging.limit()?;
    let place = match paging.after()? {
        None => Place::beginning(),
        Some(key) => {
            let (id, key) = key.split_once(' ').ok_or_else(bad_cursor)?;
            Place { key: key.to_owned(), id: id.parse().map_err(|_| bad_cursor())? }
        }
    };
    let filter = Filter { unit: asked.unit.map(UnitId), text: asked.text, day: ctx.today() };
    let lines = queries::people(&ctx, &filter, &place, limit + 1).await.map_err(refusal)?;
    let keys = List::of(lines, limit, |line| {
        let place = Place::after(&line.person);
        format!("{} {}", place.id, place.key)
    });
    let items = keys.items.into_iter().map(|line| OnePerson::new(line.person, line.post)).collect();
    give(&List { items, next: keys.next })
}

async fn person(here: Here, Of(id): Of<PersonId>) -> Given {
    let (person, posts) = queries::card(&here.ctx(), id).await.map_err(refusal)?;
    let version = person.version;
    give_version(&OnePerson::new(person, posts), version)
}
