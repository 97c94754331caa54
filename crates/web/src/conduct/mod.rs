//! Reports of conduct: the door for reporters without account, and the pages of inspectors behind their keys.
//!
//! Nothing at the door carries a receipt code in its address, and nobody is known there, whoever is signed in:
//! see [`is_nameless`].

mod door;
mod figures;
mod held;
mod keys;
mod list;
mod show;
mod steps;
mod upload;

use axum::response::{IntoResponse, Redirect, Response};
use kernel::Permission;
use office::conduct::ConductError;

use crate::doors::{Doors, Need};
use crate::page::Refusal;

/// So many receipt codes may be tried in one go: less than anybody needs to guess, more than anybody has.
const CODES_AT_ONCE: u32 = 15;
/// So many reports may be sent in one go from one address, files that come back with a fault among them.
const REPORTS_AT_ONCE: u32 = 20;
/// So many passphrases may be tried in one go.
const PHRASES_AT_ONCE: u32 = 10;

/// Where the door is.
const DOOR: &str = "/hanh-vi";

/// Whether this path is one of the door: no session is looked at there, so that none is marked as seen and
/// nobody's name stands in the frame.
pub(crate) fn is_nameless(path: &str) -> bool {
    path.strip_prefix(DOOR).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The doors of this room.
pub fn doors(doors: Doors) -> Doors {
    internal(public(doors))
}

fn public(doors: Doors) -> Doors {
    let all = Need::Public;
    doors
        .get("/hanh-vi", all, door::home)
        .get("/hanh-vi/gui", all, door::form)
        .post("/hanh-vi/gui", all, door::send)
        .paced_to(REPORTS_AT_ONCE)
        .get("/hanh-vi/theo-doi", all, door::ask)
        .post("/hanh-vi/theo-doi", all, door::follow)
        .paced_to(CODES_AT_ONCE)
        .post("/hanh-vi/theo-doi/viet", all, door::write)
        .paced_to(CODES_AT_ONCE)
        .get("/hanh-vi/so-lieu", all, figures::show)
        .get("/hanh-vi/so-lieu.csv", all, figures::sheet)
}

fn internal(doors: Doors) -> Doors {
    let handle = Need::May(Permission::HandleConduct);
    doors
        .get("/noi-bo/hanh-vi", handle, list::show)
        .post("/noi-bo/hanh-vi/mo-khoa", handle, keys::unlock)
        .paced_to(PHRASES_AT_ONCE)
        .post("/noi-bo/hanh-vi/dong-khoa", handle, keys::lock)
        .get("/noi-bo/hanh-vi/khoa", handle, keys::show)
        .post("/noi-bo/hanh-vi/khoa", handle, keys::make)
        .paced_to(PHRASES_AT_ONCE)
        .post("/noi-bo/hanh-vi/khoa/cum-mat-khau", handle, keys::rephrase)
        .paced_to(PHRASES_AT_ONCE)
        .post("/noi-bo/hanh-vi/khoa/{key}/xac-nhan", handle, keys::admit)
        .post("/noi-bo/hanh-vi/khoa/{key}/thu-hoi", handle, keys::retire)
        .post("/noi-bo/hanh-vi/dat", handle, figures::set)
        .post("/noi-bo/hanh-vi/so-lieu", handle, figures::publish)
        .get("/noi-bo/hanh-vi/{report}", handle, show::show)
        .get("/noi-bo/hanh-vi/{report}/tep/{file}", handle, show::download)
        .post("/noi-bo/hanh-vi/{report}/nhan", handle, steps::look)
        .post("/noi-bo/hanh-vi/{report}/hoi", handle, steps::ask)
        .post("/noi-bo/hanh-vi/{report}/doi-tuong", handle, steps::attribute)
        .post("/noi-bo/hanh-vi/{report}/ket-luan", handle, steps::conclude)
        .post("/noi-bo/hanh-vi/{report}/khieu-nai", handle, steps::appeal)
        .post("/noi-bo/hanh-vi/{report}/giai-quyet", handle, steps::decide_appeal)
        .post("/noi-bo/hanh-vi/{report}/dong", handle, steps::close)
        .post("/noi-bo/hanh-vi/{report}/danh-tinh", handle, steps::ask_identity)
        .post("/noi-bo/hanh-vi/{report}/danh-tinh/{request}/dong-y", handle, steps::agree)
        .post("/noi-bo/hanh-vi/{report}/danh-tinh/{request}/tu-choi", handle, steps::disagree)
}

/// Where a key is opened.
fn to_unlock() -> Response {
    Redirect::to("/noi-bo/hanh-vi").into_response()
}

/// A refusal that is not a fault of a field.
fn refusal(error: ConductError) -> Refusal {
    match error {
        ConductError::Denied(denied) => Refusal::denied(&denied),
        ConductError::Store(store) => Refusal::store(&store),
        ConductError::Records(error) => crate::records::refusal(&error),
        ConductError::Unknown(_) => Refusal::not_found(),
        ConductError::SamePerson => Refusal::forbidden(&error),
        ConductError::Identity(error) => Refusal::broken(&error),
        ConductError::BrokenBox | ConductError::Content(_) => Refusal::broken(&error),
        ConductError::Locked
        | ConductError::WrongPassphrase
        | ConductError::ShortPassphrase { .. }
        | ConductError::HasKey
        | ConductError::OddKey(_)
        | ConductError::NotNow { .. }
        | ConductError::Missing { .. }
        | ConductError::TooLong { .. }
        | ConductError::NobodyToRead
        | ConductError::NobodyToKeep
        | ConductError::BadFile { .. }
        | ConductError::TooManyFiles { .. }
        | ConductError::OddForm
        | ConductError::Repeated
        | ConductError::TooManyWords { .. }
        | ConductError::NoIdentity
        | ConductError::Pending
        | ConductError::NotToPublish(_)
        | ConductError::Erased => Refusal::conflict(&error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_door_and_nothing_else_is_nameless() {
        assert!(is_nameless("/hanh-vi") && is_nameless("/hanh-vi/gui"));
        assert!(!is_nameless("/noi-bo/hanh-vi") && !is_nameless("/hanh-vi-khac") && !is_nameless("/"));
    }
}
