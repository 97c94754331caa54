//! Tasks and their states, series of tasks.

use kernel::Date;
use kernel::id::{PersonId, UnitId};
use serde::Serialize;

use super::TasksError;
pub use super::history::{Act, Event, EventKind, TaskFile, Who};
use crate::words::{ids, words};

ids! {
    /// A task.
    TaskId,
    /// A file of evidence.
    TaskFileId,
    /// A series of tasks that recur.
    SeriesId,
}

/// The least letters of a reason, and of words that stand for a file of evidence. Why: docs/decisions/0022.
pub const SHORTEST_REASON: usize = 10;
/// The greatest weight. Why: docs/decisions/0022.
pub const GREATEST_WEIGHT: i64 = 100;
/// How many levels of tasks there may be. Why: docs/decisions/0022.
pub const MOST_LEVELS: usize = 6;

words! {
    /// Where a task stands, without its facts.
    StateKind {
        /// To be done.
        Open = "open", "đang thực hiện";
        /// Reported as done; waits for acceptance.
        Reported = "reported", "chờ nghiệm thu";
        /// Given back with a reason; to be done.
        Returned = "returned", "trả lại";
        /// Done and accepted.
        Accepted = "accepted", "đã nghiệm thu";
        /// Called off.
        Cancelled = "cancelled", "đã hủy";
    }
}

words! {
    /// How often a task recurs.
    Every {
        /// Each month.
        Month = "month", "hằng tháng";
        /// Each quarter.
        Quarter = "quarter", "hằng quý";
        /// Each year.
        Year = "year", "hằng năm";
    }
}

impl StateKind {
    /// The tone of its tag.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Open | Self::Cancelled => "neutral",
            Self::Reported => "warn",
            Self::Returned => "bad",
            Self::Accepted => "ok",
        }
    }

    /// Whether something is still to be done or decided.
    #[must_use]
    pub fn is_live(self) -> bool {
        matches!(self, Self::Open | Self::Reported | Self::Returned)
    }
}

/// Where a task stands, with its facts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// To be done.
    Open,
    /// Waits for acceptance.
    Reported {
        /// Who reported it as done, when, with which words.
        report: Act,
    },
    /// To be done again.
    Returned {
        /// Who gave it back, when, why.
        settled: Act,
    },
    /// Done.
    Accepted {
        /// The report that was accepted; its day is the day on which the task was done.
        report: Act,
        /// Who accepted it.
        settled: Act,
    },
    /// Called off.
    Cancelled {
        /// Who called it off, when, why.
        settled: Act,
    },
}

impl State {
    /// Which one, without its facts.
    #[must_use]
    pub fn kind(&self) -> StateKind {
        match self {
            Self::Open => StateKind::Open,
            Self::Reported { .. } => StateKind::Reported,
            Self::Returned { .. } => StateKind::Returned,
            Self::Accepted { .. } => StateKind::Accepted,
            Self::Cancelled { .. } => StateKind::Cancelled,
        }
    }
}

/// What may be changed of a task without a reason.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Content {
    /// The clause that it hangs on.
    pub clause: String,
    /// What is to be done.
    pub title: String,
    /// More of it.
    pub description: String,
    /// How much it weighs among its siblings.
    pub weight: i64,
    /// Units that help.
    pub coordinating: Vec<UnitId>,
    /// Who does it.
    pub doers: Vec<PersonId>,
}

/// A task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Task {
    /// Its id.
    pub id: TaskId,
    /// Its code, by which a sheet knows it again.
    pub code: String,
    /// What it says.
    pub content: Content,
    /// The unit that leads.
    pub unit: UnitId,
    /// The task that it is a part of.
    pub parent: Option<TaskId>,
    /// The due day it was assigned with; it never changes.
    pub first_due_on: Date,
    /// The due day as it stands.
    pub due_on: Date,
    /// The day it was assigned.
    pub assigned_on: Date,
    /// The series that it belongs to, and its number in it.
    pub series: Option<(SeriesId, i64)>,
    /// People who were doers once and are not any more.
    pub former: Vec<PersonId>,
    /// Where it stands.
    pub state: State,
    /// Counts changes, against concurrent edits.
    pub version: i64,
}

impl Task {
    /// The day on which it was done, by the report that stands.
    #[must_use]
    pub fn done_on(&self) -> Option<Date> {
        match &self.state {
            State::Reported { report } | State::Accepted { report, .. } => Some(report.on),
            State::Open | State::Returned { .. } | State::Cancelled { .. } => None,
        }
    }

