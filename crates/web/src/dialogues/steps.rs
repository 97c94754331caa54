//! What somebody does with a dialogue, from its agenda to its published result.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use kernel::id::{PersonId, UnitId};
use office::dialogues::commitments::{self, NewCommitment};
use office::dialogues::guests::{self, Whom};
use office::dialogues::{
    AmendmentId, DialogueId, DialoguesError, GuestId, ItemId, QuestionId, minutes, publication, queries, questions,
    registration, service,
};

use super::show::show_page;
use super::{mended, refusal};
use crate::form::Form;
use crate::here::Here;
use crate::page::{Answer, mend, show as page};

fn back(id: DialogueId) -> Response {
    Redirect::to(&format!("/noi-bo/doi-thoai/{id}")).into_response()
}

fn seen(form: &Form) -> i64 {
    form.value("phien-ban").parse().unwrap_or(0)
}

/// Back to the page, or the page again with what must be mended: a fault of the day, or of the words.
async fn answered<T>(
    here: &Here,
    id: DialogueId,
    mut form: Form,
    (day, words): (&str, &str),
    done: Result<T, DialoguesError>,
) -> Answer {
    match done {
        Ok(_) => Ok(back(id)),
        Err(error) => {
            mended(&mut form, day, words, error)?;
            again(here, id, form).await
        }
    }
}

async fn again(here: &Here, id: DialogueId, form: Form) -> Answer {
    Ok(mend(&show_page(here, id, form, None).await?))
}

/// There is such a dialogue, before its form is read.
async fn there_is(here: &Here, id: DialogueId) -> Result<(), crate::page::Refusal> {
    queries::detail(&here.ctx(), id).await.map(|_| ()).map_err(refusal)
}

pub async fn move_to(here: Here, Path(id): Path<DialogueId>, mut form: Form) -> Answer {
    there_is(&here, id).await?;
    let Some(on) = form.required_day("ngay", "Nhập ngày tổ chức") else { return again(&here, id, form).await };
    let done = service::move_to(&here.ctx(), id, seen(&form), on, form.value("dia-diem")).await;
    answered(&here, id, form, ("ngay", "dia-diem"), done).await
}

pub async fn cancel(here: Here, Path(id): Path<DialogueId>, form: Form) -> Answer {
    let done = service::cancel(&here.ctx(), id, seen(&form), form.value("ly-do-huy")).await;
    answered(&here, id, form, ("ly-do-huy", "ly-do-huy"), done).await
}

pub async fn hold(here: Here, Path(id): Path<DialogueId>, mut form: Form) -> Answer {
    there_is(&here, id).await?;
    let Some(on) = form.required_day("ngay-to-chuc", "Nhập ngày đã tổ chức") else {
        return again(&here, id, form).await;
    };
    let done = service::hold(&here.ctx(), id, seen(&form), on).await;
    answered(&here, id, form, ("ngay-to-chuc", "ngay-to-chuc"), done).await
}

pub async fn add_item(here: Here, Path(id): Path<DialogueId>, form: Form) -> Answer {
    let done = service::add_item(&here.ctx(), id, form.value("noi-dung")).await;
    answered(&here, id, form, ("noi-dung", "noi-dung"), done).await
}

pub async fn drop_item(here: Here, Path((id, item)): Path<(DialogueId, ItemId)>) -> Answer {
    service::drop_item(&here.ctx(), id, item).await.map_err(refusal)?;
    Ok(back(id))
}

pub async fn invite(here: Here, Path(id): Path<DialogueId>, mut form: Form) -> Answer {
    there_is(&here, id).await?;
    let (code, name) = (form.line("ma-so-thue"), form.line("khach"));
    let whom = match form.line("nguoi").parse::<PersonId>() {
        Ok(person) => Whom::Person(person),
        Err(_) if !code.is_empty() => Whom::Enterprise(code),
        Err(_) => Whom::Outside(name),
    };
    match guests::invite(&here.ctx(), id, &whom).await {
        Ok((_, None)) => Ok(back(id)),
        Ok((guest, Some(code))) => told(&here, id, guest, code).await,
        Err(error) => {
            mended(&mut form, "khach", "khach", error)?;
            again(&here, id, form).await
        }
    }
}

/// The page with a code that is told once.
async fn told(here: &Here, id: DialogueId, guest: GuestId, code: String) -> Answer {
    let found = queries::detail(&here.ctx(), id).await.map_err(refusal)?;
    let name = found.guests.into_iter().find(|one| one.id == guest).map(|one| one.name).unwrap_or_default();
    Ok(page(&show_page(here, id, Form::empty(), Some((name, code))).await?))
}

pub async fn renew_code(here: Here, Path((id, guest)): Path<(DialogueId, GuestId)>) -> Answer {
    let code = guests::renew_code(&here.ctx(), id, guest).await.map_err(refusal)?;
    told(&here, id, guest, code).await
}

pub async fn uninvite(here: Here, Path((id, guest)): Path<(DialogueId, GuestId)>, form: Form) -> Answer {
    let done = guests::uninvite(&here.ctx(), id, guest).await;
    answered(&here, id, form, ("khach", "khach"), done).await
}

/// Everybody reads of it, and may ask to take part until a day.
pub async fn announce(here: Here, Path(id): Path<DialogueId>, mut form: Form) -> Answer {
    there_is(&here, id).await?;
    let Some(until) = form.required_day("han-dang-ky", "Nhập ngày cuối nhận đăng ký") else {
        return again(&here, id, form).await;
    };
    let done = registration::open(&here.ctx(), id, seen(&form), form.value("gio"), until).await;
    answered(&here, id, form, ("han-dang-ky", "gio"), done).await
}

