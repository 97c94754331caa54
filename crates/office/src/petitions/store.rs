//! Rows of letters, petitions and what belongs to them.

use kernel::Date;
use kernel::id::{AccountId, UnitId};
use uuid::Uuid;

use super::inbox_store;
use super::model::{
    Channel, Contact, Event, EventId, Kind, Letter, LetterFile, LetterFileId, LetterId, Part, PartId, Petition,
    PetitionId, SenderKind, State, UnitRole,
};
use crate::db::{Row, StoreError, Tx};
use crate::organization::EnterpriseId;
use crate::{sql, values};

/// What the office has set: after how many working days and how often a sender may disagree, for how many
/// days a draft is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    pub version: i64,
    pub disagree_days: i64,
    pub disagree_times: i64,
    pub draft_days: i64,
}

pub async fn settings(tx: &mut Tx) -> Result<Settings, StoreError> {
    let row = tx.first(sql!("settings"), values![]).await?;
    let row = row.ok_or(StoreError::Stale { table: "petition_settings" })?;
    Ok(Settings {
        version: row.int("version")?,
        disagree_days: row.int("disagree_days")?,
        disagree_times: row.int("disagree_times")?,
        draft_days: row.int("draft_days")?,
    })
}

pub async fn save_settings(tx: &mut Tx, one: Settings) -> Result<(), StoreError> {
    let values = values![one.version, one.disagree_days, one.disagree_times, one.draft_days];
    tx.run_fresh("petition_settings", sql!("save_settings"), values).await
}

pub async fn add_draft(tx: &mut Tx, key: &str, fields: &str, on: Date) -> Result<(), StoreError> {
    tx.run(sql!("add_draft"), values![key, fields, on]).await?;
    Ok(())
}

pub async fn draft(tx: &mut Tx, key: &str) -> Result<Option<String>, StoreError> {
    let row = tx.first(sql!("draft"), values![key]).await?;
    row.map(|row| row.text("fields")).transpose()
}

/// Notes that somebody works on a draft; answers whether it is there.
pub async fn touch_draft(tx: &mut Tx, key: &str, on: Date) -> Result<bool, StoreError> {
    Ok(tx.run(sql!("touch_draft"), values![key, on]).await? > 0)
}

pub async fn save_draft(tx: &mut Tx, key: &str, fields: &str) -> Result<(), StoreError> {
    tx.run_fresh("petition_drafts", sql!("save_draft"), values![key, fields]).await
}

/// Takes a draft away; answers whether it was there.
pub async fn drop_draft(tx: &mut Tx, key: &str) -> Result<bool, StoreError> {
    tx.run(sql!("drop_draft_files"), values![key]).await?;
    Ok(tx.run(sql!("drop_draft"), values![key]).await? > 0)
}

/// Takes away the drafts that nobody touched since before a day; answers how many.
pub async fn drop_old_drafts(tx: &mut Tx, before: Date) -> Result<u64, StoreError> {
    tx.run(sql!("drop_old_draft_files"), values![before]).await?;
    tx.run(sql!("drop_old_drafts"), values![before]).await
}

pub async fn add_draft_file(tx: &mut Tx, key: &str, file: &LetterFile) -> Result<(), StoreError> {
    let values = values![file.id, key, &file.name, &file.digest, &file.media_type, file.size];
    tx.run(sql!("add_draft_file"), values).await?;
    Ok(())
}

pub async fn draft_files(tx: &mut Tx, key: &str) -> Result<Vec<LetterFile>, StoreError> {
    tx.all(sql!("draft_files"), values![key]).await?.iter().map(file_from).collect()
}

pub async fn drop_draft_file(tx: &mut Tx, key: &str, id: LetterFileId) -> Result<bool, StoreError> {
    Ok(tx.run(sql!("drop_draft_file"), values![key, id]).await? > 0)
}

fn file_from(row: &Row) -> Result<LetterFile, StoreError> {
    Ok(LetterFile {
        id: LetterFileId(row.id("id")?),
        name: row.text("name")?,
        digest: row.text("digest")?,
        media_type: row.text("media_type")?,
        size: row.int("size")?,
    })
}

