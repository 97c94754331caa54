//! All *tờ trình* with where each lies, and a form for a new one.

use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect};
use kernel::Permission;
use kernel::numbers::short_date;
use office::awards::NominationId;
use office::submissions::SubmissionsError;
use office::submissions::model::{StateKind, SubmissionId};
use office::submissions::queries::{self, Filter, Sent};
use office::submissions::service::{self, NewSubmission};
use papers::sheet::Cell;
use serde::Deserialize;

use super::{refusal, stands, waits};
use crate::files::hand_out;
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show as page};
use crate::urls;
use crate::xlsx::{sheet as new_sheet, text};

/// What is asked for.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    tim: String,
    #[serde(default)]
    trang_thai: String,
    #[serde(default)]
    cap: String,
    #[serde(default)]
    hinh_thuc: String,
}

impl Asked {
    fn filter(&self) -> Filter {
        Filter {
            state: StateKind::from_code(&self.trang_thai),
            level: self.cap.clone(),
            award: self.hinh_thuc.parse().ok(),
            text: self.tim.clone(),
        }
    }

    fn sheet_url(&self) -> String {
        let query =
            [("tim", &self.tim), ("trang_thai", &self.trang_thai), ("cap", &self.cap), ("hinh_thuc", &self.hinh_thuc)];
        let query = query.map(|(name, value)| format!("{name}={}", urls::encode(value)));
        format!("/noi-bo/trinh-cap-tren/danh-sach.xlsx?{}", query.join("&"))
    }
}

struct Row {
    id: SubmissionId,
    number: String,
    signed: String,
    state: StateKind,
    stands: String,
    waits: String,
    names: String,
}

#[derive(Template)]
#[template(path = "submissions/list.html")]
struct ListPage {
    frame: Frame,
    form: Form,
    sheet: String,
    rows: Vec<Row>,
    states: Vec<Choice>,
    levels: Vec<String>,
    awards: Vec<Choice>,
    waiting: Vec<Choice>,
    may_send: bool,
}

fn row(here: &Here, sent: &Sent) -> Row {
    let l = here.visit.lang;
    let one = &sent.submission;
    let named = |line: &queries::Line| {
        format!("{} ({})", line.nominated.name, here.house.rules.award(line.nominated.award).name_vi)
    };
    Row {
        id: one.id,
        number: one.number.clone(),
        signed: short_date(one.signed_on),
        state: one.state.kind(),
        stands: stands(l, one),
        waits: waits(l, sent),
        names: sent.lines.iter().map(named).collect::<Vec<_>>().join("; "),
    }
}

async fn list_page(here: &Here, asked: &Asked, mut form: Form) -> Result<ListPage, Refusal> {
    let (ctx, l) = (here.ctx(), here.visit.lang);
    let all = queries::list(&ctx, &Filter::default()).await.map_err(refusal)?;
    let filter = asked.filter();
    let may_send = ctx.may(Permission::RunCampaign).is_ok();
    let waiting = if may_send { queries::to_send(&ctx).await.map_err(refusal)? } else { Vec::new() };
    let mut levels: Vec<String> = all.iter().map(|sent| sent.submission.at().to_owned()).collect();
    levels.sort();
    levels.dedup();
    let asked_fields =
        [("tim", &asked.tim), ("trang_thai", &asked.trang_thai), ("cap", &asked.cap), ("hinh_thuc", &asked.hinh_thuc)];
    for (field, value) in asked_fields {
        form.put(field, value.clone());
    }
    let above = here.house.rules.awards().filter(|award| award.level != rules::Level::Office);
    Ok(ListPage {
        frame: here.frame(l.t("Trình cấp trên"), Place::Submissions).faulty(!form.is_good()),
        sheet: asked.sheet_url(),
        rows: all.iter().filter(|sent| filter.takes(sent)).map(|sent| row(here, sent)).collect(),
        states: StateKind::ALL.iter().map(|state| Choice::new(state.code(), l.t(state.name_vi()))).collect(),
        levels,
        awards: above.map(|award| Choice::new(award.code, &award.name_vi)).collect(),
        waiting: waiting
            .into_iter()
            .map(|one| {
                let award = &here.house.rules.award(one.award).name_vi;
                Choice::new(one.id, format!("{} – {award}", one.name)).hint(one.unit_name)
            })
            .collect(),
        may_send,
        form,
    })
}

pub async fn show(here: Here, Query(asked): Query<Asked>) -> Answer {
    Ok(page(&list_page(&here, &asked, Form::empty()).await?))
}

pub async fn create(here: Here, mut form: Form) -> Answer {
    let number = form.required_line("so", 60, "Nhập số tờ trình, ví dụ 12/TTr-VPUB");
    let signed_on = form.required_day("ngay", "Nhập ngày ký tờ trình");
    let nominations: Vec<NominationId> = form.all("ho-so").iter().filter_map(|id| id.parse().ok()).collect();
    if nominations.is_empty() {
        form.refuse("ho-so", sentence(&SubmissionsError::Nobody));
    }
    let Some(signed_on) = signed_on.filter(|_| form.is_good()) else {
        return Ok(mend(&list_page(&here, &Asked::default(), form).await?));
    };
    let field = match service::send(&here.ctx(), &NewSubmission { number, signed_on, nominations }).await {
        Ok(id) => return Ok(Redirect::to(&format!("/noi-bo/trinh-cap-tren/{id}")).into_response()),
        Err(error @ SubmissionsError::NumberTaken { .. }) => ("so", error),
        Err(error @ (SubmissionsError::OddDay { .. } | SubmissionsError::BeforeTheVote { .. })) => ("ngay", error),
        Err(error @ (SubmissionsError::NotToSend { .. } | SubmissionsError::DifferentRoutes { .. })) => {
            ("ho-so", error)
        }
        Err(error) => return Err(refusal(error)),
    };
    form.refuse(field.0, sentence(&field.1));
    Ok(mend(&list_page(&here, &Asked::default(), form).await?))
}

pub async fn sheet(here: Here, Query(asked): Query<Asked>) -> Answer {
    let found = queries::list(&here.ctx(), &asked.filter()).await.map_err(refusal)?;
    let headers = [
        ("Số tờ trình", 18.0),
        ("Ngày ký", 12.0),
        ("Trạng thái", 22.0),
        ("Đang ở", 36.0),
        ("Từ ngày", 12.0),
        ("Số ngày làm việc đã chờ", 14.0),
        ("Họ và tên, tập thể", 30.0),
        ("Đơn vị", 32.0),
        ("Hình thức", 36.0),
        ("Kết quả", 24.0),
        ("Quyết định", 20.0),
    ];
    let mut rows = Vec::new();
    for sent in &found {
        let one = &sent.submission;
        let decision = match &one.state {
            office::submissions::model::State::Decided { number, .. } => number.as_str(),
            _ => "",
        };
        rows.extend(sent.lines.iter().map(|line| {
            vec![
                text(&one.number),
                text(&short_date(one.signed_on)),
                text(one.state.kind().name_vi()),
                text(one.at()),
                text(&short_date(one.since)),
                sent.waits.map_or(Cell::Empty, |days| text(&days.to_string())),
                text(&line.nominated.name),
                text(&line.nominated.unit_name),
                text(&here.house.rules.award(line.nominated.award).name_vi),
                text(line.outcome.map_or("", |outcome| outcome.name_vi())),
                text(decision),
            ]
        }));
    }
    let bytes = papers::sheet::xlsx(&[new_sheet("Trình cấp trên", &headers, rows)]);
    hand_out(&here, "trinh-cap-tren.xlsx", bytes.map_err(|error| Refusal::broken(&error))?).await
}
