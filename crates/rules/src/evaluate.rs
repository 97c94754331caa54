//! The question and its answer: law ∧ plan ∧ guidance, each saying its own no.

use jiff::civil::Date;
use kernel::numbers::short_date;
use serde::{Deserialize, Serialize};

use crate::answer::{Answer, AwardResult, DossierLine, Finding, GuardResult, GuardVerdict, Review, Verdict, Waiting};
use crate::award::{AwardCode, AwardType, RecipientKind};
use crate::book::RuleBook;
use crate::facts::Facts;
use crate::guard::{Asked, Saying};
use crate::pack::Status;
use crate::procedure::{Adoption, Confirmation};
use crate::standard::{self, Standard, StandardWeighed};
use crate::standing;

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
    #[must_use]
    pub fn evaluate(&self, question: &Question<'_>) -> Answer {
        let awards = if question.awards.is_empty() { &AwardCode::ALL } else { question.awards };
        Answer { on: question.on, results: awards.iter().map(|award| self.result(question, *award)).collect() }
    }

    fn result(&self, question: &Question<'_>, award: AwardCode) -> AwardResult {
        let info = self.award(award);
        let standards = standard::weigh_award(self, question, award, &[award]);
        let mut verdicts = Verdicts::of(self, &standards);
        if standards.is_empty() && info.recipients.contains(&question.facts.recipient.kind) {
            verdicts.uncovered(question);
        }
        let mut guards = Vec::new();
        for weighed in self.weigh_guards(question, award) {
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
            ballot: self.ballot(award, question.on),
            dossier: self
                .dossier(award, question.on)
                .into_iter()
                .map(|item| DossierLine { item: item.text_vi, citation: item.citation })
                .collect(),
            decided_by: info.decider.clone(),
            submitted_by: info.submitter.clone(),
            bonus: self.bonus(award, question.facts.recipient.kind, question.on),
        }
    }

    fn weigh_guards(&self, question: &Question<'_>, award: AwardCode) -> Vec<GuardWeighed> {
        let info = self.award(award);
        let kind = question.facts.recipient.kind;
        let mut weighed = Vec::new();
        if !info.recipients.contains(&kind) {
            let reason = format!("{} không tặng cho {}", info.name_vi, kind.name_vi());
            let said = Saying::blocked(reason, vec!["recipient.kind".to_owned()]);
            weighed.push(GuardWeighed::certain(said.into_result("recipient", &info.recipients_citation)));
        }
        if let Some(gate) = question.plan_gate {
            weighed.push(GuardWeighed::certain(gate.say(&info.name_vi, award)));
        }
        let types: Vec<AwardType> = self
            .standards
            .iter()
            .filter(|standard| standard.rule.awards.contains(&award) && standard.recipients.contains(&kind))
            .map(|standard| standard.award_type)
            .collect();
        let is_title = |award: AwardCode| self.award(award).kind.is_title();
        let asked = Asked {
            facts: question.facts,
            on: question.on,
            is_form: !is_title(award),
            types: &types,
            is_title: &is_title,
        };
        for guard in &self.guards {
            let Some(standing) = standing::of(guard, question) else { continue };
            if standing.waiting.as_ref().is_some_and(|waiting| waiting.template.is_some()) {
                continue; // a limit that the office has not made its own limits nobody
            }
            let Some(said) = standing.version.body.say(&asked) else { continue };
            let if_confirmed = said.verdict;
            let mut result = said.into_result(&guard.id, &standing.version.basis.citation);
            if let Some(waiting) = &standing.waiting {
                result.verdict = GuardVerdict::Unknown;
                result.reason = Some(waiting.reason.clone());
            }
            weighed.push(GuardWeighed { result, if_confirmed, waiting: standing.waiting.into_iter().collect() });
        }
        for guidance in self.guidance_for(award, kind, question.on) {
            let Some(one) = standard::weigh_one(self, question, guidance, &[award]) else { continue };
            weighed.push(GuardWeighed::of_guidance(one));
        }
        weighed
    }

    /// Guidance speaks for its own days only: unlike law, it may lapse without a successor.
    fn guidance_for(&self, award: AwardCode, kind: RecipientKind, on: Date) -> impl Iterator<Item = &Standard> {
        self.guidance
            .iter()
            .filter(move |one| one.rule.concerns(award) && one.recipients.contains(&kind) && one.rule.on(on).is_some())
    }
}

impl PlanGate {
    fn say(&self, name: &str, award: AwardCode) -> GuardResult {
        let said = match &self.occasion {
            None => Saying::unknown("Chưa biết xét vào dịp nào của kế hoạch: hồ sơ chưa có movement.stage".to_owned()),
            Some(_) if self.allowed.contains(&award) => Saying::clear(),
            Some(occasion) => {
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
        let finding = |verdict| match verdict {
            GuardVerdict::Clear => Finding::Met,
            GuardVerdict::Blocked => Finding::NotMet,
            GuardVerdict::Unknown => Finding::Unknown,
        };
        self.now = self.now.and(finding(weighed.result.verdict));
        self.if_confirmed = self.if_confirmed.and(finding(weighed.if_confirmed));
        self.waiting.extend(weighed.waiting.clone());
    }

    /// No rule speaks: for a kind that the award is given to, nobody may say yes or no.
    fn uncovered(&mut self, question: &Question<'_>) {
        (self.now, self.if_confirmed) = (Finding::Unknown, Finding::Unknown);
        let kind = question.facts.recipient.kind.name_vi();
        self.reasons.push(format!("Bộ quy tắc chưa có tiêu chuẩn cho {kind} vào ngày {}", short_date(question.on)));
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

fn verdict(finding: Finding) -> Verdict {
    match finding {
        Finding::Met => Verdict::Eligible,
        Finding::NotMet => Verdict::NotEligible,
        Finding::Unknown => Verdict::Undetermined,
    }
}
