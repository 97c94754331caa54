//! Rows of dialogues and what belongs to them.

use kernel::Date;
use kernel::id::{PersonId, UnitId};

use super::model::{
    Act, Amendment, AmendmentId, AmendmentState, Applicant, Commitment, CommitmentId, Dialogue, DialogueId, Guest,
    GuestId, Item, ItemId, Published, Question, QuestionId, Standing, StateKind,
};
use super::settings::Frequency;
use crate::db::{Row, StoreError, Tx};
use crate::organization::EnterpriseId;
use crate::petitions::PetitionId;
use crate::tasks::TaskId;
use crate::{sql, values};

pub async fn add(tx: &mut Tx, one: &Dialogue) -> Result<(), StoreError> {
    let values = values![one.id, &one.title, &one.clause, &one.place, one.on, one.unit, one.state];
    tx.run(sql!("add"), values).await?;
    Ok(())
}

pub async fn save(tx: &mut Tx, one: &Dialogue) -> Result<(), StoreError> {
    let frozen = one.frozen.as_ref();
    let published = one.published.as_ref();
    let values = values![
        one.id,
        one.version,
        &one.place,
        one.on,
        one.state,
        &one.reason,
        &one.minutes,
        frozen.map(|(act, _)| act.on),
        frozen.map(|(act, _)| act.name.clone()).unwrap_or_default(),
        frozen.map(|(_, digest)| digest.clone()).unwrap_or_default(),
        published.map(|one| one.act.on),
        published.map(|one| one.act.name.clone()).unwrap_or_default(),
        published.map(|one| one.text.clone()).unwrap_or_default(),
        &one.begins,
        one.register_until,
    ];
    tx.run_fresh("dialogues", sql!("save"), values).await
}

pub async fn find(tx: &mut Tx, id: DialogueId) -> Result<Option<Dialogue>, StoreError> {
    tx.first(sql!("find"), values![id]).await?.as_ref().map(dialogue_from).transpose()
}

/// Every dialogue, the newest first.
pub async fn all(tx: &mut Tx) -> Result<Vec<Dialogue>, StoreError> {
    tx.all(sql!("all"), values![]).await?.iter().map(dialogue_from).collect()
}

pub async fn add_item(tx: &mut Tx, of: DialogueId, item: &Item) -> Result<(), StoreError> {
    tx.run(sql!("add_item"), values![item.id, of, &item.what]).await?;
    Ok(())
}

/// How many lines were taken off.
pub async fn drop_item(tx: &mut Tx, of: DialogueId, item: ItemId) -> Result<u64, StoreError> {
    tx.run(sql!("drop_item"), values![item, of]).await
}

pub async fn items(tx: &mut Tx, of: DialogueId) -> Result<Vec<Item>, StoreError> {
    let item = |row: &Row| Ok(Item { id: ItemId(row.id("id")?), what: row.text("what")? });
    tx.all(sql!("items"), values![of]).await?.iter().map(item).collect()
}

pub async fn add_guest(tx: &mut Tx, one: &Guest, code_digest: Option<String>) -> Result<(), StoreError> {
    let (person, enterprise) = (one.person.map(|id| id.0), one.enterprise.map(|id| id.0));
    let values = values![one.id, one.dialogue, &one.name, person, enterprise, code_digest];
    tx.run(sql!("add_guest"), values).await?;
    Ok(())
}

pub async fn drop_guest(tx: &mut Tx, id: GuestId) -> Result<(), StoreError> {
    tx.run(sql!("drop_guest"), values![id]).await?;
    Ok(())
}

pub async fn save_code(tx: &mut Tx, id: GuestId, digest: &str) -> Result<(), StoreError> {
    tx.run(sql!("save_code"), values![id, digest]).await?;
    Ok(())
}

pub async fn save_there(tx: &mut Tx, id: GuestId, there: bool) -> Result<(), StoreError> {
    tx.run(sql!("save_there"), values![id, there]).await?;
    Ok(())
}

pub async fn guests(tx: &mut Tx, of: DialogueId) -> Result<Vec<Guest>, StoreError> {
    tx.all(sql!("guests"), values![of]).await?.iter().map(guest_from).collect()
}