/// The next number of a year.
pub async fn next_number(tx: &mut Tx, year: i16) -> Result<i64, StoreError> {
    let row = tx.first(sql!("next_number"), values![year]).await?;
    row.ok_or(StoreError::Stale { table: "letter_numbers" })?.int("newest")
}

pub async fn add_letter(tx: &mut Tx, one: &Letter) -> Result<(), StoreError> {
    let contact = &one.contact;
    let values = values![
        one.id,
        one.year,
        one.number,
        one.channel,
        one.received_at,
        one.received_on,
        one.counts_from,
        one.sender_kind,
        &contact.name,
        &contact.address,
        &contact.phone,
        &contact.email,
        &contact.tax_code,
        one.enterprise.map(|id| id.0),
        one.people,
        one.hide_name,
        &one.title,
        &one.content,
        &one.code_digest,
        one.registered_by,
        one.locked,
    ];
    tx.run(sql!("add_letter"), values).await?;
    Ok(())
}

/// Keeps what may change of a letter: who sends it, that it is locked.
pub async fn save_letter(tx: &mut Tx, one: &Letter) -> Result<(), StoreError> {
    let contact = &one.contact;
    let values = values![
        one.id,
        one.version,
        &contact.name,
        &contact.address,
        &contact.phone,
        &contact.email,
        &contact.tax_code,
        one.enterprise.map(|id| id.0),
        one.locked,
    ];
    tx.run_fresh("letters", sql!("save_letter"), values).await
}

pub async fn letter(tx: &mut Tx, id: LetterId) -> Result<Option<Letter>, StoreError> {
    tx.first(sql!("letter"), values![id]).await?.as_ref().map(letter_from).transpose()
}

pub async fn letter_by_code(tx: &mut Tx, digest: &str) -> Result<Option<Letter>, StoreError> {
    tx.first(sql!("letter_by_code"), values![digest]).await?.as_ref().map(letter_from).transpose()
}

pub async fn letter_by_number(tx: &mut Tx, year: i16, number: i64) -> Result<Option<Letter>, StoreError> {
    tx.first(sql!("letter_by_number"), values![year, number]).await?.as_ref().map(letter_from).transpose()
}

fn letter_from(row: &Row) -> Result<Letter, StoreError> {
    letter_named(row, ["id", "title", "content", "version"])
}

