//! The invented record: ratings, awards, initiatives, achievements, results, and what stands in the way.

use std::collections::BTreeMap;

use jiff::civil::date;
use kernel::{Date, Period};
use rules::facts::{DisciplineLevel, HoldKind, RatingLevel, Scope, Selection, Stage};
use rules::{AwardCode, AwardType};

use super::staff::{Staff, Staffed};
use super::{DemoError, EXAMPLE};
use crate::Ctx;
use crate::db::Tx;
use crate::organization::Recipient;
use crate::records::initiatives::{self, NewInitiative};
use crate::records::model::{AchievementId, Author, Completeness, NewPastAward, Register};
use crate::records::{holds, service};

/// The achievements of the year by code, and the year itself.
pub struct Record {
    /// The year that the campaigns look at.
    pub year: i16,
    /// Achievements by code.
    pub achievements: BTreeMap<&'static str, AchievementId>,
}

/// Code, staff code, clause of the plan, what was achieved.
pub const ACHIEVEMENTS: [(&str, &str, &str, &str); 12] = [
    (
        "TT-01",
        "VP018",
        "II.4",
        "Rà soát, trình công bố 46 thủ tục hành chính cắt giảm cho doanh nghiệp; rút ngắn bình quân 35% thời gian giải quyết.",
    ),
    (
        "TT-02",
        "VP019",
        "III.4#1",
        "Tham mưu giải quyết dứt điểm 18 kiến nghị của doanh nghiệp tư nhân, không có kiến nghị quá hạn.",
    ),
    (
        "TT-03",
        "VP022",
        "III.4",
        "Đầu mối tổ chức ba phiên đối thoại với hợp tác xã vùng cao; theo dõi, đôn đốc 100% cam kết sau đối thoại.",
    ),
    (
        "TT-04",
        "VP023",
        "II.6",
        "Chủ trì mô hình “Một đầu mối, một lần hướng dẫn” cho hộ kinh doanh chuyển đổi lên doanh nghiệp.",
    ),
    (
        "TT-05",
        "VP026",
        "II.1",
        "Tổng hợp chương trình hành động của các đơn vị, theo dõi tiến độ hằng tháng, báo cáo đúng hạn.",
    ),
    ("TT-06", "VP024", "III.2", "Số hóa hồ sơ đất đai phục vụ nhà đầu tư của lĩnh vực phụ trách."),
    ("TT-07", "VP025", "II.5", "Tham mưu quy chế phối hợp xử lý vướng mắc của doanh nghiệp về an ninh trật tự."),
    ("TT-08", "VP028", "III.3", "Hỗ trợ 25 hợp tác xã bản vùng cao đăng ký sản phẩm trên sàn thương mại điện tử."),
    ("TT-09", "VP020", "II.3", "Tiếp nhận, giải quyết trước hạn 98% hồ sơ đăng ký của doanh nghiệp tại quầy."),
    (
        "TT-10",
        "VP027",
        "II.4",
        "Xây dựng bộ tiêu chí chấm điểm chất lượng giải quyết thủ tục hành chính của các sở, ngành.",
    ),
    (
        "TT-11",
        "VP021",
        "III.1",
        "Điều phối nhóm hỗ trợ doanh nghiệp nhỏ và vừa tiếp cận vốn; 12 doanh nghiệp được giải ngân.",
    ),
    ("TT-12", "VP016", "V.2", "Biên tập 60 tin, bài về gương điển hình doanh nghiệp trên Trang thông tin điện tử."),
];

/// Who was given less than good for the last year.
const POORLY_RATED: [&str; 2] = ["VP025", "VP047"];

/// Enters the record of everybody, up to the day that is today.
pub async fn enter(ctx: &Ctx<'_>, staffed: &Staffed, today: Date) -> Result<Record, DemoError> {
    let year = ctx.today().year();
    let mut tx = ctx.begin().await?;
    for (number, (code, staff)) in staffed.people.iter().enumerate() {
        let recipient = Recipient::Person(staff.id);
        for past in today.year() - 5..today.year() {
            let level = level_of(code, number, past, today.year() - 1);
            rate(ctx, &mut tx, recipient, past, level).await?;
            titles(ctx, &mut tx, recipient, number, past, level).await?;
        }
    }
    for unit in staffed.units.values() {
        for past in today.year() - 5..today.year() {
            rate(ctx, &mut tx, Recipient::Unit(*unit), past, RatingLevel::Good).await?;
        }
    }
    let mut achievements = BTreeMap::new();
    for (code, staff, clause, summary) in ACHIEVEMENTS {
        let of = Recipient::Person(staffed.person(staff).id);
        let id = service::enter_achievement_in(ctx, &mut tx, of, code, year, clause, summary).await?;
        achievements.insert(code, id);
    }
    let already = NewPastAward {
        achievement: achievements.get("TT-10").copied(),
        ..award(staffed.person("VP027"), AwardCode::BkTinh, year, AwardType::Sudden, ctx.today())
    };
    service::enter_award_in(ctx, &mut tx, already).await?;
    tx.commit().await?;
    selected(ctx, staffed, year).await?;
    inventions(ctx, staffed).await?;
    obstacles(ctx, staffed, year).await?;
    for register in Register::ALL {
        let document = format!("{EXAMPLE} Biên bản rà soát hồ sơ thi đua, khen thưởng");
        let declared = Completeness { register: *register, since: date(2016, 1, 1), document };
        service::declare_complete(ctx, declared).await?;
    }
    Ok(Record { year, achievements })
}

