//! The record of a recipient, for its page; initiatives; which registers are complete.

use kernel::{Date, Permission};
use rules::Facts;
use rules::facts::Stage;
use serde::Serialize;

pub use super::everybody::{Everybody, Told, everybody};
pub use super::facts::{Asked, Source, Sourced, sourced};
use super::model::{
    Achievement, Completeness, Discipline, Hold, Initiative, InitiativeId, MovementResult, PastAward, PastAwardId,
    Rating,
};
use super::{RecordsError, known, store};
use crate::Ctx;
use crate::db::{StoreError, Tx};
use crate::organization::{self, Recipient};

/// Everything that the registers hold about a recipient, with all revisions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Record {
    /// Ratings, by year and revision.
    pub ratings: Vec<Rating>,
    /// Awards, oldest first, revoked ones too.
    pub awards: Vec<PastAward>,
    /// Initiatives, of a person only.
    pub initiatives: Vec<Initiative>,
    /// Disciplines.
    pub disciplines: Vec<Discipline>,
    /// Holds.
    pub holds: Vec<Hold>,
    /// Achievements.
    pub achievements: Vec<Achievement>,
    /// Results in the movement.
    pub results: Vec<MovementResult>,
}

impl Record {
    /// The rating of each year as it stands on a day, newest year first.
    #[must_use]
    pub fn ratings_on(&self, day: Date) -> Vec<Rating> {
        super::facts::standing_ratings(self.ratings.clone(), day).into_values().rev().collect()
    }
}

/// The facts of a recipient at a stage on a day, about that day's year, without their sources.
///
/// # Errors
/// [`RecordsError::UnknownRecipient`].
pub async fn facts(tx: &mut Tx, recipient: Recipient, on: Date, stage: Stage) -> Result<Facts, RecordsError> {
    let found = sourced(tx, recipient, &Asked::on(on, stage)).await?;
    Ok(found.ok_or(RecordsError::UnknownRecipient(recipient))?.facts)
}

/// The record of a recipient, inside a transaction of a room that has allowed it.
///
/// # Errors
/// What the store says; likewise for the other questions of this file.
pub async fn record_in(tx: &mut Tx, recipient: Recipient) -> Result<Record, StoreError> {
    Ok(Record {
        ratings: store::ratings(tx, recipient).await?,
        awards: store::awards(tx, recipient).await?,
        initiatives: match recipient {
            Recipient::Person(person) => store::initiatives_of(tx, person).await?,
            Recipient::Unit(_) | Recipient::Enterprise(_) => Vec::new(),
        },
        disciplines: store::disciplines(tx, recipient).await?,
        holds: store::holds(tx, recipient).await?,
        achievements: store::achievements(tx, recipient).await?,
        results: store::results(tx, recipient).await?,
    })
}

/// The record of a recipient as it was known at the end of a day; none for now.
///
/// # Errors
/// What the store says.
pub async fn record_known(tx: &mut Tx, recipient: Recipient, known_on: Option<Date>) -> Result<Record, StoreError> {
    let now = record_in(tx, recipient).await?;
    known::record(tx, recipient, now, known_on).await
}

/// The record of a recipient as it was known at the end of a day, and how many of its entries are older
/// than the history: of those nobody can tell whether they had been entered by then.
///
/// # Errors
/// As [`record`].
pub async fn record_then(ctx: &Ctx<'_>, recipient: Recipient, day: Date) -> Result<(Record, usize), RecordsError> {
    let mut tx = ctx.read().await?;
    if !organization::queries::may_see_recipient(ctx, &mut tx, recipient).await? {
        return Err(RecordsError::UnknownRecipient(recipient));
    }
    super::service::exists(&mut tx, recipient, ctx.today()).await?;
    let record = record_known(&mut tx, recipient, Some(day)).await?;
    let undated = known::without_day(&mut tx, recipient, &record).await?;
    Ok((record, undated))
}

/// The record of a recipient, for those who may see it: one's own, and by grants.
///
/// # Errors
/// [`RecordsError::UnknownRecipient`] also when the actor may not know of it.
pub async fn record(ctx: &Ctx<'_>, recipient: Recipient) -> Result<Record, RecordsError> {
    let mut tx = ctx.read().await?;
    if !organization::queries::may_see_recipient(ctx, &mut tx, recipient).await? {
        return Err(RecordsError::UnknownRecipient(recipient));
    }
    super::service::exists(&mut tx, recipient, ctx.today()).await?;
    Ok(record_in(&mut tx, recipient).await?)
}

/// The awards that a recipient holds or held, oldest first, revoked ones too.
///
/// # Errors
/// What the store says.
pub async fn awards(tx: &mut Tx, recipient: Recipient) -> Result<Vec<PastAward>, StoreError> {
    store::awards(tx, recipient).await
}

/// An award of a record.
///
/// # Errors
/// What the store says.
pub async fn award(tx: &mut Tx, id: PastAwardId) -> Result<Option<PastAward>, StoreError> {
    store::award(tx, id).await
}

