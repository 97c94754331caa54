//! A queue before a door through which finished work goes in: whoever comes too fast from one address keeps what is
//! written and is told when the turn comes, without a script or a puzzle.
//!
//! So many go in at once, then one a second; whoever is beyond that has a place of his own that waits for him, and
//! nobody overtakes. How many went in from one address on a day is counted and ends somewhere. Of an address only a
//! hash with a secret of this process is held, in memory, until the day is over. Numbers and reasons:
//! docs/decisions/0016.

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::convert::Infallible;
use std::hash::BuildHasher as _;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use kernel::Date;
use tower_governor::key_extractor::KeyExtractor as _;

use crate::here::Visit;
use crate::pace::Caller;

/// When those are beyond whom one door lets in at once, one goes in in this time.
const ONE_IN: Duration = Duration::from_secs(1);
/// Of so many addresses a line is held before those that wait for nothing and sent little are forgotten.
const MOST_LINES: usize = 100_000;

/// Whether somebody goes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    /// Now.
    Now,
    /// After so many seconds.
    After(u64),
    /// As many went in from this address today as may.
    Tomorrow,
}

/// The queue before one door.
pub(crate) struct Queue {
    caller: Caller,
    at_once: u32,
    a_day: u32,
    secret: RandomState,
    lines: Mutex<Lines>,
}

#[derive(Default)]
struct Lines {
    day: Option<Date>,
    by_address: HashMap<u64, Line>,
}

/// Who comes from one address.
struct Line {
    /// How many went in or have a place today.
    today: u32,
    /// When all places that were given away are over.
    free_at: Instant,
    /// What waits, and when its turn comes.
    waiting: HashMap<u64, Instant>,
}

impl Queue {
    /// An empty queue; `behind_proxy` as in [`office::House`].
    pub(crate) fn new(behind_proxy: bool, at_once: u32, a_day: u32) -> Self {
        let (secret, lines) = (RandomState::new(), Mutex::default());
        Self { caller: Caller::new(behind_proxy), at_once, a_day, secret, lines }
    }

    /// Whose turn it is: `what` came from an address. Whoever was given a place keeps it.
    fn turn(&self, address: u64, what: u64, today: Date, now: Instant) -> Turn {
        let mut lines = self.lines.lock().unwrap_or_else(PoisonError::into_inner);
        if lines.day != Some(today) {
            // Whoever waits over midnight takes a new place; what was written is kept all the same.
            *lines = Lines { day: Some(today), by_address: HashMap::new() };
        }
        if lines.by_address.len() >= MOST_LINES {
            let at_once = self.at_once;
            lines.by_address.retain(|_, line| !line.waiting.is_empty() || line.today > at_once);
        }
        let empty = || Line { today: 0, free_at: now, waiting: HashMap::new() };
        let line = lines.by_address.entry(address).or_insert_with(empty);
        let after = |turn: Instant| turn.saturating_duration_since(now);
        let seconds = |turn| after(turn).as_millis().div_ceil(1000).try_into().unwrap_or(u64::MAX);
        if let Some(&turn) = line.waiting.get(&what) {
            if after(turn) > Duration::ZERO {
                return Turn::After(seconds(turn));
            }
            line.waiting.remove(&what);
            return Turn::Now;
        }
        if line.today >= self.a_day {
            return Turn::Tomorrow;
        }
        line.today += 1;
        line.free_at = line.free_at.max(now) + ONE_IN;
        let turn = line.free_at.checked_sub(ONE_IN * self.at_once).unwrap_or(now);
        if after(turn) == Duration::ZERO {
            return Turn::Now;
        }
        line.waiting.insert(what, turn);
        Turn::After(seconds(turn))
    }
}

/// Lets everybody through to the handler, and tells it whose turn it is.
pub(crate) async fn queue(State(queue): State<Arc<Queue>>, mut request: Request, next: Next) -> Response {
    let today = request.extensions().get::<Visit>().map(|visit| visit.today);
    if let (Some(today), Ok(caller)) = (today, queue.caller.extract(&request)) {
        let address = queue.secret.hash_one(caller);
        let what = queue.secret.hash_one(request.uri().path());
        let turn = queue.turn(address, what, today, Instant::now());
        request.extensions_mut().insert(turn);
    }
    next.run(request).await
}

impl<S: Send + Sync> FromRequestParts<S> for Turn {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get().copied().unwrap_or(Self::Now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    const TODAY: Date = date(2026, 11, 23);

    #[test]
    fn whoever_comes_too_fast_has_a_place_of_his_own_and_keeps_it() {
        let queue = Queue::new(false, 2, 100);
        let start = Instant::now();
        let turn = |what, after| queue.turn(1, what, TODAY, start + Duration::from_millis(after));
        assert_eq!([turn(1, 0), turn(2, 0)], [Turn::Now, Turn::Now]);
        assert_eq!([turn(3, 0), turn(4, 0), turn(5, 0)], [Turn::After(1), Turn::After(2), Turn::After(3)]);
        assert_eq!(turn(5, 100), Turn::After(3), "asking again gives no other place");
        assert_eq!([turn(4, 1500), turn(3, 1500)], [Turn::After(1), Turn::Now], "in the order in which they came");
        assert_eq!(turn(6, 1500), Turn::After(3), "nobody overtakes");
        assert_eq!([turn(4, 2000), turn(5, 3000), turn(6, 4000)], [Turn::Now; 3]);
        assert_eq!([turn(7, 60_000), turn(8, 60_000)], [Turn::Now, Turn::Now], "after a rest as at the beginning");
        assert_eq!(queue.turn(2, 1, TODAY, start), Turn::Now, "another address has a line of its own");
    }

    #[test]
    fn a_day_has_an_end_and_the_next_one_begins_anew() {
        let queue = Queue::new(false, 10, 3);
        let now = Instant::now();
        for what in 0..3 {
            assert_eq!(queue.turn(1, what, TODAY, now), Turn::Now);
        }
        assert_eq!(queue.turn(1, 3, TODAY, now), Turn::Tomorrow);
        assert_eq!(queue.turn(2, 3, TODAY, now), Turn::Now, "another address");
        assert_eq!(queue.turn(1, 3, date(2026, 11, 24), now), Turn::Now);
    }
}
