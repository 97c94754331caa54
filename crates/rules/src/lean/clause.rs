//! The conditions of a version as flat clauses: no text to compare, no list to search.

use std::collections::BTreeMap;

use crate::award::{AwardCode, Group};
use crate::book::RuleBook;
use crate::facts::{ContributionField, ImpactMode, LauncherLevel, Organiser, RatingLevel, Scope, Selection, Stage};
use crate::pack::Version;
use crate::pack::condition::{Condition, Within, YearsAt};
use crate::sentence;

/// What a rating condition demands.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Demand {
    pub min: RatingLevel,
    pub years: usize,
    pub to_nomination: bool,
    pub after_award: Option<AwardCode>,
    pub min_years_at: Option<YearsAt>,
}

/// Which movements count; levels and stages as bits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Movements {
    pub launchers: u8,
    pub stages: u8,
    pub min_years: Option<u16>,
    pub thematic: bool,
}

/// What a clause asks.
#[derive(Debug, Clone)]
pub(crate) enum Ask {
    Groups(u8),
    GoodStanding,
    InternalUnity,
    /// A statement that somebody signs; nothing else settles it.
    Signed,
    Rating(Demand),
    Held {
        award: AwardCode,
        count: u32,
        consecutive: bool,
        within: bool,
    },
    Selected(Selection, Movements),
    Leads(Movements),
    Cluster(Organiser),
    Targets,
    Initiatives {
        count: usize,
        scope: Scope,
        replicable: bool,
        within: bool,
    },
    Works {
        count: usize,
        scope: Scope,
        within: bool,
    },
    /// Modes as bits.
    Impact(u8, Scope),
    /// Fields as bits.
    Contribution(u8, Scope),
    TitleShare(AwardCode, u32),
    CompletionShare(u32),
    MemberWith(AwardCode, u32),
    NoneDisciplined(crate::facts::DisciplineLevel),
    ProductionModel(u16),
    /// The slot of the criterion among those that rules name; none asks for the sum of all.
    Score(Option<usize>, crate::facts::Points),
    Title(AwardCode),
    Any(Vec<Clause>),
    All(Vec<Clause>),
    /// Nobody has read it, and no statement settles it.
    Unread,
}

/// One condition, ready to be weighed.
#[derive(Debug, Clone)]
pub(crate) struct Clause {
    pub ask: Ask,
    /// The sentence that a statement must hold to settle it.
    pub sentence: usize,
}

/// The clauses of one version.
#[derive(Debug, Clone)]
pub(crate) struct Clauses {
    pub all: Vec<Clause>,
    /// Whether a condition looks only at the years of the standard's own rating condition.
    pub within: bool,
    /// How many of the first clauses are the same in whatever years.
    pub free: usize,
}

/// All standards of a book as clauses, version by version, and what they ask of the facts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Compiled {
    pub standards: Vec<Vec<Clauses>>,
    pub guidance: Vec<Vec<Clauses>>,
    /// The sentences that statements may settle, their words folded.
    pub sentences: Vec<String>,
    /// The criteria that rules name.
    pub criteria: Vec<String>,
    /// The awards that rules ask to be held, as bits.
    pub held: u16,
    /// The awards after which rules count years, as bits.
    pub after: u16,
}

/// The bit of a word of a closed list.
pub(crate) fn bit<T: Copy + Into<u8>>(word: T) -> u8 {
    1 << word.into()
}

macro_rules! numbered {
    ($($name:ty),+) => {
        $(impl From<$name> for u8 {
            fn from(word: $name) -> Self { word as u8 }
        })+
    };
}
numbered!(Group, LauncherLevel, Stage, ImpactMode, ContributionField);

fn bits<T: Copy + Into<u8>>(words: &[T]) -> u8 {
    words.iter().fold(0, |all, word| all | bit(*word))
}

/// The bit of an award.
pub(crate) fn award_bit(award: AwardCode) -> u16 {
    1 << (award as u16)
}

impl RuleBook {
    /// The clauses of all standards, made once.
    pub(crate) fn compiled(&self) -> &Compiled {
        self.compiled.get_or_init(|| Compiler::new(self).compile())
    }
}

struct Compiler<'a> {
    book: &'a RuleBook,
    made: Compiled,
    sentences: BTreeMap<String, usize>,
}

impl<'a> Compiler<'a> {
    fn new(book: &'a RuleBook) -> Self {
        Self { book, made: Compiled::default(), sentences: BTreeMap::new() }
    }

    fn compile(mut self) -> Compiled {
        let book = self.book;
        self.made.standards = book.standards.iter().map(|one| self.versions(&one.rule.versions)).collect();
        self.made.guidance = book.guidance.iter().map(|one| self.versions(&one.rule.versions)).collect();
        self.made
    }

