//! Bringing files in, batch by batch, and keeping mappings.
//!
//! A batch is one transaction: dossiers, cells, faults and the import's own counts together. The ledger
//! gets an entry when an import begins and one when it ends, each with the digest of the file. A program that
//! stops half-way leaves whole batches; the same file again completes them, since a known row changes nothing.

use std::collections::{BTreeMap, HashSet};
use std::hash::{BuildHasher as _, RandomState};
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use kernel::calendar::WorkCalendar;
use kernel::text::clean_line;
use kernel::{Date, Permission};
use papers::sheet::{Fault, SheetError};
use rustc_hash::FxHashMap;
use tokio::sync::mpsc;
use uuid::Uuid;

use super::decision::{Terms, WorkingDays, judge, judge_held};
use super::figures::Cell;
use super::mapping::{Field, Mapping};
use super::model::{Counts, Dossier, Facts, Import, ImportState, Judged};
use super::opening::{self, Found, LIMITS, Opened};
use super::quick::{Plain, Quick};
use super::reading::Reader;
use super::store::CellKey;
use super::{DossiersError, store};
use crate::calendar::queries as calendar;
use crate::db::Tx;
use crate::movements::Work;
use crate::{Ctx, House, ledger};

/// How many rows are kept in one transaction at most.
const BATCH: i64 = 100_000;

/// How long a transaction lasts at most, so that others who write need not wait long.
const BATCH_LASTS: Duration = Duration::from_secs(2);

/// How many rows are handed on from reading to keeping at once.
const CHUNK: i64 = 2_000;

/// How many faults are kept for the page; the command line writes all.
const FAULTS_KEPT: i64 = 10_000;

