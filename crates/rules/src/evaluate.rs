//! The question and its answer: law ∧ plan ∧ guidance, each saying its own no.

use jiff::civil::Date;
use kernel::numbers::short_date;
use serde::{Deserialize, Serialize};

use crate::answer::{Answer, AwardResult, DossierLine, Finding, GuardResult, GuardVerdict, Review, Verdict, Waiting};
use crate::award::{AwardCode, RecipientKind};
use crate::book::RuleBook;
use crate::facts::Facts;
use crate::guard::{Asked, Saying};
use crate::lean::brief::Brief;
use crate::lean::clause::award_bit;
use crate::lean::law::{LawOfDay, finding, verdict};
use crate::pack::Status;
use crate::procedure::{Adoption, Confirmation};
use crate::standard::{self, StandardWeighed};

/// What a plan allows at one of its occasions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanGate {
    /// The occasion; none when it is not known, so that the plan cannot answer.
    pub occasion: Option<String>,
    /// The awards it allows at that occasion.
    pub allowed: Vec<AwardCode>,
    /// The clause of the plan.
    pub citation: String,
}

/// A question to the rule book.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// What is known of the recipient.
    pub facts: &'a Facts,
    /// The day whose law is applied.
    pub on: Date,
    /// The awards asked for; empty asks for all.
    pub awards: &'a [AwardCode],
    /// What the plan allows; none leaves the plan out.
    pub plan_gate: Option<&'a PlanGate>,
    /// The local rules that were adopted.
    pub adopted: &'a [Adoption],
    /// The rule versions that were confirmed.
    pub confirmations: &'a [Confirmation],
}

impl<'a> Question<'a> {
    /// A question about all awards, with nothing adopted, confirmed or planned.
    #[must_use]
    pub fn about(facts: &'a Facts, on: Date) -> Self {
        Self { facts, on, awards: &[], plan_gate: None, adopted: &[], confirmations: &[] }
    }
}

impl RuleBook {
    /// Answers a question: for each award what stands, why, and what is missing.
    ///
    /// Whoever asks about many on one day makes the law of the day once ([`RuleBook::law_of`]).
    #[must_use]
    pub fn evaluate(&self, question: &Question<'_>) -> Answer {
        let law = self.law_of(question.on, question.adopted, question.confirmations);
        law.explain(question.facts, question.awards, question.plan_gate)
    }
}

/// What stands for one award, why, and what is missing.
pub(crate) fn result(
    law: &LawOfDay<'_>,
    facts: &Facts,
    brief: &Brief,
    award: AwardCode,
    gate: Option<&PlanGate>,
) -> AwardResult {
    let (book, kind) = (law.book, brief.kind);
    let info = book.award(award);
    let (stack, for_title) = (award_bit(award), info.kind.is_title());
    let weigh = |one| standard::weigh(law, one, facts, brief, stack, for_title);
    let standards: Vec<_> = law.standards_for(award, kind).map(weigh).collect();
    let mut verdicts = Verdicts::of(book, &standards);
    if standards.is_empty() && info.recipients.contains(&kind) {
        verdicts.uncovered(kind, law.on);
    }
    let mut guards = Vec::new();
    for weighed in weigh_guards(law, facts, brief, award, gate) {
        verdicts.guard(&weighed);
        guards.push(weighed.result);
    }
    let (verdict, verdict_if_confirmed) = (verdicts.now(), verdicts.if_confirmed());
    AwardResult {
        award,
        verdict,
        verdict_if_confirmed,
        review: verdicts.review(verdict),
        guards,
        standards: standards.into_iter().map(|one| one.result).collect(),
        ballot: book.ballot_on(award, law.on, &law.confirmed).and_then(|spoken| spoken.standing().ok()),
        dossier: book
            .checklist(award, law.on, &law.confirmed)
            .into_iter()
            .map(|item| DossierLine { item: item.text_vi, citation: item.citation })
            .collect(),
        decided_by: info.decider.clone(),
        submitted_by: info.submitter.clone(),
        bonus: book.bonus_on(award, kind, law.on, &law.confirmed).and_then(|spoken| spoken.standing().ok()),
        lapsed: book.lapses(award, kind, law.on, &law.confirmed).iter().map(ToString::to_string).collect(),
    }
}

fn weigh_guards(
    law: &LawOfDay<'_>,
    facts: &Facts,
    brief: &Brief,
    award: AwardCode,
    gate: Option<&PlanGate>,
) -> Vec<GuardWeighed> {
    let info = law.book.award(award);
    let kind = brief.kind;
    let mut weighed = Vec::new();
    if !info.recipients.contains(&kind) {
        let reason = format!("{} không tặng cho {}", info.name_vi, kind.name_vi());
        let said = Saying::blocked(reason, vec!["recipient.kind".to_owned()]);
        weighed.push(GuardWeighed::certain(said.into_result("recipient", &info.recipients_citation)));
    }
    if let Some(gate) = gate {
        weighed.push(GuardWeighed::certain(gate.say(&info.name_vi, award)));
    }
    let is_title = |award: AwardCode| law.book.award(award).kind.is_title();
    let asked = Asked { facts, on: law.on, is_title: &is_title };
    for (_, guard) in law.guards_for(award, kind) {
        let Some(said) = guard.version.body.say(&asked) else { continue };
        let if_confirmed = said.verdict;
        let mut result = said.into_result(&guard.rule.id, &guard.version.basis.citation);
        if let Some(waiting) = &guard.waiting {
            result.verdict = GuardVerdict::Unknown;
            result.reason = Some(waiting.reason.clone());
        }
        weighed.push(GuardWeighed { result, if_confirmed, waiting: guard.waiting.iter().cloned().collect() });
    }
    for guidance in law.guidance_for(award, kind) {
        let one = standard::weigh(law, guidance, facts, brief, award_bit(award), info.kind.is_title());
        weighed.push(GuardWeighed::of_guidance(one));
    }
    weighed
}

