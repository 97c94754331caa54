//! What an inspector reads: the list, one report. Nothing without an opened key.

use std::collections::BTreeMap;

use kernel::id::{PersonId, UnitId};
use kernel::{Date, Permission};

use super::keyring::{Unlocked, actor, must_hold, units_of};
use super::model::{
    Body, FileHead, Identity, Message, Report, ReportFileId, ReportId, Settings, State, Unveiling, UnveilingState,
};
use super::seal;
use super::service::{Opened, open, opened};
use super::{ConductError, store, talk, unveiling};
use crate::db::Tx;
use crate::ledger::model::Entry;
use crate::{Ctx, identity, ledger, organization};

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The report.
    pub id: ReportId,
    /// Where it stands.
    pub state: State,
    /// The day it came in.
    pub received_on: Date,
    /// The beginning of what happened.
    pub begins: String,
    /// The unit, where known.
    pub unit: String,
}

/// The reports that the actor may know of, the newest day first.
///
/// # Errors
/// Without an opened key.
pub async fn list(ctx: &Ctx<'_>, unlocked: &Unlocked, state: Option<State>) -> Result<Vec<Line>, ConductError> {
    let mut tx = ctx.read().await?;
    must_hold(ctx, &mut tx, unlocked).await?;
    let units = units_of(ctx, &mut tx, ctx.actor.person).await?;
    let mut found = Vec::new();
    for report in store::all(&mut tx).await? {
        if state.is_some_and(|state| state != report.state) {
            continue;
        }
        let Some(one) = opened(ctx, &mut tx, unlocked, report, &units).await? else { continue };
        let Opened { report: Report { id, state, received_on, .. }, body, .. } = one;
        let begins = kernel::text::clean_line(&body.what).chars().take(120).collect();
        found.push(Line { id, state, received_on, begins, unit: unit_name(ctx, &mut tx, body.unit).await? });
    }
    Ok(found)
}

async fn unit_name(ctx: &Ctx<'_>, tx: &mut Tx, unit: Option<UnitId>) -> Result<String, ConductError> {
    let Some(unit) = unit else { return Ok(String::new()) };
    Ok(organization::queries::unit(tx, unit, ctx.today()).await?.map(|unit| unit.name).unwrap_or_default())
}

/// A request to open the identity, as an inspector sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnveilingLine {
    /// The request.
    pub unveiling: Unveiling,
    /// Why.
    pub reason: String,
    /// Who asked, who agreed or refused.
    pub names: (String, String),
    /// Whether the actor may be the second person.
    pub may_settle: bool,
}

/// A report in full.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// Its id.
    pub id: ReportId,
    /// Where it stands.
    pub state: State,
    /// The day it came in.
    pub received_on: Date,
    /// Counts changes.
    pub version: i64,
    /// What is sealed in it.
    pub body: Body,
    /// The name of the unit, and of the person.
    pub names: (String, String),
    /// The messages, oldest first.
    pub messages: Vec<Message>,
    /// The files.
    pub files: Vec<(ReportFileId, FileHead)>,
    /// The requests for the identity.
    pub unveilings: Vec<UnveilingLine>,
    /// The identity, for the two who opened it.
    pub identity: Option<Identity>,
    /// What the ledger has of it, newest first, with names of accounts.
    pub entries: Vec<(Entry, String)>,
}

