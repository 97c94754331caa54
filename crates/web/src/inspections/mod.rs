//! Inspections: the visits with a form for a new one, one visit with its findings, the steps it takes.

mod list;
mod show;
mod steps;

use kernel::Permission;
use office::inspections::InspectionsError;

use crate::doors::{Doors, Need};
use crate::page::Refusal;

/// The doors of this room.
pub fn doors(doors: Doors) -> Doors {
    let read = Need::May(Permission::ReadPlan);
    let inspect = Need::May(Permission::Inspect);
    doors
        .get("/noi-bo/kiem-tra", read, list::show)
        .post("/noi-bo/kiem-tra", inspect, list::create)
        .get("/noi-bo/kiem-tra/{inspection}", read, show::show)
        .post("/noi-bo/kiem-tra/{inspection}/thuc-hien", inspect, steps::hold)
        .post("/noi-bo/kiem-tra/{inspection}/huy", inspect, steps::cancel)
        .post("/noi-bo/kiem-tra/{inspection}/ket-luan", inspect, steps::find)
        .post("/noi-bo/ket-luan/{finding}/tep", read, steps::attach)
        .get("/noi-bo/ket-luan/{finding}/tep/{file}", read, steps::download)
        .post("/noi-bo/ket-luan/{finding}/khac-phuc", inspect, steps::close)
}

/// A refusal that is not a fault of a field.
#[expect(clippy::needless_pass_by_value, reason = "the last word of a `map_err`")]
pub(crate) fn refusal(error: InspectionsError) -> Refusal {
    match &error {
        InspectionsError::Denied(denied) => Refusal::denied(denied),
        InspectionsError::Store(store) => Refusal::store(store),
        InspectionsError::Unknown(_) => Refusal::not_found(),
        InspectionsError::OwnFinding => Refusal::forbidden(&error),
        InspectionsError::NoClause
        | InspectionsError::Missing(_)
        | InspectionsError::NoInspector
        | InspectionsError::TooEarly { .. }
        | InspectionsError::TooLate { .. }
        | InspectionsError::State { .. }
        | InspectionsError::Closed
        | InspectionsError::NoEvidence
        | InspectionsError::ShortWords { .. }
        | InspectionsError::NotOfUnit
        | InspectionsError::BadFile { .. } => Refusal::conflict(&error),
    }
}
