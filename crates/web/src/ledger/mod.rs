//! The ledger: the auditor's page.

mod subjects;
pub(crate) mod verbs;

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Query;
use kernel::Permission;
use kernel::id::AccountId;
use office::ledger::model::{Unreadable, Verification};
use office::ledger::queries::{self, Filter, LedgerError};
use office::ledger::{Entry, service};
use serde::Deserialize;

use crate::doors::{Doors, Need};
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, show as page};
use crate::say::Lang;
use crate::urls;

/// How many entries stand on a page.
const PAGE: usize = 50;

/// The doors of this room.
pub fn doors(doors: Doors) -> Doors {
    let read = Need::May(Permission::ReadLedger);
    doors.get("/noi-bo/nhat-ky", read, list).post("/noi-bo/nhat-ky/kiem-tra", read, verify)
}

/// What the list is narrowed to.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    viec: String,
    #[serde(default)]
    doi_tuong: String,
    #[serde(default)]
    tai_khoan: String,
    /// The whole id of one thing.
    #[serde(default)]
    ma: String,
    /// The first day.
    #[serde(default)]
    tu: String,
    /// The last day.
    #[serde(default)]
    den: String,
    truoc: Option<i64>,
}

struct Line {
    seq: i64,
    at: String,
    who: String,
    /// What was done, in words; the code where there are none yet.
    action: String,
    /// The same as its code, for the details.
    code: String,
    subject: String,
    /// The whole id of what it was done to.
    id: String,
    /// All that the ledger has about that one.
    about: String,
    ground: String,
    fields: Vec<(String, String)>,
    hash: String,
}

/// The actions of a room, to choose from.
struct Room {
    name: String,
    actions: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "ledger/list.html")]
struct LedgerPage {
    frame: Frame,
    form: Form,
    actions: Vec<Room>,
    subjects: Vec<Choice>,
    accounts: Vec<Choice>,
    lines: Vec<Line>,
    older: Option<String>,
    verification: Option<(Verification, Vec<String>)>,
}

/// A moment in Việt Nam, as lists show it.
pub(crate) fn moment(at: kernel::Timestamp) -> String {
    at.to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(7))).strftime("%d/%m/%Y %H:%M").to_string()
}

async fn list(here: Here, Query(asked): Query<Asked>) -> Answer {
    let found = ledger_page(&here, asked, None).await?;
    Ok(if found.form.is_good() { page(&found) } else { mend(&found) })
}

async fn verify(here: Here) -> Answer {
    here.ctx().may(Permission::ReadLedger).map_err(|denied| Refusal::denied(&denied))?;
    let found = service::verify(&here.house.db, &here.house.keys).await.map_err(|error| Refusal::store(&error))?;
    let mut tx = here.house.db.read().await.map_err(|error| Refusal::store(&error))?;
    let altered = office::audit::altered(&mut tx, &here.house.keys).await.map_err(|error| Refusal::store(&error))?;
    drop(tx);
    Ok(page(&ledger_page(&here, Asked::default(), Some((found, altered))).await?))
}

async fn ledger_page(
    here: &Here,
    asked: Asked,
    verification: Option<(Verification, Vec<String>)>,
) -> Result<LedgerPage, Refusal> {
    let ctx = here.ctx();
    let typed = |text: &str| Some(kernel::text::clean_line(text)).filter(|text| !text.is_empty());
    let mut form = Form::filled([
        ("viec", asked.viec.clone()),
        ("doi_tuong", asked.doi_tuong.clone()),
        ("tai_khoan", asked.tai_khoan.clone()),
        ("ma", asked.ma.clone()),
        ("tu", asked.tu.clone()),
        ("den", asked.den.clone()),
    ]);
    let (first, last) = (form.day("tu"), form.day("den"));
    let filter = Filter {
        before: asked.truoc,
        action: typed(&asked.viec),
        subject: typed(&asked.doi_tuong),
        subject_id: typed(&asked.ma),
        account: asked.tai_khoan.parse::<AccountId>().ok(),
        from: first.map(beginning),
        until: last.map(|day| day.tomorrow().map_or(kernel::Timestamp::MAX, beginning)),
    };
    let limit = i64::try_from(PAGE + 1).unwrap_or(i64::MAX);
    let mut entries = match form.is_good() {
        true => queries::listed(&ctx, &filter, limit).await.map_err(refusal)?,
        false => Vec::new(),
    };
    let names = office::identity::queries::names(&ctx).await.map_err(|error| crate::identity::refusal(&error))?;
    let more = entries.len() > PAGE;
    entries.truncate(PAGE);
    let older = entries.last().filter(|_| more).map(|last| older(&asked, place(last)));
    let l = here.visit.lang;
    let line = |entry: Result<Entry, Unreadable>| match entry {
        Ok(entry) => line(l, &names, entry),
        Err(row) => unreadable(l, row),
    };
    let mut accounts: Vec<Choice> = names.iter().map(|(id, name)| Choice::new(id, name)).collect();
    accounts.sort_by_cached_key(|choice| kernel::text::name_sort_key(&choice.words));
    let lines = entries.into_iter().map(line).collect();
    Ok(LedgerPage {
        frame: here.frame(l.t("Nhật ký"), Place::Ledger).faulty(!form.is_good()),
        actions: actions(l, form.value("viec")),
        subjects: subject_kinds(l, form.value("doi_tuong")),
        form,
        accounts,
        lines,
        older,
        verification,
    })
}

