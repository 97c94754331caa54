//! Letters taken in: from the portal, or by somebody of the office on behalf of the sender.

use jiff::tz::{TimeZone, offset};
use kernel::{Date, Permission};

use super::drafts::{cleaned, keep};
use super::model::{
    Channel, Contact, EventKind, Letter, LetterFile, LetterId, Petition, PetitionId, SenderKind, State, Step,
};
use super::service::{LONGEST_TEXT, LONGEST_TITLE, carry_out, line, load, tell, tell_in_ledger, text};
use super::{PetitionsError, store, terms};
use crate::db::Tx;
use crate::keys::fresh_code;
use crate::movements::Work;
use crate::{Ctx, calendar, organization};

/// A letter to be taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewLetter {
    /// How it came in.
    pub channel: Channel,
    /// Who sends it.
    pub sender_kind: SenderKind,
    /// How to reach them; a letter without a name is taken in all the same.
    pub contact: Contact,
    /// How many people say the same in it.
    pub people: i64,
    /// Whether the name is kept from the public.
    pub hide_name: bool,
    /// What it is about.
    pub title: String,
    /// What it says.
    pub content: String,
    /// The day it came in, where that was not today.
    pub received_on: Option<Date>,
}

/// The days of an arrival: on which it came in, and from which terms count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arrival {
    received_on: Date,
    counts_from: Date,
}

/// On which day a letter that comes in now counts.
///
/// # Errors
/// A day that is still to come.
pub async fn arrival(ctx: &Ctx<'_>, received_on: Option<Date>) -> Result<Arrival, PetitionsError> {
    let today = ctx.today();
    match received_on {
        Some(on) if on > today => Err(PetitionsError::missing("ngay-nhan", "Ngày nhận không được sau hôm nay")),
        Some(on) if on < today => Ok(Arrival { received_on: on, counts_from: on }),
        _ => {
            let closes = calendar::queries::closing_hour(ctx).await.map_err(broken)?.map(|(hour, _)| hour);
            let now = ctx.now().to_zoned(TimeZone::fixed(offset(7))).time();
            Ok(Arrival { received_on: today, counts_from: ctx.calendar().day_of_event(today, now, closes) })
        }
    }
}

fn broken(error: calendar::CalendarError) -> PetitionsError {
    match error {
        calendar::CalendarError::Store(error) => PetitionsError::Store(error),
        _ => PetitionsError::Unknown("giờ nhận hồ sơ"),
    }
}

/// Takes a letter in, in a transaction of the caller; answers its first matter and the receipt code.
pub(super) async fn receive_in(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    new: NewLetter,
    arrival: Arrival,
    files: &[LetterFile],
) -> Result<(PetitionId, String), PetitionsError> {
    let title = line("tieu-de", &new.title, LONGEST_TITLE, "Nhập tiêu đề")?;
    let content = text("noi-dung", &new.content, LONGEST_TEXT, "Nhập nội dung phản ánh, kiến nghị")?;
    let contact = cleaned(&new.contact)?;
    if !(1..=100_000).contains(&new.people) {
        return Err(PetitionsError::missing("so-nguoi", "Nhập số người cùng nội dung, từ 1 trở lên"));
    }
    let enterprise = match contact.tax_code.as_str() {
        "" => None,
        code => organization::queries::enterprise_by_tax_code(tx, code).await?.map(|one| one.id),
    };
    let code = fresh_code();
    let year = arrival.received_on.year();
    let letter = Letter {
        id: LetterId::new(),
        year,
        number: store::next_number(tx, year).await?,
        channel: new.channel,
        received_at: ctx.now(),
        received_on: arrival.received_on,
        counts_from: arrival.counts_from,
        sender_kind: new.sender_kind,
        contact,
        enterprise,
        people: new.people,
        hide_name: new.hide_name,
        title: title.clone(),
        content: content.clone(),
        code_digest: digest(ctx, &code),
        registered_by: ctx.actor.account,
        locked: false,
        version: 1,
    };
    store::add_letter(tx, &letter).await?;
    for file in files {
        store::add_letter_file(tx, letter.id, file, None).await?;
    }
    let petition = Petition::of(&letter, 1, title, content, ctx.house.plan.clause_of(Work::Petitions).to_owned());
    store::add_petition(tx, &petition).await?;
    terms::begin(ctx, tx, &petition, &letter).await?;
    tell(ctx, tx, &petition, EventKind::Receive.code(), letter.channel.name_vi(), true).await?;
    tell_in_ledger(ctx, tx, "petition.receive", &petition, &letter).await?;
    Ok((petition.id, code))
}

/// What is kept of a receipt code.
pub(super) fn digest(ctx: &Ctx<'_>, code: &str) -> String {
    ctx.house.keys.digest(&format!("petition-code:{code}"))
}