/// Keeps who asks to take part, with a telephone and the day.
pub async fn add_applicant(
    tx: &mut Tx,
    one: &Guest,
    code_digest: &str,
    (phone, on): (&str, Date),
) -> Result<(), StoreError> {
    let values = values![one.id, one.dialogue, &one.name, code_digest, one.standing, phone, on];
    tx.run(sql!("add_applicant"), values).await?;
    Ok(())
}

/// Those who asked to take part in a dialogue.
pub async fn applicants(tx: &mut Tx, of: DialogueId) -> Result<Vec<Applicant>, StoreError> {
    let applicant =
        |row: &Row| Ok(Applicant { guest: guest_from(row)?, phone: row.text("phone")?, on: row.day("applied_on")? });
    tx.all(sql!("applicants"), values![of]).await?.iter().map(applicant).collect()
}

/// Says what becomes of somebody who asked to take part; stale when that was said meanwhile.
pub async fn settle_applicant(
    tx: &mut Tx,
    id: GuestId,
    standing: Standing,
    (reply, phone): (&str, &str),
) -> Result<(), StoreError> {
    tx.run_fresh("dialogue_guests", sql!("settle_applicant"), values![id, standing, reply, phone]).await
}

/// Erases the telephones of those who asked to take part.
pub async fn forget_phones(tx: &mut Tx, of: DialogueId) -> Result<(), StoreError> {
    tx.run(sql!("forget_phones"), values![of]).await?;
    Ok(())
}

pub async fn guest_by_code(tx: &mut Tx, digest: &str) -> Result<Option<Guest>, StoreError> {
    tx.first(sql!("guest_by_code"), values![digest]).await?.as_ref().map(guest_from).transpose()
}

pub async fn add_question(tx: &mut Tx, one: &Question) -> Result<(), StoreError> {
    let guest = one.guest.map(|id| id.0);
    let values = values![one.id, one.dialogue, guest, &one.asker, &one.text, one.on, one.by_code];
    tx.run(sql!("add_question"), values).await?;
    Ok(())
}

/// Keeps the petition that a question became; stale when it became one meanwhile.
pub async fn save_question(tx: &mut Tx, one: &Question) -> Result<(), StoreError> {
    let petition = one.petition.map(|id| id.0);
    tx.run_fresh("dialogue_questions", sql!("save_question"), values![one.id, petition]).await
}

/// Locks a question away; stale when that was done, or it became a petition, meanwhile.
pub async fn lock_question(tx: &mut Tx, one: &Question) -> Result<(), StoreError> {
    let (agency, document) = &one.handed_over;
    tx.run_fresh("dialogue_questions", sql!("lock_question"), values![one.id, agency, document]).await
}

pub async fn questions(tx: &mut Tx, of: DialogueId) -> Result<Vec<Question>, StoreError> {
    let question = |row: &Row| {
        Ok(Question {
            id: QuestionId(row.id("id")?),
            dialogue: DialogueId(row.id("dialogue")?),
            guest: row.id_or_none("guest")?.map(GuestId),
            asker: row.text("asker")?,
            text: row.text("question")?,
            on: row.day("asked_on")?,
            by_code: row.bool("by_code")?,
            petition: row.id_or_none("petition")?.map(PetitionId),
            locked: row.bool("locked")?,
            handed_over: (row.text("handed_to")?, row.text("hand_over_document")?),
        })
    };
    tx.all(sql!("questions"), values![of]).await?.iter().map(question).collect()
}

pub async fn add_amendment(tx: &mut Tx, one: &Amendment) -> Result<(), StoreError> {
    let values = values![one.id, one.dialogue, one.guest, &one.words, one.on];
    tx.run(sql!("add_amendment"), values).await?;
    Ok(())
}

/// Keeps the answer; stale when somebody answered meanwhile.
pub async fn save_amendment(tx: &mut Tx, one: &Amendment) -> Result<(), StoreError> {
    let settled = one.settled.as_ref();
    let values = values![
        one.id,
        one.state,
        settled.map(|act| act.on),
        settled.map(|act| act.name.clone()).unwrap_or_default(),
        &one.reply,
    ];
    tx.run_fresh("dialogue_amendments", sql!("save_amendment"), values).await
}

