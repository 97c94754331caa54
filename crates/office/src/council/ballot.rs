//! The counters of a ballot box: exponential ElGamal over Ristretto.
//!
//! A counter holds `m` votes as `(r·G, r·P + m·G)`. Adding a vote and re-randomising need only the public
//! key `P`, and a counter that was only re-randomised cannot be told from one that got a vote. Opening
//! needs the private key and a search over the few possible totals. Method: Cramer, Gennaro, Schoenmakers,
//! "A secure and optimally efficient multi-authority election scheme", 1997.

use argon2::Argon2;
use chacha20poly1305::aead::{Aead as _, KeyInit as _};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use curve25519_dalek::constants::RISTRETTO_BASEPOINT_TABLE as G;
use curve25519_dalek::ristretto::{CompressedRistretto, RistrettoPoint};
use curve25519_dalek::scalar::Scalar;
use curve25519_dalek::traits::Identity as _;
use zeroize::Zeroizing;

use super::CouncilError;
use crate::keys::random_bytes;

/// The least letters of a teller's passphrase.
pub const SHORTEST_PASSPHRASE: usize = 12;

const NONCE: usize = 24;
const SALT: usize = 32;

/// The key that everybody may know: votes are added with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublicKey(RistrettoPoint);

/// The key that opens counters; it lives only while a box is made or opened.
pub struct SecretKey(Zeroizing<[u8; 32]>);

/// One encrypted counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counter {
    first: RistrettoPoint,
    second: RistrettoPoint,
}

fn random_scalar() -> Scalar {
    let wide: [u8; 64] = [random_bytes(), random_bytes()].concat().try_into().expect("twice 32 bytes");
    Scalar::from_bytes_mod_order_wide(&wide)
}

fn point(bytes: &[u8], what: &'static str) -> Result<RistrettoPoint, CouncilError> {
    CompressedRistretto::from_slice(bytes)
        .ok()
        .and_then(|point| point.decompress())
        .ok_or(CouncilError::BrokenBox(what))
}

/// A fresh pair of keys.
#[must_use]
pub fn keys() -> (PublicKey, SecretKey) {
    let secret = random_scalar();
    (PublicKey(G * &secret), SecretKey(Zeroizing::new(secret.to_bytes())))
}

impl PublicKey {
    /// As it is kept.
    #[must_use]
    pub fn to_bytes(self) -> [u8; 32] {
        self.0.compress().to_bytes()
    }

    /// As it was kept.
    ///
    /// # Errors
    /// [`CouncilError::BrokenBox`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CouncilError> {
        point(bytes, "khóa công khai").map(Self)
    }
}

impl Counter {
    /// No votes.
    #[must_use]
    pub fn empty(key: PublicKey) -> Self {
        Self { first: RistrettoPoint::identity(), second: RistrettoPoint::identity() }.shaken(key)
    }

    fn shaken(self, key: PublicKey) -> Self {
        let r = random_scalar();
        Self { first: self.first + G * &r, second: self.second + key.0 * r }
    }

    /// One vote more or none, under fresh randomness, with the same work for both: how long it takes
    /// tells nothing.
    #[must_use]
    pub fn next(self, key: PublicKey, vote: bool) -> Self {
        Self { first: self.first, second: self.second + G * &Scalar::from(u64::from(vote)) }.shaken(key)
    }

    /// As it is kept.
    #[must_use]
    pub fn to_bytes(self) -> ([u8; 32], [u8; 32]) {
        (self.first.compress().to_bytes(), self.second.compress().to_bytes())
    }

    /// As it was kept.
    ///
    /// # Errors
    /// [`CouncilError::BrokenBox`].
    pub fn from_bytes(first: &[u8], second: &[u8]) -> Result<Self, CouncilError> {
        Ok(Self { first: point(first, "bộ đếm")?, second: point(second, "bộ đếm")? })
    }

    /// The votes in it, of which there can be no more than `most`.
    ///
    /// # Errors
    /// [`CouncilError::BrokenBox`] when no such total fits.
    pub fn open(self, key: &SecretKey, most: u32) -> Result<u32, CouncilError> {
        let secret = Scalar::from_bytes_mod_order(*key.0);
        let votes = self.second - self.first * secret;
        let mut total = RistrettoPoint::identity();
        for count in 0..=most {
            if total == votes {
                return Ok(count);
            }
            total += G * &Scalar::ONE;
        }
        Err(CouncilError::BrokenBox("tổng số phiếu"))
    }
}

/// Seals the secret key to two passphrases, both of which are needed to open it.
///
/// # Errors
/// A short passphrase.
pub fn seal(secret: &SecretKey, first: &str, second: &str) -> Result<Vec<u8>, CouncilError> {
    if [first, second].iter().any(|phrase| phrase.chars().count() < SHORTEST_PASSPHRASE) {
        return Err(CouncilError::ShortPassphrase { least: SHORTEST_PASSPHRASE });
    }
    let inner = seal_once(&secret.0[..], first)?;
    seal_once(&inner, second)
}

