//! What somebody records of a *tờ trình*: a step, a result, a file.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use office::awards::NominationId;
use office::submissions::SubmissionsError;
use office::submissions::model::{SubmissionFileId, SubmissionId};
use office::submissions::service::{self, NewResult};

use super::refusal;
use super::show::show_page;
use crate::files::{Upload, attached};
use crate::form::Form;
use crate::here::Here;
use crate::page::{Answer, mend, sentence};

/// The fields of one step's form: its day and its words.
type Fields = (&'static str, &'static str);

fn back(id: SubmissionId) -> Response {
    Redirect::to(&format!("/noi-bo/trinh-cap-tren/{id}")).into_response()
}

/// Back to the page, or the form again with the fault at its field.
async fn answered(
    here: &Here,
    id: SubmissionId,
    mut form: Form,
    (day, words): Fields,
    done: Result<(), SubmissionsError>,
) -> Answer {
    let (field, error) = match done {
        Ok(()) => return Ok(back(id)),
        Err(error @ SubmissionsError::OddDay { .. }) => (day, error),
        Err(error @ (SubmissionsError::ShortReason { .. } | SubmissionsError::Records { .. })) => (words, error),
        Err(error) => return Err(refusal(error)),
    };
    form.refuse(field, sentence(&error));
    Ok(mend(&show_page(here, id, form).await?))
}

/// A step with a day and words.
macro_rules! step {
    ($(#[$doc:meta])* $name:ident, $day:literal, $words:literal) => {
        $(#[$doc])*
        pub async fn $name(here: Here, Path(id): Path<SubmissionId>, mut form: Form) -> Answer {
            let Some(day) = form.required_day($day, "Nhập ngày").filter(|_| form.is_good()) else {
                return Ok(mend(&show_page(&here, id, form).await?));
            };
            let done = service::$name(&here.ctx(), id, day, form.value($words)).await;
            answered(&here, id, form, ($day, $words), done).await
        }
    };
}

step!(
    /// A supplement was asked for.
    give_back, "ngay-tra", "ly-do-tra"
);
step!(
    /// The supplement was sent.
    supply, "ngay-bo-sung", "noi-dung-bo-sung"
);
step!(
    /// It was passed on.
    pass_on, "ngay-chuyen", "ghi-chu-chuyen"
);
step!(
    /// It was refused.
    refuse, "ngay-khong", "ly-do-khong"
);

pub async fn decide(here: Here, Path(id): Path<SubmissionId>, mut form: Form) -> Answer {
    let number = form.required_line("so-quyet-dinh", 60, "Nhập số quyết định");
    let on = form.required_day("ngay-quyet-dinh", "Nhập ngày quyết định");
    let granted: Vec<NominationId> = form.all("duoc-khen").iter().filter_map(|id| id.parse().ok()).collect();
    if granted.is_empty() != form.chosen("khong-ai", "1") {
        form.refuse(
            "duoc-khen",
            "Đánh dấu những người được khen thưởng, hoặc chỉ đánh dấu “Không ai được khen thưởng”",
        );
    }
    let Some(on) = on.filter(|_| form.is_good()) else {
        return Ok(mend(&show_page(&here, id, form).await?));
    };
    let done = service::decide(&here.ctx(), id, &NewResult { number, on, granted }).await;
    answered(&here, id, form, ("ngay-quyet-dinh", "so-quyet-dinh"), done).await
}

pub async fn withdraw(here: Here, Path(id): Path<SubmissionId>, form: Form) -> Answer {
    let done = service::withdraw(&here.ctx(), id, form.value("ly-do-rut")).await;
    answered(&here, id, form, ("ly-do-rut", "ly-do-rut"), done).await
}

pub async fn attach(here: Here, Path(id): Path<SubmissionId>, upload: Upload) -> Answer {
    match service::attach(&here.ctx(), id, &upload.name, &upload.bytes).await {
        Ok(_) => Ok(back(id)),
        Err(error @ SubmissionsError::BadFile { .. }) => {
            let mut form = Form::empty();
            form.refuse("tep", sentence(&error));
            Ok(mend(&show_page(&here, id, form).await?))
        }
        Err(error) => Err(refusal(error)),
    }
}

pub async fn download(here: Here, Path((id, file)): Path<(SubmissionId, SubmissionFileId)>) -> Answer {
    let file = service::file(&here.ctx(), id, file).await.map_err(refusal)?;
    attached(&here, &file.digest, &file.name, file.media_type)
}
