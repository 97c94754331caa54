//! The public page that says whether a certificate is real.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{LazyLock, Mutex};

use askama::Template;
use axum::extract::{ConnectInfo, Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::{SignedDuration, Timestamp};
use kernel::numbers::long_date;
use office::decisions::queries::{self, Verified};
use serde::Deserialize;

use super::refusal;
use crate::here::Here;
use crate::page::{Answer, Frame, Place, show as page};
use crate::urls;

/// Wrong codes from one address before it must wait.
const WRONG_ALLOWED: u32 = 20;
/// How long it waits.
const WAIT: SignedDuration = SignedDuration::from_mins(10);

/// Wrong codes by address, with when the count began. Kept in memory only: no address is stored.
static WRONG: LazyLock<Mutex<BTreeMap<IpAddr, (u32, Timestamp)>>> = LazyLock::new(Mutex::default);

#[derive(Template)]
#[template(path = "decisions/verify.html")]
struct VerifyPage {
    frame: Frame,
    code: String,
    asked: bool,
    found: Option<Verified>,
    issued: String,
    changed: String,
    throttled: bool,
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
        None => page(&verify_page(&here, String::new(), None, false)),
    }
}

fn verify_page(here: &Here, code: String, found: Option<Verified>, throttled: bool) -> VerifyPage {
    let day = |day: Option<kernel::Date>| day.map(long_date).unwrap_or_default();
    VerifyPage {
        frame: here.frame(here.visit.lang.t("Xác minh giấy khen"), Place::None),
        asked: !code.is_empty(),
        issued: day(found.as_ref().and_then(|one| one.issued_on)),
        changed: day(found.as_ref().and_then(|one| one.changed_on)),
        code,
        found,
        throttled,
    }
}

pub async fn show(
    here: Here,
    from: Option<axum::Extension<ConnectInfo<SocketAddr>>>,
    Path(code): Path<String>,
    Query(signed): Query<Signed>,
) -> Answer {
    let (address, now) = (from.map(|axum::Extension(ConnectInfo(address))| address.ip()), here.house.clock.now());
    if address.is_some_and(|address| must_wait(address, now)) {
        let shown = page(&verify_page(&here, code, None, true));
        return Ok((StatusCode::TOO_MANY_REQUESTS, shown).into_response());
    }
    let found = queries::verify(&here.house, &code, signed.k.as_deref()).await.map_err(refusal)?;
    if let (None, Some(address)) = (&found, address) {
        note_wrong(address, now);
    }
    let status = if found.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    Ok((status, page(&verify_page(&here, code, found, false))).into_response())
}

fn must_wait(address: IpAddr, now: Timestamp) -> bool {
    let counts = WRONG.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    counts.get(&address).is_some_and(|(wrong, since)| *wrong >= WRONG_ALLOWED && now.duration_since(*since) < WAIT)
}

fn note_wrong(address: IpAddr, now: Timestamp) {
    let mut counts = WRONG.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    counts.retain(|_, (_, since)| now.duration_since(*since) < WAIT);
    counts.entry(address).or_insert((0, now)).0 += 1;
}
