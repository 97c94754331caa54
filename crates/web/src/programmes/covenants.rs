//! Covenants of clusters of units: drawn up, signed, changed by a next version.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use kernel::Permission;
use kernel::id::UnitId;
use kernel::numbers::short_date;
use office::programmes::ProgrammesError;
use office::programmes::covenants;
use office::programmes::model::{CovenantContent, CovenantEdition, CovenantEditionId, CovenantId, CovenantTarget};
use office::programmes::queries::{self, CovenantDetail};

use super::{RowNames, clauses, refusal, rows, when};
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show as page};

/// What the form of a covenant offers.
struct Offer {
    rows: Vec<RowNames>,
    clauses: Vec<Choice>,
    units: Vec<Choice>,
}

async fn offer(here: &Here, form: &Form) -> Result<Offer, Refusal> {
    let units = queries::units(&here.ctx()).await.map_err(refusal)?;
    Ok(Offer {
        rows: rows(form),
        clauses: clauses(&here.house),
        units: units.into_iter().map(|unit| Choice::new(unit.id, unit.name)).collect(),
    })
}

#[derive(Template)]
#[template(path = "programmes/covenants.html")]
struct ListPage {
    frame: Frame,
    form: Form,
    covenants: Vec<CovenantDetail>,
    offer: Option<Offer>,
}

async fn list_page(here: &Here, form: Form) -> Result<ListPage, Refusal> {
    let covenants = queries::covenants(&here.ctx()).await.map_err(refusal)?;
    let offer = match here.ctx().may(Permission::LaunchMovement) {
        Ok(()) => Some(offer(here, &form).await?),
        Err(_) => None,
    };
    let frame = here.frame(here.visit.lang.t("Giao ước thi đua"), Place::Programmes).faulty(!form.is_good());
    Ok(ListPage { frame, form, covenants, offer })
}

pub async fn list(here: Here) -> Answer {
    Ok(page(&list_page(&here, Form::empty()).await?))
}

/// What was typed of a covenant, blank lines in their places.
fn content(form: &mut Form) -> (CovenantContent, Vec<UnitId>) {
    let text = form.required_text("noi-dung", 8_000, "Ghi nội dung giao ước");
    let target = |names: &RowNames| CovenantTarget {
        clause: form.line(&names.clause),
        what: form.line(&names.text),
        figure: form.line(&names.figure),
    };
    let targets = rows(form).iter().map(target).collect();
    let units = form.all("don-vi").iter().filter_map(|id| id.parse().ok()).collect();
    (CovenantContent { text, targets }, units)
}

/// The field that a refusal is about; none when it is about no field.
fn field(error: &ProgrammesError) -> Option<String> {
    match error {
        ProgrammesError::NoClause { line } => Some(format!("khoan-{line}")),
        ProgrammesError::NoTask { line } => Some(format!("viec-{line}")),
        ProgrammesError::TooFewUnits => Some("don-vi".to_owned()),
        ProgrammesError::EmptyCovenant => Some("khoan-1".to_owned()),
        _ => None,
    }
}

pub async fn create(here: Here, mut form: Form) -> Answer {
    let name = form.required_line("ten", 200, "Nhập tên cụm, khối thi đua");
    let (content, units) = content(&mut form);
    if !form.is_good() {
        return Ok(mend(&list_page(&here, form).await?));
    }
    match covenants::draw_up(&here.ctx(), &name, &content, &units).await {
        Ok(id) => Ok(Redirect::to(&format!("/noi-bo/giao-uoc/{id}")).into_response()),
        Err(error) => match field(&error) {
            Some(field) => {
                form.refuse(&field, sentence(&error));
                Ok(mend(&list_page(&here, form).await?))
            }
            None => Err(refusal(error)),
        },
    }
}

struct SignatureLine {
    unit: UnitId,
    name: String,
    signed: String,
    mine: bool,
}

struct EditionLine {
    edition: CovenantEdition,
    drawn_up: String,
    locked: String,
    newest: bool,
    signatures: Vec<SignatureLine>,
}

