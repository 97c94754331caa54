//! What a change of the calendar would move, what moved, what is coming.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Date, Permission};
use rules::{AwardCode, Confirmation};

use super::model::{Coming, ComingKind, Moved, Preview, TermKind};
use super::{DeadlinesError, service, store};
use crate::Ctx;
use crate::awards::model::CampaignState;
use crate::awards::{CampaignId, adoptions, queries as awards, terms};
use crate::calendar::{AnnouncementId, NewAnnouncement, service as calendar};
use crate::db::Tx;
use crate::movements::model::Occasion;
use crate::petitions::terms as petitions;

/// How far the list of what is coming looks ahead.
const MONTHS_AHEAD: i32 = 12;

/// What entering a day would move.
///
/// # Errors
/// When the day does not fit what stands already.
pub async fn preview(ctx: &Ctx<'_>, new: &NewAnnouncement) -> Result<Preview, DeadlinesError> {
    let mut tx = ctx.read().await?;
    let change = calendar::consider(ctx, &mut tx, new).await?;
    service::preview(ctx, &mut tx, &change).await
}

/// What withdrawing an entry would move.
///
/// # Errors
/// When there is no such entry or it was withdrawn before.
pub async fn preview_withdrawal(ctx: &Ctx<'_>, id: AnnouncementId) -> Result<Preview, DeadlinesError> {
    let mut tx = ctx.read().await?;
    let change = calendar::consider_withdrawal(ctx, &mut tx, id).await?;
    service::preview(ctx, &mut tx, &change).await
}

/// How a consultation's last day moved, oldest first.
///
/// # Errors
/// What the store says.
pub async fn moves_of_consultation(tx: &mut Tx, id: CampaignId) -> Result<Vec<Moved>, DeadlinesError> {
    Ok(store::moves_of_subject(tx, TermKind::Consultation, id.0).await?)
}

/// What an entry and its withdrawal moved, each with the name of the term, oldest first.
///
/// # Errors
/// What the store says.
pub async fn moves_of_announcement(tx: &mut Tx, id: AnnouncementId) -> Result<Vec<(String, Moved)>, DeadlinesError> {
    let mut named = Vec::new();
    let petitions: BTreeMap<_, _> =
        petitions::terms(tx).await?.into_iter().map(|term| (term.clock.id.0, term.name)).collect();
    for moved in store::moves_of_announcement(tx, id).await? {
        if let Some(name) = petitions.get(&moved.subject) {
            named.push((name.clone(), moved));
            continue;
        }
        let campaign = awards::campaign(tx, CampaignId(moved.subject)).await?;
        named.push((campaign.name, moved));
    }
    Ok(named)
}

/// What is coming within a year, for whoever runs campaigns: last days for nominations and opinions, days
/// before which dossiers are sent on, instruments about to end.
///
/// # Errors
/// When the actor does not run campaigns.
pub async fn coming(ctx: &Ctx<'_>) -> Result<Vec<Coming>, DeadlinesError> {
    ctx.may(Permission::RunCampaign)?;
    let today = ctx.today();
    let end = today.saturating_add(jiff::Span::new().months(MONTHS_AHEAD));
    let mut coming = of_campaigns(ctx).await?;
    let confirmed = adoptions::standing(&mut ctx.read().await?).await?.confirmed;
    coming.extend(submissions(ctx, &confirmed));
    coming.extend(instruments(ctx));
    coming.retain(|one| today <= one.on && one.on <= end);
    coming.sort_by(|one, other| (one.on, &one.what).cmp(&(other.on, &other.what)));
    Ok(coming)
}

async fn of_campaigns(ctx: &Ctx<'_>) -> Result<Vec<Coming>, DeadlinesError> {
    let mut tx = ctx.read().await?;
    let open = terms::consultations(&mut tx, &ctx.calendar(), ctx.today()).await?.into_iter().filter(|one| one.open);
    let mut coming: Vec<Coming> = open
        .map(|term| Coming {
            on: term.last,
            kind: ComingKind::Consultation,
            what: term.name,
            more: String::new(),
            campaign: Some(term.campaign),
            off: None,
        })
        .collect();
    drop(tx);
    let campaigns = awards::campaigns(ctx).await?;
    coming.extend(campaigns.into_iter().filter(|one| one.state == CampaignState::Open).map(|campaign| Coming {
        off: off(ctx, campaign.closes_on),
        on: campaign.closes_on,
        kind: ComingKind::Nominations,
        what: campaign.name,
        more: String::new(),
        campaign: Some(campaign.id),
    }));
    Ok(coming)
}

/// The days of the year before which dossiers of the plan's awards are sent on. A day that lies beyond the
/// rule's own last day is told as such: its successor may say otherwise. A rule that has lapsed already stays on the
/// list and says so.
fn submissions(ctx: &Ctx<'_>, confirmed: &[Confirmation]) -> Vec<Coming> {
    let (rules, plan, today) = (&ctx.house.rules, &ctx.house.plan, ctx.today());
    let codes = plan.occasions.iter().flat_map(Occasion::codes);
    let codes: BTreeSet<AwardCode> = codes.filter_map(|code| code.parse().ok()).collect();
    let mut seen = BTreeSet::new();
    let mut coming = Vec::new();
    for code in codes {
        for spoken in rules.deadlines_on(code, today, confirmed) {
            let lapse = spoken.why();
            let deadline = spoken.says;
            if !seen.insert(deadline.id.clone()) {
                continue;
            }
            let years = today.year() - deadline.years_after..=today.year() + 1;
            let Some(on) = years.filter_map(|year| deadline.last_day(year)).find(|day| *day >= today) else { continue };
            let later = rules.deadlines_on(code, on, confirmed);
            let stands = later.iter().any(|later| later.lapsed.is_empty() && later.says.id == deadline.id);
            let doubt = if !lapse.is_empty() {
                format!("; {lapse}")
            } else if stands {
                String::new()
            } else {
                "; căn cứ hết hiệu lực trước ngày này, chờ văn bản thay thế".to_owned()
            };
            let names: Vec<&str> = deadline.awards.iter().map(|code| rules.award(*code).name_vi.as_str()).collect();
            coming.push(Coming {
                on,
                kind: ComingKind::Submission,
                what: names.join(", "),
                more: format!("{}: {}{doubt}", deadline.text_vi, deadline.citation),
                campaign: None,
                off: off(ctx, on),
            });
        }
    }
    coming
}

fn instruments(ctx: &Ctx<'_>) -> Vec<Coming> {
    let ending = ctx.house.rules.instruments().filter_map(|one| Some((one, one.until?)));
    ending
        .map(|(one, until)| Coming {
            on: until,
            kind: ComingKind::InstrumentEnds,
            what: one.number.clone(),
            more: one.ended_by.clone().unwrap_or_default(),
            campaign: None,
            off: None,
        })
        .collect()
}

/// Why the office is closed on a day; none when it is open.
fn off(ctx: &Ctx<'_>, day: Date) -> Option<String> {
    let reason = ctx.calendar().reason(day);
    (!reason.working).then_some(reason.words)
}
