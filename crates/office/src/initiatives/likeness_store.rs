//! Rows of signatures, of pairs that look alike, and of what people decided about them.

use std::collections::HashMap;

use uuid::Uuid;

use super::InitiativeId;
use super::model::{Act, Judged, Judgement, JudgementId};
use super::similarity::Signature;
use crate::Ctx;
use crate::db::{Row, StoreError, Tx};
use crate::{sql, values};

/// A pair that looks alike: the other one, and how alike names and texts are, in hundredths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    pub other: InitiativeId,
    pub names: i64,
    pub texts: i64,
}

/// The two in their order: a pair is kept once.
fn ordered(one: InitiativeId, other: InitiativeId) -> (Uuid, Uuid) {
    (one.0.min(other.0), one.0.max(other.0))
}

fn other_of(row: &Row, id: InitiativeId) -> Result<InitiativeId, StoreError> {
    let (one, other) = (row.id("one")?, row.id("other")?);
    Ok(InitiativeId(if one == id.0 { other } else { one }))
}

pub async fn signatures(tx: &mut Tx) -> Result<HashMap<InitiativeId, Signature>, StoreError> {
    let signature = |row: &Row| {
        let signature = Signature { name: row.bytes("name_signature")?, text: row.bytes_or_none("text_signature")? };
        Ok((InitiativeId(row.id("id")?), signature))
    };
    tx.all(sql!("signatures"), values![]).await?.iter().map(signature).collect()
}

pub async fn put_signature(tx: &mut Tx, id: InitiativeId, signature: &Signature) -> Result<(), StoreError> {
    tx.run(sql!("put_signature"), values![id, signature.name.clone(), signature.text.clone()]).await?;
    Ok(())
}

/// Puts the pairs of an initiative in the place of those that were found before.
pub async fn put_pairs(tx: &mut Tx, id: InitiativeId, pairs: &[Pair]) -> Result<(), StoreError> {
    tx.run(sql!("drop_likenesses"), values![id]).await?;
    for pair in pairs {
        let (one, other) = ordered(id, pair.other);
        tx.run(sql!("add_likeness"), values![one, other, pair.names, pair.texts]).await?;
    }
    Ok(())
}

pub async fn pairs(tx: &mut Tx, id: InitiativeId) -> Result<Vec<Pair>, StoreError> {
    let pair = |row: &Row| {
        Ok(Pair { other: other_of(row, id)?, names: row.int("name_score")?, texts: row.int("text_score")? })
    };
    tx.all(sql!("likenesses"), values![id]).await?.iter().map(pair).collect()
}

pub async fn add_judgement(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    (one, other): (InitiativeId, InitiativeId),
    judgement: Judgement,
    words: &str,
) -> Result<(), StoreError> {
    let (one, other) = ordered(one, other);
    let values = values![JudgementId::new(), one, other, judgement, words, ctx.now(), &ctx.actor.name];
    tx.run(sql!("add_judgement"), values).await?;
    Ok(())
}

/// The last judgement about each other initiative; what was reopened stands as such.
pub async fn judgements(tx: &mut Tx, id: InitiativeId) -> Result<HashMap<InitiativeId, Judged>, StoreError> {
    let judged = |row: &Row| {
        let judgement = row.word("initiative_judgements", "judgement", Judgement::from_code)?;
        let on = kernel::clock::day_of(row.at("judged_at")?);
        let act = Act { on, name: row.text("judged_by")?, words: row.text("words")? };
        Ok((other_of(row, id)?, Judged { judgement, act }))
    };
    tx.all(sql!("judgements"), values![id]).await?.iter().map(judged).collect()
}
