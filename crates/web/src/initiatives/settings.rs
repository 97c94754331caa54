//! What the office has set for initiatives, each value with the document it rests on.

use askama::Template;
use axum::response::{IntoResponse, Redirect};
use kernel::numbers::{parse_whole, short_date};
use office::initiatives::settings::{self, Setting};

use super::mend_or_refuse;
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, show as page};

struct Line {
    name: &'static str,
    value: i64,
    document: String,
    said: String,
}

#[derive(Template)]
#[template(path = "initiatives/settings.html")]
struct SettingsPage {
    frame: Frame,
    form: Form,
    similarity: i64,
    adopters: String,
    settings: Vec<Choice>,
    history: Vec<Line>,
}

async fn settings_page(here: &Here, form: Form) -> Result<SettingsPage, Refusal> {
    let (ctx, l) = (here.ctx(), here.visit.lang);
    let mut tx = ctx.read().await.map_err(|error| Refusal::store(&error))?;
    let found = settings::current(&mut tx).await.map_err(|error| Refusal::store(&error))?;
    Ok(SettingsPage {
        frame: here.frame(l.t("Thiết lập về sáng kiến"), Place::Initiatives).faulty(!form.is_good()),
        form,
        similarity: found.similarity,
        adopters: found.province_adopters.map(|set| set.value.to_string()).unwrap_or_default(),
        settings: Setting::ALL.iter().map(|one| Choice::new(one.code(), l.t(one.name_vi()))).collect(),
        history: found
            .history
            .into_iter()
            .map(|(setting, set)| Line {
                name: setting.name_vi(),
                value: set.value,
                said: format!("{}, {}", short_date(kernel::clock::day_of(set.at)), set.by),
                document: set.document,
            })
            .collect(),
    })
}

pub async fn show(here: Here) -> Answer {
    Ok(page(&settings_page(&here, Form::empty()).await?))
}

pub async fn set(here: Here, mut form: Form) -> Answer {
    let setting = Setting::from_code(form.value("muc"));
    if setting.is_none() {
        form.refuse("muc", "Chọn mục cần đặt");
    }
    let value = parse_whole(form.value("gia-tri")).ok();
    if value.is_none() {
        form.refuse("gia-tri", "Nhập một số nguyên");
    }
    if let (Some(setting), Some(value)) = (setting, value) {
        match settings::set(&here.ctx(), setting, value, form.value("can-cu")).await {
            Ok(()) => return Ok(Redirect::to("/noi-bo/sang-kien/thiet-lap").into_response()),
            Err(error) => mend_or_refuse(&mut form, error, str::to_owned)?,
        }
    }
    Ok(mend(&settings_page(&here, form).await?))
}
