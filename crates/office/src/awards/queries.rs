//! Lists and details of campaigns and nominations; what other rooms ask.

use std::collections::{BTreeMap, BTreeSet};

use kernel::id::UnitId;
use kernel::{Date, Permission};
use rules::{AwardCode, AwardKind, AwardType, Level};

pub use super::caps::meters;
use super::eligibility::{self, Case, Weighed};
use super::model::{
    Attested, Campaign, CampaignId, DossierFile, Event, FactSource, Nomination, NominationId, NominationState,
    Objection, Overrule, Snapshot,
};
use super::{AwardsError, admission, adoptions, paperwork, service, store};
use crate::Ctx;
use crate::db::{StoreError, Tx};
use crate::organization::{self, model::Recipient};
use crate::records::{self, model::Achievement};

/// A nomination as other rooms and lists see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nominated {
    /// The nomination.
    pub id: NominationId,
    /// Its campaign.
    pub campaign: CampaignId,
    /// The award asked for.
    pub award: AwardCode,
    /// Whom it is for.
    pub recipient: Recipient,
    /// The name, as it was at submission.
    pub name: String,
    /// The post or kind, as it was at submission.
    pub title: String,
    /// The unit that nominates.
    pub unit: UnitId,
    /// The unit's name, as it was at submission.
    pub unit_name: String,
    /// The unit that the recipient belongs to, as a decision names it; empty for who belongs to none.
    pub own_unit: String,
    /// Whether the nominee leads a unit.
    pub leader: bool,
    /// The achievement in words.
    pub summary: String,
    /// Where it stands.
    pub state: NominationState,
    /// The day on which the decision that named it was annulled as a whole; none while one stands.
    pub annulled_on: Option<Date>,
    /// What the rule book said.
    pub verdict: Option<rules::Verdict>,
}

/// A nomination with all that belongs to it.
#[derive(Debug, Clone)]
pub struct Detail {
    /// The nomination.
    pub nomination: Nomination,
    /// Its campaign.
    pub campaign: Campaign,
    /// The name today or at submission.
    pub line: Nominated,
    /// The rule book's answer: frozen once submitted, live while it is written.
    pub answer: rules::AwardResult,
    /// The facts it rests on; none where they were not kept.
    pub facts: Option<rules::Facts>,
    /// Where each fact it rests on is written; empty where that was not kept.
    pub sources: BTreeMap<String, FactSource>,
    /// The papers asked for; those of a list that lapsed without a successor are asked for still and say so.
    pub items: Vec<rules::DossierItem>,
    /// The files there are.
    pub files: Vec<DossierFile>,
    /// Statements about what the record does not know.
    pub attested: Vec<Attested>,
    /// Decisions against a verdict or a cap.
    pub overrules: Vec<Overrule>,
    /// What happened, oldest first.
    pub events: Vec<Event>,
    /// What was handed in, oldest first.
    pub versions: Vec<Snapshot>,
}

/// All campaigns, the newest first.
///
/// # Errors
/// What the store says.
pub async fn campaigns(ctx: &Ctx<'_>) -> Result<Vec<Campaign>, AwardsError> {
    let mut tx = ctx.read().await?;
    Ok(store::campaigns(&mut tx).await?)
}

/// One campaign.
///
/// # Errors
/// When there is none.
pub async fn campaign(tx: &mut Tx, id: CampaignId) -> Result<Campaign, AwardsError> {
    store::campaign(tx, id).await?.ok_or(AwardsError::Unknown("đợt xét"))
}

/// The nominations of a campaign that the actor may read.
///
/// # Errors
/// When the actor may read none.
pub async fn list(ctx: &Ctx<'_>, tx: &mut Tx, id: CampaignId) -> Result<Vec<Nominated>, AwardsError> {
    ctx.may(Permission::ReadNominations)?;
    let units = ctx.actor.units_for(Permission::ReadNominations, ctx.today());
    let all = store::listed(tx, id).await?;
    let mine = all.into_iter().filter(|one| units.as_ref().is_none_or(|units| units.contains(&one.unit)));
    lines(ctx, tx, mine.collect()).await
}

