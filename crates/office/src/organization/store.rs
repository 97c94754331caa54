//! Rows of units, people, posts and enterprises.

use kernel::id::{PersonId, UnitId};
use kernel::text::{Wanted, name_sort_key, search_key, sort_key};
use kernel::{Date, Period};

use super::model::{
    Category, Enterprise, EnterpriseEntry, EnterpriseId, EnterpriseKind, Person, Post, PostId, Profile, Recipient,
    UnitKind, UnitName, UnitView,
};
use super::outsiders::{Outsider, OutsiderEntry};
use super::queries::{Filter, Member, PersonLine, Place};
use crate::db::{Row, StoreError, Tx};
use crate::{sql, values};

impl Row {
    /// Whom a row is about: its columns `subject` and `subject_id`.
    ///
    /// # Errors
    /// When they name nobody.
    pub fn recipient(&self) -> Result<Recipient, StoreError> {
        let (kind, id) = (self.text("subject")?, self.id("subject_id")?);
        Recipient::from_columns(&kind, id).ok_or(StoreError::Nonsense { table: "?", column: "subject", what: kind })
    }
}

pub async fn add_unit(tx: &mut Tx, unit: &UnitView) -> Result<(), StoreError> {
    let UnitView { id, code, kind, period, merged_into, position, version, .. } = unit;
    let values = values![*id, code, *kind, period.from, period.until, *merged_into, *position, *version];
    tx.run(sql!("add_unit"), values).await?;
    Ok(())
}

pub async fn save_unit(tx: &mut Tx, unit: &UnitView) -> Result<(), StoreError> {
    let UnitView { id, kind, period, merged_into, position, version, .. } = unit;
    let values = values![*id, *version, *kind, period.until, *merged_into, *position];
    tx.run_fresh("units", sql!("save_unit"), values).await
}

pub async fn add_unit_name(tx: &mut Tx, unit: UnitId, name: &UnitName) -> Result<(), StoreError> {
    let UnitName { from, name, document } = name;
    let values = values![unit, *from, name, search_key(name), sort_key(name), document.clone()];
    tx.run(sql!("add_unit_name"), values).await?;
    Ok(())
}

pub async fn units(tx: &mut Tx, day: Date) -> Result<Vec<UnitView>, StoreError> {
    tx.all(sql!("units"), values![day]).await?.iter().map(unit_view).collect()
}

pub async fn unit(tx: &mut Tx, id: UnitId, day: Date) -> Result<Option<UnitView>, StoreError> {
    tx.first(sql!("unit"), values![id, day]).await?.as_ref().map(unit_view).transpose()
}

pub async fn unit_by_code(tx: &mut Tx, code: &str, day: Date) -> Result<Option<UnitView>, StoreError> {
    tx.first(sql!("unit_by_code"), values![code, day]).await?.as_ref().map(unit_view).transpose()
}

pub async fn unit_names(tx: &mut Tx, unit: UnitId) -> Result<Vec<UnitName>, StoreError> {
    let rows = tx.all(sql!("unit_names"), values![unit]).await?;
    rows.iter()
        .map(|row| {
            let (from, name, document) = (row.day("from_on")?, row.text("name")?, row.text_or_none("document")?);
            Ok(UnitName { from, name, document })
        })
        .collect()
}

pub async fn add_person(tx: &mut Tx, person: &Person) -> Result<(), StoreError> {
    let Profile { staff_code, name, born_on, female, ethnic_group, category } = &person.profile;
    let values = values![
        person.id,
        staff_code.clone(),
        name,
        search_key(name),
        name_sort_key(name),
        *born_on,
        *female,
        ethnic_group.clone(),
        *category,
        person.version,
    ];
    tx.run(sql!("add_person"), values).await?;
    Ok(())
}

pub async fn save_person(tx: &mut Tx, person: &Person) -> Result<(), StoreError> {
    let Profile { staff_code, name, born_on, female, ethnic_group, category } = &person.profile;
    let values = values![
        person.id,
        person.version,
        staff_code.clone(),
        name,
        search_key(name),
        name_sort_key(name),
        *born_on,
        *female,
        ethnic_group.clone(),
        *category,
    ];
    tx.run_fresh("people", sql!("save_person"), values).await
}

pub async fn person(tx: &mut Tx, id: PersonId) -> Result<Option<Person>, StoreError> {
    tx.first(sql!("person"), values![id]).await?.as_ref().map(person_of).transpose()
}

pub async fn person_by_staff_code(tx: &mut Tx, code: &str) -> Result<Option<Person>, StoreError> {
    tx.first(sql!("person_by_staff_code"), values![code]).await?.as_ref().map(person_of).transpose()
}

