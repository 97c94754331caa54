//! The ratings of a unit and its people for a year, on one page.

use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect};
use kernel::id::UnitId;
use office::organization::Recipient;
use office::records::service::{self, NewRating};
use office::{organization, records};
use rules::facts::RatingLevel;
use serde::Deserialize;

use super::mend_or_refuse;
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, show as page};

/// Which unit and which year.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    don_vi: String,
    #[serde(default)]
    nam: String,
}

/// One that is rated, with the level that stands.
struct RatedRow {
    field: String,
    name: String,
    title: String,
    level: &'static str,
}

#[derive(Template)]
#[template(path = "records/ratings.html")]
struct RatingsPage {
    frame: Frame,
    form: Form,
    units: Vec<Choice>,
    levels: Vec<Choice>,
    year: i16,
    rows: Vec<RatedRow>,
}

async fn ratings_page(here: &Here, mut form: Form) -> Result<RatingsPage, Refusal> {
    let ctx = here.ctx();
    let store = |error| Refusal::store(&error);
    let mut tx = ctx.read().await.map_err(store)?;
    let units = organization::queries::units(&mut tx, ctx.today()).await.map_err(store)?;
    let unit = form.value("don_vi").parse::<UnitId>().ok().or_else(|| units.first().map(|unit| unit.id));
    let year = form.value("nam").parse().unwrap_or_else(|_| ctx.today().year());
    let mut rows = Vec::new();
    if let Some(unit) = units.iter().find(|one| Some(one.id) == unit) {
        let people = organization::queries::members(&mut tx, unit.id, ctx.today()).await.map_err(store)?;
        let people =
            people.into_iter().map(|one| (Recipient::Person(one.person.id), one.person.profile.name, one.post.title));
        let whole = (Recipient::Unit(unit.id), unit.name.clone(), here.visit.lang.t("Tập thể").to_owned());
        for (recipient, name, title) in std::iter::once(whole).chain(people) {
            let record = records::queries::record_in(&mut tx, recipient).await.map_err(store)?;
            let standing = record.ratings_on(ctx.today()).into_iter().find(|rating| rating.year == year);
            let level = standing.map_or("", |rating| rating.level.code());
            let field = format!("muc-{recipient}");
            if form.value(&field).is_empty() {
                form.put(&field, level.to_owned());
            }
            rows.push(RatedRow { field, name, title, level });
        }
    }
    Ok(RatingsPage {
        frame: here.frame(here.visit.lang.t("Xếp loại theo đơn vị"), Place::People).faulty(!form.is_good()),
        form,
        units: units.iter().map(|unit| Choice::new(unit.id, &unit.name)).collect(),
        levels: RatingLevel::ALL.iter().map(|level| Choice::new(level.code(), level.name_vi())).collect(),
        year,
        rows,
    })
}

pub async fn show(here: Here, Query(asked): Query<Asked>) -> Answer {
    let form = Form::filled([("don_vi", asked.don_vi), ("nam", asked.nam)]);
    Ok(page(&ratings_page(&here, form).await?))
}

pub async fn rate(here: Here, mut form: Form) -> Answer {
    let year = form.choice::<i16>("nam", "Nhập năm, ví dụ 2026");
    let decided_on = form.required_day("ngay", "Nhập ngày của quyết định, biên bản xếp loại");
    let document = form.required_line("van-ban", 300, "Ghi văn bản xếp loại");
    let shown = ratings_page(&here, form).await?;
    let (Some(year), Some(decided_on), true) = (year, decided_on, shown.form.is_good()) else {
        return Ok(mend(&shown));
    };
    let changed = shown.rows.iter().filter(|row| shown.form.value(&row.field) != row.level);
    let ratings = changed.filter_map(|row| {
        let recipient = row.field.strip_prefix("muc-")?.parse().ok()?;
        Some(NewRating { recipient, level: RatingLevel::from_code(shown.form.value(&row.field))? })
    });
    let ratings: Vec<_> = ratings.collect();
    let done = service::rate_all(&here.ctx(), year, decided_on, &document, &ratings).await;
    let mut form = shown.form;
    match done {
        Ok(()) => {
            let unit = form.value("don_vi");
            Ok(Redirect::to(&format!("/noi-bo/ho-so-goc/xep-loai?don_vi={unit}&nam={year}")).into_response())
        }
        Err(error) => {
            mend_or_refuse(&mut form, "nam", &error)?;
            Ok(mend(&ratings_page(&here, form).await?))
        }
    }
}
