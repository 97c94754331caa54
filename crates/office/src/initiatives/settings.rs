//! What the office has set for initiatives, each with the document it rests on. Nothing is overwritten.

use kernel::{Permission, Timestamp};

use super::model::worded;
use super::{InitiativesError, similarity, store};
use crate::db::{StoreError, Tx};
use crate::words::words;
use crate::{Ctx, ledger};

/// From how many hundredths on two initiatives are shown as alike, while nobody has set another number.
pub const SHIPPED_SIMILARITY: i64 = 60;

words! {
    /// What can be set.
    Setting {
        /// From how many hundredths on two initiatives are shown as alike.
        Similarity = "similarity", "Ngưỡng giống nhau, phần trăm";
        /// How many adopters a claim over the province needs.
        ProvinceAdopters = "province_adopters", "Số đơn vị áp dụng tối thiểu khi nêu phạm vi toàn tỉnh";
    }
}

impl Setting {
    /// The least and the greatest value.
    #[must_use]
    pub fn bounds(self) -> (i64, i64) {
        match self {
            Self::Similarity => (similarity::FLOOR, 100),
            Self::ProvinceAdopters => (1, 200),
        }
    }
}

/// A value that was set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Set {
    /// The value.
    pub value: i64,
    /// The document it rests on.
    pub document: String,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: String,
}

/// The settings as they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// From how many hundredths on two initiatives are shown as alike.
    pub similarity: i64,
    /// How many adopters a claim over the province needs; none while nobody has set it.
    pub province_adopters: Option<Set>,
    /// All that was set, the newest first.
    pub history: Vec<(Setting, Set)>,
}

/// The settings as they stand. For this room and the pages that show what they lead to.
///
/// # Errors
/// What the store says.
pub async fn current(tx: &mut Tx) -> Result<Settings, StoreError> {
    let history = store::settings(tx).await?;
    let last = |setting| history.iter().find(|(one, _)| *one == setting).map(|(_, set)| set.clone());
    Ok(Settings {
        similarity: last(Setting::Similarity).map_or(SHIPPED_SIMILARITY, |set| set.value),
        province_adopters: last(Setting::ProvinceAdopters),
        history,
    })
}

/// Sets a value on the ground of a document.
///
/// # Errors
/// Outside its bounds, or without a document.
pub async fn set(ctx: &Ctx<'_>, setting: Setting, value: i64, document: &str) -> Result<(), InitiativesError> {
    ctx.may(Permission::ReviewInitiatives)?;
    let (least, most) = setting.bounds();
    if !(least..=most).contains(&value) {
        return Err(InitiativesError::fault("gia-tri", format!("Nhập số từ {least} đến {most}")));
    }
    let document = kernel::text::clean_line(document);
    worded(&document).map_err(|_| InitiativesError::fault("can-cu", "Ghi văn bản hoặc quyết định làm căn cứ"))?;
    let mut tx = ctx.begin().await?;
    let one = Set { value, document, at: ctx.now(), by: ctx.actor.name.clone() };
    store::add_setting(&mut tx, setting, &one).await?;
    let entry = ctx.entry("initiative.set", "initiative_setting", setting.code()).ground(&one.document);
    ledger::record(&mut tx, entry.set("value", value)).await?;
    tx.commit().await?;
    Ok(())
}
