//! What somebody records of an entry: that it ended, support, connections, conversions, mistakes.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use kernel::id::UnitId;
use office::enterprises::connections::{self, NewConnection};
use office::enterprises::conversions::{self, NewFounding, NewGrowth};
use office::enterprises::model::{ConnectionKind, OutcomeKind, Size, SupportKind};
use office::enterprises::support::{self, NewEvent, NewSupport};
use office::enterprises::{ConnectionId, ConversionId, EnterprisesError, SupportId, queries, service};
use office::organization::EnterpriseId;

use super::show::show_page;
use super::{Fields, mended, refusal};
use crate::form::Form;
use crate::here::Here;
use crate::page::{Answer, mend};

fn seen(form: &Form) -> i64 {
    form.value("phien-ban").parse().unwrap_or(0)
}

/// Back to the page, or the page again with what must be mended.
async fn answered(
    here: &Here,
    id: EnterpriseId,
    mut form: Form,
    fields: Fields<'_>,
    done: Result<(), EnterprisesError>,
) -> Answer {
    match done {
        Ok(()) => Ok(Redirect::to(&format!("/noi-bo/doanh-nghiep/{id}")).into_response()),
        Err(error) => {
            mended(&mut form, fields, error)?;
            again(here, id, form).await
        }
    }
}

async fn again(here: &Here, id: EnterpriseId, form: Form) -> Answer {
    Ok(mend(&show_page(here, id, form).await?))
}

/// All faults at one field.
fn at(field: &str) -> Fields<'_> {
    Fields { code: field, name: field, size: field, clause: field, day: field, words: field }
}

/// Clause, unit and day of an event; none with a fault.
fn event(form: &mut Form, clause: &str, unit: &str, day: &str) -> Option<NewEvent> {
    let on = form.required_day(day, "Nhập ngày");
    let chosen = form.line(clause);
    if chosen.is_empty() {
        form.refuse(clause, "Chọn khoản của Kế hoạch mà việc này gắn với");
    }
    let unit = form.choice::<UnitId>(unit, "Chọn đơn vị đã làm, đã tham mưu việc này");
    Some(NewEvent { clause: chosen, unit: unit?, on: on? }).filter(|_| form.is_good())
}

pub async fn end(here: Here, Path(id): Path<EnterpriseId>, mut form: Form) -> Answer {
    queries::entry(&here.ctx(), id).await.map_err(refusal)?;
    let Some(on) = form.required_day("ngay-ngung", "Nhập ngày ngừng hoạt động") else {
        return again(&here, id, form).await;
    };
    let done = service::end(&here.ctx(), id, seen(&form), on, form.value("vi-sao")).await;
    answered(&here, id, form, at("ngay-ngung"), done).await
}

pub async fn resume(here: Here, Path(id): Path<EnterpriseId>, form: Form) -> Answer {
    let done = service::resume(&here.ctx(), id, seen(&form)).await;
    answered(&here, id, form, at("ngay-ngung"), done).await
}

pub async fn support(here: Here, Path(id): Path<EnterpriseId>, mut form: Form) -> Answer {
    queries::entry(&here.ctx(), id).await.map_err(refusal)?;
    let kind = SupportKind::from_code(&form.line("loai-ho-tro"));
    if kind.is_none() {
        form.refuse("loai-ho-tro", "Chọn loại hỗ trợ");
    }
    let what = form.required_text("ho-tro", 2_000, "Ghi đã hỗ trợ việc gì");
    let event = event(&mut form, "khoan-ho-tro", "don-vi-ho-tro", "ngay-ho-tro");
    let (Some(kind), Some(event), true) = (kind, event, form.is_good()) else {
        return again(&here, id, form).await;
    };
    let new = NewSupport { enterprise: id, kind, what, document: form.line("van-ban"), event };
    let done = support::give(&here.ctx(), &new).await.map(|_| ());
    let fields = Fields { clause: "khoan-ho-tro", day: "ngay-ho-tro", ..at("ho-tro") };
    answered(&here, id, form, fields, done).await
}

pub async fn withdraw_support(here: Here, Path((id, support)): Path<(EnterpriseId, SupportId)>, form: Form) -> Answer {
    let field = format!("ly-do-rut-{support}");
    let done = support::withdraw(&here.ctx(), id, support, seen(&form), form.value(&field)).await;
    answered(&here, id, form, at(&field), done).await
}

