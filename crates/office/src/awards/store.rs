//! Rows of campaigns and nominations.

use std::collections::BTreeMap;

use kernel::id::{AccountId, UnitId};
use kernel::{Date, Period, Timestamp};
use rules::AwardCode;

use super::model::{
    Campaign, CampaignId, CampaignState, DossierFile, Event, FileId, Happened, Nomination, NominationId,
    NominationState, Outcome, Version,
};
use crate::db::{Row, StoreError, Tx};
use crate::organization::{self, Recipient};
use crate::{sql, values};

/// A kept word read as one of ours.
pub(super) fn word<T>(
    table: &'static str,
    column: &'static str,
    row: &Row,
    read: impl Fn(&str) -> Option<T>,
) -> Result<T, StoreError> {
    let what = row.text(column)?;
    read(&what).ok_or(StoreError::Nonsense { table, column, what })
}

/// A kept JSON text read back.
fn json<T: serde::de::DeserializeOwned>(column: &'static str, text: Option<String>) -> Result<Option<T>, StoreError> {
    text.map(|text| serde_json::from_str(&text)).transpose().map_err(|error| StoreError::Nonsense {
        table: "nominations",
        column,
        what: error.to_string(),
    })
}

fn json_text<T: serde::Serialize>(value: Option<&T>) -> Option<String> {
    value.map(|value| serde_json::to_string(value).expect("facts and answers are JSON"))
}

pub async fn add_campaign(tx: &mut Tx, campaign: &Campaign) -> Result<(), StoreError> {
    let values = values![
        campaign.id,
        &campaign.occasion,
        campaign.year,
        &campaign.name,
        &campaign.clause,
        campaign.closes_on,
        campaign.total_share_bp,
        campaign.leader_share_bp,
        campaign.state.code(),
        campaign.worker_share_bp,
        serde_json::to_string(&campaign.form_shares).expect("codes and shares are JSON"),
    ];
    tx.run(sql!("add_campaign"), values).await?;
    Ok(())
}

pub async fn save_campaign(tx: &mut Tx, campaign: &Campaign) -> Result<(), StoreError> {
    let values = values![
        campaign.id,
        campaign.version,
        campaign.closes_on,
        campaign.total_share_bp,
        campaign.leader_share_bp,
        campaign.state.code(),
        campaign.consultation.map(|period| period.from),
        campaign.consultation.and_then(|period| period.until),
        campaign.consultation_days,
        campaign.consultation_ground.clone(),
    ];
    tx.run_fresh("campaigns", sql!("save_campaign"), values).await
}

pub async fn campaign(tx: &mut Tx, id: CampaignId) -> Result<Option<Campaign>, StoreError> {
    tx.first(sql!("campaign"), values![id]).await?.as_ref().map(campaign_from).transpose()
}

pub async fn campaigns(tx: &mut Tx) -> Result<Vec<Campaign>, StoreError> {
    tx.all(sql!("campaigns"), values![]).await?.iter().map(campaign_from).collect()
}

fn small<T: TryFrom<i64>>(table: &'static str, column: &'static str, value: i64) -> Result<T, StoreError> {
    T::try_from(value).map_err(|_| StoreError::Nonsense { table, column, what: value.to_string() })
}

fn form_shares(kept: &str) -> Result<BTreeMap<AwardCode, u32>, StoreError> {
    let nonsense = |error: serde_json::Error| StoreError::Nonsense {
        table: "campaigns",
        column: "form_shares",
        what: error.to_string(),
    };
    serde_json::from_str(kept).map_err(nonsense)
}

fn campaign_from(row: &Row) -> Result<Campaign, StoreError> {
    let share = |column| row.int_or_none(column)?.map(|bp| small("campaigns", column, bp)).transpose();
    Ok(Campaign {
        id: CampaignId(row.id("id")?),
        occasion: row.text("occasion")?,
        year: small("campaigns", "year", row.int("year")?)?,
        name: row.text("name")?,
        clause: row.text("clause")?,
        closes_on: row.day("closes_on")?,
        total_share_bp: share("total_share_bp")?,
        leader_share_bp: share("leader_share_bp")?,
        worker_share_bp: share("worker_share_bp")?,
        form_shares: form_shares(&row.text("form_shares")?)?,
        state: word("campaigns", "state", row, CampaignState::from_code)?,
        consultation: match row.day_or_none("consultation_from")? {
            None => None,
            Some(from) => Some(Period { from, until: row.day_or_none("consultation_until")? }),
        },
        consultation_days: match row.int_or_none("consultation_days")? {
            None => None,
            Some(days) => Some(small("campaigns", "consultation_days", days)?),
        },
        consultation_ground: row.text_or_none("consultation_ground")?,
        version: row.int("version")?,
    })
}