/// Saves a source's mapping as a new version; the same once more changes nothing.
///
/// # Errors
/// When the actor may not import, or the mapping lacks what every file needs.
pub async fn save_mapping(ctx: &Ctx<'_>, source: &str, mapping: &Mapping) -> Result<i64, DossiersError> {
    ctx.may(Permission::ImportDossiers)?;
    let source = source_name(source)?;
    let has = |field: Field| mapping.columns.values().any(|one| *one == field);
    if !(has(Field::Code) && has(Field::Unit) && has(Field::Status) && has(Field::ReceivedOn)) {
        return Err(DossiersError::PoorMapping { what: "đủ các cột code, unit, status, received_on" });
    }
    if mapping.statuses.is_empty() || mapping.days.is_empty() {
        return Err(DossiersError::PoorMapping { what: "ít nhất một trạng thái và một cách ghi ngày" });
    }
    let mut tx = ctx.begin().await?;
    let (version, known) = store::mapping(&mut tx, &source).await?.unwrap_or_default();
    if version > 0 && known == *mapping {
        return Ok(version);
    }
    let version = version + 1;
    store::add_mapping(&mut tx, &source, version, mapping, ctx.actor.account, ctx.now()).await?;
    let entry = ctx.entry_of(Work::Dossiers, "dossiers.save_mapping", "source", &source).set("version", version);
    ledger::record(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(version)
}

fn source_name(text: &str) -> Result<String, DossiersError> {
    let name = clean_line(text);
    if (1..=60).contains(&name.chars().count()) { Ok(name) } else { Err(DossiersError::BadSource) }
}

/// An import that was prepared: nothing is written yet.
pub struct Prepared {
    /// How it will be kept.
    pub import: Import,
    /// How many rows are kept in one transaction at most.
    pub batch: i64,
    mapping: Arc<Mapping>,
}

/// Looks at the file and takes the source's mapping.
///
/// # Errors
/// When the actor may not import, or the file cannot be opened.
pub async fn prepare(ctx: &Ctx<'_>, source: &str, file: &Path) -> Result<Prepared, DossiersError> {
    ctx.may(Permission::ImportDossiers)?;
    let source = source_name(source)?;
    let (mapping_version, mapping) = store::mapping(&mut ctx.read().await?, &source).await?.unwrap_or_default();
    let digest = digest(file).map_err(|error| SheetError::Damaged { reason: error.to_string() })?;
    let import = Import {
        id: Uuid::now_v7(),
        source,
        digest,
        mapping_version,
        state: ImportState::Running,
        counts: Counts::default(),
        unknown_columns: Vec::new(),
        dropped_columns: Vec::new(),
        why: String::new(),
        began_at: ctx.now(),
    };
    Ok(Prepared { import, batch: BATCH, mapping: Arc::new(mapping) })
}

/// Writes down that an import begins.
///
/// # Errors
/// What the store says.
pub async fn begin(ctx: &Ctx<'_>, prepared: &Prepared) -> Result<(), DossiersError> {
    ctx.may(Permission::ImportDossiers)?;
    let mut tx = ctx.begin().await?;
    store::add_import(&mut tx, &prepared.import, ctx.actor.account).await?;
    let Import { id, source, digest, .. } = &prepared.import;
    let entry = ctx.entry_of(Work::Dossiers, "dossiers.begin_import", "dossier_import", id);
    ledger::record(&mut tx, entry.set("source", source).set("file", digest)).await?;
    tx.commit().await?;
    Ok(())
}

/// Reads the whole file and tells after each batch what happened; a trial keeps nothing.
///
/// # Errors
/// When the file cannot be read to its end: the batches before stay, and the import says why it ended.
pub async fn run(
    ctx: &Ctx<'_>,
    prepared: Prepared,
    file: &Path,
    trial: bool,
    mut tell: impl FnMut(&Import, &[Fault]),
) -> Result<Import, DossiersError> {
    ctx.may(Permission::ImportDossiers)?;
    let Prepared { mut import, batch, mapping } = prepared;
    let read = batches(ctx, &mut import, (&mapping, batch), file, trial, &mut tell).await;
    import.state = if read.is_ok() { ImportState::Done } else { ImportState::Failed };
    import.why = read.as_ref().err().map(ToString::to_string).unwrap_or_default();
    if !trial {
        let mut tx = ctx.begin().await?;
        store::save_import(&mut tx, &import, ctx.now()).await?;
        let entry = ctx.entry_of(Work::Dossiers, "dossiers.import", "dossier_import", import.id);
        let Counts { rows, created, updated, unchanged, rejected } = import.counts;
        let entry = entry.set("file", &import.digest).set("rows", rows).set("created", created).set("updated", updated);
        let entry = entry.set("unchanged", unchanged).set("rejected", rejected).set("state", import.state.code());
        ledger::record(&mut tx, entry).await?;
        tx.commit().await?;
    }
    tell(&import, &[]);
    read.map(|()| import)
}

async fn batches(
    ctx: &Ctx<'_>,
    import: &mut Import,
    (mapping, most): (&Arc<Mapping>, i64),
    file: &Path,
    trial: bool,
    tell: &mut impl FnMut(&Import, &[Fault]),
) -> Result<(), DossiersError> {
    let mut chunks = chunks_of(file, mapping, &ctx.calendar(), ctx.today());
    let (mut kept, mut batch, mut alone) = (0, None::<Batch<'_>>, None);
    loop {
        let chunk = chunks.recv().await;
        let ends = chunk.is_none();
        let mut faults = Vec::new();
        if let Some(chunk) = chunk {
            let chunk = match chunk {
                Ok(chunk) => chunk,
                Err(error) => {
                    if let Some(full) = batch.take() {
                        full.settle(import, trial).await?;
                    }
                    return Err(error);
                }
            };
            if let Some((unknown, dropped)) = chunk.header {
                (import.unknown_columns, import.dropped_columns) = (unknown, dropped);
            }
            let open = match &mut batch {
                Some(open) => open,
                None => {
                    let open = Batch::begin(ctx, import, alone).await?;
                    alone = Some(open.alone);
                    batch.insert(open)
                }
            };
            import.counts.rows += chunk.rows;
            import.counts.rejected += chunk.rejected;
            open.rows += chunk.rows;
            open.keep(chunk.good, mapping.due_has_waiting, import).await?;
            faults = chunk.faults;
            if !trial {
                for fault in &faults {
                    if kept < FAULTS_KEPT {
                        store::add_fault(&mut open.tx, import.id, kept, fault).await?;
                        kept += 1;
                    }
                }
            }
        }
        let is_full = |open: &Batch<'_>| ends || open.rows >= most || open.began.elapsed() >= BATCH_LASTS;
        if let Some(full) = batch.take_if(|open| is_full(open)) {
            full.settle(import, trial).await?;
            tell(import, &faults);
        } else if !faults.is_empty() {
            tell(import, &faults);
        }
        if ends {
            return Ok(());
        }
    }
}

/// Some rows of an import in their transaction, with what they change in the cells.
struct Batch<'a> {
    ctx: &'a Ctx<'a>,
    tx: Tx,
    days: WorkingDays,
    began: Instant,
    rows: i64,
    /// Whether no dossier was there but those of this import: then no code can be known.
    alone: bool,
    counted: bool,
    cells: Changes,
    names: FxHashMap<String, Arc<str>>,
    procedures: BTreeMap<String, String>,
}

impl<'a> Batch<'a> {
    async fn begin(ctx: &'a Ctx<'a>, import: &Import, was_alone: Option<bool>) -> Result<Self, DossiersError> {
        let mut tx = ctx.begin().await?;
        store::much_memory(&mut tx).await?;
        let (counted, last) = store::state(&mut tx).await?;
        let calendar = calendar::hold(ctx, &mut tx).await?;
        let alone = match was_alone {
            None => store::after(&mut tx, "", 1).await?.is_empty(),
            Some(was) => was && last == Some(import.id),
        };
        Ok(Self {
            ctx,
            tx,
            days: WorkingDays::of(&calendar),
            began: Instant::now(),
            rows: 0,
            alone,
            counted,
            cells: FxHashMap::default(),
            names: FxHashMap::default(),
            procedures: BTreeMap::new(),
        })
    }

    async fn keep(
        &mut self,
        good: Vec<Facts>,
        due_has_waiting: bool,
        import: &mut Import,
    ) -> Result<(), DossiersError> {
        let mut known = BTreeMap::new();
        if !self.alone {
            let codes: Vec<&str> = good.iter().map(|facts| facts.code.as_str()).collect();
            known
                .extend(store::known(&mut self.tx, &codes).await?.into_iter().map(|old| (old.facts.code.clone(), old)));
        }
        let mut new = Vec::with_capacity(good.len().saturating_sub(known.len()));
        for mut facts in good {
            // The name belongs to the procedure, not to each of its dossiers.
            let name = std::mem::take(&mut facts.procedure_name);
            if !name.is_empty() && self.procedures.get(&facts.procedure).is_none_or(|known| *known != name) {
                self.procedures.insert(facts.procedure.clone(), name);
            }
            let Some(old) = known.remove(&facts.code) else {
                let judged = judge(&self.days, &facts, due_has_waiting);
                let dossier = Dossier { facts, source: import.source.clone(), judged, due_has_waiting, answer: None };
                self.count(&dossier, 1);
                new.push(dossier);
                continue;
            };
            if old.facts == facts && old.source == import.source && old.due_has_waiting == due_has_waiting {
                import.counts.unchanged += 1;
                continue;
            }
            let judged = rejudge(&self.days, &old, &facts, due_has_waiting);
            let (source, answer) = (import.source.clone(), old.answer);
            let dossier = Dossier { facts, source, judged, due_has_waiting, answer };
            store::save(&mut self.tx, &dossier).await?;
            self.count(&old, -1);
            self.count(&dossier, 1);
            import.counts.updated += 1;
        }
        import.counts.created += i64::try_from(new.len()).unwrap_or(0);
        Ok(store::add(&mut self.tx, new).await?)
    }

    fn count(&mut self, dossier: &Dossier, many: i64) {
        let mut name = |text: &str| match self.names.get(text) {
            Some(name) => Arc::clone(name),
            None => Arc::clone(self.names.entry(text.to_owned()).or_insert_with(|| Arc::from(text))),
        };
        let (unit, procedure) = (name(&dossier.facts.unit), name(&dossier.facts.procedure));
        let month = self.days.month(self.days.number(dossier.facts.received_on));
        self.cells.entry((unit, procedure, month)).or_default().count(dossier, many);
    }

    async fn settle(mut self, import: &Import, trial: bool) -> Result<(), DossiersError> {
        if trial {
            return Ok(());
        }
        store::put_procedures(&mut self.tx, &self.procedures).await?;
        store::add_to_cells(&mut self.tx, spread(std::mem::take(&mut self.cells))).await?;
        store::set_state(&mut self.tx, self.counted || self.alone, Some(import.id)).await?;
        store::save_import(&mut self.tx, import, self.ctx.now()).await?;
        Ok(self.tx.commit().await?)
    }
}

/// Judges a dossier anew of which a later file says more. While its terms are those that were known, it stays
/// held to the day that was kept, which a change of the calendar may have moved.
fn rejudge(days: &WorkingDays, old: &Dossier, facts: &Facts, due_has_waiting: bool) -> Judged {
    let (terms, before) = (Terms::of(days, facts, due_has_waiting), Terms::of(days, &old.facts, old.due_has_waiting));
    let same = Terms { status: before.status, finished: before.finished, ..terms } == before;
    let kept = old.judged.held_to.map(|day| days.number(day));
    judge_held(days, &terms, if same { kept } else { terms.held_to(days) })
}

/// What changes, by unit, procedure and month of acceptance (months since January 2000).
pub(super) type Changes = FxHashMap<(Arc<str>, Arc<str>, usize), Cell>;

/// A dossier that is judged or told otherwise than before.
pub(super) fn recount(changes: &mut Changes, days: &WorkingDays, old: &Dossier, new: &Dossier) {
    for (dossier, many) in [(old, -1), (new, 1)] {
        let month = days.month(days.number(dossier.facts.received_on));
        let key = (Arc::from(dossier.facts.unit.as_str()), Arc::from(dossier.facts.procedure.as_str()), month);
        changes.entry(key).or_default().count(dossier, many);
    }
}

/// Each change in every cell that it adds to: unit or all, procedure or all, month and year.
pub(super) fn spread(changes: Changes) -> BTreeMap<CellKey, Cell> {
    let mut all: BTreeMap<CellKey, Cell> = BTreeMap::new();
    for ((unit, procedure, month), cell) in changes {
        let (year, month) = (2000 + month / 12, month % 12 + 1);
        for period in [format!("{year}-{month:02}"), format!("Y{year}")] {
            for procedure in ["", &procedure] {
                for unit in ["", &unit] {
                    let key =
                        CellKey { period: period.clone(), procedure: procedure.to_owned(), unit: unit.to_owned() };
                    all.entry(key).or_default().merge(&cell);
                }
            }
        }
    }
    all
}

/// Counts all dossiers anew when the cells do not hold them: after the structure of the database changed.
///
/// # Errors
/// What the store says.
pub async fn count_all(house: &House) -> Result<(), DossiersError> {
    // Looked at first without the writer's place, which a long import may hold.
    if store::is_counted(&mut house.db.read().await?).await? {
        return Ok(());
    }
    let mut tx = house.db.begin().await?;
    let (counted, last) = store::state(&mut tx).await?;
    if counted {
        return Ok(());
    }
    store::clear_cells(&mut tx).await?;
    let days = WorkingDays::of(&house.calendar.current());
    let (mut after, mut cells, mut any) = (String::new(), Changes::default(), false);
    loop {
        let some = store::after(&mut tx, &after, 5_000).await?;
        let Some(last) = some.last() else { break };
        after.clone_from(&last.facts.code);
        any = true;
        for dossier in &some {
            let month = days.month(days.number(dossier.facts.received_on));
            let key = (Arc::from(dossier.facts.unit.as_str()), Arc::from(dossier.facts.procedure.as_str()), month);
            cells.entry(key).or_default().count(dossier, 1);
        }
    }
    store::add_to_cells(&mut tx, spread(cells)).await?;
    // Dossiers that nobody knows the import of: no later import is alone.
    store::set_state(&mut tx, true, last.or(any.then(Uuid::nil))).await?;
    tx.commit().await?;
    Ok(())
}

/// Rows that were read, and what was refused.
#[derive(Default)]
struct Chunk {
    /// Columns that nobody knows, and those of citizens; with the first chunk.
    header: Option<(Vec<String>, Vec<String>)>,
    good: Vec<Facts>,
    faults: Vec<Fault>,
    rows: i64,
    rejected: i64,
}

/// Reads the file on a thread of its own and hands on what it finds; few chunks wait, so memory stays flat.
fn chunks_of(
    file: &Path,
    mapping: &Arc<Mapping>,
    calendar: &WorkCalendar,
    today: Date,
) -> mpsc::Receiver<Result<Chunk, DossiersError>> {
    let (sender, receiver) = mpsc::channel(2);
    let (file, mapping, days) = (file.to_owned(), Arc::clone(mapping), WorkingDays::of(calendar));
    std::thread::spawn(move || {
        let read = read_in(&file, &mapping, &days, today, &sender);
        if let Err(error) = read {
            // Whoever no longer listens needs no error.
            let _ = sender.blocking_send(Err(error));
        }
    });
    receiver
}

/// Puts rows into chunks.
struct Chunks<'s> {
    sender: &'s mpsc::Sender<Result<Chunk, DossiersError>>,
    chunk: Chunk,
    seen: HashSet<u64>,
    hasher: RandomState,
    rows: usize,
}

