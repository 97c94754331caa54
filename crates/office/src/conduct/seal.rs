//! The boxes of this room: what only an inspector's key opens, what a key of a report opens, what a passphrase opens.
//!
//! A box to a public key is X25519 (RFC 7748) with a key pair made for this one box, SHA-256 over the shared point
//! and both public keys, then XChaCha20-Poly1305. Every box names its purpose as associated data, so that a box
//! of one kind or of one report is never taken for another. Texts are padded: the length of a box tells steps, not
//! letters. Why no ready-made crate, and what this does not protect against: docs/decisions/0037.

use argon2::Argon2;
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use curve25519_dalek::montgomery::MontgomeryPoint;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::keys::random_bytes;

const KEY: usize = 32;
const NONCE: usize = 24;
const SALT: usize = 32;
/// Texts are padded to whole steps of this many bytes.
const STEP: usize = 512;

/// A key that opens boxes; wiped when it is dropped.
#[derive(Clone)]
pub struct Secret(Zeroizing<[u8; KEY]>);

/// A key to which everybody may seal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Public(pub [u8; KEY]);

/// A fresh key for one report, or one private key.
#[must_use]
pub fn fresh() -> Secret {
    Secret(Zeroizing::new(random_bytes()))
}

impl Secret {
    /// From bytes that were sealed; none when there are not as many as a key has.
    #[must_use]
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        Some(Self(Zeroizing::new(bytes.try_into().ok()?)))
    }

    /// The bytes, to be sealed.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0[..]
    }

    /// The public half.
    #[must_use]
    pub fn public(&self) -> Public {
        Public(MontgomeryPoint::mul_base_clamped(*self.0).to_bytes())
    }
}

fn cipher(key: &[u8; KEY]) -> XChaCha20Poly1305 {
    XChaCha20Poly1305::new(&Key::from(*key))
}

fn nonce() -> [u8; NONCE] {
    random_bytes()[..NONCE].try_into().expect("32 bytes hold 24")
}

/// The point that two key pairs share (X25519): none when the other side's is one of the few that give every sender
/// the same.
fn shared_point(secret: &Secret, other: &Public) -> Option<Zeroizing<[u8; KEY]>> {
    let point = Zeroizing::new(MontgomeryPoint(other.0).mul_clamped(*secret.0).to_bytes());
    point.iter().any(|byte| *byte != 0).then_some(point)
}

/// The key of one box.
fn shared(secret: &Secret, other: &Public, (sender, recipient): (&Public, &Public)) -> Option<Zeroizing<[u8; KEY]>> {
    let point = shared_point(secret, other)?;
    let mut hasher = Sha256::new();
    hasher.update(b"thidua-conduct-box-1\n");
    hasher.update(&point[..]);
    hasher.update(sender.0);
    hasher.update(recipient.0);
    Some(Zeroizing::new(hasher.finalize().into()))
}

/// Seals to a public key: nobody opens it without the private one, not even who sealed it.
#[must_use]
pub fn seal(to: &Public, purpose: &str, plain: &[u8]) -> Vec<u8> {
    let once = fresh();
    let sender = once.public();
    // A recipient's key is made by this program; a damaged one gets a box that nobody opens.
    let key = shared(&once, to, (&sender, to)).unwrap_or_else(|| Zeroizing::new(random_bytes()));
    [&sender.0[..], &lock_bytes(&key, purpose, plain)].concat()
}

/// Opens what [`seal`] sealed to this key for this purpose; none for anything else.
#[must_use]
pub fn unseal(secret: &Secret, purpose: &str, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (sender, rest) = sealed.split_at_checked(KEY)?;
    let sender = Public(sender.try_into().ok()?);
    let key = shared(secret, &sender, (&sender, &secret.public()))?;
    unlock_bytes(&key, purpose, rest)
}

/// A box of the same size that nobody opens: stands where somebody must get none, so that nobody sees who.
#[must_use]
pub fn decoy(purpose: &str, plain: &[u8]) -> Vec<u8> {
    seal(&fresh().public(), purpose, plain)
}

/// Locks with a key that the holders share.
#[must_use]
pub fn lock(key: &Secret, purpose: &str, plain: &[u8]) -> Vec<u8> {
    lock_bytes(&key.0, purpose, plain)
}

/// Opens what [`lock`] locked with this key for this purpose.
#[must_use]
pub fn unlock(key: &Secret, purpose: &str, locked: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    unlock_bytes(&key.0, purpose, locked)
}

fn lock_bytes(key: &[u8; KEY], purpose: &str, plain: &[u8]) -> Vec<u8> {
    let nonce = nonce();
    let payload = Payload { msg: &padded(plain), aad: purpose.as_bytes() };
    let locked = cipher(key).encrypt(&XNonce::from(nonce), payload).expect("shorter than 256 gigabytes");
    [&nonce[..], &locked].concat()
}

fn unlock_bytes(key: &[u8; KEY], purpose: &str, locked: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, rest) = locked.split_at_checked(NONCE)?;
    let nonce: [u8; NONCE] = nonce.try_into().ok()?;
    let payload = Payload { msg: rest, aad: purpose.as_bytes() };
    let plain = Zeroizing::new(cipher(key).decrypt(&XNonce::from(nonce), payload).ok()?);
    unpadded(&plain)
}

