//! Entries and the chain they form.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use kernel::id::AccountId;
use kernel::{Actor, Timestamp};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

/// The hash of an entry, or of the beginning: 32 zero bytes.
pub type Hash = [u8; 32];

/// An entry that is about to be written.
#[derive(Debug, Clone, Serialize)]
pub struct NewEntry {
    /// When it happened, in microseconds.
    pub at: Timestamp,
    /// The account that did it; none for the program itself or a visitor.
    pub account: Option<AccountId>,
    /// What kind of actor: `account`, `program` or `visitor`.
    pub actor: &'static str,
    /// What was done: `room.verb`.
    pub action: &'static str,
    /// The kind of thing it was done to.
    pub subject: &'static str,
    /// Which of them.
    pub subject_id: String,
    /// The clause of the plan or the citation of the law it rests on.
    pub ground: Option<String>,
    /// What changed, by field; no personal data.
    pub fields: BTreeMap<&'static str, String>,
}

impl NewEntry {
    /// An entry by this actor, without ground or fields yet.
    #[must_use]
    pub fn new(
        at: Timestamp,
        actor: &Actor,
        action: &'static str,
        subject: &'static str,
        id: impl std::fmt::Display,
    ) -> Self {
        let kind = match (actor.program, actor.account) {
            (true, _) => "program",
            (false, Some(_)) => "account",
            (false, None) => "visitor",
        };
        Self {
            at,
            account: actor.account,
            actor: kind,
            action,
            subject,
            subject_id: id.to_string(),
            ground: None,
            fields: actor.through.iter().map(|token| ("via_token", token.name.clone())).collect(),
        }
    }

    /// Rests it on a clause or a citation; on none when it is empty.
    #[must_use]
    pub fn ground(mut self, ground: impl Into<String>) -> Self {
        self.ground = Some(ground.into()).filter(|ground| !ground.is_empty());
        self
    }

    /// Adds a changed field. Never personal data: give [`crate::keys::Keys::digest`] of it instead.
    #[must_use]
    pub fn set(mut self, field: &'static str, value: impl std::fmt::Display) -> Self {
        self.fields.insert(field, value.to_string());
        self
    }
}

/// An entry as it stands in the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Its place: 1, 2, 3, … without gaps.
    pub seq: i64,
    /// When it happened.
    pub at: Timestamp,
    /// The account that did it.
    pub account: Option<AccountId>,
    /// What kind of actor.
    pub actor: String,
    /// What was done.
    pub action: String,
    /// The kind of thing it was done to.
    pub subject: String,
    /// Which of them.
    pub subject_id: String,
    /// The clause or citation it rests on.
    pub ground: Option<String>,
    /// What changed, by field.
    pub fields: BTreeMap<String, String>,
    /// The hash of the entry before it.
    #[serde(skip)]
    pub previous: Hash,
    /// Its own hash.
    #[serde(skip)]
    pub hash: Hash,
}

/// A row in the place of an entry that holds what no entry holds: fields that are no JSON, a moment that is none, a
/// hash of another length. Nothing of ours writes such a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Its place.
    pub seq: i64,
    /// What cannot be read, in words.
    pub what: String,
}

impl Entry {
    /// Chains a new entry to the one before it.
    #[must_use]
    pub fn chain(new: NewEntry, seq: i64, previous: Hash) -> Self {
        let mut entry = Self {
            seq,
            at: new.at,
            account: new.account,
            actor: new.actor.to_owned(),
            action: new.action.to_owned(),
            subject: new.subject.to_owned(),
            subject_id: new.subject_id,
            ground: new.ground,
            fields: new.fields.into_iter().map(|(field, value)| (field.to_owned(), value)).collect(),
            previous,
            hash: [0; 32],
        };
        entry.hash = entry.expected_hash();
        entry
    }

    /// The hash this content must have: SHA-256 over a domain word, the hash before and the canonical
    /// JSON of the entry (fields in the order of this struct, keys of `fields` sorted, no spaces).
    #[must_use]
    pub fn expected_hash(&self) -> Hash {
        let content = serde_json::to_vec(self).expect("an entry holds nothing that JSON cannot say");
        let mut hasher = Sha256::new();
        hasher.update(b"thidua-ledger-1\n");
        hasher.update(self.previous);
        hasher.update(content);
        hasher.finalize().into()
    }
}

/// A walk along the chain, entry by entry; it says at once where it breaks.
pub struct Chain {
    seq: i64,
    hash: Hash,
    checkpoints: Vec<Checkpoint>,
}

impl Chain {
    /// Stands before the first entry.
    #[must_use]
    pub fn new(checkpoints: Vec<Checkpoint>) -> Self {
        Self { seq: 0, hash: [0; 32], checkpoints }
    }

    /// The place of the last entry.
    #[must_use]
    pub fn seq(&self) -> i64 {
        self.seq
    }

