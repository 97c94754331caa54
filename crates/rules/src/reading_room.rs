//! For the jurist: the rules of a day as lists and sentences, and a rule's versions in time.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use crate::award::{AwardCode, RecipientKind};
use crate::book::RuleBook;
use crate::lapse::Lapse;
use crate::money::Bonus;
use crate::pack::{AwardInfo, Basis, Confidence, Status};
use crate::procedure::{Deadline, DossierItem};
use crate::sentence;
use crate::vote::Ballot;

/// A rule as it stands on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleLine {
    /// The rule.
    pub id: String,
    /// What kind of rule it is.
    pub subject: String,
    /// What it is about.
    pub title_vi: String,
    /// The awards it concerns; empty for all.
    pub awards: Vec<AwardCode>,
    /// The version: its first day.
    pub version: String,
    /// First day of the version.
    pub from: Date,
    /// First day after it; none means open.
    pub until: Option<Date>,
    /// The clause.
    pub citation: String,
    /// How sure the text is.
    pub confidence: Confidence,
    /// What may be done with it.
    pub status: Status,
    /// From this day on a person must confirm it.
    pub review_from: Option<Date>,
    /// The template to adopt, for a local rule.
    pub template: Option<String>,
    /// Where the text was read.
    pub source: Option<String>,
    /// What an editor has to say.
    pub note: Option<String>,
}

/// A standard in sentences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StandardText {
    /// The rule with its version.
    #[serde(flatten)]
    pub rule: RuleLine,
    /// Whom it is for.
    pub recipients: Vec<RecipientKind>,
    /// The conditions, all of which are needed.
    pub conditions: Vec<String>,
}

/// Everything that the packs say of an award on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// The day.
    pub on: Date,
    /// The award.
    pub award: AwardInfo,
    /// The standards, of which one is enough.
    pub standards: Vec<StandardText>,
    /// What may stand in the way.
    pub guards: Vec<RuleLine>,
    /// Whether and how the council votes.
    pub ballot: Option<Ballot>,
    /// The papers of the dossier.
    pub dossier: Vec<DossierItem>,
    /// The time limits.
    pub deadlines: Vec<Deadline>,
    /// The money, for each kind of recipient that has an amount.
    pub bonuses: BTreeMap<RecipientKind, Bonus>,
    /// The rules of the vote, the papers, the time limits and the money that have lapsed without a successor.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lapsed: Vec<Lapse>,
}

fn line(subject: &str, id: &str, title_vi: &str, awards: &[AwardCode], basis: &Basis) -> RuleLine {
    RuleLine {
        id: id.to_owned(),
        subject: subject.to_owned(),
        title_vi: title_vi.to_owned(),
        awards: awards.to_vec(),
        version: basis.version(),
        from: basis.period.from,
        until: basis.period.until,
        citation: basis.citation.clone(),
        confidence: basis.confidence,
        status: basis.status,
        review_from: basis.review_from,
        template: basis.template.clone(),
        source: basis.source.clone(),
        note: basis.note.clone(),
    }
}

impl RuleBook {
    /// The rules in force on a day.
    #[must_use]
    pub fn rules(&self, on: Date) -> Vec<RuleLine> {
        let in_force = |rule: &crate::book::Outline<'_>| {
            Some(line(rule.subject, rule.id, rule.title_vi, rule.awards, rule.on(on)?))
        };
        self.every_rule().iter().filter_map(in_force).collect()
    }

    /// The versions of a rule in order of time; empty when there is no such rule.
    #[must_use]
    pub fn versions(&self, rule: &str) -> Vec<RuleLine> {
        self.every_rule()
            .iter()
            .filter(|outline| outline.id == rule)
            .flat_map(|outline| {
                outline
                    .versions
                    .iter()
                    .map(|basis| line(outline.subject, outline.id, outline.title_vi, outline.awards, basis))
            })
            .collect()
    }

    /// The conditions of a standard's version as sentences; empty when there is none.
    #[must_use]
    pub fn conditions(&self, rule: &str, on: Date) -> Vec<String> {
        self.standard(rule)
            .and_then(|standard| standard.rule.on(on))
            .map(|version| version.body.iter().map(|condition| sentence::of(condition, self)).collect())
            .unwrap_or_default()
    }

    /// Everything that the packs say of an award on a day.
    #[must_use]
    pub fn explain(&self, code: AwardCode, on: Date) -> Explanation {
        let standards = self
            .standards
            .iter()
            .filter(|standard| standard.rule.awards.contains(&code))
            .filter_map(|standard| {
                let version = standard.rule.on(on)?;
                let rule = &standard.rule;
                Some(StandardText {
                    rule: line("standard", &rule.id, &rule.title_vi, &rule.awards, &version.basis),
                    recipients: standard.recipients.clone(),
                    conditions: version.body.iter().map(|condition| sentence::of(condition, self)).collect(),
                })
            })
            .collect();
        let guards = self.rules(on).into_iter().filter(|rule| rule.subject == "guard" || rule.subject == "guidance");
        Explanation {
            on,
            award: self.award(code).clone(),
            standards,
            guards: guards.filter(|rule| rule.awards.is_empty() || rule.awards.contains(&code)).collect(),
            ballot: self.ballot(code, on),
            dossier: self.dossier(code, on),
            deadlines: self.deadlines(code, on),
            bonuses: RecipientKind::ALL.iter().filter_map(|kind| Some((*kind, self.bonus(code, *kind, on)?))).collect(),
            lapsed: self.every_lapse(code, on),
        }
    }
}
