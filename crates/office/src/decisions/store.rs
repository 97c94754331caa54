//! Rows of decisions, lines and their history.

use std::collections::BTreeSet;

use kernel::Date;
use kernel::id::AccountId;
use rules::AwardCode;

use super::model::{
    Amendment, AmendmentId, AmendmentKind, AmendmentState, Decision, DecisionId, DecisionState, Exception, Line,
    LineEvent, LineId, LineState, Money,
};
use crate::awards::model::{CampaignId, NominationId};
use crate::db::{Row, StoreError, Tx};
use crate::organization::Recipient;
use crate::records::model::PastAwardId;
use crate::{sql, values};

fn nonsense(table: &'static str, column: &'static str, what: impl std::fmt::Display) -> StoreError {
    StoreError::Nonsense { table, column, what: what.to_string() }
}

fn small<T: TryFrom<i64>>(table: &'static str, column: &'static str, value: i64) -> Result<T, StoreError> {
    T::try_from(value).map_err(|_| nonsense(table, column, value))
}

pub async fn add(tx: &mut Tx, decision: &Decision) -> Result<(), StoreError> {
    let values = values![
        decision.id,
        &decision.series,
        decision.year,
        decision.campaign,
        decision.state,
        &decision.place,
        &decision.capacity,
        &decision.signer,
        decision.created_by,
    ];
    tx.run(sql!("add"), values).await?;
    Ok(())
}

pub async fn save(tx: &mut Tx, decision: &Decision) -> Result<(), StoreError> {
    let values = values![
        decision.id,
        decision.version,
        decision.year,
        decision.number,
        decision.state,
        decision.issued_on,
        decision.gap_reason.clone(),
        decision.annulled_on,
    ];
    tx.run_fresh("decisions", sql!("save"), values).await
}

pub async fn find(tx: &mut Tx, id: DecisionId) -> Result<Option<Decision>, StoreError> {
    tx.first(sql!("find"), values![id]).await?.as_ref().map(decision_from).transpose()
}

pub async fn list(tx: &mut Tx) -> Result<Vec<Decision>, StoreError> {
    tx.all(sql!("list"), values![]).await?.iter().map(decision_from).collect()
}

pub async fn last_number(tx: &mut Tx, series: &str, year: i16) -> Result<u32, StoreError> {
    let row = tx.first(sql!("last_number"), values![series, year]).await?;
    row.map_or(Ok(0), |row| small("decisions", "number", row.int("number")?))
}

fn decision_from(row: &Row) -> Result<Decision, StoreError> {
    let state = row.text("state")?;
    let number = row.int_or_none("number")?;
    Ok(Decision {
        id: DecisionId(row.id("id")?),
        series: row.text("series")?,
        year: small("decisions", "year", row.int("year")?)?,
        number: number.map(|number| small("decisions", "number", number)).transpose()?,
        campaign: CampaignId(row.id("campaign")?),
        state: DecisionState::from_code(&state).ok_or_else(|| nonsense("decisions", "state", &state))?,
        place: row.text("place")?,
        issued_on: row.day_or_none("issued_on")?,
        capacity: row.text("capacity")?,
        signer: row.text("signer")?,
        gap_reason: row.text_or_none("gap_reason")?,
        created_by: row.id_or_none("created_by")?.map(AccountId),
        annulled_on: row.day_or_none("annulled_on")?,
        version: row.int("version")?,
    })
}

/// The newest day of a decision of this series and year.
pub async fn last_day(tx: &mut Tx, series: &str, year: i16) -> Result<Option<Date>, StoreError> {
    tx.first(sql!("last_day"), values![series, year]).await?.map_or(Ok(None), |row| row.day_or_none("day"))
}

/// Keeps that somebody worked on a draft.
pub async fn add_hand(tx: &mut Tx, decision: DecisionId, account: AccountId) -> Result<(), StoreError> {
    tx.run(sql!("add_hand"), values![decision, account]).await?;
    Ok(())
}

pub async fn hands(tx: &mut Tx, decision: DecisionId) -> Result<Vec<AccountId>, StoreError> {
    let rows = tx.all(sql!("hands"), values![decision]).await?;
    rows.iter().map(|row| Ok(AccountId(row.id("account")?))).collect()
}

pub async fn add_amendment(tx: &mut Tx, one: &Amendment) -> Result<(), StoreError> {
    let values = values![
        one.id,
        one.decision,
        one.line.map(|id| id.0),
        one.kind,
        &one.name,
        &one.title,
        &one.reason,
        one.proposed_by,
        one.proposed_on,
        one.state,
    ];
    tx.run(sql!("add_amendment"), values).await?;
    Ok(())
}

pub async fn save_amendment(tx: &mut Tx, one: &Amendment) -> Result<(), StoreError> {
    let values = values![one.id, one.version, one.state, one.decided_by, one.decided_on, one.answer.clone()];
    tx.run_fresh("amendments", sql!("save_amendment"), values).await
}