/// A one byte mark behind the text, then zeros up to a whole step.
fn padded(plain: &[u8]) -> Zeroizing<Vec<u8>> {
    let length = (plain.len() + 1).next_multiple_of(STEP);
    let mut out = Zeroizing::new(Vec::with_capacity(length));
    out.extend_from_slice(plain);
    out.push(1);
    out.resize(length, 0);
    out
}

fn unpadded(padded: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let end = padded.iter().rposition(|byte| *byte != 0)?;
    (padded[end] == 1).then(|| Zeroizing::new(padded[..end].to_vec()))
}

/// The key that a receipt code is worth: 120 random bits need no slow function.
#[must_use]
pub fn key_of_code(code: &str) -> Secret {
    let mut hasher = Sha256::new();
    hasher.update(b"thidua-conduct-code-1\n");
    hasher.update(code.as_bytes());
    Secret(Zeroizing::new(hasher.finalize().into()))
}

fn derived(phrase: &str, salt: &[u8]) -> Secret {
    let mut key = Zeroizing::new([0; KEY]);
    let phrase = Zeroizing::new(kernel::text::nfc(phrase));
    let made = Argon2::default().hash_password_into(phrase.as_bytes(), salt, &mut *key);
    made.expect("the default parameters and a salt of 32 bytes are valid");
    Secret(key)
}

/// Locks a private key with a passphrase (argon2id). Slow on purpose.
#[must_use]
pub fn lock_with(phrase: &str, secret: &Secret) -> Vec<u8> {
    let salt = random_bytes();
    [&salt[..], &lock(&derived(phrase, &salt), "private-key", secret.as_bytes())].concat()
}

/// Opens a private key; none for a wrong passphrase. Slow on purpose.
#[must_use]
pub fn unlock_with(phrase: &str, locked: &[u8]) -> Option<Secret> {
    let (salt, rest) = locked.split_at_checked(SALT)?;
    Secret::from_slice(&unlock(&derived(phrase, salt), "private-key", rest)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_opens_with_its_key_for_its_purpose_and_with_nothing_else() {
        let (mine, other) = (fresh(), fresh());
        let sealed = seal(&mine.public(), "report:1", "nội dung".as_bytes());
        assert_eq!(unseal(&mine, "report:1", &sealed).expect("mine")[..], *"nội dung".as_bytes());
        assert!(unseal(&other, "report:1", &sealed).is_none(), "another's key");
        assert!(unseal(&mine, "report:2", &sealed).is_none(), "another report's box");
        for at in [0, 40, sealed.len() - 1] {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(unseal(&mine, "report:1", &changed).is_none(), "one bit at {at}");
        }
        assert!(unseal(&mine, "report:1", &sealed[..20]).is_none(), "cut short");
    }

    #[test]
    fn the_shared_point_is_that_of_the_standard() {
        // RFC 7748, section 6.1: both private keys, both public keys, and what they share.
        let hex = |text: &str| data_encoding::HEXLOWER.decode(text.as_bytes()).expect("hex");
        let key = |text: &str| Secret::from_slice(&hex(text)).expect("a key");
        let alice = key("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a");
        let bob = key("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb");
        let (of_alice, of_bob) = (alice.public(), bob.public());
        assert_eq!(of_alice.0[..], hex("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a")[..]);
        assert_eq!(of_bob.0[..], hex("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f")[..]);
        let point = hex("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");
        assert_eq!(shared_point(&alice, &of_bob).expect("a point")[..], point[..]);
        assert_eq!(shared_point(&bob, &of_alice).expect("a point")[..], point[..]);
    }

    #[test]
    fn a_box_to_a_point_that_all_share_is_opened_by_nobody() {
        let zero = Public([0; KEY]);
        let sealed = seal(&zero, "x", b"y");
        assert!(unseal(&fresh(), "x", &sealed).is_none());
        let forged = [&[0; KEY][..], &sealed[KEY..]].concat();
        assert!(unseal(&fresh(), "x", &forged).is_none());
    }

    #[test]
    fn the_length_of_a_box_tells_no_letters_and_a_decoy_looks_like_it() {
        let to = fresh().public();
        let sizes: Vec<usize> =
            ["", "a", &"b".repeat(400)].iter().map(|text| seal(&to, "x", text.as_bytes()).len()).collect();
        assert!(sizes.windows(2).all(|pair| pair[0] == pair[1]), "{sizes:?}");
        assert_eq!(decoy("x", b"abc").len(), sizes[0]);
        for text in [&b""[..], b"\0\0", b"abc\x01\0"] {
            assert_eq!(unpadded(&padded(text)).expect("ours")[..], *text);
        }
    }

    #[test]
    fn a_passphrase_opens_however_its_letters_are_composed_and_a_wrong_one_does_not() {
        let secret = fresh();
        let locked = lock_with("chè Tà Xùa mùa xuân", &secret);
        let typed = "che\u{300} Ta\u{300} Xu\u{300}a mu\u{300}a xuân";
        assert_eq!(unlock_with(typed, &locked).expect("the same letters").public(), secret.public());
        assert!(unlock_with("chè Tà Xùa mùa hè", &locked).is_none());
    }
}
