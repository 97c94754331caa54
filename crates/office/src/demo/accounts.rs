//! Who signs in to the example.

use kernel::{Period, Role};

use super::{ACCOUNTS, DemoError, PASSWORD};
use crate::Ctx;
use crate::identity::accounts::{self, NewAccount};

/// Opens the example accounts, each with its role.
pub async fn open(ctx: &Ctx<'_>) -> Result<(), DemoError> {
    let hash = accounts::hash(PASSWORD).await?;
    let since = Period::since(ctx.house.plan.period.from);
    for (login, who) in ACCOUNTS {
        let new = NewAccount { login: (*login).to_owned(), name: (*who).to_owned(), person: None };
        let account = accounts::open_with_password(ctx, &new, hash.clone()).await?;
        accounts::grant(ctx, account, role_of(login), None, since).await?;
    }
    Ok(())
}

fn role_of(login: &str) -> Role {
    match login {
        "thuongtruc" => Role::Standing,
        "chanhvp" => Role::Chief,
        "kiemtra" => Role::Inspector,
        "bientap" => Role::Editor,
        "quantri" => Role::Admin,
        _ if login.starts_with("truongphong") => Role::Head,
        _ if login.starts_with("uyvien") => Role::Member,
        _ => Role::Officer,
    }
}
