//! How a plan file is read: every table once, every fault named, and a plan only when there is none.

use std::collections::BTreeMap;

use kernel::{Date, Period};
use rules::AwardType;
use toml::Spanned;
use toml::de::DeTable;

use super::clause_id::ClauseId;
use super::error::{Fault, PlanFault};
use super::kinds::{Kind, LaunchLevel, Stage, Work};
use super::model::{Basis, Clause, Gap, Launcher, Occasion, Phase, Plan, Review, Signer, Unit};
use super::plan_check;
use super::plan_table::{Faults, Placed, Table};

/// Reads and checks the text of a plan file.
pub(super) fn read(text: &str, file: &str) -> Result<Plan, Vec<PlanFault>> {
    let document = root(text, file)?;
    let mut faults = Faults::new(file, text);
    let mut root = Table::new("kế hoạch".to_owned(), 0, document.get_ref());
    let plan = read_plan(&mut root, &mut faults);
    root.close(&mut faults);
    match plan {
        Some(plan) if faults.is_empty() => Ok(plan),
        _ => Err(faults.in_order()),
    }
}

/// The TOML of a file.
pub(super) fn root<'t>(text: &'t str, file: &str) -> Result<Spanned<DeTable<'t>>, Vec<PlanFault>> {
    let mut faults = Faults::new(file, text);
    let (document, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        faults.add(
            error.span().map_or(0, |span| span.start),
            Fault::Syntax { message: error.message().trim().replace('\n', "; ") },
        );
    }
    if faults.is_empty() { Ok(document) } else { Err(faults.in_order()) }
}

/// The text of a file.
pub(super) fn utf8<'t>(bytes: &'t [u8], file: &str) -> Result<&'t str, Vec<PlanFault>> {
    std::str::from_utf8(bytes).map_err(|error| vec![not_utf8(bytes, error.valid_up_to(), file)])
}

/// The fault of a file whose bytes stop being UTF-8 at `at`.
pub(super) fn not_utf8(bytes: &[u8], at: usize, file: &str) -> PlanFault {
    let before = String::from_utf8_lossy(&bytes[..at]);
    let mut faults = Faults::new(file, &before);
    faults.add(at, Fault::NotUtf8);
    faults.in_order().remove(0)
}

/// What was read, as far as it could be. `None` only when the period, without which no plan can stand, is missing.
fn read_plan<'t>(root: &mut Table<'t>, faults: &mut Faults<'t>) -> Option<Plan> {
    let id = plain_id(root.text("id", faults), faults);
    let office = root.text("office", faults).value;
    let form = root.text("form", faults).value;
    let title = root.text("title", faults).value;
    let number = root.text("number", faults).value;
    let place_and_date = root.text("place_and_date", faults).value;
    let invented = root.flag("invented", faults);
    let recipients = values(root.texts("recipients", faults));
    let notes = values(root.texts("notes", faults));
    let signer = root.table("signer", faults).map(|mut table| {
        let signer = Signer { post: table.text("post", faults).value, name: table.text("name", faults).value };
        table.close(faults);
        signer
    });
    let basis = root.tables("basis", faults).into_iter().map(|table| read_basis(table, faults)).collect();
    let launchers = root.tables("launchers", faults).into_iter().map(|table| read_launcher(table, faults)).collect();
    let units = read_units(root.tables("units", faults), faults);
    let clauses = read_clauses(root.tables("clauses", faults), &units, faults);
    if clauses.is_empty() {
        faults.add(0, Fault::MissingKey { table: "kế hoạch".to_owned(), key: "clauses" });
    }

    let period = root.table("period", faults).and_then(|mut table| {
        let period = read_period(&mut table, faults);
        table.close(faults);
        period
    });
    let (phase_tables, gap_tables) = (root.tables("phases", faults), root.tables("gaps", faults));
    let written = phase_tables.len() + gap_tables.len();
    let phases = read_phases(phase_tables, &clauses, faults);
    let gaps = read_gaps(gap_tables, faults);
    let occasions = read_occasions(root.tables("occasions", faults), &clauses, faults);
    let works = root.table_if_any("works", faults).map(|table| read_works(table, &clauses, faults));
    let period = period?;
    // Days are counted only when all spans could be read; else the count would name days that are only mistyped.
    if phases.len() + gaps.len() == written {
        plan_check::every_day_once(&period, &phases, &gaps, faults);
    }
    Some(Plan {
        id,
        title,
        number,
        office,
        form,
        place_and_date,
        invented,
        basis,
        launchers,
        period: period.value,
        phases: values(phases),
        gaps: values(gaps),
        clauses: values(clauses),
        occasions,
        works: works.unwrap_or_default(),
        units: values(units),
        recipients,
        signer: signer?,
        notes,
        indicators: Vec::new(),
    })
}

