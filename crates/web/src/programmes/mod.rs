//! The launch, programmes of units, covenants.

mod covenants;
mod edit;
mod launches;
mod overview;
mod programme;

use kernel::{Permission, Timestamp};
use office::House;
use office::movements::Kind;
use office::programmes::ProgrammesError;

use crate::doors::{Doors, Need};
use crate::form::{Choice, Form};
use crate::page::Refusal;

/// The doors of this room.
pub fn doors(doors: Doors) -> Doors {
    let read = Need::May(Permission::ReadPlan);
    let launch = Need::May(Permission::LaunchMovement);
    let write = Need::May(Permission::WriteProgramme);
    let approve = Need::May(Permission::ApproveProgramme);
    doors
        .get("/noi-bo/phat-dong", read, launches::list)
        .post("/noi-bo/phat-dong", launch, launches::create)
        .get("/noi-bo/phat-dong/{launch}", read, launches::show)
        .post("/noi-bo/phat-dong/{launch}/nhac", launch, launches::remind)
        .get("/noi-bo/chuong-trinh", read, overview::show)
        .get("/noi-bo/chuong-trinh/danh-sach.xlsx", read, overview::sheet)
        .post("/noi-bo/chuong-trinh/do-dai-ly-do", approve, overview::set_shortest_reason)
        .get("/noi-bo/chuong-trinh/{unit}", read, programme::show)
        .get("/noi-bo/chuong-trinh/{unit}/ban/{number}", read, programme::show_edition)
        .get("/noi-bo/chuong-trinh/{unit}/ban/{number}/chuong-trinh.pdf", read, programme::pdf)
        .get("/noi-bo/chuong-trinh/{unit}/soan", write, edit::edit)
        .post("/noi-bo/chuong-trinh/{unit}/soan", write, edit::update)
        .post("/noi-bo/chuong-trinh/{unit}/gui", write, programme::submit)
        .post("/noi-bo/chuong-trinh/{unit}/sua-doi", write, programme::amend)
        .post("/noi-bo/chuong-trinh/{unit}/duyet", approve, programme::approve)
        .post("/noi-bo/chuong-trinh/{unit}/tra-lai", approve, programme::give_back)
        .get("/noi-bo/giao-uoc", read, covenants::list)
        .post("/noi-bo/giao-uoc", launch, covenants::create)
        .get("/noi-bo/giao-uoc/{covenant}", read, covenants::show)
        .post("/noi-bo/giao-uoc/{covenant}", launch, covenants::change)
        .post("/noi-bo/giao-uoc/{covenant}/ky", write, covenants::sign)
}

/// A refusal that is not a fault of a field.
#[expect(clippy::needless_pass_by_value, reason = "the last word of a `map_err`")]
pub fn refusal(error: ProgrammesError) -> Refusal {
    match &error {
        ProgrammesError::Denied(denied) => Refusal::denied(denied),
        ProgrammesError::Store(store) => Refusal::store(store),
        ProgrammesError::Unknown(_) => Refusal::not_found(),
        ProgrammesError::Paper(_) => Refusal::broken(&error),
        ProgrammesError::UnderReview => Refusal::forbidden(&error),
        ProgrammesError::InForce
        | ProgrammesError::NotWaiting { .. }
        | ProgrammesError::NothingToAmend
        | ProgrammesError::Incomplete { .. }
        | ProgrammesError::NoClause { .. }
        | ProgrammesError::NoTask { .. }
        | ProgrammesError::OwnProgramme
        | ProgrammesError::ShortReason { .. }
        | ProgrammesError::OddLength { .. }
        | ProgrammesError::TakesNoPart { .. }
        | ProgrammesError::NoUnits
        | ProgrammesError::DueBefore
        | ProgrammesError::DayOff
        | ProgrammesError::RemindedToday { .. }
        | ProgrammesError::NothingToRemind { .. }
        | ProgrammesError::TooFewUnits
        | ProgrammesError::EmptyCovenant
        | ProgrammesError::AlreadySigned
        | ProgrammesError::OldEdition => Refusal::conflict(&error),
    }
}

/// Day and time of an instant in Việt Nam.
fn when(at: Timestamp) -> String {
    at.to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(7))).strftime("%d/%m/%Y %H:%M").to_string()
}

/// The clauses that something may hang on, each with its first words.
fn clauses(house: &House) -> Vec<Choice> {
    let named = |clause: &office::movements::Clause| {
        let words: String = clause.text.chars().take(70).collect();
        let more = if clause.text.chars().count() > 70 { "…" } else { "" };
        Choice::new(&clause.id, format!("{} – {words}{more}", clause.id))
    };
    house.plan.clauses.iter().filter(|clause| clause.kind != Kind::Section).map(named).collect()
}

/// The names of the fields of one line of a form: clause, text, figure, day.
struct RowNames {
    clause: String,
    text: String,
    figure: String,
    day: String,
    number: usize,
}

/// The lines of a form: those that are filled, and some more to fill.
fn rows(form: &Form) -> Vec<RowNames> {
    const SPARE: usize = 3;
    let filled = (1..=MOST_ROWS).rev().find(|number| {
        ["khoan", "viec", "chi-tieu", "han"].iter().any(|field| !form.value(&format!("{field}-{number}")).is_empty())
    });
    let many = (filled.unwrap_or(0) + SPARE).min(MOST_ROWS);
    let names = |number: usize| RowNames {
        clause: format!("khoan-{number}"),
        text: format!("viec-{number}"),
        figure: format!("chi-tieu-{number}"),
        day: format!("han-{number}"),
        number,
    };
    (1..=many).map(names).collect()
}

/// More lines than any unit promises.
const MOST_ROWS: usize = 60;