/// Takes a letter in on behalf of its sender; answers its first matter and the receipt code, which is told once.
///
/// # Errors
/// A field that must be mended; a file that cannot be taken.
pub async fn register(
    ctx: &Ctx<'_>,
    new: NewLetter,
    file: Option<(&str, &[u8])>,
) -> Result<(PetitionId, String), PetitionsError> {
    ctx.may(Permission::RegisterPetitions)?;
    if new.channel == Channel::Portal {
        return Err(PetitionsError::missing("kenh", "Chọn kênh tiếp nhận"));
    }
    let arrival = arrival(ctx, new.received_on).await?;
    let file = file.map(|(name, bytes)| keep(ctx.house, name, bytes)).transpose()?;
    let mut tx = ctx.begin().await?;
    let received = receive_in(ctx, &mut tx, new, arrival, file.as_slice()).await?;
    tx.commit().await?;
    Ok(received)
}

/// Takes in, inside a transaction of another room, what was said to the office; answers its first matter and the
/// receipt code, which is told once.
///
/// # Errors
/// A field that must be mended.
pub async fn register_in(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    new: NewLetter,
    arrival: Arrival,
) -> Result<(PetitionId, String), PetitionsError> {
    ctx.may(Permission::RegisterPetitions)?;
    receive_in(ctx, tx, new, arrival, &[]).await
}

/// Fills in how to reach the sender of a letter that lacked it.
///
/// # Errors
/// A field that must be mended; a locked letter.
pub async fn complete(ctx: &Ctx<'_>, id: PetitionId, typed: &Contact) -> Result<(), PetitionsError> {
    ctx.may(Permission::RegisterPetitions)?;
    let mut tx = ctx.begin().await?;
    let (mut petition, mut letter) = load(&mut tx, id).await?;
    if letter.locked {
        return Err(PetitionsError::Locked);
    }
    letter.contact = cleaned(typed)?;
    letter.enterprise = match letter.contact.tax_code.as_str() {
        "" => None,
        code => organization::queries::enterprise_by_tax_code(&mut tx, code).await?.map(|one| one.id),
    };
    store::save_letter(&mut tx, &letter).await?;
    petition.search_key = petition.key(&letter);
    store::save_petition(&mut tx, &petition).await?;
    tell_in_ledger(ctx, &mut tx, "petition.complete", &petition, &letter).await?;
    tx.commit().await?;
    Ok(())
}

/// Splits a matter off a letter: a petition of its own, with clocks from the day the letter came in.
///
/// # Errors
/// A field that must be mended; a letter that is locked, or of which the matter is not being handled.
pub async fn split(ctx: &Ctx<'_>, id: PetitionId, title: &str, content: &str) -> Result<PetitionId, PetitionsError> {
    ctx.may(Permission::RegisterPetitions)?;
    let title = line("tach-tieu-de", title, LONGEST_TITLE, "Nhập tiêu đề của vụ việc tách ra")?;
    let content = text("tach-noi-dung", content, LONGEST_TEXT, "Nhập phần nội dung của vụ việc tách ra")?;
    let mut tx = ctx.begin().await?;
    let (from, letter) = load(&mut tx, id).await?;
    if letter.locked {
        return Err(PetitionsError::Locked);
    }
    if !matches!(from.state, State::Received | State::InProgress | State::Waiting) {
        return Err(PetitionsError::NotNow { step: Step::Sort, state: from.state });
    }
    let place = store::of_letter(&mut tx, letter.id).await?.len();
    let place = i64::try_from(place).unwrap_or(i64::MAX).saturating_add(1);
    let petition = Petition::of(&letter, place, title, content, from.clause.clone());
    store::add_petition(&mut tx, &petition).await?;
    terms::begin(ctx, &mut tx, &petition, &letter).await?;
    let words = format!("từ đơn {}", letter.number_text());
    tell(ctx, &mut tx, &petition, EventKind::Split.code(), &words, true).await?;
    tell_in_ledger(ctx, &mut tx, "petition.split", &petition, &letter).await?;
    tx.commit().await?;
    Ok(petition.id)
}

/// Does not take a petition, and keeps it with the reason.
///
/// # Errors
/// Without a reason, or where it stands.
pub async fn refuse(ctx: &Ctx<'_>, id: PetitionId, seen: i64, reason: &str) -> Result<(), PetitionsError> {
    ctx.may(Permission::RegisterPetitions)?;
    let reason = text("ly-do-khong-nhan", reason, LONGEST_TEXT, "Ghi lý do không tiếp nhận")?;
    let mut tx = ctx.begin().await?;
    let (mut petition, letter) = load(&mut tx, id).await?;
    petition.take(Step::Refuse)?;
    petition.version = seen;
    carry_out(ctx, &mut tx, (&petition, &letter), Step::Refuse, &reason, true).await?;
    tx.commit().await?;
    Ok(())
}
