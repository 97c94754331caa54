//! Writing the book: entries, counter-entries, bonuses paid and come back, the end of a year.

use kernel::numbers::{Dong, parse_decimal, short_date};
use kernel::{Date, Permission};

use super::decision::Ledger;
use super::model::{Closing, Entry, EntryId, Kind, Settings, Side};
use super::{FundError, queries, store};
use crate::db::Tx;
use crate::decisions::{self, LineId};
use crate::{Ctx, ledger};

/// The least letters of a reason that is kept.
pub const SHORTEST_REASON: usize = 10;

/// The most that one entry takes: far beyond any fund, near enough to catch a slip of the finger.
pub const LARGEST: Dong = Dong(1_000_000_000_000);

/// An entry about to be written.
#[derive(Debug, Clone)]
pub struct NewEntry {
    /// What it is.
    pub kind: Kind,
    /// The year of the book; none for the year of its day.
    pub year: Option<i16>,
    /// How much.
    pub amount: Dong,
    /// The day the money moved, or the plan was made.
    pub on: Date,
    /// The document.
    pub document: String,
    /// For what.
    pub words: String,
}

/// The book, taken: nobody else writes into it until this transaction is over.
async fn taken(tx: &mut Tx) -> Result<Ledger, FundError> {
    store::take(tx).await?;
    queries::load(tx).await
}

fn reasoned(reason: &str) -> Result<String, FundError> {
    kernel::text::reason(reason, SHORTEST_REASON).map_err(|short| FundError::ShortReason { least: short.least })
}

fn past(ctx: &Ctx<'_>, on: Date) -> Result<(), FundError> {
    if on > ctx.today() {
        return Err(FundError::OddDay { day: short_date(on), today: short_date(ctx.today()) });
    }
    Ok(())
}

/// The year whose book takes an entry: that of its day; a plan is made for its own year or the next.
fn year_of(new: &NewEntry) -> Result<i16, FundError> {
    let own = new.on.year();
    match (new.year, new.kind.side()) {
        (None, _) => Ok(own),
        (Some(year), Side::Plan) if year == own || year == own + 1 => Ok(year),
        (Some(year), Side::Plan) => Err(FundError::OddPlanYear { year, day: short_date(new.on) }),
        (Some(year), _) if year == own => Ok(year),
        (Some(year), _) => Err(FundError::OtherYear { day: short_date(new.on), year }),
    }
}

/// Writes an entry.
///
/// # Errors
/// When the amount or the day cannot be, the year is closed, the document or the words are missing, or a
/// balance is brought into a book that has begun.
pub async fn enter(ctx: &Ctx<'_>, new: &NewEntry) -> Result<EntryId, FundError> {
    ctx.may(Permission::KeepFund)?;
    if !new.kind.is_typed() {
        return Err(FundError::NotTyped { kind: new.kind.name_vi() });
    }
    if new.amount <= Dong(0) || new.amount > LARGEST {
        return Err(FundError::OddAmount { most: LARGEST });
    }
    past(ctx, new.on)?;
    let year = year_of(new)?;
    let document = documented(&new.document)?;
    let words = kernel::text::clean_line(&new.words);
    if words.is_empty() {
        return Err(FundError::WordsMissing);
    }
    let mut tx = ctx.begin().await?;
    let book = taken(&mut tx).await?;
    book.must_take(year)?;
    if new.kind == Kind::Opening {
        book.must_open(year)?;
    }
    // One document may carry several entries, but not one and the same twice.
    let same = book.entries.iter().find(|one| {
        (one.kind, one.amount, one.on, &one.document) == (new.kind, new.amount, new.on, &document)
            && one.reverses.is_none()
            && book.reversal_of(one.id).is_none()
    });
    if let Some(same) = same {
        return Err(FundError::SameDocument { document, number: number_text(same) });
    }
    let entry = Entry {
        id: EntryId::new(),
        year,
        number: store::last_number(&mut tx, year).await? + 1,
        kind: new.kind,
        amount: new.amount,
        on: new.on,
        document,
        words,
        line: None,
        reverses: None,
        at: ctx.now(),
        account: ctx.actor.account,
    };
    write(ctx, &mut tx, "fund.enter", &entry).await?;
    tx.commit().await?;
    Ok(entry.id)
}

fn documented(document: &str) -> Result<String, FundError> {
    let document = kernel::text::clean_line(document);
    if document.is_empty() { Err(FundError::DocumentMissing) } else { Ok(document) }
}

async fn write(ctx: &Ctx<'_>, tx: &mut Tx, action: &'static str, entry: &Entry) -> Result<(), FundError> {
    store::add(tx, entry).await?;
    let mut note = ctx.entry(action, "fund_entry", entry.id).set("year", entry.year).set("number", entry.number);
    note = note.set("kind", entry.kind.code()).set("amount", entry.amount.0).set("day", entry.on);
    if let Some(reversed) = entry.reverses {
        note = note.set("reverses", reversed);
    }
    note.ground = Some(entry.document.clone());
    ledger::record(tx, note).await?;
    Ok(())
}