pub async fn amendment(tx: &mut Tx, id: AmendmentId) -> Result<Option<Amendment>, StoreError> {
    tx.first(sql!("amendment"), values![id]).await?.as_ref().map(amendment_from).transpose()
}

pub async fn amendments(tx: &mut Tx, decision: DecisionId) -> Result<Vec<Amendment>, StoreError> {
    tx.all(sql!("amendments"), values![decision]).await?.iter().map(amendment_from).collect()
}

pub async fn waiting_amendments(tx: &mut Tx) -> Result<Vec<Amendment>, StoreError> {
    tx.all(sql!("waiting_amendments"), values![]).await?.iter().map(amendment_from).collect()
}

fn amendment_from(row: &Row) -> Result<Amendment, StoreError> {
    let (kind, state) = (row.text("kind")?, row.text("state")?);
    Ok(Amendment {
        id: AmendmentId(row.id("id")?),
        decision: DecisionId(row.id("decision")?),
        line: row.id_or_none("line")?.map(LineId),
        kind: AmendmentKind::from_code(&kind).ok_or_else(|| nonsense("amendments", "kind", &kind))?,
        name: row.text("name")?,
        title: row.text("title")?,
        reason: row.text("reason")?,
        proposed_by: row.id_or_none("proposed_by")?.map(AccountId),
        proposed_on: row.day("proposed_on")?,
        state: AmendmentState::from_code(&state).ok_or_else(|| nonsense("amendments", "state", &state))?,
        decided_by: row.id_or_none("decided_by")?.map(AccountId),
        decided_on: row.day_or_none("decided_on")?,
        answer: row.text_or_none("answer")?,
        version: row.int("version")?,
    })
}

pub async fn add_line(tx: &mut Tx, line: &Line) -> Result<(), StoreError> {
    let values = values![
        line.id,
        line.decision,
        line.position,
        line.nomination.map(|id| id.0),
        line.recipient.kind(),
        line.recipient.id(),
        &line.name,
        kernel::text::search_key(&line.name),
        &line.title,
        &line.unit_name,
        line.award.code(),
        line.leader,
        &line.achievement,
        line.exception.as_ref().map(|one| one.reason.clone()),
        line.exception.as_ref().map(|one| one.authority.clone()),
        line.overruled.clone(),
        line.state,
    ];
    tx.run(sql!("add_line"), values).await?;
    Ok(())
}

pub async fn save_line(tx: &mut Tx, line: &Line) -> Result<(), StoreError> {
    let money = line.money.as_ref();
    let values = values![
        line.id,
        &line.name,
        kernel::text::search_key(&line.name),
        &line.title,
        &line.unit_name,
        line.state,
        line.register.map(|(_, number)| number),
        line.register.map(|(year, _)| year),
        line.code.clone(),
        line.past_award.map(|id| id.0),
        money.map(|money| money.multiple.clone()),
        money.map(|money| money.base),
        money.map(|money| money.amount),
        money.map(|money| money.citation.clone()),
        line.paid_on,
        line.signed.as_ref().map(|(name, _)| name.clone()),
        line.signed.as_ref().map(|(_, title)| title.clone()),
    ];
    tx.run(sql!("save_line"), values).await?;
    Ok(())
}

/// The campaigns about which a decision was annulled as a whole.
pub async fn annulled_campaigns(tx: &mut Tx) -> Result<BTreeSet<CampaignId>, StoreError> {
    let decisions = list(tx).await?.into_iter();
    Ok(decisions.filter(|one| one.annulled_on.is_some()).map(|one| one.campaign).collect())
}

pub async fn lines(tx: &mut Tx, decision: DecisionId) -> Result<Vec<Line>, StoreError> {
    tx.all(sql!("lines"), values![decision]).await?.iter().map(line_from).collect()
}

/// The lines of the decisions that were annulled as a whole.
pub async fn annulled_lines(tx: &mut Tx) -> Result<BTreeSet<LineId>, StoreError> {
    let rows = tx.all(sql!("annulled_lines"), values![]).await?;
    rows.iter().map(|row| Ok(LineId(row.id("id")?))).collect()
}

pub async fn drop_lines(tx: &mut Tx, decision: DecisionId) -> Result<(), StoreError> {
    tx.run(sql!("drop_lines"), values![decision]).await?;
    Ok(())
}

pub async fn drop_line(tx: &mut Tx, id: LineId) -> Result<(), StoreError> {
    tx.run(sql!("drop_line"), values![id]).await?;
    Ok(())
}

pub async fn place_line(tx: &mut Tx, id: LineId, position: i64) -> Result<(), StoreError> {
    tx.run(sql!("place_line"), values![id, position]).await?;
    Ok(())
}

