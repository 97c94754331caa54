//! What was concluded, the hold that a substantiated report puts on a person's record, and the appeal against it.

use kernel::{Date, Period};
use rules::facts::HoldKind;

use super::keyring::Unlocked;
use super::model::{Appeal, Conclusion, Outcome, ReportId, Step};
use super::seal;
use super::service::{self, keep, open};
use super::{ConductError, store};
use crate::Ctx;
use crate::organization::Recipient;
use crate::records::holds;

/// A conclusion as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewConclusion {
    /// What was concluded.
    pub outcome: Outcome,
    /// What was found: for the inspectors.
    pub words: String,
    /// What the reporter reads.
    pub told: String,
    /// The paper; needed for a substantiated one.
    pub document: String,
    /// Why no award is considered, and the first and the first free day; for a substantiated one.
    pub hold: Option<(HoldKind, Date, Date)>,
}

/// Concludes. A substantiated one names the person and puts the hold on the record in the same transaction; the
/// ledger names neither outcome nor report beside the hold.
///
/// # Errors
/// Where it stands; a substantiated one without person, document or period.
pub async fn conclude(
    ctx: &Ctx<'_>,
    unlocked: &Unlocked,
    id: ReportId,
    seen: i64,
    new: &NewConclusion,
) -> Result<(), ConductError> {
    let mut tx = ctx.begin().await?;
    let mut one = open(ctx, &mut tx, unlocked, id).await?;
    one.report.take(Step::Conclude)?;
    let words = service::words("ket-luan", &new.words)?;
    let told = service::words("tra-loi", &new.told)?;
    let mut conclusion = Conclusion {
        outcome: new.outcome,
        on: ctx.today(),
        by: ctx.actor.name.clone(),
        words,
        document: kernel::text::clean_line(&new.document),
        hold: None,
        held: None,
        appeal: None,
    };
    if new.outcome == Outcome::Substantiated {
        let person = one.body.subject;
        let person = person.ok_or_else(|| ConductError::missing("outcome", "Ghi người bị phản ánh trước"))?;
        let document = service::line("van-ban", &new.document, "Ghi số, ngày văn bản kết luận")?;
        let missing = || ConductError::missing("tu-ngay", "Ghi thời gian tạm dừng xét khen thưởng theo văn bản");
        let (kind, from, until) = new.hold.ok_or_else(missing)?;
        let period = Period::try_new(from, Some(until));
        let period = period.map_err(|fault| ConductError::missing("den-ngay", fault.to_string()))?;
        let hold = holds::hold_in(ctx, &mut tx, Recipient::Person(person), kind, period, &document).await?;
        (conclusion.hold, conclusion.held, conclusion.document) = (Some(hold), Some((from, until)), document);
    }
    one.body.conclusion = Some(conclusion);
    if let Some(figures) = store::figures_key(&mut tx).await? {
        one.report.outcome_box = Some(seal::seal(&figures, "outcome", new.outcome.code().as_bytes()));
    }
    service::tell_reporter(ctx, &mut tx, &one, &told).await?;
    keep(ctx, &mut tx, &mut one, seen, "conduct.conclude").await?;
    tx.commit().await?;
    Ok(())
}

fn held(conclusion: Option<&mut Conclusion>) -> Result<&mut Conclusion, ConductError> {
    conclusion.filter(|one| one.hold.is_some()).ok_or(ConductError::Unknown("việc tạm dừng để khiếu nại"))
}

/// Enters an appeal of the person against the hold.
///
/// # Errors
/// Without a hold, with an appeal that is being looked at, without words or a document.
pub async fn appeal(
    ctx: &Ctx<'_>,
    unlocked: &Unlocked,
    id: ReportId,
    seen: i64,
    (words, document): (&str, &str),
) -> Result<(), ConductError> {
    let mut tx = ctx.begin().await?;
    let mut one = open(ctx, &mut tx, unlocked, id).await?;
    let conclusion = held(one.body.conclusion.as_mut())?;
    if conclusion.appeal.as_ref().is_some_and(|appeal| !matches!(appeal.decided, Some((false, _, _)))) {
        return Err(ConductError::missing("khieu-nai", "Đã có khiếu nại về việc tạm dừng này"));
    }
    conclusion.appeal = Some(Appeal {
        on: ctx.today(),
        words: service::words("khieu-nai", words)?,
        document: service::line("van-ban-khieu-nai", document, "Ghi số, ngày đơn khiếu nại")?,
        decided: None,
    });
    keep(ctx, &mut tx, &mut one, seen, "conduct.appeal").await?;
    tx.commit().await?;
    Ok(())
}

/// Decides an appeal: lifted, the hold ends today and nothing stands in the way of an award any more.
///
/// # Errors
/// Without an appeal that waits, or without a document.
pub async fn decide_appeal(
    ctx: &Ctx<'_>,
    unlocked: &Unlocked,
    id: ReportId,
    seen: i64,
    (lifted, document): (bool, &str),
) -> Result<(), ConductError> {
    let mut tx = ctx.begin().await?;
    let mut one = open(ctx, &mut tx, unlocked, id).await?;
    let document = service::line("van-ban-giai-quyet", document, "Ghi số, ngày văn bản giải quyết")?;
    let conclusion = held(one.body.conclusion.as_mut())?;
    let hold = conclusion.hold.ok_or(ConductError::Unknown("việc tạm dừng"))?;
    let waits = conclusion.appeal.as_mut().filter(|appeal| appeal.decided.is_none());
    let appeal = waits.ok_or(ConductError::Unknown("khiếu nại đang chờ"))?;
    appeal.decided = Some((lifted, ctx.today(), document.clone()));
    if lifted {
        holds::lift_in(ctx, &mut tx, hold, ctx.today(), &document).await?;
    }
    keep(ctx, &mut tx, &mut one, seen, "conduct.decide_appeal").await?;
    tx.commit().await?;
    Ok(())
}
