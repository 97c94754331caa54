//! A standard: conditions that are all needed; of an award's standards one is enough.

use jiff::civil::Date;

use crate::answer::{Finding, StandardResult, Waiting};
use crate::award::{AwardCode, AwardType, RecipientKind};
use crate::book::RuleBook;
use crate::evaluate::Question;
use crate::guard::{GuardBody, counts_from};
use crate::pack::condition::Condition;
use crate::pack::{Rule, Status};
use crate::standing;
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

/// Weighs the standards of an award that are for this kind of recipient and cover the day.
pub(crate) fn weigh_award(
    book: &RuleBook,
    question: &Question<'_>,
    award: AwardCode,
    stack: &[AwardCode],
) -> Vec<StandardWeighed> {
    let kind = question.facts.recipient.kind;
    book.standards
        .iter()
        .filter(|standard| standard.rule.awards.contains(&award) && standard.recipients.contains(&kind))
        .filter_map(|standard| weigh_one(book, question, standard, stack))
        .collect()
}

/// Weighs one standard; none when no version of it covers the day.
pub(crate) fn weigh_one(
    book: &RuleBook,
    question: &Question<'_>,
    standard: &Standard,
    stack: &[AwardCode],
) -> Option<StandardWeighed> {
    let standing = standing::of(&standard.rule, question)?;
    let scene = Scene {
        book,
        question,
        stack: stack.to_vec(),
        excluded: no_basis(book, question, standard.award_type),
        counts_from: reset_day(book, question),
        window: None,
    };
    let basis = &standing.version.basis;
    let weighed = weigh::all(&standing.version.body, &scene);
    let conjunction = |now: bool| {
        weighed.iter().fold(Finding::Met, |all, one| all.and(if now { one.now } else { one.result.verdict }))
    };
    let unread = basis.status == Status::NeedsText;
    let not_for = weighed.iter().any(|one| one.result.kind == "recipient_is" && one.result.verdict == Finding::NotMet);
    let as_written = |finding: Finding| match finding {
        // What nobody has read says neither yes nor no; whom it is for is certain.
        _ if unread && not_for => Finding::NotMet,
        _ if unread => Finding::Unknown,
        finding => finding,
    };
    let now = if standing.waiting.is_some() && !(unread && not_for) {
        Finding::Unknown
    } else {
        as_written(conjunction(true))
    };
    let leaned_on = weighed.iter().flat_map(|one| one.waiting.clone());
    Some(StandardWeighed {
        now,
        waiting: standing.waiting.into_iter().chain(leaned_on).collect(),
        result: StandardResult {
            id: standard.rule.id.clone(),
            verdict: as_written(conjunction(false)),
            citation: basis.citation.clone(),
            confidence: basis.confidence,
            conditions: weighed.into_iter().map(|one| one.result).collect(),
        },
        confirmed_by: standing.confirmed_by,
        status: basis.status,
    })
}

/// The day from which achievements count, for recipients whom the discipline guard concerns.
fn reset_day(book: &RuleBook, question: &Question<'_>) -> Option<Date> {
    let concerned = guards_of(book, question.on).any(|body| match body {
        GuardBody::Discipline { recipients } => recipients.contains(&question.facts.recipient.kind),
        _ => false,
    });
    if !concerned {
        return None;
    }
    counts_from(question.facts, question.on).map(|(_, day)| day)
}

/// The guards of a day, or the last ones before it.
fn guards_of(book: &RuleBook, on: Date) -> impl Iterator<Item = &GuardBody> {
    let version = move |guard| Rule::on(guard, on).or_else(|| Rule::last_before(guard, on));
    book.guards.iter().filter_map(version).map(|version| &version.body)
}

/// The types of award that are no basis for an award of this type.
fn no_basis<'a>(book: &'a RuleBook, question: &Question<'_>, award_type: AwardType) -> &'a [AwardType] {
    guards_of(book, question.on)
        .find_map(|body| match body {
            GuardBody::ThematicBasis { excluded, applies_to } if applies_to.contains(&award_type) => {
                Some(excluded.as_slice())
            }
            _ => None,
        })
        .unwrap_or_default()
}
