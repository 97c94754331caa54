//! Pure answers: whom a report concerns, and which published numbers would tell too much.

use std::collections::{BTreeMap, BTreeSet};

use kernel::id::{PersonId, UnitId};
use kernel::text::search_key;

/// Somebody of the office, as far as a report may concern them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Somebody {
    /// The person.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// The units in which a post is held.
    pub units: Vec<UnitId>,
}

/// A unit by the words for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// The unit.
    pub unit: UnitId,
    /// Its name.
    pub name: String,
}

/// Whether the words of a folded text hold a folded name, whole words only.
fn tells_of(text: &str, name: &str) -> bool {
    let name = search_key(name);
    !name.is_empty() && format!(" {text} ").contains(&format!(" {name} "))
}

/// The units and people that a report concerns: the unit that was chosen, units that are named, people who are
/// named, and the units of those. Better too many than too few: whoever stands here never reads it.
#[must_use]
pub fn concerned(
    words: &[&str],
    chosen: Option<UnitId>,
    units: &[Named],
    staff: &[Somebody],
) -> (BTreeSet<UnitId>, BTreeSet<PersonId>) {
    let text = search_key(&words.join(" . "));
    let mut found: BTreeSet<UnitId> = chosen.into_iter().collect();
    found.extend(units.iter().filter(|one| tells_of(&text, &one.name)).map(|one| one.unit));
    let named: Vec<&Somebody> = staff.iter().filter(|one| tells_of(&text, &one.name)).collect();
    found.extend(named.iter().flat_map(|one| one.units.iter().copied()));
    (found, named.iter().map(|one| one.person).collect())
}

/// Whether somebody must know nothing of a report: the subject, or of a unit that it concerns.
#[must_use]
pub fn is_kept_out(
    person: Option<PersonId>,
    units: &[UnitId],
    subject: Option<PersonId>,
    concerned: &[UnitId],
) -> bool {
    (person.is_some() && person == subject) || units.iter().any(|unit| concerned.contains(unit))
}

/// What makes a number too small to be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SmallRule {
    /// A count above nothing and below this is hidden.
    pub cell: i64,
    /// Any count above nothing of a group with fewer people than this is hidden.
    pub group: i64,
}

/// One number of a table that adds up to a total.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// How many.
    pub count: i64,
    /// How many people stand behind it; none where that means nothing.
    pub people: Option<i64>,
}

/// What may be published of one table: none stands for a hidden number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// What all add up to.
    pub total: Option<i64>,
    /// One by one, in the order they were given.
    pub counts: Vec<Option<i64>>,
}

/// What may be published of one table that adds up to a total.
///
/// As soon as one number is too small, every number below the bound is hidden, zeros too: a hidden one then says
/// nothing, not even that there was a case. Then it is checked what the total gives away: from the total and
/// the numbers shown, every one of these must still be able to be nothing. While one is not, the smallest number
/// that is shown is hidden as well, and at last the total.
#[must_use]
pub fn suppress(cells: &[Cell], rule: SmallRule) -> Shown {
    let mut total = Some(cells.iter().map(|cell| cell.count).sum());
    let small_group = |cell: &Cell| cell.people.is_some_and(|people| people < rule.group);
    let too_small = |cell: &Cell| cell.count > 0 && (cell.count < rule.cell || small_group(cell));
    if !cells.iter().any(too_small) {
        return Shown { total, counts: cells.iter().map(|cell| Some(cell.count)).collect() };
    }
    // What everybody knows of a hidden number: below the bound, or nothing at all where it may be large.
    let mut bounds: BTreeMap<usize, Option<i64>> = BTreeMap::new();
    for (at, cell) in cells.iter().enumerate() {
        if small_group(cell) {
            bounds.insert(at, None);
        } else if cell.count < rule.cell {
            bounds.insert(at, Some(rule.cell - 1));
        }
    }
    let guarded: Vec<usize> = bounds.keys().copied().collect();
    while !guarded.iter().all(|own| could_be_nothing(*own, cells, &bounds)) {
        let shown = (0..cells.len()).filter(|at| !bounds.contains_key(at)).min_by_key(|at| cells[*at].count);
        let Some(smallest) = shown else {
            total = None;
            break;
        };
        bounds.insert(smallest, None);
    }
    let counts = cells.iter().enumerate().map(|(at, cell)| (!bounds.contains_key(&at)).then_some(cell.count));
    Shown { total, counts: counts.collect() }
}

