//! The library of models for everybody, without an account.

use askama::Template;
use axum::extract::{Path, Query};
use kernel::numbers::short_date;
use office::initiatives::library::{self, PublicModel};
use serde::Deserialize;

use super::refusal;
use super::show::{EffectLine, effect_line};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, show as page};
use crate::urls::encode;

/// What is asked for.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    tim: String,
    #[serde(default)]
    trang: String,
}

struct Row {
    url: String,
    title: String,
    unit: String,
    field: &'static str,
    adopters: usize,
}

#[derive(Template)]
#[template(path = "initiatives/models.html")]
struct ListPage {
    frame: Frame,
    text: String,
    rows: Vec<Row>,
    newer: String,
    older: String,
}

pub async fn list(here: Here, Query(asked): Query<Asked>) -> Answer {
    let place: i64 = asked.trang.parse().unwrap_or_default();
    let text = kernel::text::clean_line(&asked.tim);
    let (found, more) = library::models(&here.ctx(), &text, place).await.map_err(refusal)?;
    let address = |place: i64| format!("/mo-hinh?tim={}&trang={place}", encode(&text));
    Ok(page(&ListPage {
        frame: here.frame(here.visit.lang.t("Mô hình, cách làm hay"), Place::None),
        rows: found
            .into_iter()
            .map(|one| Row {
                url: format!("/mo-hinh/{}", one.code),
                title: one.model.title,
                unit: one.unit,
                field: one.field.name_vi(),
                adopters: one.adopters.len(),
            })
            .collect(),
        newer: if place > 0 { address(place - 1) } else { String::new() },
        older: if more { address(place + 1) } else { String::new() },
        text,
    }))
}

#[derive(Template)]
#[template(path = "initiatives/model.html")]
struct ModelPage {
    frame: Frame,
    unit: String,
    field: &'static str,
    levels: String,
    on: String,
    names: String,
    problem: Vec<String>,
    solution: Vec<String>,
    effects: Vec<EffectLine>,
    adopters: Vec<String>,
}

pub async fn show(here: Here, Path(code): Path<String>) -> Answer {
    let PublicModel { model, field, unit, names, effects, levels, adopters, .. } =
        library::model(&here.ctx(), &code).await.map_err(refusal)?;
    let l = here.visit.lang;
    let paragraphs = |text: &str| text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect();
    Ok(page(&ModelPage {
        frame: here.frame(&model.title, Place::None),
        unit,
        field: field.name_vi(),
        levels: levels.iter().map(|level| l.t(level.name_vi())).collect::<Vec<_>>().join(", "),
        on: short_date(model.published_on),
        names: names.join(", "),
        problem: paragraphs(&model.problem),
        solution: paragraphs(&model.solution),
        effects: effects.iter().map(effect_line).collect(),
        adopters,
    }))
}
