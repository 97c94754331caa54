//! Changes of issued decisions: proposed on a line or a decision, decided by somebody else.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use kernel::Permission;
use kernel::numbers::short_date;
use office::decisions::DecisionsError;
use office::decisions::amendments::{self as service, Proposal};
use office::decisions::model::{AmendmentId, AmendmentKind, AmendmentState, DecisionId, Line, LineId};

use super::{decision, lines, refusal};
use crate::form::Form;
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show as page};

/// A proposed change as the pages of its decision and its line show it.
pub struct Row {
    pub id: AmendmentId,
    pub kind: &'static str,
    pub tone: &'static str,
    pub state: &'static str,
    pub what: String,
    pub reason: String,
    pub by: String,
    pub on: String,
    pub decided: String,
    pub answer: String,
    pub may_decide: bool,
    pub may_refuse: bool,
}

/// The changes of a decision, or of one of its lines only: those of the whole decision are shown there too.
pub async fn rows(here: &Here, of: DecisionId, only: Option<LineId>, lines: &[Line]) -> Result<Vec<Row>, Refusal> {
    let ctx = here.ctx();
    let found = service::of_decision(&ctx, of).await.map_err(refusal)?;
    let names = office::identity::queries::names(&ctx).await.map_err(|error| Refusal::broken(&error))?;
    let signs = ctx.may(Permission::SignDecision).is_ok();
    let shown = found.into_iter().filter(|one| only.is_none() || one.line.is_none() || one.line == only);
    Ok(shown
        .map(|one| {
            let line = lines.iter().find(|line| Some(line.id) == one.line);
            let whose = line.map(|line| line.name.clone()).unwrap_or_default();
            let waits = one.state == AmendmentState::Proposed;
            let own = one.proposed_by == here.visit.actor.account;
            Row {
                id: one.id,
                kind: one.kind.name_vi(),
                tone: match one.state {
                    AmendmentState::Proposed => "warn",
                    AmendmentState::Confirmed => "ok",
                    AmendmentState::Refused => "neutral",
                },
                state: one.state.name_vi(),
                what: match one.kind {
                    AmendmentKind::Correct => {
                        let words = [one.name, one.title].into_iter().filter(|word| !word.is_empty());
                        words.collect::<Vec<_>>().join(", ")
                    }
                    AmendmentKind::Revoke => whose,
                    AmendmentKind::Annul => String::new(),
                },
                reason: one.reason,
                by: one.proposed_by.and_then(|id| names.get(&id).cloned()).unwrap_or_default(),
                on: short_date(one.proposed_on),
                decided: one.decided_on.map(short_date).unwrap_or_default(),
                answer: one.answer.unwrap_or_default(),
                may_decide: waits && signs && !own,
                may_refuse: waits && (signs || own),
            }
        })
        .collect())
}

const LONGEST_REASON: usize = 2_000;

fn is_field(error: &DecisionsError) -> bool {
    matches!(
        error,
        DecisionsError::ShortReason { .. }
            | DecisionsError::LineState { .. }
            | DecisionsError::NotIssued
            | DecisionsError::Proposed { .. }
    )
}

pub async fn correct(here: Here, Path(id): Path<LineId>, mut form: Form) -> Answer {
    let name = form.required_line("ten", 200, "Nhập tên đúng");
    let title = form.line("chuc-vu");
    if title.chars().count() > 200 {
        form.refuse("chuc-vu", "Chức vụ dài nhất 200 ký tự");
    }
    if !form.is_good() {
        return Ok(mend(&lines::line_page(&here, id, form).await?));
    }
    propose(here, id, Proposal::Correct { line: id, name, title }, form, "ly-do").await
}

pub async fn revoke(here: Here, Path(id): Path<LineId>, form: Form) -> Answer {
    propose(here, id, Proposal::Revoke(id), form, "ly-do-thu-hoi").await
}

async fn propose(here: Here, id: LineId, proposal: Proposal, mut form: Form, field: &'static str) -> Answer {
    if form.value(field).chars().count() > LONGEST_REASON {
        form.refuse(field, "Lý do dài nhất 2.000 ký tự; ghi số văn bản làm căn cứ thay cho chép lại");
        return Ok(mend(&lines::line_page(&here, id, form).await?));
    }
    match service::propose(&here.ctx(), proposal, form.value(field)).await {
        Ok(_) => Ok(Redirect::to(&format!("/noi-bo/dong/{id}")).into_response()),
        Err(error) if is_field(&error) => {
            form.refuse(field, sentence(&error));
            Ok(mend(&lines::line_page(&here, id, form).await?))
        }
        Err(error) => Err(refusal(error)),
    }
}

pub async fn annul(here: Here, Path(id): Path<DecisionId>, mut form: Form) -> Answer {
    match service::propose(&here.ctx(), Proposal::Annul(id), form.value("ly-do-huy-bo")).await {
        Ok(_) => Ok(Redirect::to(&format!("/noi-bo/quyet-dinh/{id}")).into_response()),
        Err(error) if is_field(&error) => {
            form.refuse("ly-do-huy-bo", sentence(&error));
            Ok(mend(&decision::show_page(&here, id, form).await?))
        }
        Err(error) => Err(refusal(error)),
    }
}

#[derive(Template)]
#[template(path = "decisions/amendment.html")]
struct RefusePage {
    frame: Frame,
    form: Form,
    id: AmendmentId,
}

pub async fn confirm(here: Here, Path(id): Path<AmendmentId>) -> Answer {
    let decision = service::confirm(&here.ctx(), id).await.map_err(refusal)?;
    Ok(Redirect::to(&format!("/noi-bo/quyet-dinh/{decision}")).into_response())
}

fn refuse_page(here: &Here, id: AmendmentId, form: Form) -> RefusePage {
    let frame = here.frame(here.visit.lang.t("Không duyệt đề nghị"), Place::Decisions).faulty(!form.is_good());
    RefusePage { frame, form, id }
}

pub async fn refusing(here: Here, Path(id): Path<AmendmentId>) -> Answer {
    service::waits(&here.ctx(), id).await.map_err(refusal)?;
    Ok(page(&refuse_page(&here, id, Form::empty())))
}

pub async fn refuse(here: Here, Path(id): Path<AmendmentId>, mut form: Form) -> Answer {
    match service::refuse(&here.ctx(), id, form.value("ly-do")).await {
        Ok(decision) => Ok(Redirect::to(&format!("/noi-bo/quyet-dinh/{decision}")).into_response()),
        Err(error @ DecisionsError::ShortReason { .. }) => {
            form.refuse("ly-do", sentence(&error));
            Ok(mend(&refuse_page(&here, id, form)))
        }
        Err(error) => Err(refusal(error)),
    }
}
