//! The law as data: packs in, three-valued answers with citations out.
//!
//! The engine holds no legal number and no article: those stand in `rulepacks/`,
//! dated and cited, and are read once into a [`RuleBook`]. A [`Question`] carries
//! the [`Facts`] of a case and a day; the [`Answer`] says for each award what stands,
//! by which clause, on which record, and what is missing. Nothing here reads a
//! file, a clock or a database.
//!
//! Reading order: [`award`] and [`facts`] (the words), [`pack`] (from files to rules),
//! [`book`] (what can be asked), [`evaluate`] (the question), [`answer`] (what comes out),
//! [`guard`] and [`standard`] (how it is weighed), [`lean`] (how many are weighed at once), [`money`], [`vote`] and [`procedure`]
//! (what goes with an award), [`lapse`] (what ended without a successor), [`check`] and [`cases`] (whether the packs hold), [`reading_room`], [`wording`],
//! [`state`], [`changes`] and [`acts`] (what a jurist reads).

pub mod acts;
pub mod answer;
pub mod award;
pub mod book;
pub mod cases;
pub mod changes;
pub mod check;
pub mod evaluate;
pub mod facts;
pub mod guard;
pub mod lapse;
pub mod lean;
pub mod money;
pub mod pack;
pub mod procedure;
pub mod reading_room;
mod sentence;
pub mod standard;
mod standing;
pub mod state;
pub mod vote;
mod weigh;
pub mod wording;

pub use acts::{Act, ActState};
pub use answer::{Answer, AwardResult, ConditionResult, Finding, GuardResult, GuardVerdict, StandardResult, Verdict};
pub use award::{AwardCode, AwardKind, AwardType, Group, RecipientKind};
pub use book::RuleBook;
pub use cases::{CaseFailure, CaseReport, CaseRun};
pub use changes::{Difference, RuleChange};
pub use evaluate::{PlanGate, Question};
pub use facts::{Facts, FactsFault};
pub use lapse::{Lapse, Spoken};
pub use lean::{AwardColumn, Brief, By, Columns, Judged, LawOfDay, StandardColumn};
pub use money::{Bonus, HouseholdRounding, Multiple};
pub use pack::{AwardInfo, Confidence, Instrument, Level, PackFault, Severity, Status};
pub use procedure::{Adoption, CapBasis, CapOf, CapRow, Confirmation, Deadline, DossierItem, LocalRule, Quorum};
pub use reading_room::{Explanation, RuleLine, StandardText};
pub use state::RuleState;
pub use vote::{Ballot, Denominator, passes, votes_needed};
pub use wording::{Clause, RuleText, VersionText};
