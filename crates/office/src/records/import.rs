//! Awards of earlier years from a sheet, and the template for it.

use std::collections::BTreeMap;

use kernel::text::search_key;
use kernel::{Date, Permission};
use papers::sheet::{ColumnName, Fault, Limits, Sheet, SheetError, Table, TableRow};
use rules::{AwardCode, AwardKind, AwardType, RecipientKind, RuleBook};

use super::model::{NewPastAward, PastAward, PastAwardId};
use super::service::{FIRST_YEAR, correct_award_in, enter_award_in};
use super::{RecordsError, store};
use crate::db::Tx;
use crate::import::{Change, Explained, Faulty, Manner, Outcome, choice, day, needed, sentence, template, words};
use crate::organization::{self, Recipient};
use crate::{Ctx, ledger};

const STAFF: &str = "Mã cán bộ";
const UNIT: &str = "Mã đơn vị";
const TAX: &str = "Mã số thuế";
const AWARD: &str = "Hình thức khen thưởng";
const YEAR: &str = "Năm";
const TYPE: &str = "Loại hình khen thưởng";
const NUMBER: &str = "Số quyết định";
const DECIDED: &str = "Ngày quyết định";

const COLUMNS: [ColumnName; 8] = [
    ColumnName::optional(STAFF, &["Mã nhân viên", "Mã CBCC", "Mã công chức", "Mã CB"]),
    ColumnName::optional(UNIT, &["Mã phòng"]),
    ColumnName::optional(TAX, &["MST"]),
    ColumnName::required(
        AWARD,
        &["Danh hiệu", "Danh hiệu, hình thức khen thưởng", "Khen thưởng", "Danh hiệu/hình thức"],
    ),
    ColumnName::required(YEAR, &["Năm khen thưởng", "Năm thành tích"]),
    ColumnName::optional(TYPE, &["Loại hình", "Loại khen thưởng"]),
    ColumnName::required(NUMBER, &["Số QĐ", "Quyết định số"]),
    ColumnName::required(DECIDED, &["Ngày QĐ", "Ngày ký"]),
];

const TYPES: [(AwardType, &[&str]); 4] = [
    (AwardType::Merit, &["Công trạng", "merit", "Theo công trạng", "Thường xuyên"]),
    (AwardType::Thematic, &["Chuyên đề", "thematic", "Theo chuyên đề", "Phong trào thi đua"]),
    (AwardType::Sudden, &["Đột xuất", "sudden"]),
    (AwardType::Contribution, &["Cống hiến", "contribution", "Quá trình cống hiến"]),
];

/// Short forms by which offices call an award, beside its name and its code.
const SHORT: [(AwardCode, &str); 10] = [
    (AwardCode::Ldtt, "LĐTT"),
    (AwardCode::Cstdcs, "CSTĐCS"),
    (AwardCode::Cstdcs, "CSTĐ cơ sở"),
    (AwardCode::Cstdt, "CSTĐ cấp tỉnh"),
    (AwardCode::Cstdtq, "CSTĐ toàn quốc"),
    (AwardCode::Ttldtt, "TTLĐTT"),
    (AwardCode::Ttldxs, "TTLĐXS"),
    (AwardCode::GiayKhen, "Giấy khen"),
    (AwardCode::BkTtg, "Bằng khen TTg"),
    (AwardCode::CoCp, "Cờ Chính phủ"),
];

/// The template to fill in: a sheet with the headers, and one that explains them.
///
/// # Errors
/// When the sheet cannot be written.
pub fn awards_template() -> Result<Vec<u8>, SheetError> {
    let column = |header, needed, how, example| Explained { header, needed, how, example };
    template(
        "Khen thưởng",
        &[
            column(STAFF, false, "Cho cá nhân. Mỗi dòng chỉ ghi một trong ba mã.", "VP-0123"),
            column(UNIT, false, "Cho tập thể.", "TCHCQT"),
            column(TAX, false, "Cho doanh nghiệp, hợp tác xã, hộ kinh doanh.", "5500123456"),
            column(AWARD, true, "Tên đầy đủ, tên viết tắt hoặc mã.", "Chiến sĩ thi đua cơ sở"),
            column(YEAR, true, "Năm của thành tích.", "2025"),
            column(
                TYPE,
                false,
                "Công trạng, Chuyên đề, Đột xuất hoặc Cống hiến. Danh hiệu thi đua để trống là công trạng.",
                "Công trạng",
            ),
            column(NUMBER, true, "Số và ký hiệu quyết định.", "123/QĐ-UBND"),
            column(DECIDED, true, "Ngày/tháng/năm.", "20/12/2025"),
        ],
    )
}

