//! People outside the Office: the list, somebody added, somebody edited.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse as _, Redirect, Response};
use kernel::Permission;
use kernel::id::PersonId;
use office::organization::outsiders::{self, Outsider, OutsiderEntry};
use office::organization::{OrganizationError, queries};
use serde::Deserialize;

use super::refusal;
use crate::form::Form;
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show as page};

/// How many people the list shows; a name narrows it.
const MOST: i64 = 500;

/// What the list is narrowed to.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    tim: String,
}

#[derive(Template)]
#[template(path = "organization/outsiders.html")]
struct OutsidersPage {
    frame: Frame,
    form: Form,
    found: Vec<Outsider>,
    may_manage: bool,
}

#[derive(Template)]
#[template(path = "organization/outsider.html")]
struct OutsiderPage {
    frame: Frame,
    form: Form,
    id: PersonId,
    name: String,
}

async fn list_page(here: &Here, form: Form) -> Result<OutsidersPage, Refusal> {
    let ctx = here.ctx();
    Ok(OutsidersPage {
        frame: here.frame(here.visit.lang.t("Người ngoài Văn phòng"), Place::People).faulty(!form.is_good()),
        found: outsiders::list(&ctx, form.value("tim"), MOST).await.map_err(refusal)?,
        form,
        may_manage: ctx.may(Permission::ManagePeople).is_ok(),
    })
}

pub async fn list(here: Here, Query(asked): Query<Asked>) -> Answer {
    Ok(page(&list_page(&here, Form::filled([("tim", asked.tim)])).await?))
}

pub async fn create(here: Here, mut form: Form) -> Answer {
    let Some(entry) = entry(&mut form) else { return Ok(mend(&list_page(&here, form).await?)) };
    match outsiders::add(&here.ctx(), entry).await {
        Ok(id) => Ok(to_person(id)),
        Err(error) => {
            refuse(&mut form, error)?;
            Ok(mend(&list_page(&here, form).await?))
        }
    }
}

/// The person of an address, when outside the Office.
async fn outsider(here: &Here, id: PersonId) -> Result<Outsider, Refusal> {
    let ctx = here.ctx();
    let mut tx = ctx.read().await?;
    queries::outsider(&mut tx, id, ctx.today()).await?.ok_or_else(Refusal::not_found)
}

fn edit_page(here: &Here, kept: Outsider, form: Form) -> OutsiderPage {
    let title = here.visit.lang.t("Sửa người ngoài Văn phòng");
    let frame = here.frame(title, Place::People).faulty(!form.is_good());
    OutsiderPage { frame, form, id: kept.id, name: kept.entry.name }
}

pub async fn edit(here: Here, Path(id): Path<PersonId>) -> Answer {
    let kept = outsider(&here, id).await?;
    let OutsiderEntry { name, born_year, occupation, place } = kept.entry.clone();
    let form = Form::filled([
        ("ho-ten", name),
        ("nam-sinh", born_year.map(|year| year.to_string()).unwrap_or_default()),
        ("nghe-nghiep", occupation),
        ("noi-o", place),
        ("phien-ban", kept.version.to_string()),
    ]);
    Ok(page(&edit_page(&here, kept, form)))
}

pub async fn update(here: Here, Path(id): Path<PersonId>, mut form: Form) -> Answer {
    let kept = outsider(&here, id).await?;
    let entry = entry(&mut form);
    let version = form.choice("phien-ban", "Tải lại trang rồi sửa");
    let (Some(entry), Some(version)) = (entry, version) else { return Ok(mend(&edit_page(&here, kept, form))) };
    match outsiders::edit(&here.ctx(), id, version, entry).await {
        Ok(()) => Ok(to_person(id)),
        Err(error) => {
            refuse(&mut form, error)?;
            Ok(mend(&edit_page(&here, kept, form)))
        }
    }
}

fn to_person(id: PersonId) -> Response {
    Redirect::to(&format!("/noi-bo/con-nguoi/{id}")).into_response()
}

/// What was typed; none when a field is to be mended.
fn entry(form: &mut Form) -> Option<OutsiderEntry> {
    let name = form.required_line("ho-ten", 200, "Nhập họ và tên");
    let occupation = form.required_line("nghe-nghiep", 200, "Ghi nghề nghiệp hoặc chức vụ");
    let place = form.required_line("noi-o", 200, "Ghi nơi ở hoặc nơi làm việc");
    let born_year = match form.line("nam-sinh").as_str() {
        "" => None,
        _ => form.choice::<i16>("nam-sinh", "Nhập năm sinh bằng bốn chữ số, hoặc để trống"),
    };
    form.is_good().then_some(OutsiderEntry { name, born_year, occupation, place })
}

/// Says the fault at its field; what no field can mend is the refusal.
fn refuse(form: &mut Form, error: OrganizationError) -> Result<(), Refusal> {
    let field = match &error {
        OrganizationError::NameMissing | OrganizationError::OutsiderKnown { .. } => "ho-ten",
        OrganizationError::OddBirthYear { .. } => "nam-sinh",
        OrganizationError::NotToldApart => "noi-o",
        _ => return Err(refusal(error)),
    };
    form.refuse(field, sentence(&error));
    Ok(())
}
