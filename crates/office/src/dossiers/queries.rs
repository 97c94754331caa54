//! Figures and the dossiers they count.

use std::collections::BTreeMap;

use kernel::{Date, Permission, Timestamp};
use papers::sheet::Fault;
use serde::Serialize;
use uuid::Uuid;

use super::figures::{Figures, Share};
use super::mapping::Mapping;
use super::model::{Dossier, DueMove, Import};
use super::{DossiersError, store};
use crate::calendar::AnnouncementId;
use crate::db::Tx;
use crate::words::words;
use crate::{Ctx, StoreError};

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
        /// That were rated in the source's file.
        Rated = "rated", "Có đánh giá trong tệp";
        /// About which an answer came on the public page.
        Answered = "answered", "Có phiếu hài lòng";
    }
}

impl Kind {
    /// Whether these are few, and found without looking at all the others.
    pub(super) fn is_apart(self) -> bool {
        use Kind as K;
        matches!(self, K::Overdue | K::Open | K::OpenLate | K::Waiting | K::Unknown | K::Outside)
    }

    /// How many of these the figures count.
    #[must_use]
    pub fn count(self, figures: &Figures) -> i64 {
        match self {
            Self::Accepted => figures.accepted(),
            Self::Before => figures.before,
            Self::OnTime => figures.on_time,
            Self::Overdue => figures.overdue,
            Self::Open => figures.open,
            Self::OpenLate => figures.open_late,
            Self::Waiting => figures.waiting,
            Self::Unknown => figures.unknown,
            Self::Outside => figures.outside,
            Self::InTime => figures.in_time().part,
            Self::Judged => figures.in_time().whole,
            Self::Ended => figures.days.count(),
            Self::Online => figures.online.part,
            Self::Channel => figures.online.whole,
            Self::Input => figures.input.part,
            Self::InputKnown => figures.input.whole,
            Self::Result => figures.result.part,
            Self::ResultKnown => figures.result.whole,
            Self::Rated => figures.response().part,
            Self::Answered => figures.answered().part,
        }
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
    /// By year of acceptance.
    pub year: bool,
    /// By procedure.
    pub procedure: bool,
}

/// What a line of figures is about; what it is not told apart by is empty.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Group {
    /// The unit.
    pub unit: String,
    /// The month: `2026-02`.
    pub month: String,
    /// The year: `2026`.
    pub year: String,
    /// The procedure.
    pub procedure: String,
}

/// Figures of today, told apart by unit, month and procedure as asked.
///
/// They are read from what is kept counted, one row for each line: a million dossiers cost what ten thousand do.
///
/// # Errors
/// When the actor may not read dossiers.
pub async fn figures(ctx: &Ctx<'_>, filter: &Filter, by: By) -> Result<BTreeMap<Group, Figures>, DossiersError> {
    ctx.may(Permission::ReadDossiers)?;
    let mut tx = ctx.read().await?;
    Ok(figures_in(&mut tx, filter, by, ctx.today()).await?)
}

/// As [`figures`], for another room that has asked for its own permission.
///
/// # Errors
/// What the store says.
pub async fn figures_in(
    tx: &mut Tx,
    filter: &Filter,
    by: By,
    today: Date,
) -> Result<BTreeMap<Group, Figures>, StoreError> {
    let (from, until) = periods(filter, by);
    let told_apart = |apart: bool, chosen: &str| (!apart || !chosen.is_empty()).then(|| chosen.to_owned());
    let (unit, procedure) = (told_apart(by.unit, &filter.unit), told_apart(by.procedure, &filter.procedure));
    let which = store::Cells { from: &from, until: &until, procedure: procedure.as_deref(), unit: unit.as_deref() };
    let mut found: BTreeMap<Group, Figures> = BTreeMap::new();
    let kept = |wanted: bool, text: String| if wanted { text } else { String::new() };
    for (key, cell) in store::cells(tx, which).await? {
        let year = key.period.trim_start_matches('Y').get(..4).unwrap_or_default().to_owned();
        let (unit, month, year) = (kept(by.unit, key.unit), kept(by.month, key.period), kept(by.year, year));
        let group = Group { unit, month, year, procedure: kept(by.procedure, key.procedure) };
        found.entry(group).or_default().merge(&cell.figures(today));
    }
    Ok(found)
}

/// The kept periods that a filter asks for: years where whole years are meant and months are not told apart.
fn periods(filter: &Filter, by: By) -> (String, String) {
    let whole = |month: &str, end: &str| month.is_empty() || month.ends_with(end);
    if !by.month && whole(&filter.from, "-01") && whole(&filter.until, "-12") {
        let year = |month: &str, open: &str| format!("Y{}", month.get(..4).unwrap_or(open));
        return (year(&filter.from, "0000"), year(&filter.until, "9999"));
    }
    let or = |month: &String, open: &str| if month.is_empty() { open.to_owned() } else { month.clone() };
    (or(&filter.from, "0000-00"), or(&filter.until, "9999-99"))
}