pub async fn people(
    tx: &mut Tx,
    unit: Option<UnitId>,
    filter: &Filter,
    after: &Place,
    limit: usize,
) -> Result<Vec<PersonLine>, StoreError> {
    let code = super::model::code(&filter.text);
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let [first, second, third, rest] = Wanted::of(&filter.text).patterns();
    let values = values![filter.day, unit, first, code, &after.key, after.id, limit, second, third, rest];
    let rows = tx.all(sql!("people"), values).await?;
    rows.iter()
        .map(|row| {
            let post = row.id_or_none("post")?.map(|_| post_of(row)).transpose()?;
            let (unit_code, unit_name) = (row.text_or_none("unit_code")?, row.text_or_none("unit_name")?);
            Ok(PersonLine { person: person_of(row)?, post, unit_code, unit_name })
        })
        .collect()
}

/// Everybody who has a staff code.
pub async fn staff(tx: &mut Tx) -> Result<Vec<Person>, StoreError> {
    tx.all(sql!("staff"), values![]).await?.iter().map(person_of).collect()
}

pub async fn add_outsider(tx: &mut Tx, outsider: &Outsider) -> Result<(), StoreError> {
    tx.run(sql!("add_outsider"), values_of(outsider)).await?;
    Ok(())
}

/// Saves what is kept of an outsider besides the name, which [`save_person`] saves with the version.
pub async fn save_outsider(tx: &mut Tx, outsider: &Outsider) -> Result<(), StoreError> {
    tx.run(sql!("save_outsider"), values_of(outsider)).await?;
    Ok(())
}

fn values_of(outsider: &Outsider) -> Vec<crate::db::Value> {
    let OutsiderEntry { born_year, occupation, place, .. } = &outsider.entry;
    values![outsider.id, born_year.map(i64::from), occupation, place]
}

pub async fn outsider(tx: &mut Tx, id: PersonId) -> Result<Option<Outsider>, StoreError> {
    tx.first(sql!("outsider"), values![id]).await?.as_ref().map(outsider_of).transpose()
}

/// Those of a name, whatever its diacritics.
pub async fn outsiders_named(tx: &mut Tx, name: &str) -> Result<Vec<Outsider>, StoreError> {
    tx.all(sql!("outsiders_named"), values![search_key(name)]).await?.iter().map(outsider_of).collect()
}

/// Those who hold no post in the Office on a day and whose name has what was typed, by name.
pub async fn outsiders(tx: &mut Tx, day: Date, text: &str, limit: i64) -> Result<Vec<Outsider>, StoreError> {
    let [first, second, third, rest] = Wanted::of(text).patterns();
    let rows = tx.all(sql!("outsiders"), values![day, first, second, third, rest, limit]).await?;
    rows.iter().map(outsider_of).collect()
}

fn outsider_of(row: &Row) -> Result<Outsider, StoreError> {
    let nonsense = |year: i64| StoreError::Nonsense { table: "outsiders", column: "born_year", what: year.to_string() };
    let born_year = row.int_or_none("born_year")?;
    let entry = OutsiderEntry {
        name: row.text("name")?,
        born_year: born_year.map(|year| i16::try_from(year).map_err(|_| nonsense(year))).transpose()?,
        occupation: row.text("occupation")?,
        place: row.text("place")?,
    };
    Ok(Outsider { id: PersonId(row.id("person")?), entry, version: row.int("version")? })
}

pub async fn members(tx: &mut Tx, unit: UnitId, day: Date) -> Result<Vec<Member>, StoreError> {
    tx.all(sql!("members"), values![unit, day]).await?.iter().map(member_of).collect()
}

pub async fn members_of_office(tx: &mut Tx, day: Date) -> Result<Vec<Member>, StoreError> {
    tx.all(sql!("members_of_office"), values![day]).await?.iter().map(member_of).collect()
}

fn member_of(row: &Row) -> Result<Member, StoreError> {
    Ok(Member { person: person_of(row)?, post: post_of(row)? })
}

pub async fn add_post(tx: &mut Tx, post: &Post) -> Result<(), StoreError> {
    let Post { id, person, unit, title, leader, period } = post;
    tx.run(sql!("add_post"), values![*id, *person, *unit, title, *leader, period.from, period.until]).await?;
    Ok(())
}

/// Ends a post that has no end yet, or a later one.
pub async fn end_post(tx: &mut Tx, post: &Post) -> Result<(), StoreError> {
    tx.run_fresh("posts", sql!("end_post"), values![post.id, post.period.until]).await
}

pub async fn cut_post(tx: &mut Tx, post: PostId, on: Date) -> Result<(), StoreError> {
    tx.run_fresh("posts", sql!("end_post"), values![post, on]).await
}

pub async fn move_post(tx: &mut Tx, post: PostId, unit: UnitId) -> Result<(), StoreError> {
    tx.run_fresh("posts", sql!("move_post"), values![post, unit]).await
}

pub async fn retitle_post(tx: &mut Tx, post: PostId, title: &str, leader: bool) -> Result<(), StoreError> {
    tx.run_fresh("posts", sql!("retitle_post"), values![post, title, leader]).await
}

pub async fn post(tx: &mut Tx, id: PostId) -> Result<Option<Post>, StoreError> {
    tx.first(sql!("post"), values![id]).await?.as_ref().map(post_of).transpose()
}

pub async fn posts_of(tx: &mut Tx, person: PersonId) -> Result<Vec<Post>, StoreError> {
    tx.all(sql!("posts_of"), values![person]).await?.iter().map(post_of).collect()
}

