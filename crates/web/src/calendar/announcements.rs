//! A day from a notice: seen before it is saved, with what it moved, withdrawn with a reason.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use kernel::calendar::DayKind;
use kernel::numbers::short_date;
use kernel::{Permission, Role};
use office::calendar::{AnnouncementId, CalendarError, NewAnnouncement, queries};
use office::deadlines::model::{Move, Preview};
use office::deadlines::{DeadlinesError, queries as deadlines, service};

use super::explained::full_day;
use super::moves::MoveLine;
use super::{not_moved, refusal, year};
use crate::form::Form;
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show as page};
use crate::urls::encode;

/// A term that would move.
pub struct PreviewLine {
    name: String,
    old: String,
    new: String,
}

/// What a change would do, in words.
pub struct PreviewView {
    moves: Vec<PreviewLine>,
    unmoved: Vec<String>,
    over: Vec<String>,
    /// How many dossiers at work move, and the first of them.
    dossiers: usize,
    first_dossiers: Vec<PreviewLine>,
}

impl From<Preview> for PreviewView {
    fn from(preview: Preview) -> Self {
        let line = |one: Move| PreviewLine { name: one.name, old: short_date(one.old), new: short_date(one.new) };
        let dossier = |(name, old, new)| PreviewLine { name, old: short_date(old), new: short_date(new) };
        Self {
            moves: preview.moves.into_iter().map(line).collect(),
            unmoved: preview.unmoved,
            over: preview.over,
            dossiers: preview.dossiers,
            first_dossiers: preview.first_dossiers.into_iter().map(dossier).collect(),
        }
    }
}

#[derive(Template)]
#[template(path = "calendar/preview.html")]
struct PreviewPage {
    frame: Frame,
    form: Form,
    day: String,
    kind: &'static str,
    awaited: bool,
    past: bool,
    edit: String,
    preview: PreviewView,
}

#[derive(Template)]
#[template(path = "calendar/announcement.html")]
struct AnnouncementPage {
    frame: Frame,
    form: Form,
    id: AnnouncementId,
    day: String,
    year: i16,
    kind: &'static str,
    name: String,
    document: String,
    title: String,
    awaited: bool,
    withdrawn: Option<(String, String)>,
    moves: Vec<(String, MoveLine)>,
    /// The first dossiers at work that it moved: address, code, whether by its withdrawal, old and new day.
    dossiers: Vec<(String, String, bool, String, String)>,
    withdrawal: Option<PreviewView>,
    more: String,
}

/// How many dossiers that moved a page shows.
const DOSSIERS_SHOWN: i64 = 100;

fn read(form: &mut Form) -> Option<NewAnnouncement> {
    let day = form.required_day("ngay", "Nhập ngày");
    let kind = DayKind::from_code(&form.line("loai"));
    if kind.is_none() {
        form.refuse("loai", "Chọn ngày này là ngày gì");
    }
    let name = form.required_line("ten", 200, "Nhập tên ngày");
    let document = form.required_line("van-ban", 100, "Nhập số văn bản");
    let title = form.required_line("tieu-de", 300, "Nhập trích yếu văn bản");
    let awaited = form.chosen("tinh-trang", "du-kien");
    let new = NewAnnouncement { day: day?, kind: kind?, name, document, title, awaited };
    form.is_good().then_some(new)
}

/// The field that a refusal is about; none when it is about none.
fn field(error: &CalendarError) -> Option<&'static str> {
    match error {
        CalendarError::DeclaredTwice { .. }
        | CalendarError::AlreadyOff { .. }
        | CalendarError::AlreadyWorked { .. } => Some("ngay"),
        CalendarError::NotWeekend { .. } | CalendarError::WeeklyRest { .. } | CalendarError::Kind => Some("loai"),
        CalendarError::Past { .. } => Some("da-qua"),
        CalendarError::ShortReason { .. } => Some("ly-do"),
        CalendarError::Denied(_) | CalendarError::Store(_) | CalendarError::Unknown | CalendarError::Withdrawn => None,
    }
}

async fn preview_page(here: &Here, new: &NewAnnouncement, form: Form) -> Result<PreviewPage, DeadlinesError> {
    let l = here.visit.lang;
    let preview = deadlines::preview(&here.ctx(), new).await?;
    let typed = ["ngay", "loai", "ten"].map(|name| format!("{name}={}", encode(form.value(name)))).join("&");
    let document = format!("van_ban={}&tieu_de={}", encode(form.value("van-ban")), encode(form.value("tieu-de")));
    Ok(PreviewPage {
        frame: here.frame(l.t("Xem trước khi lưu"), Place::Calendar).faulty(!form.is_good()),
        day: full_day(l, new.day),
        kind: l.t(new.kind.name_vi()),
        awaited: new.awaited,
        past: new.day < here.visit.today,
        edit: format!("/noi-bo/lich?nam={}&{typed}&{document}#nhap", new.day.year()),
        preview: preview.into(),
        form,
    })
}

