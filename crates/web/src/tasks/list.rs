//! The list of tasks, narrowed by what is asked for, and the same as a board by state.

use askama::Template;
use axum::extract::Query;
use kernel::Permission;
use kernel::numbers::short_date;
use office::tasks::TaskId;
use office::tasks::decision::RULE;
use office::tasks::model::StateKind;
use office::tasks::queries::{self, Filter, Listed};
use serde::Deserialize;

use super::{clauses, done, early, refusal};
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, show as page};
use crate::say::Lang;
use crate::urls;

/// What is asked for.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    tim: String,
    #[serde(default)]
    don_vi: String,
    #[serde(default)]
    khoan: String,
    #[serde(default)]
    trang_thai: String,
    #[serde(default)]
    tre: String,
    #[serde(default)]
    cua_toi: String,
}

impl Asked {
    pub(super) fn filter(&self) -> Filter {
        Filter {
            unit: self.don_vi.parse().ok(),
            clause: self.khoan.trim().to_owned(),
            state: StateKind::from_code(&self.trang_thai),
            late: self.tre == "co",
            mine: self.cua_toi == "co",
            text: self.tim.clone(),
        }
    }

    fn fields(&self) -> [(&'static str, &str); 6] {
        [
            ("tim", &self.tim),
            ("don_vi", &self.don_vi),
            ("khoan", &self.khoan),
            ("trang_thai", &self.trang_thai),
            ("tre", &self.tre),
            ("cua_toi", &self.cua_toi),
        ]
    }

    fn query(&self) -> String {
        let asked = self.fields().into_iter().filter(|(_, value)| !value.is_empty());
        asked.map(|(name, value)| format!("{name}={}", urls::encode(value))).collect::<Vec<_>>().join("&")
    }
}

/// A task as a line or a card.
pub(super) struct Row {
    pub id: TaskId,
    pub code: String,
    pub title: String,
    pub clause: String,
    pub unit: String,
    pub people: String,
    pub first_due: String,
    pub due: String,
    pub state: StateKind,
    pub early: String,
    pub late: bool,
    pub progress: String,
    pub weight: i64,
    pub children: usize,
}

pub(super) fn row(l: Lang, here: &Here, one: &Listed) -> Row {
    let task = &one.task;
    Row {
        id: task.id,
        code: task.code.clone(),
        title: task.content.title.clone(),
        clause: task.content.clause.clone(),
        unit: one.unit_name.clone(),
        people: one.doers.join(", "),
        first_due: short_date(task.first_due_on),
        due: if task.due_on == task.first_due_on { String::new() } else { short_date(task.due_on) },
        state: task.state.kind(),
        early: early(l, task.days_early(here.visit.today)),
        late: task.is_late(here.visit.today),
        progress: done(one),
        weight: task.content.weight,
        children: one.children,
    }
}

/// One column of the board.
struct Column {
    state: StateKind,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "tasks/list.html")]
struct ListPage {
    frame: Frame,
    form: Form,
    path: &'static str,
    query: String,
    many: usize,
    rows: Vec<Row>,
    columns: Vec<Column>,
    states: Vec<Choice>,
    units: Vec<Choice>,
    clauses: Vec<Choice>,
    rule: &'static str,
    may_assign: bool,
}

async fn list_page(here: &Here, asked: &Asked, path: &'static str) -> Result<ListPage, Refusal> {
    let (ctx, l) = (here.ctx(), here.visit.lang);
    let found = queries::list(&ctx, &asked.filter()).await.map_err(refusal)?;
    let units = queries::seen_units(&ctx).await.map_err(refusal)?;
    let mut form = Form::empty();
    for (field, value) in asked.fields() {
        form.put(field, value.to_owned());
    }
    let as_board = path.ends_with("/bang");
    let mut rows: Vec<Row> = found.iter().map(|one| row(l, here, one)).collect();
    let many = rows.len();
    let mut columns = Vec::new();
    if as_board {
        for state in StateKind::ALL {
            let (own, others) = rows.into_iter().partition(|row: &Row| row.state == *state);
            rows = others;
            columns.push(Column { state: *state, rows: own });
        }
    }
    Ok(ListPage {
        frame: here.frame(l.t("Nhiệm vụ"), Place::Tasks),
        form,
        path,
        query: asked.query(),
        many,
        rows,
        columns,
        states: StateKind::ALL.iter().map(|one| Choice::new(one.code(), l.t(one.name_vi()))).collect(),
        units: units.into_iter().map(|unit| Choice::new(unit.id, unit.name)).collect(),
        clauses: clauses(&here.house),
        rule: RULE,
        may_assign: ctx.may(Permission::AssignTasks).is_ok(),
    })
}

pub async fn show(here: Here, Query(asked): Query<Asked>) -> Answer {
    Ok(page(&list_page(&here, &asked, "/noi-bo/nhiem-vu").await?))
}

pub async fn board(here: Here, Query(asked): Query<Asked>) -> Answer {
    Ok(page(&list_page(&here, &asked, "/noi-bo/nhiem-vu/bang").await?))
}
