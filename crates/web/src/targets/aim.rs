//! What an indicator was worth before the movement, and what is aimed at year by year, each with its document.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use kernel::numbers::NumberFault;
use office::targets::queries;
use office::targets::service::{self, Aim};
use office::targets::{Amount, Baseline, IndicatorId, TargetsError};

use super::refusal;
use crate::form::Form;
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show as page};

#[derive(Template)]
#[template(path = "targets/aim.html")]
struct AimPage {
    frame: Frame,
    form: Form,
    id: IndicatorId,
    measured_in: String,
    years: Vec<(String, i16)>,
}

async fn aim_page(here: &Here, id: IndicatorId, form: Option<Form>) -> Result<AimPage, Refusal> {
    let plan = &here.house.plan;
    let found = queries::detail(&here.ctx(), id, plan.first_year()).await.map_err(refusal)?;
    let one = found.indicator;
    let how = one.current(here.visit.today).counting.clone();
    let form = form.unwrap_or_else(|| {
        let mut form = Form::filled([("phien-ban", one.version.to_string()), ("nguon-moc", one.path_source.clone())]);
        if let Some(base) = &one.baseline {
            form.put("nam-goc", base.year.to_string());
            form.put("gia-tri-goc", base.amount.show(4));
            form.put("nguon-goc", base.source.clone());
        }
        for (year, amount) in &one.path {
            form.put(&field(*year), amount.show(4));
        }
        form
    });
    Ok(AimPage {
        frame: here
            .frame(&format!("{} {}: {}", one.code, how.name, here.visit.lang.t("giá trị gốc và mốc")), Place::Targets)
            .faulty(!form.is_good()),
        id,
        measured_in: how.measured_in,
        years: plan.years().map(|year| (field(year), year)).collect(),
        form,
    })
}

fn field(year: i16) -> String {
    format!("moc-{year}")
}

pub async fn edit(here: Here, Path(id): Path<IndicatorId>) -> Answer {
    Ok(page(&aim_page(&here, id, None).await?))
}

/// A number of a field that may be left out.
pub(super) fn amount(form: &mut Form, field: &str, places: u32) -> Option<Amount> {
    match Amount::parse(form.value(field), places) {
        Ok(amount) => Some(amount),
        Err(NumberFault::Empty) => None,
        Err(fault) => {
            form.refuse(field, sentence(&fault));
            None
        }
    }
}

/// What stands in the form, with its faults.
pub(super) fn read(here: &Here, form: &mut Form) -> Aim {
    let year = form.line("nam-goc");
    let base = amount(form, "gia-tri-goc", 4);
    let source = form.line("nguon-goc");
    let baseline = match (year.parse::<i16>(), base) {
        _ if year.is_empty() && form.line("gia-tri-goc").is_empty() && source.is_empty() => None,
        (Ok(year), Some(amount)) if !source.is_empty() => Some(Baseline { year, amount, source }),
        (year, base) => {
            if year.is_err() {
                form.refuse("nam-goc", "Nhập năm của giá trị gốc, ví dụ 2025");
            }
            if base.is_none() && form.fault("gia-tri-goc").is_empty() {
                form.refuse("gia-tri-goc", "Nhập giá trị gốc");
            }
            if source.is_empty() {
                form.refuse("nguon-goc", "Ghi nguồn của giá trị gốc");
            }
            None
        }
    };
    let mut path = BTreeMap::new();
    for year in here.house.plan.years() {
        path.extend(amount(form, &field(year), 4).map(|amount| (year, amount)));
    }
    let path_source = form.line("nguon-moc");
    if !path.is_empty() && path_source.is_empty() {
        form.refuse("nguon-moc", "Ghi văn bản giao các mốc");
    }
    Aim { baseline, path, path_source }
}

pub async fn save(here: Here, Path(id): Path<IndicatorId>, mut form: Form) -> Answer {
    let aim = read(&here, &mut form);
    if form.is_good() {
        let seen = form.value("phien-ban").parse().unwrap_or(-1);
        match service::set_aim(&here.ctx(), id, seen, &aim).await {
            Ok(()) => return Ok(Redirect::to(&format!("/noi-bo/chi-tieu/{id}")).into_response()),
            Err(error @ TargetsError::YearOutside { .. }) => form.refuse("nam-goc", sentence(&error)),
            Err(error) => return Err(refusal(error)),
        }
    }
    Ok(mend(&aim_page(&here, id, Some(form)).await?))
}
