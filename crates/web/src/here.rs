//! Who asks, from where, in which language: what a handler takes first.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use kernel::{Actor, Date};
use office::identity::Token;
use office::{Ctx, House};

use crate::page::{Frame, Place};
use crate::say::Lang;

/// One request, after the gate has looked at it.
#[derive(Clone)]
pub struct Visit {
    /// The actor; [`Actor::visitor`] without a session.
    pub actor: Arc<Actor>,
    /// The session's token, to end it.
    pub token: Option<Token>,
    /// The language of the screen.
    pub lang: Lang,
    /// The path asked for.
    pub path: String,
    /// Today, by the house's clock.
    pub today: Date,
    /// Filled with invented people.
    pub demo: bool,
    /// The name of the office whose plan runs here.
    pub office: String,
    /// The name of the movement.
    pub movement: String,
    /// How many notices the actor has not read.
    pub unread: i64,
}

/// The house and the visit: the first argument of a handler.
pub struct Here {
    /// The house.
    pub house: Arc<House>,
    /// The visit.
    pub visit: Visit,
}

impl Here {
    /// The actor in the house, for a service.
    #[must_use]
    pub fn ctx(&self) -> Ctx<'_> {
        Ctx::new(&self.house, &self.visit.actor)
    }

    /// What every page shows around its content.
    #[must_use]
    pub fn frame(&self, title: &str, place: Place) -> Frame {
        Frame::new(&self.visit, title, place)
    }
}

impl FromRequestParts<Arc<House>> for Here {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, house: &Arc<House>) -> Result<Self, Infallible> {
        let visit = parts.extensions.get::<Visit>().cloned().expect("the gate puts the visit into every request");
        Ok(Self { house: Arc::clone(house), visit })
    }
}
