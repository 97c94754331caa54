//! What goes out: JSON, with the version as an `ETag`; refusals as problems (RFC 9457).

use axum::Json;
use axum::http::header::{CONTENT_TYPE, ETAG, LOCATION, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;

use crate::here::Visit;
use crate::page::Refusal;

/// The media type of a problem.
pub const PROBLEM: &str = "application/problem+json";

/// An answer, or why there is none.
pub type Given = Result<Response, Refusal>;

/// Answers a value.
pub fn give(value: &impl Serialize) -> Given {
    Ok(Json(serde_json::to_value(value).map_err(|error| Refusal::broken(&error))?).into_response())
}

/// Answers a value that has versions.
pub fn give_version(value: &impl Serialize, version: i64) -> Given {
    let mut response = give(value)?;
    response.headers_mut().insert(ETAG, etag(version));
    Ok(response)
}

/// Answers what was made, and where it can be read.
pub fn made(value: &impl Serialize, place: Option<String>, version: Option<i64>) -> Given {
    let mut headers = HeaderMap::new();
    if let Some(place) = place.and_then(|place| HeaderValue::try_from(place).ok()) {
        headers.insert(LOCATION, place);
    }
    headers.extend(version.map(|version| (ETAG, etag(version))));
    Ok((StatusCode::CREATED, headers, give(value)?).into_response())
}

fn etag(version: i64) -> HeaderValue {
    HeaderValue::try_from(format!("\"{version}\"")).expect("figures and quotation marks")
}

/// A problem, as RFC 9457 has it.
#[derive(Serialize, JsonSchema)]
pub struct Problem {
    /// What kind of problem, as an address that is a name only.
    r#type: String,
    /// Its kind in words.
    title: String,
    /// The status.
    status: u16,
    /// What happened and what to do.
    detail: String,
    /// The path asked for.
    instance: String,
    /// The word by which a program tells it from others.
    code: String,
    /// The fields to be mended.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<FieldProblem>,
}

/// A field to be mended.
#[derive(Serialize, JsonSchema)]
pub struct FieldProblem {
    /// Where it stands in the body, as a JSON pointer.
    pointer: String,
    /// What to do.
    detail: String,
}

impl Refusal {
    /// The refusal as a problem, in the language the program asked for.
    pub(crate) fn into_problem(self, visit: &Visit) -> Response {
        let l = visit.lang;
        let errors = self.faults.into_iter();
        let problem = Problem {
            r#type: format!("urn:thidua:problem:{}", self.code),
            title: l.fault(self.title).into_owned(),
            status: self.status.as_u16(),
            detail: l.fault(&self.what).into_owned(),
            instance: visit.path.clone(),
            code: self.code.into_owned(),
            errors: errors
                .map(|one| FieldProblem { detail: l.fault(&one.what).into_owned(), pointer: one.field })
                .collect(),
        };
        let mut response = (self.status, Json(problem)).into_response();
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(PROBLEM));
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
