//! Names on a decision that the council did not pass: whom one may choose, and how one is added.

use axum::extract::Path;
use office::decisions::model::{DecisionId, Exception, LineId};
use office::decisions::{DecisionsError, exceptions};
use office::organization;
use office::organization::Recipient;

use super::decision::{back, show_page};
use super::refusal;
use crate::awards::{left_out, others};
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Refusal, mend, sentence, show as page};

/// The people and units of the Office, then whoever fits the text among people outside it and enterprises; with what
/// is left out. Who is chosen already stays in the list.
pub(super) async fn recipients(here: &Here, form: &Form) -> Result<(Vec<Choice>, Vec<&'static str>), Refusal> {
    let ctx = here.ctx();
    let store = |error| Refusal::store(&error);
    let mut tx = ctx.read().await.map_err(store)?;
    let mut recipients = Vec::new();
    for unit in organization::queries::units(&mut tx, ctx.today()).await.map_err(store)? {
        for member in organization::queries::members(&mut tx, unit.id, ctx.today()).await.map_err(store)? {
            let words = format!("{} – {}", member.person.profile.told_apart(), unit.name);
            recipients.push(Choice::new(Recipient::Person(member.person.id), words));
        }
        recipients.push(Choice::new(Recipient::Unit(unit.id), format!("Tập thể {}", unit.name)));
    }
    let (found, cut) = others(&ctx, tx, &form.line("tim")).await?;
    recipients.extend(found.into_iter().map(|(recipient, words)| Choice::new(recipient, words)));
    if let Ok(chosen) = form.line("doi-tuong").parse::<Recipient>()
        && recipients.iter().all(|one| one.value != chosen.to_string())
        && let Some((_, words)) = left_out(&ctx, chosen).await?
    {
        recipients.push(Choice::new(chosen, words));
    }
    Ok((recipients, cut))
}

/// Adds a name, or narrows the list to choose from.
pub async fn add(here: Here, Path(id): Path<DecisionId>, mut form: Form) -> Answer {
    if form.chosen("tim-kiem", "1") {
        return Ok(page(&show_page(&here, id, form).await?));
    }
    let recipient = form.choice::<Recipient>("doi-tuong", "Chọn người, tập thể hoặc doanh nghiệp");
    let award = form.choice::<rules::AwardCode>("hinh-thuc", "Chọn hình thức");
    let reason = form.required_line("ly-do", 500, "Ghi lý do");
    let authority = form.required_line("tham-quyen", 300, "Ghi người, văn bản cho phép");
    let (Some(recipient), Some(award), true) = (recipient, award, form.is_good()) else {
        return Ok(mend(&show_page(&here, id, form).await?));
    };
    let exception = Exception { reason, authority };
    let (field, error) = match exceptions::add(&here.ctx(), id, recipient, award, exception).await {
        Ok(_) => return Ok(back(id)),
        Err(error @ DecisionsError::ShortReason { .. }) => ("ly-do", error),
        Err(error @ (DecisionsError::NotOurs { .. } | DecisionsError::NotFor { .. })) => ("hinh-thuc", error),
        Err(error @ (DecisionsError::Twice { .. } | DecisionsError::OwnException)) => ("doi-tuong", error),
        Err(error) => return Err(refusal(error)),
    };
    form.refuse(field, sentence(&error));
    Ok(mend(&show_page(&here, id, form).await?))
}

/// Takes a name out of a draft again.
pub async fn drop(here: Here, Path((id, line)): Path<(DecisionId, LineId)>) -> Answer {
    exceptions::drop(&here.ctx(), id, line).await.map_err(refusal)?;
    Ok(back(id))
}
