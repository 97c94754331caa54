//! The invented council: set up by decision, called to meet about the campaign that waits for it.

use kernel::Period;

use super::campaigns::Cast;
use super::{DemoError, EXAMPLE};
use crate::awards::CampaignId;
use crate::council::model::Seat;
use crate::council::service;
use crate::{Ctx, House};

/// Staff code and seat of every member; each has an account.
const MEMBERS: [(&str, Seat); 8] = [
    ("VP001", Seat::Chair),
    ("VP002", Seat::Vice),
    ("VP003", Seat::Member),
    ("VP005", Seat::Member),
    ("VP006", Seat::Member),
    ("VP007", Seat::Member),
    ("VP009", Seat::Member),
    ("VP008", Seat::Secretary),
];

/// Sets the council up on the earlier day and calls it for today.
pub async fn call(house: &House, earlier: &House, cast: &Cast<'_>, campaign: CampaignId) -> Result<(), DemoError> {
    let standing = Ctx::new(earlier, &cast.actors["thuongtruc"]);
    let members: Vec<_> = MEMBERS.iter().map(|(code, seat)| (cast.staffed.person(code).id, *seat)).collect();
    let document = format!("{EXAMPLE} Quyết định thành lập Hội đồng Thi đua - Khen thưởng Văn phòng");
    let term = Period::since(house.plan.period.from);
    let council =
        service::set_up(&standing, "Hội đồng Thi đua - Khen thưởng Văn phòng", &document, term, &members).await?;
    let standing = Ctx::new(house, &cast.actors["thuongtruc"]);
    service::call(&standing, council, campaign, standing.today(), "Phòng họp số 2, Văn phòng UBND tỉnh").await?;
    Ok(())
}
