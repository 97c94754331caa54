//! Awards of earlier years from a sheet, and the template for it.

use kernel::Permission;
use office::records::{RecordsError, import};

use super::refusal;
use crate::files::{Upload, XLSX, download};
use crate::here::Here;
use crate::import::{Import, manner};
use crate::page::{Answer, Place, Refusal};

const IMPORT: Import =
    Import {
        title: "Nhập khen thưởng đã có từ XLSX", place: Place::People, address: "/noi-bo/ho-so-goc/khen-thuong"
    };

pub async fn ask(here: Here) -> Answer {
    Ok(IMPORT.ask(&here))
}

pub async fn bring_in(here: Here, upload: Upload) -> Answer {
    if upload.bytes.is_empty() {
        return Ok(IMPORT.refused(&here, upload.form, &"Chọn tệp .xlsx hoặc .csv"));
    }
    match import::awards(&here.ctx(), &upload.bytes, manner(&upload.form)).await {
        Err(RecordsError::Sheet(fault)) => Ok(IMPORT.refused(&here, upload.form, &fault)),
        other => Ok(IMPORT.done(&here, upload.form, other.map_err(|error| refusal(&error))?)),
    }
}

pub async fn template(here: Here) -> Answer {
    here.ctx().may(Permission::ManagePeople).map_err(|denied| Refusal::denied(&denied))?;
    let bytes = import::awards_template().map_err(|error| Refusal::broken(&error))?;
    Ok(download(XLSX, "mau-khen-thuong.xlsx", bytes))
}
