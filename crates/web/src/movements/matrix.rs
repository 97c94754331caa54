//! The matrix: every clause with how much hangs on it, those with nothing first.

use askama::Template;

use super::{Hanging, KINDS, address, beginning, hanging, opened};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, show as page};

struct Line {
    id: String,
    url: String,
    kind: &'static str,
    text: String,
    hanging: Hanging,
    /// How many of each kind, with the number of its shelf on the clause's page; of open rooms only.
    shown: Vec<(usize, usize)>,
}

#[derive(Template)]
#[template(path = "movements/matrix.html")]
struct MatrixPage {
    frame: Frame,
    lines: Vec<Line>,
    bare: usize,
    /// The kinds whose rooms are open to the visitor.
    kinds: Vec<&'static str>,
}

pub async fn show(here: Here) -> Answer {
    let (found, open) = (hanging(&here).await?, opened(&here));
    let on = |clause: &str| found.get(clause).copied().unwrap_or_default();
    let mut lines: Vec<Line> = here
        .house
        .plan
        .walk()
        .map(|(_, clause)| Line {
            id: clause.id.to_string(),
            url: address(clause.id.as_str()),
            kind: clause.kind.name_vi(),
            text: beginning(&clause.text),
            hanging: on(clause.id.as_str()),
            shown: on(clause.id.as_str()).shown(open).map(|(shelf, _, many)| (shelf, many)).collect(),
        })
        .collect();
    lines.sort_by_key(|line| !line.hanging.is_nothing());
    let bare = lines.iter().filter(|line| line.hanging.is_nothing()).count();
    Ok(page(&MatrixPage {
        frame: here.frame(here.visit.lang.t("Ma trận điều khoản"), Place::Plan),
        lines,
        bare,
        kinds: KINDS.into_iter().zip(open).filter_map(|(kind, open)| open.then_some(kind)).collect(),
    }))
}
