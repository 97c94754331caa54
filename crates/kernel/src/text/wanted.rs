//! What somebody typed to find a text.

use super::{fold_person_name, search_key};

/// Words that a text must have to be found: all of them, in any order, with or without diacritics; a number with or
/// without its leading zeros.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    words: Vec<String>,
    /// The same with their zeros: a key keeps them.
    typed: Vec<String>,
    /// The words of what stood between two spaces, without the words that only introduce a number.
    parts: Vec<Vec<String>>,
    /// Something was typed that is no word: nothing is found by it.
    hopeless: bool,
}

/// How many words a question to the database looks for one by one.
pub const PATTERNS: usize = 4;

/// What stands before the number of a document when it is said or written: `Quyết định số 01`.
const INTRODUCTIONS: [&[&str]; 5] = [&["số"], &["qđ"], &["ttr"], &["quyết", "định"], &["tờ", "trình"]];

impl Wanted {
    /// What was typed; nothing typed is found everywhere.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let words = words(text);
        let hopeless = words.is_empty() && !text.trim().is_empty();
        Self { hopeless, words, typed: super::words(text), parts: parts(text) }
    }

    /// Whether a text has all of it.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        let there = words(text);
        !self.hopeless && self.words.iter().all(|word| stands_in(word, &there))
    }

    /// Whether each part of it stands in one of the names or in the number of a document; words that only introduce
    /// a number (`Quyết định số 01`) are not asked for.
    ///
    /// A part is what stands between two spaces: `01/QĐ-VPUB` is found in the number or in a name as a whole. Words
    /// of the number are found from their beginning, and a single letter only as itself: `Lò Đ` asks for names.
    #[must_use]
    pub fn is_in_name_or_number(&self, names: &[&str], number: &str) -> bool {
        let number = words(number);
        let names: Vec<_> = names.iter().map(|name| words(name)).collect();
        let begins = |word: &String| number.iter().any(|one| one.starts_with(word.as_str()));
        let in_number =
            |word: &String| number.contains(word) || !is_number(word) && word.chars().nth(1).is_some() && begins(word);
        let found = |part: &Vec<String>| {
            part.iter().all(in_number) || names.iter().any(|name| part.iter().all(|word| stands_in(word, name)))
        };
        !self.hopeless && self.parts.iter().all(found)
    }

    /// The same for `like` over a search key with a space before it: a key is found that fits all of these patterns,
    /// each word from its beginning.
    #[must_use]
    pub fn patterns(&self) -> [String; PATTERNS] {
        let mut patterns = std::array::from_fn(|_| "%".to_owned());
        for (at, word) in self.typed.iter().enumerate() {
            match patterns.get_mut(at) {
                Some(pattern) => *pattern = format!("% {word}%"),
                None => patterns[PATTERNS - 1].push_str(&format!(" {word}%")),
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

/// Whether a word is among these, a number as a whole and another word from its beginning: `an` asks for no `Văn`.
fn stands_in(word: &str, there: &[String]) -> bool {
    let number = is_number(word);
    there.iter().any(|one| if number { one == word } else { one.starts_with(word) })
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|letter| letter.is_ascii_digit())
}

/// What stands between spaces, each with its words; what introduces a number is left out.
fn parts(text: &str) -> Vec<Vec<String>> {
    let typed: Vec<_> = text.split_whitespace().map(|part| (part, words(part))).collect();
    let typed: Vec<_> = typed.into_iter().filter(|(_, words)| !words.is_empty()).collect();
    let (mut parts, mut rest, mut before_number) = (Vec::new(), typed.as_slice(), false);
    while let [.., (_, last)] = rest {
        let introducing = if before_number { introduction(rest) } else { 0 };
        if introducing == 0 {
            before_number = last.first().is_some_and(|word| is_number(word));
            parts.push(last.clone());
        }
        rest = &rest[..rest.len() - introducing.max(1)];
    }
    parts.reverse();
    parts
}

/// How many of the last parts introduce a number. With marks that are not its own a word is another one: `Sơ` is a
/// name where `số` and `so` are not.
fn introduction(parts: &[(&str, Vec<String>)]) -> usize {
    let is = |(part, _): &(&str, Vec<String>), word: &str| {
        let part = fold_person_name(part).to_lowercase();
        let part = part.trim_matches(|letter: char| !letter.is_alphanumeric());
        part == word || part == search_key(word)
    };
    let ends = |words: &[&str]| {
        let start = parts.len().checked_sub(words.len());
        start.is_some_and(|start| parts[start..].iter().zip(words).all(|(part, word)| is(part, word)))
    };
    INTRODUCTIONS.iter().find(|words| ends(words)).map_or(0, |words| words.len())
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
        assert!(!Wanted::of("an").is_in("Nguyễn Văn Bình"), "a word is found from its beginning");
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
    fn what_only_introduces_a_number_is_not_asked_for() {
        let found = |typed: &str| Wanted::of(typed).is_in_name_or_number(&["Lò Văn An"], "01/QĐ-VPUB");
        for typed in [
            "Quyết định số 01",
            "số 01",
            "so 1",
            "Số: 01/QĐ-VPUB",
            "QUYẾT ĐỊNH 1",
            "quyet dinh so 001",
            "QĐ số 1",
            "QĐ 01",
            "001/QĐ-VPUB",
            "qd vpub 1",
            "1/QĐ-VP",
            "So\u{302}\u{301} 01",
            "",
        ] {
            assert!(found(typed), "{typed}");
        }
        for typed in ["Quyết định số 10", "số 0", "Sơ 01", "số", "số Lò", "định số 01", "10/QĐ-VPUB", "0", " / "]
        {
            assert!(!found(typed), "{typed}");
        }
        assert!(Wanted::of("tờ trình số 5").is_in_name_or_number(&[], "05/TTr-VPUB"));
    }

    #[test]
    fn a_name_and_a_number_are_found_together() {
        let found = |typed: &str| Wanted::of(typed).is_in_name_or_number(&["Đội 1", "Lò Thị Định"], "10/QĐ-VPUB");
        for typed in
            ["Lò Thị Định 10/QĐ-VPUB", "10/QĐ-VPUB lò định", "dinh quyết định số 10", "Định QĐ 010", "đội 1 số 10"]
        {
            assert!(found(typed), "{typed}");
        }
        for typed in ["Lò Thị Định 01/QĐ-VPUB", "Lò Văn Định 10/QĐ-VPUB", "1/QĐ-VPUB", "lò đội", "lò q"]
        {
            assert_eq!(found(typed), typed == "lò đội", "{typed}");
        }
        assert!(!Wanted::of("Lò Đ").is_in_name_or_number(&["Lò Văn An"], "10/QĐ-VPUB"), "a letter of a name");
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
        assert_eq!(wanted.patterns(), ["% ton%", "% nu%", "% thi%", "% bao% khuyen%"]);
        assert_eq!(wanted.pattern(), "%ton nu thi bao khuyen%");
        assert_eq!(Wanted::of("an").patterns(), ["% an%", "%", "%", "%"]);
        assert_eq!(Wanted::of("Quyết định 05").pattern(), "%quyet dinh 05%");
    }
}
