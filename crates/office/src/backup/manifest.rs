//! What a backup says about itself.

use serde::{Deserialize, Serialize};

/// The word by which a backup is known, with the version of its form.
pub const FORM: &str = "thidua-backup-1";
/// Where the manifest lies in the container.
pub const MANIFEST: &str = "manifest.json";
/// Tables whose rows never go into a backup: open ballots, sessions, one-time links, access tokens.
pub const LEFT_OUT: [&str; 6] =
    ["access_tokens", "ballot_boxes", "ballot_counters", "ballot_marks", "invitations", "sessions"];

/// What is in a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// [`FORM`].
    pub form: String,
    /// When it was made, RFC 3339.
    pub made_at: String,
    /// The program that made it.
    pub program: String,
    /// The engine it came from: `sqlite` or `postgres`; any may take it.
    pub engine: String,
    /// The version of the structure.
    pub schema: i64,
    /// The end of the ledger.
    pub ledger: Head,
    /// The house's public key, by which checkpoints and certificates are checked.
    pub public_key: String,
    /// Whether the private key files are inside.
    pub has_keys: bool,
    /// Tables whose rows were left out.
    pub left_out: Vec<String>,
    /// How many secret ballots were open; they must be held again after a restore.
    pub open_ballots: i64,
    /// The tables with their columns and number of rows.
    pub tables: Vec<TableLine>,
    /// Every other entry of the container.
    pub parts: Vec<Part>,
    /// What was wrong in the house when this was made: attachments that are gone or damaged.
    pub faults: Vec<String>,
}

/// The end of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// How many entries.
    pub entries: i64,
    /// The hash of the last one, in hex.
    pub hash: String,
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableLine {
    /// Its name.
    pub name: String,
    /// Its columns, in the order of the cells of a row.
    pub columns: Vec<String>,
    /// How many rows.
    pub rows: i64,
}

/// A part: an entry of the container.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Its name in the container.
    pub name: String,
    /// Its size, unpacked.
    pub bytes: u64,
    /// SHA-256 of its bytes, unpacked, in hex.
    pub sha256: String,
}

impl TableLine {
    /// Where its rows lie in the container.
    #[must_use]
    pub fn part(&self) -> String {
        format!("tables/{}.jsonl", self.name)
    }
}

/// Whether a part's name is one that we write; anything else never touches a disk.
#[must_use]
pub fn is_ours(name: &str) -> bool {
    let plain = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    match name.split_once('/') {
        Some(("tables", rest)) => rest.strip_suffix(".jsonl").is_some_and(plain),
        Some(("keys", rest)) => rest.strip_suffix(".key").is_some_and(plain),
        Some(("files", rest)) => is_digest(rest),
        _ => false,
    }
}

/// Whether a word is a SHA-256 in lower-case hex.
#[must_use]
pub fn is_digest(word: &str) -> bool {
    word.len() == 64 && word.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_leaves_the_folder_is_not_ours() {
        for odd in ["files/../../etc/passwd", "keys/../signing.key", "tables/a/b.jsonl", "/etc/passwd", "files/AB"] {
            assert!(!is_ours(odd), "{odd}");
        }
        assert!(is_ours("tables/people.jsonl") && is_ours("keys/signing.key"));
        assert!(is_ours(&format!("files/{}", "0a".repeat(32))));
    }
}
