//! Records: what is known of a person, a unit or an enterprise, year by year.
//!
//! Ratings with their revisions, awards held, initiatives with authors, disciplines, holds, achievements
//! with their clause of the plan, results in the movement. A wrong entry is not overwritten: a corrected
//! rating is a new revision, an award is revoked, a hold released. The room tells *not known* from *known
//! to be none*: a register is complete from a day on only when somebody has declared it. It weighs
//! nothing: what the facts mean is the rule book's.
//!
//! Reading order: [`model`], [`service`] (ratings, awards, achievements, results, registers),
//! [`initiatives`], [`holds`] (disciplines and holds), [`facts`] (what the rule book is asked with),
//! [`drafting`] (a first text of achievements), [`queries`], [`tallies`] (numbers for other rooms), [`import`] (awards
//! of earlier years from a sheet).

pub mod drafting;
pub mod error;
mod everybody;
pub mod facts;
pub mod holds;
pub mod import;
pub mod initiatives;
mod known;
pub mod model;
pub mod queries;
pub mod service;
mod store;
pub mod tallies;

pub use error::RecordsError;
pub use facts::{Asked, Sourced};
