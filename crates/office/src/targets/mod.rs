//! Targets: the indicators that measure the plan's targets, their values by unit and period, where they stand on
//! the way to the movement's last year.
//!
//! An indicator is read live from the record by one of a closed list of formulas, or entered by units: draft,
//! handed in, approved by the head, then the period is approved for the whole Office. What was approved is locked;
//! only the upper level opens it again. No data is not zero: a unit that has not reported is named and not
//! averaged. The room knows no awards.
//!
//! Reading order: [`period`], [`model`] (indicator, definition, value), [`figures`] (how values come together),
//! [`progress`] (the published method), [`forecast`], [`measures`] (the formulas), [`service`] (define),
//! [`entry`] and [`approval`] (values), [`telling`] (figures as of a day), [`queries`].

pub mod approval;
pub mod entry;
pub mod error;
pub mod figures;
pub mod forecast;
pub mod measures;
pub mod model;
pub mod period;
pub mod progress;
pub mod queries;
pub mod service;
mod store;
pub mod telling;

pub use error::TargetsError;
pub use model::{IndicatorId, ValueFileId, ValueId};
pub use period::ReportPeriod;

pub use crate::movements::indicators::{
    Accumulation, Amount, Baseline, Counting, Direction, Frequency, Measure, Nature, RollUp, Scope,
};
