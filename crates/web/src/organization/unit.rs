//! One unit: the names it bore, and what becomes of it from a day on: another name, a merger, its end.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect, Response};
use kernel::id::UnitId;
use kernel::numbers::short_date;
use kernel::{Date, Permission};
use office::StoreError;
use office::organization::model::UnitName;
use office::organization::{OrganizationError, queries, units};
use office::{inspections, tasks};

use super::refusal;
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show as page};

struct NameLine {
    name: String,
    from: String,
    document: String,
}

#[derive(Template)]
#[template(path = "organization/unit.html")]
struct UnitPage {
    frame: Frame,
    form: Form,
    id: UnitId,
    code: String,
    kind: &'static str,
    from: String,
    /// The last day, and the unit that took over; none while it goes on.
    ended: Option<(String, String)>,
    people: usize,
    names: Vec<NameLine>,
    /// Late tasks that it leads: address, title, how late.
    late: Vec<(String, String, String)>,
    /// Overdue findings for which it answers: address, what, how late.
    overdue: Vec<(String, String, String)>,
    others: Vec<Choice>,
    version: i64,
    may_manage: bool,
}

async fn unit_page(here: &Here, id: UnitId, form: Form) -> Result<UnitPage, Refusal> {
    let ctx = here.ctx();
    ctx.may(Permission::ReadPeople).map_err(|denied| Refusal::denied(&denied))?;
    let store = |error: StoreError| Refusal::store(&error);
    let mut tx = ctx.read().await.map_err(store)?;
    let unit = queries::unit(&mut tx, id, ctx.today()).await.map_err(store)?.ok_or_else(Refusal::not_found)?;
    let names = queries::unit_names(&mut tx, id).await.map_err(store)?;
    let people = queries::members(&mut tx, id, ctx.today()).await.map_err(store)?.len();
    let others = queries::units(&mut tx, ctx.today()).await.map_err(store)?;
    let ended = match unit.period.until {
        None => None,
        Some(until) => {
            let into = match unit.merged_into {
                Some(into) => queries::unit(&mut tx, into, until).await.map_err(store)?.map(|unit| unit.name),
                None => None,
            };
            Some((until.yesterday().map(short_date).unwrap_or_default(), into.unwrap_or_default()))
        }
    };
    drop(tx);
    let late = match ctx.may(Permission::ReadPlan) {
        Ok(()) => tasks::queries::late_of(&ctx, id).await.map_err(crate::tasks::refusal)?,
        Err(_) => Vec::new(),
    };
    let overdue = match ctx.may(Permission::ReadPlan) {
        Ok(()) => inspections::queries::overdue_of(&ctx, id).await.map_err(crate::inspections::refusal)?,
        Err(_) => Vec::new(),
    };
    let l = here.visit.lang;
    Ok(UnitPage {
        overdue: overdue
            .into_iter()
            .map(|one| {
                let days = one.days_overdue(ctx.today()).unwrap_or_default();
                let late = format!("{} {days} {}", l.t("quá hạn"), l.t("ngày"));
                (format!("/noi-bo/kiem-tra/{}", one.inspection), one.what, late)
            })
            .collect(),
        late: late
            .into_iter()
            .map(|one| {
                let days = crate::tasks::early(here.visit.lang, one.task.days_early(ctx.today()));
                (format!("/noi-bo/nhiem-vu/{}", one.task.id), one.task.content.title, days)
            })
            .collect(),
        frame: here.frame(&unit.name, Place::People).faulty(!form.is_good()),
        form,
        id,
        code: unit.code,
        kind: unit.kind.name_vi(),
        from: short_date(unit.period.from),
        may_manage: ended.is_none() && ctx.may(Permission::ManagePeople).is_ok(),
        ended,
        people,
        names: names
            .into_iter()
            .map(|one| NameLine {
                name: one.name,
                from: short_date(one.from),
                document: one.document.unwrap_or_default(),
            })
            .collect(),
        others: others.into_iter().filter(|one| one.id != id).map(|one| Choice::new(one.id, one.name)).collect(),
        version: unit.version,
    })
}

