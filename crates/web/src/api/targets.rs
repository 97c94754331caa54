//! Indicators and their values: read with status and inputs, entered, handed in, approved, opened again. Numbers
//! are texts with a point (`"1234.5"`), so that no program rounds them on the way.

use kernel::id::UnitId;
use kernel::{Date, Permission, Timestamp};
use office::StoreError;
use office::targets::entry::{self, NewValue};
use office::targets::model::{Level, Value};
use office::targets::queries::{self, Listed};
use office::targets::{Amount, IndicatorId, ReportPeriod, TargetsError, ValueId, approval};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Operation;
use super::answer::{Given, give, give_version, made};
use super::asked::{Asked, Of, Seen, Sent};
use super::page::{List, Paging};
use crate::doors::{Doors, Need};
use crate::here::Here;
use crate::page::{Refusal, sentence};

/// The doors of this file.
pub fn doors(doors: Doors) -> Doors {
    let plan = Need::May(Permission::ReadPlan);
    let read = Need::May(Permission::ReadTargets);
    let enter = Need::May(Permission::EnterValues);
    let approves = Need::May(Permission::ApproveValues);
    let whole = Need::May(Permission::ApproveTargets);
    let all = Operation::get("/api/v1/indicators", plan, "Các chỉ số đo chỉ tiêu của Kế hoạch, trạng thái trong năm");
    let values = Operation::get("/api/v1/indicators/{indicator}/values", read, "Số liệu theo đơn vị và kỳ");
    let new = Operation::make("/api/v1/indicators/{indicator}/values", enter, "Nhập số liệu mới (dự thảo)");
    let one = Operation::get("/api/v1/indicator-values/{value}", read, "Một số liệu");
    let edit = Operation::post("/api/v1/indicator-values/{value}", enter, "Sửa số liệu chưa khóa");
    let hand = Operation::post("/api/v1/indicator-values/{value}/submit", enter, "Gửi duyệt số liệu");
    let approve = Operation::post("/api/v1/indicator-values/{value}/approve", approves, "Duyệt và khóa số liệu");
    let back = Operation::post("/api/v1/indicator-values/{value}/return", approves, "Trả lại số liệu, nêu lý do");
    let open = Operation::post("/api/v1/indicator-values/{value}/reopen", approves, "Cấp trên mở lại số liệu đã duyệt");
    let close = Operation::post("/api/v1/indicators/{indicator}/approve", whole, "Duyệt một kỳ toàn Văn phòng");
    let again = Operation::post("/api/v1/indicators/{indicator}/reopen", whole, "Mở lại kỳ đã duyệt toàn Văn phòng");
    doors
        .api(all.asks::<Year>().gives::<List<OneIndicator>>(), indicators)
        .api(values.asks::<Paging>().gives::<List<OneValue>>(), list)
        .api(new.takes::<Entered>().gives::<OneValue>().versioned(), create)
        .api(one.gives::<OneValue>().versioned(), show)
        .api(edit.takes::<Changed>().gives::<OneValue>().needs_version(), change)
        .api(hand.gives::<OneValue>().needs_version(), submit)
        .api(approve.gives::<OneValue>().needs_version(), approve_value)
        .api(back.takes::<Reason>().gives::<OneValue>().needs_version(), give_back)
        .api(open.takes::<Reason>().gives::<OneValue>().needs_version(), reopen)
        .api(close.takes::<OnePeriod>().gives::<Done>(), approve_period)
        .api(again.takes::<PeriodReason>().gives::<Done>(), reopen_period)
}

/// Which year, and which page.
#[derive(Deserialize, JsonSchema, Default)]
struct Year {
    /// The year; this one when left out.
    year: Option<i16>,
    #[serde(default)]
    cursor: String,
    /// How many lines at most: 1 to 200, 50 when left out.
    #[schemars(range(min = 1, max = 200))]
    limit: Option<usize>,
}

