//! The matrix: every clause with how much hangs on it, those with nothing first.

use askama::Template;

use super::{Hanging, KINDS, address, beginning, hanging};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, show as page};

struct Line {
    id: String,
    url: String,
    kind: &'static str,
    text: String,
    hanging: Hanging,
}

#[derive(Template)]
#[template(path = "movements/matrix.html")]
struct MatrixPage {
    frame: Frame,
    lines: Vec<Line>,
    bare: usize,
    kinds: [&'static str; KINDS.len()],
}

pub async fn show(here: Here) -> Answer {
    let found = hanging(&here).await?;
    let mut lines: Vec<Line> = here
        .house
        .plan
        .walk()
        .map(|(_, clause)| Line {
            id: clause.id.to_string(),
            url: address(clause.id.as_str()),
            kind: clause.kind.name_vi(),
            text: beginning(&clause.text),
            hanging: found.get(clause.id.as_str()).copied().unwrap_or_default(),
        })
        .collect();
    lines.sort_by_key(|line| !line.hanging.is_nothing());
    let bare = lines.iter().filter(|line| line.hanging.is_nothing()).count();
    Ok(page(&MatrixPage {
        frame: here.frame(here.visit.lang.t("Ma trận điều khoản"), Place::Plan),
        lines,
        bare,
        kinds: KINDS,
    }))
}
