//! The doors: routes, forms, pages. No SQL and no decision of the trade is made here.
//!
//! A handler reads the request, calls one service function and answers. Every route is a [`doors::Door`]
//! that declares who may pass; a page is a struct beside its template. Reading order: [`mod@doors`], [`here`]
//! (who asks), [`form`] (what was typed), [`page`] (what is answered), then a room.

mod api;
pub mod assets;
mod awards;
mod calendar;
mod chart;
mod conduct;
mod council;
mod decisions;
mod dialogues;
pub mod doors;
mod dossiers;
mod enterprises;
mod files;
pub mod form;
mod fund;
mod gate;
pub mod here;
mod home;
mod identity;
mod import;
mod initiatives;
mod inspections;
mod law;
mod ledger;
mod menu;
mod movements;
mod newsroom;
mod notices;
mod organization;
mod overview;
mod pace;
pub mod page;
mod petitions;
mod programmes;
mod queue;
mod records;
pub mod say;
mod submissions;
mod targets;
mod tasks;
mod then;
pub mod urls;
mod xlsx;

use std::sync::Arc;

use axum::Router;
use office::House;

pub use doors::{Door, Doors, Need};

/// All doors of the house, with what each needs.
#[must_use]
pub fn doors() -> Doors {
    Doors::new()
        .room(home::doors)
        .room(identity::doors)
        .room(awards::doors)
        .room(law::doors)
        .room(council::doors)
        .room(decisions::doors)
        .room(submissions::doors)
        .room(fund::doors)
        .room(overview::doors)
        .room(movements::doors)
        .room(programmes::doors)
        .room(targets::doors)
        .room(tasks::doors)
        .room(inspections::doors)
        .room(dossiers::doors)
        .room(enterprises::doors)
        .room(petitions::doors)
        .room(dialogues::doors)
        .room(conduct::doors)
        .room(initiatives::doors)
        .room(newsroom::doors)
        .room(notices::doors)
        .room(calendar::doors)
        .room(ledger::doors)
        .room(organization::doors)
        .room(records::doors)
        .room(api::doors)
}

/// The whole site over a house.
pub fn site(house: &Arc<House>) -> Router {
    gate::around(doors().into_router(house), house)
}