/// An indicator with a year's figure and its status.
#[derive(Serialize, JsonSchema)]
struct OneIndicator {
    id: Uuid,
    code: String,
    clause: String,
    name: String,
    measured_in: String,
    nature: &'static str,
    direction: &'static str,
    accumulation: &'static str,
    frequency: &'static str,
    scope: &'static str,
    roll_up: &'static str,
    /// The formula over the record; none for one that is entered.
    measure: Option<&'static str>,
    /// The version of the definition by which the year is counted, and its first day.
    definition: i64,
    defined_from: Date,
    baseline: Option<Base>,
    year: i16,
    /// The year's figure; none when nothing was reported, and of a qualitative indicator.
    total: Option<String>,
    reported: usize,
    expected: usize,
    /// What is aimed at in the year.
    aim: Option<String>,
    meets_aim: Option<bool>,
    status: &'static str,
    /// Why there is no status; empty when there is.
    why: &'static str,
    /// The inputs of the status in millionths: observed and required growth a year, and their ratio.
    observed_growth: Option<i64>,
    required_growth: Option<i64>,
    ratio: Option<i64>,
    version: i64,
}

/// What it was worth before the movement.
#[derive(Serialize, JsonSchema)]
struct Base {
    year: i16,
    amount: String,
    source: String,
}

impl From<&Listed> for OneIndicator {
    fn from(one: &Listed) -> Self {
        let (how, figure) = (&one.definition.counting, &one.year.told.figure);
        let base = one.indicator.baseline.as_ref();
        Self {
            id: one.indicator.id.0,
            code: one.indicator.code.clone(),
            clause: one.indicator.clause.clone(),
            name: how.name.clone(),
            measured_in: how.measured_in.clone(),
            nature: how.nature.code(),
            direction: how.direction.code(),
            accumulation: how.accumulation.code(),
            frequency: how.frequency.code(),
            scope: how.scope.code(),
            roll_up: how.roll_up.code(),
            measure: how.measure.map(|one| one.code()),
            definition: one.definition.number,
            defined_from: one.definition.from_on,
            baseline: base.map(|base| Base {
                year: base.year,
                amount: plain(base.amount),
                source: base.source.clone(),
            }),
            year: one.year.year,
            total: figure.total.map(plain),
            reported: figure.reported,
            expected: figure.expected,
            aim: one.year.aim.map(plain),
            meets_aim: one.year.meets,
            status: one.progress.status.code(),
            why: one.progress.why,
            observed_growth: one.progress.observed,
            required_growth: one.progress.required,
            ratio: one.progress.ratio,
            version: one.indicator.version,
        }
    }
}

/// The value of a unit and period.
#[derive(Serialize, JsonSchema)]
struct OneValue {
    id: Uuid,
    indicator: Uuid,
    /// The unit; none for the whole Office.
    unit: Option<Uuid>,
    /// `2026`, `2026-Q1` or `2026-03`.
    period: String,
    definition: i64,
    amount: Option<String>,
    level: Option<&'static str>,
    narrative: String,
    remark: String,
    follow_up: bool,
    /// `draft`, `pending`, `returned` or `approved`.
    state: &'static str,
    entered_by: String,
    #[schemars(with = "String")]
    entered_at: Timestamp,
    /// Who approved, returned or opened it last, when, and why.
    settled_by: Option<String>,
    #[schemars(with = "Option<String>")]
    settled_at: Option<Timestamp>,
    reason: Option<String>,
    version: i64,
}

impl From<&Value> for OneValue {
    fn from(one: &Value) -> Self {
        let settled = one.settled.as_ref();
        Self {
            id: one.id.0,
            indicator: one.indicator.0,
            unit: one.unit.map(|unit| unit.0),
            period: one.period.to_string(),
            definition: one.definition,
            amount: one.amount.map(plain),
            level: one.level.map(Level::code),
            narrative: one.narrative.clone(),
            remark: one.remark.clone(),
            follow_up: one.follow_up,
            state: one.state.code(),
            entered_by: one.entered_name.clone(),
            entered_at: one.entered_at,
            settled_by: settled.map(|one| one.name.clone()),
            settled_at: settled.map(|one| one.at),
            reason: settled.map(|one| one.words.clone()).filter(|words| !words.is_empty()),
            version: one.version,
        }
    }
}

/// An amount as programs write numbers: `1234.5`.
fn plain(amount: Amount) -> String {
    let sign = if amount.0 < 0 { "-" } else { "" };
    let (whole, part) = (amount.0.unsigned_abs() / 10_000, amount.0.unsigned_abs() % 10_000);
    let decimals = format!("{part:04}");
    match decimals.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        decimals => format!("{sign}{whole}.{decimals}"),
    }
}

