//! Figures straight from a file, without a database: on as many cores as there are, exact to the dossier.
//!
//! Rows are read, judged and counted as an import would, and none is kept. A code that stands twice counts
//! once: the first row. To know that without keeping a million codes in order, threads keep a fingerprint of
//! each; only when two are equal the file is read again, one row after the other.

use std::collections::{BTreeMap, HashSet};
use std::hash::BuildHasher as _;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, mpsc};

use kernel::Date;
use papers::sheet::{Fault, Piece, SheetError};
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::DossiersError;
use super::decision::{Terms, WorkingDays, judge_held};
use super::figures::{Counted, Figures, day_number};
use super::mapping::Mapping;
use super::model::{Class, Facts};
use super::opening::{Found, LIMITS, Opened, open, rows_of, walk};
use super::queries::{By, Group};
use super::quick::{NameId, Names, Plain, Quick};
use super::reading::Reader;

/// How many faults are told.
const FAULTS: usize = 100;

/// What a file says.
#[derive(Debug, Default)]
pub struct Told {
    /// The figures.
    pub figures: BTreeMap<Group, Figures>,
    /// Rows without the header.
    pub rows: i64,
    /// Rows that were refused.
    pub rejected: i64,
    /// The first faults, in the order of the file.
    pub faults: Vec<Fault>,
    /// Columns that nobody knows.
    pub unknown_columns: Vec<String>,
    /// Columns that tell of citizens; they were not looked at.
    pub dropped_columns: Vec<String>,
}

/// How a file is counted.
#[derive(Clone, Copy)]
pub struct How<'a> {
    /// What its source calls things.
    pub mapping: &'a Arc<Mapping>,
    /// The working days.
    pub days: &'a WorkingDays,
    /// By what figures are told apart.
    pub by: By,
    /// The day of asking.
    pub today: Date,
    /// On how many threads.
    pub threads: usize,
}

/// Counts a file.
///
/// # Errors
/// When it is no sheet, has no header, or cannot be read to its end.
pub fn figures_of(file: &Path, how: How<'_>) -> Result<Told, DossiersError> {
    let Some(opened) = open(file, how.mapping, how.today)? else { return walked(file, how) };
    match counted(opened, how)? {
        Some(told) => Ok(told),
        None => walked(file, how),
    }
}

/// On many threads; none when a code may stand twice.
fn counted(opened: Opened, how: How<'_>) -> Result<Option<Told>, DossiersError> {
    let Opened { reader, pieces, first } = opened;
    let delimiter = pieces.delimiter;
    let (sender, receiver) = mpsc::sync_channel::<Piece>(how.threads);
    // Held by the threads alone: when none is left to take, sending ends too.
    let receiver = Arc::new(Mutex::new(receiver));
    let under = &reader;
    let counted: Result<Vec<Part<'_>>, SheetError> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..how.threads.max(1))
            .map(|_| {
                let receiver = Arc::clone(&receiver);
                scope.spawn(move || part_of(&receiver, under, how, delimiter))
            })
            .collect();
        drop(receiver);
        let mut failed = None;
        for piece in std::iter::once(Ok(first)).chain(pieces) {
            match piece {
                Ok(piece) => {
                    if sender.send(piece).is_err() {
                        break;
                    }
                }
                Err(error) => {
                    failed = Some(error);
                    break;
                }
            }
            // A thread that ends early met an error: the rest need not be read.
            if threads.iter().any(std::thread::ScopedJoinHandle::is_finished) {
                break;
            }
        }
        drop(sender);
        let parts = threads.into_iter().map(|thread| thread.join().expect("counting does not panic"));
        let parts = parts.collect::<Result<Vec<_>, _>>()?;
        failed.map_or(Ok(parts), Err)
    });
    let mut told = Told { unknown_columns: reader.unknown, dropped_columns: reader.dropped, ..Told::default() };
    let mut codes = Vec::new();
    for part in counted? {
        told.rows += part.rows;
        told.rejected += part.rejected;
        told.faults.extend(part.faults);
        codes.extend(part.codes);
        for (group, figures) in part.told {
            told.figures.entry(group).or_default().merge(&figures);
        }
    }
    if told.rows > i64::try_from(LIMITS.rows).unwrap_or(i64::MAX) {
        return Err(SheetError::TooManyRows { limit: LIMITS.rows }.into());
    }
    codes.sort_unstable();
    if codes.windows(2).any(|two| two[0] == two[1]) {
        return Ok(None);
    }
    told.faults.sort_by_key(|fault| fault.row);
    told.faults.truncate(FAULTS);
    Ok(Some(told))
}

/// Counts pieces until no more come.
fn part_of<'a>(
    pieces: &Mutex<mpsc::Receiver<Piece>>,
    reader: &Reader,
    how: How<'a>,
    delimiter: u8,
) -> Result<Part<'a>, SheetError> {
    let (mut quick, mut part) = (Quick::beside(reader, how.days, delimiter), Part::new(how));
    loop {
        let next = pieces.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(piece) = next else { break };
        rows_of(&piece, reader, &mut quick, delimiter, |quick, _, found| part.take(quick, found))?;
    }
    part.settle(&quick.names);
    Ok(part)
}

