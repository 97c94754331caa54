//! Weighing: a condition against the facts, in three values, with what was found and where.
//!
//! [`years`] weighs ratings and awards held, [`works`] initiatives, works and reach,
//! [`movement`] what happened in a movement, [`members`] a collective's people.

mod members;
mod movement;
mod scores;
mod works;
mod years;

use crate::answer::{ConditionResult, Finding, Waiting};
use crate::award::AwardCode;
use crate::facts::{Attestation, Facts};
use crate::lean::brief::Brief;
use crate::lean::clause::{Ask, Clause, Clauses, award_bit};
use crate::lean::judge::{self, View};
use crate::lean::years::Window;
use crate::pack::condition::Condition;
use crate::{sentence, standard};

/// What a condition is put into words against.
#[derive(Clone, Copy)]
pub(crate) struct Scene<'a> {
    pub view: View<'a>,
    pub facts: &'a Facts,
}

impl<'a> Scene<'a> {
    pub(crate) fn facts(&self) -> &'a Facts {
        self.facts
    }

    pub(crate) fn brief(&self) -> &'a Brief {
        self.view.brief
    }

    /// The year of the question.
    pub(crate) fn this(&self) -> i16 {
        self.view.law.on.year()
    }

    pub(crate) fn award_name(&self, code: AwardCode) -> &'a str {
        &self.view.law.book.award(code).name_vi
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

    /// The entries that were counted; when there are none, the key of what was searched stays.
    pub(crate) fn counted(mut self, records: Vec<String>) -> Self {
        if !records.is_empty() {
            self.records = records;
        }
        self
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
}

/// Puts all conditions of a standard into words, in the years that serve it best.
pub(crate) fn all(conditions: &[Condition], clauses: &Clauses, scene: &Scene<'_>) -> Vec<Weighed> {
    let window: Option<Window> = judge::best_window(clauses, &scene.view);
    let scene = Scene { view: View { window, ..scene.view }, ..*scene };
    conditions.iter().zip(&clauses.all).map(|(condition, clause)| weigh(condition, clause, &scene)).collect()
}

fn weigh(condition: &Condition, clause: &Clause, scene: &Scene<'_>) -> Weighed {
    match (condition, &clause.ask) {
        (Condition::AnyOf { of }, Ask::Any(parts)) => {
            compound(condition, of, parts, scene, Finding::NotMet, Finding::or)
        }
        (Condition::AllOf { of }, Ask::All(parts)) => compound(condition, of, parts, scene, Finding::Met, Finding::and),
        (Condition::MeetsAwardStandard { award }, _) => other_title(condition, *award, scene),
        _ => plain(condition, clause, scene),
    }
}

