//! Pure answers: roll-up of progress, standing on a day, days that recur.

use std::collections::BTreeMap;

use jiff::ToSpan as _;
use kernel::Date;
use serde::Serialize;

use super::model::{Event, EventKind, Every, State, StateKind, Task, TaskId};

/// What counts as all of it, in basis points.
pub const WHOLE: i64 = 10_000;

/// The rule of the roll-up, as it stands on the screen and in the sheet. [`progress`] is this rule.
pub const RULE: &str = "Nhiệm vụ không có nhiệm vụ con: 100% khi đã nghiệm thu, 0% khi chưa. Nhiệm vụ có nhiệm vụ con: \
    tổng (trọng số × tiến độ của từng nhiệm vụ con) chia tổng trọng số, làm tròn xuống 0,01% ở mỗi cấp; nhiệm vụ con \
    đã hủy không tính. Khi mọi nhiệm vụ con đã hủy thì tính như không có nhiệm vụ con.";

/// What the roll-up needs of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Node {
    /// Which task.
    pub id: TaskId,
    /// The task that it is a part of.
    pub parent: Option<TaskId>,
    /// Its weight among its siblings.
    pub weight: i64,
    /// Where it stands.
    pub state: StateKind,
}

impl From<&Task> for Node {
    fn from(task: &Task) -> Self {
        Self { id: task.id, parent: task.parent, weight: task.content.weight, state: task.state.kind() }
    }
}

/// The progress of every task in basis points, by [`RULE`]. None for a task that was called off.
#[must_use]
pub fn progress(nodes: &[Node]) -> BTreeMap<TaskId, Option<i64>> {
    let mut children: BTreeMap<TaskId, Vec<&Node>> = BTreeMap::new();
    for node in nodes {
        if let Some(parent) = node.parent {
            children.entry(parent).or_default().push(node);
        }
    }
    let mut found = BTreeMap::new();
    for node in nodes {
        roll_up(node, &children, &mut found, 0);
    }
    found
}

fn roll_up(
    node: &Node,
    children: &BTreeMap<TaskId, Vec<&Node>>,
    found: &mut BTreeMap<TaskId, Option<i64>>,
    level: usize,
) -> Option<i64> {
    if let Some(known) = found.get(&node.id) {
        return *known;
    }
    let mut answer = match node.state {
        StateKind::Cancelled => None,
        StateKind::Accepted => Some(WHOLE),
        StateKind::Open | StateKind::Reported | StateKind::Returned => Some(0),
    };
    // Levels are bounded when a task is assigned; a loop in the rows must not hang the page.
    let own =
        children.get(&node.id).filter(|_| answer.is_some() && level < nodes_deep()).map_or(&[][..], Vec::as_slice);
    let (mut sum, mut weights) = (0, 0);
    for child in own {
        if let Some(done) = roll_up(child, children, found, level + 1) {
            sum += child.weight * done;
            weights += child.weight;
        }
    }
    if weights > 0 {
        answer = Some(sum / weights);
    }
    found.insert(node.id, answer);
    answer
}

const fn nodes_deep() -> usize {
    super::model::MOST_LEVELS * 2
}

/// Where a task stood at the end of a day, measured by its first due day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Stood {
    /// Not accepted, and the day was not over or it was reported in time.
    Open,
    /// Not accepted, the day over, and not reported in time.
    Late,
    /// Accepted, done before the day.
    DoneEarly,
    /// Accepted, done on the day.
    DoneOnTime,
    /// Accepted, done after the day.
    DoneLate,
}

/// Where a task with this first due day stood after these events, which are those until `day`, oldest first.
/// None when it was not assigned yet, or called off.
#[must_use]
pub fn stood(first_due_on: Date, events: &[&Event], day: Date) -> Option<Stood> {
    let (mut reported, mut accepted, mut there) = (None, false, false);
    for event in events {
        match event.kind {
            EventKind::Assigned => there = true,
            EventKind::Reported => reported = Some(event.act.on),
            EventKind::Returned => reported = None,
            EventKind::Accepted => accepted = true,
            EventKind::Cancelled => there = false,
            EventKind::Changed | EventKind::DueMoved | EventKind::Attached => {}
        }
    }
    let done = reported.filter(|_| accepted);
    there.then(|| match (done, reported) {
        (Some(done), _) if done < first_due_on => Stood::DoneEarly,
        (Some(done), _) if done == first_due_on => Stood::DoneOnTime,
        (Some(_), _) => Stood::DoneLate,
        (None, Some(reported)) if reported <= first_due_on => Stood::Open,
        (None, _) if day > first_due_on => Stood::Late,
        (None, _) => Stood::Open,
    })
}

