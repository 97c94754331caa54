//! The list of tasks, narrowed by what is asked for, and the same as a board by state; both also as they stood at the
//! end of a past day.

use askama::Template;
use axum::extract::Query;
use kernel::numbers::short_date;
use kernel::{Date, Permission};
use office::tasks::TaskId;
use office::tasks::decision::RULE;
use office::tasks::model::StateKind;
use office::tasks::queries::{self, Filter, Listed};
use serde::Deserialize;

use super::{clauses, done, early, refusal};
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, show as page};
use crate::say::Lang;
use crate::then::{Then, Typed};
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

    /// What is filled in, for addresses that lead on.
    fn rest(&self) -> Vec<(&'static str, String)> {
        let asked = self.fields().into_iter().filter(|(_, value)| !value.is_empty());
        asked.map(|(name, value)| (name, value.to_owned())).collect()
    }

    /// The same with the day that is looked at, as a part of an address.
    fn query(&self, then: &Then) -> String {
        let asked = self.rest().into_iter().map(|(name, value)| format!("{name}={}", urls::encode(&value)));
        asked.chain(Some(then.days()).filter(|days| !days.is_empty())).collect::<Vec<_>>().join("&")
    }
}

/// The tasks that are asked for, now or as of a past day, and the day by which they are early or late.
pub(super) async fn found(here: &Here, asked: &Asked, then: &mut Then) -> Result<(Vec<Listed>, Date), Refusal> {
    let (ctx, l) = (here.ctx(), here.visit.lang);
    let Some(day) = then.known_on else {
        return Ok((queries::list(&ctx, &asked.filter()).await.map_err(refusal)?, here.visit.today));
    };
    let stood = queries::list_then(&ctx, &asked.filter(), day).await.map_err(refusal)?;
    then.notes.push(l.t(THEN).to_owned());
    then.note(stood.undated, l.t("nhiệm vụ không có lịch sử đến ngày này, không rõ khi đó thế nào nên không hiện"));
    Ok((stood.tasks, day))
}

/// What is of the past day and what is not.
const THEN: &str =
    "Trạng thái, hạn và tiến độ là của ngày này; tên, trọng số, đơn vị và người thực hiện là của hôm nay.";

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

/// A line, early or late by a day.
pub(super) fn row(l: Lang, one: &Listed, day: Date) -> Row {
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
        early: early(l, task.days_early(day)),
        late: task.is_late(day),
        progress: done(one),
        weight: task.content.weight,
        children: one.children,
    }
}

/// The address of the list.
pub(super) const PATH: &str = "/noi-bo/nhiem-vu";

/// One column of the board.
struct Column {
    state: StateKind,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "tasks/list.html")]
pub(super) struct ListPage {
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
    then: Then,
}

pub(super) async fn list_page(
    here: &Here,
    asked: &Asked,
    mut then: Then,
    path: &'static str,
) -> Result<ListPage, Refusal> {
    let (ctx, l) = (here.ctx(), here.visit.lang);
    let (found, day) = found(here, asked, &mut then).await?;
    then.rest = asked.rest();
    let units = queries::seen_units(&ctx).await.map_err(refusal)?;
    let mut form = Form::empty();
    for (field, value) in asked.fields() {
        form.put(field, value.to_owned());
    }
    let as_board = path.ends_with("/bang");
    let mut rows: Vec<Row> = found.iter().map(|one| row(l, one, day)).collect();
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
        frame: here.frame(l.t("Nhiệm vụ"), Place::Tasks).faulty(!then.form.is_good()),
        form,
        path,
        query: asked.query(&then),
        many,
        rows,
        columns,
        states: StateKind::ALL.iter().map(|one| Choice::new(one.code(), l.t(one.name_vi()))).collect(),
        units: units.into_iter().map(|unit| Choice::new(unit.id, unit.name)).collect(),
        clauses: clauses(&here.house),
        rule: RULE,
        may_assign: ctx.may(Permission::AssignTasks).is_ok() && !then.is_past(),
        then,
    })
}

async fn answered(here: &Here, asked: &Asked, typed: &Typed, path: &'static str) -> Answer {
    let then = typed.read(here, path.to_owned(), false);
    let good = then.form.is_good();
    let shown = list_page(here, asked, then, path).await?;
    Ok(if good { page(&shown) } else { mend(&shown) })
}

pub async fn show(here: Here, Query(asked): Query<Asked>, Query(typed): Query<Typed>) -> Answer {
    answered(&here, &asked, &typed, PATH).await
}

pub async fn board(here: Here, Query(asked): Query<Asked>, Query(typed): Query<Typed>) -> Answer {
    answered(&here, &asked, &typed, "/noi-bo/nhiem-vu/bang").await
}
