//! The plan: its clauses, phases and occasions.

use kernel::{Date, Permission};
use office::movements::Clause;
use schemars::JsonSchema;
use serde::Serialize;

use super::Operation;
use super::answer::{Given, give};
use crate::doors::{Doors, Need};
use crate::here::Here;

/// The doors of this file.
pub fn doors(doors: Doors) -> Doors {
    let plan = Operation::get("/api/v1/plan", Need::May(Permission::ReadPlan), "Kế hoạch và từng mục của kế hoạch");
    doors.api(plan.gives::<PlanView>(), show)
}

/// The plan that runs here.
#[derive(Serialize, JsonSchema)]
struct PlanView {
    id: String,
    title: String,
    number: String,
    office: String,
    /// The first day of the movement.
    from: Date,
    /// The first day after it.
    until: Option<Date>,
    clauses: Vec<ClauseView>,
    occasions: Vec<OccasionView>,
}

/// A clause, word for word.
#[derive(Serialize, JsonSchema)]
struct ClauseView {
    id: String,
    parent: Option<String>,
    label: String,
    text: String,
    /// The codes of those who answer for it.
    responsible: Vec<String>,
}

/// An occasion on which awards are given.
#[derive(Serialize, JsonSchema)]
struct OccasionView {
    id: &'static str,
    name: String,
    clause: String,
    /// The award codes allowed.
    awards: Vec<String>,
}

async fn show(here: Here) -> Given {
    let plan = &here.house.plan;
    let clause = |one: &Clause| ClauseView {
        id: one.id.to_string(),
        parent: one.parent.as_ref().map(ToString::to_string),
        label: one.label.clone(),
        text: one.text.clone(),
        responsible: one.responsible.iter().map(|unit| unit.code.clone()).collect(),
    };
    let occasions = plan.occasions.iter().map(|one| OccasionView {
        id: one.id.code(),
        name: one.name.clone(),
        clause: one.clause.to_string(),
        awards: one.codes().map(ToString::to_string).collect(),
    });
    give(&PlanView {
        id: plan.id.clone(),
        title: plan.title.clone(),
        number: plan.number.clone(),
        office: plan.office.clone(),
        from: plan.period.from,
        until: plan.period.until,
        clauses: plan.clauses.iter().map(clause).collect(),
        occasions: occasions.collect(),
    })
}
