//! A nomination: as it stands, or as it stood on a past day and by the law of a chosen one.

use askama::Template;
use axum::extract::{Path, Query};
use kernel::numbers::short_date;
use office::awards::model::NominationId;
use office::awards::past::{self, Days};
use office::awards::queries::{self, Nominated};

use super::explain::{Explanation, explain};
use super::{nominations, refusal};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, show as page};
use crate::then::{Then, Typed};

#[derive(Template)]
#[template(path = "awards/then.html")]
struct ThenPage {
    frame: Frame,
    line: Nominated,
    award: String,
    campaign_name: String,
    law_day: String,
    frozen_on: String,
    explanation: Option<Explanation>,
    then: Then,
}

pub async fn show(here: Here, Path(id): Path<NominationId>, Query(typed): Query<Typed>) -> Answer {
    let then = typed.read(&here, format!("/noi-bo/ho-so/{id}"), true);
    if !then.form.is_good() {
        return Ok(mend(&nominations::page_of(&here, id, then).await?));
    }
    if !then.is_past() {
        return Ok(page(&nominations::page_of(&here, id, then).await?));
    }
    let ctx = here.ctx();
    let days = Days { known_on: then.known_on, law_on: then.law_on };
    let found = past::verdict(&ctx, id, days).await.map_err(refusal)?;
    let mut tx = ctx.read().await.map_err(|error| Refusal::store(&error))?;
    let campaign = queries::campaign(&mut tx, found.line.campaign).await.map_err(refusal)?;
    drop(tx);
    Ok(page(&ThenPage {
        frame: here.frame(&found.line.name, Place::Awards),
        award: here.house.rules.award(found.line.award).name_vi.clone(),
        campaign_name: campaign.name,
        law_day: short_date(found.law_on),
        frozen_on: found.frozen_on.map(short_date).unwrap_or_default(),
        explanation: found.answer.as_ref().map(|answer| explain(&here.house.rules, answer)),
        line: found.line,
        then,
    }))
}
