//! Which registers are complete, so that no entry means known to be none.

use askama::Template;
use axum::response::{IntoResponse, Redirect};
use kernel::numbers::short_date;
use office::records::model::{Completeness, Register};
use office::records::{queries, service};

use super::{mend_or_refuse, refusal};
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, show as page};

struct RegisterRow {
    name: &'static str,
    since: String,
    document: String,
}

#[derive(Template)]
#[template(path = "records/registers.html")]
struct RegistersPage {
    frame: Frame,
    form: Form,
    rows: Vec<RegisterRow>,
    registers: Vec<Choice>,
}

async fn registers_page(here: &Here, form: Form) -> Result<RegistersPage, Refusal> {
    let declared = queries::completeness(&here.ctx()).await.map_err(|error| refusal(&error))?;
    let row = |register: &Register| {
        let found = declared.iter().find(|one| one.register == *register);
        RegisterRow {
            name: register.name_vi(),
            since: found.map(|one| short_date(one.since)).unwrap_or_default(),
            document: found.map(|one| one.document.clone()).unwrap_or_default(),
        }
    };
    Ok(RegistersPage {
        frame: here.frame(here.visit.lang.t("Hồ sơ gốc"), Place::People).faulty(!form.is_good()),
        form,
        rows: Register::ALL.iter().map(row).collect(),
        registers: Register::ALL.iter().map(|one| Choice::new(one.code(), one.name_vi())).collect(),
    })
}

pub async fn show(here: Here) -> Answer {
    Ok(page(&registers_page(&here, Form::empty()).await?))
}

pub async fn declare(here: Here, mut form: Form) -> Answer {
    let register = Register::from_code(form.value("so"));
    if register.is_none() {
        form.refuse("so", "Chọn sổ trong danh sách");
    }
    let since = form.required_day("tu-ngay", "Nhập ngày từ đó sổ đầy đủ");
    let document = form.required_line("van-ban", 300, "Ghi văn bản hoặc việc đối chiếu làm căn cứ");
    let (Some(register), Some(since), true) = (register, since, form.is_good()) else {
        return Ok(mend(&registers_page(&here, form).await?));
    };
    match service::declare_complete(&here.ctx(), Completeness { register, since, document }).await {
        Ok(()) => Ok(Redirect::to("/noi-bo/ho-so-goc").into_response()),
        Err(error) => {
            mend_or_refuse(&mut form, "tu-ngay", &error)?;
            Ok(mend(&registers_page(&here, form).await?))
        }
    }
}
