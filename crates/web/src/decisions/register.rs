//! The register of awards: search, statistics, XLSX.

use askama::Template;
use axum::extract::Query;
use kernel::numbers::short_date;
use office::decisions::model::{Line, LineState};
use office::decisions::queries::{self, Filter};
use serde::Deserialize;

use super::refusal;
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, XLSX, file, show as page};
use crate::urls;
use crate::xlsx::{self, text};

/// What is asked for.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    tim: String,
    #[serde(default)]
    nam: String,
    #[serde(default)]
    hinh_thuc: String,
    #[serde(default)]
    don_vi: String,
}

impl Asked {
    fn filter(&self) -> Filter {
        Filter {
            text: self.tim.clone(),
            year: self.nam.parse().ok(),
            award: self.hinh_thuc.parse().ok(),
            unit: self.don_vi.clone(),
        }
    }

    /// The same lines as a sheet.
    fn sheet_url(&self) -> String {
        format!(
            "/noi-bo/so-khen-thuong/so.xlsx?tim={}&nam={}&hinh_thuc={}&don_vi={}",
            urls::encode(&self.tim),
            urls::encode(&self.nam),
            urls::encode(&self.hinh_thuc),
            urls::encode(&self.don_vi)
        )
    }
}

struct Row {
    line: Line,
    register: String,
    award: String,
    number: String,
    day: String,
}

#[derive(Template)]
#[template(path = "decisions/register.html")]
struct RegisterPage {
    frame: Frame,
    form: Form,
    sheet: String,
    rows: Vec<Row>,
    awards: Vec<Choice>,
    leaders: usize,
    workers: usize,
    others: usize,
    revoked: usize,
}

async fn rows(here: &Here, asked: &Asked) -> Result<Vec<Row>, Refusal> {
    let found = queries::register(&here.ctx(), &asked.filter()).await.map_err(refusal)?;
    Ok(found
        .into_iter()
        .map(|(line, number, day)| Row {
            register: line.register.map(|(year, number)| format!("{number:03}/{year}")).unwrap_or_default(),
            award: here.house.rules.award(line.award).name_vi.clone(),
            number,
            day: day.map(short_date).unwrap_or_default(),
            line,
        })
        .collect())
}

pub async fn show(here: Here, Query(asked): Query<Asked>) -> Answer {
    let rows = rows(&here, &asked).await?;
    let count = |which: fn(&Line) -> bool| {
        rows.iter().filter(|row| row.line.state != LineState::Revoked && which(&row.line)).count()
    };
    Ok(page(&RegisterPage {
        frame: here.frame(here.visit.lang.t("Sổ khen thưởng"), Place::Register),
        leaders: count(|line| is_person(line) && line.leader),
        workers: count(|line| is_person(line) && !line.leader),
        others: count(|line| !is_person(line)),
        revoked: rows.iter().filter(|row| row.line.state == LineState::Revoked).count(),
        awards: here.house.rules.awards().map(|award| Choice::new(award.code, &award.name_vi)).collect(),
        sheet: asked.sheet_url(),
        form: Form::filled([
            ("tim", asked.tim),
            ("nam", asked.nam),
            ("hinh_thuc", asked.hinh_thuc),
            ("don_vi", asked.don_vi),
        ]),
        rows,
    }))
}

fn is_person(line: &Line) -> bool {
    matches!(line.recipient, office::organization::Recipient::Person(_))
}

pub async fn sheet(here: Here, Query(asked): Query<Asked>) -> Answer {
    let rows = rows(&here, &asked).await?;
    let headers = [
        ("Số", 12.0),
        ("Họ và tên, tập thể", 28.0),
        ("Chức vụ", 24.0),
        ("Đơn vị", 32.0),
        ("Hình thức", 32.0),
        ("Quyết định", 16.0),
        ("Ngày", 12.0),
        ("Trạng thái", 16.0),
        ("Ngoại lệ", 40.0),
    ];
    let cells = rows.iter().map(|row| {
        vec![
            text(&row.register),
            text(&row.line.name),
            text(&row.line.title),
            text(&row.line.unit_name),
            text(&row.award),
            text(&row.number),
            text(&row.day),
            text(row.line.state.name_vi()),
            text(&row.line.departure().unwrap_or_default()),
        ]
    });
    let bytes = papers::sheet::xlsx(&[xlsx::sheet("Sổ khen thưởng", &headers, cells.collect())]);
    Ok(file(XLSX, "so-khen-thuong.xlsx", bytes.map_err(|error| Refusal::broken(&error))?))
}