/// Opens what [`seal`] sealed; says whose passphrase is wrong.
///
/// # Errors
/// [`CouncilError::WrongFirst`] and [`CouncilError::WrongSecond`]; the sealed bytes stay as they are.
pub fn unseal(sealed: &[u8], first: &str, second: &str) -> Result<SecretKey, CouncilError> {
    let inner = unseal_once(sealed, second)?.ok_or(CouncilError::WrongSecond)?;
    let secret = unseal_once(&inner, first)?.ok_or(CouncilError::WrongFirst)?;
    let bytes: [u8; 32] = secret.as_slice().try_into().map_err(|_| CouncilError::BrokenBox("khóa"))?;
    Ok(SecretKey(Zeroizing::new(bytes)))
}

fn derive(phrase: &str, salt: &[u8]) -> Result<Zeroizing<[u8; 32]>, CouncilError> {
    let mut key = Zeroizing::new([0; 32]);
    let phrase = kernel::text::nfc(phrase);
    let made = Argon2::default().hash_password_into(phrase.as_bytes(), salt, &mut *key);
    made.map_err(|_| CouncilError::BrokenBox("khóa"))?;
    Ok(key)
}

fn cipher(key: &[u8; 32]) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&Key::from(*key))
}

fn seal_once(plain: &[u8], phrase: &str) -> Result<Vec<u8>, CouncilError> {
    let (salt, noise) = (random_bytes(), random_bytes());
    let nonce: [u8; NONCE] = noise[..NONCE].try_into().expect("32 bytes hold 24");
    let key = derive(phrase, &salt)?;
    let sealed = cipher(&key).encrypt(&XNonce::from(nonce), plain).map_err(|_| CouncilError::BrokenBox("khóa"))?;
    Ok([&salt[..], &nonce, &sealed].concat())
}

fn unseal_once(sealed: &[u8], phrase: &str) -> Result<Option<Zeroizing<Vec<u8>>>, CouncilError> {
    let broken = || CouncilError::BrokenBox("khóa");
    let (salt, rest) = sealed.split_at_checked(SALT).ok_or_else(broken)?;
    let (nonce, sealed) = rest.split_at_checked(NONCE).ok_or_else(broken)?;
    let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| broken())?;
    let key = derive(phrase, salt)?;
    Ok(cipher(&key).decrypt(&XNonce::from(nonce), sealed).ok().map(Zeroizing::new))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FIRST: &str = "trà xanh Mộc Châu";
    const SECOND: &str = "nắng sớm Tà Xùa";

    #[test]
    fn a_box_counts_what_was_put_in() {
        let (public, secret) = keys();
        let mut counter = Counter::empty(public);
        for vote in [true, false, true, true, false] {
            counter = counter.next(public, vote);
        }
        assert_eq!(counter.open(&secret, 5).expect("opens"), 3);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn every_row_of_ballots_comes_out_as_it_went_in(ballots in proptest::collection::vec(0..5_usize, 0..12)) {
            let (public, secret) = keys();
            let mut counters = [Counter::empty(public); 5];
            for ballot in &ballots {
                for (choice, counter) in counters.iter_mut().enumerate() {
                    *counter = counter.next(public, choice == *ballot);
                }
            }
            for (choice, counter) in counters.iter().enumerate() {
                let went_in = ballots.iter().filter(|ballot| **ballot == choice).count();
                prop_assert_eq!(counter.open(&secret, 12).expect("opens") as usize, went_in);
            }
        }
    }

    #[test]
    fn a_counter_changes_entirely_whether_it_got_the_vote_or_not() {
        let (public, _) = keys();
        let counter = Counter::empty(public);
        let (first, second) = counter.to_bytes();
        for next in [counter.next(public, true), counter.next(public, false)] {
            let (next_first, next_second) = next.to_bytes();
            assert!(first != next_first && second != next_second);
        }
    }

    #[test]
    fn both_tellers_are_needed_and_the_wrong_one_is_named() {
        let (public, secret) = keys();
        let sealed = seal(&secret, FIRST, SECOND).expect("long enough");
        assert!(matches!(unseal(&sealed, "sai cụm mật khẩu", SECOND), Err(CouncilError::WrongFirst)));
        assert!(matches!(unseal(&sealed, FIRST, "sai cụm mật khẩu"), Err(CouncilError::WrongSecond)));
        let opened = unseal(&sealed, FIRST, SECOND).expect("both are right");
        assert_eq!(Counter::empty(public).next(public, true).open(&opened, 3).expect("opens"), 1);
    }

    #[test]
    fn a_counter_and_a_key_come_back_as_they_were_kept() {
        let (public, secret) = keys();
        let counter = Counter::empty(public).next(public, true);
        let (first, second) = counter.to_bytes();
        let kept = Counter::from_bytes(&first, &second).expect("ours");
        let key = PublicKey::from_bytes(&public.to_bytes()).expect("ours");
        assert_eq!(kept.next(key, true).open(&secret, 2).expect("opens"), 2);
    }

    #[test]
    fn a_total_that_cannot_be_is_refused() {
        let (public, secret) = keys();
        let counter = Counter::empty(public).next(public, true).next(public, true);
        assert!(matches!(counter.open(&secret, 1), Err(CouncilError::BrokenBox(_))));
    }
}
