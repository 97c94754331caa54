//! The plan and what can be asked of it.

use std::collections::BTreeMap;

use kernel::{Date, Period};
use rules::{AwardInfo, AwardKind, AwardType};
use serde::ser::SerializeSeq;
use serde::{Serialize, Serializer};

use super::clause_id::ClauseId;
use super::error::PlanFault;
use super::indicators::PlannedIndicator;
use super::kinds::{Kind, LaunchLevel, Stage, Work};
use super::plan_file;

/// An office's plan for one movement. What it prints is kept word for word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// The folder under `movements/`, e.g. `son-la-vpub-2026`.
    pub id: String,
    /// What the plan says of itself under the word KẾ HOẠCH.
    pub title: String,
    /// Number and sign; the number may still be blank: `/KH-VPUB`.
    pub number: String,
    /// The office whose plan it is.
    pub office: String,
    /// The form of document, in capitals as printed.
    pub form: String,
    /// Place and date as printed; the day may still be blank.
    pub place_and_date: String,
    /// Made for tests and demonstrations; no office has issued it.
    pub invented: bool,
    /// What it carries out.
    pub basis: Vec<Basis>,
    /// Who launched the movement, on which decision. Awards count a movement by its launcher.
    pub launchers: Vec<Launcher>,
    /// From the first to the last day of the movement.
    pub period: Period,
    /// In the order of time; they share no day.
    pub phases: Vec<Phase>,
    /// Days of the period that the plan leaves in no phase.
    pub gaps: Vec<Gap>,
    /// In the order of the document, headings included.
    pub clauses: Vec<Clause>,
    /// When awards are given in this movement, and which.
    pub occasions: Vec<Occasion>,
    /// Under which clause a work of the office is done, where the plan says so.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub works: BTreeMap<Work, ClauseId>,
    /// Who may answer for a clause, as the plan calls them.
    pub units: Vec<Unit>,
    /// "Nơi nhận", line by line.
    pub recipients: Vec<String>,
    /// Who signs.
    pub signer: Signer,
    /// The editor's remarks on the document as a whole.
    pub notes: Vec<String>,
    /// What its targets are measured by, where a file beside it says so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub indicators: Vec<PlannedIndicator>,
}

impl Plan {
    /// The first year of the movement.
    #[must_use]
    pub fn first_year(&self) -> i16 {
        self.period.from.year()
    }

    /// The last year of the movement.
    #[must_use]
    pub fn last_year(&self) -> i16 {
        let last = self.period.until.and_then(|until| until.yesterday().ok());
        last.unwrap_or(self.period.from).year()
    }

    /// The years of the movement.
    #[must_use]
    pub fn years(&self) -> std::ops::RangeInclusive<i16> {
        self.first_year()..=self.last_year()
    }

    /// Where the office signs: `Sơn La`.
    #[must_use]
    pub fn place(&self) -> &str {
        self.place_and_date.split_once(',').map_or(self.place_and_date.as_str(), |(place, _)| place)
    }

    /// The sign of the office's own documents of a kind, after the plan's: `QĐ-VPUB` where that is `/KH-VPUB`.
    #[must_use]
    pub fn sign(&self, kind: &str) -> String {
        let office = self.number.rsplit_once('-').map_or("", |(_, office)| office);
        format!("{kind}-{office}")
    }
}

/// A document that the plan carries out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Basis {
    /// As the plan cites it.
    pub text: String,
    /// The day of that document.
    pub date: Option<Date>,
}

/// One launching of the movement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Launcher {
    /// Whose movement it is.
    pub level: LaunchLevel,
    /// The document that launches it.
    pub decision: String,
    /// The day of the document, where known.
    pub from: Option<Date>,
    /// Whether it is settled that this document launches the movement at this level.
    pub confirmed: bool,
    /// What is still to be asked, and of whom.
    pub note: Option<String>,
}

