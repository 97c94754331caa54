//! The register from a sheet and out to one.

use axum::extract::Query;
use kernel::Permission;
use office::enterprises::{EnterprisesError, export, import};

use super::list::Asked;
use super::refusal;
use crate::files::{Upload, XLSX, download, hand_out};
use crate::here::Here;
use crate::import::{Import, manner};
use crate::page::{Answer, Place, Refusal};

const IMPORT: Import =
    Import {
        title: "Nhập doanh nghiệp, HTX, hộ từ XLSX", place: Place::Enterprises, address: "/noi-bo/doanh-nghiep"
    };

pub async fn ask(here: Here) -> Answer {
    Ok(IMPORT.ask(&here))
}

pub async fn bring_in(here: Here, upload: Upload) -> Answer {
    if upload.bytes.is_empty() {
        return Ok(IMPORT.refused(&here, upload.form, &"Chọn tệp .xlsx hoặc .csv"));
    }
    match import::entries(&here.ctx(), &upload.bytes, manner(&upload.form)).await {
        Err(EnterprisesError::Sheet(fault)) => Ok(IMPORT.refused(&here, upload.form, &fault)),
        other => Ok(IMPORT.done(&here, upload.form, other.map_err(refusal)?)),
    }
}

pub async fn template(here: Here) -> Answer {
    here.ctx().may(Permission::ManageEnterprises).map_err(|denied| Refusal::denied(&denied))?;
    let bytes = import::empty_sheet().map_err(|error| Refusal::broken(&error))?;
    Ok(download(XLSX, "mau-doanh-nghiep.xlsx", bytes))
}

pub async fn take_out(here: Here, Query(asked): Query<Asked>) -> Answer {
    let filter = asked.filter(here.visit.today);
    let bytes = export::entries(&here.ctx(), &filter).await.map_err(refusal)?;
    hand_out(&here, "doanh-nghiep.xlsx", bytes).await
}
