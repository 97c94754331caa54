//! Who launched the movement and for how long: what the plan says, and what a document decided.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use kernel::Permission;
use kernel::numbers::short_date;
use office::awards::AwardsError;
use office::awards::launching::{self, LaunchDecision, LaunchedBy, NewLaunchDecision};
use office::awards::model::LaunchDecisionId;
use office::movements::Launcher;
use rules::facts::LauncherLevel;

use super::refusal;
use crate::form::Form;
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show as page};

const ADDRESS: &str = "/noi-bo/can-cu/phat-dong";

/// A launcher as the plan names it.
struct Planned {
    name: &'static str,
    decision: String,
    note: String,
    confirmed: bool,
}

impl Planned {
    fn new(launcher: &Launcher) -> Self {
        Self {
            name: LauncherLevel::from_code(launcher.level.code()).map_or("", LauncherLevel::name_vi),
            decision: launcher.decision.clone(),
            note: launcher.note.clone().unwrap_or_default(),
            confirmed: launcher.confirmed,
        }
    }
}

/// A decision that was recorded.
struct Decided {
    id: LaunchDecisionId,
    levels: Vec<String>,
    document: String,
    day: String,
    by: String,
    withdrawn: String,
}

impl Decided {
    fn new(one: LaunchDecision) -> Self {
        let level = |one: &LaunchedBy| {
            let from = one.from.map(|from| format!(" từ {}", short_date(from))).unwrap_or_default();
            let years = one.years.map_or_else(
                || "thời gian chưa xác định".to_owned(),
                |years| format!("thời gian được xác định: {years} năm"),
            );
            format!("{}{from}; {years}", one.level.name_vi())
        };
        Self {
            id: one.id,
            levels: one.levels.iter().map(level).collect(),
            document: one.document,
            day: short_date(one.decided_on),
            by: format!("{}, {}", one.by, short_date(one.recorded_on)),
            withdrawn: one.withdrawn_on.map(short_date).unwrap_or_default(),
        }
    }
}

/// A level that may be chosen, with the names of its fields.
struct Offered {
    code: &'static str,
    name: &'static str,
    day_field: String,
    years_field: String,
}

impl Offered {
    fn all() -> Vec<Self> {
        let offered = |level: &LauncherLevel| Self {
            code: level.code(),
            name: level.name_vi(),
            day_field: format!("tu-{}", level.code()),
            years_field: format!("nam-{}", level.code()),
        };
        LauncherLevel::ALL.iter().map(offered).collect()
    }
}

#[derive(Template)]
#[template(path = "awards/launching.html")]
struct LaunchingPage {
    frame: Frame,
    form: Form,
    planned: Vec<Planned>,
    /// Whether the plan leaves open who launched the movement, and no decision stands.
    open: bool,
    standing: Option<Decided>,
    withdrawn: Vec<Decided>,
    offered: Vec<Offered>,
    may_confirm: bool,
}

async fn launching_page(here: &Here, form: Form) -> Result<LaunchingPage, Refusal> {
    let ctx = here.ctx();
    let all = launching::list(&ctx).await.map_err(refusal)?;
    let (standing, withdrawn): (Vec<_>, Vec<_>) = all.into_iter().partition(|one| one.withdrawn_on.is_none());
    let planned: Vec<Planned> = here.house.plan.launchers.iter().map(Planned::new).collect();
    Ok(LaunchingPage {
        frame: here.frame(here.visit.lang.t("Cấp phát động phong trào"), Place::Awards).faulty(!form.is_good()),
        form,
        open: standing.is_empty() && planned.iter().any(|one| !one.confirmed),
        planned,
        standing: standing.into_iter().next_back().map(Decided::new),
        withdrawn: withdrawn.into_iter().map(Decided::new).collect(),
        offered: Offered::all(),
        may_confirm: ctx.may(Permission::ConfirmRules).is_ok(),
    })
}

/// The page with an empty form, in which the levels that the plan settles are chosen.
pub async fn show(here: Here) -> Answer {
    let mut form = Form::empty();
    for one in here.house.plan.launchers.iter().filter(|one| one.confirmed) {
        form.put("cap", one.level.code().to_owned());
    }
    Ok(page(&launching_page(&here, form).await?))
}

/// The levels that were chosen, each with its day and years; what cannot be read is a fault of its field.
fn levels(form: &mut Form) -> Vec<LaunchedBy> {
    let chosen: Vec<LauncherLevel> =
        LauncherLevel::ALL.iter().copied().filter(|level| form.chosen("cap", level.code())).collect();
    if chosen.is_empty() {
        form.refuse("cap", "Chọn ít nhất một cấp phát động");
    }
    // What was typed for a level that is not ticked would be lost without a word.
    for level in LauncherLevel::ALL.iter().filter(|level| !chosen.contains(level)) {
        for field in [format!("tu-{}", level.code()), format!("nam-{}", level.code())] {
            if !form.line(&field).is_empty() {
                form.refuse(
                    &field,
                    format!("{} chưa được đánh dấu: đánh dấu cấp này hoặc xóa nội dung đã gõ", level.name_vi()),
                );
            }
        }
    }
    let mut levels = Vec::new();
    for level in chosen {
        let from = form.day(&format!("tu-{}", level.code()));
        let field = format!("nam-{}", level.code());
        let typed = form.line(&field);
        let years = match typed.parse::<u16>() {
            Ok(years) => Some(years),
            Err(_) if typed.is_empty() => None,
            Err(_) => {
                form.refuse(&field, "Ghi số năm bằng số, ví dụ 5; để trống khi văn bản không xác định");
                None
            }
        };
        levels.push(LaunchedBy { level, from, years });
    }
    levels
}

pub async fn decide(here: Here, mut form: Form) -> Answer {
    let levels = levels(&mut form);
    let document = form.required_line("van-ban", 300, "Ghi số, ngày, cơ quan của văn bản");
    let day = form.required_day("ngay-van-ban", "Nhập ngày của văn bản");
    let (Some(decided_on), true) = (day, form.is_good()) else {
        return Ok(mend(&launching_page(&here, form).await?));
    };
    match launching::decide(&here.ctx(), NewLaunchDecision { levels, document, decided_on }).await {
        Ok(_) => Ok(Redirect::to(ADDRESS).into_response()),
        Err(error @ (AwardsError::OddLaunch { .. } | AwardsError::LaunchDecided { .. })) => {
            form.refuse("cap", sentence(&error));
            Ok(mend(&launching_page(&here, form).await?))
        }
        Err(error) => Err(refusal(error)),
    }
}

pub async fn withdraw(here: Here, Path(id): Path<LaunchDecisionId>) -> Answer {
    launching::withdraw(&here.ctx(), id).await.map_err(refusal)?;
    Ok(Redirect::to(ADDRESS).into_response())
}