/// The nominations of a campaign that the actor may read, in the order in which they were written, after one
/// of them, at most `limit`.
///
/// # Errors
/// When the actor may read none.
pub async fn list_after(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    id: CampaignId,
    after: Option<NominationId>,
    limit: usize,
) -> Result<Vec<Nominated>, AwardsError> {
    ctx.may(Permission::ReadNominations)?;
    let units = ctx.actor.units_for(Permission::ReadNominations, ctx.today());
    let mut all = store::listed(tx, id).await?;
    all.retain(|one| {
        units.as_ref().is_none_or(|units| units.contains(&one.unit)) && after.is_none_or(|id| id < one.id)
    });
    all.sort_by_key(|one| one.id);
    all.truncate(limit);
    lines(ctx, tx, all).await
}

/// The accepted nominations of a campaign, as they go before the council.
///
/// # Errors
/// What the store says.
pub async fn before_council(ctx: &Ctx<'_>, tx: &mut Tx, id: CampaignId) -> Result<Vec<Nominated>, AwardsError> {
    in_state(ctx, tx, id, NominationState::Accepted).await
}

/// The nominations the council passed whose form the office decides itself, as they go into a decision.
///
/// # Errors
/// What the store says.
pub async fn passed(ctx: &Ctx<'_>, tx: &mut Tx, id: CampaignId) -> Result<Vec<Nominated>, AwardsError> {
    let passed = in_state(ctx, tx, id, NominationState::Passed).await?;
    Ok(passed.into_iter().filter(|one| ctx.house.rules.award(one.award).level == Level::Office).collect())
}

/// The year a campaign is about; none when there is no such campaign.
///
/// # Errors
/// What the store says.
pub async fn year_of(tx: &mut Tx, id: CampaignId) -> Result<Option<i16>, StoreError> {
    Ok(store::campaign(tx, id).await?.map(|campaign| campaign.year))
}

/// The last day on which the council settled one of these; none where that was not kept. No paper about them is
/// older.
///
/// # Errors
/// What the store says.
pub async fn last_settled(tx: &mut Tx, nominations: &[NominationId]) -> Result<Option<Date>, AwardsError> {
    let mut last = None;
    for nomination in nominations {
        last = last.max(store::settled_on(tx, *nomination).await?);
    }
    Ok(last)
}

/// The nominations of all campaigns that the council passed and a higher level decides.
///
/// # Errors
/// What the store says.
pub async fn passed_for_higher_levels(ctx: &Ctx<'_>, tx: &mut Tx) -> Result<Vec<Nominated>, AwardsError> {
    let mut passed = store::in_state(tx, NominationState::Passed).await?;
    passed.retain(|one| ctx.house.rules.award(one.award).level != Level::Office);
    lines(ctx, tx, passed).await
}

/// How many nominations the council passed for what the office itself decides, by campaign.
///
/// # Errors
/// What the store says.
pub async fn passed_for_the_office(ctx: &Ctx<'_>) -> Result<BTreeMap<CampaignId, usize>, AwardsError> {
    let mut passed = BTreeMap::new();
    for one in store::in_state(&mut ctx.read().await?, NominationState::Passed).await? {
        if ctx.house.rules.award(one.award).level == Level::Office {
            *passed.entry(one.campaign).or_default() += 1;
        }
    }
    Ok(passed)
}

/// The nominations of all campaigns in one of these states that the actor may read, by state and then in the
/// order in which they were written.
///
/// # Errors
/// When the actor may read none.
pub async fn in_states(ctx: &Ctx<'_>, states: &[NominationState]) -> Result<Vec<Nominated>, AwardsError> {
    ctx.may(Permission::ReadNominations)?;
    let units = ctx.actor.units_for(Permission::ReadNominations, ctx.today());
    let mut tx = ctx.read().await?;
    let mut found = Vec::new();
    for state in states {
        found.extend(store::in_state(&mut tx, *state).await?);
    }
    found.retain(|one| units.as_ref().is_none_or(|units| units.contains(&one.unit)));
    lines(ctx, &mut tx, found).await
}

/// How many nominations of each campaign were handed in and wait to be checked.
///
/// # Errors
/// When the actor runs no campaigns.
pub async fn to_check(ctx: &Ctx<'_>) -> Result<BTreeMap<CampaignId, i64>, AwardsError> {
    ctx.may(Permission::RunCampaign)?;
    let mut tx = ctx.read().await?;
    Ok(store::count_in_state(&mut tx, NominationState::Submitted).await?.into_iter().collect())
}

