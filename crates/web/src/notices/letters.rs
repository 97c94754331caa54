//! Links in letters: stop mail of one kind or all, confirm an address. They work without signing in, by a button:
//! programs that look at links beforehand change nothing.

use askama::Template;
use axum::extract::Path;
use axum::response::Response;
use office::notices::choices;

use super::refusal;
use crate::form::Form;
use crate::here::Here;
use crate::page::{Answer, Frame, Place, show as page};

#[derive(Template)]
#[template(path = "notices/stop.html")]
struct StopPage {
    frame: Frame,
    action: String,
    kind: String,
    done: bool,
    all: bool,
}

#[derive(Template)]
#[template(path = "notices/confirm.html")]
struct ConfirmPage {
    frame: Frame,
    action: String,
    done: bool,
}

/// A page that no robot keeps: its address is a secret of the letter's owner.
fn unlisted(mut response: Response) -> Response {
    let word = axum::http::HeaderValue::from_static("noindex");
    response.headers_mut().insert("x-robots-tag", word);
    response
}

pub async fn ask(here: Here, Path(link): Path<String>) -> Answer {
    let (_, kind) = choices::read_stop(&here.house, &link).map_err(refusal)?;
    let l = here.visit.lang;
    Ok(unlisted(page(&StopPage {
        frame: here.frame(l.t("Ngừng nhận thư"), Place::None),
        action: format!("{}{link}", super::STOP),
        kind: kind.map(|kind| l.t(kind.name_vi()).to_owned()).unwrap_or_default(),
        done: false,
        all: kind.is_none(),
    })))
}

pub async fn stop(here: Here, Path(link): Path<String>, form: Form) -> Answer {
    let kind = choices::stop(&here.ctx(), &link, form.value("tat-ca") == "co").await.map_err(refusal)?;
    let l = here.visit.lang;
    Ok(unlisted(page(&StopPage {
        frame: here.frame(l.t("Đã ngừng nhận thư"), Place::None),
        action: format!("{}{link}", super::STOP),
        kind: kind.map(|kind| l.t(kind.name_vi()).to_owned()).unwrap_or_default(),
        done: true,
        all: kind.is_none(),
    })))
}

pub async fn confirm(here: Here, Path(link): Path<String>) -> Answer {
    let frame = here.frame(here.visit.lang.t("Xác nhận địa chỉ thư"), Place::None);
    let action = format!("/thong-bao/xac-nhan/{link}");
    Ok(unlisted(page(&ConfirmPage { frame, action, done: false })))
}

pub async fn confirmed(here: Here, Path(link): Path<String>) -> Answer {
    choices::confirm(&here.ctx(), &link).await.map_err(refusal)?;
    let frame = here.frame(here.visit.lang.t("Đã xác nhận địa chỉ thư"), Place::None);
    Ok(unlisted(page(&ConfirmPage { frame, action: String::new(), done: true })))
}
