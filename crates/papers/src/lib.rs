//! Official documents: a document value in, bytes out. No database, no page, no clock.
//!
//! Rooms build a [`Paper`] or a [`Certificate`] and get PDF/A or DOCX bytes back; [`sheet`] reads
//! and writes spreadsheets. Reading order: [`paper`], [`mod@pdf`], [`mod@docx`], [`certificate`], [`sheet`].

pub mod certificate;
mod container;
pub mod docx;
pub mod error;
mod fonts;
mod head;
pub mod paper;
pub mod pdf;
pub mod qr;
pub mod sheet;
mod typesetting;

pub use certificate::{Certificate, Stock};
pub use container::{Container, container};
pub use docx::docx;
pub use error::PaperError;
pub use paper::Paper;
pub use pdf::pdf;

/// Whether the fonts that travel in the program can set this text: the number of fonts that were read, of
/// [`FONTS`], and the letters that one of them lacks.
#[must_use]
pub fn examine_fonts(text: &str) -> (usize, Vec<char>) {
    typesetting::examine(text)
}

/// How many fonts travel in the program.
pub const FONTS: usize = fonts::ALL.len();
