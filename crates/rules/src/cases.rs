//! The packs' own cases: every rule is tried on days and facts beside it, without a programmer.

use jiff::civil::Date;
use serde_json::{Map, Value};

use crate::answer::{Finding, GuardVerdict};
use crate::award::{AwardCode, RecipientKind};
use crate::book::{Outline, RuleBook};
use crate::facts::Facts;
use crate::guard::Asked;
use crate::lean::clause::award_bit;
use crate::pack::fault::{PackFault, line_of};
use crate::pack::file::{CaseFile, CasesFile};
use crate::procedure::{Adoption, CapRow, Confirmation};
use crate::vote::passes;
use crate::{standard, standing};

/// The cases of one rule.
#[derive(Debug, Clone)]
pub(crate) struct CaseSet {
    pub file: String,
    facts: Map<String, Value>,
    cases: Vec<(usize, CaseFile)>,
}

/// A case that came out otherwise than it says.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct CaseFailure {
    /// The file of the case.
    pub file: String,
    /// Its line.
    pub line: usize,
    /// The rule.
    pub rule: String,
    /// The case.
    pub name: String,
    /// What the case expects.
    pub expected: String,
    /// What came out.
    pub found: String,
}

/// What became of all cases.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize)]
pub struct CaseReport {
    /// Rules that have cases.
    pub rules: usize,
    /// Cases that were run.
    pub cases: usize,
    /// Those that came out otherwise.
    pub failures: Vec<CaseFailure>,
}

/// A case that was run: what it asks, what it expects and what came out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRun {
    /// The line of the case in its file.
    pub line: usize,
    /// The case.
    pub name: String,
    /// The day whose law is applied.
    pub on: Date,
    /// The award that is asked for; none where the rule is about one award or none.
    pub award: Option<AwardCode>,
    /// The facts; none where the case asks with numbers alone.
    pub facts: Option<Facts>,
    /// The kind of recipient of an amount.
    pub recipient: Option<RecipientKind>,
    /// Members, and those who say yes or are present.
    pub votes: Option<(u32, u32)>,
    /// From when the template counts as adopted.
    pub adopted: Option<Date>,
    /// On which day the version counts as confirmed.
    pub confirmed: Option<Date>,
    /// What the case expects.
    pub expected: String,
    /// What came out.
    pub found: String,
}

impl CaseRun {
    /// Whether it came out as expected.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.found == self.expected
    }
}

impl CaseSet {
    pub(crate) fn new(path: &str, text: &str, file: CasesFile) -> Self {
        let cases = file.cases.into_iter().map(|case| (line_of(text, case.span().start), case.into_inner())).collect();
        Self { file: path.to_owned(), facts: json_table(file.facts), cases }
    }

    pub(crate) fn days(&self) -> impl Iterator<Item = Date> {
        self.cases.iter().map(|(_, case)| case.on)
    }

    /// The cases whose facts cannot be read.
    pub(crate) fn unreadable(&self) -> impl Iterator<Item = PackFault> {
        self.cases.iter().filter_map(|(line, case)| {
            let problem = self.facts_of(case).err()?;
            Some(PackFault::fault(&self.file, *line, format!("trường hợp “{}”: {problem}", case.name)))
        })
    }

    fn facts_of(&self, case: &CaseFile) -> Result<Facts, String> {
        let mut facts = self.facts.clone();
        facts.extend(json_table(case.facts.clone()));
        for key in &case.without {
            if facts.remove(key).is_none() {
                return Err(format!("không có dữ kiện “{key}” để bỏ"));
            }
        }
        serde_json::from_value(Value::Object(facts)).map_err(|error| format!("dữ kiện sai: {error}"))
    }
}

/// TOML as JSON: days become text, as the contract writes them.
fn json_table(table: toml::Table) -> Map<String, Value> {
    table.into_iter().map(|(key, value)| (key, json(value))).collect()
}

fn json(value: toml::Value) -> Value {
    match value {
        toml::Value::Datetime(day) => Value::String(day.to_string()),
        toml::Value::String(text) => Value::String(text),
        toml::Value::Integer(number) => Value::from(number),
        toml::Value::Float(number) => Value::from(number),
        toml::Value::Boolean(yes) => Value::Bool(yes),
        toml::Value::Array(list) => Value::Array(list.into_iter().map(json).collect()),
        toml::Value::Table(table) => Value::Object(json_table(table)),
    }
}

const NOT_COVERED: &str = "not_covered";

impl RuleBook {
    /// What became of all cases; run once for a book.
    #[must_use]
    pub fn case_report(&self) -> &CaseReport {
        self.case_report.get_or_init(|| self.run_cases())
    }

