//! What is marked to be looked at again.

use askama::Template;
use office::targets::queries;

use super::{refusal, shown};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, show as page};

struct Row {
    url: String,
    name: String,
    unit: String,
    period: String,
    amount: String,
    remark: String,
    state: office::targets::model::State,
}

#[derive(Template)]
#[template(path = "targets/followed.html")]
struct FollowedPage {
    frame: Frame,
    rows: Vec<Row>,
}

pub async fn show(here: Here) -> Answer {
    let found = queries::followed(&here.ctx()).await.map_err(refusal)?;
    let row = |one: queries::Waiting| {
        let how = one.indicator.definition_for(one.value.period).map(|one| one.counting.clone());
        Row {
            url: super::cell::url(one.indicator.id, one.value.period, one.value.unit),
            name: format!("{} {}", one.indicator.code, how.as_ref().map(|how| how.name.as_str()).unwrap_or_default()),
            unit: one.unit_name,
            period: one.value.period.name_vi(),
            amount: match (one.value.amount, &how) {
                (Some(amount), Some(how)) => shown(amount, how),
                _ => String::new(),
            },
            remark: one.value.remark,
            state: one.value.state,
        }
    };
    let frame = here.frame(here.visit.lang.t("Số liệu cần xem lại"), Place::Targets);
    Ok(page(&FollowedPage { frame, rows: found.into_iter().map(row).collect() }))
}