/// All posts that are held on a day or begin later, of each person the oldest first.
pub async fn posts_from(tx: &mut Tx, day: Date) -> Result<Vec<Post>, StoreError> {
    tx.all(sql!("posts_from"), values![day]).await?.iter().map(post_of).collect()
}

/// The posts in a unit that are held on a day or begin later.
pub async fn posts_of_unit_from(tx: &mut Tx, unit: UnitId, day: Date) -> Result<Vec<Post>, StoreError> {
    tx.all(sql!("posts_of_unit_from"), values![unit, day]).await?.iter().map(post_of).collect()
}

pub async fn add_enterprise(tx: &mut Tx, enterprise: &Enterprise) -> Result<(), StoreError> {
    let EnterpriseEntry { tax_code, name, kind, commune } = &enterprise.entry;
    let values = values![
        enterprise.id,
        tax_code.clone(),
        name,
        search_key(name),
        sort_key(name),
        *kind,
        commune.clone(),
        enterprise.version,
    ];
    tx.run(sql!("add_enterprise"), values).await?;
    Ok(())
}

pub async fn save_enterprise(tx: &mut Tx, enterprise: &Enterprise) -> Result<(), StoreError> {
    let EnterpriseEntry { tax_code, name, kind, commune } = &enterprise.entry;
    let values = values![
        enterprise.id,
        enterprise.version,
        tax_code.clone(),
        name,
        search_key(name),
        sort_key(name),
        *kind,
        commune.clone(),
    ];
    tx.run_fresh("enterprises", sql!("save_enterprise"), values).await
}

pub async fn enterprise(tx: &mut Tx, id: EnterpriseId) -> Result<Option<Enterprise>, StoreError> {
    tx.first(sql!("enterprise"), values![id]).await?.as_ref().map(enterprise_of).transpose()
}

pub async fn enterprise_by_tax_code(tx: &mut Tx, tax_code: &str) -> Result<Option<Enterprise>, StoreError> {
    tx.first(sql!("enterprise_by_tax_code"), values![tax_code]).await?.as_ref().map(enterprise_of).transpose()
}

/// The entries that were merged into one.
pub async fn doubles(tx: &mut Tx, id: EnterpriseId) -> Result<Vec<Enterprise>, StoreError> {
    tx.all(sql!("doubles"), values![id]).await?.iter().map(enterprise_of).collect()
}

/// Counts a change of what hangs on a row.
pub async fn touch_enterprise(tx: &mut Tx, id: EnterpriseId, version: i64) -> Result<(), StoreError> {
    tx.run_fresh("enterprises", sql!("touch_enterprise"), values![id, version]).await
}

/// Merges a row into another one, or takes it out again.
pub async fn merge_enterprise(
    tx: &mut Tx,
    (id, version): (EnterpriseId, i64),
    into: Option<EnterpriseId>,
) -> Result<(), StoreError> {
    tx.run_fresh("enterprises", sql!("merge_enterprise"), values![id, version, into.map(|one| one.0)]).await
}

fn period(row: &Row) -> Result<Period, StoreError> {
    Ok(Period { from: row.day("from_on")?, until: row.day_or_none("until_on")? })
}

fn unit_view(row: &Row) -> Result<UnitView, StoreError> {
    Ok(UnitView {
        id: UnitId(row.id("id")?),
        code: row.text("code")?,
        name: row.text("name")?,
        kind: row.word("units", "kind", UnitKind::from_code)?,
        period: period(row)?,
        merged_into: row.id_or_none("merged_into")?.map(UnitId),
        position: row.int("position")?,
        version: row.int("version")?,
    })
}

fn person_of(row: &Row) -> Result<Person, StoreError> {
    let profile = Profile {
        staff_code: row.text_or_none("staff_code")?,
        name: row.text("name")?,
        born_on: row.day_or_none("born_on")?,
        female: row.bool_or_none("female")?,
        ethnic_group: row.text_or_none("ethnic_group")?,
        category: row.word("people", "category", Category::from_code)?,
    };
    Ok(Person { id: PersonId(row.id("person")?), profile, version: row.int("version")? })
}

fn post_of(row: &Row) -> Result<Post, StoreError> {
    Ok(Post {
        id: PostId(row.id("post")?),
        person: PersonId(row.id("person")?),
        unit: UnitId(row.id("unit")?),
        title: row.text("title")?,
        leader: row.bool("leader")?,
        period: period(row)?,
    })
}

pub(super) fn enterprise_of(row: &Row) -> Result<Enterprise, StoreError> {
    let entry = EnterpriseEntry {
        tax_code: row.text_or_none("tax_code")?,
        name: row.text("name")?,
        kind: row.word("enterprises", "kind", EnterpriseKind::from_code)?,
        commune: row.text_or_none("commune")?,
    };
    let merged_into = row.id_or_none("merged_into")?.map(EnterpriseId);
    Ok(Enterprise { id: EnterpriseId(row.id("id")?), entry, merged_into, version: row.int("version")? })
}
