//! Submissions: what the council passed and a higher level decides, followed from level to level.
//!
//! A submission is one *tờ trình* with the nominations it carries. It lies at one level of its route since a
//! day; that level may ask for a supplement (then its time begins anew), pass it on, refuse it, or, at the
//! end of the route, decide. What is granted goes into the record of awards in the same transaction.
//!
//! Reading order: [`model`] (where it may lie, what may follow), [`service`], [`queries`].

pub mod error;
pub mod model;
pub mod queries;
pub mod service;
mod store;

pub use error::SubmissionsError;
pub use model::{Submission, SubmissionId};
