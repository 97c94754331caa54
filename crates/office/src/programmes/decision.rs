//! Pure answers: where units stand on a day, how many have a programme, what differs between two versions.

use std::collections::BTreeMap;

use kernel::Date;
use kernel::id::UnitId;
use serde::Serialize;

use super::model::{Content, Event, Line, Standing, State};
use crate::organization::UnitView;

/// Where one unit stood on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnitStanding {
    /// The unit with the name of that day.
    pub unit: UnitView,
    /// Where it stood.
    pub standing: Standing,
    /// The version in force on that day.
    pub in_force: Option<i64>,
    /// A newer version that is not in force yet, and where it stood.
    pub amendment: Option<(i64, State)>,
    /// The day on which it first handed a programme in.
    pub first_submitted_on: Option<Date>,
    /// Whether it handed in after the last day, or had not done so when that day was over.
    pub late: bool,
}

/// Where each of these units stood after these events, which are those until `day`, oldest first.
///
/// A unit with a programme in force counts as approved until a newer one replaces it; so the numbers per
/// standing always add up to the number of units.
#[must_use]
pub fn standings(units: Vec<UnitView>, events: &[Event], due_on: Option<Date>, day: Date) -> Vec<UnitStanding> {
    let mut by_unit: BTreeMap<UnitId, Vec<&Event>> = BTreeMap::new();
    for event in events {
        by_unit.entry(event.unit).or_default().push(event);
    }
    let stand = |unit: UnitView| {
        let own = by_unit.get(&unit.id).map_or(&[][..], Vec::as_slice);
        let in_force = own.iter().filter(|one| one.state == State::Approved).map(|one| one.number).max();
        let last = own.last().filter(|one| in_force.is_none_or(|number| one.number > number));
        let standing = match (in_force, last.map(|one| one.state)) {
            (Some(_), _) => Standing::Approved,
            (None, Some(State::Submitted)) => Standing::Waiting,
            (None, Some(State::Returned)) => Standing::Returned,
            (None, Some(State::Draft | State::Approved) | None) => Standing::NotSent,
        };
        let first = own.iter().find(|one| one.state == State::Submitted).map(|one| one.on);
        UnitStanding {
            unit,
            standing,
            in_force,
            amendment: in_force.and(last).map(|one| (one.number, one.state)),
            first_submitted_on: first,
            late: due_on.is_some_and(|due| first.unwrap_or(day) > due),
        }
    };
    units.into_iter().map(stand).collect()
}

/// How many units have a programme in force, and which have not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// How many units took part on that day.
    pub of: usize,
    /// How many of them had an approved programme.
    pub approved: usize,
    /// The others, in the order of units.
    pub missing: Vec<UnitView>,
}

impl Coverage {
    /// Of these units.
    #[must_use]
    pub fn of(standings: &[UnitStanding]) -> Self {
        let missing: Vec<UnitView> =
            standings.iter().filter(|one| one.in_force.is_none()).map(|one| one.unit.clone()).collect();
        Self { of: standings.len(), approved: standings.len() - missing.len(), missing }
    }

    /// The share in basis points, rounded down so that 100 % means all; none when no unit took part.
    #[must_use]
    pub fn share_bp(&self) -> Option<i64> {
        let whole = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
        (self.of > 0).then(|| whole(self.approved).saturating_mul(10_000) / whole(self.of))
    }
}

/// What changed from one version to the next.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Difference {
    /// Texts that changed: name of the field, what it was, what it became.
    pub texts: Vec<(&'static str, String, String)>,
    /// Lines that are new or were changed.
    pub added: Vec<Line>,
    /// Lines that are no more, or stand in another form now.
    pub dropped: Vec<Line>,
}

impl Difference {
    /// Between two versions.
    #[must_use]
    pub fn between(was: &Content, became: &Content) -> Self {
        let texts = [
            ("Chủ đề", &was.theme, &became.theme),
            ("Nội dung", &was.contents, &became.contents),
            ("Tiêu chí", &was.criteria, &became.criteria),
            ("Hình thức thi đua", &was.forms, &became.forms),
        ];
        let without = |some: &[Line], others: &[Line]| {
            some.iter().filter(|line| !others.contains(line)).cloned().collect::<Vec<_>>()
        };
        Self {
            texts: texts
                .into_iter()
                .filter(|(_, was, became)| was != became)
                .map(|(name, was, became)| (name, was.clone(), became.clone()))
                .collect(),
            added: without(&became.lines, &was.lines),
            dropped: without(&was.lines, &became.lines),
        }
    }

