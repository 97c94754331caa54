//! Lists of initiatives, one in full, what waits for whom.

use std::collections::BTreeSet;

use kernel::id::{PersonId, UnitId};
use kernel::{Date, Permission};
use rules::facts::Scope;

use super::content::{Author, Field};
use super::decision::{self, Reach, Reminder, TermKind};
use super::library::{Consenting, consenting};
use super::model::{
    Decision, DecisionKind, Edition, Initiative, InitiativeFile, InitiativeFileId, Model, Purpose, Replication,
    StateKind, is_author,
};
use super::replication::{adopters, adopts, may_report};
use super::{InitiativeId, InitiativesError, library_store, replication_store, settings, store};
use crate::Ctx;
use crate::db::{StoreError, Tx};
use crate::organization::{self, UnitView};
use crate::records;

pub use super::likeness::{Alike, alike};

/// How many initiatives stand on a page of the list.
pub const PAGE: usize = 50;

/// Whether the actor may know of an initiative: everybody of the office of a recognised one; its authors, who
/// began it and the readers of its unit of any; reviewers once it was handed in.
fn sees_with(ctx: &Ctx<'_>, one: &Initiative, own: bool) -> bool {
    if ctx.may(Permission::ReadPlan).is_err() {
        return false;
    }
    let began = one.written_by.is_some() && one.written_by == ctx.actor.account;
    let handed_in = one.submitted_on.is_some();
    let reads = match ctx.actor.units_for(Permission::ReadInitiatives, ctx.today()) {
        // Whoever reads for the whole office sees what was handed in; a unit's reader sees its drafts too.
        None => handed_in || ctx.actor.program,
        Some(units) => units.contains(&one.unit),
    };
    one.state == StateKind::Recognised || own || began || reads
}

pub(super) async fn sees(ctx: &Ctx<'_>, tx: &mut Tx, one: &Initiative) -> Result<bool, StoreError> {
    let own = is_author(&store::authors(tx, one.id).await?, ctx.actor.person);
    Ok(sees_with(ctx, one, own))
}

/// An initiative that the actor may know of.
///
/// # Errors
/// [`InitiativesError::Unknown`] also for one that he may not.
pub(super) async fn seen(ctx: &Ctx<'_>, tx: &mut Tx, id: InitiativeId) -> Result<Initiative, InitiativesError> {
    let unknown = || InitiativesError::Unknown("sáng kiến");
    let one = store::find(tx, id).await?.ok_or_else(unknown)?;
    if sees(ctx, tx, &one).await? { Ok(one) } else { Err(unknown()) }
}

/// Whether the actor may write it: as an author, as who began it, or as the head of its unit.
pub(super) fn may_write(ctx: &Ctx<'_>, one: &Initiative, authors: &[Author]) -> bool {
    if ctx.may(Permission::WriteInitiatives).is_err() {
        return false;
    }
    let began = one.written_by.is_some() && one.written_by == ctx.actor.account;
    let heads = ctx.actor.units_for(Permission::ReadInitiatives, ctx.today()).unwrap_or_default();
    ctx.actor.program || began || is_author(authors, ctx.actor.person) || heads.contains(&one.unit)
}

/// What is written in the edition that counts.
pub(super) async fn must_edition(tx: &mut Tx, one: &Initiative) -> Result<Edition, StoreError> {
    store::edition(tx, one.id, one.edition).await?.ok_or_else(|| StoreError::Nonsense {
        table: "initiative_cases",
        column: "edition",
        what: format!("{} không có bản {}", one.code, one.edition),
    })
}

/// The name of a unit today; empty for one that was never there.
pub(super) async fn unit_name(ctx: &Ctx<'_>, tx: &mut Tx, unit: UnitId) -> Result<String, StoreError> {
    Ok(organization::queries::unit(tx, unit, ctx.today()).await?.map(|unit| unit.name).unwrap_or_default())
}

/// What a list is narrowed to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Code or name hold this, with or without diacritics.
    pub text: String,
    /// Of this unit.
    pub unit: Option<UnitId>,
    /// In this state.
    pub state: Option<StateKind>,
    /// About this.
    pub field: Option<Field>,
    /// Hanging on this clause.
    pub clause: String,
    /// Begun in this year.
    pub year: Option<i16>,
    /// Of which the actor is an author.
    pub mine: bool,
}

