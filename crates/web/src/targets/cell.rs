//! The value of one unit and period: the form, what stands there, what happened to it, what can be done.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect};
use kernel::id::UnitId;
use kernel::numbers::NumberFault;
use office::targets::entry::{self, NewValue};
use office::targets::model::{EventKind, Level, State};
use office::targets::queries::{self, Cell};
use office::targets::{Amount, IndicatorId, Nature, ReportPeriod, TargetsError, ValueId};
use serde::Deserialize;

use super::show::at;
use super::{refusal, shown};
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show as page};

/// Which cell.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    ky: String,
    #[serde(default, rename = "don-vi")]
    don_vi: String,
}

/// The address of a cell.
pub(crate) fn url(id: IndicatorId, period: ReportPeriod, unit: Option<UnitId>) -> String {
    let unit = unit.map(|unit| format!("&don-vi={unit}")).unwrap_or_default();
    format!("/noi-bo/chi-tieu/{id}/nhap?ky={period}{unit}")
}

/// Both values of a cell that two people entered.
struct Both {
    mine: String,
    theirs: String,
    who: String,
}

struct Happened {
    kind: EventKind,
    amount: String,
    words: String,
    who: String,
}

#[derive(Template)]
#[template(path = "targets/cell.html")]
pub struct CellPage {
    frame: Frame,
    form: Form,
    id: IndicatorId,
    value: Option<ValueId>,
    unit: String,
    period: String,
    measured_in: String,
    method: String,
    definition: i64,
    limits: String,
    is_number: bool,
    state: Option<State>,
    settled: String,
    reason: String,
    last: String,
    amount: String,
    level: &'static str,
    narrative: String,
    remark: String,
    follow_up: bool,
    levels: Vec<Choice>,
    files: Vec<(String, String)>,
    events: Vec<Happened>,
    approved: String,
    open: bool,
    may_enter: bool,
    may_submit: bool,
    may_decide: bool,
    may_reopen: bool,
    may_follow: bool,
    version: i64,
    both: Option<Both>,
}

fn amount_words(cell: &Cell, amount: Option<Amount>) -> String {
    amount.map(|amount| shown(amount, &cell.definition.counting)).unwrap_or_default()
}

/// The page of a cell, with a form as it was sent.
pub(super) fn cell_page(here: &Here, cell: &Cell, mut form: Form, is_sent: bool, both: Option<String>) -> CellPage {
    let l = here.visit.lang;
    let how = &cell.definition.counting;
    let value = cell.value.as_ref();
    let state = value.map(|value| value.state);
    let version = value.map_or(0, |value| value.version);
    if !is_sent && let Some(value) = value {
        form.put("so-lieu", value.amount.map(|amount| amount.show(how.places)).unwrap_or_default());
        form.put("muc", value.level.map(Level::code).unwrap_or_default().to_owned());
        form.put("tu-thuat", value.narrative.clone());
        form.put("giai-trinh", value.remark.clone());
        if value.follow_up {
            form.put("theo-doi", "co".to_owned());
        }
    }
    let open = cell.approval.is_none() && !matches!(state, Some(State::Pending | State::Approved));
    let own = here.visit.actor.account.is_some() && value.is_some_and(|one| one.entered_by == here.visit.actor.account);
    let limits = match (how.least, how.most) {
        (Some(least), Some(most)) => format!("{} {} {} {}", l.t("Từ"), shown(least, how), l.t("đến"), shown(most, how)),
        (Some(least), None) => format!("{} {} {}", l.t("Từ"), shown(least, how), l.t("trở lên")),
        (None, Some(most)) => format!("{} {}", l.t("Không quá"), shown(most, how)),
        (None, None) => String::new(),
    };
    let happened = |event: &office::targets::model::Event| Happened {
        kind: event.kind,
        amount: match event.level {
            Some(level) => l.t(level.name_vi()).to_owned(),
            None => amount_words(cell, event.amount),
        },
        words: event.words.clone(),
        who: format!("{}, {}", event.name, at(event.at)),
    };
    let both = both.map(|mine| Both {
        mine,
        theirs: match value.and_then(|value| value.level) {
            Some(level) => l.t(level.name_vi()).to_owned(),
            None => amount_words(cell, value.and_then(|value| value.amount)),
        },
        who: value.map(|value| format!("{}, {}", value.entered_name, at(value.entered_at))).unwrap_or_default(),
    });
    CellPage {
        frame: here
            .frame(&format!("{} {}, {}", cell.indicator.code, cell.unit_name, cell.period.name_vi()), Place::Targets)
            .faulty(!form.is_good()),
        id: cell.indicator.id,
        value: value.map(|value| value.id),
        unit: cell.unit.map(|unit| unit.to_string()).unwrap_or_default(),
        period: cell.period.to_string(),
        measured_in: how.measured_in.clone(),
        method: format!("{}: {}", how.name, how.method),
        definition: cell.definition.number,
        limits,
        is_number: how.nature == Nature::Quantitative,
        state,
        settled: value
            .and_then(|value| value.settled.as_ref())
            .map(|one| format!("{}, {}", one.name, at(one.at)))
            .unwrap_or_default(),
        reason: value.and_then(|value| value.settled.as_ref()).map(|one| one.words.clone()).unwrap_or_default(),
        last: cell
            .last
            .as_ref()
            .map(|last| format!("{} ({})", amount_words(cell, last.amount), last.period.name_vi()))
            .unwrap_or_default(),
        amount: amount_words(cell, value.and_then(|value| value.amount)),
        level: value.and_then(|value| value.level).map(Level::name_vi).unwrap_or_default(),
        narrative: value.map(|value| value.narrative.clone()).unwrap_or_default(),
        remark: value.map(|value| value.remark.clone()).unwrap_or_default(),
        follow_up: value.is_some_and(|value| value.follow_up),
        levels: Level::ALL.iter().map(|one| Choice::new(one.code(), l.t(one.name_vi()))).collect(),
        files: match value {
            Some(value) => cell
                .files
                .iter()
                .map(|file| (format!("/noi-bo/so-lieu/{}/tep/{}", value.id, file.id), file.name.clone()))
                .collect(),
            None => Vec::new(),
        },
        events: cell.events.iter().rev().map(happened).collect(),
        approved: cell.approval.as_ref().map(|one| format!("{}, {}", one.name, at(one.at))).unwrap_or_default(),
        open,
        may_enter: cell.may_enter,
        may_submit: cell.may_enter && state == Some(State::Draft),
        may_decide: cell.may_approve && state == Some(State::Pending) && !own,
        may_reopen: cell.may_reopen && state == Some(State::Approved),
        may_follow: value.is_some() && (cell.may_approve || cell.may_enter),
        version,
        both,
        form,
    }
}

