//! The consultation: the accepted list for everybody, objections and how they were settled.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use kernel::Permission;
use kernel::numbers::short_date;
use office::awards::model::{CampaignId, NominationId, ObjectionId};
use office::awards::queries::{self, Nominated};
use office::awards::{AwardsError, review};

use super::refusal;
use crate::calendar::{self, MoveLine};
use crate::form::Form;
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show as page};

struct ObjectionLine {
    id: ObjectionId,
    name: String,
    statement: String,
    raised: String,
    settled: Option<(String, String, bool)>,
}

#[derive(Template)]
#[template(path = "awards/consultation.html")]
struct ConsultationPage {
    frame: Frame,
    form: Form,
    campaign: CampaignId,
    until: String,
    /// Whether an opinion may be sent today.
    open: bool,
    lines: Vec<(Nominated, String)>,
    objections: Option<Vec<ObjectionLine>>,
    may_settle: bool,
    moves: Vec<MoveLine>,
}

async fn consultation_page(here: &Here, id: CampaignId, form: Form) -> Result<ConsultationPage, Refusal> {
    let ctx = here.ctx();
    let mut tx = ctx.read().await.map_err(|error| Refusal::store(&error))?;
    let campaign = queries::campaign(&mut tx, id).await.map_err(refusal)?;
    let Some(period) = campaign.consultation else { return Err(Refusal::not_found()) };
    let lines = queries::before_council(&ctx, &mut tx, id).await.map_err(refusal)?;
    let everything = ctx.may(Permission::RunCampaign).is_ok();
    let objections = match queries::objections(&ctx, &mut tx, id).await {
        Ok(found) if everything => Some(found),
        _ => None,
    };
    let name = |nomination: NominationId| {
        lines.iter().find(|line| line.id == nomination).map_or_else(|| "–".to_owned(), |line| line.name.clone())
    };
    let objections = objections.map(|found| {
        let line = |one: office::awards::model::Objection| ObjectionLine {
            id: one.id,
            name: name(one.nomination),
            statement: one.statement,
            raised: short_date(one.raised_on),
            settled: one.settled.map(|settled| (short_date(settled.on), settled.words, settled.upheld)),
        };
        found.into_iter().map(line).collect()
    });
    drop(tx);
    let last = period.until.and_then(|until| until.yesterday().ok()).unwrap_or(period.from);
    Ok(ConsultationPage {
        frame: here
            .frame(&format!("{}: {}", here.visit.lang.t("Lấy ý kiến"), campaign.name), Place::Awards)
            .faulty(!form.is_good()),
        form,
        campaign: id,
        until: kernel::numbers::long_date(last),
        open: campaign.hears(ctx.today()),
        lines: lines
            .into_iter()
            .map(|line| {
                let award = here.house.rules.award(line.award).name_vi.clone();
                (line, award)
            })
            .collect(),
        objections,
        may_settle: everything,
        moves: calendar::of_consultation(&ctx, id).await?,
    })
}

pub async fn show(here: Here, Path(id): Path<CampaignId>) -> Answer {
    Ok(page(&consultation_page(&here, id, Form::empty()).await?))
}

pub async fn object(here: Here, Path(id): Path<CampaignId>, mut form: Form) -> Answer {
    let nomination = form.choice("ho-so", "Chọn hồ sơ có ý kiến");
    let statement = form.required_text("y-kien", 3000, "Ghi nội dung ý kiến");
    let Some(nomination) = nomination.filter(|_| form.is_good()) else {
        return Ok(mend(&consultation_page(&here, id, form).await?));
    };
    match review::object(&here.ctx(), nomination, &statement).await {
        Ok(_) => Ok(Redirect::to(&format!("/noi-bo/y-kien/{id}")).into_response()),
        Err(
            error @ (AwardsError::ShortReason { .. } | AwardsError::NoOpinions { .. } | AwardsError::ObjectionKnown),
        ) => {
            form.refuse("y-kien", sentence(&error));
            Ok(mend(&consultation_page(&here, id, form).await?))
        }
        Err(error) => Err(refusal(error)),
    }
}

pub async fn settle(here: Here, Path((id, objection)): Path<(CampaignId, ObjectionId)>, mut form: Form) -> Answer {
    let upheld = form.chosen("dung", "1");
    match review::settle(&here.ctx(), id, objection, form.value("ket-luan"), upheld).await {
        Ok(()) => Ok(Redirect::to(&format!("/noi-bo/y-kien/{id}")).into_response()),
        Err(error @ AwardsError::ShortReason { .. }) => {
            let field = format!("ket-luan-{objection}");
            form.keep_as(&field, "ket-luan");
            form.refuse(&field, sentence(&error));
            Ok(mend(&consultation_page(&here, id, form).await?))
        }
        Err(error) => Err(refusal(error)),
    }
}
