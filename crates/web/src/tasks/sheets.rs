//! Tasks from a sheet, and out to one with all that their figures are made of.

use axum::extract::Query;
use kernel::numbers::short_date;
use kernel::{Date, Permission};
use office::tasks::decision::RULE;
use office::tasks::queries::Listed;
use office::tasks::{TasksError, import};
use papers::sheet::Cell;

use super::list::{Asked, PATH, found, list_page};
use super::refusal;
use crate::files::{Upload, XLSX, download, hand_out};
use crate::here::Here;
use crate::import::{Import, manner};
use crate::page::{Answer, Place, Refusal, mend};
use crate::then::Typed;
use crate::xlsx::{sheet, text};

const IMPORT: Import =
    Import { title: "Nhập nhiệm vụ từ XLSX", place: Place::Tasks, address: "/noi-bo/nhiem-vu" };

pub async fn ask(here: Here) -> Answer {
    Ok(IMPORT.ask(&here))
}

pub async fn bring_in(here: Here, upload: Upload) -> Answer {
    if upload.bytes.is_empty() {
        return Ok(IMPORT.refused(&here, upload.form, &"Chọn tệp .xlsx hoặc .csv"));
    }
    match import::tasks(&here.ctx(), &upload.bytes, manner(&upload.form)).await {
        Err(TasksError::Sheet(fault)) => Ok(IMPORT.refused(&here, upload.form, &fault)),
        other => Ok(IMPORT.done(&here, upload.form, other.map_err(refusal)?)),
    }
}

pub async fn template(here: Here) -> Answer {
    here.ctx().may(Permission::AssignTasks).map_err(|denied| Refusal::denied(&denied))?;
    let bytes = import::tasks_template().map_err(|error| Refusal::broken(&error))?;
    Ok(download(XLSX, "mau-nhiem-vu.xlsx", bytes))
}

const HEADERS: [(&str, f64); 18] = [
    ("Mã nhiệm vụ", 18.0),
    ("Mã nhiệm vụ cha", 18.0),
    ("Khoản Kế hoạch", 12.0),
    ("Tên nhiệm vụ", 50.0),
    ("Đơn vị chủ trì", 28.0),
    ("Đơn vị phối hợp", 28.0),
    ("Người thực hiện", 30.0),
    ("Trạng thái", 16.0),
    ("Trọng số", 10.0),
    ("Ngày giao", 12.0),
    ("Hạn giao ban đầu", 14.0),
    ("Hạn hiện nay", 14.0),
    ("Ngày hoàn thành", 14.0),
    ("Sớm (+) muộn (−) so hạn ban đầu, ngày", 16.0),
    ("Sớm (+) muộn (−) so hạn hiện nay, ngày", 16.0),
    ("Số nhiệm vụ con", 10.0),
    ("Tiến độ, %", 12.0),
    ("Người nghiệm thu", 24.0),
];

#[expect(clippy::cast_precision_loss, reason = "days, weights and basis points are far below 2^52")]
fn cells(one: &Listed, day: Date) -> Vec<Cell> {
    use office::tasks::model::State;
    let task = &one.task;
    let number = |value: Option<i64>| value.map_or(Cell::Empty, |value| Cell::Number(value as f64));
    let acceptor = match &task.state {
        State::Accepted { settled, .. } => settled.by.name.as_str(),
        _ => "",
    };
    vec![
        text(&task.code),
        text(&one.parent_code),
        text(&task.content.clause),
        text(&task.content.title),
        text(&one.unit_name),
        text(&one.coordinating.join("; ")),
        text(&one.doers.join("; ")),
        text(task.state.kind().name_vi()),
        number(Some(task.content.weight)),
        Cell::Day(task.assigned_on),
        Cell::Day(task.first_due_on),
        Cell::Day(task.due_on),
        task.done_on().map_or(Cell::Empty, Cell::Day),
        number(task.days_early(day)),
        number(task.days_early_by_moved(day)),
        number(i64::try_from(one.children).ok()),
        one.progress.map_or(Cell::Empty, |bp| Cell::Number(bp as f64 / 100.0)),
        text(acceptor),
    ]
}

pub async fn take_out(here: Here, Query(asked): Query<Asked>, Query(typed): Query<Typed>) -> Answer {
    let mut then = typed.read(&here, PATH.to_owned(), false);
    if !then.form.is_good() {
        return Ok(mend(&list_page(&here, &asked, then, PATH).await?));
    }
    let (found, day) = found(&here, &asked, &mut then).await?;
    let rows = found.iter().map(|one| cells(one, day)).collect();
    let rules = [
        ("Ngày lập", short_date(here.visit.today)),
        ("Tính đến ngày", short_date(day)),
        ("Tiến độ", RULE.to_owned()),
        (
            "Sớm, muộn",
            "Hạn trừ ngày hoàn thành (ngày báo cáo được nghiệm thu hoặc đang chờ nghiệm thu). Việc chưa xong mà quá hạn: \
             hạn trừ ngày tính đến. Đổi hạn không làm thay đổi số tính theo hạn giao ban đầu."
                .to_owned(),
        ),
    ];
    let rules = rules.iter().map(|(name, words)| vec![text(name), text(words)]).collect();
    let mut tasks = sheet("Nhiệm vụ", &HEADERS, rows);
    tasks.title = then.title();
    let sheets = [tasks, sheet("Cách tính", &[("Mục", 16.0), ("Quy tắc", 120.0)], rules)];
    let bytes = papers::sheet::xlsx(&sheets).map_err(|error| Refusal::broken(&error))?;
    hand_out(&here, "nhiem-vu.xlsx", bytes).await
}
