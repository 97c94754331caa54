//! The set of indicators of Quyết định 766/QĐ-TTg: the parts that dossiers tell, the others with the reason.

use std::sync::LazyLock;

use serde::Deserialize;

use super::figures::{Figures, Share};
use super::queries::Kind;

static SHIPPED: LazyLock<Book> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../rulepacks/dossiers/766.formula.toml"))
        .expect("the file is part of the program and tested")
});

/// The set that ships.
#[must_use]
pub fn shipped() -> &'static Book {
    &SHIPPED
}

/// The set.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Book {
    /// The decision.
    pub ground: String,
    /// How sure we are of its wording: `text`, `report` or `memory`.
    pub confidence: String,
    #[serde(rename = "group")]
    /// Its groups.
    pub groups: Vec<Group>,
}

/// A group of parts.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// What it is called.
    pub name: String,
    /// Its full mark.
    pub max: i64,
    /// Why nothing of it is computed.
    pub why: Option<String>,
    /// Its parts.
    #[serde(default, rename = "part")]
    pub parts: Vec<Part>,
}

/// A part.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// What it is called.
    pub name: String,
    /// Its full mark.
    pub max: i64,
    /// Of what it is computed.
    pub from: Option<Source>,
    /// The share of full mark, in percent.
    pub full_at: Option<i64>,
    /// Why it is not computed.
    pub why: Option<String>,
}

/// Of what a part is computed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Done before or on the due day, of all accepted.
    InTimeOfAccepted,
    /// Handed in online, of those whose channel is known.
    Online,
    /// With an electronic result, of those that ended and say so.
    ResultDigitised,
    /// Papers digitised, of those that say so.
    InputDigitised,
    /// Answers of 4 and 5, of all answers.
    Answered,
}

impl Source {
    /// The share.
    #[must_use]
    pub fn share(self, figures: &Figures) -> Share {
        match self {
            Self::InTimeOfAccepted => Share { part: figures.in_time().part, whole: figures.accepted() },
            Self::Online => figures.online,
            Self::ResultDigitised => figures.result,
            Self::InputDigitised => figures.input,
            Self::Answered => {
                let good = figures.answers.counts().filter(|(answer, _)| *answer >= 4).map(|(_, many)| many).sum();
                Share { part: good, whole: figures.answers.count() }
            }
        }
    }

    /// Which dossiers the parts of the share are; the first is none when no list shows just those.
    #[must_use]
    pub fn kinds(self) -> (Option<Kind>, Kind) {
        match self {
            Self::InTimeOfAccepted => (Some(Kind::InTime), Kind::Accepted),
            Self::Online => (Some(Kind::Online), Kind::Channel),
            Self::ResultDigitised => (Some(Kind::Result), Kind::ResultKnown),
            Self::InputDigitised => (Some(Kind::Input), Kind::InputKnown),
            Self::Answered => (None, Kind::Answered),
        }
    }
}

impl Part {
    /// The mark in hundredths, half up and at most the full one; none when there is nothing to count.
    #[must_use]
    pub fn mark(&self, figures: &Figures) -> Option<i64> {
        let share = self.from?.share(figures);
        let full_at = self.full_at.unwrap_or(100);
        let (top, bottom) = (share.part * self.max * 10_000, share.whole * full_at);
        (bottom > 0).then(|| ((2 * top + bottom) / (2 * bottom)).min(self.max * 100))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_groups_make_a_hundred_and_each_part_is_computed_or_says_why_not() {
        let book = shipped();
        assert_eq!(book.groups.iter().map(|group| group.max).sum::<i64>(), 100);
        for group in &book.groups {
            assert_eq!(group.why.is_some(), group.parts.is_empty(), "{}", group.name);
            if !group.parts.is_empty() {
                assert_eq!(group.parts.iter().map(|part| part.max).sum::<i64>(), group.max, "{}", group.name);
            }
            for part in &group.parts {
                assert_ne!(part.from.is_some(), part.why.is_some(), "{}", part.name);
            }
        }
    }

    #[test]
    fn a_mark_is_its_share_of_the_full_one_and_nothing_to_count_is_no_mark() {
        let part =
            |from, max, full_at| Part { name: String::new(), max, from: Some(from), full_at: Some(full_at), why: None };
        let figures = Figures {
            before: 4,
            on_time: 3,
            overdue: 2,
            open_late: 1,
            online: Share { part: 7, whole: 10 },
            input: Share { part: 1, whole: 3 },
            ..Figures::default()
        };
        // 20 × 7/10; online 70 % is more than the 50 % of the full mark; 4 × 1/3 is 1.333….
        assert_eq!(part(Source::InTimeOfAccepted, 20, 100).mark(&figures), Some(1_400));
        assert_eq!(part(Source::Online, 6, 50).mark(&figures), Some(600));
        assert_eq!(part(Source::InputDigitised, 4, 100).mark(&figures), Some(133));
        assert_eq!(part(Source::Answered, 6, 90).mark(&figures), None);
    }
}
