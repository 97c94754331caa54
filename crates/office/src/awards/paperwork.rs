//! Rows of what is said about a nomination: statements, overrules, objections; and of adopted rules;
//! of who launched the movement.

use std::collections::BTreeMap;

use kernel::Date;
use kernel::id::AccountId;
use rules::facts::LauncherLevel;

use super::launching::{LaunchDecision, LaunchedBy, NewLaunchDecision};
use super::model::{
    AdoptionId, AttestationId, Attested, CampaignId, ConfirmationId, Gate, LaunchDecisionId, NominationId, Objection,
    ObjectionId, Overrule, Settlement,
};
use crate::db::{Row, StoreError, Tx};
use crate::{sql, values};

pub async fn add_attestation(tx: &mut Tx, id: NominationId, attested: &Attested) -> Result<(), StoreError> {
    let values = values![attested.id, id, &attested.statement, &attested.document, attested.account, attested.on];
    tx.run(sql!("add_attestation"), values).await?;
    Ok(())
}

pub async fn attestations(tx: &mut Tx, id: NominationId) -> Result<Vec<Attested>, StoreError> {
    let rows = tx.all(sql!("attestations"), values![id]).await?;
    rows.iter()
        .map(|row| {
            Ok(Attested {
                id: AttestationId(row.id("id")?),
                statement: row.text("statement")?,
                document: row.text("document")?,
                account: row.id_or_none("account")?.map(AccountId),
                on: row.day("attested_on")?,
            })
        })
        .collect()
}

pub async fn add_overrule(tx: &mut Tx, id: NominationId, overrule: &Overrule) -> Result<(), StoreError> {
    let values = values![uuid::Uuid::now_v7(), id, &overrule.kind, &overrule.reason, overrule.account, overrule.on];
    tx.run(sql!("add_overrule"), values).await?;
    Ok(())
}

pub async fn overrules(tx: &mut Tx, id: NominationId) -> Result<Vec<Overrule>, StoreError> {
    tx.all(sql!("overrules"), values![id]).await?.iter().map(overrule_from).collect()
}

/// All overrules of a campaign, with the nomination each is about.
pub async fn overrules_of(tx: &mut Tx, campaign: CampaignId) -> Result<Vec<(NominationId, Overrule)>, StoreError> {
    let rows = tx.all(sql!("overrules_of"), values![campaign]).await?;
    rows.iter().map(|row| Ok((NominationId(row.id("nomination")?), overrule_from(row)?))).collect()
}

fn overrule_from(row: &Row) -> Result<Overrule, StoreError> {
    Ok(Overrule {
        kind: row.text("kind")?,
        reason: row.text("reason")?,
        account: row.id_or_none("account")?.map(AccountId),
        on: row.day("overruled_on")?,
    })
}

pub async fn add_objection(tx: &mut Tx, objection: &Objection) -> Result<(), StoreError> {
    let values =
        values![objection.id, objection.nomination, objection.account, &objection.statement, objection.raised_on,];
    tx.run(sql!("add_objection"), values).await?;
    Ok(())
}

pub async fn settle_objection(
    tx: &mut Tx,
    id: ObjectionId,
    by: Option<AccountId>,
    settlement: &Settlement,
) -> Result<(), StoreError> {
    let values = values![id, settlement.on, by, &settlement.words, settlement.upheld];
    tx.run_fresh("objections", sql!("settle_objection"), values).await
}

pub async fn objections_of(tx: &mut Tx, campaign: CampaignId) -> Result<Vec<Objection>, StoreError> {
    let rows = tx.all(sql!("objections_of"), values![campaign]).await?;
    rows.iter()
        .map(|row| {
            let settled = match row.day_or_none("settled_on")? {
                None => None,
                Some(on) => Some(Settlement { on, words: row.text("settlement")?, upheld: row.bool("upheld")? }),
            };
            Ok(Objection {
                id: ObjectionId(row.id("id")?),
                nomination: NominationId(row.id("nomination")?),
                account: row.id_or_none("account")?.map(AccountId),
                statement: row.text("statement")?,
                raised_on: row.day("raised_on")?,
                settled,
            })
        })
        .collect()
}

