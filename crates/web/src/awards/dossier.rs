//! The files of a dossier.

use axum::extract::Path;
use office::awards::model::{FileId, NominationId};
use office::awards::{queries, service};

use super::nominations::answered;
use super::refusal;
use crate::files::{Upload, attached};
use crate::here::Here;
use crate::page::{Answer, Refusal};

pub async fn attach(here: Here, Path(id): Path<NominationId>, upload: Upload) -> Answer {
    let done = service::attach(&here.ctx(), id, upload.form.value("muc"), &upload.name, &upload.bytes).await;
    answered(&here, id, done.map(|_| ())).await
}

pub async fn detach(here: Here, Path((id, file)): Path<(NominationId, FileId)>) -> Answer {
    answered(&here, id, service::detach(&here.ctx(), id, file).await).await
}

pub async fn download(here: Here, Path((id, file)): Path<(NominationId, FileId)>) -> Answer {
    let detail = queries::detail(&here.ctx(), id).await.map_err(refusal)?;
    let file = detail.files.into_iter().find(|one| one.id == file).ok_or_else(Refusal::not_found)?;
    attached(&here, &file.digest, &file.name, file.media_type)
}