#[derive(Template)]
#[template(path = "programmes/covenant.html")]
struct ShowPage {
    frame: Frame,
    form: Form,
    id: CovenantId,
    editions: Vec<EditionLine>,
    offer: Option<Offer>,
}

async fn show_page(here: &Here, id: CovenantId, form: Form) -> Result<ShowPage, Refusal> {
    let ctx = here.ctx();
    let ((covenant, editions), units) = queries::covenant(&ctx, id).await.map_err(refusal)?;
    let last = editions.last().map_or(0, |one| one.number);
    let form = match editions.last().filter(|_| form.is_good()) {
        Some(newest) => filled(newest),
        None => form,
    };
    let line = |edition: CovenantEdition| {
        let newest = edition.number == last;
        let signature = |one: &office::programmes::model::Signature| SignatureLine {
            unit: one.unit,
            name: units.iter().find(|unit| unit.id == one.unit).map(|unit| unit.name.clone()).unwrap_or_default(),
            signed: one.signed.as_ref().map(|(at, name)| format!("{} · {name}", when(*at))).unwrap_or_default(),
            mine: newest && one.signed.is_none() && ctx.may_in(Permission::WriteProgramme, one.unit).is_ok(),
        };
        EditionLine {
            drawn_up: short_date(edition.drawn_up_on),
            locked: edition.locked_at.map(when).unwrap_or_default(),
            newest,
            signatures: edition.signatures.iter().map(signature).collect(),
            edition,
        }
    };
    let offer = match ctx.may(Permission::LaunchMovement) {
        Ok(()) => Some(offer(here, &form).await?),
        Err(_) => None,
    };
    Ok(ShowPage {
        frame: here.frame(&covenant.name, Place::Programmes).faulty(!form.is_good()),
        editions: editions.into_iter().rev().map(line).collect(),
        form,
        id,
        offer,
    })
}

/// The form filled with the newest version.
fn filled(edition: &CovenantEdition) -> Form {
    let mut form = Form::filled([("noi-dung", edition.content.text.clone()), ("ban", edition.number.to_string())]);
    for (number, target) in (1..).zip(&edition.content.targets) {
        form.put(&format!("khoan-{number}"), target.clause.clone());
        form.put(&format!("viec-{number}"), target.what.clone());
        form.put(&format!("chi-tieu-{number}"), target.figure.clone());
    }
    for signature in &edition.signatures {
        form.put("don-vi", signature.unit.to_string());
    }
    form
}

pub async fn show(here: Here, Path(id): Path<CovenantId>) -> Answer {
    Ok(page(&show_page(&here, id, Form::empty()).await?))
}

pub async fn change(here: Here, Path(id): Path<CovenantId>, mut form: Form) -> Answer {
    let (content, units) = content(&mut form);
    let seen = form.value("ban").parse::<i64>().unwrap_or(0);
    if !form.is_good() {
        return Ok(mend(&show_page(&here, id, form).await?));
    }
    match covenants::change(&here.ctx(), id, &content, &units, seen).await {
        Ok(()) => Ok(Redirect::to(&format!("/noi-bo/giao-uoc/{id}")).into_response()),
        Err(error) => match field(&error) {
            Some(field) => {
                form.refuse(&field, sentence(&error));
                Ok(mend(&show_page(&here, id, form).await?))
            }
            None => Err(refusal(error)),
        },
    }
}

pub async fn sign(here: Here, Path(id): Path<CovenantId>, mut form: Form) -> Answer {
    let edition = form.choice::<CovenantEditionId>("ban", "Mở lại trang rồi ký");
    let unit = form.choice::<UnitId>("don-vi", "Chọn đơn vị");
    let (Some(edition), Some(unit)) = (edition, unit) else { return Err(Refusal::not_found()) };
    covenants::sign(&here.ctx(), id, edition, unit).await.map_err(refusal)?;
    Ok(Redirect::to(&format!("/noi-bo/giao-uoc/{id}")).into_response())
}
