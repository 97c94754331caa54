//! What complying with a procedure costs, before and after; every version with all it was computed from.

use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect};
use kernel::Permission;
use kernel::numbers::{decimal, percent, short_date, whole};
use office::dossiers::costs::{self, Case, Inputs, Outcome, Saved, Step, shipped};
use office::dossiers::{DossiersError, queries};
use serde::Deserialize;

use super::refusal;
use crate::form::Form;
use crate::here::Here;
use crate::page::{Answer, Frame, Place, mend, sentence, show as page};
use crate::urls::encode;

/// Which procedure.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Which {
    ma: String,
}

/// What costs come to, in words.
struct Sums {
    once: [String; 2],
    year: [String; 2],
    saved: String,
    cut: String,
}

impl Sums {
    fn of(outcome: &Outcome, none: &str) -> Self {
        Self {
            once: outcome.once.map(whole),
            year: outcome.year.map(whole),
            saved: whole(outcome.saved),
            cut: outcome.cut.map_or_else(|| none.to_owned(), percent),
        }
    }
}

struct Line {
    href: String,
    name: String,
    sums: Option<Sums>,
}

#[derive(Template)]
#[template(path = "dossiers/costs.html")]
struct CostsPage {
    frame: Frame,
    form: Form,
    ground: &'static str,
    /// With what the formula was confirmed; empty while it was not.
    confirmed: String,
    may_confirm: bool,
    lines: Vec<Line>,
}

/// The inputs of one step: names of its fields and what it is called.
struct StepFields {
    name: &'static str,
    hours: String,
    travel: String,
    services: String,
}

/// The inputs of before or after.
struct CaseFields {
    title: &'static str,
    steps: Vec<StepFields>,
    fees: String,
    times: String,
    subjects: String,
}

struct VersionLine {
    version: i64,
    on: String,
    reason: String,
    income: String,
    sums: Sums,
    before: String,
    after: String,
}

#[derive(Template)]
#[template(path = "dossiers/cost.html")]
struct CostPage {
    frame: Frame,
    form: Form,
    code: String,
    name: String,
    confirmed: String,
    may_save: bool,
    cases: Vec<CaseFields>,
    versions: Vec<VersionLine>,
}

async fn confirmed_words(here: &Here) -> Result<String, crate::page::Refusal> {
    let found = costs::confirmed(&here.ctx()).await.map_err(|error| refusal(&error))?;
    let told = |(document, at)| format!("{document}, {}", short_date(kernel::clock::day_of(at)));
    Ok(if shipped().needs_confirmation() { found.map(told).unwrap_or_default() } else { shipped().ground.clone() })
}

async fn costs_page(here: &Here, form: Form) -> Result<CostsPage, crate::page::Refusal> {
    let (ctx, lang) = (here.ctx(), here.visit.lang);
    let choices = queries::choices(&ctx).await.map_err(|error| refusal(&error))?;
    let newest = costs::newest(&ctx).await.map_err(|error| refusal(&error))?;
    let none = lang.t("chưa có số liệu");
    let line = |(code, name): (&String, &String)| Line {
        href: format!("/noi-bo/ho-so-tthc/chi-phi/thu-tuc?ma={}", encode(code)),
        name: if name == code { code.clone() } else { format!("{code} {name}") },
        sums: newest.get(code).map(|saved| Sums::of(&shipped().outcome(&saved.inputs), none)),
    };
    Ok(CostsPage {
        frame: here.frame(lang.t("Chi phí tuân thủ"), Place::Dossiers).faulty(!form.is_good()),
        form,
        ground: &shipped().ground,
        confirmed: confirmed_words(here).await?,
        may_confirm: ctx.may(Permission::ConfirmRules).is_ok(),
        lines: choices.procedures.iter().map(line).collect(),
    })
}

pub async fn list(here: Here) -> Answer {
    Ok(page(&costs_page(&here, Form::empty()).await?))
}

pub async fn confirm(here: Here, mut form: Form) -> Answer {
    let document = form.required_line("van-ban", 200, "Ghi số, ký hiệu văn bản đã đối chiếu");
    if !form.is_good() {
        return Ok(mend(&costs_page(&here, form).await?));
    }
    costs::confirm(&here.ctx(), &document).await.map_err(|error| refusal(&error))?;
    Ok(Redirect::to("/noi-bo/ho-so-tthc/chi-phi").into_response())
}

/// The parts of the form that are told twice: the prefix of their fields, and what they are called.
const CASES: [(&str, &str); 2] = [("truoc", "Trước khi đơn giản hóa"), ("sau", "Sau khi đơn giản hóa")];

