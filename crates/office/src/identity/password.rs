//! Passwords: argon2id, away from the threads that answer requests.

use std::sync::{LazyLock, OnceLock};

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use tokio::sync::Semaphore;

use super::IdentityError;
use super::model::SHORTEST_PASSWORD;

/// Checks a new password by its length in letters and against the login.
pub fn check(password: &str, login: &str) -> Result<(), IdentityError> {
    if password.chars().count() < SHORTEST_PASSWORD {
        return Err(IdentityError::ShortPassword);
    }
    let first = password.chars().next();
    if password.to_lowercase().contains(login) || password.chars().all(|letter| Some(letter) == first) {
        return Err(IdentityError::WeakPassword);
    }
    Ok(())
}

/// The PHC text of a new hash.
pub async fn hash(password: String) -> String {
    on_worker(move || {
        Argon2::default().hash_password(password.as_bytes()).expect("the default parameters are valid").to_string()
    })
    .await
}

/// Whether the password fits the hash. Takes as long where there is none, so that time does not tell
/// which logins exist.
pub async fn fits(password: String, hash: Option<String>) -> bool {
    static NOBODY: OnceLock<String> = OnceLock::new();
    on_worker(move || {
        let known = hash.is_some();
        let hash = hash.unwrap_or_else(|| {
            let make =
                || Argon2::default().hash_password(b"nobody").expect("the default parameters are valid").to_string();
            NOBODY.get_or_init(make).clone()
        });
        Argon2::default().verify_password(password.as_bytes(), hash.as_str()).is_ok() && known
    })
    .await
}

/// A hash takes 19 MB: no more run at once than there are cores, so that a rush for the door waits instead
/// of filling the memory.
async fn on_worker<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    static TURNS: LazyLock<Semaphore> =
        LazyLock::new(|| Semaphore::new(std::thread::available_parallelism().map_or(1, usize::from)));
    let _turn = TURNS.acquire().await.expect("the turns are never closed");
    tokio::task::spawn_blocking(work).await.expect("hashing a password does not panic")
}
