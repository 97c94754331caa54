//! What the council put off or named a lower form for, brought up again.

use axum::extract::Path;
use kernel::Permission;
use office::awards::again;
use office::awards::model::{Nomination, NominationId};
use rules::AwardCode;

use super::nominations::{answered_filled, show_page};
use super::refusal;
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Refusal, mend};

/// The forms for which a nomination may come up again, for who runs campaigns.
pub(super) async fn choices(here: &Here, one: &Nomination) -> Result<Vec<Choice>, Refusal> {
    let ctx = here.ctx();
    if ctx.may(Permission::RunCampaign).is_err() {
        return Ok(Vec::new());
    }
    let found = again::choices(&ctx, one.id).await.map_err(refusal)?;
    let words = |award, answer: &rules::AwardResult| {
        format!("{}: {}", here.house.rules.award(award).name_vi, here.visit.lang.t(answer.verdict.name_vi()))
    };
    Ok(found.iter().map(|(award, answer)| Choice::new(award, words(*award, answer))).collect())
}

pub async fn bring_up(here: Here, Path(id): Path<NominationId>, mut form: Form) -> Answer {
    let Some(award) = form.choice::<AwardCode>("hinh-thuc", "Chọn hình thức") else {
        return Ok(mend(&show_page(&here, id, form, String::new()).await?));
    };
    let done = again::bring_up(&here.ctx(), id, award, form.value("ly-do-xet-lai")).await;
    answered_filled(&here, id, form, done).await
}
