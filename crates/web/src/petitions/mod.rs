//! Petitions: the portal, the page of a receipt code, published answers; the inbox and one petition inside.

mod inbox;
mod obstacles;
mod portal;
mod published;
mod register;
mod show;
mod steps;
mod templates;
mod track;

use kernel::Permission;
use office::petitions::PetitionsError;

use crate::doors::{Doors, Need};
use crate::page::Refusal;

/// So many receipt codes may be tried in one go: less than anybody needs to guess, more than anybody has.
const CODES_AT_ONCE: u32 = 15;
/// So many letters may be begun or sent in one go from one address.
const LETTERS_AT_ONCE: u32 = 20;
/// So many letters may be sent on a day from one address: a whole hall at a dialogue behind one connection.
const LETTERS_A_DAY: u32 = 200;

/// The doors of this room.
pub fn doors(doors: Doors) -> Doors {
    internal(public(doors))
}

fn public(doors: Doors) -> Doors {
    let all = Need::Public;
    doors
        .get("/phan-anh", all, portal::home)
        .get("/phan-anh/gui", all, portal::explain)
        .post("/phan-anh/gui", all, portal::begin)
        .paced_to(LETTERS_AT_ONCE)
        .get("/phan-anh/gui/{key}/{step}", all, portal::step)
        .paced()
        .post("/phan-anh/gui/{key}/{step}", all, portal::write)
        .paced()
        .post("/phan-anh/gui/{key}/tep", all, portal::attach)
        .paced_to(LETTERS_AT_ONCE)
        .post("/phan-anh/gui/{key}/tep/{file}/bo", all, portal::detach)
        .paced()
        .post("/phan-anh/gui/{key}/xong", all, portal::send)
        .queued(LETTERS_AT_ONCE, LETTERS_A_DAY)
        .get("/phan-anh/tra-cuu", all, track::ask)
        .post("/phan-anh/tra-cuu", all, track::go)
        .get("/phan-anh/tra-cuu/{code}", all, track::show)
        .paced_to(CODES_AT_ONCE)
        .post("/phan-anh/tra-cuu/{code}/{petition}/bo-sung", all, track::supply)
        .paced_to(CODES_AT_ONCE)
        .post("/phan-anh/tra-cuu/{code}/{petition}/rut", all, track::withdraw)
        .paced_to(CODES_AT_ONCE)
        .post("/phan-anh/tra-cuu/{code}/{petition}/danh-gia", all, track::rate)
        .paced_to(CODES_AT_ONCE)
        .post("/phan-anh/tra-cuu/{code}/{petition}/chua-dong-y", all, track::disagree)
        .paced_to(CODES_AT_ONCE)
        .get("/phan-anh/da-tra-loi", all, published::list)
        .get("/phan-anh/da-tra-loi/{petition}", all, published::show)
}