/// A task with the state and the due day it had after these events, which are those until a day, oldest first. What it
/// says, its units and its people are those of today: the history keeps that they changed, not what they were. None
/// when nothing is known of it until then.
#[must_use]
pub fn as_it_stood(task: &Task, events: &[&Event]) -> Option<Task> {
    let (mut state, mut due_on) = (None, task.first_due_on);
    for event in events {
        let act = event.act.clone();
        state = match (event.kind, state) {
            (EventKind::Assigned, _) => Some(State::Open),
            (EventKind::Reported, _) => Some(State::Reported { report: act }),
            (EventKind::Returned, _) => Some(State::Returned { settled: act }),
            (EventKind::Cancelled, _) => Some(State::Cancelled { settled: act }),
            (EventKind::Accepted, Some(State::Reported { report })) => Some(State::Accepted { report, settled: act }),
            (EventKind::Accepted | EventKind::Changed | EventKind::DueMoved | EventKind::Attached, before) => before,
        };
        due_on = event.moved.map_or(due_on, |(_, became)| became);
    }
    Some(Task { state: state?, due_on, ..task.clone() })
}

/// How many tasks stood where. `late` is a part of `open`, `done_early` and `done_late` are parts of `done`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Count {
    /// Not accepted yet.
    pub open: usize,
    /// Of these, late.
    pub late: usize,
    /// Accepted.
    pub done: usize,
    /// Of these, done before the first due day.
    pub done_early: usize,
    /// Of these, done after the first due day.
    pub done_late: usize,
}

impl Count {
    /// One more.
    pub fn add(&mut self, stood: Stood) {
        match stood {
            Stood::Open => self.open += 1,
            Stood::Late => {
                self.open += 1;
                self.late += 1;
            }
            Stood::DoneEarly => {
                self.done += 1;
                self.done_early += 1;
            }
            Stood::DoneOnTime => self.done += 1,
            Stood::DoneLate => {
                self.done += 1;
                self.done_late += 1;
            }
        }
    }

    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            open: self.open + other.open,
            late: self.late + other.late,
            done: self.done + other.done,
            done_early: self.done_early + other.done_early,
            done_late: self.done_late + other.done_late,
        }
    }
}

/// The due day of a task of a series by its number, 0 for the first: always counted from the first, so that
/// the 31st stays the last of a month. None beyond the days that there are.
#[must_use]
pub fn due_of(every: Every, first_due_on: Date, number: i64) -> Option<Date> {
    let months = match every {
        Every::Month => 1,
        Every::Quarter => 3,
        Every::Year => 12,
    };
    let months = number.checked_mul(months).and_then(|months| i32::try_from(months).ok())?;
    first_due_on.checked_add(months.months()).ok()
}

