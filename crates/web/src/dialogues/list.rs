//! The dialogues, how often they are to be held, and a form for a new one.

use askama::Template;
use axum::response::{IntoResponse, Redirect};
use kernel::Permission;
use kernel::id::UnitId;
use kernel::numbers::short_date;
use office::dialogues::model::StateKind;
use office::dialogues::service::{self, NewDialogue};
use office::dialogues::{DialogueId, queries, settings};

use super::{mended, refusal};
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, show as page};

struct Row {
    id: DialogueId,
    title: String,
    on: String,
    clause: String,
    unit: String,
    state: StateKind,
    is_public: bool,
}

/// A promise that is not done.
pub(super) struct Promise {
    /// Its task; empty where whoever reads may not open it.
    pub url: String,
    pub what: String,
    pub unit: String,
    pub due: String,
    pub late: bool,
    pub made_at: String,
    pub state: &'static str,
}

impl Promise {
    pub fn of(one: &office::dialogues::commitments::Followed, unit: String, today: kernel::Date) -> Self {
        Self {
            url: if one.is_seen { format!("/noi-bo/nhiem-vu/{}", one.task.id) } else { String::new() },
            what: one.commitment.what.clone(),
            unit,
            due: short_date(one.task.due_on),
            late: one.task.is_late(today),
            made_at: format!("{}, {}", one.made_at.title, short_date(one.made_at.on)),
            state: one.task.state.kind().name_vi(),
        }
    }
}

#[derive(Template)]
#[template(path = "dialogues/list.html")]
struct ListPage {
    frame: Frame,
    form: Form,
    rows: Vec<Row>,
    /// How often, in words; empty as long as nobody set it.
    frequency: String,
    next_by: String,
    overdue: bool,
    promises: Vec<Promise>,
    runs: bool,
    units: Vec<Choice>,
    clauses: Vec<Choice>,
}

async fn list_page(here: &Here, form: Form) -> Result<ListPage, Refusal> {
    let (ctx, l, today) = (here.ctx(), here.visit.lang, here.visit.today);
    let found = queries::overview(&ctx).await.map_err(refusal)?;
    let runs = ctx.may(Permission::RunDialogues).is_ok();
    let units = if runs { queries::units(&ctx).await.map_err(refusal)?.0 } else { Vec::new() };
    let unit = |id: UnitId| found.units.get(&id).cloned().unwrap_or_default();
    let frequency = found.frequency.as_ref().map(|one| {
        let set = format!("{}, {}", short_date(one.act.on), one.act.name);
        format!(
            "{} {} {} · {} · {} ({set})",
            l.t("ít nhất một lần trong"),
            one.months,
            l.t("tháng"),
            one.ground,
            one.document
        )
    });
    Ok(ListPage {
        frame: here.frame(l.t("Đối thoại với doanh nghiệp"), Place::Dialogues).faulty(!form.is_good()),
        rows: found
            .dialogues
            .iter()
            .map(|one| Row {
                id: one.id,
                title: one.title.clone(),
                on: short_date(one.on),
                clause: one.clause.clone(),
                unit: unit(one.unit),
                state: one.state,
                is_public: one.published.is_some(),
            })
            .collect(),
        frequency: frequency.unwrap_or_default(),
        next_by: found.next_by.map(short_date).unwrap_or_default(),
        overdue: found.next_by.is_some_and(|day| day < today),
        promises: found.unfinished.iter().map(|one| Promise::of(one, unit(one.commitment.unit), today)).collect(),
        runs,
        units: units.iter().map(|unit| Choice::new(unit.id, &unit.name)).collect(),
        clauses: crate::tasks::clauses(&here.house),
        form,
    })
}

pub async fn show(here: Here) -> Answer {
    Ok(page(&list_page(&here, Form::empty()).await?))
}

pub async fn create(here: Here, mut form: Form) -> Answer {
    let title = form.required_line("tieu-de", 200, "Nhập chủ đề đối thoại");
    let clause = form.line("khoan");
    if clause.is_empty() {
        form.refuse("khoan", "Chọn khoản của Kế hoạch");
    }
    let on = form.required_day("ngay", "Nhập ngày tổ chức");
    let place = form.required_line("dia-diem", 200, "Nhập địa điểm");
    let unit = form.choice::<UnitId>("don-vi", "Chọn đơn vị chuẩn bị");
    let (Some(on), Some(unit), true) = (on, unit, form.is_good()) else {
        return Ok(mend(&list_page(&here, form).await?));
    };
    match service::plan(&here.ctx(), &NewDialogue { title, clause, place, on, unit }).await {
        Ok(id) => Ok(Redirect::to(&format!("/noi-bo/doi-thoai/{id}")).into_response()),
        Err(error) => {
            mended(&mut form, "ngay", "tieu-de", error)?;
            Ok(mend(&list_page(&here, form).await?))
        }
    }
}

pub async fn set_frequency(here: Here, mut form: Form) -> Answer {
    let months = form.line("thang").parse().unwrap_or(0);
    match settings::set(&here.ctx(), months, form.value("can-cu"), form.value("van-ban")).await {
        Ok(()) => Ok(Redirect::to("/noi-bo/doi-thoai").into_response()),
        Err(error) => {
            mended(&mut form, "thang", "thang", error)?;
            Ok(mend(&list_page(&here, form).await?))
        }
    }
}
