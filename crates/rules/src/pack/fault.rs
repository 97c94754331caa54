//! Faults of packs: which file, which line, what is wrong and what to do.

use std::fmt;

use serde::Serialize;

/// Whether a fault stops the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The packs cannot be relied on.
    Fault,
    /// Somebody must act before a day.
    Warning,
}

/// Something wrong in a pack.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct PackFault {
    /// The file.
    pub file: String,
    /// The line, counted from one; the first when the whole file is meant.
    pub line: usize,
    /// Whether it stops the work.
    pub severity: Severity,
    /// What is wrong and what to do.
    pub what: String,
}

impl PackFault {
    /// A fault that makes the packs unusable.
    #[must_use]
    pub fn fault(file: &str, line: usize, what: impl Into<String>) -> Self {
        Self { file: file.to_owned(), line, severity: Severity::Fault, what: what.into() }
    }

    /// Something to be done before a day.
    #[must_use]
    pub fn warning(file: &str, line: usize, what: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::fault(file, line, what) }
    }
}

impl fmt::Display for PackFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.severity {
            Severity::Fault => "lỗi",
            Severity::Warning => "cảnh báo",
        };
        write!(f, "{}:{}: {word}: {}", self.file, self.line, self.what)
    }
}

/// The line on which a byte of a text stands, counted from one.
#[must_use]
pub fn line_of(text: &str, byte: usize) -> usize {
    text.as_bytes().iter().take(byte).filter(|byte| **byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_a_byte_is_counted_from_one() {
        assert_eq!(line_of("a\nb\nc", 0), 1);
        assert_eq!(line_of("a\nb\nc", 4), 3);
        assert_eq!(line_of("a\nb", 99), 2);
    }
}