/// A phase of the movement: half-open, with the review that closes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Phase {
    /// Short id within the plan: `1`.
    pub id: String,
    /// As the plan calls it.
    pub name: String,
    /// The clause that sets it.
    pub clause: ClauseId,
    /// Its days.
    #[serde(flatten)]
    pub period: Period,
    /// The review that closes it.
    pub review: Option<Review>,
}

/// A review of the movement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Review {
    /// Mid-term or final.
    pub kind: Stage,
    /// The day it is due.
    pub due: Date,
}

/// Days of the period that are in no phase.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// The days.
    #[serde(flatten)]
    pub period: Period,
    /// Why, and what follows.
    pub note: String,
}

/// One numbered or dashed piece of the plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Clause {
    /// Its place by the plan's own numbering.
    pub id: ClauseId,
    /// The clause above.
    pub parent: Option<ClauseId>,
    /// What it is in the plan.
    pub kind: Kind,
    /// The mark printed before the text.
    pub label: String,
    /// The plan's own words, whitespace folded; misprints stand.
    pub text: String,
    /// The parts of the text printed in italics.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub italics: Vec<String>,
    /// The editor's remarks: visible misprints, what the plan leaves open.
    pub notes: Vec<String>,
    /// Who answers for it, where the plan says so.
    #[serde(serialize_with = "names")]
    pub responsible: Vec<Unit>,
}

/// Somebody who answers for a clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unit {
    /// Short code, the same as in the office's list of units where it is one.
    pub code: String,
    /// As the plan calls them.
    pub name: String,
}

/// An occasion for awards within the movement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Occasion {
    /// Which one.
    pub id: Stage,
    /// As the plan calls it.
    pub name: String,
    /// The clause that allows it.
    pub clause: ClauseId,
    /// The award codes that the plan allows here; the law narrows them further.
    pub awards: Vec<String>,
    /// Codes that the office considers at the same sitting on the ground of the law alone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// The type of the forms given here, where the plan declares another than that of its movement. A title is always
    /// given for merit.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub award_type: Option<AwardType>,
}

/// Who signs the plan, as printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Signer {
    /// The post, in capitals.
    pub post: String,
    /// The name below the signature.
    pub name: String,
}

/// Where a day falls in the movement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PhaseAnswer<'a> {
    /// In this phase.
    Phase(&'a Phase),
    /// Within the movement, but in no phase; the gap says why.
    Uncovered {
        /// The declared gap.
        gap: &'a Gap,
    },
    /// Before the movement begins or after it has ended.
    Outside,
}

impl Plan {
    /// Reads a plan. `file` is the name that faults are reported under.
    ///
    /// # Errors
    /// Every fault found, in the order of the file.
    pub fn parse(text: &str, file: &str) -> Result<Self, Vec<PlanFault>> {
        plan_file::read(text, file)
    }

