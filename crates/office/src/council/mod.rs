//! The council: members by decision, meetings, conflicts, the secret ballot, minutes.
//!
//! A meeting takes the accepted nominations of a campaign as its motions. Conflicts are computed and
//! declared; who has one gets no say on that motion and learns nothing of its totals. The ballot is one
//! sheet for the whole list: casting marks the member and re-randomises every counter of the box, so that
//! nothing that is stored tells who chose what (`docs/decisions/0012-secret-ballot.md`). Only two tellers
//! together open the box; then the key is destroyed and the totals are frozen with a digest in the ledger.
//! The room does not know how an award is issued.
//!
//! Reading order: [`model`], [`decision`] (conflicts, thresholds, what is printed), [`ballot`] (the
//! counters), [`service`] (meetings), [`voting`] (open, cast, close), [`queries`], [`minutes`],
//! [`tally_sheet`].

pub mod ballot;
pub mod decision;
pub mod error;
pub mod minutes;
pub mod model;
pub mod queries;
pub mod service;
mod store;
pub mod tally_sheet;
pub mod voting;

pub use error::CouncilError;
pub use model::{CouncilId, MeetingId, MemberId, MotionId};