/// Reads such a number.
fn amount(text: Option<&String>) -> Result<Option<Amount>, Refusal> {
    let Some(text) = text else { return Ok(None) };
    let plain = text.trim().bytes().all(|one| one.is_ascii_digit() || matches!(one, b'.' | b'-'));
    let typed = Amount::parse(&text.replace('.', ","), 4).ok().filter(|_| plain);
    typed
        .map(Some)
        .ok_or_else(|| Refusal::field("/amount", "Ghi số với dấu chấm thập phân, tối đa 4 chữ số: \"1234.5\"."))
}

async fn indicators(here: Here, Asked(asked): Asked<Year>) -> Given {
    let plan = &here.house.plan;
    let today = here.visit.today;
    let year = asked.year.unwrap_or_else(|| today.year().clamp(plan.first_year(), plan.last_year()));
    if !plan.years().contains(&year) {
        return Err(Refusal::bad_query("Tham số year ngoài các năm của phong trào."));
    }
    let found = queries::list(&here.ctx(), year, today).await.map_err(said)?;
    let paging = Paging { cursor: asked.cursor, limit: asked.limit };
    give(&List::from_all(found.iter().map(OneIndicator::from).collect(), &paging, |one: &OneIndicator| {
        one.code.clone()
    })?)
}

async fn list(here: Here, Of(id): Of<IndicatorId>, Asked(paging): Asked<Paging>) -> Given {
    let found = queries::values(&here.ctx(), id).await.map_err(said)?;
    let key = |one: &OneValue| format!("{} {}", one.period, one.id);
    give(&List::from_all(found.iter().map(OneValue::from).collect(), &paging, key)?)
}

async fn show(here: Here, Of(id): Of<ValueId>) -> Given {
    let (_, value) = queries::value(&here.ctx(), id).await.map_err(said)?;
    give_version(&OneValue::from(&value), value.version)
}

/// A value to be entered.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Entered {
    /// The unit; left out for the whole Office.
    unit: Option<Uuid>,
    /// `2026`, `2026-Q1` or `2026-03`.
    period: String,
    #[serde(flatten)]
    content: Content,
}

/// What is said of a value.
#[derive(Deserialize, JsonSchema)]
struct Content {
    /// The number with a point: `1234.5`.
    amount: Option<String>,
    /// The level of a qualitative indicator: `excellent`, `good`, `done` or `not_done`.
    level: Option<String>,
    /// The account of a qualitative indicator.
    #[serde(default)]
    narrative: String,
    /// What explains the number; needed where it is far from the last.
    #[serde(default)]
    remark: String,
    #[serde(default)]
    follow_up: bool,
}

/// A value to be changed.
#[derive(Deserialize, JsonSchema)]
struct Changed {
    #[serde(flatten)]
    content: Content,
}

async fn enter(
    here: &Here,
    indicator: IndicatorId,
    unit: Option<UnitId>,
    period: ReportPeriod,
    content: &Content,
    seen: i64,
) -> Result<ValueId, Refusal> {
    let level = match &content.level {
        None => None,
        Some(code) => Some(Level::from_code(code).ok_or_else(|| Refusal::field("/level", "Không có mức này."))?),
    };
    for (pointer, text, most) in [("/narrative", &content.narrative, 10_000), ("/remark", &content.remark, 2_000)] {
        if text.chars().count() > most {
            return Err(Refusal::field(pointer, format!("Rút ngắn còn tối đa {most} ký tự")));
        }
    }
    let new = NewValue {
        indicator,
        unit,
        period,
        amount: amount(content.amount.as_ref())?,
        level,
        narrative: content.narrative.clone(),
        remark: content.remark.clone(),
        follow_up: content.follow_up,
        seen,
    };
    entry::save(&here.ctx(), &new).await.map_err(said)
}

/// What a change made of a value, as far as the token may read it.
async fn after(here: &Here, id: ValueId) -> Given {
    match queries::value(&here.ctx(), id).await {
        Ok((_, value)) => give_version(&OneValue::from(&value), value.version),
        Err(_) => give(&serde_json::json!({ "id": id })),
    }
}

async fn create(here: Here, Of(id): Of<IndicatorId>, Sent(sent): Sent<Entered>) -> Given {
    let period = period(&sent.period)?;
    let value = enter(&here, id, sent.unit.map(UnitId), period, &sent.content, 0).await?;
    let place = Some(format!("/api/v1/indicator-values/{value}"));
    match queries::value(&here.ctx(), value).await {
        Ok((_, found)) => made(&OneValue::from(&found), place, Some(found.version)),
        // A token may write without being able to read: then the id is all it is told.
        Err(_) => made(&serde_json::json!({ "id": value }), place, None),
    }
}

