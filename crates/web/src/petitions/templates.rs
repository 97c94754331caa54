//! Wordings for replies: kept, changed and taken away by who answers; one is chosen in the form of an answer.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::numbers::short_date;
use office::petitions::PetitionsError;
use office::petitions::model::{Kind, PetitionId};
use office::petitions::templates::{self, NewTemplate, PLACES, TemplateId};

use super::refusal;
use super::show::{handled_kinds, show_page};
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show as page};

/// A wording with the form that changes it.
struct Line {
    id: TemplateId,
    kind: Kind,
    name: String,
    changed: String,
    version: String,
    form: Form,
}

#[derive(Template)]
#[template(path = "petitions/templates.html")]
struct ListPage {
    frame: Frame,
    /// What is typed of a new one.
    form: Form,
    /// What must be mended, in whichever form it stands.
    faulty: Form,
    kinds: Vec<Choice>,
    places: Vec<(&'static str, &'static str)>,
    lines: Vec<Line>,
}

/// The page; `typed` stands in the form it was typed in: of a wording, or of a new one.
async fn list_page(here: &Here, typed: Option<(Option<TemplateId>, Form)>) -> Result<ListPage, Refusal> {
    let l = here.visit.lang;
    let found = templates::list(&here.ctx(), None).await.map_err(refusal)?;
    let of = |id: Option<TemplateId>| typed.as_ref().filter(|(of, _)| *of == id).map(|(_, form)| form.clone());
    let lines = found.into_iter().map(|one| {
        let filled = || {
            let fields = [
                ("loai-mau", one.kind.code().to_owned()),
                ("ten-mau", one.name.clone()),
                ("loi-mau", one.words.clone()),
            ];
            Form::filled(fields)
        };
        Line {
            form: of(Some(one.id)).unwrap_or_else(filled),
            id: one.id,
            kind: one.kind,
            changed: format!("{}, {}", one.changed_by, short_date(one.changed_on)),
            version: one.version.to_string(),
            name: one.name,
        }
    });
    let lines = lines.collect();
    let faulty = typed.as_ref().map(|(_, form)| form.clone()).unwrap_or_default();
    Ok(ListPage {
        frame: here.frame(l.t("Mẫu trả lời"), Place::Petitions).faulty(!faulty.is_good()),
        form: of(None).unwrap_or_default(),
        faulty,
        kinds: handled_kinds(l),
        places: PLACES.to_vec(),
        lines,
    })
}

pub async fn list(here: Here) -> Answer {
    Ok(page(&list_page(&here, None).await?))
}

fn typed(form: &Form) -> NewTemplate {
    NewTemplate {
        kind: Kind::from_code(form.value("loai-mau")).unwrap_or(Kind::Unsorted),
        name: form.value("ten-mau").to_owned(),
        words: form.value("loi-mau").to_owned(),
    }
}

fn seen(form: &Form) -> i64 {
    form.line("ban").parse().unwrap_or_default()
}

fn back() -> Response {
    Redirect::to("/noi-bo/mau-tra-loi").into_response()
}

async fn answered(here: &Here, id: Option<TemplateId>, mut form: Form, done: Result<(), PetitionsError>) -> Answer {
    let error = match done {
        Ok(()) => return Ok(back()),
        Err(error) => error,
    };
    let Some(field) = error.field() else { return Err(refusal(error)) };
    form.refuse(field, sentence(&error));
    Ok(mend(&list_page(here, Some((id, form))).await?))
}

pub async fn create(here: Here, form: Form) -> Answer {
    let done = templates::keep(&here.ctx(), &typed(&form)).await;
    answered(&here, None, form, done.map(|_| ())).await
}

pub async fn update(here: Here, Path(id): Path<TemplateId>, form: Form) -> Answer {
    let done = templates::change(&here.ctx(), id, seen(&form), &typed(&form)).await;
    answered(&here, Some(id), form, done).await
}

pub async fn withdraw(here: Here, Path(id): Path<TemplateId>, form: Form) -> Answer {
    templates::withdraw(&here.ctx(), id, seen(&form)).await.map_err(refusal)?;
    Ok(back())
}

/// Puts a wording into the form of the answer, after what stands there; nothing is kept until it is saved.
pub async fn fill(here: Here, Path(id): Path<PetitionId>, mut form: Form) -> Answer {
    let Some(template) = form.choice("mau", "Chọn mẫu trả lời trong danh sách") else {
        return Ok(mend(&show_page(&here, id, form).await?));
    };
    match templates::fill(&here.ctx(), id, template).await {
        Ok(words) => {
            let before = form.value("tra-loi").trim_end();
            let words = if before.is_empty() { words } else { format!("{before}\n\n{words}") };
            form.set("tra-loi", words);
            Ok(page(&show_page(&here, id, form).await?))
        }
        Err(error) => {
            let Some(field) = error.field() else { return Err(refusal(error)) };
            form.refuse(field, sentence(&error));
            Ok(mend(&show_page(&here, id, form).await?))
        }
    }
}
