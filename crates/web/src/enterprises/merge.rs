//! Two entries side by side, merged into one; a double taken out again.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect};
use kernel::numbers::short_date;
use office::enterprises::{merging, queries};
use office::organization::EnterpriseId;
use serde::Deserialize;

use super::list::kind_words;
use super::{Fields, mended, refusal};
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, show as page};

const FIELDS: Fields<'_> = Fields { code: "voi", name: "voi", size: "voi", clause: "voi", day: "voi", words: "voi" };

/// With which other entry.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    voi: String,
}

/// What is compared of an entry.
struct Side {
    id: EnterpriseId,
    version: i64,
    cells: Vec<String>,
}

#[derive(Template)]
#[template(path = "enterprises/merge.html")]
struct MergePage {
    frame: Frame,
    form: Form,
    id: EnterpriseId,
    name: String,
    /// This entry and the other one, when one is chosen.
    sides: Option<(Side, Side)>,
    rows: Vec<(&'static str, String, String)>,
    keep: Vec<Choice>,
}

/// The rows of the comparison, in their order.
const ROWS: [&str; 9] = [
    "Tên",
    "Mã số thuế",
    "Loại",
    "Ngành, lĩnh vực",
    "Xã, phường",
    "Trạng thái",
    "Việc hỗ trợ",
    "Kết nối",
    "Chuyển đổi",
];

async fn side(here: &Here, id: EnterpriseId) -> Result<Side, Refusal> {
    let (l, today) = (here.visit.lang, here.visit.today);
    let found = queries::detail(&here.ctx(), id).await.map_err(refusal)?;
    let (entry, profile) = (&found.entry.identity.entry, &found.entry.profile);
    let ended = profile.ended.as_ref().map(|(on, _)| format!(" {}", short_date(*on))).unwrap_or_default();
    Ok(Side {
        id,
        version: found.entry.identity.version,
        cells: vec![
            entry.name.clone(),
            entry.tax_code.clone().unwrap_or_default(),
            kind_words(l, entry.kind, profile.size),
            profile.sector.clone(),
            entry.commune.clone().unwrap_or_default(),
            format!("{}{ended}", l.t(found.entry.standing(today).name_vi())),
            found.supports.iter().filter(|one| one.record.stands()).count().to_string(),
            found.connections.iter().filter(|one| one.record.stands()).count().to_string(),
            found.conversions.iter().filter(|one| one.record.stands()).count().to_string(),
        ],
    })
}

async fn merge_page(here: &Here, id: EnterpriseId, mut form: Form) -> Result<MergePage, Refusal> {
    let (ctx, l) = (here.ctx(), here.visit.lang);
    let one = side(here, id).await?;
    let asked = form.line("voi");
    let other = match asked.parse::<EnterpriseId>() {
        _ if asked.is_empty() => None,
        Ok(other) => Some(other),
        Err(_) => {
            let found = queries::by_tax_code(&ctx, &asked).await.map_err(refusal)?.map(|found| found.id);
            if found.is_none() {
                form.refuse("voi", "Sổ không có mã số thuế này");
            }
            found
        }
    };
    if other == Some(id) && form.is_good() {
        form.refuse("voi", "Chọn một hồ sơ khác để gộp");
    }
    let name = one.cells[0].clone();
    let sides = match other.filter(|other| *other != id) {
        Some(other) => Some((one, side(here, other).await?)),
        None => None,
    };
    let rows = sides.iter().flat_map(|(one, other)| {
        let cells = one.cells.iter().zip(&other.cells);
        ROWS.into_iter().zip(cells).map(|(row, (one, other))| (row, one.clone(), other.clone()))
    });
    let keep =
        sides.iter().flat_map(|(one, other)| [one, other]).map(|side| Choice::new(side.id, side.cells[0].clone()));
    Ok(MergePage {
        frame: here.frame(l.t("Gộp hai hồ sơ"), Place::Enterprises).faulty(!form.is_good()),
        id,
        name,
        rows: rows.collect(),
        keep: keep.collect(),
        sides,
        form,
    })
}

pub async fn ask(here: Here, Path(id): Path<EnterpriseId>, Query(asked): Query<Asked>) -> Answer {
    let form = Form::filled([("voi", asked.voi)]);
    let found = merge_page(&here, id, form).await?;
    Ok(if found.form.is_good() { page(&found) } else { mend(&found) })
}

pub async fn merge(here: Here, Path(id): Path<EnterpriseId>, mut form: Form) -> Answer {
    queries::entry(&here.ctx(), id).await.map_err(refusal)?;
    let other = form.choice::<EnterpriseId>("voi", "Chọn hồ sơ để gộp");
    let keep = form.choice::<EnterpriseId>("giu", "Chọn hồ sơ giữ lại");
    let seen = |form: &Form, field: &str| form.value(field).parse::<i64>().unwrap_or(0);
    let (one, two) = (seen(&form, "phien-ban"), seen(&form, "phien-ban-kia"));
    let (Some(other), Some(keep), true) = (other, keep, form.is_good()) else {
        return Ok(mend(&merge_page(&here, id, form).await?));
    };
    let (gone, kept) = if keep == id { ((other, two), (id, one)) } else { ((id, one), (other, two)) };
    match merging::merge(&here.ctx(), gone, kept).await {
        Ok(()) => Ok(Redirect::to(&format!("/noi-bo/doanh-nghiep/{}", kept.0)).into_response()),
        Err(error) => {
            mended(&mut form, FIELDS, error)?;
            Ok(mend(&merge_page(&here, id, form).await?))
        }
    }
}

/// Takes a double out of this entry.
pub async fn part(here: Here, Path(id): Path<EnterpriseId>, mut form: Form) -> Answer {
    let Some(double) = form.choice::<EnterpriseId>("ho-so", "Chọn hồ sơ đã gộp") else {
        return Err(Refusal::not_found());
    };
    let found = queries::entry(&here.ctx(), double).await.map_err(refusal)?;
    if found.identity.merged_into != Some(id) {
        return Err(Refusal::not_found());
    }
    let seen = form.value("phien-ban").parse().unwrap_or(0);
    merging::part(&here.ctx(), double, seen).await.map_err(refusal)?;
    Ok(Redirect::to(&format!("/noi-bo/doanh-nghiep/{double}")).into_response())
}
