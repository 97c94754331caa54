//! The calendar: what notices say about single days, laid over the file that ships; the closing hour.
//!
//! An administrator enters each day of a notice with the document that fixes it. A withdrawn one stays on
//! record and no longer counts. A counter in the database changes with every entry: a program that finds it
//! changed reads the calendar anew, so that all programs over one database count alike. The room moves no
//! term; that is [`crate::deadlines`]'s work, in the same transaction.
//!
//! Whoever computes a due day to be kept takes the calendar from [`queries::hold`], inside its transaction:
//! then no notice comes in between.
//!
//! Reading order: [`model`], [`decision`] (what may be entered), [`service`], [`queries`].

pub mod decision;
pub mod error;
pub mod model;
pub mod queries;
pub mod service;
mod store;

pub use error::CalendarError;
pub use model::{Announcement, AnnouncementId, NewAnnouncement};