fn plain(condition: &Condition, clause: &Clause, scene: &Scene<'_>) -> Weighed {
    let facts = scene.facts();
    let finding = judge::by_the_record(clause, &scene.view);
    let found = match condition {
        Condition::RecipientIs { .. } => match &facts.recipient.groups {
            None => Found::lacking("recipient.groups", "thuộc nhóm đối tượng nào"),
            Some(own) => {
                let names: Vec<_> = own.iter().map(|group| group.name_vi()).collect();
                Found::told(finding, "recipient.groups")
                    .found(names.join(", "))
                    .or_missing(|| "Không thuộc nhóm đối tượng của tiêu chuẩn này".to_owned())
            }
        },
        Condition::GoodStanding {} => {
            yes_or_no(finding, "good_standing", "có gương mẫu chấp hành chủ trương, chính sách, pháp luật hay không")
        }
        Condition::InternalUnity {} => yes_or_no(finding, "internal_unity", "nội bộ có đoàn kết hay không"),
        Condition::Attest { by, .. } => Found {
            missing: Some(format!("Cần xác nhận của: {by}")),
            ..Found::lacking("attestations", "xác nhận")
        },
        Condition::TaskRating { min, years, after_award, .. } => {
            years::rating(finding, clause, *min, *years, after_award.is_some(), scene)
        }
        Condition::PriorAward { award, count, consecutive, within } => {
            years::prior_award(finding, *award, *count, *consecutive, within.is_some(), scene)
        }
        Condition::SelectedInMovement { quality, launchers, stages, min_years } => {
            movement::selected(finding, *quality, launchers, stages, *min_years, clause, scene)
        }
        Condition::LeadsMovement { launchers, stages, min_years, .. } => {
            movement::leads(finding, launchers, stages, *min_years, clause, scene)
        }
        Condition::LeadsCluster { organiser } => movement::leads_cluster(finding, *organiser, scene),
        Condition::ExceedsTargets {} => movement::exceeds_targets(finding, scene),
        Condition::Initiative { count, .. } => works::initiatives(finding, *count, clause, scene),
        Condition::ScienceWork { count, .. } => works::science_works(finding, *count, clause, scene),
        Condition::Impact { modes, scope } => works::impact(finding, modes, *scope, scene),
        Condition::Contribution { fields, scope } => works::contribution(finding, fields, *scope, scene),
        Condition::MemberTitleShare { title, min_pct } => members::title_share(finding, *title, *min_pct, scene),
        Condition::MemberCompletionShare { min_pct } => members::completion_share(finding, *min_pct, scene),
        Condition::HasMemberWith { title, min_count } => members::has_member_with(finding, *title, *min_count, scene),
        Condition::NoMemberDisciplined { from_level } => members::none_disciplined(finding, *from_level, scene),
        Condition::ProductionModel { min_years } => works::production_model(finding, *min_years, scene),
        Condition::CriterionScore { criterion, min } => {
            scores::criterion(finding, criterion.as_deref(), *min, clause, scene)
        }
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
    let settled = judge::plain(clause, &scene.view);
    let found = if settled == finding { found } else { attested(clause, found, scene) };
    let Found { finding, found, needed, records, missing } = found;
    let kind = condition.kind().to_owned();
    let text_vi = sentence::of(condition, scene.view.law.book);
    let result = ConditionResult { kind, verdict: finding, text_vi, found, needed, records, missing, of: Vec::new() };
    Weighed { result, now: finding, waiting: Vec::new() }
}

fn yes_or_no(finding: Finding, key: &str, what: &str) -> Found {
    match finding {
        Finding::Unknown => Found::lacking(key, what),
        told => Found::told(told, key).found(if told == Finding::Met { "có" } else { "không" }),
    }
}

/// What is unknown is settled by a signed statement in the condition's own words.
fn attested(clause: &Clause, found: Found, scene: &Scene<'_>) -> Found {
    let law = scene.view.law;
    let sentence = &law.compiled.sentences[clause.sentence];
    let mut signed = scene.facts().attestations.iter().flatten().enumerate();
    match signed.find(|(_, one)| is_signed(one, law.on) && says(&folded(&one.text_vi), sentence)) {
        None => found,
        Some((at, attestation)) => Found::told(Finding::Met, &format!("attestations[{at}]"))
            .found(format!("{} xác nhận ngày {}", attestation.by, attestation.on)),
    }
}

/// Whether a statement was signed by the day.
pub(crate) fn is_signed(attestation: &Attestation, on: jiff::civil::Date) -> bool {
    attestation.on <= on && !attestation.by.trim().is_empty()
}

/// Whether a statement holds a sentence; the words of both folded.
pub(crate) fn says(statement: &str, sentence: &str) -> bool {
    statement.match_indices(sentence).any(|(at, _)| {
        let before = at == 0 || statement.as_bytes()[at - 1] == b' ';
        let end = at + sentence.len();
        before && (end == statement.len() || statement.as_bytes()[end] == b' ')
    })
}

/// Words in lower case with single spaces between them, so that punctuation does not matter.
pub(crate) fn folded(text: &str) -> String {
    let lower = kernel::text::nfc(text).to_lowercase();
    let words: Vec<_> = lower.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

fn compound(
    condition: &Condition,
    of: &[Condition],
    clauses: &[Clause],
    scene: &Scene<'_>,
    start: Finding,
    join: fn(Finding, Finding) -> Finding,
) -> Weighed {
    let parts: Vec<_> = of.iter().zip(clauses).map(|(part, clause)| weigh(part, clause, scene)).collect();
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
        text_vi: sentence::of(condition, scene.view.law.book),
        found: Some(met.to_string()),
        needed: Some(needed.to_string()),
        records,
        missing: (verdict != Finding::Met).then(|| missing.join("; ")),
        of: parts.into_iter().map(|part| part.result).collect(),
    };
    Weighed { result, now, waiting }
}

fn other_title(condition: &Condition, award: AwardCode, scene: &Scene<'_>) -> Weighed {
    let View { law, stack, for_title, brief, .. } = scene.view;
    let circular = stack & award_bit(award) != 0;
    let stack = stack | award_bit(award);
    let weighed: Vec<_> = if circular {
        Vec::new()
    } else {
        law.standards_for(award, brief.kind)
            .map(|one| standard::weigh(law, one, scene.facts, brief, stack, for_title))
            .collect()
    };
    let verdict = weighed.iter().fold(Finding::NotMet, |any, one| any.or(one.result.verdict));
    let verdict = if weighed.is_empty() { Finding::Unknown } else { verdict };
    let now = weighed.iter().fold(Finding::NotMet, |any, one| any.or(one.now));
    let best = weighed.iter().find(|one| one.result.verdict == verdict);
    let of = best.map(|one| one.result.conditions.clone()).unwrap_or_default();
    let missing: Vec<_> = of.iter().filter_map(|part| part.missing.clone()).collect();
    let result = ConditionResult {
        kind: condition.kind().to_owned(),
        verdict,
        text_vi: sentence::of(condition, scene.view.law.book),
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
    fn a_statement_holds_a_sentence_only_in_whole_words() {
        assert!(says("đã hoàn thành tốt nhiệm vụ", "hoàn thành tốt"));
        assert!(says("tốt", "tốt") && says("a tốtx tốt", "tốt"));
        assert!(!says("hoàn thành tốtx", "tốt") && !says("xtốt", "tốt"));
    }

    #[test]
    fn a_statement_is_the_same_whatever_its_punctuation_and_case() {
        assert_eq!(folded("Tự lực, tự cường; đoàn kết."), folded("tự lực  tự cường, ĐOÀN KẾT"));
    }
}
