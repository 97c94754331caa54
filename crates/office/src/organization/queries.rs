//! Lists and details: for other rooms inside their transaction, and for pages with what the actor may see.

use kernel::id::{PersonId, UnitId};
use kernel::{Date, Permission};
use serde::Serialize;

use super::model::{Enterprise, EnterpriseId, Person, Post, Recipient, UnitKind, UnitName, UnitView, code};
use super::outsiders::Outsider;
use super::{OrganizationError, store};
use crate::Ctx;
use crate::db::{StoreError, Tx};

/// A member of a unit: the person and the post held there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Member {
    /// The person.
    pub person: Person,
    /// The post on the day asked for.
    pub post: Post,
}

/// A line of the list of people: the person, with the oldest post held on the day and its unit's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PersonLine {
    /// The person.
    pub person: Person,
    /// The post, when one is held on that day.
    pub post: Option<Post>,
    /// The code of its unit.
    pub unit_code: Option<String>,
    /// The name of its unit on that day.
    pub unit_name: Option<String>,
}

/// Which people are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// Those with a post in this unit.
    pub unit: Option<UnitId>,
    /// Those whose name holds this, with or without diacritics, or who have this staff code.
    pub text: String,
    /// The day on which posts and names are read.
    pub day: Date,
}

/// The place in a list after which the next page begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The sort key of the last line.
    pub key: String,
    /// Its id.
    pub id: uuid::Uuid,
}

impl Place {
    /// Before the first line.
    #[must_use]
    pub fn beginning() -> Self {
        Self { key: String::new(), id: uuid::Uuid::nil() }
    }

    /// After this person.
    #[must_use]
    pub fn after(person: &Person) -> Self {
        Self { key: kernel::text::name_sort_key(&person.profile.name), id: person.id.0 }
    }
}

impl Recipient {
    /// The name of the recipient on a day.
    ///
    /// # Errors
    /// What the store says; likewise for the other questions of this file.
    pub async fn name(self, tx: &mut Tx, day: Date) -> Result<Option<String>, StoreError> {
        Ok(match self {
            Self::Person(id) => store::person(tx, id).await?.map(|person| person.profile.name),
            Self::Unit(id) => store::unit(tx, id, day).await?.map(|unit| unit.name),
            Self::Enterprise(id) => store::enterprise(tx, id).await?.map(|enterprise| enterprise.entry.name),
        })
    }
}

/// The units that exist on a day, in their order.
///
/// # Errors
/// What the store says.
pub async fn units(tx: &mut Tx, day: Date) -> Result<Vec<UnitView>, StoreError> {
    store::units(tx, day).await
}

/// A unit with the name it bears on a day, whether it exists then or not.
///
/// # Errors
/// What the store says.
pub async fn unit(tx: &mut Tx, id: UnitId, day: Date) -> Result<Option<UnitView>, StoreError> {
    store::unit(tx, id, day).await
}

/// A unit by its code.
///
/// # Errors
/// What the store says.
pub async fn unit_by_code(tx: &mut Tx, unit: &str, day: Date) -> Result<Option<UnitView>, StoreError> {
    match code(unit) {
        Some(unit) => store::unit_by_code(tx, &unit, day).await,
        None => Ok(None),
    }
}

/// All names a unit has borne and will bear, oldest first.
///
/// # Errors
/// What the store says.
pub async fn unit_names(tx: &mut Tx, id: UnitId) -> Result<Vec<UnitName>, StoreError> {
    store::unit_names(tx, id).await
}

/// A person.
///
/// # Errors
/// What the store says.
pub async fn person(tx: &mut Tx, id: PersonId) -> Result<Option<Person>, StoreError> {
    store::person(tx, id).await
}

/// A person by the staff code.
///
/// # Errors
/// What the store says.
pub async fn person_by_staff_code(tx: &mut Tx, staff_code: &str) -> Result<Option<Person>, StoreError> {
    match code(staff_code) {
        Some(staff_code) => store::person_by_staff_code(tx, &staff_code).await,
        None => Ok(None),
    }
}

/// What a person is on a day: what stands under the name on papers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Station {
    /// The title of the post; of a person outside the Office what they do and where.
    pub title: String,
    /// The unit of the post.
    pub unit: Option<UnitId>,
    /// Whether the person leads a unit, in this post or in another one of the day.
    pub leader: bool,
}

