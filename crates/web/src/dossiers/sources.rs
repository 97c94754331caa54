//! What a source calls its columns and statuses, edited as lines.

use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect};
use office::dossiers::mapping::{DayForm, Field, Mapping, parse_lines};
use office::dossiers::model::Status;
use office::dossiers::{DossiersError, queries, service};
use papers::sheet::Encoding;
use serde::Deserialize;

use super::refusal;
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show as page};
use crate::urls::encode;

#[derive(Template)]
#[template(path = "dossiers/source.html")]
struct SourcePage {
    frame: Frame,
    form: Form,
    version: i64,
    encodings: Vec<Choice>,
    days: Vec<Choice>,
    fields: Vec<Choice>,
    statuses: Vec<Choice>,
}

/// Which source.
#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Which {
    nguon: String,
}

const ENCODINGS: [(Encoding, &str, &str); 3] = [
    (Encoding::Utf8, "utf8", "UTF-8"),
    (Encoding::Utf16, "utf16", "UTF-16"),
    (Encoding::Windows1258, "windows1258", "Windows-1258"),
];

async fn source_page(here: &Here, form: Form) -> Result<SourcePage, Refusal> {
    let (version, _) = queries::mapping(&here.ctx(), form.value("nguon")).await.map_err(|error| refusal(&error))?;
    Ok(SourcePage {
        frame: here.frame(here.visit.lang.t("Bảng đối chiếu của nguồn"), Place::Dossiers).faulty(!form.is_good()),
        form,
        version,
        encodings: ENCODINGS.iter().map(|(_, code, name)| Choice::new(code, *name)).collect(),
        days: DayForm::ALL.iter().map(|form| Choice::new(form.code(), form.name_vi())).collect(),
        fields: Field::ALL.iter().map(|field| Choice::new(field.code(), field.name_vi())).collect(),
        statuses: Status::ALL.iter().map(|status| Choice::new(status.code(), status.name_vi())).collect(),
    })
}

pub async fn show(here: Here, Query(which): Query<Which>) -> Answer {
    let (_, mapping) = queries::mapping(&here.ctx(), &which.nguon).await.map_err(|error| refusal(&error))?;
    let mut form = Form::filled([
        ("nguon", which.nguon),
        ("cot", mapping.columns_text()),
        ("trang-thai", mapping.statuses_text()),
        ("han", if mapping.due_has_waiting { "co" } else { "" }.to_owned()),
    ]);
    let encoding = ENCODINGS.iter().find(|(encoding, ..)| *encoding == mapping.encoding);
    form.put("bang-ma", encoding.map_or("utf8", |(_, code, _)| code).to_owned());
    for day in mapping.days {
        form.put("ngay", day.code().to_owned());
    }
    Ok(page(&source_page(&here, form).await?))
}

pub async fn save(here: Here, mut form: Form) -> Answer {
    let source = form.required_line("nguon", 60, "Ghi tên nguồn");
    let columns = parse_lines(form.value("cot"), Field::from_code);
    let statuses = parse_lines(form.value("trang-thai"), Status::from_code);
    let encoding = ENCODINGS.iter().find(|(_, code, _)| form.chosen("bang-ma", code)).map(|(encoding, ..)| *encoding);
    let days: Vec<DayForm> = form.all("ngay").iter().filter_map(|code| DayForm::from_code(code)).collect();
    if let Err(what) = &columns {
        form.refuse("cot", what.clone());
    }
    if let Err(what) = &statuses {
        form.refuse("trang-thai", what.clone());
    }
    if days.is_empty() {
        form.refuse("ngay", "Chọn ít nhất một cách ghi ngày");
    }
    let (Ok(columns), Ok(statuses), true) = (columns, statuses, form.is_good()) else {
        return Ok(mend(&source_page(&here, form).await?));
    };
    let due_has_waiting = form.chosen("han", "co");
    let mapping = Mapping { columns, statuses, days, encoding: encoding.unwrap_or_default(), due_has_waiting };
    match service::save_mapping(&here.ctx(), &source, &mapping).await {
        Ok(_) => Ok(Redirect::to(&format!("/noi-bo/ho-so-tthc/nguon?nguon={}", encode(&source))).into_response()),
        Err(error @ DossiersError::PoorMapping { .. }) => {
            form.refuse("cot", sentence(&error));
            Ok(mend(&source_page(&here, form).await?))
        }
        Err(error) => Err(refusal(&error)),
    }
}
