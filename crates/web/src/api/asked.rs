//! What comes in: path, query, body and the version that was seen, each refused with a problem that names
//! the field.

use axum::body::Bytes;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{FromRequest, FromRequestParts, Multipart, Path, Query, Request};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, IF_MATCH};
use axum::http::request::Parts;
use serde::de::DeserializeOwned;

use crate::form::Fault;
use crate::page::Refusal;

/// A value from the path; one that cannot be read names nothing that is here.
#[derive(FromRequestParts)]
#[from_request(via(Path), rejection(Unfound))]
pub struct Of<T>(pub T);

/// A value of the path that cannot be read.
pub struct Unfound;

impl From<PathRejection> for Unfound {
    fn from(_: PathRejection) -> Self {
        Self
    }
}

impl axum::response::IntoResponse for Unfound {
    fn into_response(self) -> axum::response::Response {
        Refusal::not_found().into_response()
    }
}

/// The values of the query.
#[derive(FromRequestParts)]
#[from_request(via(Query), rejection(Unasked))]
pub struct Asked<T>(pub T);

/// A query that cannot be read.
pub struct Unasked(String);

impl From<QueryRejection> for Unasked {
    fn from(why: QueryRejection) -> Self {
        Self(why.body_text())
    }
}

impl axum::response::IntoResponse for Unasked {
    fn into_response(self) -> axum::response::Response {
        Refusal::bad_query(self.0).into_response()
    }
}

/// The day until which the record is read, as a query names it: none for now.
///
/// # Errors
/// A day that has not come.
pub fn known_on(here: &crate::here::Here, day: Option<kernel::Date>) -> Result<Option<kernel::Date>, Refusal> {
    if day.is_some_and(|day| day > here.visit.today) {
        return Err(Refusal::bad_query("Tham số known_on là hôm nay hoặc một ngày đã qua."));
    }
    Ok(day)
}

/// The JSON of the body.
pub struct Sent<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Sent<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let bytes = Bytes::from_request(request, state).await.map_err(|_| Refusal::bad_json())?;
        let mut reader = serde_json::Deserializer::from_slice(&bytes);
        match serde_path_to_error::deserialize(&mut reader) {
            Ok(value) => reader.end().map(|()| Self(value)).map_err(|_| Refusal::bad_json()),
            Err(error) if error.inner().is_data() => {
                Err(Refusal::fields(vec![Fault { field: pointer(error.path()), what: error.inner().to_string() }]))
            }
            Err(_) => Err(Refusal::bad_json()),
        }
    }
}

/// A file: the body by itself, or the field `file` of a form. Empty when there is none.
pub struct SentFile(pub Bytes);

impl<S: Send + Sync> FromRequest<S> for SentFile {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if !kind.to_ascii_lowercase().starts_with("multipart/form-data") {
            let bytes = Bytes::from_request(request, state).await.map_err(|_| Refusal::bad_file())?;
            return Ok(Self(bytes));
        }
        let mut parts = Multipart::from_request(request, state).await.map_err(|_| Refusal::bad_file())?;
        while let Some(part) = parts.next_field().await.map_err(|_| Refusal::bad_file())? {
            if part.name() == Some("file") {
                return Ok(Self(part.bytes().await.map_err(|_| Refusal::bad_file())?));
            }
        }
        Ok(Self(Bytes::new()))
    }
}

/// A place in a body as a JSON pointer: `/ratings/0/level`.
fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    let part = |segment: &Segment| match segment {
        Segment::Seq { index } => format!("/{index}"),
        Segment::Map { key } => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
        Segment::Enum { variant } => format!("/{variant}"),
        Segment::Unknown => String::new(),
    };
    path.iter().map(part).collect()
}

/// The version that the program saw, from `If-Match`.
pub struct Seen(pub i64);

impl<S: Send + Sync> FromRequestParts<S> for Seen {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        let Some(text) = parts.headers.get(IF_MATCH) else { return Err(Refusal::version_needed()) };
        let text = text.to_str().unwrap_or_default().trim();
        let version = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).and_then(|one| one.parse().ok());
        version.map(Self).ok_or_else(Refusal::stale)
    }
}

