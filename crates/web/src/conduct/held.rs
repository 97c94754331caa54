//! Keys that inspectors opened, in memory for some minutes: by session, never stored.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant};

use office::conduct::Unlocked;
use office::identity::Token;

use crate::here::Here;

/// So long after it was used last, a key is forgotten.
pub const KEPT: Duration = Duration::from_secs(10 * 60);

/// One process, whatever houses it serves: a session's token is random and belongs to one.
static HELD: LazyLock<Mutex<Held>> = LazyLock::new(Mutex::default);

type Held = HashMap<String, (Unlocked, Instant)>;

fn held<T>(work: impl FnOnce(&mut Held) -> T) -> T {
    let mut held = HELD.lock().unwrap_or_else(PoisonError::into_inner);
    held.retain(|_, (_, used)| used.elapsed() < KEPT);
    work(&mut held)
}

fn place(token: &Token) -> String {
    token.reveal().to_owned()
}

/// The key that this session opened, if it was used within [`KEPT`].
pub fn get(here: &Here) -> Option<Unlocked> {
    let place = place(here.visit.token.as_ref()?);
    held(|held| {
        let (key, used) = held.get_mut(&place)?;
        *used = Instant::now();
        Some(key.clone())
    })
}

/// Keeps a key that was opened, and forgets it in time even when nobody asks any more.
pub fn keep(here: &Here, key: Unlocked) {
    let Some(token) = &here.visit.token else { return };
    held(|held| held.insert(place(token), (key, Instant::now())));
    tokio::spawn(async {
        // Every opening looks once more: when this key was used meanwhile, until it no longer is.
        loop {
            tokio::time::sleep(KEPT).await;
            if held(|held| held.is_empty()) {
                return;
            }
        }
    });
}

/// Forgets the key of this session.
pub fn forget(here: &Here) {
    if let Some(token) = &here.visit.token {
        held(|held| held.remove(&place(token)));
    }
}
