//! Due days of all rooms: what a change of the calendar moves, what is coming, and what moved before.
//!
//! A day that is announced or withdrawn is kept in one transaction with every open term that it moves, and
//! the ledger holds the old and the new day of each. Terms that are over stay as they were. The room keeps no
//! term itself: each room tells its own (`awards::terms`) and moves them when asked.
//!
//! A room with due days of its own joins in [`service`] (moving) and [`queries`] (what is coming).
//!
//! Reading order: [`model`], [`decision`] (where a term moves), [`service`], [`queries`].

pub mod decision;
pub mod error;
pub mod model;
pub mod queries;
pub mod service;
mod store;

pub use error::DeadlinesError;
