//! An invented book of the reward fund: what the year began with, what came in, what was spent and planned.

use jiff::civil::date;
use kernel::Date;
use kernel::numbers::Dong;

use super::{DemoError, EXAMPLE};
use crate::Ctx;
use crate::fund::model::{Kind, Settings};
use crate::fund::service::{self, NewEntry};

/// What it is, how much, in which month, on which document, for what.
type Row = (Kind, i64, i8, &'static str, &'static str);

const ROWS: [Row; 7] = [
    (Kind::Opening, 18_450_000, 1, "Biên bản kiểm kê quỹ", "Số dư quỹ khi mở sổ"),
    (Kind::Budget, 240_000_000, 1, "Quyết định giao dự toán", "Kinh phí thi đua, khen thưởng của năm"),
    (Kind::Contribution, 15_000_000, 4, "Phiếu thu PT-07", "Hợp tác xã ủng hộ Phong trào thi đua"),
    (Kind::Printing, 6_200_000, 5, "Phiếu chi PC-03", "In phôi giấy khen và khung"),
    (Kind::Review, 9_800_000, 6, "Phiếu chi PC-05", "Hội nghị đánh giá sáu tháng thực hiện Phong trào"),
    (Kind::PlannedBonuses, 190_000_000, 1, "Dự toán chi khen thưởng", "Tiền thưởng dự kiến cả năm"),
    (Kind::PlannedOrganising, 40_000_000, 1, "Dự toán chi khen thưởng", "Sơ kết, in ấn, tuyên truyền"),
];

/// Days after the year's end on which an open year is brought to mind, in the example.
const REMIND_DAYS: i64 = 31;

/// Writes the book of this year as far as it has gone, with one entry that was wrong and taken back.
pub async fn keep(standing: &Ctx<'_>) -> Result<(), DemoError> {
    let today = standing.today();
    let day = |month: i8| date(today.year(), month, 12).min(today);
    for (kind, amount, month, document, words) in ROWS.into_iter().filter(|row| row.2 <= today.month()) {
        service::enter(standing, &entry(kind, amount, day(month), document, words)).await?;
    }
    let wrong = entry(Kind::Printing, 2_600_000, day(today.month()), "Phiếu chi PC-09", "In giấy mời");
    let wrong = service::enter(standing, &wrong).await?;
    service::reverse(standing, wrong, "Ghi nhầm số tiền: chứng từ là 260.000 đồng").await?;
    let right = entry(Kind::Printing, 260_000, day(today.month()), "Phiếu chi PC-09", "In giấy mời");
    service::enter(standing, &right).await?;
    let document = Some(format!("{EXAMPLE} Quy chế quản lý quỹ thi đua, khen thưởng"));
    let seen = crate::fund::queries::book(standing, today.year()).await?.settings.version;
    let settings = Settings { remind_days: Some(REMIND_DAYS), organising_share_bp: None, document, version: seen };
    service::set(standing, &settings).await?;
    Ok(())
}

fn entry(kind: Kind, amount: i64, on: Date, document: &str, words: &str) -> NewEntry {
    let document = format!("{EXAMPLE} {document}");
    NewEntry { kind, year: None, amount: Dong(amount), on, document, words: words.to_owned() }
}