    /// Runs the cases of every rule.
    #[must_use]
    pub fn run_cases(&self) -> CaseReport {
        let mut report = CaseReport::default();
        for rule in self.every_rule() {
            let Some(set) = self.cases.get(rule.id) else { continue };
            report.rules += 1;
            let runs = self.run_set(&rule, set);
            report.cases += runs.len();
            report.failures.extend(runs.into_iter().filter(|run| !run.passed()).map(|run| CaseFailure {
                file: set.file.clone(),
                line: run.line,
                rule: rule.id.to_owned(),
                name: run.name,
                expected: run.expected,
                found: run.found,
            }));
        }
        report
    }

    /// The file of a rule's cases; none when it has none.
    #[must_use]
    pub fn case_file(&self, rule: &str) -> Option<&str> {
        self.cases.get(rule).map(|set| set.file.as_str())
    }

    /// Runs the cases of one rule, in the order of their file; empty when there are none.
    #[must_use]
    pub fn cases_of(&self, rule: &str) -> Vec<CaseRun> {
        let outline = self.every_rule().into_iter().find(|outline| outline.id == rule);
        outline.zip(self.cases.get(rule)).map(|(outline, set)| self.run_set(&outline, set)).unwrap_or_default()
    }

    fn run_set(&self, rule: &Outline<'_>, set: &CaseSet) -> Vec<CaseRun> {
        let asks_facts = matches!(rule.subject, "standard" | "guidance" | "guard");
        let run = |(line, case): &(usize, CaseFile)| CaseRun {
            line: *line,
            name: case.name.clone(),
            on: case.on,
            award: case.award,
            facts: set.facts_of(case).ok().filter(|_| asks_facts),
            recipient: case.recipient,
            votes: case.members.zip(case.yes),
            adopted: case.adopted,
            confirmed: case.confirmed,
            expected: if case.waits { format!("{}, waits", case.expect) } else { case.expect.clone() },
            found: self.try_case(rule, set, case).unwrap_or_else(|problem| problem),
        };
        set.cases.iter().map(run).collect()
    }

    fn try_case(&self, rule: &Outline<'_>, set: &CaseSet, case: &CaseFile) -> Result<String, String> {
        let on = case.on;
        let covered = rule.on(on).is_some();
        let award = case.award.or_else(|| rule.awards.first().copied());
        match rule.subject {
            "standard" | "guidance" => self.try_standard(rule, covered, &set.facts_of(case)?, case),
            "guard" => self.try_guard(rule, covered, &set.facts_of(case)?, on, award),
            "ballot" => {
                let award = award.ok_or("thiếu award")?;
                Ok(match self.ballot(award, on) {
                    None => NOT_COVERED.to_owned(),
                    Some(ballot) => match (ballot.share_bp, case.yes, case.members) {
                        (None, ..) => "no_ballot".to_owned(),
                        (Some(share), Some(yes), Some(members)) => {
                            if passes(yes, share, members) { "carried" } else { "not_carried" }.to_owned()
                        }
                        _ => return Err("thiếu yes hoặc members".to_owned()),
                    },
                })
            }
            "dossier" => {
                let award = award.ok_or("thiếu award")?;
                let items = self.dossier(award, on);
                let mandatory: Vec<_> =
                    items.iter().filter(|item| item.mandatory).map(|item| item.id.as_str()).collect();
                Ok(if items.is_empty() { NOT_COVERED.to_owned() } else { mandatory.join(" ") })
            }
            "deadline" => {
                let award = award.unwrap_or(AwardCode::BkTtg);
                let deadline = self.deadlines(award, on).into_iter().find(|deadline| deadline.id == rule.id);
                Ok(match deadline {
                    None => NOT_COVERED.to_owned(),
                    Some(deadline) => match (deadline.working_days, deadline.last_day(on.year())) {
                        (Some(days), _) => format!("{days} working days"),
                        (None, Some(day)) => day.to_string(),
                        (None, None) => "in words".to_owned(),
                    },
                })
            }
            "bonus" => {
                let (award, kind) = (award.ok_or("thiếu award")?, case.recipient.ok_or("thiếu recipient")?);
                Ok(self.bonus(award, kind, on).map_or(NOT_COVERED.to_owned(), |bonus| bonus.amount.to_string()))
            }
            "base_salary" => Ok(self.base_salary(on).map_or(NOT_COVERED.to_owned(), |(base, _)| base.to_string())),
            "bonus_principles" => {
                let bonus = self.bonus(AwardCode::GiayKhen, case.recipient.unwrap_or(RecipientKind::Household), on);
                Ok(bonus.map_or(NOT_COVERED.to_owned(), |bonus| bonus.amount.to_string()))
            }
            "quorum" => {
                let (members, present) = case.members.zip(case.yes).ok_or("thiếu members hoặc yes (số có mặt)")?;
                Ok(self.quorum(on, &[]).map_or(NOT_COVERED.to_owned(), |rule| {
                    let quorum = rule.value;
                    match (
                        quorum.present.reached(present, members),
                        quorum.present_for_awards.reached(present, members),
                    ) {
                        (true, true) => "awards",
                        (true, false) => "meeting",
                        _ => "none",
                    }
                    .to_owned()
                }))
            }
            "consultation" => Ok(self
                .consultation_days(on, &[])
                .map_or(NOT_COVERED.to_owned(), |rule| format!("{} working days", rule.value))),
            _ => Ok(self.caps(on, &[]).map_or(NOT_COVERED.to_owned(), |rule| {
                let named = |cap: &CapRow| match cap.award {
                    None => cap.of.code().to_owned(),
                    Some(award) => format!("{}.{award}", cap.of.code()),
                };
                let shares = rule.value.iter().map(|cap| match cap.share_bp {
                    None => format!("{} open", named(cap)),
                    Some(share) => format!("{} {share}", named(cap)),
                });
                shares.collect::<Vec<_>>().join(", ")
            })),
        }
    }

