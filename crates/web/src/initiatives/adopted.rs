//! What the visitor's own units have taken over from others: confirmed, denied, ended there.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use kernel::numbers::short_date;
use office::initiatives::model::ReplicationState;
use office::initiatives::replication::{self, Adopted};
use office::initiatives::{InitiativeFileId, InitiativesError, ReplicationId};

use super::show::{EffectLine, effect_line};
use super::{mend_or_refuse, refusal};
use crate::files::{Upload, attached};
use crate::form::Form;
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, show as page};

struct Line {
    id: ReplicationId,
    name: String,
    origin: String,
    adopter: String,
    started: String,
    how: String,
    effect: EffectLine,
    state: ReplicationState,
    said: String,
    stopped: String,
    files: Vec<(String, String)>,
    version: i64,
    words_field: String,
    deny_field: String,
    day_field: String,
    stop_field: String,
    file_field: String,
}

fn line(one: Adopted) -> Line {
    let replication = one.replication;
    let id = replication.id;
    Line {
        name: format!("{} ({})", one.initiative.name, one.initiative.code),
        origin: one.origin,
        adopter: one.adopter,
        started: short_date(replication.started_on),
        effect: effect_line(&replication.effect),
        state: replication.state,
        said: replication
            .answered
            .as_ref()
            .map(|act| format!("{}, {} {}", short_date(act.on), act.name, act.words))
            .unwrap_or_default(),
        stopped: replication
            .stopped
            .as_ref()
            .map(|act| format!("{}: {}", short_date(act.on), act.words))
            .unwrap_or_default(),
        files: one
            .files
            .iter()
            .map(|file| (format!("/noi-bo/ap-dung/{id}/tep/{}", file.id), file.name.clone()))
            .collect(),
        how: replication.how,
        version: replication.version,
        words_field: format!("nhan-xet-{id}"),
        deny_field: format!("ly-do-khong-{id}"),
        day_field: format!("ngay-ngung-{id}"),
        stop_field: format!("ly-do-ngung-{id}"),
        file_field: format!("tep-{id}"),
        id,
    }
}

#[derive(Template)]
#[template(path = "initiatives/adopted.html")]
struct AdoptedPage {
    frame: Frame,
    form: Form,
    lines: Vec<Line>,
}

async fn adopted_page(here: &Here, form: Form) -> Result<AdoptedPage, Refusal> {
    let found = replication::adopted(&here.ctx()).await.map_err(refusal)?;
    let title = here.visit.lang.t("Mô hình đơn vị tôi áp dụng");
    Ok(AdoptedPage {
        frame: here.frame(title, Place::Initiatives).faulty(!form.is_good()),
        form,
        lines: found.into_iter().map(line).collect(),
    })
}

pub async fn show(here: Here) -> Answer {
    Ok(page(&adopted_page(&here, Form::empty()).await?))
}

async fn answered<T>(
    here: &Here,
    mut form: Form,
    done: Result<T, InitiativesError>,
    at: impl Fn(&str) -> String,
) -> Answer {
    match done {
        Ok(_) => Ok(Redirect::to("/noi-bo/sang-kien/ap-dung").into_response()),
        Err(error) => {
            mend_or_refuse(&mut form, error, at)?;
            Ok(mend(&adopted_page(here, form).await?))
        }
    }
}

fn seen(form: &Form) -> i64 {
    form.value("phien-ban").parse().unwrap_or(0)
}

pub async fn confirm(here: Here, Path(id): Path<ReplicationId>, form: Form) -> Answer {
    let done = replication::confirm(&here.ctx(), id, seen(&form), form.value(&format!("nhan-xet-{id}"))).await;
    answered(&here, form, done, |_| format!("nhan-xet-{id}")).await
}

pub async fn deny(here: Here, Path(id): Path<ReplicationId>, form: Form) -> Answer {
    let field = format!("ly-do-khong-{id}");
    let done = replication::deny(&here.ctx(), id, seen(&form), form.value(&field)).await;
    answered(&here, form, done, |_| field.clone()).await
}

pub async fn stop(here: Here, Path(id): Path<ReplicationId>, mut form: Form) -> Answer {
    // Whoever may not know of it learns nothing of a form for it.
    replication::initiative_of(&here.ctx(), id).await.map_err(refusal)?;
    let (day, words) = (format!("ngay-ngung-{id}"), format!("ly-do-ngung-{id}"));
    let Some(on) = form.required_day(&day, "Nhập ngày ngừng áp dụng") else {
        return Ok(mend(&adopted_page(&here, form).await?));
    };
    let done = replication::stop(&here.ctx(), id, seen(&form), on, form.value(&words)).await;
    answered(&here, form, done, |field| if field == "ngay-ngung" { day.clone() } else { words.clone() }).await
}

pub async fn attach(here: Here, Path(id): Path<ReplicationId>, upload: Upload) -> Answer {
    let done = replication::attach(&here.ctx(), id, &upload.name, &upload.bytes).await;
    answered(&here, upload.form, done, |_| format!("tep-{id}")).await
}

pub async fn download(here: Here, Path((id, file)): Path<(ReplicationId, InitiativeFileId)>) -> Answer {
    let found = replication::file(&here.ctx(), id, file).await.map_err(refusal)?;
    attached(&here, &found.digest, &found.name, found.media_type)
}
