//! The reporter's identity: opened by two inspectors together, with a reason, both in the ledger.
//!
//! Its key is sealed for every ordered pair of inspectors, one box within another. Who asks opens the outer box and
//! passes on the inner one; only the second person's key opens that. Nobody alone holds enough.

use super::keyring::{Unlocked, inner, outer, readers};
use super::model::{Identity, KeyId, ReportId, Unveiling, UnveilingId, UnveilingState};
use super::seal::{self, Secret};
use super::service::{self, open};
use super::{ConductError, store};
use crate::db::Tx;
use crate::movements::Work;
use crate::{Ctx, ledger};

fn reason(id: UnveilingId) -> String {
    format!("reason:{id}")
}

fn result(id: UnveilingId) -> String {
    format!("unveiled:{id}")
}

/// Asks for the identity, with a reason.
///
/// # Errors
/// Where none was given, while another request waits, or where nobody could be the second.
pub async fn ask(ctx: &Ctx<'_>, unlocked: &Unlocked, report: ReportId, why: &str) -> Result<(), ConductError> {
    let mut tx = ctx.begin().await?;
    let one = open(ctx, &mut tx, unlocked, report).await?;
    if !one.body.named {
        return Err(ConductError::NoIdentity);
    }
    let why = service::words("ly-do", why)?;
    let asked = store::unveilings(&mut tx, report).await?;
    if asked.iter().any(|one| one.state == UnveilingState::Asked) {
        return Err(ConductError::Pending);
    }
    let id = UnveilingId::new();
    let unveiling = Unveiling {
        id,
        report,
        asker: unlocked.key,
        asked_on: ctx.today(),
        reason_box: seal::lock(&one.key, &reason(id), why.as_bytes()),
        state: UnveilingState::Asked,
        second: None,
        settled_on: None,
        asker_box: None,
        second_box: None,
        version: 1,
    };
    store::add_unveiling(&mut tx, &unveiling).await?;
    let others: Vec<KeyId> = readers(ctx, &mut tx).await?.iter().map(|one| one.key.id).collect();
    let mut halves = 0;
    for (first, second, sealed) in store::identity_boxes(&mut tx, report).await? {
        if first == unlocked.key && others.contains(&second) {
            // A decoy, where the second must know nothing: it does not open and is not passed on.
            let Some(half) = unlocked.unseal(&outer(report), &sealed) else { continue };
            store::add_half(&mut tx, id, second, &half).await?;
            halves += 1;
        }
    }
    if halves == 0 {
        return Err(ConductError::NobodyToKeep);
    }
    tell(ctx, &mut tx, "conduct.ask_identity", &unveiling).await?;
    tx.commit().await?;
    Ok(())
}

async fn pending(tx: &mut Tx, report: ReportId, id: UnveilingId) -> Result<Unveiling, ConductError> {
    let asked = store::unveilings(tx, report).await?.into_iter();
    let mut asked = asked.filter(|one| one.id == id && one.state == UnveilingState::Asked);
    asked.next().ok_or(ConductError::Unknown("đề nghị đang chờ"))
}

/// The second person agrees: from now on both who asked and who agreed can read the identity.
///
/// # Errors
/// For who asked, or for whom no half was passed on.
pub async fn agree(ctx: &Ctx<'_>, unlocked: &Unlocked, report: ReportId, id: UnveilingId) -> Result<(), ConductError> {
    let mut tx = ctx.begin().await?;
    open(ctx, &mut tx, unlocked, report).await?;
    let mut asked = pending(&mut tx, report, id).await?;
    let asker = store::key(&mut tx, asked.asker).await?.ok_or(ConductError::Unknown("khóa"))?;
    if asker.account == unlocked.account {
        return Err(ConductError::SamePerson);
    }
    let own = store::key(&mut tx, unlocked.key).await?.ok_or(ConductError::Locked)?;
    let half = store::half(&mut tx, id, unlocked.key).await?;
    let half = half.ok_or(ConductError::OddKey("khóa này không nằm trong hai khóa mở được danh tính này"))?;
    let key = unlocked.unseal(&inner(report), &half).ok_or(ConductError::BrokenBox)?;
    asked.state = UnveilingState::Opened;
    (asked.second, asked.settled_on) = (Some(unlocked.key), Some(ctx.today()));
    asked.asker_box = Some(seal::seal(&asker.public, &result(id), &key));
    asked.second_box = Some(seal::seal(&own.public, &result(id), &key));
    store::settle_unveiling(&mut tx, &asked).await?;
    tell(ctx, &mut tx, "conduct.open_identity", &asked).await?;
    tx.commit().await?;
    Ok(())
}

/// The second person does not agree: the halves go, nothing was opened.
///
/// # Errors
/// When no such request waits.
pub async fn refuse(ctx: &Ctx<'_>, unlocked: &Unlocked, report: ReportId, id: UnveilingId) -> Result<(), ConductError> {
    let mut tx = ctx.begin().await?;
    open(ctx, &mut tx, unlocked, report).await?;
    let mut asked = pending(&mut tx, report, id).await?;
    asked.state = UnveilingState::Refused;
    (asked.second, asked.settled_on) = (Some(unlocked.key), Some(ctx.today()));
    store::settle_unveiling(&mut tx, &asked).await?;
    tell(ctx, &mut tx, "conduct.refuse_identity", &asked).await?;
    tx.commit().await?;
    Ok(())
}

/// The reason of a request.
pub(super) fn reason_of(one: &Unveiling, key: &Secret) -> Result<String, ConductError> {
    let plain = seal::unlock(key, &reason(one.id), &one.reason_box).ok_or(ConductError::BrokenBox)?;
    String::from_utf8(plain.to_vec()).map_err(|_| ConductError::BrokenBox)
}

/// The identity, for one of the two who opened it.
pub(super) fn identity_of(
    unlocked: &Unlocked,
    one: &Unveiling,
    identity_box: &[u8],
) -> Result<Option<Identity>, ConductError> {
    let boxes = [(Some(one.asker), &one.asker_box), (one.second, &one.second_box)];
    let own = boxes.into_iter().find(|(key, _)| *key == Some(unlocked.key)).and_then(|(_, sealed)| sealed.as_ref());
    let Some(sealed) = own else { return Ok(None) };
    let key = unlocked.unseal(&result(one.id), sealed).and_then(|bytes| Secret::from_slice(&bytes));
    let key = key.ok_or(ConductError::BrokenBox)?;
    let purpose = super::intake::identity_purpose(one.report);
    let plain = seal::unlock(&key, &purpose, identity_box).ok_or(ConductError::BrokenBox)?;
    Ok(Some(serde_json::from_slice(&plain)?))
}

async fn tell(ctx: &Ctx<'_>, tx: &mut Tx, action: &'static str, one: &Unveiling) -> Result<(), ConductError> {
    let entry = ctx.entry_of(Work::Conduct, action, "conduct_report", one.report).set("request", one.id);
    Ok(ledger::record(tx, entry.set("state", one.state.code())).await?)
}
