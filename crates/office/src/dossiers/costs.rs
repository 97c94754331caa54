//! What complying with a procedure costs those who use it, before and after it was made simpler.
//!
//! The formula is data (`rulepacks/dossiers/costs.formula.toml`): which parts count, and how sure we are of its
//! wording. Until the office has confirmed a formula that was not read, every result says so. What was entered
//! is kept by version, with the reason and all inputs; nothing is overwritten.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use kernel::text::{clean_line, clean_text};
use kernel::{Permission, Timestamp};
use serde::{Deserialize, Serialize};

use super::{DossiersError, store};
use crate::movements::Work;
use crate::{Ctx, ledger};

static SHIPPED: LazyLock<Formula> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../../rulepacks/dossiers/costs.formula.toml"))
        .expect("the file is part of the program and tested")
});

/// The formula that ships.
#[must_use]
pub fn shipped() -> &'static Formula {
    &SHIPPED
}

/// How the cost is computed.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Formula {
    /// Its name.
    pub id: String,
    /// Its version; another one needs another confirmation.
    pub version: i64,
    /// The act.
    pub ground: String,
    /// `text`, `report` or `memory`.
    pub confidence: String,
    /// What of a step costs.
    pub per_step: Vec<StepPart>,
    /// What costs once.
    pub per_once: Vec<OncePart>,
    /// By what the cost of one time is multiplied.
    pub per_year: Vec<YearPart>,
    /// The steps.
    pub steps: Vec<String>,
}

/// A cost of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepPart {
    /// Hours times the average income of an hour.
    Time,
    /// Travel.
    Travel,
    /// Services bought.
    Services,
}

/// A cost beside the steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OncePart {
    /// Fees and charges.
    Fees,
}

/// A factor of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum YearPart {
    /// Times in a year.
    Times,
    /// Those who use it.
    Subjects,
}

/// One step; amounts in đồng.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Hours, in hundredths.
    pub hours: i64,
    /// Travel.
    pub travel: i64,
    /// Services.
    pub services: i64,
}

/// The procedure as it is or was.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Its steps, in the order of the formula.
    pub steps: Vec<Step>,
    /// Fees and charges.
    pub fees: i64,
    /// How often a year one subject goes through it.
    pub times: i64,
    /// How many subjects.
    pub subjects: i64,
}

/// What was entered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inputs {
    /// The version of the formula it was entered for.
    pub formula: i64,
    /// The average income of an hour, in đồng.
    pub income: i64,
    /// Where the income comes from.
    pub income_source: String,
    /// Before.
    pub before: Case,
    /// After.
    pub after: Case,
}

impl Inputs {
    /// Whether every amount is one, and the income of an hour is more than nothing.
    #[must_use]
    pub fn is_reasonable(&self) -> bool {
        let mut amounts = [&self.before, &self.after].into_iter().flat_map(|case| {
            let steps = case.steps.iter().flat_map(|step| [step.hours, step.travel, step.services]);
            steps.chain([case.fees, case.times, case.subjects])
        });
        (1..=LARGEST).contains(&self.income) && amounts.all(|amount| (0..=LARGEST).contains(&amount))
    }
}

/// What it comes to, in đồng.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// One time, before and after.
    pub once: [i64; 2],
    /// A year, before and after.
    pub year: [i64; 2],
    /// What is saved a year; below zero when it costs more.
    pub saved: i64,
    /// The saving in hundredths of a percent of what it cost before; none when that was nothing.
    pub cut: Option<i64>,
}

impl Formula {
    /// Whether the wording needs a confirmation of the office.
    #[must_use]
    pub fn needs_confirmation(&self) -> bool {
        self.confidence != "text"
    }

    fn once(&self, case: &Case, income: i64) -> i64 {
        let step = |step: &Step| {
            self.per_step
                .iter()
                .map(|part| match part {
                    StepPart::Time => (step.hours * income + 50) / 100,
                    StepPart::Travel => step.travel,
                    StepPart::Services => step.services,
                })
                .sum::<i64>()
        };
        let beside = |part: &OncePart| match part {
            OncePart::Fees => case.fees,
        };
        case.steps.iter().map(step).sum::<i64>() + self.per_once.iter().map(beside).sum::<i64>()
    }

    fn year(&self, case: &Case, once: i64) -> i64 {
        self.per_year.iter().fold(once, |cost, factor| {
            cost.saturating_mul(match factor {
                YearPart::Times => case.times,
                YearPart::Subjects => case.subjects,
            })
        })
    }

    /// What the inputs come to.
    #[must_use]
    pub fn outcome(&self, inputs: &Inputs) -> Outcome {
        let cases = [&inputs.before, &inputs.after];
        let once = cases.map(|case| self.once(case, inputs.income));
        let year = [self.year(cases[0], once[0]), self.year(cases[1], once[1])];
        let saved = year[0] - year[1];
        let cut = (year[0] > 0).then(|| {
            let share = i128::from(saved) * 10_000 / i128::from(year[0]);
            i64::try_from(share).unwrap_or(i64::MIN)
        });
        Outcome { once, year, saved, cut }
    }
}

/// A version that was saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// Its number, from 1.
    pub version: i64,
    /// What was entered.
    pub inputs: Inputs,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

/// The largest amount that is taken: a thousand billion đồng, and the same of anything else.
const LARGEST: i64 = 1_000_000_000_000;

