//! The ledger: who did what, when, on which ground; append-only and chained by hashes.
//!
//! Each entry is written in the transaction of the change it tells of. It names its subject by id and
//! carries the changed fields, but no personal data: names live outside, so that they can be erased;
//! where equality must be provable, a salted digest stands in. An entry's hash covers the entry and the
//! hash before it, and a checkpoint a day signs the newest hash, so that neither an altered entry nor a
//! cut end goes unseen. It does not protect against somebody who holds both the database and the key.
//!
//! Reading order: [`model`] (entries and their chain), [`service`] (record, checkpoint, verify),
//! [`queries`] (the auditor's page).

pub mod model;
pub mod queries;
pub mod service;
mod store;

pub use model::{Entry, NewEntry};
pub use service::record;
