//! Backups: a whole house in one file, the same for both engines, and back into an empty one.
//!
//! A backup is a ZIP that any program opens: `manifest.json`, `tables/<name>.jsonl` (one row a line),
//! `files/<sha-256>` and, unless they are left out, `keys/`. All tables are read in one transaction of a
//! running house; files are kept under their digest and never change, so they are copied afterwards.
//! What is not in it, on purpose: open ballots (secrecy, decision 12), sessions and one-time links (a
//! restored house must not open old doors). Decision 17 says why.
//!
//! Reading order: [`manifest`], [`create`], [`verify`], [`restore`].

pub mod create;
mod error;
pub mod manifest;
pub mod restore;
mod rows;
pub mod verify;

pub use error::BackupError;
pub use manifest::Manifest;
