//! What an Office document is, told by the list of files in its container; nothing of it is unpacked.

use std::io::{Cursor, Read, Seek};

use zip::ZipArchive;

/// An Office document of today's form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Container {
    /// What it is: a DOCX or an XLSX.
    pub media_type: &'static str,
    /// Whether a program travels in it, under whichever ending it comes.
    pub macros: bool,
}

/// The main part of each form, and what a file with it is.
const MAIN_PARTS: [(&str, &str); 2] = [
    ("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
];

/// Looks into a file; none when it is no DOCX and no XLSX. The order in which programs write the parts differs, so all
/// names are looked at.
#[must_use]
pub fn container(bytes: &[u8]) -> Option<Container> {
    if !bytes.starts_with(b"PK\x03\x04") {
        return None;
    }
    let names = names(&ZipArchive::new(Cursor::new(bytes)).ok()?);
    let (_, media_type) = MAIN_PARTS.iter().find(|(part, _)| names.iter().any(|name| name == part))?;
    Some(Container { media_type, macros: names.iter().any(|name| is_macro(name)) })
}

/// The names of the files in a container, in small letters.
pub(crate) fn names<R: Read + Seek>(archive: &ZipArchive<R>) -> Vec<String> {
    archive.file_names_raw().map(|name| String::from_utf8_lossy(name).to_lowercase()).collect()
}

/// Whether a file of this name, in small letters, is a program: VBA, or a sheet of macros of old Excel.
pub(crate) fn is_macro(name: &str) -> bool {
    name.ends_with("vbaproject.bin") || name.contains("/macrosheets/")
}
