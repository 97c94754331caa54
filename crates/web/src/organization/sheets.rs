//! People from a sheet and out to one.

use kernel::Permission;
use office::organization::{OrganizationError, export, import};

use super::refusal;
use crate::files::{Upload, XLSX, download, hand_out};
use crate::here::Here;
use crate::import::{Import, manner};
use crate::page::{Answer, Place, Refusal};

const IMPORT: Import =
    Import { title: "Nhập cán bộ từ XLSX", place: Place::People, address: "/noi-bo/con-nguoi" };

pub async fn ask(here: Here) -> Answer {
    Ok(IMPORT.ask(&here))
}

pub async fn bring_in(here: Here, upload: Upload) -> Answer {
    if upload.bytes.is_empty() {
        return Ok(IMPORT.refused(&here, upload.form, &"Chọn tệp .xlsx hoặc .csv"));
    }
    match import::people(&here.ctx(), &upload.bytes, manner(&upload.form)).await {
        Err(OrganizationError::Sheet(fault)) => Ok(IMPORT.refused(&here, upload.form, &fault)),
        other => Ok(IMPORT.done(&here, upload.form, other.map_err(refusal)?)),
    }
}

pub async fn template(here: Here) -> Answer {
    here.ctx().may(Permission::ManagePeople).map_err(|denied| Refusal::denied(&denied))?;
    let bytes = import::people_template().map_err(|error| Refusal::broken(&error))?;
    Ok(download(XLSX, "mau-can-bo.xlsx", bytes))
}

pub async fn take_out(here: Here) -> Answer {
    let bytes = export::people(&here.ctx(), None).await.map_err(refusal)?;
    hand_out(&here, "can-bo.xlsx", bytes).await
}
