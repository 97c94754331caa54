//! The units of today, with the names they bore; adding one.

use askama::Template;
use axum::response::{IntoResponse as _, Redirect};
use kernel::Permission;
use kernel::id::UnitId;
use kernel::numbers::short_date;
use office::organization::model::{NewUnit, UnitKind};
use office::organization::{OrganizationError, queries, units};

use super::refusal;
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show};

struct Line {
    id: UnitId,
    code: String,
    name: String,
    kind: &'static str,
    former: Vec<String>,
}

#[derive(Template)]
#[template(path = "organization/units.html")]
struct UnitsPage {
    frame: Frame,
    lines: Vec<Line>,
    form: Form,
    kinds: Vec<Choice>,
    may_manage: bool,
}

pub async fn list(here: Here) -> Answer {
    Ok(show(&page(&here, Form::empty()).await?))
}

async fn page(here: &Here, form: Form) -> Result<UnitsPage, Refusal> {
    let ctx = here.ctx();
    let mut tx = ctx.read().await.map_err(|error| Refusal::store(&error))?;
    let units = queries::units(&mut tx, ctx.today()).await.map_err(|error| Refusal::store(&error))?;
    let mut lines = Vec::new();
    for unit in units {
        let names = queries::unit_names(&mut tx, unit.id).await.map_err(|error| Refusal::store(&error))?;
        let former = names.iter().zip(names.iter().skip(1)).filter(|(_, next)| next.from <= ctx.today());
        lines.push(Line {
            former: former.map(|(old, next)| format!("{} (đến trước {})", old.name, short_date(next.from))).collect(),
            id: unit.id,
            code: unit.code,
            name: unit.name,
            kind: unit.kind.name_vi(),
        });
    }
    Ok(UnitsPage {
        frame: here.frame(here.visit.lang.t("Các đơn vị"), Place::People).faulty(!form.is_good()),
        lines,
        form,
        kinds: UnitKind::ALL.iter().map(|kind| Choice::new(kind.code(), kind.name_vi())).collect(),
        may_manage: ctx.may(Permission::ManagePeople).is_ok(),
    })
}

pub async fn create(here: Here, mut form: Form) -> Answer {
    let name = form.required_line("ten", 200, "Nhập tên đơn vị");
    let code = form.required_line("ma", 20, "Nhập mã đơn vị");
    let kind = UnitKind::from_code(form.value("loai"));
    if kind.is_none() {
        form.refuse("loai", "Chọn loại đơn vị trong danh sách");
    }
    let from = form.required_day("tu-ngay", "Nhập ngày đơn vị bắt đầu hoạt động");
    let document = Some(form.line("van-ban")).filter(|text| !text.is_empty());
    let (Some(kind), Some(from), true) = (kind, from, form.is_good()) else {
        return Ok(mend(&page(&here, form).await?));
    };
    if from > here.ctx().today() {
        form.refuse("tu-ngay", "Danh sách này là các đơn vị hôm nay; nhập ngày không sau hôm nay");
        return Ok(mend(&page(&here, form).await?));
    }
    // A new unit comes after those that are there.
    let ctx = here.ctx();
    let mut tx = ctx.read().await.map_err(|error| Refusal::store(&error))?;
    let there = queries::units(&mut tx, ctx.today()).await.map_err(|error| Refusal::store(&error))?;
    drop(tx);
    let position = there.iter().map(|unit| unit.position).max().unwrap_or_default() + 1;
    match units::add(&ctx, &NewUnit { code, name, kind, from, position, document }).await {
        Ok(_) => Ok(Redirect::to("/noi-bo/don-vi").into_response()),
        Err(error @ (OrganizationError::CodeTaken { .. } | OrganizationError::CodeMissing)) => {
            form.refuse("ma", sentence(&error));
            Ok(mend(&page(&here, form).await?))
        }
        Err(error @ OrganizationError::NameTaken { .. }) => {
            form.refuse("ten", sentence(&error));
            Ok(mend(&page(&here, form).await?))
        }
        Err(error) => Err(refusal(error)),
    }
}
