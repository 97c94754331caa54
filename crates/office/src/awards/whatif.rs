//! What-if: everybody weighed for every form at once, before anybody is nominated. Nothing is written.
//!
//! A page weighs the people it shows; whoever asks for all of them, or only for those with some verdict,
//! has the registers read once each and the work shared among the cores.

use std::collections::{HashMap, HashSet};

use kernel::id::UnitId;
use kernel::{Date, Permission};
use rules::facts::Stage;
use rules::{AwardCode, AwardResult, Facts, Finding, PlanGate, Question, RecipientKind, Verdict};

use super::adoptions::{self, Standing};
use super::{AwardsError, eligibility};
use crate::db::Tx;
use crate::organization::model::{Recipient, UnitKind, UnitView};
use crate::organization::queries::{Filter, Place};
use crate::records::queries::Sourced;
use crate::{Ctx, House, organization, records};

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// At which occasion of the plan; it also limits the forms, unless all are wanted.
    pub stage: Stage,
    /// Every form that the law knows for this kind of recipient, not only those of the occasion.
    pub every_form: bool,
    /// As if good standing and unity, which no register holds and a person must attest, were attested.
    pub suppose_conduct: bool,
    /// The day whose record and law count.
    pub on: Date,
    /// Only this unit.
    pub unit: Option<UnitId>,
    /// Only names that hold this, or this staff code.
    pub text: String,
}

/// One recipient, weighed for every form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Who.
    pub recipient: Recipient,
    /// The name.
    pub name: String,
    /// Post and unit; empty for a unit.
    pub title: String,
    /// One a form, in the order of [`Asked::forms`].
    pub cells: Vec<Cell>,
}

/// The answer for one recipient and one form, short.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// The form.
    pub award: AwardCode,
    /// What stands now.
    pub verdict: Verdict,
    /// The clause of the standard that is met, or else what stands in the way of the nearest one.
    pub why: Vec<String>,
}

impl Cell {
    /// Whether one thing alone is missing.
    #[must_use]
    pub fn near(&self) -> bool {
        self.verdict != Verdict::Eligible && self.why.len() == 1
    }
}

impl Asked {
    /// The forms that are weighed for a kind of recipient, in the order of the catalogue.
    #[must_use]
    pub fn forms(&self, house: &House, kind: RecipientKind) -> Vec<AwardCode> {
        let gate = self.gate(house);
        let fits = |code: &AwardCode| {
            house.rules.award(*code).recipients.contains(&kind) && (self.every_form || gate.allowed.contains(code))
        };
        house.rules.awards().map(|award| award.code).filter(fits).collect()
    }

    fn gate(&self, house: &House) -> PlanGate {
        let clause = house.plan.occasion(self.stage.code()).map(|one| one.clause.to_string()).unwrap_or_default();
        eligibility::gate_at(house, self.stage.code(), &clause)
    }

    fn of_the_record(&self, house: &House) -> records::queries::Asked {
        let launchers = Some(eligibility::launchers(house));
        records::queries::Asked { launchers, ..records::queries::Asked::on(self.on, self.stage) }
    }
}

/// Weighs facts for every form that is asked for.
struct Scales<'a> {
    house: &'a House,
    standing: Standing,
    gate: Option<PlanGate>,
    suppose_conduct: bool,
    on: Date,
}

impl<'a> Scales<'a> {
    async fn new(ctx: &Ctx<'a>, tx: &mut Tx, asked: &Asked) -> Result<Self, AwardsError> {
        let gate = (!asked.every_form).then(|| asked.gate(ctx.house));
        let standing = adoptions::standing(tx).await?;
        Ok(Self { house: ctx.house, standing, gate, suppose_conduct: asked.suppose_conduct, on: asked.on })
    }

    fn weigh(&self, facts: &Facts, forms: &[AwardCode]) -> Vec<AwardResult> {
        // An empty list would ask for all.
        if forms.is_empty() {
            return Vec::new();
        }
        let supposed = self.suppose_conduct.then(|| Facts {
            good_standing: facts.good_standing.or(Some(true)),
            internal_unity: facts.internal_unity.or(Some(true)),
            ..facts.clone()
        });
        let question = Question {
            facts: supposed.as_ref().unwrap_or(facts),
            on: self.on,
            awards: forms,
            plan_gate: self.gate.as_ref(),
            adopted: &self.standing.adopted,
            confirmations: &self.standing.confirmed,
        };
        self.house.rules.evaluate(&question).results
    }