pub async fn line(tx: &mut Tx, id: LineId) -> Result<Option<Line>, StoreError> {
    tx.first(sql!("line"), values![id]).await?.as_ref().map(line_from).transpose()
}

pub async fn by_code(tx: &mut Tx, code: &str) -> Result<Option<Line>, StoreError> {
    tx.first(sql!("by_code"), values![code]).await?.as_ref().map(line_from).transpose()
}

pub async fn register(tx: &mut Tx) -> Result<Vec<Line>, StoreError> {
    tx.all(sql!("register"), values![]).await?.iter().map(line_from).collect()
}

pub async fn last_register_number(tx: &mut Tx, year: i16) -> Result<u32, StoreError> {
    let row = tx.first(sql!("last_register_number"), values![year]).await?;
    row.map_or(Ok(0), |row| small("decision_lines", "register_number", row.int("number")?))
}

fn line_from(row: &Row) -> Result<Line, StoreError> {
    const TABLE: &str = "decision_lines";
    let (subject, award, state) = (row.text("subject")?, row.text("award")?, row.text("state")?);
    let exception = match (row.text_or_none("exception_reason")?, row.text_or_none("exception_authority")?) {
        (Some(reason), Some(authority)) => Some(Exception { reason, authority }),
        _ => None,
    };
    let register = match (row.int_or_none("register_year")?, row.int_or_none("register_number")?) {
        (Some(year), Some(number)) => {
            Some((small(TABLE, "register_year", year)?, small(TABLE, "register_number", number)?))
        }
        _ => None,
    };
    let money = match row.int_or_none("bonus_amount")? {
        None => None,
        Some(amount) => Some(Money {
            multiple: row.text_or_none("bonus_multiple")?.unwrap_or_default(),
            base: row.int_or_none("bonus_base")?.unwrap_or_default(),
            amount,
            citation: row.text_or_none("bonus_citation")?.unwrap_or_default(),
        }),
    };
    Ok(Line {
        id: LineId(row.id("id")?),
        decision: DecisionId(row.id("decision")?),
        position: row.int("position")?,
        nomination: row.id_or_none("nomination")?.map(NominationId),
        recipient: Recipient::from_columns(&subject, row.id("subject_id")?)
            .ok_or_else(|| nonsense(TABLE, "subject", &subject))?,
        name: row.text("name")?,
        title: row.text("title")?,
        unit_name: row.text("unit_name")?,
        award: award.parse::<AwardCode>().map_err(|_| nonsense(TABLE, "award", &award))?,
        leader: row.bool("leader")?,
        achievement: row.text("achievement")?,
        exception,
        overruled: row.text_or_none("overruled")?,
        state: LineState::from_code(&state).ok_or_else(|| nonsense(TABLE, "state", &state))?,
        register,
        code: row.text_or_none("code")?,
        past_award: row.id_or_none("past_award")?.map(PastAwardId),
        money,
        paid_on: row.day_or_none("paid_on")?,
        signed: row.text_or_none("signed_name")?.zip(row.text_or_none("signed_title")?),
        annulled_on: row.day_or_none("annulled_on")?,
    })
}

pub async fn add_event(tx: &mut Tx, line: LineId, by: Option<AccountId>, event: &LineEvent) -> Result<(), StoreError> {
    let values =
        values![uuid::Uuid::now_v7(), line, event.on, by, &event.verb, &event.was, &event.became, &event.reason];
    tx.run(sql!("add_event"), values).await?;
    Ok(())
}

pub async fn events(tx: &mut Tx, line: LineId) -> Result<Vec<LineEvent>, StoreError> {
    let rows = tx.all(sql!("events"), values![line]).await?;
    rows.iter()
        .map(|row| {
            Ok(LineEvent {
                on: row.day("happened_on")?,
                verb: row.text("verb")?,
                was: row.text("was")?,
                became: row.text("became")?,
                reason: row.text("reason")?,
            })
        })
        .collect()
}

pub async fn stock(tx: &mut Tx, award: AwardCode) -> Result<Option<(String, i64)>, StoreError> {
    let row = tx.first(sql!("stock"), values![award.code()]).await?;
    row.map(|row| Ok((row.text("layout")?, row.int("version")?))).transpose()
}

/// Keeps a layout over the version that was read; 0 where there was none.
pub async fn put_stock(tx: &mut Tx, award: AwardCode, layout: &str, version: i64) -> Result<(), StoreError> {
    match version {
        0 => tx.run_fresh("stocks", sql!("add_stock"), values![award.code(), layout]).await,
        _ => tx.run_fresh("stocks", sql!("save_stock"), values![award.code(), layout, version]).await,
    }
}

pub async fn drop_stock(tx: &mut Tx, award: AwardCode, version: i64) -> Result<(), StoreError> {
    tx.run_fresh("stocks", sql!("drop_stock"), values![award.code(), version]).await
}
