//! A standard: conditions that are all needed; of an award's standards one is enough.

use crate::answer::{Finding, StandardResult, Waiting};
use crate::award::{AwardType, RecipientKind};
use crate::facts::Facts;
use crate::lean::brief::Brief;
use crate::lean::judge::View;
use crate::lean::law::{LawOfDay, Ready};
use crate::pack::condition::Condition;
use crate::pack::{Rule, Status};
use crate::weigh::{self, Scene};

/// A standard of an award, for some kinds of recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standard {
    /// The rule with its versions.
    pub rule: Rule<Vec<Condition>>,
    /// Whom it is for.
    pub recipients: Vec<RecipientKind>,
    /// The type of award that it leads to.
    pub award_type: AwardType,
}

/// A standard's result, and what it is worth while some rules wait for a person.
pub(crate) struct StandardWeighed {
    pub result: StandardResult,
    pub now: Finding,
    /// The rule itself, and those it leans on, as far as they wait for a person.
    pub waiting: Vec<Waiting>,
    pub confirmed_by: Option<String>,
    pub status: Status,
}

/// What waits among standards, those first that would settle the question.
pub(crate) fn waiting(weighed: &[StandardWeighed]) -> Vec<Waiting> {
    let of = |finding| weighed.iter().filter(move |one| one.result.verdict == finding);
    [Finding::Met, Finding::Unknown, Finding::NotMet]
        .into_iter()
        .flat_map(of)
        .flat_map(|one| one.waiting.iter().cloned())
        .collect()
}

/// Puts one standard into words; `stack` holds the awards whose standards are being weighed, as bits.
pub(crate) fn weigh(
    law: &LawOfDay<'_>,
    ready: &Ready<'_>,
    facts: &Facts,
    brief: &Brief,
    stack: u16,
    for_title: bool,
) -> StandardWeighed {
    let worth = law.weigh(ready, brief, stack, for_title).worth;
    let scene = Scene { view: View { law, brief, basis: ready.basis, stack, for_title, window: None }, facts };
    let version = ready.standing.version;
    let weighed = weigh::all(&version.body, ready.clauses, &scene);
    let leaned_on = weighed.iter().flat_map(|one| one.waiting.clone());
    StandardWeighed {
        now: worth.now,
        waiting: ready.standing.waiting.iter().cloned().chain(leaned_on).collect(),
        result: StandardResult {
            id: ready.standard.rule.id.clone(),
            verdict: worth.verdict,
            citation: version.basis.citation.clone(),
            confidence: version.basis.confidence,
            conditions: weighed.into_iter().map(|one| one.result).collect(),
        },
        confirmed_by: ready.standing.confirmed_by.clone(),
        status: version.basis.status,
    }
}