fn internal(doors: Doors) -> Doors {
    let read = Need::May(Permission::ReadPetitions);
    let register = Need::May(Permission::RegisterPetitions);
    let answer = Need::May(Permission::AnswerPetitions);
    let sign = Need::May(Permission::SignPetitions);
    doors
        .get("/noi-bo/kien-nghi", read, inbox::list)
        .get("/noi-bo/kien-nghi/so-tiep-nhan.xlsx", register, inbox::sheet)
        .get("/noi-bo/kien-nghi/so-tiep-nhan.pdf", register, inbox::print)
        .post("/noi-bo/kien-nghi/thoi-han", sign, inbox::set)
        .get("/noi-bo/kien-nghi/moi", register, register::new)
        .post("/noi-bo/kien-nghi/moi", register, register::create)
        .get("/noi-bo/vuong-mac", read, obstacles::list)
        .post("/noi-bo/vuong-mac", register, obstacles::create)
        .get("/noi-bo/vuong-mac/{obstacle}", read, obstacles::show)
        .post("/noi-bo/vuong-mac/{obstacle}/vu-viec", register, obstacles::gather)
        .post("/noi-bo/vuong-mac/{obstacle}/trinh", register, obstacles::propose)
        .post("/noi-bo/vuong-mac/{obstacle}/quyet-dinh", sign, obstacles::decide)
        .get("/noi-bo/mau-tra-loi", answer, templates::list)
        .post("/noi-bo/mau-tra-loi", answer, templates::create)
        .post("/noi-bo/mau-tra-loi/{template}", answer, templates::update)
        .post("/noi-bo/mau-tra-loi/{template}/bo", answer, templates::withdraw)
        .get("/noi-bo/kien-nghi/{petition}", read, show::show)
        .get("/noi-bo/kien-nghi/{petition}/tep/{file}", read, show::download)
        .post("/noi-bo/kien-nghi/{petition}/nguoi-gui", register, steps::complete)
        .post("/noi-bo/kien-nghi/{petition}/tach", register, steps::split)
        .post("/noi-bo/kien-nghi/{petition}/phan-loai", register, steps::sort)
        .post("/noi-bo/kien-nghi/{petition}/khong-nhan", register, steps::refuse)
        .post("/noi-bo/kien-nghi/{petition}/hoi", read, steps::ask)
        .post("/noi-bo/kien-nghi/{petition}/bo-sung", register, steps::supply)
        .post("/noi-bo/kien-nghi/{petition}/giao", register, steps::assign)
        .post("/noi-bo/kien-nghi/{petition}/tra-lai", answer, steps::give_back)
        .post("/noi-bo/kien-nghi/{petition}/y-kien", answer, steps::opine)
        .post("/noi-bo/kien-nghi/{petition}/chuyen", register, steps::pass_on)
        .post("/noi-bo/kien-nghi/{petition}/thu-tuc-rieng", register, steps::hand_over)
        .post("/noi-bo/kien-nghi/{petition}/trung", register, steps::join)
        .post("/noi-bo/kien-nghi/{petition}/bo-trung", register, steps::separate)
        .post("/noi-bo/kien-nghi/{petition}/mau", answer, templates::fill)
        .post("/noi-bo/kien-nghi/{petition}/du-thao", answer, steps::draft)
        .post("/noi-bo/kien-nghi/{petition}/trinh", answer, steps::submit)
        .post("/noi-bo/kien-nghi/{petition}/tra-du-thao", sign, steps::send_back)
        .post("/noi-bo/kien-nghi/{petition}/ky", sign, steps::sign)
        .post("/noi-bo/kien-nghi/{petition}/cong-khai", register, steps::publish)
        .post("/noi-bo/kien-nghi/{petition}/dinh-chinh", register, steps::correct)
        .post("/noi-bo/kien-nghi/{petition}/an", register, steps::hide)
        .post("/noi-bo/kien-nghi/{petition}/hien", register, steps::reveal)
}

/// A refusal that is not a fault of a field.
pub(crate) fn refusal(error: PetitionsError) -> Refusal {
    match error {
        PetitionsError::Denied(denied) => Refusal::denied(&denied),
        PetitionsError::Store(store) => Refusal::store(&store),
        PetitionsError::Unknown(_) => Refusal::not_found(),
        PetitionsError::Draft(inner) => Refusal::broken(&inner),
        PetitionsError::NotNow { .. }
        | PetitionsError::Missing { .. }
        | PetitionsError::TooLong { .. }
        | PetitionsError::NotSorted
        | PetitionsError::Anonymous { .. }
        | PetitionsError::OddUnit { .. }
        | PetitionsError::OddDay { .. }
        | PetitionsError::NoTarget
        | PetitionsError::NoAnswer
        | PetitionsError::OwnAnswer
        | PetitionsError::GivesAway { .. }
        | PetitionsError::NoMoreDisagreement(_)
        | PetitionsError::Rated
        | PetitionsError::OddRating
        | PetitionsError::OutsideHours
        | PetitionsError::BadFile { .. }
        | PetitionsError::TooManyFiles { .. }
        | PetitionsError::ObstacleNow { .. }
        | PetitionsError::Locked => Refusal::conflict(&error),
    }
}
