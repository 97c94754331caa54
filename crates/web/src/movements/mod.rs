//! The plan: as a document to read, as a matrix of what hangs on its clauses, and by day.

mod matrix;
mod phases;
mod plan;

use std::collections::BTreeMap;

use kernel::numbers::short_date;
use kernel::{Period, Permission};
use office::awards;
use office::records;

use crate::doors::{Doors, Need};
use crate::here::Here;
use crate::page::Refusal;

/// The doors of this room.
pub fn doors(doors: Doors) -> Doors {
    let read = Need::May(Permission::ReadPlan);
    doors.get("/noi-bo/ke-hoach", read, plan::show).get("/noi-bo/ke-hoach/ma-tran", read, matrix::show).get(
        "/noi-bo/ke-hoach/giai-doan",
        read,
        phases::show,
    )
}

/// How much hangs on a clause.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Hanging {
    campaigns: usize,
    nominations: usize,
    achievements: usize,
}

impl Hanging {
    fn is_nothing(self) -> bool {
        self == Self::default()
    }
}

/// What hangs on each clause, by the clause's id. Numbers only, so that all who read the plan may see them.
async fn hanging(here: &Here) -> Result<BTreeMap<String, Hanging>, Refusal> {
    let ctx = here.ctx();
    let broken = |error: &dyn std::fmt::Display| Refusal::broken(&error.to_string());
    let mut found: BTreeMap<String, Hanging> = BTreeMap::new();
    for campaign in awards::queries::campaigns(&ctx).await.map_err(|error| broken(&error))? {
        found.entry(campaign.clause).or_default().campaigns += 1;
    }
    let mut tx = ctx.read().await.map_err(|error| Refusal::store(&error))?;
    for (clause, many) in awards::queries::count_by_clause(&mut tx).await.map_err(|error| Refusal::store(&error))? {
        found.entry(clause).or_default().nominations = many;
    }
    for (clause, many) in records::queries::count_by_clause(&mut tx).await.map_err(|error| Refusal::store(&error))? {
        found.entry(clause).or_default().achievements = many;
    }
    Ok(found)
}

/// The first and last day of a period.
fn days(period: Period) -> String {
    let last = period.until.and_then(|until| until.yesterday().ok());
    last.map_or_else(
        || format!("từ {}", short_date(period.from)),
        |last| format!("{} – {}", short_date(period.from), short_date(last)),
    )
}
