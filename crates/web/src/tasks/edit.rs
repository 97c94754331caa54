//! The form in which a task is assigned, and the one in which it is changed.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect};
use kernel::id::{PersonId, UnitId};
use office::tasks::model::Content;
use office::tasks::queries;
use office::tasks::service::{self, NewTask};
use office::tasks::{TaskId, TasksError, changes};
use serde::Deserialize;

use super::{clauses, refusal};
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show as page};

/// People of one unit to choose from.
struct Team {
    unit: String,
    people: Vec<Choice>,
    open: bool,
}

#[derive(Template)]
#[template(path = "tasks/edit.html")]
struct EditPage {
    frame: Frame,
    form: Form,
    action: String,
    back: String,
    is_new: bool,
    parent: String,
    clauses: Vec<Choice>,
    units: Vec<Choice>,
    all_units: Vec<Choice>,
    teams: Vec<Team>,
}

/// The task that a new one is to be a part of.
#[derive(Deserialize, Default)]
pub struct Under {
    #[serde(default)]
    cha: String,
}

async fn edit_page(here: &Here, task: Option<TaskId>, form: Form) -> Result<EditPage, Refusal> {
    let (ctx, l) = (here.ctx(), here.visit.lang);
    let (own, all) = queries::units(&ctx).await.map_err(refusal)?;
    let mut teams: Vec<Team> = Vec::new();
    let people = queries::people(&ctx).await.map_err(refusal)?;
    let only = people.first().is_none_or(|(first, ..)| people.iter().all(|(unit, ..)| unit.id == first.id));
    for (unit, person, name) in people {
        let choice = Choice::new(person, name);
        let chosen = form.chosen("nguoi", &choice.value);
        match teams.last_mut().filter(|team| team.unit == unit.name) {
            Some(team) => {
                team.open |= chosen;
                team.people.push(choice);
            }
            None => teams.push(Team { unit: unit.name, people: vec![choice], open: only || chosen }),
        }
    }
    let parent = match form.value("cha").parse::<TaskId>() {
        Ok(id) => {
            let parent = queries::detail(&ctx, id).await.map_err(refusal)?;
            format!("{} {}", parent.listed.task.code, parent.listed.task.content.title)
        }
        Err(_) => String::new(),
    };
    let unit = |unit: &office::organization::UnitView| Choice::new(unit.id, &unit.name);
    let title = if task.is_none() { l.t("Giao nhiệm vụ") } else { l.t("Sửa nhiệm vụ") };
    Ok(EditPage {
        frame: here.frame(title, Place::Tasks).faulty(!form.is_good()),
        action: task.map_or_else(|| "/noi-bo/nhiem-vu/moi".to_owned(), |id| format!("/noi-bo/nhiem-vu/{id}/sua")),
        back: task.map_or_else(|| "/noi-bo/nhiem-vu".to_owned(), |id| format!("/noi-bo/nhiem-vu/{id}")),
        is_new: task.is_none(),
        parent,
        clauses: clauses(&here.house),
        units: own.iter().map(unit).collect(),
        all_units: all.iter().map(unit).collect(),
        teams,
        form,
    })
}

pub async fn new(here: Here, Query(under): Query<Under>) -> Answer {
    let form = Form::filled([("trong-so", "1".to_owned()), ("cha", under.cha)]);
    Ok(page(&edit_page(&here, None, form).await?))
}

/// What the form says of a task.
fn content(form: &mut Form) -> Content {
    let title = form.required_line("ten", 300, "Nhập tên nhiệm vụ");
    let weight = form.value("trong-so").trim().parse().unwrap_or(0);
    if form.value("khoan").is_empty() {
        form.refuse("khoan", sentence(&TasksError::NoClause));
    }
    Content {
        clause: form.line("khoan"),
        title,
        description: form.value("mo-ta").to_owned(),
        weight,
        coordinating: form.all("phoi-hop").iter().filter_map(|id| id.parse::<UnitId>().ok()).collect(),
        doers: form.all("nguoi").iter().filter_map(|id| id.parse::<PersonId>().ok()).collect(),
    }
}

/// The field at which a fault of the content is mended; none when it is no fault of a field.
fn field(error: &TasksError) -> Option<&'static str> {
    match error {
        TasksError::NoClause => Some("khoan"),
        TasksError::NoTitle => Some("ten"),
        TasksError::OddWeight { .. } => Some("trong-so"),
        TasksError::UnitEnded => Some("don-vi"),
        TasksError::DueBefore { .. } => Some("han"),
        TasksError::Unknown(what) if what.starts_with("người") => Some("nguoi"),
        _ => None,
    }
}

pub async fn create(here: Here, mut form: Form) -> Answer {
    let content = content(&mut form);
    let unit = form.choice::<UnitId>("don-vi", "Chọn đơn vị chủ trì");
    let due_on = form.required_day("han", "Nhập hạn hoàn thành");
    let (Some(unit), Some(due_on), true) = (unit, due_on, form.is_good()) else {
        return Ok(mend(&edit_page(&here, None, form).await?));
    };
    let parent = form.value("cha").parse().ok();
    match service::assign(&here.ctx(), &NewTask { code: String::new(), unit, parent, due_on, content }).await {
        Ok(id) => Ok(Redirect::to(&format!("/noi-bo/nhiem-vu/{id}")).into_response()),
        Err(error) => {
            let Some(field) = field(&error) else { return Err(refusal(error)) };
            form.refuse(field, sentence(&error));
            Ok(mend(&edit_page(&here, None, form).await?))
        }
    }
}

pub async fn edit(here: Here, Path(id): Path<TaskId>) -> Answer {
    let detail = queries::detail(&here.ctx(), id).await.map_err(refusal)?;
    let task = detail.listed.task;
    let content = task.content;
    let mut form = Form::filled([
        ("ten", content.title),
        ("mo-ta", content.description),
        ("khoan", content.clause),
        ("trong-so", content.weight.to_string()),
        ("phien-ban", task.version.to_string()),
    ]);
    for unit in content.coordinating {
        form.put("phoi-hop", unit.to_string());
    }
    for person in content.doers {
        form.put("nguoi", person.to_string());
    }
    Ok(page(&edit_page(&here, Some(id), form).await?))
}

pub async fn update(here: Here, Path(id): Path<TaskId>, mut form: Form) -> Answer {
    let mut content = content(&mut form);
    // Whoever the actor may not name stays as he is: he is not in the form.
    let detail = queries::detail(&here.ctx(), id).await.map_err(refusal)?;
    let named: Vec<PersonId> =
        queries::people(&here.ctx()).await.map_err(refusal)?.into_iter().map(|(_, person, _)| person).collect();
    content.doers.extend(detail.listed.task.content.doers.iter().filter(|one| !named.contains(one)));
    let seen = form.value("phien-ban").parse::<i64>().unwrap_or(0);
    if !form.is_good() {
        return Ok(mend(&edit_page(&here, Some(id), form).await?));
    }
    match changes::edit(&here.ctx(), id, seen, &content).await {
        Ok(()) => Ok(Redirect::to(&format!("/noi-bo/nhiem-vu/{id}")).into_response()),
        Err(error) => {
            let Some(field) = field(&error) else { return Err(refusal(error)) };
            form.refuse(field, sentence(&error));
            Ok(mend(&edit_page(&here, Some(id), form).await?))
        }
    }
}
