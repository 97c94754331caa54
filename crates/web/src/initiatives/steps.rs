//! What somebody does with an initiative on its page.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::id::UnitId;
use kernel::numbers::parse_decimal;
use office::initiatives::content::{Effect, PLACES};
use office::initiatives::deciding::{self, NewDecision};
use office::initiatives::library::{self, NewModel};
use office::initiatives::model::{Judgement, Level};
use office::initiatives::replication::{self, NewReplication};
use office::initiatives::{InitiativeFileId, InitiativeId, InitiativesError, likeness, queries, service};
use rules::facts::Scope;

use super::show::show_page;
use super::{mend_or_refuse, refusal};
use crate::files::{Upload, attached};
use crate::form::Form;
use crate::here::Here;
use crate::page::{Answer, mend};

fn back(id: InitiativeId) -> Response {
    Redirect::to(&format!("/noi-bo/sang-kien/{id}")).into_response()
}

fn seen(form: &Form) -> i64 {
    form.value("phien-ban").parse().unwrap_or(0)
}

/// Back to the page, or the page again with the fault at its field.
async fn answered<T>(
    here: &Here,
    id: InitiativeId,
    mut form: Form,
    done: Option<Result<T, InitiativesError>>,
    at: impl Fn(&str) -> String,
) -> Answer {
    match done {
        Some(Ok(_)) => return Ok(back(id)),
        Some(Err(error)) => mend_or_refuse(&mut form, error, at)?,
        None => {}
    }
    Ok(mend(&show_page(here, id, form).await?))
}

/// The field of a reason has a name of its own in each form.
fn reason(field: &'static str) -> impl Fn(&str) -> String {
    move |service| if service == "ly-do" { field.to_owned() } else { service.to_owned() }
}

pub async fn attach(here: Here, Path(id): Path<InitiativeId>, upload: Upload) -> Answer {
    let done = service::attach(&here.ctx(), id, &upload.name, &upload.bytes).await;
    answered(&here, id, upload.form, Some(done), str::to_owned).await
}

pub async fn download(here: Here, Path((id, file)): Path<(InitiativeId, InitiativeFileId)>) -> Answer {
    let found = queries::file(&here.ctx(), id, file).await.map_err(refusal)?;
    attached(&here, &found.digest, &found.name, found.media_type)
}

pub async fn submit(here: Here, Path(id): Path<InitiativeId>, form: Form) -> Answer {
    let done = service::submit(&here.ctx(), id, seen(&form)).await;
    answered(&here, id, form, Some(done), str::to_owned).await
}

pub async fn withdraw(here: Here, Path(id): Path<InitiativeId>, form: Form) -> Answer {
    let done = service::withdraw(&here.ctx(), id, seen(&form), form.value("ly-do-rut")).await;
    answered(&here, id, form, Some(done), reason("ly-do-rut")).await
}

pub async fn take(here: Here, Path(id): Path<InitiativeId>, form: Form) -> Answer {
    let done = deciding::take(&here.ctx(), id, seen(&form)).await;
    answered(&here, id, form, Some(done), str::to_owned).await
}

pub async fn give_back(here: Here, Path(id): Path<InitiativeId>, form: Form) -> Answer {
    let done = deciding::give_back(&here.ctx(), id, seen(&form), form.value("ly-do-tra")).await;
    answered(&here, id, form, Some(done), reason("ly-do-tra")).await
}

pub async fn refuse(here: Here, Path(id): Path<InitiativeId>, form: Form) -> Answer {
    let done = deciding::refuse(&here.ctx(), id, seen(&form), form.value("ly-do-khong")).await;
    answered(&here, id, form, Some(done), reason("ly-do-khong")).await
}

/// A decision as it was typed under a prefix; none when something must be mended.
fn decision(upload: &mut Upload, prefix: &str) -> Option<NewDecision> {
    let file = upload.file().map(|(name, bytes)| (name.to_owned(), bytes.to_vec()));
    let form = &mut upload.form;
    let at = |field: &str| format!("{prefix}-{field}");
    let level = Level::from_code(form.value(&at("cap")));
    if level.is_none() {
        form.refuse(&at("cap"), "Chọn cấp ra quyết định");
    }
    let number = form.required_line(&at("so"), 100, "Nhập số và ký hiệu quyết định");
    let decided_on = form.required_day(&at("ngay"), "Nhập ngày quyết định");
    let issuer = form.required_line(&at("nguoi-ky"), 200, "Ghi người, cơ quan ban hành quyết định");
    let council = form.line(&at("hoi-dong"));
    match (level, decided_on, form.is_good()) {
        (Some(level), Some(decided_on), true) => Some(NewDecision { level, number, decided_on, issuer, council, file }),
        _ => None,
    }
}

