//! The ledger: who did what, when, on which ground; append-only and chained by hashes.
//!
//! Each entry is written in the transaction of the change it tells of. It names its subject by id and
//! carries the changed fields, but no personal data: names live outside, so that they can be erased;
//! where equality must be provable, a salted digest stands in. An entry's hash covers the entry and the
//! hash before it; the house signs the newest hash with every entry, once a day for good (a checkpoint), and keeps
//! beside its keys how far the ledger had come. So neither an altered entry goes unseen nor a cut end, nor a whole
//! older database put in the place of the newer one. It does not protect against somebody who holds both the
//! database and the keys.
//!
//! Reading order: [`model`] (entries and their chain), [`service`] (record, checkpoint, verify),
//! [`queries`] (the auditor's page).

pub mod model;
pub mod queries;
pub mod service;
mod store;

pub use model::{Entry, NewEntry};
pub use service::record;