/// What a person is on a day: the post that is held, the one held longest when there are several; of a person outside
/// the Office without any what the register of such people says.
///
/// # Errors
/// What the store says.
pub async fn post_of(tx: &mut Tx, person: PersonId, day: Date) -> Result<Option<Station>, StoreError> {
    let posts: Vec<Post> = posts_of(tx, person).await?.into_iter().filter(|post| post.period.contains(day)).collect();
    let leader = posts.iter().any(|post| post.leader);
    if let Some(post) = posts.into_iter().next() {
        return Ok(Some(Station { title: post.title, unit: Some(post.unit), leader }));
    }
    let outsider = store::outsider(tx, person).await?;
    Ok(outsider.map(|one| Station { title: one.entry.title(), unit: None, leader: false }))
}

/// A person outside the Office on a day; none for anybody else, also for whoever came to the Office since.
///
/// # Errors
/// What the store says.
pub async fn outsider(tx: &mut Tx, person: PersonId, day: Date) -> Result<Option<Outsider>, StoreError> {
    match store::outsider(tx, person).await? {
        Some(found) if !is_of_the_office(tx, person, day).await? => Ok(Some(found)),
        _ => Ok(None),
    }
}

/// All posts of a person, oldest first.
///
/// # Errors
/// What the store says.
pub async fn posts_of(tx: &mut Tx, person: PersonId) -> Result<Vec<Post>, StoreError> {
    store::posts_of(tx, person).await
}

/// The people of a unit on a day, leaders first, then by name. The members of the Office itself are the
/// people of all its divisions and subordinate units. Each person stands once.
///
/// # Errors
/// What the store says.
pub async fn members(tx: &mut Tx, unit: UnitId, day: Date) -> Result<Vec<Member>, StoreError> {
    let whole = store::unit(tx, unit, day).await?.is_some_and(|unit| unit.kind == UnitKind::Office);
    let mut members =
        if whole { store::members_of_office(tx, day).await? } else { store::members(tx, unit, day).await? };
    let mut seen = std::collections::BTreeSet::new();
    members.retain(|member| seen.insert(member.person.id));
    Ok(members)
}

/// Everybody with a post in the Office on a day, each once, by name.
///
/// # Errors
/// What the store says.
pub async fn staff(tx: &mut Tx, day: Date) -> Result<Vec<Person>, StoreError> {
    let members = store::members_of_office(tx, day).await?;
    let mut people: Vec<Person> = members.into_iter().map(|member| member.person).collect();
    people.sort_by_cached_key(|person| (kernel::text::name_sort_key(&person.profile.name), person.id));
    people.dedup_by_key(|person| person.id);
    Ok(people)
}

/// All posts that are held on a day or begin later.
///
/// # Errors
/// What the store says.
pub async fn posts_from(tx: &mut Tx, day: Date) -> Result<Vec<Post>, StoreError> {
    store::posts_from(tx, day).await
}

