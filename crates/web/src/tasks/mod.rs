//! Tasks: list, board, month, one task with what may be done to it, sheets, the feed for calendars.

mod edit;
mod feed;
mod list;
mod month;
mod sheets;
mod show;
mod steps;

use kernel::Permission;
use kernel::numbers::percent;
use office::House;
use office::movements::Kind;
use office::tasks::TasksError;
use office::tasks::queries::Listed;

use crate::doors::{Doors, Need};
use crate::form::Choice;
use crate::page::Refusal;
use crate::say::Lang;

/// The doors of this room.
pub fn doors(doors: Doors) -> Doors {
    let read = Need::May(Permission::ReadPlan);
    let assign = Need::May(Permission::AssignTasks);
    let accept = Need::May(Permission::AcceptTasks);
    doors
        .get("/noi-bo/nhiem-vu", read, list::show)
        .get("/noi-bo/nhiem-vu/bang", read, list::board)
        .get("/noi-bo/nhiem-vu/thang", read, month::show)
        .get("/noi-bo/nhiem-vu/danh-sach.xlsx", read, sheets::take_out)
        .get("/noi-bo/nhiem-vu/lich-cua-toi", read, feed::mine)
        .post("/noi-bo/nhiem-vu/lich-cua-toi", read, feed::make)
        .post("/noi-bo/nhiem-vu/lich-cua-toi/thu-hoi", read, feed::withdraw)
        .get("/noi-bo/nhiem-vu/moi", assign, edit::new)
        .post("/noi-bo/nhiem-vu/moi", assign, edit::create)
        .get("/noi-bo/nhiem-vu/nhap", assign, sheets::ask)
        .post("/noi-bo/nhiem-vu/nhap", assign, sheets::bring_in)
        .get("/noi-bo/nhiem-vu/mau.xlsx", assign, sheets::template)
        .get("/noi-bo/nhiem-vu/{task}", read, show::show)
        .get("/noi-bo/nhiem-vu/{task}/sua", assign, edit::edit)
        .post("/noi-bo/nhiem-vu/{task}/sua", assign, edit::update)
        .post("/noi-bo/nhiem-vu/{task}/doi-han", assign, steps::move_due)
        .post("/noi-bo/nhiem-vu/{task}/huy", assign, steps::cancel)
        .post("/noi-bo/nhiem-vu/{task}/lap-lai", assign, steps::repeat)
        .post("/noi-bo/nhiem-vu/{task}/thoi-lap", assign, steps::end_series)
        .post("/noi-bo/nhiem-vu/{task}/tep", read, steps::attach)
        .get("/noi-bo/nhiem-vu/{task}/tep/{file}", read, steps::download)
        .post("/noi-bo/nhiem-vu/{task}/bao-cao", read, steps::report)
        .post("/noi-bo/nhiem-vu/{task}/tra-lai", accept, steps::give_back)
        .post("/noi-bo/nhiem-vu/{task}/nghiem-thu", accept, steps::accept)
        .get("/lich-viec/{secret}/nhiem-vu.ics", Need::Public, feed::calendar)
        .paced()
}

/// A refusal that is not a fault of a field.
#[expect(clippy::needless_pass_by_value, reason = "the last word of a `map_err`")]
pub(crate) fn refusal(error: TasksError) -> Refusal {
    match &error {
        TasksError::Denied(denied) => Refusal::denied(denied),
        TasksError::Store(store) => Refusal::store(store),
        TasksError::Sheet(sheet) => Refusal::broken(sheet),
        TasksError::Unknown(_) => Refusal::not_found(),
        TasksError::OwnWork => Refusal::forbidden(&error),
        TasksError::NoClause
        | TasksError::NoTitle
        | TasksError::OddWeight { .. }
        | TasksError::UnitEnded
        | TasksError::DueBefore { .. }
        | TasksError::SameDay
        | TasksError::ShortReason { .. }
        | TasksError::NoEvidence { .. }
        | TasksError::State { .. }
        | TasksError::OpenChildren { .. }
        | TasksError::TooDeep { .. }
        | TasksError::BadFile { .. }
        | TasksError::OddEnd { .. }
        | TasksError::NoPerson => Refusal::conflict(&error),
    }
}

/// Days early or late in words; empty when there is nothing to say yet.
pub(crate) fn early(l: Lang, days: Option<i64>) -> String {
    match days {
        None => String::new(),
        Some(0) => l.t("đúng hạn").to_owned(),
        Some(days) if days > 0 => format!("{} {days} {}", l.t("sớm"), l.t("ngày")),
        Some(days) => format!("{} {} {}", l.t("muộn"), -days, l.t("ngày")),
    }
}

/// Progress in percent; empty for a task that was called off.
fn done(listed: &Listed) -> String {
    listed.progress.map(percent).unwrap_or_default()
}

/// The clauses that something may hang on, each with its first words.
pub(crate) fn clauses(house: &House) -> Vec<Choice> {
    let named = |clause: &office::movements::Clause| {
        let words: String = clause.text.chars().take(70).collect();
        let more = if clause.text.chars().count() > 70 { "…" } else { "" };
        Choice::new(&clause.id, format!("{} – {words}{more}", clause.id))
    };
    house.plan.clauses.iter().filter(|clause| clause.kind != Kind::Section).map(named).collect()
}
