//! A file in: a trial at once, a real import beside the request, with its progress.

use std::sync::Arc;

use askama::Template;
use axum::extract::Path;
use axum::http::HeaderValue;
use axum::http::header::REFRESH;
use axum::response::{IntoResponse, Redirect};
use jiff::tz::{TimeZone, offset};
use kernel::numbers::whole;
use office::dossiers::model::{Import, ImportState};
use office::dossiers::{DossiersError, queries, service};
use office::{Ctx, House};
use papers::sheet::{Cell, Fault, NewColumn, NewSheet, csv};
use uuid::Uuid;

use super::refusal;
use crate::files::{Upload, hand_out_rows};
use crate::form::Form;
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show as page};
use crate::urls::encode;

/// How many faults a page shows; the file holds the rest.
const SHOWN: usize = 200;

/// After how many seconds without a new batch an import that never ended is taken for cut off.
const SILENCE: i64 = 120;

struct Line {
    href: String,
    at: String,
    source: String,
    state: &'static str,
    rows: String,
}

#[derive(Template)]
#[template(path = "dossiers/imports.html")]
struct ImportsPage {
    frame: Frame,
    form: Form,
    imports: Vec<Line>,
    sources: Vec<(String, String)>,
    trial: Option<Import>,
    faults: Vec<Fault>,
}

#[derive(Template)]
#[template(path = "dossiers/import.html")]
struct ImportPage {
    frame: Frame,
    import: Import,
    faults: Vec<Fault>,
    running: bool,
    cut_off: bool,
}

async fn imports_page(here: &Here, form: Form, trial: Option<(Import, Vec<Fault>)>) -> Result<ImportsPage, Refusal> {
    let ctx = here.ctx();
    let imports = queries::imports(&ctx).await.map_err(|error| refusal(&error))?;
    let sources = queries::sources(&ctx).await.map_err(|error| refusal(&error))?;
    let line = |(import, _): (Import, _)| Line {
        href: format!("/noi-bo/ho-so-tthc/nhap/{}", import.id),
        at: import.began_at.to_zoned(TimeZone::fixed(offset(7))).strftime("%d/%m/%Y %H:%M").to_string(),
        source: import.source,
        state: import.state.name_vi(),
        rows: whole(import.counts.rows),
    };
    let (trial, faults) = trial.map_or((None, Vec::new()), |(import, faults)| (Some(import), faults));
    Ok(ImportsPage {
        frame: here.frame(here.visit.lang.t("Nhập hồ sơ thủ tục hành chính"), Place::Dossiers).faulty(!form.is_good()),
        form,
        imports: imports.into_iter().map(line).collect(),
        sources: sources
            .into_iter()
            .map(|(name, _)| (format!("/noi-bo/ho-so-tthc/nguon?nguon={}", encode(&name)), name))
            .collect(),
        trial,
        faults,
    })
}

pub async fn ask(here: Here) -> Answer {
    let form = Form::filled([("nguon", "Hệ thống một cửa".to_owned()), ("thu", "co".to_owned())]);
    Ok(page(&imports_page(&here, form, None).await?))
}

pub async fn bring_in(here: Here, upload: Upload) -> Answer {
    let Upload { mut form, bytes, .. } = upload;
    if bytes.is_empty() {
        form.refuse("tep", "Chọn tệp .xlsx hoặc .csv");
        return Ok(mend(&imports_page(&here, form, None).await?));
    }
    let kept = Kept::new(&here.house, &bytes)?;
    let ctx = here.ctx();
    let prepared = match service::prepare(&ctx, form.value("nguon"), &kept.0).await {
        Err(error @ DossiersError::BadSource) => {
            form.refuse("nguon", sentence(&error));
            return Ok(mend(&imports_page(&here, form, None).await?));
        }
        other => other.map_err(|error| refusal(&error))?,
    };
    if form.chosen("thu", "co") {
        let mut faults = Vec::new();
        let tried = service::run(&ctx, prepared, &kept.0, true, |_, found| {
            faults.extend(found.iter().take(SHOWN.saturating_sub(faults.len())).cloned());
        });
        return match tried.await {
            Ok(import) => Ok(page(&imports_page(&here, form, Some((import, faults))).await?)),
            Err(
                error @ (DossiersError::Sheet(_) | DossiersError::NoHeader { .. } | DossiersError::TwoColumns { .. }),
            ) => {
                form.refuse("tep", sentence(&error));
                Ok(mend(&imports_page(&here, form, None).await?))
            }
            Err(error) => Err(refusal(&error)),
        };
    }
    service::begin(&ctx, &prepared).await.map_err(|error| refusal(&error))?;
    let id = prepared.import.id;
    let (house, actor) = (Arc::clone(&here.house), Arc::clone(&here.visit.actor));
    tokio::spawn(async move {
        let kept = kept;
        if let Err(error) = service::run(&Ctx::new(&house, &actor), prepared, &kept.0, false, |_, _| {}).await {
            tracing::warn!(%error, import = %id, "an import of dossiers ended early");
        }
    });
    Ok(Redirect::to(&format!("/noi-bo/ho-so-tthc/nhap/{id}")).into_response())
}

/// A file that is gone when nobody holds it any more.
pub(crate) struct Kept(pub(crate) std::path::PathBuf);

impl Kept {
    /// Writes a file that came with a request.
    ///
    /// # Errors
    /// When the house has no place for it.
    pub(crate) fn new(house: &House, bytes: &[u8]) -> Result<Self, Refusal> {
        let folder = house.data_dir.join("tam");
        let file = folder.join(Uuid::new_v4().to_string());
        let written = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&file, bytes));
        written.map_err(|error| Refusal::broken(&error))?;
        Ok(Self(file))
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_file(&self.0) {
            tracing::warn!(%error, "a file of an import was left behind");
        }
    }
}

async fn found(here: &Here, id: &str, faults: i64) -> Result<(Import, kernel::Timestamp, Vec<Fault>), Refusal> {
    let id = id.parse().map_err(|_| Refusal::not_found())?;
    queries::import(&here.ctx(), id, faults).await.map_err(|error| refusal(&error))
}

pub async fn show(here: Here, Path(id): Path<String>) -> Answer {
    let (import, moved_at, faults) = found(&here, &id, 200).await?;
    let silent = here.ctx().now().as_second() - moved_at.as_second() > SILENCE;
    let running = import.state == ImportState::Running;
    let mut answer = page(&ImportPage {
        frame: here.frame(here.visit.lang.t("Lần nhập hồ sơ"), Place::Dossiers),
        running: running && !silent,
        cut_off: running && silent,
        import,
        faults,
    });
    if running && !silent {
        answer.headers_mut().insert(REFRESH, HeaderValue::from_static("2"));
    }
    Ok(answer)
}

pub async fn rejected(here: Here, Path(id): Path<String>) -> Answer {
    let (_, _, faults) = found(&here, &id, i64::from(i32::MAX)).await?;
    let columns = ["Dòng", "Cột", "Giá trị", "Lý do"].map(|name| NewColumn::new(name, 20.0));
    let mut sheet = NewSheet::new("Dòng bị bỏ", columns.into());
    let row = |fault: Fault| {
        let text = [fault.column, fault.value, fault.what].map(Cell::Text);
        std::iter::once(Cell::Number(f64::from(fault.row))).chain(text).collect()
    };
    sheet.rows = faults.into_iter().map(row).collect();
    hand_out_rows(&here, "dong-bi-bo.csv", &id, csv(&sheet)).await
}
