//! Who holds the receipt code: follows the letter, supplies what was asked, withdraws, rates, disagrees.
//!
//! The code is the only key; no account, and no name, telephone or address is shown to whoever types it.

use kernel::Date;

use super::decision::given_away;
use super::drafts::{MOST_FILES, keep};
use super::intake::digest;
use super::model::{Event, EventId, EventKind, Kind, Letter, LetterFile, Petition, PetitionId, State, Step};
use super::service::{LONGEST_TEXT, carry_out, tell, tell_in_ledger, text};
use super::{PetitionsError, clock_store, notify, publication_store, store};
use crate::Ctx;
use crate::db::Tx;
use crate::keys::tidy_code;

/// One matter of a letter, as its sender may read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matter {
    /// Its id.
    pub id: PetitionId,
    /// Its number.
    pub number: String,
    /// Its title; empty for what was locked away.
    pub title: String,
    /// Where it stands.
    pub state: State,
    /// The agency it was passed on to.
    pub agency: String,
    /// How many working days it has waited, or waited for its answer.
    pub waited: i64,
    /// The last day for the answer, while one is awaited.
    pub due: Option<Date>,
    /// The answer with its number and day, once it is signed.
    pub answer: Option<(String, String, Date)>,
    /// What was said and done, without names of staff; oldest first.
    pub events: Vec<Event>,
    /// The names of the files that were sent later, each with what it came with.
    pub files: Vec<(EventId, String)>,
    /// Until when the sender may disagree; none when he may not.
    pub disagree_until: Option<Date>,
    /// Whether the answer can be rated.
    pub may_rate: bool,
}

/// A letter, as its sender may read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tracked {
    /// Its number.
    pub number: String,
    /// The day it came in.
    pub received_on: Date,
    /// Its matters.
    pub matters: Vec<Matter>,
}

async fn by_code(ctx: &Ctx<'_>, tx: &mut Tx, code: &str) -> Result<Letter, PetitionsError> {
    let unknown = || PetitionsError::Unknown("mã biên nhận");
    let code = tidy_code(code).ok_or_else(unknown)?;
    store::letter_by_code(tx, &digest(ctx, &code)).await?.ok_or_else(unknown)
}

/// What the sender reads of a letter.
///
/// # Errors
/// When no letter has this code.
pub async fn track(ctx: &Ctx<'_>, code: &str) -> Result<Tracked, PetitionsError> {
    let mut tx = ctx.read().await?;
    let letter = by_code(ctx, &mut tx, code).await?;
    let mut matters = Vec::new();
    for petition in store::of_letter(&mut tx, letter.id).await? {
        matters.push(matter(ctx, &mut tx, &letter, petition).await?);
    }
    Ok(Tracked { number: letter.number_text(), received_on: letter.received_on, matters })
}

async fn matter(ctx: &Ctx<'_>, tx: &mut Tx, letter: &Letter, petition: Petition) -> Result<Matter, PetitionsError> {
    let (today, calendar) = (ctx.today(), ctx.calendar());
    let secret = petition.kind == Kind::Accusation;
    let mut events = store::events(tx, petition.id).await?;
    for event in &mut events {
        event.name = String::new();
        if !event.shown || secret {
            event.words = String::new();
        }
    }
    // Drafts that went up and down, opinions and reports are the office's own.
    let own = [Step::Submit, Step::SendBack, Step::Sort].map(Step::code);
    let kinds = [EventKind::Opinion, EventKind::Escalate, EventKind::Moderate].map(EventKind::code);
    events.retain(|event| !own.contains(&event.what.as_str()) && !kinds.contains(&event.what.as_str()));
    let files = if secret || letter.locked { Vec::new() } else { store::letter_files(tx, letter.id).await? };
    let files = files.into_iter().filter_map(|(file, event)| Some((event?, file.name)));
    let files = files.filter(|(event, _)| events.iter().any(|one| one.id == *event)).collect();
    let clocks = clock_store::clocks(tx, petition.id).await?;
    let due = clocks.iter().find(|one| one.open && one.kind == super::model::ClockKind::Answer);
    let answer = match petition.duplicate_of {
        Some(other) => joint_answer(tx, other).await?,
        None => signed(&petition),
    };
    let until = match petition.state {
        state if state.is_open() => today,
        _ => petition.signed_on.or(events.last().map(|event| event.on)).unwrap_or(today),
    };
    Ok(Matter {
        id: petition.id,
        number: petition.number(letter),
        title: if secret { String::new() } else { petition.title.clone() },
        state: petition.state,
        agency: petition.agency.clone(),
        waited: calendar.working_days_between(letter.counts_from, until).max(0),
        due: due.and_then(|clock| clock.due),
        disagree_until: disagree_until(ctx, tx, &petition).await?.filter(|last| today <= *last),
        may_rate: matches!(petition.state, State::Answered | State::Published) && petition.rating.is_none(),
        answer,
        events,
        files,
    })
}

