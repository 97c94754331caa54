//! The law of one day: which version of every rule speaks, what it waits for, and whom it concerns.

use std::collections::HashMap;
use std::sync::RwLock;

use jiff::civil::Date;

use super::brief::{Bits, Brief};
use super::clause::{Clauses, Compiled, award_bit};
use super::judge::{self, StandardWorth, View, Worth};
use crate::answer::{Answer, AwardResult, Finding, GuardVerdict, Verdict, Waiting};
use crate::award::{AwardCode, AwardType, RecipientKind};
use crate::book::RuleBook;
use crate::evaluate::PlanGate;
use crate::facts::Facts;
use crate::guard::GuardBody;
use crate::pack::condition::Condition;
use crate::pack::{Rule, Status};
use crate::procedure::{Adoption, Confirmation};
use crate::standard::Standard;
use crate::standing::{self, Standing};

/// A rule book as it speaks on one day, with what was adopted and confirmed: made once, asked of many.
///
/// [`LawOfDay::judge`] gives the verdict and what decided, without a word; [`LawOfDay::explain`] gives the
/// whole explanation. Both decide every condition at one place.
#[derive(Debug)]
pub struct LawOfDay<'a> {
    pub(crate) book: &'a RuleBook,
    pub(crate) compiled: &'a Compiled,
    pub(crate) on: Date,
    /// What persons confirmed: the rules that are asked for a number or a list read it when they are asked.
    pub(crate) confirmed: Vec<Confirmation>,
    pub(crate) standards: Vec<Ready<'a>>,
    pub(crate) guidance: Vec<Ready<'a>>,
    pub(crate) guards: Vec<ReadyGuard<'a>>,
    /// The sets of types that are no basis for some standard; the first is empty.
    pub(crate) bases: Vec<&'a [AwardType]>,
    /// For each award and kind of recipient, what concerns it.
    concerning: Vec<Concerning>,
    discipline: Vec<RecipientKind>,
    /// The awards that are titles, as bits.
    pub(super) titles: u16,
    /// What statements that were read already say: many people have the same.
    said: RwLock<HashMap<String, Bits>>,
}

/// How many different statements are remembered.
const REMEMBERED: usize = 4_096;

/// A standard as it speaks on the day.
#[derive(Debug)]
pub(crate) struct Ready<'a> {
    pub standard: &'a Standard,
    pub standing: Standing<'a, Vec<Condition>>,
    pub clauses: &'a Clauses,
    pub basis: u8,
    /// The first award it is for, as a bit.
    pub(super) award: u16,
    pub(super) unread: bool,
}

/// A guard as it speaks on the day.
#[derive(Debug)]
pub(crate) struct ReadyGuard<'a> {
    pub rule: &'a Rule<GuardBody>,
    pub version: &'a crate::pack::Version<GuardBody>,
    pub waiting: Option<Waiting>,
}

/// What concerns one award for one kind of recipient, by place in the lists of the day.
#[derive(Debug, Default)]
pub(super) struct Concerning {
    pub given_to: bool,
    pub standards: Vec<u16>,
    pub guards: Vec<u16>,
    pub guidance: Vec<u16>,
}

/// A verdict, and what decided it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judged {
    /// What stands now.
    pub verdict: Verdict,
    /// What would stand if the rules that wait for a person were confirmed as they are.
    pub if_confirmed: Verdict,
    /// What decided.
    pub by: By,
}

/// What decided a verdict, by place in the law of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// A standard: when it is not met, the first of its conditions that is not.
    Standard(u16, u8),
    /// A guard.
    Guard(u16),
    /// Guidance that was adopted, and the first of its conditions that is not met.
    Guidance(u16, u8),
    /// The award is not given to recipients of this kind.
    Recipient,
    /// The plan's own gate.
    Plan,
    /// No rule speaks.
    NoRule,
}

impl RuleBook {
    /// The law of a day: the versions in force, with what was adopted and confirmed.
    #[must_use]
    pub fn law_of<'a>(&'a self, on: Date, adopted: &[Adoption], confirmations: &[Confirmation]) -> LawOfDay<'a> {
        LawOfDay::new(self, on, adopted, confirmations)
    }
}

