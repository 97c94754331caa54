//! What must hold across a whole plan: clauses in the order of the document, every day of the movement once.

use kernel::{Date, Period};

use super::clause_id::{ClauseId, Mark};
use super::error::Fault;
use super::model::{Clause, Gap, Phase};
use super::plan_table::{Faults, Placed};

/// Every id once, every clause right below its parent, every number one more than the one before.
pub(super) fn in_the_order_of_the_document(clauses: &[Placed<Clause>], faults: &mut Faults<'_>) {
    // The clauses above the one being read, each with the last mark given to a child of it.
    let mut open: Vec<ClauseId> = Vec::new();
    for (place, clause) in clauses.iter().enumerate() {
        let (before, id) = (&clauses[..place], &clause.value.id);
        if let Some(first) = before.iter().find(|other| other.value.id == *id) {
            let first = faults.line(first.at);
            faults.add(clause.at, Fault::Duplicate { what: "khoản", id: id.to_string(), first });
            continue;
        }
        if let Some(parent) = &clause.value.parent {
            if !clauses.iter().any(|other| other.value.id == *parent) {
                faults.add(clause.at, Fault::UnknownParent { id: id.to_string(), parent: parent.to_string() });
                continue;
            }
            if !open.contains(parent) {
                faults.add(clause.at, Fault::OutOfPlace { id: id.to_string(), parent: parent.to_string() });
                continue;
            }
        }
        let sibling = before.iter().rev().find(|other| other.value.parent == clause.value.parent);
        if !follows(id.mark(), sibling.map(|sibling| sibling.value.id.mark())) {
            faults.add(clause.at, Fault::OutOfOrder { id: id.to_string() });
        }
        open.truncate(id.depth());
        open.push(id.clone());
    }
}

/// Whether a mark may stand after the mark of the sibling before it.
fn follows(mark: Mark, before: Option<Mark>) -> bool {
    match before {
        None => mark.place() <= 1,
        Some(before) => {
            let same_kind = std::mem::discriminant(&mark) == std::mem::discriminant(&before);
            (same_kind || matches!(before, Mark::Opening)) && mark.place() == before.place() + 1
        }
    }
}

/// Every day of the movement is in exactly one phase or one declared gap.
pub(super) fn every_day_once(
    movement: &Placed<Period>,
    phases: &[Placed<Phase>],
    gaps: &[Placed<Gap>],
    faults: &mut Faults<'_>,
) {
    let mut spans: Vec<(Period, String, usize)> = phases
        .iter()
        .map(|phase| (phase.value.period, format!("giai đoạn {}", phase.value.id), phase.at))
        .chain(gaps.iter().map(|gap| (gap.value.period, format!("khoảng trống từ {}", gap.value.period.from), gap.at)))
        .collect();
    spans.sort_by_key(|(period, ..)| period.from);

    let mut next: Date = movement.value.from;
    let mut last: Option<String> = None;
    let end = movement.value.until.expect("a plan's period is read with both ends");
    for (period, name, at) in spans {
        let until = period.until.expect("a phase is read with both ends");
        if period.from < movement.value.from || until > end {
            faults.add(at, Fault::BeyondPeriod { what: name });
            continue;
        }
        if period.from > next {
            faults.add(at, uncovered(next, period.from));
        } else if let Some(other) = last.as_ref().filter(|_| period.from < next) {
            faults.add(at, Fault::Overlap { this: name.clone(), other: other.clone() });
        }
        if until > next {
            next = until;
            last = Some(name);
        }
    }
    if next < end {
        faults.add(movement.at, uncovered(next, end));
    }
}

fn uncovered(first: Date, next: Date) -> Fault {
    Fault::Uncovered { first, last: next.yesterday().expect("a day after another has a day before it") }
}
