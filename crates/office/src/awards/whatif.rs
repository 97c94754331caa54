//! What-if: everybody weighed for every form at once, before anybody is nominated. Nothing is written.
//!
//! A page weighs the people it shows; whoever asks for all of them, or only for those with some verdict,
//! has the registers read once each and the work shared among the cores. Everybody is judged without
//! words; the words are found for those who are shown.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use kernel::id::UnitId;
use kernel::{Date, Permission};
use rules::facts::Stage;
use rules::{AwardCode, AwardResult, Brief, Facts, Finding, LawOfDay, PlanGate, RecipientKind, Verdict};

use super::launching::launching;
use super::{AwardsError, adoptions, eligibility};
use crate::db::Tx;
use crate::organization::model::{Recipient, UnitKind, UnitView};
use crate::organization::queries::{Filter, Place};
use crate::records::queries::{Sourced, Told};
use crate::{Ctx, House, StoreError, organization, records};

/// What is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// At which occasion of the plan; it also limits the forms, unless all are wanted.
    pub stage: Stage,
    /// Every form that the law knows for this kind of recipient, not only those of the occasion.
    pub every_form: bool,
    /// As if good standing and unity, which no register holds and a person must attest, were attested.
    pub suppose_conduct: bool,
    /// The day whose posts and record count.
    pub on: Date,
    /// The day whose law counts; none for the law of that day.
    pub law_on: Option<Date>,
    /// The record as it was known at the end of this day; none for now.
    pub known_on: Option<Date>,
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

/// Which of all are wanted: by what they are found to be for one form, or for any.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wanted {
    /// Only this form; none for any.
    pub award: Option<AwardCode>,
    /// What is found; none wants everybody.
    pub found: Option<Sought>,
}

/// What somebody may want to see of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sought {
    /// This verdict.
    Verdict(Verdict),
    /// One thing alone is missing.
    Near,
}

impl Wanted {
    /// Those with this verdict for some form.
    #[must_use]
    pub fn with(verdict: Verdict) -> Self {
        Self { award: None, found: Some(Sought::Verdict(verdict)) }
    }

    /// Whether verdicts alone leave it possible that somebody is wanted.
    fn may(&self, verdicts: impl IntoIterator<Item = (AwardCode, Verdict)>) -> bool {
        let Some(sought) = self.found else { return true };
        verdicts.into_iter().filter(|(award, _)| self.award.is_none_or(|only| only == *award)).any(|(_, verdict)| {
            match sought {
                Sought::Verdict(wanted) => verdict == wanted,
                Sought::Near => verdict != Verdict::Eligible,
            }
        })
    }

    /// Whether somebody is wanted whose cells are in words.
    #[must_use]
    pub fn keeps(&self, line: &Line) -> bool {
        let mut cells = line.cells.iter().filter(|cell| self.award.is_none_or(|only| only == cell.award));
        match self.found {
            None => true,
            Some(Sought::Verdict(wanted)) => cells.any(|cell| cell.verdict == wanted),
            Some(Sought::Near) => cells.any(Cell::near),
        }
    }
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

    async fn of_the_record(&self, tx: &mut Tx, house: &House) -> Result<records::queries::Asked, StoreError> {
        Ok(records::queries::Asked {
            launchers: launching(tx, house, self.on, self.known_on).await?.launchers,
            known_on: self.known_on,
            with_sources: false,
            ..records::queries::Asked::on(self.on, self.stage)
        })
    }
}

/// Weighs facts for every form that is asked for, by the law of one day.
struct Scales<'a> {
    law: LawOfDay<'a>,
    gate: Option<PlanGate>,
    suppose_conduct: bool,
}

impl<'a> Scales<'a> {
    async fn new(ctx: &Ctx<'a>, tx: &mut Tx, asked: &Asked) -> Result<Self, AwardsError> {
        let gate = (!asked.every_form).then(|| asked.gate(ctx.house));
        let standing = adoptions::known(tx, asked.known_on).await?;
        let on = asked.law_on.unwrap_or(asked.on);
        let law = ctx.house.rules.law_of(on, &standing.adopted, &standing.confirmed);
        Ok(Self { law, gate, suppose_conduct: asked.suppose_conduct })
    }

    fn brief(&self, facts: &Facts) -> Brief {
        let mut brief = self.law.brief(facts);
        if self.suppose_conduct {
            brief.suppose_conduct();
        }
        brief
    }

