//! One's own notices, the newest first.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect};
use kernel::clock::civil_of;
use office::notices::{NoticeId, queries, service};
use serde::Deserialize;

use super::refusal;
use crate::here::Here;
use crate::page::{Answer, Frame, Place, show as page};
use crate::urls;

/// What is asked for.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    trang: String,
}

struct Line {
    id: NoticeId,
    kind: &'static str,
    subject: String,
    at: String,
    unread: bool,
}

#[derive(Template)]
#[template(path = "notices/list.html")]
struct ListPage {
    frame: Frame,
    lines: Vec<Line>,
    newer: String,
    older: String,
}

pub async fn show(here: Here, Query(asked): Query<Asked>) -> Answer {
    let place: i64 = asked.trang.parse().unwrap_or_default();
    let (found, more) = queries::mine(&here.ctx(), place).await.map_err(refusal)?;
    let address = |place: i64| format!("/noi-bo/thong-bao?trang={place}");
    Ok(page(&ListPage {
        frame: here.frame(here.visit.lang.t("Thông báo"), Place::None),
        lines: found
            .into_iter()
            .map(|notice| Line {
                id: notice.id,
                kind: notice.kind.name_vi(),
                subject: notice.subject,
                at: civil_of(notice.raised_at).strftime("%H:%M, %d/%m/%Y").to_string(),
                unread: notice.read_at.is_none(),
            })
            .collect(),
        newer: if place > 0 { address(place - 1) } else { String::new() },
        older: if more { address(place + 1) } else { String::new() },
    }))
}

pub async fn open(here: Here, Path(id): Path<NoticeId>) -> Answer {
    let url = service::open(&here.ctx(), id).await.map_err(refusal)?;
    Ok(Redirect::to(urls::inside(&url)).into_response())
}

pub async fn read_all(here: Here) -> Answer {
    service::read_all(&here.ctx()).await.map_err(refusal)?;
    Ok(Redirect::to("/noi-bo/thong-bao").into_response())
}