fn level_of(code: &str, number: usize, year: i16, last: i16) -> RatingLevel {
    if year == last && POORLY_RATED.contains(&code) {
        return RatingLevel::Done;
    }
    match (number * 3 + usize::from(year.unsigned_abs())) % 11 {
        0 | 4 => RatingLevel::Excellent,
        9 if year != last => RatingLevel::Done,
        _ => RatingLevel::Good,
    }
}

async fn rate(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    recipient: Recipient,
    year: i16,
    level: RatingLevel,
) -> Result<(), DemoError> {
    let document = format!("{EXAMPLE} Thông báo xếp loại năm {year}");
    let decided_on = date(year, 12, 15).min(ctx.today());
    service::rate_in(ctx, tx, recipient, year, level, Some(decided_on), Some(&document)).await?;
    Ok(())
}

/// Whoever did well is a *Lao động tiên tiến*; whoever excelled is a *Chiến sĩ thi đua cơ sở* besides.
async fn titles(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    recipient: Recipient,
    number: usize,
    year: i16,
    level: RatingLevel,
) -> Result<(), DemoError> {
    let decided_on = date(year, 12, 25).min(ctx.today());
    let new = |award| NewPastAward {
        recipient,
        award,
        year,
        r#type: AwardType::Merit,
        number: format!("{EXAMPLE} {}/QĐ-VPUB", 100 + year % 100),
        decided_on,
        achievement: None,
        decision_line: None,
    };
    if level.at_least(RatingLevel::Good) && number % 4 != 3 {
        service::enter_award_in(ctx, tx, new(AwardCode::Ldtt)).await?;
    }
    if level == RatingLevel::Excellent && number % 4 != 3 {
        service::enter_award_in(ctx, tx, new(AwardCode::Cstdcs)).await?;
    }
    Ok(())
}

fn award(staff: &Staff, award: AwardCode, year: i16, r#type: AwardType, decided_on: Date) -> NewPastAward {
    NewPastAward {
        recipient: Recipient::Person(staff.id),
        award,
        year,
        r#type,
        number: format!("{EXAMPLE} 45/QĐ-UBND"),
        decided_on,
        achievement: None,
        decision_line: None,
    }
}

/// What the movement's own selection said of the year.
async fn selected(ctx: &Ctx<'_>, staffed: &Staffed, year: i16) -> Result<(), DemoError> {
    let document = format!("{EXAMPLE} Biên bản bình xét Phong trào thi đua năm {year}");
    let people = staffed.people.values().take(60).map(|staff| Recipient::Person(staff.id));
    let units = staffed.units.values().map(|unit| Recipient::Unit(*unit));
    let register = staffed.enterprises.iter().map(|enterprise| Recipient::Enterprise(*enterprise));
    for (number, recipient) in people.chain(units).chain(register).enumerate() {
        let quality = if number % 3 == 1 { Selection::Excellent } else { Selection::Selected };
        service::enter_result(ctx, recipient, (Stage::Annual, year), (quality, false), &document).await?;
    }
    Ok(())
}

/// Code, name, authors with their shares, scope, whether it was recognised.
type Invention = (&'static str, &'static str, &'static [(&'static str, i64)], Scope, bool);

async fn inventions(ctx: &Ctx<'_>, staffed: &Staffed) -> Result<(), DemoError> {
    let table: [Invention; 5] = [
        (
            "SK-01",
            "Sổ theo dõi kiến nghị doanh nghiệp dùng chung cho các phòng",
            &[("VP019", 60), ("VP018", 40)],
            Scope::CoSo,
            true,
        ),
        (
            "SK-02",
            "Bộ câu trả lời mẫu cho hộ kinh doanh bằng tiếng Thái và tiếng Mông",
            &[("VP022", 100)],
            Scope::CoSo,
            true,
        ),
        ("SK-03", "Phiếu hẹn có mã tra cứu tại quầy một cửa", &[("VP020", 50), ("VP009", 50)], Scope::Tinh, true),
        ("SK-04", "Lịch nhắc hạn báo cáo tự động", &[("VP026", 100)], Scope::CoSo, false),
        (
            "SK-05",
            "Bảng so sánh thời gian giải quyết thủ tục giữa các sở",
            &[("VP027", 70), ("VP008", 30)],
            Scope::CoSo,
            true,
        ),
    ];
    for (number, (code, name, authors, scope, recognised)) in table.into_iter().enumerate() {
        let authors =
            authors.iter().map(|(code, share)| Author { person: staffed.person(code).id, share_percent: *share });
        let new = NewInitiative { code: code.to_owned(), name: name.to_owned(), scope, authors: authors.collect() };
        let id = initiatives::enter(ctx, new).await?;
        if recognised {
            let document = format!("{EXAMPLE} Quyết định công nhận sáng kiến");
            let on = date(ctx.today().year() - 1, 6, 10);
            initiatives::recognise(ctx, id, on, scope, Some(number % 2 == 0), &document).await?;
        }
    }
    Ok(())
}

/// One discipline that has ended, and one complaint that is being verified.
async fn obstacles(ctx: &Ctx<'_>, staffed: &Staffed, year: i16) -> Result<(), DemoError> {
    let period = Period { from: date(year - 3, 9, 15), until: Some(date(year - 2, 9, 15)) };
    let document = format!("{EXAMPLE} Quyết định kỷ luật");
    let of = Recipient::Person(staffed.person("VP028").id);
    holds::discipline(ctx, of, DisciplineLevel::KhienTrach, period, &document).await?;
    let document = format!("{EXAMPLE} Thông báo thụ lý tố cáo");
    let of = Recipient::Person(staffed.person("VP024").id);
    holds::hold(ctx, of, HoldKind::Complaint, ctx.today(), &document).await?;
    Ok(())
}
