//! A unit's programme: its versions, what changed, what happens to it.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::Permission;
use kernel::id::UnitId;
use kernel::numbers::short_date;
use office::programmes::decision::Difference;
use office::programmes::model::{Edition, State};
use office::programmes::queries::{self, Detail};
use office::programmes::{ProgrammesError, papers as documents, service};

use super::{refusal, when};
use crate::files::{PDF, hand_out_paper};
use crate::form::Form;
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show as page};

#[derive(Template)]
#[template(path = "programmes/show.html")]
struct ShowPage {
    frame: Frame,
    form: Form,
    detail: Detail,
    edition: Option<Edition>,
    difference: Option<Difference>,
    lines: Vec<(office::programmes::model::Line, String)>,
    events: Vec<(office::programmes::model::Event, String)>,
    in_force: bool,
    may_edit: bool,
    may_submit: bool,
    may_amend: bool,
    may_decide: bool,
    reason: String,
    hint: String,
}

async fn show_page(here: &Here, unit: UnitId, number: Option<i64>, form: Form) -> Result<ShowPage, Refusal> {
    let ctx = here.ctx();
    let detail = queries::detail(&ctx, unit).await.map_err(refusal)?;
    let last = detail.editions.last().map(|one| one.number);
    let shown = number.or(last).and_then(|number| detail.edition(number));
    if number.is_some() && shown.is_none() {
        return Err(Refusal::not_found());
    }
    let (edition, difference) = shown.map_or((None, None), |(edition, difference)| (Some(edition.clone()), difference));
    let approved = detail.editions.iter().filter(|one| one.state == State::Approved).map(|one| one.number).max();
    let newest = edition.as_ref().is_none_or(|one| Some(one.number) == last);
    let state = edition.as_ref().map(|one| one.state);
    let may_write = ctx.may_in(Permission::WriteProgramme, unit).is_ok() && detail.unit.period.contains(ctx.today());
    let editable = newest && matches!(state, None | Some(State::Draft | State::Returned));
    let returned = detail.events.iter().rev().find(|one| one.state == State::Returned);
    Ok(ShowPage {
        frame: here.frame(&detail.unit.name, Place::Programmes).faulty(!form.is_good()),
        lines: edition
            .iter()
            .flat_map(|one| &one.content.lines)
            .map(|line| (line.clone(), line.due_on.map(short_date).unwrap_or_default()))
            .collect(),
        events: detail.events.iter().rev().map(|one| (one.clone(), when(one.at))).collect(),
        in_force: edition.as_ref().is_some_and(|one| Some(one.number) == approved),
        may_edit: may_write && editable,
        may_submit: may_write && editable && edition.is_some(),
        may_amend: may_write && newest && state == Some(State::Approved),
        may_decide: newest && state == Some(State::Submitted) && ctx.may(Permission::ApproveProgramme).is_ok(),
        reason: returned
            .filter(|_| newest && state == Some(State::Returned))
            .map(|one| one.reason.clone())
            .unwrap_or_default(),
        hint: format!(
            "{} {} {}",
            here.visit.lang.t("Ít nhất"),
            detail.shortest_reason,
            here.visit.lang.t("ký tự; người soạn đọc được lý do này")
        ),
        form,
        edition,
        difference,
        detail,
    })
}

fn back(unit: UnitId) -> Response {
    Redirect::to(&format!("/noi-bo/chuong-trinh/{unit}")).into_response()
}

pub async fn show(here: Here, Path(unit): Path<UnitId>) -> Answer {
    Ok(page(&show_page(&here, unit, None, Form::empty()).await?))
}

pub async fn show_edition(here: Here, Path((unit, number)): Path<(UnitId, i64)>) -> Answer {
    Ok(page(&show_page(&here, unit, Some(number), Form::empty()).await?))
}

pub async fn pdf(here: Here, Path((unit, number)): Path<(UnitId, i64)>) -> Answer {
    let detail = queries::detail(&here.ctx(), unit).await.map_err(refusal)?;
    let (edition, _) = detail.edition(number).ok_or_else(Refusal::not_found)?;
    let approved = detail.events.iter().find(|one| one.number == number && one.state == State::Approved);
    let paper = documents::programme(&here.house, &detail.unit, edition, approved.map(|one| one.name.as_str()));
    let bytes = papers::pdf(&paper).map_err(|error| Refusal::broken(&error))?;
    hand_out_paper(&here, (PDF, "chuong-trinh.pdf"), unit, bytes).await
}

pub async fn submit(here: Here, Path(unit): Path<UnitId>, mut form: Form) -> Answer {
    match service::submit(&here.ctx(), unit).await {
        Ok(()) => Ok(back(unit)),
        Err(error @ ProgrammesError::Incomplete { .. }) => {
            form.refuse("gui", sentence(&error));
            Ok(mend(&show_page(&here, unit, None, form).await?))
        }
        Err(error) => Err(refusal(error)),
    }
}

pub async fn amend(here: Here, Path(unit): Path<UnitId>) -> Answer {
    service::amend(&here.ctx(), unit).await.map_err(refusal)?;
    Ok(Redirect::to(&format!("/noi-bo/chuong-trinh/{unit}/soan")).into_response())
}

pub async fn approve(here: Here, Path(unit): Path<UnitId>, mut form: Form) -> Answer {
    let seen = form.choice::<i64>("phien-ban", "Mở lại trang rồi duyệt").unwrap_or(0);
    service::approve(&here.ctx(), unit, seen).await.map_err(refusal)?;
    Ok(back(unit))
}

pub async fn give_back(here: Here, Path(unit): Path<UnitId>, mut form: Form) -> Answer {
    match service::give_back(&here.ctx(), unit, form.value("ly-do")).await {
        Ok(()) => Ok(back(unit)),
        Err(error @ ProgrammesError::ShortReason { .. }) => {
            form.refuse("ly-do", sentence(&error));
            Ok(mend(&show_page(&here, unit, None, form).await?))
        }
        Err(error) => Err(refusal(error)),
    }
}
