//! The invented values of indicators: two quarters of one that units enter, one unit late, one value returned, one
//! explained; an account in words; baselines and paths marked as examples.

use std::collections::BTreeMap;

use kernel::id::UnitId;

use super::campaigns::Cast;
use super::{DemoError, EXAMPLE};
use crate::targets::entry::{self, NewValue};
use crate::targets::model::{Indicator, IndicatorId, Level};
use crate::targets::service::{self, Aim};
use crate::targets::{Amount, Baseline, Frequency, ReportPeriod, ValueId, approval, queries};
use crate::{Ctx, House};

/// Code, baseline, and what is aimed at in the years of the movement.
const AIMS: [(&str, &str, [&str; 5]); 4] = [
    ("CT3.1", "92,5", ["93", "94,5", "96", "97", "98"]),
    ("CT3.2", "6,4", ["6", "5,5", "5", "4,5", "4"]),
    ("CT3.3", "4.250", ["4.000", "3.700", "3.400", "3.100", "2.900"]),
    ("CT4.1", "38", ["45", "55", "65", "73", "80"]),
];

/// Unit, and how many processes it brought online in the earlier and in the later quarter; none for one that is late.
const PROCESSES: [(&str, i64, Option<i64>); 9] = [
    ("TH", 2, Some(3)),
    ("KT", 3, Some(4)),
    ("NC", 1, Some(1)),
    ("KGVX", 2, Some(2)),
    ("KSTTHC", 4, Some(14)),
    ("TCHCQT", 1, Some(2)),
    ("BTCD", 1, None),
    ("TTPVHCC", 5, Some(6)),
    ("TTTT", 2, Some(3)),
];

/// Takes the plan's indicators over and fills some of them; nothing is entered outside the movement's years.
pub async fn run(house: &House, earlier: &House, cast: &Cast<'_>) -> Result<(), DemoError> {
    service::adopt(&Ctx::new(earlier, &kernel::Actor::program("Kế hoạch đi kèm"))).await?;
    let (standing, chief) = (&cast.actors["thuongtruc"], &cast.actors["chanhvp"]);
    let (enters, decides) = (Ctx::new(house, standing), Ctx::new(house, chief));
    let year = enters.today().year();
    if !house.plan.years().contains(&year) {
        return Ok(());
    }
    let all = queries::all(&enters).await?;
    let by_code: BTreeMap<&str, &Indicator> = all.iter().map(|one| (one.code.as_str(), one)).collect();
    for (code, base, path) in AIMS {
        let Some(one) = by_code.get(code) else { continue };
        let number = |text: &str| Amount::parse(text, 4).unwrap_or(Amount(0));
        let first = house.plan.first_year();
        let aim = Aim {
            baseline: Some(Baseline {
                year: first - 1,
                amount: number(base),
                source: format!("{EXAMPLE} Báo cáo số 210/BC-VP năm {}", first - 1),
            }),
            path: (first..).zip(path).map(|(year, text)| (year, number(text))).collect(),
            path_source: format!("{EXAMPLE} Quyết định giao chỉ tiêu số 88/QĐ-VP"),
        };
        service::set_aim(&enters, one.id, one.version, &aim).await?;
    }
    if let Some(one) = by_code.get("CT4.4") {
        processes(&enters, &decides, cast, one.id).await?;
    }
    if let Some(one) = by_code.get("CT3.3") {
        let new = value(one.id, None, ReportPeriod::year(year), Some(Amount(39_800_000)), "");
        let id = entry::save(&enters, &new).await?;
        submit(&enters, id).await?;
    }
    if let Some(one) = by_code.get("CT2.1") {
        let head = Ctx::new(house, &cast.actors["truongphong.kt"]);
        let mut new = value(one.id, Some(cast.staffed.units["KT"]), ReportPeriod::year(year), None, "");
        new.level = Some(Level::Good);
        new.narrative = "Trong năm đã tham mưu 14 văn bản tháo gỡ vướng mắc cho doanh nghiệp, tổ chức 3 cuộc làm việc \
            với hiệp hội doanh nghiệp; không văn bản nào phải trả lại. Việc còn chậm: rà soát danh mục dự án kêu gọi đầu tư."
            .to_owned();
        entry::save(&head, &new).await?;
    }
    Ok(())
}

/// Two quarters that are over or running: the earlier approved for the whole Office where all reported.
async fn processes(enters: &Ctx<'_>, decides: &Ctx<'_>, cast: &Cast<'_>, id: IndicatorId) -> Result<(), DemoError> {
    let today = enters.today();
    let begun: Vec<ReportPeriod> =
        ReportPeriod::all_of(Frequency::Quarter, today.year()).filter(|period| period.from() <= today).collect();
    let over = begun.iter().filter(|period| period.until() <= today).count();
    let Some(periods) = begun.get(over.saturating_sub(2)..over) else { return Ok(()) };
    for (place, period) in periods.iter().enumerate() {
        let last = place + 1 == periods.len();
        for (code, before, now) in PROCESSES {
            let Some(many) = (if last { now } else { Some(before) }) else { continue };
            let remark = if last && many > 10 {
                "Gộp cả 9 quy trình liên thông vừa được phê duyệt trong quý (ví dụ)."
            } else {
                ""
            };
            let unit = cast.staffed.units[code];
            let saved =
                entry::save(enters, &value(id, Some(unit), *period, Some(Amount(many * 10_000)), remark)).await?;
            if last && code == "NC" {
                submit(enters, saved).await?;
                let reason = "Chưa kèm quyết định phê duyệt quy trình; bổ sung rồi gửi lại.";
                entry::give_back(decides, saved, version(decides, saved).await?, reason).await?;
                continue;
            }
            submit(enters, saved).await?;
            if !(last && code == "TTTT") {
                entry::approve(decides, saved, version(decides, saved).await?).await?;
            }
        }
        if !last {
            leader(enters, decides, cast, id, *period).await?;
            approval::approve(decides, id, *period).await?;
        }
    }
    Ok(())
}

/// The unit of the leaders has nothing to bring online, and says so: zero is a report.
async fn leader(
    enters: &Ctx<'_>,
    decides: &Ctx<'_>,
    cast: &Cast<'_>,
    id: IndicatorId,
    period: ReportPeriod,
) -> Result<(), DemoError> {
    let unit = cast.staffed.units["LDVP"];
    let saved = entry::save(enters, &value(id, Some(unit), period, Some(Amount(0)), "")).await?;
    submit(enters, saved).await?;
    entry::approve(decides, saved, version(decides, saved).await?).await?;
    Ok(())
}

fn value(
    indicator: IndicatorId,
    unit: Option<UnitId>,
    period: ReportPeriod,
    amount: Option<Amount>,
    remark: &str,
) -> NewValue {
    NewValue {
        indicator,
        unit,
        period,
        amount,
        level: None,
        narrative: String::new(),
        remark: remark.to_owned(),
        follow_up: false,
        seen: 0,
    }
}

async fn version(ctx: &Ctx<'_>, id: ValueId) -> Result<i64, DemoError> {
    Ok(queries::value(ctx, id).await?.1.version)
}

async fn submit(ctx: &Ctx<'_>, id: ValueId) -> Result<(), DemoError> {
    entry::submit(ctx, id, version(ctx, id).await?).await?;
    Ok(())
}
