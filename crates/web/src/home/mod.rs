//! The first pages: the public one, and what waits for whoever signed in.

mod dialogues;
mod fund;
mod initiatives;
mod inspections;
mod mine;
mod newsroom;
mod petitions;
mod programmes;
mod targets;
mod tasks;

use askama::Template;

use crate::doors::{Doors, Need};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, show};

/// The doors of this room.
pub fn doors(doors: Doors) -> Doors {
    doors.get("/", Need::Public, public).get("/noi-bo", Need::SignedIn, mine::mine).get("/song", Need::Public, alive)
}

#[derive(Template)]
#[template(path = "home/public.html")]
struct PublicPage {
    frame: Frame,
    stories: Vec<crate::newsroom::Card>,
}

/// How many stories stand on the front page.
const STORIES: i64 = 3;

async fn public(here: Here) -> Answer {
    let stories = crate::newsroom::newest(&here, STORIES).await?;
    Ok(show(&PublicPage { frame: here.frame(here.visit.lang.t("Trang chủ"), Place::None), stories }))
}

/// For whatever watches the server: the database answers.
async fn alive(here: Here) -> Answer {
    use axum::response::IntoResponse as _;
    here.ctx().read().await.map_err(|error| crate::page::Refusal::store(&error))?;
    Ok("ok".into_response())
}