impl Refusal {
    /// No access token came, or one that opens nothing.
    #[must_use]
    pub(crate) fn no_token() -> Self {
        let what =
            "Gửi khóa truy cập còn hiệu lực trong tiêu đề “Authorization: Bearer …”; tạo khóa ở trang Khóa truy cập.";
        Self::new(StatusCode::UNAUTHORIZED, "no_token", "Cần khóa truy cập", what)
    }

    /// Fields of the body must be mended; each by its JSON pointer.
    #[must_use]
    pub(crate) fn fields(faults: Vec<Fault>) -> Self {
        let what = "Có trường cần sửa; xem từng trường trong “errors”.";
        let refusal = Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", "Dữ liệu cần sửa", what);
        Self { faults, ..refusal }
    }

    /// One field of the body must be mended.
    #[must_use]
    pub(crate) fn field(pointer: &str, what: impl Into<String>) -> Self {
        Self::fields(vec![Fault { field: pointer.to_owned(), what: what.into() }])
    }

    /// The body is no JSON, or too large.
    #[must_use]
    fn bad_json() -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            "bad_json",
            "Không đọc được nội dung gửi lên",
            "Nội dung phải là JSON, dưới 2 MB.",
        )
    }

    /// The file is broken off, or too large.
    #[must_use]
    fn bad_file() -> Self {
        let what = "Gửi tệp .csv hoặc .xlsx, dưới 20 MB, làm nội dung của yêu cầu hoặc trong trường file của biểu mẫu.";
        Self::new(StatusCode::BAD_REQUEST, "bad_file", "Không đọc được nội dung gửi lên", what)
    }

    /// A value of the query cannot be read.
    #[must_use]
    pub(crate) fn bad_query(why: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad_query", "Không đọc được tham số", why)
    }

    /// No version came with a change.
    #[must_use]
    fn version_needed() -> Self {
        let what = "Gửi phiên bản đã đọc (ETag) trong tiêu đề If-Match để không ghi đè lên thay đổi của người khác.";
        Self::new(StatusCode::PRECONDITION_REQUIRED, "version_needed", "Thiếu If-Match", what)
    }

    /// Somebody changed it since it was read.
    #[must_use]
    pub(crate) fn stale() -> Self {
        let what = "Có người đã thay đổi sau khi bạn đọc; đọc lại rồi làm lại.";
        Self::new(StatusCode::PRECONDITION_FAILED, "stale", "Phiên bản đã cũ", what)
    }

    /// The same refusal, with a word of its own for programs: the name of the room's reason.
    #[must_use]
    pub(crate) fn because(mut self, why: &impl std::fmt::Debug) -> Self {
        if matches!(self.code.as_ref(), "conflict" | "invalid") {
            self.code = snake(&format!("{why:?}")).into();
        }
        self
    }
}

/// What a room refuses with, with the word of its reason.
pub(crate) fn told<E: std::fmt::Debug>(error: E, refusal: impl FnOnce(E) -> Refusal) -> Refusal {
    let why = format!("{error:?}");
    refusal(error).because(&format_args!("{why}"))
}

/// A word of the query; none when it was left out.
///
/// # Errors
/// When the parameter has no such value.
pub(crate) fn word<T>(parameter: &str, code: &str, of: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>, Refusal> {
    if code.is_empty() {
        return Ok(None);
    }
    let odd = || Refusal::bad_query(format!("Tham số {parameter} không có giá trị này."));
    of(code).map(Some).ok_or_else(odd)
}

/// `SameAchievement { … }` as `same_achievement`.
fn snake(debugged: &str) -> String {
    let mut out = String::new();
    for letter in debugged.chars().take_while(|letter| letter.is_ascii_alphanumeric()) {
        if letter.is_ascii_uppercase() && !out.is_empty() {
            out.push('_');
        }
        out.push(letter.to_ascii_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_has_a_word_for_programs() {
        assert_eq!(snake("SameAchievement { what: \"x\" }"), "same_achievement");
        assert_eq!(snake("OtherUnit"), "other_unit");
        assert_eq!(Refusal::not_found().because(&"x").code, "not_found");
    }
}
