//! The register of awards: search, statistics, XLSX.

use askama::Template;
use axum::extract::Query;
use kernel::numbers::short_date;
use office::decisions::model::{Line, LineState};
use office::decisions::past;
use office::decisions::queries::{self, Filter};
use serde::Deserialize;

use super::refusal;
use crate::files::hand_out;
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, show as page};
use crate::then::{Then, Typed};
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

    /// What is filled in, for addresses that lead on.
    fn rest(&self) -> Vec<(&'static str, String)> {
        let all = [("tim", &self.tim), ("nam", &self.nam), ("hinh_thuc", &self.hinh_thuc), ("don_vi", &self.don_vi)];
        all.into_iter().filter(|(_, value)| !value.is_empty()).map(|(name, value)| (name, value.clone())).collect()
    }

    /// The same lines as a sheet.
    fn sheet_url(&self, then: &Then) -> String {
        format!(
            "/noi-bo/so-khen-thuong/so.xlsx?tim={}&nam={}&hinh_thuc={}&don_vi={}{}",
            urls::encode(&self.tim),
            urls::encode(&self.nam),
            urls::encode(&self.hinh_thuc),
            urls::encode(&self.don_vi),
            Some(then.days()).filter(|days| !days.is_empty()).map(|days| format!("&{days}")).unwrap_or_default()
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
    then: Then,
}

async fn rows(here: &Here, asked: &Asked, then: &mut Then) -> Result<Vec<Row>, Refusal> {
    let found = match then.known_on {
        None => queries::register(&here.ctx(), &asked.filter()).await.map_err(refusal)?,
        Some(day) => {
            let (found, undated) = past::register(&here.ctx(), &asked.filter(), day).await.map_err(refusal)?;
            let words = "dòng không lưu lúc ghi vào sổ; hiện theo ngày của quyết định";
            then.note(undated, here.visit.lang.t(words));
            found
        }
    };
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

fn asked_of(here: &Here, typed: &Typed) -> Then {
    typed.read(here, "/noi-bo/so-khen-thuong".to_owned(), false)
}

pub async fn show(here: Here, Query(asked): Query<Asked>, Query(typed): Query<Typed>) -> Answer {
    let then = asked_of(&here, &typed);
    let good = then.form.is_good();
    let shown = register_page(&here, asked, then).await?;
    Ok(if good { page(&shown) } else { mend(&shown) })
}

async fn register_page(here: &Here, asked: Asked, mut then: Then) -> Result<RegisterPage, Refusal> {
    let rows = rows(here, &asked, &mut then).await?;
    then.rest = asked.rest();
    let count = |which: fn(&Line) -> bool| {
        rows.iter().filter(|row| row.line.state != LineState::Revoked && which(&row.line)).count()
    };
    Ok(RegisterPage {
        frame: here.frame(here.visit.lang.t("Sổ khen thưởng"), Place::Register),
        leaders: count(|line| is_person(line) && line.leader),
        workers: count(|line| is_person(line) && !line.leader),
        others: count(|line| !is_person(line)),
        revoked: rows.iter().filter(|row| row.line.state == LineState::Revoked).count(),
        awards: here.house.rules.awards().map(|award| Choice::new(award.code, &award.name_vi)).collect(),
        sheet: asked.sheet_url(&then),
        then,
        form: Form::filled([
            ("tim", asked.tim),
            ("nam", asked.nam),
            ("hinh_thuc", asked.hinh_thuc),
            ("don_vi", asked.don_vi),
        ]),
        rows,
    })
}

fn is_person(line: &Line) -> bool {
    matches!(line.recipient, office::organization::Recipient::Person(_))
}

pub async fn sheet(here: Here, Query(asked): Query<Asked>, Query(typed): Query<Typed>) -> Answer {
    let mut then = asked_of(&here, &typed);
    if !then.form.is_good() {
        return Ok(mend(&register_page(&here, asked, then).await?));
    }
    let rows = rows(&here, &asked, &mut then).await?;
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
            text(row.line.state_words()),
            text(&row.line.departure().unwrap_or_default()),
        ]
    });
    let mut made = xlsx::sheet("Sổ khen thưởng", &headers, cells.collect());
    made.title = then.title();
    let bytes = papers::sheet::xlsx(&[made]);
    hand_out(&here, "so-khen-thuong.xlsx", bytes.map_err(|error| Refusal::broken(&error))?).await
}
