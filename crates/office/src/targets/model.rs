//! An indicator with the versions of its definition; the value of a unit and period with its states.

use std::collections::BTreeMap;

use kernel::id::{AccountId, UnitId};
use kernel::{Date, Timestamp};
use serde::Serialize;

use super::{Amount, Baseline, Counting, Nature, ReportPeriod, TargetsError};
use crate::words::{ids, words};

ids! {
    /// An indicator.
    IndicatorId,
    /// The value of one unit and period.
    ValueId,
    /// A file of evidence.
    ValueFileId,
}

/// The least letters of a reason.
pub const SHORTEST_REASON: usize = 10;

words! {
    /// The assessed level of a qualitative indicator, in the words of the yearly rating.
    Level {
        /// The best.
        Excellent = "excellent", "hoàn thành xuất sắc";
        /// Good.
        Good = "good", "hoàn thành tốt";
        /// Done.
        Done = "done", "hoàn thành";
        /// Not done.
        NotDone = "not_done", "không hoàn thành";
    }
}

words! {
    /// Where a value stands.
    State {
        /// Being entered.
        Draft = "draft", "dự thảo";
        /// Handed in.
        Pending = "pending", "chờ duyệt";
        /// Given back with a reason.
        Returned = "returned", "trả lại";
        /// Approved and locked.
        Approved = "approved", "đã duyệt";
    }
}

impl State {
    /// The tone of its tag.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Draft => "neutral",
            Self::Pending => "warn",
            Self::Returned => "bad",
            Self::Approved => "ok",
        }
    }

    /// Whether the unit has said its word: drafts and what was given back are not yet a report.
    #[must_use]
    pub fn is_reported(self) -> bool {
        matches!(self, Self::Pending | Self::Approved)
    }
}

words! {
    /// What happened to a value.
    EventKind {
        /// Entered or changed.
        Saved = "saved", "Lưu";
        /// Handed in.
        Submitted = "submitted", "Gửi duyệt";
        /// Given back.
        Returned = "returned", "Trả lại";
        /// Approved.
        Approved = "approved", "Duyệt";
        /// Opened again by the upper level.
        Reopened = "reopened", "Mở lại";
    }
}

/// How an indicator is counted from a day on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Definition {
    /// Its number, from 1.
    pub number: i64,
    /// The first day it holds: always the first of a year, so that a year is counted in one way.
    pub from_on: Date,
    /// How it is counted.
    pub counting: Counting,
    /// Why it was changed, with the document.
    pub reason: String,
    /// Who recorded it.
    pub recorded_name: String,
    /// When.
    pub recorded_at: Timestamp,
}

/// An indicator.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Indicator {
    /// Its id.
    pub id: IndicatorId,
    /// Its code: `CT3.1`.
    pub code: String,
    /// The clause of its target.
    pub clause: String,
    /// Its place in the list.
    pub position: i64,
    /// What it was worth before the movement; none while nobody has said.
    pub baseline: Option<Baseline>,
    /// What is aimed at, by year.
    pub path: BTreeMap<i16, Amount>,
    /// Where the path stands.
    pub path_source: String,
    /// The versions of its definition, the oldest first; never empty.
    pub definitions: Vec<Definition>,
    /// Counts changes, against concurrent edits.
    pub version: i64,
}

impl Indicator {
    /// The definition that holds for a period: the last that began by its first day. None before the first.
    #[must_use]
    pub fn definition_for(&self, period: ReportPeriod) -> Option<&Definition> {
        self.definition_on(period.from())
    }

    /// The definition that holds on a day.
    #[must_use]
    pub fn definition_on(&self, day: Date) -> Option<&Definition> {
        self.definitions.iter().rev().find(|one| one.from_on <= day)
    }

    /// The definition of today, or the first where none holds yet.
    #[must_use]
    pub fn current(&self, today: Date) -> &Definition {
        self.definition_on(today).or(self.definitions.first()).expect("an indicator is kept with its first definition")
    }
}

/// Who settled a value, when, with which words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Settled {
    /// The name.
    pub name: String,
    /// When.
    pub at: Timestamp,
    /// The reason; empty for an approval.
    pub words: String,
}

/// The value of one unit, or of the whole Office, in a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Value {
    /// Its id.
    pub id: ValueId,
    /// The indicator.
    pub indicator: IndicatorId,
    /// The unit; none for the whole Office.
    pub unit: Option<UnitId>,
    /// The period.
    pub period: ReportPeriod,
    /// The version of the definition by which it was entered.
    pub definition: i64,
    /// The number; none of a qualitative indicator.
    pub amount: Option<Amount>,
    /// The assessed level of a qualitative indicator.
    pub level: Option<Level>,
    /// The account of a qualitative indicator.
    pub narrative: String,
    /// What explains it.
    pub remark: String,
    /// Whether somebody will look at it again.
    pub follow_up: bool,
    /// Where it stands.
    pub state: State,
    /// Whose account entered it last.
    pub entered_by: Option<AccountId>,
    /// Who entered it last.
    pub entered_name: String,
    /// When.
    pub entered_at: Timestamp,
    /// Who approved, returned or opened it last.
    pub settled: Option<Settled>,
    /// Counts changes, against concurrent edits.
    pub version: i64,
}

impl Value {
    /// Whether it can be written into.
    ///
    /// # Errors
    /// When it is locked or handed in.
    pub fn must_be_open(&self) -> Result<(), TargetsError> {
        match (self.state, &self.settled) {
            (State::Draft | State::Returned, _) => Ok(()),
            (State::Pending, _) => Err(TargetsError::HandedIn),
            (State::Approved, settled) => {
                let (name, at) = settled.as_ref().map(|one| (one.name.clone(), one.at)).unwrap_or_default();
                Err(TargetsError::Locked { name, at })
            }
        }
    }

