//! The record itself: what stands in the registers of a person, a unit or an enterprise, entered by hand;
//! ratings of a whole unit; which registers are complete.

mod award_import;
mod entry;
mod ratings;
mod registers;

pub(crate) use entry::{award_words, result_words};
use kernel::Permission;
use office::records::RecordsError;

use crate::doors::{Doors, Need};
use crate::form::Form;
use crate::page::{Refusal, sentence};

/// The doors of this room.
pub fn doors(doors: Doors) -> Doors {
    let manage = Need::May(Permission::ManagePeople);
    doors
        .get("/noi-bo/ho-so-goc", manage, registers::show)
        .post("/noi-bo/ho-so-goc", manage, registers::declare)
        .get("/noi-bo/ho-so-goc/xep-loai", manage, ratings::show)
        .post("/noi-bo/ho-so-goc/xep-loai", manage, ratings::rate)
        .get("/noi-bo/ho-so-goc/khen-thuong/nhap", manage, award_import::ask)
        .post("/noi-bo/ho-so-goc/khen-thuong/nhap", manage, award_import::bring_in)
        .get("/noi-bo/ho-so-goc/khen-thuong/mau.xlsx", manage, award_import::template)
        .get("/noi-bo/ho-so-goc/{recipient}", manage, entry::show)
        .post("/noi-bo/ho-so-goc/{recipient}/xep-loai", manage, entry::rate)
        .post("/noi-bo/ho-so-goc/{recipient}/khen-thuong", manage, entry::award)
        .post("/noi-bo/ho-so-goc/{recipient}/thanh-tich", manage, entry::achievement)
        .post("/noi-bo/ho-so-goc/{recipient}/phong-trao", manage, entry::result)
        .post("/noi-bo/ho-so-goc/{recipient}/sang-kien", manage, entry::initiative)
        .post("/noi-bo/ho-so-goc/{recipient}/sang-kien/{initiative}", manage, entry::recognise)
        .post("/noi-bo/ho-so-goc/{recipient}/ky-luat", manage, entry::discipline)
        .post("/noi-bo/ho-so-goc/{recipient}/tam-dung", manage, entry::hold)
        .post("/noi-bo/ho-so-goc/{recipient}/tam-dung/{hold}", manage, entry::release)
}

/// The refusal of what no field of a form can mend; none for what the visitor can.
pub(crate) fn unmendable(error: &RecordsError) -> Option<Refusal> {
    match error {
        RecordsError::Denied(denied) => Some(Refusal::denied(denied)),
        RecordsError::Store(store) => Some(Refusal::store(store)),
        RecordsError::UnknownRecipient(_)
        | RecordsError::UnknownInitiative(_)
        | RecordsError::UnknownHold(_)
        | RecordsError::UnknownAward(_) => Some(Refusal::not_found()),
        RecordsError::Organization(_)
        | RecordsError::UnknownAchievement(_)
        | RecordsError::Missing { .. }
        | RecordsError::OddYear { .. }
        | RecordsError::OutsideMovement { .. }
        | RecordsError::LeadsUnselected
        | RecordsError::NotYet { .. }
        | RecordsError::AwardKnown
        | RecordsError::AlreadyRevoked { .. }
        | RecordsError::InitiativeCodeTaken { .. }
        | RecordsError::AchievementCodeTaken { .. }
        | RecordsError::SharesSum { .. }
        | RecordsError::OddShare
        | RecordsError::AlreadyRecognised { .. }
        | RecordsError::NotRecognised { .. }
        | RecordsError::AlreadyUsed { .. }
        | RecordsError::IssuedHere(_)
        | RecordsError::Sheet(_)
        | RecordsError::Period(_) => None,
    }
}

/// A refusal where no form is sent.
pub(crate) fn refusal(error: &RecordsError) -> Refusal {
    unmendable(error).unwrap_or_else(|| Refusal::conflict(error))
}

/// Says at a field what the visitor can mend; refuses the rest.
fn mend_or_refuse(form: &mut Form, field: &str, error: &RecordsError) -> Result<(), Refusal> {
    match unmendable(error) {
        Some(refusal) => Err(refusal),
        None => {
            form.refuse(field, sentence(error));
            Ok(())
        }
    }
}
