//! Steps of an inspector: taking a report up, asking, saying whom it concerns, closing; settings; what is erased.

use jiff::ToSpan as _;
use kernel::id::{PersonId, UnitId};
use kernel::{Date, Permission};

use super::intake::{concerned_today, unit_box};
use super::keyring::{Unlocked, inner, must_hold, of_report, outer, readers, units_of};
use super::model::{Body, LONGEST_LINE, LONGEST_TEXT, Report, ReportId, SHORTEST_WORDS, Settings, State, Step};
use super::seal::{self, Secret};
use super::{ConductError, decision, store, talk};
use crate::db::Tx;
use crate::movements::Work;
use crate::{Ctx, House, ledger};

/// The bounds of the settings: a small cell, a small unit, months.
pub const SETTING_BOUNDS: [(i64, i64); 3] = [(3, 50), (3, 100), (6, 240)];

/// A report that an inspector has opened: it does not concern the inspector.
pub(super) struct Opened {
    pub report: Report,
    pub key: Secret,
    pub body: Body,
}

fn purpose(id: ReportId) -> String {
    format!("body:{id}")
}

pub(super) fn body_box(id: ReportId, key: &Secret, body: &Body) -> Result<Vec<u8>, ConductError> {
    Ok(seal::lock(key, &purpose(id), &serde_json::to_vec(body)?))
}

pub(super) fn body_of(report: &Report, key: &Secret) -> Result<Body, ConductError> {
    let plain = seal::unlock(key, &purpose(report.id), &report.body_box).ok_or(ConductError::BrokenBox)?;
    Ok(serde_json::from_slice(&plain)?)
}

/// Opens a report that was read; none where the inspector has no box of it, or it concerns the inspector: there
/// is no difference.
pub(super) async fn opened(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    unlocked: &Unlocked,
    report: Report,
    own_units: &[UnitId],
) -> Result<Option<Opened>, ConductError> {
    if report.erased_on.is_some() {
        return Ok(None);
    }
    let Some(sealed) = store::report_box(tx, report.id, unlocked.key).await? else { return Ok(None) };
    let key = unlocked.unseal(&of_report(report.id), &sealed).and_then(|bytes| Secret::from_slice(&bytes));
    let Some(key) = key else { return Ok(None) };
    let body = body_of(&report, &key)?;
    if decision::is_kept_out(ctx.actor.person, own_units, body.subject, &body.concerned) {
        return Ok(None);
    }
    Ok(Some(Opened { report, key, body }))
}

/// A report for an inspector whose key is open and whom it does not concern; for anybody else there is none.
pub(super) async fn open(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    unlocked: &Unlocked,
    id: ReportId,
) -> Result<Opened, ConductError> {
    must_hold(ctx, tx, unlocked).await?;
    let unknown = || ConductError::Unknown("phản ánh");
    let report = store::find(tx, id).await?.ok_or_else(unknown)?;
    let units = units_of(ctx, tx, ctx.actor.person).await?;
    opened(ctx, tx, unlocked, report, &units).await?.ok_or_else(unknown)
}

/// Keeps an opened report over the one that was read, with its ledger entry: never a word of it.
pub(super) async fn keep(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    one: &mut Opened,
    seen: i64,
    action: &'static str,
) -> Result<(), ConductError> {
    one.report.version = seen;
    one.report.body_box = body_box(one.report.id, &one.key, &one.body)?;
    store::save(tx, &one.report).await?;
    let entry = ctx.entry_of(Work::Conduct, action, "conduct_report", one.report.id);
    Ok(ledger::record(tx, entry.set("state", one.report.state.code())).await?)
}

/// Clean text with at least [`SHORTEST_WORDS`] letters.
pub(super) fn words(field: &'static str, typed: &str) -> Result<String, ConductError> {
    let text = kernel::text::clean_text(typed);
    match text.chars().count() {
        many if many < SHORTEST_WORDS => {
            Err(ConductError::missing(field, format!("Ghi rõ nội dung, ít nhất {SHORTEST_WORDS} ký tự")))
        }
        many if many > LONGEST_TEXT => Err(ConductError::TooLong { field, most: LONGEST_TEXT }),
        _ => Ok(text),
    }
}