pub async fn connect(here: Here, Path(id): Path<EnterpriseId>, mut form: Form) -> Answer {
    queries::entry(&here.ctx(), id).await.map_err(refusal)?;
    let kind = ConnectionKind::from_code(&form.line("loai-ket-noi"));
    if kind.is_none() {
        form.refuse("loai-ket-noi", "Chọn loại kết nối");
    }
    let what = form.required_text("noi-dung-ket-noi", 2_000, "Ghi đã kết nối việc gì");
    let event = event(&mut form, "khoan-ket-noi", "don-vi-ket-noi", "ngay-ket-noi");
    let fields = Fields { clause: "khoan-ket-noi", day: "ngay-ket-noi", code: "ma-ben-kia", ..at("noi-dung-ket-noi") };
    let partner = match connections::partner(&here.ctx(), form.value("ma-ben-kia"), form.value("ben-kia")).await {
        Ok(partner) => Some(partner),
        Err(error) => {
            mended(&mut form, fields, error)?;
            None
        }
    };
    let (Some(kind), Some(event), Some(partner), true) = (kind, event, partner, form.is_good()) else {
        return again(&here, id, form).await;
    };
    let new = NewConnection { enterprise: id, partner, kind, what, event };
    let done = connections::connect(&here.ctx(), &new).await.map(|_| ());
    answered(&here, id, form, fields, done).await
}

pub async fn settle(here: Here, Path((id, connection)): Path<(EnterpriseId, ConnectionId)>, mut form: Form) -> Answer {
    queries::entry(&here.ctx(), id).await.map_err(refusal)?;
    let (kind_field, day_field) = (format!("dat-{connection}"), format!("ngay-ket-qua-{connection}"));
    let words_field = format!("ket-qua-{connection}");
    let agreed = match OutcomeKind::from_code(&form.line(&kind_field)) {
        Some(OutcomeKind::Agreed) => Some(true),
        Some(OutcomeKind::Failed) => Some(false),
        Some(OutcomeKind::Open) | None => {
            form.refuse(&kind_field, "Chọn kết quả");
            None
        }
    };
    let on = form.required_day(&day_field, "Nhập ngày có kết quả");
    let (Some(agreed), Some(on)) = (agreed, on) else {
        return again(&here, id, form).await;
    };
    let which = (id, connection, seen(&form));
    let done = connections::settle(&here.ctx(), which, agreed, on, form.value(&words_field)).await;
    let fields = Fields { day: &day_field, ..at(&words_field) };
    answered(&here, id, form, fields, done).await
}

pub async fn withdraw_connection(
    here: Here,
    Path((id, connection)): Path<(EnterpriseId, ConnectionId)>,
    form: Form,
) -> Answer {
    let field = format!("ly-do-rut-{connection}");
    let done = connections::withdraw(&here.ctx(), id, connection, seen(&form), form.value(&field)).await;
    answered(&here, id, form, at(&field), done).await
}

pub async fn found(here: Here, Path(id): Path<EnterpriseId>, mut form: Form) -> Answer {
    queries::entry(&here.ctx(), id).await.map_err(refusal)?;
    let tax_code = form.required_line("ma-so-moi", 20, "Nhập mã số thuế của doanh nghiệp");
    let event = event(&mut form, "khoan-chuyen", "don-vi-chuyen", "ngay-chuyen");
    let (Some(event), true) = (event, form.is_good()) else {
        return again(&here, id, form).await;
    };
    let new = NewFounding {
        household: id,
        tax_code,
        name: form.line("ten-moi"),
        size: Size::from_code(&form.line("quy-mo-moi")),
        document: form.line("van-ban-chuyen"),
        event,
    };
    let done = conversions::found(&here.ctx(), &new).await.map(|_| ());
    let fields = Fields {
        code: "ma-so-moi",
        name: "ten-moi",
        size: "quy-mo-moi",
        clause: "khoan-chuyen",
        day: "ngay-chuyen",
        words: "ngay-chuyen",
    };
    answered(&here, id, form, fields, done).await
}

pub async fn grow(here: Here, Path(id): Path<EnterpriseId>, mut form: Form) -> Answer {
    queries::entry(&here.ctx(), id).await.map_err(refusal)?;
    let to = Size::from_code(&form.line("quy-mo-lon"));
    if to.is_none() {
        form.refuse("quy-mo-lon", "Chọn quy mô đạt tới");
    }
    let event = event(&mut form, "khoan-lon", "don-vi-lon", "ngay-lon");
    let (Some(to), Some(event), true) = (to, event, form.is_good()) else {
        return again(&here, id, form).await;
    };
    let new = NewGrowth { enterprise: id, to, document: form.line("van-ban-lon"), event };
    let done = conversions::grow(&here.ctx(), &new).await.map(|_| ());
    let fields = Fields { clause: "khoan-lon", day: "ngay-lon", ..at("quy-mo-lon") };
    answered(&here, id, form, fields, done).await
}

pub async fn withdraw_conversion(
    here: Here,
    Path((id, conversion)): Path<(EnterpriseId, ConversionId)>,
    form: Form,
) -> Answer {
    let field = format!("ly-do-rut-{conversion}");
    let done = conversions::withdraw(&here.ctx(), id, conversion, seen(&form), form.value(&field)).await;
    answered(&here, id, form, at(&field), done).await
}
