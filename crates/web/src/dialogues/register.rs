//! Asking to take part in an announced dialogue, without an account, with a question beforehand.

use askama::Template;
use axum::extract::Path;
use kernel::numbers::short_date;
use office::dialogues::registration::{self, Application};
use office::dialogues::{DialogueId, queries};

use super::{mended, refusal};
use crate::form::Form;
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, show as page};

#[derive(Template)]
#[template(path = "dialogues/register.html")]
struct RegisterPage {
    frame: Frame,
    form: Form,
    id: DialogueId,
    when: String,
    place: String,
    until: String,
    /// Whether somebody may still ask.
    open: bool,
    agenda: Vec<String>,
}

#[derive(Template)]
#[template(path = "dialogues/registered.html")]
struct RegisteredPage {
    frame: Frame,
    code: String,
}

async fn register_page(here: &Here, id: DialogueId, form: Form) -> Result<RegisterPage, Refusal> {
    let found = queries::upcoming(&here.ctx()).await.map_err(refusal)?;
    let one = found.into_iter().find(|one| one.id == id).ok_or_else(Refusal::not_found)?;
    Ok(RegisterPage {
        frame: here.frame(&one.title, Place::None).faulty(!form.is_good()),
        form,
        id,
        when: format!("{} {}", one.begins, short_date(one.on)),
        place: one.place,
        until: short_date(one.until),
        open: one.until >= here.visit.today,
        agenda: one.agenda,
    })
}

pub async fn show(here: Here, Path(id): Path<DialogueId>) -> Answer {
    Ok(page(&register_page(&here, id, Form::empty()).await?))
}

pub async fn apply(here: Here, Path(id): Path<DialogueId>, mut form: Form) -> Answer {
    let new = Application {
        name: form.value("ten").to_owned(),
        phone: form.value("dien-thoai").to_owned(),
        question: form.value("cau-hoi").to_owned(),
    };
    match registration::apply(&here.ctx(), id, &new).await {
        Ok(code) => {
            let frame = here.frame(here.visit.lang.t("Đã nhận đăng ký tham dự"), Place::None);
            Ok(page(&RegisteredPage { frame, code }))
        }
        Err(error) => {
            mended(&mut form, "ten", "ten", error)?;
            Ok(mend(&register_page(&here, id, form).await?))
        }
    }
}
