//! The steps of a story, whom it is about with their consent, its pictures.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::{Timestamp, clock};
use office::newsroom::subjects::{self, NewConsent, NewSubject};
use office::newsroom::{CorrectionId, NewsroomError, PictureId, StoryId, SubjectId, pictures, queries, service};

use super::refusal;
use super::show::show_page;
use crate::files::{Upload, attached};
use crate::form::Form;
use crate::here::Here;
use crate::page::{Answer, mend, sentence};

fn back(id: StoryId) -> Response {
    Redirect::to(&format!("/noi-bo/chuyen-muc/{id}")).into_response()
}

fn seen(form: &Form) -> i64 {
    form.value("phien-ban").parse().unwrap_or(0)
}

/// Back to the story, or its page again with the fault: at the field that the error names, or at `words` when a
/// reason is too short or gives something away.
async fn answered(here: &Here, id: StoryId, mut form: Form, words: &str, done: Result<(), NewsroomError>) -> Answer {
    let error = match done {
        Ok(()) => return Ok(back(id)),
        Err(error) => error,
    };
    let field = match error.field() {
        Some("ly-do") if !words.is_empty() => words,
        Some(field) => field,
        // What the story lacks is mended on the same page.
        None if matches!(
            error,
            NewsroomError::NoConsent { .. } | NewsroomError::NoSubject | NewsroomError::Unlisted { .. }
        ) =>
        {
            "ten"
        }
        None => return Err(refusal(error)),
    };
    form.refuse(field, sentence(&error));
    Ok(mend(&show_page(here, id, form).await?))
}

pub async fn submit(here: Here, Path(id): Path<StoryId>, form: Form) -> Answer {
    let done = service::submit(&here.ctx(), id, seen(&form)).await;
    answered(&here, id, form, "", done).await
}

pub async fn give_back(here: Here, Path(id): Path<StoryId>, form: Form) -> Answer {
    let done = service::give_back(&here.ctx(), id, seen(&form), form.value("tra-lai")).await;
    answered(&here, id, form, "tra-lai", done).await
}

/// The hour for which a story is approved; none for now. A day alone means its morning.
fn hour(form: &mut Form) -> Option<Timestamp> {
    let day = form.day("ngay-dang");
    let typed = form.line("gio-dang");
    if typed.is_empty() {
        return day.map(|day| clock::instant_of(day, jiff::civil::time(7, 30, 0, 0)));
    }
    let Ok(time) = jiff::civil::Time::strptime("%H:%M", &typed) else {
        form.refuse("gio-dang", "Nhập giờ dạng 07:30");
        return None;
    };
    if day.is_none() && form.is_good() {
        form.refuse("ngay-dang", "Nhập ngày đăng");
    }
    day.map(|day| clock::instant_of(day, time))
}

pub async fn approve(here: Here, Path(id): Path<StoryId>, mut form: Form) -> Answer {
    let at = hour(&mut form);
    if !form.is_good() {
        return Ok(mend(&show_page(&here, id, form).await?));
    }
    let done = service::approve(&here.ctx(), id, seen(&form), at).await;
    answered(&here, id, form, "", done).await
}

pub async fn withdraw(here: Here, Path(id): Path<StoryId>, form: Form) -> Answer {
    let done = service::withdraw(&here.ctx(), id, seen(&form), form.value("go-bai")).await;
    answered(&here, id, form, "go-bai", done).await
}

pub async fn archive(here: Here, Path(id): Path<StoryId>, form: Form) -> Answer {
    let done = service::archive(&here.ctx(), id, seen(&form)).await;
    answered(&here, id, form, "", done).await
}

pub async fn approve_correction(here: Here, Path((id, correction)): Path<(StoryId, CorrectionId)>) -> Answer {
    let done = service::approve_correction(&here.ctx(), id, correction).await;
    answered(&here, id, Form::empty(), "", done).await
}

pub async fn refuse_correction(here: Here, Path(id): Path<StoryId>, form: Form) -> Answer {
    let done = service::refuse_correction(&here.ctx(), id, form.value("tu-choi")).await;
    answered(&here, id, form, "tu-choi", done).await
}

pub async fn add_subject(here: Here, Path(id): Path<StoryId>, form: Form) -> Answer {
    let new = NewSubject {
        name: form.value("ten").to_owned(),
        is_person: !form.chosen("la-tap-the", "co"),
        staff_code: form.value("ma-can-bo").to_owned(),
    };
    let done = subjects::add(&here.ctx(), id, &new).await.map(|_| ());
    answered(&here, id, form, "", done).await
}

pub async fn remove_subject(here: Here, Path(id): Path<SubjectId>) -> Answer {
    Ok(back(subjects::remove(&here.ctx(), id).await.map_err(refusal)?))
}

pub async fn consent(here: Here, Path(id): Path<SubjectId>, upload: Upload) -> Answer {
    let story = queries::story_of(&here.ctx(), id).await.map_err(refusal)?;
    let mut form = upload.form.clone();
    form.put("ai", id.to_string());
    let Some(on) = form.required_day("ngay-dong-y", "Nhập ngày đồng ý").filter(|_| form.is_good()) else {
        return Ok(mend(&show_page(&here, story, form).await?));
    };
    let new = NewConsent { on, how: form.value("van-ban").to_owned(), file: upload.file() };
    let done = subjects::consent(&here.ctx(), id, &new).await.map(|_| ());
    answered(&here, story, form, "", done).await
}

pub async fn withdraw_consent(here: Here, Path(id): Path<SubjectId>, form: Form) -> Answer {
    Ok(back(subjects::withdraw_consent(&here.ctx(), id, form.value("ly-do")).await.map_err(refusal)?))
}

pub async fn consent_file(here: Here, Path(id): Path<SubjectId>) -> Answer {
    let (name, digest, media_type) = queries::consent_file(&here.ctx(), id).await.map_err(refusal)?;
    attached(&here, &digest, &name, media_type)
}

pub async fn add_picture(here: Here, Path(id): Path<StoryId>, upload: Upload) -> Answer {
    queries::detail(&here.ctx(), id).await.map_err(refusal)?;
    let bytes = upload.bytes.to_vec();
    let done = pictures::add(&here.ctx(), id, upload.form.value("mo-ta"), &upload.name, bytes).await.map(|_| ());
    answered(&here, id, upload.form, "", done).await
}

pub async fn remove_picture(here: Here, Path(id): Path<PictureId>) -> Answer {
    Ok(back(pictures::remove(&here.ctx(), id).await.map_err(refusal)?))
}
