//! Where all units stand with their programmes, on a day.

use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect};
use kernel::numbers::{percent, short_date};
use kernel::{Date, Permission};
use office::programmes::decision::UnitStanding;
use office::programmes::model::Standing;
use office::programmes::queries::Overview;
use office::programmes::{ProgrammesError, queries, service};
use serde::Deserialize;

use super::refusal;

use crate::files::hand_out;
use crate::form::Form;
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show as page};
use crate::xlsx::{sheet as new_sheet, text};

/// The day looked at.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    ngay: String,
}

struct Row {
    one: UnitStanding,
    first: String,
}

#[derive(Template)]
#[template(path = "programmes/overview.html")]
struct OverviewPage {
    frame: Frame,
    form: Form,
    day: String,
    share: String,
    found: Overview,
    counts: Vec<(&'static str, usize)>,
    missing: String,
    rows: Vec<Row>,
    sheet: String,
    may_approve: bool,
}

/// The day asked for; never one that is still to come.
fn day_of(here: &Here, form: &mut Form) -> Date {
    let today = here.ctx().today();
    let day = form.day_or("ngay", today);
    if day > today {
        form.refuse("ngay", "Chọn ngày không sau hôm nay");
        return today;
    }
    day
}

async fn overview_page(here: &Here, mut form: Form) -> Result<OverviewPage, Refusal> {
    let day = day_of(here, &mut form);
    let found = queries::overview(&here.ctx(), day).await.map_err(refusal)?;
    let rows = found
        .units
        .iter()
        .map(|one| Row { first: one.first_submitted_on.map(short_date).unwrap_or_default(), one: one.clone() });
    Ok(OverviewPage {
        frame: here.frame(here.visit.lang.t("Chương trình thi đua"), Place::Programmes).faulty(!form.is_good()),
        day: short_date(day),
        share: found.coverage.share_bp().map(percent).unwrap_or_default(),
        missing: found.coverage.missing.iter().map(|unit| unit.name.as_str()).collect::<Vec<_>>().join("; "),
        rows: rows.collect(),
        counts: found.counts.iter().map(|(standing, many)| (label(*standing), *many)).collect(),
        sheet: format!("/noi-bo/chuong-trinh/danh-sach.xlsx?ngay={}", crate::urls::encode(&short_date(day))),
        may_approve: here.ctx().may(Permission::ApproveProgramme).is_ok(),
        found,
        form,
    })
}

pub async fn show(here: Here, Query(asked): Query<Asked>) -> Answer {
    let shown = overview_page(&here, Form::filled([("ngay", asked.ngay)])).await?;
    Ok(if shown.form.is_good() { page(&shown) } else { mend(&shown) })
}

pub async fn sheet(here: Here, Query(asked): Query<Asked>) -> Answer {
    let mut form = Form::filled([("ngay", asked.ngay)]);
    let day = day_of(&here, &mut form);
    let found = queries::overview(&here.ctx(), day).await.map_err(refusal)?;
    let headers = [
        ("Mã", 12.0),
        ("Đơn vị", 40.0),
        ("Trạng thái", 16.0),
        ("Bản đang hiệu lực", 18.0),
        ("Bản sửa đổi", 18.0),
        ("Gửi lần đầu", 14.0),
        ("Quá hạn", 12.0),
    ];
    let cells = found.units.iter().map(|one| {
        vec![
            text(&one.unit.code),
            text(&one.unit.name),
            text(one.standing.name_vi()),
            text(&one.in_force.map(|number| number.to_string()).unwrap_or_default()),
            text(&one.amendment.map(|(number, state)| format!("{number}: {}", state.name_vi())).unwrap_or_default()),
            text(&one.first_submitted_on.map(short_date).unwrap_or_default()),
            text(if one.late { "quá hạn" } else { "" }),
        ]
    });
    let name = format!("Chương trình {day}");
    let bytes = papers::sheet::xlsx(&[new_sheet(&name, &headers, cells.collect())]);
    hand_out(&here, "chuong-trinh.xlsx", bytes.map_err(|error| Refusal::broken(&error))?).await
}

pub async fn set_shortest_reason(here: Here, mut form: Form) -> Answer {
    let Some(letters) = form.choice::<i64>("do-dai", "Nhập số ký tự") else {
        return Ok(mend(&overview_page(&here, form).await?));
    };
    match service::set_shortest_reason(&here.ctx(), letters).await {
        Ok(()) => Ok(Redirect::to("/noi-bo/chuong-trinh").into_response()),
        Err(error @ ProgrammesError::OddLength { .. }) => {
            form.refuse("do-dai", sentence(&error));
            Ok(mend(&overview_page(&here, form).await?))
        }
        Err(error) => Err(refusal(error)),
    }
}

/// The words of a count, as a label.
fn label(standing: Standing) -> &'static str {
    match standing {
        Standing::NotSent => "Chưa gửi",
        Standing::Waiting => "Chờ duyệt",
        Standing::Returned => "Trả lại",
        Standing::Approved => "Đã duyệt",
    }
}
