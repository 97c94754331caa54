//! The acts that rules rest on: their days, how sure they are, and which end without a successor.

use askama::Template;
use axum::extract::Query;
use kernel::numbers::{long_date, short_date};
use office::awards::adoptions;
use serde::Deserialize;

use super::words;
use crate::awards::refusal;
use crate::form::Form;
use crate::here::Here;
use crate::page::{Answer, Frame, Place, mend, show as page};

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct Typed {
    ngay: String,
}

struct Resting {
    id: String,
    title: String,
    lost: bool,
    waits: bool,
}

struct ActRow {
    number: String,
    title: String,
    days: String,
    ended_by: String,
    source: String,
    confidence: &'static str,
    tone: &'static str,
    state: &'static str,
    /// The warning; empty when nothing is to be done.
    lost: usize,
    until: String,
    waits: usize,
    rules: Vec<Resting>,
}

#[derive(Template)]
#[template(path = "law/acts.html")]
struct ActsPage {
    frame: Frame,
    form: Form,
    acts: Vec<ActRow>,
    day: String,
    day_iso: String,
}

pub async fn list(here: Here, Query(typed): Query<Typed>) -> Answer {
    let standing = adoptions::read(&here.ctx()).await.map_err(refusal)?;
    let today = here.visit.today;
    let mut form = Form::filled([("ngay", if typed.ngay.is_empty() { short_date(today) } else { typed.ngay.clone() })]);
    let on = form.day_or("ngay", today);
    let book = &here.house.rules;
    let waiting = adoptions::waiting(book, on, &standing);
    let acts = book.acts(on).into_iter().map(|act| {
        let lost: Vec<String> = act.without_successor().map(|rule| rule.id.clone()).collect();
        let waits =
            |id: &str| waiting.iter().any(|one| one.version.basis.instrument == act.instrument.id && one.rule.id == id);
        let rules: Vec<Resting> = act
            .rules
            .iter()
            .map(|rule| Resting {
                lost: lost.contains(&rule.id),
                waits: waits(&rule.id),
                id: rule.id.clone(),
                title: rule.title_vi.clone(),
            })
            .collect();
        ActRow {
            number: act.instrument.number.clone(),
            title: act.instrument.title_vi.clone(),
            days: words::days(act.instrument.from, act.instrument.until),
            ended_by: act.instrument.ended_by.clone().unwrap_or_default(),
            source: act.instrument.source.clone(),
            confidence: act.instrument.confidence.name_vi(),
            tone: if lost.is_empty() { words::act_tone(act.state) } else { "bad" },
            state: act.state.name_vi(),
            lost: lost.len(),
            until: act.instrument.until.map(short_date).unwrap_or_default(),
            waits: rules.iter().filter(|rule| rule.waits).count(),
            rules,
        }
    });
    let shown = ActsPage {
        frame: here.frame(here.visit.lang.t("Văn bản mà quy tắc dựa vào"), Place::Law).faulty(!form.is_good()),
        acts: acts.collect(),
        day: long_date(on),
        day_iso: on.to_string(),
        form,
    };
    Ok(if shown.form.is_good() { page(&shown) } else { mend(&shown) })
}
