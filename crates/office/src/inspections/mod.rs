//! Inspections: visits that are planned, held or called off, what was found, who mends it by which day, and
//! the evidence with which an inspector closes it.
//!
//! A visit hangs on a clause and goes to a unit. A finding belongs to the unit, and where named the person, that
//! answers for it; it is closed by an inspector who does not answer for it. The room knows no tasks.
//!
//! Reading order: [`model`], [`service`] (plan, hold, find, close), [`queries`].

pub mod error;
pub mod model;
pub mod queries;
pub mod service;
mod store;

pub use error::InspectionsError;
pub use model::{FindingFileId, FindingId, InspectionId};
