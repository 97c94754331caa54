//! A form with several files, read in memory: nothing of it touches the disk before it is sealed.

use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, Multipart, Request};
use axum::response::{IntoResponse, Response};
use office::conduct::intake::NewFile;

use crate::form::Form;
use crate::page::Refusal;

/// The fields of the form, and the files of its field `tep`.
#[derive(Default)]
pub struct Evidence {
    pub form: Form,
    pub files: Vec<NewFile>,
}

impl Evidence {
    async fn read(mut parts: Multipart) -> Result<Self, MultipartError> {
        let mut read = Self::default();
        while let Some(part) = parts.next_field().await? {
            match part.name().map(str::to_owned).as_deref() {
                Some("tep") => {
                    let name = part.file_name().unwrap_or_default().to_owned();
                    let bytes = part.bytes().await?;
                    if !name.is_empty() || !bytes.is_empty() {
                        read.files.push(NewFile { name, bytes: bytes.to_vec() });
                    }
                }
                Some(field) => read.form.put(field, part.text().await?),
                None => {}
            }
        }
        Ok(read)
    }
}

impl<S: Send + Sync> FromRequest<S> for Evidence {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let unreadable = || Refusal::unreadable().into_response();
        let parts = Multipart::from_request(request, state).await.map_err(|_| unreadable())?;
        Self::read(parts).await.map_err(|_| unreadable())
    }
}