/// A letter in a row in which id, title, content and version are called so.
pub(super) fn letter_named(row: &Row, [id, title, content, version]: [&'static str; 4]) -> Result<Letter, StoreError> {
    let nonsense = |column, what: i64| StoreError::Nonsense { table: "letters", column, what: what.to_string() };
    let year = row.int("year")?;
    Ok(Letter {
        id: LetterId(row.id(id)?),
        year: i16::try_from(year).map_err(|_| nonsense("year", year))?,
        number: row.int("number")?,
        channel: row.word("letters", "channel", Channel::from_code)?,
        received_at: row.at("received_at")?,
        received_on: row.day("received_on")?,
        counts_from: row.day("counts_from_on")?,
        sender_kind: row.word("letters", "sender_kind", SenderKind::from_code)?,
        contact: Contact {
            name: row.text("sender_name")?,
            address: row.text("address")?,
            phone: row.text("phone")?,
            email: row.text("email")?,
            tax_code: row.text("tax_code")?,
        },
        enterprise: row.id_or_none("enterprise")?.map(EnterpriseId),
        people: row.int("people")?,
        hide_name: row.bool("hide_name")?,
        title: row.text(title)?,
        content: row.text(content)?,
        code_digest: row.text("code_digest")?,
        registered_by: row.id_or_none("registered_by")?.map(AccountId),
        locked: row.bool("locked")?,
        version: row.int(version)?,
    })
}

/// Keeps a file of a letter; `event` when it came later, with what the sender sent then.
pub async fn add_letter_file(
    tx: &mut Tx,
    letter: LetterId,
    file: &LetterFile,
    event: Option<EventId>,
) -> Result<(), StoreError> {
    let event = event.map(|event| event.0);
    let values = values![file.id, letter, &file.name, &file.digest, &file.media_type, file.size, event];
    tx.run(sql!("add_letter_file"), values).await?;
    Ok(())
}

/// The files of a letter, each with the event it came with when it came later.
pub async fn letter_files(tx: &mut Tx, letter: LetterId) -> Result<Vec<(LetterFile, Option<EventId>)>, StoreError> {
    let rows = tx.all(sql!("letter_files"), values![letter]).await?;
    rows.iter().map(|row| Ok((file_from(row)?, row.id_or_none("event")?.map(EventId)))).collect()
}

pub async fn add_petition(tx: &mut Tx, one: &Petition) -> Result<(), StoreError> {
    let values = values![
        one.id,
        one.letter,
        one.place,
        &one.title,
        &one.content,
        one.kind,
        &one.clause,
        one.complex,
        one.state,
        &one.search_key,
    ];
    tx.run(sql!("add_petition"), values).await?;
    inbox_store::place_in_inbox(tx, one.id).await
}

pub async fn save_petition(tx: &mut Tx, one: &Petition) -> Result<(), StoreError> {
    let values = values![
        one.id,
        one.version,
        &one.title,
        &one.content,
        one.kind,
        &one.clause,
        one.complex,
        one.state,
        one.lead,
        one.duplicate_of.map(|id| id.0),
        &one.agency,
        &one.document,
        &one.answer,
        one.answered_by,
        &one.answer_number,
        one.signed_on,
        &one.signer,
        one.disagreed,
        one.rating,
        &one.rating_words,
        &one.search_key,
    ];
    tx.run_fresh("petitions", sql!("save_petition"), values).await?;
    inbox_store::place_in_inbox(tx, one.id).await
}

pub async fn petition(tx: &mut Tx, id: PetitionId) -> Result<Option<Petition>, StoreError> {
    tx.first(sql!("petition"), values![id]).await?.as_ref().map(petition_from).transpose()
}

/// The matters of a letter, in their order.
pub async fn of_letter(tx: &mut Tx, letter: LetterId) -> Result<Vec<Petition>, StoreError> {
    tx.all(sql!("of_letter"), values![letter]).await?.iter().map(petition_from).collect()
}

/// All that is not an accusation, the newest first; `running`: only what still waits for somebody.
pub async fn petitions(tx: &mut Tx, running: bool) -> Result<Vec<(Petition, Letter)>, StoreError> {
    let mut found = Vec::new();
    let letters = tx.all(sql!("letters"), values![running]).await?;
    let letters: std::collections::BTreeMap<Uuid, Letter> =
        letters.iter().map(|row| letter_from(row).map(|letter| (letter.id.0, letter))).collect::<Result<_, _>>()?;
    for row in tx.all(sql!("petitions"), values![running]).await? {
        let one = petition_from(&row)?;
        let letter = letters.get(&one.letter.0).cloned().ok_or(StoreError::Stale { table: "letters" })?;
        found.push((one, letter));
    }
    Ok(found)
}

/// The newest petitions, accusations not among them, with title and content, to be compared.
pub async fn newest(tx: &mut Tx, most: i64) -> Result<Vec<(PetitionId, String, String)>, StoreError> {
    let rows = tx.all(sql!("newest"), values![most]).await?;
    rows.iter().map(|row| Ok((PetitionId(row.id("id")?), row.text("title")?, row.text("content")?))).collect()
}

/// Title and content of the newest petitions that were sorted and need an answer.
pub async fn newest_handled(tx: &mut Tx, most: i64) -> Result<Vec<(String, String)>, StoreError> {
    let rows = tx.all(sql!("newest_handled"), values![most]).await?;
    rows.iter().map(|row| Ok((row.text("title")?, row.text("content")?))).collect()
}

/// How many there are in each state, accusations not among them.
pub async fn count_by_state(tx: &mut Tx) -> Result<Vec<(String, usize)>, StoreError> {
    tx.counts(sql!("count_by_state"), "state", "many").await
}

/// How many accusations were handed over.
pub async fn accusations(tx: &mut Tx) -> Result<i64, StoreError> {
    tx.first(sql!("accusations"), values![]).await?.map_or(Ok(0), |row| row.int("many"))
}

pub(super) fn petition_from(row: &Row) -> Result<Petition, StoreError> {
    Ok(Petition {
        id: PetitionId(row.id("id")?),
        letter: LetterId(row.id("letter")?),
        place: row.int("place")?,
        title: row.text("title")?,
        content: row.text("content")?,
        kind: row.word("petitions", "kind", Kind::from_code)?,
        clause: row.text("clause")?,
        complex: row.bool("complex")?,
        state: row.word("petitions", "state", State::from_code)?,
        lead: row.id_or_none("lead_unit")?.map(UnitId),
        duplicate_of: row.id_or_none("duplicate_of")?.map(PetitionId),
        agency: row.text("agency")?,
        document: row.text("document")?,
        answer: row.text("answer")?,
        answered_by: row.id_or_none("answered_by")?.map(AccountId),
        answer_number: row.text("answer_number")?,
        signed_on: row.day_or_none("signed_on")?,
        signer: row.text("signer")?,
        disagreed: row.int("disagreed")?,
        rating: row.int_or_none("rating")?,
        rating_words: row.text("rating_words")?,
        search_key: row.text("search_key")?,
        version: row.int("version")?,
    })
}

pub async fn add_event(
    tx: &mut Tx,
    petition: PetitionId,
    event: &Event,
    account: Option<AccountId>,
) -> Result<(), StoreError> {
    let values = values![
        event.id,
        petition,
        &event.what,
        event.state,
        event.at,
        event.on,
        account,
        &event.name,
        &event.words,
        event.shown,
    ];
    tx.run(sql!("add_event"), values).await?;
    Ok(())
}

/// What happened, oldest first.
pub async fn events(tx: &mut Tx, petition: PetitionId) -> Result<Vec<Event>, StoreError> {
    let event = |row: &Row| {
        Ok(Event {
            id: EventId(row.id("id")?),
            what: row.text("kind")?,
            state: row.word("petition_events", "state", State::from_code)?,
            at: row.at("happened_at")?,
            on: row.day("happened_on")?,
            name: row.text("name")?,
            words: row.text("words")?,
            shown: row.bool("shown")?,
        })
    };
    tx.all(sql!("events"), values![petition]).await?.iter().map(event).collect()
}

/// Empties the words of what happened to a petition that is locked away.
pub async fn silence_events(tx: &mut Tx, petition: PetitionId) -> Result<(), StoreError> {
    tx.run(sql!("silence_events"), values![petition]).await?;
    Ok(())
}

pub async fn add_part(tx: &mut Tx, petition: PetitionId, part: &Part) -> Result<(), StoreError> {
    let values = values![part.id, petition, part.unit, part.role, part.asked_on, part.due_on];
    tx.run(sql!("add_part"), values).await?;
    Ok(())
}

pub async fn save_part(tx: &mut Tx, part: &Part) -> Result<(), StoreError> {
    let values = values![part.id, &part.opinion, part.answered_on, part.ended_on];
    tx.run_fresh("petition_units", sql!("save_part"), values).await
}

/// The units of a petition, in the order in which they were asked.
pub async fn parts(tx: &mut Tx, petition: PetitionId) -> Result<Vec<Part>, StoreError> {
    tx.all(sql!("parts"), values![petition]).await?.iter().map(part_from).collect()
}

/// The parts of all petitions that were not ended.
pub async fn standing_parts(tx: &mut Tx) -> Result<Vec<(PetitionId, Part)>, StoreError> {
    let rows = tx.all(sql!("standing_parts"), values![]).await?;
    rows.iter().map(|row| Ok((PetitionId(row.id("petition")?), part_from(row)?))).collect()
}

fn part_from(row: &Row) -> Result<Part, StoreError> {
    Ok(Part {
        id: PartId(row.id("id")?),
        unit: UnitId(row.id("unit")?),
        role: row.word("petition_units", "role", UnitRole::from_code)?,
        asked_on: row.day("asked_on")?,
        due_on: row.day_or_none("due_on")?,
        opinion: row.text("opinion")?,
        answered_on: row.day_or_none("answered_on")?,
        ended_on: row.day_or_none("ended_on")?,
    })
}

pub async fn count_by_clause(tx: &mut Tx) -> Result<Vec<(String, usize)>, StoreError> {
    tx.counts(sql!("count_by_clause"), "clause", "many").await
}