fn read_basis<'t>(mut table: Table<'t>, faults: &mut Faults<'t>) -> Basis {
    let basis = Basis { text: table.text("text", faults).value, date: table.day_if_any("date", faults) };
    table.close(faults);
    basis
}

fn read_launcher<'t>(mut table: Table<'t>, faults: &mut Faults<'t>) -> Launcher {
    let level = table.text("level", faults);
    let launcher = Launcher {
        level: word("level", &level, LaunchLevel::ALL.map(|level| (level.code(), level)), faults)
            .unwrap_or(LaunchLevel::Office),
        decision: table.text("decision", faults).value,
        from: table.day_if_any("from", faults),
        confirmed: table.flag("confirmed", faults),
        note: table.text_if_any("note", faults).map(|note| note.value),
    };
    table.close(faults);
    launcher
}

fn read_units<'t>(tables: Vec<Table<'t>>, faults: &mut Faults<'t>) -> Vec<Placed<Unit>> {
    let mut units: Vec<Placed<Unit>> = Vec::new();
    for mut table in tables {
        let code = table.text("code", faults);
        let at = code.at;
        let unit = Unit { code: plain_id(code, faults), name: table.text("name", faults).value };
        table.close(faults);
        once("đơn vị", &unit.code, at, units.iter().map(|known| (known.value.code.as_str(), known.at)), faults);
        units.push(Placed { value: unit, at });
    }
    units
}

fn read_clauses<'t>(tables: Vec<Table<'t>>, units: &[Placed<Unit>], faults: &mut Faults<'t>) -> Vec<Placed<Clause>> {
    let mut clauses: Vec<Placed<Clause>> = Vec::new();
    for mut table in tables {
        let id = table.text("id", faults);
        let kind = table.text("kind", faults);
        let text = table.text("text", faults).value;
        let italics = table.texts("italics", faults);
        let notes = values(table.texts("notes", faults));
        let responsible = table.texts("responsible", faults);
        table.close(faults);

        for words in italics.iter().filter(|words| !text.contains(&words.value)) {
            faults.add(words.at, Fault::NotInText { words: words.value.clone() });
        }
        let responsible = responsible
            .into_iter()
            .filter_map(|code| {
                let unit = units.iter().find(|unit| unit.value.code == code.value);
                if unit.is_none() {
                    faults.add(code.at, Fault::UnknownReference { what: "đơn vị", id: code.value });
                }
                unit.map(|unit| unit.value.clone())
            })
            .collect();
        let kind = word("kind", &kind, Kind::ALL.map(|(kind, code, _)| (code, kind)), faults);
        let at = id.at;
        match ClauseId::parse(&id.value) {
            Ok(id) => clauses.push(Placed {
                value: Clause {
                    parent: id.parent(),
                    label: id.label(),
                    id,
                    kind: kind.unwrap_or(Kind::Section),
                    text,
                    italics: values(italics),
                    notes,
                    responsible,
                },
                at,
            }),
            Err(bad) => faults.add(at, bad),
        }
    }
    plan_check::in_the_order_of_the_document(&clauses, faults);
    clauses
}

fn read_phases<'t>(tables: Vec<Table<'t>>, clauses: &[Placed<Clause>], faults: &mut Faults<'t>) -> Vec<Placed<Phase>> {
    let mut phases: Vec<Placed<Phase>> = Vec::new();
    for mut table in tables {
        let id = table.text("id", faults);
        let at = id.at;
        let id = plain_id(id, faults);
        let name = table.text("name", faults).value;
        let clause = known_clause(table.text("clause", faults), clauses, faults);
        let period = read_period(&mut table, faults);
        let review = table.table_if_any("review", faults).and_then(|review| read_review(review, faults));
        table.close(faults);

        once("giai đoạn", &id, at, phases.iter().map(|known| (known.value.id.as_str(), known.at)), faults);
        if let Some(period) = period {
            if let Some(review) = review.as_ref().filter(|review| !period.value.contains(review.due)) {
                faults.add(at, Fault::ReviewOutsidePhase { due: review.due });
            }
            phases.push(Placed { value: Phase { id, name, clause, period: period.value, review }, at });
        }
    }
    phases
}

fn read_review<'t>(mut table: Table<'t>, faults: &mut Faults<'t>) -> Option<Review> {
    let kind = table.text("kind", faults);
    let due = table.day("due", faults);
    table.close(faults);
    let stages = [Stage::MidTerm, Stage::Final].map(|stage| (stage.code(), stage));
    Some(Review { kind: word("kind", &kind, stages, faults)?, due: due? })
}

fn read_gaps<'t>(tables: Vec<Table<'t>>, faults: &mut Faults<'t>) -> Vec<Placed<Gap>> {
    let mut gaps = Vec::new();
    for mut table in tables {
        let period = read_period(&mut table, faults);
        let note = table.text("note", faults).value;
        let at = table.at();
        table.close(faults);
        gaps.extend(period.map(|period| Placed { value: Gap { period: period.value, note }, at }));
    }
    gaps
}