impl Chunks<'_> {
    fn take(&mut self, code: &str) -> bool {
        self.seen.insert(self.hasher.hash_one(code))
    }

    fn good(&mut self, facts: Facts) -> Result<(), SheetError> {
        self.chunk.good.push(facts);
        self.one_more()
    }

    fn refuse(&mut self, faults: Vec<Fault>) -> Result<(), SheetError> {
        self.chunk.faults.extend(faults);
        self.chunk.rejected += 1;
        self.one_more()
    }

    fn one_more(&mut self) -> Result<(), SheetError> {
        self.chunk.rows += 1;
        self.rows += 1;
        if self.rows > LIMITS.rows {
            return Err(SheetError::TooManyRows { limit: LIMITS.rows });
        }
        if self.chunk.rows >= CHUNK { self.hand_on() } else { Ok(()) }
    }

    fn hand_on(&mut self) -> Result<(), SheetError> {
        let full = std::mem::take(&mut self.chunk);
        let gone = |_| SheetError::Damaged { reason: "the import was dropped".to_owned() };
        self.sender.blocking_send(Ok(full)).map_err(gone)
    }
}

fn read_in(
    file: &Path,
    mapping: &Arc<Mapping>,
    days: &WorkingDays,
    today: Date,
    sender: &mpsc::Sender<Result<Chunk, DossiersError>>,
) -> Result<(), DossiersError> {
    let (seen, hasher) = (HashSet::new(), RandomState::new());
    let mut chunks = Chunks { sender, chunk: Chunk::default(), seen, hasher, rows: 0 };
    let mut failed = None;
    match opening::open(file, mapping, today)? {
        Some(Opened { reader, pieces, first }) => {
            let delimiter = pieces.delimiter;
            chunks.chunk.header = Some((reader.unknown.clone(), reader.dropped.clone()));
            let mut quick = Quick::beside(&reader, days, delimiter);
            for piece in std::iter::once(Ok(first)).chain(pieces) {
                opening::rows_of(&piece?, &reader, &mut quick, delimiter, |quick, number, found| {
                    let done = match found {
                        Found::Plain(plain) if chunks.take(plain.code) => chunks.good(quick.facts(&plain)),
                        Found::Closer(facts) if chunks.take(&facts.code) => chunks.good(facts),
                        Found::Faulty(faults) => chunks.refuse(faults),
                        Found::Plain(Plain { code, .. }) => chunks.refuse(vec![reader.twice(number, code)]),
                        Found::Closer(facts) => chunks.refuse(vec![reader.twice(number, &facts.code)]),
                    };
                    failed = failed.take().or(done.err());
                })?;
                if let Some(error) = failed.take() {
                    return Err(error.into());
                }
            }
        }
        None => {
            let header = |reader: &Reader| Some((reader.unknown.clone(), reader.dropped.clone()));
            let mut told = false;
            let reader = opening::walk(file, mapping, today, |reader, row, read| {
                if !told {
                    (chunks.chunk.header, told) = (header(reader), true);
                }
                let done = match read {
                    Ok(facts) if chunks.take(&facts.code) => chunks.good(facts),
                    Ok(facts) => chunks.refuse(vec![reader.twice(row.number, &facts.code)]),
                    Err(faults) => chunks.refuse(faults),
                };
                failed = done.err();
                if failed.is_some() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            })?;
            if !told {
                chunks.chunk.header = header(&reader);
            }
        }
    }
    if let Some(error) = failed {
        return Err(error.into());
    }
    Ok(chunks.hand_on()?)
}

fn digest(file: &Path) -> std::io::Result<String> {
    use sha2::{Digest as _, Sha256};
    use std::io::Read as _;
    let mut opened = std::fs::File::open(file)?;
    let (mut hasher, mut piece) = (Sha256::new(), vec![0; 1 << 16]);
    loop {
        match opened.read(&mut piece)? {
            0 => return Ok(data_encoding::HEXLOWER.encode(&hasher.finalize())),
            taken => hasher.update(&piece[..taken]),
        }
    }
}
