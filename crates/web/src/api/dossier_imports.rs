//! A file of dossiers in: tried, or kept, with the mapping of its source; what became of its rows.

use std::sync::Arc;

use kernel::{Permission, Timestamp};
use office::Ctx;
use office::dossiers::model::{Counts, Import};
use office::dossiers::{DossiersError, queries, service};
use papers::sheet::Fault;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Operation;
use super::answer::{Given, give};
use super::asked::{Asked, Of, SentFile};
use crate::doors::{Doors, Need};
use crate::dossiers::imports::Kept;
use crate::dossiers::refusal;
use crate::here::Here;
use crate::page::{Refusal, sentence};

/// How many rejected rows an answer names; the page of the import holds more.
const NAMED: usize = 1_000;

/// The doors of this file.
pub fn doors(doors: Doors) -> Doors {
    let bring_in = Need::May(Permission::ImportDossiers);
    let file = Operation::post("/api/v1/dossiers/imports", bring_in, "Nhập một tệp hồ sơ, hoặc chỉ thử");
    let one = Operation::get("/api/v1/dossiers/imports/{import}", bring_in, "Một lần nhập hồ sơ, các dòng bị bỏ");
    doors.api(file.asks::<ImportAsked>().takes_file().gives::<ImportView>(), bring).api(one.gives::<ImportView>(), show)
}

/// Whose file, and whether it is kept.
#[derive(Deserialize, JsonSchema)]
struct ImportAsked {
    /// The name of the source, whose mapping of columns, statuses and days is used; the one that ships when none
    /// was saved under this name.
    source: String,
    /// Whether the file is only tried: then nothing is kept.
    #[serde(default)]
    dry_run: bool,
}

/// What became of a file.
#[derive(Serialize, JsonSchema)]
struct ImportView {
    /// None when the file was only tried.
    id: Option<Uuid>,
    source: String,
    /// SHA-256 of the file.
    digest: String,
    /// The version of the source's mapping; 0 is the one that ships.
    mapping_version: i64,
    /// `running`, `done` or `failed`.
    state: &'static str,
    /// Why it ended early; empty when it did not.
    why: String,
    #[schemars(with = "String")]
    began_at: Timestamp,
    counts: ImportCounts,
    /// Columns that were dropped because nobody knows them.
    unknown_columns: Vec<String>,
    /// Columns that were dropped because they tell of citizens.
    dropped_columns: Vec<String>,
    /// What is wrong in the rows that were rejected, at most the first 1000.
    rejected: Vec<RejectedCell>,
}

/// What happened to the rows.
#[derive(Serialize, JsonSchema)]
struct ImportCounts {
    /// Without the header.
    rows: i64,
    created: i64,
    updated: i64,
    unchanged: i64,
    rejected: i64,
}

/// A cell for which a row was rejected.
#[derive(Serialize, JsonSchema)]
struct RejectedCell {
    /// The row as a spreadsheet shows it.
    row: u32,
    column: String,
    value: String,
    /// What is wrong and what to do.
    what: String,
}

impl ImportView {
    fn new(here: &Here, import: Import, faults: Vec<Fault>, kept: bool) -> Self {
        let Counts { rows, created, updated, unchanged, rejected } = import.counts;
        let l = here.visit.lang;
        let cell = |one: Fault| RejectedCell {
            row: one.row,
            what: l.fault(&one.what).into_owned(),
            column: one.column,
            value: one.value,
        };
        Self {
            id: kept.then_some(import.id),
            source: import.source,
            digest: import.digest,
            mapping_version: import.mapping_version,
            state: import.state.code(),
            why: l.fault(&import.why).into_owned(),
            began_at: import.began_at,
            counts: ImportCounts { rows, created, updated, unchanged, rejected },
            unknown_columns: import.unknown_columns,
            dropped_columns: import.dropped_columns,
            rejected: faults.into_iter().map(cell).collect(),
        }
    }
}

async fn bring(here: Here, Asked(asked): Asked<ImportAsked>, SentFile(bytes): SentFile) -> Given {
    if bytes.is_empty() {
        return Err(Refusal::field("/file", "Chọn tệp .xlsx hoặc .csv"));
    }
    let kept = Kept::new(&here.house, &bytes)?;
    let ctx = here.ctx();
    let prepared = service::prepare(&ctx, &asked.source, &kept.0).await.map_err(|error| said(&error))?;
    if asked.dry_run {
        let mut faults = Vec::new();
        let tried = service::run(&ctx, prepared, &kept.0, true, |_, found| {
            faults.extend(found.iter().take(NAMED.saturating_sub(faults.len())).cloned());
        });
        let import = tried.await.map_err(|error| said(&error))?;
        return give(&ImportView::new(&here, import, faults, false));
    }
    service::begin(&ctx, &prepared).await.map_err(|error| said(&error))?;
    let id = prepared.import.id;
    let (house, actor) = (Arc::clone(&here.house), Arc::clone(&here.visit.actor));
    // Beside the request: a program that hangs up does not stop it half-way.
    let running = tokio::spawn(async move {
        let kept = kept;
        service::run(&Ctx::new(&house, &actor), prepared, &kept.0, false, |_, _| {}).await
    });
    let done = running.await.map_err(|error| Refusal::broken(&error))?;
    done.map_err(|error| said(&error))?;
    told(&here, id).await
}

async fn show(here: Here, Of(id): Of<Uuid>) -> Given {
    told(&here, id).await
}

async fn told(here: &Here, id: Uuid) -> Given {
    let most = i64::try_from(NAMED).unwrap_or(i64::MAX);
    let (import, _, faults) = queries::import(&here.ctx(), id, most).await.map_err(|error| said(&error))?;
    give(&ImportView::new(here, import, faults, true))
}

/// What the room said, at what the program can mend.
fn said(error: &DossiersError) -> Refusal {
    match error {
        DossiersError::BadSource => Refusal::bad_query(sentence(error)),
        DossiersError::Sheet(_) | DossiersError::NoHeader { .. } | DossiersError::TwoColumns { .. } => {
            Refusal::field("/file", sentence(error)).because(error)
        }
        _ => refusal(error).because(error),
    }
}
