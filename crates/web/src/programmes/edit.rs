//! The form in which a unit writes its programme.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use kernel::Permission;
use kernel::id::UnitId;
use kernel::numbers::short_date;
use office::programmes::model::{Content, Edition, Line, State};
use office::programmes::{ProgrammesError, queries, service};

use super::{RowNames, clauses, refusal, rows};
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show as page};

#[derive(Template)]
#[template(path = "programmes/edit.html")]
struct EditPage {
    frame: Frame,
    form: Form,
    unit: UnitId,
    rows: Vec<RowNames>,
    clauses: Vec<Choice>,
}

async fn edit_page(here: &Here, unit: UnitId, form: Form) -> Result<EditPage, Refusal> {
    let detail = queries::detail(&here.ctx(), unit).await.map_err(refusal)?;
    let title = format!("{}: {}", here.visit.lang.t("Lập chương trình"), detail.unit.name);
    Ok(EditPage {
        frame: here.frame(&title, Place::Programmes).faulty(!form.is_good()),
        unit,
        rows: rows(&form),
        clauses: clauses(&here.house),
        form,
    })
}

/// The form filled with what was written so far.
fn filled(edition: &Edition) -> Form {
    let content = &edition.content;
    let mut form = Form::filled([
        ("chu-de", content.theme.clone()),
        ("noi-dung", content.contents.clone()),
        ("tieu-chi", content.criteria.clone()),
        ("hinh-thuc", content.forms.clone()),
        ("phien-ban", edition.version.to_string()),
    ]);
    for (number, line) in (1..).zip(&content.lines) {
        form.put(&format!("khoan-{number}"), line.clause.clone());
        form.put(&format!("viec-{number}"), line.task.clone());
        form.put(&format!("chi-tieu-{number}"), line.figure.clone());
        form.put(&format!("han-{number}"), line.due_on.map(short_date).unwrap_or_default());
    }
    form
}

pub async fn edit(here: Here, Path(unit): Path<UnitId>) -> Answer {
    let ctx = here.ctx();
    let detail = queries::detail(&ctx, unit).await.map_err(refusal)?;
    ctx.may_in(Permission::WriteProgramme, unit).map_err(|denied| Refusal::denied(&denied))?;
    let form = match detail.editions.last() {
        None => Form::filled([("phien-ban", "0".to_owned())]),
        Some(one) if one.state == State::Submitted => return Err(refusal(ProgrammesError::UnderReview)),
        Some(one) if one.state == State::Approved => return Err(refusal(ProgrammesError::InForce)),
        Some(one) => filled(one),
    };
    Ok(page(&edit_page(&here, unit, form).await?))
}

pub async fn update(here: Here, Path(unit): Path<UnitId>, mut form: Form) -> Answer {
    let theme = form.required_line("chu-de", 300, "Nhập chủ đề thi đua của đơn vị");
    let lines = lines(&mut form);
    let content = Content {
        theme,
        contents: form.value("noi-dung").to_owned(),
        criteria: form.value("tieu-chi").to_owned(),
        forms: form.value("hinh-thuc").to_owned(),
        lines,
    };
    let seen = form.value("phien-ban").parse::<i64>().unwrap_or(0);
    if !form.is_good() {
        return Ok(mend(&edit_page(&here, unit, form).await?));
    }
    match service::write(&here.ctx(), unit, &content, seen).await {
        Ok(()) => Ok(Redirect::to(&format!("/noi-bo/chuong-trinh/{unit}")).into_response()),
        Err(error @ ProgrammesError::NoClause { line }) => {
            form.refuse(&format!("khoan-{line}"), sentence(&error));
            Ok(mend(&edit_page(&here, unit, form).await?))
        }
        Err(error @ ProgrammesError::NoTask { line }) => {
            form.refuse(&format!("viec-{line}"), sentence(&error));
            Ok(mend(&edit_page(&here, unit, form).await?))
        }
        Err(error) => Err(refusal(error)),
    }
}

/// The lines as typed; a blank one keeps its place, so that a fault names the line on the page.
fn lines(form: &mut Form) -> Vec<Line> {
    let names = rows(form);
    let mut line = |names: &RowNames| Line {
        clause: form.line(&names.clause),
        task: form.line(&names.text),
        figure: form.line(&names.figure),
        due_on: form.day(&names.day),
    };
    names.iter().map(&mut line).collect()
}