    fn try_standard(
        &self,
        rule: &Outline<'_>,
        covered: bool,
        facts: &Facts,
        case: &CaseFile,
    ) -> Result<String, String> {
        let standard = self.standard(rule.id).ok_or("không có tiêu chuẩn này")?;
        if !standard.recipients.contains(&facts.recipient.kind) {
            return Ok("not_for".to_owned());
        }
        let version = rule.on(case.on);
        let record = |on: Date| ("trường hợp thử".to_owned(), "trường hợp thử".to_owned(), on);
        let adopted: Vec<_> = case
            .adopted
            .zip(version.and_then(|basis| basis.template.clone()))
            .map(|(on, template)| (record(on), template))
            .map(|((document, by, on), template)| Adoption { template, document, by, on })
            .into_iter()
            .collect();
        let confirmations: Vec<_> = case
            .confirmed
            .zip(version)
            .map(|(on, basis)| (record(on), basis.version()))
            .map(|((document, by, on), version)| Confirmation { rule: rule.id.to_owned(), version, document, by, on })
            .into_iter()
            .collect();
        let law = self.law_of(case.on, &adopted, &confirmations);
        let brief = law.brief(facts);
        let first = rule.awards.first().copied();
        let (stack, for_title) =
            (first.map_or(0, award_bit), first.is_some_and(|award| self.award(award).kind.is_title()));
        let mut ready = law.standards.iter().chain(&law.guidance).filter(|one| std::ptr::eq(one.standard, standard));
        let ready = ready.next().filter(|_| covered);
        let weighed = ready.map(|one| standard::weigh(&law, one, facts, &brief, stack, for_title));
        Ok(weighed.map_or(NOT_COVERED.to_owned(), |one| {
            let waits = if one.waiting.iter().any(|waiting| waiting.rule == rule.id) { ", waits" } else { "" };
            format!("{}{waits}", Finding::code(one.result.verdict))
        }))
    }

    fn try_guard(
        &self,
        rule: &Outline<'_>,
        covered: bool,
        facts: &Facts,
        on: Date,
        award: Option<AwardCode>,
    ) -> Result<String, String> {
        let award = award.ok_or("thiếu award")?;
        let guard = self.guards.iter().find(|guard| guard.id == rule.id).ok_or("không có guard này")?;
        let types: Vec<_> = self
            .standards
            .iter()
            .filter(|one| one.rule.awards.contains(&award) && one.recipients.contains(&facts.recipient.kind))
            .map(|one| one.award_type)
            .collect();
        let is_title = |award: AwardCode| self.award(award).kind.is_title();
        let asked = Asked { facts, on, is_title: &is_title };
        let Some(standing) = standing::of(guard, on, &[], &[]).filter(|_| covered) else {
            return Ok(NOT_COVERED.to_owned());
        };
        let body = &standing.version.body;
        let concerned = body.concerns(facts.recipient.kind, !is_title(award), &types);
        let said = body.say(&asked).filter(|_| concerned);
        Ok(said.map_or("not_concerned".to_owned(), |said| {
            let mark = if said.records.is_empty() { "" } else { " with records" };
            match said.verdict {
                GuardVerdict::Clear => format!("clear{mark}"),
                other => other.code().to_owned(),
            }
        }))
    }
}