/// Which tasks of a series must be there on a day: the next one is made on the day after the one before was due.
#[must_use]
pub fn numbers_by(every: Every, first_due_on: Date, last_due_on: Date, day: Date) -> Vec<i64> {
    let fits = |number: &i64| {
        let before = number.checked_sub(1).and_then(|number| due_of(every, first_due_on, number));
        let due = due_of(every, first_due_on, *number);
        before.is_some_and(|before| before < day) && due.is_some_and(|due| due <= last_due_on)
    };
    (1..).take_while(fits).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::model::{Act, Who};
    use super::*;

    fn node(parent: Option<TaskId>, weight: i64, state: StateKind) -> Node {
        Node { id: TaskId::new(), parent, weight, state }
    }

    #[test]
    fn a_parent_is_its_weighted_children_without_the_cancelled_ones() {
        use StateKind as S;
        let parent = node(None, 1, S::Open);
        let child = |weight, state| node(Some(parent.id), weight, state);
        let check = |children: &[Node], expected: i64| {
            let nodes: Vec<_> = std::iter::once(parent).chain(children.iter().copied()).collect();
            assert_eq!(progress(&nodes)[&parent.id], Some(expected), "{children:?}");
        };
        check(&[], 0);
        check(&[child(3, S::Accepted), child(1, S::Open), child(96, S::Cancelled)], 7_500);
        check(&[child(1, S::Accepted), child(2, S::Reported)], 3_333);
        check(&[child(5, S::Cancelled)], 0);
        let half = child(1, S::Open);
        let below = [node(Some(half.id), 1, S::Accepted), node(Some(half.id), 1, S::Returned)];
        check(&[child(1, S::Accepted), half, below[0], below[1]], 7_500);
    }

    #[test]
    fn a_task_without_children_is_its_own_state_and_a_cancelled_one_nothing() {
        for (state, expected) in [
            (StateKind::Open, Some(0)),
            (StateKind::Reported, Some(0)),
            (StateKind::Accepted, Some(WHOLE)),
            (StateKind::Cancelled, None),
        ] {
            let one = node(None, 1, state);
            assert_eq!(progress(&[one])[&one.id], expected, "{state:?}");
        }
    }

    #[test]
    fn rows_in_a_loop_do_not_hang() {
        let (mut one, mut other) = (node(None, 1, StateKind::Open), node(None, 1, StateKind::Open));
        one.parent = Some(other.id);
        other.parent = Some(one.id);
        assert_eq!(progress(&[one, other]).len(), 2);
    }

    fn event(kind: EventKind, on: Date) -> Event {
        let act = Act { by: Who::default(), on, words: String::new() };
        Event { task: TaskId(uuid::Uuid::nil()), kind, at: kernel::Timestamp::UNIX_EPOCH, act, moved: None }
    }

    #[test]
    fn standing_on_a_day_goes_by_the_first_due_day() {
        use EventKind as K;
        let due = date(2026, 6, 30);
        let check = |events: &[(EventKind, i8)], day: i8, expected: Option<Stood>| {
            let events: Vec<_> = events.iter().map(|(kind, on)| event(*kind, date(2026, 6, *on))).collect();
            let until: Vec<_> = events.iter().filter(|one| one.act.on <= date(2026, 6, day)).collect();
            assert_eq!(stood(due, &until, date(2026, 6, day)), expected, "{events:?}");
        };
        check(&[(K::Assigned, 5)], 4, None);
        check(&[(K::Assigned, 5)], 30, Some(Stood::Open));
        check(&[(K::Assigned, 5), (K::Reported, 20)], 25, Some(Stood::Open));
        check(&[(K::Assigned, 5), (K::Reported, 20), (K::Accepted, 22)], 25, Some(Stood::DoneEarly));
        check(&[(K::Assigned, 5), (K::Reported, 30), (K::Accepted, 30)], 30, Some(Stood::DoneOnTime));
        check(&[(K::Assigned, 5), (K::Cancelled, 9)], 10, None);
        let events = [event(K::Assigned, date(2026, 6, 5)), event(K::Reported, date(2026, 6, 29))];
        let events: Vec<_> = events.iter().collect();
        let july = date(2026, 7, 5);
        assert_eq!(stood(due, &events, july), Some(Stood::Open), "reported in time, nobody accepted yet");
        let returned = event(K::Returned, date(2026, 7, 1));
        let mut later = events.clone();
        later.push(&returned);
        assert_eq!(stood(due, &later, july), Some(Stood::Late), "given back, the report counts no more");
        let again = [event(K::Reported, july), event(K::Accepted, july)];
        later.extend(&again);
        assert_eq!(stood(due, &later, july), Some(Stood::DoneLate));
    }

    #[test]
    fn a_task_is_shown_with_the_state_and_the_due_day_of_a_past_day() {
        use EventKind as K;
        let (first, moved_to) = (date(2026, 6, 10), date(2026, 6, 25));
        let moved = Event { moved: Some((first, moved_to)), ..event(K::DueMoved, date(2026, 6, 8)) };
        let events = [
            event(K::Assigned, date(2026, 6, 1)),
            moved,
            event(K::Reported, date(2026, 6, 12)),
            event(K::Returned, date(2026, 6, 13)),
            event(K::Reported, date(2026, 6, 20)),
            event(K::Accepted, date(2026, 6, 22)),
        ];
        let now = Task {
            id: TaskId::new(),
            code: "NV-1".to_owned(),
            content: super::super::model::Content::default(),
            unit: kernel::id::UnitId::new(),
            parent: None,
            first_due_on: first,
            due_on: moved_to,
            assigned_on: date(2026, 6, 1),
            series: None,
            former: Vec::new(),
            state: State::Open,
            version: 6,
        };
        let check = |day: i8, expected: Option<(StateKind, Date)>| {
            let until: Vec<_> = events.iter().filter(|one| one.act.on <= date(2026, 6, day)).collect();
            let stood = as_it_stood(&now, &until).map(|one| (one.state.kind(), one.due_on));
            assert_eq!(stood, expected, "at the end of {day} June");
        };
        check(7, Some((StateKind::Open, first)));
        check(8, Some((StateKind::Open, moved_to)));
        check(12, Some((StateKind::Reported, moved_to)));
        check(13, Some((StateKind::Returned, moved_to)));
        check(30, Some((StateKind::Accepted, moved_to)));
        assert_eq!(as_it_stood(&now, &[]), None, "nothing is known of it");
        let until: Vec<_> = events.iter().collect();
        let done = as_it_stood(&now, &until).and_then(|one| one.done_on());
        assert_eq!(done, Some(date(2026, 6, 20)), "the report that was accepted counts");
    }

    #[test]
    fn the_last_day_of_a_month_stays_the_last() {
        let first = date(2026, 1, 31);
        let days = |every| (0..3).filter_map(|number| due_of(every, first, number)).collect::<Vec<_>>();
        assert_eq!(days(Every::Month), [first, date(2026, 2, 28), date(2026, 3, 31)]);
        assert_eq!(days(Every::Quarter), [first, date(2026, 4, 30), date(2026, 7, 31)]);
        assert_eq!(days(Every::Year), [first, date(2027, 1, 31), date(2028, 1, 31)]);
    }

    #[test]
    fn the_next_task_of_a_series_is_made_the_day_after_the_one_before_was_due() {
        let (first, last) = (date(2026, 1, 31), date(2026, 4, 30));
        let numbers = |day| numbers_by(Every::Month, first, last, day);
        assert!(numbers(first).is_empty());
        assert_eq!(numbers(date(2026, 2, 1)), [1]);
        assert_eq!(numbers(date(2026, 12, 1)), [1, 2, 3], "what was missed is made, and nothing beyond the last day");
    }
}
