//! Vietnamese text: one spelling to store, one key to search by, one key to sort by.
//!
//! The database knows no Vietnamese. Whatever it searches or sorts by is written here, into
//! columns of plain ASCII, so that both engines answer alike.

mod sort;
mod traces;
mod wanted;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

pub use sort::{name_sort_key, sort_key};
pub use traces::personal_traces;
pub use wanted::{PATTERNS, Wanted};

/// The one way a text is written in the house: composed letters (Unicode NFC).
#[must_use]
pub fn nfc(text: &str) -> String {
    text.nfc().collect()
}

/// The key by which a text is found: no tones, no marks, đ as d, lower case, words apart by one space.
///
/// `Tố Uyên`, `TỐ UYÊN` and `to uyen` have one key. Text of any normalization form gives the same key,
/// and the key of a key is itself.
#[must_use]
pub fn search_key(text: &str) -> String {
    let plain = text.nfkd().map(latin_d).flat_map(char::to_lowercase).collect::<String>();
    let mut key = String::with_capacity(plain.len());
    let mut between_words = false;
    for letter in plain.nfkd().filter(|&letter| !is_combining_mark(letter)) {
        if letter.is_alphanumeric() {
            if between_words && !key.is_empty() {
                key.push(' ');
            }
            between_words = false;
            key.push(letter);
        } else {
            between_words |= !is_invisible(letter);
        }
    }
    key
}

