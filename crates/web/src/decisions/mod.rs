//! Decisions, certificates, the register, the money, the public verification.

mod amendments;
mod decision;
mod exceptions;
mod lines;
mod register;
mod stocks;
mod verify;

use kernel::Permission;
use office::decisions::DecisionsError;

use crate::doors::{Doors, Need};
use crate::page::Refusal;

/// The doors of this room.
pub fn doors(doors: Doors) -> Doors {
    let read = Need::May(Permission::ReadDecisions);
    let draft = Need::May(Permission::DraftDecision);
    let sign = Need::May(Permission::SignDecision);
    doors
        .get("/noi-bo/quyet-dinh", read, decision::list)
        .post("/noi-bo/quyet-dinh", draft, decision::create)
        .get("/noi-bo/quyet-dinh/{decision}", read, decision::show)
        .post("/noi-bo/quyet-dinh/{decision}/soan-lai", draft, decision::redraft)
        .post("/noi-bo/quyet-dinh/{decision}/ngoai-le", draft, exceptions::add)
        .post("/noi-bo/quyet-dinh/{decision}/ngoai-le/{line}/bo", draft, exceptions::drop)
        .post("/noi-bo/quyet-dinh/{decision}/ban-hanh", sign, decision::issue)
        .get("/noi-bo/quyet-dinh/{decision}/quyet-dinh.pdf", read, decision::decision_pdf)
        .get("/noi-bo/quyet-dinh/{decision}/quyet-dinh.docx", read, decision::decision_docx)
        .get("/noi-bo/quyet-dinh/{decision}/to-trinh.pdf", read, decision::submission_pdf)
        .get("/noi-bo/quyet-dinh/{decision}/to-trinh.docx", read, decision::submission_docx)
        .get("/noi-bo/quyet-dinh/{decision}/giay-khen.pdf", read, lines::certificates)
        .get("/noi-bo/quyet-dinh/{decision}/tien-thuong.xlsx", read, lines::bonus_sheet)
        .get("/noi-bo/dong/{line}", read, lines::show)
        .get("/noi-bo/dong/{line}/giay-khen.pdf", read, lines::certificate)
        .post("/noi-bo/quyet-dinh/{decision}/huy-bo", draft, amendments::annul)
        .post("/noi-bo/dong/{line}/dinh-chinh", draft, amendments::correct)
        .post("/noi-bo/dong/{line}/thu-hoi", draft, amendments::revoke)
        .post("/noi-bo/thay-doi-quyet-dinh/{amendment}/duyet", sign, amendments::confirm)
        .get("/noi-bo/thay-doi-quyet-dinh/{amendment}/khong-duyet", read, amendments::refusing)
        .post("/noi-bo/thay-doi-quyet-dinh/{amendment}/khong-duyet", read, amendments::refuse)
        .post("/noi-bo/dong/{line}/chi-tien", Need::May(Permission::KeepFund), lines::pay)
        .get("/noi-bo/so-khen-thuong", read, register::show)
        .get("/noi-bo/so-khen-thuong/so.xlsx", read, register::sheet)
        .get("/noi-bo/phoi-giay-khen", draft, stocks::list)
        .get("/noi-bo/phoi-giay-khen/{award}", draft, stocks::show)
        .post("/noi-bo/phoi-giay-khen/{award}", draft, stocks::update)
        .post("/noi-bo/phoi-giay-khen/{award}/xem-thu", draft, stocks::preview)
        .post("/noi-bo/phoi-giay-khen/{award}/mau-goc", draft, stocks::drop)
        .get("/xac-minh", Need::Public, verify::ask)
        .get("/xac-minh/{code}", Need::Public, verify::show)
        .paced()
}

/// A refusal that is not a fault of a field.
#[allow(clippy::needless_pass_by_value, reason = "it is what `map_err` hands over")]
pub(crate) fn refusal(error: DecisionsError) -> Refusal {
    match &error {
        DecisionsError::Denied(denied) => Refusal::denied(denied),
        DecisionsError::Store(store) => Refusal::store(store),
        DecisionsError::Unknown(_) => Refusal::not_found(),
        DecisionsError::Paper(_) => Refusal::broken(&error),
        DecisionsError::Awards(_)
        | DecisionsError::Records(_)
        | DecisionsError::NothingPassed
        | DecisionsError::ListDiffers { .. }
        | DecisionsError::NotAsDrafted { .. }
        | DecisionsError::NotOurs { .. }
        | DecisionsError::NotFor { .. }
        | DecisionsError::Twice { .. }
        | DecisionsError::Issued { .. }
        | DecisionsError::NotIssued
        | DecisionsError::OwnException
        | DecisionsError::OwnDraft
        | DecisionsError::OwnProposal
        | DecisionsError::Proposed { .. }
        | DecisionsError::AmendmentState { .. }
        | DecisionsError::TooEarly { .. }
        | DecisionsError::MoneyLapsed { .. }
        | DecisionsError::NumberTaken { .. }
        | DecisionsError::GapWithoutReason { .. }
        | DecisionsError::OddDay { .. }
        | DecisionsError::OddPayDay { .. }
        | DecisionsError::LineState { .. }
        | DecisionsError::Misplaced(_)
        | DecisionsError::ShortReason { .. } => Refusal::conflict(&error),
    }
}
