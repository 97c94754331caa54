//! Sending nominations to the level that decides them, and recording every step they take there.

use kernel::{Date, Permission};

use super::model::{
    LineOutcome, State, Step, StepKind, Submission, SubmissionFile, SubmissionFileId, SubmissionId, route_above,
};
use super::{SubmissionsError, queries, store};
use crate::awards::NominationId;
use crate::awards::model::NominationState;
use crate::awards::{outcomes, queries as nominations};
use crate::db::{StoreError, Tx};
use crate::records::model::{AchievementId, NewPastAward};
use crate::records::service as records;
use crate::{Ctx, attachments, ledger};

/// The least letters of a reason that is kept.
pub const SHORTEST_REASON: usize = 10;

/// A *tờ trình* that was signed.
#[derive(Debug, Clone)]
pub struct NewSubmission {
    /// Its number: `12/TTr-VPUB`.
    pub number: String,
    /// The day it was signed and sent.
    pub signed_on: Date,
    /// Whom it carries.
    pub nominations: Vec<NominationId>,
}

/// What came back from who decides.
#[derive(Debug, Clone)]
pub struct NewResult {
    /// The decision's number.
    pub number: String,
    /// Its day.
    pub on: Date,
    /// Who was awarded; the others of the submission were not.
    pub granted: Vec<NominationId>,
}

fn reasoned(reason: &str) -> Result<String, SubmissionsError> {
    kernel::text::reason(reason, SHORTEST_REASON).map_err(|short| SubmissionsError::ShortReason { least: short.least })
}

async fn find(tx: &mut Tx, id: SubmissionId) -> Result<Submission, SubmissionsError> {
    store::find(tx, id).await?.ok_or(SubmissionsError::Unknown("tờ trình"))
}

/// Records a *tờ trình* and puts its nominations on their way to the first level above the office.
///
/// # Errors
/// When a nomination does not wait to be sent, lies in another submission, or takes another way; when the
/// number was used in the year, or the day cannot be.
pub async fn send(ctx: &Ctx<'_>, new: &NewSubmission) -> Result<SubmissionId, SubmissionsError> {
    ctx.may(Permission::RunCampaign)?;
    let mut tx = ctx.begin().await?;
    let route = common_route(ctx, &mut tx, &new.nominations).await?;
    let submission = Submission {
        id: SubmissionId::new(),
        number: kernel::text::clean_line(&new.number),
        signed_on: new.signed_on,
        route,
        level: 0,
        state: State::AtLevel,
        since: new.signed_on,
        created_by: ctx.actor.account,
        version: 1,
    };
    if new.signed_on > ctx.today() {
        let (day, today) = (kernel::numbers::short_date(new.signed_on), kernel::numbers::short_date(ctx.today()));
        return Err(SubmissionsError::OddDay { since: day.clone(), day, today });
    }
    let settled = nominations::last_settled(&mut tx, &new.nominations).await?;
    if let Some(met) = settled.filter(|met| *met > new.signed_on) {
        let (day, met) = (kernel::numbers::short_date(new.signed_on), kernel::numbers::short_date(met));
        return Err(SubmissionsError::BeforeTheVote { day, met });
    }
    match store::add(&mut tx, &submission).await {
        Err(StoreError::Duplicate { .. }) => {
            let (number, year) = (submission.number, new.signed_on.year());
            return Err(SubmissionsError::NumberTaken { number, year });
        }
        other => other?,
    }
    for (position, nomination) in (1..).zip(&new.nominations) {
        match store::carry(&mut tx, submission.id, position, *nomination).await {
            Err(StoreError::Duplicate { .. }) => {
                drop(tx);
                return Err(already_sent(ctx, *nomination).await);
            }
            other => other?,
        }
        let words = format!("Tờ trình số {}, gửi {}", submission.number, submission.at());
        outcomes::sent_in(ctx, &mut tx, *nomination, &words).await?;
    }
    note(ctx, &mut tx, &submission, StepKind::Sent, "").await?;
    let entry = ctx.entry("submission.send", "submission", submission.id).ground(&submission.number);
    ledger::record(&mut tx, entry.set("nominations", new.nominations.len())).await?;
    tx.commit().await?;
    Ok(submission.id)
}

/// Names who lies in another submission; the transaction that found it is over.
async fn already_sent(ctx: &Ctx<'_>, nomination: NominationId) -> SubmissionsError {
    let named = async {
        let mut tx = ctx.read().await?;
        nominations::nominated(ctx, &mut tx, nomination).await
    };
    match named.await {
        Ok(one) => SubmissionsError::NotToSend { name: one.name, why: "đã nằm trong một tờ trình khác" },
        Err(error) => error.into(),
    }
}

