//! What is written into the book: entries, counter-entries, bonuses that came back, the end of a year, settings.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse as _, Redirect, Response};
use kernel::Permission;
use kernel::numbers::{Dong, short_date};
use office::decisions::LineId;
use office::fund::model::{Kind, Settings};
use office::fund::queries::{self, Detail};
use office::fund::service::{self, NewEntry};
use office::fund::{Entry, EntryId, FundError};
use office::identity;

use super::book::{Asked, book_page, entry_url};
use super::refusal;
use crate::form::Form;
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show as page};

fn back(year: i16) -> Response {
    Redirect::to(&format!("/noi-bo/quy-khen-thuong?nam={year}")).into_response()
}

/// The book again with the form as it was sent.
async fn again(here: &Here, form: Form) -> Answer {
    let asked = Asked::of_year(form.value("nam"));
    Ok(mend(&book_page(here, &asked, form).await?))
}

/// An amount that must be there.
fn amount(form: &mut Form, field: &str) -> Dong {
    form.line(field).parse().unwrap_or_else(|fault| {
        form.refuse(field, sentence(&fault));
        Dong(0)
    })
}

/// A year that may be left out.
fn year(form: &mut Form, field: &str) -> Option<i16> {
    let line = form.line(field);
    let read = line.parse().ok().filter(|year| (2000..=2200).contains(year));
    if read.is_none() && !line.is_empty() {
        form.refuse(field, "Nhập năm bằng bốn chữ số");
    }
    read
}

pub async fn create(here: Here, mut form: Form) -> Answer {
    let kind = Kind::from_code(form.value("loai"));
    if kind.is_none() {
        form.refuse("loai", "Chọn loại thu, chi hoặc dự toán");
    }
    let amount = amount(&mut form, "so-tien");
    let on = form.required_day("ngay", "Nhập ngày trên chứng từ");
    let year = year(&mut form, "nam");
    let document = form.required_line("chung-tu", 200, "Ghi số, tên chứng từ hoặc văn bản");
    let words = form.required_line("noi-dung", 500, "Ghi nội dung thu, chi");
    let (Some(kind), Some(on), true) = (kind, on, form.is_good()) else { return again(&here, form).await };
    let field = match service::enter(&here.ctx(), &NewEntry { kind, year, amount, on, document, words }).await {
        Ok(_) => return Ok(back(year.unwrap_or(on.year()))),
        Err(error @ FundError::OddAmount { .. }) => ("so-tien", error),
        Err(error @ FundError::SameDocument { .. }) => ("chung-tu", error),
        Err(error @ (FundError::OddDay { .. } | FundError::BeforeBook { .. } | FundError::YearClosed { .. })) => {
            ("ngay", error)
        }
        Err(error @ (FundError::OtherYear { .. } | FundError::OddPlanYear { .. })) => ("nam", error),
        Err(error @ (FundError::OpeningTwice { .. } | FundError::OpeningLate { .. } | FundError::NotTyped { .. })) => {
            ("loai", error)
        }
        Err(error) => return Err(refusal(error)),
    };
    form.refuse(field.0, sentence(&field.1));
    again(&here, form).await
}

pub async fn close(here: Here, mut form: Form) -> Answer {
    let Some(closed) = form.choice::<i16>("nam", "Chọn năm") else { return again(&here, form).await };
    match service::close(&here.ctx(), closed).await {
        Ok(()) => Ok(back(closed)),
        Err(
            error @ (FundError::YearRuns { .. }
            | FundError::EarlierOpen { .. }
            | FundError::NoBook { .. }
            | FundError::YearClosed { .. }
            | FundError::BeforeBook { .. }),
        ) => {
            form.refuse("nam", sentence(&error));
            again(&here, form).await
        }
        Err(error) => Err(refusal(error)),
    }
}

