//! Campaigns and nominations: opening, writing, handing in, taking back.

use std::collections::BTreeMap;

use kernel::id::UnitId;
use kernel::{Date, Permission};
use rules::{AwardCode, DossierItem};

use super::admission::{allowed, alone, belongs, own_achievement};
use super::eligibility::{self, Case, Weighed};
use super::model::{
    Campaign, CampaignId, CampaignState, DossierFile, FileId, Nomination, NominationId, NominationState, Snapshot,
};
use super::review::reasoned;
use super::{AwardsError, adoptions, decision, paperwork, store};
use crate::attachments;
use crate::db::Tx;
use crate::organization::{self, model::Recipient};
use crate::records;
use crate::{Ctx, ledger};

/// A campaign about to be opened.
#[derive(Debug, Clone)]
pub struct NewCampaign {
    /// The plan's occasion.
    pub occasion: String,
    /// The year it looks at.
    pub year: i16,
    /// The last day for nominations.
    pub closes_on: Date,
    /// The cap on all awards, in basis points of the staff.
    pub total_share_bp: Option<u32>,
    /// The cap on leaders among the persons nominated, in basis points.
    pub leader_share_bp: Option<u32>,
    /// The fewest direct workers among the persons nominated, in basis points.
    pub worker_share_bp: Option<u32>,
    /// The cap on single forms, in basis points of the staff.
    pub form_shares: BTreeMap<AwardCode, u32>,
}

/// A nomination about to be written.
#[derive(Debug, Clone)]
pub struct NewNomination {
    /// The campaign.
    pub campaign: CampaignId,
    /// The award asked for.
    pub award: AwardCode,
    /// Whom it is for.
    pub recipient: Recipient,
    /// The unit that nominates.
    pub unit: UnitId,
    /// The achievement record it rests on.
    pub achievement: Option<uuid::Uuid>,
    /// The achievement in words.
    pub summary: String,
}