    fn versions(&mut self, versions: &[Version<Vec<Condition>>]) -> Vec<Clauses> {
        versions
            .iter()
            .map(|version| Clauses {
                all: version.body.iter().map(|condition| self.clause(condition)).collect(),
                within: version.body.iter().any(looks_within),
                free: version.body.iter().take_while(|condition| !looks_at_years(condition)).count(),
            })
            .collect()
    }

    fn clause(&mut self, condition: &Condition) -> Clause {
        let words = crate::weigh::folded(&sentence::of(condition, self.book));
        let next = self.made.sentences.len();
        let sentence = *self.sentences.entry(words.clone()).or_insert(next);
        if sentence == next {
            self.made.sentences.push(words);
        }
        Clause { ask: self.ask(condition), sentence }
    }

    fn ask(&mut self, condition: &Condition) -> Ask {
        match condition {
            Condition::RecipientIs { groups } => Ask::Groups(bits(groups)),
            Condition::GoodStanding {} => Ask::GoodStanding,
            Condition::InternalUnity {} => Ask::InternalUnity,
            Condition::Attest { .. } | Condition::Compliance { .. } => Ask::Signed,
            Condition::TaskRating { min, years, to_nomination, after_award, min_years_at } => {
                self.made.held |= after_award.map_or(0, award_bit);
                self.made.after |= after_award.map_or(0, award_bit);
                Ask::Rating(Demand {
                    min: *min,
                    years: *years,
                    to_nomination: *to_nomination,
                    after_award: *after_award,
                    min_years_at: *min_years_at,
                })
            }
            Condition::PriorAward { award, count, consecutive, within } => {
                self.made.held |= award_bit(*award);
                let count = u32::try_from(*count).unwrap_or(u32::MAX);
                Ask::Held { award: *award, count, consecutive: *consecutive, within: within.is_some() }
            }
            Condition::SelectedInMovement { quality, launchers, stages, min_years } => Ask::Selected(
                *quality,
                Movements { launchers: bits(launchers), stages: bits(stages), min_years: *min_years, thematic: false },
            ),
            Condition::LeadsMovement { launchers, stages, min_years, thematic } => Ask::Leads(Movements {
                launchers: bits(launchers),
                stages: bits(stages),
                min_years: *min_years,
                thematic: *thematic,
            }),
            Condition::LeadsCluster { organiser } => Ask::Cluster(*organiser),
            Condition::ExceedsTargets {} => Ask::Targets,
            Condition::Initiative { count, scope, replicable, within } => {
                Ask::Initiatives { count: *count, scope: *scope, replicable: *replicable, within: within.is_some() }
            }
            Condition::ScienceWork { count, scope, within } => {
                Ask::Works { count: *count, scope: *scope, within: within.is_some() }
            }
            Condition::Impact { modes, scope } => Ask::Impact(bits(modes), *scope),
            Condition::Contribution { fields, scope } => Ask::Contribution(bits(fields), *scope),
            Condition::MemberTitleShare { title, min_pct } => Ask::TitleShare(*title, *min_pct),
            Condition::MemberCompletionShare { min_pct } => Ask::CompletionShare(*min_pct),
            Condition::HasMemberWith { title, min_count } => Ask::MemberWith(*title, *min_count),
            Condition::NoMemberDisciplined { from_level } => Ask::NoneDisciplined(*from_level),
            Condition::ProductionModel { min_years } => Ask::ProductionModel(*min_years),
            Condition::CriterionScore { criterion, min } => {
                Ask::Score(criterion.as_ref().map(|name| self.criterion(name)), *min)
            }
            Condition::MeetsAwardStandard { award } => Ask::Title(*award),
            Condition::AnyOf { of } => Ask::Any(of.iter().map(|part| self.clause(part)).collect()),
            Condition::AllOf { of } => Ask::All(of.iter().map(|part| self.clause(part)).collect()),
            Condition::NeedsText { .. } => Ask::Unread,
        }
    }

    fn criterion(&mut self, name: &str) -> usize {
        let known = self.made.criteria.iter().position(|known| known == name);
        known.unwrap_or_else(|| {
            self.made.criteria.push(name.to_owned());
            self.made.criteria.len() - 1
        })
    }
}

/// Whether the years of the standard's rating condition matter.
fn looks_at_years(condition: &Condition) -> bool {
    matches!(condition, Condition::TaskRating { .. })
        || looks_within(condition)
        || condition.parts().iter().any(looks_at_years)
}

fn looks_within(condition: &Condition) -> bool {
    let own = match condition {
        Condition::PriorAward { within, .. }
        | Condition::Initiative { within, .. }
        | Condition::ScienceWork { within, .. } => *within == Some(Within::RatingPeriod),
        _ => false,
    };
    own || condition.parts().iter().any(looks_within)
}
