//! What stands in a house before a test begins.

use jiff::civil::date;
use kernel::id::{PersonId, UnitId};
use kernel::{Actor, Date, Period, Role};
use office::enterprises::model::NewEntry;
use office::enterprises::service;
use office::identity::accounts::{self, NewAccount};
use office::organization::model::{Category, EnterpriseEntry, EnterpriseKind, NewUnit, Profile, UnitKind};
use office::organization::people::NewPost;
use office::organization::{EnterpriseId, people, units};

use crate::{TestHouse, actor};

/// The day since which built units exist and built posts are held.
pub const SINCE: Date = date(2020, 1, 1);

/// A staff member's profile with nothing but code and name.
#[must_use]
pub fn profile(staff_code: &str, name: &str) -> Profile {
    Profile {
        staff_code: Some(staff_code.to_owned()),
        name: name.to_owned(),
        born_on: None,
        female: None,
        ethnic_group: None,
        category: Category::CongChuc,
    }
}

impl TestHouse {
    /// A division that exists since [`SINCE`].
    ///
    /// # Panics
    /// When the house refuses it; likewise for the others below.
    pub async fn unit(&self, code: &str, name: &str) -> UnitId {
        self.unit_of_kind(code, name, UnitKind::Division).await
    }

    /// A unit of a kind that exists since [`SINCE`].
    ///
    /// # Panics
    /// When the house refuses it.
    pub async fn unit_of_kind(&self, code: &str, name: &str, kind: UnitKind) -> UnitId {
        let new =
            NewUnit { code: code.to_owned(), name: name.to_owned(), kind, from: SINCE, position: 0, document: None };
        units::add(&self.program(), &new).await.expect("a unit that fits")
    }

    /// A person without a post.
    ///
    /// # Panics
    /// When the house refuses it.
    pub async fn person(&self, staff_code: &str, name: &str) -> PersonId {
        people::add(&self.program(), profile(staff_code, name)).await.expect("a person who fits")
    }

    /// A person with a post in a unit since [`SINCE`].
    ///
    /// # Panics
    /// When the house refuses it.
    pub async fn staff(&self, staff_code: &str, name: &str, unit: UnitId) -> PersonId {
        let person = self.person(staff_code, name).await;
        self.appoint(person, unit, "Chuyên viên", false).await;
        person
    }

    /// The leader of a unit since [`SINCE`].
    ///
    /// # Panics
    /// When the house refuses it.
    pub async fn leader(&self, staff_code: &str, name: &str, unit: UnitId) -> PersonId {
        let person = self.person(staff_code, name).await;
        self.appoint(person, unit, "Trưởng phòng", true).await;
        person
    }

    /// A post since [`SINCE`].
    ///
    /// # Panics
    /// When the house refuses it.
    pub async fn appoint(&self, person: PersonId, unit: UnitId, title: &str, leader: bool) {
        let new = NewPost { unit, title: title.to_owned(), leader, period: Period::since(SINCE) };
        people::appoint(&self.program(), person, new).await.expect("a post that fits");
    }

    /// Somebody with an account who holds a role, for a unit or the whole Office.
    ///
    /// # Panics
    /// When the house refuses it.
    pub async fn account(&self, login: &str, role: Role, unit: Option<UnitId>) -> Actor {
        let new = NewAccount { login: login.to_owned(), name: login.to_owned(), person: None };
        let (id, _) = accounts::open(&self.program(), &new).await.expect("a login that is free");
        Actor { account: Some(id), name: new.name, ..actor(role, unit) }
    }

    /// The person whom a role asks for behind an account of this name; none where it asks for none.
    ///
    /// # Panics
    /// When the house refuses it.
    pub async fn person_for(&self, role: Role, name: &str) -> Option<PersonId> {
        if accounts::asks_for_a_person(role) { Some(self.person(name, name).await) } else { None }
    }

    /// Keeps what an account holds in the database too, since [`SINCE`]: for rooms that ask who holds a permission.
    ///
    /// # Panics
    /// When the house refuses it.
    pub async fn grant(&self, actor: &Actor, role: Role, unit: Option<UnitId>) {
        let account = actor.account.expect("an account");
        if actor.person.is_none()
            && let Some(person) = self.person_for(role, &actor.name).await
        {
            accounts::bind(&self.program(), account, person).await.expect("an account without a person");
        }
        accounts::grant(&self.program(), account, role, unit, Period::since(SINCE)).await.expect("a role");
    }

    /// A staff member of `unit` with an account, who holds a role within `scope`.
    ///
    /// # Panics
    /// When the house refuses it.
    pub async fn staff_account(&self, code: &str, role: Role, unit: UnitId, scope: Option<UnitId>) -> Actor {
        let person = self.staff(code, &format!("Người {code}"), unit).await;
        let new = NewAccount { login: code.to_lowercase(), name: code.to_owned(), person: Some(person) };
        let (id, _) = accounts::open(&self.program(), &new).await.expect("a login that is free");
        Actor { account: Some(id), person: Some(person), name: new.name, ..actor(role, scope) }
    }

    /// An enterprise.
    ///
    /// # Panics
    /// When the house refuses it.
    pub async fn enterprise(&self, tax_code: &str, name: &str) -> EnterpriseId {
        let entry = EnterpriseEntry {
            tax_code: Some(tax_code.to_owned()),
            name: name.to_owned(),
            kind: EnterpriseKind::Enterprise,
            commune: None,
        };
        let new = NewEntry { entry, size: None, sector: String::new() };
        service::register(&self.program(), new).await.expect("an enterprise that fits")
    }
}
