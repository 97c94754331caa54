//! Organization: units with periods of validity, people and their posts, who the enterprises are.
//!
//! Nothing is deleted: a unit is closed or merged from a day on, a post ends, and every list is asked
//! for a day. A person is known by the staff code, never by the name: two people may share one. The
//! room does not know what anybody did or was rewarded for; that is the record's. What is known of an
//! enterprise and done for it is the room `enterprises`.
//!
//! Reading order: [`model`], [`units`], [`people`], [`outsiders`], [`enterprises`] (use cases), [`queries`] (lists
//! and details), [`import`] (people from a sheet, with its template) and [`export`].

pub mod enterprises;
pub mod error;
pub mod export;
pub mod import;
pub mod model;
pub mod outsiders;
pub mod people;
pub mod queries;
mod store;
pub mod units;

pub use error::OrganizationError;
pub use model::{Enterprise, EnterpriseId, Person, Post, Recipient, UnitView};
