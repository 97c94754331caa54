//! The invented tasks: done early, on the day and late, waiting, split into parts, moved, recurring; one unit
//! is late with all it has.

use jiff::ToSpan as _;

use super::campaigns::Cast;
use super::{DemoError, standing_on};
use crate::tasks::model::{Content, Every, Task};
use crate::tasks::service::{self, NewTask};
use crate::tasks::{TaskId, changes, queries, recurring};
use crate::{Ctx, House};

/// How far a task of the example has come, in days since it was assigned.
#[derive(Debug, Clone, Copy)]
enum Stop {
    Open,
    Waiting(i32),
    Accepted(i32),
    Cancelled(i32),
    Moved(i32, i32),
}

struct Row {
    code: &'static str,
    clause: &'static str,
    title: &'static str,
    unit: &'static str,
    doer: Option<&'static str>,
    weight: i64,
    due: i32,
    stop: Stop,
}

/// A row of the table.
const fn row(
    code: &'static str,
    clause: &'static str,
    title: &'static str,
    (unit, doer): (&'static str, Option<&'static str>),
    (weight, due): (i64, i32),
    stop: Stop,
) -> Row {
    Row { code, clause, title, unit, doer, weight, due, stop }
}

/// A code with a point is a part of the one before the point.
const TASKS: [Row; 12] = [
    row(
        "VD-KT-01",
        "III.1",
        "Đồng hành, tháo gỡ vướng mắc cho doanh nghiệp trong quý",
        ("KT", None),
        (1, 60),
        Stop::Open,
    ),
    row(
        "VD-KT-01.1",
        "III.1",
        "Lập danh sách doanh nghiệp có vướng mắc",
        ("KT", Some("canbo.kt")),
        (1, 14),
        Stop::Accepted(10),
    ),
    row("VD-KT-01.2", "III.1", "Họp tháo gỡ với các sở, ngành", ("KT", Some("canbo.kt")), (2, 30), Stop::Moved(26, 50)),
    row("VD-KT-01.3", "III.1", "In sổ tay giấy cho doanh nghiệp", ("KT", None), (1, 40), Stop::Cancelled(12)),
    row(
        "VD-KT-02",
        "III.4",
        "Trả lời kiến nghị của hợp tác xã về đất kho bãi",
        ("KT", Some("canbo.kt")),
        (1, 44),
        Stop::Open,
    ),
    row(
        "VD-TH-01",
        "III.2",
        "Rút ngắn thời gian thẩm tra hồ sơ trình",
        ("TH", Some("uyvien3")),
        (1, 35),
        Stop::Accepted(28),
    ),
    row(
        "VD-KSTTHC-01",
        "III.3",
        "Rà soát thủ tục, đề xuất cắt giảm",
        ("KSTTHC", Some("uyvien7")),
        (1, 20),
        Stop::Accepted(20),
    ),
    row(
        "VD-TTPVHCC-01",
        "III.2",
        "Bố trí quầy hỗ trợ nộp hồ sơ trực tuyến",
        ("TTPVHCC", Some("uyvien6")),
        (1, 44),
        Stop::Waiting(41),
    ),
    row("VD-NC-01", "III.4", "Tổng hợp phản ánh, kiến nghị còn tồn đọng", ("NC", Some("uyvien4")), (1, 15), Stop::Open),
    row(
        "VD-NC-02",
        "II.2",
        "Chuẩn bị hội nghị đối thoại với doanh nghiệp",
        ("NC", Some("uyvien4")),
        (1, 25),
        Stop::Open,
    ),
    row(
        "VD-KGVX-01",
        "III.4",
        "Kiểm tra lỗi văn bản trước khi phát hành",
        ("KGVX", Some("uyvien5")),
        (1, 45),
        Stop::Open,
    ),
    row(
        "VD-TCHCQT-01",
        "II.1",
        "Báo cáo tình hình thực hiện Phong trào trong tháng",
        ("TCHCQT", None),
        (1, 12),
        Stop::Accepted(12),
    ),
];

/// Assigns on the earlier day, then lets people work until today.
pub async fn run(house: &House, earlier: &House, cast: &Cast<'_>) -> Result<(), DemoError> {
    let chief = Ctx::new(earlier, &cast.actors["chanhvp"]);
    let mut known: Vec<(&str, TaskId)> = Vec::new();
    for row in &TASKS {
        let above = row.code.split_once('.').map(|(above, _)| above);
        let parent = known.iter().find(|(code, _)| Some(*code) == above).map(|(_, id)| *id);
        let content = Content {
            clause: row.clause.to_owned(),
            title: row.title.to_owned(),
            description: String::new(),
            weight: row.weight,
            coordinating: Vec::new(),
            doers: row.doer.and_then(|login| cast.actors[login].person).into_iter().collect(),
        };
        let due_on = chief.today().saturating_add(row.due.days());
        let new = NewTask { code: row.code.to_owned(), unit: cast.staffed.units[row.unit], parent, due_on, content };
        known.push((row.code, service::assign(&chief, &new).await?));
    }
    if let Some((_, monthly)) = known.last() {
        recurring::repeat(&chief, *monthly, Every::Month, None).await?;
    }
    for (row, (_, id)) in TASKS.iter().zip(&known) {
        go(house, earlier, cast, row, *id).await?;
    }
    recurring::make_due(&Ctx::new(house, &cast.actors["chanhvp"])).await?;
    Ok(())
}

/// Lets a task come as far as its row says.
async fn go(house: &House, earlier: &House, cast: &Cast<'_>, row: &Row, id: TaskId) -> Result<(), DemoError> {
    let after = |days: i32| standing_on(house, earlier.clock.today().saturating_add(days.days()));
    let program = kernel::Actor::program("Dữ liệu ví dụ");
    let doer = row.doer.map_or(&program, |login| &cast.actors[login]);
    let chief = &cast.actors["chanhvp"];
    match row.stop {
        Stop::Open => {}
        Stop::Waiting(day) | Stop::Accepted(day) => {
            let then = after(day)?;
            let words = "Đã xong; báo cáo kết quả lưu tại văn thư của đơn vị (ví dụ).";
            let at_work = Ctx::new(&then, doer);
            service::report(&at_work, id, seen(&at_work, id).await?.version, words).await?;
            if matches!(row.stop, Stop::Accepted(_)) {
                let accepts = Ctx::new(&then, chief);
                service::accept(&accepts, id, seen(&accepts, id).await?.version).await?;
            }
        }
        Stop::Cancelled(day) => {
            let then = after(day)?;
            let decides = Ctx::new(&then, chief);
            let reason = "Đã có bản điện tử, không in giấy để tiết kiệm.";
            service::cancel(&decides, id, seen(&decides, id).await?.version, reason).await?;
        }
        Stop::Moved(day, to) => {
            let then = after(day)?;
            let decides = Ctx::new(&then, chief);
            let to = earlier.clock.today().saturating_add(to.days());
            let reason = "Hai sở đề nghị lùi lịch họp để chuẩn bị số liệu.";
            changes::move_due(&decides, id, seen(&decides, id).await?.version, to, reason).await?;
        }
    }
    Ok(())
}

async fn seen(ctx: &Ctx<'_>, id: TaskId) -> Result<Task, DemoError> {
    Ok(queries::detail(ctx, id).await?.listed.task)
}
