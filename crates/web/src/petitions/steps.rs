//! What somebody of the office does with a petition.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::id::UnitId;
use office::petitions::PetitionsError;
use office::petitions::answering::{self, Redacted};
use office::petitions::intake;
use office::petitions::model::{Kind, PetitionId};
use office::petitions::routing::{self, Assignment, Passage};

use super::portal::contact;
use super::refusal;
use super::show::show_page;
use crate::form::Form;
use crate::here::Here;
use crate::page::{Answer, mend, sentence};

fn to(id: PetitionId) -> Response {
    Redirect::to(&format!("/noi-bo/kien-nghi/{id}")).into_response()
}

/// The version of the petition that the form was made from.
fn seen(form: &Form) -> i64 {
    form.line("ban").parse().unwrap_or_default()
}

/// Back to the page, or the form again with the fault at its field.
async fn answered(here: &Here, id: PetitionId, mut form: Form, done: Result<(), PetitionsError>) -> Answer {
    let error = match done {
        Ok(()) => return Ok(to(id)),
        Err(error) => error,
    };
    let Some(field) = error.field() else { return Err(refusal(error)) };
    form.refuse(field, sentence(&error));
    Ok(mend(&show_page(here, id, form).await?))
}

/// A step with one text.
macro_rules! step {
    ($(#[$doc:meta])* $name:ident, $use_case:path, $field:literal) => {
        $(#[$doc])*
        pub async fn $name(here: Here, Path(id): Path<PetitionId>, form: Form) -> Answer {
            let done = $use_case(&here.ctx(), id, seen(&form), form.value($field)).await;
            answered(&here, id, form, done).await
        }
    };
}

step!(
    /// It is not taken.
    refuse, intake::refuse, "ly-do-khong-nhan"
);
step!(
    /// The sender is asked for more.
    ask, routing::ask, "cau-hoi"
);
step!(
    /// A supplement came by another way.
    supply, routing::supply, "bo-sung"
);
step!(
    /// It is not the unit's own.
    give_back, routing::give_back, "ly-do-tra"
);
step!(
    /// It is the same as another one.
    join, routing::join, "trung"
);
step!(
    /// It is not the same after all.
    separate, routing::separate, "ly-do-bo-trung"
);
step!(
    /// The draft of the answer.
    draft, answering::draft, "tra-loi"
);
step!(
    /// The draft goes back.
    send_back, answering::send_back, "ly-do-tra-du-thao"
);
step!(
    /// The answer is signed.
    sign, answering::sign, "so-van-ban"
);

pub async fn submit(here: Here, Path(id): Path<PetitionId>, form: Form) -> Answer {
    let done = answering::submit(&here.ctx(), id, seen(&form)).await;
    answered(&here, id, form, done).await
}

pub async fn opine(here: Here, Path(id): Path<PetitionId>, form: Form) -> Answer {
    let done = routing::opine(&here.ctx(), id, form.value("y-kien")).await;
    answered(&here, id, form, done).await
}

pub async fn complete(here: Here, Path(id): Path<PetitionId>, form: Form) -> Answer {
    let done = intake::complete(&here.ctx(), id, &contact(&form)).await;
    answered(&here, id, form, done).await
}

pub async fn split(here: Here, Path(id): Path<PetitionId>, form: Form) -> Answer {
    match intake::split(&here.ctx(), id, form.value("tach-tieu-de"), form.value("tach-noi-dung")).await {
        Ok(other) => Ok(to(other)),
        Err(error) => answered(&here, id, form, Err(error)).await,
    }
}

pub async fn sort(here: Here, Path(id): Path<PetitionId>, form: Form) -> Answer {
    let kind = Kind::from_code(form.value("loai")).unwrap_or(Kind::Unsorted);
    let more = (form.value("khoan"), form.chosen("phuc-tap", "1"));
    let done = routing::sort(&here.ctx(), id, seen(&form), kind, more).await;
    answered(&here, id, form, done).await
}

pub async fn assign(here: Here, Path(id): Path<PetitionId>, mut form: Form) -> Answer {
    let lead = form.choice::<UnitId>("don-vi", "Chọn đơn vị chủ trì");
    let mut helpers = Vec::new();
    for unit in form.all("phoi-hop").to_vec() {
        let Ok(id) = unit.parse::<UnitId>() else { continue };
        let typed = form.line(&format!("han-{unit}"));
        match kernel::numbers::parse_date(&typed) {
            _ if typed.is_empty() => helpers.push((id, None)),
            Ok(day) => helpers.push((id, Some(day))),
            Err(fault) => form.refuse("han-phoi-hop", fault.to_string()),
        }
    }
    let Some(lead) = lead.filter(|_| form.is_good()) else {
        return Ok(mend(&show_page(&here, id, form).await?));
    };
    let new = Assignment { lead, helpers, words: form.value("ghi-chu-giao").to_owned() };
    let done = routing::assign(&here.ctx(), id, seen(&form), &new).await;
    answered(&here, id, form, done).await
}

pub async fn pass_on(here: Here, Path(id): Path<PetitionId>, form: Form) -> Answer {
    let to = Passage {
        agency: form.line("co-quan"),
        document: form.line("so-cong-van"),
        reason: form.value("ly-do-chuyen").to_owned(),
    };
    let done = routing::pass_on(&here.ctx(), id, seen(&form), &to).await;
    answered(&here, id, form, done).await
}

/// After an accusation was handed over its page is gone: back to the list.
pub async fn hand_over(here: Here, Path(id): Path<PetitionId>, form: Form) -> Answer {
    let kind = Kind::from_code(form.value("thu-tuc")).unwrap_or(Kind::Unsorted);
    let to = Passage {
        agency: form.line("noi-nhan"),
        document: form.line("van-ban"),
        reason: form.value("ghi-chu-chuyen").to_owned(),
    };
    let done = routing::hand_over(&here.ctx(), id, seen(&form), kind, &to).await;
    if done.is_ok() && kind == Kind::Accusation {
        return Ok(Redirect::to("/noi-bo/kien-nghi").into_response());
    }
    answered(&here, id, form, done).await
}

pub async fn publish(here: Here, Path(id): Path<PetitionId>, form: Form) -> Answer {
    let words = Redacted {
        title: form.value("ck-tieu-de").to_owned(),
        content: form.value("ck-noi-dung").to_owned(),
        answer: form.value("ck-tra-loi").to_owned(),
    };
    let done = answering::publish(&here.ctx(), id, seen(&form), &words).await;
    answered(&here, id, form, done).await
}

/// The public reads another wording, and that it was corrected.
pub async fn correct(here: Here, Path(id): Path<PetitionId>, form: Form) -> Answer {
    let words = Redacted {
        title: form.value("dc-tieu-de").to_owned(),
        content: form.value("dc-noi-dung").to_owned(),
        answer: form.value("dc-tra-loi").to_owned(),
    };
    let done = answering::correct(&here.ctx(), id, seen(&form), &words, form.value("ly-do-dinh-chinh")).await;
    answered(&here, id, form, done).await
}

pub async fn hide(here: Here, Path(id): Path<PetitionId>, form: Form) -> Answer {
    let done = answering::moderate(&here.ctx(), id, true, form.value("ly-do-an")).await;
    answered(&here, id, form, done).await
}

pub async fn reveal(here: Here, Path(id): Path<PetitionId>, form: Form) -> Answer {
    let done = answering::moderate(&here.ctx(), id, false, form.value("ly-do-an")).await;
    answered(&here, id, form, done).await
}
