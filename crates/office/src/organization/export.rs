//! People as a sheet, with the columns of the import: what was taken out can be brought in again.

use kernel::id::UnitId;
use papers::sheet::{Cell, NewColumn, NewSheet, xlsx};

use super::OrganizationError;
use super::import::{BORN, CATEGORY, CODE, ETHNIC, GENDER, LEADER, NAME, SINCE, TITLE, UNIT};
use super::queries::{self, Filter, PersonLine, Place};
use crate::Ctx;

/// How many people are read at a time.
const STRIDE: usize = 500;

/// The people whom the actor may read, of a unit or of all, as XLSX.
///
/// # Errors
/// When the actor may read none.
pub async fn people(ctx: &Ctx<'_>, unit: Option<UnitId>) -> Result<Vec<u8>, OrganizationError> {
    let filter = Filter { unit, text: String::new(), day: ctx.today() };
    let columns = [
        (CODE, 14.0),
        (NAME, 28.0),
        (BORN, 12.0),
        (GENDER, 10.0),
        (ETHNIC, 12.0),
        (CATEGORY, 16.0),
        (UNIT, 14.0),
        (TITLE, 24.0),
        (LEADER, 12.0),
        (SINCE, 12.0),
    ];
    let columns = columns.map(|(header, width)| NewColumn::new(header, width));
    let mut sheet = NewSheet::new("Danh sách", columns.into());
    let mut place = Place::beginning();
    loop {
        let page = queries::people(ctx, &filter, &place, STRIDE).await?;
        let Some(last) = page.last() else { break };
        place = Place::after(&last.person);
        sheet.rows.extend(page.into_iter().map(cells));
    }
    Ok(xlsx(&[sheet])?)
}

fn cells(line: PersonLine) -> Vec<Cell> {
    let PersonLine { person, post, unit_code, .. } = line;
    let text = |text: Option<String>| text.map_or(Cell::Empty, Cell::Text);
    let day = |day: Option<kernel::Date>| day.map_or(Cell::Empty, Cell::Day);
    let profile = person.profile;
    let gender = profile.female.map(|female| if female { "Nữ" } else { "Nam" }.to_owned());
    vec![
        text(profile.staff_code),
        Cell::Text(profile.name),
        day(profile.born_on),
        text(gender),
        text(profile.ethnic_group),
        Cell::Text(profile.category.name_vi().to_owned()),
        text(unit_code),
        text(post.as_ref().map(|post| post.title.clone())),
        post.as_ref().map_or(Cell::Empty, |post| Cell::Bool(post.leader)),
        day(post.map(|post| post.period.from)),
    ]
}