pub async fn add_adoption(
    tx: &mut Tx,
    template: &str,
    document: &str,
    account: Option<AccountId>,
    on: Date,
) -> Result<AdoptionId, StoreError> {
    let id = AdoptionId::new();
    tx.run(sql!("add_adoption"), values![id, template, document, account, on]).await?;
    Ok(id)
}

pub async fn withdraw_adoption(tx: &mut Tx, id: AdoptionId, on: Date) -> Result<(), StoreError> {
    tx.run_fresh("adoptions", sql!("withdraw_adoption"), values![id, on]).await
}

pub async fn adoptions(tx: &mut Tx) -> Result<Vec<(AdoptionId, rules::Adoption)>, StoreError> {
    tx.all(sql!("adoptions"), values![]).await?.iter().map(adoption_from).collect()
}

fn adoption_from(row: &Row) -> Result<(AdoptionId, rules::Adoption), StoreError> {
    let adoption = rules::Adoption {
        template: row.text("template")?,
        document: row.text("document")?,
        by: row.text_or_none("by_name")?.unwrap_or_else(|| "Hệ thống".to_owned()),
        on: row.day("adopted_on")?,
    };
    Ok((AdoptionId(row.id("id")?), adoption))
}

/// An adoption or a confirmation, with the day it was withdrawn.
pub struct Ever<Id, T> {
    pub id: Id,
    pub what: T,
    pub withdrawn_on: Option<Date>,
}

/// Every adoption there ever was.
pub async fn adoptions_ever(tx: &mut Tx) -> Result<Vec<Ever<AdoptionId, rules::Adoption>>, StoreError> {
    let rows = tx.all(sql!("adoptions_ever"), values![]).await?;
    rows.iter()
        .map(|row| {
            let (id, what) = adoption_from(row)?;
            Ok(Ever { id, what, withdrawn_on: row.day_or_none("withdrawn_on")? })
        })
        .collect()
}

/// Every confirmation there ever was.
pub async fn confirmations_ever(tx: &mut Tx) -> Result<Vec<Ever<ConfirmationId, rules::Confirmation>>, StoreError> {
    let rows = tx.all(sql!("confirmations_ever"), values![]).await?;
    rows.iter()
        .map(|row| {
            let (id, what) = confirmation_from(row)?;
            Ok(Ever { id, what, withdrawn_on: row.day_or_none("withdrawn_on")? })
        })
        .collect()
}

pub async fn add_confirmation(
    tx: &mut Tx,
    confirmation: &rules::Confirmation,
    article_text: &str,
    account: Option<AccountId>,
) -> Result<ConfirmationId, StoreError> {
    let id = ConfirmationId::new();
    let values = values![
        id,
        &confirmation.rule,
        &confirmation.version,
        &confirmation.document,
        article_text,
        account,
        confirmation.on,
    ];
    tx.run(sql!("add_confirmation"), values).await?;
    Ok(id)
}

pub async fn withdraw_confirmation(tx: &mut Tx, id: ConfirmationId, on: Date) -> Result<(), StoreError> {
    tx.run_fresh("confirmations", sql!("withdraw_confirmation"), values![id, on]).await
}

pub async fn confirmations(tx: &mut Tx) -> Result<Vec<(ConfirmationId, rules::Confirmation)>, StoreError> {
    tx.all(sql!("confirmations"), values![]).await?.iter().map(confirmation_from).collect()
}

fn confirmation_from(row: &Row) -> Result<(ConfirmationId, rules::Confirmation), StoreError> {
    let confirmation = rules::Confirmation {
        rule: row.text("rule")?,
        version: row.text("rule_version")?,
        document: row.text("document")?,
        by: row.text_or_none("by_name")?.unwrap_or_else(|| "Hệ thống".to_owned()),
        on: row.day("confirmed_on")?,
    };
    Ok((ConfirmationId(row.id("id")?), confirmation))
}