/// Opens a campaign at an occasion of the plan.
///
/// # Errors
/// When the plan has no such occasion, the last day is over, it lies before the year that is looked at, or a share is
/// set for a form that is not given at the occasion.
pub async fn open(ctx: &Ctx<'_>, new: &NewCampaign) -> Result<CampaignId, AwardsError> {
    ctx.may(Permission::RunCampaign)?;
    let occasion = ctx.house.plan.occasion(&new.occasion);
    let occasion = occasion.ok_or_else(|| AwardsError::NoOccasion { occasion: new.occasion.clone() })?;
    if !(2000..=2100).contains(&new.year) {
        return Err(AwardsError::OddYear { year: new.year });
    }
    if new.closes_on < ctx.today() {
        return Err(AwardsError::DeadlinePast { day: kernel::numbers::short_date(new.closes_on) });
    }
    if new.year > new.closes_on.year() {
        return Err(AwardsError::YearAhead { year: new.year, day: kernel::numbers::short_date(new.closes_on) });
    }
    if let Some(award) = new.form_shares.keys().find(|award| !occasion.codes().any(|code| code == award.code())) {
        let award = ctx.house.rules.award(*award).name_vi.clone();
        let reason = "bỏ tỷ lệ của hình thức này hoặc chọn dịp khác".to_owned();
        return Err(AwardsError::FormNotAllowed { award, reason });
    }
    let mut tx = ctx.begin().await?;
    let alike = |one: &&Campaign| one.occasion == new.occasion && one.year == new.year;
    let name = match store::campaigns(&mut tx).await?.iter().filter(alike).count() {
        0 => format!("{} {}", occasion.name, new.year),
        before => format!("{} {}, đợt {}", occasion.name, new.year, before + 1),
    };
    let campaign = Campaign {
        id: CampaignId::new(),
        occasion: new.occasion.clone(),
        year: new.year,
        name,
        clause: occasion.clause.to_string(),
        closes_on: new.closes_on,
        total_share_bp: new.total_share_bp,
        leader_share_bp: new.leader_share_bp,
        worker_share_bp: new.worker_share_bp,
        form_shares: new.form_shares.clone(),
        state: CampaignState::Open,
        consultation: None,
        consultation_days: None,
        consultation_ground: None,
        version: 1,
    };
    store::add_campaign(&mut tx, &campaign).await?;
    let entry = ctx.entry("campaign.open", "campaign", campaign.id).ground(&campaign.clause).set("year", campaign.year);
    ledger::record(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(campaign.id)
}

/// Writes a nomination as a draft of its unit.
///
/// # Errors
/// When the campaign takes none, the form is not allowed at its occasion, the recipient belongs to
/// another unit, or the same achievement lies in another nomination.
pub async fn nominate(ctx: &Ctx<'_>, new: &NewNomination) -> Result<NominationId, AwardsError> {
    ctx.may_in(Permission::Nominate, new.unit)?;
    let mut tx = ctx.begin().await?;
    let campaign = open_campaign(ctx, &mut tx, new.campaign).await?;
    let leader = belongs(&mut tx, new.recipient, new.unit, ctx.today()).await?;
    let nomination = Nomination {
        id: NominationId::new(),
        campaign: new.campaign,
        award: new.award,
        recipient: new.recipient,
        unit: new.unit,
        leader,
        state: NominationState::Draft,
        achievement: new.achievement,
        summary: new.summary.clone(),
        submitted_on: None,
        snapshot: None,
        verdict: None,
        answer: None,
        facts_digest: None,
        outcome: None,
        annulled_on: None,
        created_by: ctx.actor.account,
        version: 1,
    };
    allowed(ctx, &campaign, &nomination)?;
    own_achievement(&mut tx, &nomination).await?;
    alone(ctx, &mut tx, &nomination).await?;
    store::add(&mut tx, &nomination).await?;
    store::add_event(&mut tx, nomination.id, ctx.now(), ctx.actor.account, "nomination.write", None).await?;
    let entry = ctx.entry("nomination.write", "nomination", nomination.id).ground(&campaign.clause);
    ledger::record(&mut tx, entry.set("award", new.award)).await?;
    tx.commit().await?;
    Ok(nomination.id)
}

/// Changes the words and the achievement of a draft.
///
/// # Errors
/// When it is not the unit's to change now, or somebody else changed it since `version`.
pub async fn rewrite(
    ctx: &Ctx<'_>,
    id: NominationId,
    version: i64,
    summary: &str,
    achievement: Option<uuid::Uuid>,
) -> Result<(), AwardsError> {
    let mut tx = ctx.begin().await?;
    let mut nomination = editable(ctx, &mut tx, id).await?;
    nomination.version = version;
    nomination.summary = summary.to_owned();
    nomination.achievement = achievement;
    own_achievement(&mut tx, &nomination).await?;
    alone(ctx, &mut tx, &nomination).await?;
    store::save(&mut tx, &nomination).await?;
    ledger::record(&mut tx, ctx.entry("nomination.rewrite", "nomination", id)).await?;
    tx.commit().await?;
    Ok(())
}

/// Adds a file to a draft's dossier.
///
/// # Errors
/// When the file is refused, or the nomination is not the unit's to change now.
pub async fn attach(
    ctx: &Ctx<'_>,
    id: NominationId,
    item: &str,
    name: &str,
    bytes: &[u8],
) -> Result<FileId, AwardsError> {
    let name = kernel::text::clean_line(name);
    let mut tx = ctx.begin().await?;
    let nomination = editable(ctx, &mut tx, id).await?;
    if !checklist(ctx, &mut tx, &nomination).await?.iter().any(|one| one.id == item) {
        return Err(AwardsError::Unknown("mục này trong thành phần hồ sơ"));
    }
    let kept = attachments::keep(ctx.house, &name, bytes)
        .map_err(|error| AwardsError::BadFile { name: name.clone(), why: error.to_string() })?;
    let file = DossierFile {
        id: FileId::new(),
        item: item.to_owned(),
        name,
        digest: kept.digest,
        size: kept.size,
        media_type: kept.media_type.to_owned(),
    };
    store::add_file(&mut tx, id, &file).await?;
    let entry = ctx.entry("nomination.attach", "nomination", id).set("item", item).set("sha256", &file.digest);
    ledger::record(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(file.id)
}

/// Takes a file out of a draft's dossier.
///
/// # Errors
/// When the nomination is not the unit's to change now.
pub async fn detach(ctx: &Ctx<'_>, id: NominationId, file: FileId) -> Result<(), AwardsError> {
    let mut tx = ctx.begin().await?;
    editable(ctx, &mut tx, id).await?;
    store::drop_file(&mut tx, id, file).await?;
    ledger::record(&mut tx, ctx.entry("nomination.detach", "nomination", id).set("file", file)).await?;
    tx.commit().await?;
    Ok(())
}

/// Hands a nomination in: checks the papers, asks the rule book under today's law and freezes what it
/// was asked and what it said.
///
/// # Errors
/// When papers are missing, the campaign takes none, or the same achievement lies elsewhere.
pub async fn submit(ctx: &Ctx<'_>, id: NominationId) -> Result<(), AwardsError> {
    submit_as_seen(ctx, id, None).await
}

/// Hands a nomination in as it was seen: refuses it when somebody changed it since that version.
///
/// # Errors
/// As [`submit`], and [`crate::StoreError::Stale`].
pub async fn submit_as_seen(ctx: &Ctx<'_>, id: NominationId, version: Option<i64>) -> Result<(), AwardsError> {
    let mut tx = ctx.begin().await?;
    let mut nomination = editable(ctx, &mut tx, id).await?;
    seen(&nomination, version)?;
    let campaign = match nomination.state {
        NominationState::Returned => mending_campaign(&mut tx, nomination.campaign).await?,
        _ => open_campaign(ctx, &mut tx, nomination.campaign).await?,
    };
    allowed(ctx, &campaign, &nomination)?;
    alone(ctx, &mut tx, &nomination).await?;
    let files = store::files(&mut tx, id).await?;
    let items = checklist(ctx, &mut tx, &nomination).await?;
    let present: Vec<&str> = files.iter().map(|file| file.item.as_str()).collect();
    let missing = decision::missing_papers(&items, &present);
    if !missing.is_empty() {
        return Err(AwardsError::MissingPapers { missing });
    }
    nomination.submitted_on = Some(ctx.today());
    freeze(ctx, &mut tx, &campaign, &mut nomination, &files).await?;
    nomination.go(NominationState::Submitted)?;
    store::save(&mut tx, &nomination).await?;
    store::add_version(&mut tx, &nomination, ctx.now(), "submit").await?;
    store::add_event(&mut tx, id, ctx.now(), ctx.actor.account, "nomination.submit", None).await?;
    let verdict = nomination.verdict.map_or("undetermined", rules::Verdict::code);
    let entry = ctx.entry("nomination.submit", "nomination", id).ground(&campaign.clause).set("verdict", verdict);
    ledger::record(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// The papers asked for today. A list that ended without a successor is the one that is asked for still: an act that
/// lapsed makes nobody's papers unnecessary.
async fn checklist(ctx: &Ctx<'_>, tx: &mut Tx, nomination: &Nomination) -> Result<Vec<DossierItem>, AwardsError> {
    let confirmed = adoptions::standing(tx).await?.confirmed;
    Ok(ctx.house.rules.checklist(nomination.award, ctx.today(), &confirmed))
}

/// Takes a nomination back for good.
///
/// # Errors
/// When it is not the unit's any more, or the reason says nothing.
pub async fn withdraw(ctx: &Ctx<'_>, id: NominationId, reason: &str) -> Result<(), AwardsError> {
    withdraw_as_seen(ctx, id, reason, None).await
}

/// Takes a nomination back as it was seen: refuses it when somebody changed it since that version.
///
/// # Errors
/// As [`withdraw`], and [`crate::StoreError::Stale`].
pub async fn withdraw_as_seen(
    ctx: &Ctx<'_>,
    id: NominationId,
    reason: &str,
    version: Option<i64>,
) -> Result<(), AwardsError> {
    let mut tx = ctx.begin().await?;
    let mut nomination = store::find(&mut tx, id).await?.ok_or(AwardsError::Unknown("hồ sơ"))?;
    ctx.may_in(Permission::Nominate, nomination.unit).map_err(|_| AwardsError::Unknown("hồ sơ"))?;
    seen(&nomination, version)?;
    let reason = reasoned(reason)?;
    nomination.go(NominationState::Withdrawn)?;
    store::save(&mut tx, &nomination).await?;
    store::add_event(&mut tx, id, ctx.now(), ctx.actor.account, "nomination.withdraw", Some(&reason)).await?;
    ledger::record(&mut tx, ctx.entry("nomination.withdraw", "nomination", id)).await?;
    tx.commit().await?;
    Ok(())
}

/// Asks the rule book again and keeps what it was asked and what it said.
pub(super) async fn freeze(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    campaign: &Campaign,
    nomination: &mut Nomination,
    files: &[DossierFile],
) -> Result<(), AwardsError> {
    let attested = paperwork::attestations(tx, nomination.id).await?;
    let achievement = achievement_code(tx, nomination).await?;
    let on = nomination.submitted_on.unwrap_or_else(|| ctx.today());
    let case = Case {
        achievement: achievement.clone(),
        attested: &attested,
        decided_by: ctx.today(),
        ..Case::new(campaign, nomination.recipient, on)
    };
    let weighed = eligibility::ask(ctx, tx, &case, nomination.award).await?;
    let Weighed { facts, sources, answer, grounds } = weighed;
    nomination.facts_digest = Some(eligibility::digest(&facts));
    nomination.verdict = Some(answer.verdict);
    nomination.answer = Some(answer);
    // Handing in freezes who is nominated; what is asked again later keeps the names of that day.
    let (name, title, unit_name) = match nomination.snapshot.take().filter(|_| !nomination.is_editable()) {
        Some(frozen) => (frozen.name, frozen.title, frozen.unit_name),
        None => {
            let (name, title) = described(tx, nomination.recipient, on).await?;
            let unit = organization::queries::unit(tx, nomination.unit, on).await?;
            (name, title, unit.map(|unit| unit.name).unwrap_or_default())
        }
    };
    nomination.snapshot = Some(Snapshot {
        name,
        title,
        unit_name,
        award_name: ctx.house.rules.award(nomination.award).name_vi.clone(),
        summary: nomination.summary.clone(),
        achievement,
        files: files.iter().map(|file| (file.item.clone(), file.name.clone(), file.digest.clone())).collect(),
        facts,
        frozen_at: Some(ctx.now()),
        sources,
        grounds,
    });
    Ok(())
}

/// The code of the achievement a nomination rests on.
pub(super) async fn achievement_code(tx: &mut Tx, nomination: &Nomination) -> Result<Option<String>, AwardsError> {
    let Some(id) = nomination.achievement else { return Ok(None) };
    let all = records::queries::achievements(tx, nomination.recipient).await?;
    Ok(all.into_iter().find(|one| one.id.0 == id).map(|one| one.code))
}

/// A recipient's name and post or kind on a day.
pub(super) async fn described(tx: &mut Tx, recipient: Recipient, on: Date) -> Result<(String, String), AwardsError> {
    let name = recipient.name(tx, on).await?.ok_or(AwardsError::Unknown("người hoặc tập thể này"))?;
    let title = match recipient {
        Recipient::Person(person) => organization::queries::post_of(tx, person, on).await?.map(|post| post.title),
        Recipient::Unit(_) => Some("Tập thể".to_owned()),
        Recipient::Enterprise(id) => organization::queries::enterprise(tx, id)
            .await?
            .map(|enterprise| enterprise.entry.kind.name_vi().to_owned()),
    };
    Ok((name, title.unwrap_or_default()))
}

/// What was given back to be mended comes in again as long as dossiers are checked, also after the last day.
async fn mending_campaign(tx: &mut Tx, id: CampaignId) -> Result<Campaign, AwardsError> {
    let campaign = store::campaign(tx, id).await?.ok_or(AwardsError::Unknown("đợt xét"))?;
    match campaign.state {
        CampaignState::Open | CampaignState::Closed => Ok(campaign),
        later => Err(AwardsError::NotOpen { why: later.name_vi().to_owned() }),
    }
}

async fn open_campaign(ctx: &Ctx<'_>, tx: &mut Tx, id: CampaignId) -> Result<Campaign, AwardsError> {
    let campaign = store::campaign(tx, id).await?.ok_or(AwardsError::Unknown("đợt xét"))?;
    if campaign.state != CampaignState::Open {
        return Err(AwardsError::NotOpen { why: campaign.state.name_vi().to_owned() });
    }
    if !campaign.takes(ctx.today()) {
        let why = format!("ngày cuối là {}", kernel::numbers::short_date(campaign.closes_on));
        return Err(AwardsError::NotOpen { why });
    }
    Ok(campaign)
}

pub(super) async fn editable(ctx: &Ctx<'_>, tx: &mut Tx, id: NominationId) -> Result<Nomination, AwardsError> {
    let nomination = store::find(tx, id).await?.ok_or(AwardsError::Unknown("hồ sơ"))?;
    ctx.may_in(Permission::Nominate, nomination.unit).map_err(|_| AwardsError::Unknown("hồ sơ"))?;
    if nomination.is_editable() {
        return Ok(nomination);
    }
    let handed_in = store::events(tx, id).await?.into_iter().rfind(|event| event.verb == "nomination.submit");
    match handed_in.filter(|_| nomination.state != NominationState::Withdrawn) {
        Some(event) => {
            let at = kernel::clock::civil_of(event.at).strftime("%H:%M ngày %d/%m/%Y").to_string();
            Err(AwardsError::HandedIn { at, is: nomination.state })
        }
        None => {
            Err(AwardsError::NominationState { nomination: id, is: nomination.state, wanted: NominationState::Draft })
        }
    }
}

/// Whether a nomination is still what the actor saw.
fn seen(nomination: &Nomination, version: Option<i64>) -> Result<(), AwardsError> {
    if version.is_none_or(|version| version == nomination.version) {
        return Ok(());
    }
    Err(crate::StoreError::Stale { table: "nominations" }.into())
}
