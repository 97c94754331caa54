//! Councils, meetings, the ballot, minutes.

mod ballot;
mod meeting;
mod meetings;

use kernel::Permission;
use office::council::CouncilError;

use crate::doors::{Doors, Need};
use crate::page::Refusal;

/// The doors of this room.
pub fn doors(doors: Doors) -> Doors {
    let read = Need::May(Permission::ReadMinutes);
    let run = Need::May(Permission::RunCouncil);
    let vote = Need::May(Permission::Vote);
    doors
        .get("/noi-bo/hoi-dong", read, meetings::list)
        .post("/noi-bo/hoi-dong", run, meetings::create)
        .post("/noi-bo/hoi-dong/phien", run, meetings::call)
        .post("/noi-bo/hoi-dong/quan-he", run, meetings::relate)
        .get("/noi-bo/hoi-dong/phien/{meeting}", read, meeting::show)
        .post("/noi-bo/hoi-dong/phien/{meeting}/diem-danh", run, meeting::attend)
        .post("/noi-bo/hoi-dong/phien/{meeting}/y-kien", run, meeting::opinion)
        .post("/noi-bo/hoi-dong/phien/{meeting}/mo", run, meeting::open)
        .post("/noi-bo/hoi-dong/phien/{meeting}/kiem-phieu", run, meeting::close)
        .post("/noi-bo/hoi-dong/phien/{meeting}/huy-phieu", run, meeting::give_up)
        .get("/noi-bo/hoi-dong/phien/{meeting}/bien-ban.pdf", read, meeting::minutes_pdf)
        .get("/noi-bo/hoi-dong/phien/{meeting}/bien-ban.docx", read, meeting::minutes_docx)
        .get("/noi-bo/hoi-dong/phien/{meeting}/bien-ban-kiem-phieu.pdf", read, meeting::tally_sheet_pdf)
        .get("/noi-bo/hoi-dong/phien/{meeting}/bien-ban-kiem-phieu.docx", read, meeting::tally_sheet_docx)
        .post("/noi-bo/hoi-dong/phien/{meeting}/xung-dot", vote, ballot::declare)
        .get("/noi-bo/hoi-dong/phieu/{meeting}", vote, ballot::show)
        .post("/noi-bo/hoi-dong/phieu/{meeting}", vote, ballot::cast)
}

/// A refusal that is not a fault of a field.
#[allow(clippy::needless_pass_by_value, reason = "it is what `map_err` hands over")]
fn refusal(error: CouncilError) -> Refusal {
    match &error {
        CouncilError::Denied(denied) => Refusal::denied(denied),
        CouncilError::Store(store) => Refusal::store(store),
        CouncilError::Unknown(_) => Refusal::not_found(),
        CouncilError::BrokenBox(_) => Refusal::broken(&error),
        CouncilError::Awards(_)
        | CouncilError::State { .. }
        | CouncilError::TooFewMembers
        | CouncilError::EmptyAgenda
        | CouncilError::OutsideTerm
        | CouncilError::BallotLapsed { .. }
        | CouncilError::CampaignNotReady
        | CouncilError::OpenElsewhere
        | CouncilError::BeforeItsDay { .. }
        | CouncilError::AgendaChanged { .. }
        | CouncilError::OwnMatter
        | CouncilError::Altered { .. }
        | CouncilError::AlteredList
        | CouncilError::NoQuorumRule
        | CouncilError::NoQuorum { .. }
        | CouncilError::TooFewVoters { .. }
        | CouncilError::Tellers
        | CouncilError::NoBox
        | CouncilError::NoLower { .. }
        | CouncilError::SamePassphrase
        | CouncilError::TellerNominated
        | CouncilError::ShortPassphrase { .. }
        | CouncilError::WrongFirst
        | CouncilError::WrongSecond
        | CouncilError::NotAVoter
        | CouncilError::AlreadyVoted
        | CouncilError::Incomplete { .. }
        | CouncilError::NotAllVoted { .. } => Refusal::conflict(&error),
    }
}