    fn cells(&self, facts: &Facts, forms: &[AwardCode]) -> Vec<Cell> {
        self.weigh(facts, forms).iter().map(cell).collect()
    }
}

fn cell(result: &AwardResult) -> Cell {
    Cell { award: result.award, verdict: result.verdict, why: why(result) }
}

/// The clause that is met; else what stands in the way: guards first, then the nearest standard.
fn why(result: &AwardResult) -> Vec<String> {
    if result.verdict == Verdict::Eligible {
        return result.met().take(1).map(|standard| standard.citation.clone()).collect();
    }
    let blocking: Vec<_> = result.blocking().filter_map(|guard| guard.reason.clone()).collect();
    if !blocking.is_empty() {
        return blocking;
    }
    let open =
        |standard: &rules::StandardResult| standard.conditions.iter().filter(|one| one.verdict != Finding::Met).count();
    let unknown = result.guards.iter().filter(|guard| guard.verdict == rules::GuardVerdict::Unknown);
    let unknown = unknown.filter_map(|guard| guard.reason.clone());
    let nearest = result.standards.iter().min_by_key(|standard| (standard.verdict == Finding::NotMet, open(standard)));
    let missing = nearest.into_iter().flat_map(|standard| &standard.conditions);
    let missing = missing.filter(|one| one.verdict != Finding::Met);
    let missing = missing.map(|one| one.missing.clone().unwrap_or_else(|| one.text_vi.clone()));
    let mut reasons: Vec<String> = unknown.chain(missing).collect();
    if reasons.is_empty() {
        reasons.extend(result.review.reason.clone());
    }
    let mut said = HashSet::new();
    reasons.retain(|reason| said.insert(reason.clone()));
    reasons
}

/// One page of people, by name.
///
/// # Errors
/// When the actor may read neither people nor nominations.
pub async fn people(ctx: &Ctx<'_>, asked: &Asked, after: &Place, limit: usize) -> Result<Vec<Line>, AwardsError> {
    ctx.may(Permission::ReadNominations)?;
    let filter = Filter { unit: asked.unit, text: asked.text.clone(), day: asked.on };
    let found = organization::queries::people(ctx, &filter, after, limit).await?;
    let mut tx = ctx.read().await?;
    let (scales, forms) = (Scales::new(ctx, &mut tx, asked).await?, asked.forms(ctx.house, RecipientKind::Person));
    let record = asked.of_the_record(ctx.house);
    let mut lines = Vec::with_capacity(found.len());
    for one in found {
        let recipient = Recipient::Person(one.person.id);
        let told = records::queries::sourced(&mut tx, recipient, &record).await?;
        let Some(Sourced { facts, .. }) = told else { continue };
        let post = one.post.map(|post| post.title);
        let title = [post, one.unit_name].into_iter().flatten().collect::<Vec<_>>().join(", ");
        lines.push(Line { recipient, name: one.person.profile.name, title, cells: scales.cells(&facts, &forms) });
    }
    Ok(lines)
}

