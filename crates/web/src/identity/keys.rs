//! Access tokens: one's own, made and withdrawn; those of others, for whoever manages accounts.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use kernel::Permission;
use kernel::numbers::short_date;
use office::identity::tokens::{self, AccessToken, AccessTokenId};
use office::identity::{IdentityError, Token};

use super::refusal;
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show};

struct Line {
    id: AccessTokenId,
    name: String,
    owner: String,
    scope: Vec<&'static str>,
    last_on: String,
    used_on: String,
    withdrawn_on: String,
    live: bool,
}

#[derive(Template)]
#[template(path = "identity/keys.html")]
struct KeysPage {
    frame: Frame,
    form: Form,
    mine: Vec<Line>,
    others: Vec<Line>,
    scope: Vec<Choice>,
    secret: Option<String>,
}

async fn page(here: &Here, form: Form, secret: Option<Token>) -> Result<KeysPage, Refusal> {
    let ctx = here.ctx();
    let line = |(one, owner): (AccessToken, String)| Line {
        id: one.id,
        live: one.is_live(ctx.today()),
        owner,
        scope: one.scope.iter().map(|permission| permission.name_vi()).collect(),
        last_on: short_date(one.last_on),
        used_on: one.used_on.map(short_date).unwrap_or_default(),
        withdrawn_on: one.withdrawn_on.map(short_date).unwrap_or_default(),
        name: one.name,
    };
    let mine = tokens::mine(&ctx).await.map_err(|error| refusal(&error))?;
    let others = match ctx.may(Permission::ManageAccounts) {
        Ok(()) => tokens::of_others(&ctx).await.map_err(|error| refusal(&error))?,
        Err(_) => Vec::new(),
    };
    let held = Permission::ALL.iter().filter(|permission| ctx.may(**permission).is_ok());
    Ok(KeysPage {
        frame: here.frame(here.visit.lang.t("Khóa truy cập"), Place::None).faulty(!form.is_good()),
        form,
        mine: mine.into_iter().map(|one| line((one, String::new()))).collect(),
        others: others.into_iter().map(line).collect(),
        scope: held.map(|one| Choice::new(one.code(), one.name_vi())).collect(),
        secret: secret.map(|secret| secret.reveal().to_owned()),
    })
}

pub async fn list(here: Here) -> Answer {
    Ok(show(&page(&here, Form::empty(), None).await?))
}

pub async fn create(here: Here, mut form: Form) -> Answer {
    let name = form.required_line("ten-khoa", tokens::LONGEST_NAME, "Đặt tên cho khóa, ví dụ Phần mềm nhân sự");
    let scope: Vec<Permission> = form.all("quyen").iter().filter_map(|code| Permission::from_code(code)).collect();
    let last_on = form.required_day("ngay-cuoi", "Nhập ngày cuối dùng khóa");
    let (Some(last_on), true) = (last_on, form.is_good()) else {
        return Ok(mend(&page(&here, form, None).await?));
    };
    let error = match tokens::make(&here.ctx(), &name, &scope, last_on).await {
        Ok(secret) => return Ok(show(&page(&here, Form::empty(), Some(secret)).await?)),
        Err(error) => error,
    };
    let field = match &error {
        IdentityError::TokenName | IdentityError::TokenNameTaken { .. } => "ten-khoa",
        IdentityError::TokenScope => "quyen",
        IdentityError::TokenDay { .. } => "ngay-cuoi",
        _ => return Err(refusal(&error)),
    };
    form.refuse(field, sentence(&error));
    Ok(mend(&page(&here, form, None).await?))
}

pub async fn withdraw(here: Here, Path(token): Path<AccessTokenId>) -> Answer {
    tokens::withdraw(&here.ctx(), token).await.map_err(|error| refusal(&error))?;
    Ok(Redirect::to("/noi-bo/khoa-truy-cap").into_response())
}
