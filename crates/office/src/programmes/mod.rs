//! Programmes: the launch of the movement to the units, each unit's own programme with the lines that hang on
//! clauses of the plan, the share of units that have one, and the covenants that clusters of units sign.
//!
//! A programme is written by its unit, approved by somebody else, and then stands; what changes afterwards is
//! a new version that is approved again, and the old one stays readable. What happened to it is kept as
//! events, so that the list can be read as it stood on any day. The room does not know tasks or figures of
//! the record: a line says what a unit has promised, not what it did.
//!
//! Reading order: [`model`], [`decision`] (standing on a day, coverage, differences), [`launches`] (send, open,
//! remind), [`service`] (write, submit, return, approve, amend), [`covenants`] (draw up, sign, change),
//! [`queries`] (lists and details), [`papers`] (the documents).

pub mod covenants;
pub mod decision;
pub mod error;
pub mod launches;
pub mod model;
pub mod papers;
pub mod queries;
pub mod service;
mod store;

pub use decision::Coverage;
pub use error::ProgrammesError;
pub use model::{CovenantId, LaunchId, ProgrammeId};
