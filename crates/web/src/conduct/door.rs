//! The door: what this is and is not, the form, the receipt, the talk under a code.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use kernel::numbers::short_date;
use office::conduct::intake::{self, NewReport, Slip};
use office::conduct::talk::{self, Talk};
use office::conduct::{ConductError, keyring, queries};

use super::refusal;
use super::upload::Evidence;
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show as page};

#[derive(Template)]
#[template(path = "conduct/home.html")]
struct HomePage {
    frame: Frame,
    readers: usize,
    months: i64,
}

#[derive(Template)]
#[template(path = "conduct/form.html")]
struct FormPage {
    frame: Frame,
    form: Form,
    slip: Slip,
    units: Vec<Choice>,
    readers: usize,
}

#[derive(Template)]
#[template(path = "conduct/receipt.html")]
struct ReceiptPage {
    frame: Frame,
    code: String,
}

#[derive(Template)]
#[template(path = "conduct/ask.html")]
struct AskPage {
    frame: Frame,
    /// Whether a code was typed that no report has.
    wrong: bool,
}

struct Said {
    own: bool,
    on: String,
    words: String,
}

#[derive(Template)]
#[template(path = "conduct/talk.html")]
struct TalkPage {
    frame: Frame,
    form: Form,
    talk: Talk,
    received: String,
    messages: Vec<Said>,
    opened: Vec<String>,
    may_write: bool,
}

pub async fn home(here: Here) -> Answer {
    let ctx = here.ctx();
    Ok(page(&HomePage {
        frame: here.frame(here.visit.lang.t("Phản ánh hành vi phiền hà, nhũng nhiễu"), Place::None),
        readers: keyring::count_readers(&ctx).await.map_err(refusal)?,
        months: queries::keep_months(&ctx).await.map_err(refusal)?,
    }))
}

async fn form_page(here: &Here, form: Form, slip: Slip) -> Result<FormPage, Refusal> {
    let ctx = here.ctx();
    let units = intake::units(&ctx).await.map_err(refusal)?;
    Ok(FormPage {
        frame: here.frame(here.visit.lang.t("Viết phản ánh"), Place::None).faulty(!form.is_good()),
        units: units.into_iter().map(|(id, name)| Choice::new(id, name)).collect(),
        readers: keyring::count_readers(&ctx).await.map_err(refusal)?,
        form,
        slip,
    })
}

pub async fn form(here: Here) -> Answer {
    Ok(page(&form_page(&here, Form::empty(), Slip::fresh(&here.house)).await?))
}

/// Takes a report in. The answer shows the code; it leads nowhere, so that no address ever holds a code.
pub async fn send(here: Here, sent: Evidence) -> Answer {
    let Evidence { mut form, files } = sent;
    let slip = Slip::received(&here.house, form.value("ma"), form.value("dau"));
    let unit = form.line("don-vi");
    let new = NewReport {
        what: form.value("viec").to_owned(),
        who: form.value("ai").to_owned(),
        unit: unit.parse().ok(),
        when: form.value("khi-nao").to_owned(),
        name: form.value("ho-ten").to_owned(),
        contact: form.value("lien-he").to_owned(),
    };
    let odd_unit = !unit.is_empty() && new.unit.is_none();
    let done = match &slip {
        None => Err(ConductError::OddForm),
        Some(_) if odd_unit => {
            let what = "Chọn đơn vị trong danh sách".to_owned();
            Err(ConductError::Missing { field: "don-vi", what })
        }
        Some(slip) => intake::send(&here.house, slip, &new, &files).await,
    };
    let Err(error) = done else {
        let code = slip.map(|slip| slip.code).unwrap_or_default();
        return Ok(page(&ReceiptPage {
            frame: here.frame(here.visit.lang.t("Đã nhận phản ánh"), Place::None), code
        }));
    };
    let Some(field) = error.field() else { return Err(refusal(error)) };
    form.refuse(field, sentence(&error));
    let slip = slip.unwrap_or_else(|| Slip::fresh(&here.house));
    Ok(mend(&form_page(&here, form, slip).await?))
}

fn ask_page(here: &Here, wrong: bool) -> AskPage {
    AskPage { frame: here.frame(here.visit.lang.t("Theo dõi phản ánh bằng mã"), Place::None), wrong }
}

pub async fn ask(here: Here) -> Answer {
    Ok(page(&ask_page(&here, false)))
}

async fn talk_page(here: &Here, code: &str, form: Form) -> Result<TalkPage, ConductError> {
    let l = here.visit.lang;
    let found = talk::read(&here.house, code).await?;
    let messages = found.messages.iter();
    Ok(TalkPage {
        frame: here.frame(l.t("Phản ánh của bạn"), Place::None).faulty(!form.is_good()),
        received: short_date(found.received_on),
        messages: messages
            .map(|one| Said { own: one.from_reporter, on: short_date(one.on), words: one.words.clone() })
            .collect(),
        opened: found.opened_on.iter().copied().map(short_date).collect(),
        may_write: found.erased_on.is_none() && found.state.code() != "closed",
        talk: found,
        form,
    })
}

fn unknown(here: &Here) -> Response {
    (StatusCode::NOT_FOUND, page(&ask_page(here, true))).into_response()
}

pub async fn follow(here: Here, form: Form) -> Answer {
    match talk_page(&here, form.value("ma"), Form::empty()).await {
        Ok(found) => Ok(page(&found)),
        Err(ConductError::Unknown(_)) => Ok(unknown(&here)),
        Err(error) => Err(refusal(error)),
    }
}

pub async fn write(here: Here, mut form: Form) -> Answer {
    let code = form.line("ma");
    // Whoever sends no count of what was read has read nothing.
    let seen = form.value("so").parse().unwrap_or(0);
    let written = match talk::write(&here.house, &code, seen, form.value("noi-dung")).await {
        Ok(()) => return talk_page(&here, &code, Form::empty()).await.map(|found| page(&found)).map_err(refusal),
        Err(ConductError::Unknown(_)) => return Ok(unknown(&here)),
        Err(error) => error,
    };
    let Some(field) = written.field() else { return Err(refusal(written)) };
    form.refuse(field, sentence(&written));
    talk_page(&here, &code, form).await.map(|found| mend(&found)).map_err(refusal)
}
