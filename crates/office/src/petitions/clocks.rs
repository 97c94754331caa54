//! The rules of the clocks, as they stand in `rulepacks/petitions/petitions.clocks.toml`.

use std::sync::LazyLock;

use kernel::calendar::Length;
use kernel::{Date, Time};
use serde::Deserialize;

use super::model::{Channel, ClockKind, Kind};

static SHIPPED: LazyLock<ClockBook> = LazyLock::new(|| {
    ClockBook::parse(include_str!("../../../../rulepacks/petitions/petitions.clocks.toml"))
        .expect("the file is part of the program and tested")
});

/// The rules that ship.
#[must_use]
pub fn shipped() -> &'static ClockBook {
    &SHIPPED
}

/// How sure we are of a rule's wording.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Read in the wording of the act.
    Text,
    /// Told by a technical note or a report.
    Report,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Counts {
    Days,
    WorkingDays,
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClockRule {
    /// By which it is named.
    pub id: String,
    /// What it measures.
    pub clock: ClockKind,
    /// For which kind; none for all.
    pub kind: Option<Kind>,
    /// For which channel; none for all.
    pub channel: Option<Channel>,
    /// For complex ones only.
    #[serde(default)]
    pub complex: bool,
    /// Of several that fit, the highest counts.
    pub priority: i64,
    days: u32,
    counts: Counts,
    /// Whether it begins anew when the petition is passed to a unit.
    #[serde(default)]
    pub restarts: bool,
    /// The first day for which it answers.
    pub from: Date,
    /// The first day for which it no longer answers.
    pub until: Option<Date>,
    /// The act and the article.
    pub ground: String,
    /// How sure we are of it.
    pub confidence: Confidence,
}

impl ClockRule {
    /// How long.
    #[must_use]
    pub fn length(&self) -> Length {
        match self.counts {
            Counts::Days => Length::Days(self.days),
            Counts::WorkingDays => Length::WorkingDays(self.days),
        }
    }
}

/// When somebody is told that a term lapsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoticeHours {
    /// From this hour of a working day.
    pub from: Time,
    /// Until this one.
    pub until: Time,
}

/// All rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockBook {
    /// In the order of the file.
    pub rules: Vec<ClockRule>,
    /// When notices are given.
    pub notices: NoticeHours,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClockFile {
    clock: Vec<ClockRule>,
    notices: NoticeFile,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NoticeFile {
    from: String,
    until: String,
}

impl ClockBook {
    /// Reads the file.
    ///
    /// # Errors
    /// A sentence that says what is wrong: two rules of one clock with one priority, a rule without length.
    pub fn parse(text: &str) -> Result<Self, String> {
        let file: ClockFile = toml::from_str(text).map_err(|error| error.to_string())?;
        for (at, one) in file.clock.iter().enumerate() {
            if one.days == 0 || one.ground.trim().is_empty() {
                return Err(format!("{}: cần số ngày và căn cứ", one.id));
            }
            let equal = |other: &&ClockRule| other.clock == one.clock && other.priority == one.priority;
            if let Some(other) = file.clock[..at].iter().find(equal) {
                return Err(format!("{} và {} có cùng thứ tự ưu tiên {}", other.id, one.id, one.priority));
            }
        }
        let hour = |text: &str| text.parse::<Time>().map_err(|error| format!("{text}: {error}"));
        let notices = NoticeHours { from: hour(&file.notices.from)?, until: hour(&file.notices.until)? };
        Ok(Self { rules: file.clock, notices })
    }

    /// The rule of a name.
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<&ClockRule> {
        self.rules.iter().find(|rule| rule.id == id)
    }
}
