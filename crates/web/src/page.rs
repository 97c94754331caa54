//! What is answered: a page inside its frame, or a refusal with a sentence.

use std::borrow::Cow;

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use kernel::Role;

use crate::form::Fault;
use crate::here::Visit;
pub use crate::menu::Place;
use crate::menu::{self, MenuGroup};
use crate::say::Lang;

/// What every page shows around its content.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The title, without the name of the site.
    pub title: String,
    /// The language of the screen.
    pub l: Lang,
    /// The place in the menu.
    pub place: Place,
    /// The name of who signed in; none for a visitor.
    pub who: Option<String>,
    /// The roles held today, in words.
    pub roles: String,
    /// The menu, with what this visitor may see.
    pub menu: Vec<MenuGroup>,
    /// Filled with invented people.
    pub demo: bool,
    /// The office whose plan runs here.
    pub office: String,
    /// The movement.
    pub movement: String,
    /// The path of this page, to come back to after a change of language.
    pub path: String,
    /// Whether a form on it must be mended: then the title says so first.
    pub has_faults: bool,
    /// How many notices were not read.
    pub unread: i64,
}

impl Frame {
    /// The frame of a visit.
    #[must_use]
    pub fn new(visit: &Visit, title: &str, place: Place) -> Self {
        let actor = &visit.actor;
        let roles: Vec<&str> = Role::ALL
            .iter()
            .filter(|role| actor.is(**role, visit.today))
            .map(|role| visit.lang.t(role.name_vi()))
            .collect();
        Self {
            title: title.to_owned(),
            l: visit.lang,
            place,
            who: actor.account.map(|_| actor.name.clone()),
            roles: roles.join(" · "),
            menu: menu::seen_by(|need| actor.may(need, visit.today)),
            demo: visit.demo,
            office: visit.office.clone(),
            movement: visit.movement.clone(),
            path: visit.path.clone(),
            has_faults: false,
            unread: visit.unread,
        }
    }

    /// The frame of a page whose form must be mended.
    #[must_use]
    pub fn faulty(mut self, faulty: bool) -> Self {
        self.has_faults = faulty;
        self
    }
}

/// Answers a page.
pub fn show(page: &impl Template) -> Response {
    show_as(StatusCode::OK, page)
}

/// Answers a page whose form must be mended: 422.
pub fn mend(page: &impl Template) -> Response {
    show_as(StatusCode::UNPROCESSABLE_ENTITY, page)
}

fn show_as(status: StatusCode, page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(error) => Refusal::broken(&error).into_response(),
    }
}

/// Why the house does not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub(crate) status: StatusCode,
    /// The word by which a program tells it from others.
    pub(crate) code: Cow<'static, str>,
    pub(crate) title: &'static str,
    pub(crate) what: String,
    /// What is to be mended, by the field of a request's body.
    pub(crate) faults: Vec<Fault>,
}

/// The answer of a handler.
pub type Answer = Result<Response, Refusal>;

impl Refusal {
    pub(crate) fn new(status: StatusCode, code: &'static str, title: &'static str, what: impl Into<String>) -> Self {
        Self { status, code: Cow::Borrowed(code), title, what: what.into(), faults: Vec::new() }
    }

    /// There is no such thing, or the visitor may not know of it.
    #[must_use]
    pub fn not_found() -> Self {
        let what = "Địa chỉ có thể đã gõ sai, hoặc nội dung không dành cho tài khoản này.";
        Self::new(StatusCode::NOT_FOUND, "not_found", "Không tìm thấy trang", what)
    }

    /// The visitor may know of it, but not do it.
    #[must_use]
    pub fn denied(why: &office::Denied) -> Self {
        Self::new(StatusCode::FORBIDDEN, "denied", "Không có quyền", sentence(why))
    }

