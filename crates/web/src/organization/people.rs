//! The list of people.

use std::sync::Arc;

use askama::Template;
use axum::extract::Query;
use kernel::Permission;
use office::organization::model::UnitView;
use office::organization::queries::{self, Filter, PersonLine, Place as Mark};
use serde::Deserialize;

use super::refusal;
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, show as page};
use crate::urls;

/// How many people stand on a page.
const PAGE: usize = 50;

/// What the list is narrowed to.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    tim: String,
    #[serde(default)]
    don_vi: String,
    #[serde(default)]
    sau: String,
    sau_ma: Option<uuid::Uuid>,
}

#[derive(Template)]
#[template(path = "organization/people.html")]
struct PeoplePage {
    frame: Frame,
    form: Form,
    units: Vec<Choice>,
    found: Arc<Listed>,
    next: Option<String>,
    may_manage: bool,
}

/// One page of the list, with the units it can be narrowed to.
struct Listed {
    units: Vec<UnitView>,
    lines: Vec<PersonLine>,
    /// Whether more follow.
    more: bool,
}

async fn listed(here: &Here, filter: &Filter, after: &Mark) -> Result<Listed, Refusal> {
    let ctx = here.ctx();
    let mut tx = ctx.read().await?;
    let units = queries::units(&mut tx, ctx.today()).await?;
    let mut lines = queries::people_in(&ctx, &mut tx, filter, after, PAGE + 1).await.map_err(refusal)?;
    let more = lines.len() > PAGE;
    lines.truncate(PAGE);
    Ok(Listed { units, lines, more })
}

pub async fn list(here: Here, Query(asked): Query<Asked>) -> Answer {
    let ctx = here.ctx();
    let filter = Filter { unit: asked.don_vi.parse().ok(), text: asked.tim.clone(), day: ctx.today() };
    let after = asked.sau_ma.map_or_else(Mark::beginning, |id| Mark { key: asked.sau, id });
    let found = ctx.kept(&format!("{filter:?} {after:?}"), listed(&here, &filter, &after)).await?;
    let next = found.lines.last().filter(|_| found.more).map(|last| {
        let mark = Mark::after(&last.person);
        let (text, unit) = (urls::encode(&asked.tim), urls::encode(&asked.don_vi));
        format!("/noi-bo/con-nguoi?tim={text}&don_vi={unit}&sau={}&sau_ma={}", urls::encode(&mark.key), mark.id)
    });
    Ok(page(&PeoplePage {
        frame: here.frame(here.visit.lang.t("Đơn vị, con người"), Place::People),
        form: Form::filled([("tim", asked.tim), ("don_vi", asked.don_vi)]),
        units: found.units.iter().map(|unit| Choice::new(unit.id, &unit.name)).collect(),
        found,
        next,
        may_manage: ctx.may(Permission::ManagePeople).is_ok(),
    }))
}