/// A report with everything that hangs on it.
///
/// # Errors
/// Without an opened key; for whoever must not know of it there is none.
pub async fn detail(ctx: &Ctx<'_>, unlocked: &Unlocked, id: ReportId) -> Result<Detail, ConductError> {
    let accounts = identity::queries::names(ctx).await?;
    let mut tx = ctx.read().await?;
    let Opened { report, key, body } = open(ctx, &mut tx, unlocked, id).await?;
    let messages = talk::messages(&mut tx, &report, &key).await?;
    let mut files = Vec::new();
    for (file, head_box) in store::files(&mut tx, id).await? {
        files.push((file, head_of(&key, file, &head_box)?));
    }
    let holders: BTreeMap<_, _> = store::keys(&mut tx).await?.into_iter().map(|key| (key.id, key.account)).collect();
    let name = |key| holders.get(&key).and_then(|account| accounts.get(account)).cloned().unwrap_or_default();
    let (mut unveilings, mut identity) = (Vec::new(), None);
    for one in store::unveilings(&mut tx, id).await? {
        if one.state == UnveilingState::Opened {
            identity = identity.or(unveiling::identity_of(unlocked, &one, &report.identity_box)?);
        }
        let half = store::half(&mut tx, one.id, unlocked.key).await?.is_some();
        let may_settle = one.state == UnveilingState::Asked && one.asker != unlocked.key && half;
        let names = (name(one.asker), one.second.map(name).unwrap_or_default());
        let reason = unveiling::reason_of(&one, &key)?;
        unveilings.push(UnveilingLine { unveiling: one, reason, names, may_settle });
    }
    let entries = ledger::queries::of_subject(&mut tx, "conduct_report", &id.to_string()).await?;
    let by = |entry: &Entry| entry.account.and_then(|account| accounts.get(&account)).cloned().unwrap_or_default();
    let person = match body.subject {
        Some(person) => organization::queries::person(&mut tx, person).await?.map(|one| one.profile.name),
        None => None,
    };
    Ok(Detail {
        id,
        state: report.state,
        received_on: report.received_on,
        version: report.version,
        names: (unit_name(ctx, &mut tx, body.unit).await?, person.unwrap_or_default()),
        body,
        messages,
        files,
        unveilings,
        identity,
        entries: entries.into_iter().map(|entry| (entry.clone(), by(&entry))).collect(),
    })
}

fn head_of(key: &seal::Secret, file: ReportFileId, head_box: &[u8]) -> Result<FileHead, ConductError> {
    let plain = seal::unlock(key, &format!("head:{file}"), head_box).ok_or(ConductError::BrokenBox)?;
    Ok(serde_json::from_slice(&plain)?)
}

/// A file of evidence with its bytes.
///
/// # Errors
/// As [`detail`]; when there is no such file.
pub async fn file(
    ctx: &Ctx<'_>,
    unlocked: &Unlocked,
    id: ReportId,
    file: ReportFileId,
) -> Result<(FileHead, Vec<u8>), ConductError> {
    let mut tx = ctx.read().await?;
    let one = open(ctx, &mut tx, unlocked, id).await?;
    let (head_box, sealed) = store::file(&mut tx, id, file).await?.ok_or(ConductError::Unknown("tệp"))?;
    let bytes = seal::unlock(&one.key, &format!("file:{file}"), &sealed).ok_or(ConductError::BrokenBox)?;
    Ok((head_of(&one.key, file, &head_box)?, bytes.to_vec()))
}

/// Units and people to choose from: who a report concerns.
///
/// # Errors
/// When the actor may not handle reports.
pub async fn choices(ctx: &Ctx<'_>) -> Result<(Vec<(UnitId, String)>, Vec<(PersonId, String, String)>), ConductError> {
    actor(ctx)?;
    let mut tx = ctx.read().await?;
    let (mut units, mut people) = (Vec::new(), Vec::new());
    for unit in organization::queries::units(&mut tx, ctx.today()).await? {
        if !super::intake::is_own(unit.kind) {
            continue;
        }
        for member in organization::queries::members(&mut tx, unit.id, ctx.today()).await? {
            people.push((member.person.id, member.person.profile.name, unit.name.clone()));
        }
        units.push((unit.id, unit.name));
    }
    Ok((units, people))
}

/// What the office has set.
///
/// # Errors
/// What the store says.
pub async fn settings(ctx: &Ctx<'_>) -> Result<Settings, ConductError> {
    ctx.may(Permission::HandleConduct)?;
    Ok(store::settings(&mut ctx.read().await?).await?)
}

/// For how many months content is kept, for the page of the door.
///
/// # Errors
/// What the store says.
pub async fn keep_months(ctx: &Ctx<'_>) -> Result<i64, ConductError> {
    Ok(store::settings(&mut ctx.read().await?).await?.keep_months)
}
