//! One story from the inside: as readers will see it, whom it is about with their consent, its pictures, its steps.

use askama::Template;
use axum::extract::Path;
use kernel::Permission;
use kernel::numbers::short_date;
use office::newsroom::model::{Correction, StateKind, Subject};
use office::newsroom::{CorrectionId, PictureId, StoryId, SubjectId, queries};

use super::article::Awarded;
use super::column::Image;
use super::{moment, refusal, text};
use crate::form::Form;
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, show as page};

struct SubjectLine {
    id: SubjectId,
    name: String,
    is_person: bool,
    agrees: bool,
    consent: String,
    file: String,
    withdrawn: String,
    can_withdraw: bool,
}

struct CorrectionLine {
    id: CorrectionId,
    note: String,
    by: String,
    approved: String,
    title: String,
    summary: String,
    body: String,
    own: bool,
}

struct StepLine {
    what: &'static str,
    at: String,
    by: String,
    words: String,
}

#[derive(Template)]
#[template(path = "newsroom/show.html")]
pub struct ShowPage {
    frame: Frame,
    form: Form,
    id: StoryId,
    kind: &'static str,
    state: StateKind,
    version: i64,
    at: String,
    hidden: bool,
    public_url: String,
    clause: String,
    summary: String,
    body: String,
    decision: String,
    awarded: Vec<Awarded>,
    initiative: String,
    pictures: Vec<(PictureId, Image)>,
    subjects: Vec<SubjectLine>,
    corrections: Vec<CorrectionLine>,
    steps: Vec<StepLine>,
    note: String,
    may_write: bool,
    may_review: bool,
    is_own: bool,
}

/// The page, with a form as it was sent.
pub async fn show_page(here: &Here, id: StoryId, form: Form) -> Result<ShowPage, Refusal> {
    let ctx = here.ctx();
    let found = queries::detail(&ctx, id).await.map_err(refusal)?;
    let story = &found.story;
    let subject = |one: &Subject| SubjectLine {
        id: one.id,
        name: one.name.clone(),
        is_person: one.is_person,
        agrees: one.agrees(),
        consent: one
            .consent
            .as_ref()
            .map(|consent| {
                let parts = [short_date(consent.on), consent.how.clone(), consent.recorded_name.clone()];
                parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
            })
            .unwrap_or_default(),
        file: one.consent.as_ref().and_then(|consent| consent.file.clone()).map(|(name, ..)| name).unwrap_or_default(),
        withdrawn: one.withdrawn.as_ref().map(|act| format!("{}, {}", moment(act.at), act.name)).unwrap_or_default(),
        can_withdraw: one.consent.is_some() && one.withdrawn.is_none(),
    };
    let correction = |one: &Correction| {
        let shown = one.was.as_ref().unwrap_or(&one.text);
        CorrectionLine {
            id: one.id,
            note: one.note.clone(),
            by: format!("{}, {}", one.proposed_name, moment(one.proposed_at)),
            approved: one.approved.as_ref().map(|(name, at)| format!("{name}, {}", moment(*at))).unwrap_or_default(),
            title: shown.title.clone(),
            summary: shown.summary.clone(),
            body: shown.body.clone(),
            own: one.proposed_by == ctx.actor.account,
        }
    };
    Ok(ShowPage {
        frame: here.frame(&story.text.title, Place::Newsroom).faulty(!form.is_good()),
        form,
        id,
        kind: story.kind.name_vi(),
        state: story.state,
        version: story.version,
        at: story.publish_at.map(moment).unwrap_or_default(),
        hidden: story.is_out(ctx.now()) && !found.is_shown,
        public_url: if found.is_shown { format!("/thong-tin-khen-thuong/{}", story.slug) } else { String::new() },
        clause: story.clause.clone(),
        summary: story.text.summary.clone(),
        body: text::rendered(&story.text.body),
        decision: found.awarded.as_ref().map(|(decision, _)| decision.number_text()).unwrap_or_default(),
        awarded: found.awarded.as_ref().map(|(_, lines)| Awarded::of(here, lines)).unwrap_or_default(),
        initiative: found.initiative.as_ref().map(|one| format!("{} – {}", one.code, one.name)).unwrap_or_default(),
        pictures: found.pictures.iter().filter_map(|one| Some((one.id, Image::of(one)?))).collect(),
        subjects: found.subjects.iter().map(subject).collect(),
        corrections: found.corrections.iter().rev().map(correction).collect(),
        steps: found
            .steps
            .iter()
            .map(|step| StepLine {
                what: step.verb.name_vi(),
                at: moment(step.act.at),
                by: step.act.name.clone(),
                words: step.act.words.clone(),
            })
            .collect(),
        note: story.settled.as_ref().map(|act| act.words.clone()).unwrap_or_default(),
        may_write: ctx.may(Permission::WriteStories).is_ok(),
        may_review: ctx.may(Permission::ReviewStories).is_ok(),
        is_own: found.is_own,
    })
}

pub async fn show(here: Here, Path(id): Path<StoryId>) -> Answer {
    Ok(page(&show_page(&here, id, Form::empty()).await?))
}
