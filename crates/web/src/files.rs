//! Files in and out: what came with a form, what is given to look at or keep.

use axum::body::Bytes;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use office::attachments;

use crate::form::Form;
use crate::here::Here;
use crate::page::{Answer, Refusal};
use crate::urls;

/// The media types of the files we make.
pub const PDF: &str = "application/pdf";
pub const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A form that brings a file in its field `tep`.
#[derive(Debug, Default)]
pub struct Upload {
    /// The other fields.
    pub form: Form,
    /// What the sender calls the file; empty when none was chosen.
    pub name: String,
    /// What is in it; empty when none was chosen.
    pub bytes: Bytes,
}

impl Upload {
    /// Name and content of the file; none when the field was left empty.
    #[must_use]
    pub fn file(&self) -> Option<(&str, &[u8])> {
        (!self.name.is_empty() || !self.bytes.is_empty()).then_some((self.name.as_str(), &self.bytes))
    }
}

/// A form that may bring several files in its field `tep`.
#[derive(Debug, Default)]
pub struct Uploads {
    /// The other fields.
    pub form: Form,
    /// What the sender calls each file, and what is in it.
    pub files: Vec<(String, Bytes)>,
}

impl Uploads {
    /// Names and contents of the files.
    #[must_use]
    pub fn given(&self) -> Vec<(&str, &[u8])> {
        self.files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_ref())).collect()
    }
}

/// Reads a form with files: gives on what the sender calls each file of its field `tep` and what is in it, answers the
/// other fields.
async fn read_form<S: Send + Sync>(
    request: Request,
    state: &S,
    mut file: impl FnMut(String, Bytes) + Send,
) -> Result<Form, Response> {
    let unreadable = || Refusal::unreadable().into_response();
    let mut parts = Multipart::from_request(request, state).await.map_err(|_| unreadable())?;
    let mut form = Form::empty();
    while let Some(part) = parts.next_field().await.map_err(|_| unreadable())? {
        match part.name().map(str::to_owned).as_deref() {
            Some("tep") => {
                // A name, never a place: some senders give the folder too.
                let name = part.file_name().unwrap_or_default();
                let name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
                file(name, part.bytes().await.map_err(|_| unreadable())?);
            }
            Some(field) => form.put(field, part.text().await.map_err(|_| unreadable())?),
            None => {}
        }
    }
    Ok(form)
}

impl<S: Send + Sync> FromRequest<S> for Uploads {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let mut files = Vec::new();
        let form = read_form(request, state, |name, bytes: Bytes| {
            // A browser sends one without name and bytes when none was chosen.
            if !name.is_empty() || !bytes.is_empty() {
                files.push((name, bytes));
            }
        });
        Ok(Self { form: form.await?, files })
    }
}

impl<S: Send + Sync> FromRequest<S> for Upload {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let (mut name, mut bytes) = (String::new(), Bytes::new());
        let form = read_form(request, state, |called, content| (name, bytes) = (called, content)).await?;
        Ok(Self { form, name, bytes })
    }
}

/// A sheet of the office's own entries, to keep: that it was handed out, to whom and with which content stands in
/// the ledger before it leaves.
pub async fn hand_out(here: &Here, name: &'static str, bytes: Vec<u8>) -> Answer {
    let noted = office::ledger::service::exported(&here.ctx(), name, &bytes).await;
    noted.map_err(|error| Refusal::store(&error))?;
    Ok(disposed("attachment", XLSX, name, bytes))
}

/// A paper of the house, to look at or keep: what it is about (the id of the decision, the meeting), to whom it was
/// handed out and with which content stands in the ledger before it leaves.
pub async fn hand_out_paper(
    here: &Here,
    (kind, name): (&'static str, &str),
    of: impl std::fmt::Display + Send,
    bytes: Vec<u8>,
) -> Answer {
    let noted = office::ledger::service::exported_of(&here.ctx(), name, Some(&of.to_string()), &bytes).await;
    noted.map_err(|error| Refusal::store(&error))?;
    Ok(disposed("inline", kind, name, bytes))
}

/// Rows of a file that was refused, to keep and mend: noted in the ledger as every sheet is.
pub async fn hand_out_rows(here: &Here, name: &'static str, of: &str, bytes: Vec<u8>) -> Answer {
    let noted = office::ledger::service::exported_of(&here.ctx(), name, Some(of), &bytes).await;
    noted.map_err(|error| Refusal::store(&error))?;
    Ok(disposed("attachment", "text/csv; charset=utf-8", name, bytes))
}

/// Answers a file we made, to look at or keep.
pub fn file(kind: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    disposed("inline", kind, name, bytes)
}

/// Answers a file we made, to keep.
pub fn download(kind: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    disposed("attachment", kind, name, bytes)
}

fn disposed(how: &str, kind: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    ([(CONTENT_TYPE, kind.to_owned()), (CONTENT_DISPOSITION, format!("{how}; filename=\"{name}\""))], bytes)
        .into_response()
}

/// Answers an attached file to keep, under the name its sender gave it.
pub fn attached(here: &Here, digest: &str, name: &str, media_type: String) -> Answer {
    let bytes = attachments::read(&here.house, digest).map_err(|error| Refusal::broken(&error))?;
    let shown = format!("attachment; filename*=UTF-8''{}", urls::encode(&name.replace('/', "-")));
    Ok(([(CONTENT_TYPE, media_type), (CONTENT_DISPOSITION, shown)], bytes).into_response())
}
