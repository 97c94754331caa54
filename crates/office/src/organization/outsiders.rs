//! People outside the Office who may be nominated: an entrepreneur, a farmer, an official of another body.
//!
//! They stand among the people with an id of their own, so that record, nomination and decision treat them like
//! anybody else, but hold no post in a unit of the Office and have no staff code. What tells them from others of the
//! same name is the year of birth, what they do and where. They are no members of any unit and not on the list of
//! staff; any unit may nominate them. Whoever is appointed in the Office later is its staff from that day on.

use kernel::id::PersonId;
use kernel::text::{clean_line, fold_person_name, search_key};
use kernel::{Date, Permission};
use serde::Serialize;

use super::model::{Category, Person, Profile};
use super::{OrganizationError, queries, store};
use crate::db::Tx;
use crate::{Ctx, ledger};

/// How old a person may be at most when entered, in years: a typing error otherwise.
const OLDEST: i16 = 120;

/// A person outside the Office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outsider {
    /// The person's id.
    pub id: PersonId,
    /// What is kept.
    #[serde(flatten)]
    pub entry: OutsiderEntry,
    /// Counts changes, against concurrent edits.
    pub version: i64,
}

/// What is kept about a person outside the Office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutsiderEntry {
    /// The name.
    pub name: String,
    /// The year of birth, where known.
    pub born_year: Option<i16>,
    /// What the person does or is: `Nông dân`, `Giám đốc Hợp tác xã Chiềng Xôm`.
    pub occupation: String,
    /// Where the person lives or works: `bản Bó, phường Chiềng Sinh`.
    pub place: String,
}

impl OutsiderEntry {
    /// What stands under the name on papers, in the place of a post.
    #[must_use]
    pub fn title(&self) -> String {
        format!("{}, {}", self.occupation, self.place)
    }

    /// The name with what tells it from others, for lists from which one person is chosen.
    #[must_use]
    pub fn told_apart(&self) -> String {
        match self.born_year {
            Some(year) => format!("{} (sinh năm {year}; {})", self.name, self.title()),
            None => format!("{} ({})", self.name, self.title()),
        }
    }

    /// The entry as it may be stored.
    fn cleaned(self, today: Date) -> Result<Self, OrganizationError> {
        let name = fold_person_name(&self.name);
        if name.is_empty() {
            return Err(OrganizationError::NameMissing);
        }
        if let Some(year) = self.born_year.filter(|year| !(today.year() - OLDEST..=today.year()).contains(year)) {
            return Err(OrganizationError::OddBirthYear { year });
        }
        let (occupation, place) = (clean_line(&self.occupation), clean_line(&self.place));
        if occupation.is_empty() || place.is_empty() {
            return Err(OrganizationError::NotToldApart);
        }
        Ok(Self { name, born_year: self.born_year, occupation, place })
    }
}

/// Adds a person outside the Office.
///
/// # Errors
/// An entry without name, occupation or place, an impossible year, the same person entered before.
pub async fn add(ctx: &Ctx<'_>, entry: OutsiderEntry) -> Result<PersonId, OrganizationError> {
    ctx.may(Permission::ManagePeople)?;
    let mut tx = ctx.begin().await?;
    let outsider = Outsider { id: PersonId::new(), entry: entry.cleaned(ctx.today())?, version: 1 };
    is_new(&mut tx, &outsider).await?;
    let profile = Profile {
        staff_code: None,
        name: outsider.entry.name.clone(),
        born_on: None,
        female: None,
        ethnic_group: None,
        category: Category::Other,
    };
    store::add_person(&mut tx, &Person { id: outsider.id, profile, version: outsider.version }).await?;
    store::add_outsider(&mut tx, &outsider).await?;
    ledger::record(&mut tx, recorded(ctx, "organization.add_outsider", &outsider)).await?;
    tx.commit().await?;
    Ok(outsider.id)
}

