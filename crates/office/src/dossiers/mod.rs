//! Dossiers of administrative procedures (TTHC), brought in from one-stop systems, and their figures.
//!
//! The room keeps what a figure needs: code, unit, procedure, days, channel, status, whether papers were
//! digitised, the rating. It never keeps who applied: a citizen's column is dropped while a row is read, and
//! a column that the mapping does not know is reported and dropped as well.
//!
//! Every number is a count of dossiers that the list shows under the same filter. Counts are kept ready in
//! `dossier_cells`, which change in the transaction of each batch of an import.
//!
//! Reading order: [`model`], [`mapping`] (what a source calls things), [`reading`] (a row becomes a
//! dossier), `quick` (the same for plain rows, faster), `opening` (a file from its header on),
//! [`decision`] (on time or not), [`figures`], [`counting`] (figures of a file without a database),
//! [`service`], [`answers`] (the public page), [`costs`], [`group766`], [`terms`] (days that move with the calendar), [`queries`].

pub mod answers;
pub mod costs;
pub mod counting;
pub mod decision;
pub mod error;
pub mod figures;
pub mod group766;
pub mod mapping;
pub mod model;
mod opening;
pub mod queries;
mod quick;
pub mod reading;
pub mod sample;
pub mod service;
mod store;
pub mod terms;

pub use error::DossiersError;
