//! The public page that says whether a certificate is real.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::numbers::long_date;
use office::decisions::queries::{self, Verified};
use serde::Deserialize;

use super::refusal;
use crate::here::Here;
use crate::page::{Answer, Frame, Place, show as page};
use crate::urls;

#[derive(Template)]
#[template(path = "decisions/verify.html")]
struct VerifyPage {
    frame: Frame,
    code: String,
    asked: bool,
    found: Option<Verified>,
    issued: String,
    changed: String,
}

/// A code typed into the form.
#[derive(Deserialize)]
pub struct Typed {
    ma: Option<String>,
}

/// The signature in the QR code's address.
#[derive(Deserialize)]
pub struct Signed {
    k: Option<String>,
}

pub async fn ask(here: Here, Query(typed): Query<Typed>) -> Response {
    match typed.ma.filter(|code| !code.trim().is_empty()) {
        Some(code) => {
            Redirect::to(&format!("/xac-minh/{}", urls::encode(code.trim()).replace('/', "%2F"))).into_response()
        }
        None => page(&verify_page(&here, String::new(), None)),
    }
}

fn verify_page(here: &Here, code: String, found: Option<Verified>) -> VerifyPage {
    let day = |day: Option<kernel::Date>| day.map(long_date).unwrap_or_default();
    VerifyPage {
        frame: here.frame(here.visit.lang.t("Xác minh giấy khen"), Place::None),
        asked: !code.is_empty(),
        issued: day(found.as_ref().and_then(|one| one.issued_on)),
        changed: day(found.as_ref().and_then(|one| one.changed_on)),
        code,
        found,
    }
}

pub async fn show(here: Here, Path(code): Path<String>, Query(signed): Query<Signed>) -> Answer {
    let found = queries::verify(&here.house, &code, signed.k.as_deref()).await.map_err(refusal)?;
    let status = if found.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    Ok((status, page(&verify_page(&here, code, found))).into_response())
}
