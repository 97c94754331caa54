//! The rule book: all packs, read and ready to be asked.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use jiff::civil::Date;

use crate::award::{AwardCode, RecipientKind};
use crate::cases::{CaseReport, CaseSet};
use crate::guard::GuardBody;
use crate::lean::clause::Compiled;
use crate::money::Bonus;
use crate::pack::fault::PackFault;
use crate::pack::file::{BallotRow, DeadlineRow, MultipleRow, PrinciplesRow, QuorumRow};
use crate::pack::{AwardInfo, Basis, Instrument, Rule, reading};
use crate::procedure::{Adoption, CapRow, Deadline, DossierItem, LocalRule, Quorum};
use crate::standard::Standard;
use crate::vote::Ballot;
use crate::wording::RuleText;

/// All packs together. Made once from the files; it holds no clock and changes nothing.
#[derive(Debug, Clone, Default)]
pub struct RuleBook {
    pub(crate) instruments: BTreeMap<String, Instrument>,
    pub(crate) catalogue: BTreeMap<AwardCode, AwardInfo>,
    pub(crate) standards: Vec<Standard>,
    pub(crate) guidance: Vec<Standard>,
    pub(crate) guards: Vec<Rule<GuardBody>>,
    pub(crate) ballots: Vec<Rule<BallotRow>>,
    pub(crate) dossiers: Vec<Rule<Vec<DossierItem>>>,
    pub(crate) deadlines: Vec<Rule<DeadlineRow>>,
    pub(crate) bonuses: Vec<Rule<Vec<MultipleRow>>>,
    pub(crate) base_salaries: Vec<Rule<u64>>,
    pub(crate) bonus_principles: Vec<Rule<PrinciplesRow>>,
    pub(crate) quorums: Vec<Rule<QuorumRow>>,
    pub(crate) consultations: Vec<Rule<u32>>,
    pub(crate) caps: Vec<Rule<Vec<CapRow>>>,
    pub(crate) cases: BTreeMap<String, CaseSet>,
    /// Every rule in words, once somebody asked for it.
    pub(crate) texts: OnceLock<Vec<RuleText>>,
    /// The clauses of all standards, once somebody asked for them.
    pub(crate) compiled: OnceLock<Compiled>,
    /// What became of all cases, once somebody asked for it.
    pub(crate) case_report: OnceLock<CaseReport>,
}

impl RuleBook {
    /// Reads packs from (path, text) pairs.
    ///
    /// # Errors
    /// Every fault of every file: where it is and what to do. A book with a fault is not made.
    pub fn from_files(files: impl IntoIterator<Item = (String, String)>) -> Result<Self, Vec<PackFault>> {
        reading::read(files)
    }

    pub(crate) fn sort(&mut self) {
        self.standards.sort_by(|one, other| one.rule.id.cmp(&other.rule.id));
        self.guards.sort_by(|one, other| one.id.cmp(&other.id));
        self.guidance.sort_by(|one, other| one.rule.id.cmp(&other.rule.id));
        self.deadlines.sort_by(|one, other| one.id.cmp(&other.id));
    }

    /// What the catalogue says of an award.
    #[must_use]
    pub fn award(&self, code: AwardCode) -> &AwardInfo {
        &self.catalogue[&code]
    }

    /// Every award, in the order of the contract.
    pub fn awards(&self) -> impl Iterator<Item = &AwardInfo> {
        self.catalogue.values()
    }

    /// The legal acts that rules stand on.
    pub fn instruments(&self) -> impl Iterator<Item = &Instrument> {
        self.instruments.values()
    }

    /// Whether the law asks for a ballot for the award, and the share that carries; none when no rule is in force
    /// on the day. [`RuleBook::ballot_on`] tells a rule that lapsed from one that never was.
    #[must_use]
    pub fn ballot(&self, code: AwardCode, on: Date) -> Option<Ballot> {
        self.ballot_on(code, on, &[])?.standing().ok()
    }

    /// The papers of the dossier for an award; empty when no rule is in force on the day.
    #[must_use]
    pub fn dossier(&self, code: AwardCode, on: Date) -> Vec<DossierItem> {
        self.dossier_on(code, on, &[]).and_then(|spoken| spoken.standing().ok()).unwrap_or_default()
    }

    /// The time limits for an award that are in force on the day.
    #[must_use]
    pub fn deadlines(&self, code: AwardCode, on: Date) -> Vec<Deadline> {
        self.deadlines_on(code, on, &[]).into_iter().filter_map(|spoken| spoken.standing().ok()).collect()
    }

    /// The base salary of a day, in đồng, with its citation.
    #[must_use]
    pub fn base_salary(&self, on: Date) -> Option<(u64, &str)> {
        let version = self.base_salaries.iter().find_map(|rule| rule.on(on))?;
        Some((version.body, &version.basis.citation))
    }

