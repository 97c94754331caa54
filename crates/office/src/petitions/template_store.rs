//! Rows of wordings for replies.

use super::model::Kind;
use super::templates::{Template, TemplateId};
use crate::db::{Row, StoreError, Tx};
use crate::{sql, values};

pub async fn add(tx: &mut Tx, one: &Template) -> Result<(), StoreError> {
    let values = values![one.id, one.kind, &one.name, &one.words, &one.changed_by, one.changed_on];
    tx.run(sql!("add_template"), values).await?;
    Ok(())
}

pub async fn save(tx: &mut Tx, one: &Template) -> Result<(), StoreError> {
    let values = values![one.id, one.version, one.kind, &one.name, &one.words, &one.changed_by, one.changed_on];
    tx.run_fresh("reply_templates", sql!("save_template"), values).await
}

pub async fn withdraw(tx: &mut Tx, id: TemplateId, version: i64) -> Result<(), StoreError> {
    tx.run_fresh("reply_templates", sql!("drop_template"), values![id, version]).await
}

pub async fn find(tx: &mut Tx, id: TemplateId) -> Result<Option<Template>, StoreError> {
    tx.first(sql!("template"), values![id]).await?.as_ref().map(from).transpose()
}

pub async fn all(tx: &mut Tx) -> Result<Vec<Template>, StoreError> {
    tx.all(sql!("templates"), values![]).await?.iter().map(from).collect()
}

fn from(row: &Row) -> Result<Template, StoreError> {
    Ok(Template {
        id: TemplateId(row.id("id")?),
        kind: row.word("reply_templates", "kind", Kind::from_code)?,
        name: row.text("name")?,
        words: row.text("words")?,
        changed_by: row.text("changed_by")?,
        changed_on: row.day("changed_on")?,
        version: row.int("version")?,
    })
}
