//! Weighing: a condition against the facts, in three values, with what was found and where.
//!
//! [`years`] weighs ratings and awards held, [`works`] initiatives, works and reach,
//! [`movement`] what happened in a movement, [`members`] a collective's people.

mod members;
mod movement;
mod works;
mod years;

use jiff::civil::Date;

use crate::answer::{ConditionResult, Finding, Waiting};
use crate::award::{AwardCode, AwardType};
use crate::book::RuleBook;
use crate::evaluate::Question;
use crate::facts::Facts;
use crate::pack::condition::{Condition, Within};
use crate::{sentence, standard};

pub(crate) use years::Window;

/// What a condition is weighed against.
#[derive(Clone)]
pub(crate) struct Scene<'a> {
    pub book: &'a RuleBook,
    pub question: &'a Question<'a>,
    /// The awards whose standards are being weighed, the innermost last.
    pub stack: Vec<AwardCode>,
    /// Types of award that are no basis for this standard.
    pub excluded: &'a [AwardType],
    /// Achievements count from this day, after a discipline.
    pub counts_from: Option<Date>,
    /// The years that satisfy the standard's rating condition.
    pub window: Option<Window>,
}

impl<'a> Scene<'a> {
    pub(crate) fn facts(&self) -> &'a Facts {
        self.question.facts
    }

    pub(crate) fn on(&self) -> Date {
        self.question.on
    }

    pub(crate) fn award_name(&self, code: AwardCode) -> &'a str {
        &self.book.award(code).name_vi
    }

    /// Whether the award being weighed is a title; initiatives ask it.
    pub(crate) fn for_title(&self) -> bool {
        self.stack.first().is_some_and(|award| self.book.award(*award).kind.is_title())
    }
}

/// A condition's result, and what it is worth while some rules wait for a person.
pub(crate) struct Weighed {
    pub result: ConditionResult,
    pub now: Finding,
    /// The rules of other titles that it leans on and that wait.
    pub waiting: Vec<Waiting>,
}

/// What was found, before it is put into words.
pub(crate) struct Found {
    pub finding: Finding,
    pub found: Option<String>,
    pub needed: Option<String>,
    pub records: Vec<String>,
    pub missing: Option<String>,
}

impl Found {
    /// Not known, because the record lacks a key.
    pub(crate) fn lacking(key: &str, what: &str) -> Self {
        Self {
            finding: Finding::Unknown,
            found: None,
            needed: None,
            records: Vec::new(),
            missing: Some(format!("Chưa biết {what}: hồ sơ chưa có mục {key}")),
        }
    }

    /// A finding over one record.
    pub(crate) fn told(finding: Finding, record: &str) -> Self {
        Self { finding, found: None, needed: None, records: vec![record.to_owned()], missing: None }
    }

    pub(crate) fn found(mut self, found: impl Into<String>) -> Self {
        self.found = Some(found.into());
        self
    }

    pub(crate) fn needed(mut self, needed: impl Into<String>) -> Self {
        self.needed = Some(needed.into());
        self
    }

    /// Says what is missing, unless the condition is met.
    pub(crate) fn or_missing(mut self, missing: impl FnOnce() -> String) -> Self {
        if self.finding != Finding::Met && self.missing.is_none() {
            self.missing = Some(missing());
        }
        self
    }
}

/// How many things count: surely, and at the most when what is not known were favourable.
#[derive(Default)]
pub(crate) struct Count {
    pub sure: usize,
    pub at_most: usize,
    pub records: Vec<String>,
}

impl Count {
    /// Takes one thing into the count; unknown ones count only at the most.
    pub(crate) fn take(&mut self, finding: Finding, record: String) {
        match finding {
            Finding::Met => {
                self.sure += 1;
                self.at_most += 1;
                self.records.push(record);
            }
            Finding::Unknown => {
                self.at_most += 1;
                self.records.push(record);
            }
            Finding::NotMet => {}
        }
    }

    pub(crate) fn reaches(&self, needed: usize) -> Finding {
        if self.sure >= needed {
            Finding::Met
        } else if self.at_most >= needed {
            Finding::Unknown
        } else {
            Finding::NotMet
        }
    }
}

