//! Launches: sent, opened by units, reminded of.

use askama::Template;
use axum::extract::Path;
use axum::response::{IntoResponse, Redirect};
use kernel::Permission;
use kernel::id::UnitId;
use kernel::numbers::short_date;
use office::programmes::ProgrammesError;
use office::programmes::launches::{self, NewLaunch};
use office::programmes::model::{Launch, LaunchId, Standing};
use office::programmes::queries::{self, ReceiptLine};

use super::{refusal, when};
use crate::form::Form;
use crate::here::Here;
use crate::page::{Answer, Frame, Place, Refusal, mend, sentence, show as page};

#[derive(Template)]
#[template(path = "programmes/launches.html")]
struct ListPage {
    frame: Frame,
    form: Form,
    launches: Vec<(Launch, String, String)>,
    may_launch: bool,
}

async fn list_page(here: &Here, form: Form) -> Result<ListPage, Refusal> {
    let found = queries::launches(&here.ctx()).await.map_err(refusal)?;
    let line = |one: Launch| (one.clone(), short_date(one.launched_on), short_date(one.due_on));
    Ok(ListPage {
        frame: here.frame(here.visit.lang.t("Phát động"), Place::Programmes).faulty(!form.is_good()),
        launches: found.into_iter().map(line).collect(),
        may_launch: here.ctx().may(Permission::LaunchMovement).is_ok(),
        form,
    })
}

pub async fn list(here: Here) -> Answer {
    let title = format!("Phát động Phong trào thi đua “{}”", here.house.movement_name());
    Ok(page(&list_page(&here, Form::filled([("tieu-de", title)])).await?))
}

pub async fn create(here: Here, mut form: Form) -> Answer {
    let title = form.required_line("tieu-de", 300, "Nhập tiêu đề");
    let message = form.required_text("noi-dung", 4_000, "Ghi yêu cầu gửi tới các phòng, đơn vị");
    let due_on = form.required_day("han", "Nhập hạn gửi chương trình");
    let Some(due_on) = due_on.filter(|_| form.is_good()) else { return Ok(mend(&list_page(&here, form).await?)) };
    match launches::launch(&here.ctx(), &NewLaunch { title, message, due_on }).await {
        Ok(id) => Ok(Redirect::to(&format!("/noi-bo/phat-dong/{id}")).into_response()),
        Err(error @ ProgrammesError::DueBefore) => {
            form.refuse("han", sentence(&error));
            Ok(mend(&list_page(&here, form).await?))
        }
        Err(error) => Err(refusal(error)),
    }
}

struct Line {
    of: ReceiptLine,
    opened: String,
    reminded: String,
    to_remind: bool,
}

#[derive(Template)]
#[template(path = "programmes/launch.html")]
struct ShowPage {
    frame: Frame,
    launch: Launch,
    sent: String,
    due: String,
    opened: usize,
    lines: Vec<Line>,
    may_launch: bool,
    own: Vec<(UnitId, String)>,
}

/// Whoever writes for a unit opens the launch for it by looking at this page.
pub async fn show(here: Here, Path(id): Path<LaunchId>) -> Answer {
    let ctx = here.ctx();
    launches::open(&ctx, id).await.map_err(refusal)?;
    let (launch, found) = queries::launch(&ctx, id).await.map_err(refusal)?;
    let may_launch = ctx.may(Permission::LaunchMovement).is_ok();
    let writes = |unit| ctx.may_in(Permission::WriteProgramme, unit).is_ok();
    let own = found.iter().filter(|one| writes(one.unit.id)).map(|one| (one.unit.id, one.unit.name.clone())).collect();
    let lines = found.into_iter().map(|one| Line {
        opened: one.receipt.opened.as_ref().map(|(at, name)| format!("{} · {name}", when(*at))).unwrap_or_default(),
        reminded: one.reminded.iter().map(|day| short_date(*day)).collect::<Vec<_>>().join(", "),
        to_remind: may_launch
            && matches!(one.standing, Some(Standing::NotSent | Standing::Returned))
            && !one.reminded.contains(&ctx.today()),
        of: one,
    });
    let lines: Vec<Line> = lines.collect();
    Ok(page(&ShowPage {
        frame: here.frame(&launch.title, Place::Programmes),
        sent: when(launch.launched_at),
        due: short_date(launch.due_on),
        opened: lines.iter().filter(|line| line.of.receipt.opened.is_some()).count(),
        lines,
        may_launch,
        own,
        launch,
    }))
}

pub async fn remind(here: Here, Path(id): Path<LaunchId>, mut form: Form) -> Answer {
    let Some(unit) = form.choice::<UnitId>("don-vi", "Chọn đơn vị") else { return Err(Refusal::not_found()) };
    launches::remind(&here.ctx(), id, unit).await.map_err(refusal)?;
    Ok(Redirect::to(&format!("/noi-bo/phat-dong/{id}")).into_response())
}
