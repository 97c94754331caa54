//! The announced dialogues and the published results of those that were held, for everybody.

use askama::Template;
use axum::extract::Path;
use kernel::numbers::short_date;
use office::dialogues::DialogueId;
use office::dialogues::queries::{self, Outcome, Upcoming};

use super::refusal;
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, show as page};

#[derive(Template)]
#[template(path = "dialogues/results.html")]
struct ListPage {
    frame: Frame,
    rows: Vec<(DialogueId, String, String)>,
    upcoming: Vec<Announced>,
}

/// An announced dialogue.
struct Announced {
    id: DialogueId,
    title: String,
    when: String,
    place: String,
    agenda: String,
    /// Until when anybody may ask to take part; empty when that is over.
    until: String,
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
    let today = here.visit.today;
    let announced = |one: Upcoming| Announced {
        id: one.id,
        title: one.title,
        when: format!("{} {}", one.begins, short_date(one.on)),
        place: one.place,
        agenda: one.agenda.join("; "),
        until: if one.until >= today { short_date(one.until) } else { String::new() },
    };
    let upcoming = queries::upcoming(&here.ctx()).await.map_err(refusal)?;
    Ok(page(&ListPage {
        frame: here.frame(here.visit.lang.t("Đối thoại"), Place::None),
        upcoming: upcoming.into_iter().map(announced).collect(),
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
