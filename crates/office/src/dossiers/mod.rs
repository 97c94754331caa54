//! Dossiers of administrative procedures (TTHC), brought in from one-stop systems, and their figures.
//!
//! The room keeps what a figure needs: code, unit, procedure, days, channel, status, whether papers were
//! digitised, the rating. It never keeps who applied: a citizen's column is dropped while a row is read, and
//! a column that the mapping does not know is reported and dropped as well.
//!
//! Every number is a count of dossiers that the list shows under the same filter. Counts are kept ready in
//! `dossier_tallies`, which changes in the transaction of each batch of an import.
//!
//! Reading order: [`model`], [`mapping`] (what a source calls things), [`reading`] (a row becomes a
//! dossier), [`decision`] (on time or not), [`figures`], [`service`], [`queries`].

pub mod decision;
pub mod error;
pub mod figures;
pub mod mapping;
pub mod model;
pub mod queries;
pub mod reading;
pub mod sample;
pub mod service;
mod store;

pub use error::DossiersError;
