//! The published results of dialogues, for everybody.

use askama::Template;
use axum::extract::Path;
use kernel::numbers::short_date;
use office::dialogues::DialogueId;
use office::dialogues::queries::{self, Outcome};

use super::refusal;
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, show as page};

#[derive(Template)]
#[template(path = "dialogues/results.html")]
struct ListPage {
    frame: Frame,
    rows: Vec<(DialogueId, String, String)>,
}

#[derive(Template)]
#[template(path = "dialogues/result.html")]
struct ResultPage {
    frame: Frame,
    on: String,
    parts: Vec<String>,
    published: String,
    one: Outcome,
}

pub async fn list(here: Here) -> Answer {
    let found = queries::results(&here.ctx()).await.map_err(refusal)?;
    Ok(page(&ListPage {
        frame: here.frame(here.visit.lang.t("Kết quả đối thoại"), Place::None),
        rows: found.into_iter().map(|one| (one.id, one.title, short_date(one.on))).collect(),
    }))
}

pub async fn show(here: Here, Path(id): Path<DialogueId>) -> Answer {
    let found = queries::results(&here.ctx()).await.map_err(refusal)?;
    let one = found.into_iter().find(|one| one.id == id).ok_or_else(Refusal::not_found)?;
    let parts = one.published.text.split("\n\n").map(str::to_owned).collect();
    Ok(page(&ResultPage {
        frame: here.frame(&one.title, Place::None),
        on: short_date(one.on),
        parts,
        published: short_date(one.published.act.on),
        one,
    }))
}
