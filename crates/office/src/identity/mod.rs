//! Identity: accounts, sign-in, sessions and the grants that say what an account may do.
//!
//! No default password exists. The first account comes from a one-time link printed at the first start;
//! later ones from links an administrator hands over. A link and a session are kept as SHA-256 of a
//! random token, so a copy of the database opens nothing. The room does not know what a permission is
//! used for.
//!
//! Reading order: [`model`], [`service`] (sign in and out, invite, accept), [`accounts`] (keeping
//! accounts and grants), [`tokens`] (access tokens for programs), [`queries`].

pub mod accounts;
pub mod error;
pub mod model;
mod password;
pub mod queries;
pub mod service;
mod store;
pub mod tokens;

pub use error::IdentityError;
pub use model::{Account, Token};