/// Whether a person holds a post in the Office on a day: its own units, not other agencies.
///
/// # Errors
/// What the store says.
pub async fn is_of_the_office(tx: &mut Tx, person: PersonId, day: Date) -> Result<bool, StoreError> {
    for post in posts_of(tx, person).await?.into_iter().filter(|post| post.period.contains(day)) {
        if store::unit(tx, post.unit, day).await?.is_some_and(|unit| unit.kind != UnitKind::Agency) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// An enterprise.
///
/// # Errors
/// What the store says.
pub async fn enterprise(tx: &mut Tx, id: EnterpriseId) -> Result<Option<Enterprise>, StoreError> {
    store::enterprise(tx, id).await
}

/// An enterprise by its tax code, however it is spaced; of a merged double the entry that stands for it.
///
/// # Errors
/// What the store says.
pub async fn enterprise_by_tax_code(tx: &mut Tx, tax_code: &str) -> Result<Option<Enterprise>, StoreError> {
    let Some(tax_code) = super::model::tax_code(tax_code) else { return Ok(None) };
    match store::enterprise_by_tax_code(tx, &tax_code).await? {
        Some(Enterprise { merged_into: Some(stays), .. }) => store::enterprise(tx, stays).await,
        found => Ok(found),
    }
}

/// The entries that were merged into one, oldest first.
///
/// # Errors
/// What the store says.
pub async fn doubles(tx: &mut Tx, id: EnterpriseId) -> Result<Vec<Enterprise>, StoreError> {
    store::doubles(tx, id).await
}

/// Under which ids things hang that belong to a recipient: its own, and of an enterprise those of its doubles.
///
/// # Errors
/// What the store says.
pub async fn owners(tx: &mut Tx, recipient: Recipient) -> Result<Vec<uuid::Uuid>, StoreError> {
    let mut owners = vec![recipient.id()];
    if let Recipient::Enterprise(id) = recipient {
        owners.extend(store::doubles(tx, id).await?.into_iter().map(|one| one.id.0));
    }
    Ok(owners)
}

/// Reads the row of an enterprise out of a larger one, for the room that keeps the rest of it.
///
/// # Errors
/// A row that makes no sense.
pub fn enterprise_of(row: &crate::db::Row) -> Result<Enterprise, StoreError> {
    store::enterprise_of(row)
}

/// People that fit, by name, after a place: those of the units for which the actor may read people. Not among them
/// are those outside the Office who hold no post on the day.
///
/// # Errors
/// When the actor may read none.
pub async fn people(
    ctx: &Ctx<'_>,
    filter: &Filter,
    after: &Place,
    limit: usize,
) -> Result<Vec<PersonLine>, OrganizationError> {
    people_in(ctx, &mut ctx.read().await?, filter, after, limit).await
}

/// As [`people`], within a transaction.
///
/// # Errors
/// When the actor may read none.
pub async fn people_in(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    filter: &Filter,
    after: &Place,
    limit: usize,
) -> Result<Vec<PersonLine>, OrganizationError> {
    ctx.may(Permission::ReadPeople)?;
    let allowed = ctx.actor.units_for(Permission::ReadPeople, ctx.today());
    let asked: Vec<Option<UnitId>> = match (allowed, filter.unit) {
        (None, unit) => vec![unit],
        (Some(own), Some(unit)) => own.into_iter().filter(|own| *own == unit).map(Some).collect(),
        (Some(own), None) => own.into_iter().map(Some).collect(),
    };
    // Of one unit they come sorted; keys of names are dear.
    let several = asked.len() > 1;
    let mut found = Vec::new();
    for unit in asked {
        found.extend(store::people(tx, unit, filter, after, limit).await?);
    }
    if several {
        found.sort_by_cached_key(|line| (Place::after(&line.person).key, line.person.id));
    }
    found.dedup_by_key(|line| line.person.id);
    found.truncate(limit);
    Ok(found)
}

/// A person with all posts, for the person's page: for those who may read people of one of the units
/// where the person is today, and for the person; of a person outside the Office for all who may read people.
///
/// # Errors
/// [`OrganizationError::UnknownPerson`] also when the actor may not know of the person.
pub async fn card(ctx: &Ctx<'_>, id: PersonId) -> Result<(Person, Vec<Post>), OrganizationError> {
    let mut tx = ctx.read().await?;
    let person = store::person(&mut tx, id).await?.ok_or(OrganizationError::UnknownPerson(id))?;
    let posts = store::posts_of(&mut tx, id).await?;
    let outside = outsider(&mut tx, id, ctx.today()).await?.is_some();
    if may_see(ctx, id, &posts, outside) { Ok((person, posts)) } else { Err(OrganizationError::UnknownPerson(id)) }
}

/// Whether the actor may see the record of a recipient: one's own; a unit's head that of the unit and its
/// people of today; of a person outside the Office whoever may read people; others by their grants.
///
/// # Errors
/// What the store says.
pub async fn may_see_recipient(ctx: &Ctx<'_>, tx: &mut Tx, recipient: Recipient) -> Result<bool, StoreError> {
    Ok(match recipient {
        Recipient::Person(id) => {
            let posts = store::posts_of(tx, id).await?;
            let outside = outsider(tx, id, ctx.today()).await?.is_some();
            may_see(ctx, id, &posts, outside)
        }
        Recipient::Unit(id) => ctx.may_in(Permission::ReadPeople, id).is_ok(),
        Recipient::Enterprise(_) => ctx.may(Permission::ReadPeople).is_ok(),
    })
}

fn may_see(ctx: &Ctx<'_>, person: PersonId, posts: &[Post], outside: bool) -> bool {
    let today = ctx.today();
    if outside && ctx.may(Permission::ReadPeople).is_ok() {
        return true;
    }
    match ctx.actor.units_for(Permission::ReadPeople, today) {
        None => true,
        Some(units) => {
            ctx.actor.person == Some(person)
                || posts.iter().any(|post| post.period.contains(today) && units.contains(&post.unit))
        }
    }
}
