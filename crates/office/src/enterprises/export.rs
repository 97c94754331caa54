//! The register as a sheet, with the columns of the import: what was taken out can be brought in again.

use papers::sheet::{Cell, NewColumn, NewSheet, xlsx};

use super::EnterprisesError;
use super::import::{COMMUNE, KIND, NAME, SECTOR, SIZE, TAX_CODE};
use super::model::Registered;
use super::queries::{self, Filter, after};
use crate::Ctx;
use crate::organization::queries::Place;

/// How many entries are read at a time.
const STRIDE: usize = 500;

/// The entries that fit, as XLSX. What looks like a formula stays text.
///
/// # Errors
/// When the actor may not read the register.
pub async fn entries(ctx: &Ctx<'_>, filter: &Filter) -> Result<Vec<u8>, EnterprisesError> {
    let columns = [
        (TAX_CODE, 18.0),
        (NAME, 44.0),
        (KIND, 16.0),
        (SIZE, 10.0),
        (SECTOR, 30.0),
        (COMMUNE, 22.0),
        ("Trạng thái", 22.0),
    ];
    let columns = columns.map(|(header, width)| NewColumn::new(header, width));
    let mut sheet = NewSheet::new("Doanh nghiệp, HTX, hộ", columns.into());
    let mut place = Place::beginning();
    loop {
        let page = queries::list(ctx, filter, &place, STRIDE).await?;
        let Some(last) = page.last() else { break };
        place = after(last);
        sheet.rows.extend(page.iter().map(|one| cells(one, filter)));
    }
    Ok(xlsx(&[sheet])?)
}

fn cells(one: &Registered, filter: &Filter) -> Vec<Cell> {
    let text = |text: Option<&str>| text.map_or(Cell::Empty, |text| Cell::Text(text.to_owned()));
    let entry = &one.identity.entry;
    vec![
        text(entry.tax_code.as_deref()),
        text(Some(&entry.name)),
        text(Some(entry.kind.name_vi())),
        text(one.profile.size.map(super::model::Size::name_vi)),
        text(Some(one.profile.sector.as_str()).filter(|sector| !sector.is_empty())),
        text(entry.commune.as_deref()),
        text(Some(one.standing(filter.day).name_vi())),
    ]
}
