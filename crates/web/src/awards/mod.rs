//! Campaigns, nominations, the consultation, the legal bases.

mod again;
mod bases;
mod campaigns;
mod consultation;
mod dossier;
mod evidence;
pub mod explain;
mod launching;
mod meters;
mod nominations;
mod past;
mod propose;
mod reevaluation;
mod whatif;

use kernel::Permission;
use office::awards::AwardsError;
pub(crate) use propose::{left_out, others};

use crate::doors::{Doors, Need};
use crate::page::Refusal;

/// The doors of this room.
pub fn doors(doors: Doors) -> Doors {
    let read = Need::May(Permission::ReadNominations);
    let law = Need::May(Permission::ReadRules);
    let run = Need::May(Permission::RunCampaign);
    let nominate = Need::May(Permission::Nominate);
    let object = Need::May(Permission::Object);
    let confirm = Need::May(Permission::ConfirmRules);
    doors
        .get("/noi-bo/khen-thuong", read, campaigns::list)
        .post("/noi-bo/khen-thuong", run, campaigns::create)
        .get("/noi-bo/khen-thuong/{campaign}", read, campaigns::show)
        .get("/noi-bo/khen-thuong/{campaign}/danh-sach.xlsx", read, campaigns::sheet)
        .post("/noi-bo/khen-thuong/{campaign}/chot", run, campaigns::close)
        .post("/noi-bo/khen-thuong/{campaign}/xet-lai", run, reevaluation::evaluate)
        .get("/noi-bo/khen-thuong/{campaign}/thay-doi", read, reevaluation::show)
        .get("/noi-bo/khen-thuong/{campaign}/thay-doi.xlsx", read, reevaluation::sheet)
        .post("/noi-bo/khen-thuong/{campaign}/thay-doi/cach", Need::May(Permission::Overrule), reevaluation::set_gate)
        .post("/noi-bo/khen-thuong/{campaign}/lay-y-kien", run, campaigns::consult)
        .post("/noi-bo/khen-thuong/{campaign}/hoi-dong", run, campaigns::to_council)
        .get("/noi-bo/khen-thuong/{campaign}/de-nghi", nominate, propose::new)
        .post("/noi-bo/khen-thuong/{campaign}/de-nghi", nominate, propose::create)
        .get("/noi-bo/ho-so/{nomination}", read, past::show)
        .post("/noi-bo/ho-so/{nomination}", nominate, nominations::update)
        .post("/noi-bo/ho-so/{nomination}/tep", nominate, dossier::attach)
        .post("/noi-bo/ho-so/{nomination}/tep/{file}/bo", nominate, dossier::detach)
        .get("/noi-bo/ho-so/{nomination}/tep/{file}", read, dossier::download)
        .post("/noi-bo/ho-so/{nomination}/sang-kien/{initiative}", nominate, nominations::choose)
        .post("/noi-bo/ho-so/{nomination}/sang-kien/{initiative}/bo", nominate, nominations::let_go)
        .post("/noi-bo/ho-so/{nomination}/nop", nominate, nominations::submit)
        .post("/noi-bo/ho-so/{nomination}/rut", nominate, nominations::withdraw)
        .post("/noi-bo/ho-so/{nomination}/tra-lai", run, nominations::give_back)
        .post("/noi-bo/ho-so/{nomination}/xac-nhan", Need::May(Permission::Attest), nominations::attest)
        .post("/noi-bo/ho-so/{nomination}/ngoai-le", Need::May(Permission::Overrule), nominations::overrule)
        .post("/noi-bo/ho-so/{nomination}/duyet", run, nominations::accept)
        .post("/noi-bo/ho-so/{nomination}/xet-lai", run, again::bring_up)
        .get("/noi-bo/y-kien/{campaign}", object, consultation::show)
        .post("/noi-bo/y-kien/{campaign}", object, consultation::object)
        .post("/noi-bo/y-kien/{campaign}/{objection}", run, consultation::settle)
        .get("/noi-bo/xet-thu", read, whatif::table)
        .get("/noi-bo/xet-thu/bang.xlsx", read, whatif::sheet)
        .get("/noi-bo/xet-thu/{recipient}", read, whatif::one)
        .get("/noi-bo/can-cu", law, bases::list)
        .get("/noi-bo/can-cu/phat-dong", law, launching::show)
        .post("/noi-bo/can-cu/phat-dong", confirm, launching::decide)
        .post("/noi-bo/can-cu/phat-dong/{decision}/thu-hoi", confirm, launching::withdraw)
        .post("/noi-bo/can-cu/thong-qua", confirm, bases::adopt)
        .post("/noi-bo/can-cu/thong-qua/{adoption}/thu-hoi", confirm, bases::withdraw)
        .post("/noi-bo/can-cu/xac-nhan", confirm, bases::confirm)
        .post("/noi-bo/can-cu/xac-nhan/{confirmation}/thu-hoi", confirm, bases::unconfirm)
}

/// A refusal that is not a fault of a field.
#[expect(clippy::needless_pass_by_value, reason = "the last word of a `map_err`")]
pub(crate) fn refusal(error: AwardsError) -> Refusal {
    match &error {
        AwardsError::Denied(denied) => Refusal::denied(denied),
        AwardsError::Store(store) => Refusal::store(store),
        AwardsError::Unknown(_) => Refusal::not_found(),
        AwardsError::Organization(inner) => Refusal::conflict(inner),
        AwardsError::Records(inner) => Refusal::conflict(inner),
        AwardsError::NotHandedIn { .. }
        | AwardsError::NoOccasion { .. }
        | AwardsError::DeadlinePast { .. }
        | AwardsError::OddYear { .. }
        | AwardsError::YearAhead { .. }
        | AwardsError::NotLower { .. }
        | AwardsError::CampaignState { .. }
        | AwardsError::NotOpen { .. }
        | AwardsError::NominationState { .. }
        | AwardsError::HandedIn { .. }
        | AwardsError::NoOpinions { .. }
        | AwardsError::FormNotAllowed { .. }
        | AwardsError::SameAchievement { .. }
        | AwardsError::SameForm { .. }
        | AwardsError::ObjectionKnown
        | AwardsError::MissingPapers { .. }
        | AwardsError::NotEligible { .. }
        | AwardsError::Undetermined { .. }
        | AwardsError::OverCap { .. }
        | AwardsError::ShortReason { .. }
        | AwardsError::OwnNomination
        | AwardsError::NotChecked { .. }
        | AwardsError::ConsultationOpen { .. }
        | AwardsError::NoConsultationRule
        | AwardsError::BadFile { .. }
        | AwardsError::NothingToConfirm { .. }
        | AwardsError::LaunchDecided { .. }
        | AwardsError::OddLaunch { .. }
        | AwardsError::NotThereYet { .. }
        | AwardsError::NothingToEvaluate
        | AwardsError::UnseenChanges { .. }
        | AwardsError::OtherUnit => Refusal::conflict(&error),
    }
}