pub async fn amendments(tx: &mut Tx, of: DialogueId) -> Result<Vec<Amendment>, StoreError> {
    let amendment = |row: &Row| {
        Ok(Amendment {
            id: AmendmentId(row.id("id")?),
            dialogue: DialogueId(row.id("dialogue")?),
            guest: GuestId(row.id("guest")?),
            words: row.text("words")?,
            on: row.day("proposed_on")?,
            state: row.word("dialogue_amendments", "state", AmendmentState::from_code)?,
            settled: match row.day_or_none("settled_on")? {
                Some(on) => Some(Act { on, name: row.text("settled_by")? }),
                None => None,
            },
            reply: row.text("reply")?,
        })
    };
    tx.all(sql!("amendments"), values![of]).await?.iter().map(amendment).collect()
}

pub async fn add_commitment(tx: &mut Tx, one: &Commitment) -> Result<(), StoreError> {
    let values = values![one.id, one.dialogue, &one.what, one.unit, one.due_on, one.task];
    tx.run(sql!("add_commitment"), values).await?;
    Ok(())
}

pub async fn commitments(tx: &mut Tx) -> Result<Vec<Commitment>, StoreError> {
    tx.all(sql!("commitments"), values![]).await?.iter().map(commitment_from).collect()
}

pub async fn commitments_of(tx: &mut Tx, of: DialogueId) -> Result<Vec<Commitment>, StoreError> {
    tx.all(sql!("commitments_of"), values![of]).await?.iter().map(commitment_from).collect()
}

pub async fn frequency(tx: &mut Tx) -> Result<Option<Frequency>, StoreError> {
    let Some(row) = tx.first(sql!("frequency"), values![]).await? else { return Ok(None) };
    let act = Act { on: row.day("set_on")?, name: row.text("set_by")? };
    let (ground, document) = (row.text("ground")?, row.text("document")?);
    Ok(Some(Frequency { months: row.int("months")?, ground, document, act }))
}

pub async fn save_frequency(tx: &mut Tx, one: &Frequency) -> Result<(), StoreError> {
    let values = values![one.months, &one.ground, &one.document, one.act.on, &one.act.name];
    tx.run(sql!("save_frequency"), values).await?;
    Ok(())
}

pub async fn count_by_clause(tx: &mut Tx) -> Result<Vec<(String, usize)>, StoreError> {
    tx.counts(sql!("count_by_clause"), "clause", "many").await
}

fn dialogue_from(row: &Row) -> Result<Dialogue, StoreError> {
    let frozen = match row.day_or_none("frozen_on")? {
        Some(on) => Some((Act { on, name: row.text("frozen_by")? }, row.text("digest")?)),
        None => None,
    };
    let published = match row.day_or_none("published_on")? {
        Some(on) => Some(Published { text: row.text("result")?, act: Act { on, name: row.text("published_by")? } }),
        None => None,
    };
    Ok(Dialogue {
        id: DialogueId(row.id("id")?),
        title: row.text("title")?,
        clause: row.text("clause")?,
        place: row.text("place")?,
        on: row.day("held_on")?,
        begins: row.text("begins")?,
        register_until: row.day_or_none("register_until")?,
        unit: UnitId(row.id("unit")?),
        state: row.word("dialogues", "state", StateKind::from_code)?,
        reason: row.text("reason")?,
        minutes: row.text("minutes")?,
        frozen,
        published,
        version: row.int("version")?,
    })
}

fn guest_from(row: &Row) -> Result<Guest, StoreError> {
    Ok(Guest {
        id: GuestId(row.id("id")?),
        dialogue: DialogueId(row.id("dialogue")?),
        name: row.text("name")?,
        person: row.id_or_none("person")?.map(PersonId),
        enterprise: row.id_or_none("enterprise")?.map(EnterpriseId),
        there: row.bool_or_none("was_there")?,
        standing: row.word("dialogue_guests", "standing", Standing::from_code)?,
        reply: row.text("reply")?,
    })
}

fn commitment_from(row: &Row) -> Result<Commitment, StoreError> {
    Ok(Commitment {
        id: CommitmentId(row.id("id")?),
        dialogue: DialogueId(row.id("dialogue")?),
        what: row.text("what")?,
        unit: UnitId(row.id("unit")?),
        due_on: row.day("due_on")?,
        task: TaskId(row.id("task")?),
    })
}
