//! Vietnamese text: clean lines, keys to search and sort by.

use unicode_normalization::UnicodeNormalization as _;

/// One clean line: NFC, control and direction marks dropped, spaces folded.
#[must_use]
pub fn clean_line(text: &str) -> String {
    let visible: String =
        text.nfc().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(|c| !c.is_control()).collect();
    visible.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
