//! Entering and withdrawing announced days, setting the closing hour, keeping up with other programs.

use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Time;
use kernel::calendar::WorkCalendar;
use kernel::{Date, Permission};

use super::model::{Announcement, AnnouncementId, NewAnnouncement};
use super::{CalendarError, decision, queries, store};
use crate::db::Tx;
use crate::{Ctx, House, StoreError, ledger};

/// How often a program asks whether another one changed the calendar.
const LOOK: Duration = Duration::from_secs(2);

/// A change of the calendar: what stood before and what stands after.
#[derive(Debug, Clone)]
pub struct Change {
    /// The entry that came or went.
    pub announcement: Announcement,
    /// Whether it went.
    pub withdrawal: bool,
    /// The calendar without the change.
    pub before: Arc<WorkCalendar>,
    /// The calendar with it.
    pub after: Arc<WorkCalendar>,
    version: i64,
}

impl Change {
    /// Puts the new calendar in force in this program. Call it after the commit: others find it by the version.
    pub fn take_effect(self, house: &House) {
        house.calendar.replace(self.version, self.after);
    }

    /// The day it is about.
    #[must_use]
    pub fn day(&self) -> Date {
        self.announcement.content.day
    }
}

/// What entering a day would make of the calendar; nothing is kept.
///
/// # Errors
/// When the day does not fit what stands already.
pub async fn consider(ctx: &Ctx<'_>, tx: &mut Tx, new: &NewAnnouncement) -> Result<Change, CalendarError> {
    ctx.may(Permission::KeepCalendar)?;
    let standing = store::standing(tx).await?;
    let before = queries::with(ctx.house, &standing);
    decision::fits(&before, &standing, new)?;
    let after = ctx.house.calendar.with(before.announcements().cloned().chain([new.listed()]));
    Ok(Change {
        announcement: Announcement {
            id: AnnouncementId::new(),
            content: new.clone(),
            entered_at: ctx.now(),
            withdrawn: None,
        },
        withdrawal: false,
        before: Arc::new(before),
        after: Arc::new(after),
        version: store::version(tx).await?,
    })
}

/// What withdrawing an entry would make of the calendar; nothing is kept.
///
/// # Errors
/// When there is no such entry or it was withdrawn before.
pub async fn consider_withdrawal(ctx: &Ctx<'_>, tx: &mut Tx, id: AnnouncementId) -> Result<Change, CalendarError> {
    ctx.may(Permission::KeepCalendar)?;
    let announcement = queries::announcement(tx, id).await?;
    if announcement.withdrawn.is_some() {
        return Err(CalendarError::Withdrawn);
    }
    let standing = store::standing(tx).await?;
    let before = queries::with(ctx.house, &standing);
    let left = before.announcements().filter(|listed| listed.day != announcement.content.day).cloned();
    let after = ctx.house.calendar.with(left);
    let version = store::version(tx).await?;
    Ok(Change { announcement, withdrawal: true, before: Arc::new(before), after: Arc::new(after), version })
}

/// Enters a day in the transaction of whoever moves the terms it touches.
///
/// # Errors
/// When the day does not fit what stands already, or is over and nobody said that this is known.
pub async fn declare_in(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    new: &NewAnnouncement,
    past_is_known: bool,
) -> Result<Change, CalendarError> {
    ctx.may(Permission::KeepCalendar)?;
    decision::in_time(new.day, ctx.today(), past_is_known)?;
    // The counter first: from here on nobody else computes a term with the calendar that ends now.
    let version = store::bump(tx).await?;
    let change = Change { version, ..consider(ctx, tx, new).await? };
    store::add(tx, &change.announcement, ctx.actor.account).await?;
    let entry = ctx
        .entry("calendar.declare", "announcement", change.announcement.id)
        .ground(&new.document)
        .set("day", new.day)
        .set("kind", new.kind.code())
        .set("awaited", new.awaited);
    ledger::record(tx, entry).await?;
    Ok(change)
}

/// Withdraws an entry, which stays on record, in the transaction of whoever moves the terms it touches.
///
/// # Errors
/// When there is no such entry, it was withdrawn before, or the reason is missing.
pub async fn withdraw_in(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    id: AnnouncementId,
    reason: &str,
) -> Result<Change, CalendarError> {
    ctx.may(Permission::KeepCalendar)?;
    let reason = decision::reasoned(reason)?;
    let version = store::bump(tx).await?;
    let change = Change { version, ..consider_withdrawal(ctx, tx, id).await? };
    store::withdraw(tx, id, ctx.now(), ctx.actor.account, &reason).await?;
    let entry = ctx
        .entry("calendar.withdraw", "announcement", id)
        .ground(&change.announcement.content.document)
        .set("day", change.day())
        .set("reason", &reason);
    ledger::record(tx, entry).await?;
    Ok(change)
}

/// Sets when the counter closes, by a document; none takes the closing hour away.
///
/// # Errors
/// When the document is not named.
pub async fn set_closing_hour(ctx: &Ctx<'_>, hour: Option<Time>, document: &str) -> Result<(), CalendarError> {
    ctx.may(Permission::KeepCalendar)?;
    let document = decision::reasoned(document)?;
    let mut tx = ctx.begin().await?;
    store::set_closing_hour(&mut tx, hour, &document).await?;
    let hour = hour.map_or_else(|| "none".to_owned(), |hour| hour.to_string());
    let entry = ctx.entry("calendar.set_closing_hour", "calendar", "1").ground(&document).set("closes_at", hour);
    ledger::record(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Reads the calendar anew when it was changed since: at the start, and whenever somebody must know.
///
/// # Errors
/// What the store says.
pub async fn refresh(house: &House) -> Result<(), StoreError> {
    let mut tx = house.db.read().await?;
    let version = store::version(&mut tx).await?;
    queries::at_version(house, &mut tx, version).await?;
    Ok(())
}

/// The same, but asks at most once in a while: cheap enough for every page.
///
/// # Errors
/// What the store says.
pub async fn keep_up(house: &House) -> Result<(), StoreError> {
    if house.calendar.is_time_to_look(LOOK) { refresh(house).await } else { Ok(()) }
}
