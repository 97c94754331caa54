//! What the invented Office did for invented enterprises: support, connections, a household that became an
//! enterprise, one that grew, and a double that was merged.

use jiff::ToSpan as _;
use kernel::Date;

use super::campaigns::Cast;
use super::{DemoError, EXAMPLE};
use crate::enterprises::connections::{self, NewConnection};
use crate::enterprises::conversions::{self, NewFounding, NewGrowth};
use crate::enterprises::model::{ConnectionKind, NewEntry, Partner, Size, SupportKind};
use crate::enterprises::support::{self, NewEvent, NewSupport};
use crate::enterprises::{merging, service};
use crate::organization::model::{EnterpriseEntry, EnterpriseKind};
use crate::{Ctx, House};

/// To whom in the order of the invented register, which kind, clause, unit, days after the beginning, what.
const SUPPORT: [(usize, SupportKind, &str, &str, i32, &str); 7] = [
    (
        3,
        SupportKind::Ecommerce,
        "III.1",
        "KT",
        6,
        "Hướng dẫn đưa xoài lên sàn thương mại điện tử, chụp ảnh, viết mô tả",
    ),
    (4, SupportKind::Ecommerce, "III.1", "KT", 6, "Hướng dẫn mở gian hàng trên sàn thương mại điện tử"),
    (5, SupportKind::Digital, "III.1", "KT", 13, "Số hóa nhật ký đồng ruộng, dán mã truy xuất trên thùng mận"),
    (0, SupportKind::Green, "III.4#4", "KT", 15, "Làm việc với sở chuyên ngành về lò sao chè dùng năng lượng mặt trời"),
    (1, SupportKind::ValueChain, "III.4#4", "TH", 20, "Đưa vào danh sách doanh nghiệp dẫn dắt chuỗi cà phê của tỉnh"),
    (6, SupportKind::Startup, "III.4#4", "KT", 22, "Hướng dẫn hồ sơ dự cuộc thi khởi nghiệp đổi mới sáng tạo"),
    (1, SupportKind::Innovation, "III.4#4", "KT", 30, "Giới thiệu đơn vị thử nghiệm công nghệ lên men cà phê"),
];

/// Records what was done since the beginning.
pub async fn run(earlier: &House, now: &Ctx<'_>, cast: &Cast<'_>) -> Result<(), DemoError> {
    let began = earlier.clock.today();
    let after = |days: i32| began.saturating_add(days.days());
    let entries = &cast.staffed.enterprises;
    let event =
        |clause: &str, unit: &str, on: Date| NewEvent { clause: clause.to_owned(), unit: cast.staffed.units[unit], on };
    for (who, kind, clause, unit, days, what) in SUPPORT {
        let new = NewSupport {
            enterprise: entries[who],
            kind,
            what: what.to_owned(),
            document: format!("{EXAMPLE} {days}/BC-VP"),
            event: event(clause, unit, after(days)),
        };
        support::give(now, &new).await?;
    }
    let connect = |one: usize, partner, kind, days: i32, what: &str| NewConnection {
        enterprise: entries[one],
        partner,
        kind,
        what: what.to_owned(),
        event: event("III.4#4", "KT", after(days)),
    };
    let abroad = Partner::Outside("Công ty nhập khẩu quả Phương Nam (ví dụ)".to_owned());
    let fruit = connect(3, abroad, ConnectionKind::Foreign, 18, "Gặp gỡ trực tuyến về xoài tươi và xoài sấy");
    let fruit = connections::connect(now, &fruit).await?;
    let tea = connect(0, Partner::Registered(entries[4]), ConnectionKind::Supply, 25, "Chè ướp hương nhãn: nguồn hoa");
    connections::connect(now, &tea).await?;
    let words = "Ký thỏa thuận ghi nhớ 15 tấn cho vụ sau";
    connections::settle(now, (entries[3], fruit, 1), true, after(36), words).await?;
    let founding = NewFounding {
        household: entries[7],
        tax_code: "5500900104".to_owned(),
        name: "Công ty TNHH Du lịch Vân Hồ Xanh (ví dụ)".to_owned(),
        size: Some(Size::Small),
        document: format!("{EXAMPLE} Giấy chứng nhận đăng ký doanh nghiệp"),
        event: event("III.4#4", "KT", after(28)),
    };
    conversions::found(now, &founding).await?;
    let growth = NewGrowth {
        enterprise: entries[1],
        to: Size::Large,
        document: format!("{EXAMPLE} Báo cáo tài chính năm"),
        event: event("III.4#4", "KT", after(33)),
    };
    conversions::grow(now, &growth).await?;
    double(now, cast).await
}

/// A cooperative that was entered again without its tax code.
async fn double(now: &Ctx<'_>, cast: &Cast<'_>) -> Result<(), DemoError> {
    let entry = EnterpriseEntry {
        tax_code: None,
        name: "HTX Mận hậu Đồi Gió (ví dụ)".to_owned(),
        kind: EnterpriseKind::Cooperative,
        commune: None,
    };
    let again = service::register(now, NewEntry { entry, size: None, sector: String::new() }).await?;
    merging::merge(now, (again, 1), (cast.staffed.enterprises[5], 1)).await?;
    Ok(())
}
