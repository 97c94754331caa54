//! The shape of pack files, before they become rules.

use jiff::civil::Date;
use serde::{Deserialize, Deserializer, Serialize};
use toml::Spanned;

use super::condition::Condition;
use super::{AwardInfo, Confidence, Status};
use crate::award::{AwardCode, AwardType, RecipientKind};
use crate::guard::GuardBody;
use crate::money::{HouseholdRounding, Multiple};
use crate::procedure::{CapRow, DossierItem};
use crate::vote::{Denominator, Fraction};

/// What a rule file is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A standard of an award.
    Standard,
    /// Ministry or provincial guidance that narrows an award.
    Guidance,
    /// Something that stands in the way of any award.
    Guard,
    /// Whether and how the council votes.
    Ballot,
    /// The papers of a dossier.
    Dossier,
    /// A time limit.
    Deadline,
    /// The multiples of the base salary.
    Bonus,
    /// The base salary.
    BaseSalary,
    /// How a household's bonus follows the person's, and the rounding.
    BonusPrinciples,
    /// When a council may meet and decide.
    Quorum,
    /// How long opinions are taken before the council.
    Consultation,
    /// Caps and shares of a campaign.
    Caps,
}

/// `<rule>.rule.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleFile {
    pub subject: Subject,
    pub id: Spanned<String>,
    pub title_vi: String,
    #[serde(default)]
    pub awards: Vec<AwardCode>,
    #[serde(default)]
    pub recipients: Vec<RecipientKind>,
    #[serde(default, rename = "type")]
    pub award_type: Option<AwardType>,
    #[serde(default, rename = "version")]
    pub versions: Vec<Spanned<VersionFile>>,
}

/// One `[[version]]`; which of the last keys it may carry follows from the subject.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VersionFile {
    #[serde(deserialize_with = "day")]
    pub from: Date,
    #[serde(default, deserialize_with = "maybe_day")]
    pub until: Option<Date>,
    pub instrument: String,
    pub citation: String,
    pub confidence: Confidence,
    pub status: Status,
    #[serde(default, deserialize_with = "maybe_day")]
    pub review_from: Option<Date>,
    #[serde(default)]
    pub review_reason: Option<String>,
    #[serde(default)]
    pub template: Option<String>,
    #[serde(default)]
    pub source: Option<String>,
    /// An act that has ended, whose words are presumed to stand on: the only one that may be cited past its end.
    #[serde(default)]
    pub derived_from: Option<String>,
    #[serde(default)]
    pub note: Option<String>,
    #[serde(default, rename = "condition")]
    pub conditions: Option<Vec<Condition>>,
    #[serde(default)]
    pub guard: Option<GuardBody>,
    #[serde(default)]
    pub ballot: Option<BallotRow>,
    #[serde(default, rename = "item")]
    pub items: Option<Vec<DossierItem>>,
    #[serde(default)]
    pub deadline: Option<DeadlineRow>,
    #[serde(default, rename = "multiple")]
    pub multiples: Option<Vec<MultipleRow>>,
    #[serde(default)]
    pub amount: Option<u64>,
    #[serde(default)]
    pub principles: Option<PrinciplesRow>,
    #[serde(default)]
    pub quorum: Option<QuorumRow>,
    #[serde(default)]
    pub working_days: Option<u32>,
    #[serde(default, rename = "cap")]
    pub caps: Option<Vec<CapRow>>,
}

impl VersionFile {
    /// The bodies that are given, as they are written; a version has one.
    pub(crate) fn bodies(&self) -> Vec<&'static str> {
        [
            (self.conditions.is_some(), "[[version.condition]]"),
            (self.guard.is_some(), "[version.guard]"),
            (self.ballot.is_some(), "[version.ballot]"),
            (self.items.is_some(), "[[version.item]]"),
            (self.deadline.is_some(), "[version.deadline]"),
            (self.multiples.is_some(), "[[version.multiple]]"),
            (self.amount.is_some(), "amount"),
            (self.principles.is_some(), "[version.principles]"),
            (self.quorum.is_some(), "[version.quorum]"),
            (self.working_days.is_some(), "working_days"),
            (self.caps.is_some(), "[[version.cap]]"),
        ]
        .into_iter()
        .filter_map(|(given, name)| given.then_some(name))
        .collect()
    }
}

