//! Published answers for everybody, with search.

use askama::Template;
use axum::extract::{Path, Query};
use kernel::numbers::short_date;
use office::petitions::model::{PetitionId, Publication};
use office::petitions::public::{self, PublicCounts};
use serde::Deserialize;

use super::refusal;
use crate::here::Here;
use crate::page::{Answer, Frame, Place, show as page};
use crate::urls::encode;

/// What is asked for.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    tim: String,
    #[serde(default)]
    trang: String,
}

#[derive(Template)]
#[template(path = "petitions/published.html")]
struct ListPage {
    frame: Frame,
    text: String,
    rows: Vec<(String, String, String)>,
    newer: String,
    older: String,
    counts: PublicCounts,
}

#[derive(Template)]
#[template(path = "petitions/answer.html")]
struct AnswerPage {
    frame: Frame,
    one: Publication,
    on: String,
    /// When it was corrected, and why.
    corrections: Vec<(String, String)>,
}

pub async fn list(here: Here, Query(asked): Query<Asked>) -> Answer {
    let ctx = here.ctx();
    let place: i64 = asked.trang.parse().unwrap_or_default();
    let text = kernel::text::clean_line(&asked.tim);
    let (found, more) = public::published(&ctx, &text, place).await.map_err(refusal)?;
    let address = |place: i64| format!("/phan-anh/da-tra-loi?tim={}&trang={place}", encode(&text));
    Ok(page(&ListPage {
        frame: here.frame(here.visit.lang.t("Kiến nghị đã được trả lời"), Place::None),
        newer: if place > 0 { address(place - 1) } else { String::new() },
        older: if more { address(place + 1) } else { String::new() },
        rows: found
            .into_iter()
            .map(|one| (format!("/phan-anh/da-tra-loi/{}", one.petition), one.title, short_date(one.published_on)))
            .collect(),
        counts: public::public_counts(&ctx).await.map_err(refusal)?,
        text,
    }))
}

pub async fn show(here: Here, Path(id): Path<PetitionId>) -> Answer {
    let (one, corrections) = public::published_one(&here.ctx(), id).await.map_err(refusal)?;
    let frame = here.frame(&one.title, Place::None);
    let corrections = corrections.into_iter().map(|(on, reason)| (short_date(on), reason)).collect();
    Ok(page(&AnswerPage { frame, on: short_date(one.published_on), corrections, one }))
}
