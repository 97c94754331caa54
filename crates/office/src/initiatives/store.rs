//! Rows of initiatives, their editions, authors, files, decisions and settings.

use std::collections::BTreeSet;

use kernel::id::{AccountId, PersonId, UnitId};
use kernel::{Date, Timestamp};
use rules::facts::Scope;

use super::InitiativeId;
use super::content::{Author, Content, Field};
use super::model::{
    Act, Decision, DecisionKind, Edition, Initiative, InitiativeDecisionId, InitiativeFile, InitiativeFileId, Level,
    Purpose, ReplicationId, SettingId, StateKind,
};
use super::settings::{Set, Setting};
use crate::db::{Row, StoreError, Tx};
use crate::{sql, values};

const TABLE: &str = "initiative_cases";

/// By what an initiative is found: its code and its name.
fn search_key(one: &Initiative) -> String {
    kernel::text::search_key(&format!("{} {}", one.code, one.name))
}

pub async fn add(tx: &mut Tx, one: &Initiative) -> Result<(), StoreError> {
    let values = values![
        one.id,
        &one.code,
        &one.name,
        search_key(one),
        kernel::text::sort_key(&one.name),
        one.unit,
        &one.clause,
        one.field,
        one.edition,
        one.state,
        one.written_by,
        one.written_on,
        one.version,
    ];
    tx.run(sql!("add"), values).await?;
    Ok(())
}

/// Keeps an initiative over the one that was read.
pub async fn save(tx: &mut Tx, one: &Initiative) -> Result<(), StoreError> {
    let act = one.settled.as_ref();
    let values = values![
        one.id,
        one.version,
        &one.name,
        search_key(one),
        kernel::text::sort_key(&one.name),
        one.unit,
        &one.clause,
        one.field,
        one.edition,
        one.state,
        act.map(|act| act.on),
        act.map(|act| act.name.clone()),
        act.map(|act| act.words.clone()),
        one.submitted_on,
    ];
    tx.run_fresh(TABLE, sql!("save"), values).await
}

/// Counts a change of what belongs to an initiative.
pub async fn touch(tx: &mut Tx, one: &Initiative) -> Result<(), StoreError> {
    tx.run_fresh(TABLE, sql!("touch"), values![one.id, one.version]).await
}

pub async fn find(tx: &mut Tx, id: InitiativeId) -> Result<Option<Initiative>, StoreError> {
    tx.first(sql!("find"), values![id]).await?.as_ref().map(initiative_from).transpose()
}

pub async fn find_by_code(tx: &mut Tx, code: &str) -> Result<Option<Initiative>, StoreError> {
    tx.first(sql!("find_by_code"), values![code]).await?.as_ref().map(initiative_from).transpose()
}

/// Every initiative whose code or name holds a folded text, without what is written in it, the newest first.
pub async fn all(tx: &mut Tx, text: &str) -> Result<Vec<Initiative>, StoreError> {
    let pattern = kernel::text::Wanted::of(text).pattern();
    tx.all(sql!("all"), values![pattern]).await?.iter().map(initiative_from).collect()
}

/// The initiatives in a state, those handed in first standing first.
pub async fn in_state(tx: &mut Tx, state: StateKind) -> Result<Vec<Initiative>, StoreError> {
    tx.all(sql!("in_state"), values![state]).await?.iter().map(initiative_from).collect()
}

fn initiative_from(row: &Row) -> Result<Initiative, StoreError> {
    let settled = match (row.day_or_none("settled_on")?, row.text_or_none("settled_name")?) {
        (Some(on), Some(name)) => Some(Act { on, name, words: row.text_or_none("settled_words")?.unwrap_or_default() }),
        _ => None,
    };
    Ok(Initiative {
        id: InitiativeId(row.id("id")?),
        code: row.text("code")?,
        name: row.text("name")?,
        unit: UnitId(row.id("unit")?),
        clause: row.text("clause")?,
        field: row.word(TABLE, "field", Field::from_code)?,
        edition: row.int("edition")?,
        state: row.word(TABLE, "state", StateKind::from_code)?,
        settled,
        written_by: row.id_or_none("written_by")?.map(AccountId),
        written_on: row.day("written_on")?,
        submitted_on: row.day_or_none("submitted_on")?,
        version: row.int("version")?,
    })
}

