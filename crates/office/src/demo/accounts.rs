//! Who signs in to the example.

use std::collections::BTreeMap;

use kernel::{Actor, Grant, Period, Role};

use super::staff::Staffed;
use super::{DemoError, PASSWORD};
use crate::Ctx;
use crate::identity::accounts::{self, NewAccount};

/// Login, staff code of the person, roles; a head leads the unit of the post.
const SIGN_IN: [(&str, &str, &[Role]); 16] = [
    ("thuongtruc", "VP012", &[Role::Standing]),
    ("truongphong.kt", "VP010", &[Role::Head]),
    ("chanhvp", "VP001", &[Role::Chief, Role::Member]),
    ("uyvien1", "VP002", &[Role::Member]),
    ("uyvien2", "VP003", &[Role::Member]),
    ("uyvien3", "VP005", &[Role::Member, Role::Head]),
    ("uyvien4", "VP006", &[Role::Member, Role::Head]),
    ("uyvien5", "VP007", &[Role::Member, Role::Head]),
    ("uyvien6", "VP009", &[Role::Member, Role::Head]),
    ("uyvien7", "VP008", &[Role::Member, Role::Head]),
    ("canbo.kt", "VP018", &[Role::Officer]),
    ("kiemtra", "VP014", &[Role::Inspector]),
    ("kiemtra2", "VP015", &[Role::Inspector]),
    ("tiepnhan", "VP013", &[Role::Intake]),
    ("bientap", "VP016", &[Role::Editor]),
    ("quantri", "VP017", &[Role::Admin]),
];

/// Opens the example accounts, each with its roles; answers who acts under each login.
pub async fn open(ctx: &Ctx<'_>, staffed: &Staffed) -> Result<BTreeMap<&'static str, Actor>, DemoError> {
    let hash = accounts::hash(PASSWORD).await?;
    let period = Period::since(ctx.house.plan.period.from);
    let mut actors = BTreeMap::new();
    for (login, code, roles) in SIGN_IN {
        let staff = staffed.person(code);
        let new = NewAccount { login: login.to_owned(), name: staff.name.clone(), person: Some(staff.id) };
        let account = accounts::open_with_password(ctx, &new, hash.clone()).await?;
        let mut grants = Vec::new();
        for role in roles {
            let unit = (*role == Role::Head).then(|| staffed.units[staff.unit]);
            accounts::grant(ctx, account, *role, unit, period).await?;
            grants.push(Grant { role: *role, unit, period });
        }
        let name = new.name;
        let person = Some(staff.id);
        let actor = Actor { account: Some(account), person, name, grants, program: false, through: None };
        actors.insert(login, actor);
    }
    Ok(actors)
}
