//! The initiatives that a nomination rests on: chosen while it is written, used up when a decision names it.
//!
//! One initiative serves a person once. What another nomination of the person that is alive has chosen is
//! taken already; what a decision has used stands in the records, which the rule book is asked with.

use kernel::id::PersonId;
use rules::AwardCode;

use super::model::{Nomination, NominationId};
use super::{AwardsError, service, store};
use crate::db::{Row, StoreError, Tx};
use crate::organization::Recipient;
use crate::records::model::{Initiative, InitiativeId};
use crate::records::{self, RecordsError};
use crate::{Ctx, ledger, sql, values};

/// A recognised initiative of the nominee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// The initiative as the records hold it.
    pub initiative: Initiative,
    /// Whether this nomination rests on it.
    pub chosen: bool,
    /// What it served already, in words, or which other nomination has chosen it; empty when it is free.
    pub taken: String,
}

/// The recognised initiatives of a nominee, with what each is used for. For the page of a nomination that the
/// actor may read.
///
/// # Errors
/// What the store says.
pub async fn of_nominee(ctx: &Ctx<'_>, nomination: &Nomination) -> Result<Vec<Work>, AwardsError> {
    let Recipient::Person(person) = nomination.recipient else { return Ok(Vec::new()) };
    let mut tx = ctx.read().await?;
    let chosen = chosen(&mut tx, nomination.id).await?;
    let mut found = Vec::new();
    for (initiative, served) in records::queries::initiatives_of(&mut tx, person).await? {
        if !initiative.recognised(ctx.today()) {
            continue;
        }
        let taken = match served.into_iter().next() {
            Some(first) => in_words(ctx, &first),
            None => elsewhere(ctx, &mut tx, nomination.id, initiative.id, person).await?.unwrap_or_default(),
        };
        found.push(Work { chosen: chosen.contains(&initiative.id), taken, initiative });
    }
    Ok(found)
}

/// Lets a nomination that is being written rest on an initiative of the nominee.
///
/// # Errors
/// When it is not recognised or not the nominee's; [`RecordsError::AlreadyUsed`] names what it served or which
/// nomination has chosen it.
pub async fn choose(ctx: &Ctx<'_>, id: NominationId, initiative: InitiativeId) -> Result<(), AwardsError> {
    let mut tx = ctx.begin().await?;
    let nomination = service::editable(ctx, &mut tx, id).await?;
    let unknown = || AwardsError::Unknown("sáng kiến");
    let Recipient::Person(person) = nomination.recipient else { return Err(unknown()) };
    let own = records::queries::initiatives_of(&mut tx, person).await?;
    let (found, served) = own.into_iter().find(|(one, _)| one.id == initiative).ok_or_else(unknown)?;
    if !found.recognised(ctx.today()) {
        return Err(RecordsError::NotRecognised { on: ctx.today() }.into());
    }
    let taken = match served.into_iter().next() {
        Some(first) => Some(in_words(ctx, &first)),
        None => elsewhere(ctx, &mut tx, id, initiative, person).await?,
    };
    if let Some(first) = taken {
        return Err(RecordsError::AlreadyUsed { code: found.code, first }.into());
    }
    if !chosen(&mut tx, id).await?.contains(&initiative) {
        tx.run(sql!("add_work"), values![id, initiative]).await?;
        let entry = ctx.entry("nomination.choose_initiative", "nomination", id).set("initiative", initiative);
        ledger::record(&mut tx, entry).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Lets a nomination that is being written rest on an initiative no longer.
///
/// # Errors
/// When it did not.
pub async fn let_go(ctx: &Ctx<'_>, id: NominationId, initiative: InitiativeId) -> Result<(), AwardsError> {
    let mut tx = ctx.begin().await?;
    service::editable(ctx, &mut tx, id).await?;
    if tx.run(sql!("drop_work"), values![id, initiative]).await? == 0 {
        return Err(AwardsError::Unknown("sáng kiến"));
    }
    let entry = ctx.entry("nomination.drop_initiative", "nomination", id).set("initiative", initiative);
    ledger::record(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Uses up the initiatives of a nomination that a decision names, inside that decision's transaction.
///
/// # Errors
/// [`RecordsError::AlreadyUsed`] when one served the person before.
pub(super) async fn use_up_in(ctx: &Ctx<'_>, tx: &mut Tx, nomination: &Nomination) -> Result<(), AwardsError> {
    let Recipient::Person(person) = nomination.recipient else { return Ok(()) };
    let campaign = store::campaign(tx, nomination.campaign).await?.ok_or(AwardsError::Unknown("đợt xét"))?;
    for initiative in chosen(tx, nomination.id).await? {
        records::initiatives::use_in(ctx, tx, initiative, person, nomination.award, campaign.year).await?;
    }
    Ok(())
}

async fn chosen(tx: &mut Tx, id: NominationId) -> Result<Vec<InitiativeId>, StoreError> {
    let rows = tx.all(sql!("works"), values![id]).await?;
    rows.iter().map(|row| Ok(InitiativeId(row.id("initiative")?))).collect()
}

/// What the record writes as `code/year`, in the award's own words.
fn in_words(ctx: &Ctx<'_>, served: &str) -> String {
    match served.split_once('/').and_then(|(code, year)| Some((code.parse().ok()?, year))) {
        Some((award, year)) => award_of_year(ctx, award, year),
        None => served.to_owned(),
    }
}

fn award_of_year(ctx: &Ctx<'_>, award: AwardCode, year: impl std::fmt::Display) -> String {
    format!("{} năm {year}", ctx.house.rules.award(award).name_vi)
}

/// Which other nomination of a person that may still become an award rests on an initiative, in words.
async fn elsewhere(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    id: NominationId,
    initiative: InitiativeId,
    person: PersonId,
) -> Result<Option<String>, StoreError> {
    let named = |row: &Row| {
        let award = store::word("nominations", "award", row, |code| code.parse().ok())?;
        Ok(format!("hồ sơ đề nghị {}", award_of_year(ctx, award, row.int("year")?)))
    };
    tx.first(sql!("work_elsewhere"), values![initiative, id, person]).await?.as_ref().map(named).transpose()
}
