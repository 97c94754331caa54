//! Tasks: what a unit and its people do for a clause of the plan, by which day, with which evidence, and who
//! accepted it.
//!
//! A task hangs on a clause. It is assigned, reported as done with evidence, then returned with a reason or
//! accepted by somebody who did none of it. The first due day stays for ever: whether a task was early, on
//! time or late is measured by it, however often the day was moved. The room knows neither targets nor
//! inspections; others ask [`queries::stood_on`] how many tasks stood where on a day.
//!
//! Reading order: [`model`], [`history`], [`decision`] (roll-up, standing on a day, days that recur), [`service`]
//! (assign to accept), [`changes`] (edit, move the due day), [`recurring`], [`import`], [`feed`] (an address for calendars),
//! [`queries`], `standing` (where tasks stood on a day).

pub mod changes;
pub mod decision;
pub mod error;
pub mod feed;
pub mod history;
pub mod import;
pub mod model;
pub mod notify;
pub mod queries;
pub mod recurring;
pub mod service;
mod standing;
mod store;

pub use error::TasksError;
pub use model::{SeriesId, TaskFileId, TaskId};
