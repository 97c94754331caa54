//! How a due day moved: the old day, the new one, and because of which document.

use kernel::numbers::short_date;
use office::Ctx;
use office::awards::CampaignId;
use office::calendar::AnnouncementId;
use office::deadlines::model::Moved;
use office::deadlines::queries;

use super::not_moved;
use crate::page::Refusal;

/// One move, in words.
pub struct MoveLine {
    /// The entry that moved it.
    pub announcement: AnnouncementId,
    /// The last day before.
    pub old: String,
    /// The last day after.
    pub new: String,
    /// The document.
    pub document: String,
    /// The day that was announced, with its name.
    pub day: String,
    /// Whether it was moved back because the entry was withdrawn.
    pub withdrawal: bool,
    /// The day on which it was moved.
    pub on: String,
}

impl From<Moved> for MoveLine {
    fn from(moved: Moved) -> Self {
        Self {
            announcement: moved.announcement,
            old: short_date(moved.old),
            new: short_date(moved.new),
            document: moved.document,
            day: format!("{}, {}", short_date(moved.day), moved.name),
            withdrawal: moved.withdrawal,
            on: short_date(kernel::clock::day_of(moved.at)),
        }
    }
}

/// The moves of a consultation's last day, oldest first.
pub async fn of_consultation(ctx: &Ctx<'_>, id: CampaignId) -> Result<Vec<MoveLine>, Refusal> {
    let mut tx = ctx.read().await.map_err(|error| Refusal::store(&error))?;
    let moves = queries::moves_of_consultation(&mut tx, id).await.map_err(not_moved)?;
    Ok(moves.into_iter().map(MoveLine::from).collect())
}