    /// Reads a plan from the bytes of its file.
    ///
    /// # Errors
    /// The place of the first byte that is no UTF-8, or every fault that [`Plan::parse`] finds.
    pub fn from_bytes(bytes: &[u8], file: &str) -> Result<Self, Vec<PlanFault>> {
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::parse(text, file),
            Err(error) => Err(vec![plan_file::not_utf8(bytes, error.valid_up_to(), file)]),
        }
    }

    /// The clause with this id.
    #[must_use]
    pub fn clause(&self, id: &str) -> Option<&Clause> {
        self.clauses.iter().find(|clause| clause.id.as_str() == id)
    }

    /// The clause a work of the office is done under; empty where the plan names none.
    #[must_use]
    pub fn clause_of(&self, work: Work) -> &str {
        self.works.get(&work).map_or("", ClauseId::as_str)
    }

    /// The same as the ledger writes it: `Khoản III.4`; empty where the plan names none.
    #[must_use]
    pub fn ground_of(&self, work: Work) -> String {
        self.works.get(&work).map_or_else(String::new, |clause| format!("Khoản {}", clause.as_str()))
    }

    /// The clauses right below this one, in the order of the document.
    pub fn children<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Clause> + 'a {
        self.clauses.iter().filter(move |clause| clause.parent.as_ref().is_some_and(|parent| parent.as_str() == id))
    }

    /// The clauses that stand below no other: the opening and the sections.
    pub fn sections(&self) -> impl Iterator<Item = &Clause> {
        self.clauses.iter().filter(|clause| clause.parent.is_none())
    }

    /// Every clause in the order of the document, with its depth.
    pub fn walk(&self) -> impl Iterator<Item = (usize, &Clause)> {
        self.clauses.iter().map(|clause| (clause.id.depth(), clause))
    }

    /// The clauses of one kind, in the order of the document.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Clause> {
        self.clauses.iter().filter(move |clause| clause.kind == kind)
    }

    /// The occasion with this id: `annual`, `so_ket`, `tong_ket`.
    #[must_use]
    pub fn occasion(&self, id: &str) -> Option<&Occasion> {
        self.occasions.iter().find(|occasion| occasion.id.code() == id)
    }

    /// Where this day falls. Reading a plan made sure that there is exactly one answer.
    #[must_use]
    pub fn phase_on(&self, day: Date) -> PhaseAnswer<'_> {
        if let Some(phase) = self.phases.iter().find(|phase| phase.period.contains(day)) {
            return PhaseAnswer::Phase(phase);
        }
        match self.gaps.iter().find(|gap| gap.period.contains(day)) {
            Some(gap) => PhaseAnswer::Uncovered { gap },
            None => PhaseAnswer::Outside,
        }
    }

    /// The whole document as printed, one paragraph a line, marks included.
    #[must_use]
    pub fn paragraphs(&self) -> Vec<String> {
        let mut printed =
            vec![format!("Số: {}", self.number), self.place_and_date.clone(), self.form.clone(), self.title.clone()];
        printed.extend(self.clauses.iter().map(Clause::printed));
        printed.push("Nơi nhận:".to_owned());
        let last = self.recipients.len();
        for (place, recipient) in (1..).zip(&self.recipients) {
            printed.push(format!("- {recipient}{}", if place == last { "." } else { ";" }));
        }
        printed.extend([self.signer.post.clone(), self.signer.name.clone()]);
        printed
    }
}

impl Clause {
    /// The clause with its mark, as printed.
    #[must_use]
    pub fn printed(&self) -> String {
        if self.label.is_empty() { self.text.clone() } else { format!("{} {}", self.label, self.text) }
    }
}

impl Occasion {
    /// The award codes of the plan, then those that the office considers beside it.
    pub fn codes(&self) -> impl Iterator<Item = &String> {
        self.awards.iter().chain(&self.also)
    }

    /// The type (*loại hình*) of an award that is given at this occasion.
    ///
    /// A title other than a flag is given for merit by its nature. What the office considers beside the plan rests on
    /// the law alone, so it is for merit too. All else is what the plan declares of the occasion, and without a word
    /// of it for the movement: thematic.
    #[must_use]
    pub fn type_of(&self, award: &AwardInfo) -> AwardType {
        let of_the_plan = self.awards.iter().any(|code| code == award.code.code());
        if award.kind == AwardKind::Title || !of_the_plan {
            return AwardType::Merit;
        }
        self.award_type.unwrap_or(AwardType::Thematic)
    }

    /// Whether the plan, or the office beside it, gives this award at this occasion.
    #[must_use]
    pub fn allows(&self, award: &str) -> bool {
        self.codes().any(|code| code == award)
    }
}

/// Programs read who is responsible by name; the codes stand in `units`.
fn names<S: Serializer>(units: &[Unit], serializer: S) -> Result<S::Ok, S::Error> {
    let mut list = serializer.serialize_seq(Some(units.len()))?;
    for unit in units {
        list.serialize_element(&unit.name)?;
    }
    list.end()
}
