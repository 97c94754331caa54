//! The newsroom: the public column "Thông tin khen thưởng" that the plan gives to the Information Centre (VI.2,
//! third dash), with stories of exemplary people and good models (II.6, V.2), and the open data of awards.
//!
//! A story is written by one, approved by another, published at once or at an hour; afterwards it is corrected with
//! a note that everybody reads, withdrawn, or archived. A person that a story is about has agreed on record, or it
//! is not shown; consent withdrawn hides it at once. Which awards there are is read from the decisions: the room
//! copies none. It decides about no award.
//!
//! Reading order: [`model`] (states, who may be shown), [`decision`] (what must not stand in a text), [`service`]
//! (write, submit, approve, correct, withdraw), [`subjects`] (consent), [`pictures`], [`queries`] (inside),
//! [`public`] (what everybody reads), [`open_data`].

pub mod decision;
pub mod error;
pub mod model;
pub mod open_data;
pub mod pictures;
pub mod public;
pub mod queries;
pub mod service;
mod store;
pub mod subjects;

pub use error::NewsroomError;
pub use model::{CorrectionId, PictureId, StoryId, SubjectId};