/// Takes an entry back by a counter-entry that names it. While the year of the entry is open the
/// counter-entry stands in it, on the day it is written or at the latest on the last of that year; afterwards
/// it stands in the year it is written. A plan of a closed year stays.
///
/// # Errors
/// When it was reversed already or reverses another, or the reason is missing.
pub async fn reverse(ctx: &Ctx<'_>, id: EntryId, reason: &str) -> Result<EntryId, FundError> {
    ctx.may(Permission::KeepFund)?;
    let words = reasoned(reason)?;
    let mut tx = ctx.begin().await?;
    let book = taken(&mut tx).await?;
    let entry = book.entries.iter().find(|one| one.id == id).ok_or(FundError::Unknown("bút toán"))?;
    if entry.reverses.is_some() {
        return Err(FundError::IsReversal { number: number_text(entry) });
    }
    if let Some(counter) = book.reversal_of(id) {
        return Err(FundError::AlreadyReversed { number: number_text(entry), by: number_text(counter) });
    }
    let (year, on) = match book.must_take(entry.year) {
        Ok(()) => (entry.year, ctx.today().min(Date::constant(entry.year, 12, 31))),
        Err(closed) if entry.kind.side() == Side::Plan => return Err(closed),
        Err(_) => (ctx.today().year(), ctx.today()),
    };
    let counter = Entry {
        id: EntryId::new(),
        year,
        number: store::last_number(&mut tx, year).await? + 1,
        amount: Dong(-entry.amount.0),
        on,
        words,
        reverses: Some(id),
        at: ctx.now(),
        account: ctx.actor.account,
        ..entry.clone()
    };
    write(ctx, &mut tx, "fund.reverse", &counter).await?;
    tx.commit().await?;
    Ok(counter.id)
}

/// The number of an entry with its year: `3/2026`.
#[must_use]
pub fn number_text(entry: &Entry) -> String {
    format!("{}/{}", entry.number, entry.year)
}

/// Records that the bonus of a line was paid: the decisions know the amount, the book whether the year takes it.
///
/// # Errors
/// When the year of the day is closed, or the decisions say no.
pub async fn pay(ctx: &Ctx<'_>, line: LineId, on: Date) -> Result<(), FundError> {
    ctx.may(Permission::KeepFund)?;
    let mut tx = ctx.begin().await?;
    taken(&mut tx).await?.must_take(on.year())?;
    decisions::changes::pay_in(ctx, &mut tx, line, on).await?;
    tx.commit().await?;
    Ok(())
}

/// Records that the bonus of a revoked line came back; how much, its decision tells.
///
/// # Errors
/// When nothing is to be asked back, the year is closed, or the document is missing.
pub async fn recover(ctx: &Ctx<'_>, line: LineId, on: Date, document: &str) -> Result<EntryId, FundError> {
    ctx.may(Permission::KeepFund)?;
    past(ctx, on)?;
    let document = documented(document)?;
    let mut tx = ctx.begin().await?;
    let book = taken(&mut tx).await?;
    book.must_take(on.year())?;
    let Some(bonus) = book.to_claim().find(|one| one.line == line) else { return Err(FundError::NothingToClaim) };
    if bonus.paid_on.is_some_and(|paid| on < paid) {
        return Err(FundError::NothingToClaim);
    }
    let entry = Entry {
        id: EntryId::new(),
        year: on.year(),
        number: store::last_number(&mut tx, on.year()).await? + 1,
        kind: Kind::Recovered,
        amount: bonus.amount,
        on,
        document,
        words: format!("Tiền thưởng theo Quyết định số {}", bonus.number),
        line: Some(line),
        reverses: None,
        at: ctx.now(),
        account: ctx.actor.account,
    };
    write(ctx, &mut tx, "fund.recover", &entry).await?;
    tx.commit().await?;
    Ok(entry.id)
}

/// Closes a year: its sums are kept, and nothing is written into it any more.
///
/// # Errors
/// While the year runs, an earlier one stands open, or it is closed already.
pub async fn close(ctx: &Ctx<'_>, year: i16) -> Result<(), FundError> {
    ctx.may(Permission::KeepFund)?;
    let mut tx = ctx.begin().await?;
    let book = taken(&mut tx).await?.close(year, ctx.today())?;
    let closing =
        Closing { year, on: ctx.today(), by: ctx.actor.account, sums: book.sums, balance: book.sums.balance() };
    store::add_year(&mut tx, &closing).await?;
    let note = ctx.entry("fund.close_year", "fund_year", year).set("balance", closing.balance.0);
    ledger::record(&mut tx, note).await?;
    tx.commit().await?;
    Ok(())
}

/// Reads a share as it is typed, `20` or `12,5` per cent; none when nothing was typed.
///
/// # Errors
/// A text that is no share.
pub fn parse_share(text: &str) -> Result<Option<i64>, FundError> {
    let text = text.trim().trim_end_matches('%').trim();
    if text.is_empty() {
        return Ok(None);
    }
    let share = parse_decimal(text, 2).ok().filter(|share| (1..=10_000).contains(share));
    share.map(Some).ok_or(FundError::OddSetting("tỷ lệ là một số từ 0,01 đến 100"))
}

/// Keeps what the office set for its book, with the document that says so.
///
/// # Errors
/// When a number cannot be, the document is missing, or somebody wrote into the book meanwhile.
pub async fn set(ctx: &Ctx<'_>, settings: &Settings) -> Result<(), FundError> {
    ctx.may(Permission::KeepFund)?;
    if settings.remind_days.is_some_and(|days| !(0..=366).contains(&days)) {
        return Err(FundError::OddSetting("số ngày là một số từ 0 đến 366"));
    }
    if settings.organising_share_bp.is_some_and(|share| !(1..=10_000).contains(&share)) {
        return Err(FundError::OddSetting("tỷ lệ là một số từ 0,01 đến 100"));
    }
    let document = documented(settings.document.as_deref().unwrap_or_default())?;
    let kept = Settings { document: Some(document.clone()), ..settings.clone() };
    let mut tx = ctx.begin().await?;
    store::save_settings(&mut tx, &kept).await?;
    let mut note = ctx.entry("fund.set", "fund_book", 1).set("remind_days", kept.remind_days.unwrap_or(-1));
    note = note.set("organising_share_bp", kept.organising_share_bp.unwrap_or(-1));
    note.ground = Some(document);
    ledger::record(&mut tx, note).await?;
    tx.commit().await?;
    Ok(())
}