/// The achievements of a recipient.
///
/// # Errors
/// What the store says.
pub async fn achievements(tx: &mut Tx, recipient: Recipient) -> Result<Vec<Achievement>, StoreError> {
    store::achievements(tx, recipient).await
}

/// An achievement by its code.
///
/// # Errors
/// What the store says.
pub async fn achievement_by_code(tx: &mut Tx, code: &str) -> Result<Option<Achievement>, StoreError> {
    store::achievement_by_code(tx, &kernel::text::clean_line(code).to_uppercase()).await
}

/// An initiative.
///
/// # Errors
/// What the store says.
pub async fn initiative(tx: &mut Tx, id: InitiativeId) -> Result<Option<Initiative>, StoreError> {
    store::initiative(tx, id).await
}

/// Id, code and name of every initiative in the records, by code. For other rooms.
///
/// # Errors
/// What the store says.
pub async fn named_initiatives(tx: &mut Tx) -> Result<Vec<(InitiativeId, String, String)>, StoreError> {
    store::named_initiatives(tx).await
}

/// Every recognised initiative in the records with the day of its recognition. For other rooms.
///
/// # Errors
/// What the store says.
pub async fn recognised_initiatives(tx: &mut Tx) -> Result<Vec<(InitiativeId, Date)>, StoreError> {
    store::recognised_initiatives(tx).await
}

/// The initiative of a code.
///
/// # Errors
/// What the store says.
pub async fn initiative_by_code(tx: &mut Tx, code: &str) -> Result<Option<Initiative>, StoreError> {
    store::initiative_by_code(tx, &kernel::text::clean_line(code).to_uppercase()).await
}

/// The initiatives of a person, and what each of them served already, as `code/year`.
///
/// # Errors
/// What the store says.
pub async fn initiatives_of(
    tx: &mut Tx,
    person: kernel::id::PersonId,
) -> Result<Vec<(Initiative, Vec<String>)>, StoreError> {
    let uses = store::initiative_uses(tx, person).await?;
    let served = |id: InitiativeId| uses.iter().filter(|(used, _)| *used == id).map(|(_, what)| what.clone()).collect();
    let all = store::initiatives_of(tx, person).await?;
    Ok(all.into_iter().map(|one| (served(one.id), one)).map(|(uses, one)| (one, uses)).collect())
}

/// Initiatives whose name holds the text, with or without diacritics, by code.
///
/// # Errors
/// When the actor may not read people and their record.
pub async fn initiatives(ctx: &Ctx<'_>, text: &str, limit: i64) -> Result<Vec<Initiative>, RecordsError> {
    ctx.may(Permission::ReadPeople)?;
    let mut tx = ctx.read().await?;
    Ok(store::initiatives(&mut tx, text, limit).await?)
}

/// Which registers are declared complete, and since when.
///
/// # Errors
/// When the actor may not read people and their record.
pub async fn completeness(ctx: &Ctx<'_>) -> Result<Vec<Completeness>, RecordsError> {
    ctx.may(Permission::ReadPeople)?;
    let mut tx = ctx.read().await?;
    Ok(store::completeness(&mut tx).await?)
}

/// The kind of a recipient as the rule book names it; none when there is no such recipient, or the rule book
/// has no kind for it.
///
/// # Errors
/// What the store says.
pub async fn recipient_kind(tx: &mut Tx, recipient: Recipient) -> Result<Option<rules::RecipientKind>, StoreError> {
    use rules::RecipientKind;
    Ok(match recipient {
        Recipient::Person(_) => Some(RecipientKind::Person),
        Recipient::Unit(_) => Some(RecipientKind::Collective),
        Recipient::Enterprise(id) => {
            organization::queries::enterprise(tx, id).await?.and_then(|one| super::facts::kind_of(one.entry.kind))
        }
    })
}

/// How many achievements each clause of the plan has; clauses without any are left out.
///
/// # Errors
/// What the store says.
pub async fn count_by_clause(tx: &mut Tx) -> Result<Vec<(String, usize)>, StoreError> {
    store::count_by_clause(tx).await
}

/// The achievements on a clause whose recipients the actor may see, each with the recipient's name of today, the
/// newest year first.
///
/// # Errors
/// When the actor may not read the plan.
pub async fn achievements_on(ctx: &Ctx<'_>, clause: &str) -> Result<Vec<(Achievement, String)>, RecordsError> {
    ctx.may(Permission::ReadPlan)?;
    let mut tx = ctx.read().await?;
    let mut found = Vec::new();
    for one in store::achievements_on(&mut tx, clause).await? {
        if organization::queries::may_see_recipient(ctx, &mut tx, one.recipient).await? {
            let name = one.recipient.name(&mut tx, ctx.today()).await?.unwrap_or_default();
            found.push((one, name));
        }
    }
    Ok(found)
}
