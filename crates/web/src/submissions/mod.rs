//! What goes to a higher level: the list, one *tờ trình*, the steps it takes.

mod list;
mod show;
mod steps;

use kernel::Permission;
use office::submissions::SubmissionsError;
use office::submissions::model::Submission;
use office::submissions::queries::Sent;

use crate::doors::{Doors, Need};
use crate::page::Refusal;
use crate::say::Lang;

/// The doors of this room.
pub fn doors(doors: Doors) -> Doors {
    let read = Need::May(Permission::ReadNominations);
    let run = Need::May(Permission::RunCampaign);
    doors
        .get("/noi-bo/trinh-cap-tren", read, list::show)
        .post("/noi-bo/trinh-cap-tren", run, list::create)
        .get("/noi-bo/trinh-cap-tren/danh-sach.xlsx", read, list::sheet)
        .get("/noi-bo/trinh-cap-tren/{submission}", read, show::show)
        .post("/noi-bo/trinh-cap-tren/{submission}/tra-lai", run, steps::give_back)
        .post("/noi-bo/trinh-cap-tren/{submission}/bo-sung", run, steps::supply)
        .post("/noi-bo/trinh-cap-tren/{submission}/chuyen", run, steps::pass_on)
        .post("/noi-bo/trinh-cap-tren/{submission}/ket-qua", run, steps::decide)
        .post("/noi-bo/trinh-cap-tren/{submission}/khong-chap-nhan", run, steps::refuse)
        .post("/noi-bo/trinh-cap-tren/{submission}/rut", run, steps::withdraw)
        .post("/noi-bo/trinh-cap-tren/{submission}/tep", run, steps::attach)
        .get("/noi-bo/trinh-cap-tren/{submission}/tep/{file}", read, steps::download)
}

/// A refusal that is not a fault of a field.
pub(crate) fn refusal(error: SubmissionsError) -> Refusal {
    match error {
        SubmissionsError::Denied(denied) => Refusal::denied(&denied),
        SubmissionsError::Store(store) => Refusal::store(&store),
        SubmissionsError::Awards(inner) => crate::awards::refusal(inner),
        SubmissionsError::Unknown(_) => Refusal::not_found(),
        SubmissionsError::Records { .. }
        | SubmissionsError::Nobody
        | SubmissionsError::NotToSend { .. }
        | SubmissionsError::DifferentRoutes { .. }
        | SubmissionsError::NumberTaken { .. }
        | SubmissionsError::State { .. }
        | SubmissionsError::LastLevel { .. }
        | SubmissionsError::NotThere { .. }
        | SubmissionsError::OddDay { .. }
        | SubmissionsError::BeforeTheVote { .. }
        | SubmissionsError::ShortReason { .. }
        | SubmissionsError::BadFile { .. } => Refusal::conflict(&error),
    }
}

/// Where it stands since when, in one line: `Sở Nội vụ, từ 02/11/2026`.
pub(crate) fn stands(l: Lang, submission: &Submission) -> String {
    format!("{}, {} {}", submission.at(), l.t("từ"), kernel::numbers::short_date(submission.since))
}

/// How long it has stood so; nothing when it is over.
pub(crate) fn waits(l: Lang, sent: &Sent) -> String {
    sent.waits.map(|days| format!("{days} {}", l.t("ngày làm việc"))).unwrap_or_default()
}