/// Whether a hidden number could be nothing, for who knows the total and the rule.
fn could_be_nothing(own: usize, cells: &[Cell], bounds: &BTreeMap<usize, Option<i64>>) -> bool {
    let hidden: i64 = bounds.keys().map(|at| cells[*at].count).sum();
    let mut others = bounds.iter().filter(|(at, _)| **at != own);
    let room = others.try_fold(0_i64, |sum, (_, bound)| Some(sum + (*bound)?));
    room.is_none_or(|room| hidden <= room)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const RULE: SmallRule = SmallRule { cell: 5, group: 10 };

    fn cell(count: i64, people: i64) -> Cell {
        Cell { count, people: Some(people) }
    }

    #[test]
    fn one_case_in_a_unit_of_three_is_hidden_and_so_is_who_had_none() {
        let shown = suppress(&[cell(1, 3), cell(0, 20), cell(9, 40)], RULE).counts;
        assert_eq!(shown, [None, None, Some(9)]);
    }

    #[test]
    fn a_lone_small_number_takes_a_large_one_with_it() {
        // Without this 12 − 11 would tell.
        assert_eq!(suppress(&[cell(1, 30), cell(11, 40)], RULE).counts, [None, None]);
        // Two that are as large as hidden ones can be would tell themselves by their sum.
        assert_eq!(
            suppress(&[cell(4, 30), cell(4, 30), cell(7, 40), cell(20, 50)], RULE).counts,
            [None, None, None, Some(20)]
        );
    }

    #[test]
    fn a_small_unit_with_many_cases_is_hidden_too() {
        assert_eq!(suppress(&[cell(6, 3), cell(8, 30), cell(9, 40)], RULE).counts, [None, None, Some(9)]);
    }

    #[test]
    fn a_table_without_small_numbers_is_shown_whole() {
        let shown = suppress(&[cell(0, 3), cell(5, 30)], RULE);
        assert_eq!((shown.total, shown.counts), (Some(5), vec![Some(0), Some(5)]));
        assert_eq!(suppress(&[], RULE), Shown { total: Some(0), counts: Vec::new() });
    }

    #[test]
    fn a_total_that_would_tell_on_a_unit_of_one_is_hidden_too() {
        // Nobody else can have had more than four of the five.
        let shown = suppress(&[cell(2, 10), cell(3, 1)], RULE);
        assert_eq!((shown.total, shown.counts), (None, vec![None, None]));
        assert_eq!(suppress(&[cell(2, 10), cell(2, 1)], RULE).total, Some(4), "four can be anybody's");
    }

    proptest! {
        /// Whoever tries every table that fits what was published finds two that differ at each hidden number.
        #[test]
        fn nothing_hidden_can_be_worked_out(counts in proptest::collection::vec((0..8_i64, 1..30_i64), 2..5)) {
            let cells: Vec<Cell> = counts.iter().map(|(count, people)| cell(*count, *people)).collect();
            let Shown { total: told, counts: shown } = suppress(&cells, RULE);
            let total: i64 = cells.iter().map(|one| one.count).sum();
            prop_assert!(told.is_none_or(|told| told == total));
            let hidden: Vec<usize> = (0..cells.len()).filter(|at| shown[*at].is_none()).collect();
            let rest = total - shown.iter().flatten().sum::<i64>();
            for (at, one) in cells.iter().enumerate() {
                let small = one.count > 0 && (one.count < RULE.cell || one.people.is_some_and(|many| many < RULE.group));
                prop_assert!(!small || shown[at].is_none(), "{at}");
            }
            if hidden.is_empty() {
                prop_assert!(told.is_some(), "nothing to guard");
                return Ok(());
            }
            prop_assert!(hidden.len() > 1 && rest > 0);
            if told.is_none() {
                prop_assert_eq!(hidden.len(), cells.len(), "the total goes last");
                return Ok(());
            }
            // Every small one could be nothing: the others have room for the rest.
            let is_small = |one: &Cell| one.count < RULE.cell && one.people >= Some(RULE.group);
            for own in hidden.iter().filter(|at| cells[**at].count < RULE.cell || cells[**at].people < Some(RULE.group)) {
                let others = hidden.iter().filter(|at| *at != own);
                let most: i64 = others.map(|at| if is_small(&cells[*at]) { RULE.cell - 1 } else { rest }).sum();
                prop_assert!(most >= rest, "number {own} of {cells:?} cannot be nothing");
            }
        }
    }

    #[test]
    fn whoever_is_named_and_their_unit_are_concerned() {
        let (kt, nc, vt) = (UnitId::new(), UnitId::new(), UnitId::new());
        let units = [(kt, "Phòng Kinh tế"), (nc, "Phòng Nội chính"), (vt, "Văn thư")]
            .map(|(unit, name)| Named { unit, name: name.to_owned() });
        let an = Somebody { person: PersonId::new(), name: "Lò Văn An".to_owned(), units: vec![nc] };
        let ban = Somebody { person: PersonId::new(), name: "Lò Văn Anh".to_owned(), units: vec![vt] };
        let staff = [an.clone(), ban];
        let (found, people) = concerned(&["ông LO VAN AN, một cửa"], Some(kt), &units, &staff);
        assert_eq!(found, BTreeSet::from([kt, nc]));
        assert_eq!(people, BTreeSet::from([an.person]));
        let (found, _) = concerned(&["một người ở phòng nội chính"], None, &units, &staff);
        assert_eq!(found, BTreeSet::from([nc]));
        assert!(is_kept_out(Some(an.person), &[nc], None, &[nc]));
        assert!(is_kept_out(Some(an.person), &[], Some(an.person), &[]));
        assert!(!is_kept_out(None, &[kt], None, &[nc]));
    }
}
