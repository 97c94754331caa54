//! Which phase a day falls into.

use askama::Template;
use axum::extract::Query;
use kernel::numbers::{long_date, short_date};
use office::movements::PhaseAnswer;
use serde::Deserialize;

use super::days;
use crate::form::Form;
use crate::here::Here;
use crate::page::{Answer, Frame, Place, mend, show as page};

/// The day asked about.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    ngay: String,
}

#[derive(Template)]
#[template(path = "movements/phases.html")]
struct PhasesPage {
    frame: Frame,
    form: Form,
    day: String,
    tone: &'static str,
    answer: String,
    note: String,
}

pub async fn show(here: Here, Query(asked): Query<Asked>) -> Answer {
    let typed = if asked.ngay.trim().is_empty() { short_date(here.visit.today) } else { asked.ngay };
    let mut form = Form::filled([("ngay", typed)]);
    let day = form.value("ngay").trim().parse().ok().or_else(|| form.day("ngay"));
    let answer = day.map(|day| here.house.plan.phase_on(day));
    let l = here.visit.lang;
    let (tone, answer, note) = match answer {
        None => ("neutral", String::new(), String::new()),
        Some(PhaseAnswer::Phase(phase)) => ("ok", phase.name.clone(), days(phase.period)),
        Some(PhaseAnswer::Uncovered { gap }) => (
            "warn",
            l.t("Không giai đoạn nào bao gồm ngày này").to_owned(),
            format!("{}: {}", days(gap.period), gap.note),
        ),
        Some(PhaseAnswer::Outside) => {
            ("neutral", l.t("Ngoài thời gian của phong trào").to_owned(), days(here.house.plan.period))
        }
    };
    let good = form.is_good();
    let shown = PhasesPage {
        frame: here.frame(l.t("Giai đoạn theo ngày"), Place::Plan).faulty(!good),
        day: day.map(long_date).unwrap_or_default(),
        form,
        tone,
        answer,
        note,
    };
    Ok(if good { page(&shown) } else { mend(&shown) })
}
