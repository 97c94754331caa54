//! One story for everybody, its pictures, and what is said where one was withdrawn.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use kernel::clock::day_of;
use kernel::numbers::short_date;
use office::attachments;
use office::decisions::model::{Line, LineState};
use office::newsroom::model::StateKind;
use office::newsroom::public::{self, Found, Shown};
use office::newsroom::{PictureId, queries};
use office::organization::Recipient;

use super::column::Image;
use super::{refusal, text};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, show as page};

/// A line of the decision under a story.
pub struct Awarded {
    /// The name as the decision prints it.
    pub name: String,
    /// The unit as the decision prints it; empty for a collective.
    pub unit: String,
    /// The form of award.
    pub award: String,
    /// What is true of it now.
    pub state: LineState,
    /// The code by which its certificate is verified.
    pub code: String,
}

impl Awarded {
    /// The lines of a decision as everybody may read them.
    pub fn of(here: &Here, lines: &[Line]) -> Vec<Self> {
        let line = |line: &Line| Self {
            name: line.name.clone(),
            unit: if matches!(line.recipient, Recipient::Person(_)) { line.unit_name.clone() } else { String::new() },
            award: here.house.rules.award(line.award).name_vi.clone(),
            state: line.state,
            code: line.code.clone().unwrap_or_default(),
        };
        lines.iter().map(line).collect()
    }
}

#[derive(Template)]
#[template(path = "newsroom/article.html")]
struct ArticlePage {
    frame: Frame,
    kind: &'static str,
    on: String,
    summary: String,
    body: String,
    first: Option<Image>,
    others: Vec<Image>,
    corrections: Vec<(String, String)>,
    clause: String,
    decision: String,
    decided: String,
    awarded: Vec<Awarded>,
    initiative: Option<(String, String)>,
    archived: bool,
}

#[derive(Template)]
#[template(path = "newsroom/gone.html")]
struct GonePage {
    frame: Frame,
    since: String,
    note: String,
}

pub async fn show(here: Here, Path(slug): Path<String>) -> Answer {
    match public::find(&here.ctx(), &slug).await.map_err(refusal)? {
        Found::Shown(shown) => Ok(page(&article_page(&here, *shown))),
        Found::Gone { since, note } => Ok(gone(&here, since.map(short_date).unwrap_or_default(), note)),
    }
}

/// 410: what stood here is gone and does not come back by itself.
fn gone(here: &Here, since: String, note: String) -> Response {
    let frame = here.frame(here.visit.lang.t("Bài này đã được gỡ"), Place::None);
    let mut response = page(&GonePage { frame, since, note });
    *response.status_mut() = StatusCode::GONE;
    response
}

fn article_page(here: &Here, shown: Shown) -> ArticlePage {
    let mut images = shown.pictures.iter().filter_map(Image::of);
    let corrections = shown.corrections.iter().rev();
    let noted =
        corrections.filter_map(|one| one.approved.as_ref().map(|(_, at)| (short_date(day_of(*at)), one.note.clone())));
    let (decision, decided, awarded) = match &shown.awarded {
        Some((decision, lines)) => {
            (decision.number_text(), decision.issued_on.map(short_date).unwrap_or_default(), Awarded::of(here, lines))
        }
        None => (String::new(), String::new(), Vec::new()),
    };
    ArticlePage {
        frame: here.frame(&shown.story.text.title, Place::None),
        kind: shown.story.kind.name_vi(),
        on: shown.story.publish_at.map(|at| short_date(day_of(at))).unwrap_or_default(),
        summary: shown.story.text.summary.clone(),
        body: text::rendered(&shown.story.text.body),
        first: images.next(),
        others: images.collect(),
        corrections: noted.collect(),
        clause: shown.story.clause.clone(),
        decision,
        decided,
        awarded,
        initiative: shown.initiative,
        archived: shown.story.state == StateKind::Archived,
    }
}

/// A picture of a story that is shown; its bytes never change under one address.
pub async fn picture(here: Here, Path((id, width)): Path<(PictureId, i64)>) -> Answer {
    let file = queries::picture(&here.ctx(), id, width).await.map_err(refusal)?;
    let bytes = attachments::read(&here.house, &file.digest).map_err(|error| Refusal::broken(&error))?;
    // Not for long and not for others: a picture goes with its story.
    Ok(([(CONTENT_TYPE, file.media_type.as_str()), (CACHE_CONTROL, "private, max-age=300")], bytes).into_response())
}
