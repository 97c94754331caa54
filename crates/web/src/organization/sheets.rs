//! People from a sheet and out to one.

use askama::Template;
use axum::extract::Multipart;
use kernel::Permission;
use office::import::{Manner, Outcome};
use office::organization::{OrganizationError, export, import};

use super::refusal;
use crate::form::Form;
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, XLSX, download, mend, sentence, show as page};

#[derive(Template)]
#[template(path = "organization/import.html")]
struct ImportPage {
    frame: Frame,
    form: Form,
    outcome: Option<Outcome>,
    written: bool,
}

fn import_page(here: &Here, form: Form, outcome: Option<Outcome>, written: bool) -> ImportPage {
    let frame = here.frame(here.visit.lang.t("Nhập cán bộ từ XLSX"), Place::People).faulty(!form.is_good());
    ImportPage { frame, form, outcome, written }
}

pub async fn ask(here: Here) -> Answer {
    Ok(page(&import_page(&here, Form::filled([("thu", "co".to_owned())]), None, false)))
}

pub async fn bring_in(here: Here, mut parts: Multipart) -> Answer {
    let (mut form, mut file) = (Form::empty(), Vec::new());
    while let Some(part) = parts.next_field().await.map_err(|_| Refusal::unreadable())? {
        match part.name() {
            Some("tep") => file = part.bytes().await.map_err(|_| Refusal::unreadable())?.to_vec(),
            Some("thu") => form.put("thu", part.text().await.map_err(|_| Refusal::unreadable())?),
            _ => {}
        }
    }
    if file.is_empty() {
        form.refuse("tep", "Chọn tệp .xlsx hoặc .csv");
        return Ok(mend(&import_page(&here, form, None, false)));
    }
    let dry_run = form.chosen("thu", "co");
    match import::people(&here.ctx(), &file, Manner { dry_run, accept_good_rows: false }).await {
        Err(OrganizationError::Sheet(fault)) => {
            form.refuse("tep", sentence(&fault));
            Ok(mend(&import_page(&here, form, None, false)))
        }
        other => {
            let outcome = other.map_err(refusal)?;
            let written = !dry_run && outcome.faults.is_empty();
            Ok(page(&import_page(&here, form, Some(outcome), written)))
        }
    }
}

pub async fn template(here: Here) -> Answer {
    here.ctx().may(Permission::ManagePeople).map_err(|denied| Refusal::denied(&denied))?;
    let bytes = import::people_template().map_err(|error| Refusal::broken(&error))?;
    Ok(download(XLSX, "mau-can-bo.xlsx", bytes))
}

pub async fn take_out(here: Here) -> Answer {
    Ok(download(XLSX, "can-bo.xlsx", export::people(&here.ctx(), None).await.map_err(refusal)?))
}
