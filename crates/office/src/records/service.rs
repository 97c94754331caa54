//! Ratings, awards, achievements, results in the movement; which registers are complete.

use kernel::{Date, Permission};
use rules::AwardType;
use rules::facts::{RatingLevel, Selection, Stage};

use super::model::{
    Achievement, AchievementId, Completeness, MovementResult, MovementResultId, NewPastAward, PastAward, PastAwardId,
    Rating, RatingId, subject,
};
use super::{RecordsError, store};
use crate::db::Tx;
use crate::organization::Recipient;
use crate::{Ctx, history, ledger};

/// The first year that a record may tell of.
pub(super) const FIRST_YEAR: i16 = 1945;

/// Rates a year; a year already rated gets a new revision, and the earlier ones stay.
///
/// # Errors
/// An unknown recipient, a year or day that has not come.
pub async fn rate(
    ctx: &Ctx<'_>,
    recipient: Recipient,
    year: i16,
    level: RatingLevel,
    decided_on: Option<Date>,
    document: Option<&str>,
) -> Result<RatingId, RecordsError> {
    let mut tx = ctx.begin().await?;
    let id = rate_in(ctx, &mut tx, recipient, year, level, decided_on, document).await?;
    tx.commit().await?;
    Ok(id)
}

/// Rates a year inside a transaction of the caller.
///
/// # Errors
/// As [`rate`].
pub async fn rate_in(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    recipient: Recipient,
    year: i16,
    level: RatingLevel,
    decided_on: Option<Date>,
    document: Option<&str>,
) -> Result<RatingId, RecordsError> {
    ctx.may(Permission::ManagePeople)?;
    exists(tx, recipient, ctx.today()).await?;
    year_fits(ctx, year)?;
    if let Some(day) = decided_on {
        day_fits(ctx, day)?;
    }
    let revision = store::last_revision(tx, recipient, year).await? + 1;
    let document = document.map(kernel::text::clean_line).filter(|document| !document.is_empty());
    let rating = Rating { id: RatingId::new(), recipient, year, revision, level, decided_on, document };
    store::add_rating(tx, &rating).await?;
    history::entered(ctx, tx, subject("ratings", rating.id, recipient.id())).await?;
    let entry = ctx.entry("records.rate", recipient.kind(), recipient.id()).set("year", year);
    ledger::record(tx, entry.set("revision", revision).set("level", level.code())).await?;
    Ok(rating.id)
}

/// A level that one recipient was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewRating {
    /// Who was rated.
    pub recipient: Recipient,
    /// The level.
    pub level: RatingLevel,
}

/// Rates a year of many by one document: all of them or none.
///
/// # Errors
/// As [`rate`].
pub async fn rate_all(
    ctx: &Ctx<'_>,
    year: i16,
    decided_on: Date,
    document: &str,
    ratings: &[NewRating],
) -> Result<(), RecordsError> {
    let document = needed(document, "văn bản xếp loại")?;
    let mut tx = ctx.begin().await?;
    for NewRating { recipient, level } in ratings {
        rate_in(ctx, &mut tx, *recipient, year, *level, Some(decided_on), Some(&document)).await?;
    }
    tx.commit().await?;
    Ok(())
}

/// Enters an award held.
///
/// # Errors
/// An unknown recipient, a year or day that has not come, an award that is in the record already.
pub async fn enter_award(ctx: &Ctx<'_>, new: NewPastAward) -> Result<PastAwardId, RecordsError> {
    ctx.may(Permission::ManagePeople)?;
    let mut tx = ctx.begin().await?;
    let id = enter_award_in(ctx, &mut tx, new).await?;
    tx.commit().await?;
    Ok(id)
}