    /// Whether nothing changed.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::organization::model::UnitKind;
    use jiff::civil::date;
    use kernel::{Period, Timestamp};

    fn unit(code: &str) -> UnitView {
        UnitView {
            id: UnitId::new(),
            code: code.to_owned(),
            name: code.to_owned(),
            kind: UnitKind::Division,
            period: Period::since(date(2020, 1, 1)),
            merged_into: None,
            position: 0,
            version: 1,
        }
    }

    fn event(unit: &UnitView, number: i64, state: State, on: Date) -> Event {
        let (name, reason) = (String::new(), String::new());
        Event { unit: unit.id, number, state, on, at: Timestamp::UNIX_EPOCH, name, reason }
    }

    #[test]
    fn an_amendment_on_its_way_leaves_the_unit_approved() {
        let one = unit("A");
        let day = date(2026, 6, 1);
        let mut events = vec![event(&one, 1, State::Submitted, day), event(&one, 1, State::Approved, day)];
        for (state, amendment) in [(State::Draft, State::Draft), (State::Submitted, State::Submitted)] {
            events.push(event(&one, 2, state, day));
            let found = standings(vec![one.clone()], &events, None, day);
            assert_eq!((found[0].standing, found[0].in_force), (Standing::Approved, Some(1)));
            assert_eq!(found[0].amendment, Some((2, amendment)));
        }
        events.push(event(&one, 2, State::Approved, day));
        let found = standings(vec![one], &events, None, day);
        assert_eq!((found[0].in_force, found[0].amendment), (Some(2), None));
    }

    #[test]
    fn late_is_whoever_hands_in_after_the_day_or_lets_it_pass() {
        let (early, late, never) = (unit("A"), unit("B"), unit("C"));
        let due = date(2026, 6, 10);
        let events = [event(&early, 1, State::Submitted, due), event(&late, 1, State::Submitted, date(2026, 6, 11))];
        let late_on = |day| {
            let units = vec![early.clone(), late.clone(), never.clone()];
            let until: Vec<Event> = events.iter().filter(|one| one.on <= day).cloned().collect();
            standings(units, &until, Some(due), day).iter().map(|one| one.late).collect::<Vec<_>>()
        };
        assert_eq!(late_on(due), [false, false, false], "the last day still counts");
        assert_eq!(late_on(date(2026, 6, 12)), [false, true, true]);
    }

    #[test]
    fn nine_of_ten_is_ninety_percent_and_names_the_tenth() {
        let units: Vec<UnitView> = ('A'..='J').map(|code| unit(&code.to_string())).collect();
        let day = date(2026, 6, 1);
        let mut events: Vec<Event> = units[..9].iter().map(|one| event(one, 1, State::Approved, day)).collect();
        let cover = |events: &[Event]| Coverage::of(&standings(units.clone(), events, None, day));
        let found = cover(&events);
        assert_eq!((found.share_bp(), found.missing[0].code.as_str(), found.missing.len()), (Some(9_000), "J", 1));
        events.push(event(&units[9], 1, State::Approved, day));
        assert_eq!(cover(&events).share_bp(), Some(10_000));
        assert_eq!(Coverage::of(&[]).share_bp(), None, "no unit is no share");
    }

    #[test]
    fn a_difference_names_the_texts_and_the_lines() {
        let line = |task: &str| Line { clause: "II.3".into(), task: task.into(), figure: String::new(), due_on: None };
        let was = Content { theme: "Cũ".into(), lines: vec![line("một"), line("hai")], ..Content::default() };
        let became = Content { theme: "Mới".into(), lines: vec![line("hai"), line("ba")], ..Content::default() };
        let found = Difference::between(&was, &became);
        assert_eq!(found.texts, [("Chủ đề", "Cũ".to_owned(), "Mới".to_owned())]);
        assert_eq!((found.added, found.dropped), (vec![line("ba")], vec![line("một")]));
        assert!(Difference::between(&was, &was).is_nothing());
    }
}