/// An initiative as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The initiative.
    pub initiative: Initiative,
    /// The name of its unit today.
    pub unit_name: String,
    /// Its authors.
    pub authors: Vec<Author>,
    /// The decisions about it.
    pub decisions: Vec<Decision>,
    /// How many units apply it: confirmed by them, and not stopped.
    pub adopters: usize,
}

/// The initiatives that the actor may know of, the newest first: those of one page, and how many there are.
/// Without a page all of them.
///
/// # Errors
/// When the actor may not read the plan.
pub async fn list(
    ctx: &Ctx<'_>,
    filter: &Filter,
    page: Option<usize>,
) -> Result<(Vec<Listed>, usize), InitiativesError> {
    ctx.may(Permission::ReadPlan)?;
    let mut tx = ctx.read().await?;
    let mut found = visible(ctx, &mut tx, filter).await?;
    let many = found.len();
    if let Some(page) = page {
        found = found.into_iter().skip(page.saturating_mul(PAGE)).take(PAGE).collect();
    }
    let mut listed = Vec::with_capacity(found.len());
    for initiative in found {
        listed.push(Listed {
            unit_name: unit_name(ctx, &mut tx, initiative.unit).await?,
            authors: store::authors(&mut tx, initiative.id).await?,
            decisions: store::decisions(&mut tx, initiative.id).await?,
            adopters: adopters(&mut tx, initiative.id, ctx.today()).await?,
            initiative,
        });
    }
    Ok((listed, many))
}

async fn visible(ctx: &Ctx<'_>, tx: &mut Tx, filter: &Filter) -> Result<Vec<Initiative>, StoreError> {
    let own = match ctx.actor.person {
        Some(person) => store::written_by(tx, person).await?,
        None => BTreeSet::new(),
    };
    let mut found = store::all(tx, &filter.text).await?;
    found.retain(|one| {
        let mine = own.contains(&one.id);
        sees_with(ctx, one, mine)
            && (!filter.mine || mine)
            && filter.unit.is_none_or(|unit| one.unit == unit)
            && filter.state.is_none_or(|state| one.state == state)
            && filter.field.is_none_or(|field| one.field == field)
            && filter.year.is_none_or(|year| one.written_on.year() == year)
            && (filter.clause.is_empty() || one.clause == filter.clause)
    });
    Ok(found)
}

/// What a taking over says on the page of its initiative.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReplicationLine {
    /// The taking over.
    pub replication: Replication,
    /// The name of the adopter.
    pub unit_name: String,
    /// The evidence.
    pub files: Vec<InitiativeFile>,
    /// Whether the actor answers for the adopter.
    pub may_answer: bool,
}

/// One initiative in full.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// The initiative.
    pub initiative: Initiative,
    /// The name of its unit today.
    pub unit_name: String,
    /// What is written in the edition that counts.
    pub edition: Edition,
    /// Every edition: its number, when and by whom, and when it was handed in. The newest first.
    pub editions: Vec<Edition>,
    /// The evidence and the documents of the decisions; those of adopters stand with them.
    pub files: Vec<InitiativeFile>,
    /// The decisions, by day.
    pub decisions: Vec<Decision>,
    /// What others have taken over.
    pub replications: Vec<ReplicationLine>,
    /// How many of them count today.
    pub adopters: usize,
    /// Whether they bear out the reach that is claimed or decided.
    pub reach: Reach,
    /// The ground of the number that this is measured by; empty while nobody has set it.
    pub reach_ground: String,
    /// How far it reaches, by the last decision on that or as its authors claim.
    pub claimed: Scope,
    /// What to remind of.
    pub reminders: Vec<(TermKind, Reminder)>,
    /// The authors with what they consented to.
    pub consents: Vec<Consenting>,
    /// The model, where it was ever published.
    pub model: Option<Model>,
    /// Whether the actor may write it.
    pub may_write: bool,
    /// Whether the actor may review it: within the grant, and not an author.
    pub may_review: bool,
    /// Whether the actor may publish the model.
    pub may_publish: bool,
    /// Whether the actor may enter that a unit has taken it over.
    pub may_report: bool,
}

