//! Accounts and the roles they hold.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use kernel::id::{AccountId, PersonId};
use kernel::{Grant, Period, Role};
use office::identity::accounts::{self, NewAccount};
use office::identity::model::GrantId;
use office::identity::{Account, IdentityError, Token, queries};
use office::organization;

use super::refusal;
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show};

struct Line {
    account: Account,
    stopped: bool,
    /// Another account in use of the same person; empty where there is none.
    twin: String,
    grants: Vec<(GrantId, &'static str, String)>,
}

#[derive(Template)]
#[template(path = "identity/accounts.html")]
struct AccountsPage {
    frame: Frame,
    form: Form,
    lines: Vec<Line>,
    roles: Vec<Choice>,
    units: Vec<Choice>,
    new_link: Option<String>,
}

async fn page(here: &Here, form: Form, new_link: Option<Token>) -> Result<AccountsPage, Refusal> {
    let ctx = here.ctx();
    let mut tx = ctx.read().await.map_err(|error| Refusal::store(&error))?;
    let units = organization::queries::units(&mut tx, ctx.today()).await.map_err(|error| Refusal::store(&error))?;
    drop(tx);
    let words = |grant: &Grant| {
        let unit =
            grant.unit.and_then(|id| units.iter().find(|unit| unit.id == id)).map(|unit| format!(" · {}", unit.name));
        let until = match grant.period.until.and_then(|until| until.yesterday().ok()) {
            Some(last) => format!("{} {}", here.visit.lang.t("đến hết ngày"), kernel::numbers::short_date(last)),
            None => here.visit.lang.t("không thời hạn").to_owned(),
        };
        format!("{}{} · {until}", grant.role.name_vi(), unit.unwrap_or_default())
    };
    let found = queries::list(&ctx).await.map_err(|error| refusal(&error))?;
    let in_use: Vec<(AccountId, PersonId, String)> = found
        .iter()
        .filter(|(account, _)| !account.stopped(ctx.today()))
        .filter_map(|(account, _)| Some((account.id, account.person?, account.login.clone())))
        .collect();
    let twin = |account: &Account| {
        let own = in_use.iter().find(|(id, ..)| *id == account.id);
        let other = own.and_then(|(id, person, _)| in_use.iter().find(|(one, of, _)| of == person && one != id));
        other.map_or_else(String::new, |(.., login)| login.clone())
    };
    let lines = found.into_iter().map(|(account, grants)| Line {
        stopped: account.stopped(ctx.today()),
        twin: twin(&account),
        grants: grants
            .into_iter()
            .filter(|(_, grant)| grant.period.until.is_none_or(|until| ctx.today() < until))
            .map(|(id, grant)| (id, grant.role.code(), words(&grant)))
            .collect(),
        account,
    });
    Ok(AccountsPage {
        lines: lines.collect(),
        frame: here.frame(here.visit.lang.t("Tài khoản"), Place::Accounts).faulty(!form.is_good()),
        form,
        roles: Role::ALL.iter().map(|role| Choice::new(role.code(), role.name_vi())).collect(),
        units: units.iter().map(|unit| Choice::new(unit.id, &unit.name)).collect(),
        new_link: new_link.map(|token| format!("{}/thiet-lap/{}", here.house.public_url, token.reveal())),
    })
}

pub async fn list(here: Here) -> Answer {
    Ok(show(&page(&here, Form::empty(), None).await?))
}

pub async fn create(here: Here, mut form: Form) -> Answer {
    let login = form.required_line("ten-dang-nhap", 40, "Nhập tên đăng nhập");
    let name = form.required_line("ho-ten", 100, "Nhập họ và tên");
    let person = person_behind(&here, &mut form, "ma-can-bo").await?;
    if !form.is_good() {
        return Ok(mend(&page(&here, form, None).await?));
    }
    match accounts::open(&here.ctx(), &NewAccount { login, name, person }).await {
        Ok((_, token)) => Ok(show(&page(&here, Form::empty(), Some(token)).await?)),
        Err(error @ (IdentityError::OddLogin | IdentityError::LoginTaken { .. })) => {
            form.refuse("ten-dang-nhap", sentence(&error));
            Ok(mend(&page(&here, form, None).await?))
        }
        Err(error @ IdentityError::PersonHasAccount { .. }) => {
            form.refuse("ma-can-bo", sentence(&error));
            Ok(mend(&page(&here, form, None).await?))
        }
        Err(error) => Err(refusal(&error)),
    }
}

/// The person whose staff code was typed; a member of a council votes as a person.
async fn person_behind(here: &Here, form: &mut Form, field: &str) -> Result<Option<PersonId>, Refusal> {
    let code = form.line(field);
    if code.is_empty() {
        return Ok(None);
    }
    let mut tx = here.ctx().read().await.map_err(|error| Refusal::store(&error))?;
    let found = organization::queries::person_by_staff_code(&mut tx, &code).await;
    let person = found.map_err(|error| Refusal::store(&error))?.map(|person| person.id);
    if person.is_none() {
        form.refuse(field, "Không có cán bộ mang mã này; xem mã ở trang Đơn vị, con người");
    }
    Ok(person)
}

pub async fn grant(here: Here, Path(account): Path<AccountId>, mut form: Form) -> Answer {
    // Every account has a form of its own, with fields of its own.
    let (role_field, unit_field) = (format!("vai-tro-{account}"), format!("don-vi-{account}"));
    let role = Role::from_code(form.value(&role_field));
    let unit = match form.line(&unit_field).as_str() {
        "" => None,
        _ => form.choice(&unit_field, "Chọn đơn vị trong danh sách"),
    };
    if role == Some(Role::Head) && form.line(&unit_field).is_empty() {
        form.refuse(&unit_field, "Trưởng phòng, đơn vị là của một đơn vị: chọn đơn vị đó");
    }
    let (Some(role), true) = (role, form.is_good()) else {
        if role.is_none() {
            form.refuse(&role_field, "Chọn vai trò trong danh sách");
        }
        return Ok(mend(&page(&here, form, None).await?));
    };
    let ctx = here.ctx();
    match accounts::grant(&ctx, account, role, unit, Period::since(ctx.today())).await {
        Ok(_) => Ok(Redirect::to("/noi-bo/tai-khoan").into_response()),
        Err(error @ IdentityError::NoPerson) => {
            form.refuse(&role_field, sentence(&error));
            Ok(mend(&page(&here, form, None).await?))
        }
        Err(error) => Err(refusal(&error)),
    }
}

pub async fn bind(here: Here, Path(account): Path<AccountId>, mut form: Form) -> Answer {
    let field = format!("nguoi-{account}");
    form.required_line(&field, 40, "Nhập mã cán bộ");
    let Some(person) = person_behind(&here, &mut form, &field).await? else {
        return Ok(mend(&page(&here, form, None).await?));
    };
    match accounts::bind(&here.ctx(), account, person).await {
        Ok(()) => Ok(Redirect::to("/noi-bo/tai-khoan").into_response()),
        Err(error @ IdentityError::PersonHasAccount { .. }) => {
            form.refuse(&field, sentence(&error));
            Ok(mend(&page(&here, form, None).await?))
        }
        Err(error) => Err(refusal(&error)),
    }
}

pub async fn end_grant(here: Here, Path((account, grant)): Path<(AccountId, GrantId)>) -> Answer {
    accounts::end_grant(&here.ctx(), account, grant).await.map_err(|error| refusal(&error))?;
    Ok(Redirect::to("/noi-bo/tai-khoan").into_response())
}

pub async fn invite(here: Here, Path(account): Path<AccountId>) -> Answer {
    let token = accounts::invite(&here.ctx(), account).await.map_err(|error| refusal(&error))?;
    Ok(show(&page(&here, Form::empty(), Some(token)).await?))
}

pub async fn stop(here: Here, Path(account): Path<AccountId>) -> Answer {
    accounts::stop(&here.ctx(), account).await.map_err(|error| refusal(&error))?;
    Ok(Redirect::to("/noi-bo/tai-khoan").into_response())
}