/// Weighs all conditions of a standard, choosing the years that serve it best.
pub(crate) fn all(conditions: &[Condition], scene: &Scene<'_>) -> Vec<Weighed> {
    let weigh_in = |window: Option<Window>| -> Vec<Weighed> {
        let scene = Scene { window, ..scene.clone() };
        conditions.iter().map(|condition| weigh(condition, &scene)).collect()
    };
    if !conditions.iter().any(looks_within) {
        return weigh_in(None);
    }
    let windows = conditions.iter().find_map(|condition| years::windows_of(condition, scene)).unwrap_or_default();
    windows
        .into_iter()
        .map(|window| weigh_in(Some(window)))
        .max_by_key(|weighed| {
            let count = |finding| weighed.iter().filter(|one| one.result.verdict == finding).count();
            (conjunction(weighed) == Finding::Met, count(Finding::Met), count(Finding::Unknown))
        })
        .unwrap_or_else(|| weigh_in(None))
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

/// All of them together.
pub(crate) fn conjunction(weighed: &[Weighed]) -> Finding {
    weighed.iter().fold(Finding::Met, |all, one| all.and(one.result.verdict))
}

fn weigh(condition: &Condition, scene: &Scene<'_>) -> Weighed {
    match condition {
        Condition::AnyOf { of } => compound(condition, of, scene, Finding::NotMet, Finding::or),
        Condition::AllOf { of } => compound(condition, of, scene, Finding::Met, Finding::and),
        Condition::MeetsAwardStandard { award } => other_title(condition, *award, scene),
        _ => plain(condition, scene),
    }
}

fn plain(condition: &Condition, scene: &Scene<'_>) -> Weighed {
    let facts = scene.facts();
    let found = match condition {
        Condition::RecipientIs { groups } => match &facts.recipient.groups {
            None => Found::lacking("recipient.groups", "thuộc nhóm đối tượng nào"),
            Some(own) => {
                let names: Vec<_> = own.iter().map(|group| group.name_vi()).collect();
                let belongs = own.iter().any(|group| groups.contains(group));
                Found::told(Finding::of(Some(belongs)), "recipient.groups")
                    .found(names.join(", "))
                    .or_missing(|| "Không thuộc nhóm đối tượng của tiêu chuẩn này".to_owned())
            }
        },
        Condition::GoodStanding {} => yes_or_no(
            facts.good_standing,
            "good_standing",
            "có gương mẫu chấp hành chủ trương, chính sách, pháp luật hay không",
        ),
        Condition::InternalUnity {} => {
            yes_or_no(facts.internal_unity, "internal_unity", "nội bộ có đoàn kết hay không")
        }
        Condition::Attest { by, .. } => Found {
            missing: Some(format!("Cần xác nhận của: {by}")),
            ..Found::lacking("attestations", "xác nhận")
        },
        Condition::TaskRating { .. } => years::rating(condition, scene),
        Condition::PriorAward { award, count, consecutive, within } => {
            years::prior_award(*award, *count, *consecutive, within.is_some(), scene)
        }
        Condition::SelectedInMovement { quality, launchers, stages, min_years } => {
            movement::selected(*quality, launchers, stages, *min_years, scene)
        }
        Condition::LeadsMovement { launchers, stages, min_years, thematic } => {
            movement::leads(launchers, stages, *min_years, *thematic, scene)
        }
        Condition::LeadsCluster { organiser } => movement::leads_cluster(*organiser, scene),
        Condition::ExceedsTargets {} => movement::exceeds_targets(scene),
        Condition::Initiative { count, scope, replicable, within } => {
            works::initiatives(*count, *scope, *replicable, within.is_some(), scene)
        }
        Condition::ScienceWork { count, scope, within } => {
            works::science_works(*count, *scope, within.is_some(), scene)
        }
        Condition::Impact { modes, scope } => works::impact(modes, *scope, scene),
        Condition::Contribution { fields, scope } => works::contribution(fields, *scope, scene),
        Condition::MemberTitleShare { title, min_pct } => members::title_share(*title, *min_pct, scene),
        Condition::MemberCompletionShare { min_pct } => members::completion_share(*min_pct, scene),
        Condition::HasMemberWith { title, min_count } => members::has_member_with(*title, *min_count, scene),
        Condition::NoMemberDisciplined { from_level } => members::none_disciplined(*from_level, scene),
        Condition::ProductionModel { min_years } => works::production_model(*min_years, scene),
        Condition::Compliance { fields } => Found {
            missing: Some(format!("Cần xác nhận không vi phạm về: {}", fields.join(", "))),
            ..Found::lacking("attestations", "việc chấp hành pháp luật")
        },
        Condition::NeedsText { note } => Found {
            missing: Some(format!("Chưa có văn bản để đối chiếu: {note}")),
            ..Found::lacking("", "")
        },
        Condition::AnyOf { .. } | Condition::AllOf { .. } | Condition::MeetsAwardStandard { .. } => {
            unreachable!("made of others: weighed by its parts")
        }
    };
    let text_vi = sentence::of(condition, scene.book);
    let settled = found.finding == Finding::Unknown && !matches!(condition, Condition::NeedsText { .. });
    let found = if settled { attested(&text_vi, found, scene) } else { found };
    let Found { finding, found, needed, records, missing } = found;
    let kind = condition.kind().to_owned();
    let result = ConditionResult { kind, verdict: finding, text_vi, found, needed, records, missing, of: Vec::new() };
    Weighed { result, now: finding, waiting: Vec::new() }
}

fn yes_or_no(told: Option<bool>, key: &str, what: &str) -> Found {
    match told {
        None => Found::lacking(key, what),
        Some(yes) => Found::told(Finding::of(told), key).found(if yes { "có" } else { "không" }),
    }
}

/// What is unknown is settled by a signed statement in the condition's own words.
fn attested(text_vi: &str, found: Found, scene: &Scene<'_>) -> Found {
    let wanted = folded(text_vi);
    let signed = scene.facts().attestations.iter().flatten().enumerate().find(|(_, attestation)| {
        attestation.on <= scene.on()
            && !attestation.by.trim().is_empty()
            && format!(" {} ", folded(&attestation.text_vi)).contains(&format!(" {wanted} "))
    });
    match signed {
        None => found,
        Some((at, attestation)) => Found::told(Finding::Met, &format!("attestations[{at}]"))
            .found(format!("{} xác nhận ngày {}", attestation.by, attestation.on)),
    }
}

/// Words in lower case with single spaces between them, so that punctuation does not matter.
fn folded(text: &str) -> String {
    let lower = kernel::text::nfc(text).to_lowercase();
    let words: Vec<_> = lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

fn compound(
    condition: &Condition,
    of: &[Condition],
    scene: &Scene<'_>,
    start: Finding,
    join: fn(Finding, Finding) -> Finding,
) -> Weighed {
    let parts: Vec<_> = of.iter().map(|part| weigh(part, scene)).collect();
    let verdict = parts.iter().fold(start, |all, part| join(all, part.result.verdict));
    let now = parts.iter().fold(start, |all, part| join(all, part.now));
    let met = parts.iter().filter(|part| part.result.verdict == Finding::Met).count();
    let records = parts
        .iter()
        .filter(|part| part.result.verdict == verdict)
        .flat_map(|part| part.result.records.iter().cloned())
        .collect();
    let missing: Vec<_> = parts.iter().filter_map(|part| part.result.missing.clone()).collect();
    let waiting = parts.iter().flat_map(|part| part.waiting.clone()).collect();
    let needed = if start == Finding::NotMet { 1 } else { parts.len() };
    let result = ConditionResult {
        kind: condition.kind().to_owned(),
        verdict,
        text_vi: sentence::of(condition, scene.book),
        found: Some(met.to_string()),
        needed: Some(needed.to_string()),
        records,
        missing: (verdict != Finding::Met).then(|| missing.join("; ")),
        of: parts.into_iter().map(|part| part.result).collect(),
    };
    Weighed { result, now, waiting }
}

fn other_title(condition: &Condition, award: AwardCode, scene: &Scene<'_>) -> Weighed {
    let mut stack = scene.stack.clone();
    let circular = stack.contains(&award);
    stack.push(award);
    let weighed = if circular { Vec::new() } else { standard::weigh_award(scene.book, scene.question, award, &stack) };
    let verdict = weighed.iter().fold(Finding::NotMet, |any, one| any.or(one.result.verdict));
    let verdict = if weighed.is_empty() { Finding::Unknown } else { verdict };
    let now = weighed.iter().fold(Finding::NotMet, |any, one| any.or(one.now));
    let best = weighed.iter().find(|one| one.result.verdict == verdict);
    let of = best.map(|one| one.result.conditions.clone()).unwrap_or_default();
    let missing: Vec<_> = of.iter().filter_map(|part| part.missing.clone()).collect();
    let result = ConditionResult {
        kind: condition.kind().to_owned(),
        verdict,
        text_vi: sentence::of(condition, scene.book),
        found: best.map(|one| format!("{} ({})", one.result.id, one.result.citation)),
        needed: Some(scene.award_name(award).to_owned()),
        records: of.iter().flat_map(|part| part.records.iter().cloned()).collect(),
        missing: (verdict != Finding::Met).then(|| missing.join("; ")),
        of,
    };
    let waiting = standard::waiting(&weighed);
    Weighed { result, now: if weighed.is_empty() { Finding::Unknown } else { now }, waiting }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_is_the_same_whatever_its_punctuation_and_case() {
        assert_eq!(folded("Tự lực, tự cường; đoàn kết."), folded("tự lực  tự cường, ĐOÀN KẾT"));
    }
}