/// A confirmation with the text of the law that was pasted with it.
pub struct WithText {
    pub ever: Ever<ConfirmationId, rules::Confirmation>,
    pub article_text: String,
}

/// Every confirmation of one rule there ever was, oldest first.
pub async fn confirmations_of_rule(tx: &mut Tx, rule: &str) -> Result<Vec<WithText>, StoreError> {
    let rows = tx.all(sql!("confirmations_of_rule"), values![rule]).await?;
    rows.iter()
        .map(|row| {
            let (id, what) = confirmation_from(row)?;
            let ever = Ever { id, what, withdrawn_on: row.day_or_none("withdrawn_on")? };
            Ok(WithText { ever, article_text: row.text("article_text")? })
        })
        .collect()
}

/// Every decision about who launched the movement of a plan, oldest first.
pub async fn launch_decisions(tx: &mut Tx, plan: &str) -> Result<Vec<LaunchDecision>, StoreError> {
    let mut levels: BTreeMap<uuid::Uuid, Vec<LaunchedBy>> = BTreeMap::new();
    for row in &tx.all(sql!("launch_levels"), values![plan]).await? {
        let years = row.int_or_none("years")?.map(u16::try_from).transpose();
        levels.entry(row.id("decision")?).or_default().push(LaunchedBy {
            level: row.word("launch_decision_levels", "level", LauncherLevel::from_code)?,
            from: row.day_or_none("from_on")?,
            years: years.map_err(|_| StoreError::Nonsense {
                table: "launch_decision_levels",
                column: "years",
                what: "not a number of years".to_owned(),
            })?,
        });
    }
    let rows = tx.all(sql!("launch_decisions"), values![plan]).await?;
    rows.iter()
        .map(|row| {
            let id = row.id("id")?;
            Ok(LaunchDecision {
                id: LaunchDecisionId(id),
                levels: levels.remove(&id).unwrap_or_default(),
                document: row.text("document")?,
                decided_on: row.day("decided_on")?,
                by: row.text_or_none("by_name")?.unwrap_or_else(|| "Hệ thống".to_owned()),
                recorded_on: row.day("recorded_on")?,
                withdrawn_on: row.day_or_none("withdrawn_on")?,
            })
        })
        .collect()
}

pub async fn add_launch_decision(
    tx: &mut Tx,
    plan: &str,
    new: &NewLaunchDecision,
    account: Option<AccountId>,
    on: Date,
) -> Result<LaunchDecisionId, StoreError> {
    let id = LaunchDecisionId::new();
    let values = values![id, plan, &new.document, new.decided_on, account, on];
    tx.run(sql!("add_launch_decision"), values).await?;
    for one in &new.levels {
        let values = values![id, one.level.code(), one.from, one.years.map(i64::from)];
        tx.run(sql!("add_launch_level"), values).await?;
    }
    Ok(id)
}

pub async fn withdraw_launch_decision(tx: &mut Tx, id: LaunchDecisionId, on: Date) -> Result<(), StoreError> {
    tx.run_fresh("launch_decisions", sql!("withdraw_launch_decision"), values![id, on]).await
}

/// What happens when the council takes up a nomination whose change nobody has looked at, and by which document.
pub async fn gate(tx: &mut Tx) -> Result<Option<(Gate, String)>, StoreError> {
    let Some(row) = tx.first(sql!("gate"), values![]).await? else { return Ok(None) };
    Ok(Some((row.word("reevaluation", "gate", Gate::from_code)?, row.text("document")?)))
}

pub async fn set_gate(tx: &mut Tx, gate: Gate, document: &str) -> Result<(), StoreError> {
    tx.run(sql!("set_gate"), values![gate.code(), document]).await?;
    Ok(())
}