/// The way that all these nominations take.
async fn common_route(ctx: &Ctx<'_>, tx: &mut Tx, chosen: &[NominationId]) -> Result<Vec<String>, SubmissionsError> {
    let mut common: Option<Vec<String>> = None;
    for (at, id) in chosen.iter().enumerate() {
        let one = nominations::nominated(ctx, tx, *id).await?;
        let not_to_send = |why| SubmissionsError::NotToSend { name: one.name.clone(), why };
        if chosen[..at].contains(id) {
            return Err(not_to_send("được chọn hai lần"));
        }
        if one.state != NominationState::Passed {
            return Err(not_to_send("Hội đồng chưa thông qua hoặc đã có kết quả"));
        }
        let route = route_above(&ctx.house.rules, one.award);
        if route.is_empty() {
            return Err(not_to_send("hình thức này Văn phòng tự quyết định"));
        }
        match &common {
            Some(known) if *known != route => {
                return Err(SubmissionsError::DifferentRoutes { one: known.join(" → "), other: route.join(" → ") });
            }
            _ => common = Some(route),
        }
    }
    common.ok_or(SubmissionsError::Nobody)
}

/// Writes a step that was taken.
async fn note(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    submission: &Submission,
    kind: StepKind,
    words: &str,
) -> Result<(), StoreError> {
    let step = Step {
        kind,
        on: submission.since,
        level: submission.at().to_owned(),
        words: words.to_owned(),
        at: ctx.now(),
        account: ctx.actor.account,
    };
    store::add_step(tx, submission.id, &step).await
}

