//! An entry: taken in, with what to do when its tax code is known already, and changed.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use office::enterprises::model::{NewEntry, Registered, Size};
use office::enterprises::{EnterprisesError, queries, service};
use office::organization::EnterpriseId;
use office::organization::model::{EnterpriseEntry, EnterpriseKind};

use super::list::kind_words;
use super::{Fields, mended, refusal};
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, show as page};

const FIELDS: Fields<'_> =
    Fields { code: "ma-so", name: "ten", size: "quy-mo", clause: "ten", day: "ten", words: "ten" };

/// The entry that has the tax code already.
struct Known {
    id: EnterpriseId,
    name: String,
    tax_code: String,
    what: String,
    version: i64,
}

#[derive(Template)]
#[template(path = "enterprises/entry.html")]
struct EntryPage {
    frame: Frame,
    form: Form,
    action: String,
    kinds: Vec<Choice>,
    sizes: Vec<Choice>,
    /// Who has the tax code already.
    known: Option<Known>,
    /// The entry that is changed; none for a new one.
    changed: Option<EnterpriseId>,
}

async fn entry_page(
    here: &Here,
    form: Form,
    changed: Option<EnterpriseId>,
    existing: Option<EnterpriseId>,
) -> Result<EntryPage, Refusal> {
    let l = here.visit.lang;
    let known = match existing {
        Some(id) => Some(known(here, id).await?),
        None => None,
    };
    let title = if changed.is_some() { "Sửa hồ sơ" } else { "Thêm vào sổ doanh nghiệp, HTX, hộ" };
    Ok(EntryPage {
        frame: here.frame(l.t(title), Place::Enterprises).faulty(!form.is_good()),
        form,
        action: changed
            .map_or_else(|| "/noi-bo/doanh-nghiep".to_owned(), |id| format!("/noi-bo/doanh-nghiep/{id}/sua")),
        kinds: EnterpriseKind::ALL.iter().map(|one| Choice::new(one.code(), l.t(one.name_vi()))).collect(),
        sizes: Size::ALL.iter().map(|one| Choice::new(one.code(), l.t(one.name_vi()))).collect(),
        known,
        changed,
    })
}

async fn known(here: &Here, id: EnterpriseId) -> Result<Known, Refusal> {
    let found = queries::entry(&here.ctx(), id).await.map_err(refusal)?;
    let entry = &found.identity.entry;
    let kind = kind_words(here.visit.lang, entry.kind, found.profile.size);
    let parts = [kind.as_str(), found.profile.sector.as_str(), entry.commune.as_deref().unwrap_or_default()];
    Ok(Known {
        id,
        name: entry.name.clone(),
        tax_code: entry.tax_code.clone().unwrap_or_default(),
        what: parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", "),
        version: found.identity.version,
    })
}

/// What was typed; none with a fault.
fn typed(form: &mut Form) -> Option<NewEntry> {
    let name = form.required_line("ten", 200, "Nhập tên");
    let kind = EnterpriseKind::from_code(&form.line("loai"));
    if kind.is_none() {
        form.refuse("loai", "Chọn loại");
    }
    let line = |field: &str| Some(form.line(field)).filter(|line| !line.is_empty());
    let (tax_code, commune) = (line("ma-so"), line("xa"));
    let (size, sector) = (Size::from_code(&form.line("quy-mo")), form.line("nganh"));
    let kind = kind.filter(|_| form.is_good())?;
    Some(NewEntry { entry: EnterpriseEntry { tax_code, name, kind, commune }, size, sector })
}

fn filled(one: &Registered) -> Form {
    let entry = &one.identity.entry;
    Form::filled([
        ("ten", entry.name.clone()),
        ("ma-so", entry.tax_code.clone().unwrap_or_default()),
        ("loai", entry.kind.code().to_owned()),
        ("quy-mo", one.profile.size.map_or("", Size::code).to_owned()),
        ("nganh", one.profile.sector.clone()),
        ("xa", entry.commune.clone().unwrap_or_default()),
        ("phien-ban", one.identity.version.to_string()),
    ])
}

fn to(id: EnterpriseId) -> Response {
    Redirect::to(&format!("/noi-bo/doanh-nghiep/{id}")).into_response()
}

pub async fn new(here: Here) -> Answer {
    Ok(page(&entry_page(&here, Form::empty(), None, None).await?))
}

pub async fn create(here: Here, mut form: Form) -> Answer {
    let Some(new) = typed(&mut form) else {
        return Ok(mend(&entry_page(&here, form, None, None).await?));
    };
    match service::register(&here.ctx(), new).await {
        Ok(id) => Ok(to(id)),
        Err(error) => again(&here, form, None, error).await,
    }
}

/// The form again, with the entry that has the tax code already beside it.
async fn again(here: &Here, mut form: Form, changed: Option<EnterpriseId>, error: EnterprisesError) -> Answer {
    let existing = error.existing();
    mended(&mut form, FIELDS, error)?;
    Ok(mend(&entry_page(here, form, changed, existing).await?))
}

pub async fn edit(here: Here, Path(id): Path<EnterpriseId>) -> Answer {
    let found = queries::entry(&here.ctx(), id).await.map_err(refusal)?;
    Ok(page(&entry_page(&here, filled(&found), Some(id), None).await?))
}

pub async fn update(here: Here, Path(id): Path<EnterpriseId>, mut form: Form) -> Answer {
    queries::entry(&here.ctx(), id).await.map_err(refusal)?;
    let Some(new) = typed(&mut form) else {
        return Ok(mend(&entry_page(&here, form, Some(id), None).await?));
    };
    let seen = form.value("phien-ban").parse().unwrap_or(0);
    match service::edit(&here.ctx(), id, seen, new).await {
        Ok(()) => Ok(to(id)),
        Err(error) => again(&here, form, Some(id), error).await,
    }
}

/// Fills the blanks of the entry that has the tax code with what was typed for it.
pub async fn complete(here: Here, Path(id): Path<EnterpriseId>, mut form: Form) -> Answer {
    queries::entry(&here.ctx(), id).await.map_err(refusal)?;
    let Some(new) = typed(&mut form) else {
        return Ok(mend(&entry_page(&here, form, None, Some(id)).await?));
    };
    let seen = form.value("phien-ban").parse().unwrap_or(0);
    match service::complete(&here.ctx(), id, seen, new).await {
        Ok(()) => Ok(to(id)),
        Err(error) => again(&here, form, None, error).await,
    }
}
