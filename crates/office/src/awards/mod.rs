//! Awards: campaigns, nominations, eligibility, caps, consultation.
//!
//! A campaign belongs to an occasion of the plan and lets in only the forms that law, plan and guidance
//! allow. A head nominates; what the record knows is evaluated by the rule book and shown with its
//! citations; what it does not know, a person settles by a statement that is kept. At submission the
//! nominee's facts and the answer are frozen. The room decides nothing about a vote (that is the
//! council's) and issues nothing (that is the decisions').
//!
//! Reading order: [`model`] (states and transitions), [`decision`] (caps, what may be done when; `caps` counts them),
//! [`eligibility`] (facts to answer), [`service`], [`review`] (return, attest, overrule, consult),
//! [`outcomes`] (what council, decision and higher
//! level make of a nomination), [`terms`] (how long opinions are taken), [`adoptions`] (local rules and confirmations),
//! [`launching`] (who launched the movement), [`reevaluation`] (what changed since it was frozen, and why), [`past`] (as it stood on a past day),
//! [`plan_gate`] (a plan that is handed over beside facts), [`progress`] (how far a campaign has come), [`whatif`] (everybody for every form), [`queries`].

mod admission;
pub mod adoptions;
pub mod again;
mod caps;
mod causes;
mod compare;
pub mod decision;
pub mod eligibility;
pub mod error;
pub mod launching;
pub mod model;
pub mod outcomes;
mod paperwork;
pub mod past;
pub mod plan_gate;
pub mod progress;
pub mod queries;
pub mod reevaluation;
pub mod review;
pub mod service;
mod store;
pub mod terms;
pub mod whatif;
pub mod works;

pub use causes::Cause;
pub use error::AwardsError;
pub use model::{Campaign, CampaignId, Nomination, NominationId};
