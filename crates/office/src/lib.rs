//! The rooms: what the office does, with its SQL; no HTTP, no HTML.
//!
//! Rooms stand on steps and use rooms on lower steps only, through their `service` and `queries`:
//! ledger · history · organization · calendar · identity · records · movements · programmes · tasks ·
//! dossiers · enterprises · inspections · petitions · dialogues · conduct · awards · council · decisions ·
//! submissions · fund · deadlines.
//! Every room has the same plan of files (`docs/STYLE.md`); [`council`] shows it in full.

pub mod attachments;
pub mod audit;
pub mod awards;
pub mod backup;
pub mod calendar;
pub mod conduct;
pub mod council;
pub mod ctx;
pub mod db;
pub mod deadlines;
pub mod decisions;
pub mod demo;
pub mod dialogues;
pub mod dossiers;
pub mod enterprises;
pub mod fund;
pub mod history;
pub mod identity;
pub mod import;
pub mod initiatives;
pub mod inspections;
pub mod kept;
pub mod keys;
pub mod ledger;
pub mod movements;
pub mod newsroom;
pub mod notices;
pub mod organization;
pub mod petitions;
pub mod programmes;
pub mod records;
pub mod submissions;
pub mod targets;
pub mod tasks;
mod words;

pub use ctx::{Ctx, Denied, House};
pub use db::StoreError;