    /// Hands it in.
    ///
    /// # Errors
    /// When it is no draft, or a qualitative one lacks account, level or evidence.
    pub fn submit(&mut self, nature: Nature, files: usize) -> Result<(), TargetsError> {
        self.must_be(State::Draft)?;
        if nature == Nature::Qualitative {
            if self.narrative.is_empty() {
                return Err(TargetsError::Missing("ghi nội dung tự thuật"));
            }
            if self.level.is_none() {
                return Err(TargetsError::Missing("chọn mức đánh giá"));
            }
            if files == 0 {
                return Err(TargetsError::NoEvidence);
            }
        } else if self.amount.is_none() {
            return Err(TargetsError::Missing("nhập số liệu"));
        }
        self.state = State::Pending;
        Ok(())
    }

    /// Gives it back with a reason.
    ///
    /// # Errors
    /// When it was not handed in, or without a reason.
    pub fn give_back(&mut self, settled: Settled) -> Result<(), TargetsError> {
        self.must_be(State::Pending)?;
        reason(&settled.words)?;
        self.state = State::Returned;
        self.settled = Some(settled);
        Ok(())
    }

    /// Approves it: from now on it is locked.
    ///
    /// # Errors
    /// When it was not handed in, or by whoever entered it.
    pub fn approve(&mut self, account: Option<AccountId>, settled: Settled) -> Result<(), TargetsError> {
        self.must_be(State::Pending)?;
        if account.is_some() && account == self.entered_by {
            return Err(TargetsError::OwnValue);
        }
        self.state = State::Approved;
        self.settled = Some(settled);
        Ok(())
    }

    /// Opens it again, with a reason.
    ///
    /// # Errors
    /// When it was not approved, or without a reason.
    pub fn reopen(&mut self, settled: Settled) -> Result<(), TargetsError> {
        self.must_be(State::Approved)?;
        reason(&settled.words)?;
        self.state = State::Returned;
        self.settled = Some(settled);
        Ok(())
    }

    fn must_be(&self, state: State) -> Result<(), TargetsError> {
        if self.state == state { Ok(()) } else { Err(TargetsError::State { is: self.state }) }
    }
}

/// A reason that says something.
///
/// # Errors
/// When it is too short.
pub fn reason(words: &str) -> Result<(), TargetsError> {
    if words.chars().count() < SHORTEST_REASON {
        return Err(TargetsError::ShortReason { least: SHORTEST_REASON });
    }
    Ok(())
}

/// Something that happened to a value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Event {
    /// The value.
    pub value: ValueId,
    /// What.
    pub kind: EventKind,
    /// The day.
    pub on: Date,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub name: String,
    /// The reason, where there is one.
    pub words: String,
    /// The number after it.
    pub amount: Option<Amount>,
    /// The level after it.
    pub level: Option<Level>,
    /// The state after it.
    pub state: State,
}

/// A file of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ValueFile {
    /// Its id.
    pub id: ValueFileId,
    /// Its name.
    pub name: String,
    /// SHA-256 of its bytes.
    pub digest: String,
    /// Its size in bytes.
    pub size: i64,
    /// What it is.
    pub media_type: String,
    /// When it was attached.
    pub at: Timestamp,
    /// Who attached it.
    pub by: String,
}

/// The approval of an indicator's period for the whole Office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Approval {
    /// The indicator.
    pub indicator: IndicatorId,
    /// The period.
    pub period: ReportPeriod,
    /// Whether it stands; an approval that was opened again is kept.
    pub standing: bool,
    /// The number that was approved; none of a qualitative indicator.
    pub amount: Option<Amount>,
    /// How many had reported.
    pub reported: i64,
    /// The version of the definition.
    pub definition: i64,
    /// Who.
    pub name: String,
    /// When.
    pub at: Timestamp,
    /// The reason for opening it again.
    pub words: String,
    /// Counts changes.
    pub version: i64,
}

/// How values are checked and forecast; what law and plan leave open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Settings {
    /// From how many points on a forecast is shown.
    pub forecast_points: i64,
    /// From how many times the last value on, or down to what part of it, a value must be explained.
    pub outlier_factor: i64,
    /// The document of the decision; empty for what ships.
    pub document: String,
    /// Counts changes.
    pub version: i64,
}

impl Settings {
    /// Whether a value is so far from the one before that it must be explained.
    #[must_use]
    pub fn is_outlier(&self, last: Amount, now: Amount) -> bool {
        let (last, now, factor) = (i128::from(last.0), i128::from(now.0), i128::from(self.outlier_factor));
        if last == 0 {
            return false;
        }
        (last > 0) != (now > 0) && now != 0 || now.abs() >= last.abs() * factor || now.abs() * factor <= last.abs()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_far_from_the_last_one_must_be_explained() {
        let settings = Settings { forecast_points: 4, outlier_factor: 3, document: String::new(), version: 0 };
        let odd = |last: i64, now: i64| settings.is_outlier(Amount(last * 10_000), Amount(now * 10_000));
        assert!(odd(10, 100) && odd(10, 30) && odd(30, 10) && odd(10, 0) && odd(10, -10));
        assert!(!odd(10, 29) && !odd(29, 10) && !odd(10, 10));
        assert!(!odd(0, 100), "there is no multiple of nothing");
    }
}
