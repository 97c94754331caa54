//! The movement: an office's plan as data, clause by clause, with its phases and its occasions for awards.
//!
//! A plan comes from `movements/<id>/plan.toml`. It is read once, with every fault named by line, and is then
//! true by construction: every clause has its parent, every day of the period is in one phase or in a declared gap.
//! The room knows no award law (that is the rule book) and no unit of the office (that is `organization`): a plan
//! only names who answers for a clause, in its own words.
//!
//! Reading order: [`clause_id`], [`kinds`], [`model`], `plan_file` (how a file is read, on `plan_table` and `plan_check`), [`error`],
//! [`indicators`] (what the targets are measured by, from `indicators.toml` beside the plan).

pub mod clause_id;
pub mod error;
pub mod indicators;
mod indicators_file;
pub mod kinds;
pub mod model;
mod plan_check;
mod plan_file;
mod plan_table;

pub use clause_id::ClauseId;
pub use error::{Fault, PlanFault};
pub use indicators::{Amount, PlannedIndicator};
pub use kinds::{Kind, LaunchLevel, Stage, Work};
pub use model::{Basis, Clause, Gap, Launcher, Occasion, Phase, PhaseAnswer, Plan, Review, Signer, Unit};
