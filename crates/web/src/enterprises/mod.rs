//! Enterprises: the register with its counts, one entry with all that hangs on it, doubles, sheets in and out,
//! and all that was done for them.

mod entry;
mod events;
mod list;
mod merge;
mod sheets;
mod show;
mod steps;

use kernel::Permission;
use office::enterprises::EnterprisesError;
use office::organization::OrganizationError;

use crate::doors::{Doors, Need};
use crate::form::Form;
use crate::page::{Refusal, sentence};

/// The doors of this room.
pub fn doors(doors: Doors) -> Doors {
    let read = Need::May(Permission::ReadEnterprises);
    let manage = Need::May(Permission::ManageEnterprises);
    doors
        .get("/noi-bo/doanh-nghiep", read, list::show)
        .post("/noi-bo/doanh-nghiep", manage, entry::create)
        .get("/noi-bo/doanh-nghiep/moi", manage, entry::new)
        .get("/noi-bo/doanh-nghiep/nhap", manage, sheets::ask)
        .post("/noi-bo/doanh-nghiep/nhap", manage, sheets::bring_in)
        .get("/noi-bo/doanh-nghiep/mau.xlsx", manage, sheets::template)
        .get("/noi-bo/doanh-nghiep/xuat.xlsx", read, sheets::take_out)
        .get("/noi-bo/doanh-nghiep/viec", read, events::show)
        .get("/noi-bo/doanh-nghiep/{enterprise}", read, show::show)
        .get("/noi-bo/doanh-nghiep/{enterprise}/sua", manage, entry::edit)
        .post("/noi-bo/doanh-nghiep/{enterprise}/sua", manage, entry::update)
        .post("/noi-bo/doanh-nghiep/{enterprise}/bo-sung", manage, entry::complete)
        .get("/noi-bo/doanh-nghiep/{enterprise}/gop", manage, merge::ask)
        .post("/noi-bo/doanh-nghiep/{enterprise}/gop", manage, merge::merge)
        .post("/noi-bo/doanh-nghiep/{enterprise}/tach", manage, merge::part)
        .post("/noi-bo/doanh-nghiep/{enterprise}/ngung", manage, steps::end)
        .post("/noi-bo/doanh-nghiep/{enterprise}/tro-lai", manage, steps::resume)
        .post("/noi-bo/doanh-nghiep/{enterprise}/ho-tro", manage, steps::support)
        .post("/noi-bo/doanh-nghiep/{enterprise}/ho-tro/{support}/rut", manage, steps::withdraw_support)
        .post("/noi-bo/doanh-nghiep/{enterprise}/ket-noi", manage, steps::connect)
        .post("/noi-bo/doanh-nghiep/{enterprise}/ket-noi/{connection}/ket-qua", manage, steps::settle)
        .post("/noi-bo/doanh-nghiep/{enterprise}/ket-noi/{connection}/rut", manage, steps::withdraw_connection)
        .post("/noi-bo/doanh-nghiep/{enterprise}/thanh-doanh-nghiep", manage, steps::found)
        .post("/noi-bo/doanh-nghiep/{enterprise}/lon-len", manage, steps::grow)
        .post("/noi-bo/doanh-nghiep/{enterprise}/chuyen-doi/{conversion}/rut", manage, steps::withdraw_conversion)
}

/// A refusal that is not a fault of a field.
#[expect(clippy::needless_pass_by_value, reason = "the last word of a `map_err`")]
pub(crate) fn refusal(error: EnterprisesError) -> Refusal {
    match &error {
        EnterprisesError::Denied(denied) => Refusal::denied(denied),
        EnterprisesError::Store(store) => Refusal::store(store),
        EnterprisesError::Unknown(_) => Refusal::not_found(),
        EnterprisesError::Identity(_)
        | EnterprisesError::NoClause
        | EnterprisesError::Missing { .. }
        | EnterprisesError::TooLate { .. }
        | EnterprisesError::SizeOfOther
        | EnterprisesError::Itself
        | EnterprisesError::SelfConnection
        | EnterprisesError::Recorded { .. }
        | EnterprisesError::NoHousehold
        | EnterprisesError::NoEnterprise
        | EnterprisesError::NoGrowth { .. }
        | EnterprisesError::Withdrawn
        | EnterprisesError::Ended { .. }
        | EnterprisesError::Converted { .. }
        | EnterprisesError::Settled { .. }
        | EnterprisesError::RestsOn(_)
        | EnterprisesError::Sheet(_) => Refusal::conflict(&error),
    }
}

/// The fields of a form that an error may belong to.
#[derive(Debug, Clone, Copy)]
struct Fields<'a> {
    code: &'a str,
    name: &'a str,
    size: &'a str,
    clause: &'a str,
    day: &'a str,
    words: &'a str,
}

/// Puts an error to the field that it belongs to; gives it back when it is none that a form mends.
fn mended(form: &mut Form, fields: Fields<'_>, error: EnterprisesError) -> Result<(), Refusal> {
    let field = match &error {
        EnterprisesError::Missing { field: "ly-do-rut" | "ket-qua", .. } => fields.words,
        EnterprisesError::Missing { field: "ngay-ket-qua", .. } | EnterprisesError::TooLate { .. } => fields.day,
        EnterprisesError::Missing { field, .. } => field,
        EnterprisesError::Identity(OrganizationError::NameMissing) => fields.name,
        EnterprisesError::Identity(
            OrganizationError::OddTaxCode { .. } | OrganizationError::AlreadyRegistered { .. },
        )
        | EnterprisesError::NoEnterprise
        | EnterprisesError::Itself
        | EnterprisesError::SelfConnection => fields.code,
        EnterprisesError::NoClause => fields.clause,
        EnterprisesError::SizeOfOther | EnterprisesError::NoGrowth { .. } => fields.size,
        EnterprisesError::Recorded { .. } => fields.words,
        EnterprisesError::Ended { .. } | EnterprisesError::Converted { .. } => fields.day,
        _ => return Err(refusal(error)),
    };
    let field = field.to_owned();
    form.refuse(&field, sentence(&error));
    Ok(())
}
