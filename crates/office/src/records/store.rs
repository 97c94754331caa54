//! Rows of records.

use kernel::id::PersonId;
use kernel::{Date, Period};
use rules::facts::{DisciplineLevel, HoldKind, RatingLevel, Scope, Selection, Stage};
use rules::{AwardCode, AwardType};

use super::model::{
    Achievement, AchievementId, Author, Completeness, Discipline, DisciplineId, Hold, HoldId, Initiative, InitiativeId,
    MovementResult, MovementResultId, PastAward, PastAwardId, Rating, RatingId, Register,
};
use crate::db::{Row, StoreError, Tx};
use crate::organization::{self, Recipient};
use crate::{sql, values};

pub async fn put_completeness(tx: &mut Tx, declared: &Completeness) -> Result<(), StoreError> {
    let Completeness { register, since, document } = declared;
    tx.run(sql!("put_completeness"), values![*register, *since, document]).await?;
    Ok(())
}

pub async fn completeness(tx: &mut Tx) -> Result<Vec<Completeness>, StoreError> {
    let rows = tx.all(sql!("completeness"), values![]).await?;
    rows.iter()
        .map(|row| {
            let register = row.word("registers", "register", Register::from_code)?;
            Ok(Completeness { register, since: row.day("complete_since")?, document: row.text("document")? })
        })
        .collect()
}

pub async fn add_rating(tx: &mut Tx, rating: &Rating) -> Result<(), StoreError> {
    let Rating { id, recipient, year, revision, level, decided_on, document } = rating;
    let values =
        values![*id, recipient.kind(), recipient.id(), *year, *revision, level.code(), *decided_on, document.clone(),];
    tx.run(sql!("add_rating"), values).await?;
    Ok(())
}

/// The rows of a recipient: of an enterprise those of its doubles too.
async fn of(tx: &mut Tx, sql: crate::db::Sql, recipient: Recipient) -> Result<Vec<Row>, StoreError> {
    let mut rows = Vec::new();
    for owner in organization::queries::owners(tx, recipient).await? {
        rows.extend(tx.all(sql, values![recipient.kind(), owner]).await?);
    }
    Ok(rows)
}

pub async fn last_revision(tx: &mut Tx, recipient: Recipient, year: i16) -> Result<i64, StoreError> {
    let row = tx.first(sql!("last_revision"), values![recipient.kind(), recipient.id(), year]).await?;
    row.map_or(Ok(0), |row| row.int("revision"))
}

/// All revisions, by year, the last of a year last.
pub async fn ratings(tx: &mut Tx, recipient: Recipient) -> Result<Vec<Rating>, StoreError> {
    of(tx, sql!("ratings"), recipient).await?.iter().map(rating).collect()
}

pub async fn add_award(tx: &mut Tx, award: &PastAward) -> Result<(), StoreError> {
    let values = values![
        award.id,
        award.recipient.kind(),
        award.recipient.id(),
        award.award.code(),
        award.year,
        award.r#type.code(),
        &award.number,
        award.decided_on,
        award.achievement.map(|id| id.0),
        award.decision_line,
        award.revoked_on,
    ];
    tx.run(sql!("add_award"), values).await?;
    Ok(())
}

pub async fn revoke_award(tx: &mut Tx, id: PastAwardId, on: Date) -> Result<(), StoreError> {
    tx.run_fresh("past_awards", sql!("revoke_award"), values![id, on]).await
}

pub async fn correct_award(tx: &mut Tx, id: PastAwardId, kind: AwardType, on: Date) -> Result<(), StoreError> {
    tx.run_fresh("past_awards", sql!("correct_award"), values![id, kind.code(), on]).await
}

pub async fn award(tx: &mut Tx, id: PastAwardId) -> Result<Option<PastAward>, StoreError> {
    tx.first(sql!("award"), values![id]).await?.as_ref().map(past_award).transpose()
}

pub async fn awards(tx: &mut Tx, recipient: Recipient) -> Result<Vec<PastAward>, StoreError> {
    of(tx, sql!("awards"), recipient).await?.iter().map(past_award).collect()
}

pub async fn add_achievement(tx: &mut Tx, achievement: &Achievement) -> Result<(), StoreError> {
    let Achievement { id, recipient, code, year, clause, summary } = achievement;
    let values = values![*id, recipient.kind(), recipient.id(), code, *year, clause, summary];
    tx.run(sql!("add_achievement"), values).await?;
    Ok(())
}

