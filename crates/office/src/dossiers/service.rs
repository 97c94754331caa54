//! Bringing files in, batch by batch, and keeping mappings.
//!
//! A batch is one transaction: dossiers, tallies, faults and the import's own counts together. The ledger
//! gets an entry when an import begins and one when it ends, each with the digest of the file. A program that
//! stops half-way leaves whole batches; the same file again completes them, since a known row changes nothing.

use std::collections::{BTreeMap, HashSet};
use std::hash::{BuildHasher as _, RandomState};
use std::ops::ControlFlow;
use std::path::Path;

use kernel::Permission;
use kernel::text::clean_line;
use papers::sheet::{Fault, Limits, Row, SheetError, walk_file};
use tokio::sync::mpsc;
use uuid::Uuid;

use super::decision::{WorkingDays, judge};
use super::figures::tallies;
use super::mapping::{Field, Mapping};
use super::model::{Counts, Dossier, Import, ImportState};
use super::reading::Reader;
use super::store::TallyKey;
use super::{DossiersError, store};
use crate::db::Tx;
use crate::{Ctx, ledger};

/// How many rows are kept in one transaction.
const BATCH: usize = 2_000;

/// In how many filled rows from the top the header is looked for.
const HEADER_WITHIN: usize = 20;

/// How many faults are kept for the page; the command line writes all.
const FAULTS_KEPT: i64 = 10_000;

/// How large a file may be: a million dossiers with all their columns.
const LIMITS: Limits = Limits { bytes: 2 << 30, unpacked: 2 << 30, rows: 5_000_000, columns: 200 };

/// The clauses of the plan that dossiers answer for.
const GROUND: &str = "II.3, II.4";

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
    let entry = ctx.entry("dossiers.save_mapping", "source", &source).ground(GROUND).set("version", version);
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
    mapping: Mapping,
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
    Ok(Prepared { import, mapping })
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
    let entry = ctx.entry("dossiers.begin_import", "dossier_import", id).ground(GROUND);
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
    let Prepared { mut import, mapping } = prepared;
    let read = batches(ctx, &mut import, &mapping, file, trial, &mut tell).await;
    import.state = if read.is_ok() { ImportState::Done } else { ImportState::Failed };
    import.why = read.as_ref().err().map(ToString::to_string).unwrap_or_default();
    if !trial {
        let mut tx = ctx.begin().await?;
        store::save_import(&mut tx, &import, ctx.now()).await?;
        let entry = ctx.entry("dossiers.import", "dossier_import", import.id).ground(GROUND);
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
    mapping: &Mapping,
    file: &Path,
    trial: bool,
    tell: &mut impl FnMut(&Import, &[Fault]),
) -> Result<(), DossiersError> {
    let days = WorkingDays::of(&ctx.calendar());
    let mut chunks = chunks_of(file, mapping);
    let mut reader: Option<Reader<'_>> = None;
    let (mut looked_at, mut kept, mut best) = (0, 0, None::<DossiersError>);
    let (mut seen, hasher) = (HashSet::new(), RandomState::new());
    while let Some(chunk) = chunks.recv().await {
        let (mut good, mut faults) = (Vec::new(), Vec::new());
        for row in chunk? {
            let Some(under) = &reader else {
                match Reader::under(mapping, &row, ctx.today()) {
                    Ok(found) => {
                        import.unknown_columns.clone_from(&found.unknown);
                        import.dropped_columns.clone_from(&found.dropped);
                        reader = Some(found);
                    }
                    Err(error) => {
                        looked_at += 1;
                        // The row that lacks least is the one that was meant.
                        let closer = best.as_ref().is_none_or(|best| error.to_string().len() < best.to_string().len());
                        best = if closer { Some(error) } else { best };
                    }
                }
                if looked_at == HEADER_WITHIN {
                    break;
                }
                continue;
            };
            import.counts.rows += 1;
            match under.read(&row) {
                Ok(facts) if !seen.insert(hasher.hash_one(&facts.code)) => {
                    import.counts.rejected += 1;
                    faults.push(under.fault_of_code(&row, "Mã này đã có ở dòng trên của tệp; mỗi hồ sơ một dòng."));
                }
                Ok(facts) => good.push(facts),
                Err(found) => {
                    import.counts.rejected += 1;
                    faults.extend(found);
                }
            }
        }
        if reader.is_none() && looked_at == HEADER_WITHIN {
            break;
        }
        let mut tx = ctx.begin().await?;
        let mut batch = Batch::default();
        for facts in good {
            let judged = judge(&days, &facts, mapping.due_has_waiting);
            batch.keep(&mut tx, Dossier { facts, source: import.source.clone(), judged }, &mut import.counts).await?;
        }
        batch.settle(&mut tx).await?;
        if !trial {
            for fault in &faults {
                if kept < FAULTS_KEPT {
                    store::add_fault(&mut tx, import.id, kept, fault).await?;
                    kept += 1;
                }
            }
            store::save_import(&mut tx, import, ctx.now()).await?;
            tx.commit().await?;
        }
        tell(import, &faults);
    }
    match (reader, best) {
        (Some(_), _) => Ok(()),
        (None, Some(error)) => Err(error),
        (None, None) => Err(SheetError::Empty.into()),
    }
}

