//! The invented launch, programmes in every state, a covenant that two units have signed and one has not.

use jiff::ToSpan as _;

use super::campaigns::Cast;
use super::{DemoError, standing_on};
use crate::programmes::launches::{self, NewLaunch};
use crate::programmes::model::{Content, CovenantContent, CovenantTarget, Line};
use crate::programmes::{covenants, queries, service};
use crate::{Ctx, House};

/// How far a unit of the example has come with its programme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stop {
    Approved,
    Returned,
    Waiting,
    Nothing,
}

/// Unit, its head's login where it has one, what its emulation is about, how far it came.
const UNITS: [(&str, Option<&str>, &str, Stop); 10] = [
    ("LDVP", None, "Nêu gương, chỉ đạo sát, giải quyết nhanh", Stop::Approved),
    ("TH", Some("uyvien3"), "Tham mưu đúng, trúng, kịp thời", Stop::Approved),
    ("KT", Some("truongphong.kt"), "Đồng hành cùng doanh nghiệp", Stop::Approved),
    ("NC", Some("uyvien4"), "Nói đi đôi với làm", Stop::Returned),
    ("KGVX", Some("uyvien5"), "Văn bản không sai sót, không quá hạn", Stop::Approved),
    ("KSTTHC", Some("uyvien7"), "Cắt giảm thủ tục, giảm chi phí", Stop::Approved),
    ("TCHCQT", None, "Phục vụ chu đáo, tiết kiệm", Stop::Approved),
    ("BTCD", None, "Lắng nghe, giải thích, giải quyết", Stop::Nothing),
    ("TTPVHCC", Some("uyvien6"), "Hồ sơ đúng hẹn, người dân hài lòng", Stop::Approved),
    ("TTTT", None, "Thông tin nhanh, đúng, dễ hiểu", Stop::Waiting),
];

/// Launches on the earlier day, lets units write, approves and returns; the last unit is late today.
pub async fn run(house: &House, earlier: &House, cast: &Cast<'_>) -> Result<(), DemoError> {
    let (standing, chief) = (&cast.actors["thuongtruc"], &cast.actors["chanhvp"]);
    let then = Ctx::new(earlier, standing);
    let message = "Các phòng, đơn vị căn cứ Kế hoạch và nhiệm vụ được giao để xây dựng chương trình thi đua với nội dung, tiêu chí cụ thể, hình thức phù hợp; gửi Lãnh đạo Văn phòng duyệt.";
    let new = NewLaunch {
        title: format!("Phát động Phong trào thi đua “{}”", house.movement_name()),
        message: message.to_owned(),
        due_on: then.today().saturating_add(21.days()),
    };
    let launch = launches::launch(&then, &new).await?;
    let handed_in = standing_on(house, then.today().saturating_add(10.days()))?;
    let program = kernel::Actor::program("Dữ liệu ví dụ");
    for (code, login, theme, stop) in UNITS {
        let unit = cast.staffed.units[code];
        let head = login.map_or(&program, |login| &cast.actors[login]);
        // What waits was handed in today, after the last day.
        let place = if stop == Stop::Waiting { house } else { &handed_in };
        let writes = Ctx::new(place, head);
        if stop == Stop::Nothing {
            continue;
        }
        launches::open(&writes, launch).await?;
        service::write(&writes, unit, &content(theme), 0).await?;
        service::submit(&writes, unit).await?;
        let decides = Ctx::new(place, chief);
        match stop {
            Stop::Approved => {
                let detail = queries::detail(&decides, unit).await?;
                let seen = detail.editions.last().map_or(0, |one| one.version);
                service::approve(&decides, unit, seen).await?;
            }
            Stop::Returned => {
                let reason = "Bổ sung chỉ tiêu có số liệu cho nhiệm vụ về thời gian giải quyết hồ sơ.";
                service::give_back(&decides, unit, reason).await?;
            }
            Stop::Waiting | Stop::Nothing => {}
        }
    }
    covenant(&handed_in, cast).await
}

fn content(theme: &str) -> Content {
    let line = |clause: &str, task: &str, figure: &str| Line {
        clause: clause.to_owned(),
        task: task.to_owned(),
        figure: figure.to_owned(),
        due_on: None,
    };
    Content {
        theme: theme.to_owned(),
        contents: "Mỗi tháng một việc mới; mỗi quý sơ kết, nêu gương cá nhân làm tốt.".to_owned(),
        criteria: "Hoàn thành nhiệm vụ đúng hạn; không có phản ánh đúng về thái độ phục vụ.".to_owned(),
        forms: "Thi đua thường xuyên; thi đua theo đợt chào mừng các ngày lễ lớn.".to_owned(),
        lines: vec![
            line("II.1", "Tổ chức, sơ kết phong trào trong đơn vị", "1 lần mỗi quý"),
            line("II.2", "Tham gia các hội nghị đối thoại, tiếp xúc doanh nghiệp", ""),
        ],
    }
}

async fn covenant(house: &House, cast: &Cast<'_>) -> Result<(), DemoError> {
    let standing = Ctx::new(house, &cast.actors["thuongtruc"]);
    let content = CovenantContent {
        text: "Các đơn vị trong cụm cùng thi đua hoàn thành chương trình, chia sẻ cách làm hay, không để việc quá hạn."
            .to_owned(),
        targets: vec![CovenantTarget {
            clause: "II.1".to_owned(),
            what: "Triển khai hiệu quả Phong trào trong toàn cụm".to_owned(),
            figure: "100% đơn vị".to_owned(),
        }],
    };
    let units = ["TH", "KT", "NC"].map(|code| cast.staffed.units[code]);
    let id = covenants::draw_up(&standing, "Cụm thi đua các phòng chuyên môn", &content, &units).await?;
    let ((_, editions), _) = queries::covenant(&standing, id).await?;
    let Some(newest) = editions.last() else { return Ok(()) };
    for (login, unit) in [("uyvien3", units[0]), ("uyvien4", units[2])] {
        covenants::sign(&Ctx::new(house, &cast.actors[login]), id, newest.id, unit).await?;
    }
    Ok(())
}
