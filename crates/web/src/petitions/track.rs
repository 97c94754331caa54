//! The page of a receipt code: what became of a letter, and what its sender may do about it.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::numbers::short_date;
use office::petitions::PetitionsError;
use office::petitions::model::{PetitionId, State, Step};
use office::petitions::sender::{self, Matter};
use serde::Deserialize;

use super::refusal;
use crate::files::Uploads;
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, mend, sentence, show as page};
use crate::urls::encode;

/// Something that happened, as the sender reads it.
struct EventLine {
    what: &'static str,
    when: String,
    words: String,
    /// The names of the files that came with it.
    files: Vec<String>,
}

/// One matter of the letter.
struct MatterLine {
    id: PetitionId,
    number: String,
    title: String,
    state: State,
    agency: String,
    waited: i64,
    due: String,
    answer: String,
    answer_number: String,
    answered: String,
    events: Vec<EventLine>,
    disagree_until: String,
    may_rate: bool,
    may_supply: bool,
    may_withdraw: bool,
    published: bool,
    form: Form,
}

#[derive(Template)]
#[template(path = "petitions/track.html")]
struct TrackPage {
    frame: Frame,
    code: String,
    fresh: bool,
    qr: String,
    received: String,
    matters: Vec<MatterLine>,
    form: Form,
    ratings: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "petitions/ask.html")]
struct AskPage {
    frame: Frame,
    code: String,
}

/// Whether the letter was sent a moment ago.
#[derive(Deserialize)]
pub struct Asked {
    moi: Option<String>,
}

pub async fn ask(here: Here) -> Answer {
    Ok(page(&ask_page(&here, String::new())))
}

fn ask_page(here: &Here, code: String) -> AskPage {
    AskPage { frame: here.frame(here.visit.lang.t("Tra cứu bằng mã biên nhận"), Place::None), code }
}

pub async fn go(here: Here, form: Form) -> Answer {
    match form.line("ma").as_str() {
        "" => Ok(page(&ask_page(&here, String::new()))),
        code => Ok(Redirect::to(&format!("/phan-anh/tra-cuu/{}", encode(code).replace('/', "%2F"))).into_response()),
    }
}

fn line(matter: Matter, form: Option<&Form>) -> MatterLine {
    let (answer, answer_number, answered) = match matter.answer {
        Some((text, number, on)) => (text, number, short_date(on)),
        None => <(String, String, String)>::default(),
    };
    let files = matter.files;
    let of = |id| files.iter().filter(|(event, _)| *event == id).map(|(_, name)| name.clone()).collect();
    MatterLine {
        id: matter.id,
        number: matter.number,
        title: matter.title,
        agency: matter.agency,
        waited: matter.waited,
        due: matter.due.map(short_date).unwrap_or_default(),
        answer,
        answer_number,
        answered,
        events: matter
            .events
            .into_iter()
            .map(|event| EventLine {
                what: event.what_vi(),
                when: short_date(event.on),
                files: of(event.id),
                words: event.words,
            })
            .collect(),
        disagree_until: matter.disagree_until.map(short_date).unwrap_or_default(),
        may_rate: matter.may_rate,
        may_supply: Step::Supply.leads(matter.state, false).is_some(),
        may_withdraw: Step::Withdraw.leads(matter.state, false).is_some(),
        published: matter.state == State::Published,
        state: matter.state,
        form: form.cloned().unwrap_or_default(),
    }
}

async fn track_page(
    here: &Here,
    code: String,
    fresh: bool,
    typed: Option<(PetitionId, Form)>,
) -> Result<TrackPage, PetitionsError> {
    let l = here.visit.lang;
    let found = sender::track(&here.ctx(), &code).await?;
    let mine = |id| typed.as_ref().filter(|(of, _)| *of == id).map(|(_, form)| form);
    let matters: Vec<MatterLine> = found
        .matters
        .into_iter()
        .map(|one| {
            let form = mine(one.id);
            line(one, form)
        })
        .collect();
    let form = typed.map(|(_, form)| form).unwrap_or_default();
    let address = format!("{}/phan-anh/tra-cuu/{code}", here.house.public_url);
    let grades =
        ["1 – rất không hài lòng", "2 – không hài lòng", "3 – bình thường", "4 – hài lòng", "5 – rất hài lòng"];
    Ok(TrackPage {
        frame: here.frame(&format!("{} {}", l.t("Đơn số"), found.number), Place::None).faulty(!form.is_good()),
        qr: papers::qr::svg_path(&address).unwrap_or_default(),
        received: short_date(found.received_on),
        ratings: (1..).zip(grades).map(|(grade, words): (u8, _)| Choice::new(grade, l.t(words))).collect(),
        matters,
        fresh,
        form,
        code,
    })
}

pub async fn show(here: Here, Path(code): Path<String>, Query(asked): Query<Asked>) -> Answer {
    match track_page(&here, code.clone(), asked.moi.is_some(), None).await {
        Ok(found) => Ok(page(&found)),
        Err(PetitionsError::Unknown(_)) => Ok((StatusCode::NOT_FOUND, page(&ask_page(&here, code))).into_response()),
        Err(error) => Err(refusal(error)),
    }
}

/// Back to the page of the code, or the form again with its fault.
async fn answered(
    here: &Here,
    (code, id): (String, PetitionId),
    mut form: Form,
    done: Result<(), PetitionsError>,
) -> Answer {
    match done {
        Ok(()) => Ok(back(&code)),
        Err(error) => {
            let Some(field) = error.field() else { return Err(refusal(error)) };
            form.refuse(field, sentence(&error));
            let found = track_page(here, code, false, Some((id, form))).await.map_err(refusal)?;
            Ok(mend(&found))
        }
    }
}

fn back(code: &str) -> Response {
    Redirect::to(&format!("/phan-anh/tra-cuu/{}", encode(code))).into_response()
}

pub async fn supply(here: Here, Path((code, id)): Path<(String, PetitionId)>, sent: Uploads) -> Answer {
    let done = sender::supply(&here.ctx(), &code, id, sent.form.value("bo-sung"), &sent.given()).await;
    answered(&here, (code, id), sent.form, done).await
}

pub async fn withdraw(here: Here, Path((code, id)): Path<(String, PetitionId)>) -> Answer {
    sender::withdraw(&here.ctx(), &code, id).await.map_err(refusal)?;
    Ok(back(&code))
}

pub async fn rate(here: Here, Path((code, id)): Path<(String, PetitionId)>, form: Form) -> Answer {
    let grade = form.line("muc").parse().unwrap_or_default();
    let done = sender::rate(&here.ctx(), &code, id, grade, form.value("nhan-xet")).await;
    answered(&here, (code, id), form, done).await
}

pub async fn disagree(here: Here, Path((code, id)): Path<(String, PetitionId)>, sent: Uploads) -> Answer {
    let done = sender::disagree(&here.ctx(), &code, id, sent.form.value("chua-dong-y"), &sent.given()).await;
    answered(&here, (code, id), sent.form, done).await
}
