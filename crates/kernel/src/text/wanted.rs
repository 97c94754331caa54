//! What somebody typed to find a text.

use super::search_key;

/// Words that a text must have to be found: all of them, in any order, with or without diacritics; a number with or
/// without its leading zeros.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    words: Vec<String>,
    /// The same with their zeros: a key keeps them.
    typed: Vec<String>,
    /// Something was typed that is no word: nothing is found by it.
    hopeless: bool,
}

/// How many words a question to the database looks for one by one.
pub const PATTERNS: usize = 4;

impl Wanted {
    /// What was typed; nothing typed is found everywhere.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let words = words(text);
        Self { hopeless: words.is_empty() && !text.trim().is_empty(), words, typed: super::words(text) }
    }

    /// Whether a text has all of it.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        let there = words(text);
        let has = |word: &String| match is_number(word) {
            true => there.contains(word),
            false => there.iter().any(|one| one.contains(word.as_str())),
        };
        !self.hopeless && self.words.iter().all(has)
    }

    /// The same for `like` over a column of search keys: a key is found that fits all of these patterns.
    #[must_use]
    pub fn patterns(&self) -> [String; PATTERNS] {
        let mut patterns = std::array::from_fn(|_| "%".to_owned());
        for (at, word) in self.typed.iter().enumerate() {
            match patterns.get_mut(at) {
                Some(pattern) => *pattern = format!("%{word}%"),
                None => patterns[PATTERNS - 1].push_str(&format!("{word}%")),
            }
        }
        if self.hopeless {
            // No key has such a character.
            "-".clone_into(&mut patterns[0]);
        }
        patterns
    }

    /// The same as one pattern: the words in the order in which they were typed.
    #[must_use]
    pub fn pattern(&self) -> String {
        if self.hopeless { "-".to_owned() } else { format!("%{}%", self.typed.join(" ")) }
    }
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|letter| letter.is_ascii_digit())
}

fn words(text: &str) -> Vec<String> {
    let plain = |word: &str| match word.trim_start_matches('0') {
        "" => "0".to_owned(),
        trimmed if is_number(word) => trimmed.to_owned(),
        _ => word.to_owned(),
    };
    search_key(text).split(' ').filter(|word| !word.is_empty()).map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_in_any_order_with_or_without_diacritics() {
        for typed in ["nguyen van an", "An Nguyễn", "  NGUYỄN  ", "Nguye\u{302}\u{303}n Văn", ""] {
            assert!(Wanted::of(typed).is_in("Nguyễn Văn An"), "{typed}");
        }
        assert!(!Wanted::of("an tran").is_in("Nguyễn Văn An"));
        assert!(Wanted::of("dao").is_in("Đào Thị Đẹp") && Wanted::of("Đ").is_in("đào"));
    }

    #[test]
    fn a_number_is_found_by_any_of_its_spellings_and_not_by_a_part_of_it() {
        for typed in ["01/QĐ-VPUB", "1/qd-vpub", "QĐ 01", "001/QĐ-VPUB", "qd vpub 1"] {
            assert!(Wanted::of(typed).is_in("01/QĐ-VPUB"), "{typed}");
        }
        assert!(!Wanted::of("1/QĐ-VPUB").is_in("10/QĐ-VPUB"));
        assert!(Wanted::of("0").is_in("000/2026"));
    }

    #[test]
    fn signs_alone_find_nothing() {
        for typed in ["%", "_", " - "] {
            let wanted = Wanted::of(typed);
            assert!(!wanted.is_in("Nguyễn Văn An"), "{typed}");
            assert_eq!((wanted.pattern(), wanted.patterns()[0].clone()), ("-".to_owned(), "-".to_owned()), "{typed}");
        }
    }

    #[test]
    fn the_words_stand_in_patterns_and_what_is_left_over_in_the_last() {
        let wanted = Wanted::of("Tôn Nữ Thị Bảo Khuyên");
        assert_eq!(wanted.patterns(), ["%ton%", "%nu%", "%thi%", "%bao%khuyen%"]);
        assert_eq!(wanted.pattern(), "%ton nu thi bao khuyen%");
        assert_eq!(Wanted::of("an").patterns(), ["%an%", "%", "%", "%"]);
        assert_eq!(Wanted::of("Quyết định 05").pattern(), "%quyet dinh 05%");
    }
}
