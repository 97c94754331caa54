//! The language of the screen. A sentence is its own key: templates hold the Vietnamese words, and
//! `en.toml` holds the English for each, as gettext does. Faults and refusals have names and numbers filled in;
//! their sentences are in `en.faults.toml`. Tests find sentences without English.

mod faults;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static ENGLISH: LazyLock<BTreeMap<String, String>> =
    LazyLock::new(|| toml::from_str(include_str!("en.toml")).expect("the catalogue is part of the program and tested"));

/// A language of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
}

impl Lang {
    /// The code in `<html lang>`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// Reads a code; Vietnamese for what is not English.
    #[must_use]
    pub fn from_code(code: &str) -> Self {
        if code == "en" { Self::En } else { Self::Vi }
    }

    /// Says a sentence of the screen in this language; Vietnamese where English is missing.
    #[must_use]
    pub fn t<'a>(&self, sentence: &'a str) -> &'a str {
        match self {
            Self::Vi => sentence,
            Self::En => ENGLISH.get(sentence).map_or(sentence, String::as_str),
        }
    }

    /// Says a fault or a refusal, finished as it comes from below, in this language; Vietnamese where English is
    /// missing.
    #[must_use]
    pub fn fault<'a>(&self, sentence: &'a str) -> Cow<'a, str> {
        let english = match self {
            Self::Vi => None,
            Self::En => faults::english(sentence),
        };
        english.map_or(Cow::Borrowed(sentence), Cow::Owned)
    }
}

/// Whether the catalogue has English for a sentence.
#[must_use]
pub fn has_english(sentence: &str) -> bool {
    ENGLISH.contains_key(sentence)
}

/// Whether the catalogues have English for a fault's sentence, written with `{}` for what is filled in.
#[must_use]
pub fn has_english_fault(pattern: &str) -> bool {
    faults::holds(pattern)
}
