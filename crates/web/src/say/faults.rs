//! Faults and refusals in English.
//!
//! Their sentences come finished in Vietnamese from the rooms, the law engine and the papers, with names,
//! days and numbers filled in. They are translated once, where they are shown: the catalogue holds every
//! sentence as a pattern, and what was filled in is translated too where it is a sentence of a catalogue.

use std::collections::BTreeMap;
use std::sync::LazyLock;

/// How many sentences may be filled into each other; a deeper one is what somebody typed.
const DEEPEST: usize = 3;
/// The longest text that was filled in and is looked at, in bytes; a longer one is what somebody typed.
const LONGEST: usize = 1000;
/// The longest list that was filled in and is looked at.
const MOST_PARTS: usize = 12;

static CATALOGUE: LazyLock<Catalogue> = LazyLock::new(|| {
    let faults: BTreeMap<String, String> =
        toml::from_str(include_str!("../en.faults.toml")).expect("the catalogue is part of the program and tested");
    // What a sentence means in a fault goes before what it means on the screen.
    Catalogue::new(super::ENGLISH.iter().chain(&faults))
});

/// The sentence in English; none when the catalogue does not hold it.
pub(super) fn english(sentence: &str) -> Option<String> {
    CATALOGUE.tell(sentence, DEEPEST).map(|told| told.words)
}

/// Whether the catalogue holds a pattern, written with `{}` for what is filled in.
pub(super) fn holds(pattern: &str) -> bool {
    let bare = bare(pattern);
    CATALOGUE.whole.contains_key(&bare) || CATALOGUE.patterns.iter().any(|one| one.pieces.join("{}") == bare)
}

/// A text in English.
struct Told {
    words: String,
    /// How many letters of the Vietnamese text were looked up; the others stand as they came.
    letters: usize,
}

struct Catalogue {
    /// Sentences into which nothing is filled, bare.
    whole: BTreeMap<String, String>,
    /// The others, the one with the most letters of its own first.
    patterns: Vec<Pattern>,
}

/// A sentence into which something is filled, bare, cut where it is filled in.
struct Pattern {
    pieces: Vec<String>,
    english: String,
}

impl Catalogue {
    /// A later sentence replaces an earlier one that differs only in its capital and its full stop.
    fn new<'a>(sentences: impl Iterator<Item = (&'a String, &'a String)>) -> Self {
        let all: BTreeMap<String, String> =
            sentences.map(|(sentence, english)| (bare(sentence), english.clone())).collect();
        let (filled, whole): (BTreeMap<_, _>, BTreeMap<_, _>) =
            all.into_iter().partition(|(sentence, _)| sentence.contains("{}"));
        let cut = |(sentence, english): (String, String)| Pattern {
            pieces: sentence.split("{}").map(str::to_owned).collect(),
            english,
        };
        let mut patterns: Vec<Pattern> = filled.into_iter().map(cut).filter(|one| one.letters() > 0).collect();
        // Stable: patterns with as many letters keep the order of their sentences.
        patterns.sort_by_key(|one| std::cmp::Reverse(one.letters()));
        Self { whole, patterns }
    }

    fn tell(&self, text: &str, depth: usize) -> Option<Told> {
        let deeper = depth.checked_sub(1)?;
        if let Some(english) = self.whole.get(&bare(text)) {
            return Some(Told { words: dressed_like(text, english), letters: letters(text) });
        }
        let plain = text.strip_suffix('.').unwrap_or(text);
        let (pattern, filled) = self.patterns.iter().find_map(|one| Some((one, one.filled(plain)?)))?;
        let parts: Vec<Told> = filled.iter().map(|part| self.part(part, deeper)).collect();
        let letters = pattern.letters() + parts.iter().map(|part| part.letters).sum::<usize>();
        Some(Told { words: dressed_like(text, &pattern.say(&parts)), letters })
    }

    /// What was filled in: a sentence or a list of them in English, anything else as it is.
    fn part(&self, text: &str, depth: usize) -> Told {
        let as_it_is = Told { words: text.to_owned(), letters: 0 };
        if text.is_empty() || text.len() > LONGEST {
            return as_it_is;
        }
        let readings = [self.tell(text, depth), self.list(text, "; ", depth), self.list(text, ", ", depth)];
        readings.into_iter().flatten().fold(as_it_is, Told::or_more)
    }

    /// A list, cut so that the most of it is told: some words hold what stands between the parts.
    fn list(&self, text: &str, between: &str, depth: usize) -> Option<Told> {
        let parts: Vec<&str> = text.split(between).collect();
        if !(2..=MOST_PARTS).contains(&parts.len()) {
            return None;
        }
        // The best reading of the parts before each place.
        let mut best = vec![Told { words: String::new(), letters: 0 }];
        for end in 1..=parts.len() {
            let readings = (0..end).rev().filter_map(|start| {
                let last = match self.tell(&parts[start..end].join(between), depth) {
                    None if start + 1 == end => Told { words: parts[start].to_owned(), letters: 0 },
                    told => told?,
                };
                let before = &best[start];
                let joint = if start == 0 { "" } else { between };
                let words = format!("{}{joint}{}", before.words, last.words);
                Some(Told { words, letters: before.letters + last.letters })
            });
            let told = readings.reduce(Told::or_more)?;
            best.push(told);
        }
        best.pop()
    }
}