pub async fn show(here: Here, Path(id): Path<UnitId>) -> Answer {
    Ok(page(&unit_page(&here, id, Form::empty()).await?))
}

fn back(id: UnitId) -> Response {
    Redirect::to(&format!("/noi-bo/don-vi/{id}")).into_response()
}

/// The words of a field that may be left empty.
fn words(form: &Form, field: &str) -> Option<String> {
    Some(form.line(field)).filter(|text| !text.is_empty())
}

/// Back to the page, or the form again with the fault at its day or at what was chosen.
async fn answered(
    here: &Here,
    id: UnitId,
    mut form: Form,
    (day, what): (&str, &str),
    done: Result<(), OrganizationError>,
) -> Answer {
    let (field, error) = match done {
        Ok(()) => return Ok(back(id)),
        Err(
            error @ (OrganizationError::RenamedThatDay { .. }
            | OrganizationError::UnitNotThere { .. }
            | OrganizationError::UnitEnded { .. }
            | OrganizationError::Period(_)),
        ) => (day, error),
        Err(
            error @ (OrganizationError::NameMissing
            | OrganizationError::NameTaken { .. }
            | OrganizationError::NothingToMerge { .. }),
        ) => (what, error),
        Err(error @ OrganizationError::StillPeopled { .. }) => (day, error),
        Err(error) => return Err(refusal(error)),
    };
    form.refuse(field, sentence(&error));
    Ok(mend(&unit_page(here, id, form).await?))
}

/// The day of a form and the version it was filled over; the form again when one is missing.
async fn day_and_version(here: &Here, id: UnitId, form: &mut Form, day: &str) -> Result<(Date, i64), Answer> {
    let from = form.required_day(day, "Nhập ngày");
    match (from, form.value("phien-ban").parse(), form.is_good()) {
        (Some(from), Ok(version), true) => Ok((from, version)),
        (_, Err(_), true) => Err(Err(Refusal::unreadable())),
        _ => Err(unit_page(here, id, form.clone()).await.map(|shown| mend(&shown))),
    }
}

pub async fn rename(here: Here, Path(id): Path<UnitId>, mut form: Form) -> Answer {
    let name = form.required_line("ten-moi", 200, "Nhập tên mới");
    let (from, version) = match day_and_version(&here, id, &mut form, "ngay-doi-ten").await {
        Ok(known) => known,
        Err(answer) => return answer,
    };
    let name = UnitName { from, name, document: words(&form, "van-ban-doi-ten") };
    let done = units::rename(&here.ctx(), id, version, name).await;
    answered(&here, id, form, ("ngay-doi-ten", "ten-moi"), done).await
}

pub async fn merge(here: Here, Path(id): Path<UnitId>, mut form: Form) -> Answer {
    let into = form.choice::<UnitId>("vao", "Chọn đơn vị nhận sáp nhập");
    let on = form.required_day("ngay-sap-nhap", "Nhập ngày");
    let (Some(into), Some(on), true) = (into, on, form.is_good()) else {
        return Ok(mend(&unit_page(&here, id, form).await?));
    };
    let document = words(&form, "van-ban-sap-nhap");
    let done = units::merge(&here.ctx(), &[id], into, on, document.as_deref()).await;
    answered(&here, id, form, ("ngay-sap-nhap", "vao"), done).await
}

pub async fn close(here: Here, Path(id): Path<UnitId>, mut form: Form) -> Answer {
    let (on, version) = match day_and_version(&here, id, &mut form, "ngay-ket-thuc").await {
        Ok(known) => known,
        Err(answer) => return answer,
    };
    let document = words(&form, "van-ban-ket-thuc");
    let done = units::close(&here.ctx(), id, version, on, document.as_deref()).await;
    answered(&here, id, form, ("ngay-ket-thuc", "ngay-ket-thuc"), done).await
}
