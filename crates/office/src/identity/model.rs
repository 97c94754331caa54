//! Accounts and the tokens that open them.

use data_encoding::BASE64URL_NOPAD;
use jiff::SignedDuration;
use kernel::id::{AccountId, PersonId};
use kernel::{Date, Timestamp};
use sha2::{Digest as _, Sha256};

use super::IdentityError;
use crate::words::ids;

/// Letters a password needs where there is no second factor (TCVN 14423:2026, \[report\]).
pub const SHORTEST_PASSWORD: usize = 14;
/// Wrong passwords until an account is locked.
pub const FAILURES_ALLOWED: i64 = 5;
/// How long it stays locked.
pub const LOCK: SignedDuration = SignedDuration::from_mins(15);
/// How long a session lives without a request.
pub const IDLE: SignedDuration = SignedDuration::from_mins(30);
/// How long a session lives at all.
pub const LONGEST_SESSION: SignedDuration = SignedDuration::from_hours(12);
/// How long a one-time link can be used.
pub const LINK_LIFE: SignedDuration = SignedDuration::from_hours(72);

ids! {
    /// A role given to an account.
    GrantId,
}

/// An account that signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// What is typed to sign in: lower case, no diacritics.
    pub login: String,
    /// The name in histories.
    pub name: String,
    /// The person behind it.
    pub person: Option<PersonId>,
    /// PHC text of the argon2id hash; none until the link was used.
    pub password_hash: Option<String>,
    /// Wrong passwords since the last right one.
    pub failures: i64,
    /// Locked until then.
    pub locked_until: Option<Timestamp>,
    /// The day from which it no longer signs in.
    pub stopped_on: Option<Date>,
    /// Counts changes, against concurrent edits.
    pub version: i64,
}

impl Account {
    /// Checks a login's letters.
    ///
    /// # Errors
    /// [`IdentityError::OddLogin`].
    pub fn parse_login(text: &str) -> Result<String, IdentityError> {
        let login = text.trim().to_lowercase();
        let fits = (2..=40).contains(&login.len())
            && login.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'.' || b == b'-');
        if fits { Ok(login) } else { Err(IdentityError::OddLogin) }
    }

    /// Counts a wrong password; locks at the fifth.
    pub fn fail(&mut self, now: Timestamp) {
        self.failures += 1;
        if self.failures >= FAILURES_ALLOWED {
            self.failures = 0;
            self.locked_until = now.checked_add(LOCK).ok();
        }
    }

    /// Whether it is locked now, and until when.
    #[must_use]
    pub fn locked(&self, now: Timestamp) -> Option<Timestamp> {
        self.locked_until.filter(|until| now < *until)
    }

    /// Whether it may not sign in any more.
    #[must_use]
    pub fn stopped(&self, today: Date) -> bool {
        self.stopped_on.is_some_and(|day| day <= today)
    }
}

/// A secret handed out once; only its hash is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// 256 random bits.
    #[must_use]
    pub fn fresh() -> Self {
        Self(BASE64URL_NOPAD.encode(&crate::keys::random_bytes()))
    }

    /// One that came back from outside.
    #[must_use]
    pub fn received(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// What to put into a cookie or a link.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is kept.
    #[must_use]
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account() -> Account {
        Account {
            id: AccountId::new(),
            login: "hoa".to_owned(),
            name: "Lò Thị Hoa".to_owned(),
            person: None,
            password_hash: None,
            failures: 0,
            locked_until: None,
            stopped_on: None,
            version: 1,
        }
    }

    #[test]
    fn the_fifth_wrong_password_locks_for_a_quarter_of_an_hour() {
        let (mut account, now) = (account(), "2026-11-23T01:00:00Z".parse().expect("an instant"));
        for _ in 0..4 {
            account.fail(now);
        }
        assert_eq!(account.locked(now), None);
        account.fail(now);
        assert_eq!(account.locked(now), Some(now + LOCK));
        assert_eq!(account.locked(now + LOCK), None);
    }

    #[test]
    fn a_login_has_no_diacritics_and_no_spaces() {
        assert_eq!(Account::parse_login(" Lo.Hoa ").expect("fits"), "lo.hoa");
        for odd in ["lò.hoa", "l", "lo hoa", "lo/hoa"] {
            assert!(matches!(Account::parse_login(odd), Err(IdentityError::OddLogin)), "{odd}");
        }
    }
}
