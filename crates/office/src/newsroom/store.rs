//! Rows of stories, whom they are about, their pictures, corrections and steps.

use std::collections::BTreeMap;

use kernel::id::{AccountId, PersonId};
use kernel::text::search_key;
use kernel::{Date, Timestamp};
use uuid::Uuid;

use super::model::{
    Act, Consent, Correction, CorrectionId, Picture, PictureFile, PictureId, StateKind, Step, StepId, StepVerb, Story,
    StoryId, StoryKind, Subject, SubjectId, Text,
};
use crate::db::{Row, StoreError, Tx};
use crate::decisions::model::DecisionId;
use crate::records::model::InitiativeId;
use crate::{sql, values};

fn story_from(row: &Row) -> Result<Story, StoreError> {
    let settled = match (row.at_or_none("settled_at")?, row.text_or_none("settled_name")?) {
        (Some(at), Some(name)) => Some(Act { at, name, words: row.text_or_none("settled_words")?.unwrap_or_default() }),
        _ => None,
    };
    Ok(Story {
        id: StoryId(row.id("id")?),
        slug: row.text("slug")?,
        kind: row.word("stories", "kind", StoryKind::from_code)?,
        text: Text { title: row.text("title")?, summary: row.text("summary")?, body: row.text("body")? },
        clause: row.text("clause")?,
        decision: row.id_or_none("decision")?.map(DecisionId),
        initiative: row.id_or_none("initiative")?.map(InitiativeId),
        state: row.word("stories", "state", StateKind::from_code)?,
        written_by: row.id_or_none("written_by")?.map(AccountId),
        written_name: row.text("written_name")?,
        written_at: row.at("written_at")?,
        reviewed_name: row.text_or_none("reviewed_name")?,
        publish_at: row.at_or_none("publish_at")?,
        settled,
        version: row.int("version")?,
    })
}

fn stories(rows: &[Row]) -> Result<Vec<Story>, StoreError> {
    rows.iter().map(story_from).collect()
}

/// Every story, the newest first.
pub async fn all(tx: &mut Tx) -> Result<Vec<Story>, StoreError> {
    stories(&tx.all(sql!("all"), values![]).await?)
}

pub async fn find(tx: &mut Tx, id: StoryId) -> Result<Option<Story>, StoreError> {
    tx.first(sql!("find"), values![id]).await?.as_ref().map(story_from).transpose()
}

pub async fn find_by_slug(tx: &mut Tx, slug: &str) -> Result<Option<Story>, StoreError> {
    tx.first(sql!("find_by_slug"), values![slug]).await?.as_ref().map(story_from).transpose()
}

/// What everybody may read now, the newest first: approved, its hour come, everybody in it agreeing.
pub async fn public(
    tx: &mut Tx,
    now: Timestamp,
    pattern: &str,
    kind: Option<StoryKind>,
    skip: i64,
    limit: i64,
) -> Result<Vec<Story>, StoreError> {
    let kind = kind.map_or("", StoryKind::code);
    stories(&tx.all(sql!("public"), values![now, pattern, kind, skip, limit]).await?)
}

/// Stories whose hour has come and that are not marked as out yet.
pub async fn due(tx: &mut Tx, now: Timestamp) -> Result<Vec<Story>, StoreError> {
    stories(&tx.all(sql!("due"), values![now]).await?)
}

fn key(one: &Story) -> String {
    search_key(&format!("{} {} {}", one.text.title, one.text.summary, one.text.body))
}

pub async fn add(tx: &mut Tx, one: &Story) -> Result<(), StoreError> {
    let values = values![
        one.id,
        &one.slug,
        one.kind,
        &one.text.title,
        &one.text.summary,
        &one.text.body,
        key(one),
        &one.clause,
        one.decision.map(|id| id.0),
        one.initiative.map(|id| id.0),
        one.state,
        one.written_by,
        &one.written_name,
        one.written_at,
    ];
    tx.run(sql!("add"), values).await?;
    Ok(())
}

/// Keeps a story over the one that was read.
pub async fn save(tx: &mut Tx, one: &Story) -> Result<(), StoreError> {
    let settled = one.settled.as_ref();
    let values = values![
        one.id,
        one.version,
        one.kind,
        &one.text.title,
        &one.text.summary,
        &one.text.body,
        key(one),
        &one.clause,
        one.decision.map(|id| id.0),
        one.initiative.map(|id| id.0),
        one.state,
        one.reviewed_name.clone(),
        one.publish_at,
        settled.map(|act| act.at),
        settled.map(|act| act.name.clone()),
        settled.map(|act| act.words.clone()),
    ];
    tx.run_fresh("stories", sql!("save"), values).await
}

