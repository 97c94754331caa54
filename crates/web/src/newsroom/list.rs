//! The stories of the column from the inside, by state.

use askama::Template;
use axum::extract::Query;
use kernel::Permission;
use office::decisions::model::DecisionState;
use office::decisions::queries as decisions;
use office::newsroom::model::StateKind;
use office::newsroom::{StoryId, queries};
use serde::Deserialize;

use super::{moment, refusal};
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
    id: StoryId,
    title: String,
    kind: &'static str,
    clause: String,
    by: String,
    state: StateKind,
    at: String,
    /// Out, and yet hidden: somebody in it has not agreed, or no longer.
    hidden: bool,
}

#[derive(Template)]
#[template(path = "newsroom/list.html")]
struct ListPage {
    frame: Frame,
    form: Form,
    states: Vec<Choice>,
    rows: Vec<Row>,
    decisions: Vec<Choice>,
    may_write: bool,
}

pub async fn show(here: Here, Query(asked): Query<Asked>) -> Answer {
    let (ctx, l) = (here.ctx(), here.visit.lang);
    let found = queries::list(&ctx, StateKind::from_code(&asked.trang_thai)).await.map_err(refusal)?;
    let row = |(story, shown): (office::newsroom::model::Story, bool)| Row {
        hidden: !shown && story.is_out(here.house.clock.now()),
        id: story.id,
        kind: story.kind.name_vi(),
        clause: story.clause,
        by: story.written_name,
        state: story.state,
        at: story.publish_at.map(moment).unwrap_or_default(),
        title: story.text.title,
    };
    let may_write = ctx.may(Permission::WriteStories).is_ok();
    Ok(page(&ListPage {
        frame: here.frame(l.t("Chuyên mục khen thưởng"), Place::Newsroom),
        states: StateKind::ALL.iter().map(|one| Choice::new(one.code(), l.t(one.name_vi()))).collect(),
        rows: found.into_iter().map(row).collect(),
        decisions: if may_write { issued(&here).await? } else { Vec::new() },
        may_write,
        form: Form::filled([("trang_thai", asked.trang_thai)]),
    }))
}

/// The issued decisions, to choose from.
pub async fn issued(here: &Here) -> Result<Vec<Choice>, Refusal> {
    let found = decisions::list(&here.ctx()).await.map_err(|error| Refusal::broken(&error))?;
    let choice = |one: &office::decisions::model::Decision| {
        let day = one.issued_on.map(kernel::numbers::short_date).unwrap_or_default();
        Choice::new(one.id, format!("{}, {day}", one.number_text()))
    };
    Ok(found.iter().filter(|one| one.state == DecisionState::Issued).map(choice).collect())
}
