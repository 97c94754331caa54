//! The end of a term as `thidua calendar deadline` tells it, and what is coming.

use kernel::{Date, Permission};
use office::deadlines::queries;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::Operation;
use super::answer::{Given, give};
use super::asked::Asked;
use super::page::List;
use crate::calendar::not_moved;
use crate::doors::{Doors, Need};
use crate::here::Here;
use crate::page::Refusal;

/// The longest term, in days.
const LONGEST: u32 = 10_000;

/// The doors of this file.
pub fn doors(doors: Doors) -> Doors {
    let term = "Ngày hết hạn, tính từ ngày có sự việc (không tính ngày đó)";
    let term = Operation::get("/api/v1/calendar/deadline", Need::SignedIn, term);
    let run = Need::May(Permission::RunCampaign);
    let next = Operation::get("/api/v1/deadlines", run, "Các thời hạn sắp đến trong một năm");
    doors.api(term.asks::<Term>().gives::<Map<String, Value>>(), deadline).api(next.gives::<List<Coming>>(), coming)
}

/// A term: of working days or of days.
#[derive(Deserialize, JsonSchema)]
struct Term {
    /// The day of the event.
    from: Date,
    /// How many working days; or `days`.
    working_days: Option<u32>,
    /// How many days, days off among them; or `working_days`.
    days: Option<u32>,
}

async fn deadline(here: Here, Asked(asked): Asked<Term>) -> Given {
    let calendar = here.ctx().calendar();
    match (asked.working_days, asked.days) {
        (Some(n @ 1..=LONGEST), None) => give(&calendar.add_working_days(asked.from, n)),
        (None, Some(n @ 1..=LONGEST)) => give(&calendar.add_days(asked.from, n)),
        _ => Err(Refusal::bad_query("Gửi một trong hai tham số working_days, days; từ 1 đến 10000.")),
    }
}

/// Something that is coming.
#[derive(Serialize, JsonSchema)]
struct Coming {
    on: Date,
    kind: &'static str,
    what: String,
    /// Its ground, or what is uncertain about it.
    more: String,
    campaign: Option<Uuid>,
    /// Why the office is closed on that day; none when it is open.
    off: Option<String>,
}

async fn coming(here: Here) -> Given {
    let found = queries::coming(&here.ctx()).await.map_err(not_moved)?;
    let items = found.into_iter().map(|one| Coming {
        on: one.on,
        kind: one.kind.code(),
        what: one.what,
        more: one.more,
        campaign: one.campaign.map(|campaign| campaign.0),
        off: one.off,
    });
    give(&List { items: items.collect(), next: None })
}