    /// Days early (positive) or late (negative) against the first due day: of the day it was done, or of
    /// today when that day is over. None while it is neither done nor late, and when it was called off.
    #[must_use]
    pub fn days_early(&self, today: Date) -> Option<i64> {
        self.measured(self.first_due_on, today)
    }

    /// The same against the due day as it stands.
    #[must_use]
    pub fn days_early_by_moved(&self, today: Date) -> Option<i64> {
        self.measured(self.due_on, today)
    }

    fn measured(&self, due: Date, today: Date) -> Option<i64> {
        match (self.state.kind(), self.done_on()) {
            (StateKind::Cancelled, _) => None,
            (_, Some(done)) => Some(days_between(done, due)),
            (_, None) => Some(days_between(today, due)).filter(|days| *days < 0),
        }
    }

    /// Whether it is late today against the first due day and not accepted yet.
    #[must_use]
    pub fn is_late(&self, today: Date) -> bool {
        self.state.kind().is_live() && self.days_early(today).is_some_and(|days| days < 0)
    }

    /// Reports it as done.
    ///
    /// # Errors
    /// When it is not to be done, has open parts, or nothing shows that it was done.
    pub fn report(&mut self, report: Act, files: usize, open_children: usize) -> Result<(), TasksError> {
        self.must_be(&[StateKind::Open, StateKind::Returned])?;
        if open_children > 0 {
            return Err(TasksError::OpenChildren { many: open_children });
        }
        if files == 0 && report.words.chars().count() < SHORTEST_REASON {
            return Err(TasksError::NoEvidence { least: SHORTEST_REASON });
        }
        self.state = State::Reported { report };
        Ok(())
    }

    /// Gives it back.
    ///
    /// # Errors
    /// When it does not wait, or without a reason.
    pub fn give_back(&mut self, settled: Act) -> Result<(), TasksError> {
        self.must_be(&[StateKind::Reported])?;
        reasoned(&settled.words)?;
        self.state = State::Returned { settled };
        Ok(())
    }

    /// Accepts it, by somebody who did none of it: not a doer of now or before, nobody who ever reported it.
    ///
    /// # Errors
    /// When it does not wait, or is the acceptor's own work.
    pub fn accept(&mut self, settled: Act, reporters: &[Who]) -> Result<(), TasksError> {
        let State::Reported { report } = &self.state else {
            return Err(TasksError::State { is: self.state.kind() });
        };
        if self.is_own_work(&settled.by, reporters) {
            return Err(TasksError::OwnWork);
        }
        self.state = State::Accepted { report: report.clone(), settled };
        Ok(())
    }

    /// Whether somebody had a hand in it.
    #[must_use]
    pub fn is_own_work(&self, who: &Who, reporters: &[Who]) -> bool {
        let did =
            who.person.is_some_and(|person| self.content.doers.contains(&person) || self.former.contains(&person));
        did || reporters.iter().any(|one| one.is(who))
    }

    /// Calls it off.
    ///
    /// # Errors
    /// When it is settled, has open parts, or without a reason.
    pub fn cancel(&mut self, settled: Act, open_children: usize) -> Result<(), TasksError> {
        self.must_be(&[StateKind::Open, StateKind::Returned, StateKind::Reported])?;
        if open_children > 0 {
            return Err(TasksError::OpenChildren { many: open_children });
        }
        reasoned(&settled.words)?;
        self.state = State::Cancelled { settled };
        Ok(())
    }

    /// Moves the due day; the first one stays.
    ///
    /// # Errors
    /// When it is settled or waits for acceptance, without a reason, to the same day, to before it was assigned.
    pub fn move_due(&mut self, to: Date, reason: &str) -> Result<(), TasksError> {
        self.must_be(&[StateKind::Open, StateKind::Returned])?;
        reasoned(reason)?;
        if to == self.due_on {
            return Err(TasksError::SameDay);
        }
        if to < self.assigned_on {
            return Err(TasksError::DueBefore { from: self.assigned_on });
        }
        self.due_on = to;
        Ok(())
    }

