//! Official documents: a document value in, bytes out. No database, no page, no clock.
//!
//! Rooms build a [`Paper`] or a [`Certificate`] and get PDF/A or DOCX bytes back; [`sheet`] reads
//! and writes spreadsheets. Reading order: [`paper`], [`mod@pdf`], [`mod@docx`], [`certificate`], [`sheet`].

pub mod certificate;
pub mod docx;
pub mod error;
mod fonts;
pub mod paper;
pub mod pdf;
pub mod sheet;
mod typesetting;

pub use certificate::{Certificate, Stock};
pub use docx::docx;
pub use error::PaperError;
pub use paper::Paper;
pub use pdf::pdf;
