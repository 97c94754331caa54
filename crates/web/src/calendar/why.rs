//! Why a consultation ends on its day.

use askama::Template;
use axum::extract::Path;
use kernel::calendar::{Length, Term};
use office::awards::CampaignId;
use office::awards::terms;

use super::explained::{ExplainedView, full_day};
use super::moves::{self, MoveLine};
use crate::awards::refusal;
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, show as page};

#[derive(Template)]
#[template(path = "calendar/why.html")]
struct WhyPage {
    frame: Frame,
    campaign: CampaignId,
    name: String,
    ground: String,
    explained: ExplainedView,
    /// The last day that is kept, when counting anew gives another one.
    kept: String,
    moves: Vec<MoveLine>,
}

pub async fn consultation(here: Here, Path(id): Path<CampaignId>) -> Answer {
    let ctx = here.ctx();
    let l = here.visit.lang;
    let mut tx = ctx.read().await.map_err(|error| Refusal::store(&error))?;
    let term = terms::consultation(&ctx, &mut tx, id).await.map_err(refusal)?;
    drop(tx);
    let length = Length::WorkingDays(term.days);
    let explained = ctx.calendar().explain(&Term::new(term.from, length));
    Ok(page(&WhyPage {
        frame: here.frame(&format!("{}: {}", l.t("Vì sao là ngày này"), term.name), Place::Awards),
        campaign: id,
        kept: if explained.due == Some(term.last) { String::new() } else { full_day(l, term.last) },
        explained: ExplainedView::of(l, term.from, length, &explained),
        moves: moves::of_consultation(&ctx, id).await?,
        name: term.name,
        ground: term.ground.unwrap_or_default(),
    }))
}
