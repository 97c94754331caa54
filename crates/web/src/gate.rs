//! What every request passes: the session, the language, the origin check, the limits, the headers.

use std::any::Any;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HOST, ORIGIN, REFERRER_POLICY, RETRY_AFTER, X_CONTENT_TYPE_OPTIONS,
    X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use kernel::Actor;
use kernel::id::AccountId;
use office::House;
use office::identity::{Token, service, tokens};
use office::notices;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

use crate::api;
use crate::conduct;
use crate::here::Visit;
use crate::identity;
use crate::pace::{self, Wrong};
use crate::page::Refusal;
use crate::say::Lang;

/// Nothing from outside, no inline script or style, no frame around us.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Uploads are 20 MB; the rest of a form fits into one more.
const LARGEST_REQUEST: usize = 21 * 1024 * 1024;

/// Puts the gate around the doors.
pub fn around(router: Router, house: &Arc<House>) -> Router {
    let header = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    router
        .fallback(async || Refusal::not_found())
        .layer(from_fn_with_state((Arc::clone(house), Wrong::new(house.behind_proxy)), visit))
        .layer(axum::middleware::from_fn(same_origin))
        .merge(crate::assets::router())
        // One limit for all: axum's own would stop a file at 2 MB.
        .layer(DefaultBodyLimit::disable())
        .layer(RequestBodyLimitLayer::new(LARGEST_REQUEST))
        .layer(axum::middleware::map_response(too_large))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, Duration::from_secs(60)))
        .layer(CompressionLayer::new())
        .layer(header(CONTENT_SECURITY_POLICY, POLICY))
        .layer(header(X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(header(X_FRAME_OPTIONS, "DENY"))
        .layer(header(REFERRER_POLICY, "same-origin"))
        .layer(header(HeaderName::from_static("cross-origin-opener-policy"), "same-origin"))
        .layer(header(HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"))
        .layer(header(CACHE_CONTROL, "no-store"))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(TraceLayer::new_for_http())
}

/// The limit itself answers with a bare English line.
async fn too_large(response: Response) -> Response {
    let bare = response.status() == StatusCode::PAYLOAD_TOO_LARGE && response.extensions().get::<Refusal>().is_none();
    if bare { Refusal::too_large().into_response() } else { response }
}

#[expect(clippy::needless_pass_by_value, reason = "the layer hands the cause over")]
fn panicked(cause: Box<dyn Any + Send>) -> Response {
    let what = cause.downcast_ref::<String>().map(String::as_str).or_else(|| cause.downcast_ref::<&str>().copied());
    Refusal::broken(&what.unwrap_or("panic")).into_response()
}

/// The name of the session's cookie; only a secure one may carry the `__Host-` mark.
#[must_use]
pub fn session_cookie(house: &House) -> &'static str {
    if house.public_url.starts_with("https://") { "__Host-thidua" } else { "thidua" }
}

/// The cookie that keeps the chosen language.
pub const LANGUAGE_COOKIE: &str = "ngon-ngu";

async fn visit(
    State((house, wrong)): State<(Arc<House>, Wrong)>,
    jar: CookieJar,
    mut request: Request,
    next: Next,
) -> Response {
    if let Err(error) = office::calendar::service::keep_up(&house).await {
        tracing::warn!(%error, "the calendar may be older than the database's");
    }
    // A cookie opens no door of the API: what a browser sends by itself counts for nothing there.
    let inside = api::is_inside(request.uri().path());
    // Nor does it say who stands at the door of confidential reports: that session is not even marked as seen.
    let unasked = inside || conduct::is_nameless(request.uri().path());
    let session = jar.get(session_cookie(&house)).filter(|_| !unasked).map(|cookie| Token::received(cookie.value()));
    let bearer = if inside { api::bearer(request.headers()) } else { None };
    let found = match (&session, &bearer) {
        (Some(token), _) => service::actor_of(&house, token).await,
        (None, Some(token)) => tokens::actor_of(&house, token).await,
        (None, None) => Ok(None),
    };
    let actor = match found {
        Ok(actor) => actor,
        Err(error) => return identity::refusal(&error).into_response(),
    };
    let is_wrong = bearer.is_some() && actor.is_none();
    let lang = match jar.get(LANGUAGE_COOKIE) {
        _ if inside => api::language(request.headers()),
        cookie => cookie.map_or(Lang::Vi, |cookie| Lang::from_code(cookie.value())),
    };
    let unread = match actor.as_ref().and_then(|actor| actor.account).filter(|_| !inside) {
        Some(account) => unread(&house, account).await,
        None => 0,
    };
    let visit = Visit {
        token: session.filter(|_| actor.is_some()),
        actor: Arc::new(actor.unwrap_or_else(Actor::visitor)),
        lang,
        path: request.uri().path().to_owned(),
        today: house.clock.today(),
        demo: house.demo,
        office: house.plan.office.clone(),
        movement: house.movement_name(),
        unread,
    };
    request.extensions_mut().insert(visit.clone());
    let mut response = match if is_wrong { wrong.knock(&request) } else { Ok(()) } {
        Err(seconds) => pace::too_often(seconds),
        Ok(()) if is_wrong => Refusal::no_token().into_response(),
        Ok(()) => next.run(request).await,
    };
    match response.extensions_mut().remove::<Refusal>() {
        Some(refusal) => {
            let come_back = response.headers_mut().remove(RETRY_AFTER);
            let mut page = if inside { refusal.into_problem(&visit) } else { refusal.into_page(&visit) };
            page.headers_mut().extend(come_back.map(|seconds| (RETRY_AFTER, seconds)));
            page
        }
        None => response,
    }
}

/// How many notices an account has not read: a number beside a link, not worth a page that fails.
async fn unread(house: &House, account: AccountId) -> i64 {
    notices::queries::unread(&house.db, account).await.unwrap_or_else(|error| {
        tracing::warn!(%error, "unread notices could not be counted");
        0
    })
}

/// A form is taken only from our own pages: the browser says where it comes from.
async fn same_origin(request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return next.run(request).await;
    }
    // The API asks for a token, which no other site can make a browser send.
    let path = request.uri().path();
    // A mail program stops mail with one press (RFC 8058): the link it was sent is its right, no cookie counts.
    if api::is_inside(path) || path.starts_with(crate::notices::STOP) || is_ours(request.headers()) {
        next.run(request).await
    } else {
        Refusal::foreign().into_response()
    }
}

fn is_ours(headers: &HeaderMap) -> bool {
    let text = |name: &HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    match text(&HeaderName::from_static("sec-fetch-site")) {
        Some(site) => site == "same-origin",
        None => match (text(&ORIGIN), text(&HOST)) {
            (Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, from)| from == host),
            _ => false,
        },
    }
}