pub async fn count_by_clause(tx: &mut Tx) -> Result<Vec<(String, usize)>, StoreError> {
    tx.counts(sql!("count_by_clause"), "clause", "many").await
}

fn subject_from(row: &Row) -> Result<Subject, StoreError> {
    let file = match (row.text_or_none("file_name")?, row.text_or_none("digest")?, row.text_or_none("media_type")?) {
        (Some(name), Some(digest), Some(media_type)) => Some((name, digest, media_type)),
        _ => None,
    };
    let consent = match (row.day_or_none("consent_on")?, row.at_or_none("recorded_at")?) {
        (Some(on), Some(recorded_at)) => Some(Consent {
            on,
            how: row.text_or_none("consent_how")?.unwrap_or_default(),
            recorded_name: row.text_or_none("recorded_name")?.unwrap_or_default(),
            recorded_at,
            file,
        }),
        _ => None,
    };
    let withdrawn = match (row.at_or_none("withdrawn_at")?, row.text_or_none("withdrawn_name")?) {
        (Some(at), Some(name)) => {
            Some(Act { at, name, words: row.text_or_none("withdrawn_words")?.unwrap_or_default() })
        }
        _ => None,
    };
    Ok(Subject {
        id: SubjectId(row.id("id")?),
        name: row.text("name")?,
        person: row.id_or_none("person")?.map(PersonId),
        is_person: row.bool("is_person")?,
        consent,
        withdrawn,
    })
}

pub async fn subjects(tx: &mut Tx, story: StoryId) -> Result<Vec<Subject>, StoreError> {
    tx.all(sql!("subjects"), values![story]).await?.iter().map(subject_from).collect()
}

/// Somebody that a story is about, with the story.
pub async fn subject(tx: &mut Tx, id: SubjectId) -> Result<Option<(StoryId, Subject)>, StoreError> {
    let row = tx.first(sql!("subject"), values![id]).await?;
    row.as_ref().map(|row| Ok((StoryId(row.id("story")?), subject_from(row)?))).transpose()
}

/// The stories about a person.
pub async fn subjects_of_person(tx: &mut Tx, person: PersonId) -> Result<Vec<(StoryId, Subject)>, StoreError> {
    let rows = tx.all(sql!("subjects_of_person"), values![person]).await?;
    rows.iter().map(|row| Ok((StoryId(row.id("story")?), subject_from(row)?))).collect()
}

pub async fn add_subject(tx: &mut Tx, story: StoryId, one: &Subject) -> Result<(), StoreError> {
    let person = one.person.map(|id| id.0);
    tx.run(sql!("add_subject"), values![one.id, story, &one.name, person, one.is_person]).await?;
    Ok(())
}

pub async fn drop_subject(tx: &mut Tx, id: SubjectId) -> Result<(), StoreError> {
    tx.run(sql!("drop_subject"), values![id]).await?;
    Ok(())
}

pub async fn record_consent(tx: &mut Tx, id: SubjectId, one: &Consent) -> Result<(), StoreError> {
    let (name, digest, media_type) =
        one.file.clone().map_or((None, None, None), |(a, b, c)| (Some(a), Some(b), Some(c)));
    let on: Date = one.on;
    let values = values![id, on, &one.how, &one.recorded_name, one.recorded_at, name, digest, media_type];
    tx.run(sql!("record_consent"), values).await?;
    Ok(())
}

pub async fn withdraw_consent(tx: &mut Tx, id: SubjectId, act: &Act) -> Result<(), StoreError> {
    tx.run_fresh("story_people", sql!("withdraw_consent"), values![id, act.at, &act.name, &act.words]).await
}

pub async fn pictures(tx: &mut Tx, story: StoryId) -> Result<Vec<Picture>, StoreError> {
    let mut files: BTreeMap<Uuid, Vec<PictureFile>> = BTreeMap::new();
    for row in tx.all(sql!("picture_files"), values![story]).await? {
        files.entry(row.id("picture")?).or_default().push(PictureFile {
            width: row.int("width")?,
            height: row.int("height")?,
            size: row.int("size")?,
            digest: row.text("digest")?,
            media_type: row.text("media_type")?,
        });
    }
    let rows = tx.all(sql!("pictures"), values![story]).await?;
    let picture = |row: &Row| {
        let id = row.id("id")?;
        Ok(Picture { id: PictureId(id), alt: row.text("alt")?, files: files.remove(&id).unwrap_or_default() })
    };
    rows.iter().map(picture).collect()
}

