//! The reward fund: the book of a year, one entry, what is written into it.

mod book;
mod entries;

use kernel::Permission;
use office::fund::FundError;

use crate::doors::{Doors, Need};
use crate::page::Refusal;

/// The doors of this room.
pub fn doors(doors: Doors) -> Doors {
    let read = Need::May(Permission::ReadFund);
    let keep = Need::May(Permission::KeepFund);
    doors
        .get("/noi-bo/quy-khen-thuong", read, book::show)
        .post("/noi-bo/quy-khen-thuong", keep, entries::create)
        .get("/noi-bo/quy-khen-thuong/so.xlsx", read, book::sheet)
        .post("/noi-bo/quy-khen-thuong/khoa-so", keep, entries::close)
        .post("/noi-bo/quy-khen-thuong/thu-hoi", keep, entries::recover)
        .post("/noi-bo/quy-khen-thuong/thiet-lap", keep, entries::set)
        .get("/noi-bo/quy-khen-thuong/{entry}", read, entries::show)
        .post("/noi-bo/quy-khen-thuong/{entry}/dao", keep, entries::reverse)
}

/// A refusal that is not a fault of a field.
pub(crate) fn refusal(error: FundError) -> Refusal {
    match error {
        FundError::Denied(denied) => Refusal::denied(&denied),
        FundError::Store(store) => Refusal::store(&store),
        FundError::Decisions(inner) => crate::decisions::refusal(inner),
        FundError::Unknown(_) => Refusal::not_found(),
        FundError::OddAmount { .. }
        | FundError::OddDay { .. }
        | FundError::OtherYear { .. }
        | FundError::OddPlanYear { .. }
        | FundError::YearClosed { .. }
        | FundError::BeforeBook { .. }
        | FundError::OpeningTwice { .. }
        | FundError::OpeningLate { .. }
        | FundError::NotTyped { .. }
        | FundError::DocumentMissing
        | FundError::SameDocument { .. }
        | FundError::WordsMissing
        | FundError::ShortReason { .. }
        | FundError::AlreadyReversed { .. }
        | FundError::IsReversal { .. }
        | FundError::YearRuns { .. }
        | FundError::EarlierOpen { .. }
        | FundError::NoBook { .. }
        | FundError::NothingToClaim
        | FundError::OddSetting(_) => Refusal::conflict(&error),
    }
}