/// One nomination as other rooms see it.
///
/// # Errors
/// When there is none.
pub async fn nominated(ctx: &Ctx<'_>, tx: &mut Tx, id: NominationId) -> Result<Nominated, AwardsError> {
    let found = store::find(tx, id).await?.ok_or(AwardsError::Unknown("hồ sơ"))?;
    line(ctx, tx, &found).await
}

async fn in_state(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    id: CampaignId,
    state: NominationState,
) -> Result<Vec<Nominated>, AwardsError> {
    let all = store::listed(tx, id).await?;
    lines(ctx, tx, all.into_iter().filter(|one| one.state == state).collect()).await
}

async fn lines(ctx: &Ctx<'_>, tx: &mut Tx, nominations: Vec<Nomination>) -> Result<Vec<Nominated>, AwardsError> {
    let mut lines = Vec::with_capacity(nominations.len());
    for nomination in nominations {
        lines.push(line(ctx, tx, &nomination).await?);
    }
    Ok(lines)
}

/// Whether a recipient belongs to no unit of the Office: a unit is one itself, others stand outside.
pub(super) async fn belongs_to_none(ctx: &Ctx<'_>, tx: &mut Tx, recipient: Recipient) -> Result<bool, StoreError> {
    match recipient {
        Recipient::Unit(_) | Recipient::Enterprise(_) => Ok(true),
        Recipient::Person(person) => Ok(organization::queries::outsider(tx, person, ctx.today()).await?.is_some()),
    }
}

pub(super) async fn line(ctx: &Ctx<'_>, tx: &mut Tx, nomination: &Nomination) -> Result<Nominated, AwardsError> {
    let (name, title, unit_name) = match &nomination.snapshot {
        Some(frozen) => (frozen.name.clone(), frozen.title.clone(), frozen.unit_name.clone()),
        None => {
            let (name, title) = service::described(tx, nomination.recipient, ctx.today()).await?;
            let unit = organization::queries::unit(tx, nomination.unit, ctx.today()).await?;
            (name, title, unit.map(|unit| unit.name).unwrap_or_default())
        }
    };
    let own_unit =
        if belongs_to_none(ctx, tx, nomination.recipient).await? { String::new() } else { unit_name.clone() };
    Ok(Nominated {
        own_unit,
        id: nomination.id,
        campaign: nomination.campaign,
        award: nomination.award,
        recipient: nomination.recipient,
        name,
        title,
        unit: nomination.unit,
        unit_name,
        leader: nomination.leader,
        summary: nomination.summary.clone(),
        state: nomination.state,
        annulled_on: nomination.annulled_on,
        verdict: nomination.verdict,
    })
}

/// A nomination with all that belongs to it; the rule book is asked live until it is handed in.
///
/// # Errors
/// When there is none, or it is another unit's.
pub async fn detail(ctx: &Ctx<'_>, id: NominationId) -> Result<Detail, AwardsError> {
    let mut tx = ctx.read().await?;
    let nomination = store::find(&mut tx, id).await?.ok_or(AwardsError::Unknown("hồ sơ"))?;
    ctx.may_in(Permission::ReadNominations, nomination.unit).map_err(|_| AwardsError::Unknown("hồ sơ"))?;
    let campaign = campaign(&mut tx, nomination.campaign).await?;
    let attested = paperwork::attestations(&mut tx, id).await?;
    let (answer, facts, sources) = match (&nomination.answer, nomination.is_editable()) {
        (Some(answer), false) => {
            let frozen = nomination.snapshot.as_ref();
            let sources = frozen.map(|frozen| frozen.sources.clone()).unwrap_or_default();
            (answer.clone(), frozen.map(|frozen| frozen.facts.clone()), sources)
        }
        _ => {
            let achievement = service::achievement_code(&mut tx, &nomination).await?;
            let case =
                Case { achievement, attested: &attested, ..Case::new(&campaign, nomination.recipient, ctx.today()) };
            let weighed = eligibility::ask(ctx, &mut tx, &case, nomination.award).await?;
            (weighed.answer, Some(weighed.facts), weighed.sources)
        }
    };
    let on = nomination.submitted_on.unwrap_or_else(|| ctx.today());
    let standing = adoptions::standing(&mut tx).await?;
    Ok(Detail {
        line: line(ctx, &mut tx, &nomination).await?,
        items: ctx.house.rules.checklist(nomination.award, on, &standing.confirmed),
        files: store::files(&mut tx, id).await?,
        overrules: paperwork::overrules(&mut tx, id).await?,
        events: store::events(&mut tx, id).await?,
        versions: store::versions(&mut tx, id).await?,
        nomination,
        campaign,
        answer,
        facts,
        sources,
        attested,
    })
}

