//! Initiatives: entering, recognising, using them for an award.

use kernel::id::PersonId;
use kernel::{Date, Permission};
use rules::AwardCode;
use rules::facts::Scope;

use super::model::{Author, Initiative, InitiativeId, subject};
use super::service::{day_fits, needed};
use super::{RecordsError, store};
use crate::db::Tx;
use crate::organization::{self, OrganizationError};
use crate::{Ctx, history, ledger};

/// An initiative that is about to be entered, not recognised yet.
#[derive(Debug, Clone)]
pub struct NewInitiative {
    /// Its code.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// How far it reaches, as its authors say.
    pub scope: Scope,
    /// Its authors and their shares.
    pub authors: Vec<Author>,
}

/// Enters an initiative.
///
/// # Errors
/// Shares that make no whole, an unknown author, a code that is taken.
pub async fn enter(ctx: &Ctx<'_>, new: NewInitiative) -> Result<InitiativeId, RecordsError> {
    ctx.may(Permission::ManagePeople)?;
    let mut tx = ctx.begin().await?;
    let NewInitiative { code, name, scope, authors } = new;
    Author::check(&authors)?;
    let initiative = Initiative {
        id: InitiativeId::new(),
        code: needed(&code, "mã sáng kiến")?.to_uppercase(),
        name: needed(&name, "tên sáng kiến")?,
        scope,
        replicable: None,
        recognised_on: None,
        document: None,
        scope_on: None,
        scope_document: None,
        authors,
        version: 1,
    };
    for Author { person, .. } in &initiative.authors {
        let known = organization::queries::person(&mut tx, *person).await?;
        known.ok_or(OrganizationError::UnknownPerson(*person))?;
    }
    if store::initiative_by_code(&mut tx, &initiative.code).await?.is_some() {
        return Err(RecordsError::InitiativeCodeTaken { code: initiative.code });
    }
    store::add_initiative(&mut tx, &initiative).await?;
    history::entered(ctx, &mut tx, subject("initiatives", initiative.id, initiative.id.0)).await?;
    let entry = ctx.entry("records.enter_initiative", "initiative", initiative.id);
    ledger::record(&mut tx, entry.set("code", &initiative.code)).await?;
    tx.commit().await?;
    Ok(initiative.id)
}

/// Recognises an initiative: only then it counts for an award.
///
/// # Errors
/// When it is unknown or recognised; a day that has not come.
pub async fn recognise(
    ctx: &Ctx<'_>,
    id: InitiativeId,
    on: Date,
    scope: Scope,
    replicable: Option<bool>,
    document: &str,
) -> Result<(), RecordsError> {
    ctx.may(Permission::ManagePeople)?;
    let mut tx = ctx.begin().await?;
    let mut initiative = store::initiative(&mut tx, id).await?.ok_or(RecordsError::UnknownInitiative(id))?;
    day_fits(ctx, on)?;
    let before = initiative.clone();
    initiative.recognise(on, scope, replicable, &needed(document, "quyết định công nhận sáng kiến")?)?;
    store::save_initiative(&mut tx, &initiative).await?;
    history::changed(ctx, &mut tx, subject("initiatives", id, id.0), "recognise", &before).await?;
    let mut entry = ctx.entry("records.recognise_initiative", "initiative", id).set("on", on);
    entry.ground = initiative.document;
    ledger::record(&mut tx, entry.set("scope", scope.code())).await?;
    tx.commit().await?;
    Ok(())
}

/// An initiative that the room of initiatives recognises.
#[derive(Debug, Clone)]
pub struct Recognised {
    /// Its id there, which the entry bears too.
    pub id: InitiativeId,
    /// Its code.
    pub code: String,
    /// What it is called.
    pub name: String,
    /// The authors of the records; what authors from outside share is not among them.
    pub authors: Vec<Author>,
    /// The day of the decision.
    pub on: Date,
    /// The decision.
    pub document: String,
}

/// Enters an initiative with its recognition, inside the transaction of the room that has decided on it. It
/// reaches no farther than the office until [`widen_in`] says so.
///
/// # Errors
/// A code that is taken, an unknown author.
pub async fn recognise_in(ctx: &Ctx<'_>, tx: &mut Tx, new: Recognised) -> Result<(), RecordsError> {
    let Recognised { id, code, name, authors, on, document } = new;
    if store::initiative_by_code(tx, &code).await?.is_some() {
        return Err(RecordsError::InitiativeCodeTaken { code });
    }
    let initiative = Initiative {
        id,
        code,
        name,
        scope: Scope::CoSo,
        replicable: None,
        recognised_on: Some(on),
        document: Some(document),
        scope_on: None,
        scope_document: None,
        authors,
        version: 1,
    };
    for Author { person, .. } in &initiative.authors {
        let known = organization::queries::person(tx, *person).await?;
        known.ok_or(OrganizationError::UnknownPerson(*person))?;
    }
    store::add_initiative(tx, &initiative).await?;
    history::entered(ctx, tx, subject("initiatives", id, id.0)).await?;
    let mut entry = ctx.entry("records.recognise_initiative", "initiative", id).set("on", on);
    entry.ground = initiative.document;
    Ok(ledger::record(tx, entry.set("scope", Scope::CoSo.code())).await?)
}

/// Notes the decision on the reach of a recognised initiative, inside the transaction of the room that has
/// decided on it.
///
/// # Errors
/// When it is unknown or was not recognised by that day.
pub async fn widen_in(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    id: InitiativeId,
    on: Date,
    reach: (Scope, Option<bool>),
    document: &str,
) -> Result<(), RecordsError> {
    let mut initiative = store::initiative(tx, id).await?.ok_or(RecordsError::UnknownInitiative(id))?;
    let before = initiative.clone();
    initiative.widen(on, reach.0, reach.1, document)?;
    store::save_initiative(tx, &initiative).await?;
    history::changed(ctx, tx, subject("initiatives", id, id.0), "widen", &before).await?;
    let mut entry = ctx.entry("records.widen_initiative", "initiative", id).set("on", on);
    entry.ground = initiative.scope_document;
    Ok(ledger::record(tx, entry.set("scope", reach.0.code())).await?)
}

/// Uses an initiative of a person for an award of a year, inside a transaction of a room that has allowed it.
///
/// # Errors
/// [`RecordsError::AlreadyUsed`] names what it served before.
pub async fn use_in(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    id: InitiativeId,
    person: PersonId,
    award: AwardCode,
    year: i16,
) -> Result<(), RecordsError> {
    let initiative = store::initiative(tx, id).await?.ok_or(RecordsError::UnknownInitiative(id))?;
    if !initiative.authors.iter().any(|author| author.person == person) {
        return Err(RecordsError::UnknownInitiative(id));
    }
    let uses = store::initiative_uses(tx, person).await?;
    if let Some((_, first)) = uses.into_iter().find(|(used, _)| *used == id) {
        return Err(RecordsError::AlreadyUsed { code: initiative.code, first });
    }
    store::add_initiative_use(tx, id, person, award, year).await?;
    history::entered(ctx, tx, subject("initiative_uses", id, person.0)).await?;
    let entry = ctx.entry("records.use_initiative", "initiative", id).set("person", person);
    ledger::record(tx, entry.set("award", award).set("year", year)).await?;
    Ok(())
}