impl<'a> LawOfDay<'a> {
    fn new(book: &'a RuleBook, on: Date, adopted: &[Adoption], confirmations: &[Confirmation]) -> Self {
        let mut law = Self {
            book,
            compiled: book.compiled(),
            on,
            confirmed: confirmations.to_vec(),
            standards: Vec::new(),
            guidance: Vec::new(),
            guards: Vec::new(),
            bases: vec![&[]],
            concerning: Vec::new(),
            discipline: Vec::new(),
            titles: book.awards().filter(|one| one.kind.is_title()).fold(0, |all, one| all | award_bit(one.code)),
            said: RwLock::default(),
        };
        law.look_at_guards(adopted, confirmations);
        let ready = |law: &mut Self, standard: &'a Standard, versions: &'a [Clauses]| {
            let standing = standing::of(&standard.rule, on, adopted, confirmations)?;
            let at = standard.rule.versions.iter().position(|one| std::ptr::eq(one, standing.version))?;
            let basis = law.basis_for(standard.award_type);
            let unread = standing.version.basis.status == Status::NeedsText;
            let award = standard.rule.awards.first().map_or(0, |award| award_bit(*award));
            Some(Ready { standard, standing, clauses: &versions[at], basis, award, unread })
        };
        for (standard, versions) in book.standards.iter().zip(&law.compiled.standards) {
            let one = ready(&mut law, standard, versions);
            law.standards.extend(one);
        }
        for (standard, versions) in book.guidance.iter().zip(&law.compiled.guidance) {
            // Guidance speaks for its own days only: unlike law, it may lapse without a successor.
            if standard.rule.on(on).is_none() {
                continue;
            }
            let one = ready(&mut law, standard, versions);
            law.guidance.extend(one);
        }
        law.concerning = AwardCode::ALL
            .iter()
            .flat_map(|award| RecipientKind::ALL.iter().map(|kind| law.concerns(*award, *kind)))
            .collect();
        law
    }

    fn look_at_guards(&mut self, adopted: &[Adoption], confirmations: &[Confirmation]) {
        for rule in &self.book.guards {
            let Some(Standing { version, waiting, .. }) = standing::of(rule, self.on, adopted, confirmations) else {
                continue;
            };
            if let GuardBody::Discipline { recipients } = &version.body {
                self.discipline.extend(recipients);
            }
            self.guards.push(ReadyGuard { rule, version, waiting });
        }
    }

    /// The set of types that are no basis for an award of this type: of the first guard that speaks of it.
    fn basis_for(&mut self, award_type: AwardType) -> u8 {
        let excluded = self.guards.iter().find_map(|guard| match &guard.version.body {
            GuardBody::ThematicBasis { excluded, applies_to } if applies_to.contains(&award_type) => {
                Some(excluded.as_slice())
            }
            _ => None,
        });
        let excluded = excluded.unwrap_or_default();
        let at = self.bases.iter().position(|one| *one == excluded).unwrap_or_else(|| {
            self.bases.push(excluded);
            self.bases.len() - 1
        });
        u8::try_from(at).unwrap_or_default()
    }

    fn concerns(&self, award: AwardCode, kind: RecipientKind) -> Concerning {
        let info = self.book.award(award);
        let places = |list: &[Ready<'_>], fits: &dyn Fn(&Ready<'_>) -> bool| {
            (0u16..).zip(list).filter(|(_, one)| fits(one)).map(|(at, _)| at).collect::<Vec<_>>()
        };
        let names = |one: &Standard| one.rule.awards.contains(&award) && one.recipients.contains(&kind);
        let types: Vec<AwardType> =
            self.book.standards.iter().filter(|one| names(one)).map(|one| one.award_type).collect();
        // A limit that the office has not made its own limits nobody.
        let made_own = |waiting: &Option<Waiting>| waiting.as_ref().is_none_or(|one| one.template.is_none());
        let own_guidance = |one: &Ready<'_>| made_own(&one.standing.waiting);
        let guards = (0u16..).zip(&self.guards).filter(|(_, guard)| {
            made_own(&guard.waiting) && guard.version.body.concerns(kind, !info.kind.is_title(), &types)
        });
        Concerning {
            given_to: info.recipients.contains(&kind),
            standards: places(&self.standards, &|one| names(one.standard)),
            guards: guards.map(|(at, _)| at).collect(),
            guidance: places(&self.guidance, &|one| {
                one.standard.rule.concerns(award) && one.standard.recipients.contains(&kind) && own_guidance(one)
            }),
        }
    }

