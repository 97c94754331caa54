//! The newsroom: the public column with its feed, sitemap and open data; inside, the stories from draft to archive.

mod article;
mod column;
mod feed;
mod list;
mod mine;
mod open_data;
mod show;
mod steps;
mod text;
mod write;

use kernel::{Permission, Timestamp, clock};
use office::newsroom::NewsroomError;

use crate::doors::{Doors, Need};
use crate::page::Refusal;

pub use column::{Card, newest};

/// The doors of this room.
pub fn doors(doors: Doors) -> Doors {
    internal(public(doors))
}

fn public(doors: Doors) -> Doors {
    let all = Need::Public;
    doors
        .get("/thong-tin-khen-thuong", all, column::list)
        .get("/thong-tin-khen-thuong/atom.xml", all, feed::atom)
        .get("/thong-tin-khen-thuong/anh/{picture}/{width}", all, article::picture)
        .get("/thong-tin-khen-thuong/{slug}", all, article::show)
        .get("/sitemap.xml", all, feed::sitemap)
        .get("/robots.txt", all, feed::robots)
        .get("/du-lieu-mo", all, open_data::show)
        .get("/du-lieu-mo/khen-thuong.csv", all, open_data::awards_csv)
        .get("/du-lieu-mo/khen-thuong.json", all, open_data::awards_json)
        .get("/du-lieu-mo/so-lieu.csv", all, open_data::figures_csv)
        .get("/du-lieu-mo/so-lieu.json", all, open_data::figures_json)
}

fn internal(doors: Doors) -> Doors {
    let read = Need::May(Permission::ReadStories);
    let writes = Need::May(Permission::WriteStories);
    let review = Need::May(Permission::ReviewStories);
    doors
        .get("/noi-bo/chuyen-muc", read, list::show)
        .get("/noi-bo/chuyen-muc/moi", writes, write::new)
        .post("/noi-bo/chuyen-muc/moi", writes, write::create)
        .get("/noi-bo/chuyen-muc/{story}", read, show::show)
        .get("/noi-bo/chuyen-muc/{story}/sua", writes, write::edit)
        .post("/noi-bo/chuyen-muc/{story}/sua", writes, write::update)
        .get("/noi-bo/chuyen-muc/{story}/dinh-chinh", writes, write::correct)
        .post("/noi-bo/chuyen-muc/{story}/dinh-chinh", writes, write::propose)
        .post("/noi-bo/chuyen-muc/{story}/dinh-chinh/tu-choi", review, steps::refuse_correction)
        .post("/noi-bo/chuyen-muc/{story}/dinh-chinh/{correction}/duyet", review, steps::approve_correction)
        .post("/noi-bo/chuyen-muc/{story}/gui-duyet", writes, steps::submit)
        .post("/noi-bo/chuyen-muc/{story}/tra-lai", review, steps::give_back)
        .post("/noi-bo/chuyen-muc/{story}/duyet", review, steps::approve)
        .post("/noi-bo/chuyen-muc/{story}/go", read, steps::withdraw)
        .post("/noi-bo/chuyen-muc/{story}/luu-tru", writes, steps::archive)
        .post("/noi-bo/chuyen-muc/{story}/nguoi", writes, steps::add_subject)
        .post("/noi-bo/chuyen-muc/{story}/anh", writes, steps::add_picture)
        .post("/noi-bo/anh-trong-bai/{picture}/bo", writes, steps::remove_picture)
        .post("/noi-bo/nguoi-trong-bai/{subject}/bo", writes, steps::remove_subject)
        .post("/noi-bo/nguoi-trong-bai/{subject}/dong-y", writes, steps::consent)
        .post("/noi-bo/nguoi-trong-bai/{subject}/rut", read, steps::withdraw_consent)
        .get("/noi-bo/nguoi-trong-bai/{subject}/tep", read, steps::consent_file)
        .get("/noi-bo/bai-ve-toi", Need::SignedIn, mine::show)
        .post("/noi-bo/bai-ve-toi/{subject}/rut", Need::SignedIn, mine::withdraw)
}

/// The day and hour in Việt Nam, as the screen shows it.
fn moment(at: Timestamp) -> String {
    clock::civil_of(at).strftime("%H:%M, %d/%m/%Y").to_string()
}

/// A refusal that is not a fault of a field.
#[expect(clippy::needless_pass_by_value, reason = "the last word of a `map_err`")]
pub(crate) fn refusal(error: NewsroomError) -> Refusal {
    match &error {
        NewsroomError::Denied(denied) => Refusal::denied(denied),
        NewsroomError::Store(store) => Refusal::store(store),
        NewsroomError::Unknown(_) => Refusal::not_found(),
        NewsroomError::OwnStory => Refusal::forbidden(&error),
        NewsroomError::Missing { .. }
        | NewsroomError::TooLong { .. }
        | NewsroomError::NoClause
        | NewsroomError::NotIssued
        | NewsroomError::State { .. }
        | NewsroomError::GivesAway { .. }
        | NewsroomError::NoConsent { .. }
        | NewsroomError::NoSubject
        | NewsroomError::Unlisted { .. }
        | NewsroomError::NoEvidence
        | NewsroomError::FutureConsent
        | NewsroomError::PastHour
        | NewsroomError::NoAlt { .. }
        | NewsroomError::BadPicture { .. }
        | NewsroomError::BadFile { .. }
        | NewsroomError::TooManyPictures { .. }
        | NewsroomError::ShortWords { .. }
        | NewsroomError::NothingChanged
        | NewsroomError::AlreadyWithdrawn => Refusal::conflict(&error),
    }
}
