//! Notices: one's own list, what comes by mail, links in letters that work without signing in.

mod choices;
mod letters;
mod list;

use office::notices::NoticesError;

use crate::doors::{Doors, Need};
use crate::page::Refusal;

/// The beginning of links that stop mail.
pub const STOP: &str = "/thong-bao/ngung/";

/// So many links of letters may be tried in one go.
const LINKS_AT_ONCE: u32 = 20;

/// The doors of this room.
pub fn doors(doors: Doors) -> Doors {
    let own = Need::SignedIn;
    let all = Need::Public;
    doors
        .get("/noi-bo/thong-bao", own, list::show)
        .post("/noi-bo/thong-bao/da-doc", own, list::read_all)
        .get("/noi-bo/thong-bao/tuy-chon", own, choices::show)
        .post("/noi-bo/thong-bao/tuy-chon", own, choices::save)
        .post("/noi-bo/thong-bao/{notice}/mo", own, list::open)
        .get("/thong-bao/ngung/{link}", all, letters::ask)
        .paced_to(LINKS_AT_ONCE)
        .post("/thong-bao/ngung/{link}", all, letters::stop)
        .paced_to(LINKS_AT_ONCE)
        .get("/thong-bao/xac-nhan/{link}", all, letters::confirm)
        .paced_to(LINKS_AT_ONCE)
        .post("/thong-bao/xac-nhan/{link}", all, letters::confirmed)
        .paced_to(LINKS_AT_ONCE)
}

/// A refusal that is not a fault of a field.
#[expect(clippy::needless_pass_by_value, reason = "the last word of a `map_err`")]
fn refusal(error: NoticesError) -> Refusal {
    match &error {
        NoticesError::Denied(denied) => Refusal::denied(denied),
        NoticesError::Store(store) => Refusal::store(store),
        NoticesError::Unknown(_) | NoticesError::OddLink => Refusal::not_found(),
        NoticesError::OddAddress => Refusal::conflict(&error),
    }
}
