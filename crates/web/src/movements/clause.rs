//! One clause: its words, who answers for it, and everything that hangs on it.

use askama::Template;
use axum::extract::Path;
use office::movements::Clause;

use super::shelves::{self, Shelf};
use super::{address, beginning, hanging};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, show as page};

/// A way to another clause.
struct Way {
    id: String,
    url: String,
    text: String,
}

impl Way {
    fn to(clause: &Clause) -> Self {
        Self { id: clause.id.to_string(), url: address(clause.id.as_str()), text: beginning(&clause.text) }
    }
}

#[derive(Template)]
#[template(path = "movements/clause.html")]
struct ClausePage {
    frame: Frame,
    id: String,
    kind: &'static str,
    label: String,
    pieces: Vec<(bool, String)>,
    notes: Vec<String>,
    responsible: String,
    above: Option<Way>,
    below: Vec<Way>,
    before: Option<Way>,
    after: Option<Way>,
    shelves: Vec<Shelf>,
    /// Those of rooms that the visitor may not open.
    closed: Vec<Shelf>,
    /// Whether nothing that the plan counts hangs on it.
    bare: bool,
}

pub async fn show(here: Here, Path(asked): Path<String>) -> Answer {
    let plan = &here.house.plan;
    let place = plan.clauses.iter().position(|one| one.id.as_str() == asked).ok_or_else(Refusal::not_found)?;
    let clause = &plan.clauses[place];
    let id = clause.id.as_str();
    let counts = hanging(&here).await?.get(id).copied().unwrap_or_default();
    let (shelves, closed): (Vec<Shelf>, Vec<Shelf>) =
        shelves::all(&here, id, counts).await?.into_iter().partition(|shelf| !shelf.closed);
    let responsible: Vec<&str> = clause.responsible.iter().map(|unit| unit.name.as_str()).collect();
    Ok(page(&ClausePage {
        frame: here.frame(&format!("{} {id}", here.visit.lang.t("Khoản")), Place::Plan),
        id: id.to_owned(),
        kind: clause.kind.name_vi(),
        label: clause.label.clone(),
        pieces: super::plan::pieces(&clause.text, &clause.italics),
        notes: clause.notes.clone(),
        responsible: responsible.join(", "),
        above: clause.parent.as_ref().and_then(|parent| plan.clause(parent.as_str())).map(Way::to),
        below: plan.children(id).map(Way::to).collect(),
        before: place.checked_sub(1).and_then(|place| plan.clauses.get(place)).map(Way::to),
        after: plan.clauses.get(place + 1).map(Way::to),
        shelves,
        closed,
        bare: counts.is_nothing(),
    }))
}
