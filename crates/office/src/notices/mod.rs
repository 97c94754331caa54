//! Notices: what somebody should know, in the house and by mail.
//!
//! A notice is raised inside the transaction of the change that causes it, so that neither exists without the other,
//! and only once for a key. Mail goes to an address its owner confirmed, in working hours, without names or contents:
//! it says that something waits and where. What could not be sent waits and is tried again with growing pauses.
//! Conduct reports raise no notice at all.
//!
//! The room knows no other: who raises says whom it concerns and where it leads.
//!
//! Reading order: [`model`], [`decision`] (pauses, hours), [`service`] (raise, read), [`choices`] (address, kinds,
//! unsubscribe), [`mailing`] (what is sent).

pub mod choices;
pub mod decision;
pub mod error;
pub mod mailing;
pub mod model;
pub mod queries;
pub mod service;
mod store;

pub use error::NoticesError;
pub use model::{NewNotice, NoticeId, NoticeKind, To};