/// What a batch changes in the tallies.
#[derive(Default)]
struct Batch {
    tallies: BTreeMap<TallyKey, i64>,
    procedures: BTreeMap<String, String>,
}

impl Batch {
    async fn keep(&mut self, tx: &mut Tx, new: Dossier, counts: &mut Counts) -> Result<(), DossiersError> {
        if !new.facts.procedure_name.is_empty() {
            self.procedures.insert(new.facts.procedure.clone(), new.facts.procedure_name.clone());
        }
        if store::add(tx, &new).await? {
            counts.created += 1;
            self.count(&new, 1);
            return Ok(());
        }
        let Some(mut old) = store::find(tx, &new.facts.code).await? else { return Ok(()) };
        old.facts.procedure_name.clone_from(&new.facts.procedure_name);
        if old == new {
            counts.unchanged += 1;
            return Ok(());
        }
        counts.updated += 1;
        store::save(tx, &new).await?;
        self.count(&old, -1);
        self.count(&new, 1);
        Ok(())
    }

    fn count(&mut self, dossier: &Dossier, many: i64) {
        let (facts, month) = (&dossier.facts, store::month(dossier.facts.received_on));
        for (measure, value) in tallies(dossier) {
            for procedure in ["", &facts.procedure] {
                let key = TallyKey {
                    procedure: procedure.to_owned(),
                    month: month.clone(),
                    unit: facts.unit.clone(),
                    measure: measure.code(),
                    value,
                };
                *self.tallies.entry(key).or_default() += many;
            }
        }
    }

    async fn settle(self, tx: &mut Tx) -> Result<(), DossiersError> {
        for (code, name) in &self.procedures {
            store::put_procedure(tx, code, name).await?;
        }
        for (key, many) in self.tallies.into_iter().filter(|(_, many)| *many != 0) {
            store::add_tally(tx, key, many).await?;
        }
        Ok(())
    }
}

/// Reads the file on a thread of its own and hands on batches; at most two wait, so memory stays flat.
fn chunks_of(file: &Path, mapping: &Mapping) -> mpsc::Receiver<Result<Vec<Row>, SheetError>> {
    let (sender, receiver) = mpsc::channel(2);
    let (file, encoding) = (file.to_owned(), mapping.encoding);
    std::thread::spawn(move || {
        let mut chunk = Vec::with_capacity(BATCH);
        let read = walk_file(&file, encoding, &LIMITS, |row| {
            chunk.push(row);
            if chunk.len() < BATCH {
                return ControlFlow::Continue(());
            }
            let full = std::mem::replace(&mut chunk, Vec::with_capacity(BATCH));
            if sender.blocking_send(Ok(full)).is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        // Whoever no longer listens needs no last batch.
        let _ = sender.blocking_send(Ok(chunk));
        if let Err(error) = read {
            let _ = sender.blocking_send(Err(error));
        }
    });
    receiver
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
