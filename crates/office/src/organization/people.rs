//! Keeping people and the posts they hold.

use kernel::id::{PersonId, UnitId};
use kernel::{Date, Period, Permission};

use super::model::{Person, Post, PostId, Profile};
use super::units::{alive, find as find_unit};
use super::{OrganizationError, store};
use crate::db::{StoreError, Tx};
use crate::{Ctx, ledger};

/// A post that is about to be given.
#[derive(Debug, Clone)]
pub struct NewPost {
    /// Where.
    pub unit: UnitId,
    /// What it is called.
    pub title: String,
    /// Whether it leads the unit.
    pub leader: bool,
    /// The days on which it is held.
    pub period: Period,
}

/// Adds a person.
///
/// # Errors
/// An empty name, a staff code that somebody has.
pub async fn add(ctx: &Ctx<'_>, profile: Profile) -> Result<PersonId, OrganizationError> {
    let mut tx = ctx.begin().await?;
    let id = add_in(ctx, &mut tx, profile).await?;
    tx.commit().await?;
    Ok(id)
}

/// Adds a person inside a transaction of the caller.
///
/// # Errors
/// As [`add`].
pub async fn add_in(ctx: &Ctx<'_>, tx: &mut Tx, profile: Profile) -> Result<PersonId, OrganizationError> {
    ctx.may(Permission::ManagePeople)?;
    let person = Person { id: PersonId::new(), profile: profile.cleaned()?, version: 1 };
    code_is_free(tx, &person).await?;
    store::add_person(tx, &person).await?;
    ledger::record(tx, entry(ctx, "organization.add_person", &person)).await?;
    Ok(person.id)
}

/// Changes what is kept about a person.
///
/// # Errors
/// [`StoreError::Stale`] when somebody changed it since `version`; as [`add`].
pub async fn edit(ctx: &Ctx<'_>, id: PersonId, version: i64, profile: Profile) -> Result<(), OrganizationError> {
    let mut tx = ctx.begin().await?;
    edit_in(ctx, &mut tx, id, version, profile).await?;
    tx.commit().await?;
    Ok(())
}

/// Changes a person inside a transaction of the caller.
///
/// # Errors
/// As [`edit`].
pub async fn edit_in(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    id: PersonId,
    version: i64,
    profile: Profile,
) -> Result<(), OrganizationError> {
    ctx.may(Permission::ManagePeople)?;
    store::person(tx, id).await?.ok_or(OrganizationError::UnknownPerson(id))?;
    let person = Person { id, profile: profile.cleaned()?, version };
    code_is_free(tx, &person).await?;
    store::save_person(tx, &person).await?;
    ledger::record(tx, entry(ctx, "organization.edit_person", &person)).await?;
    Ok(())
}

/// Gives a person a post in a unit.
///
/// # Errors
/// When person or unit are not there on its first day, the unit ends before it, or the person holds a post in
/// that unit on one of its days.
pub async fn appoint(ctx: &Ctx<'_>, person: PersonId, new: NewPost) -> Result<PostId, OrganizationError> {
    let mut tx = ctx.begin().await?;
    let id = appoint_in(ctx, &mut tx, person, new).await?;
    tx.commit().await?;
    Ok(id)
}

/// Gives a post inside a transaction of the caller.
///
/// # Errors
/// As [`appoint`].
pub async fn appoint_in(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    person: PersonId,
    new: NewPost,
) -> Result<PostId, OrganizationError> {
    ctx.may(Permission::ManagePeople)?;
    store::person(tx, person).await?.ok_or(OrganizationError::UnknownPerson(person))?;
    let unit = find_unit(tx, new.unit, new.period.from).await?;
    alive(&unit, new.period.from)?;
    let period = Period::try_new(new.period.from, new.period.until)?;
    if let Some(end) = unit.period.until.filter(|end| period.until.is_none_or(|until| until > *end)) {
        return Err(OrganizationError::UnitEnded { code: unit.code, on: end });
    }
    let posts = store::posts_of(tx, person).await?;
    if let Some(held) = posts.into_iter().find(|post| post.unit == new.unit && post.period.overlaps(&period)) {
        return Err(OrganizationError::AlreadyHeld { title: held.title, period: held.period });
    }
    let NewPost { unit, title, leader, .. } = new;
    let post = Post { id: PostId::new(), person, unit, title: kernel::text::clean_line(&title), leader, period };
    store::add_post(tx, &post).await?;
    let entry = ctx.entry("organization.appoint", "person", person).set("unit", unit).set("from", period.from);
    ledger::record(tx, entry.set("leader", leader)).await?;
    Ok(post.id)
}

