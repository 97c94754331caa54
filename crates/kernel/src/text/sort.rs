//! Vietnamese alphabetical order as a key that any database compares byte by byte.
//!
//! Three levels, as in a Vietnamese dictionary: the letters (a ă â b c d đ …) of the whole text, then the
//! tones (ngang, huyền, hỏi, ngã, sắc, nặng) word by word, then small before capital letters.
//!
//! A key holds only digits and small letters without marks, because those are the characters
//! on whose order all collations agree.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::vietnamese_d;

/// Ends the letters; lower than any letter, so that a text sorts before its own continuation.
const END_OF_LETTERS: &str = "00";
/// Whatever stands between two words.
const GAP: &str = "01";

/// A text taken apart into the three levels.
#[derive(Default)]
struct Levels {
    letters: String,
    tones: String,
    cases: String,
}

/// The key by which titles, units and places are sorted.
///
/// Punctuation parts words and is otherwise left aside. `hoà` and `hòa`, the old and the new way to place
/// the tone, are one word. Letters of other scripts come after z.
#[must_use]
pub fn sort_key(text: &str) -> String {
    let levels = Levels::of(text);
    finish(levels.letters + END_OF_LETTERS + &levels.tones, &levels.cases)
}

/// The key by which people are sorted: by given name, which is the last word, then by family and middle names.
///
/// All of `Hoa` come before all of `Hòa`, whatever their families.
#[must_use]
pub fn name_sort_key(name: &str) -> String {
    let name = name.trim_end();
    let (family, given) = name.rsplit_once(char::is_whitespace).unwrap_or(("", name));
    let (family, given) = (Levels::of(family), Levels::of(given));
    let key = given.letters + END_OF_LETTERS + &given.tones + END_OF_LETTERS;
    finish(key + &family.letters + END_OF_LETTERS + &family.tones, &(given.cases + &family.cases))
}

/// Adds the level of small and capital letters, of which only what differs from all-small needs to be kept.
fn finish(mut key: String, cases: &str) -> String {
    key.push_str(cases.trim_end_matches('0'));
    key
}

impl Levels {
    fn of(text: &str) -> Self {
        let mut levels = Self::default();
        let mut tone_of_word = b'0';
        let mut in_gap = false;
        let apart = text.nfkd().map(vietnamese_d).collect::<Vec<_>>();
        for (place, &letter) in apart.iter().enumerate() {
            if is_combining_mark(letter) || super::is_invisible(letter) {
                continue;
            }
            if !letter.is_alphanumeric() {
                in_gap = true;
                continue;
            }
            if std::mem::take(&mut in_gap) && !levels.letters.is_empty() {
                levels.letters.push_str(GAP);
                levels.tones.push(char::from(std::mem::replace(&mut tone_of_word, b'0')));
            }
            let marks = apart[place + 1..].iter().copied().take_while(|&mark| is_combining_mark(mark));
            for small in letter.to_lowercase().filter(|&small| !is_combining_mark(small)) {
                push_letter(&mut levels.letters, small, marks.clone());
                levels.cases.push(if letter.is_lowercase() || letter.is_numeric() { '0' } else { '1' });
            }
            if tone_of_word == b'0' {
                tone_of_word = marks.filter_map(tone).next().unwrap_or(b'0');
            }
        }
        if !levels.letters.is_empty() {
            levels.tones.push(char::from(tone_of_word));
        }
        levels
    }
}

/// Writes a letter's place in the alphabet: the Latin letter, then which of its Vietnamese kinds.
fn push_letter(letters: &mut String, small: char, mut marks: impl Iterator<Item = char>) {
    let kind = match small {
        'a' => marks.find_map(|mark| match mark {
            BREVE => Some('1'),
            CIRCUMFLEX => Some('2'),
            _ => None,
        }),
        'e' => marks.any(|mark| mark == CIRCUMFLEX).then_some('1'),
        'o' => marks.find_map(|mark| match mark {
            CIRCUMFLEX => Some('1'),
            HORN => Some('2'),
            _ => None,
        }),
        'u' => marks.any(|mark| mark == HORN).then_some('1'),
        _ => None,
    };
    match small {
        'a'..='z' => letters.extend([small, kind.unwrap_or('0')]),
        'đ' => letters.push_str("d1"),
        '0'..='9' => letters.extend(['1', small]),
        other => letters.push_str(&format!("zz{:06x}", u32::from(other))),
    }
}

