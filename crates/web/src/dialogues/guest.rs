//! A guest's own page, opened by the code on the invitation: the agenda, questions beforehand, the draft of the
//! minutes and what is to be changed in it.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use kernel::numbers::short_date;
use office::dialogues::model::{AmendmentState, Standing, StateKind};
use office::dialogues::{DialoguesError, minutes, queries, questions};

use super::{mended, refusal};
use crate::form::Form;
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, show as page};
use crate::urls::encode;

#[derive(Template)]
#[template(path = "dialogues/guest.html")]
struct GuestPage {
    frame: Frame,
    form: Form,
    code: String,
    name: String,
    on: String,
    place: String,
    state: StateKind,
    agenda: Vec<String>,
    questions: Vec<(String, String)>,
    minutes: Vec<String>,
    amendments: Vec<(String, AmendmentState, String)>,
    was_there: bool,
    standing: Standing,
    /// Why a declined guest was.
    reply: String,
}

async fn guest_page(here: &Here, code: &str, form: Form) -> Result<GuestPage, Refusal> {
    let found = queries::visit(&here.ctx(), code).await.map_err(refusal)?;
    let one = found.dialogue;
    Ok(GuestPage {
        frame: here.frame(&one.title, Place::None).faulty(!form.is_good()),
        form,
        code: encode(code),
        name: found.guest.name,
        standing: found.guest.standing,
        reply: found.guest.reply,
        on: short_date(one.on),
        place: one.place,
        state: one.state,
        agenda: found.agenda.into_iter().map(|item| item.what).collect(),
        questions: found
            .questions
            .into_iter()
            .map(|one| {
                let locked = here.visit.lang.t("đã chuyển theo thủ tục tố cáo, nội dung đã khóa");
                (short_date(one.on), if one.locked { locked.to_owned() } else { one.text })
            })
            .collect(),
        minutes: one.minutes.split("\n\n").filter(|part| !part.is_empty()).map(str::to_owned).collect(),
        amendments: found.amendments.into_iter().map(|one| (one.words, one.state, one.reply)).collect(),
        was_there: found.guest.there == Some(true),
    })
}

pub async fn show(here: Here, Path(code): Path<String>) -> Answer {
    Ok(page(&guest_page(&here, &code, Form::empty()).await?))
}

async fn answered<T>(here: &Here, code: &str, mut form: Form, field: &str, done: Result<T, DialoguesError>) -> Answer {
    match done {
        Ok(_) => Ok(Redirect::to(&format!("/doi-thoai/giay-moi/{}", encode(code))).into_response()),
        Err(error) => {
            mended(&mut form, field, field, error)?;
            Ok(mend(&guest_page(here, code, form).await?))
        }
    }
}

pub async fn ask(here: Here, Path(code): Path<String>, form: Form) -> Answer {
    let done = questions::ask(&here.ctx(), &code, form.value("cau-hoi")).await;
    answered(&here, &code, form, "cau-hoi", done).await
}

pub async fn amend(here: Here, Path(code): Path<String>, form: Form) -> Answer {
    let done = minutes::amend_by_code(&here.ctx(), &code, form.value("sua")).await;
    answered(&here, &code, form, "sua", done).await
}