/// What one row asks for.
struct Plan {
    new: NewPastAward,
    known: Option<PastAward>,
}

impl Plan {
    fn change(&self) -> Change {
        match &self.known {
            None => Change::Created,
            Some(old) if (old.r#type, old.decided_on) == (self.new.r#type, self.new.decided_on) => Change::Unchanged,
            Some(_) => Change::Updated,
        }
    }
}

/// Brings awards of earlier years in from an XLSX or CSV file.
///
/// # Errors
/// When the actor may not, or the file is no sheet with the columns that are needed. Faults of single
/// cells are an answer, not an error.
pub async fn awards(ctx: &Ctx<'_>, file: &[u8], manner: Manner) -> Result<Outcome, RecordsError> {
    ctx.may(Permission::ManagePeople)?;
    let sheet = Sheet::read(file, &Limits::default())?;
    let table = Table::find(&sheet, &COLUMNS)?;
    let mut tx = ctx.begin().await?;
    let mut outcome = Outcome::default();
    let mut plans: Vec<Plan> = Vec::new();
    let mut seen = BTreeMap::new();
    for row in table.rows() {
        // Whoever mends a row hears of all that is wrong in it, also where it is not known whom it is about.
        let mut faults = Vec::new();
        let whom = recipient(&row, &mut tx, ctx.today(), &mut faults).await?;
        let new = award(&row, &ctx.house.rules, whom, ctx.today(), &mut faults);
        let Some(new) = new.filter(|_| faults.is_empty()) else {
            outcome.faults.extend(faults);
            continue;
        };
        let recipient = new.recipient;
        if let Some(first) = seen.insert((recipient, new.award, new.year, new.number.clone()), row.number()) {
            outcome.faults.push(row.fault(NUMBER, format!("Khen thưởng này đã có ở dòng {first}; bỏ một dòng.")));
            continue;
        }
        let held = store::awards(&mut tx, recipient).await?;
        let known =
            held.into_iter().find(|old| (old.award, old.year, &old.number) == (new.award, new.year, &new.number));
        let plan = Plan { new, known };
        match (&plan.known, plan.change()) {
            (Some(old), Change::Updated) if old.decision_line.is_some() => {
                let what = sentence(&RecordsError::IssuedHere(old.id).to_string());
                outcome.faults.push(row.fault(NUMBER, what));
            }
            _ => plans.push(plan),
        }
    }
    if !outcome.faults.is_empty() && !manner.accept_good_rows {
        return Ok(Outcome::refused(outcome.faults));
    }
    for plan in &plans {
        outcome.count(plan.change());
    }
    if manner.dry_run {
        return Ok(outcome);
    }
    for plan in plans {
        carry_out(ctx, &mut tx, plan).await?;
    }
    let entry = ctx.entry("records.import_awards", "sheet", crate::import::digest(file));
    let entry = entry.set("created", outcome.created).set("updated", outcome.updated);
    ledger::record(&mut tx, entry.set("faults", outcome.faults.len())).await?;
    tx.commit().await?;
    Ok(outcome)
}

async fn carry_out(ctx: &Ctx<'_>, tx: &mut Tx, plan: Plan) -> Result<Option<PastAwardId>, RecordsError> {
    match (plan.change(), plan.known) {
        (Change::Created, _) => enter_award_in(ctx, tx, plan.new).await.map(Some),
        (Change::Updated, Some(old)) => {
            correct_award_in(ctx, tx, old.id, plan.new.r#type, plan.new.decided_on).await?;
            Ok(Some(old.id))
        }
        _ => Ok(None),
    }
}

/// Whom a row is about: the one of the three codes that is filled; none with what is wrong about them.
async fn recipient(
    row: &TableRow<'_>,
    tx: &mut Tx,
    today: Date,
    faults: &mut Vec<Fault>,
) -> Result<Option<(Recipient, RecipientKind)>, RecordsError> {
    let (mut filled, mut broken) = (Vec::new(), false);
    for column in [STAFF, UNIT, TAX] {
        match words(row, column) {
            Ok(Some(code)) => filled.push((column, code)),
            Ok(None) => {}
            Err(fault) => {
                broken = true;
                faults.push(fault);
            }
        }
    }
    if broken {
        return Ok(None);
    }
    let [(column, code)] = filled.as_slice() else {
        faults.push(row.fault(STAFF, "Ghi đúng một trong ba mã: mã cán bộ, mã đơn vị hoặc mã số thuế."));
        return Ok(None);
    };
    let found = match *column {
        STAFF => organization::queries::person_by_staff_code(tx, code)
            .await?
            .map(|person| (Recipient::Person(person.id), RecipientKind::Person)),
        UNIT => organization::queries::unit_by_code(tx, code, today)
            .await?
            .map(|unit| (Recipient::Unit(unit.id), RecipientKind::Collective)),
        _ => organization::queries::enterprise_by_tax_code(tx, code)
            .await?
            .and_then(|one| Some((Recipient::Enterprise(one.id), super::facts::kind_of(one.entry.kind)?))),
    };
    if found.is_none() {
        let what = "Không có mã này trong hệ thống; kiểm tra lại hoặc thêm vào danh sách trước.";
        faults.push(row.fault(column, what));
    }
    Ok(found)
}

/// Reads what a row says of an award; all its faults at once, whether or not it is known whom it is about.
fn award(
    row: &TableRow<'_>,
    book: &RuleBook,
    whom: Option<(Recipient, RecipientKind)>,
    today: Date,
    faults: &mut Vec<Fault>,
) -> Option<NewPastAward> {
    let mut take = Faulty(faults);
    let award = take.or_note(award_named(row, book, whom.map(|(_, kind)| kind)));
    let year = take.or_note(year(row, today));
    let number = take.or_note(needed(row, NUMBER));
    let decided_on = take.or_note(needed(row, DECIDED).and_then(|_| day(row, DECIDED))).flatten();
    if let Some(day) = decided_on.filter(|day| *day > today) {
        take.0.push(row.fault(DECIDED, sentence(&RecordsError::NotYet { day }.to_string())));
    }
    let typed = take.or_note(choice(row, TYPE, &TYPES)).flatten();
    let r#type = match (typed, award) {
        (Some(typed), _) => Some(typed),
        // A flag is a title too, but a movement on a theme gives one as well as a year's work does.
        (None, Some(award)) if book.award(award).kind == AwardKind::Title => Some(AwardType::Merit),
        (None, Some(_)) if row.text(TYPE).is_none() => {
            take.0.push(row.fault(TYPE, "Ghi loại hình: Công trạng, Chuyên đề, Đột xuất hoặc Cống hiến."));
            None
        }
        _ => None,
    };
    let ((recipient, _), award, year, number) = (whom?, award?, year?, number?);
    let (decided_on, r#type, achievement, decision_line) = (decided_on?, r#type?, None, None);
    Some(NewPastAward { recipient, award, year, r#type, number, decided_on, achievement, decision_line })
}

/// The award that a row names: by its name, its code or a short form; one that may go to such a recipient, where it is
/// known what that is.
fn award_named(row: &TableRow<'_>, book: &RuleBook, kind: Option<RecipientKind>) -> Result<AwardCode, Fault> {
    let text = needed(row, AWARD)?;
    let key = search_key(&text);
    let by_name = book.awards().find(|award| search_key(&award.name_vi) == key).map(|award| award.code);
    let by_short = || SHORT.iter().find(|(_, short)| search_key(short) == key).map(|(award, _)| *award);
    let by_code = || text.to_lowercase().parse().ok();
    let Some(award) = by_name.or_else(by_short).or_else(by_code) else {
        let known: Vec<_> = book.awards().map(|award| award.name_vi.as_str()).collect();
        return Err(row.fault(AWARD, format!("Không hiểu “{text}”; ghi một trong các tên: {}.", known.join("; "))));
    };
    match kind.filter(|kind| !book.award(award).recipients.contains(kind)) {
        None => Ok(award),
        Some(kind) => {
            Err(row.fault(AWARD, format!("{} không dành cho {}.", book.award(award).name_vi, kind.name_vi())))
        }
    }
}

fn year(row: &TableRow<'_>, today: Date) -> Result<i16, Fault> {
    needed(row, YEAR)?;
    let latest = today.year();
    let year = row.cell(YEAR).whole().and_then(|year| i16::try_from(year).ok());
    year.filter(|year| (FIRST_YEAR..=latest).contains(year))
        .ok_or_else(|| row.fault(YEAR, format!("Ghi năm từ {FIRST_YEAR} đến {latest}.")))
}