pub async fn add(tx: &mut Tx, nomination: &Nomination) -> Result<(), StoreError> {
    let values = values![
        nomination.id,
        nomination.campaign,
        nomination.award.code(),
        nomination.recipient.kind(),
        nomination.recipient.id(),
        nomination.unit,
        nomination.leader,
        nomination.state.code(),
        nomination.achievement,
        &nomination.summary,
        nomination.created_by,
    ];
    tx.run(sql!("add"), values).await?;
    Ok(())
}

pub async fn save(tx: &mut Tx, nomination: &Nomination) -> Result<(), StoreError> {
    let values = values![
        nomination.id,
        nomination.version,
        nomination.leader,
        nomination.state.code(),
        nomination.achievement,
        &nomination.summary,
        nomination.submitted_on,
        json_text(nomination.snapshot.as_ref()),
        json_text(nomination.verdict.as_ref()),
        json_text(nomination.answer.as_ref()),
        nomination.facts_digest.clone(),
        nomination.outcome.map(Outcome::code),
    ];
    tx.run_fresh("nominations", sql!("save"), values).await
}

/// Keeps for which form a nomination is from now on.
pub async fn reaward(tx: &mut Tx, id: NominationId, award: AwardCode) -> Result<(), StoreError> {
    tx.run(sql!("reaward"), values![id, award.code()]).await?;
    Ok(())
}

/// Keeps the day on which the council settled a nomination.
pub async fn settle(tx: &mut Tx, id: NominationId, on: Date) -> Result<(), StoreError> {
    tx.run(sql!("settle"), values![id, on]).await?;
    Ok(())
}

pub async fn settled_on(tx: &mut Tx, id: NominationId) -> Result<Option<Date>, StoreError> {
    tx.first(sql!("settled_on"), values![id]).await?.map_or(Ok(None), |row| row.day_or_none("settled_on"))
}

pub async fn find(tx: &mut Tx, id: NominationId) -> Result<Option<Nomination>, StoreError> {
    tx.first(sql!("find"), values![id]).await?.as_ref().map(nomination_from).transpose()
}

pub async fn of_campaign(tx: &mut Tx, campaign: CampaignId) -> Result<Vec<Nomination>, StoreError> {
    tx.all(sql!("of_campaign"), values![campaign]).await?.iter().map(nomination_from).collect()
}

/// The nominations of a campaign for lists: without the answers, which are most of what is stored of them.
pub async fn listed(tx: &mut Tx, campaign: CampaignId) -> Result<Vec<Nomination>, StoreError> {
    tx.all(sql!("listed"), values![campaign]).await?.iter().map(nomination_from).collect()
}

/// Those of all campaigns in one state, in the order in which they were written.
pub async fn in_state(tx: &mut Tx, state: NominationState) -> Result<Vec<Nomination>, StoreError> {
    tx.all(sql!("in_state"), values![state.code()]).await?.iter().map(nomination_from).collect()
}

/// How many of each campaign are in one state.
pub async fn count_in_state(tx: &mut Tx, state: NominationState) -> Result<Vec<(CampaignId, i64)>, StoreError> {
    let rows = tx.all(sql!("count_in_state"), values![state.code()]).await?;
    rows.iter().map(|row| Ok((CampaignId(row.id("campaign")?), row.int("n")?))).collect()
}