    /// Changes what it says; people who leave stay known as former doers.
    ///
    /// # Errors
    /// When it is settled or waits for acceptance.
    pub fn rewrite(&mut self, content: Content) -> Result<(), TasksError> {
        self.must_be(&[StateKind::Open, StateKind::Returned])?;
        let old = std::mem::replace(&mut self.content, content);
        self.former.extend(old.doers);
        self.former.retain(|one| !self.content.doers.contains(one));
        self.former.sort_unstable();
        self.former.dedup();
        Ok(())
    }

    /// Whether it is in one of these states.
    ///
    /// # Errors
    /// [`TasksError::State`] when it is not.
    pub fn must_be(&self, kinds: &[StateKind]) -> Result<(), TasksError> {
        let is = self.state.kind();
        if kinds.contains(&is) { Ok(()) } else { Err(TasksError::State { is }) }
    }
}

fn reasoned(words: &str) -> Result<(), TasksError> {
    let kept = kernel::text::reason(words, SHORTEST_REASON);
    kept.map(|_| ()).map_err(|short| TasksError::ShortReason { least: short.least })
}

/// Days from one day to another; negative when the other is before.
#[must_use]
pub fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

/// A series of tasks that recur.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Series {
    /// Its id.
    pub id: SeriesId,
    /// How often.
    pub every: Every,
    /// The due day of the first task.
    pub first_due_on: Date,
    /// No task is due after this day.
    pub last_due_on: Date,
    /// The day it was ended by somebody.
    pub ended_on: Option<Date>,
    /// Counts changes, against concurrent edits.
    pub version: i64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn who(person: PersonId) -> Who {
        Who { account: None, person: Some(person), name: "ai đó".to_owned() }
    }

    fn act(by: &Who, on: Date, words: &str) -> Act {
        Act { by: by.clone(), on, words: words.to_owned() }
    }

    fn task(doer: PersonId) -> Task {
        Task {
            id: TaskId::new(),
            code: "NV-1".to_owned(),
            content: Content { clause: "III.1".to_owned(), weight: 1, doers: vec![doer], ..Content::default() },
            unit: UnitId::new(),
            parent: None,
            first_due_on: date(2026, 6, 30),
            due_on: date(2026, 6, 30),
            assigned_on: date(2026, 6, 1),
            series: None,
            former: Vec::new(),
            state: State::Open,
            version: 1,
        }
    }

    #[test]
    fn no_doer_of_now_or_before_and_no_reporter_accepts() {
        let (doer, clerk, head) = (PersonId::new(), PersonId::new(), PersonId::new());
        let mut one = task(doer);
        one.rewrite(Content { doers: vec![clerk], ..one.content.clone() }).expect("open");
        assert_eq!(one.former, [doer]);
        one.report(act(&who(clerk), date(2026, 6, 10), ""), 1, 0).expect("evidence");
        let reporters = [who(clerk)];
        for own in [doer, clerk] {
            let refused = one.clone().accept(act(&who(own), date(2026, 6, 11), ""), &reporters);
            assert!(matches!(refused, Err(TasksError::OwnWork)), "{refused:?}");
        }
        one.accept(act(&who(head), date(2026, 6, 11), ""), &reporters).expect("another person");
        assert_eq!(one.days_early(date(2026, 12, 1)), Some(20), "the day it was reported counts");
    }

    #[test]
    fn a_moved_due_day_changes_no_figure() {
        let doer = PersonId::new();
        let mut one = task(doer);
        let short = one.move_due(date(2026, 7, 31), "bận");
        assert!(matches!(short, Err(TasksError::ShortReason { .. })), "{short:?}");
        one.move_due(date(2026, 7, 31), "Chờ hướng dẫn của Bộ").expect("a reason");
        assert!(one.is_late(date(2026, 7, 1)) && !one.is_late(date(2026, 6, 30)));
        one.report(act(&who(doer), date(2026, 7, 10), "Báo cáo số 12/BC-KT"), 0, 0).expect("words");
        assert_eq!(one.days_early(date(2026, 9, 1)), Some(-10));
        assert_eq!(one.days_early_by_moved(date(2026, 9, 1)), Some(21));
    }

    #[test]
    fn without_evidence_or_with_open_parts_nothing_is_reported() {
        let doer = PersonId::new();
        let report = |files, open| task(doer).report(act(&who(doer), date(2026, 6, 10), "xong"), files, open);
        assert!(matches!(report(0, 0), Err(TasksError::NoEvidence { .. })));
        assert!(matches!(report(1, 2), Err(TasksError::OpenChildren { many: 2 })));
        assert!(report(1, 0).is_ok());
    }
}