async fn change(here: Here, Of(id): Of<ValueId>, Seen(version): Seen, Sent(sent): Sent<Changed>) -> Given {
    let (indicator, value) = queries::value(&here.ctx(), id).await.map_err(said)?;
    enter(&here, indicator.id, value.unit, value.period, &sent.content, version).await?;
    after(&here, id).await
}

async fn submit(here: Here, Of(id): Of<ValueId>, Seen(version): Seen) -> Given {
    entry::submit(&here.ctx(), id, version).await.map_err(said)?;
    after(&here, id).await
}

async fn approve_value(here: Here, Of(id): Of<ValueId>, Seen(version): Seen) -> Given {
    entry::approve(&here.ctx(), id, version).await.map_err(said)?;
    after(&here, id).await
}

/// Why something is returned or opened again.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Reason {
    reason: String,
}

async fn give_back(here: Here, Of(id): Of<ValueId>, Seen(version): Seen, Sent(sent): Sent<Reason>) -> Given {
    entry::give_back(&here.ctx(), id, version, &sent.reason).await.map_err(said)?;
    after(&here, id).await
}

async fn reopen(here: Here, Of(id): Of<ValueId>, Seen(version): Seen, Sent(sent): Sent<Reason>) -> Given {
    entry::reopen(&here.ctx(), id, version, &sent.reason).await.map_err(said)?;
    after(&here, id).await
}

/// A period.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OnePeriod {
    /// `2026`, `2026-Q1` or `2026-03`.
    period: String,
}

/// A period to be opened again, with the reason.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PeriodReason {
    /// `2026`, `2026-Q1` or `2026-03`.
    period: String,
    reason: String,
}

/// What was done.
#[derive(Serialize, JsonSchema)]
struct Done {
    period: String,
    approved: bool,
}

fn period(text: &str) -> Result<ReportPeriod, Refusal> {
    text.parse().map_err(|error| Refusal::field("/period", sentence(&error)))
}

async fn approve_period(here: Here, Of(id): Of<IndicatorId>, Sent(sent): Sent<OnePeriod>) -> Given {
    let period = period(&sent.period)?;
    approval::approve(&here.ctx(), id, period).await.map_err(said)?;
    give(&Done { period: period.to_string(), approved: true })
}

async fn reopen_period(here: Here, Of(id): Of<IndicatorId>, Sent(sent): Sent<PeriodReason>) -> Given {
    let period = period(&sent.period)?;
    approval::reopen(&here.ctx(), id, period, &sent.reason).await.map_err(said)?;
    give(&Done { period: period.to_string(), approved: false })
}

/// What the room said, at the field that the program can mend.
fn said(error: TargetsError) -> Refusal {
    let field = match &error {
        TargetsError::Store(StoreError::Stale { .. }) | TargetsError::Changed => return Refusal::stale(),
        TargetsError::OutOfRange { .. } | TargetsError::Missing("nhập số liệu") => "/amount",
        TargetsError::Outlier { .. } => "/remark",
        TargetsError::WrongPeriod { .. } | TargetsError::NotYet { .. } => "/period",
        TargetsError::ShortReason { .. } => "/reason",
        TargetsError::Unknown("đơn vị báo cáo chỉ tiêu này") => "/unit",
        TargetsError::Missing("chọn mức đánh giá") => "/level",
        TargetsError::Missing(_) => "/narrative",
        _ => "",
    };
    if field.is_empty() {
        let word = format!("{error:?}");
        return crate::targets::refusal(error).because(&Word(word));
    }
    Refusal::field(field, sentence(&error)).because(&error)
}

/// A reason that was put into words already.
struct Word(String);

impl std::fmt::Debug for Word {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_travel_as_texts_with_a_point() {
        for (units, text) in [(12_345_000, "1234.5"), (-5, "-0.0005"), (20_000, "2")] {
            assert_eq!(plain(Amount(units)), text);
            assert_eq!(amount(Some(&text.to_owned())).ok().flatten(), Some(Amount(units)));
        }
        for text in ["1,5", "1.23456", "x", "", "1.234.5"] {
            assert!(amount(Some(&text.to_owned())).is_err(), "{text}");
        }
    }
}