pub async fn picture_story(tx: &mut Tx, id: PictureId) -> Result<Option<StoryId>, StoreError> {
    let row = tx.first(sql!("picture_story"), values![id]).await?;
    row.map(|row| Ok(StoryId(row.id("story")?))).transpose()
}

pub async fn add_picture(
    tx: &mut Tx,
    story: StoryId,
    one: &Picture,
    at: Timestamp,
    by: &str,
) -> Result<(), StoreError> {
    tx.run(sql!("add_picture"), values![one.id, story, &one.alt, at, by]).await?;
    for file in &one.files {
        let values = values![one.id, file.width, file.height, file.size, &file.digest, &file.media_type];
        tx.run(sql!("add_picture_file"), values).await?;
    }
    Ok(())
}

pub async fn drop_picture(tx: &mut Tx, id: PictureId) -> Result<(), StoreError> {
    tx.run(sql!("drop_picture_files"), values![id]).await?;
    tx.run(sql!("drop_picture"), values![id]).await?;
    Ok(())
}

pub async fn corrections(tx: &mut Tx, story: StoryId) -> Result<Vec<Correction>, StoreError> {
    let correction = |row: &Row| {
        let was =
            match (row.text_or_none("was_title")?, row.text_or_none("was_summary")?, row.text_or_none("was_body")?) {
                (Some(title), Some(summary), Some(body)) => Some(Text { title, summary, body }),
                _ => None,
            };
        let approved = row.text_or_none("approved_name")?.zip(row.at_or_none("approved_at")?);
        Ok(Correction {
            id: CorrectionId(row.id("id")?),
            note: row.text("note")?,
            text: Text { title: row.text("title")?, summary: row.text("summary")?, body: row.text("body")? },
            proposed_by: row.id_or_none("proposed_by")?.map(AccountId),
            proposed_name: row.text("proposed_name")?,
            proposed_at: row.at("proposed_at")?,
            approved,
            was,
        })
    };
    tx.all(sql!("corrections"), values![story]).await?.iter().map(correction).collect()
}

/// Keeps a correction that waits, in the place of one that waited before.
pub async fn propose_correction(tx: &mut Tx, story: StoryId, one: &Correction) -> Result<(), StoreError> {
    tx.run(sql!("drop_open_correction"), values![story]).await?;
    let values = values![
        one.id,
        story,
        &one.note,
        &one.text.title,
        &one.text.summary,
        &one.text.body,
        one.proposed_by,
        &one.proposed_name,
        one.proposed_at,
    ];
    tx.run(sql!("add_correction"), values).await?;
    Ok(())
}

pub async fn drop_open_correction(tx: &mut Tx, story: StoryId) -> Result<(), StoreError> {
    tx.run(sql!("drop_open_correction"), values![story]).await?;
    Ok(())
}

pub async fn approve_correction(
    tx: &mut Tx,
    id: CorrectionId,
    name: &str,
    at: Timestamp,
    was: &Text,
) -> Result<(), StoreError> {
    let values = values![id, name, at, &was.title, &was.summary, &was.body];
    tx.run_fresh("story_corrections", sql!("approve_correction"), values).await
}

/// When each story was corrected last.
pub async fn corrected_at(tx: &mut Tx) -> Result<BTreeMap<StoryId, Timestamp>, StoreError> {
    let rows = tx.all(sql!("corrected_at"), values![]).await?;
    rows.iter().map(|row| Ok((StoryId(row.id("story")?), row.at("last_at")?))).collect()
}

pub async fn steps(tx: &mut Tx, story: StoryId) -> Result<Vec<Step>, StoreError> {
    let step = |row: &Row| {
        Ok(Step {
            by: row.id_or_none("done_by")?.map(AccountId),
            verb: row.word("story_steps", "verb", StepVerb::from_code)?,
            act: Act { at: row.at("done_at")?, name: row.text("done_name")?, words: row.text("words")? },
        })
    };
    tx.all(sql!("steps"), values![story]).await?.iter().map(step).collect()
}

pub async fn add_step(tx: &mut Tx, story: StoryId, one: &Step) -> Result<(), StoreError> {
    let id: StepId = StepId::new();
    let values = values![id, story, one.by, &one.act.name, one.act.at, one.verb, &one.act.words];
    tx.run(sql!("add_step"), values).await?;
    Ok(())
}