impl Told {
    /// The other one when it tells more.
    fn or_more(self, other: Self) -> Self {
        if other.letters > self.letters { other } else { self }
    }
}

impl Pattern {
    /// How many letters are its own.
    fn letters(&self) -> usize {
        self.pieces.iter().map(|piece| letters(piece)).sum()
    }

    /// What was filled into a sentence without its full stop; none when it is another sentence.
    fn filled<'a>(&self, plain: &'a str) -> Option<Vec<&'a str>> {
        let (first, others) = self.pieces.split_first()?;
        let (last, between) = others.split_last()?;
        let mut rest = without_beginning(plain, first)?;
        let mut found = Vec::with_capacity(others.len());
        for piece in between {
            let (part, after) = rest.split_once(piece.as_str())?;
            found.push(part);
            rest = after;
        }
        found.push(rest.strip_suffix(last.as_str())?);
        Some(found)
    }

    /// The English with its parts: `{}` the next one, `{2}` the second.
    fn say(&self, parts: &[Told]) -> String {
        let (mut said, mut rest, mut next) = (String::new(), self.english.as_str(), 0);
        while let Some((before, (number, after))) =
            rest.split_once('{').and_then(|(before, open)| Some((before, open.split_once('}')?)))
        {
            said.push_str(before);
            let at = number.parse::<usize>().map_or(next, |number| number.saturating_sub(1));
            said.push_str(parts.get(at).map_or("", |part| part.words.as_str()));
            (rest, next) = (after, next + 1);
        }
        said + rest
    }
}

fn letters(text: &str) -> usize {
    text.chars().filter(|letter| letter.is_alphabetic()).count()
}

/// A sentence as it is looked up: with a small letter first, without its full stop.
fn bare(sentence: &str) -> String {
    let sentence = sentence.strip_suffix('.').unwrap_or(sentence);
    let mut letters = sentence.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(letters.as_str().chars()).collect()
}

/// The text after a beginning whose first letter may be large or small.
fn without_beginning<'a>(text: &'a str, beginning: &str) -> Option<&'a str> {
    let mut letters = beginning.chars();
    let Some(first) = letters.next() else { return Some(text) };
    let rest = text.strip_prefix(|letter: char| letter == first || letter.to_lowercase().eq([first]))?;
    rest.strip_prefix(letters.as_str())
}

