//! The house's own keys: one Ed25519 pair signs the ledger's head, its checkpoints and certificate codes.
//!
//! The private key is a file in the data folder that only the program's user may read. Whoever has the
//! public key can check a signature without asking us.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use data_encoding::{Encoding, HEXLOWER, Specification};
use ed25519_dalek::{Signature, Signer as _, SigningKey, Verifier as _, VerifyingKey};
use rand::Rng as _;

/// The files of a house's keys, in the folder `keys` of its data.
pub const KEY_FILES: [&str; 2] = ["signing.key", "salt.key"];

/// The signing pair, and a salt for digests of personal data.
#[derive(Clone)]
pub struct Keys {
    signing: SigningKey,
    salt: [u8; 32],
    folder: PathBuf,
}

/// The file beside the keys that remembers how far the ledger had come.
const MARK: &str = "ledger.mark";

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Keys({})", self.public_hex())
    }
}

impl Keys {
    /// Reads the keys of a data folder; makes them on the first start.
    ///
    /// # Errors
    /// When the folder cannot be read or written, or a key file is damaged.
    pub fn open(data_dir: &Path) -> std::io::Result<Self> {
        let folder = data_dir.join("keys");
        std::fs::create_dir_all(&folder)?;
        Ok(Self {
            signing: SigningKey::from_bytes(&secret(&folder.join(KEY_FILES[0]))?),
            salt: secret(&folder.join(KEY_FILES[1]))?,
            folder,
        })
    }

    /// What was last written down beside the keys, outside of the database; none before the first time.
    ///
    /// # Errors
    /// When the file is there and cannot be read.
    pub fn mark(&self) -> std::io::Result<Option<String>> {
        match std::fs::read_to_string(self.folder.join(MARK)) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            other => other.map(Some),
        }
    }

    /// Writes it down beside the keys; a stop in between leaves the mark that was there.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn set_mark(&self, mark: &str) -> std::io::Result<()> {
        let new = self.folder.join("ledger.mark.new");
        let mut file = std::fs::File::create(&new)?;
        file.write_all(mark.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(new, self.folder.join(MARK))
    }

    /// Signs a message.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.signing.sign(message).to_bytes()
    }

    /// Whether the signature over the message is ours.
    #[must_use]
    pub fn is_ours(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature)
            .is_ok_and(|signature| self.signing.verifying_key().verify(message, &signature).is_ok())
    }

    /// The public key in hex, to be published.
    #[must_use]
    pub fn public_hex(&self) -> String {
        HEXLOWER.encode(self.signing.verifying_key().as_bytes())
    }

    /// Reads the keys that are in this folder; makes none.
    ///
    /// # Errors
    /// When one is missing or damaged.
    pub fn read(folder: &Path) -> std::io::Result<Self> {
        for name in KEY_FILES {
            std::fs::metadata(folder.join(name))?;
        }
        Ok(Self {
            signing: SigningKey::from_bytes(&secret(&folder.join(KEY_FILES[0]))?),
            salt: secret(&folder.join(KEY_FILES[1]))?,
            folder: folder.to_owned(),
        })
    }

    /// A digest by which equality of personal data can be proved without showing it.
    #[must_use]
    pub fn digest(&self, personal: &str) -> String {
        use sha2::{Digest as _, Sha256};
        let mut hasher = Sha256::new();
        hasher.update(self.salt);
        hasher.update(personal.as_bytes());
        HEXLOWER.encode(&hasher.finalize())
    }
}

/// Whether the signature over the message was made with the key whose public half is given in hex.
#[must_use]
pub fn is_signed_by(public_hex: &str, message: &[u8], signature: &[u8]) -> bool {
    let key = HEXLOWER.decode(public_hex.as_bytes()).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
    let key = key.and_then(|bytes| VerifyingKey::from_bytes(&bytes).ok());
    match (key, Signature::from_slice(signature)) {
        (Some(key), Ok(signature)) => key.verify(message, &signature).is_ok(),
        _ => false,
    }
}

/// 32 random bytes from the operating system.
#[must_use]
pub fn random_bytes() -> [u8; 32] {
    let mut bytes = [0; 32];
    rand::rng().fill_bytes(&mut bytes);
    bytes
}

/// Letters that are not mistaken for each other when read aloud or typed.
static READABLE: LazyLock<Encoding> = LazyLock::new(|| {
    let mut specification = Specification::new();
    specification.symbols.push_str("0123456789ABCDEFGHJKMNPQRSTVWXYZ");
    specification.encoding().expect("32 different letters")
});

/// A fresh code of 120 random bits, in groups of four: `7K3M-P2QX-…`.
#[must_use]
pub fn fresh_code() -> String {
    let text = READABLE.encode(&random_bytes()[..15]);
    let groups: Vec<&str> = (0..text.len()).step_by(4).map(|at| &text[at..at + 4]).collect();
    groups.join("-")
}

/// A code as somebody typed it, brought to the form in which it is kept; none for what cannot be one.
#[must_use]
pub fn tidy_code(text: &str) -> Option<String> {
    let letters: String = text
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '-')
        .map(|letter| match letter.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .collect();
    let known = letters.len() == 24 && letters.bytes().all(|b| b.is_ascii_alphanumeric());
    let groups: Vec<&str> = (0..24).step_by(4).filter_map(|at| letters.get(at..at + 4)).collect();
    known.then(|| groups.join("-"))
}

fn secret(file: &Path) -> std::io::Result<[u8; 32]> {
    match std::fs::read_to_string(file) {
        Ok(text) => {
            HEXLOWER.decode(text.trim().as_bytes()).ok().and_then(|bytes| bytes.try_into().ok()).ok_or_else(|| {
                std::io::Error::other(format!("tệp khóa {} bị hỏng; khôi phục từ bản sao lưu", file.display()))
            })
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let bytes = random_bytes();
            let mut options = std::fs::OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let mut opened = options.open(file)?;
            opened.write_all(HEXLOWER.encode(&bytes).as_bytes())?;
            opened.sync_all()?;
            Ok(bytes)
        }
        Err(error) => Err(error),
    }
}