/// One page of dossiers after a code, and how many there are in all, as the figures count them.
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
    let counted = figures_in(&mut tx, filter, By::default(), ctx.today()).await?;
    let counted = counted.into_values().next().unwrap_or_default();
    let all = filter.kind.map_or_else(|| counted.accepted() + counted.outside, |kind| kind.count(&counted));
    Ok((page, all))
}

/// A dossier with how the day it is held to moved, oldest move first.
///
/// # Errors
/// When there is none, or the actor may not read dossiers.
pub async fn dossier(ctx: &Ctx<'_>, code: &str) -> Result<(Dossier, Vec<DueMove>), DossiersError> {
    ctx.may(Permission::ReadDossiers)?;
    let mut tx = ctx.read().await?;
    let dossier = store::find(&mut tx, code).await?.ok_or(DossiersError::UnknownDossier)?;
    let moves = store::moves_of(&mut tx, code).await?;
    Ok((dossier, moves))
}

/// The first dossiers that an announced day moved: code, whether by its withdrawal, old and new day.
///
/// # Errors
/// When the actor may not read dossiers.
pub async fn moves_of_announcement(
    ctx: &Ctx<'_>,
    id: AnnouncementId,
    many: i64,
) -> Result<Vec<(String, bool, Date, Date)>, DossiersError> {
    ctx.may(Permission::ReadDossiers)?;
    Ok(store::moves_of_announcement(&mut ctx.read().await?, id, many).await?)
}

/// The working days of one procedure in one year, in whole days but for medians, which are doubled because the
/// median of an even count may be a half.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spans {
    /// How many dossiers ended: those that the days are of.
    pub ended: i64,
    /// The median of the limits of the law, doubled; none when no file told them.
    pub legal_doubled: Option<i64>,
    /// The median of the limits promised, doubled.
    pub committed_doubled: Option<i64>,
    /// The median of the days taken, doubled.
    pub median_doubled: Option<i64>,
    /// The days that nine tenths did not exceed.
    pub p90: Option<i64>,
}

impl Spans {
    /// By how much the median stays below the limit of the law, in hundredths of a percent of it; below zero when
    /// it is above.
    #[must_use]
    pub fn shortened(&self) -> Option<i64> {
        let (legal, median) = (self.legal_doubled?, self.median_doubled?);
        (legal > 0).then(|| (legal - median) * 10_000 / legal)
    }
}

impl From<&Figures> for Spans {
    fn from(figures: &Figures) -> Self {
        Self {
            ended: figures.days.count(),
            legal_doubled: figures.legal.median_doubled(),
            committed_doubled: figures.committed.median_doubled(),
            median_doubled: figures.days.median_doubled(),
            p90: figures.days.ninth_decile(),
        }
    }
}

/// The working days of each procedure by year of acceptance.
///
/// # Errors
/// When the actor may not read dossiers.
pub async fn spans(ctx: &Ctx<'_>, filter: &Filter) -> Result<BTreeMap<String, BTreeMap<String, Spans>>, DossiersError> {
    let by = By { procedure: true, year: true, ..By::default() };
    let mut all: BTreeMap<String, BTreeMap<String, Spans>> = BTreeMap::new();
    for (group, figures) in figures(ctx, filter, by).await? {
        all.entry(group.procedure).or_default().insert(group.year, Spans::from(&figures));
    }
    Ok(all)
}

/// What other rooms measure of a unit's dossiers of one year: shares with their parts, so that sums of units
/// are exact. A share whose `whole` is 0 has no data, which is not zero.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shares {
    /// Done before or on the due day, out of those that ended or are over it.
    pub in_time: Share,
    /// Done before the due day, out of the same.
    pub before_due: Share,
    /// Handed in online, out of those accepted whose channel is known.
    pub online: Share,
    /// Papers digitised, out of those accepted of which that is known.
    pub input_digitised: Share,
    /// Results digitised, out of those that ended and of which that is known.
    pub result_digitised: Share,
}

impl From<&Figures> for Shares {
    fn from(figures: &Figures) -> Self {
        let in_time = figures.in_time();
        Self {
            in_time,
            before_due: Share { part: figures.before, whole: in_time.whole },
            online: figures.online,
            input_digitised: figures.input,
            result_digitised: figures.result,
        }
    }
}

/// The shares of a year: of all dossiers under the empty name, and of each unit by the name its source writes.
/// By month of acceptance within the year; `today` decides which open ones are late. Nothing of a year: empty.
///
/// For rooms above (indicators, the chief's page), which ask for their own permission first.
///
/// # Errors
/// What the store says.
pub async fn shares_of_year(tx: &mut Tx, year: i16, today: Date) -> Result<BTreeMap<String, Shares>, StoreError> {
    let filter = Filter { from: format!("{year:04}-01"), until: format!("{year:04}-12"), ..Filter::default() };
    let mut all = BTreeMap::new();
    for by in [By::default(), By { unit: true, ..By::default() }] {
        let told = figures_in(tx, &filter, by, today).await?;
        all.extend(told.iter().map(|(group, figures)| (group.unit.clone(), Shares::from(figures))));
    }
    Ok(all)
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
