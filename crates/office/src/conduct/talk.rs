//! Whoever holds the receipt code: reads where the report stands, answers, adds.
//!
//! The code opens the report's key for one request. What was reported is not shown again: whoever finds the code
//! on a slip of paper learns only the messages.

use kernel::{Actor, Date};

use super::intake::digest;
use super::keyring::of_report;
use super::model::{LONGEST_TEXT, MOST_MESSAGES, Message, MessageId, Report, State, Step, UnveilingState};
use super::seal::{self, Secret};
use super::store::SealedMessage;
use super::{ConductError, store};
use crate::db::Tx;
use crate::keys::tidy_code;
use crate::movements::Work;
use crate::{Ctx, House, StoreError, ledger};

/// What the reporter reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Talk {
    /// The code in the form in which it was handed out.
    pub code: String,
    /// Where the report stands.
    pub state: State,
    /// The day it came in.
    pub received_on: Date,
    /// The messages, oldest first.
    pub messages: Vec<Message>,
    /// The days on which the reporter's identity was opened by two people.
    pub opened_on: Vec<Date>,
    /// The day on which the content was erased.
    pub erased_on: Option<Date>,
}

async fn found(house: &House, tx: &mut Tx, code: &str) -> Result<(String, Report), ConductError> {
    let unknown = || ConductError::Unknown("mã biên nhận");
    let code = tidy_code(code).ok_or_else(unknown)?;
    let report = store::by_code(tx, &digest(house, &code)).await?.ok_or_else(unknown)?;
    Ok((code, report))
}

fn opened(report: &Report, code: &str) -> Result<Secret, ConductError> {
    let bytes = seal::unlock(&seal::key_of_code(code), &of_report(report.id), &report.code_box);
    bytes.and_then(|bytes| Secret::from_slice(&bytes)).ok_or(ConductError::BrokenBox)
}

/// The messages of a report.
pub(super) async fn messages(tx: &mut Tx, report: &Report, key: &Secret) -> Result<Vec<Message>, ConductError> {
    let mut found = Vec::new();
    for one in store::messages(tx, report.id).await? {
        let words = seal::unlock(key, &purpose(one.id), &one.words_box).ok_or(ConductError::BrokenBox)?;
        let words = String::from_utf8(words.to_vec()).map_err(|_| ConductError::BrokenBox)?;
        found.push(Message { id: one.id, from_reporter: one.from_reporter, on: one.on, words });
    }
    Ok(found)
}

fn purpose(id: MessageId) -> String {
    format!("message:{id}")
}

/// Adds a message behind the `seen` ones that its writer has read.
pub(super) async fn add(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    (report, key): (&Report, &Secret),
    (seen, from_reporter): (usize, bool),
    words: &str,
) -> Result<(), ConductError> {
    let id = MessageId::random();
    let words_box = seal::lock(key, &purpose(id), words.as_bytes());
    let place = i64::try_from(seen).unwrap_or(i64::MAX).saturating_add(1);
    let message = SealedMessage { id, from_reporter, on: ctx.today(), words_box };
    match store::add_message(tx, report.id, place, &message).await {
        Err(StoreError::Duplicate { .. }) => Err(ConductError::Repeated),
        other => Ok(other?),
    }
}

/// What the reporter reads under a code.
///
/// # Errors
/// When no report has it.
pub async fn read(house: &House, code: &str) -> Result<Talk, ConductError> {
    let visitor = Actor::visitor();
    let mut tx = Ctx::new(house, &visitor).read().await?;
    let (code, report) = found(house, &mut tx, code).await?;
    let (mut said, mut opened_on) = (Vec::new(), Vec::new());
    if report.erased_on.is_none() {
        said = messages(&mut tx, &report, &opened(&report, &code)?).await?;
        let openings = store::unveilings(&mut tx, report.id).await?.into_iter();
        opened_on =
            openings.filter(|one| one.state == UnveilingState::Opened).filter_map(|one| one.settled_on).collect();
    }
    let Report { state, received_on, erased_on, .. } = report;
    Ok(Talk { code, state, received_on, messages: said, opened_on, erased_on })
}

/// The reporter writes, having read so many messages. An answer to a question moves the report on.
///
/// # Errors
/// No report of this code, nothing written, too much, a closed report, a form that was sent before.
pub async fn write(house: &House, code: &str, seen: usize, words: &str) -> Result<(), ConductError> {
    let visitor = Actor::visitor();
    let ctx = Ctx::new(house, &visitor);
    let words = kernel::text::clean_text(words);
    let mut tx = ctx.begin().await?;
    let (code, mut report) = found(house, &mut tx, code).await?;
    if report.erased_on.is_some() {
        return Err(ConductError::Erased);
    }
    match words.chars().count() {
        0 => return Err(ConductError::missing("noi-dung", "Viết điều bạn muốn nói thêm")),
        many if many > LONGEST_TEXT => return Err(ConductError::TooLong { field: "noi-dung", most: LONGEST_TEXT }),
        _ => {}
    }
    if report.state == State::Closed {
        return Err(ConductError::NotNow { step: Step::Answer, state: report.state });
    }
    let there = store::messages(&mut tx, report.id).await?.len();
    if there != seen {
        return Err(ConductError::Repeated);
    }
    if there >= MOST_MESSAGES {
        return Err(ConductError::TooManyWords { most: MOST_MESSAGES });
    }
    let key = opened(&report, &code)?;
    add(&ctx, &mut tx, (&report, &key), (seen, true), &words).await?;
    if report.state == State::Asked {
        report.take(Step::Answer)?;
    }
    store::save(&mut tx, &report).await?;
    let entry = ctx.entry_of(Work::Conduct, "conduct.write", "conduct_report", report.id);
    ledger::record(&mut tx, entry.set("state", report.state.code())).await?;
    tx.commit().await?;
    Ok(())
}
