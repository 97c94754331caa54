//! Open data: the awards and the public figures as a page, as JSON and as CSV, all from the same rows.

use askama::Template;
use axum::extract::Query;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use kernel::numbers::short_date;
use office::newsroom::open_data::{self, Asked, AwardRow, Figure};
use papers::sheet::{Cell, csv};
use serde::{Deserialize, Serialize};

use super::refusal;
use crate::files::download;
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, show as page};
use crate::urls::encode;
use crate::xlsx::{sheet, text};

/// On which terms the data may be used, in words that go with every file.
pub const LICENCE: &str = "Được dùng lại tự do khi ghi nguồn; không dùng để nhận dạng hoặc lập hồ sơ về cá nhân.";

/// What is asked for.
#[derive(Deserialize, Default)]
pub struct Typed {
    #[serde(default)]
    tim: String,
    #[serde(default)]
    nam: String,
    #[serde(default)]
    hinh_thuc: String,
}

impl Typed {
    fn asked(&self) -> Asked {
        Asked {
            text: kernel::text::clean_line(&self.tim),
            year: self.nam.trim().parse().ok(),
            award: self.hinh_thuc.parse().ok(),
        }
    }

    /// The address of the same rows as a file.
    fn address(&self, ending: &str) -> String {
        let (text, year, award) = (encode(&self.tim), encode(&self.nam), encode(&self.hinh_thuc));
        format!("/du-lieu-mo/khen-thuong.{ending}?tim={text}&nam={year}&hinh_thuc={award}")
    }
}

#[derive(Template)]
#[template(path = "newsroom/open_data.html")]
struct DataPage {
    frame: Frame,
    form: Form,
    awards: Vec<Choice>,
    rows: Vec<(AwardRow, String)>,
    figures: Vec<Figure>,
    csv: String,
    json: String,
    licence: &'static str,
}

pub async fn show(here: Here, Query(typed): Query<Typed>) -> Answer {
    let ctx = here.ctx();
    let rows = open_data::awards(&ctx, &typed.asked()).await.map_err(refusal)?;
    Ok(page(&DataPage {
        frame: here.frame(here.visit.lang.t("Dữ liệu mở"), Place::None),
        awards: here.house.rules.awards().map(|award| Choice::new(award.code, &award.name_vi)).collect(),
        rows: rows.into_iter().map(|row| (day(&row), row)).map(|(day, row)| (row, day)).collect(),
        figures: open_data::figures(&ctx).await.map_err(refusal)?,
        csv: typed.address("csv"),
        json: typed.address("json"),
        licence: LICENCE,
        form: Form::filled([("tim", typed.tim), ("nam", typed.nam), ("hinh_thuc", typed.hinh_thuc)]),
    }))
}

fn day(row: &AwardRow) -> String {
    row.issued_on.map(short_date).unwrap_or_default()
}

const CSV: &str = "text/csv; charset=utf-8";

pub async fn awards_csv(here: Here, Query(typed): Query<Typed>) -> Answer {
    let rows = open_data::awards(&here.ctx(), &typed.asked()).await.map_err(refusal)?;
    let headers =
        ["ten", "loai", "don_vi", "ma_hinh_thuc", "hinh_thuc", "quyet_dinh", "ngay", "trang_thai", "ma_xac_minh"];
    let cells = rows.iter().map(|row| {
        vec![
            text(&row.name),
            text(row.kind),
            text(&row.unit),
            text(&row.award.to_string()),
            text(&row.award_name),
            text(&row.decision),
            row.issued_on.map_or(Cell::Empty, Cell::Day),
            text(row.state.code()),
            text(&row.code),
        ]
    });
    let made = sheet("khen-thuong", &headers.map(|header| (header, 20.0)), cells.collect());
    Ok(download(CSV, "khen-thuong.csv", csv(&made)))
}

pub async fn figures_csv(here: Here) -> Answer {
    let rows = open_data::figures(&here.ctx()).await.map_err(refusal)?;
    let cells = rows.iter().map(|row| {
        vec![
            text(row.code),
            text(&row.name),
            row.year.map_or(Cell::Empty, |year| Cell::Number(f64::from(year))),
            text(&row.value.to_string()),
            text(row.unit),
        ]
    });
    let headers = ["ma", "ten", "nam", "gia_tri", "don_vi_tinh"].map(|header| (header, 20.0));
    Ok(download(CSV, "so-lieu.csv", csv(&sheet("so-lieu", &headers, cells.collect()))))
}

/// Rows with who gives them, as of when and on which terms.
#[derive(Serialize)]
struct Published<'a, T> {
    publisher: &'a str,
    as_of: String,
    licence: &'static str,
    rows: Vec<T>,
}

fn json<T: Serialize>(here: &Here, rows: Vec<T>) -> Result<Response, Refusal> {
    let as_of = here.house.clock.now().to_string();
    let published = Published { publisher: &here.house.plan.office, as_of, licence: LICENCE, rows };
    let bytes = serde_json::to_vec_pretty(&published).map_err(|error| Refusal::broken(&error))?;
    Ok(([(CONTENT_TYPE, "application/json; charset=utf-8")], bytes).into_response())
}

pub async fn awards_json(here: Here, Query(typed): Query<Typed>) -> Answer {
    let rows = open_data::awards(&here.ctx(), &typed.asked()).await.map_err(refusal)?;
    json(&here, rows)
}

pub async fn figures_json(here: Here) -> Answer {
    let rows = open_data::figures(&here.ctx()).await.map_err(refusal)?;
    json(&here, rows)
}
