//! The invented initiatives: one recognised, taken over and public, one under review that looks like an
//! earlier one, one given back, one draft.

use jiff::ToSpan as _;
use rules::facts::Scope;

use super::campaigns::Cast;
use super::{DemoError, EXAMPLE, standing_on};
use crate::initiatives::content::{Author, Content, Effect, Field};
use crate::initiatives::deciding::{self, NewDecision};
use crate::initiatives::library::{self, NewModel};
use crate::initiatives::model::Level;
use crate::initiatives::replication::{self, NewReplication};
use crate::initiatives::settings::{self, Setting};
use crate::initiatives::{InitiativeId, service};
use crate::{Ctx, House};

/// How many adopters the invented rules ask of a claim over the province.
const ADOPTERS: i64 = 3;

const PROBLEM: &str = "Kiến nghị của doanh nghiệp đến nhiều phòng bằng nhiều đường. Mỗi phòng ghi một sổ riêng nên có việc hai phòng cùng trả lời, có việc không phòng nào nhận.\nBa tháng đầu năm có 11 kiến nghị bị trả lời chậm vì tìm không ra nơi đang giữ.";
const SOLUTION: &str = "Một bảng phân luồng dùng chung: mỗi kiến nghị có một phòng chủ trì, một hạn, một người giữ; phòng phối hợp chỉ ghi ý kiến vào đúng dòng đó.\nĐầu giờ mỗi sáng bảng tự xếp việc sắp đến hạn lên trên. Quá nửa thời hạn mà chưa có dự thảo thì trưởng phòng chủ trì được nhắc.\nNơi khác làm theo chỉ cần danh mục phòng và lịch làm việc của mình.";

fn effect(figure: &str, measure: &str, before: i64, after: i64, source: &str) -> Effect {
    Effect {
        figure: figure.to_owned(),
        measure: measure.to_owned(),
        before: Some(before * 1_000),
        after: Some(after * 1_000),
        source: format!("{EXAMPLE} {source}"),
    }
}

/// Writes them from the earlier day on, through the same services as real work.
pub async fn run(house: &House, earlier: &House, cast: &Cast<'_>) -> Result<(), DemoError> {
    let day = |days: i32| standing_on(house, earlier.clock.today().saturating_add(days.days()));
    let standing = &cast.actors["thuongtruc"];
    let begun = day(2)?;
    let set = Ctx::new(&begun, standing);
    settings::set(&set, Setting::ProvinceAdopters, ADOPTERS, &format!("{EXAMPLE} Quy chế sáng kiến của Văn phòng"))
        .await?;
    let content = |login: &str, unit: &str, name: &str, field| Content {
        name: name.to_owned(),
        unit: cast.staffed.units[unit],
        clause: "II.6".to_owned(),
        field,
        problem: PROBLEM.to_owned(),
        solution: SOLUTION.to_owned(),
        effects: vec![
            effect("Kiến nghị trả lời quá hạn mỗi quý", "kiến nghị", 11, 2, "sổ theo dõi kiến nghị"),
            effect("Thời gian tìm nơi đang giữ hồ sơ", "phút", 45, 3, "khảo sát nội bộ"),
        ],
        first_applied_on: Some(earlier.clock.today().saturating_sub(120.days())),
        claimed: Scope::Tinh,
        authors: vec![Author {
            person: cast.actors[login].person,
            name: String::new(),
            workplace: String::new(),
            share: 10_000,
        }],
    };
    let shared = shared(
        house,
        earlier,
        cast,
        content("canbo.kt", "KT", "Bảng phân luồng kiến nghị dùng chung", Field::Enterprises),
    )
    .await?;
    taken_over(house, earlier, cast, shared).await?;

    // Under review: its name is that of an entry typed by hand in an earlier year.
    let at_desk = &cast.actors["uyvien6"];
    let mut counter = content("uyvien6", "TTPVHCC", "Phiếu hẹn có mã tra cứu tại quầy Một cửa", Field::Digital);
    "Người dân cầm phiếu hẹn viết tay, muốn biết hồ sơ đến đâu phải gọi điện hoặc đến hỏi."
        .clone_into(&mut counter.problem);
    "In mã trên phiếu hẹn; quét mã thấy bước đang xử lý và ngày trả, không cần tài khoản."
        .clone_into(&mut counter.solution);
    counter.effects = vec![effect("Lượt gọi hỏi hồ sơ mỗi ngày", "lượt", 60, 18, "nhật ký trực tổng đài")];
    let handed_in = day(30)?;
    let writes = Ctx::new(&handed_in, at_desk);
    let id = service::write(&writes, counter).await?;
    service::submit(&writes, id, 1).await?;
    let now = Ctx::new(house, standing);
    deciding::take(&now, id, 2).await?;

    // Given back to its author, and a draft of a unit's head.
    let officer = Ctx::new(&handed_in, &cast.actors["canbo.kt"]);
    let mut reminder = content("canbo.kt", "KT", "Nhắc hạn báo cáo theo lịch làm việc", Field::Management);
    "Báo cáo định kỳ trễ vì mỗi người tự nhớ hạn; kỳ nghỉ lễ làm lệch hạn mà không ai tính lại."
        .clone_into(&mut reminder.problem);
    "Danh mục báo cáo có hạn tính theo ngày làm việc; trước hạn ba ngày người lập và trưởng phòng cùng được nhắc."
        .clone_into(&mut reminder.solution);
    reminder.claimed = Scope::CoSo;
    reminder.effects = vec![effect("Báo cáo nộp trễ mỗi quý", "báo cáo", 7, 3, "sổ công văn đi")];
    let id = service::write(&officer, reminder).await?;
    service::submit(&officer, id, 1).await?;
    deciding::give_back(&now, id, 2, "Bổ sung số liệu của ít nhất hai quý sau khi áp dụng, nêu rõ nguồn.").await?;
    let head = Ctx::new(house, &cast.actors["uyvien7"]);
    let mut draft = content("uyvien7", "KSTTHC", "Phiếu tự soát chi phí tuân thủ thủ tục", Field::Procedures);
    "Dự thảo thủ tục mới thường thiếu phần chi phí người làm phải bỏ ra.".clone_into(&mut draft.problem);
    "Một phiếu mười câu hỏi, trả lời xong ra ngay số giờ và số tiền mỗi hồ sơ.".clone_into(&mut draft.solution);
    draft.effects = Vec::new();
    service::write(&head, draft).await?;
    Ok(())
}

