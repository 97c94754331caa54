//! Figures and the dossiers they count.

use std::collections::BTreeMap;

use kernel::{Date, Permission, Timestamp};
use papers::sheet::Fault;
use serde::Serialize;
use uuid::Uuid;

use super::figures::{Figures, Measure};
use super::mapping::Mapping;
use super::model::{Dossier, Import};
use super::{DossiersError, store};
use crate::Ctx;
use crate::db::{StoreError, Tx};
use crate::words::words;

words! {
    /// Which dossiers a number counts.
    Kind {
        /// All that were accepted.
        Accepted = "accepted", "Đã tiếp nhận";
        /// Done on an earlier working day.
        Before = "before", "Trước hạn";
        /// Done on the due day.
        OnTime = "on_time", "Đúng ngày hẹn";
        /// Done late.
        Overdue = "overdue", "Quá hạn";
        /// At work, in time.
        Open = "open", "Đang giải quyết, còn hạn";
        /// At work, late.
        OpenLate = "open_late", "Đang giải quyết, đã quá hạn";
        /// Waiting for papers.
        Waiting = "waiting", "Chờ bổ sung";
        /// Without due day.
        Unknown = "unknown", "Không có hạn trả";
        /// Not accepted.
        Outside = "outside", "Không tiếp nhận";
        /// Before or on the due day.
        InTime = "in_time", "Trước hạn và đúng ngày hẹn";
        /// What the share in time is counted out of.
        Judged = "judged", "Đã xong, hoặc đã quá hạn";
        /// Those that ended.
        Ended = "ended", "Đã giải quyết xong";
        /// Handed in online.
        Online = "online", "Nộp trực tuyến";
        /// Whose channel is known.
        Channel = "channel", "Biết kênh nộp";
        /// Whose papers were digitised.
        Input = "input", "Giấy tờ đã số hóa";
        /// Of which that is known.
        InputKnown = "input_known", "Biết việc số hóa giấy tờ";
        /// Whose result was digitised.
        Result = "result", "Có kết quả điện tử";
        /// Of which that is known.
        ResultKnown = "result_known", "Biết kết quả điện tử";
        /// That were rated.
        Rated = "rated", "Có đánh giá";
    }
}

/// Which dossiers are asked for; empty text means all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// The first month of acceptance: `2026-01`.
    pub from: String,
    /// The last one.
    pub until: String,
    /// The unit.
    pub unit: String,
    /// The procedure's code.
    pub procedure: String,
    /// Which of them.
    pub kind: Option<Kind>,
}

/// By what figures are told apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct By {
    /// By unit.
    pub unit: bool,
    /// By month of acceptance.
    pub month: bool,
    /// By procedure.
    pub procedure: bool,
}

/// What a line of figures is about; what it is not told apart by is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Group {
    /// The unit.
    pub unit: String,
    /// The month.
    pub month: String,
    /// The procedure.
    pub procedure: String,
}

/// Figures of today by unit, month, both, or by procedure alone.
///
/// # Errors
/// When the actor may not read dossiers.
pub async fn figures(ctx: &Ctx<'_>, filter: &Filter, by: By) -> Result<BTreeMap<Group, Figures>, DossiersError> {
    ctx.may(Permission::ReadDossiers)?;
    let mut tx = ctx.read().await?;
    Ok(figures_in(&mut tx, filter, by, ctx.today()).await?)
}

/// The same for other rooms: numbers without names.
///
/// # Errors
/// What the store says.
pub async fn figures_in(
    tx: &mut Tx,
    filter: &Filter,
    by: By,
    today: Date,
) -> Result<BTreeMap<Group, Figures>, StoreError> {
    let tallies = match by.procedure {
        true => store::tallies_by_procedure(tx, filter).await?,
        false => store::tallies(tx, filter).await?,
    };
    let mut found: BTreeMap<Group, Figures> = BTreeMap::new();
    let kept = |wanted: bool, text: String| if wanted { text } else { String::new() };
    for (key, many) in tallies {
        let Some(measure) = Measure::from_code(key.measure) else { continue };
        let (unit, month) = (kept(by.unit, key.unit), kept(by.month, key.month));
        let group = Group { unit, month, procedure: kept(by.procedure, key.procedure) };
        found.entry(group).or_default().add(measure, key.value, many, today);
    }
    Ok(found)
}

/// One page of dossiers after a code, and how many there are in all.
///
/// # Errors
/// When the actor may not read dossiers.
pub async fn list(
    ctx: &Ctx<'_>,
    filter: &Filter,
    after: &str,
    many: i64,
) -> Result<(Vec<Dossier>, i64), DossiersError> {
    ctx.may(Permission::ReadDossiers)?;
    let mut tx = ctx.read().await?;
    let page = store::list(&mut tx, filter, ctx.today(), after, many).await?;
    Ok((page, store::count(&mut tx, filter, ctx.today()).await?))
}

/// What there is to choose from.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    /// Units.
    pub units: Vec<String>,
    /// Years, newest first.
    pub years: Vec<String>,
    /// Procedures by code.
    pub procedures: BTreeMap<String, String>,
}

/// What there is to choose from.
///
/// # Errors
/// When the actor may not read dossiers.
pub async fn choices(ctx: &Ctx<'_>) -> Result<Choices, DossiersError> {
    ctx.may(Permission::ReadDossiers)?;
    let mut tx = ctx.read().await?;
    Ok(Choices {
        units: store::units(&mut tx).await?,
        years: store::years(&mut tx).await?,
        procedures: store::procedures(&mut tx).await?,
    })
}

/// An import, when it last moved, and its first faults.
///
/// # Errors
/// When there is none, or the actor may not import.
pub async fn import(ctx: &Ctx<'_>, id: Uuid, faults: i64) -> Result<(Import, Timestamp, Vec<Fault>), DossiersError> {
    ctx.may(Permission::ImportDossiers)?;
    let mut tx = ctx.read().await?;
    let (import, moved_at) = store::import(&mut tx, id).await?.ok_or(DossiersError::UnknownImport)?;
    Ok((import, moved_at, store::faults(&mut tx, id, faults).await?))
}

/// The newest imports.
///
/// # Errors
/// When the actor may not import.
pub async fn imports(ctx: &Ctx<'_>) -> Result<Vec<(Import, Timestamp)>, DossiersError> {
    ctx.may(Permission::ImportDossiers)?;
    Ok(store::imports(&mut ctx.read().await?, 20).await?)
}

/// The mapping of a source with its version; the one that ships, version 0, when none was saved.
///
/// # Errors
/// When the actor may not import.
pub async fn mapping(ctx: &Ctx<'_>, source: &str) -> Result<(i64, Mapping), DossiersError> {
    ctx.may(Permission::ImportDossiers)?;
    Ok(store::mapping(&mut ctx.read().await?, source).await?.unwrap_or_default())
}

/// The sources that have a mapping of their own, with its version.
///
/// # Errors
/// When the actor may not import.
pub async fn sources(ctx: &Ctx<'_>) -> Result<Vec<(String, i64)>, DossiersError> {
    ctx.may(Permission::ImportDossiers)?;
    Ok(store::sources(&mut ctx.read().await?).await?)
}