async fn find(here: &Here, id: IndicatorId, period: &str, unit: &str) -> Result<Cell, Refusal> {
    let period: ReportPeriod = period.parse().map_err(|_| Refusal::not_found())?;
    let unit = match unit {
        "" => None,
        unit => Some(unit.parse().map_err(|_| Refusal::not_found())?),
    };
    queries::cell(&here.ctx(), id, period, unit).await.map_err(refusal)
}

/// The page of a value's cell, with a form as it was sent.
pub(super) async fn of_value(here: &Here, id: ValueId, form: Form) -> Result<CellPage, Refusal> {
    let (indicator, value) = queries::value(&here.ctx(), id).await.map_err(refusal)?;
    let cell = queries::cell(&here.ctx(), indicator.id, value.period, value.unit).await.map_err(refusal)?;
    Ok(cell_page(here, &cell, form, false, None))
}

pub async fn show(here: Here, Path(id): Path<IndicatorId>, Query(asked): Query<Asked>) -> Answer {
    let cell = find(&here, id, &asked.ky, &asked.don_vi).await?;
    Ok(page(&cell_page(&here, &cell, Form::empty(), false, None)))
}

pub async fn save(here: Here, Path(id): Path<IndicatorId>, mut form: Form) -> Answer {
    let cell = find(&here, id, form.value("ky"), form.value("don-vi")).await?;
    let how = cell.definition.counting.clone();
    let mut amount = None;
    if how.nature == Nature::Quantitative {
        match Amount::parse(form.value("so-lieu"), how.places) {
            Ok(typed) => amount = Some(typed),
            Err(NumberFault::Empty) => {
                form.refuse("so-lieu", "Nhập số liệu; chưa có thì để đơn vị ở trạng thái chưa báo cáo")
            }
            Err(fault) => form.refuse("so-lieu", sentence(&fault)),
        }
    }
    for (field, most) in [("giai-trinh", 2_000), ("tu-thuat", 10_000)] {
        if form.value(field).chars().count() > most {
            form.refuse(field, format!("Rút ngắn còn tối đa {most} ký tự"));
        }
    }
    if !form.is_good() {
        return Ok(mend(&cell_page(&here, &cell, form, true, None)));
    }
    let new = NewValue {
        indicator: id,
        unit: cell.unit,
        period: cell.period,
        amount,
        level: Level::from_code(form.value("muc")),
        narrative: form.value("tu-thuat").to_owned(),
        remark: form.value("giai-trinh").to_owned(),
        follow_up: form.value("theo-doi") == "co",
        seen: form.value("phien-ban").parse().unwrap_or(-1),
    };
    let (field, error) = match entry::save(&here.ctx(), &new).await {
        Ok(_) => return Ok(Redirect::to(&url(id, cell.period, cell.unit)).into_response()),
        Err(TargetsError::Changed) => {
            // Nobody silently wins: both are shown, and whoever came second chooses.
            let cell = queries::cell(&here.ctx(), id, cell.period, cell.unit).await.map_err(refusal)?;
            let mine = match new.level {
                Some(level) if amount.is_none() => here.visit.lang.t(level.name_vi()).to_owned(),
                _ => amount_words(&cell, amount),
            };
            form.refuse("chon", sentence(&TargetsError::Changed));
            return Ok(mend(&cell_page(&here, &cell, form, true, Some(mine))));
        }
        Err(error @ TargetsError::OutOfRange { .. }) => ("so-lieu", error),
        Err(error @ TargetsError::Outlier { .. }) => ("giai-trinh", error),
        Err(error @ TargetsError::Missing("nhập số liệu")) => ("so-lieu", error),
        Err(error @ TargetsError::Missing(_)) => ("tu-thuat", error),
        Err(error) => return Err(refusal(error)),
    };
    form.refuse(field, sentence(&error));
    Ok(mend(&cell_page(&here, &cell, form, true, None)))
}