pub async fn achievement(tx: &mut Tx, id: AchievementId) -> Result<Option<Achievement>, StoreError> {
    tx.first(sql!("achievement"), values![id]).await?.as_ref().map(achievement_of).transpose()
}

pub async fn achievement_by_code(tx: &mut Tx, code: &str) -> Result<Option<Achievement>, StoreError> {
    tx.first(sql!("achievement_by_code"), values![code]).await?.as_ref().map(achievement_of).transpose()
}

pub async fn achievements(tx: &mut Tx, recipient: Recipient) -> Result<Vec<Achievement>, StoreError> {
    let rows = of(tx, sql!("achievements"), recipient).await?;
    rows.iter().map(achievement_of).collect()
}

/// The achievements on a clause, the newest year first.
pub async fn achievements_on(tx: &mut Tx, clause: &str) -> Result<Vec<Achievement>, StoreError> {
    tx.all(sql!("achievements_on"), values![clause]).await?.iter().map(achievement_of).collect()
}

pub async fn put_result(tx: &mut Tx, result: &MovementResult) -> Result<(), StoreError> {
    let MovementResult { id, recipient, stage, year, quality, leads, document } = result;
    let values = values![*id, recipient.kind(), recipient.id(), stage.code(), *year, quality.code(), *leads, document,];
    tx.run(sql!("put_result"), values).await?;
    Ok(())
}

pub async fn results(tx: &mut Tx, recipient: Recipient) -> Result<Vec<MovementResult>, StoreError> {
    of(tx, sql!("results"), recipient).await?.iter().map(result_of).collect()
}

pub async fn add_initiative(tx: &mut Tx, initiative: &Initiative) -> Result<(), StoreError> {
    let values = values![
        initiative.id,
        &initiative.code,
        &initiative.name,
        kernel::text::search_key(&initiative.name),
        initiative.recognised_on,
        initiative.scope.code(),
        initiative.replicable,
        initiative.document.clone(),
        initiative.version,
    ];
    tx.run(sql!("add_initiative"), values).await?;
    for author in &initiative.authors {
        tx.run(sql!("add_author"), values![initiative.id, author.person, author.share_percent]).await?;
    }
    Ok(())
}

pub async fn save_initiative(tx: &mut Tx, initiative: &Initiative) -> Result<(), StoreError> {
    let values = values![
        initiative.id,
        initiative.version,
        initiative.recognised_on,
        initiative.scope.code(),
        initiative.replicable,
        initiative.document.clone(),
        initiative.scope_on,
        initiative.scope_document.clone(),
    ];
    tx.run_fresh("initiatives", sql!("save_initiative"), values).await
}

pub async fn initiative(tx: &mut Tx, id: InitiativeId) -> Result<Option<Initiative>, StoreError> {
    match tx.first(sql!("initiative"), values![id]).await? {
        Some(row) => with_authors(tx, &row).await.map(Some),
        None => Ok(None),
    }
}

pub async fn initiative_by_code(tx: &mut Tx, code: &str) -> Result<Option<Initiative>, StoreError> {
    match tx.first(sql!("initiative_by_code"), values![code]).await? {
        Some(row) => with_authors(tx, &row).await.map(Some),
        None => Ok(None),
    }
}

pub async fn initiatives_of(tx: &mut Tx, person: PersonId) -> Result<Vec<Initiative>, StoreError> {
    let mut found = Vec::new();
    for row in tx.all(sql!("initiatives_of"), values![person]).await? {
        found.push(with_authors(tx, &row).await?);
    }
    Ok(found)
}

pub async fn initiatives(tx: &mut Tx, text: &str, limit: i64) -> Result<Vec<Initiative>, StoreError> {
    let pattern = kernel::text::Wanted::of(text).pattern();
    let mut found = Vec::new();
    for row in tx.all(sql!("initiatives"), values![pattern, limit]).await? {
        found.push(with_authors(tx, &row).await?);
    }
    Ok(found)
}

/// Id, code and name of every initiative, by code.
pub async fn named_initiatives(tx: &mut Tx) -> Result<Vec<(InitiativeId, String, String)>, StoreError> {
    let named = |row: &Row| Ok((InitiativeId(row.id("id")?), row.text("code")?, row.text("name")?));
    tx.all(sql!("named_initiatives"), values![]).await?.iter().map(named).collect()
}

