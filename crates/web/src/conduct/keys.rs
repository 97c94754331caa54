//! Opening one's key, making it, vouching for another's, taking one back.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use kernel::numbers::short_date;
use office::conduct::model::KeyState;
use office::conduct::{ConductError, KeyId, keyring};

use super::list::{Asked, list_page};
use super::{held, refusal, to_unlock};
use crate::form::Form;
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show as page};

const LIST: &str = "/noi-bo/hanh-vi";
const KEYS: &str = "/noi-bo/hanh-vi/khoa";

struct Row {
    id: KeyId,
    name: String,
    own: bool,
    active: bool,
    state: KeyState,
    made: String,
    fingerprint: String,
    may_admit: bool,
    may_retire: bool,
}

#[derive(Template)]
#[template(path = "conduct/keys.html")]
struct KeysPage {
    frame: Frame,
    form: Form,
    rows: Vec<Row>,
    has_own: bool,
    open: bool,
    least: usize,
}

async fn keys_page(here: &Here, form: Form) -> Result<KeysPage, Refusal> {
    let open = held::get(here).is_some();
    let row = |line: keyring::KeyLine| Row {
        id: line.key.id,
        name: line.name,
        own: line.own,
        active: line.active,
        state: line.key.state,
        made: short_date(line.key.made_on),
        fingerprint: line.key.fingerprint(),
        may_admit: open && !line.own && line.active && line.key.state == KeyState::Waiting,
        may_retire: line.key.state != KeyState::Retired && (line.own || open),
    };
    let rows: Vec<Row> = keyring::keys(&here.ctx()).await.map_err(refusal)?.into_iter().map(row).collect();
    Ok(KeysPage {
        frame: here.frame(here.visit.lang.t("Khóa của người kiểm tra"), Place::Conduct).faulty(!form.is_good()),
        form,
        has_own: rows.iter().any(|row| row.own && row.state != KeyState::Retired),
        rows,
        open,
        least: keyring::SHORTEST_PASSPHRASE,
    })
}

pub async fn show(here: Here) -> Answer {
    Ok(page(&keys_page(&here, Form::empty()).await?))
}

pub async fn unlock(here: Here, form: Form) -> Answer {
    match keyring::unlock(&here.ctx(), form.value("cum-mat-khau")).await {
        Ok(key) => {
            held::keep(&here, key);
            Ok(Redirect::to(LIST).into_response())
        }
        Err(error @ (ConductError::WrongPassphrase | ConductError::OddKey(_))) => {
            let mut form = Form::empty();
            form.refuse("cum-mat-khau", sentence(&error));
            Ok(mend(&list_page(&here, &Asked::default(), form).await?))
        }
        Err(error) => Err(refusal(error)),
    }
}

pub async fn lock(here: Here) -> Answer {
    held::forget(&here);
    Ok(Redirect::to(LIST).into_response())
}

/// The words typed twice, or the fault.
fn twice(form: &mut Form, field: &str, again: &str) -> Option<String> {
    let phrase = form.value(field).to_owned();
    if phrase == form.value(again) {
        return Some(phrase);
    }
    form.refuse(again, "Gõ lại cho giống cụm mật khẩu ở trên");
    None
}

pub async fn make(here: Here, mut form: Form) -> Answer {
    let Some(phrase) = twice(&mut form, "cum-mat-khau", "go-lai") else {
        return Ok(mend(&keys_page(&here, form).await?));
    };
    match keyring::make(&here.ctx(), &phrase).await {
        Ok(_) => Ok(Redirect::to(KEYS).into_response()),
        Err(error @ ConductError::ShortPassphrase { .. }) => {
            form.refuse("cum-mat-khau", sentence(&error));
            Ok(mend(&keys_page(&here, form).await?))
        }
        Err(error) => Err(refusal(error)),
    }
}

pub async fn rephrase(here: Here, mut form: Form) -> Answer {
    let Some(phrase) = twice(&mut form, "moi", "moi-lai") else {
        return Ok(mend(&keys_page(&here, form).await?));
    };
    let (field, error) = match keyring::rephrase(&here.ctx(), form.value("cu"), &phrase).await {
        Ok(()) => return Ok(Redirect::to(KEYS).into_response()),
        Err(error @ ConductError::WrongPassphrase) => ("cu", error),
        Err(error @ ConductError::ShortPassphrase { .. }) => ("moi", error),
        Err(error) => return Err(refusal(error)),
    };
    form.refuse(field, sentence(&error));
    Ok(mend(&keys_page(&here, form).await?))
}

pub async fn admit(here: Here, Path(id): Path<KeyId>) -> Answer {
    let Some(unlocked) = held::get(&here) else { return Ok(to_unlock()) };
    keyring::admit(&here.ctx(), &unlocked, id).await.map_err(refusal)?;
    Ok(Redirect::to(KEYS).into_response())
}

pub async fn retire(here: Here, Path(id): Path<KeyId>) -> Answer {
    keyring::retire(&here.ctx(), held::get(&here).as_ref(), id).await.map_err(refusal)?;
    Ok(Redirect::to(KEYS).into_response())
}