/// The answer that was signed, with its number and day.
fn signed(petition: &Petition) -> Option<(String, String, Date)> {
    let stands = matches!(petition.state, State::Answered | State::Published | State::Reopened);
    petition.signed_on.filter(|_| stands).map(|on| (petition.answer.clone(), petition.answer_number.clone(), on))
}

/// The answer to the petition that another one was joined to, for the sender of that other one: as it was
/// published, or as it was signed when nothing in it tells who the first sender is.
async fn joint_answer(tx: &mut Tx, first: PetitionId) -> Result<Option<(String, String, Date)>, PetitionsError> {
    let (mut next, mut seen) = (Some(first), Vec::new());
    let mut last = None;
    // What it was joined to may have been joined to a third one since.
    while let Some(id) = next.filter(|id| !seen.contains(id)) {
        seen.push(id);
        last = store::petition(tx, id).await?;
        next = last.as_ref().and_then(|petition| petition.duplicate_of);
    }
    let Some((petition, (answer, number, on))) = last.and_then(|one| signed(&one).map(|answer| (one, answer))) else {
        return Ok(None);
    };
    let published = publication_store::publication(tx, petition.id).await?.filter(|one| !one.hidden);
    if let Some(published) = published {
        return Ok(Some((published.answer, number, on)));
    }
    let letter = store::letter(tx, petition.letter).await?;
    let keeps = letter.is_some_and(|letter| given_away(&answer, &letter.contact, true).is_empty());
    Ok(keeps.then_some((answer, number, on)))
}

/// The last day on which the sender may disagree; none when he may not at all.
async fn disagree_until(ctx: &Ctx<'_>, tx: &mut Tx, petition: &Petition) -> Result<Option<Date>, PetitionsError> {
    let settings = store::settings(tx).await?;
    let signed = petition.signed_on.filter(|_| matches!(petition.state, State::Answered | State::Published));
    let days = u32::try_from(settings.disagree_days).unwrap_or_default();
    let last = signed.map(|on| ctx.calendar().add_working_days(on, days).due);
    Ok(last.filter(|_| petition.disagreed < settings.disagree_times))
}

/// The matter of a letter that the sender means; for anybody without the code there is none.
async fn own(ctx: &Ctx<'_>, tx: &mut Tx, code: &str, id: PetitionId) -> Result<(Petition, Letter), PetitionsError> {
    let letter = by_code(ctx, tx, code).await?;
    let petition = store::petition(tx, id).await?;
    let petition = petition.filter(|one| one.letter == letter.id && one.kind != Kind::Accusation);
    Ok((petition.ok_or(PetitionsError::Unknown("vụ việc"))?, letter))
}

/// A file that its sender gives: what it is called, and its bytes.
pub type Given<'a> = (&'a str, &'a [u8]);

