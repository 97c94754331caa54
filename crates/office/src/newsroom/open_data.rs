//! Open data: the awards of issued decisions, and the figures that the house shows to everybody.
//!
//! The same rows go to the page, to JSON and to CSV. Of a person there stands what the decision itself makes public:
//! the name, the unit and the award; never a number, a day of birth, an address or a code of staff.

use std::collections::BTreeMap;

use kernel::Date;
use rules::AwardCode;
use serde::Serialize;

use super::NewsroomError;
use super::service::store_error;
use crate::decisions::model::LineState;
use crate::organization::Recipient;
use crate::{Ctx, decisions, petitions};

/// An award, as everybody may know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AwardRow {
    /// The name that the decision prints.
    pub name: String,
    /// A person, a collective, an enterprise.
    pub kind: &'static str,
    /// The unit that the decision prints; empty for a collective.
    pub unit: String,
    /// The code of the award.
    pub award: AwardCode,
    /// Its name.
    pub award_name: String,
    /// The number of the decision.
    pub decision: String,
    /// The day of the decision.
    pub issued_on: Option<Date>,
    /// In force, corrected or revoked.
    pub state: LineState,
    /// The code by which the certificate is verified.
    pub code: String,
}

/// Which awards are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// Whose name, unit or decision holds this, with or without diacritics.
    pub text: String,
    /// Of this year.
    pub year: Option<i16>,
    /// Of this form.
    pub award: Option<AwardCode>,
}

/// The awards of all issued decisions that are asked for, the newest first.
///
/// # Errors
/// What the store says.
pub async fn awards(ctx: &Ctx<'_>, asked: &Asked) -> Result<Vec<AwardRow>, NewsroomError> {
    let mut tx = ctx.read().await?;
    let lines = decisions::queries::issued_lines(&mut tx).await.map_err(store_error)?;
    let wanted = kernel::text::Wanted::of(&asked.text);
    let rows = lines.into_iter().map(|(decision, line)| AwardRow {
        kind: match line.recipient {
            Recipient::Person(_) => "person",
            Recipient::Unit(_) => "collective",
            Recipient::Enterprise(_) => "enterprise",
        },
        unit: if matches!(line.recipient, Recipient::Person(_)) { line.unit_name.clone() } else { String::new() },
        award_name: ctx.house.rules.award(line.award).name_vi.clone(),
        decision: decision.number_text(),
        issued_on: decision.issued_on,
        name: line.name,
        award: line.award,
        state: line.state,
        code: line.code.unwrap_or_default(),
    });
    let fits = |row: &AwardRow| {
        asked.year.is_none_or(|year| row.issued_on.is_some_and(|on| on.year() == year))
            && asked.award.is_none_or(|award| award == row.award)
            && wanted.is_in_name_or_number(&[&row.name, &row.unit], &row.decision)
    };
    Ok(rows.filter(fits).collect())
}

/// A figure that the house shows to everybody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Figure {
    /// Its code, which does not change.
    pub code: &'static str,
    /// What it counts.
    pub name: String,
    /// Of which year; none for all together until today.
    pub year: Option<i16>,
    /// The number.
    pub value: usize,
    /// What is counted.
    pub unit: &'static str,
}

/// The figures of today: awards in force by year and form, petitions together.
///
/// # Errors
/// What a store says.
pub async fn figures(ctx: &Ctx<'_>) -> Result<Vec<Figure>, NewsroomError> {
    let mut by_year: BTreeMap<(i16, String), usize> = BTreeMap::new();
    for row in awards(ctx, &Asked::default()).await? {
        if let Some(on) = row.issued_on.filter(|_| row.state != LineState::Revoked) {
            *by_year.entry((on.year(), row.award_name)).or_default() += 1;
        }
    }
    let mut found: Vec<Figure> = by_year
        .into_iter()
        .rev()
        .map(|((year, name), value)| Figure {
            code: "khen_thuong",
            name,
            year: Some(year),
            value,
            unit: "lượt khen thưởng",
        })
        .collect();
    let counts = petitions::public::public_counts(ctx).await.map_err(|error| match error {
        petitions::PetitionsError::Store(store) => NewsroomError::Store(store),
        _ => NewsroomError::Unknown("số liệu kiến nghị"),
    })?;
    let petitions = [
        ("kien_nghi_da_nhan", "Phản ánh, kiến nghị đã nhận", counts.received),
        ("kien_nghi_dang_xu_ly", "Phản ánh, kiến nghị đang xử lý", counts.open),
        ("kien_nghi_da_tra_loi", "Phản ánh, kiến nghị đã trả lời", counts.answered),
    ];
    found.extend(petitions.map(|(code, name, value)| Figure {
        code,
        name: name.to_owned(),
        year: None,
        value,
        unit: "vụ việc",
    }));
    Ok(found)
}
