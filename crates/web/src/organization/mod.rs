//! Units and people: the lists, a unit's history, a person's card, and sheets in and out.

mod outsiders;
mod people;
mod person;
mod sheets;
mod unit;
mod units;

use kernel::Permission;
use office::organization::OrganizationError;

use crate::doors::{Doors, Need};
use crate::page::Refusal;

/// The doors of this room.
pub fn doors(doors: Doors) -> Doors {
    let read = Need::May(Permission::ReadPeople);
    let manage = Need::May(Permission::ManagePeople);
    doors
        .get("/noi-bo/con-nguoi", read, people::list)
        .get("/noi-bo/con-nguoi/nhap", manage, sheets::ask)
        .post("/noi-bo/con-nguoi/nhap", manage, sheets::bring_in)
        .get("/noi-bo/con-nguoi/mau.xlsx", manage, sheets::template)
        .get("/noi-bo/con-nguoi/xuat.xlsx", read, sheets::take_out)
        .get("/noi-bo/con-nguoi/ngoai-van-phong", read, outsiders::list)
        .post("/noi-bo/con-nguoi/ngoai-van-phong", manage, outsiders::create)
        .get("/noi-bo/con-nguoi/{person}", read, person::show)
        .get("/noi-bo/con-nguoi/{person}/ngoai-van-phong", manage, outsiders::edit)
        .post("/noi-bo/con-nguoi/{person}/ngoai-van-phong", manage, outsiders::update)
        .post("/noi-bo/con-nguoi/{person}/vi-tri", manage, person::appoint)
        .post("/noi-bo/con-nguoi/{person}/thoi-giu", manage, person::leave)
        .get("/noi-bo/don-vi", read, units::list)
        .post("/noi-bo/don-vi", manage, units::create)
        .get("/noi-bo/don-vi/{unit}", read, unit::show)
        .post("/noi-bo/don-vi/{unit}/doi-ten", manage, unit::rename)
        .post("/noi-bo/don-vi/{unit}/sap-nhap", manage, unit::merge)
        .post("/noi-bo/don-vi/{unit}/ket-thuc", manage, unit::close)
}

/// A refusal that is not a fault of a field.
#[expect(clippy::needless_pass_by_value, reason = "the last word of a `map_err`")]
pub(crate) fn refusal(error: OrganizationError) -> Refusal {
    match &error {
        OrganizationError::Denied(denied) => Refusal::denied(denied),
        OrganizationError::Store(store) => Refusal::store(store),
        OrganizationError::UnknownUnit(_)
        | OrganizationError::UnknownPerson(_)
        | OrganizationError::UnknownEnterprise(_) => Refusal::not_found(),
        _ => Refusal::conflict(&error),
    }
}
