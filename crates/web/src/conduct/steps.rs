//! What an inspector does with a report.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use office::conduct::model::Outcome;
use office::conduct::outcome::{self, NewConclusion};
use office::conduct::{ConductError, ReportId, Unlocked, UnveilingId, service, unveiling};
use rules::facts::HoldKind;

use super::show::show_page;
use super::{held, refusal, to_unlock};
use crate::form::Form;
use crate::here::Here;
use crate::page::{Answer, mend, sentence};

fn seen(form: &Form) -> i64 {
    form.value("phien-ban").parse().unwrap_or(0)
}

/// Back to the page, or the form again with its fault.
async fn answered(
    here: &Here,
    unlocked: &Unlocked,
    id: ReportId,
    mut form: Form,
    done: Result<(), ConductError>,
) -> Answer {
    let error = match done {
        Ok(()) => return Ok(Redirect::to(&format!("/noi-bo/hanh-vi/{id}")).into_response()),
        Err(error) => error,
    };
    let Some(field) = error.field() else { return Err(refusal(error)) };
    form.refuse(field, sentence(&error));
    Ok(mend(&show_page(here, unlocked, id, form).await?))
}

/// A step that takes the key, the report and the form.
macro_rules! step {
    ($(#[$doc:meta])* $name:ident, |$here:ident, $key:ident, $id:ident, $form:ident| $work:expr) => {
        $(#[$doc])*
        pub async fn $name($here: Here, Path($id): Path<ReportId>, $form: Form) -> Answer {
            let Some($key) = held::get(&$here) else { return Ok(to_unlock()) };
            let done = $work;
            answered(&$here, &$key, $id, $form, done).await
        }
    };
}

step!(look, |here, key, id, form| service::look(&here.ctx(), &key, id, seen(&form)).await);
step!(ask, |here, key, id, form| service::ask(&here.ctx(), &key, id, seen(&form), form.value("cau-hoi")).await);
step!(close, |here, key, id, form| service::close(&here.ctx(), &key, id, seen(&form)).await);
step!(attribute, |here, key, id, form| {
    let whom = (form.line("don-vi").parse().ok(), form.line("nguoi").parse().ok());
    service::attribute(&here.ctx(), &key, id, seen(&form), whom).await
});
step!(appeal, |here, key, id, form| {
    let words = (form.value("khieu-nai"), form.value("van-ban-khieu-nai"));
    outcome::appeal(&here.ctx(), &key, id, seen(&form), words).await
});
step!(decide_appeal, |here, key, id, form| match form.value("ket-qua") {
    result @ ("go" | "giu") => {
        let decision = (result == "go", form.value("van-ban-giai-quyet"));
        outcome::decide_appeal(&here.ctx(), &key, id, seen(&form), decision).await
    }
    _ => Err(ConductError::Missing { field: "ket-qua", what: "Chọn kết quả giải quyết".to_owned() }),
});
step!(ask_identity, |here, key, id, form| unveiling::ask(&here.ctx(), &key, id, form.value("ly-do")).await);

pub async fn conclude(here: Here, Path(id): Path<ReportId>, mut form: Form) -> Answer {
    let Some(key) = held::get(&here) else { return Ok(to_unlock()) };
    let (from, last) = (form.day("tu-ngay"), form.day("den-ngay"));
    let outcome = Outcome::from_code(form.value("outcome"));
    if outcome.is_none() {
        form.refuse("outcome", "Chọn kết luận");
    }
    let (Some(outcome), true) = (outcome, form.is_good()) else {
        return Ok(mend(&show_page(&here, &key, id, form).await?));
    };
    let kind = HoldKind::from_code(form.value("ly-do-tam-dung"));
    let free = last.and_then(|last| last.tomorrow().ok());
    let new = NewConclusion {
        outcome,
        words: form.value("ket-luan").to_owned(),
        told: form.value("tra-loi").to_owned(),
        document: form.value("van-ban").to_owned(),
        hold: kind.zip(from).zip(free).map(|((kind, from), free)| (kind, from, free)),
    };
    let done = outcome::conclude(&here.ctx(), &key, id, seen(&form), &new).await;
    answered(&here, &key, id, form, done).await
}

pub async fn agree(here: Here, Path((id, request)): Path<(ReportId, UnveilingId)>, form: Form) -> Answer {
    let Some(key) = held::get(&here) else { return Ok(to_unlock()) };
    let done = unveiling::agree(&here.ctx(), &key, id, request).await;
    answered(&here, &key, id, form, done).await
}

pub async fn disagree(here: Here, Path((id, request)): Path<(ReportId, UnveilingId)>, form: Form) -> Answer {
    let Some(key) = held::get(&here) else { return Ok(to_unlock()) };
    let done = unveiling::refuse(&here.ctx(), &key, id, request).await;
    answered(&here, &key, id, form, done).await
}