pub async fn preview(here: Here, mut form: Form) -> Answer {
    let Some(new) = read(&mut form) else { return year::to_mend(&here, form).await };
    match preview_page(&here, &new, form.clone()).await {
        Ok(shown) => Ok(page(&shown)),
        Err(error) => mended(&here, form, error).await,
    }
}

pub async fn create(here: Here, mut form: Form) -> Answer {
    let Some(new) = read(&mut form) else { return year::to_mend(&here, form).await };
    match service::declare(&here.ctx(), &new, form.chosen("da-qua", "1")).await {
        Ok((id, _)) => Ok(Redirect::to(&format!("/noi-bo/lich/thong-bao/{id}")).into_response()),
        Err(DeadlinesError::Calendar(error @ CalendarError::Past { .. })) => {
            form.refuse("da-qua", sentence(&error));
            let shown = preview_page(&here, &new, form.clone()).await;
            match shown {
                Ok(shown) => Ok(mend(&shown)),
                Err(error) => mended(&here, form, error).await,
            }
        }
        Err(error) => mended(&here, form, error).await,
    }
}

/// The form again with the fault at its field, or the refusal that is about none.
async fn mended(here: &Here, mut form: Form, error: DeadlinesError) -> Answer {
    let DeadlinesError::Calendar(inner) = &error else { return Err(not_moved(error)) };
    let Some(field) = field(inner) else { return Err(not_moved(error)) };
    form.refuse(field, sentence(inner));
    year::to_mend(here, form).await
}

async fn announcement_page(here: &Here, id: AnnouncementId, form: Form) -> Result<AnnouncementPage, Refusal> {
    let (ctx, l) = (here.ctx(), here.visit.lang);
    let mut tx = ctx.read().await.map_err(|error| Refusal::store(&error))?;
    let one = queries::announcement(&mut tx, id).await.map_err(refusal)?;
    let may_keep = ctx.may(Permission::KeepCalendar).is_ok();
    // A contact of another agency sees the calendar, but none of the Office's work.
    let inside = Role::ALL.iter().any(|role| *role != Role::Liaison && here.visit.actor.is(*role, here.visit.today));
    let mut moves = Vec::new();
    if inside {
        let moved = deadlines::moves_of_announcement(&mut tx, id).await.map_err(not_moved)?;
        moves.extend(moved.into_iter().map(|(name, moved)| (name, MoveLine::from(moved))));
    }
    drop(tx);
    let mut dossiers = Vec::new();
    if inside && ctx.may(Permission::ReadDossiers).is_ok() {
        let moved = office::dossiers::queries::moves_of_announcement(&ctx, id, DOSSIERS_SHOWN).await;
        dossiers.extend(moved.map_err(|error| crate::dossiers::refusal(&error))?.into_iter().map(
            |(code, withdrawal, old, new)| {
                (crate::dossiers::why_address(&code), code, withdrawal, short_date(old), short_date(new))
            },
        ));
    }
    let withdrawal = if may_keep && one.withdrawn.is_none() {
        Some(deadlines::preview_withdrawal(&ctx, id).await.map_err(not_moved)?.into())
    } else {
        None
    };
    let content = one.content;
    Ok(AnnouncementPage {
        frame: here
            .frame(&format!("{} {}", l.t("Thông báo về ngày"), short_date(content.day)), Place::Calendar)
            .faulty(!form.is_good()),
        form,
        id,
        day: full_day(l, content.day),
        year: content.day.year(),
        kind: l.t(content.kind.name_vi()),
        more: if may_keep {
            format!(
                "/noi-bo/lich?nam={}&van_ban={}&tieu_de={}#nhap",
                content.day.year(),
                encode(&content.document),
                encode(&content.title)
            )
        } else {
            String::new()
        },
        name: content.name,
        document: content.document,
        title: content.title,
        awaited: content.awaited,
        withdrawn: one.withdrawn.map(|(at, why)| (short_date(kernel::clock::day_of(at)), why)),
        moves,
        dossiers,
        withdrawal,
    })
}

pub async fn show(here: Here, Path(id): Path<AnnouncementId>) -> Answer {
    Ok(page(&announcement_page(&here, id, Form::empty()).await?))
}

pub async fn withdraw(here: Here, Path(id): Path<AnnouncementId>, mut form: Form) -> Answer {
    match service::withdraw(&here.ctx(), id, form.value("ly-do")).await {
        Ok(_) => Ok(Redirect::to(&format!("/noi-bo/lich/thong-bao/{id}")).into_response()),
        Err(DeadlinesError::Calendar(error @ CalendarError::ShortReason { .. })) => {
            form.refuse("ly-do", sentence(&error));
            Ok(mend(&announcement_page(&here, id, form).await?))
        }
        Err(error) => Err(not_moved(error)),
    }
}
