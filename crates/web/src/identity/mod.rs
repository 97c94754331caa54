//! Signing in and out, one-time links, accounts.

mod accounts;
mod keys;
mod sign_in;

use kernel::Permission;
use office::identity::IdentityError;

use crate::doors::{Doors, Need};
use crate::page::Refusal;

/// The doors of this room.
pub fn doors(doors: Doors) -> Doors {
    let manage = Need::May(Permission::ManageAccounts);
    doors
        .get("/dang-nhap", Need::Public, sign_in::new)
        .post("/dang-nhap", Need::Public, sign_in::create)
        .paced()
        .post("/dang-xuat", Need::SignedIn, sign_in::end)
        .get("/thiet-lap/{token}", Need::Public, sign_in::link)
        .paced()
        .post("/thiet-lap/{token}", Need::Public, sign_in::accept)
        .paced()
        .get("/ngon-ngu/{code}", Need::Public, sign_in::language)
        .get("/noi-bo/khoa-truy-cap", Need::SignedIn, keys::list)
        .post("/noi-bo/khoa-truy-cap", Need::SignedIn, keys::create)
        .post("/noi-bo/khoa-truy-cap/{token}/thu-hoi", Need::SignedIn, keys::withdraw)
        .get("/noi-bo/tai-khoan", manage, accounts::list)
        .post("/noi-bo/tai-khoan", manage, accounts::create)
        .post("/noi-bo/tai-khoan/{account}/vai-tro", manage, accounts::grant)
        .post("/noi-bo/tai-khoan/{account}/vai-tro/{grant}/ket-thuc", manage, accounts::end_grant)
        .post("/noi-bo/tai-khoan/{account}/nguoi", manage, accounts::bind)
        .post("/noi-bo/tai-khoan/{account}/lien-ket", manage, accounts::invite)
        .post("/noi-bo/tai-khoan/{account}/dung", manage, accounts::stop)
}

/// A refusal that is not a fault of a field.
pub(crate) fn refusal(error: &IdentityError) -> Refusal {
    match error {
        IdentityError::Denied(denied) => Refusal::denied(denied),
        IdentityError::Store(store) => Refusal::store(store),
        IdentityError::Unknown | IdentityError::DeadLink | IdentityError::UnknownToken => Refusal::not_found(),
        IdentityError::WrongPassword
        | IdentityError::Locked { .. }
        | IdentityError::ShortPassword
        | IdentityError::WeakPassword
        | IdentityError::LoginTaken { .. }
        | IdentityError::OddLogin
        | IdentityError::NoPerson
        | IdentityError::PersonHasAccount { .. }
        | IdentityError::HasPerson
        | IdentityError::LastAdmin
        | IdentityError::TokenName
        | IdentityError::TokenNameTaken { .. }
        | IdentityError::TokenScope
        | IdentityError::TokenDay { .. }
        | IdentityError::Period(_) => Refusal::conflict(error),
    }
}