/// How many codes begin like this.
pub async fn count_codes(tx: &mut Tx, beginning: &str) -> Result<i64, StoreError> {
    let row = tx.first(sql!("count_of_year"), values![format!("{beginning}%")]).await?;
    row.map_or(Ok(0), |row| row.int("many"))
}

/// Puts the authors in the place of those that stood there.
pub async fn put_authors(tx: &mut Tx, id: InitiativeId, authors: &[Author]) -> Result<(), StoreError> {
    tx.run(sql!("drop_authors"), values![id]).await?;
    for (position, author) in (1_i64..).zip(authors) {
        let person = author.person.map(|person| person.0);
        let values = values![id, position, person, &author.name, &author.workplace, author.share];
        tx.run(sql!("add_author"), values).await?;
    }
    Ok(())
}

/// The authors in their order; the first has the place 1.
pub async fn authors(tx: &mut Tx, id: InitiativeId) -> Result<Vec<Author>, StoreError> {
    let author = |row: &Row| {
        Ok(Author {
            person: row.id_or_none("person")?.map(PersonId),
            name: row.text("name")?,
            workplace: row.text("workplace")?,
            share: row.int("share")?,
        })
    };
    tx.all(sql!("authors"), values![id]).await?.iter().map(author).collect()
}

/// The initiatives of which a person is an author.
pub async fn written_by(tx: &mut Tx, person: PersonId) -> Result<BTreeSet<InitiativeId>, StoreError> {
    let rows = tx.all(sql!("written_by_person"), values![person]).await?;
    rows.iter().map(|row| Ok(InitiativeId(row.id("initiative")?))).collect()
}

pub async fn add_edition(
    tx: &mut Tx,
    one: &Initiative,
    content: &Content,
    at: Timestamp,
    name: &str,
) -> Result<(), StoreError> {
    let text = serde_json::to_string(content).expect("what is written is JSON");
    tx.run(sql!("add_edition"), values![one.id, one.edition, text, at, name]).await?;
    Ok(())
}

/// Notes that the edition that counts was handed in.
pub async fn submit_edition(tx: &mut Tx, one: &Initiative, on: Date) -> Result<(), StoreError> {
    tx.run(sql!("submit_edition"), values![one.id, one.edition, on]).await?;
    Ok(())
}

/// Every edition, the newest first.
pub async fn editions(tx: &mut Tx, id: InitiativeId) -> Result<Vec<Edition>, StoreError> {
    tx.all(sql!("editions"), values![id]).await?.iter().map(edition_from).collect()
}

pub async fn edition(tx: &mut Tx, id: InitiativeId, number: i64) -> Result<Option<Edition>, StoreError> {
    tx.first(sql!("edition"), values![id, number]).await?.as_ref().map(edition_from).transpose()
}

fn edition_from(row: &Row) -> Result<Edition, StoreError> {
    let text = row.text("content")?;
    let content = serde_json::from_str(&text).map_err(|error| StoreError::Nonsense {
        table: "initiative_editions",
        column: "content",
        what: error.to_string(),
    })?;
    Ok(Edition {
        number: row.int("edition")?,
        content,
        at: row.at("written_at")?,
        name: row.text("written_name")?,
        submitted_on: row.day_or_none("submitted_on")?,
    })
}

