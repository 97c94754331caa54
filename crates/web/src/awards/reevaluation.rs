//! What changed since the nominations of a campaign were frozen: why, for whom; evaluated again as it was seen.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use kernel::Permission;
use kernel::numbers::short_date;
use office::awards::model::{CampaignId, Gate, NominationId};
use office::awards::reevaluation::{self, Changed};
use office::awards::{AwardsError, Cause, queries};

use super::explain::verdict_tone;
use super::refusal;
use crate::files::hand_out;
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show as page};
use crate::say::Lang;
use crate::xlsx::{self, text};

/// A cause in words.
pub(super) struct CauseLine {
    pub words: String,
    pub values: String,
    /// Who entered it, and when.
    pub who: String,
}

impl CauseLine {
    pub(super) fn new(l: Lang, cause: &Cause) -> Self {
        let values = match (&cause.before, &cause.after) {
            (Some(before), Some(after)) => format!("{before} → {after}"),
            (None, Some(after)) => after.clone(),
            (Some(before), None) => format!("{}: {before}", l.t("trước đó")),
            (None, None) => String::new(),
        };
        Self { words: capital(&cause.words), values, who: who(l, cause) }
    }
}

fn who(l: Lang, cause: &Cause) -> String {
    match (cause.on, &cause.by) {
        (Some(on), Some(by)) => format!("{} {} · {by}", l.t("Nhập ngày"), short_date(on)),
        (Some(on), None) => format!("{} {}", l.t("Nhập ngày"), short_date(on)),
        (None, _) if cause.kind == "program" => String::new(),
        (None, _) => l.t("Không lưu ai nhập và nhập lúc nào").to_owned(),
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

struct GroupLine {
    words: String,
    who: String,
    nominations: Vec<(NominationId, String)>,
}

struct ChangedLine {
    one: Changed,
    award: String,
    was: &'static str,
    was_tone: &'static str,
    now: &'static str,
    now_tone: &'static str,
    turned: bool,
    causes: Vec<CauseLine>,
}

#[derive(Template)]
#[template(path = "awards/changes.html")]
struct ChangesPage {
    frame: Frame,
    form: Form,
    campaign: CampaignId,
    name: String,
    groups: Vec<GroupLine>,
    lines: Vec<ChangedLine>,
    gates: Vec<Choice>,
    gate: Gate,
    gate_document: String,
    may_run: bool,
    may_set: bool,
    refused: String,
}

impl ChangesPage {
    fn any_open(&self) -> bool {
        self.lines.iter().any(|line| line.one.is_open())
    }
}

async fn changes_page(here: &Here, id: CampaignId, form: Form, refused: String) -> Result<ChangesPage, Refusal> {
    let (ctx, l) = (here.ctx(), here.visit.lang);
    let mut tx = ctx.read().await.map_err(|error| Refusal::store(&error))?;
    let campaign = queries::campaign(&mut tx, id).await.map_err(refusal)?;
    drop(tx);
    let changed = reevaluation::of_campaign(&ctx, id).await.map_err(refusal)?;
    let groups = reevaluation::grouped(&changed).into_iter().map(|group| GroupLine {
        words: format!("{} {} {}", group.nominations.len(), l.t("hồ sơ đổi vì"), group.cause.words),
        who: who(l, &group.cause),
        nominations: group.nominations,
    });
    let groups = groups.collect();
    let (gate, document) = reevaluation::gate(&ctx).await.map_err(refusal)?;
    Ok(ChangesPage {
        frame: here.frame(l.t("Thay đổi từ lần đánh giá gần nhất"), Place::Awards).faulty(!form.is_good()),
        form,
        campaign: id,
        name: campaign.name,
        groups,
        lines: changed.into_iter().map(|one| line(here, one)).collect(),
        gates: Gate::ALL.iter().map(|gate| Choice::new(gate.code(), l.t(gate.name_vi()))).collect(),
        gate,
        gate_document: document.unwrap_or_default(),
        may_run: ctx.may(Permission::RunCampaign).is_ok(),
        may_set: ctx.may(Permission::Overrule).is_ok(),
        refused,
    })
}

fn line(here: &Here, one: Changed) -> ChangedLine {
    ChangedLine {
        award: here.house.rules.award(one.line.award).name_vi.clone(),
        was: one.was.map_or("chưa có", |verdict| verdict.name_vi()),
        was_tone: verdict_tone(one.was),
        now: one.now.name_vi(),
        now_tone: verdict_tone(Some(one.now)),
        turned: one.was != Some(one.now),
        causes: one.causes.iter().map(|cause| CauseLine::new(here.visit.lang, cause)).collect(),
        one,
    }
}

pub async fn show(here: Here, Path(id): Path<CampaignId>) -> Answer {
    Ok(page(&changes_page(&here, id, Form::empty(), String::new()).await?))
}

pub async fn evaluate(here: Here, Path(id): Path<CampaignId>, form: Form) -> Answer {
    let chosen: BTreeMap<NominationId, String> = form
        .all("ho-so")
        .iter()
        .filter_map(|text| text.split_once(':'))
        .filter_map(|(id, seen)| Some((id.parse().ok()?, seen.to_owned())))
        .collect();
    let chosen: Vec<_> = chosen.into_iter().collect();
    match reevaluation::evaluate(&here.ctx(), id, &chosen).await {
        Ok(_) => Ok(Redirect::to(&format!("/noi-bo/khen-thuong/{id}/thay-doi")).into_response()),
        Err(error @ (AwardsError::Denied(_) | AwardsError::Unknown(_))) => Err(refusal(error)),
        Err(AwardsError::Store(office::StoreError::Stale { .. })) => {
            let words = here.visit.lang.t("Dữ liệu vừa thay đổi thêm; xem lại danh sách dưới đây rồi đánh giá lại.");
            Ok(mend(&changes_page(&here, id, Form::empty(), words.to_owned()).await?))
        }
        Err(error @ AwardsError::Store(_)) => Err(refusal(error)),
        Err(error) => Ok(mend(&changes_page(&here, id, Form::empty(), sentence(&error)).await?)),
    }
}

pub async fn set_gate(here: Here, Path(id): Path<CampaignId>, mut form: Form) -> Answer {
    let gate = Gate::from_code(form.value("cach"));
    if gate.is_none() {
        form.refuse("cach", "Chọn chặn hoặc cảnh báo");
    }
    let document = form.required_line("van-ban", 300, "Ghi văn bản hoặc ý kiến chỉ đạo làm căn cứ");
    let (Some(gate), true) = (gate, form.is_good()) else {
        return Ok(mend(&changes_page(&here, id, form, String::new()).await?));
    };
    match reevaluation::set_gate(&here.ctx(), gate, &document).await {
        Ok(()) => Ok(Redirect::to(&format!("/noi-bo/khen-thuong/{id}/thay-doi")).into_response()),
        Err(error @ AwardsError::ShortReason { .. }) => {
            form.refuse("van-ban", sentence(&error));
            Ok(mend(&changes_page(&here, id, form, String::new()).await?))
        }
        Err(error) => Err(refusal(error)),
    }
}

pub async fn sheet(here: Here, Path(id): Path<CampaignId>) -> Answer {
    let shown = changes_page(&here, id, Form::empty(), String::new()).await?;
    let headers = [
        ("Tên", 28.0),
        ("Đơn vị", 28.0),
        ("Hình thức", 24.0),
        ("Trạng thái", 18.0),
        ("Kết luận khi chốt", 20.0),
        ("Kết luận hiện nay", 20.0),
        ("Thay đổi", 60.0),
        ("Giá trị", 48.0),
        ("Ngày và người nhập", 36.0),
    ];
    let rows = shown.lines.iter().flat_map(|line| {
        line.causes.iter().map(|cause| {
            vec![
                text(&line.one.line.name),
                text(&line.one.line.unit_name),
                text(&line.award),
                text(line.one.line.state.name_vi()),
                text(line.was),
                text(line.now),
                text(&cause.words),
                text(&cause.values),
                text(&cause.who),
            ]
        })
    });
    let made = papers::sheet::xlsx(&[xlsx::sheet("Thay đổi từ lần đánh giá gần nhất", &headers, rows.collect())]);
    hand_out(&here, "thay-doi.xlsx", made.map_err(|error| Refusal::broken(&error))?).await
}
