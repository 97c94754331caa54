//! Stories about whoever signed in, and the way to take one's consent back.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use kernel::numbers::short_date;
use office::newsroom::{SubjectId, subjects};

use super::{moment, refusal};
use crate::form::Form;
use crate::here::Here;
use crate::page::{Answer, Frame, Place, show as page};

struct Line {
    subject: SubjectId,
    title: String,
    url: String,
    state: &'static str,
    agreed: String,
    withdrawn: String,
}

#[derive(Template)]
#[template(path = "newsroom/mine.html")]
struct MinePage {
    frame: Frame,
    lines: Vec<Line>,
}

pub async fn show(here: Here) -> Answer {
    let found = subjects::about_me(&here.ctx()).await.map_err(refusal)?;
    let line = |(story, subject): (office::newsroom::model::Story, office::newsroom::model::Subject)| Line {
        subject: subject.id,
        url: if story.is_out(here.house.clock.now()) && subject.withdrawn.is_none() {
            format!("/thong-tin-khen-thuong/{}", story.slug)
        } else {
            String::new()
        },
        state: story.state.name_vi(),
        title: story.text.title,
        agreed: subject.consent.map(|consent| short_date(consent.on)).unwrap_or_default(),
        withdrawn: subject.withdrawn.map(|act| moment(act.at)).unwrap_or_default(),
    };
    Ok(page(&MinePage {
        frame: here.frame(here.visit.lang.t("Bài viết về tôi"), Place::None),
        lines: found.into_iter().map(line).collect(),
    }))
}

pub async fn withdraw(here: Here, Path(id): Path<SubjectId>, form: Form) -> Answer {
    subjects::withdraw_consent(&here.ctx(), id, form.value("ly-do")).await.map_err(refusal)?;
    Ok(Redirect::to("/noi-bo/bai-ve-toi").into_response())
}
