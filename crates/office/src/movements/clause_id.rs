//! Clause ids: the plan's own numbering, so that a citation can be found on paper.
//!
//! `II.3` is the third item of section II, `IV.1.a` a lettered one, `III.4#4` the fourth unnumbered dash below III.4,
//! `III.0` the paragraph that opens section III, `0` the one that opens the plan.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The letters of Vietnamese lists, in their order.
const LETTERS: &str = "abcdđeghiklmnopqrstuvxy";

/// A clause's place in its plan, as the plan numbers it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ClauseId(String);

/// What a clause is numbered with among its siblings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// The paragraph before the first number: `0`.
    Opening,
    /// A section in Roman numerals: `II`.
    Section(u32),
    /// A numbered item: `3`.
    Number(u32),
    /// A lettered item by its place in the Vietnamese alphabet, from 1: `a`, `đ`.
    Letter(u32),
    /// An unnumbered dash, counted: `#4`.
    Dash(u32),
}

/// Not a clause id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” không phải là mã khoản; mã đúng có dạng II, II.3, IV.1.a, I.1#2, III.0")]
pub struct BadClauseId(pub String);

impl ClauseId {
    /// Reads an id such as `IV.3.b#1`.
    ///
    /// # Errors
    /// [`BadClauseId`] when it does not follow the numbering of plans.
    pub fn parse(text: &str) -> Result<Self, BadClauseId> {
        let bad = || BadClauseId(text.to_owned());
        let (path, dash) = match text.split_once('#') {
            Some((path, dash)) => (path, Some(dash)),
            None => (text, None),
        };
        let marks: Vec<Mark> = path.split('.').map(mark).collect::<Option<_>>().ok_or_else(bad)?;
        let ordered = match marks.as_slice() {
            [Mark::Opening] => dash.is_none(),
            [Mark::Section(_), rest @ ..] => match rest {
                [] | [Mark::Number(_)] | [Mark::Number(_), Mark::Letter(_)] => true,
                [Mark::Opening] => dash.is_none(),
                _ => false,
            },
            _ => false,
        };
        if !ordered || dash.is_some_and(|dash| number(dash).is_none()) {
            return Err(bad());
        }
        Ok(Self(text.to_owned()))
    }

    /// The paragraph that opens the plan.
    #[must_use]
    pub fn opening() -> Self {
        Self("0".to_owned())
    }

    /// The id as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The id of the clause above; none for a section and for the opening of the plan.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        self.0.rfind(['.', '#']).map(|end| Self(self.0[..end].to_owned()))
    }

    /// How far below its section: 0 for the section itself.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.0.matches(['.', '#']).count()
    }

    /// What it is numbered with among its siblings.
    #[must_use]
    pub fn mark(&self) -> Mark {
        match self.0.rsplit_once('#') {
            Some((_, dash)) => Mark::Dash(number(dash).expect("an id is checked when it is made")),
            None => {
                let last = self.0.rsplit('.').next().expect("a split has a last part");
                mark(last).expect("an id is checked when it is made")
            }
        }
    }

    /// The mark as the paper prints it before the text: `II.`, `3.`, `a)`, `-`; nothing for an opening paragraph.
    #[must_use]
    pub fn label(&self) -> String {
        let last = self.0.rsplit('.').next().expect("a split has a last part");
        match self.mark() {
            Mark::Opening => String::new(),
            Mark::Section(_) | Mark::Number(_) => format!("{last}."),
            Mark::Letter(_) => format!("{last})"),
            Mark::Dash(_) => "-".to_owned(),
        }
    }
}

impl Mark {
    /// The place among siblings of the same kind, from 1; 0 for an opening.
    #[must_use]
    pub fn place(self) -> u32 {
        match self {
            Self::Opening => 0,
            Self::Section(place) | Self::Number(place) | Self::Letter(place) | Self::Dash(place) => place,
        }
    }
}

impl fmt::Display for ClauseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for ClauseId {
    type Error = BadClauseId;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<ClauseId> for String {
    fn from(id: ClauseId) -> Self {
        id.0
    }
}

fn mark(part: &str) -> Option<Mark> {
    if part == "0" {
        return Some(Mark::Opening);
    }
    if let Some(section) = roman(part) {
        return Some(Mark::Section(section));
    }
    if let Some(place) = number(part) {
        return Some(Mark::Number(place));
    }
    let place = LETTERS.chars().position(|letter| part.chars().eq([letter]))?;
    Some(Mark::Letter(u32::try_from(place).ok()? + 1))
}

/// A whole number from 1, without leading zeros or signs.
fn number(text: &str) -> Option<u32> {
    let plain = !text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

/// A Roman numeral in its one right spelling.
fn roman(text: &str) -> Option<u32> {
    (1..40).find(|value| spelled(*value) == text)
}

fn spelled(mut value: u32) -> String {
    let mut text = String::new();
    for (worth, sign) in [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")] {
        while value >= worth {
            text.push_str(sign);
            value -= worth;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbering_of_plans_is_understood() {
        for (id, parent, label) in [
            ("0", None, ""),
            ("IV", None, "IV."),
            ("III.0", Some("III"), ""),
            ("II.3", Some("II"), "3."),
            ("IV.1.a", Some("IV.1"), "a)"),
            ("III.4#4", Some("III.4"), "-"),
            ("IV.3.b#1", Some("IV.3.b"), "-"),
        ] {
            let parsed = ClauseId::parse(id).expect(id);
            assert_eq!(parsed.parent().map(String::from).as_deref(), parent, "{id}");
            assert_eq!(parsed.label(), label, "{id}");
        }
    }

    #[test]
    fn the_letter_đ_stands_between_d_and_e() {
        let place = |id: &str| ClauseId::parse(id).expect(id).mark().place();
        assert_eq!((place("I.1.d"), place("I.1.đ"), place("I.1.e")), (4, 5, 6));
    }

    #[test]
    fn what_is_not_numbered_like_a_plan_is_refused() {
        for id in
            ["", "1", "IIII", "II.03", "II.3.", "II..3", "II.a", "II.3#0", "II.3#", "II.0#1", "0#1", "II.1.w", "ii"]
        {
            assert!(ClauseId::parse(id).is_err(), "{id}");
        }
    }
}
