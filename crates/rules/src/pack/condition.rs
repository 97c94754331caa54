//! The closed vocabulary of standards: what a condition may ask.

use serde::{Deserialize, Serialize};

use crate::award::{AwardCode, Group};
use crate::facts::{
    ContributionField, DisciplineLevel, ImpactMode, LauncherLevel, Organiser, Points, RatingLevel, Scope, Selection,
    Stage,
};

/// The span inside which something must lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Within {
    /// The years that satisfy the standard's own rating condition.
    RatingPeriod,
}

/// Among the years of a streak, so many at a higher level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearsAt {
    /// The level.
    pub level: RatingLevel,
    /// How many years of it.
    pub years: usize,
}

/// One condition of a standard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
#[allow(missing_docs, reason = "the parameters are explained in rulepacks/README.md")]
pub enum Condition {
    /// The person belongs to one of the groups.
    RecipientIs { groups: Vec<Group> },
    /// Gương mẫu chấp hành chủ trương, chính sách, pháp luật.
    GoodStanding {},
    /// Nội bộ đoàn kết.
    InternalUnity {},
    /// A statement in the law's own words that a named body signs.
    Attest { text_vi: String, by: String },
    /// A rating for so many years in a row.
    TaskRating {
        min: RatingLevel,
        years: usize,
        #[serde(default)]
        to_nomination: bool,
        #[serde(default)]
        after_award: Option<AwardCode>,
        #[serde(default)]
        min_years_at: Option<YearsAt>,
    },
    /// An award held so many times.
    PriorAward {
        award: AwardCode,
        count: usize,
        #[serde(default)]
        consecutive: bool,
        #[serde(default)]
        within: Option<Within>,
    },
    /// Selected in a movement; without launchers or stages, in any.
    SelectedInMovement {
        quality: Selection,
        #[serde(default)]
        launchers: Vec<LauncherLevel>,
        #[serde(default)]
        stages: Vec<Stage>,
        #[serde(default)]
        min_years: Option<u16>,
    },
    /// Leads a movement.
    LeadsMovement {
        #[serde(default)]
        launchers: Vec<LauncherLevel>,
        #[serde(default)]
        stages: Vec<Stage>,
        #[serde(default)]
        min_years: Option<u16>,
        #[serde(default)]
        thematic: bool,
    },
    /// Leads a cluster or block.
    LeadsCluster { organiser: Organiser },
    /// Exceeds the targets of the year.
    ExceedsTargets {},
    /// Recognised initiatives.
    Initiative {
        count: usize,
        scope: Scope,
        #[serde(default)]
        replicable: bool,
        #[serde(default)]
        within: Option<Within>,
    },
    /// Accepted scientific works.
    ScienceWork {
        count: usize,
        scope: Scope,
        #[serde(default)]
        within: Option<Within>,
    },
    /// Achievements of some reach, in one of the modes.
    Impact { modes: Vec<ImpactMode>, scope: Scope },
    /// A contribution in one of the fields.
    Contribution { fields: Vec<ContributionField>, scope: Scope },
    /// A share of the members hold a title.
    MemberTitleShare { title: AwardCode, min_pct: u32 },
    /// A share of the members completed their tasks.
    MemberCompletionShare { min_pct: u32 },
    /// So many members hold a title.
    HasMemberWith { title: AwardCode, min_count: u32 },
    /// No member was disciplined at this level or above.
    NoMemberDisciplined { from_level: DisciplineLevel },
    /// A production model kept for so many years.
    ProductionModel { min_years: u16 },
    /// The points of a criterion reach a minimum, in the latest year scored; without a name, of all together.
    CriterionScore {
        #[serde(default)]
        criterion: Option<String>,
        min: Points,
    },
    /// A standard of another title is met.
    MeetsAwardStandard { award: AwardCode },
    /// No violation in the fields.
    Compliance { fields: Vec<String> },
    /// One of them.
    AnyOf { of: Vec<Condition> },
    /// All of them.
    AllOf { of: Vec<Condition> },
    /// The text was not read: unknown, always.
    NeedsText { note: String },
}

