//! Whether a nomination may stand: the form at this occasion, one recipient and one achievement once, its own unit.

use kernel::Date;
use kernel::id::UnitId;
use rules::AwardCode;

use super::model::{Campaign, Nomination, NominationState};
use super::service::achievement_code;
use super::{AwardsError, eligibility, store};
use crate::Ctx;
use crate::db::Tx;
use crate::organization::{self, Recipient};
use crate::records;

/// Law and plan must both know the form for this occasion and this kind of recipient.
pub(super) fn allowed(ctx: &Ctx<'_>, campaign: &Campaign, nomination: &Nomination) -> Result<(), AwardsError> {
    let gate = eligibility::gate(ctx.house, campaign);
    if gate.allowed.contains(&nomination.award) {
        return Ok(());
    }
    Err(AwardsError::FormNotAllowed {
        award: ctx.house.rules.award(nomination.award).name_vi.clone(),
        reason: format!("{} chỉ cho phép: {}", gate.citation, names(ctx, &gate.allowed)),
    })
}

fn names(ctx: &Ctx<'_>, awards: &[AwardCode]) -> String {
    let names: Vec<&str> = awards.iter().map(|award| ctx.house.rules.award(*award).name_vi.as_str()).collect();
    names.join(", ")
}

/// One recipient once a campaign, year and award, unless two named achievements tell the two apart; one achievement
/// once at all.
pub(super) async fn alone(ctx: &Ctx<'_>, tx: &mut Tx, nomination: &Nomination) -> Result<(), AwardsError> {
    let unknown = AwardsError::Unknown("đợt xét");
    let campaigns = store::campaigns(tx).await?;
    let campaign_of = |one: &Nomination| campaigns.iter().find(|campaign| campaign.id == one.campaign);
    let own = campaign_of(nomination).ok_or(unknown)?;
    let others = store::of_recipient(tx, nomination.recipient).await?;
    for other in others.into_iter().filter(|other| other.id != nomination.id && other.is_alive()) {
        let Some(campaign) = campaign_of(&other) else { continue };
        // What was never handed in cannot come in any more once its campaign takes none.
        if other.state == NominationState::Draft && !campaign.takes(ctx.today()) {
            continue;
        }
        let named = nomination.achievement.is_some() && other.achievement.is_some();
        let same_achievement = named && other.achievement == nomination.achievement;
        let same_place = (other.campaign == nomination.campaign || campaign.year == own.year) && !named;
        let (award, named) = (&ctx.house.rules.award(other.award).name_vi, &campaign.name);
        if same_achievement {
            let code = achievement_code(tx, nomination).await?.unwrap_or_default();
            return Err(AwardsError::SameAchievement {
                what: format!("thành tích {code}"),
                award: award.clone(),
                campaign: named.clone(),
                other: other.id,
            });
        }
        if same_place && other.award == nomination.award {
            return Err(AwardsError::SameForm { award: award.clone(), campaign: named.clone(), other: other.id });
        }
    }
    Ok(())
}

/// The achievement a nomination rests on must be the recipient's own.
pub(super) async fn own_achievement(tx: &mut Tx, nomination: &Nomination) -> Result<(), AwardsError> {
    let Some(wanted) = nomination.achievement else { return Ok(()) };
    let own = records::queries::achievements(tx, nomination.recipient).await?;
    if own.iter().any(|one| uuid::Uuid::from(one.id) == wanted) {
        return Ok(());
    }
    Err(AwardsError::Unknown("thành tích này trong hồ sơ của người hoặc tập thể được đề nghị"))
}

/// Whether the recipient may be nominated by the unit; answers whether it leads one. Enterprises,
/// cooperatives, households and people outside the Office belong to no unit of it: any unit may propose them.
pub(super) async fn belongs(tx: &mut Tx, recipient: Recipient, unit: UnitId, on: Date) -> Result<bool, AwardsError> {
    match recipient {
        Recipient::Enterprise(id) => {
            let found = organization::queries::enterprise(tx, id).await?;
            let standing = found.is_some_and(|one| one.merged_into.is_none());
            let known = records::queries::recipient_kind(tx, recipient).await?.is_some();
            let unknown = AwardsError::Unknown("đối tượng này; nếu hồ sơ đã gộp thì chọn hồ sơ được giữ");
            (standing && known).then_some(false).ok_or(unknown)
        }
        Recipient::Unit(own) if own == unit => Ok(false),
        Recipient::Unit(_) => Err(AwardsError::OtherUnit),
        Recipient::Person(person) => {
            let posts = organization::queries::posts_of(tx, person).await?;
            let here = posts.into_iter().find(|post| post.unit == unit && post.period.contains(on));
            if let Some(post) = here {
                return Ok(post.leader);
            }
            let outsider = organization::queries::outsider(tx, person, on).await?;
            outsider.map(|_| false).ok_or(AwardsError::OtherUnit)
        }
    }
}
