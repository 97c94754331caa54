//! Initiatives: from the idea to the fact for the rule book, and from there to the units that take it over.
//!
//! An initiative is written by its authors with the effect they measured, handed in, reviewed, and recognised
//! or refused by a decision. On recognition it becomes an entry of `records` in the same transaction, under
//! the same id: there is one truth, and what is pending counts nowhere. How far its effect reaches is a second
//! decision with its own number and day. What others take over is confirmed by them, never by the unit it
//! comes from. A model is public while every author consents.
//!
//! The room knows no campaign and no award; which award an initiative serves is the `awards` room's.
//!
//! Reading order: [`model`], [`content`] (what its authors write), [`similarity`] (pure), [`decision`],
//! [`service`] (writing, handing in), [`deciding`] (review and the two decisions), [`likeness`] (near copies),
//! [`replication`], [`library`] (models for everybody), [`settings`], [`queries`], [`counts`].

pub mod content;
pub mod counts;
pub mod deciding;
pub mod decision;
pub mod error;
pub mod library;
mod library_store;
pub mod likeness;
mod likeness_store;
pub mod model;
pub mod papers;
pub mod queries;
pub mod replication;
mod replication_store;
pub mod service;
pub mod settings;
pub mod similarity;
mod store;

pub use crate::records::model::InitiativeId;
pub use error::InitiativesError;
pub use model::{InitiativeFileId, ReplicationId};