pub async fn add_file(tx: &mut Tx, id: InitiativeId, file: &InitiativeFile) -> Result<(), StoreError> {
    let replication = file.replication.map(|one| one.0);
    let values = values![
        file.id,
        id,
        replication,
        file.purpose,
        &file.name,
        &file.digest,
        file.size,
        &file.media_type,
        file.at,
        &file.by,
    ];
    tx.run(sql!("add_file"), values).await?;
    Ok(())
}

pub async fn files(tx: &mut Tx, id: InitiativeId) -> Result<Vec<InitiativeFile>, StoreError> {
    let file = |row: &Row| {
        Ok(InitiativeFile {
            id: InitiativeFileId(row.id("id")?),
            purpose: row.word("initiative_files", "purpose", Purpose::from_code)?,
            replication: row.id_or_none("replication")?.map(ReplicationId),
            name: row.text("name")?,
            digest: row.text("digest")?,
            size: row.int("size")?,
            media_type: row.text("media_type")?,
            at: row.at("recorded_at")?,
            by: row.text("recorded_by")?,
        })
    };
    tx.all(sql!("files"), values![id]).await?.iter().map(file).collect()
}

pub async fn add_decision(
    tx: &mut Tx,
    id: InitiativeId,
    one: &Decision,
    at: Timestamp,
    by: &str,
) -> Result<(), StoreError> {
    let values = values![
        one.id,
        id,
        one.kind,
        one.level,
        &one.number,
        one.decided_on,
        &one.issuer,
        &one.council,
        one.scope.map(Scope::code),
        one.replicable,
        at,
        by,
    ];
    tx.run(sql!("add_decision"), values).await?;
    Ok(())
}

/// The decisions about an initiative, by day.
pub async fn decisions(tx: &mut Tx, id: InitiativeId) -> Result<Vec<Decision>, StoreError> {
    const TABLE: &str = "initiative_decisions";
    let decision = |row: &Row| {
        let scope = match row.text_or_none("scope")? {
            Some(_) => Some(row.word(TABLE, "scope", Scope::from_code)?),
            None => None,
        };
        Ok(Decision {
            id: InitiativeDecisionId(row.id("id")?),
            kind: row.word(TABLE, "kind", DecisionKind::from_code)?,
            level: row.word(TABLE, "level", Level::from_code)?,
            number: row.text("number")?,
            decided_on: row.day("decided_on")?,
            issuer: row.text("issuer")?,
            council: row.text("council")?,
            scope,
            replicable: row.bool_or_none("replicable")?,
        })
    };
    tx.all(sql!("decisions"), values![id]).await?.iter().map(decision).collect()
}

/// Every recognised initiative with its unit and the day of the first recognition.
pub async fn recognised(tx: &mut Tx) -> Result<Vec<(InitiativeId, UnitId, Date)>, StoreError> {
    let rows = tx.all(sql!("recognised_since"), values![]).await?;
    rows.iter().map(|row| Ok((InitiativeId(row.id("id")?), UnitId(row.id("unit")?), row.day("first_on")?))).collect()
}

pub async fn count_by_clause(tx: &mut Tx) -> Result<Vec<(String, usize)>, StoreError> {
    tx.counts(sql!("count_by_clause"), "clause", "many").await
}

pub async fn add_setting(tx: &mut Tx, setting: Setting, one: &Set) -> Result<(), StoreError> {
    let values = values![SettingId::new(), setting, one.value, &one.document, one.at, &one.by];
    tx.run(sql!("add_setting"), values).await?;
    Ok(())
}

/// Everything that was ever set, the newest first.
pub async fn settings(tx: &mut Tx) -> Result<Vec<(Setting, Set)>, StoreError> {
    let set = |row: &Row| {
        let setting = row.word("initiative_settings", "setting", Setting::from_code)?;
        let (value, document) = (row.int("value")?, row.text("document")?);
        Ok((setting, Set { value, document, at: row.at("set_at")?, by: row.text("set_by")? }))
    };
    tx.all(sql!("settings"), values![]).await?.iter().map(set).collect()
}
