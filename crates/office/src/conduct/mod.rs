//! Reports of harassment (phiền hà, nhũng nhiễu): confidential, walled off from their subject, the subject's unit,
//! and the administrator.
//!
//! A report comes in by a door without account and is followed by a receipt code. What it says is sealed to the
//! keys of the inspectors whom it does not concern; the reporter's identity is sealed apart, so that two of them
//! must open it together, with a reason. The database, its backups and the log hold only sealed boxes, days and
//! states: docs/decisions/0037 says what that protects against and what not. A substantiated report puts a hold
//! on a person's record. Nothing of this room is counted or searched anywhere else.
//!
//! Reading order: [`model`], [`decision`] (whom a report concerns, small cells), [`seal`], [`keyring`] (inspectors'
//! keys), [`intake`] and [`talk`] (the door), [`service`] (steps of an inspector), [`outcome`], [`unveiling`]
//! (the reporter's identity), [`figures`] (what is published), [`queries`].

pub mod decision;
pub mod error;
pub mod figures;
pub mod intake;
pub mod keyring;
pub mod model;
pub mod outcome;
pub mod queries;
pub mod seal;
pub mod service;
mod store;
pub mod talk;
pub mod unveiling;

pub use error::ConductError;
pub use keyring::Unlocked;
pub use model::{KeyId, ReportFileId, ReportId, UnveilingId};