/// The words of a text, as they stand in its search key.
#[must_use]
pub fn words(text: &str) -> Vec<String> {
    search_key(text).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// One line of text as it may be stored: NFC, single spaces, no control or hidden characters.
///
/// Line ends and tabs become spaces. Characters that change the direction of writing are dropped:
/// they let one name look like another.
#[must_use]
pub fn clean_line(text: &str) -> String {
    let visible = text.nfc().filter(|&letter| letter.is_whitespace() || !is_hidden(letter)).collect::<String>();
    // Dropping a hidden character can bring a letter and its mark together, hence NFC again.
    nfc(&visible.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Text of many lines as it may be stored: like [`clean_line`], but line ends and inner spaces stay.
///
/// Every line end becomes `\n`; spaces at the end of a line and empty lines around the text go.
#[must_use]
pub fn clean_text(text: &str) -> String {
    let unix = text.replace("\r\n", "\n").replace(['\r', '\u{2028}', '\u{2029}', '\u{85}'], "\n");
    let visible = unix
        .nfc()
        .map(|letter| if letter == '\t' { ' ' } else { letter })
        .filter(|&letter| letter == '\n' || !is_hidden(letter))
        .collect::<String>();
    let lines = visible.split('\n').map(str::trim_end).collect::<Vec<_>>().join("\n");
    let first_letter = lines.find(|letter: char| letter != '\n').unwrap_or(lines.len());
    nfc(lines[first_letter..].trim_end())
}

/// A reason that tells nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("ghi rõ lý do, ít nhất {least} chữ cái hoặc chữ số")]
pub struct TooShort {
    /// How many letters and digits it must have.
    pub least: usize,
}

/// A reason as it is stored: clean text of at least so many letters and digits. Stops and spaces tell nothing.
///
/// # Errors
/// [`TooShort`] when it has fewer.
pub fn reason(words: &str, least: usize) -> Result<String, TooShort> {
    let words = clean_text(words.trim());
    if words.chars().filter(|letter| letter.is_alphanumeric()).count() < least {
        return Err(TooShort { least });
    }
    Ok(words)
}

/// A person's name as it is stored and compared: a clean line, with Đ written as the letter Đ.
///
/// Old fonts and other keyboards give the Icelandic Ð, which looks the same and is found by nobody.
#[must_use]
pub fn fold_person_name(name: &str) -> String {
    clean_line(name).chars().map(vietnamese_d).collect()
}

/// Đ for the look-alikes that old fonts leave in its place.
fn vietnamese_d(letter: char) -> char {
    match letter {
        'Ð' | 'Ɖ' => 'Đ',
        'ð' => 'đ',
        other => other,
    }
}

/// D for Đ, which Unicode does not take apart.
fn latin_d(letter: char) -> char {
    match vietnamese_d(letter) {
        'Đ' => 'D',
        'đ' => 'd',
        other => other,
    }
}

/// Whether a character has no place in stored text.
fn is_hidden(letter: char) -> bool {
    letter.is_control() || is_invisible(letter)
}

/// Marks of direction, joiners, byte order marks: nothing that a reader can see.
fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_is_found_without_its_marks() {
        assert_eq!(search_key("  Đặng Thị Tố-Uyên "), "dang thi to uyen");
        assert_eq!(search_key("NGUYỄN Văn Ðức"), "nguyen van duc");
        assert_eq!(search_key("Kế hoạch số 12/KH-VPUB"), "ke hoach so 12 kh vpub");
        assert_eq!(search_key("…"), "");
    }

    #[test]
    fn words_are_those_of_the_search_key() {
        assert_eq!(words("Hội đồng, thi đua"), ["hoi", "dong", "thi", "dua"]);
        assert!(words(" - ").is_empty());
    }

    #[test]
    fn a_name_typed_with_loose_marks_and_spaces_is_one_name() {
        assert_eq!(fold_person_name(" Nguye\u{302}\u{303}n\u{A0} Va\u{306}n\tA\n"), "Nguyễn Văn A");
        assert_eq!(fold_person_name("Ðỗ Ðức"), "Đỗ Đức");
    }

    #[test]
    fn characters_that_turn_the_direction_of_writing_are_dropped() {
        assert_eq!(clean_line("Giấy khen\u{202E}gpj.exe\u{0}\u{FEFF}"), "Giấy khengpj.exe");
        assert_eq!(clean_line("một\r\nhai\u{85}ba"), "một hai ba");
    }

    #[test]
    fn text_keeps_its_lines_and_loses_what_cannot_be_seen() {
        assert_eq!(clean_text("\n\n  Điều 1. \r\n\r\n\tCăn\u{200B} cứ\u{7} \r"), "  Điều 1.\n\n Căn cứ");
    }

    proptest! {
        #[test]
        fn the_search_key_of_a_search_key_is_itself(text in "\\PC{0,24}") {
            let key = search_key(&text);
            prop_assert_eq!(search_key(&key), key);
        }

        #[test]
        fn composed_and_decomposed_text_have_one_key(text in "[aăâeêoôơuưyđĐ ̣̀́̉̃A-Zà-ỹ0-9 .-]{0,24}") {
            let (composed, apart) = (text.nfc().collect::<String>(), text.nfd().collect::<String>());
            prop_assert_eq!(search_key(&composed), search_key(&apart));
            prop_assert_eq!(sort_key(&composed), sort_key(&apart));
            prop_assert_eq!(clean_line(&composed), clean_line(&apart));
        }

        #[test]
        fn a_clean_line_stays_as_it_is(text in any::<String>()) {
            let line = clean_line(&text);
            prop_assert!(!line.chars().any(|letter| is_hidden(letter) || letter == '\n'));
            prop_assert_eq!(clean_line(&line), line);
        }

        #[test]
        fn clean_text_stays_as_it_is(text in any::<String>()) {
            let text = clean_text(&text);
            prop_assert_eq!(clean_text(&text), text);
        }
    }

    #[test]
    fn a_reason_is_counted_by_its_letters_and_digits() {
        assert_eq!(reason("  Đổi lịch họp số 2  ", 10), Ok("Đổi lịch họp số 2".to_owned()));
        assert_eq!(reason(". . . . . . . . . .", 10), Err(TooShort { least: 10 }));
        assert_eq!(reason("vì bận họp.", 9), Err(TooShort { least: 9 }));
        assert!(reason("vì bận họp", 8).is_ok());
    }
}