/// The achievements a nomination of this recipient by this unit may rest on.
///
/// # Errors
/// When the actor may not nominate for the unit, or the recipient belongs to another.
pub async fn achievements(ctx: &Ctx<'_>, recipient: Recipient, unit: UnitId) -> Result<Vec<Achievement>, AwardsError> {
    ctx.may_in(Permission::Nominate, unit)?;
    let mut tx = ctx.read().await?;
    admission::belongs(&mut tx, recipient, unit, ctx.today()).await?;
    Ok(records::queries::achievements(&mut tx, recipient).await?)
}

/// What the rule book would say of a recipient for an award, before anything is written.
///
/// # Errors
/// As [`achievements`].
pub async fn preview(
    ctx: &Ctx<'_>,
    campaign: &Campaign,
    (recipient, unit): (Recipient, UnitId),
    award: AwardCode,
) -> Result<Weighed, AwardsError> {
    ctx.may_in(Permission::Nominate, unit)?;
    let mut tx = ctx.read().await?;
    admission::belongs(&mut tx, recipient, unit, ctx.today()).await?;
    let case = Case::new(campaign, recipient, ctx.today());
    eligibility::ask(ctx, &mut tx, &case, award).await
}

/// The objections of a campaign, oldest first.
///
/// # Errors
/// When the actor may not read nominations.
pub async fn objections(ctx: &Ctx<'_>, tx: &mut Tx, id: CampaignId) -> Result<Vec<Objection>, AwardsError> {
    ctx.may(Permission::ReadNominations)?;
    Ok(paperwork::objections_of(tx, id).await?)
}

/// The type (*loại hình*) under which an award of a campaign enters the record. An occasion that the plan no longer
/// has leaves the forms thematic, as its movement is.
#[must_use]
pub fn type_of(ctx: &Ctx<'_>, campaign: &Campaign, award: AwardCode) -> AwardType {
    let info = ctx.house.rules.award(award);
    match ctx.house.plan.occasion(&campaign.occasion) {
        Some(occasion) => occasion.type_of(info),
        None if info.kind == AwardKind::Title => AwardType::Merit,
        None => AwardType::Thematic,
    }
}

/// Why a nomination was decided against a verdict or over a cap, for the register; none when it was not.
///
/// # Errors
/// What the store says.
pub async fn overruled(tx: &mut Tx, id: NominationId) -> Result<Option<String>, AwardsError> {
    let reasons: Vec<String> = paperwork::overrules(tx, id).await?.into_iter().map(|one| one.reason).collect();
    Ok((!reasons.is_empty()).then(|| reasons.join("; ")))
}

/// The achievement a nomination rests on.
///
/// # Errors
/// What the store says.
pub async fn achievement(tx: &mut Tx, id: NominationId) -> Result<Option<uuid::Uuid>, AwardsError> {
    Ok(store::find(tx, id).await?.and_then(|nomination| nomination.achievement))
}

/// How many nominations hang on each clause of the plan, by their campaign or by their achievement;
/// clauses without any are left out.
///
/// # Errors
/// What the store says.
pub async fn count_by_clause(tx: &mut Tx) -> Result<Vec<(String, usize)>, StoreError> {
    store::count_by_clause(tx).await
}

/// The nominations on a clause that the actor may read, campaign by campaign.
///
/// # Errors
/// When the actor may read none.
pub async fn on_clause(ctx: &Ctx<'_>, clause: &str) -> Result<Vec<Nominated>, AwardsError> {
    let mut tx = ctx.read().await?;
    let mut hung: BTreeMap<CampaignId, BTreeSet<NominationId>> = BTreeMap::new();
    for (campaign, id) in store::ids_on_clause(&mut tx, clause).await? {
        hung.entry(campaign).or_default().insert(id);
    }
    let mut found = Vec::new();
    for (campaign, ids) in hung {
        found.extend(list(ctx, &mut tx, campaign).await?.into_iter().filter(|one| ids.contains(&one.id)));
    }
    Ok(found)
}