async fn cost_page(here: &Here, code: &str, form: Form) -> Result<CostPage, crate::page::Refusal> {
    let (ctx, lang) = (here.ctx(), here.visit.lang);
    let choices = queries::choices(&ctx).await.map_err(|error| refusal(&error))?;
    let name = choices.procedures.get(code).cloned().ok_or_else(crate::page::Refusal::not_found)?;
    let versions = costs::of_procedure(&ctx, code).await.map_err(|error| refusal(&error))?;
    let none = lang.t("chưa có số liệu");
    let case_words = |case: &Case| {
        let steps = shipped().steps.iter().zip(&case.steps);
        let told = steps.map(|(name, step)| {
            let (travel, services) = (whole(step.travel), whole(step.services));
            format!("{name}: {} giờ, đi lại {travel}, dịch vụ {services}", decimal(step.hours, 2))
        });
        let told: Vec<String> = told.collect();
        format!("{}; phí {}; {} lần × {} đối tượng", told.join("; "), whole(case.fees), case.times, case.subjects)
    };
    let line = |saved: &Saved| VersionLine {
        version: saved.version,
        on: short_date(kernel::clock::day_of(saved.at)),
        reason: saved.reason.clone(),
        income: format!("{} ({})", whole(saved.inputs.income), saved.inputs.income_source),
        sums: Sums::of(&shipped().outcome(&saved.inputs), none),
        before: case_words(&saved.inputs.before),
        after: case_words(&saved.inputs.after),
    };
    let cases = CASES.map(|(prefix, title)| CaseFields {
        title,
        steps: (1..)
            .zip(&shipped().steps)
            .map(|(number, name)| StepFields {
                name,
                hours: format!("{prefix}-{number}-gio"),
                travel: format!("{prefix}-{number}-di-lai"),
                services: format!("{prefix}-{number}-dich-vu"),
            })
            .collect(),
        fees: format!("{prefix}-phi"),
        times: format!("{prefix}-lan"),
        subjects: format!("{prefix}-doi-tuong"),
    });
    Ok(CostPage {
        frame: here.frame(lang.t("Chi phí tuân thủ của thủ tục"), Place::Dossiers).faulty(!form.is_good()),
        form,
        code: code.to_owned(),
        name,
        confirmed: confirmed_words(here).await?,
        may_save: ctx.may(Permission::ImportDossiers).is_ok(),
        cases: cases.into(),
        versions: versions.iter().map(line).collect(),
    })
}

fn filled(saved: Option<&Saved>) -> Form {
    let mut form = Form::filled([("phien-ban", saved.map_or(0, |saved| saved.version).to_string())]);
    let Some(saved) = saved else { return form };
    form.put("thu-nhap", saved.inputs.income.to_string());
    form.put("nguon-thu-nhap", saved.inputs.income_source.clone());
    for ((prefix, _), case) in CASES.iter().zip([&saved.inputs.before, &saved.inputs.after]) {
        for (number, step) in (1..).zip(&case.steps) {
            form.put(&format!("{prefix}-{number}-gio"), decimal(step.hours, 2));
            form.put(&format!("{prefix}-{number}-di-lai"), step.travel.to_string());
            form.put(&format!("{prefix}-{number}-dich-vu"), step.services.to_string());
        }
        form.put(&format!("{prefix}-phi"), case.fees.to_string());
        form.put(&format!("{prefix}-lan"), case.times.to_string());
        form.put(&format!("{prefix}-doi-tuong"), case.subjects.to_string());
    }
    form
}

pub async fn show(here: Here, Query(which): Query<Which>) -> Answer {
    let versions = costs::of_procedure(&here.ctx(), &which.ma).await.map_err(|error| refusal(&error))?;
    Ok(page(&cost_page(&here, &which.ma, filled(versions.first())).await?))
}

/// A number as people write it, with this many figures after the comma; an empty field is nothing.
fn number(form: &mut Form, field: &str, places: usize) -> i64 {
    let text = form.line(field);
    let packed: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    if packed.is_empty() {
        return 0;
    }
    let (whole, rest) = if places == 0 { (packed.replace('.', ""), "") } else { split(&packed) };
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let read = (!whole.is_empty() && plain(&whole) && plain(rest) && rest.len() <= places && whole.len() <= 15)
        .then(|| format!("{whole}{rest:0<places$}").parse::<i64>().ok())
        .flatten();
    if read.is_none() {
        let what = if places == 0 { "Ghi số nguyên, ví dụ 150.000" } else { "Ghi số giờ, ví dụ 1,5" };
        form.refuse(field, what);
    }
    read.unwrap_or(0)
}

fn split(text: &str) -> (String, &str) {
    match text.split_once(',').or_else(|| text.split_once('.')) {
        Some((whole, rest)) => (whole.replace('.', ""), rest),
        None => (text.to_owned(), ""),
    }
}

fn case(form: &mut Form, prefix: &str) -> Case {
    let steps = (1..=shipped().steps.len()).map(|number_of| Step {
        hours: number(form, &format!("{prefix}-{number_of}-gio"), 2),
        travel: number(form, &format!("{prefix}-{number_of}-di-lai"), 0),
        services: number(form, &format!("{prefix}-{number_of}-dich-vu"), 0),
    });
    let steps = steps.collect();
    Case {
        steps,
        fees: number(form, &format!("{prefix}-phi"), 0),
        times: number(form, &format!("{prefix}-lan"), 0),
        subjects: number(form, &format!("{prefix}-doi-tuong"), 0),
    }
}

pub async fn save(here: Here, mut form: Form) -> Answer {
    let code = form.line("ma");
    let (before, after) = (case(&mut form, CASES[0].0), case(&mut form, CASES[1].0));
    let income = number(&mut form, "thu-nhap", 0);
    if income == 0 {
        form.refuse("thu-nhap", "Ghi thu nhập bình quân một giờ, lớn hơn 0");
    }
    let income_source = form.required_line("nguon-thu-nhap", 200, "Ghi nguồn của mức thu nhập");
    let reason = form.required_text("ly-do", 1_000, "Ghi lý do, căn cứ của số liệu");
    let seen = form.value("phien-ban").parse().unwrap_or(0);
    if !form.is_good() {
        return Ok(mend(&cost_page(&here, &code, form).await?));
    }
    let inputs = Inputs { formula: shipped().version, income, income_source, before, after };
    match costs::save(&here.ctx(), &code, seen, &inputs, &reason).await {
        Ok(_) => {
            let address = format!("/noi-bo/ho-so-tthc/chi-phi/thu-tuc?ma={}", encode(&code));
            Ok(Redirect::to(&address).into_response())
        }
        Err(error @ DossiersError::OddCost(_)) => {
            form.refuse("ly-do", sentence(&error));
            Ok(mend(&cost_page(&here, &code, form).await?))
        }
        Err(error) => Err(refusal(&error)),
    }
}