/// One clean line that must be there.
pub(super) fn line(field: &'static str, typed: &str, what: &str) -> Result<String, ConductError> {
    let text = kernel::text::clean_line(typed);
    match text.chars().count() {
        0 => Err(ConductError::missing(field, what)),
        many if many > LONGEST_LINE => Err(ConductError::TooLong { field, most: LONGEST_LINE }),
        _ => Ok(text),
    }
}

/// Adds a message to the reporter at the end.
pub(super) async fn tell_reporter(ctx: &Ctx<'_>, tx: &mut Tx, one: &Opened, words: &str) -> Result<(), ConductError> {
    let there = store::messages(tx, one.report.id).await?.len();
    talk::add(ctx, tx, (&one.report, &one.key), (there, false), words).await
}

/// Takes a report up.
///
/// # Errors
/// When it was taken up already.
pub async fn look(ctx: &Ctx<'_>, unlocked: &Unlocked, id: ReportId, seen: i64) -> Result<(), ConductError> {
    let mut tx = ctx.begin().await?;
    let mut one = open(ctx, &mut tx, unlocked, id).await?;
    one.report.take(Step::Look)?;
    keep(ctx, &mut tx, &mut one, seen, "conduct.look").await?;
    tx.commit().await?;
    Ok(())
}

/// Asks the reporter.
///
/// # Errors
/// Where it stands, or without a question.
pub async fn ask(
    ctx: &Ctx<'_>,
    unlocked: &Unlocked,
    id: ReportId,
    seen: i64,
    question: &str,
) -> Result<(), ConductError> {
    let mut tx = ctx.begin().await?;
    let mut one = open(ctx, &mut tx, unlocked, id).await?;
    one.report.take(Step::Ask)?;
    let question = words("cau-hoi", question)?;
    tell_reporter(ctx, &mut tx, &one, &question).await?;
    keep(ctx, &mut tx, &mut one, seen, "conduct.ask").await?;
    tx.commit().await?;
    Ok(())
}

/// Says whom a report concerns, as far as an inspector found out. Inspectors of that unit lose it at once.
///
/// # Errors
/// After the conclusion; when nobody would be left to read it.
pub async fn attribute(
    ctx: &Ctx<'_>,
    unlocked: &Unlocked,
    id: ReportId,
    seen: i64,
    (unit, person): (Option<UnitId>, Option<PersonId>),
) -> Result<(), ConductError> {
    let mut tx = ctx.begin().await?;
    let mut one = open(ctx, &mut tx, unlocked, id).await?;
    if matches!(one.report.state, State::Concluded | State::Closed) {
        return Err(ConductError::NotNow { step: Step::Conclude, state: one.report.state });
    }
    let own = units_of(ctx, &mut tx, person).await?;
    if person.is_some() && own.is_empty() {
        return Err(ConductError::missing("nguoi", "Chọn người đang làm việc ở Văn phòng"));
    }
    let unit = unit.or_else(|| own.first().copied());
    let (mut units, _) = concerned_today(ctx, &mut tx, &[&one.body.who, &one.body.what], unit).await?;
    units.extend(own);
    units.extend(one.body.concerned.iter().copied());
    units.sort_unstable();
    units.dedup();
    (one.body.unit, one.body.subject, one.body.concerned) = (unit, person, units);
    let readers = readers(ctx, &mut tx).await?;
    let mut left = 0;
    for reader in &readers {
        if !reader.is_kept_out(&one.body) {
            left += usize::from(store::report_box(&mut tx, id, reader.key.id).await?.is_some());
            continue;
        }
        store::put_box(&mut tx, id, reader.key.id, seal::decoy(&of_report(id), one.key.as_bytes())).await?;
        for (first, second, _) in store::identity_boxes(&mut tx, id).await? {
            if first == reader.key.id || second == reader.key.id {
                let decoy = seal::decoy(&outer(id), &seal::decoy(&inner(id), one.key.as_bytes()));
                store::put_identity_box(&mut tx, id, (first, second), decoy).await?;
            }
        }
    }
    if left == 0 {
        return Err(ConductError::NobodyToRead);
    }
    if let Some(figures) = store::figures_key(&mut tx).await? {
        one.report.unit_box = unit_box(&figures, unit);
    }
    keep(ctx, &mut tx, &mut one, seen, "conduct.attribute").await?;
    tx.commit().await?;
    Ok(())
}