    pub(super) fn concerning(&self, award: AwardCode, kind: RecipientKind) -> &Concerning {
        &self.concerning[award as usize * RecipientKind::ALL.len() + kind as usize]
    }

    /// Whether a discipline that ended sets a day from which achievements of such a recipient count.
    pub(crate) fn discipline_counts_for(&self, kind: RecipientKind) -> bool {
        self.discipline.contains(&kind)
    }

    /// The standards of an award for a kind of recipient.
    pub(crate) fn standards_for(&self, award: AwardCode, kind: RecipientKind) -> impl Iterator<Item = &Ready<'a>> {
        self.concerning(award, kind).standards.iter().map(|at| &self.standards[usize::from(*at)])
    }

    /// The guards that concern a question, with their place.
    pub(crate) fn guards_for(
        &self,
        award: AwardCode,
        kind: RecipientKind,
    ) -> impl Iterator<Item = (usize, &ReadyGuard<'a>)> {
        self.concerning(award, kind).guards.iter().map(|at| (usize::from(*at), &self.guards[usize::from(*at)]))
    }

    /// The guidance that concerns a question.
    pub(crate) fn guidance_for(&self, award: AwardCode, kind: RecipientKind) -> impl Iterator<Item = &Ready<'a>> {
        self.concerning(award, kind).guidance.iter().map(|at| &self.guidance[usize::from(*at)])
    }

    /// The sentences that a statement settles.
    pub(crate) fn said_by(&self, statement: &str) -> Bits {
        if let Some(known) = self.said.read().ok().and_then(|said| said.get(statement).cloned()) {
            return known;
        }
        let words = crate::weigh::folded(statement);
        let mut bits = Bits::from_elem(0, self.compiled.sentences.len().div_ceil(64));
        for (at, sentence) in self.compiled.sentences.iter().enumerate() {
            if crate::weigh::says(&words, sentence) {
                bits[at / 64] |= 1 << (at % 64);
            }
        }
        if let Ok(mut said) = self.said.write()
            && said.len() < REMEMBERED
        {
            said.insert(statement.to_owned(), bits.clone());
        }
        bits
    }

    /// The facts of one recipient, ready to be judged by this law.
    #[must_use]
    pub fn brief(&self, facts: &Facts) -> Brief {
        Brief::of(facts, self)
    }

    /// Weighs one standard of an award for which the first of the stack was asked.
    pub(crate) fn weigh(&self, ready: &Ready<'_>, brief: &Brief, stack: u16, for_title: bool) -> StandardWorth {
        let view = View { law: self, brief, basis: ready.basis, stack, for_title, window: None };
        let found = judge::all(ready.clauses, &view);
        let waits = ready.standing.waiting.is_some();
        if !ready.unread {
            let now = if waits { Finding::Unknown } else { found.worth.now };
            return StandardWorth { worth: Worth { verdict: found.worth.verdict, now }, ..found };
        }
        // What nobody has read says neither yes nor no; whom it is for is certain.
        let not_for = ready.clauses.all.iter().position(|clause| {
            matches!(clause.ask, super::clause::Ask::Groups(_)) && judge::plain(clause, &view) == Finding::NotMet
        });
        match not_for {
            Some(at) => {
                StandardWorth { worth: Worth::plain(Finding::NotMet), clause: u8::try_from(at).unwrap_or(u8::MAX) }
            }
            None => StandardWorth { worth: Worth::plain(Finding::Unknown), ..found },
        }
    }

    /// The verdict on one award, and what decided it; nothing is put into words.
    #[must_use]
    pub fn judge(&self, brief: &Brief, award: AwardCode, gate: Option<&PlanGate>) -> Judged {
        let concerning = self.concerning(award, brief.kind);
        let for_title = self.titles & award_bit(award) != 0;
        let mut worth = Worth::plain(Finding::NotMet);
        let mut by = By::NoRule;
        for at in &concerning.standards {
            let one = self.weigh(&self.standards[usize::from(*at)], brief, award_bit(award), for_title);
            let any = worth.or(one.worth);
            if by == By::NoRule || any != worth {
                (worth, by) = (any, By::Standard(*at, one.clause));
            }
            if any == Worth::plain(Finding::Met) {
                break;
            }
        }
        if concerning.standards.is_empty() && concerning.given_to {
            worth = Worth::plain(Finding::Unknown);
        }
        if !concerning.given_to {
            (worth, by) = (Worth::plain(Finding::NotMet), By::Recipient);
        } else {
            let mut narrow = |found: Worth, reason: By| {
                let all = worth.and(found);
                if all != worth {
                    (worth, by) = (all, reason);
                }
            };
            if let Some(gate) = gate {
                narrow(Worth::plain(finding(gate.verdict(award))), By::Plan);
            }
            for at in &concerning.guards {
                let Some(said) = brief.guards[usize::from(*at)] else { continue };
                let waits = self.guards[usize::from(*at)].waiting.is_some();
                let now = if waits { Finding::Unknown } else { finding(said) };
                narrow(Worth { verdict: finding(said), now }, By::Guard(*at));
            }
            for at in &concerning.guidance {
                let one = self.weigh(&self.guidance[usize::from(*at)], brief, award_bit(award), for_title);
                narrow(one.worth, By::Guidance(*at, one.clause));
            }
        }
        Judged { verdict: verdict(worth.now), if_confirmed: verdict(worth.verdict), by }
    }

    /// The whole answer: for each award what stands, why, and what is missing.
    #[must_use]
    pub fn explain(&self, facts: &Facts, awards: &[AwardCode], gate: Option<&PlanGate>) -> Answer {
        let brief = self.brief(facts);
        self.explain_as(facts, &brief, awards, gate)
    }

    /// As [`LawOfDay::explain`], of a brief of these facts in which something was supposed.
    #[must_use]
    pub fn explain_as(&self, facts: &Facts, brief: &Brief, awards: &[AwardCode], gate: Option<&PlanGate>) -> Answer {
        let awards = if awards.is_empty() { &AwardCode::ALL } else { awards };
        let results: Vec<AwardResult> =
            awards.iter().map(|award| crate::evaluate::result(self, facts, brief, *award, gate)).collect();
        Answer { on: self.on, results }
    }

    /// Where a standard stands in the law of the day.
    #[must_use]
    pub fn place_of(&self, standard: &str) -> Option<usize> {
        self.standards.iter().position(|one| one.standard.rule.id == standard)
    }

    /// Where the standards for a kind of recipient stand, of whatever award.
    pub fn places_for(&self, kind: RecipientKind) -> impl Iterator<Item = usize> {
        self.standards
            .iter()
            .enumerate()
            .filter(move |(_, one)| one.standard.recipients.contains(&kind))
            .map(|(at, _)| at)
    }

    /// One standard as it is written, by its place, and the first of its conditions that decided.
    #[must_use]
    pub fn judge_standard(&self, place: usize, brief: &Brief) -> (Finding, u8) {
        let ready = &self.standards[place];
        let award = ready.award;
        let found = self.weigh(ready, brief, award, self.titles & award != 0);
        (found.worth.verdict, found.clause)
    }

    /// The rule that decided, by its name; none when no rule did.
    #[must_use]
    pub fn rule_of(&self, by: By) -> Option<&'a str> {
        let id = match by {
            By::Standard(at, _) => &self.standards[usize::from(at)].standard.rule.id,
            By::Guidance(at, _) => &self.guidance[usize::from(at)].standard.rule.id,
            By::Guard(at) => &self.guards[usize::from(at)].rule.id,
            By::Recipient | By::Plan | By::NoRule => return None,
        };
        Some(id)
    }
}

pub(crate) fn finding(verdict: GuardVerdict) -> Finding {
    match verdict {
        GuardVerdict::Clear => Finding::Met,
        GuardVerdict::Blocked => Finding::NotMet,
        GuardVerdict::Unknown => Finding::Unknown,
    }
}

pub(crate) fn verdict(finding: Finding) -> Verdict {
    match finding {
        Finding::Met => Verdict::Eligible,
        Finding::NotMet => Verdict::NotEligible,
        Finding::Unknown => Verdict::Undetermined,
    }
}