/// Every recognised initiative with the day.
pub async fn recognised_initiatives(tx: &mut Tx) -> Result<Vec<(InitiativeId, kernel::Date)>, StoreError> {
    let recognised = |row: &Row| Ok((InitiativeId(row.id("id")?), row.day("recognised_on")?));
    tx.all(sql!("recognised_initiatives"), values![]).await?.iter().map(recognised).collect()
}

pub async fn add_initiative_use(
    tx: &mut Tx,
    initiative: InitiativeId,
    person: PersonId,
    award: AwardCode,
    year: i16,
) -> Result<(), StoreError> {
    tx.run(sql!("add_initiative_use"), values![initiative, person, award.code(), year]).await?;
    Ok(())
}

/// What a person has used initiatives for, as `code/year`.
pub async fn initiative_uses(tx: &mut Tx, person: PersonId) -> Result<Vec<(InitiativeId, String)>, StoreError> {
    let rows = tx.all(sql!("initiative_uses"), values![person]).await?;
    rows.iter().map(|row| Ok((InitiativeId(row.id("initiative")?), served(row)?))).collect()
}

pub async fn add_discipline(tx: &mut Tx, discipline: &Discipline) -> Result<(), StoreError> {
    let Discipline { id, recipient, level, period, document } = discipline;
    let values = values![*id, recipient.kind(), recipient.id(), level.code(), period.from, period.until, document];
    tx.run(sql!("add_discipline"), values).await?;
    Ok(())
}

pub async fn disciplines(tx: &mut Tx, recipient: Recipient) -> Result<Vec<Discipline>, StoreError> {
    of(tx, sql!("disciplines"), recipient).await?.iter().map(discipline_of).collect()
}

pub async fn add_hold(tx: &mut Tx, hold: &Hold) -> Result<(), StoreError> {
    let Hold { id, recipient, kind, period, document, released_by } = hold;
    let values = values![
        *id,
        recipient.kind(),
        recipient.id(),
        kind.code(),
        period.from,
        period.until,
        document,
        released_by.clone(),
    ];
    tx.run(sql!("add_hold"), values).await?;
    Ok(())
}

pub async fn release_hold(tx: &mut Tx, hold: &Hold) -> Result<(), StoreError> {
    let values = values![hold.id, hold.period.until, hold.released_by.clone()];
    tx.run_fresh("holds", sql!("release_hold"), values).await
}

/// Ends a hold whose end was stated from the beginning.
pub async fn end_hold(tx: &mut Tx, hold: &Hold) -> Result<(), StoreError> {
    let values = values![hold.id, hold.period.until, hold.released_by.clone()];
    tx.run_fresh("holds", sql!("end_hold"), values).await
}

pub async fn hold(tx: &mut Tx, id: HoldId) -> Result<Option<Hold>, StoreError> {
    tx.first(sql!("hold"), values![id]).await?.as_ref().map(hold_of).transpose()
}

pub async fn holds(tx: &mut Tx, recipient: Recipient) -> Result<Vec<Hold>, StoreError> {
    of(tx, sql!("holds"), recipient).await?.iter().map(hold_of).collect()
}

async fn with_authors(tx: &mut Tx, row: &Row) -> Result<Initiative, StoreError> {
    let mut initiative = without_authors(row)?;
    for author in tx.all(sql!("authors"), values![initiative.id]).await? {
        let (person, share_percent) = (PersonId(author.id("person")?), author.int("share_percent")?);
        initiative.authors.push(Author { person, share_percent });
    }
    Ok(initiative)
}

fn without_authors(row: &Row) -> Result<Initiative, StoreError> {
    Ok(Initiative {
        id: InitiativeId(row.id("id")?),
        code: row.text("code")?,
        name: row.text("name")?,
        scope: row.word("initiatives", "scope", Scope::from_code)?,
        replicable: row.bool_or_none("replicable")?,
        recognised_on: row.day_or_none("recognised_on")?,
        document: row.text_or_none("document")?,
        scope_on: row.day_or_none("scope_on")?,
        scope_document: row.text_or_none("scope_document")?,
        authors: Vec::new(),
        version: row.int("version")?,
    })
}

fn year(row: &Row, table: &'static str) -> Result<i16, StoreError> {
    let year = row.int("year")?;
    i16::try_from(year).map_err(|_| StoreError::Nonsense { table, column: "year", what: year.to_string() })
}

fn rating(row: &Row) -> Result<Rating, StoreError> {
    Ok(Rating {
        id: RatingId(row.id("id")?),
        recipient: row.recipient()?,
        year: year(row, "ratings")?,
        revision: row.int("revision")?,
        level: row.word("ratings", "level", RatingLevel::from_code)?,
        decided_on: row.day_or_none("decided_on")?,
        document: row.text_or_none("document")?,
    })
}

