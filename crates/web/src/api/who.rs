//! Who asks: the account behind the token and what it may do through it.

use kernel::{Permission, Role};
use schemars::JsonSchema;
use serde::Serialize;
use uuid::Uuid;

use super::Operation;
use super::answer::{Given, give};
use crate::doors::{Doors, Need};
use crate::here::Here;

/// The doors of this file.
pub fn doors(doors: Doors) -> Doors {
    let me = Operation::get("/api/v1/me", Need::SignedIn, "Tài khoản và quyền của khóa đang dùng");
    doors.api(me.gives::<Me>(), show)
}

/// The account behind a token.
#[derive(Serialize, JsonSchema)]
struct Me {
    /// The name in histories.
    name: String,
    /// The person behind the account.
    person: Option<Uuid>,
    /// What the token is called.
    token: Option<String>,
    /// The roles held today.
    roles: Vec<&'static str>,
    /// What may be done through the token today.
    permissions: Vec<May>,
}

/// A permission and where it holds.
#[derive(Serialize, JsonSchema)]
struct May {
    /// Its code.
    permission: &'static str,
    /// The units for which it holds; none for the whole Office.
    units: Option<Vec<Uuid>>,
}

async fn show(here: Here) -> Given {
    let (actor, today) = (&here.visit.actor, here.visit.today);
    let held = Permission::ALL.iter().filter(|one| actor.may(**one, today));
    let units = |one| Some(actor.units_for(one, today)?.into_iter().map(|unit| unit.0).collect());
    give(&Me {
        name: actor.name.clone(),
        person: actor.person.map(|person| person.0),
        token: actor.through.as_ref().map(|token| token.name.clone()),
        roles: Role::ALL.iter().filter(|role| actor.is(**role, today)).map(|role| role.code()).collect(),
        permissions: held.map(|one| May { permission: one.code(), units: units(*one) }).collect(),
    })
}