    /// The visitor may do it, but not while things stand as they do.
    #[must_use]
    pub fn forbidden(why: &impl std::fmt::Display) -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", "Chưa làm được việc này", sentence(why))
    }

    /// The world says no: a state, a rule, another's change.
    #[must_use]
    pub fn conflict(why: &impl std::fmt::Display) -> Self {
        Self::new(StatusCode::CONFLICT, "conflict", "Chưa làm được việc này", sentence(why))
    }

    /// The form came from another site.
    #[must_use]
    pub fn foreign() -> Self {
        let what = "Biểu mẫu không được gửi từ trang của hệ thống. Hãy mở lại trang rồi gửi lại.";
        Self::new(StatusCode::FORBIDDEN, "foreign", "Yêu cầu bị từ chối", what)
    }

    /// One address knocked too often at a door that takes a secret.
    #[must_use]
    pub fn too_often(seconds: u64) -> Self {
        let what = format!("Có quá nhiều lần thử từ địa chỉ này. Hãy chờ {seconds} giây rồi thử lại.");
        Self::new(StatusCode::TOO_MANY_REQUESTS, "too_often", "Thử lại sau ít phút", what)
    }

    /// The request could not be read.
    #[must_use]
    pub fn unreadable() -> Self {
        let what = "Biểu mẫu gửi lên bị thiếu, quá lớn hoặc bị hỏng. Hãy thử lại với tệp nhỏ hơn.";
        Self::new(StatusCode::BAD_REQUEST, "unreadable", "Không đọc được biểu mẫu", what)
    }

    /// The request is larger than anything the house takes.
    #[must_use]
    pub fn too_large() -> Self {
        let what = "Tệp hoặc biểu mẫu lớn quá mức cho phép (mỗi tệp không quá 20 MB). Giảm kích thước tệp rồi gửi lại.";
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "Tệp quá lớn", what)
    }

    /// The house is broken: logged once here, with a number for the visitor to tell.
    #[must_use]
    pub fn broken(why: &impl std::fmt::Display) -> Self {
        let reference = uuid::Uuid::new_v4().simple().to_string()[..8].to_uppercase();
        tracing::error!(%reference, error = %why, "the house is broken");
        let what =
            format!("Hệ thống gặp lỗi. Báo quản trị hệ thống mã số {reference}; dữ liệu đã lưu trước đó vẫn còn.");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "broken", "Lỗi hệ thống", what)
    }

    /// What the store said, for the visitor.
    #[must_use]
    pub fn store(why: &office::StoreError) -> Self {
        use office::StoreError as E;
        match why {
            E::Duplicate { .. } | E::Stale { .. } => Self::conflict(why),
            E::Busy | E::Full => Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "Chưa lưu được", sentence(why)),
            E::Nonsense { .. } | E::Engine(_) | E::Migration(_) | E::File(_) => Self::broken(why),
        }
    }

    /// The refusal as a page in the visitor's frame.
    #[must_use]
    pub(crate) fn into_page(self, visit: &Visit) -> Response {
        let frame = Frame::new(visit, &visit.lang.fault(self.title), Place::None);
        show_as(self.status, &RefusalPage { frame, what: self.what })
    }
}

/// Bare where nothing is known of the visitor; the gate puts the frame around it where it can.
impl From<office::StoreError> for Refusal {
    fn from(error: office::StoreError) -> Self {
        Self::store(&error)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let page = BareRefusal { title: self.title, what: &self.what };
        let mut response = match page.render() {
            Ok(html) => (self.status, Html(html)).into_response(),
            Err(_) => self.status.into_response(),
        };
        response.extensions_mut().insert(self);
        response
    }
}

/// Begins with a capital and ends with a full stop.
#[must_use]
pub fn sentence(why: &impl std::fmt::Display) -> String {
    let text = why.to_string();
    let mut letters = text.chars();
    let mut out: String = letters.next().map(|first| first.to_uppercase().collect()).unwrap_or_default();
    out.push_str(letters.as_str());
    if !out.ends_with(['.', '!', '?', '…']) {
        out.push('.');
    }
    out
}

#[derive(Template)]
#[template(path = "layout/refusal.html")]
struct RefusalPage {
    frame: Frame,
    what: String,
}

#[derive(Template)]
#[template(path = "layout/bare_refusal.html")]
struct BareRefusal<'a> {
    title: &'a str,
    what: &'a str,
}