/// Whether a ballot is held and what carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BallotRow {
    pub needed: bool,
    #[serde(default)]
    pub share_bp: Option<u32>,
    #[serde(default)]
    pub of: Option<Denominator>,
}

/// A time limit: so many working days from an event, or a rule in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeadlineRow {
    #[serde(default)]
    pub working_days: Option<u32>,
    #[serde(default)]
    pub from_event: Option<String>,
    #[serde(default)]
    pub month: Option<i8>,
    #[serde(default)]
    pub day: Option<i8>,
    #[serde(default)]
    pub years_after: Option<i16>,
    pub text_vi: String,
}

impl DeadlineRow {
    /// Why nobody could keep this limit, in a sentence; none when somebody can.
    pub(crate) fn nonsense(&self) -> Option<&'static str> {
        // A day of the year must be there in every year, so it is looked up in one that is no leap year.
        let in_calendar = |(month, day)| Date::new(2023, month, day).is_ok();
        if self.month.is_some() != self.day.is_some() {
            Some("month và day phải đi cùng nhau")
        } else if !self.month.zip(self.day).is_none_or(in_calendar) {
            Some("month, day không phải một ngày có trên lịch của mọi năm")
        } else if self.years_after.is_some() && self.month.is_none() {
            Some("years_after chỉ có nghĩa khi có month và day")
        } else if self.working_days.is_some() != self.from_event.is_some() {
            Some("working_days và from_event phải đi cùng nhau")
        } else if self.working_days.is_some() && self.month.is_some() {
            Some("một hạn hoặc tính từ một việc (working_days), hoặc là một ngày trong năm (month, day)")
        } else {
            None
        }
    }
}

/// A multiple for a kind of recipient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MultipleRow {
    pub recipient: RecipientKind,
    pub multiple: Multiple,
    pub citation: String,
    pub confidence: Confidence,
}

/// The principles of the money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrinciplesRow {
    pub round_up_to: u64,
    pub household_factor: Multiple,
    pub household_citation: String,
    pub household_confidence: Confidence,
    pub household_rounding: HouseholdRounding,
}

/// When a council may meet and decide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct QuorumRow {
    pub present: Fraction,
    pub present_for_awards: Fraction,
}

/// `catalogue.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CatalogueFile {
    #[serde(rename = "award")]
    pub awards: Vec<AwardInfo>,
}

/// `<rule>.cases.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CasesFile {
    pub rule: Spanned<String>,
    #[serde(default)]
    pub facts: toml::Table,
    #[serde(default, rename = "case")]
    pub cases: Vec<Spanned<CaseFile>>,
}

/// One case: a day, facts over those of the file, and what must come out.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseFile {
    pub name: String,
    #[serde(deserialize_with = "day")]
    pub on: Date,
    #[serde(default)]
    pub award: Option<AwardCode>,
    #[serde(default)]
    pub recipient: Option<RecipientKind>,
    #[serde(default)]
    pub members: Option<u32>,
    #[serde(default)]
    pub yes: Option<u32>,
    #[serde(default)]
    pub facts: toml::Table,
    #[serde(default)]
    pub without: Vec<String>,
    pub expect: String,
    #[serde(default)]
    pub waits: bool,
    #[serde(default, deserialize_with = "maybe_day")]
    pub adopted: Option<Date>,
    #[serde(default, deserialize_with = "maybe_day")]
    pub confirmed: Option<Date>,
}

/// Reads a day written as a TOML date or as text.
pub fn day<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
    let text = match toml::Value::deserialize(from)? {
        toml::Value::Datetime(written) => written.to_string(),
        toml::Value::String(text) => text,
        other => other.to_string(),
    };
    text.parse().map_err(|_| {
        serde::de::Error::custom(format!("“{text}” không phải một ngày có trên lịch, hãy viết dạng 2026-10-01"))
    })
}

/// Reads a day that may be left out.
pub fn maybe_day<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Date>, D::Error> {
    day(from).map(Some)
}
