//! What was worked out from the record, kept until the record changes.
//!
//! Every change writes the ledger in its own transaction, so the number of its newest entry names the state of the
//! record, whichever program wrote it. What one page worked out after an entry is right for the next one that asks
//! for the same before there is another. It is kept for `LONGEST` at most, for what hangs on the hour; and
//! for an actor with these very grants on this very day.

use std::any::{Any, TypeId};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use kernel::Date;

use crate::db::StoreError;
use crate::{Ctx, ledger};

/// How long something is kept although nothing changed.
const LONGEST: Duration = Duration::from_secs(60);
/// How much is kept at most: more than a busy office asks for between two changes.
const MOST: usize = 1_000;

/// The newest entry and the day.
type Stamp = (i64, Date);
type Key = (TypeId, String);

/// The shelf of a house. Another program over the same database has one of its own.
#[derive(Default)]
pub struct Kept(Mutex<Shelf>);

#[derive(Default)]
struct Shelf {
    stamp: Option<Stamp>,
    found: HashMap<Key, (Instant, Arc<dyn Any + Send + Sync>)>,
}

impl Kept {
    fn get<T: Send + Sync + 'static>(&self, stamp: Stamp, key: &Key) -> Option<Arc<T>> {
        let shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, found) = shelf.found.get(key).filter(|_| shelf.stamp == Some(stamp))?;
        if since.elapsed() > LONGEST {
            return None;
        }
        Arc::clone(found).downcast().ok()
    }

    fn put<T: Send + Sync + 'static>(&self, stamp: Stamp, key: Key, value: Arc<T>) {
        let mut shelf = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if shelf.stamp != Some(stamp) || shelf.found.len() >= MOST {
            // Whoever read an older state and was slow only empties the shelf.
            shelf.found.clear();
            shelf.stamp = Some(stamp);
        }
        shelf.found.insert(key, (Instant::now(), value));
    }
}

impl Ctx<'_> {
    /// What `work` finds for this actor, or what it found since the record last changed. `name` tells one question
    /// from another of the same type. Holds no transaction; `work` opens its own.
    ///
    /// # Errors
    /// What `work` or the store says.
    pub async fn kept<T, E>(&self, name: &str, work: impl Future<Output = Result<T, E>>) -> Result<Arc<T>, E>
    where
        T: Send + Sync + 'static,
        E: From<StoreError>,
    {
        // Read before the work begins: what changes meanwhile makes the answer newer than its stamp, never older.
        let stamp = (ledger::queries::newest(&self.house.db).await?, self.today());
        let key = (TypeId::of::<T>(), format!("{name}\n{:?}", self.actor));
        if let Some(found) = self.house.kept.get(stamp, &key) {
            return Ok(found);
        }
        let made = Arc::new(work.await?);
        self.house.kept.put(stamp, key, Arc::clone(&made));
        Ok(made)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> Key {
        (TypeId::of::<i32>(), name.to_owned())
    }

    #[test]
    fn what_was_found_is_gone_with_the_next_entry_and_on_the_next_day() {
        let (kept, day) = (Kept::default(), kernel::Date::constant(2026, 9, 30));
        kept.put((7, day), key("a"), Arc::new(1));
        assert_eq!(kept.get::<i32>((7, day), &key("a")).as_deref(), Some(&1));
        assert_eq!(kept.get::<i32>((7, day), &key("b")), None, "another question");
        assert_eq!(kept.get::<i32>((8, day), &key("a")), None, "another entry");
        assert_eq!(kept.get::<i32>((7, day.tomorrow().expect("a day")), &key("a")), None, "another day");
        kept.put((8, day), key("b"), Arc::new(2));
        assert_eq!(kept.get::<i32>((7, day), &key("a")), None);
        assert_eq!(kept.get::<i32>((8, day), &key("a")), None, "the shelf was emptied");
    }

    #[test]
    fn no_more_is_kept_than_fits() {
        let (kept, day) = (Kept::default(), kernel::Date::constant(2026, 9, 30));
        for number in 0..=MOST {
            kept.put((1, day), key(&number.to_string()), Arc::new(1));
        }
        assert_eq!(kept.0.lock().expect("whole").found.len(), 1);
    }
}
