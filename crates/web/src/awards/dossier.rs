//! The files of a dossier.

use axum::extract::{Multipart, Path};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use office::attachments;
use office::awards::model::{FileId, NominationId};
use office::awards::{queries, service};

use super::nominations::answered;
use super::refusal;
use crate::here::Here;
use crate::page::{Answer, Refusal};
use crate::urls;

pub async fn attach(here: Here, Path(id): Path<NominationId>, mut parts: Multipart) -> Answer {
    let (mut item, mut file) = (String::new(), None);
    while let Some(part) = parts.next_field().await.map_err(|_| Refusal::unreadable())? {
        match part.name() {
            Some("muc") => item = part.text().await.map_err(|_| Refusal::unreadable())?,
            Some("tep") => {
                let name = part.file_name().unwrap_or_default().to_owned();
                file = Some((name, part.bytes().await.map_err(|_| Refusal::unreadable())?));
            }
            _ => {}
        }
    }
    let (name, bytes) = file.unwrap_or_default();
    let done = service::attach(&here.ctx(), id, &item, &name, &bytes).await;
    answered(&here, id, done.map(|_| ())).await
}

pub async fn detach(here: Here, Path((id, file)): Path<(NominationId, FileId)>) -> Answer {
    answered(&here, id, service::detach(&here.ctx(), id, file).await).await
}

pub async fn download(here: Here, Path((id, file)): Path<(NominationId, FileId)>) -> Answer {
    let detail = queries::detail(&here.ctx(), id).await.map_err(refusal)?;
    let file = detail.files.into_iter().find(|one| one.id == file).ok_or_else(Refusal::not_found)?;
    let bytes = attachments::read(&here.house, &file.digest).map_err(|error| Refusal::broken(&error))?;
    let shown = format!("attachment; filename*=UTF-8''{}", urls::encode(&file.name.replace('/', "-")));
    Ok(([(CONTENT_TYPE, file.media_type), (CONTENT_DISPOSITION, shown)], bytes).into_response())
}