/// Saves a step with its history and its ledger entry; the caller commits.
async fn save(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    submission: &Submission,
    (kind, verb): (StepKind, &'static str),
    words: &str,
) -> Result<(), SubmissionsError> {
    store::save(tx, submission).await?;
    note(ctx, tx, submission, kind, words).await?;
    let entry = ctx.entry(verb, "submission", submission.id).ground(&submission.number);
    ledger::record(tx, entry.set("level", submission.at()).set("day", submission.since)).await?;
    Ok(())
}

/// Records that its level asked for a supplement.
///
/// # Errors
/// When it does not lie at a level, the day cannot be, or the reason says nothing.
pub async fn give_back(ctx: &Ctx<'_>, id: SubmissionId, on: Date, reason: &str) -> Result<(), SubmissionsError> {
    ctx.may(Permission::RunCampaign)?;
    let reason = reasoned(reason)?;
    let mut tx = ctx.begin().await?;
    let mut submission = find(&mut tx, id).await?;
    submission.give_back(on, ctx.today(), reason.clone())?;
    save(ctx, &mut tx, &submission, (StepKind::GivenBack, "submission.give_back"), &reason).await?;
    Ok(tx.commit().await?)
}

/// Records that the supplement was sent; the time of its level begins anew.
///
/// # Errors
/// When none was asked for, the day cannot be, or nothing is said of what was sent.
pub async fn supply(ctx: &Ctx<'_>, id: SubmissionId, on: Date, what: &str) -> Result<(), SubmissionsError> {
    ctx.may(Permission::RunCampaign)?;
    let what = reasoned(what)?;
    let mut tx = ctx.begin().await?;
    let mut submission = find(&mut tx, id).await?;
    submission.supply(on, ctx.today())?;
    save(ctx, &mut tx, &submission, (StepKind::Supplied, "submission.supply"), &what).await?;
    Ok(tx.commit().await?)
}

/// Records that its level passed it on.
///
/// # Errors
/// At the end of the route, when it does not lie at a level, or the day cannot be.
pub async fn pass_on(ctx: &Ctx<'_>, id: SubmissionId, on: Date, words: &str) -> Result<(), SubmissionsError> {
    ctx.may(Permission::RunCampaign)?;
    let mut tx = ctx.begin().await?;
    let mut submission = find(&mut tx, id).await?;
    submission.pass_on(on, ctx.today())?;
    let words = kernel::text::clean_text(words);
    save(ctx, &mut tx, &submission, (StepKind::PassedOn, "submission.pass_on"), &words).await?;
    Ok(tx.commit().await?)
}

/// Records what the last level decided, in one transaction with the awards that were given.
///
/// # Errors
/// Before the end of the route, when the day cannot be, when somebody is not of this submission, or when an
/// award stands in the record already.
pub async fn decide(ctx: &Ctx<'_>, id: SubmissionId, result: &NewResult) -> Result<(), SubmissionsError> {
    ctx.may(Permission::RunCampaign)?;
    let number = kernel::text::clean_line(&result.number);
    let mut tx = ctx.begin().await?;
    let mut submission = find(&mut tx, id).await?;
    submission.decide(number.clone(), result.on, ctx.today())?;
    let carried: Vec<NominationId> = store::carried(&mut tx, id).await?.into_iter().map(|one| one.nomination).collect();
    if result.granted.iter().any(|one| !carried.contains(one)) {
        return Err(SubmissionsError::Unknown("hồ sơ trong tờ trình này"));
    }
    let words = format!("{number}, {}", submission.at());
    save(ctx, &mut tx, &submission, (StepKind::Decided, "submission.decide"), &words).await?;
    for nomination in carried {
        if result.granted.contains(&nomination) {
            grant(ctx, &mut tx, nomination, &number, result.on).await?;
            store::settle(&mut tx, id, nomination, LineOutcome::Granted).await?;
        } else {
            outcomes::not_granted_in(ctx, &mut tx, nomination, &words).await?;
            store::settle(&mut tx, id, nomination, LineOutcome::NotGranted).await?;
        }
    }
    Ok(tx.commit().await?)
}

/// Enters an award that a higher level gave.
async fn grant(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    nomination: NominationId,
    number: &str,
    on: Date,
) -> Result<(), SubmissionsError> {
    let one = nominations::nominated(ctx, tx, nomination).await?;
    let campaign = nominations::campaign(tx, one.campaign).await?;
    let new = NewPastAward {
        recipient: one.recipient,
        award: one.award,
        year: campaign.year,
        r#type: nominations::type_of(ctx, &campaign, one.award),
        number: number.to_owned(),
        decided_on: on,
        achievement: nominations::achievement(tx, nomination).await?.map(AchievementId),
        decision_line: None,
    };
    let entered = records::enter_award_in(ctx, tx, new).await;
    entered.map_err(|source| SubmissionsError::Records { name: one.name, source })?;
    Ok(outcomes::decided_in(ctx, tx, nomination).await?)
}

/// Records that its level refused it: nobody on it is awarded.
///
/// # Errors
/// When it does not lie at a level, the day cannot be, or the reason says nothing.
pub async fn refuse(ctx: &Ctx<'_>, id: SubmissionId, on: Date, reason: &str) -> Result<(), SubmissionsError> {
    ctx.may(Permission::RunCampaign)?;
    let reason = reasoned(reason)?;
    let mut tx = ctx.begin().await?;
    let mut submission = find(&mut tx, id).await?;
    submission.refuse(on, ctx.today(), reason.clone())?;
    save(ctx, &mut tx, &submission, (StepKind::Refused, "submission.refuse"), &reason).await?;
    let words = format!("{}: {reason}", submission.at());
    for one in store::carried(&mut tx, id).await? {
        outcomes::not_granted_in(ctx, &mut tx, one.nomination, &words).await?;
        store::settle(&mut tx, id, one.nomination, LineOutcome::NotGranted).await?;
    }
    Ok(tx.commit().await?)
}

/// Takes it back: its nominations wait again, for another *tờ trình*.
///
/// # Errors
/// When it is over, or the reason says nothing.
pub async fn withdraw(ctx: &Ctx<'_>, id: SubmissionId, reason: &str) -> Result<(), SubmissionsError> {
    ctx.may(Permission::RunCampaign)?;
    let reason = reasoned(reason)?;
    let mut tx = ctx.begin().await?;
    let mut submission = find(&mut tx, id).await?;
    submission.withdraw(ctx.today(), reason.clone())?;
    save(ctx, &mut tx, &submission, (StepKind::Withdrawn, "submission.withdraw"), &reason).await?;
    store::release(&mut tx, id).await?;
    Ok(tx.commit().await?)
}

/// Keeps a file with it: the *tờ trình*, a supplement, the decision.
///
/// # Errors
/// When the file is refused.
pub async fn attach(
    ctx: &Ctx<'_>,
    id: SubmissionId,
    name: &str,
    bytes: &[u8],
) -> Result<SubmissionFileId, SubmissionsError> {
    ctx.may(Permission::RunCampaign)?;
    let name = kernel::text::clean_line(name);
    let mut tx = ctx.begin().await?;
    find(&mut tx, id).await?;
    let kept = attachments::keep(ctx.house, &name, bytes)
        .map_err(|error| SubmissionsError::BadFile { name: name.clone(), why: error.to_string() })?;
    let file = SubmissionFile {
        id: SubmissionFileId::new(),
        name,
        digest: kept.digest,
        size: kept.size,
        media_type: kept.media_type.to_owned(),
    };
    store::add_file(&mut tx, id, &file, ctx.now()).await?;
    let entry = ctx.entry("submission.attach", "submission", id).set("sha256", &file.digest);
    ledger::record(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(file.id)
}

/// A file of a submission that the actor may read, with its bytes' digest.
///
/// # Errors
/// When there is none, or the submission is not the actor's to read.
pub async fn file(ctx: &Ctx<'_>, id: SubmissionId, file: SubmissionFileId) -> Result<SubmissionFile, SubmissionsError> {
    let detail = queries::detail(ctx, id).await?;
    detail.files.into_iter().find(|one| one.id == file).ok_or(SubmissionsError::Unknown("tệp này"))
}