fn decision(level: Level, number: &str, on: kernel::Date, issuer: &str) -> NewDecision {
    NewDecision {
        level,
        number: number.to_owned(),
        decided_on: on,
        issuer: issuer.to_owned(),
        council: format!("{EXAMPLE} Hội đồng sáng kiến"),
        file: None,
    }
}

/// The recognised one, with its two decisions, public with the consent of its author.
async fn shared(house: &House, earlier: &House, cast: &Cast<'_>, content: Content) -> Result<InitiativeId, DemoError> {
    let day = |days: i32| standing_on(house, earlier.clock.today().saturating_add(days.days()));
    let (author, standing) = (&cast.actors["canbo.kt"], &cast.actors["thuongtruc"]);
    let (written, reviewed, reached) = (day(3)?, day(10)?, day(24)?);
    let model =
        NewModel { title: content.name.clone(), problem: content.problem.clone(), solution: content.solution.clone() };
    let writes = Ctx::new(&written, author);
    let id = service::write(&writes, content).await?;
    service::submit(&writes, id, 1).await?;
    let decides = Ctx::new(&reviewed, standing);
    deciding::take(&decides, id, 2).await?;
    let base = decision(Level::CoSo, "Ví dụ 21/QĐ-VP", decides.today(), "Chánh Văn phòng");
    deciding::recognise(&decides, id, 3, base).await?;
    let decides = Ctx::new(&reached, standing);
    let province = decision(Level::Tinh, "Ví dụ 118/QĐ-UBND", decides.today(), "Chủ tịch Ủy ban nhân dân tỉnh");
    deciding::decide_reach(&decides, id, 4, province, (Scope::Tinh, Some(true))).await?;
    library::consent(&Ctx::new(&reached, author), id, 1, true, "").await?;
    library::publish(&decides, id, 0, model).await?;
    Ok(id)
}

/// Two adopters that confirmed, one that ended it, one that has not answered.
async fn taken_over(house: &House, earlier: &House, cast: &Cast<'_>, id: InitiativeId) -> Result<(), DemoError> {
    let day = |days: i32| standing_on(house, earlier.clock.today().saturating_add(days.days()));
    let (told, answered) = (day(26)?, day(33)?);
    let reports = Ctx::new(&told, &cast.actors["truongphong.kt"]);
    let units = [
        ("TH", Some("uyvien3"), 9, 4),
        ("KGVX", Some("uyvien5"), 6, 2),
        ("TTPVHCC", Some("uyvien6"), 14, 9),
        ("NC", None, 5, 3),
    ];
    for (unit, login, before, after) in units {
        let new = NewReplication {
            unit: cast.staffed.units[unit],
            started_on: earlier.clock.today().saturating_add(14.days()),
            how: "Dùng cùng bảng phân luồng, thay danh mục phòng phối hợp.".to_owned(),
            effect: effect("Kiến nghị trả lời quá hạn mỗi tháng", "kiến nghị", before, after, "sổ theo dõi của đơn vị"),
        };
        let one = replication::report(&reports, id, new).await?;
        let Some(login) = login else { continue };
        let adopter = Ctx::new(&answered, &cast.actors[login]);
        replication::confirm(&adopter, one, 1, "Đơn vị đang dùng hằng ngày.").await?;
        if unit == "TTPVHCC" {
            let now = Ctx::new(house, &cast.actors[login]);
            replication::stop(&now, one, 2, now.today(), "Chuyển sang phần mềm một cửa dùng chung của tỉnh.").await?;
        }
    }
    Ok(())
}
