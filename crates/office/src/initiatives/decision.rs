//! Pure answers: what to remind of, and whether a claimed reach is borne out by those who took it over.

use std::sync::LazyLock;

use jiff::ToSpan as _;
use kernel::Date;
use rules::facts::Scope;
use serde::Deserialize;

static SHIPPED: LazyLock<Terms> = LazyLock::new(|| {
    Terms::parse(include_str!("../../../../rulepacks/initiatives/initiatives.clocks.toml"))
        .expect("the file is part of the program and tested")
});

/// Which term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TermKind {
    /// From the first application until the author files.
    Filing,
    /// The check of what was filed.
    Check,
    /// From acceptance until the decision.
    Decide,
}

/// How sure we are of a term's wording.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Read in the wording of the act.
    Text,
    /// Told by a report.
    Report,
    /// Not compared with the wording.
    Memory,
}

impl Confidence {
    /// What is said beside the ground.
    #[must_use]
    pub fn name_vi(self) -> &'static str {
        match self {
            Self::Text => "đã đọc văn bản",
            Self::Report => "theo nguồn khác, chưa đọc văn bản",
            Self::Memory => "chưa đối chiếu với văn bản",
        }
    }
}

/// A term.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Which.
    pub term: TermKind,
    /// How many calendar months.
    pub months: i32,
    /// The act and the article.
    pub ground: String,
    /// How sure we are of it.
    pub confidence: Confidence,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Terms {
    term: Vec<Term>,
}

impl Terms {
    fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }
}

/// The term of a kind, as it ships.
#[must_use]
pub fn term(kind: TermKind) -> Option<&'static Term> {
    SHIPPED.term.iter().find(|one| one.term == kind)
}

/// A term that lapsed, with its last day. It reminds; it refuses nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    /// The last day.
    pub last: Date,
    /// The term.
    pub term: &'static Term,
}

/// The reminder of a term that runs from a day, where its last day lies before another day.
#[must_use]
pub fn lapsed(kind: TermKind, from: Date, day: Date) -> Option<Reminder> {
    let term = term(kind)?;
    let last = from.saturating_add(term.months.months());
    (day > last).then_some(Reminder { last, term })
}

/// Whether those who took it over bear out a claimed reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// The claim stays within the office: nobody has to take it over.
    NotAsked,
    /// Nobody has set how many adopters the claim needs.
    NotKnown,
    /// There are enough.
    BorneOut {
        /// How many there are.
        adopters: usize,
        /// How many it needs.
        needed: i64,
    },
    /// There are too few.
    Short {
        /// How many there are.
        adopters: usize,
        /// How many it needs.
        needed: i64,
    },
}

/// Weighs a claimed reach against the adopters that confirmed and did not stop. `needed` is the office's
/// own setting; no law names a number.
#[must_use]
pub fn reach(claimed: Scope, adopters: usize, needed: Option<i64>) -> Reach {
    if !claimed.covers(Scope::Tinh) {
        return Reach::NotAsked;
    }
    match needed {
        None => Reach::NotKnown,
        Some(needed) if i64::try_from(adopters).unwrap_or(i64::MAX) >= needed => Reach::BorneOut { adopters, needed },
        Some(needed) => Reach::Short { adopters, needed },
    }
}

/// The first thing in a text that must not be published: one of these names, a telephone number or an address
/// of mail; none where the text is clean.
#[must_use]
pub fn gives_away(text: &str, names: &[&str]) -> Option<String> {
    let key = format!(" {} ", kernel::text::search_key(text));
    let named = |name: &&&str| key.contains(&format!(" {} ", kernel::text::search_key(name)));
    if let Some(name) = names.iter().find(named) {
        return Some((*name).to_owned());
    }
    if let Some(address) = text.split_whitespace().find(|word| word.contains('@')) {
        return Some(address.to_owned());
    }
    let mut digits = String::new();
    for letter in text.chars().chain(['\n']) {
        match letter {
            '0'..='9' => digits.push(letter),
            // People write numbers in groups: `0912 345 678`, `0912.345.678`.
            ' ' | '.' | '-' if !digits.is_empty() => {}
            _ => {
                if digits.len() >= SHORTEST_NUMBER && digits.starts_with(['0', '8']) {
                    return Some(digits);
                }
                digits.clear();
            }
        }
    }
    None
}

/// So many digits in a row, beginning as telephone numbers do here, are one.
const SHORTEST_NUMBER: usize = 9;

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_name_that_was_not_consented_to_a_number_and_an_address_are_found() {
        assert_eq!(gives_away("Ông lò văn BA đề xuất", &["Lò Văn Ba"]), Some("Lò Văn Ba".to_owned()));
        assert_eq!(gives_away("Gọi 0912.345 678 để hỏi", &[]), Some("0912345678".to_owned()));
        assert_eq!(gives_away("Hỏi tại ba@example.vn", &[]), Some("ba@example.vn".to_owned()));
        assert_eq!(gives_away("Giảm từ 4 giờ còn 30 phút, 12.500 hồ sơ năm 2026", &["Lò Văn Ba"]), None);
    }

    #[test]
    fn a_late_filing_is_reminded_of_from_the_day_after_a_year() {
        let from = date(2025, 6, 10);
        assert_eq!(lapsed(TermKind::Filing, from, date(2026, 6, 10)), None);
        let late = lapsed(TermKind::Filing, from, date(2026, 6, 11)).expect("a year and a day");
        assert_eq!((late.last, late.term.confidence), (date(2026, 6, 10), Confidence::Memory));
    }

    #[test]
    fn every_term_has_a_length_and_a_ground() {
        for kind in [TermKind::Filing, TermKind::Check, TermKind::Decide] {
            let term = term(kind).expect("it ships");
            assert!(term.months > 0 && !term.ground.is_empty());
        }
    }

    #[test]
    fn a_reach_over_the_province_needs_the_adopters_that_were_set() {
        assert_eq!(reach(Scope::CoSo, 0, Some(3)), Reach::NotAsked);
        assert_eq!(reach(Scope::Tinh, 2, None), Reach::NotKnown);
        assert_eq!(reach(Scope::Tinh, 2, Some(3)), Reach::Short { adopters: 2, needed: 3 });
        assert_eq!(reach(Scope::Tinh, 3, Some(3)), Reach::BorneOut { adopters: 3, needed: 3 });
        assert_eq!(reach(Scope::ToanQuoc, 2, Some(3)), Reach::Short { adopters: 2, needed: 3 });
    }
}