impl PlanGate {
    pub(crate) fn verdict(&self, award: AwardCode) -> GuardVerdict {
        match &self.occasion {
            None => GuardVerdict::Unknown,
            Some(_) if self.allowed.contains(&award) => GuardVerdict::Clear,
            Some(_) => GuardVerdict::Blocked,
        }
    }

    fn say(&self, name: &str, award: AwardCode) -> GuardResult {
        let said = match self.verdict(award) {
            GuardVerdict::Unknown => {
                Saying::unknown("Chưa biết xét vào dịp nào của kế hoạch: hồ sơ chưa có movement.stage".to_owned())
            }
            GuardVerdict::Clear => Saying { searched: vec!["movement.stage".to_owned()], ..Saying::clear() },
            GuardVerdict::Blocked => {
                let occasion = self.occasion.as_deref().unwrap_or_default();
                let reason = format!("Kế hoạch không nêu {name} cho dịp {occasion}");
                Saying::blocked(reason, vec!["movement.stage".to_owned()])
            }
        };
        said.into_result("plan", &self.citation)
    }
}

/// A guard's result, and what it would say if its rule were confirmed.
struct GuardWeighed {
    result: GuardResult,
    if_confirmed: GuardVerdict,
    waiting: Vec<Waiting>,
}

impl GuardWeighed {
    fn certain(result: GuardResult) -> Self {
        Self { if_confirmed: result.verdict, result, waiting: Vec::new() }
    }

    /// Guidance narrows: what it does not find met stands in the way.
    fn of_guidance(weighed: StandardWeighed) -> Self {
        let verdict = |finding| match finding {
            Finding::Met => GuardVerdict::Clear,
            Finding::NotMet => GuardVerdict::Blocked,
            Finding::Unknown => GuardVerdict::Unknown,
        };
        let open = weighed.result.conditions.iter().filter(|condition| condition.verdict != Finding::Met);
        let reasons: Vec<_> = open.map(|one| one.missing.clone().unwrap_or_else(|| one.text_vi.clone())).collect();
        let result = GuardResult {
            id: weighed.result.id,
            verdict: verdict(weighed.now),
            citation: weighed.result.citation,
            reason: (!reasons.is_empty()).then(|| reasons.join("; ")),
            records: weighed.result.conditions.into_iter().flat_map(|condition| condition.records).collect(),
            searched: Vec::new(),
        };
        Self { result, if_confirmed: verdict(weighed.result.verdict), waiting: weighed.waiting }
    }
}

/// The verdict as it gathers: what stands now, and what would stand if all were confirmed.
struct Verdicts {
    now: Finding,
    if_confirmed: Finding,
    waiting: Vec<Waiting>,
    reasons: Vec<String>,
    confirmed_by: Vec<String>,
}

impl Verdicts {
    fn of(book: &RuleBook, standards: &[StandardWeighed]) -> Self {
        let any = |pick: fn(&StandardWeighed) -> Finding| {
            standards.iter().fold(Finding::NotMet, |any, one| any.or(pick(one)))
        };
        let mut reasons = Vec::new();
        let open_text =
            |one: &&StandardWeighed| one.status == Status::NeedsText && one.result.verdict == Finding::Unknown;
        let title = |one: &StandardWeighed| {
            book.standard(&one.result.id).map_or_else(|| one.result.id.clone(), |found| found.rule.title_vi.clone())
        };
        let unread: Vec<_> = standards.iter().filter(open_text).map(title).collect();
        if !unread.is_empty() {
            reasons.push(format!("Chưa có văn bản để mã hoá: {}", unread.join("; ")));
        }
        Self {
            now: any(|one| one.now),
            if_confirmed: any(|one| one.result.verdict),
            waiting: standard::waiting(standards),
            reasons,
            confirmed_by: standards.iter().filter_map(|one| one.confirmed_by.clone()).collect(),
        }
    }

    fn guard(&mut self, weighed: &GuardWeighed) {
        self.now = self.now.and(finding(weighed.result.verdict));
        self.if_confirmed = self.if_confirmed.and(finding(weighed.if_confirmed));
        self.waiting.extend(weighed.waiting.clone());
    }

    /// No rule speaks: for a kind that the award is given to, nobody may say yes or no.
    fn uncovered(&mut self, kind: RecipientKind, on: Date) {
        (self.now, self.if_confirmed) = (Finding::Unknown, Finding::Unknown);
        let kind = kind.name_vi();
        self.reasons.push(format!("Bộ quy tắc chưa có tiêu chuẩn cho {kind} vào ngày {}", short_date(on)));
    }

    fn now(&self) -> Verdict {
        verdict(self.now)
    }

    fn if_confirmed(&self) -> Verdict {
        verdict(self.if_confirmed)
    }

    fn review(mut self, verdict: Verdict) -> Review {
        self.confirmed_by.sort();
        self.confirmed_by.dedup();
        let confirmed_by = (!self.confirmed_by.is_empty()).then(|| self.confirmed_by.join(", "));
        if verdict == Verdict::Eligible {
            return Review { confirmed_by, ..Review::default() };
        }
        let mut reasons = self.reasons;
        for waiting in &self.waiting {
            if !reasons.contains(&waiting.reason) {
                reasons.push(waiting.reason.clone());
            }
        }
        let needed = !reasons.is_empty();
        let reason = needed.then(|| reasons.join(". "));
        Review { needed, reason, confirmed_by, waiting: self.waiting }
    }
}
