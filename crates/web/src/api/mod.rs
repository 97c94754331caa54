//! The JSON API: the rooms' resources under `/api/v1`, for other programs of the office.
//!
//! A program asks with a personal access token (`Authorization: Bearer …`) and may do what its owner may,
//! narrowed by the token's scope; cookies open nothing here. Every door is an [`Operation`]: path, need and
//! the types that go in and out, from which [`description`] writes OpenAPI 3.1. A room's resources are one
//! file with its own `doors`, named below.
//!
//! Reading order: [`operation`], [`asked`] (what comes in), [`answer`] (what goes out), [`page`] (lists),
//! then a room.

mod answer;
mod asked;
mod awards;
mod calendar;
mod decisions;
mod description;
mod dossier_imports;
mod dossiers;
mod guide;
mod inspections;
mod launches;
mod law;
mod ledger;
mod movements;
mod operation;
mod organization;
mod page;
mod programmes;
mod records;
mod targets;
mod tasks;
mod who;

use axum::http::HeaderMap;
use axum::http::header::{ACCEPT_LANGUAGE, AUTHORIZATION};
use office::identity::Token;

use crate::doors::{Doors, Need};
use crate::say::Lang;

pub(crate) use operation::Operation;

/// The doors of the API, room by room.
pub fn doors(doors: Doors) -> Doors {
    doors
        .room(description::doors)
        .room(who::doors)
        .room(movements::doors)
        .room(organization::doors)
        .room(records::doors)
        .room(programmes::doors)
        .room(launches::doors)
        .room(tasks::doors)
        .room(inspections::doors)
        .room(targets::doors)
        .room(awards::doors)
        .room(law::doors)
        .room(calendar::doors)
        .room(decisions::doors)
        .room(dossiers::doors)
        .room(dossier_imports::doors)
        .room(ledger::doors)
        .get("/tai-lieu-api", Need::Public, guide::show)
}

/// Whether a path belongs to the API, also where no door is.
#[must_use]
pub fn is_inside(path: &str) -> bool {
    path == "/api" || path.starts_with("/api/")
}

/// The access token a request carries; an `Authorization` of another kind counts as a wrong one.
#[must_use]
pub fn bearer(headers: &HeaderMap) -> Option<Token> {
    let text = headers.get(AUTHORIZATION)?.to_str().unwrap_or_default();
    let (kind, secret) = text.split_once(' ').unwrap_or_default();
    Some(Token::received(if kind.eq_ignore_ascii_case("bearer") { secret.trim() } else { "" }))
}

/// The language a program asks for: English when it stands before Vietnamese, Vietnamese otherwise.
#[must_use]
pub fn language(headers: &HeaderMap) -> Lang {
    let text = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut best = (0.0, Lang::Vi);
    for part in text.split(',') {
        let (name, weight) = part.split_once(';').unwrap_or((part, ""));
        let weight: f32 = weight.trim().strip_prefix("q=").map_or(1.0, |text| text.trim().parse().unwrap_or(0.0));
        let lang = match name.trim().split('-').next() {
            Some("en") => Lang::En,
            Some("vi") => Lang::Vi,
            _ => continue,
        };
        if weight > best.0 {
            best = (weight, lang);
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_the_one_a_program_likes_best() {
        let said = |text: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_LANGUAGE, text.parse().expect("a header"));
            language(&headers)
        };
        assert_eq!(said("en"), Lang::En);
        assert_eq!(said("en-GB,vi;q=0.5"), Lang::En);
        assert_eq!(said("vi,en;q=0.9"), Lang::Vi);
        assert_eq!(said("en;q=0.2, vi;q=0.8"), Lang::Vi);
        assert_eq!(said("fr"), Lang::Vi);
        assert_eq!(said("en;q=nonsense"), Lang::Vi);
    }
}
