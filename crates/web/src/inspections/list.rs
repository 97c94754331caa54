//! The visits, and a form for a new one.

use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect};
use kernel::Permission;
use kernel::id::{PersonId, UnitId};
use kernel::numbers::short_date;
use office::inspections::model::StateKind;
use office::inspections::service::{self, NewInspection};
use office::inspections::{InspectionId, InspectionsError, queries};
use serde::Deserialize;

use super::refusal;
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show as page};

/// What is asked for.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    don_vi: String,
    #[serde(default)]
    trang_thai: String,
    #[serde(default)]
    qua_han: String,
}

struct Row {
    id: InspectionId,
    subject: String,
    clause: String,
    unit: String,
    planned: String,
    state: StateKind,
    findings: usize,
    open: usize,
    overdue: usize,
}

/// People of one unit to choose from.
struct Team {
    unit: String,
    people: Vec<Choice>,
    open: bool,
}

#[derive(Template)]
#[template(path = "inspections/list.html")]
struct ListPage {
    frame: Frame,
    form: Form,
    rows: Vec<Row>,
    states: Vec<Choice>,
    seen_units: Vec<Choice>,
    clauses: Vec<Choice>,
    units: Vec<Choice>,
    teams: Vec<Team>,
    may_inspect: bool,
}

async fn list_page(here: &Here, asked: &Asked, mut form: Form) -> Result<ListPage, Refusal> {
    let (ctx, l, today) = (here.ctx(), here.visit.lang, here.visit.today);
    let state = StateKind::from_code(&asked.trang_thai);
    let found = queries::list(&ctx, asked.don_vi.parse().ok(), state, asked.qua_han == "co").await.map_err(refusal)?;
    let seen_units = queries::seen_units(&ctx).await.map_err(refusal)?;
    for (field, value) in [("don_vi", &asked.don_vi), ("trang_thai", &asked.trang_thai), ("qua_han", &asked.qua_han)] {
        form.put(field, value.clone());
    }
    let may_inspect = ctx.may(Permission::Inspect).is_ok();
    let (units, people) =
        if may_inspect { queries::choices(&ctx).await.map_err(refusal)? } else { (Vec::new(), Vec::new()) };
    let mut teams: Vec<Team> = Vec::new();
    for (person, name, unit) in people {
        let choice = Choice::new(person, name);
        let chosen = form.chosen("nguoi", &choice.value);
        match teams.last_mut().filter(|team| team.unit == unit.name) {
            Some(team) => {
                team.open |= chosen;
                team.people.push(choice);
            }
            None => teams.push(Team { unit: unit.name, people: vec![choice], open: chosen }),
        }
    }
    let row = |one: &queries::Listed| Row {
        id: one.inspection.id,
        subject: one.inspection.subject.clone(),
        clause: one.inspection.clause.clone(),
        unit: one.unit_name.clone(),
        planned: short_date(one.inspection.planned_on),
        state: one.inspection.state.kind(),
        findings: one.findings.len(),
        open: one.findings.iter().filter(|finding| finding.closed.is_none()).count(),
        overdue: one.findings.iter().filter(|finding| finding.days_overdue(today).is_some()).count(),
    };
    Ok(ListPage {
        frame: here.frame(l.t("Cuộc kiểm tra"), Place::Inspections).faulty(!form.is_good()),
        rows: found.iter().map(row).collect(),
        states: StateKind::ALL.iter().map(|one| Choice::new(one.code(), l.t(one.name_vi()))).collect(),
        seen_units: seen_units.iter().map(|unit| Choice::new(unit.id, &unit.name)).collect(),
        clauses: crate::tasks::clauses(&here.house),
        units: units.iter().map(|unit| Choice::new(unit.id, &unit.name)).collect(),
        teams,
        may_inspect,
        form,
    })
}

pub async fn show(here: Here, Query(asked): Query<Asked>) -> Answer {
    Ok(page(&list_page(&here, &asked, Form::empty()).await?))
}

pub async fn create(here: Here, mut form: Form) -> Answer {
    let subject = form.required_line("noi-dung", 300, "Nhập nội dung kiểm tra");
    let clause = form.line("khoan");
    if clause.is_empty() {
        form.refuse("khoan", sentence(&InspectionsError::NoClause));
    }
    let unit = form.choice::<UnitId>("den", "Chọn đơn vị được kiểm tra");
    let planned_on = form.required_day("ngay", "Nhập ngày kiểm tra");
    let inspectors: Vec<PersonId> = form.all("nguoi").iter().filter_map(|id| id.parse().ok()).collect();
    if inspectors.is_empty() {
        form.refuse("nguoi", sentence(&InspectionsError::NoInspector));
    }
    let (Some(unit), Some(planned_on), true) = (unit, planned_on, form.is_good()) else {
        return Ok(mend(&list_page(&here, &Asked::default(), form).await?));
    };
    let new = NewInspection { subject, clause, unit, planned_on, inspectors };
    let (field, error) = match service::plan(&here.ctx(), &new).await {
        Ok(id) => return Ok(Redirect::to(&format!("/noi-bo/kiem-tra/{id}")).into_response()),
        Err(error @ InspectionsError::NoClause) => ("khoan", error),
        Err(error @ InspectionsError::TooEarly { .. }) => ("ngay", error),
        Err(error @ InspectionsError::Unknown("đơn vị đang hoạt động")) => ("den", error),
        Err(error @ InspectionsError::Unknown("người kiểm tra")) => ("nguoi", error),
        Err(error) => return Err(refusal(error)),
    };
    form.refuse(field, sentence(&error));
    Ok(mend(&list_page(&here, &Asked::default(), form).await?))
}
