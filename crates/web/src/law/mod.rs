//! The law as data, for whoever wants to read it: rules, their versions and cases, the acts they rest on.
//!
//! Nothing here changes anything. What the Office adopts and confirms is done in `awards::bases`.

mod acts;
mod cases;
mod changes;
mod list;
mod rule;
mod timeline;
mod words;

use kernel::Permission;

use crate::doors::{Doors, Need};

pub use words::{attention, days_of};

/// The doors of this room.
pub fn doors(doors: Doors) -> Doors {
    let read = Need::May(Permission::ReadRules);
    doors
        .get("/noi-bo/luat", read, list::list)
        .get("/noi-bo/luat/van-ban", read, acts::list)
        .get("/noi-bo/luat/thay-doi", read, changes::show)
        .get("/noi-bo/luat/{rule}", read, rule::show)
        .post("/noi-bo/luat/{rule}", read, rule::weigh)
}
