//! Obstacles: petitions about the same thing, proposed, decided, given back to each sender.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use kernel::Permission;
use kernel::numbers::short_date;
use office::petitions::PetitionsError;
use office::petitions::obstacles::{self, Gathered, ObstacleId, ObstacleState};

use super::refusal;
use crate::form::Form;
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show as page};

#[derive(Template)]
#[template(path = "petitions/obstacles.html")]
struct ListPage {
    frame: Frame,
    form: Form,
    all: Vec<Gathered>,
    registers: bool,
}

#[derive(Template)]
#[template(path = "petitions/obstacle.html")]
struct ShowPage {
    frame: Frame,
    form: Form,
    one: Gathered,
    proposed: String,
    decided: String,
    may_gather: bool,
    may_decide: bool,
}

async fn list_page(here: &Here, form: Form) -> Result<ListPage, Refusal> {
    let ctx = here.ctx();
    Ok(ListPage {
        frame: here.frame(here.visit.lang.t("Vướng mắc chung"), Place::Petitions).faulty(!form.is_good()),
        all: obstacles::list(&ctx).await.map_err(refusal)?,
        registers: ctx.may(Permission::RegisterPetitions).is_ok(),
        form,
    })
}

pub async fn list(here: Here) -> Answer {
    Ok(page(&list_page(&here, Form::empty()).await?))
}

pub async fn create(here: Here, mut form: Form) -> Answer {
    match obstacles::open(&here.ctx(), form.value("ten-vuong-mac"), form.value("mo-ta")).await {
        Ok(id) => Ok(Redirect::to(&format!("/noi-bo/vuong-mac/{id}")).into_response()),
        Err(error) => {
            let Some(field) = error.field() else { return Err(refusal(error)) };
            form.refuse(field, sentence(&error));
            Ok(mend(&list_page(&here, form).await?))
        }
    }
}

async fn show_page(here: &Here, id: ObstacleId, form: Form) -> Result<ShowPage, Refusal> {
    let ctx = here.ctx();
    let one = obstacles::detail(&ctx, id).await.map_err(refusal)?;
    let state = one.obstacle.state;
    Ok(ShowPage {
        frame: here.frame(&one.obstacle.title, Place::Petitions).faulty(!form.is_good()),
        proposed: one.obstacle.proposed_on.map(short_date).unwrap_or_default(),
        decided: one.obstacle.decided_on.map(short_date).unwrap_or_default(),
        may_gather: state == ObstacleState::Open && ctx.may(Permission::RegisterPetitions).is_ok(),
        may_decide: state == ObstacleState::Proposed && ctx.may(Permission::SignPetitions).is_ok(),
        one,
        form,
    })
}

pub async fn show(here: Here, Path(id): Path<ObstacleId>) -> Answer {
    Ok(page(&show_page(&here, id, Form::empty()).await?))
}

async fn answered(here: &Here, id: ObstacleId, mut form: Form, done: Result<(), PetitionsError>) -> Answer {
    let error = match done {
        Ok(()) => return Ok(Redirect::to(&format!("/noi-bo/vuong-mac/{id}")).into_response()),
        Err(error) => error,
    };
    let Some(field) = error.field() else { return Err(refusal(error)) };
    form.refuse(field, sentence(&error));
    Ok(mend(&show_page(here, id, form).await?))
}

fn seen(form: &Form) -> i64 {
    form.line("ban").parse().unwrap_or_default()
}

pub async fn gather(here: Here, Path(id): Path<ObstacleId>, form: Form) -> Answer {
    let done = obstacles::gather(&here.ctx(), id, form.value("so-vu-viec")).await;
    answered(&here, id, form, done).await
}

pub async fn propose(here: Here, Path(id): Path<ObstacleId>, form: Form) -> Answer {
    let done = obstacles::propose(&here.ctx(), id, seen(&form), form.value("so-to-trinh")).await;
    answered(&here, id, form, done).await
}

pub async fn decide(here: Here, Path(id): Path<ObstacleId>, form: Form) -> Answer {
    let words = (form.value("so-quyet-dinh"), form.value("ket-qua"));
    let done = obstacles::decide(&here.ctx(), id, seen(&form), words).await;
    answered(&here, id, form, done.map(|_| ())).await
}
