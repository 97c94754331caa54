//! Rows of consents and of published models.

use kernel::Date;

use super::InitiativeId;
use super::model::{Consent, ConsentId, Model};
use crate::db::{Row, StoreError, Tx};
use crate::{sql, values};

pub async fn add_consent(tx: &mut Tx, id: InitiativeId, one: &Consent, by: &str) -> Result<(), StoreError> {
    let values = values![one.id, id, one.position, one.named, &one.document, one.given_on, by];
    tx.run(sql!("add_consent"), values).await?;
    Ok(())
}

pub async fn withdraw_consent(tx: &mut Tx, id: ConsentId, on: Date, by: &str) -> Result<(), StoreError> {
    tx.run_fresh("initiative_consents", sql!("withdraw_consent"), values![id, on, by]).await
}

/// Every consent of an initiative's authors, withdrawn ones too, in the order in which they were given.
pub async fn consents(tx: &mut Tx, id: InitiativeId) -> Result<Vec<Consent>, StoreError> {
    let consent = |row: &Row| {
        Ok(Consent {
            id: ConsentId(row.id("id")?),
            position: row.int("position")?,
            named: row.bool("named")?,
            document: row.text("document")?,
            given_on: row.day("given_on")?,
            withdrawn_on: row.day_or_none("withdrawn_on")?,
        })
    };
    tx.all(sql!("consents"), values![id]).await?.iter().map(consent).collect()
}

pub async fn model(tx: &mut Tx, id: InitiativeId) -> Result<Option<Model>, StoreError> {
    tx.first(sql!("model"), values![id]).await?.as_ref().map(model_from).transpose()
}

fn search_key(one: &Model) -> String {
    kernel::text::search_key(&format!("{} {} {}", one.title, one.problem, one.solution))
}

pub async fn add_model(tx: &mut Tx, one: &Model) -> Result<(), StoreError> {
    let values = values![one.initiative, &one.title, &one.problem, &one.solution, search_key(one), one.published_on];
    tx.run(sql!("add_model"), values).await?;
    Ok(())
}

pub async fn save_model(tx: &mut Tx, one: &Model) -> Result<(), StoreError> {
    let values = values![
        one.initiative,
        one.version,
        &one.title,
        &one.problem,
        &one.solution,
        search_key(one),
        one.published_on,
        one.hidden_on,
    ];
    tx.run_fresh("published_models", sql!("save_model"), values).await
}

/// Models for everybody: published, of a recognised initiative, with the standing consent of every author.
pub async fn shown(tx: &mut Tx, text: &str, limit: i64, skip: i64) -> Result<Vec<Model>, StoreError> {
    let pattern = kernel::text::Wanted::of(text).pattern();
    tx.all(sql!("shown_models"), values![pattern, limit, skip]).await?.iter().map(model_from).collect()
}

fn model_from(row: &Row) -> Result<Model, StoreError> {
    Ok(Model {
        initiative: InitiativeId(row.id("initiative")?),
        title: row.text("title")?,
        problem: row.text("problem")?,
        solution: row.text("solution")?,
        published_on: row.day("published_on")?,
        hidden_on: row.day_or_none("hidden_on")?,
        version: row.int("version")?,
    })
}