/// The English with the first letter and the full stop of the sentence it stands for.
fn dressed_like(sentence: &str, english: &str) -> String {
    let plain = english.strip_suffix('.').unwrap_or(english);
    let mut letters = plain.chars();
    let first = letters.next();
    // Letters that are names of their own, as in JSON, stay large.
    let named = letters.as_str().starts_with(char::is_uppercase);
    let like = sentence.chars().next();
    let mut said: String = match first {
        Some(first) if like.is_some_and(char::is_uppercase) => first.to_uppercase().collect(),
        Some(first) if like.is_some_and(char::is_lowercase) && !named => first.to_lowercase().collect(),
        first => first.into_iter().collect(),
    };
    said.push_str(letters.as_str());
    if sentence.ends_with('.') && !said.ends_with(['!', '?', '…']) {
        said.push('.');
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sentences: &[(&str, &str)], sentence: &str, english: Option<&str>) {
        let sentences: Vec<(String, String)> =
            sentences.iter().map(|(sentence, english)| ((*sentence).to_owned(), (*english).to_owned())).collect();
        let catalogue = Catalogue::new(sentences.iter().map(|(sentence, english)| (sentence, english)));
        assert_eq!(catalogue.tell(sentence, DEEPEST).map(|told| told.words).as_deref(), english, "{sentence}");
    }

    #[test]
    fn a_capital_and_a_full_stop_make_no_other_sentence() {
        let known = [("hạn đã qua", "the day is past"), ("Nhập ngày {}.", "Enter the day {}.")];
        check(&known, "hạn đã qua", Some("the day is past"));
        check(&known, "Hạn đã qua.", Some("The day is past."));
        check(&known, "nhập ngày 01/02/2026", Some("enter the day 01/02/2026"));
        check(&known, "Nhập ngày 01/02/2026.", Some("Enter the day 01/02/2026."));
        check(&known, "Đạt", None);
    }

    #[test]
    fn letters_that_are_a_name_stay_large() {
        check(&[("tệp không đọc được", "JSON cannot be read")], "tệp không đọc được", Some("JSON cannot be read"));
    }

    #[test]
    fn what_is_filled_in_stands_where_english_wants_it() {
        let known = [("số {} năm {} đã dùng", "in {2} number {1} is used")];
        check(&known, "Số 12 năm 2026 đã dùng.", Some("In 2026 number 12 is used."));
        check(
            &[("ngày {} là ngày nghỉ: {}{}", "{} is a day off: {}{}")],
            "ngày 1/5 là ngày nghỉ: Lễ",
            Some("1/5 is a day off: Lễ"),
        );
    }

    #[test]
    fn the_pattern_with_the_most_letters_of_its_own_tells() {
        let known = [("còn {}", "left: {}"), ("còn {} phiếu", "{} ballots left"), ("còn phiếu", "ballots left")];
        check(&known, "còn 3 phiếu", Some("3 ballots left"));
        check(&known, "còn phiếu", Some("ballots left"));
        check(&known, "còn 3", Some("left: 3"));
    }

    #[test]
    fn sentences_and_lists_that_are_filled_in_are_told_too() {
        let known = [
            ("còn thiếu: {}", "still missing: {}"),
            ("tiêu chí, mốc", "criteria and path"),
            ("nội dung", "content"),
            ("hồ sơ của {}", "the nomination of {}"),
        ];
        check(&known, "Còn thiếu: nội dung.", Some("Still missing: content."));
        check(&known, "Còn thiếu: nội dung; tiêu chí, mốc.", Some("Still missing: content; criteria and path."));
        check(&known, "còn thiếu: nội dung, tiêu chí, mốc", Some("still missing: content, criteria and path"));
        check(&known, "còn thiếu: hồ sơ của Lò Thị Lả", Some("still missing: the nomination of Lò Thị Lả"));
        check(&known, "còn thiếu: Lò Thị Lả, Cầm Văn Ơn", Some("still missing: Lò Thị Lả, Cầm Văn Ơn"));
    }

    #[test]
    fn a_list_is_cut_where_the_most_of_it_is_told() {
        let known = [
            ("chưa đủ: {}", "not eligible: {}"),
            ("chưa biết {}: hồ sơ chưa có mục {}", "{} is not known: the record has no {}"),
            ("chưa biết ai phát động: hồ sơ chưa có mục a", "it is not known who launched it: the record has no a"),
            ("còn thiếu {} năm", "{} years short"),
        ];
        check(
            &known,
            "Chưa đủ: chưa biết ai phát động: hồ sơ chưa có mục a; còn thiếu 2 năm.",
            Some("Not eligible: it is not known who launched it: the record has no a; 2 years short."),
        );
    }

    #[test]
    fn what_somebody_typed_is_told_no_deeper_than_sentences_are_written() {
        let typed = "hết ".repeat(5000) + "giờ";
        check(&[("hết {}", "over: {}")], &typed, Some(&format!("over: {}", &typed["hết ".len()..])));
        check(&[("hết {}", "over: {}")], "hết hết hết hết giờ", Some("over: over: over: hết giờ"));
    }

    #[test]
    fn every_sentence_of_the_catalogue_fills_in_what_its_pattern_leaves_open() {
        for pattern in &CATALOGUE.patterns {
            let parts: Vec<String> = (1..pattern.pieces.len()).map(|at| format!("⟨{at}⟩")).collect();
            let filled: Vec<Told> = parts.iter().map(|part| Told { words: part.clone(), letters: 0 }).collect();
            let said = pattern.say(&filled);
            assert!(parts.iter().all(|part| said.matches(part.as_str()).count() == 1), "{said}");
        }
    }
}
