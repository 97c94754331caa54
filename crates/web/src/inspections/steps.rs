//! What somebody records of a visit: that it was held, what was found, evidence, what was mended.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::id::{PersonId, UnitId};
use office::inspections::service::{self, NewFinding};
use office::inspections::{FindingFileId, FindingId, InspectionId, InspectionsError, queries};

use super::refusal;
use super::show::show_page;
use crate::files::{Upload, attached};
use crate::form::Form;
use crate::here::Here;
use crate::page::{Answer, mend, sentence};

fn back(id: InspectionId) -> Response {
    Redirect::to(&format!("/noi-bo/kiem-tra/{id}")).into_response()
}

fn seen(form: &Form) -> i64 {
    form.value("phien-ban").parse().unwrap_or(0)
}

/// Back to the page, or the form again with the fault at the day or at the words.
async fn answered(
    here: &Here,
    id: InspectionId,
    mut form: Form,
    (day, words): (&str, &str),
    done: Result<(), InspectionsError>,
) -> Answer {
    let (field, error) = match done {
        Ok(()) => return Ok(back(id)),
        Err(error @ (InspectionsError::TooEarly { .. } | InspectionsError::TooLate { .. })) => (day, error),
        Err(error @ (InspectionsError::ShortWords { .. } | InspectionsError::Missing(_))) => (words, error),
        Err(error @ InspectionsError::NotOfUnit) => ("nguoi", error),
        Err(error) => return Err(refusal(error)),
    };
    form.refuse(field, sentence(&error));
    Ok(mend(&show_page(here, id, form).await?))
}

pub async fn hold(here: Here, Path(id): Path<InspectionId>, mut form: Form) -> Answer {
    let Some(on) = form.required_day("ngay-kiem-tra", "Nhập ngày kiểm tra").filter(|_| form.is_good()) else {
        return Ok(mend(&show_page(&here, id, form).await?));
    };
    let done = service::hold(&here.ctx(), id, seen(&form), on, form.value("nhan-xet")).await;
    answered(&here, id, form, ("ngay-kiem-tra", "nhan-xet"), done).await
}

pub async fn cancel(here: Here, Path(id): Path<InspectionId>, form: Form) -> Answer {
    let done = service::cancel(&here.ctx(), id, seen(&form), form.value("ly-do-huy")).await;
    answered(&here, id, form, ("ly-do-huy", "ly-do-huy"), done).await
}

pub async fn find(here: Here, Path(id): Path<InspectionId>, mut form: Form) -> Answer {
    let what = form.required_text("dieu", 2_000, "Ghi điều phải khắc phục");
    let unit = form.choice::<UnitId>("don-vi", "Chọn đơn vị chịu trách nhiệm");
    let due_on = form.required_day("han", "Nhập hạn khắc phục");
    let person: Option<PersonId> = form.value("nguoi").parse().ok();
    let (Some(unit), Some(due_on), true) = (unit, due_on, form.is_good()) else {
        return Ok(mend(&show_page(&here, id, form).await?));
    };
    let done = service::find(&here.ctx(), id, &NewFinding { what, unit, person, due_on }).await.map(|_| ());
    answered(&here, id, form, ("han", "dieu"), done).await
}

pub async fn attach(here: Here, Path(id): Path<FindingId>, upload: Upload) -> Answer {
    let visit = queries::visit_of(&here.ctx(), id).await.map_err(refusal)?;
    match service::attach(&here.ctx(), id, &upload.name, &upload.bytes).await {
        Ok(_) => Ok(back(visit)),
        Err(error @ InspectionsError::BadFile { .. }) => {
            let mut form = Form::empty();
            form.refuse(&format!("tep-{id}"), sentence(&error));
            Ok(mend(&show_page(&here, visit, form).await?))
        }
        Err(error) => Err(refusal(error)),
    }
}

pub async fn download(here: Here, Path((id, file)): Path<(FindingId, FindingFileId)>) -> Answer {
    let file = queries::file(&here.ctx(), id, file).await.map_err(refusal)?;
    attached(&here, &file.digest, &file.name, file.media_type)
}

pub async fn close(here: Here, Path(id): Path<FindingId>, form: Form) -> Answer {
    let visit = queries::visit_of(&here.ctx(), id).await.map_err(refusal)?;
    let field = format!("ket-qua-{id}");
    let done = service::close(&here.ctx(), id, seen(&form), form.value(&field)).await;
    answered(&here, visit, form, (&field, &field), done).await
}
