//! Dialogues: the list with how often, one dialogue from its agenda to its frozen minutes, a guest's own page by
//! code, the published results.

mod guest;
mod list;
mod public;
mod register;
mod show;
mod steps;

use kernel::Permission;
use office::dialogues::DialoguesError;

use crate::doors::{Doors, Need};
use crate::form::Form;
use crate::page::{Refusal, sentence};

/// So many may ask to take part in one go from one address.
const APPLICATIONS_AT_ONCE: u32 = 20;

/// The doors of this room.
pub fn doors(doors: Doors) -> Doors {
    let read = Need::May(Permission::ReadDialogues);
    let run = Need::May(Permission::RunDialogues);
    let register = Need::May(Permission::RegisterPetitions);
    doors
        .get("/noi-bo/doi-thoai", read, list::show)
        .post("/noi-bo/doi-thoai", run, list::create)
        .post("/noi-bo/doi-thoai/dinh-ky", run, list::set_frequency)
        .get("/noi-bo/doi-thoai/{dialogue}", read, show::show)
        .get("/noi-bo/doi-thoai/{dialogue}/bien-ban.pdf", read, show::minutes_pdf)
        .get("/noi-bo/doi-thoai/{dialogue}/bien-ban.docx", read, show::minutes_docx)
        .post("/noi-bo/doi-thoai/{dialogue}/doi-ngay", run, steps::move_to)
        .post("/noi-bo/doi-thoai/{dialogue}/huy", run, steps::cancel)
        .post("/noi-bo/doi-thoai/{dialogue}/to-chuc", run, steps::hold)
        .post("/noi-bo/doi-thoai/{dialogue}/chuong-trinh", run, steps::add_item)
        .post("/noi-bo/doi-thoai/{dialogue}/chuong-trinh/{item}/bo", run, steps::drop_item)
        .post("/noi-bo/doi-thoai/{dialogue}/moi", run, steps::invite)
        .post("/noi-bo/doi-thoai/{dialogue}/moi/{guest}/ma", run, steps::renew_code)
        .post("/noi-bo/doi-thoai/{dialogue}/moi/{guest}/rut", run, steps::uninvite)
        .post("/noi-bo/doi-thoai/{dialogue}/dang-ky", run, steps::announce)
        .post("/noi-bo/doi-thoai/{dialogue}/dang-ky/dong", run, steps::unannounce)
        .post("/noi-bo/doi-thoai/{dialogue}/dang-ky/{guest}/nhan", run, steps::confirm)
        .post("/noi-bo/doi-thoai/{dialogue}/dang-ky/{guest}/tu-choi", run, steps::decline)
        .post("/noi-bo/doi-thoai/{dialogue}/co-mat", run, steps::attend)
        .post("/noi-bo/doi-thoai/{dialogue}/cau-hoi", run, steps::ask)
        .post("/noi-bo/doi-thoai/{dialogue}/cau-hoi/{question}/kien-nghi", register, steps::petition)
        .post("/noi-bo/doi-thoai/{dialogue}/cau-hoi/{question}/to-cao", register, steps::hand_over)
        .post("/noi-bo/doi-thoai/{dialogue}/bien-ban", run, steps::write)
        .post("/noi-bo/doi-thoai/{dialogue}/sua", read, steps::amend)
        .post("/noi-bo/doi-thoai/{dialogue}/sua/{amendment}", run, steps::settle)
        .post("/noi-bo/doi-thoai/{dialogue}/cam-ket", run, steps::commit)
        .post("/noi-bo/doi-thoai/{dialogue}/chot", run, steps::freeze)
        .post("/noi-bo/doi-thoai/{dialogue}/cong-khai", run, steps::publish)
        .post("/noi-bo/doi-thoai/{dialogue}/an", run, steps::hide)
        .get("/doi-thoai", Need::Public, public::list)
        .get("/doi-thoai/{dialogue}", Need::Public, public::show)
        .get("/doi-thoai/dang-ky/{dialogue}", Need::Public, register::show)
        .paced()
        .post("/doi-thoai/dang-ky/{dialogue}", Need::Public, register::apply)
        .paced_to(APPLICATIONS_AT_ONCE)
        .get("/doi-thoai/giay-moi/{code}", Need::Public, guest::show)
        .paced()
        .post("/doi-thoai/giay-moi/{code}/cau-hoi", Need::Public, guest::ask)
        .paced()
        .post("/doi-thoai/giay-moi/{code}/sua", Need::Public, guest::amend)
        .paced()
}

/// A refusal that is not a fault of a field.
pub(crate) fn refusal(error: DialoguesError) -> Refusal {
    match error {
        DialoguesError::Denied(denied) => Refusal::denied(&denied),
        DialoguesError::Store(store) => Refusal::store(&store),
        DialoguesError::Unknown(_) => Refusal::not_found(),
        DialoguesError::Task(error) => crate::tasks::refusal(error),
        DialoguesError::Petition(error) => crate::petitions::refusal(error),
        DialoguesError::Paper(error) => Refusal::broken(&error),
        error @ DialoguesError::NotThere => Refusal::forbidden(&error),
        error @ (DialoguesError::Missing { .. }
        | DialoguesError::TooEarly { .. }
        | DialoguesError::TooLate { .. }
        | DialoguesError::State { .. }
        | DialoguesError::Invited
        | DialoguesError::NoMinutes
        | DialoguesError::NobodyThere
        | DialoguesError::OpenAmendments { .. }
        | DialoguesError::Settled
        | DialoguesError::Petitioned
        | DialoguesError::Personal { .. }) => Refusal::conflict(&error),
    }
}

/// Puts an error to the field that it belongs to; gives it back when it is none that a form mends.
fn mended(form: &mut Form, day: &str, words: &str, error: DialoguesError) -> Result<(), Refusal> {
    let field = match &error {
        DialoguesError::Missing { field: "tra-loi", .. } => words,
        DialoguesError::Missing { field, .. } => field,
        DialoguesError::TooEarly { .. } | DialoguesError::TooLate { .. } => day,
        DialoguesError::Invited
        | DialoguesError::NoMinutes
        | DialoguesError::NobodyThere
        | DialoguesError::OpenAmendments { .. }
        | DialoguesError::Personal { .. } => words,
        _ => return Err(refusal(error)),
    };
    let field = field.to_owned();
    form.refuse(&field, sentence(&error));
    Ok(())
}