/// How many of each campaign stand where, by the form they ask for.
pub async fn count_states(tx: &mut Tx) -> Result<Vec<(CampaignId, NominationState, AwardCode, i64)>, StoreError> {
    let read = |row: &Row| {
        let award = word("nominations", "award", row, |code| code.parse::<AwardCode>().ok())?;
        let state = word("nominations", "state", row, NominationState::from_code)?;
        Ok((CampaignId(row.id("campaign")?), state, award, row.int("many")?))
    };
    tx.all(sql!("count_states"), values![]).await?.iter().map(read).collect()
}

pub async fn of_recipient(tx: &mut Tx, recipient: Recipient) -> Result<Vec<Nomination>, StoreError> {
    let mut rows = Vec::new();
    for owner in organization::queries::owners(tx, recipient).await? {
        rows.extend(tx.all(sql!("of_recipient"), values![recipient.kind(), owner]).await?);
    }
    rows.iter().map(nomination_from).collect()
}

fn nomination_from(row: &Row) -> Result<Nomination, StoreError> {
    let subject = row.text("subject")?;
    let recipient = Recipient::from_columns(&subject, row.id("subject_id")?).ok_or(StoreError::Nonsense {
        table: "nominations",
        column: "subject",
        what: subject,
    })?;
    Ok(Nomination {
        id: NominationId(row.id("id")?),
        campaign: CampaignId(row.id("campaign")?),
        award: word("nominations", "award", row, |code| code.parse::<AwardCode>().ok())?,
        recipient,
        unit: UnitId(row.id("unit")?),
        leader: row.bool("leader")?,
        state: word("nominations", "state", row, NominationState::from_code)?,
        achievement: row.id_or_none("achievement")?,
        summary: row.text("summary")?,
        submitted_on: row.day_or_none("submitted_on")?,
        snapshot: json("snapshot", row.text_or_none("snapshot")?)?,
        verdict: json("verdict", row.text_or_none("verdict")?)?,
        answer: json("answer", row.text_or_none("answer")?)?,
        facts_digest: row.text_or_none("facts_digest")?,
        outcome: match row.text_or_none("outcome")? {
            None => None,
            Some(_) => Some(word("nominations", "outcome", row, Outcome::from_code)?),
        },
        annulled_on: row.at_or_none("annulled_at")?.map(kernel::clock::day_of),
        created_by: row.id_or_none("created_by")?.map(AccountId),
        version: row.int("version")?,
    })
}

/// Keeps the snapshot of a submission; earlier ones stay to be compared with.
///
/// `cause` tells by which act it was frozen: `submit`, `attest`, `accept`, `evaluate`.
pub async fn add_version(
    tx: &mut Tx,
    nomination: &Nomination,
    at: kernel::Timestamp,
    cause: &str,
) -> Result<(), StoreError> {
    let Some(snapshot) = json_text(nomination.snapshot.as_ref()) else { return Ok(()) };
    let next = tx.first(sql!("next_version"), values![nomination.id]).await?;
    let number = next.map_or(Ok(1), |row| row.int("number"))?;
    let (verdict, answer) = (json_text(nomination.verdict.as_ref()), json_text(nomination.answer.as_ref()));
    let values = values![nomination.id, number, at, snapshot, verdict, answer, cause];
    tx.run(sql!("add_version"), values).await?;
    Ok(())
}

pub async fn versions(tx: &mut Tx, id: NominationId) -> Result<Vec<super::model::Snapshot>, StoreError> {
    let rows = tx.all(sql!("versions"), values![id]).await?;
    rows.iter()
        .filter_map(|row| row.text("snapshot").and_then(|text| json("snapshot", Some(text))).transpose())
        .collect()
}

/// When the nominations under way of a campaign were frozen last.
pub async fn frozen_last(tx: &mut Tx, campaign: CampaignId) -> Result<Vec<(NominationId, Timestamp)>, StoreError> {
    let rows = tx.all(sql!("frozen_last"), values![campaign]).await?;
    rows.iter().map(|row| Ok((NominationId(row.id("nomination")?), row.at("at")?))).collect()
}

/// What was frozen, each time.
pub async fn versions_kept(tx: &mut Tx, id: NominationId) -> Result<Vec<Version>, StoreError> {
    let rows = tx.all(sql!("versions_kept"), values![id]).await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in &rows {
        let Some(snapshot) = json("snapshot", Some(row.text("snapshot")?))? else { continue };
        found.push(Version {
            at: row.at("made_at")?,
            snapshot,
            verdict: json("verdict", row.text_or_none("verdict")?)?,
            answer: json("answer", row.text_or_none("answer")?)?,
        });
    }
    Ok(found)
}