/// Enters an award inside a transaction of a room that has allowed it: a decision that is issued.
///
/// # Errors
/// As [`enter_award`].
pub async fn enter_award_in(ctx: &Ctx<'_>, tx: &mut Tx, new: NewPastAward) -> Result<PastAwardId, RecordsError> {
    let NewPastAward { recipient, award, year, r#type, number, decided_on, achievement, decision_line } = new;
    exists(tx, recipient, decided_on).await?;
    year_fits(ctx, year)?;
    day_fits(ctx, decided_on)?;
    if let Some(id) = achievement {
        store::achievement(tx, id)
            .await?
            .filter(|achievement| achievement.recipient == recipient)
            .ok_or(RecordsError::UnknownAchievement(id))?;
    }
    let number = needed(&number, "số quyết định")?;
    let id = PastAwardId::new();
    let award = PastAward {
        id,
        recipient,
        award,
        year,
        r#type,
        number,
        decided_on,
        achievement,
        decision_line,
        revoked_on: None,
    };
    let known = store::awards(tx, recipient).await?;
    if known.iter().any(|old| (old.award, old.year, &old.number) == (award.award, award.year, &award.number)) {
        return Err(RecordsError::AwardKnown);
    }
    store::add_award(tx, &award).await?;
    history::entered(ctx, tx, subject("awards", id, recipient.id())).await?;
    let entry = ctx.entry("records.enter_award", recipient.kind(), recipient.id()).set("award", award.award);
    ledger::record(tx, entry.set("year", year).set("number", &award.number)).await?;
    Ok(id)
}

/// Corrects type and day of an award that was typed or imported, inside a transaction of the caller.
///
/// # Errors
/// [`RecordsError::IssuedHere`] for an award of our own decisions; a day that has not come.
pub(super) async fn correct_award_in(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    id: PastAwardId,
    r#type: AwardType,
    decided_on: Date,
) -> Result<(), RecordsError> {
    let award = store::award(tx, id).await?.ok_or(RecordsError::UnknownAward(id))?;
    day_fits(ctx, decided_on)?;
    if award.decision_line.is_some() {
        return Err(RecordsError::IssuedHere(id));
    }
    store::correct_award(tx, id, r#type, decided_on).await?;
    history::changed(ctx, tx, subject("awards", id, award.recipient.id()), "correct", &award).await?;
    let entry = ctx.entry("records.correct_award", award.recipient.kind(), award.recipient.id());
    let entry = entry.set("award", award.award).set("number", &award.number).set("type", r#type.code());
    ledger::record(tx, entry.set("decided_on", decided_on)).await?;
    Ok(())
}

/// Revokes an award from a day on.
///
/// # Errors
/// When it is unknown or revoked.
pub async fn revoke_award(ctx: &Ctx<'_>, id: PastAwardId, on: Date, document: &str) -> Result<(), RecordsError> {
    ctx.may(Permission::ManagePeople)?;
    let mut tx = ctx.begin().await?;
    revoke_award_in(ctx, &mut tx, id, on, document).await?;
    tx.commit().await?;
    Ok(())
}

/// Revokes an award inside a transaction of a room that has allowed it: a decision that is revoked.
///
/// # Errors
/// As [`revoke_award`].
pub async fn revoke_award_in(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    id: PastAwardId,
    on: Date,
    document: &str,
) -> Result<(), RecordsError> {
    let award = store::award(tx, id).await?.ok_or(RecordsError::UnknownAward(id))?;
    let document = needed(document, "văn bản thu hồi")?;
    if let Some(on) = award.revoked_on {
        return Err(RecordsError::AlreadyRevoked { on });
    }
    store::revoke_award(tx, id, on).await?;
    history::changed(ctx, tx, subject("awards", id, award.recipient.id()), "revoke", &award).await?;
    let (kind, subject) = (award.recipient.kind(), award.recipient.id());
    let entry = ctx.entry("records.revoke_award", kind, subject).ground(document).set("award", award.award);
    ledger::record(tx, entry.set("number", &award.number).set("on", on)).await?;
    Ok(())
}

/// Enters an achievement with its clause of the plan.
///
/// # Errors
/// An unknown recipient, an empty text, a code that is taken.
pub async fn enter_achievement(
    ctx: &Ctx<'_>,
    recipient: Recipient,
    code: &str,
    year: i16,
    clause: &str,
    summary: &str,
) -> Result<AchievementId, RecordsError> {
    ctx.may(Permission::ManagePeople)?;
    let mut tx = ctx.begin().await?;
    let id = enter_achievement_in(ctx, &mut tx, recipient, code, year, clause, summary).await?;
    tx.commit().await?;
    Ok(id)
}

/// Enters an achievement inside a transaction of a room that has allowed it: a nomination that tells of it.
///
/// # Errors
/// As [`enter_achievement`].
pub async fn enter_achievement_in(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    recipient: Recipient,
    code: &str,
    year: i16,
    clause: &str,
    summary: &str,
) -> Result<AchievementId, RecordsError> {
    exists(tx, recipient, ctx.today()).await?;
    year_fits(ctx, year)?;
    let code = needed(code, "mã thành tích")?.to_uppercase();
    let (clause, summary) = (needed(clause, "khoản của kế hoạch")?, kernel::text::clean_text(summary));
    if summary.is_empty() {
        return Err(RecordsError::Missing { what: "tóm tắt thành tích" });
    }
    let achievement = Achievement { id: AchievementId::new(), recipient, code, year, clause, summary };
    if store::achievement_by_code(tx, &achievement.code).await?.is_some() {
        return Err(RecordsError::AchievementCodeTaken { code: achievement.code });
    }
    store::add_achievement(tx, &achievement).await?;
    history::entered(ctx, tx, subject("achievements", achievement.id, recipient.id())).await?;
    let entry = ctx.entry("records.enter_achievement", recipient.kind(), recipient.id()).ground(achievement.clause);
    ledger::record(tx, entry.set("code", &achievement.code).set("year", year)).await?;
    Ok(achievement.id)
}

/// Keeps what the movement's own selection said; a second word on the same stage and year replaces the
/// first, which the ledger remembers.
///
/// # Errors
/// An unknown recipient, an empty document, a year in which the movement does not run, a lead of somebody who was not
/// selected.
pub async fn enter_result(
    ctx: &Ctx<'_>,
    recipient: Recipient,
    (stage, year): (Stage, i16),
    (quality, leads): (Selection, bool),
    document: &str,
) -> Result<(), RecordsError> {
    ctx.may(Permission::ManagePeople)?;
    let mut tx = ctx.begin().await?;
    exists(&mut tx, recipient, ctx.today()).await?;
    year_fits(ctx, year)?;
    let plan = ctx.house.plan.period;
    let last = plan.until.and_then(|until| until.yesterday().ok()).map_or(ctx.today().year(), Date::year);
    let first = plan.from.year();
    if !(first..=last).contains(&year) {
        return Err(RecordsError::OutsideMovement { year, first, last });
    }
    if leads && quality == Selection::None {
        return Err(RecordsError::LeadsUnselected);
    }
    let document = needed(document, "biên bản hoặc danh sách bình xét")?;
    let id = MovementResultId::new();
    let result = MovementResult { id, recipient, stage, year, quality, leads, document };
    let known = store::results(&mut tx, recipient).await?;
    match known.into_iter().find(|one| (one.stage, one.year) == (stage, year)) {
        None => history::entered(ctx, &mut tx, subject("movement_results", id, recipient.id())).await?,
        Some(old) => {
            let kept = subject("movement_results", old.id, recipient.id());
            history::changed(ctx, &mut tx, kept, "correct", &old).await?;
        }
    }
    store::put_result(&mut tx, &result).await?;
    let entry = ctx.entry("records.enter_result", recipient.kind(), recipient.id()).ground(result.document);
    let entry = entry.set("stage", stage.code()).set("year", year).set("quality", quality.code());
    ledger::record(&mut tx, entry.set("leads", leads)).await?;
    tx.commit().await?;
    Ok(())
}

/// Declares that from a day on nothing is missing in a register for the people and units of the Office:
/// from then on, no entry means known to be none.
///
/// # Errors
/// A day that has not come, an empty document.
pub async fn declare_complete(ctx: &Ctx<'_>, declared: Completeness) -> Result<(), RecordsError> {
    ctx.may(Permission::ManagePeople)?;
    let mut tx = ctx.begin().await?;
    day_fits(ctx, declared.since)?;
    let document = needed(&declared.document, "căn cứ xác nhận sổ đầy đủ")?;
    let declared = Completeness { document, ..declared };
    let before = store::completeness(&mut tx).await?.into_iter().find(|one| one.register == declared.register);
    let kept = Completeness::subject(declared.register);
    match before {
        None => history::entered(ctx, &mut tx, kept).await?,
        Some(before) => history::changed(ctx, &mut tx, kept, "correct", &before).await?,
    }
    store::put_completeness(&mut tx, &declared).await?;
    let entry = ctx.entry("records.declare_complete", "register", declared.register.code());
    ledger::record(&mut tx, entry.ground(declared.document).set("since", declared.since)).await?;
    tx.commit().await?;
    Ok(())
}

pub(super) async fn exists(tx: &mut Tx, recipient: Recipient, day: Date) -> Result<(), RecordsError> {
    match recipient.name(tx, day).await? {
        Some(_) => Ok(()),
        None => Err(RecordsError::UnknownRecipient(recipient)),
    }
}

pub(super) fn needed(text: &str, what: &'static str) -> Result<String, RecordsError> {
    let text = kernel::text::clean_line(text);
    if text.is_empty() { Err(RecordsError::Missing { what }) } else { Ok(text) }
}

pub(super) fn year_fits(ctx: &Ctx<'_>, year: i16) -> Result<(), RecordsError> {
    let latest = ctx.today().year();
    if (FIRST_YEAR..=latest).contains(&year) { Ok(()) } else { Err(RecordsError::OddYear { year, latest }) }
}

pub(super) fn day_fits(ctx: &Ctx<'_>, day: Date) -> Result<(), RecordsError> {
    if day <= ctx.today() { Ok(()) } else { Err(RecordsError::NotYet { day }) }
}
