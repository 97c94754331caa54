//! Enterprises: the register of enterprises, cooperatives, household businesses and associations by tax code,
//! and what the Office does for them.
//!
//! An entry is a row of the room `organization` (who it is) with a [`Profile`](model::Profile) (what is known
//! of it). A double is merged into the entry that stays: nothing is moved or deleted, everything that hangs on
//! the double is read with the other, and the merge can be undone. Support, connections between enterprises,
//! and conversions (household → enterprise, small → large) are dated events on a clause of the plan; a mistaken
//! one is withdrawn with a reason and stays in the history. What petitions an enterprise sent and what it was
//! awarded belong to rooms above and to the record; the page brings them together.
//!
//! Reading order: [`model`], [`decision`] (how things are counted), [`service`] (entries), [`merging`] (doubles),
//! [`support`], [`connections`], [`conversions`], [`queries`], [`import`] and [`export`].

pub mod connections;
pub mod conversions;
pub mod decision;
pub mod error;
mod event_store;
pub mod export;
pub mod import;
pub mod merging;
pub mod model;
pub mod queries;
pub mod service;
mod store;
pub mod support;

pub use error::EnterprisesError;
pub use model::{ConnectionId, ConversionId, SupportId};
