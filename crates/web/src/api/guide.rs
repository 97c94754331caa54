//! The API on one plain page: what there is, who may, where the description lies.

use askama::Template;
use axum::response::Response;

use crate::doors::Need;
use crate::here::Here;
use crate::page::{Frame, Place, show as page};

struct Line {
    method: String,
    path: &'static str,
    summary: &'static str,
    need: &'static str,
}

#[derive(Template)]
#[template(path = "api/guide.html")]
struct GuidePage {
    frame: Frame,
    lines: Vec<Line>,
}

pub async fn show(here: Here) -> Response {
    let line = |one: &super::Operation| Line {
        method: one.method.to_string(),
        path: one.path,
        summary: one.summary,
        need: match one.need {
            Need::Public => "Ai cũng dùng được",
            Need::SignedIn => "Có khóa truy cập",
            Need::May(permission) => permission.name_vi(),
        },
    };
    page(&GuidePage {
        frame: here.frame(here.visit.lang.t("API cho phần mềm khác"), Place::None),
        lines: crate::doors().operations().iter().map(line).collect(),
    })
}
