//! Points of a criterion, exact to four places.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::money::Multiple;

/// Points as whoever scores writes them: `"8.5"` in facts and packs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Points(Multiple);

/// A text that is no decimal with at most four places.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” không phải điểm số thập phân (tối đa bốn chữ số sau dấu chấm), ví dụ \"8.5\"")]
pub struct NotPoints(String);

impl Points {
    /// As they are written in Vietnamese: `14`, `14,5`.
    #[must_use]
    pub fn words(self) -> String {
        let text = self.0.to_string();
        text.strip_suffix(".0").map_or_else(|| text.replace('.', ","), str::to_owned)
    }

    /// Two criteria together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self(self.0.plus(other.0))
    }
}

impl TryFrom<String> for Points {
    type Error = NotPoints;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Multiple::try_from(text).map(Self).map_err(|fault| NotPoints(fault.into_text()))
    }
}

impl From<Points> for String {
    fn from(points: Points) -> Self {
        points.to_string()
    }
}

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
