//! The calendar of a program that runs: the file that ships, and over it what the database holds now.

use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use super::{ListedDay, WorkCalendar};

/// A calendar that can be exchanged while others read it. Copies of it are the same one.
#[derive(Debug, Clone)]
pub struct RunningCalendar {
    shipped: Arc<WorkCalendar>,
    current: Arc<RwLock<(i64, Arc<WorkCalendar>)>>,
    looked: Arc<Mutex<Option<Instant>>>,
}

impl RunningCalendar {
    /// The calendar that ships, with nothing over it: version 0.
    #[must_use]
    pub fn new(shipped: WorkCalendar) -> Self {
        let shipped = Arc::new(shipped);
        let current = Arc::new(RwLock::new((0, Arc::clone(&shipped))));
        Self { shipped, current, looked: Arc::default() }
    }

    /// The calendar as it stands now; it stays the same for whoever holds it.
    #[must_use]
    pub fn current(&self) -> Arc<WorkCalendar> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner).1)
    }

    /// The version of what lies over the file.
    #[must_use]
    pub fn version(&self) -> i64 {
        self.current.read().unwrap_or_else(PoisonError::into_inner).0
    }

    /// The file with these days over it, not yet in force.
    #[must_use]
    pub fn with(&self, announced: impl IntoIterator<Item = ListedDay>) -> WorkCalendar {
        self.shipped.announced(announced)
    }

    /// Puts a newer calendar in force; an older one than stands already is let go.
    pub fn replace(&self, version: i64, calendar: Arc<WorkCalendar>) {
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        if current.0 < version {
            *current = (version, calendar);
        }
    }

    /// Whether nobody looked for a newer version for so long; whoever is told yes looks now.
    #[must_use]
    pub fn is_time_to_look(&self, every: Duration) -> bool {
        let mut looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        let due = looked.is_none_or(|at| at.elapsed() >= every);
        if due {
            *looked = Some(Instant::now());
        }
        due
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::DayKind;
    use jiff::civil::date;

    fn monday_off() -> ListedDay {
        ListedDay {
            day: date(2026, 12, 14),
            name: "Nghỉ".to_owned(),
            kind: DayKind::SwapOff,
            source: "1/TB".to_owned(),
            number: None,
            awaited: false,
        }
    }

    fn running() -> RunningCalendar {
        let shipped =
            WorkCalendar::parse(include_str!("../../../../calendars/vn.csv")).expect("the calendar that ships");
        RunningCalendar::new(shipped)
    }

    #[test]
    fn a_copy_sees_the_newer_calendar_and_an_older_one_changes_nothing() {
        let running = running();
        let copy = running.clone();
        let held = copy.current();
        running.replace(2, Arc::new(running.with([monday_off()])));
        running.replace(1, Arc::new(running.with([])));
        assert!(!copy.current().is_working(date(2026, 12, 14)));
        assert_eq!(copy.version(), 2);
        assert!(held.is_working(date(2026, 12, 14)), "what was taken before stays as it was");
    }

    #[test]
    fn only_the_first_of_many_looks() {
        let running = running();
        let told = (0..5).filter(|_| running.clone().is_time_to_look(Duration::from_secs(3600))).count();
        assert_eq!(told, 1);
    }
}
