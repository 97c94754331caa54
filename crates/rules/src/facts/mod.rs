//! The facts of a case: what is known of a recipient on the day of the question.
//!
//! A key that is absent is *not known*; an empty list is *known to be none*.
//! A list that is given is complete: a year that it leaves out is a year without.
//! A key that the contract does not name is refused by name.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::award::{AwardCode, AwardType, Group, RecipientKind};

mod points;
mod reading;
mod summary;
mod words;

pub use points::Points;
pub use reading::FactsFault;
pub use words::{
    ContributionField, DisciplineLevel, HoldKind, ImpactMode, LauncherLevel, Organiser, RatingLevel, Scope, Selection,
    Stage,
};

/// Everything that is known of one recipient on the day of the question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the keys of the command line contract, explained there")]
pub struct Facts {
    pub recipient: Recipient,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub good_standing: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub internal_unity: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ratings: Option<Vec<Rating>>,
    /// The ratings of the unit that the recipient leads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit_ratings: Option<Vec<Rating>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub awards: Option<Vec<HeldAward>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub initiatives: Option<Vec<Initiative>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub science_works: Option<Vec<ScienceWork>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub movement: Option<Movement>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cluster: Option<Cluster>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub targets_exceeded: Option<BTreeMap<i16, bool>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub impact: Option<Vec<Impact>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contributions: Option<Vec<Contribution>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub members: Option<Members>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub production_model_years: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discipline: Option<Vec<Discipline>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holds: Option<Vec<Hold>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub achievements: Option<Vec<Achievement>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nominated_for: Option<Vec<String>>,
    /// What was scored by criterion, year by year.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub criteria: Option<Vec<CriterionScore>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attestations: Option<Vec<Attestation>>,
}

/// Declares a record of the facts: the keys of the contract, none but those.
macro_rules! record {
    ($(#[$doc:meta])* $name:ident { $($field:ident : $type:ty),+ $(; $($optional:ident : $inner:ty),+)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        #[allow(missing_docs, reason = "the keys of the command line contract, explained there")]
        pub struct $name {
            $(pub $field: $type,)+
            $($(#[serde(default, skip_serializing_if = "Option::is_none")] pub $optional: Option<$inner>,)+)?
        }
    };
}

record! {
    /// Who is nominated.
    Recipient { kind: RecipientKind; groups: Vec<Group>, name: String, female: bool, leader: bool }
}
record! {
    /// The rating of one year.
    Rating { year: i16, level: RatingLevel }
}
record! {
    /// An award that the recipient holds.
    HeldAward { award: AwardCode, year: i16; r#type: AwardType, decided_on: Date }
}
record! {
    /// An initiative; `used_for` names the awards it already served, as `code/year`.
    Initiative { id: String; recognised_on: Date, scope: Scope, replicable: bool, used_for: Vec<String> }
}
record! {
    /// An accepted scientific work.
    ScienceWork { id: String; accepted_on: Date, scope: Scope }
}
record! {
    /// The movement as somebody launched it.
    Launcher { level: LauncherLevel; from: Date, until: Date, thematic: bool, years_decided: u16 }
}
record! {
    /// A cluster or block of emulation.
    Cluster { leads: bool; organiser: Organiser }
}
record! {
    /// The reach of achievements.
    Impact { mode: ImpactMode, scope: Scope }
}
record! {
    /// A contribution and its reach.
    Contribution { field: ContributionField, scope: Scope }
}
record! {
    /// A discipline; `until` is the first day after it.
    Discipline { level: DisciplineLevel, from: Date; until: Date }
}
record! {
    /// A hold; without `until` it lasts.
    Hold { kind: HoldKind, from: Date; until: Date }
}
record! {
    /// An achievement; `rewarded_by` names what it was rewarded with, as `code/year`.
    Achievement { id: String; rewarded_by: Vec<String> }
}
record! {
    /// The points of one criterion in one year.
    CriterionScore { criterion: String, year: i16, points: Points }
}
record! {
    /// A statement that somebody signed.
    Attestation { text_vi: String, by: String, on: Date }
}

/// The movement in which the recipient took part.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the keys of the command line contract, explained there")]
pub struct Movement {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub launchers: Option<Vec<Launcher>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<Stage>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub selected: Option<Selection>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leads: Option<bool>,
}

/// The members of a collective, counted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "the keys of the command line contract, explained there")]
pub struct Members {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completed: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub titles: Option<BTreeMap<AwardCode, u32>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disciplined: Option<Vec<DisciplineLevel>>,
}

impl Facts {
    /// Facts of which nothing is known but whom they are about.
    #[must_use]
    pub fn about(kind: RecipientKind) -> Self {
        Self {
            recipient: Recipient { kind, groups: None, name: None, female: None, leader: None },
            good_standing: None,
            internal_unity: None,
            ratings: None,
            unit_ratings: None,
            awards: None,
            initiatives: None,
            science_works: None,
            movement: None,
            cluster: None,
            targets_exceeded: None,
            impact: None,
            contributions: None,
            members: None,
            production_model_years: None,
            discipline: None,
            holds: None,
            achievements: None,
            nominated_for: None,
            criteria: None,
            attestations: None,
        }
    }
}
