//! The plan as a document, each clause with what hangs on it.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Query;
use kernel::Permission;
use kernel::id::UnitId;
use kernel::numbers::short_date;
use office::movements::{Clause, PhaseAnswer};
use office::organization::UnitView;
use office::{organization, targets, tasks};
use serde::Deserialize;

use super::filter::{self, Who, Work};
use super::{Hanging, address, days, hanging, opened};
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, show as page};
use crate::targets::list::Row;

/// What the document is narrowed to.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    giai_doan: String,
    #[serde(default)]
    don_vi: String,
}

struct Line {
    level: usize,
    /// The clause's own page.
    url: String,
    clause: Clause,
    pieces: Vec<(bool, String)>,
    /// What hangs on it in the rooms that are open to the visitor: shelf on its page, kind, how many.
    hangs: Vec<(usize, &'static str, usize)>,
    state: State,
}

/// Where a clause stands: its tasks, who is late with them, what measures it.
#[derive(Default, Clone)]
struct State {
    done: usize,
    all: usize,
    late: usize,
    late_units: String,
    figures: Vec<Row>,
}

struct PhaseLine {
    name: String,
    clause: String,
    days: String,
    review: String,
    now: bool,
}

#[derive(Template)]
#[template(path = "movements/plan.html")]
struct PlanPage {
    frame: Frame,
    form: Form,
    number: String,
    title: String,
    place_and_date: String,
    notes: Vec<String>,
    today: String,
    warning: String,
    phases: Vec<PhaseLine>,
    phase_choices: Vec<Choice>,
    /// Who answers, in the plan's own words.
    named: Vec<Choice>,
    /// The units of the house.
    units: Vec<Choice>,
    lines: Vec<Line>,
    recipients: Vec<String>,
    post: String,
    signer: String,
}

pub async fn show(here: Here, Query(asked): Query<Asked>) -> Answer {
    let plan = &here.house.plan;
    let standing = here.ctx().kept(here.visit.lang.code(), standing(&here)).await?;
    let today = plan.phase_on(here.visit.today);
    let phase = plan.phases.iter().find(|phase| phase.id == asked.giai_doan);
    let unit = asked.don_vi.parse().ok().and_then(|id: UnitId| standing.units.iter().find(|unit| unit.id == id));
    let who = match unit {
        Some(unit) => Who::Unit(unit),
        None if asked.don_vi.is_empty() => Who::All,
        None => Who::Named(&asked.don_vi),
    };
    let mut form = Form::filled([("giai_doan", asked.giai_doan.clone()), ("don_vi", asked.don_vi.clone())]);
    if phase.is_none() && !asked.giai_doan.is_empty() {
        form.refuse("giai_doan", format!("Kế hoạch không có giai đoạn “{}”; chọn trong danh sách", asked.giai_doan));
    }
    if matches!(who, Who::Named(code) if plan.units.iter().all(|unit| unit.code != code)) {
        form.refuse("don_vi", "Không có đơn vị này; chọn trong danh sách");
    }
    let good = form.is_good();
    let open = opened(&here);
    let hangs = |clause: &str| {
        let hanging = standing.hanging.get(clause).copied().unwrap_or_default();
        hanging.shown(open).filter(|(_, _, many)| *many > 0).collect::<Vec<_>>()
    };
    let chosen = filter::chosen(plan, &standing.works, phase, &who);
    let lines = plan.walk().filter(|(_, clause)| chosen.contains(clause.id.as_str())).map(|(level, clause)| Line {
        level,
        url: address(clause.id.as_str()),
        pieces: pieces(&clause.text, &clause.italics),
        hangs: hangs(clause.id.as_str()),
        state: standing.states.get(clause.id.as_str()).cloned().unwrap_or_default(),
        clause: clause.clone(),
    });
    let phases = plan.phases.iter().map(|one| PhaseLine {
        name: one.name.clone(),
        clause: one.clause.to_string(),
        days: days(one.period),
        review: one.review.as_ref().map(|review| short_date(review.due)).unwrap_or_default(),
        now: today == PhaseAnswer::Phase(one),
    });
    let shown = PlanPage {
        frame: here.frame(here.visit.lang.t("Kế hoạch"), Place::Plan).faulty(!good),
        number: plan.number.clone(),
        title: plan.title.clone(),
        place_and_date: plan.place_and_date.clone(),
        notes: plan.notes.clone(),
        today: short_date(here.visit.today),
        warning: match today {
            PhaseAnswer::Uncovered { gap } => gap.note.clone(),
            PhaseAnswer::Phase(_) | PhaseAnswer::Outside => String::new(),
        },
        phases: phases.collect(),
        phase_choices: plan.phases.iter().map(|one| Choice::new(&one.id, &one.name)).collect(),
        named: plan.units.iter().map(|unit| Choice::new(&unit.code, &unit.name)).collect(),
        units: standing.units.iter().map(|unit| Choice::new(unit.id, &unit.name)).collect(),
        lines: lines.collect(),
        recipients: plan.recipients.clone(),
        post: plan.signer.post.clone(),
        signer: plan.signer.name.clone(),
        form,
    };
    Ok(if good { page(&shown) } else { mend(&shown) })
}

/// What hangs on each clause and where it stands, by its id; the work to narrow by, and the units of today.
struct Standing {
    hanging: BTreeMap<String, Hanging>,
    states: BTreeMap<String, State>,
    works: Vec<Work>,
    units: Vec<UnitView>,
}

async fn standing(here: &Here) -> Result<Standing, Refusal> {
    let ctx = here.ctx();
    let mut tx = ctx.read().await.map_err(|error| Refusal::store(&error))?;
    let units =
        organization::queries::units(&mut tx, here.visit.today).await.map_err(|error| Refusal::store(&error))?;
    drop(tx);
    let (hanging, states) = (hanging(here).await?, states(here, &units).await?);
    Ok(Standing { hanging, states, works: filter::works(here).await?, units })
}

/// Where each clause stands today, by its id. Who is late is told to whoever reads the tasks of all units.
async fn states(here: &Here, units: &[UnitView]) -> Result<BTreeMap<String, State>, Refusal> {
    let (ctx, today) = (here.ctx(), here.visit.today);
    let store = |error| Refusal::store(&error);
    let mut tx = ctx.read().await.map_err(store)?;
    let counts = tasks::queries::stood_on(&mut tx, today).await.map_err(store)?;
    drop(tx);
    let reads = ctx.may(Permission::ReadTasks).is_ok();
    let all = reads && ctx.actor.units_for(Permission::ReadTasks, today).is_none();
    let mut found: BTreeMap<String, State> = BTreeMap::new();
    for ((clause, unit), count) in counts {
        let state = found.entry(clause).or_default();
        state.done += count.done;
        state.all += count.done + count.open;
        state.late += count.late;
        if count.late > 0 && all {
            let name = units.iter().find(|one| one.id == unit).map_or("–", |one| one.name.as_str());
            let comma = if state.late_units.is_empty() { "" } else { ", " };
            state.late_units.push_str(&format!("{comma}{name} ({})", count.late));
        }
    }
    let year = crate::targets::list::year_of(here, "", today);
    let listed = targets::queries::list(&ctx, year, today).await.map_err(crate::targets::refusal)?;
    for one in &listed {
        found.entry(one.indicator.clause.clone()).or_default().figures.push(Row::of(here.visit.lang, one));
    }
    Ok(found)
}

/// The text cut where it turns to italics and back.
pub(super) fn pieces(text: &str, italics: &[String]) -> Vec<(bool, String)> {
    let mut out = Vec::new();
    let mut rest = text;
    for slanted in italics {
        let Some((before, after)) = rest.split_once(slanted.as_str()) else { continue };
        if !before.is_empty() {
            out.push((false, before.to_owned()));
        }
        out.push((true, slanted.clone()));
        rest = after;
    }
    if !rest.is_empty() {
        out.push((false, rest.to_owned()));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::pieces;

    #[test]
    fn italics_are_cut_out_of_the_text_in_their_order() {
        let cut = pieces("Phong trào (gọi tắt) năm nay", &["(gọi tắt)".to_owned()]);
        let expected = [(false, "Phong trào "), (true, "(gọi tắt)"), (false, " năm nay")];
        assert_eq!(cut, expected.map(|(slanted, text)| (slanted, text.to_owned())));
    }
}
