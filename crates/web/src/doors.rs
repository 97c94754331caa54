//! Routes that declare who may pass.
//!
//! A route cannot be added without a [`Need`], so none can be forgotten; the list of doors is what the
//! access test walks.

use std::pin::Pin;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::handler::Handler;
use axum::http::Method;
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{MethodRouter, on};
use axum::{Router, routing::MethodFilter};
use kernel::Permission;
use office::House;

use crate::api::{self, Operation};
use crate::here::Visit;
use crate::pace::{AT_ONCE, pace};
use crate::page::Refusal;
use crate::queue::{Queue, queue};
use crate::urls;

/// What a visitor needs to pass a door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Anybody.
    Public,
    /// Anybody who signed in.
    SignedIn,
    /// A grant of today that carries this permission, for some unit; the service checks which.
    May(Permission),
}

/// A route and what it needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Door {
    /// The method.
    pub method: Method,
    /// The path, with `{name}` where a value stands.
    pub path: &'static str,
    /// Who may pass.
    pub need: Need,
    /// Whether it takes a secret, so that one address may knock only so often.
    pub paced: bool,
    /// How often it may be knocked at in one go, when it is paced.
    pub at_once: u32,
    /// How often from one address on a day, when whoever is too fast waits in a queue; zero when there is none.
    pub a_day: u32,
}

/// The doors of the house, room by room.
#[derive(Default)]
pub struct Doors {
    routes: Vec<(Door, MethodRouter<Arc<House>>)>,
    operations: Vec<Operation>,
}

impl Doors {
    /// No doors yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the doors of a room.
    #[must_use]
    pub fn room(self, doors: impl FnOnce(Self) -> Self) -> Self {
        doors(self)
    }

    /// A page to read.
    #[must_use]
    pub fn get<H, T>(self, path: &'static str, need: Need, handler: H) -> Self
    where
        H: Handler<T, Arc<House>>,
        T: 'static,
    {
        self.door(Method::GET, path, need, routed(MethodFilter::GET, called(handler)))
    }

    /// A form to send.
    #[must_use]
    pub fn post<H, T>(self, path: &'static str, need: Need, handler: H) -> Self
    where
        H: Handler<T, Arc<House>>,
        T: 'static,
    {
        self.door(Method::POST, path, need, routed(MethodFilter::POST, called(handler)))
    }

    /// A door of the JSON API, with what its description says of it.
    #[must_use]
    pub(crate) fn api<H, T>(mut self, operation: Operation, handler: H) -> Self
    where
        H: Handler<T, Arc<House>>,
        T: 'static,
    {
        let Operation { ref method, path, need, .. } = operation;
        let filter = if *method == Method::GET { MethodFilter::GET } else { MethodFilter::POST };
        let method = method.clone();
        self.operations.push(operation);
        self.door(method, path, need, routed(filter, called(handler)))
    }

    /// What the description of the API is made of.
    pub(crate) fn operations(&self) -> &[Operation] {
        &self.operations
    }

    fn door(mut self, method: Method, path: &'static str, need: Need, handler: MethodRouter<Arc<House>>) -> Self {
        self.routes.push((Door { method, path, need, paced: false, at_once: 0, a_day: 0 }, handler));
        self
    }

    /// The door added last takes a secret: one address may knock only so often.
    #[must_use]
    pub fn paced(self) -> Self {
        self.paced_to(AT_ONCE)
    }

    /// The door added last takes a secret, and nobody has reason to knock more often than this in one go.
    #[must_use]
    pub fn paced_to(mut self, at_once: u32) -> Self {
        if let Some((door, _)) = self.routes.last_mut() {
            (door.paced, door.at_once) = (true, at_once);
        }
        self
    }

    /// Whoever comes faster than this to the door added last, or more often on a day, is let in with a
    /// `Turn` that says when to come back.
    #[must_use]
    pub fn queued(self, at_once: u32, a_day: u32) -> Self {
        let mut doors = self.paced_to(at_once);
        if let Some((door, _)) = doors.routes.last_mut() {
            door.a_day = a_day;
        }
        doors
    }

    /// Every door, in the order it was added.
    pub fn list(&self) -> impl Iterator<Item = &Door> {
        self.routes.iter().map(|(door, _)| door)
    }

    /// The router, each route behind its guard.
    pub(crate) fn into_router(self, house: &Arc<House>) -> Router {
        let mut router = Router::new();
        for (door, handler) in self.routes {
            let guarded = handler.route_layer(from_fn_with_state(door.need, guard));
            let paced = if door.a_day > 0 {
                let before = Queue::new(house.behind_proxy, door.at_once, door.a_day);
                guarded.route_layer(from_fn_with_state(Arc::new(before), queue))
            } else if door.paced {
                guarded.route_layer(pace(house.behind_proxy, door.at_once))
            } else {
                guarded
            };
            router = router.route(door.path, paced);
        }
        router.with_state(Arc::clone(house))
    }
}

/// A handler whose own type is forgotten.
type Called = Arc<dyn Fn(Request, Arc<House>) -> Pin<Box<dyn Future<Output = Response> + Send>> + Send + Sync>;

/// Forgets the type of a handler: what the router makes of one is compiled once and not for each. With each one's
/// own type the compiler follows every future within it again and again, for minutes.
fn called<H, T>(handler: H) -> Called
where
    H: Handler<T, Arc<House>>,
    T: 'static,
{
    Arc::new(move |request, house| Box::pin(handler.clone().call(request, house)))
}

fn routed(filter: MethodFilter, called: Called) -> MethodRouter<Arc<House>> {
    on(filter, move |State(house): State<Arc<House>>, request: Request| called(request, house))
}

async fn guard(State(need): State<Need>, request: Request, next: Next) -> Response {
    let Some(visit) = request.extensions().get::<Visit>() else {
        return Refusal::broken(&"a request came past the gate").into_response();
    };
    match need {
        Need::Public => {}
        _ if visit.actor.account.is_none() && !visit.actor.program && api::is_inside(&visit.path) => {
            return Refusal::no_token().into_response();
        }
        _ if visit.actor.account.is_none() && !visit.actor.program => {
            return match *request.method() {
                Method::GET => {
                    let here = request.uri().path_and_query().map_or("/", |path| path.as_str());
                    Redirect::to(&urls::sign_in(here)).into_response()
                }
                _ => Redirect::to(&urls::sign_in("/noi-bo")).into_response(),
            };
        }
        Need::SignedIn => {}
        Need::May(permission) if visit.actor.may(permission, visit.today) => {}
        Need::May(permission) => {
            return Refusal::denied(&office::Denied { permission }).into_response();
        }
    }
    next.run(request).await
}