/// Everybody of the Office whom the actor may read about, by name, of whom `wanted` is true.
///
/// # Errors
/// As [`people`].
pub async fn everybody(
    ctx: &Ctx<'_>,
    asked: &Asked,
    wanted: impl Fn(&Line) -> bool + Sync,
) -> Result<Vec<Line>, AwardsError> {
    ctx.may(Permission::ReadNominations)?;
    ctx.may(Permission::ReadPeople)?;
    let mut tx = ctx.read().await?;
    let units = organization::queries::units(&mut tx, asked.on).await?;
    let names: HashMap<UnitId, &str> = units.iter().map(|unit| (unit.id, unit.name.as_str())).collect();
    let allowed = ctx.actor.units_for(Permission::ReadPeople, ctx.today());
    let told = records::queries::everybody(&mut tx, &asked.of_the_record(ctx.house)).await?;
    let scales = Scales::new(ctx, &mut tx, asked).await?;
    drop(tx);
    let forms = asked.forms(ctx.house, RecipientKind::Person);
    let key = kernel::text::search_key(&asked.text);
    let line = |one: &records::queries::Told| {
        let person = &one.person;
        let held: Vec<_> = one.posts.iter().filter(|post| post.period.contains(asked.on)).collect();
        let within = |unit| held.iter().any(|post| post.unit == unit);
        let seen = allowed.as_ref().is_none_or(|units| units.iter().any(|unit| within(*unit)));
        let asked_for = asked.unit.is_none_or(within)
            && (kernel::text::search_key(&person.profile.name).contains(&key)
                || person.profile.staff_code.as_deref().is_some_and(|code| code == asked.text.trim()));
        if !seen || !asked_for {
            return None;
        }
        let title = held.first().map(|post| {
            let unit = names.get(&post.unit).copied().unwrap_or_default();
            format!("{}, {unit}", post.title)
        });
        let line = Line {
            recipient: Recipient::Person(person.id),
            name: person.profile.name.clone(),
            title: title.unwrap_or_default(),
            cells: scales.cells(&one.sourced.facts, &forms),
        };
        wanted(&line).then_some(line)
    };
    Ok(on_all_cores(&told, line))
}

/// What a function makes of each, in order, shared among the cores.
fn on_all_cores<T: Sync, R: Send>(all: &[T], make: impl Fn(&T) -> Option<R> + Sync) -> Vec<R> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let share = all.len().div_ceil(cores).max(1);
    std::thread::scope(|scope| {
        let make = &make;
        let parts: Vec<_> = all
            .chunks(share)
            .map(|part| scope.spawn(move || part.iter().filter_map(make).collect::<Vec<R>>()))
            .collect();
        parts.into_iter().flat_map(|part| part.join().expect("weighing does not panic")).collect()
    })
}

/// The units whose people the actor may read about, each weighed as a collective.
///
/// # Errors
/// As [`people`].
pub async fn units(ctx: &Ctx<'_>, asked: &Asked) -> Result<Vec<Line>, AwardsError> {
    ctx.may(Permission::ReadNominations)?;
    let allowed = ctx.actor.units_for(Permission::ReadPeople, ctx.today());
    let mut tx = ctx.read().await?;
    let scales = Scales::new(ctx, &mut tx, asked).await?;
    let forms = asked.forms(ctx.house, RecipientKind::Collective);
    let record = asked.of_the_record(ctx.house);
    let fits = |unit: &UnitView| {
        unit.kind != UnitKind::Agency
            && allowed.as_ref().is_none_or(|units| units.contains(&unit.id))
            && asked.unit.is_none_or(|only| only == unit.id)
    };
    let mut lines = Vec::new();
    for unit in organization::queries::units(&mut tx, asked.on).await?.into_iter().filter(fits) {
        let recipient = Recipient::Unit(unit.id);
        let told = records::queries::sourced(&mut tx, recipient, &record).await?;
        let Some(Sourced { facts, .. }) = told else { continue };
        lines.push(Line { recipient, name: unit.name, title: String::new(), cells: scales.cells(&facts, &forms) });
    }
    Ok(lines)
}

/// One recipient, weighed for every form, with the whole explanation.
///
/// # Errors
/// When the actor may not know of the recipient.
pub async fn one(
    ctx: &Ctx<'_>,
    asked: &Asked,
    recipient: Recipient,
) -> Result<(String, Vec<AwardResult>), AwardsError> {
    ctx.may(Permission::ReadNominations)?;
    let unknown = AwardsError::Unknown("người hoặc tập thể này");
    let mut tx = ctx.read().await?;
    if !organization::queries::may_see_recipient(ctx, &mut tx, recipient).await? {
        return Err(unknown);
    }
    let told = records::queries::sourced(&mut tx, recipient, &asked.of_the_record(ctx.house)).await?;
    let Some(Sourced { facts, .. }) = told else { return Err(unknown) };
    let scales = Scales::new(ctx, &mut tx, asked).await?;
    let name = facts.recipient.name.clone().unwrap_or_default();
    let forms = asked.forms(ctx.house, facts.recipient.kind);
    Ok((name, scales.weigh(&facts, &forms)))
}
