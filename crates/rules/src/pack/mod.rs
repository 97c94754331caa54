//! Packs: the law as plain files, read once, refused as a whole when something in them is wrong.
//!
//! A rule is one file with versions one after the other. Each version stands on
//! an instrument, names its clause and holds from a day until another. [`fault`]
//! says what is wrong and on which line; `citations` reads which acts a clause names; [`condition`] is the closed vocabulary of
//! standards; [`mod@file`] the shape of the files; [`reading`] the way from text to rules.

pub(crate) mod citations;
pub mod condition;
pub mod fault;
pub mod file;
pub mod reading;

use jiff::civil::Date;
use kernel::Period;
use serde::{Deserialize, Serialize};

use crate::award::{AwardCode, AwardKind, RecipientKind, words};

pub use fault::{PackFault, Severity};

words! {
    /// How sure the words of a rule are.
    Confidence {
        /// The legal text itself was read.
        Text = "text", "đã đọc văn bản";
        /// Read in a report of the text.
        Report = "report", "theo nguồn thuật lại";
        /// Inferred from texts that were read.
        Derived = "derived", "suy ra từ văn bản đã đọc";
        /// Not read.
        Memory = "memory", "chưa đọc được văn bản";
    }
}

impl Confidence {
    /// The confidence of a text that nobody has read.
    #[must_use]
    pub fn unread() -> Self {
        Self::Memory
    }

    /// A clause with how sure its words are, where the legal text itself was not read: whoever copies the one copies
    /// the other.
    #[must_use]
    pub fn cite(self, citation: &str) -> String {
        match self {
            Self::Text => citation.to_owned(),
            unsure => format!("{citation} [{}]", unsure.name_vi()),
        }
    }
}

words! {
    /// What may be done with a rule.
    Status {
        /// Its conditions are encoded.
        Encodable = "encodable", "đã mã hoá";
        /// Its text was not read: it never yields an answer.
        NeedsText = "needs_text", "chưa có văn bản";
        /// The province or the Office must set it: shipped as a template to adopt.
        LocalRuleNeeded = "local_rule_needed", "cần quy định của địa phương";
    }
}

/// A legal act, with the days on which it is in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instrument {
    /// Short name used by rules, such as `L22`.
    pub id: String,
    /// Its full name.
    pub title_vi: String,
    /// Its number as citations write it, such as `Luật 06/2022/QH15`.
    pub number: String,
    /// First day in force.
    #[serde(deserialize_with = "file::day")]
    pub from: Date,
    /// First day no longer in force; none means open.
    #[serde(default, deserialize_with = "file::maybe_day")]
    pub until: Option<Date>,
    /// What ended or will end it.
    #[serde(default)]
    pub ended_by: Option<String>,
    /// How sure the days are.
    pub confidence: Confidence,
    /// Where it was read.
    pub source: String,
}

impl Instrument {
    /// The days in force.
    #[must_use]
    pub fn period(&self) -> Period {
        Period { from: self.from, until: self.until }
    }
}

/// What the catalogue says of an award.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AwardInfo {
    /// The award.
    pub code: AwardCode,
    /// Its name on the certificate.
    pub name_vi: String,
    /// Title, flag, commendation or order.
    pub kind: AwardKind,
    /// Whom it may be given to.
    pub recipients: Vec<RecipientKind>,
    /// The level that decides: `office`, `province`, `government`, `state`.
    pub level: Level,
    /// Who decides.
    pub decider: String,
    /// The clause that says who decides.
    pub decider_citation: String,
    /// Who submits.
    pub submitter: String,
    /// The levels a dossier passes, in order.
    pub route: Vec<String>,
    /// The council that considers it.
    pub council: String,
    /// The clause that says whom it is given to.
    pub recipients_citation: String,
}

impl AwardInfo {
    /// The law's word for its class: `danh hiệu` or `hình thức`.
    #[must_use]
    pub fn form(&self) -> &'static str {
        self.kind.form()
    }
}

words! {
    /// The level at which an award is decided.
    Level {
        /// The head of the Office.
        Office = "office", "Văn phòng";
        /// The chairman of the province.
        Province = "province", "tỉnh";
        /// The Prime Minister.
        Government = "government", "Thủ tướng Chính phủ";
        /// The President.
        State = "state", "Chủ tịch nước";
    }
}

/// What a version stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Basis {
    /// The days on which the version holds.
    pub period: Period,
    /// The instrument, by its short name.
    pub instrument: String,
    /// The clause, as it is cited.
    pub citation: String,
    /// How sure the text is.
    pub confidence: Confidence,
    /// What may be done with it.
    pub status: Status,
    /// From this day on a person must confirm the text first.
    pub review_from: Option<Date>,
    /// Why it must be confirmed.
    pub review_reason: Option<String>,
    /// The template it belongs to, when it is a local rule.
    pub template: Option<String>,
    /// Where the text was read.
    pub source: Option<String>,
    /// What an editor has to say about it.
    pub note: Option<String>,
    /// The line of the file where the version begins.
    pub line: usize,
}

impl Basis {
    /// The name of the version: its first day.
    #[must_use]
    pub fn version(&self) -> String {
        self.period.from.to_string()
    }

    /// The clause, with how sure its words are where the text itself was not read.
    #[must_use]
    pub fn cited(&self) -> String {
        self.confidence.cite(&self.citation)
    }
}

/// One version of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version<B> {
    /// What it stands on.
    pub basis: Basis,
    /// What it says.
    pub body: B,
}

/// A rule with its versions in order of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule<B> {
    /// The rule's name, which is also its file's.
    pub id: String,
    /// What it is about.
    pub title_vi: String,
    /// The file it was read from.
    pub file: String,
    /// The awards it is about; empty for those that concern all.
    pub awards: Vec<AwardCode>,
    /// The versions; no two share a day.
    pub versions: Vec<Version<B>>,
}

impl<B> Rule<B> {
    /// The version in force on a day.
    #[must_use]
    pub fn on(&self, day: Date) -> Option<&Version<B>> {
        self.versions.iter().find(|version| version.basis.period.contains(day))
    }

    /// The last version that was in force before a day on which none is.
    #[must_use]
    pub fn last_before(&self, day: Date) -> Option<&Version<B>> {
        self.versions.iter().rfind(|version| version.basis.period.from <= day)
    }

    /// Whether the rule is about the award.
    #[must_use]
    pub fn concerns(&self, award: AwardCode) -> bool {
        self.awards.is_empty() || self.awards.contains(&award)
    }
}
