//! The terms of this room: how long opinions are taken, for whoever explains, lists or moves due days.

use kernel::calendar::WorkCalendar;
use kernel::{Date, Period, Permission};

use super::model::{Campaign, CampaignId, CampaignState};
use super::{AwardsError, store};
use crate::db::Tx;
use crate::{Ctx, ledger};

/// The term of a consultation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsultationTerm {
    /// The campaign.
    pub campaign: CampaignId,
    /// What it is called.
    pub name: String,
    /// The day on which it was opened; does not count.
    pub from: Date,
    /// How many working days it lasts.
    pub days: u32,
    /// The rule that says so; none for one that was opened before the rule was kept.
    pub ground: Option<String>,
    /// The last day on which opinions are taken.
    pub last: Date,
    /// Whether opinions are still taken: the campaign did not go on and the last day is not over.
    pub open: bool,
}

impl ConsultationTerm {
    /// The term of a campaign; none before its consultation was opened.
    ///
    /// Where the length was not kept, it is counted back with the calendar given.
    fn of(campaign: &Campaign, calendar: &WorkCalendar, today: Date) -> Option<Self> {
        let Period { from, until } = campaign.consultation?;
        let last = until?.yesterday().ok()?;
        let counted = || u32::try_from(calendar.working_days_between(from, last)).unwrap_or_default();
        Some(Self {
            campaign: campaign.id,
            name: campaign.name.clone(),
            from,
            days: campaign.consultation_days.unwrap_or_else(counted),
            ground: campaign.consultation_ground.clone(),
            last,
            open: campaign.state == CampaignState::Consultation && today <= last,
        })
    }
}

/// Every consultation that was ever opened, the newest campaign first; `calendar` is the one they were
/// counted with.
///
/// # Errors
/// What the store says.
pub async fn consultations(
    tx: &mut Tx,
    calendar: &WorkCalendar,
    today: Date,
) -> Result<Vec<ConsultationTerm>, AwardsError> {
    let all = store::campaigns(tx).await?;
    Ok(all.iter().filter_map(|campaign| ConsultationTerm::of(campaign, calendar, today)).collect())
}

/// The consultation of one campaign.
///
/// # Errors
/// When there is none.
pub async fn consultation(ctx: &Ctx<'_>, tx: &mut Tx, id: CampaignId) -> Result<ConsultationTerm, AwardsError> {
    let campaign = store::campaign(tx, id).await?.ok_or(AwardsError::Unknown("đợt xét"))?;
    ConsultationTerm::of(&campaign, &ctx.calendar(), ctx.today()).ok_or(AwardsError::Unknown("lấy ý kiến"))
}

/// Moves the last day of a consultation in the transaction of the announcement that moves it; the ledger
/// keeps both days.
///
/// # Errors
/// When the actor does not keep the calendar, or opinions are not taken any more.
pub async fn move_consultation(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    term: &ConsultationTerm,
    last: Date,
    document: &str,
) -> Result<(), AwardsError> {
    ctx.may(Permission::KeepCalendar)?;
    let mut campaign = store::campaign(tx, term.campaign).await?.ok_or(AwardsError::Unknown("đợt xét"))?;
    if campaign.state != CampaignState::Consultation || !term.open {
        return Err(AwardsError::NotOpen { why: "thời gian lấy ý kiến đã kết thúc".to_owned() });
    }
    campaign.consultation = Some(Period { from: term.from, until: last.tomorrow().ok() });
    campaign.consultation_days = Some(term.days);
    store::save_campaign(tx, &campaign).await?;
    let entry = ctx
        .entry("campaign.move_consultation", "campaign", term.campaign)
        .ground(document)
        .set("old_last_day", term.last)
        .set("new_last_day", last);
    Ok(ledger::record(tx, entry).await?)
}