    fn verdicts<'s>(&'s self, brief: &'s Brief, forms: &'s [AwardCode]) -> impl Iterator<Item = (AwardCode, Verdict)> {
        forms.iter().map(move |form| (*form, self.law.judge(brief, *form, self.gate.as_ref()).verdict))
    }

    fn weigh(&self, facts: &Facts, brief: &Brief, forms: &[AwardCode]) -> Vec<AwardResult> {
        // An empty list would ask for all.
        if forms.is_empty() {
            return Vec::new();
        }
        if !self.suppose_conduct {
            return self.law.explain_as(facts, brief, forms, self.gate.as_ref()).results;
        }
        let supposed = Facts {
            good_standing: facts.good_standing.or(Some(true)),
            internal_unity: facts.internal_unity.or(Some(true)),
            ..facts.clone()
        };
        self.law.explain_as(&supposed, brief, forms, self.gate.as_ref()).results
    }

    fn cells(&self, facts: &Facts, forms: &[AwardCode]) -> Vec<Cell> {
        self.weigh(facts, &self.brief(facts), forms).iter().map(cell).collect()
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
    let record = asked.of_the_record(&mut tx, ctx.house).await?;
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

/// Those of everybody of the Office whom the actor may read about that are wanted: how many they are, and
/// a part of them in words, by name.
///
/// # Errors
/// As [`people`].
pub async fn everybody(
    ctx: &Ctx<'_>,
    asked: &Asked,
    wanted: &Wanted,
    part: Range<usize>,
) -> Result<(usize, Vec<Line>), AwardsError> {
    ctx.may(Permission::ReadNominations)?;
    ctx.may(Permission::ReadPeople)?;
    let mut tx = ctx.read().await?;
    let units = organization::queries::units(&mut tx, asked.on).await?;
    let names: HashMap<UnitId, &str> = units.iter().map(|unit| (unit.id, unit.name.as_str())).collect();
    let allowed = ctx.actor.units_for(Permission::ReadPeople, ctx.today());
    let record = asked.of_the_record(&mut tx, ctx.house).await?;
    let told = records::queries::everybody(&mut tx, &record).await?;
    let scales = Scales::new(ctx, &mut tx, asked).await?;
    drop(tx);
    let forms = asked.forms(ctx.house, RecipientKind::Person);
    let named = kernel::text::Wanted::of(&asked.text);
    let fits = |one: &Told| {
        let person = &one.person;
        let within = |unit| one.posts.iter().any(|post| post.period.contains(asked.on) && post.unit == unit);
        let seen = allowed.as_ref().is_none_or(|units| units.iter().any(|unit| within(*unit)));
        seen && asked.unit.is_none_or(within)
            && (named.is_in(&person.profile.name)
                || person.profile.staff_code.as_deref().is_some_and(|code| code == asked.text.trim()))
    };
    let line = |one: &Told| {
        let title = one.posts.iter().find(|post| post.period.contains(asked.on)).map(|post| {
            let unit = names.get(&post.unit).copied().unwrap_or_default();
            format!("{}, {unit}", post.title)
        });
        Line {
            recipient: Recipient::Person(one.person.id),
            name: one.person.profile.name.clone(),
            title: title.unwrap_or_default(),
            cells: scales.cells(&one.sourced.facts, &forms),
        }
    };
    let is_wanted = |one: &Told| {
        fits(one)
            && wanted.may(scales.verdicts(&scales.brief(&one.sourced.facts), &forms))
            && (wanted.found != Some(Sought::Near) || wanted.keeps(&line(one)))
    };
    let (mut counted, mut lines) = (0, Vec::new());
    for batch in batches(told) {
        let found = on_all_cores(&batch, |one| is_wanted(one).then_some(one));
        let before = counted;
        counted += found.len();
        let shown: Vec<_> = (before..).zip(found).filter(|(at, _)| part.contains(at)).map(|(_, one)| one).collect();
        lines.extend(on_all_cores(&shown, |one| Some(line(one))));
    }
    Ok((counted, lines))
}

/// How many people's facts are in memory at once.
const BATCH: usize = 4_096;

fn batches(mut told: impl Iterator<Item = Told>) -> impl Iterator<Item = Vec<Told>> {
    std::iter::from_fn(move || Some(told.by_ref().take(BATCH).collect::<Vec<_>>()).filter(|batch| !batch.is_empty()))
}

/// What a function makes of each, in order, shared among the cores.
fn on_all_cores<'a, T: Sync, R: Send>(all: &'a [T], make: impl Fn(&'a T) -> Option<R> + Sync) -> Vec<R> {
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
    let record = asked.of_the_record(&mut tx, ctx.house).await?;
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
    let record = asked.of_the_record(&mut tx, ctx.house).await?;
    let told = records::queries::sourced(&mut tx, recipient, &record).await?;
    let Some(Sourced { facts, .. }) = told else { return Err(unknown) };
    let scales = Scales::new(ctx, &mut tx, asked).await?;
    let name = facts.recipient.name.clone().unwrap_or_default();
    let forms = asked.forms(ctx.house, facts.recipient.kind);
    Ok((name, scales.weigh(&facts, &scales.brief(&facts), &forms)))
}
