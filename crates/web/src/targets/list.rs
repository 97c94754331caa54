//! The targets of the plan with the indicators that measure them: this year's figure against what is aimed at.

use askama::Template;
use axum::extract::Query;
use axum::response::{IntoResponse, Redirect};
use kernel::Permission;
use office::movements::kinds::Kind;
use office::targets::model::Settings;
use office::targets::progress::Status;
use office::targets::queries::{self, Listed};
use office::targets::{IndicatorId, Nature, TargetsError, service};
use serde::Deserialize;

use super::{refusal, reported, shown, total};
use crate::chart::bar::bar;
use crate::form::{Choice, Form};
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show as page};
use crate::say::Lang;
use crate::then::{Then, Typed};

/// What is asked for.
#[derive(Deserialize, Default)]
pub struct Asked {
    #[serde(default)]
    nam: String,
    #[serde(flatten)]
    then: Typed,
}

/// An indicator as a line of a table.
#[derive(Clone)]
pub(crate) struct Row {
    pub id: IndicatorId,
    pub code: String,
    pub name: String,
    /// Whether it is a number, and so has a status.
    pub is_number: bool,
    pub status: Status,
    pub why: &'static str,
    pub total: String,
    pub reported: String,
    pub provisional: String,
    pub gaps: String,
    pub aim: String,
    /// `ok`, `bad`, or empty where it cannot be said.
    pub tone: &'static str,
    pub against: &'static str,
    pub bar: String,
    pub levels: String,
    pub note: &'static str,
}

impl Row {
    /// The words of a line.
    pub fn of(l: Lang, one: &Listed) -> Self {
        let (how, figure) = (&one.definition.counting, &one.year.told.figure);
        let number = how.nature == Nature::Quantitative;
        let levels: Vec<String> = figure
            .levels
            .iter()
            .filter(|(_, many)| *many > 0)
            .map(|(level, many)| format!("{}: {many}", l.t(level.name_vi())))
            .collect();
        let high = [how.most, one.year.aim, figure.total].into_iter().flatten().max();
        let (tone, against) = match one.year.meets {
            Some(true) => ("ok", "đạt mốc năm"),
            Some(false) => ("bad", "chưa đạt mốc năm"),
            None => ("", ""),
        };
        Self {
            id: one.indicator.id,
            code: one.indicator.code.clone(),
            name: how.name.clone(),
            is_number: number,
            status: one.progress.status,
            why: if number { one.progress.why } else { "" },
            total: total(figure, how),
            reported: reported(l, figure),
            provisional: match figure.provisional {
                0 => String::new(),
                many => format!("{many} {}", l.t("chưa duyệt")),
            },
            gaps: match one.year.told.gaps {
                0 => String::new(),
                many => format!("{} {many} {}", l.t("còn thiếu"), l.t("số liệu kỳ")),
            },
            aim: one.year.aim.map(|amount| shown(amount, how)).unwrap_or_default(),
            tone,
            against,
            bar: bar(figure.total.map(|one| one.0), one.year.aim.map(|one| one.0), 0, high.map_or(0, |one| one.0)),
            levels: levels.join(" · "),
            note: one.year.told.note,
        }
    }
}

/// A target of the plan with its indicators.
struct Target {
    clause: String,
    text: String,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "targets/list.html")]
struct ListPage {
    frame: Frame,
    form: Form,
    year: i16,
    years: Vec<Choice>,
    targets: Vec<Target>,
    then: Then,
    may_manage: bool,
    may_read: bool,
    settings: Settings,
}

/// The year asked for, within the movement; the one of the day otherwise.
pub(crate) fn year_of(here: &Here, typed: &str, day: kernel::Date) -> i16 {
    let plan = &here.house.plan;
    let today = day.year().clamp(plan.first_year(), plan.last_year());
    typed.parse().ok().filter(|year| (plan.first_year()..=today).contains(year)).unwrap_or(today)
}

async fn list_page(here: &Here, asked: &Asked, mut form: Form) -> Result<ListPage, Refusal> {
    let (ctx, l) = (here.ctx(), here.visit.lang);
    let mut then = asked.then.read(here, "/noi-bo/chi-tieu".to_owned(), false);
    let day = then.known_on.unwrap_or(here.visit.today);
    let year = year_of(here, &asked.nam, day);
    then.rest.push(("nam", year.to_string()));
    let found = queries::list(&ctx, year, day).await.map_err(refusal)?;
    let settings = queries::settings(&ctx).await.map_err(refusal)?;
    form.put("nam", year.to_string());
    if form.is_good() {
        form.put("so-diem", settings.forecast_points.to_string());
        form.put("so-lan", settings.outlier_factor.to_string());
    }
    let plan = &here.house.plan;
    let target = |clause: &office::movements::Clause| Target {
        clause: clause.id.to_string(),
        text: clause.text.clone(),
        rows: found
            .iter()
            .filter(|one| one.indicator.clause == clause.id.as_str())
            .map(|one| Row::of(l, one))
            .collect(),
    };
    Ok(ListPage {
        frame: here.frame(l.t("Chỉ tiêu"), Place::Targets).faulty(!form.is_good()),
        years: plan
            .years()
            .filter(|year| *year <= day.year())
            .map(|year| Choice::new(year, year.to_string()))
            .collect(),
        targets: plan.of_kind(Kind::Target).map(target).collect(),
        may_manage: ctx.may(Permission::ManageTargets).is_ok(),
        may_read: ctx.may(Permission::ReadTargets).is_ok(),
        year,
        then,
        settings,
        form,
    })
}

pub async fn show(here: Here, Query(asked): Query<Asked>) -> Answer {
    Ok(page(&list_page(&here, &asked, Form::empty()).await?))
}

pub async fn set(here: Here, mut form: Form) -> Answer {
    let mut whole = |field: &str, what: &str| match kernel::numbers::parse_whole(form.value(field)) {
        Ok(number) => number,
        Err(_) => {
            form.refuse(field, what);
            0
        }
    };
    let forecast_points = whole("so-diem", "Nhập số điểm tối thiểu, từ 3 đến 60");
    let outlier_factor = whole("so-lan", "Nhập số lần lệch, từ 2 đến 100");
    let document = form.required_line("van-ban", 300, "Ghi văn bản hoặc ý kiến quyết định");
    if form.is_good() {
        let version = form.value("phien-ban").parse().unwrap_or(-1);
        let new = Settings { forecast_points, outlier_factor, document, version };
        match service::set(&here.ctx(), &new).await {
            Ok(()) => return Ok(Redirect::to("/noi-bo/chi-tieu").into_response()),
            Err(error @ TargetsError::BadSetting(_)) => {
                let field = if (3..=60).contains(&forecast_points) { "so-lan" } else { "so-diem" };
                form.refuse(field, sentence(&error));
            }
            Err(error) => return Err(refusal(error)),
        }
    }
    Ok(mend(&list_page(&here, &Asked::default(), form).await?))
}