/// One row after the other.
fn walked(file: &Path, how: How<'_>) -> Result<Told, DossiersError> {
    let (mut part, mut names, mut seen) = (Part::new(how), Names::default(), HashSet::new());
    let reader = walk(file, how.mapping, how.today, |reader, row, read| {
        match read {
            Ok(facts) if !seen.insert(facts.code.clone()) => part.refuse(vec![reader.twice(row.number, &facts.code)]),
            Ok(facts) => part.closer(&mut names, &facts),
            Err(faults) => part.refuse(faults),
        }
        ControlFlow::Continue(())
    })?;
    part.settle(&names);
    Ok(Told {
        figures: part.told,
        rows: part.rows,
        rejected: part.rejected,
        faults: part.faults,
        unknown_columns: reader.unknown,
        dropped_columns: reader.dropped,
    })
}

/// What one thread counted.
struct Part<'a> {
    how: How<'a>,
    /// By unit, month or year (from 1), and procedure; 0 for what is not told apart.
    groups: FxHashMap<(NameId, u32, NameId), Figures>,
    told: BTreeMap<Group, Figures>,
    codes: Vec<u64>,
    rows: i64,
    rejected: i64,
    faults: Vec<Fault>,
    epoch: i64,
}

impl<'a> Part<'a> {
    fn new(how: How<'a>) -> Self {
        Self {
            how,
            groups: FxHashMap::default(),
            told: BTreeMap::new(),
            codes: Vec::new(),
            rows: 0,
            rejected: 0,
            faults: Vec::new(),
            epoch: day_number(how.days.date(0)),
        }
    }

    fn take(&mut self, quick: &mut Quick<'_>, found: Found<'_>) {
        match found {
            Found::Plain(plain) => self.plain(&plain),
            Found::Closer(facts) => self.closer(&mut quick.names, &facts),
            Found::Faulty(faults) => self.refuse(faults),
        }
    }

    fn refuse(&mut self, faults: Vec<Fault>) {
        self.rows += 1;
        self.rejected += 1;
        self.faults.extend(faults);
        self.faults.truncate(FAULTS);
    }

    fn plain(&mut self, plain: &Plain<'_>) {
        let (terms, days) = (&plain.terms, self.how.days);
        let held_to = terms.held_to(days);
        let class = terms.class(days, held_to);
        let counted = Counted {
            class,
            held_to: held_to.filter(|_| class == Class::Open).map(|number| self.epoch + i64::from(number)),
            days: terms.taken(days),
            channel: plain.channel,
            legal: terms.legal,
            committed: plain.committed,
            input: plain.input,
            result: plain.result,
            rating: plain.rating,
            answer: None,
        };
        self.count(plain.code, plain.unit, plain.procedure, terms, &counted);
    }

    fn closer(&mut self, names: &mut Names, facts: &Facts) {
        let days = self.how.days;
        let terms = Terms::of(days, facts, self.how.mapping.due_has_waiting);
        let judged = judge_held(days, &terms, terms.held_to(days));
        let counted = Counted::of_facts(facts, judged, None);
        let (unit, procedure) = (names.number(&facts.unit), names.number(&facts.procedure));
        self.count(&facts.code, unit, procedure, &terms, &counted);
    }

    fn count(&mut self, code: &str, unit: NameId, procedure: NameId, terms: &Terms, counted: &Counted) {
        self.rows += 1;
        self.codes.push(FxBuildHasher.hash_one(code));
        let By { unit: by_unit, month: by_month, year: by_year, procedure: by_procedure } = self.how.by;
        let month = match (by_month, by_year) {
            (true, _) => self.how.days.month(terms.received) + 1,
            (false, true) => self.how.days.month(terms.received) / 12 + 1,
            (false, false) => 0,
        };
        let month = u32::try_from(month).unwrap_or(0);
        let key = (if by_unit { unit } else { 0 }, month, if by_procedure { procedure } else { 0 });
        let (figures, today) = (self.groups.entry(key).or_default(), self.how.today);
        counted.tell(|measure, value| figures.add(measure, value, 1, today));
    }

    /// Gives each group its names.
    fn settle(&mut self, names: &Names) {
        for ((unit, month, procedure), figures) in self.groups.drain() {
            let name = |id: NameId| names.get(id).to_owned();
            let By { month: by_month, year: by_year, .. } = self.how.by;
            let place = month.saturating_sub(1);
            let year = if by_month { 2000 + place / 12 } else { 2000 + place };
            let month = if by_month { format!("{year}-{:02}", place % 12 + 1) } else { String::new() };
            let year = if by_year { year.to_string() } else { String::new() };
            let group = Group { unit: name(unit), month, year, procedure: name(procedure) };
            self.told.entry(group).or_default().merge(&figures);
        }
    }
}
