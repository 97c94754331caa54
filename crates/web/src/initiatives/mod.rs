//! Initiatives: the list and one in full, writing, the review with its two decisions, what units take over, and
//! the library of models for everybody.

mod adopted;
mod edit;
mod list;
mod models;
mod settings;
mod show;
mod steps;

use kernel::Permission;
use kernel::numbers::decimal;
use office::initiatives::InitiativesError;
use office::initiatives::content::PLACES;

use crate::doors::{Doors, Need};
use crate::form::Form;
use crate::page::{Refusal, sentence};

/// The doors of this room.
pub fn doors(doors: Doors) -> Doors {
    let read = Need::May(Permission::ReadPlan);
    let write = Need::May(Permission::WriteInitiatives);
    let review = Need::May(Permission::ReviewInitiatives);
    let adopt = Need::May(Permission::ConfirmReplication);
    doors
        .get("/mo-hinh", Need::Public, models::list)
        .get("/mo-hinh/{code}", Need::Public, models::show)
        .get("/noi-bo/sang-kien", read, list::show)
        .get("/noi-bo/sang-kien/danh-sach.xlsx", read, list::sheet_of_all)
        .get("/noi-bo/sang-kien/moi", write, edit::new)
        .post("/noi-bo/sang-kien/moi", write, edit::create)
        .get("/noi-bo/sang-kien/xet", review, list::desk)
        .get("/noi-bo/sang-kien/thiet-lap", review, settings::show)
        .post("/noi-bo/sang-kien/thiet-lap", review, settings::set)
        .get("/noi-bo/sang-kien/ap-dung", adopt, adopted::show)
        .get("/noi-bo/sang-kien/{initiative}", read, show::show)
        .get("/noi-bo/sang-kien/{initiative}/sua", write, edit::edit)
        .post("/noi-bo/sang-kien/{initiative}/sua", write, edit::update)
        .get("/noi-bo/sang-kien/{initiative}/ban/{edition}", read, show::edition)
        .get("/noi-bo/sang-kien/{initiative}/trich.pdf", read, show::extract)
        .post("/noi-bo/sang-kien/{initiative}/tep", write, steps::attach)
        .get("/noi-bo/sang-kien/{initiative}/tep/{file}", read, steps::download)
        .post("/noi-bo/sang-kien/{initiative}/nop", write, steps::submit)
        .post("/noi-bo/sang-kien/{initiative}/rut", write, steps::withdraw)
        .post("/noi-bo/sang-kien/{initiative}/tiep-nhan", review, steps::take)
        .post("/noi-bo/sang-kien/{initiative}/tra-lai", review, steps::give_back)
        .post("/noi-bo/sang-kien/{initiative}/khong-cong-nhan", review, steps::refuse)
        .post("/noi-bo/sang-kien/{initiative}/cong-nhan", review, steps::recognise)
        .post("/noi-bo/sang-kien/{initiative}/pham-vi", review, steps::decide_reach)
        .post("/noi-bo/sang-kien/{initiative}/giong/{other}", review, steps::judge)
        .post("/noi-bo/sang-kien/{initiative}/dong-y", read, steps::consent)
        .post("/noi-bo/sang-kien/{initiative}/rut-dong-y", read, steps::withdraw_consent)
        .post("/noi-bo/sang-kien/{initiative}/cong-khai", review, steps::publish)
        .post("/noi-bo/sang-kien/{initiative}/an", review, steps::hide)
        .post("/noi-bo/sang-kien/{initiative}/ap-dung", read, steps::report)
        .post("/noi-bo/ap-dung/{replication}/xac-nhan", adopt, adopted::confirm)
        .post("/noi-bo/ap-dung/{replication}/khong-dung", adopt, adopted::deny)
        .post("/noi-bo/ap-dung/{replication}/ngung", adopt, adopted::stop)
        .post("/noi-bo/ap-dung/{replication}/tep", adopt, adopted::attach)
        .get("/noi-bo/ap-dung/{replication}/tep/{file}", adopt, adopted::download)
}

/// A refusal that is not a fault of a field.
#[expect(clippy::needless_pass_by_value, reason = "the last word of a `map_err`")]
pub(crate) fn refusal(error: InitiativesError) -> Refusal {
    match &error {
        InitiativesError::Denied(denied) => Refusal::denied(denied),
        InitiativesError::Store(store) => Refusal::store(store),
        InitiativesError::Records(records) => crate::records::refusal(records),
        InitiativesError::Unknown(_) => Refusal::not_found(),
        InitiativesError::Own | InitiativesError::NotAdopter => Refusal::forbidden(&error),
        InitiativesError::Fault { .. }
        | InitiativesError::Shares { .. }
        | InitiativesError::State { .. }
        | InitiativesError::NotYet { .. }
        | InitiativesError::SameNumber { .. }
        | InitiativesError::Decided { .. }
        | InitiativesError::BeforeRecognition { .. }
        | InitiativesError::SameUnit
        | InitiativesError::Replication { .. }
        | InitiativesError::Consent { .. }
        | InitiativesError::Names { .. }
        | InitiativesError::BadFile { .. } => Refusal::conflict(&error),
    }
}

/// Says at its field what the visitor can mend; refuses the rest. `at` gives a field of the service its name
/// in this form.
fn mend_or_refuse(form: &mut Form, error: InitiativesError, at: impl Fn(&str) -> String) -> Result<(), Refusal> {
    let field = match &error {
        InitiativesError::Fault { field, .. } => field,
        InitiativesError::Shares { .. } => "tac-gia",
        InitiativesError::NotYet { .. } | InitiativesError::BeforeRecognition { .. } => "ngay",
        InitiativesError::SameNumber { .. } | InitiativesError::Decided { .. } => "so",
        InitiativesError::SameUnit => "don-vi-ap-dung",
        InitiativesError::Consent { .. } | InitiativesError::Names { .. } => "tieu-de",
        InitiativesError::BadFile { .. } => "tep",
        _ => return Err(refusal(error)),
    };
    form.refuse(&at(field), sentence(&error));
    Ok(())
}

/// A measured value in words; three dots where nobody measured.
fn value(value: Option<i64>) -> String {
    value.map_or_else(|| "…".to_owned(), |value| decimal(value, PLACES))
}