/// Saves inputs as the next version of a procedure; the same inputs once more change nothing.
///
/// `seen` is the version that whoever saves had before him, 0 for none.
///
/// # Errors
/// When the actor may not, the procedure is not known, an amount is none, or somebody saved meanwhile.
pub async fn save(
    ctx: &Ctx<'_>,
    procedure: &str,
    seen: i64,
    inputs: &Inputs,
    reason: &str,
) -> Result<i64, DossiersError> {
    ctx.may(Permission::ImportDossiers)?;
    let reason = clean_text(reason);
    if reason.chars().count() < 10 {
        return Err(DossiersError::OddCost("ghi lý do, căn cứ của số liệu, ít nhất 10 ký tự".to_owned()));
    }
    if !inputs.is_reasonable() {
        return Err(DossiersError::OddCost(
            "số tiền, số giờ, số lần phải từ 0, thu nhập giờ phải lớn hơn 0".to_owned(),
        ));
    }
    let mut tx = ctx.begin().await?;
    if !store::procedures(&mut tx).await?.contains_key(procedure) {
        return Err(DossiersError::UnknownProcedure);
    }
    let known = store::costs_of(&mut tx, procedure).await?;
    let newest = known.first().map_or(0, |saved| saved.version);
    if newest != seen {
        return Err(DossiersError::CostsChanged);
    }
    if known.first().is_some_and(|saved| saved.inputs == *inputs) {
        return Ok(newest);
    }
    let saved = Saved { version: newest + 1, inputs: inputs.clone(), reason, at: ctx.now() };
    store::add_costs(&mut tx, procedure, &saved, ctx.actor.account).await?;
    let entry = ctx.entry_of(Work::Dossiers, "dossiers.save_costs", "procedure", procedure);
    let outcome = shipped().outcome(inputs);
    ledger::record(
        &mut tx,
        entry.set("version", saved.version).set("before", outcome.year[0]).set("after", outcome.year[1]),
    )
    .await?;
    tx.commit().await?;
    Ok(saved.version)
}

/// Confirms the formula that ships, with the document in hand.
///
/// # Errors
/// When the actor may not confirm rules, or names no document.
pub async fn confirm(ctx: &Ctx<'_>, document: &str) -> Result<(), DossiersError> {
    ctx.may(Permission::ConfirmRules)?;
    let document = clean_line(document);
    if document.is_empty() {
        return Err(DossiersError::OddCost("ghi số, ký hiệu văn bản đã đối chiếu".to_owned()));
    }
    let formula = shipped();
    let mut tx = ctx.begin().await?;
    store::confirm_formula(&mut tx, &formula.id, formula.version, &document, ctx.actor.account, ctx.now()).await?;
    let entry = ctx.entry("dossiers.confirm_costs", "formula", &formula.id).ground(document.as_str());
    ledger::record(&mut tx, entry.set("version", formula.version)).await?;
    tx.commit().await?;
    Ok(())
}

/// With which document the formula that ships was confirmed, and when; none while it was not.
///
/// # Errors
/// When the actor may not read dossiers.
pub async fn confirmed(ctx: &Ctx<'_>) -> Result<Option<(String, Timestamp)>, DossiersError> {
    ctx.may(Permission::ReadDossiers)?;
    let formula = shipped();
    Ok(store::formula_confirmed(&mut ctx.read().await?, &formula.id, formula.version).await?)
}

/// The versions of a procedure, newest first.
///
/// # Errors
/// When the actor may not read dossiers.
pub async fn of_procedure(ctx: &Ctx<'_>, procedure: &str) -> Result<Vec<Saved>, DossiersError> {
    ctx.may(Permission::ReadDossiers)?;
    Ok(store::costs_of(&mut ctx.read().await?, procedure).await?)
}

/// The newest version of each procedure that has any.
///
/// # Errors
/// When the actor may not read dossiers.
pub async fn newest(ctx: &Ctx<'_>) -> Result<BTreeMap<String, Saved>, DossiersError> {
    ctx.may(Permission::ReadDossiers)?;
    Ok(store::costs_newest(&mut ctx.read().await?).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Before: 4 hours, 2 hours and 1 hour at 50,000 đồng, 60,000 of travel, 100,000 of services, 200,000 of fees:
    /// 350,000 + 60,000 + 100,000 + 200,000 = 710,000 once; twice a year for 300 subjects: 426,000,000.
    /// After: 1.5 hours, nothing else but 150,000 of fees: 75,000 + 150,000 = 225,000; 135,000,000 a year.
    #[test]
    fn an_example_worked_by_hand_comes_to_the_same() {
        let step = |hours, travel, services| Step { hours, travel, services };
        let before = vec![step(400, 0, 100_000), step(200, 30_000, 0), step(100, 30_000, 0), Step::default()];
        let after = vec![step(150, 0, 0), Step::default(), Step::default(), Step::default()];
        let case = |steps, fees| Case { steps, fees, times: 2, subjects: 300 };
        let inputs = Inputs {
            formula: 1,
            income: 50_000,
            income_source: "ví dụ".to_owned(),
            before: case(before, 200_000),
            after: case(after, 150_000),
        };
        let outcome = shipped().outcome(&inputs);
        assert_eq!(outcome.once, [710_000, 225_000]);
        assert_eq!(outcome.year, [426_000_000, 135_000_000]);
        assert_eq!((outcome.saved, outcome.cut), (291_000_000, Some(6_830)));
    }

    #[test]
    fn a_formula_that_was_not_read_needs_a_confirmation() {
        assert!(shipped().needs_confirmation());
        assert_eq!(shipped().steps.len(), 4);
        let nothing = shipped().outcome(&Inputs { income: 1, ..Inputs::default() });
        assert_eq!(nothing.cut, None);
    }
}
