//! Targets: the list, one indicator with its figures, its definitions and its aim, the form of one value, the steps
//! a value takes.

mod aim;
mod cell;
mod define;
mod followed;
pub(crate) mod list;
mod show;
mod steps;

pub(crate) use cell::url as cell_url;
use kernel::Permission;
use office::targets::figures::{Figure, Parts};
use office::targets::{Amount, Counting, TargetsError};

use crate::doors::{Doors, Need};
use crate::page::Refusal;
use crate::say::Lang;

/// The doors of this room.
pub fn doors(doors: Doors) -> Doors {
    let plan = Need::May(Permission::ReadPlan);
    let read = Need::May(Permission::ReadTargets);
    let manage = Need::May(Permission::ManageTargets);
    let enter = Need::May(Permission::EnterValues);
    let approve = Need::May(Permission::ApproveValues);
    let whole = Need::May(Permission::ApproveTargets);
    doors
        .get("/noi-bo/chi-tieu", plan, list::show)
        .post("/noi-bo/chi-tieu", manage, define::create)
        .get("/noi-bo/chi-tieu/moi", manage, define::new)
        .post("/noi-bo/chi-tieu/quy-dinh", manage, list::set)
        .get("/noi-bo/chi-tieu/theo-doi", read, followed::show)
        .get("/noi-bo/chi-tieu/{indicator}", plan, show::show)
        .get("/noi-bo/chi-tieu/{indicator}/cach-tinh", manage, define::edit)
        .post("/noi-bo/chi-tieu/{indicator}/cach-tinh", manage, define::change)
        .get("/noi-bo/chi-tieu/{indicator}/dich", manage, aim::edit)
        .post("/noi-bo/chi-tieu/{indicator}/dich", manage, aim::save)
        .get("/noi-bo/chi-tieu/{indicator}/nhap", read, cell::show)
        .post("/noi-bo/chi-tieu/{indicator}/nhap", enter, cell::save)
        .post("/noi-bo/chi-tieu/{indicator}/duyet", whole, steps::approve_period)
        .post("/noi-bo/chi-tieu/{indicator}/mo-lai", whole, steps::reopen_period)
        .post("/noi-bo/so-lieu/{value}/tep", enter, steps::attach)
        .get("/noi-bo/so-lieu/{value}/tep/{file}", read, steps::download)
        .post("/noi-bo/so-lieu/{value}/gui", enter, steps::submit)
        .post("/noi-bo/so-lieu/{value}/tra-lai", approve, steps::give_back)
        .post("/noi-bo/so-lieu/{value}/duyet", approve, steps::approve)
        .post("/noi-bo/so-lieu/{value}/mo-lai", approve, steps::reopen)
        .post("/noi-bo/so-lieu/{value}/theo-doi", read, steps::follow)
}

/// A refusal that is not a fault of a field.
#[expect(clippy::needless_pass_by_value, reason = "the last word of a `map_err`")]
pub(crate) fn refusal(error: TargetsError) -> Refusal {
    match &error {
        TargetsError::Denied(denied) => Refusal::denied(denied),
        TargetsError::Store(store) => Refusal::store(store),
        TargetsError::Elsewhere(what) => Refusal::broken(what),
        TargetsError::Unknown(_)
        | TargetsError::BadPeriod(_)
        | TargetsError::WrongPeriod { .. }
        | TargetsError::NotYet { .. } => Refusal::not_found(),
        TargetsError::OwnValue | TargetsError::OnlyUpper => Refusal::forbidden(&error),
        TargetsError::Missing(_)
        | TargetsError::NoClause
        | TargetsError::BadCode
        | TargetsError::CodeTaken { .. }
        | TargetsError::BadCounting(_)
        | TargetsError::NotANewYear { .. }
        | TargetsError::AlreadyEntered { .. }
        | TargetsError::YearOutside { .. }
        | TargetsError::NotOver { .. }
        | TargetsError::Computed
        | TargetsError::OutOfRange { .. }
        | TargetsError::Outlier { .. }
        | TargetsError::Changed
        | TargetsError::HandedIn
        | TargetsError::Locked { .. }
        | TargetsError::State { .. }
        | TargetsError::NoEvidence
        | TargetsError::LowerNotDone { .. }
        | TargetsError::UpperApproved { .. }
        | TargetsError::NotApproved
        | TargetsError::ShortReason { .. }
        | TargetsError::BadSetting(_)
        | TargetsError::BadFile { .. } => Refusal::conflict(&error),
    }
}

/// An amount with its measuring unit: `95,5%`, `12 hồ sơ`.
pub(crate) fn shown(amount: Amount, how: &Counting) -> String {
    let space = if how.measured_in == "%" { "" } else { " " };
    format!("{}{space}{}", amount.show(how.places), how.measured_in)
}

/// A total, or a dash where nothing was reported: never zero.
pub(crate) fn total(figure: &Figure, how: &Counting) -> String {
    figure.total.map_or_else(|| "–".to_owned(), |amount| shown(amount, how))
}

/// How many reported, in words: `7/10 đã báo cáo`.
pub(crate) fn reported(l: Lang, figure: &Figure) -> String {
    if figure.expected == 0 {
        return String::new();
    }
    format!("{}/{} {}", figure.reported, figure.expected, l.t("đã báo cáo"))
}

/// What a formula counted: `45/50`; empty for a number alone.
pub(crate) fn parts(parts: Option<Parts>) -> String {
    let whole = |parts: Parts| {
        let whole = parts.whole?;
        Some(format!("{}/{}", kernel::numbers::whole(parts.part), kernel::numbers::whole(whole)))
    };
    parts.and_then(whole).unwrap_or_default()
}
