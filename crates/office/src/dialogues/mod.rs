//! Dialogues with enterprises: agenda, invitations, questions beforehand, attendance, minutes, commitments, the
//! published result.
//!
//! Minutes are a draft until they are frozen; only who attended proposes amendments, and each is taken or declined
//! before the minutes are frozen. Nothing of a frozen dialogue changes any more but what the public reads of it. A
//! commitment is a task of the room `tasks` and stands on the agenda of every later dialogue until it is done. A
//! question may become a petition of the room `petitions`. Guests from outside hold a code, of which only a digest
//! is kept. The room does not know who petitions about what.
//!
//! Reading order: [`model`], [`service`] (planned, held, called off), [`guests`] and [`registration`], [`questions`],
//! [`minutes`], [`commitments`], [`publication`], [`settings`], [`queries`], [`paper`].

pub mod commitments;
pub mod error;
pub mod guests;
pub mod minutes;
pub mod model;
pub mod paper;
pub mod publication;
pub mod queries;
pub mod questions;
pub mod registration;
pub mod service;
pub mod settings;
mod store;

pub use error::DialoguesError;
pub use model::{AmendmentId, DialogueId, GuestId, ItemId, QuestionId};
