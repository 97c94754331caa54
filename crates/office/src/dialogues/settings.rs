//! How often dialogues are to be held: a setting with its ground and document, because no source that we could
//! verify says it (docs/decisions/0036).

use kernel::{Date, Permission};
use serde::Serialize;

use super::model::{Act, line};
use super::service::act;
use super::{DialoguesError, store};
use crate::{Ctx, ledger};

/// The bounds of the setting, in months.
pub const MONTHS: (i64, i64) = (1, 24);

/// How often dialogues are to be held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Frequency {
    /// At least one in so many months.
    pub months: i64,
    /// On which ground.
    pub ground: String,
    /// The document that says so.
    pub document: String,
    /// Who set it, when.
    pub act: Act,
}

impl Frequency {
    /// The last day for the next dialogue after one that was held.
    #[must_use]
    pub fn next_after(&self, held_on: Date) -> Date {
        held_on.saturating_add(jiff::Span::new().months(self.months))
    }
}

/// Sets how often.
///
/// # Errors
/// Outside [`MONTHS`], without ground or document.
pub async fn set(ctx: &Ctx<'_>, months: i64, ground: &str, document: &str) -> Result<(), DialoguesError> {
    ctx.may(Permission::RunDialogues)?;
    let (least, most) = MONTHS;
    if !(least..=most).contains(&months) {
        let what = format!("nhập số tháng từ {least} đến {most}");
        return Err(DialoguesError::Missing { field: "thang", what });
    }
    let ground = line("can-cu", ground, "ghi căn cứ: quy định, kế hoạch nào yêu cầu")?;
    let document = line("van-ban", document, "ghi số, ngày của văn bản")?;
    let frequency = Frequency { months, ground, document, act: act(ctx) };
    let mut tx = ctx.begin().await?;
    store::save_frequency(&mut tx, &frequency).await?;
    let entry = ctx.entry("dialogue.set_frequency", "dialogue", "settings").ground(&frequency.document);
    ledger::record(&mut tx, entry.set("months", months)).await?;
    tx.commit().await?;
    Ok(())
}