/// Keeps the bytes of what a sender gives with a step. Who has no code, or may not take the step now, fills no disk.
async fn kept(
    ctx: &Ctx<'_>,
    (code, id): (&str, PetitionId),
    step: Step,
    files: &[Given<'_>],
) -> Result<Vec<LetterFile>, PetitionsError> {
    if files.is_empty() {
        return Ok(Vec::new());
    }
    if files.len() > MOST_FILES {
        return Err(PetitionsError::TooManyFiles { most: MOST_FILES });
    }
    let (mut petition, _) = own(ctx, &mut ctx.read().await?, code, id).await?;
    petition.take(step)?;
    files.iter().map(|(name, bytes)| keep(ctx.house, name, bytes)).collect()
}

async fn add_files(tx: &mut Tx, letter: &Letter, event: EventId, files: &[LetterFile]) -> Result<(), PetitionsError> {
    for file in files {
        store::add_letter_file(tx, letter.id, file, Some(event)).await?;
    }
    Ok(())
}

/// Supplies what was asked for, with files where there are some: the clocks run on.
///
/// # Errors
/// Without words, when nothing was asked, or a file that is not taken.
pub async fn supply(
    ctx: &Ctx<'_>,
    code: &str,
    id: PetitionId,
    words: &str,
    files: &[Given<'_>],
) -> Result<(), PetitionsError> {
    let words = text("bo-sung", words, LONGEST_TEXT, "Ghi nội dung bổ sung")?;
    let files = kept(ctx, (code, id), Step::Supply, files).await?;
    let mut tx = ctx.begin().await?;
    let (mut petition, letter) = own(ctx, &mut tx, code, id).await?;
    petition.take(Step::Supply)?;
    let event = carry_out(ctx, &mut tx, (&petition, &letter), Step::Supply, &words, true).await?;
    add_files(&mut tx, &letter, event, &files).await?;
    notify::from_sender(ctx, &mut tx, (&petition, &letter), "người gửi đã bổ sung").await?;
    tx.commit().await?;
    Ok(())
}

/// Takes a petition back.
///
/// # Errors
/// When it was answered or closed otherwise.
pub async fn withdraw(ctx: &Ctx<'_>, code: &str, id: PetitionId) -> Result<(), PetitionsError> {
    let mut tx = ctx.begin().await?;
    let (mut petition, letter) = own(ctx, &mut tx, code, id).await?;
    petition.take(Step::Withdraw)?;
    carry_out(ctx, &mut tx, (&petition, &letter), Step::Withdraw, "", true).await?;
    tx.commit().await?;
    Ok(())
}

/// Rates an answer, once.
///
/// # Errors
/// Outside 1 to 5, without an answer, or a second time.
pub async fn rate(ctx: &Ctx<'_>, code: &str, id: PetitionId, rating: i64, words: &str) -> Result<(), PetitionsError> {
    let words = kernel::text::clean_text(words);
    if words.chars().count() > LONGEST_TEXT {
        return Err(PetitionsError::TooLong { field: "nhan-xet", most: LONGEST_TEXT });
    }
    let mut tx = ctx.begin().await?;
    let (mut petition, letter) = own(ctx, &mut tx, code, id).await?;
    if !(1..=5).contains(&rating) || !matches!(petition.state, State::Answered | State::Published) {
        return Err(PetitionsError::OddRating);
    }
    if petition.rating.is_some() {
        return Err(PetitionsError::Rated);
    }
    (petition.rating, petition.rating_words) = (Some(rating), words.clone());
    store::save_petition(&mut tx, &petition).await?;
    let told = if words.is_empty() { format!("{rating}/5") } else { format!("{rating}/5: {words}") };
    tell(ctx, &mut tx, &petition, EventKind::Rate.code(), &told, true).await?;
    tell_in_ledger(ctx, &mut tx, "petition.rate", &petition, &letter).await?;
    tx.commit().await?;
    Ok(())
}

/// Disagrees with an answer, with files where there are some: the petition is open again, its clock runs anew, and
/// who led is told.
///
/// # Errors
/// Without words, after the last day, more often than may be, or a file that is not taken.
pub async fn disagree(
    ctx: &Ctx<'_>,
    code: &str,
    id: PetitionId,
    words: &str,
    files: &[Given<'_>],
) -> Result<(), PetitionsError> {
    let words = text("chua-dong-y", words, LONGEST_TEXT, "Ghi vì sao chưa đồng ý và đề nghị gì")?;
    let files = kept(ctx, (code, id), Step::Disagree, files).await?;
    let mut tx = ctx.begin().await?;
    let (mut petition, letter) = own(ctx, &mut tx, code, id).await?;
    let last = disagree_until(ctx, &mut tx, &petition).await?;
    petition.take(Step::Disagree)?;
    match last {
        Some(last) if ctx.today() <= last => {}
        Some(last) => {
            let last = kernel::numbers::short_date(last);
            return Err(PetitionsError::NoMoreDisagreement(format!("thời hạn đề nghị xem xét lại đã hết ngày {last}")));
        }
        None => {
            let words = "câu trả lời này đã được đề nghị xem xét lại đủ số lần";
            return Err(PetitionsError::NoMoreDisagreement(words.to_owned()));
        }
    }
    petition.disagreed += 1;
    let event = carry_out(ctx, &mut tx, (&petition, &letter), Step::Disagree, &words, true).await?;
    add_files(&mut tx, &letter, event, &files).await?;
    notify::from_sender(ctx, &mut tx, (&petition, &letter), "người gửi chưa đồng ý với trả lời").await?;
    tx.commit().await?;
    Ok(())
}