const BREVE: char = '\u{306}';
const CIRCUMFLEX: char = '\u{302}';
const HORN: char = '\u{31B}';

/// The place of a tone among the six; ngang, the first, has no mark.
fn tone(mark: char) -> Option<u8> {
    match mark {
        '\u{300}' => Some(b'1'),
        '\u{309}' => Some(b'2'),
        '\u{303}' => Some(b'3'),
        '\u{301}' => Some(b'4'),
        '\u{323}' => Some(b'5'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check_in_order(key: fn(&str) -> String, texts: &[&str]) {
        for pair in texts.windows(2) {
            assert!(key(pair[0]) < key(pair[1]), "{} comes before {}", pair[0], pair[1]);
        }
    }

    #[test]
    fn letters_follow_the_vietnamese_alphabet() {
        let alphabet = "a ă â b c d đ e ê f g h i j k l m n o ô ơ p q r s t u ư v w x y z";
        check_in_order(sort_key, &alphabet.split(' ').collect::<Vec<_>>());
    }

    #[test]
    fn tones_follow_the_dictionary() {
        check_in_order(sort_key, &["ma", "mà", "mả", "mã", "má", "mạ", "man", "măn", "mân"]);
        check_in_order(sort_key, &["âm", "ầm", "ẩm", "ẫm", "ấm", "ậm"]);
    }

    #[test]
    fn tones_count_only_when_all_letters_are_alike() {
        check_in_order(sort_key, &["Mộc Châu", "Mốc Sơn", "Mộc Sơn", "Mường La", "Mường Tè"]);
        check_in_order(sort_key, &["Hoà Bình", "Hoa Sơn"]);
    }

    #[test]
    fn small_letters_come_before_capitals_when_nothing_else_differs() {
        check_in_order(sort_key, &["đội", "Đội", "ĐỘI", "đội 1"]);
    }

    #[test]
    fn a_shorter_text_comes_before_its_continuation() {
        check_in_order(sort_key, &["", "1", "10", "2", "An", "An Bình", "Anh", "Ăn", "Điều 1", "Điều 2", "Ω"]);
    }

    #[test]
    fn the_place_of_the_tone_in_a_word_does_not_matter() {
        assert_eq!(sort_key("hoà"), sort_key("hòa"));
        check_in_order(sort_key, &["hòa", "hoả", "hóa", "hoạ"]);
    }

    #[test]
    fn people_are_listed_by_given_name_then_family_then_middle() {
        check_in_order(
            name_sort_key,
            &[
                "Trần Văn An",
                "Lê Thị Ánh",
                "Vũ Bình",
                "Đỗ Văn Đức",
                "Vũ Thị Hoa",
                "Bùi Văn Hòa",
                "Nguyễn Thị Hương",
                "Nguyễn Văn Hương",
                "Trần An Hương",
            ],
        );
    }

    #[test]
    fn a_name_of_one_word_comes_before_the_longer_names_that_end_in_it() {
        check_in_order(name_sort_key, &["An", "Bùi An", "Ân"]);
    }

    proptest! {
        #[test]
        fn every_key_is_digits_and_small_letters(text in any::<String>()) {
            for key in [sort_key(&text), name_sort_key(&text)] {
                prop_assert!(key.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_lowercase()));
            }
        }

        #[test]
        fn the_first_different_letter_decides(
            start in "[a-zăâđêôơư ]{0,8}", one in 0_usize..33, other in 0_usize..33, end in "[a-zăâđêôơư ]{0,8}", tail in "[a-zăâđêôơư ]{0,8}",
        ) {
            let alphabet = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz".chars().collect::<Vec<_>>();
            let key = |letter: usize, end: &str| sort_key(&format!("{start}{}{end}", alphabet[letter]));
            prop_assume!(one != other);
            prop_assert_eq!(key(one, &end).cmp(&key(other, &tail)), one.cmp(&other));
        }

        #[test]
        fn texts_with_one_sort_key_have_one_search_key(one in "[aàáăằđĐ .-]{0,5}", other in "[aàáăằđĐ .-]{0,5}") {
            if sort_key(&one) == sort_key(&other) {
                prop_assert_eq!(crate::text::search_key(&one), crate::text::search_key(&other));
            }
        }
    }
}
