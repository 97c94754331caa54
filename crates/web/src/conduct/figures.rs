//! The published figures, for everybody; publishing a year, and the settings behind it.

use askama::Template;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Redirect};
use kernel::numbers::short_date;
use office::conduct::figures::{self, Publication};
use office::conduct::{ConductError, service};

use super::list::{Asked, list_page};
use super::{held, refusal, to_unlock};
use crate::form::Form;
use crate::here::Here;
use crate::page::{Answer, Frame, Place, mend, sentence, show as page};

#[derive(Template)]
#[template(path = "conduct/figures.html")]
struct FiguresPage {
    frame: Frame,
    years: Vec<(Publication, String)>,
}

pub async fn show(here: Here) -> Answer {
    let years = figures::published(&here.ctx()).await.map_err(refusal)?;
    Ok(page(&FiguresPage {
        frame: here.frame(here.visit.lang.t("Số liệu phản ánh hành vi"), Place::None),
        years: years.into_iter().map(|one| (one.clone(), short_date(one.published_on))).collect(),
    }))
}

/// The same as a table for other programs: a hidden number is empty.
pub async fn sheet(here: Here) -> Answer {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let mut out = String::from("\u{feff}nam,bang,muc,so\r\n");
    for year in figures::published(&here.ctx()).await.map_err(refusal)? {
        let tables = [("don_vi", year.received, &year.units), ("ket_luan", year.closed, &year.outcomes)];
        for (table, total, lines) in tables {
            let total = std::iter::once(("Tổng số", total));
            for (name, count) in total.chain(lines.iter().map(|line| (line.name.as_str(), line.count))) {
                let count = count.map(|count| count.to_string()).unwrap_or_default();
                out.push_str(&format!("{},{table},{},{count}\r\n", year.year, quoted(name)));
            }
        }
    }
    let shown = "attachment; filename=\"phan-anh-hanh-vi.csv\"";
    Ok(([(CONTENT_TYPE, "text/csv; charset=utf-8"), (CONTENT_DISPOSITION, shown)], out).into_response())
}

pub async fn publish(here: Here, mut form: Form) -> Answer {
    let Some(unlocked) = held::get(&here) else { return Ok(to_unlock()) };
    let done = match form.line("nam").parse() {
        Ok(year) => figures::publish(&here.ctx(), &unlocked, year).await,
        Err(_) => Err(ConductError::NotToPublish("nhập năm bằng bốn chữ số".to_owned())),
    };
    match done {
        Ok(()) => Ok(Redirect::to("/hanh-vi/so-lieu").into_response()),
        Err(error @ ConductError::NotToPublish(_)) => {
            form.refuse("nam", sentence(&error));
            Ok(mend(&list_page(&here, &Asked::default(), form).await?))
        }
        Err(error) => Err(refusal(error)),
    }
}

pub async fn set(here: Here, mut form: Form) -> Answer {
    let number = |field: &str| form.line(field).parse().unwrap_or(0);
    let new = [number("o-nho"), number("don-vi-nho"), number("thang")];
    let seen = form.value("phien-ban").parse().unwrap_or(-1);
    match service::set(&here.ctx(), seen, new, form.value("can-cu")).await {
        Ok(()) => Ok(Redirect::to("/noi-bo/hanh-vi").into_response()),
        Err(error) => {
            let Some(field) = error.field() else { return Err(refusal(error)) };
            form.refuse(field, sentence(&error));
            Ok(mend(&list_page(&here, &Asked::default(), form).await?))
        }
    }
}
