//! A plan as far as its gate needs it, read from whatever somebody hands over beside facts: a plan file on the
//! command line, the same content through the API.

use rules::{AwardCode, Facts, PlanGate};
use serde::Deserialize;

/// The occasions of a plan.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PlanOccasions {
    /// When awards are given, and which.
    #[serde(default, alias = "occasion")]
    occasions: Vec<PlanOccasion>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct PlanOccasion {
    id: String,
    awards: Vec<AwardCode>,
    #[serde(alias = "clause")]
    citation: String,
}

impl PlanOccasions {
    /// What the plan allows at the stage that the facts name: nothing where it has no such occasion.
    #[must_use]
    pub fn gate(&self, facts: &Facts) -> PlanGate {
        let stage = facts.movement.as_ref().and_then(|movement| movement.stage);
        let occasion = stage.and_then(|stage| self.occasions.iter().find(|one| one.id == stage.code()));
        PlanGate {
            occasion: stage.map(|stage| stage.name_vi().to_owned()),
            allowed: occasion.map(|one| one.awards.clone()).unwrap_or_default(),
            citation: match occasion {
                Some(one) => format!("Kế hoạch, mục {}", one.citation),
                None => {
                    let clauses: Vec<_> = self.occasions.iter().map(|one| one.citation.as_str()).collect();
                    format!("Kế hoạch, mục {}", clauses.join(", "))
                }
            },
        }
    }
}