pub async fn recover(here: Here, mut form: Form) -> Answer {
    let line = form.choice::<LineId>("dong", "Chọn người có tiền thưởng phải thu hồi");
    let on = form.required_day("ngay-thu", "Nhập ngày thu lại tiền");
    let document = form.required_line("chung-tu-thu", 200, "Ghi số phiếu thu");
    let (Some(line), Some(on), true) = (line, on, form.is_good()) else { return again(&here, form).await };
    let field = match service::recover(&here.ctx(), line, on, &document).await {
        Ok(_) => return Ok(back(on.year())),
        Err(error @ (FundError::OddDay { .. } | FundError::YearClosed { .. } | FundError::BeforeBook { .. })) => {
            ("ngay-thu", error)
        }
        Err(error @ FundError::NothingToClaim) => ("dong", error),
        Err(error) => return Err(refusal(error)),
    };
    form.refuse(field.0, sentence(&field.1));
    again(&here, form).await
}

pub async fn set(here: Here, mut form: Form) -> Answer {
    let days = form.line("so-ngay");
    let remind_days = if days.is_empty() { None } else { Some(days.parse().unwrap_or(-1)) };
    let share = service::parse_share(form.value("ty-le"));
    if let Err(error) = &share {
        form.refuse("ty-le", sentence(error));
    }
    let document = form.required_line("van-ban", 200, "Ghi văn bản quy định");
    let version = form.value("phien-ban").parse().ok();
    let (Ok(organising_share_bp), Some(version), true) = (share, version, form.is_good()) else {
        return if form.is_good() { Err(Refusal::unreadable()) } else { again(&here, form).await };
    };
    let settings = Settings { remind_days, organising_share_bp, document: Some(document), version };
    match service::set(&here.ctx(), &settings).await {
        Ok(()) => Ok(Redirect::to("/noi-bo/quy-khen-thuong").into_response()),
        Err(error @ FundError::OddSetting(_)) => {
            form.refuse("so-ngay", sentence(&error));
            again(&here, form).await
        }
        Err(error) => Err(refusal(error)),
    }
}

#[derive(Template)]
#[template(path = "fund/entry.html")]
struct EntryPage {
    frame: Frame,
    form: Form,
    entry: Entry,
    day: String,
    written: String,
    who: String,
    line: String,
    reverses: Option<(String, String)>,
    reversed_by: Option<(String, String)>,
    may_reverse: bool,
}

async fn entry_page(here: &Here, id: EntryId, form: Form) -> Result<EntryPage, Refusal> {
    let (ctx, l) = (here.ctx(), here.visit.lang);
    let Detail { entry, reverses, reversed_by } = queries::detail(&ctx, id).await.map_err(refusal)?;
    let names = identity::queries::names(&ctx).await.map_err(|error| Refusal::broken(&error))?;
    let link = |other: Entry| (entry_url(other.id), service::number_text(&other));
    let number = service::number_text(&entry);
    Ok(EntryPage {
        frame: here.frame(&format!("{} {number}", l.t("Bút toán số")), Place::Fund).faulty(!form.is_good()),
        form,
        day: short_date(entry.on),
        written: short_date(kernel::clock::day_of(entry.at)),
        who: entry.account.and_then(|id| names.get(&id).cloned()).unwrap_or_default(),
        line: entry.line.map(|line| format!("/noi-bo/dong/{line}")).unwrap_or_default(),
        may_reverse: entry.reverses.is_none() && reversed_by.is_none() && ctx.may(Permission::KeepFund).is_ok(),
        reverses: reverses.map(link),
        reversed_by: reversed_by.map(link),
        entry,
    })
}

pub async fn show(here: Here, Path(id): Path<EntryId>) -> Answer {
    Ok(page(&entry_page(&here, id, Form::empty()).await?))
}

pub async fn reverse(here: Here, Path(id): Path<EntryId>, mut form: Form) -> Answer {
    match service::reverse(&here.ctx(), id, form.value("ly-do")).await {
        Ok(counter) => Ok(Redirect::to(&entry_url(counter)).into_response()),
        Err(
            error @ (FundError::ShortReason { .. } | FundError::AlreadyReversed { .. } | FundError::YearClosed { .. }),
        ) => {
            form.refuse("ly-do", sentence(&error));
            Ok(mend(&entry_page(&here, id, form).await?))
        }
        Err(error) => Err(refusal(error)),
    }
}