/// What happened to the nominations of a campaign, oldest first, each with how it stood afterwards.
pub async fn events_of_campaign(tx: &mut Tx, campaign: CampaignId) -> Result<Vec<Happened>, StoreError> {
    tx.all(sql!("events_of_campaign"), values![campaign]).await?.iter().map(happened_from).collect()
}

/// What happened to one nomination, oldest first, with how it stood afterwards.
pub async fn happened(tx: &mut Tx, id: NominationId) -> Result<Vec<Happened>, StoreError> {
    tx.all(sql!("happened"), values![id]).await?.iter().map(happened_from).collect()
}

fn happened_from(row: &Row) -> Result<Happened, StoreError> {
    Ok(Happened {
        nomination: NominationId(row.id("nomination")?),
        at: row.at("at")?,
        verb: row.text("verb")?,
        reason: row.text_or_none("reason")?,
        state: match row.text_or_none("state")? {
            None => None,
            Some(_) => Some(word("nomination_events", "state", row, NominationState::from_code)?),
        },
        verdict: json("verdict", row.text_or_none("verdict")?)?,
    })
}

pub async fn add_event(
    tx: &mut Tx,
    id: NominationId,
    at: kernel::Timestamp,
    account: Option<AccountId>,
    verb: &str,
    reason: Option<&str>,
) -> Result<(), StoreError> {
    let values = values![uuid::Uuid::now_v7(), id, at, account, verb, reason];
    tx.run(sql!("add_event"), values).await?;
    Ok(())
}

pub async fn events(tx: &mut Tx, id: NominationId) -> Result<Vec<Event>, StoreError> {
    let rows = tx.all(sql!("events"), values![id]).await?;
    rows.iter()
        .map(|row| {
            Ok(Event {
                at: row.at("at")?,
                account: row.id_or_none("account")?.map(AccountId),
                verb: row.text("verb")?,
                reason: row.text_or_none("reason")?,
            })
        })
        .collect()
}

pub async fn add_file(tx: &mut Tx, id: NominationId, file: &DossierFile) -> Result<(), StoreError> {
    let values = values![file.id, id, &file.item, &file.name, &file.digest, file.size, &file.media_type];
    tx.run(sql!("add_file"), values).await?;
    Ok(())
}

pub async fn drop_file(tx: &mut Tx, id: NominationId, file: FileId) -> Result<(), StoreError> {
    tx.run(sql!("drop_file"), values![file, id]).await?;
    Ok(())
}

pub async fn files(tx: &mut Tx, id: NominationId) -> Result<Vec<DossierFile>, StoreError> {
    let rows = tx.all(sql!("files"), values![id]).await?;
    rows.iter()
        .map(|row| {
            Ok(DossierFile {
                id: FileId(row.id("id")?),
                item: row.text("item")?,
                name: row.text("name")?,
                digest: row.text("digest")?,
                size: row.int("size")?,
                media_type: row.text("media_type")?,
            })
        })
        .collect()
}

/// How many people hold a post on a day: what a cap takes its share of.
pub async fn staff_count(tx: &mut Tx, day: Date) -> Result<u32, StoreError> {
    let row = tx.first(sql!("staff_count"), values![day]).await?;
    row.map_or(Ok(0), |row| small("posts", "n", row.int("n")?))
}

/// The nominations that hang on a clause, by their campaign's or their achievement's, each with its campaign.
pub async fn ids_on_clause(tx: &mut Tx, clause: &str) -> Result<Vec<(CampaignId, NominationId)>, StoreError> {
    let ids = |row: &Row| Ok((CampaignId(row.id("campaign")?), NominationId(row.id("id")?)));
    tx.all(sql!("ids_on_clause"), values![clause]).await?.iter().map(ids).collect()
}

pub async fn count_by_clause(tx: &mut Tx) -> Result<Vec<(String, usize)>, StoreError> {
    tx.counts(sql!("count_by_clause"), "clause", "many").await
}
