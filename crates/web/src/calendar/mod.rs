//! The calendar: a year at a glance, announced days, terms counted day by day.

mod announcements;
pub(crate) mod explained;
mod moves;
mod terms;
mod why;
mod year;

use kernel::Permission;
use office::calendar::CalendarError;
use office::deadlines::DeadlinesError;

pub use moves::{MoveLine, of_consultation};

use crate::doors::{Doors, Need};
use crate::page::Refusal;

/// The doors of this room.
pub fn doors(doors: Doors) -> Doors {
    let keep = Need::May(Permission::KeepCalendar);
    doors
        .get("/noi-bo/lich", Need::SignedIn, year::show)
        .post("/noi-bo/lich/xem-truoc", keep, announcements::preview)
        .post("/noi-bo/lich/thong-bao", keep, announcements::create)
        .get("/noi-bo/lich/thong-bao/{announcement}", Need::SignedIn, announcements::show)
        .post("/noi-bo/lich/thong-bao/{announcement}/thu-hoi", keep, announcements::withdraw)
        .post("/noi-bo/lich/gio-nhan", keep, year::set_closing_hour)
        .get("/noi-bo/lich/tinh-han", Need::SignedIn, terms::show)
        .get("/noi-bo/y-kien/{campaign}/vi-sao", Need::May(Permission::Object), why::consultation)
}

/// A refusal that is not a fault of a field.
#[expect(clippy::needless_pass_by_value, reason = "the last word of a `map_err`")]
fn refusal(error: CalendarError) -> Refusal {
    match &error {
        CalendarError::Denied(denied) => Refusal::denied(denied),
        CalendarError::Store(store) => Refusal::store(store),
        CalendarError::Unknown => Refusal::not_found(),
        CalendarError::DeclaredTwice { .. }
        | CalendarError::AlreadyOff { .. }
        | CalendarError::AlreadyWorked { .. }
        | CalendarError::NotWeekend { .. }
        | CalendarError::WeeklyRest { .. }
        | CalendarError::Kind
        | CalendarError::Past { .. }
        | CalendarError::Withdrawn
        | CalendarError::ShortReason { .. } => Refusal::conflict(&error),
    }
}

/// The same of the room that moves due days.
pub(crate) fn not_moved(error: DeadlinesError) -> Refusal {
    match error {
        DeadlinesError::Denied(denied) => Refusal::denied(&denied),
        DeadlinesError::Store(store) => Refusal::store(&store),
        DeadlinesError::Calendar(inner) => refusal(inner),
        DeadlinesError::Awards(inner) => crate::awards::refusal(inner),
        DeadlinesError::Dossiers(inner) => crate::dossiers::refusal(&inner),
        DeadlinesError::Petitions(inner) => crate::petitions::refusal(inner),
    }
}
