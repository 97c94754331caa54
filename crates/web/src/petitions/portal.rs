//! The portal: what this is, a letter in four steps under an address of its own, sent at the end.

use askama::Template;
use axum::extract::Path;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use office::petitions::PetitionsError;
use office::petitions::drafts::{self, Draft};
use office::petitions::model::{Contact, LetterFile, LetterFileId, SenderKind};
use office::petitions::public::{self, PublicCounts};
use office::petitions::queries::{self, Similar};

use super::{LETTERS_A_DAY, refusal};
use crate::files::Upload;
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show as page};
use crate::queue::Turn;
use crate::urls::encode;

/// The steps of a letter; the last one shows it whole.
const LAST: u8 = 4;

#[derive(Template)]
#[template(path = "petitions/home.html")]
struct HomePage {
    frame: Frame,
    counts: PublicCounts,
    newest: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "petitions/explain.html")]
struct ExplainPage {
    frame: Frame,
    days: i64,
}

#[derive(Template)]
#[template(path = "petitions/write.html")]
struct WritePage {
    frame: Frame,
    form: Form,
    key: String,
    step: u8,
    steps: Vec<(u8, &'static str)>,
    draft: Draft,
    files: Vec<LetterFile>,
    kinds: Vec<Choice>,
    similar: Vec<Similar>,
    /// How many like it are being handled.
    handled: usize,
    days: i64,
}

#[derive(Template)]
#[template(path = "petitions/wait.html")]
struct WaitPage {
    frame: Frame,
    key: String,
    draft: Draft,
    /// After how many seconds its turn comes; none when it is over for today.
    seconds: Option<u64>,
    a_day: u32,
    days: i64,
}

pub async fn home(here: Here) -> Answer {
    let ctx = here.ctx();
    let (newest, _) = public::published(&ctx, "", 0).await.map_err(refusal)?;
    let newest = newest.into_iter().take(5);
    Ok(page(&HomePage {
        frame: here.frame(here.visit.lang.t("Phản ánh, kiến nghị"), Place::None),
        counts: public::public_counts(&ctx).await.map_err(refusal)?,
        newest: newest.map(|one| (format!("/phan-anh/da-tra-loi/{}", one.petition), one.title)).collect(),
    }))
}

pub async fn explain(here: Here) -> Answer {
    let days = queries::settings(&here.ctx()).await.map_err(refusal)?.draft_days;
    Ok(page(&ExplainPage {
        frame: here.frame(here.visit.lang.t("Gửi phản ánh, kiến nghị"), Place::None), days
    }))
}

pub async fn begin(here: Here) -> Answer {
    let key = drafts::begin(&here.ctx()).await.map_err(refusal)?;
    Ok(to(&key, 1))
}

fn to(key: &str, step: u8) -> Response {
    Redirect::to(&format!("/phan-anh/gui/{}/{step}", encode(key))).into_response()
}

/// The form of a step, as the draft has it.
fn filled(draft: &Draft) -> Form {
    let contact = &draft.contact;
    Form::filled([
        ("loai", draft.sender_kind.map(|kind| kind.code().to_owned()).unwrap_or_default()),
        ("ten", contact.name.clone()),
        ("dia-chi", contact.address.clone()),
        ("dien-thoai", contact.phone.clone()),
        ("thu", contact.email.clone()),
        ("ma-so-thue", contact.tax_code.clone()),
        ("tieu-de", draft.title.clone()),
        ("noi-dung", draft.content.clone()),
        ("an-ten", if draft.hide_name { "1".to_owned() } else { String::new() }),
    ])
}

async fn write_page(here: &Here, key: String, step: u8, form: Option<Form>) -> Result<WritePage, Refusal> {
    let (ctx, l) = (here.ctx(), here.visit.lang);
    let (draft, files) = drafts::open(&ctx, &key).await.map_err(refusal)?;
    let form = form.unwrap_or_else(|| filled(&draft));
    let (similar, handled) = if step == LAST {
        let similar = public::similar_published(&ctx, &draft.title, &draft.content).await.map_err(refusal)?;
        (similar, public::similar_handled(&ctx, &draft.title, &draft.content).await.map_err(refusal)?)
    } else {
        (Vec::new(), 0)
    };
    let kinds = SenderKind::ALL.iter().map(|kind| Choice::new(kind.code(), l.t(kind.name_vi()))).collect();
    let days = queries::settings(&ctx).await.map_err(refusal)?.draft_days;
    let steps = [(1, "Người gửi"), (2, "Nội dung"), (3, "Tệp, công khai tên"), (4, "Xem lại và gửi")];
    let title = format!("{} {step}/{LAST}: {}", l.t("Bước"), l.t(steps[usize::from(step.clamp(1, LAST)) - 1].1));
    let frame = here.frame(&title, Place::None).faulty(!form.is_good());
    Ok(WritePage { frame, form, key, step, steps: steps.to_vec(), draft, files, kinds, similar, handled, days })
}

pub async fn step(here: Here, Path((key, step)): Path<(String, u8)>) -> Answer {
    let (draft, _) = drafts::open(&here.ctx(), &key).await.map_err(refusal)?;
    // Nobody gets ahead of what is not written yet.
    let next = draft.next();
    if !(1..=LAST).contains(&step) || (next < 3 && step > next) {
        return Ok(to(&key, next));
    }
    Ok(page(&write_page(&here, key, step, None).await?))
}

/// Keeps a step and goes on to the next one; what must be mended comes back as it was typed.
pub async fn write(here: Here, Path((key, step)): Path<(String, u8)>, mut form: Form) -> Answer {
    if !(1..=2).contains(&step) {
        return Err(Refusal::not_found());
    }
    let take = |draft: &mut Draft| match step {
        1 => draft.take_sender(SenderKind::from_code(form.value("loai")), &contact(&form)),
        _ => draft.take_words(form.value("tieu-de"), form.value("noi-dung")),
    };
    if let Err(error) = drafts::write(&here.ctx(), &key, take).await {
        let Some(field) = error.field() else { return Err(refusal(error)) };
        form.refuse(field, sentence(&error));
        return Ok(mend(&write_page(&here, key, step, Some(form)).await?));
    }
    Ok(to(&key, step + 1))
}

/// How to reach the sender, as it was typed.
pub(super) fn contact(form: &Form) -> Contact {
    Contact {
        name: form.line("ten"),
        address: form.line("dia-chi"),
        phone: form.line("dien-thoai"),
        email: form.line("thu"),
        tax_code: form.line("ma-so-thue"),
    }
}

/// Keeps the choice that stands in the form with the files, whichever of its buttons was pressed.
async fn keep_choice(here: &Here, key: &str, form: &Form) -> Result<(), Refusal> {
    let hide_name = form.chosen("an-ten", "1");
    let take = |draft: &mut Draft| {
        draft.hide_name = hide_name;
        Ok(())
    };
    drafts::write(&here.ctx(), key, take).await.map_err(refusal)
}

/// The third step: a file that was chosen is added, then the step comes again or, when it is done, the next one.
pub async fn attach(here: Here, Path(key): Path<String>, mut upload: Upload) -> Answer {
    keep_choice(&here, &key, &upload.form).await?;
    let done = upload.form.chosen("xong", "1");
    if done && upload.file().is_none() {
        return Ok(to(&key, LAST));
    }
    match drafts::attach(&here.ctx(), &key, &upload.name, &upload.bytes).await {
        Ok(()) => Ok(to(&key, if done { LAST } else { 3 })),
        Err(error @ (PetitionsError::BadFile { .. } | PetitionsError::TooManyFiles { .. })) => {
            upload.form.refuse("tep", sentence(&error));
            Ok(mend(&write_page(&here, key, 3, Some(upload.form)).await?))
        }
        Err(error) => Err(refusal(error)),
    }
}

pub async fn detach(here: Here, Path((key, file)): Path<(String, LetterFileId)>, upload: Upload) -> Answer {
    keep_choice(&here, &key, &upload.form).await?;
    drafts::detach(&here.ctx(), &key, file).await.map_err(refusal)?;
    Ok(to(&key, 3))
}

/// A letter that is written and must wait: it stays as it is, with when to come back.
async fn wait(here: &Here, key: String, seconds: Option<u64>) -> Answer {
    let ctx = here.ctx();
    let (draft, _) = drafts::open(&ctx, &key).await.map_err(refusal)?;
    let days = queries::settings(&ctx).await.map_err(refusal)?.draft_days;
    let frame = here.frame(here.visit.lang.t("Đơn đã lưu, chưa gửi"), Place::None);
    let mut response = page(&WaitPage { frame, key, draft, seconds, a_day: LETTERS_A_DAY, days });
    *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
    if let Some(seconds) = seconds {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    Ok(response)
}

/// Sends the letter when its turn has come; when something is missing, its step comes with what to do.
pub async fn send(here: Here, Path(key): Path<String>, turn: Turn) -> Answer {
    match turn {
        Turn::Now => {}
        Turn::After(seconds) => return wait(&here, key, Some(seconds)).await,
        Turn::Tomorrow => return wait(&here, key, None).await,
    }
    let code = match drafts::send(&here.ctx(), &key).await {
        Ok(code) => code,
        Err(error) => {
            let Some(field) = error.field() else { return Err(refusal(error)) };
            let (draft, _) = drafts::open(&here.ctx(), &key).await.map_err(refusal)?;
            let step = if matches!(field, "tieu-de" | "noi-dung") { 2 } else { 1 };
            let mut form = filled(&draft);
            form.refuse(field, sentence(&error));
            return Ok(mend(&write_page(&here, key, step, Some(form)).await?));
        }
    };
    Ok(Redirect::to(&format!("/phan-anh/tra-cuu/{code}?moi=1")).into_response())
}