    /// Takes the next entry.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn add(&mut self, entry: &Entry) -> Result<(), Verification> {
        if entry.seq != self.seq + 1 {
            return Err(Verification::broken(self.seq + 1, format!("thiếu mục số {}", self.seq + 1)));
        }
        if entry.previous != self.hash {
            return Err(Verification::broken(entry.seq, "không nối với mục đứng trước".to_owned()));
        }
        if entry.expected_hash() != entry.hash {
            return Err(Verification::broken(entry.seq, "nội dung đã bị sửa".to_owned()));
        }
        (self.seq, self.hash) = (entry.seq, entry.hash);
        let signed = self.checkpoints.iter().find(|point| point.seq == entry.seq && point.hash != entry.hash);
        match signed {
            Some(point) => Err(Verification::broken(entry.seq, format!("khác với điểm chốt đã ký ngày {}", point.day))),
            None => Ok(()),
        }
    }

    /// Takes a row that is no entry: the chain ends before it, or before the entry that is missing in front of it.
    #[must_use]
    pub fn meet(&self, row: &Unreadable) -> Verification {
        if row.seq == self.seq + 1 {
            return Verification::broken(row.seq, row.what.clone());
        }
        Verification::broken(self.seq + 1, format!("thiếu mục số {}", self.seq + 1))
    }

    /// Ends the walk: the head must be its last entry and signed by us, the checkpoints ours and within it.
    #[must_use]
    pub fn end(self, head: &Head, is_ours: impl Fn(&[u8], &[u8]) -> bool) -> Verification {
        let signed = head.seq == 0 || head.is_signed(&is_ours);
        let found = self.end_unsigned(head, is_ours);
        if found.ok && !signed {
            let what = format!("chữ ký của đầu chuỗi không đúng: sau mục {} có thể đã có mục bị cắt", head.seq);
            return Verification::broken(head.seq + 1, what);
        }
        found
    }

    /// The same for a ledger from before its head was signed.
    #[must_use]
    pub fn end_unsigned(self, head: &Head, is_ours: impl Fn(&[u8], &[u8]) -> bool) -> Verification {
        let Self { seq, hash, checkpoints } = self;
        for point in &checkpoints {
            if !is_ours(&Checkpoint::message(point.day, point.seq, &point.hash), &point.signature) {
                let what = format!("chữ ký của điểm chốt ngày {} không đúng", point.day);
                return Verification::broken(point.seq, what);
            }
            if point.seq > seq {
                let what = format!("nhật ký bị cắt: điểm chốt ngày {} đã ký đến mục {}", point.day, point.seq);
                return Verification::broken(seq + 1, what);
            }
        }
        if (head.seq, head.hash) != (seq, hash) {
            return Verification::broken(seq + 1, format!("nhật ký bị cắt: đầu chuỗi ghi đến mục {}", head.seq));
        }
        Verification { entries: seq, ok: true, first_broken: None, what: None }
    }
}

/// What a walk along the chain found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// How many entries were read.
    pub entries: i64,
    /// Whether all of them hold together.
    pub ok: bool,
    /// The first entry that does not.
    pub first_broken: Option<i64>,
    /// What is wrong there, in words.
    pub what: Option<String>,
}

impl Verification {
    pub(super) fn broken(seq: i64, what: String) -> Self {
        Self { entries: seq, ok: false, first_broken: Some(seq), what: Some(what) }
    }
}

/// The structure of the database in which the head is signed for the first time.
pub const HEADS_SIGNED: i64 = 36;

/// The end of the chain, as the database tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The newest entry; 0 before the first.
    pub seq: i64,
    /// Its hash.
    pub hash: Hash,
    /// The house's signature over the two; none where nothing has been written since heads are signed.
    pub signature: Option<Vec<u8>>,
}

impl Head {
    /// What is signed with every entry.
    #[must_use]
    pub fn message(seq: i64, hash: &Hash) -> Vec<u8> {
        [format!("thidua-head-1\n{seq}\n").as_bytes(), hash].concat()
    }

    /// Whether its signature is ours.
    #[must_use]
    pub fn is_signed(&self, is_ours: impl Fn(&[u8], &[u8]) -> bool) -> bool {
        self.signature.as_ref().is_some_and(|signature| is_ours(&Self::message(self.seq, &self.hash), signature))
    }

    /// How far the ledger had come, as it is kept beside the keys: place and hash.
    #[must_use]
    pub fn mark(&self) -> String {
        format!("{} {}\n", self.seq, HEXLOWER.encode(&self.hash))
    }

    /// Place and hash of a mark; none for what is none.
    #[must_use]
    pub fn read_mark(text: &str) -> Option<(i64, Hash)> {
        let (seq, hash) = text.trim_end().split_once(' ')?;
        Some((seq.parse().ok()?, HEXLOWER.decode(hash.as_bytes()).ok()?.try_into().ok()?))
    }
}

/// A checkpoint: the newest hash of a day, signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The day it closes.
    pub day: kernel::Date,
    /// The newest entry then.
    pub seq: i64,
    /// Its hash.
    pub hash: Hash,
    /// The house's signature over the three.
    pub signature: Vec<u8>,
}

impl Checkpoint {
    /// What is signed.
    #[must_use]
    pub fn message(day: kernel::Date, seq: i64, hash: &Hash) -> Vec<u8> {
        [format!("thidua-checkpoint-1\n{day}\n{seq}\n").as_bytes(), hash].concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(seq: i64, previous: Hash) -> Entry {
        let at = "2026-11-23T01:00:00Z".parse().expect("an instant");
        let new = NewEntry::new(at, &Actor::program("test"), "unit.add", "unit", 7).set("code", "TCHCQT");
        Entry::chain(new, seq, previous)
    }

    #[test]
    fn a_changed_field_changes_the_hash() {
        let mut changed = entry(1, [0; 32]);
        changed.fields.insert("code".to_owned(), "KT".to_owned());
        assert_ne!(changed.expected_hash(), changed.hash);
    }

    #[test]
    fn an_entry_moved_to_another_place_does_not_fit() {
        let mut moved = entry(1, [0; 32]);
        moved.seq = 2;
        assert_ne!(moved.expected_hash(), moved.hash);
    }

    #[test]
    fn the_chain_hangs_on_the_entry_before() {
        assert_ne!(entry(1, [0; 32]).hash, entry(1, [1; 32]).hash);
    }
}
