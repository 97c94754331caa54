//! The invented inspections: one held with an overdue finding and one that was mended, one to come.

use jiff::ToSpan as _;

use super::campaigns::Cast;
use super::{DemoError, standing_on};
use crate::inspections::service::{self, NewFinding, NewInspection};
use crate::inspections::{FindingId, queries};
use crate::{Ctx, House};

/// A picture of one point: what an invented unit shows as evidence.
const PICTURE: &[u8] =
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\
\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa75\x81\x84\x00\x00\x00\x00IEND\xaeB`\x82";

/// Plans on the earlier day, holds one a week later.
pub async fn run(house: &House, earlier: &House, cast: &Cast<'_>) -> Result<(), DemoError> {
    let inspector = &cast.actors["kiemtra"];
    let then = Ctx::new(earlier, inspector);
    let after = |days: i32| then.today().saturating_add(days.days());
    let new = |subject: &str, unit: &str, planned_on| NewInspection {
        subject: subject.to_owned(),
        clause: "I.2".to_owned(),
        unit: cast.staffed.units[unit],
        planned_on,
        inspectors: inspector.person.into_iter().collect(),
    };
    let visited =
        service::plan(&then, &new("Việc tổ chức Phong trào và thời hạn xử lý phản ánh", "NC", after(7))).await?;
    let now = Ctx::new(house, inspector);
    service::plan(&now, &new("Việc niêm yết, hướng dẫn thủ tục", "TTPVHCC", now.today().saturating_add(10.days())))
        .await?;
    let held = standing_on(house, after(7))?;
    let at_visit = Ctx::new(&held, inspector);
    let words = "Đơn vị có chương trình; việc theo dõi thời hạn còn làm bằng sổ tay.";
    service::hold(&at_visit, visited, 1, after(7), words).await?;
    let finding = |what: &str, days: i32| NewFinding {
        what: what.to_owned(),
        unit: cast.staffed.units["NC"],
        person: None,
        due_on: after(days),
    };
    service::find(&at_visit, visited, &finding("Chưa phân công người theo dõi phản ánh quá hạn", 28)).await?;
    let mended =
        service::find(&at_visit, visited, &finding("Chưa công khai chương trình thi đua trong phòng", 14)).await?;
    close(house, cast, after(12), mended).await
}

/// The unit shows a picture, the inspector closes.
async fn close(house: &House, cast: &Cast<'_>, day: kernel::Date, id: FindingId) -> Result<(), DemoError> {
    let then = standing_on(house, day)?;
    let (head, inspector) = (Ctx::new(&then, &cast.actors["uyvien4"]), Ctx::new(&then, &cast.actors["kiemtra"]));
    service::attach(&head, id, "bang-tin.png", PICTURE).await?;
    let visit = queries::detail(&inspector, queries::visit_of(&inspector, id).await?).await?;
    let seen = visit.findings.iter().find(|line| line.finding.id == id).map_or(0, |line| line.finding.version);
    service::close(&inspector, id, seen, "Đã dán chương trình tại bảng tin của phòng.").await?;
    Ok(())
}