/// One initiative.
///
/// # Errors
/// [`InitiativesError::Unknown`] also for one that the actor may not know of.
pub async fn detail(ctx: &Ctx<'_>, id: InitiativeId) -> Result<Detail, InitiativesError> {
    ctx.may(Permission::ReadPlan)?;
    let mut tx = ctx.read().await?;
    let one = seen(ctx, &mut tx, id).await?;
    let edition = must_edition(&mut tx, &one).await?;
    let authors = store::authors(&mut tx, id).await?;
    let decisions = store::decisions(&mut tx, id).await?;
    let all_files = store::files(&mut tx, id).await?;
    let mut replications = Vec::new();
    for replication in replication_store::of(&mut tx, id).await? {
        replications.push(ReplicationLine {
            unit_name: unit_name(ctx, &mut tx, replication.unit).await?,
            files: all_files.iter().filter(|file| file.replication == Some(replication.id)).cloned().collect(),
            may_answer: adopts(ctx, replication.unit, one.unit, &authors),
            replication,
        });
    }
    let needed = settings::current(&mut tx).await?.province_adopters;
    let claimed = decisions.iter().rev().find_map(|one| one.scope).unwrap_or(edition.content.claimed);
    let adopters = adopters(&mut tx, id, ctx.today()).await?;
    let reviews = ctx.may_in(Permission::ReviewInitiatives, one.unit).is_ok();
    Ok(Detail {
        unit_name: unit_name(ctx, &mut tx, one.unit).await?,
        editions: store::editions(&mut tx, id).await?,
        files: all_files.into_iter().filter(|file| file.purpose != Purpose::Replication).collect(),
        replications,
        adopters,
        reach: decision::reach(claimed, adopters, needed.as_ref().map(|set| set.value)),
        reach_ground: needed.map(|set| set.document).unwrap_or_default(),
        claimed,
        reminders: reminders(&one, &edition, ctx.today()),
        consents: consenting(ctx, &mut tx, &one).await?,
        model: library_store::model(&mut tx, id).await?,
        may_write: may_write(ctx, &one, &authors),
        may_review: reviews && !is_author(&authors, ctx.actor.person),
        may_publish: reviews,
        may_report: may_report(ctx, &one, &authors),
        decisions,
        edition,
        initiative: one,
    })
}

/// What has lapsed by a day, by the terms that ship.
fn reminders(one: &Initiative, edition: &Edition, today: Date) -> Vec<(TermKind, Reminder)> {
    let mut found = Vec::new();
    let mut remind = |kind, from: Option<Date>, by| {
        found.extend(from.and_then(|from| decision::lapsed(kind, from, by)).map(|lapsed| (kind, lapsed)));
    };
    remind(TermKind::Filing, edition.content.first_applied_on, one.submitted_on.unwrap_or(today));
    match one.state {
        StateKind::Submitted => remind(TermKind::Check, one.submitted_on, today),
        StateKind::Review => remind(TermKind::Decide, one.submitted_on, today),
        _ => {}
    }
    found
}

/// One edition of an initiative.
///
/// # Errors
/// When there is none, or the initiative is not the actor's to know of.
pub async fn edition(ctx: &Ctx<'_>, id: InitiativeId, number: i64) -> Result<(Initiative, Edition), InitiativesError> {
    ctx.may(Permission::ReadPlan)?;
    let mut tx = ctx.read().await?;
    let one = seen(ctx, &mut tx, id).await?;
    let edition = store::edition(&mut tx, id, number).await?.ok_or(InitiativesError::Unknown("bản này"))?;
    Ok((one, edition))
}

/// A file of an initiative that the actor may know of.
///
/// # Errors
/// When there is none, or the initiative is not the actor's to know of.
pub async fn file(ctx: &Ctx<'_>, id: InitiativeId, file: InitiativeFileId) -> Result<InitiativeFile, InitiativesError> {
    ctx.may(Permission::ReadPlan)?;
    let mut tx = ctx.read().await?;
    seen(ctx, &mut tx, id).await?;
    let files = store::files(&mut tx, id).await?;
    files.into_iter().find(|one| one.id == file).ok_or(InitiativesError::Unknown("tệp này"))
}

/// The initiatives that were typed into the records by hand and have no pages here, narrowed by a text, for
/// whoever may read people and their record.
///
/// # Errors
/// What the store says.
pub async fn by_hand(ctx: &Ctx<'_>, text: &str) -> Result<Vec<records::model::Initiative>, InitiativesError> {
    if ctx.may(Permission::ReadPeople).is_err() || ctx.actor.units_for(Permission::ReadPeople, ctx.today()).is_some() {
        return Ok(Vec::new());
    }
    let mut found = records::queries::initiatives(ctx, text, 500).await?;
    let mut tx = ctx.read().await?;
    let here: BTreeSet<InitiativeId> = store::all(&mut tx, "").await?.into_iter().map(|one| one.id).collect();
    found.retain(|one| !here.contains(&one.id));
    Ok(found)
}

