//! The calendar for whoever counts, and what was entered.

use std::sync::Arc;

use jiff::civil::Time;
use kernel::calendar::WorkCalendar;

use super::model::{Announcement, AnnouncementId};
use super::{CalendarError, store};
use crate::db::Tx;
use crate::{Ctx, House, StoreError};

/// The calendar in force, held still for the rest of this transaction: for every due day that is kept.
///
/// A program that has an older one reads it anew.
///
/// # Errors
/// What the store says.
pub async fn hold(ctx: &Ctx<'_>, tx: &mut Tx) -> Result<Arc<WorkCalendar>, StoreError> {
    let version = store::hold(tx).await?;
    at_version(ctx.house, tx, version).await
}

/// The calendar of a version that stands, from memory or from the database.
pub(super) async fn at_version(house: &House, tx: &mut Tx, version: i64) -> Result<Arc<WorkCalendar>, StoreError> {
    if house.calendar.version() != version {
        house.calendar.replace(version, Arc::new(with(house, &store::standing(tx).await?)));
    }
    Ok(house.calendar.current())
}

/// The file that ships with these days over it.
pub(super) fn with(house: &House, announced: &[Announcement]) -> WorkCalendar {
    house.calendar.with(announced.iter().map(|one| one.content.listed()))
}

/// All that was entered, the latest day first; withdrawn ones are among them.
///
/// # Errors
/// What the store says.
pub async fn list(ctx: &Ctx<'_>) -> Result<Vec<Announcement>, CalendarError> {
    let mut tx = ctx.read().await?;
    Ok(store::all(&mut tx).await?)
}

/// One entry.
///
/// # Errors
/// When there is none.
pub async fn announcement(tx: &mut Tx, id: AnnouncementId) -> Result<Announcement, CalendarError> {
    store::find(tx, id).await?.ok_or(CalendarError::Unknown)
}

/// When the counter closes, and by which document; none when nothing was set.
///
/// # Errors
/// What the store says.
pub async fn closing_hour(ctx: &Ctx<'_>) -> Result<Option<(Time, String)>, CalendarError> {
    let mut tx = ctx.read().await?;
    Ok(store::closing_hour(&mut tx).await?)
}

/// When the counter closes, inside a transaction; none when nothing was set.
///
/// # Errors
/// What the store says.
pub async fn closing_hour_in(tx: &mut Tx) -> Result<Option<Time>, StoreError> {
    Ok(store::closing_hour(tx).await?.map(|(hour, _)| hour))
}
