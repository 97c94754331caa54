//! What somebody does to a task: reports, accepts, returns, moves its due day, calls it off, attaches evidence.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use office::tasks::model::Every;
use office::tasks::{TaskFileId, TaskId, TasksError, changes, queries, recurring, service};

use super::refusal;
use super::show::show_page;
use crate::files::{Upload, attached};
use crate::form::Form;
use crate::here::Here;
use crate::page::{Answer, Refusal, mend, sentence};

fn back(id: TaskId) -> Response {
    Redirect::to(&format!("/noi-bo/nhiem-vu/{id}")).into_response()
}

fn seen(form: &Form) -> i64 {
    form.value("phien-ban").parse().unwrap_or(0)
}

/// Back to the page, or the form again with the fault at the day or at the words.
async fn answered(
    here: &Here,
    id: TaskId,
    mut form: Form,
    (day, words): (&str, &str),
    done: Result<(), TasksError>,
) -> Answer {
    let (field, error) = match done {
        Ok(()) => return Ok(back(id)),
        Err(error @ (TasksError::ShortReason { .. } | TasksError::NoEvidence { .. })) => (words, error),
        Err(error @ (TasksError::SameDay | TasksError::DueBefore { .. } | TasksError::OddEnd { .. })) => (day, error),
        Err(error) => return Err(refusal(error)),
    };
    form.refuse(field, sentence(&error));
    Ok(mend(&show_page(here, id, form).await?))
}

pub async fn report(here: Here, Path(id): Path<TaskId>, form: Form) -> Answer {
    let done = service::report(&here.ctx(), id, seen(&form), form.value("ket-qua")).await;
    answered(&here, id, form, ("ket-qua", "ket-qua"), done).await
}

pub async fn give_back(here: Here, Path(id): Path<TaskId>, form: Form) -> Answer {
    let done = service::give_back(&here.ctx(), id, seen(&form), form.value("ly-do-tra")).await;
    answered(&here, id, form, ("ly-do-tra", "ly-do-tra"), done).await
}

pub async fn accept(here: Here, Path(id): Path<TaskId>, form: Form) -> Answer {
    service::accept(&here.ctx(), id, seen(&form)).await.map_err(refusal)?;
    Ok(back(id))
}

pub async fn cancel(here: Here, Path(id): Path<TaskId>, form: Form) -> Answer {
    let done = service::cancel(&here.ctx(), id, seen(&form), form.value("ly-do-huy")).await;
    answered(&here, id, form, ("ly-do-huy", "ly-do-huy"), done).await
}

pub async fn move_due(here: Here, Path(id): Path<TaskId>, mut form: Form) -> Answer {
    let Some(to) = form.required_day("han-moi", "Nhập hạn mới").filter(|_| form.is_good()) else {
        return Ok(mend(&show_page(&here, id, form).await?));
    };
    let done = changes::move_due(&here.ctx(), id, seen(&form), to, form.value("ly-do-han")).await;
    answered(&here, id, form, ("han-moi", "ly-do-han"), done).await
}

pub async fn repeat(here: Here, Path(id): Path<TaskId>, mut form: Form) -> Answer {
    let every = Every::from_code(form.value("chu-ky"));
    let until = form.day("den-ngay");
    let (Some(every), true) = (every, form.is_good()) else {
        if every.is_none() {
            form.refuse("chu-ky", "Chọn bao lâu một lần");
        }
        return Ok(mend(&show_page(&here, id, form).await?));
    };
    let done = recurring::repeat(&here.ctx(), id, every, until).await.map(|_| ());
    answered(&here, id, form, ("den-ngay", "den-ngay"), done).await
}

pub async fn end_series(here: Here, Path(id): Path<TaskId>) -> Answer {
    let found = queries::detail(&here.ctx(), id).await.map_err(refusal)?;
    let series = found.series.ok_or_else(Refusal::not_found)?;
    recurring::end(&here.ctx(), series.id).await.map_err(refusal)?;
    Ok(back(id))
}

pub async fn attach(here: Here, Path(id): Path<TaskId>, upload: Upload) -> Answer {
    match service::attach(&here.ctx(), id, &upload.name, &upload.bytes).await {
        Ok(_) => Ok(back(id)),
        Err(error @ TasksError::BadFile { .. }) => {
            let mut form = Form::empty();
            form.refuse("tep", sentence(&error));
            Ok(mend(&show_page(&here, id, form).await?))
        }
        Err(error) => Err(refusal(error)),
    }
}

pub async fn download(here: Here, Path((id, file)): Path<(TaskId, TaskFileId)>) -> Answer {
    let file = queries::file(&here.ctx(), id, file).await.map_err(refusal)?;
    attached(&here, &file.digest, &file.name, file.media_type)
}