fn read_occasions<'t>(tables: Vec<Table<'t>>, clauses: &[Placed<Clause>], faults: &mut Faults<'t>) -> Vec<Occasion> {
    let mut occasions: Vec<Placed<Occasion>> = Vec::new();
    for mut table in tables {
        let id = table.text("id", faults);
        let name = table.text("name", faults).value;
        let clause = known_clause(table.text("clause", faults), clauses, faults);
        let awards = award_codes(table.texts("awards", faults), faults);
        let also = award_codes(table.texts("also", faults), faults);
        let types = [AwardType::Merit, AwardType::Thematic, AwardType::Sudden, AwardType::Contribution];
        let award_type = table
            .text_if_any("type", faults)
            .and_then(|declared| word("type", &declared, types.map(|one| (one.code(), one)), faults));
        table.close(faults);

        once("dịp khen thưởng", &id.value, id.at, occasions.iter().map(|o| (o.value.id.code(), o.at)), faults);
        let stage = word("id", &id, Stage::ALL.map(|stage| (stage.code(), stage)), faults);
        if let Some(stage) = stage {
            let occasion = Occasion { id: stage, name, clause, awards, also, award_type };
            occasions.push(Placed { value: occasion, at: id.at });
        }
    }
    values(occasions)
}

fn read_works<'t>(
    mut table: Table<'t>,
    clauses: &[Placed<Clause>],
    faults: &mut Faults<'t>,
) -> BTreeMap<Work, ClauseId> {
    let mut works = BTreeMap::new();
    for work in Work::ALL {
        if let Some(clause) = table.text_if_any(work.code(), faults) {
            works.insert(work, known_clause(clause, clauses, faults));
        }
    }
    table.close(faults);
    works
}

/// A half-open period whose both ends are given.
fn read_period<'t>(table: &mut Table<'t>, faults: &mut Faults<'t>) -> Option<Placed<Period>> {
    let from = table.day("from", faults);
    let until = table.day("until", faults);
    let (from, until): (Date, Date) = (from?, until?);
    match Period::try_new(from, Some(until)) {
        Ok(period) => Some(Placed { value: period, at: table.at() }),
        Err(empty) => {
            faults.add(table.at(), Fault::EmptyPeriod { from: empty.from, until: empty.until });
            None
        }
    }
}

fn award_codes(codes: Vec<Placed<String>>, faults: &mut Faults<'_>) -> Vec<String> {
    let mut known: Vec<Placed<String>> = Vec::new();
    for code in codes {
        let shaped = code.value.starts_with(|first: char| first.is_ascii_lowercase())
            && code.value.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        if !shaped {
            faults.add(code.at, Fault::BadAwardCode { code: code.value });
            continue;
        }
        once("mã khen thưởng", &code.value, code.at, known.iter().map(|k| (k.value.as_str(), k.at)), faults);
        known.push(code);
    }
    values(known)
}

/// The clause that is referred to. After a fault the reference stands for the opening, so that reading goes on.
fn known_clause(id: Placed<String>, clauses: &[Placed<Clause>], faults: &mut Faults<'_>) -> ClauseId {
    match clauses.iter().find(|clause| clause.value.id.as_str() == id.value) {
        Some(clause) => clause.value.id.clone(),
        None => {
            faults.add(id.at, Fault::UnknownReference { what: "khoản", id: id.value });
            ClauseId::opening()
        }
    }
}

/// One of a closed list of words.
fn word<T, const N: usize>(
    key: &'static str,
    given: &Placed<String>,
    words: [(&'static str, T); N],
    faults: &mut Faults<'_>,
) -> Option<T> {
    let known = words.each_ref().map(|(code, _)| *code).join(", ");
    let found = words.into_iter().find(|(code, _)| *code == given.value);
    if found.is_none() && !given.value.is_empty() {
        faults.add(given.at, Fault::UnknownWord { key, value: given.value.clone(), known });
    }
    found.map(|(_, value)| value)
}

/// An id that can stand in an address.
fn plain_id(id: Placed<String>, faults: &mut Faults<'_>) -> String {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_');
    if !id.value.chars().all(plain) {
        faults.add(id.at, Fault::BadId { id: id.value.clone() });
    }
    id.value
}

/// Says so when an id has been used before.
fn once<'k>(
    what: &'static str,
    id: &str,
    at: usize,
    mut known: impl Iterator<Item = (&'k str, usize)>,
    faults: &mut Faults<'_>,
) {
    if let Some((_, first)) = known.find(|(other, _)| *other == id) {
        let first = faults.line(first);
        faults.add(at, Fault::Duplicate { what, id: id.to_owned(), first });
    }
}

fn values<T>(placed: Vec<Placed<T>>) -> Vec<T> {
    placed.into_iter().map(|placed| placed.value).collect()
}