/// The fields of a decision stand under a prefix; what looks alike stands where it is shown.
fn under(prefix: &'static str) -> impl Fn(&str) -> String {
    move |field| if field == "giong" { field.to_owned() } else { format!("{prefix}-{field}") }
}

pub async fn recognise(here: Here, Path(id): Path<InitiativeId>, mut upload: Upload) -> Answer {
    let version = seen(&upload.form);
    let done = match decision(&mut upload, "cn") {
        Some(new) => Some(deciding::recognise(&here.ctx(), id, version, new).await),
        None => None,
    };
    answered(&here, id, upload.form, done, under("cn")).await
}

pub async fn decide_reach(here: Here, Path(id): Path<InitiativeId>, mut upload: Upload) -> Answer {
    let version = seen(&upload.form);
    let scope = Scope::from_code(upload.form.value("pv-pham-vi"));
    if scope.is_none() {
        upload.form.refuse("pv-pham-vi", "Chọn phạm vi ảnh hưởng được công nhận");
    }
    let replicable = match upload.form.value("pv-nhan-rong") {
        "co" => Some(true),
        "khong" => Some(false),
        _ => None,
    };
    let done = match (decision(&mut upload, "pv"), scope) {
        (Some(new), Some(scope)) => {
            Some(deciding::decide_reach(&here.ctx(), id, version, new, (scope, replicable)).await)
        }
        _ => None,
    };
    answered(&here, id, upload.form, done, under("pv")).await
}

pub async fn judge(here: Here, Path((id, other)): Path<(InitiativeId, InitiativeId)>, mut form: Form) -> Answer {
    let field = format!("ly-do-{other}");
    let done = match Judgement::from_code(form.value("ket-luan")) {
        Some(judgement) => Some(likeness::judge(&here.ctx(), id, other, judgement, form.value(&field)).await),
        None => {
            form.refuse(&field, "Chọn trùng hoặc không trùng");
            None
        }
    };
    let at = |service: &str| if service == "ly-do" { field.clone() } else { service.to_owned() };
    answered(&here, id, form, done, at).await
}

/// The author that is meant; the first author for what is no number.
fn position(form: &Form) -> i64 {
    form.value("tac-gia-so").parse().unwrap_or(0)
}

pub async fn consent(here: Here, Path(id): Path<InitiativeId>, form: Form) -> Answer {
    let (position, named) = (position(&form), form.chosen("neu-ten", "1"));
    let done = library::consent(&here.ctx(), id, position, named, form.value(&format!("van-ban-{position}"))).await;
    // The field of each author has its place in its name.
    let at = |field: &str| if field == "van-ban" { format!("van-ban-{position}") } else { field.to_owned() };
    answered(&here, id, form, Some(done), at).await
}

pub async fn withdraw_consent(here: Here, Path(id): Path<InitiativeId>, form: Form) -> Answer {
    let done = library::withdraw_consent(&here.ctx(), id, position(&form)).await;
    answered(&here, id, form, Some(done), str::to_owned).await
}

pub async fn publish(here: Here, Path(id): Path<InitiativeId>, form: Form) -> Answer {
    let new = NewModel {
        title: form.value("tieu-de").to_owned(),
        problem: form.value("van-de").to_owned(),
        solution: form.value("giai-phap").to_owned(),
    };
    let done = library::publish(&here.ctx(), id, seen(&form), new).await;
    answered(&here, id, form, Some(done), str::to_owned).await
}

pub async fn hide(here: Here, Path(id): Path<InitiativeId>, form: Form) -> Answer {
    let done = library::hide(&here.ctx(), id, seen(&form)).await;
    answered(&here, id, form, Some(done), str::to_owned).await
}

pub async fn report(here: Here, Path(id): Path<InitiativeId>, mut form: Form) -> Answer {
    let unit = form.choice::<UnitId>("don-vi-ap-dung", "Chọn đơn vị áp dụng");
    let started_on = form.required_day("bat-dau", "Nhập ngày bắt đầu áp dụng");
    let how = form.required_text("cach", 5_000, "Ghi cách áp dụng");
    let mut number = |field: &str| match (form.line(field).is_empty(), parse_decimal(form.value(field), PLACES)) {
        (true, _) => None,
        (false, Ok(value)) => Some(value),
        (false, Err(fault)) => {
            form.refuse(field, crate::page::sentence(&fault));
            None
        }
    };
    let (before, after) = (number("truoc"), number("sau"));
    let effect = Effect {
        figure: form.line("chi-so"),
        measure: form.line("don-vi-tinh"),
        before,
        after,
        source: form.line("nguon"),
    };
    let done = match (unit, started_on, form.is_good()) {
        (Some(unit), Some(started_on), true) => {
            let new = NewReplication { unit, started_on, how, effect };
            Some(replication::report(&here.ctx(), id, new).await)
        }
        _ => None,
    };
    answered(&here, id, form, done, str::to_owned).await
}