/// Something that waits for the actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Waiting {
    /// Given back to the actor as an author.
    Returned(Initiative),
    /// Handed in, for whoever reviews.
    ToReview(Initiative),
    /// To be confirmed by the actor's unit, with the name of the initiative.
    ToConfirm(Replication, String),
}

/// What waits for the actor; on a day off nothing does.
///
/// # Errors
/// What the store says.
pub async fn waiting(ctx: &Ctx<'_>) -> Result<Vec<Waiting>, InitiativesError> {
    if !ctx.calendar().is_working(ctx.today()) {
        return Ok(Vec::new());
    }
    let mut found = Vec::new();
    let mut tx = ctx.read().await?;
    if ctx.may(Permission::WriteInitiatives).is_ok() {
        let own = match ctx.actor.person {
            Some(person) => store::written_by(&mut tx, person).await?,
            None => BTreeSet::new(),
        };
        for id in own {
            let one = store::find(&mut tx, id).await?.filter(|one| one.state == StateKind::Returned);
            found.extend(one.map(Waiting::Returned));
        }
    }
    if ctx.may(Permission::ReviewInitiatives).is_ok() {
        for state in [StateKind::Submitted, StateKind::Review] {
            for one in store::in_state(&mut tx, state).await? {
                let authors = store::authors(&mut tx, one.id).await?;
                if ctx.may_in(Permission::ReviewInitiatives, one.unit).is_ok() && !is_author(&authors, ctx.actor.person)
                {
                    found.push(Waiting::ToReview(one));
                }
            }
        }
    }
    for unit in ctx.actor.units_for(Permission::ConfirmReplication, ctx.today()).unwrap_or_default() {
        for replication in replication_store::in_unit(&mut tx, unit).await? {
            let Some(one) = store::find(&mut tx, replication.initiative).await? else { continue };
            let authors = store::authors(&mut tx, one.id).await?;
            if replication.state == super::model::ReplicationState::Reported && adopts(ctx, unit, one.unit, &authors) {
                found.push(Waiting::ToConfirm(replication, one.name));
            }
        }
    }
    Ok(found)
}

/// The units that the actor may write an initiative for.
///
/// # Errors
/// What the store says.
pub async fn own_units(ctx: &Ctx<'_>) -> Result<Vec<UnitView>, InitiativesError> {
    ctx.may(Permission::WriteInitiatives)?;
    let mut tx = ctx.read().await?;
    let mut units = organization::queries::units(&mut tx, ctx.today()).await?;
    units.retain(|unit| {
        unit.kind != organization::model::UnitKind::Agency && ctx.may_in(Permission::WriteInitiatives, unit.id).is_ok()
    });
    Ok(units)
}

/// Every unit that stands today, other agencies too: whoever may take something over.
///
/// # Errors
/// What the store says.
pub async fn units(ctx: &Ctx<'_>) -> Result<Vec<UnitView>, InitiativesError> {
    ctx.may(Permission::ReadPlan)?;
    let mut tx = ctx.read().await?;
    Ok(organization::queries::units(&mut tx, ctx.today()).await?)
}

/// The person of a staff code, to be named as an author.
///
/// # Errors
/// What the store says.
pub async fn person_of_code(ctx: &Ctx<'_>, code: &str) -> Result<Option<(PersonId, String)>, InitiativesError> {
    ctx.may(Permission::WriteInitiatives)?;
    let mut tx = ctx.read().await?;
    let found = organization::queries::person_by_staff_code(&mut tx, code).await?;
    Ok(found.map(|person| (person.id, person.profile.name)))
}

/// The staff code by which the actor is named as an author; empty for an account without a person, or a
/// person without a code.
///
/// # Errors
/// What the store says.
pub async fn code_of_person(ctx: &Ctx<'_>, person: PersonId) -> Result<String, InitiativesError> {
    ctx.may(Permission::WriteInitiatives)?;
    let mut tx = ctx.read().await?;
    let found = organization::queries::person(&mut tx, person).await?;
    Ok(found.and_then(|person| person.profile.staff_code).unwrap_or_default())
}

/// The recognition that came first, for a page.
#[must_use]
pub fn first_recognition(decisions: &[Decision]) -> Option<&Decision> {
    decisions.iter().find(|one| one.kind == DecisionKind::Recognition)
}

/// How many initiatives that were handed in hang on each clause.
///
/// # Errors
/// What the store says.
pub async fn count_by_clause(tx: &mut Tx) -> Result<Vec<(String, usize)>, StoreError> {
    store::count_by_clause(tx).await
}