/// Ends a post on a day: the first day on which it is no longer held.
///
/// # Errors
/// When it is not there, has ended, or would end before it began.
pub async fn end_post(ctx: &Ctx<'_>, post: PostId, on: Date) -> Result<(), OrganizationError> {
    let mut tx = ctx.begin().await?;
    end_post_in(ctx, &mut tx, post, on).await?;
    tx.commit().await?;
    Ok(())
}

/// Ends a post inside a transaction of the caller.
///
/// # Errors
/// As [`end_post`].
pub async fn end_post_in(ctx: &Ctx<'_>, tx: &mut Tx, post: PostId, on: Date) -> Result<(), OrganizationError> {
    ctx.may(Permission::ManagePeople)?;
    let mut post = store::post(tx, post).await?.ok_or(OrganizationError::NoSuchPost)?;
    post.period = Period::try_new(post.period.from, Some(on))?;
    match store::end_post(tx, &post).await {
        Err(StoreError::Stale { .. }) => return Err(OrganizationError::NoSuchPost),
        other => other?,
    }
    ledger::record(tx, ctx.entry("organization.end_post", "person", post.person).set("on", on)).await?;
    Ok(())
}

/// Corrects what a post is called and whether it leads, without a new period.
///
/// # Errors
/// When it is not there.
pub async fn retitle_in(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    post: PostId,
    title: &str,
    leader: bool,
) -> Result<(), OrganizationError> {
    ctx.may(Permission::ManagePeople)?;
    let post = store::post(tx, post).await?.ok_or(OrganizationError::NoSuchPost)?;
    store::retitle_post(tx, post.id, &kernel::text::clean_line(title), leader).await?;
    let entry = ctx.entry("organization.retitle_post", "person", post.person).set("unit", post.unit);
    ledger::record(tx, entry.set("leader", leader)).await?;
    Ok(())
}

/// Carries a post over to another unit from a day on.
pub(super) async fn move_post(tx: &mut Tx, post: Post, into: UnitId, on: Date) -> Result<(), OrganizationError> {
    if post.period.from >= on {
        return Ok(store::move_post(tx, post.id, into).await?);
    }
    let rest =
        Post { id: PostId::new(), unit: into, period: Period { from: on, until: post.period.until }, ..post.clone() };
    store::cut_post(tx, post.id, on).await?;
    store::add_post(tx, &rest).await?;
    Ok(())
}

async fn code_is_free(tx: &mut Tx, person: &Person) -> Result<(), OrganizationError> {
    let Some(code) = &person.profile.staff_code else { return Ok(()) };
    match store::person_by_staff_code(tx, code).await? {
        Some(other) if other.id != person.id => {
            Err(OrganizationError::StaffCodeTaken { code: code.clone(), name: other.profile.name, existing: other.id })
        }
        _ => Ok(()),
    }
}

/// Names and birthdays stay out of the ledger; a digest proves later what stood there.
fn entry(ctx: &Ctx<'_>, action: &'static str, person: &Person) -> ledger::NewEntry {
    let Profile { staff_code, name, born_on, female, ethnic_group, category } = &person.profile;
    let personal = format!("{staff_code:?}\n{name}\n{born_on:?}\n{female:?}\n{ethnic_group:?}");
    ctx.entry(action, "person", person.id)
        .set("category", category.code())
        .set("digest", ctx.house.keys.digest(&personal))
}
