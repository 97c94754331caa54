//! The book of the reward fund: what comes in, from where; the bonuses paid and the other expenses of the
//! movement; what was planned; the balance of each year, until the year is closed.
//!
//! Bonuses are never typed here: they are read from the lines of issued decisions, on the day they were paid.
//! Everything else is an entry with its document. Nothing written is changed or deleted: an entry that is
//! wrong is reversed by a counter-entry that names it. The book judges no purpose and no source: which law
//! lets the fund pay for what, it does not know (decision 27).
//!
//! Reading order: [`model`] (entries, a closed year), [`decision`] (the book of a year, what may be written),
//! [`promised`] (planned beside paid), [`service`], [`queries`].

pub mod decision;
pub mod error;
pub mod model;
pub mod promised;
pub mod queries;
pub mod service;
mod store;

pub use error::FundError;
pub use model::{Entry, EntryId};
