//! Decisions: drafted from what the council passed, numbered once, issued by somebody else than the
//! drafter; certificates anybody can verify; the register of awards; the money; corrections and revocation.
//!
//! A name gets onto a decision through the council or as an exception that says who allowed it and why.
//! Issuing is one transaction: the number, the lines, the nominations, the award records, the codes and the
//! ledger. Nothing issued is deleted: a line is corrected or revoked by two people, and its
//! history stays.
//!
//! Reading order: [`model`], [`service`] (draft, issue), [`exceptions`] (names that the council did not pass), [`amendments`] (what is proposed and put in force), [`changes`] (correct, revoke, pay), [`stocks`] (places on pre-printed paper), [`proof`] (codes and
//! signatures), [`naming`] (whose name and capacity), [`provisional`] (the money of a draft), [`papers`] (the documents), [`printing`] (who prints a certificate), [`queries`] (register, verification, statistics), [`past`] (the register of a past day).

pub mod amendments;
pub mod changes;
pub mod error;
pub mod exceptions;
pub mod model;
pub mod naming;
pub mod papers;
pub mod past;
pub mod printing;
pub mod proof;
pub mod provisional;
pub mod queries;
pub mod service;
pub mod stocks;
mod store;

pub use error::DecisionsError;
pub use model::{Decision, DecisionId, Line, LineId};
