//! What comes by mail: one's own address and the kinds that are wanted.

use askama::Template;
use axum::response::{IntoResponse, Redirect};
use office::notices::choices::{self, Choices};
use office::notices::{NoticeKind, NoticesError};

use super::refusal;
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show as page};

#[derive(Template)]
#[template(path = "notices/choices.html")]
struct ChoicesPage {
    frame: Frame,
    form: Form,
    kinds: Vec<Choice>,
    confirmed: bool,
    waits: bool,
}

async fn choices_page(here: &Here, form: Option<Form>) -> Result<ChoicesPage, Refusal> {
    let known = choices::mine(&here.ctx()).await.map_err(refusal)?;
    let address = known.address.as_ref();
    let form = form.unwrap_or_else(|| filled(&known));
    Ok(ChoicesPage {
        frame: here.frame(here.visit.lang.t("Nhận thông báo qua thư điện tử"), Place::None).faulty(!form.is_good()),
        kinds: NoticeKind::ALL.iter().map(|kind| Choice::new(kind.code(), here.visit.lang.t(kind.name_vi()))).collect(),
        confirmed: address.is_some_and(|address| address.confirmed_at.is_some()),
        waits: address.is_some_and(|address| address.confirmed_at.is_none()),
        form,
    })
}

fn filled(known: &Choices) -> Form {
    let mut form = Form::empty();
    form.put("dia-chi", known.address.as_ref().map(|address| address.address.clone()).unwrap_or_default());
    for kind in NoticeKind::ALL.iter().filter(|kind| !known.silent.contains(kind)) {
        form.put("loai", kind.code().to_owned());
    }
    form
}

pub async fn show(here: Here) -> Answer {
    Ok(page(&choices_page(&here, None).await?))
}

pub async fn save(here: Here, mut form: Form) -> Answer {
    let ctx = here.ctx();
    match choices::set_address(&ctx, form.value("dia-chi")).await {
        Ok(()) => {}
        Err(error @ NoticesError::OddAddress) => {
            form.refuse("dia-chi", sentence(&error));
            return Ok(mend(&choices_page(&here, Some(form)).await?));
        }
        Err(error) => return Err(refusal(error)),
    }
    let silent: Vec<NoticeKind> =
        NoticeKind::ALL.iter().copied().filter(|kind| !form.chosen("loai", kind.code())).collect();
    choices::choose(&ctx, &silent).await.map_err(refusal)?;
    Ok(Redirect::to("/noi-bo/thong-bao/tuy-chon").into_response())
}