/// Whether a signed statement settles what is unknown of this kind: a condition that is made of others is settled
/// by its parts, and a text that nobody has read by nothing.
#[must_use]
pub fn settled_by_statement(kind: &str) -> bool {
    !matches!(kind, "any_of" | "all_of" | "meets_award_standard" | "needs_text")
}

impl Condition {
    /// The word of the vocabulary.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::RecipientIs { .. } => "recipient_is",
            Self::GoodStanding {} => "good_standing",
            Self::InternalUnity {} => "internal_unity",
            Self::Attest { .. } => "attest",
            Self::TaskRating { .. } => "task_rating",
            Self::PriorAward { .. } => "prior_award",
            Self::SelectedInMovement { .. } => "selected_in_movement",
            Self::LeadsMovement { .. } => "leads_movement",
            Self::LeadsCluster { .. } => "leads_cluster",
            Self::ExceedsTargets {} => "exceeds_targets",
            Self::Initiative { .. } => "initiative",
            Self::ScienceWork { .. } => "science_work",
            Self::Impact { .. } => "impact",
            Self::Contribution { .. } => "contribution",
            Self::MemberTitleShare { .. } => "member_title_share",
            Self::MemberCompletionShare { .. } => "member_completion_share",
            Self::HasMemberWith { .. } => "has_member_with",
            Self::NoMemberDisciplined { .. } => "no_member_disciplined",
            Self::ProductionModel { .. } => "production_model",
            Self::CriterionScore { .. } => "criterion_score",
            Self::MeetsAwardStandard { .. } => "meets_award_standard",
            Self::Compliance { .. } => "compliance",
            Self::AnyOf { .. } => "any_of",
            Self::AllOf { .. } => "all_of",
            Self::NeedsText { .. } => "needs_text",
        }
    }

    /// A number or a list under which the condition could never fail, or never hold; none when all make sense.
    #[must_use]
    pub fn nonsense(&self) -> Option<&'static str> {
        let (number, share, list) = match self {
            Self::RecipientIs { groups } => (1, 1, groups.len()),
            Self::TaskRating { years, min_years_at, .. } => {
                (min_years_at.map_or(*years, |at| at.years.min(*years)), 1, 1)
            }
            Self::PriorAward { count, .. } | Self::Initiative { count, .. } | Self::ScienceWork { count, .. } => {
                (*count, 1, 1)
            }
            Self::SelectedInMovement { min_years, .. } | Self::LeadsMovement { min_years, .. } => {
                (usize::from(min_years.unwrap_or(1)), 1, 1)
            }
            Self::Impact { modes, .. } => (1, 1, modes.len()),
            Self::Contribution { fields, .. } => (1, 1, fields.len()),
            Self::Compliance { fields } => (1, 1, fields.len()),
            Self::MemberTitleShare { min_pct, .. } | Self::MemberCompletionShare { min_pct } => (1, *min_pct, 1),
            Self::HasMemberWith { min_count, .. } => (usize::from(*min_count > 0), 1, 1),
            Self::ProductionModel { min_years } => (usize::from(*min_years), 1, 1),
            _ => (1, 1, 1),
        };
        match (number, share, list) {
            (0, ..) => Some("số lần, số năm, số người phải từ 1 trở lên"),
            (_, 0, _) | (_, 101.., _) => Some("tỷ lệ min_pct phải từ 1 đến 100"),
            (.., 0) => Some("danh sách rỗng: điều kiện không bao giờ đạt"),
            _ => None,
        }
    }

    /// The conditions it is made of; none for a plain one.
    #[must_use]
    pub fn parts(&self) -> &[Self] {
        match self {
            Self::AnyOf { of } | Self::AllOf { of } => of,
            _ => &[],
        }
    }
}
