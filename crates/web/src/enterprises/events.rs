//! All that was done for enterprises: support by kind, connections and what came of them, conversions; each
//! number beside the list that it counts.

use askama::Template;
use axum::extract::Query;
use kernel::numbers::short_date;
use office::enterprises::model::{Partner, Record, Size};
use office::enterprises::queries::{self, Events, Overview};
use office::organization::EnterpriseId;
use serde::Deserialize;

use super::refusal;
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, mend, show as page};
use crate::say::Lang;

/// What is asked for.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default, rename = "tu-ngay")]
    tu_ngay: String,
    #[serde(default, rename = "den-ngay")]
    den_ngay: String,
    #[serde(default)]
    khoan: String,
    #[serde(default)]
    don_vi: String,
}

/// An event as the lists show it.
struct Line {
    on: String,
    url: String,
    name: String,
    kind: String,
    what: String,
    unit: String,
    clause: String,
    /// The partner of a connection, or what an entry became.
    other: String,
}

#[derive(Template)]
#[template(path = "enterprises/events.html")]
struct EventsPage {
    frame: Frame,
    form: Form,
    clauses: Vec<Choice>,
    units: Vec<Choice>,
    kinds: Vec<(&'static str, usize, usize)>,
    supports: Vec<Line>,
    outcomes: Vec<(&'static str, usize)>,
    connections: Vec<Line>,
    converted: Vec<(&'static str, usize)>,
    conversions: Vec<Line>,
}

/// The steps of a growth in words.
pub(super) fn grown(l: Lang, sizes: Option<(Size, Size)>) -> String {
    sizes.map_or_else(String::new, |(from, to)| format!("{} → {}", l.t(from.name_vi()), l.t(to.name_vi())))
}

impl Line {
    fn of(found: &Overview, id: EnterpriseId, record: &Record) -> Self {
        let (stays, name) = found.named(id);
        Self {
            on: short_date(record.on),
            url: format!("/noi-bo/doanh-nghiep/{stays}"),
            name,
            kind: String::new(),
            what: String::new(),
            unit: found.units.get(&record.unit).cloned().unwrap_or_default(),
            clause: record.clause.clone(),
            other: String::new(),
        }
    }
}

fn connection_lines(l: Lang, found: &Overview) -> Vec<Line> {
    let line = |one: &office::enterprises::model::Connection| {
        let words = one.outcome.as_ref().map(|(_, on, words)| format!(" {}: {words}", short_date(*on)));
        Line {
            kind: l.t(one.kind.name_vi()).to_owned(),
            other: match &one.partner {
                Partner::Registered(id) => found.named(*id).1,
                Partner::Outside(name) => name.clone(),
            },
            what: format!("{} · {}{}", one.what, l.t(one.outcome_kind().name_vi()), words.unwrap_or_default()),
            ..Line::of(found, one.enterprise, &one.record)
        }
    };
    found.connections.iter().map(line).collect()
}

fn conversion_lines(l: Lang, found: &Overview) -> Vec<Line> {
    let line = |one: &office::enterprises::model::Conversion| Line {
        kind: l.t(one.kind.name_vi()).to_owned(),
        what: one.document.clone(),
        other: one.became.map_or_else(|| grown(l, one.sizes), |id| found.named(id).1),
        ..Line::of(found, one.enterprise, &one.record)
    };
    found.conversions.iter().map(line).collect()
}

pub async fn show(here: Here, Query(asked): Query<Asked>) -> Answer {
    let (ctx, l) = (here.ctx(), here.visit.lang);
    let mut form = Form::filled([
        ("tu-ngay", asked.tu_ngay),
        ("den-ngay", asked.den_ngay),
        ("khoan", asked.khoan.clone()),
        ("don_vi", asked.don_vi.clone()),
    ]);
    let (from, to) = (form.day("tu-ngay"), form.day("den-ngay"));
    let clause = Some(asked.khoan).filter(|clause| !clause.is_empty());
    let found = Events { from, to, clause, unit: asked.don_vi.parse().ok() };
    let found = queries::overview(&ctx, &found).await.map_err(refusal)?;
    let support = |one: &office::enterprises::model::Support| Line {
        kind: l.t(one.kind.name_vi()).to_owned(),
        what: one.what.clone(),
        other: one.document.clone(),
        ..Line::of(&found, one.enterprise, &one.record)
    };
    let good = form.is_good();
    let made = EventsPage {
        frame: here.frame(l.t("Hỗ trợ, kết nối, chuyển đổi"), Place::Enterprises).faulty(!good),
        form,
        clauses: crate::tasks::clauses(&here.house),
        units: found.units.iter().map(|(id, name)| Choice::new(id, name.clone())).collect(),
        kinds: found.supports_by_kind().into_iter().map(|(kind, times, to)| (kind.name_vi(), times, to)).collect(),
        supports: found.supports.iter().map(support).collect(),
        outcomes: found.connections_by_outcome().into_iter().map(|(kind, many)| (kind.name_vi(), many)).collect(),
        connections: connection_lines(l, &found),
        converted: found.converted().into_iter().map(|(kind, many)| (kind.name_vi(), many)).collect(),
        conversions: conversion_lines(l, &found),
    };
    Ok(if good { page(&made) } else { mend(&made) })
}
