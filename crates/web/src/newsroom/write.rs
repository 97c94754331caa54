//! Writing: a new story, one with the facts of a decision, changes of a draft, a correction of what is out.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect};
use office::newsroom::model::{StateKind, Story, StoryKind, Text};
use office::newsroom::service::{self, NewStory};
use office::newsroom::{NewsroomError, StoryId, queries};
use office::records::queries as records;
use serde::Deserialize;

use super::{list, refusal};
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show as page};

/// How many initiatives are offered.
const INITIATIVES: i64 = 200;

/// From which decision a story is begun.
#[derive(Deserialize)]
pub struct From {
    #[serde(default, rename = "quyet-dinh")]
    decision: String,
}

#[derive(Template)]
#[template(path = "newsroom/write.html")]
struct WritePage {
    frame: Frame,
    form: Form,
    action: String,
    back: String,
    kinds: Vec<Choice>,
    clauses: Vec<Choice>,
    decisions: Vec<Choice>,
    initiatives: Vec<Choice>,
    /// A correction of what is out, with its note, instead of a draft.
    corrects: bool,
}

async fn write_page(here: &Here, form: Form, of: Option<StoryId>, corrects: bool) -> Result<WritePage, Refusal> {
    let l = here.visit.lang;
    let title = match (of, corrects) {
        (_, true) => l.t("Đề nghị đính chính"),
        (Some(_), _) => l.t("Sửa bài"),
        (None, _) => l.t("Bài mới"),
    };
    let (action, back) = match of {
        None => ("/noi-bo/chuyen-muc/moi".to_owned(), "/noi-bo/chuyen-muc".to_owned()),
        Some(id) => {
            let door = if corrects { "dinh-chinh" } else { "sua" };
            (format!("/noi-bo/chuyen-muc/{id}/{door}"), format!("/noi-bo/chuyen-muc/{id}"))
        }
    };
    let initiatives = records::initiatives(&here.ctx(), "", INITIATIVES).await.unwrap_or_default();
    Ok(WritePage {
        frame: here.frame(title, Place::Newsroom).faulty(!form.is_good()),
        form,
        action,
        back,
        kinds: StoryKind::ALL.iter().map(|one| Choice::new(one.code(), l.t(one.name_vi()))).collect(),
        clauses: crate::tasks::clauses(&here.house),
        decisions: list::issued(here).await?,
        initiatives: initiatives
            .iter()
            .map(|one| Choice::new(one.id, format!("{} – {}", one.code, one.name)))
            .collect(),
        corrects,
    })
}

fn text_of(form: &Form) -> Text {
    Text {
        title: form.value("tieu-de").to_owned(),
        summary: form.value("tom-tat").to_owned(),
        body: form.value("noi-dung").to_owned(),
    }
}

fn typed(form: &mut Form) -> Option<NewStory> {
    let kind = StoryKind::from_code(form.value("loai"));
    if kind.is_none() {
        form.refuse("loai", "Chọn loại bài");
    }
    let optional = |value: &str| value.trim().to_owned();
    let (decision, initiative) = (optional(form.value("quyet-dinh")), optional(form.value("sang-kien")));
    let new = NewStory {
        kind: kind?,
        text: text_of(form),
        clause: form.line("khoan"),
        decision: decision.parse().ok(),
        initiative: initiative.parse().ok(),
    };
    if new.decision.is_none() && !decision.is_empty() {
        form.refuse("quyet-dinh", "Chọn quyết định trong danh sách");
    }
    if new.initiative.is_none() && !initiative.is_empty() {
        form.refuse("sang-kien", "Chọn sáng kiến trong danh sách");
    }
    form.is_good().then_some(new)
}

/// The form again with the fault at its field, or a refusal for what no field can mend.
async fn mended(here: &Here, mut form: Form, of: Option<StoryId>, corrects: bool, error: NewsroomError) -> Answer {
    let field = match (&error, error.field()) {
        (NewsroomError::Unknown("sáng kiến"), _) => "sang-kien",
        (_, Some(field)) => field,
        (_, None) => return Err(refusal(error)),
    };
    form.refuse(field, sentence(&error));
    Ok(mend(&write_page(here, form, of, corrects).await?))
}

pub async fn new(here: Here, Query(from): Query<From>) -> Answer {
    let mut form = Form::filled([("loai", StoryKind::News.code().to_owned())]);
    if let Ok(id) = from.decision.parse() {
        let text = service::from_decision(&here.ctx(), id).await.map_err(refusal)?;
        form.put("tieu-de", text.title);
        form.put("tom-tat", text.summary);
        form.put("noi-dung", text.body);
        form.put("quyet-dinh", from.decision);
    }
    Ok(page(&write_page(&here, form, None, false).await?))
}

pub async fn create(here: Here, mut form: Form) -> Answer {
    let Some(new) = typed(&mut form) else { return Ok(mend(&write_page(&here, form, None, false).await?)) };
    match service::write(&here.ctx(), new).await {
        Ok(id) => Ok(Redirect::to(&format!("/noi-bo/chuyen-muc/{id}")).into_response()),
        Err(error) => mended(&here, form, None, false, error).await,
    }
}

fn filled(story: &Story) -> Form {
    Form::filled([
        ("loai", story.kind.code().to_owned()),
        ("khoan", story.clause.clone()),
        ("tieu-de", story.text.title.clone()),
        ("tom-tat", story.text.summary.clone()),
        ("noi-dung", story.text.body.clone()),
        ("quyet-dinh", story.decision.map(|id| id.to_string()).unwrap_or_default()),
        ("sang-kien", story.initiative.map(|id| id.to_string()).unwrap_or_default()),
        ("phien-ban", story.version.to_string()),
    ])
}

pub async fn edit(here: Here, Path(id): Path<StoryId>) -> Answer {
    let found = queries::detail(&here.ctx(), id).await.map_err(refusal)?;
    found.story.must_be(&[StateKind::Draft]).map_err(refusal)?;
    Ok(page(&write_page(&here, filled(&found.story), Some(id), false).await?))
}

pub async fn update(here: Here, Path(id): Path<StoryId>, mut form: Form) -> Answer {
    queries::detail(&here.ctx(), id).await.map_err(refusal)?;
    let Some(new) = typed(&mut form) else { return Ok(mend(&write_page(&here, form, Some(id), false).await?)) };
    let seen = form.value("phien-ban").parse().unwrap_or(0);
    match service::edit(&here.ctx(), id, seen, new).await {
        Ok(()) => Ok(Redirect::to(&format!("/noi-bo/chuyen-muc/{id}")).into_response()),
        Err(error) => mended(&here, form, Some(id), false, error).await,
    }
}

pub async fn correct(here: Here, Path(id): Path<StoryId>) -> Answer {
    let found = queries::detail(&here.ctx(), id).await.map_err(refusal)?;
    found.story.must_be(&[StateKind::Published, StateKind::Archived]).map_err(refusal)?;
    Ok(page(&write_page(&here, filled(&found.story), Some(id), true).await?))
}

pub async fn propose(here: Here, Path(id): Path<StoryId>, form: Form) -> Answer {
    match service::propose_correction(&here.ctx(), id, &text_of(&form), form.value("ly-do")).await {
        Ok(_) => Ok(Redirect::to(&format!("/noi-bo/chuyen-muc/{id}")).into_response()),
        Err(error) => mended(&here, form, Some(id), true, error).await,
    }
}
