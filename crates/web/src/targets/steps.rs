//! The steps of a value and of a period: evidence, handed in, returned, approved, opened again.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use office::targets::{IndicatorId, ReportPeriod, TargetsError, ValueFileId, ValueId, approval, entry, queries};

use super::cell::{of_value, url};
use super::refusal;
use super::show::show_page;
use crate::files::{Upload, attached};
use crate::form::Form;
use crate::here::Here;
use crate::page::{Answer, Refusal, mend, sentence};

fn seen(form: &Form) -> i64 {
    form.value("phien-ban").parse().unwrap_or(-1)
}

async fn back(here: &Here, id: ValueId) -> Result<Response, Refusal> {
    let (indicator, value) = queries::value(&here.ctx(), id).await.map_err(refusal)?;
    Ok(Redirect::to(&url(indicator.id, value.period, value.unit)).into_response())
}

/// Back to the cell, or its page again with the fault at the field.
async fn answered(here: &Here, id: ValueId, mut form: Form, field: &str, done: Result<(), TargetsError>) -> Answer {
    let error = match done {
        Ok(()) => return back(here, id).await,
        Err(
            error @ (TargetsError::ShortReason { .. }
            | TargetsError::NoEvidence
            | TargetsError::Missing(_)
            | TargetsError::BadFile { .. }),
        ) => error,
        Err(error) => return Err(refusal(error)),
    };
    form.refuse(field, sentence(&error));
    Ok(mend(&of_value(here, id, form).await?))
}

pub async fn attach(here: Here, Path(id): Path<ValueId>, upload: Upload) -> Answer {
    let done = entry::attach(&here.ctx(), id, &upload.name, &upload.bytes).await.map(|_| ());
    answered(&here, id, upload.form, "tep", done).await
}

pub async fn download(here: Here, Path((id, file)): Path<(ValueId, ValueFileId)>) -> Answer {
    let file = queries::file(&here.ctx(), id, file).await.map_err(refusal)?;
    attached(&here, &file.digest, &file.name, file.media_type)
}

pub async fn submit(here: Here, Path(id): Path<ValueId>, form: Form) -> Answer {
    let done = entry::submit(&here.ctx(), id, seen(&form)).await;
    let field = match &done {
        Err(TargetsError::NoEvidence) => "tep",
        Err(TargetsError::Missing("chọn mức đánh giá")) => "muc",
        _ => "tu-thuat",
    };
    answered(&here, id, form, field, done).await
}

pub async fn give_back(here: Here, Path(id): Path<ValueId>, form: Form) -> Answer {
    let done = entry::give_back(&here.ctx(), id, seen(&form), form.value("ly-do-tra")).await;
    answered(&here, id, form, "ly-do-tra", done).await
}

pub async fn approve(here: Here, Path(id): Path<ValueId>, form: Form) -> Answer {
    entry::approve(&here.ctx(), id, seen(&form)).await.map_err(refusal)?;
    back(&here, id).await
}

pub async fn reopen(here: Here, Path(id): Path<ValueId>, form: Form) -> Answer {
    let done = entry::reopen(&here.ctx(), id, seen(&form), form.value("ly-do-mo")).await;
    answered(&here, id, form, "ly-do-mo", done).await
}

pub async fn follow(here: Here, Path(id): Path<ValueId>, form: Form) -> Answer {
    entry::follow(&here.ctx(), id, seen(&form), form.value("danh-dau") == "co").await.map_err(refusal)?;
    back(&here, id).await
}

fn period_of(form: &Form) -> Result<ReportPeriod, Refusal> {
    form.value("ky").parse().map_err(|_| Refusal::not_found())
}

pub async fn approve_period(here: Here, Path(id): Path<IndicatorId>, form: Form) -> Answer {
    let period = period_of(&form)?;
    approval::approve(&here.ctx(), id, period).await.map_err(refusal)?;
    Ok(Redirect::to(&format!("/noi-bo/chi-tieu/{id}?nam={}#ky-{period}", period.year)).into_response())
}

pub async fn reopen_period(here: Here, Path(id): Path<IndicatorId>, mut form: Form) -> Answer {
    let period = period_of(&form)?;
    let field = format!("ly-do-{period}");
    let words = form.value(&field).to_owned();
    match approval::reopen(&here.ctx(), id, period, &words).await {
        Ok(()) => Ok(Redirect::to(&format!("/noi-bo/chi-tieu/{id}?nam={}#ky-{period}", period.year)).into_response()),
        Err(error @ TargetsError::ShortReason { .. }) => {
            form.refuse(&field, sentence(&error));
            Ok(mend(&show_page(&here, id, &period.year.to_string(), form).await?))
        }
        Err(error) => Err(refusal(error)),
    }
}