/// Changes what is kept about a person outside the Office.
///
/// # Errors
/// [`crate::StoreError::Stale`] when somebody changed it since `version`; as [`add`].
pub async fn edit(ctx: &Ctx<'_>, id: PersonId, version: i64, entry: OutsiderEntry) -> Result<(), OrganizationError> {
    ctx.may(Permission::ManagePeople)?;
    let mut tx = ctx.begin().await?;
    let unknown = OrganizationError::UnknownPerson(id);
    queries::outsider(&mut tx, id, ctx.today()).await?.ok_or(unknown)?;
    let kept = store::person(&mut tx, id).await?.ok_or(OrganizationError::UnknownPerson(id))?;
    let outsider = Outsider { id, entry: entry.cleaned(ctx.today())?, version };
    is_new(&mut tx, &outsider).await?;
    let profile = Profile { name: outsider.entry.name.clone(), ..kept.profile };
    store::save_person(&mut tx, &Person { id, profile, version }).await?;
    store::save_outsider(&mut tx, &outsider).await?;
    ledger::record(&mut tx, recorded(ctx, "organization.edit_outsider", &outsider)).await?;
    tx.commit().await?;
    Ok(())
}

/// Nobody else of this name is entered for the same place, unless two years of birth tell the two apart.
async fn is_new(tx: &mut Tx, outsider: &Outsider) -> Result<(), OrganizationError> {
    let entry = &outsider.entry;
    let same = |other: &Outsider| {
        other.id != outsider.id
            && (other.entry.born_year.is_none()
                || entry.born_year.is_none()
                || other.entry.born_year == entry.born_year)
            && search_key(&other.entry.place) == search_key(&entry.place)
    };
    match store::outsiders_named(tx, &entry.name).await?.into_iter().find(same) {
        Some(other) => Err(OrganizationError::OutsiderKnown { name: other.entry.told_apart(), existing: other.id }),
        None => Ok(()),
    }
}

/// What is personal stays out of the ledger; a digest proves later what stood there.
fn recorded(ctx: &Ctx<'_>, action: &'static str, outsider: &Outsider) -> ledger::NewEntry {
    let OutsiderEntry { name, born_year, occupation, place } = &outsider.entry;
    let personal = format!("{name}\n{born_year:?}\n{occupation}\n{place}");
    ctx.entry(action, "person", outsider.id).set("digest", ctx.house.keys.digest(&personal))
}

/// Those outside the Office today whose name fits, by name, at most `limit`: for everybody who may read people,
/// because any unit may nominate them.
///
/// # Errors
/// When the actor may read no people.
pub async fn list(ctx: &Ctx<'_>, text: &str, limit: i64) -> Result<Vec<Outsider>, OrganizationError> {
    ctx.may(Permission::ReadPeople)?;
    let mut tx = ctx.read().await?;
    list_in(ctx, &mut tx, text, limit).await
}

/// As [`list`], within a transaction.
///
/// # Errors
/// As [`list`].
pub async fn list_in(ctx: &Ctx<'_>, tx: &mut Tx, text: &str, limit: i64) -> Result<Vec<Outsider>, OrganizationError> {
    ctx.may(Permission::ReadPeople)?;
    Ok(store::outsiders(tx, ctx.today(), text, limit).await?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn check(name: &str, born_year: Option<i16>, occupation: &str, place: &str) -> Result<OutsiderEntry, String> {
        let entry = OutsiderEntry {
            name: name.to_owned(),
            born_year,
            occupation: occupation.to_owned(),
            place: place.to_owned(),
        };
        entry.cleaned(date(2026, 11, 30)).map_err(|error| error.to_string())
    }

    #[test]
    fn an_outsider_is_told_apart_by_year_of_birth_occupation_and_place() {
        let entry = check(" Lò  Văn An ", Some(1980), "Nông dân", "bản Bó").expect("an entry");
        assert_eq!(entry.told_apart(), "Lò Văn An (sinh năm 1980; Nông dân, bản Bó)");
        let entry = check("Lò Văn An", None, "Nông dân", "bản Bó").expect("an entry");
        assert_eq!(entry.told_apart(), "Lò Văn An (Nông dân, bản Bó)");
    }

    #[test]
    fn what_cannot_be_is_refused() {
        assert!(check(" ", None, "Nông dân", "bản Bó").is_err());
        assert!(check("Lò Văn An", None, "", "bản Bó").is_err());
        assert!(check("Lò Văn An", None, "Nông dân", " ").is_err());
        for (year, good) in [(1905, false), (1906, true), (2026, true), (2027, false)] {
            assert_eq!(check("Lò Văn An", Some(year), "Nông dân", "bản Bó").is_ok(), good, "{year}");
        }
    }
}
