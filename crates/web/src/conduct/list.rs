//! The reports that an inspector may know of; without an opened key only the way to open it.

use askama::Template;
use axum::extract::Query;
use kernel::numbers::short_date;
use office::conduct::model::{KeyState, Settings, State};
use office::conduct::{ReportId, keyring, queries};
use serde::Deserialize;

use super::{held, refusal};
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, show as page};

/// What is asked for.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    trang_thai: String,
}

struct Row {
    id: ReportId,
    label: String,
    state: State,
    received: String,
    begins: String,
    unit: String,
}

#[derive(Template)]
#[template(path = "conduct/list.html")]
pub struct ListPage {
    frame: Frame,
    form: Form,
    /// Whether the key is open; the rest is empty without.
    open: bool,
    /// Where the actor's key stands; none without one.
    key: Option<KeyState>,
    rows: Vec<Row>,
    states: Vec<Choice>,
    settings: Settings,
    set_on: String,
    last_year: i16,
    minutes: u64,
}

pub async fn list_page(here: &Here, asked: &Asked, mut form: Form) -> Result<ListPage, Refusal> {
    let (ctx, l) = (here.ctx(), here.visit.lang);
    let own = keyring::keys(&ctx).await.map_err(refusal)?.into_iter();
    let key = own.filter(|line| line.own).map(|line| line.key.state).find(|state| *state != KeyState::Retired);
    let unlocked = held::get(here).filter(|_| key == Some(KeyState::Admitted));
    let mut rows = Vec::new();
    if let Some(unlocked) = &unlocked {
        let state = State::from_code(&asked.trang_thai);
        for one in queries::list(&ctx, unlocked, state).await.map_err(refusal)? {
            rows.push(Row {
                id: one.id,
                label: one.id.label(),
                state: one.state,
                received: short_date(one.received_on),
                begins: one.begins,
                unit: one.unit,
            });
        }
    }
    let settings = queries::settings(&ctx).await.map_err(refusal)?;
    if form.is_good() {
        form.put("o-nho", settings.small_cell.to_string());
        form.put("don-vi-nho", settings.small_unit.to_string());
        form.put("thang", settings.keep_months.to_string());
        form.put("trang_thai", asked.trang_thai.clone());
    }
    Ok(ListPage {
        frame: here.frame(l.t("Phản ánh hành vi"), Place::Conduct).faulty(!form.is_good()),
        open: unlocked.is_some(),
        key,
        rows,
        states: State::ALL.iter().map(|one| Choice::new(one.code(), l.t(one.name_vi()))).collect(),
        set_on: settings.set_on.map(short_date).unwrap_or_default(),
        settings,
        last_year: here.visit.today.year() - 1,
        minutes: held::KEPT.as_secs() / 60,
        form,
    })
}

pub async fn show(here: Here, Query(asked): Query<Asked>) -> Answer {
    Ok(page(&list_page(&here, &asked, Form::empty()).await?))
}