/// The moment at which a day begins in Việt Nam.
fn beginning(day: kernel::Date) -> kernel::Timestamp {
    kernel::clock::instant_of(day, jiff::civil::Time::midnight())
}

/// The place of an entry, or of what stands there.
fn place(row: &Result<Entry, Unreadable>) -> i64 {
    row.as_ref().map_or_else(|row| row.seq, |entry| entry.seq)
}

/// The address of the page that follows this place, narrowed as this one is.
fn older(asked: &Asked, before: i64) -> String {
    let narrowed = [
        ("viec", &asked.viec),
        ("doi_tuong", &asked.doi_tuong),
        ("tai_khoan", &asked.tai_khoan),
        ("ma", &asked.ma),
        ("tu", &asked.tu),
        ("den", &asked.den),
    ];
    let narrowed: Vec<String> = narrowed.map(|(name, value)| format!("{name}={}", urls::encode(value))).into();
    format!("/noi-bo/nhat-ky?{}&truoc={before}", narrowed.join("&"))
}

/// An entry as a line of the list.
fn line(l: Lang, names: &BTreeMap<AccountId, String>, entry: Entry) -> Line {
    Line {
        seq: entry.seq,
        at: moment(entry.at),
        who: entry.account.and_then(|id| names.get(&id).cloned()).unwrap_or(entry.actor),
        action: l.t(verbs::name_vi(&entry.action).unwrap_or(&entry.action)).to_owned(),
        code: entry.action,
        subject: format!(
            "{} {}",
            l.t(subjects::name_vi(&entry.subject).unwrap_or(&entry.subject)),
            short(&entry.subject_id)
        ),
        about: format!(
            "/noi-bo/nhat-ky?doi_tuong={}&ma={}",
            urls::encode(&entry.subject),
            urls::encode(&entry.subject_id)
        ),
        id: entry.subject_id,
        ground: entry.ground.unwrap_or_default(),
        fields: entry.fields.into_iter().collect(),
        hash: entry.hash.iter().take(6).map(|byte| format!("{byte:02x}")).collect(),
    }
}

/// A row that is no entry, in its place: the auditor sees that something stands there.
fn unreadable(l: Lang, row: Unreadable) -> Line {
    Line {
        seq: row.seq,
        at: String::new(),
        who: String::new(),
        action: l.t("Mục không đọc được").to_owned(),
        code: String::new(),
        subject: String::new(),
        id: String::new(),
        about: String::new(),
        ground: row.what,
        fields: Vec::new(),
        hash: String::new(),
    }
}

/// The actions in words, by room. An address may ask for a code that is not among them: it stays chosen as it is.
fn actions(l: Lang, asked: &str) -> Vec<Room> {
    let words = |actions: Vec<(&str, &str)>| -> Vec<Choice> {
        actions.into_iter().map(|(code, name)| Choice::new(code, l.t(name))).collect()
    };
    let mut rooms: Vec<Room> =
        verbs::by_room().map(|(name, actions)| Room { name: l.t(name).to_owned(), actions: words(actions) }).collect();
    if !asked.is_empty() && !rooms.iter().flat_map(|room| &room.actions).any(|one| one.value == asked) {
        rooms.push(Room { name: l.t("Mã việc khác").to_owned(), actions: vec![Choice::new(asked, asked)] });
    }
    rooms
}

/// The kinds of subjects in words; a code of an address that is not among them stays chosen as it is.
fn subject_kinds(l: Lang, asked: &str) -> Vec<Choice> {
    let mut kinds: Vec<Choice> = subjects::offered().map(|(code, name)| Choice::new(code, l.t(name))).collect();
    kinds.sort_by_cached_key(|kind| kernel::text::sort_key(&kind.words));
    if !asked.is_empty() && !kinds.iter().any(|kind| kind.value == asked) {
        kinds.push(Choice::new(asked, asked));
    }
    kinds
}

/// The end of an id, which tells things apart on a page; ids of one hour begin alike.
fn short(id: &str) -> String {
    match id.char_indices().rev().nth(7) {
        Some((at, _)) if at > 5 => format!("…{}", &id[at..]),
        _ => id.to_owned(),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the last word of a `map_err`")]
pub(crate) fn refusal(error: LedgerError) -> Refusal {
    match &error {
        LedgerError::Denied(denied) => Refusal::denied(denied),
        LedgerError::Store(store) => Refusal::store(store),
    }
}