/// Closes a report on which a conclusion stands and no appeal waits.
///
/// # Errors
/// Where it stands, or while an appeal is looked at.
pub async fn close(ctx: &Ctx<'_>, unlocked: &Unlocked, id: ReportId, seen: i64) -> Result<(), ConductError> {
    let mut tx = ctx.begin().await?;
    let mut one = open(ctx, &mut tx, unlocked, id).await?;
    let appeal = one.body.conclusion.as_ref().and_then(|conclusion| conclusion.appeal.as_ref());
    if appeal.is_some_and(|appeal| appeal.decided.is_none()) {
        return Err(ConductError::missing("ket-qua", "Giải quyết khiếu nại trước khi đóng"));
    }
    one.report.take(Step::Close)?;
    one.report.closed_on = Some(ctx.today());
    keep(ctx, &mut tx, &mut one, seen, "conduct.close").await?;
    tx.commit().await?;
    Ok(())
}

/// Sets what is too small to be published and how long content is kept, with the document that says so.
///
/// # Errors
/// Outside [`SETTING_BOUNDS`], or without a document.
pub async fn set(ctx: &Ctx<'_>, seen: i64, new: [i64; 3], ground: &str) -> Result<(), ConductError> {
    ctx.may(Permission::HandleConduct)?;
    let ground = line("can-cu", ground, "Ghi số, ngày văn bản quyết định")?;
    for ((field, value), (least, most)) in ["o-nho", "don-vi-nho", "thang"].into_iter().zip(new).zip(SETTING_BOUNDS) {
        if !(least..=most).contains(&value) {
            return Err(ConductError::missing(field, format!("Nhập số từ {least} đến {most}")));
        }
    }
    let [small_cell, small_unit, keep_months] = new;
    let mut tx = ctx.begin().await?;
    let settings = Settings {
        small_cell,
        small_unit,
        keep_months,
        ground,
        set_by: ctx.actor.name.clone(),
        set_on: Some(ctx.today()),
        version: seen,
    };
    store::save_settings(&mut tx, &settings).await?;
    let entry = ctx.entry("conduct.set", "conduct_settings", "1").ground(settings.ground);
    let entry = entry.set("small_cell", small_cell).set("small_unit", small_unit).set("keep_months", keep_months);
    ledger::record(&mut tx, entry).await?;
    tx.commit().await?;
    Ok(())
}

/// Erases the content of reports that were closed longer ago than it is kept; answers how many. Done by the
/// program itself, every hour.
///
/// # Errors
/// What the store says.
pub async fn erase_due(house: &House) -> Result<usize, ConductError> {
    let program = kernel::Actor::program("Xóa phản ánh hành vi hết thời hạn lưu");
    let ctx = Ctx::new(house, &program);
    let mut tx = ctx.begin().await?;
    let months = store::settings(&mut tx).await?.keep_months;
    let until: Date = ctx.today().saturating_sub(i32::try_from(months).unwrap_or(i32::MAX).months());
    let due = store::due_to_erase(&mut tx, until).await?;
    for id in &due {
        store::erase(&mut tx, *id, ctx.today()).await?;
        ledger::record(&mut tx, ctx.entry("conduct.erase", "conduct_report", id)).await?;
    }
    tx.commit().await?;
    Ok(due.len())
}
