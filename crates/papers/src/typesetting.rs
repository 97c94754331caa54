//! The sealed world in which Typst sets our papers: our templates, one data file, four fonts.
//!
//! A template asks for `data.json` and gets the value as text; every other file, package and
//! clock is refused. So nothing in the data can reach the machine or become template source.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::layout::Abs;
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook, FontVariant, FontVariations};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::error::PaperError;
use crate::fonts;

/// A template of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Template {
    /// An administrative document.
    Paper,
    /// Certificates, one a page.
    Certificates,
}

/// Sets a template with its data, whose letters are composed ones: the fonts hold no others.
pub(crate) fn set(template: Template, data: String) -> Result<PagedDocument, PaperError> {
    let world = Sealed { template, data: Bytes::from_string(data) };
    let set = typst::compile::<PagedDocument>(&world);
    set.output.map_err(|faults| refused(&faults))
}

/// Writes a set document as an archivable, tagged PDF.
pub(crate) fn write(document: &PagedDocument) -> Result<Vec<u8>, PaperError> {
    let bytes = typst_pdf::pdf(document, &OPTIONS).map_err(|faults| refused(&faults));
    // What the last two documents did not need goes: fonts and the template stay, a thousand names do not.
    comemo::evict(2);
    bytes
}

/// How wide a letter is, as a share of its size.
pub(crate) fn advance(letter: char, bold: bool, italic: bool) -> f64 {
    let style = usize::from(bold) + 2 * usize::from(italic);
    WIDTHS[style].get(letter as usize).copied().unwrap_or_else(|| look_up(&FONTS[style], letter))
}

/// How many of the embedded fonts can be read, and the letters of `text` that one of them lacks.
pub(crate) fn examine(text: &str) -> (usize, Vec<char>) {
    let lacks = |font: &Font, letter: char| {
        let plain = font.clone().instantiate(FontVariant::default(), Abs::pt(12.0), &FontVariations::default());
        plain.ttf().glyph_index(letter).is_none()
    };
    (FONTS.len(), text.chars().filter(|letter| FONTS.iter().any(|font| lacks(font, *letter))).collect())
}

fn look_up(font: &Font, letter: char) -> f64 {
    let plain = font.clone().instantiate(FontVariant::default(), Abs::pt(12.0), &FontVariations::default());
    let units = plain.ttf().glyph_index(letter).and_then(|glyph| plain.ttf().glyph_hor_advance(glyph));
    // A letter that the font lacks is drawn as an empty box, about as wide as this.
    units.map_or(0.7, |units| f64::from(units) / plain.units_per_em())
}

fn refused(faults: &[SourceDiagnostic]) -> PaperError {
    let said: Vec<&str> = faults.iter().map(|fault| fault.message.as_str()).collect();
    PaperError::Typesetting(said.join("; "))
}

/// PDF/A-2a for the archive and PDF/UA-1 for readers who listen to it.
static OPTIONS: LazyLock<PdfOptions> = LazyLock::new(|| PdfOptions {
    creator: typst::foundations::Smart::Custom(Some(format!("Thi Đua {}", env!("CARGO_PKG_VERSION")))),
    standards: PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
        .expect("PDF/A-2a and PDF/UA-1 are both PDF 1.7"),
    ..PdfOptions::default()
});

/// Names are interned for ever, so the same three serve every document.
static PAPER: LazyLock<Source> = LazyLock::new(|| source("paper.typ", include_str!("../templates/paper.typ")));
static CERTIFICATES: LazyLock<Source> =
    LazyLock::new(|| source("certificates.typ", include_str!("../templates/certificates.typ")));
static DATA: LazyLock<FileId> = LazyLock::new(|| name("data.json"));

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));
static FONTS: LazyLock<Vec<Font>> =
    LazyLock::new(|| fonts::ALL.iter().filter_map(|file| Font::new(Bytes::new(*file), 0)).collect());
/// The widths of the letters before U+2100, all of Vietnamese among them, in each style: words are
/// measured before they are set, and looking every letter up in the font costs more than setting it.
static WIDTHS: LazyLock<Vec<Vec<f64>>> = LazyLock::new(|| {
    let letters = || (0..0x2100).map(|code| char::from_u32(code).unwrap_or(' '));
    FONTS.iter().map(|font| letters().map(|letter| look_up(font, letter)).collect()).collect()
});
static BOOK: LazyLock<LazyHash<FontBook>> = LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));

fn name(path: &str) -> FileId {
    RootedPath::new(VirtualRoot::Project, VirtualPath::new(path).expect("our own file names are plain")).intern()
}

fn source(path: &str, text: &str) -> Source {
    Source::new(name(path), text.to_owned())
}

struct Sealed {
    template: Template,
    data: Bytes,
}

impl Sealed {
    fn template(&self) -> &'static Source {
        match self.template {
            Template::Paper => &PAPER,
            Template::Certificates => &CERTIFICATES,
        }
    }
}

impl World for Sealed {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        self.template().id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let template = self.template();
        if id == template.id() { Ok(template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == *DATA { Ok(self.data.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
