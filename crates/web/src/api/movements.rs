//! The plan: its clauses, phases and occasions.

use kernel::{Date, Period, Permission};
use office::movements::Clause;
use schemars::JsonSchema;
use serde::Serialize;

use super::Operation;
use super::answer::{Given, give};
use crate::doors::{Doors, Need};
use crate::here::Here;
use crate::movements::{KINDS, hanging, opened};

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
    /// In the order of time; they share no day.
    phases: Vec<PhaseView>,
    /// The days of the movement that the plan leaves in no phase.
    gaps: Vec<GapView>,
    clauses: Vec<ClauseView>,
    occasions: Vec<OccasionView>,
}

/// A phase of the movement.
#[derive(Serialize, JsonSchema)]
struct PhaseView {
    id: String,
    name: String,
    /// The clause that sets it.
    clause: String,
    /// Its first day.
    from: Date,
    /// The first day after it.
    until: Option<Date>,
    /// The day on which the review that closes it is due.
    review_due: Option<Date>,
}

/// Days that are in no phase.
#[derive(Serialize, JsonSchema)]
struct GapView {
    /// The first of them.
    from: Date,
    /// The first day after them.
    until: Option<Date>,
    /// Why, and what follows.
    note: String,
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
    /// How much hangs on it.
    hanging: HangingView,
}

/// How much hangs on a clause, counted as on the page of the plan: what is in other units too, without names. None
/// where the caller may not open the room.
#[derive(Serialize, JsonSchema)]
struct HangingView {
    campaigns: Option<usize>,
    nominations: Option<usize>,
    achievements: Option<usize>,
    /// Tasks in programmes in force.
    programme_lines: Option<usize>,
    /// Tasks that were not called off.
    tasks: Option<usize>,
    inspections: Option<usize>,
    petitions: Option<usize>,
    /// Support, connections and conversions of enterprises.
    enterprise_events: Option<usize>,
    dialogues: Option<usize>,
    initiatives: Option<usize>,
    /// Stories of the public column.
    stories: Option<usize>,
    indicators: Option<usize>,
}

impl HangingView {
    fn new(counts: [Option<usize>; KINDS.len()]) -> Self {
        let [
            campaigns,
            nominations,
            achievements,
            programme_lines,
            tasks,
            inspections,
            petitions,
            enterprise_events,
            dialogues,
            initiatives,
            stories,
            indicators,
        ] = counts;
        Self {
            campaigns,
            nominations,
            achievements,
            programme_lines,
            tasks,
            inspections,
            petitions,
            enterprise_events,
            dialogues,
            initiatives,
            stories,
            indicators,
        }
    }
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
    let (hung, open) = (hanging(&here).await?, opened(&here));
    let phases = plan.phases.iter().map(|one| PhaseView {
        id: one.id.clone(),
        name: one.name.clone(),
        clause: one.clause.to_string(),
        from: one.period.from,
        until: one.period.until,
        review_due: one.review.as_ref().map(|review| review.due),
    });
    let gaps = plan.gaps.iter().map(|one| {
        let Period { from, until } = one.period;
        GapView { from, until, note: one.note.clone() }
    });
    let clause = |one: &Clause| ClauseView {
        id: one.id.to_string(),
        parent: one.parent.as_ref().map(ToString::to_string),
        label: one.label.clone(),
        text: one.text.clone(),
        responsible: one.responsible.iter().map(|unit| unit.code.clone()).collect(),
        hanging: HangingView::new(hung.get(one.id.as_str()).copied().unwrap_or_default().seen(open)),
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
        phases: phases.collect(),
        gaps: gaps.collect(),
        clauses: plan.clauses.iter().map(clause).collect(),
        occasions: occasions.collect(),
    })
}