    /// The money of an award decided on a day; none when no rule in force covers the day or the recipient.
    #[must_use]
    pub fn bonus(&self, code: AwardCode, kind: RecipientKind, on: Date) -> Option<Bonus> {
        self.bonus_on(code, kind, on, &[])?.standing().ok()
    }

    /// When a council may meet and decide: a local rule, with its adoption when there is one.
    #[must_use]
    pub fn quorum(&self, on: Date, adopted: &[Adoption]) -> Option<LocalRule<Quorum>> {
        local(&self.quorums, on, adopted, |row| Quorum {
            present: row.present,
            present_for_awards: row.present_for_awards,
        })
    }

    /// For how many working days opinions are taken before the council: a local rule.
    #[must_use]
    pub fn consultation_days(&self, on: Date, adopted: &[Adoption]) -> Option<LocalRule<u32>> {
        local(&self.consultations, on, adopted, |days| *days)
    }

    /// The caps that a campaign may set for its forms: a local rule.
    #[must_use]
    pub fn caps(&self, on: Date, adopted: &[Adoption]) -> Option<LocalRule<Vec<CapRow>>> {
        local(&self.caps, on, adopted, Clone::clone)
    }

    /// The templates that may be adopted on a day, each with the rules it makes stand.
    #[must_use]
    pub fn templates(&self, on: Date) -> BTreeMap<String, Vec<String>> {
        let mut templates: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for line in self.rules(on) {
            if let Some(template) = line.template {
                templates.entry(template).or_default().push(line.id);
            }
        }
        templates
    }

    /// Every rule's name, title, subject and versions, whatever it is about.
    pub(crate) fn every_rule(&self) -> Vec<Outline<'_>> {
        let mut all = Vec::new();
        all.extend(self.standards.iter().map(|one| Outline::of("standard", &one.rule)));
        all.extend(self.guidance.iter().map(|one| Outline::of("guidance", &one.rule)));
        all.extend(self.guards.iter().map(|rule| Outline::of("guard", rule)));
        all.extend(self.ballots.iter().map(|rule| Outline::of("ballot", rule)));
        all.extend(self.dossiers.iter().map(|rule| Outline::of("dossier", rule)));
        all.extend(self.deadlines.iter().map(|rule| Outline::of("deadline", rule)));
        all.extend(self.bonuses.iter().map(|rule| Outline::of("bonus", rule)));
        all.extend(self.base_salaries.iter().map(|rule| Outline::of("base_salary", rule)));
        all.extend(self.bonus_principles.iter().map(|rule| Outline::of("bonus_principles", rule)));
        all.extend(self.quorums.iter().map(|rule| Outline::of("quorum", rule)));
        all.extend(self.consultations.iter().map(|rule| Outline::of("consultation", rule)));
        all.extend(self.caps.iter().map(|rule| Outline::of("caps", rule)));
        all
    }

    /// The standard by its name.
    pub(crate) fn standard(&self, id: &str) -> Option<&Standard> {
        self.standards.iter().chain(&self.guidance).find(|standard| standard.rule.id == id)
    }
}

fn local<B, T>(rules: &[Rule<B>], on: Date, adopted: &[Adoption], value: impl Fn(&B) -> T) -> Option<LocalRule<T>> {
    let (rule, version) = rules.iter().find_map(|rule| Some((rule, rule.on(on)?)))?;
    let template = version.basis.template.clone()?;
    let in_force = |adoption: &&Adoption| adoption.template == template && adoption.on <= on;
    Some(LocalRule {
        title_vi: rule.title_vi.clone(),
        value: value(&version.body),
        citation: version.basis.citation.clone(),
        adopted: adopted.iter().filter(in_force).max_by_key(|adoption| adoption.on).cloned(),
        template,
    })
}

/// A rule without its body.
pub(crate) struct Outline<'a> {
    pub subject: &'static str,
    pub id: &'a str,
    pub title_vi: &'a str,
    pub file: &'a str,
    pub awards: &'a [AwardCode],
    pub versions: Vec<&'a Basis>,
}

impl<'a> Outline<'a> {
    fn of<B>(subject: &'static str, rule: &'a Rule<B>) -> Self {
        Self {
            subject,
            id: &rule.id,
            title_vi: &rule.title_vi,
            file: &rule.file,
            awards: &rule.awards,
            versions: rule.versions.iter().map(|version| &version.basis).collect(),
        }
    }

    pub(crate) fn on(&self, day: Date) -> Option<&'a Basis> {
        self.versions.iter().copied().find(|basis| basis.period.contains(day))
    }
}