fn past_award(row: &Row) -> Result<PastAward, StoreError> {
    Ok(PastAward {
        id: PastAwardId(row.id("id")?),
        recipient: row.recipient()?,
        award: row.word("past_awards", "award", |code| code.parse().ok())?,
        year: year(row, "past_awards")?,
        r#type: row.word("past_awards", "type", AwardType::from_code)?,
        number: row.text("number")?,
        decided_on: row.day("decided_on")?,
        achievement: row.id_or_none("achievement")?.map(AchievementId),
        decision_line: row.id_or_none("decision_line")?,
        revoked_on: row.day_or_none("revoked_on")?,
    })
}

fn achievement_of(row: &Row) -> Result<Achievement, StoreError> {
    Ok(Achievement {
        id: AchievementId(row.id("id")?),
        recipient: row.recipient()?,
        code: row.text("code")?,
        year: year(row, "achievements")?,
        clause: row.text("clause")?,
        summary: row.text("summary")?,
    })
}

fn result_of(row: &Row) -> Result<MovementResult, StoreError> {
    Ok(MovementResult {
        id: MovementResultId(row.id("id")?),
        recipient: row.recipient()?,
        stage: row.word("movement_results", "stage", Stage::from_code)?,
        year: year(row, "movement_results")?,
        quality: row.word("movement_results", "quality", Selection::from_code)?,
        leads: row.bool("leads")?,
        document: row.text("document")?,
    })
}

fn discipline_of(row: &Row) -> Result<Discipline, StoreError> {
    Ok(Discipline {
        id: DisciplineId(row.id("id")?),
        recipient: row.recipient()?,
        level: row.word("discipline", "level", DisciplineLevel::from_code)?,
        period: Period { from: row.day("from_on")?, until: row.day_or_none("until_on")? },
        document: row.text("document")?,
    })
}

fn hold_of(row: &Row) -> Result<Hold, StoreError> {
    Ok(Hold {
        id: HoldId(row.id("id")?),
        recipient: row.recipient()?,
        kind: row.word("holds", "kind", HoldKind::from_code)?,
        period: Period { from: row.day("from_on")?, until: row.day_or_none("until_on")? },
        document: row.text("document")?,
        released_by: row.text_or_none("released_by")?,
    })
}

pub async fn count_by_clause(tx: &mut Tx) -> Result<Vec<(String, usize)>, StoreError> {
    tx.counts(sql!("count_by_clause"), "clause", "many").await
}

/// A register of everybody, each person's entries in the order of the single question.
macro_rules! of_people {
    ($($name:ident: $entry:ty, $sql:literal, $read:ident;)+) => {$(
        pub async fn $name(tx: &mut Tx) -> Result<Vec<$entry>, StoreError> {
            tx.all(sql!($sql), values![]).await?.iter().map($read).collect()
        }
    )+};
}
of_people! {
    ratings_of_people: Rating, "ratings_of_people", rating;
    ratings_of_units: Rating, "ratings_of_units", rating;
    awards_of_people: PastAward, "awards_of_people", past_award;
    achievements_of_people: Achievement, "achievements_of_people", achievement_of;
    disciplines_of_people: Discipline, "disciplines_of_people", discipline_of;
    holds_of_people: Hold, "holds_of_people", hold_of;
    results_of_people: MovementResult, "results_of_people", result_of;
}

/// Who has a share in which initiative; the initiatives come without their authors.
pub async fn authorships(tx: &mut Tx) -> Result<Vec<(PersonId, Initiative)>, StoreError> {
    let rows = tx.all(sql!("authorships"), values![]).await?;
    rows.iter().map(|row| Ok((PersonId(row.id("person")?), without_authors(row)?))).collect()
}

/// What everybody has used initiatives for, as `code/year`.
pub async fn uses_of_people(tx: &mut Tx) -> Result<Vec<(PersonId, InitiativeId, String)>, StoreError> {
    let rows = tx.all(sql!("uses_of_people"), values![]).await?;
    rows.iter()
        .map(|row| Ok((PersonId(row.id("person")?), InitiativeId(row.id("initiative")?), served(row)?)))
        .collect()
}

fn served(row: &Row) -> Result<String, StoreError> {
    Ok(format!("{}/{}", row.text("award")?, row.int("year")?))
}