pub async fn unannounce(here: Here, Path(id): Path<DialogueId>, form: Form) -> Answer {
    let done = registration::close(&here.ctx(), id, seen(&form)).await;
    answered(&here, id, form, ("han-dang-ky", "gio"), done).await
}

pub async fn confirm(here: Here, Path((id, guest)): Path<(DialogueId, GuestId)>, form: Form) -> Answer {
    let done = registration::confirm(&here.ctx(), id, guest).await;
    answered(&here, id, form, ("khach", "khach"), done).await
}

pub async fn decline(here: Here, Path((id, guest)): Path<(DialogueId, GuestId)>, form: Form) -> Answer {
    let field = format!("vi-sao-{guest}");
    let done = registration::decline(&here.ctx(), id, guest, form.value(&field)).await;
    answered(&here, id, form, (&field, &field), done).await
}

pub async fn attend(here: Here, Path(id): Path<DialogueId>, form: Form) -> Answer {
    let there: Vec<GuestId> = form.all("co-mat").iter().filter_map(|id| id.parse().ok()).collect();
    let done = guests::attend(&here.ctx(), id, seen(&form), &there).await;
    answered(&here, id, form, ("co-mat", "co-mat"), done).await
}

pub async fn ask(here: Here, Path(id): Path<DialogueId>, form: Form) -> Answer {
    let guest = form.line("khach-hoi").parse().ok();
    let done = questions::enter(&here.ctx(), id, guest, form.value("nguoi-hoi"), form.value("cau-hoi")).await;
    answered(&here, id, form, ("cau-hoi", "cau-hoi"), done).await
}

pub async fn petition(here: Here, Path((id, question)): Path<(DialogueId, QuestionId)>, mut form: Form) -> Answer {
    there_is(&here, id).await?;
    let field = format!("tieu-de-{question}");
    let title = form.required_line(&field, 200, "Nhập tiêu đề của kiến nghị");
    if !form.is_good() {
        return again(&here, id, form).await;
    }
    let (_, code) = questions::petition(&here.ctx(), id, question, &title).await.map_err(refusal)?;
    Ok(page(&show_page(&here, id, Form::empty(), Some((title, code))).await?))
}

/// A question is an accusation: handed over, and locked.
pub async fn hand_over(here: Here, Path((id, question)): Path<(DialogueId, QuestionId)>, mut form: Form) -> Answer {
    there_is(&here, id).await?;
    let agency = form.required_line(&format!("noi-nhan-{question}"), 200, "Nhập cơ quan nhận đơn");
    let document = form.required_line(&format!("van-ban-{question}"), 200, "Nhập số văn bản hoặc phiếu chuyển đơn");
    if !form.is_good() {
        return again(&here, id, form).await;
    }
    questions::hand_over(&here.ctx(), id, question, (&agency, &document)).await.map_err(refusal)?;
    Ok(back(id))
}

pub async fn write(here: Here, Path(id): Path<DialogueId>, form: Form) -> Answer {
    let done = minutes::write(&here.ctx(), id, seen(&form), form.value("bien-ban")).await;
    answered(&here, id, form, ("bien-ban", "bien-ban"), done).await
}

pub async fn amend(here: Here, Path(id): Path<DialogueId>, form: Form) -> Answer {
    let done = minutes::amend(&here.ctx(), id, form.value("sua")).await;
    answered(&here, id, form, ("sua", "sua"), done).await
}

pub async fn settle(here: Here, Path((id, amendment)): Path<(DialogueId, AmendmentId)>, form: Form) -> Answer {
    let field = format!("tra-loi-{amendment}");
    let taken = form.value("tiep-thu") == "co";
    let done = minutes::settle(&here.ctx(), id, amendment, taken, form.value(&field)).await;
    answered(&here, id, form, (&field, &field), done).await
}

pub async fn commit(here: Here, Path(id): Path<DialogueId>, mut form: Form) -> Answer {
    there_is(&here, id).await?;
    let what = form.required_line("cam-ket", 200, "Ghi điều đã cam kết");
    let unit = form.choice::<UnitId>("don-vi-cam-ket", "Chọn đơn vị chịu trách nhiệm");
    let due_on = form.required_day("han", "Nhập hạn thực hiện");
    let (Some(unit), Some(due_on), true) = (unit, due_on, form.is_good()) else {
        return again(&here, id, form).await;
    };
    let done = commitments::commit(&here.ctx(), id, &NewCommitment { what, unit, due_on }).await;
    answered(&here, id, form, ("han", "cam-ket"), done).await
}

pub async fn freeze(here: Here, Path(id): Path<DialogueId>, form: Form) -> Answer {
    let done = minutes::freeze(&here.ctx(), id, seen(&form)).await;
    answered(&here, id, form, ("chot", "chot"), done).await
}

pub async fn publish(here: Here, Path(id): Path<DialogueId>, form: Form) -> Answer {
    let done = publication::publish(&here.ctx(), id, seen(&form), form.value("ket-qua")).await;
    answered(&here, id, form, ("ket-qua", "ket-qua"), done).await
}

pub async fn hide(here: Here, Path(id): Path<DialogueId>, form: Form) -> Answer {
    publication::hide(&here.ctx(), id, seen(&form)).await.map_err(refusal)?;
    Ok(back(id))
}
