//! Petitions (phản ánh, kiến nghị): sent at the public portal or taken in on behalf of the sender, sorted,
//! routed, answered, signed, published; followed by a receipt code.
//!
//! What came in is a [`Letter`](model::Letter), kept as it was written; what is handled is a
//! [`Petition`](model::Petition), of which one letter may have several. Complaints (khiếu nại) and
//! accusations (tố cáo) are handed over and not handled here; an accusation is locked away, and only how
//! many there are can still be read. How long things may take is `rulepacks/petitions/petitions.clocks.toml`.
//! The room does not know what an award is made of, and sends no mail.
//!
//! Reading order: [`states`] (and the steps between them), [`model`], [`decision`] (rules of clocks, likeness, what must not be
//! published), [`clocks`] (the file of rules), [`drafts`] (the portal), [`intake`] (letters), [`routing`],
//! [`answering`] and [`templates`], [`sender`] (who holds the code), [`obstacles`] (several about the same), [`terms`] (due days that run), [`service`] (what all of
//! these share), [`queries`], [`public`], [`figures`].

pub mod answering;
mod clock_store;
pub mod clocks;
pub mod decision;
pub mod drafts;
pub mod error;
pub mod figures;
mod inbox_store;
pub mod intake;
pub mod model;
pub mod notify;
mod obstacle_store;
pub mod obstacles;
pub mod paper;
pub mod public;
mod publication_store;
pub mod queries;
pub mod routing;
pub mod sender;
pub mod service;
pub mod states;
mod store;
mod template_store;
pub mod templates;
pub mod terms;

pub use error::PetitionsError;
pub use model::{LetterId, PetitionId};
