//! The register from a sheet: who is new, what changed, by tax code; and the template for it.

use std::collections::BTreeMap;

use kernel::Permission;
use papers::sheet::{ColumnName, Fault, Limits, Sheet, SheetError, Table, TableRow};

use super::model::{LONGEST_LINE, NewEntry, Registered, Size};
use super::service::{edit_in, register_in};
use super::{EnterprisesError, store};
use crate::db::Tx;
use crate::import::{Change, Explained, Faulty, Manner, Outcome, choice, needed, template, words};
use crate::organization::model::{EnterpriseEntry, EnterpriseKind, tax_code};
use crate::organization::{self, EnterpriseId};
use crate::{Ctx, ledger};

pub(super) const TAX_CODE: &str = "Mã số thuế";
pub(super) const NAME: &str = "Tên";
pub(super) const KIND: &str = "Loại";
pub(super) const SIZE: &str = "Quy mô";
pub(super) const SECTOR: &str = "Ngành, lĩnh vực";
pub(super) const COMMUNE: &str = "Xã, phường";

const COLUMNS: [ColumnName; 6] = [
    ColumnName::required(TAX_CODE, &["MST", "Mã số doanh nghiệp", "Mã số DN"]),
    ColumnName::required(NAME, &["Tên doanh nghiệp", "Tên doanh nghiệp, HTX, hộ", "Tên đơn vị"]),
    ColumnName::required(KIND, &["Loại hình", "Đối tượng"]),
    ColumnName::optional(SIZE, &["Quy mô doanh nghiệp"]),
    ColumnName::optional(SECTOR, &["Ngành", "Lĩnh vực", "Ngành nghề"]),
    ColumnName::optional(COMMUNE, &["Xã", "Phường", "Địa bàn", "Xã/phường"]),
];

const KINDS: [(EnterpriseKind, &[&str]); 4] = [
    (EnterpriseKind::Enterprise, &["Doanh nghiệp", "enterprise", "DN", "Công ty"]),
    (EnterpriseKind::Cooperative, &["Hợp tác xã", "cooperative", "HTX"]),
    (EnterpriseKind::Household, &["Hộ kinh doanh", "household", "Hộ", "HKD"]),
    (EnterpriseKind::Association, &["Hiệp hội", "association", "Hội"]),
];

const SIZES: [(Size, &[&str]); 3] = [
    (Size::Small, &["Nhỏ", "small", "Doanh nghiệp nhỏ"]),
    (Size::Medium, &["Vừa", "medium", "Doanh nghiệp vừa"]),
    (Size::Large, &["Lớn", "large", "Doanh nghiệp lớn"]),
];

/// What one row says; what it leaves blank stays as it is.
struct Line {
    code: String,
    name: String,
    kind: EnterpriseKind,
    size: Option<Size>,
    sector: Option<String>,
    commune: Option<String>,
}

/// What a row does.
enum Plan {
    Add(NewEntry),
    Change(EnterpriseId, i64, NewEntry),
    Nothing,
}

/// An empty sheet to be filled in, with an explanation of each column.
///
/// # Errors
/// When the sheet cannot be written.
pub fn empty_sheet() -> Result<Vec<u8>, SheetError> {
    let column = |header, needed, how, example| Explained { header, needed, how, example };
    template(
        "Doanh nghiệp, HTX, hộ",
        &[
            column(
                TAX_CODE,
                true,
                "10 chữ số, thêm 3 chữ số nếu là đơn vị phụ thuộc. Mã đã có trong sổ thì hồ sơ được cập nhật, không tạo lại. Định dạng cột là văn bản để không mất số 0.",
                "5500123456",
            ),
            column(NAME, true, "Tên đầy đủ, chữ tiếng Việt có dấu (Unicode).", "Hợp tác xã Xoài Nậm Xanh"),
            column(KIND, true, "Doanh nghiệp, Hợp tác xã, Hộ kinh doanh hoặc Hiệp hội.", "Hợp tác xã"),
            column(SIZE, false, "Nhỏ, Vừa hoặc Lớn; chỉ ghi cho doanh nghiệp, khi đã biết.", "Nhỏ"),
            column(SECTOR, false, "Viết ngắn, dùng cùng một cách gọi trong cả sổ.", "Trồng, chế biến xoài"),
            column(COMMUNE, false, "Tên xã, phường nơi đặt trụ sở.", "Xã Yên Châu"),
        ],
    )
}

/// Brings entries in from an XLSX or CSV file.
///
/// # Errors
/// When the actor may not, or the file is no sheet with the columns that are needed. Faults of single cells
/// are an answer, not an error.
pub async fn entries(ctx: &Ctx<'_>, file: &[u8], manner: Manner) -> Result<Outcome, EnterprisesError> {
    ctx.may(Permission::ManageEnterprises)?;
    let sheet = Sheet::read(file, &Limits::default())?;
    let table = Table::find(&sheet, &COLUMNS)?;
    let mut tx = ctx.begin().await?;
    let known = Known::load(&mut tx).await?;
    let mut outcome = Outcome::default();
    let mut plans = Vec::new();
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for row in table.rows() {
        match line(&row) {
            Err(faults) => outcome.faults.extend(faults),
            Ok(line) => match seen.get(&line.code) {
                Some(first) => {
                    let what = format!("Mã này đã có ở dòng {first}; mỗi mã một dòng.");
                    outcome.faults.push(row.fault(TAX_CODE, what));
                }
                None => {
                    seen.insert(line.code.clone(), row.number());
                    match known.plan(&mut tx, &row, line).await? {
                        Ok(plan) => plans.push(plan),
                        Err(fault) => outcome.faults.push(fault),
                    }
                }
            },
        }
    }
    if !outcome.faults.is_empty() && !manner.accept_good_rows {
        return Ok(Outcome::refused(outcome.faults));
    }
    for plan in &plans {
        outcome.count(match plan {
            Plan::Add(_) => Change::Created,
            Plan::Change(..) => Change::Updated,
            Plan::Nothing => Change::Unchanged,
        });
    }
    if manner.dry_run {
        return Ok(outcome);
    }
    for plan in plans {
        match plan {
            Plan::Add(new) => drop(register_in(ctx, &mut tx, new).await?),
            Plan::Change(id, version, new) => edit_in(ctx, &mut tx, id, version, new).await?,
            Plan::Nothing => {}
        }
    }
    let entry = ctx.entry("enterprise.import", "sheet", crate::import::digest(file));
    let entry = entry.set("created", outcome.created).set("updated", outcome.updated);
    ledger::record(&mut tx, entry.set("faults", outcome.faults.len())).await?;
    tx.commit().await?;
    Ok(outcome)
}

/// What is kept when the import begins, by tax code.
struct Known(BTreeMap<String, Registered>);

impl Known {
    async fn load(tx: &mut Tx) -> Result<Self, EnterprisesError> {
        let entries = store::every_entry(tx).await?.into_iter();
        Ok(Self(entries.filter_map(|one| Some((one.identity.entry.tax_code.clone()?, one))).collect()))
    }

    async fn plan(&self, tx: &mut Tx, row: &TableRow<'_>, line: Line) -> Result<Result<Plan, Fault>, EnterprisesError> {
        let Line { code, name, kind, size, sector, commune } = line;
        let Some(old) = self.0.get(&code) else {
            // The code of a double: the entry that stays says what is true.
            if organization::queries::enterprise_by_tax_code(tx, &code).await?.is_some() {
                return Ok(Ok(Plan::Nothing));
            }
            let entry = EnterpriseEntry { tax_code: Some(code), name, kind, commune };
            return Ok(Ok(Plan::Add(NewEntry { entry, size, sector: sector.unwrap_or_default() })));
        };
        let was = &old.identity.entry;
        if was.kind != kind {
            let what = format!(
                "Trong sổ là {}; ghi việc chuyển đổi có ngày ở trang của hồ sơ, hoặc sửa loại ở đó nếu ghi nhầm.",
                was.kind.name_vi()
            );
            return Ok(Err(row.fault(KIND, what)));
        }
        if let (Some(was), Some(now)) = (old.profile.size, size)
            && was != now
        {
            let what = format!(
                "Trong sổ là {}; ghi việc lớn lên có ngày ở trang của hồ sơ, hoặc sửa quy mô ở đó nếu ghi nhầm.",
                was.name_vi()
            );
            return Ok(Err(row.fault(SIZE, what)));
        }
        let new = NewEntry {
            entry: EnterpriseEntry {
                tax_code: Some(code),
                name,
                kind,
                commune: commune.or_else(|| was.commune.clone()),
            },
            size: size.or(old.profile.size),
            sector: sector.unwrap_or_else(|| old.profile.sector.clone()),
        };
        let same = new.entry == *was && new.size == old.profile.size && new.sector == old.profile.sector;
        Ok(Ok(if same { Plan::Nothing } else { Plan::Change(old.id(), old.identity.version, new) }))
    }
}

/// Reads a row; all its faults at once.
fn line(row: &TableRow<'_>) -> Result<Line, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut take = Faulty(&mut faults);
    let code = take.or_note(needed(row, TAX_CODE)).and_then(|typed| {
        let what = "Mã số thuế gồm 10 chữ số, thêm 3 chữ số nếu là đơn vị phụ thuộc; kiểm tra số 0 ở đầu.";
        take.or_note(tax_code(&typed).ok_or_else(|| row.fault(TAX_CODE, what)))
    });
    let name = take.or_note(needed(row, NAME)).and_then(|text| take.or_note(short(row, NAME, &text)));
    let kind = take.or_note(choice(row, KIND, &KINDS)).flatten();
    if kind.is_none() && row.text(KIND).is_none() {
        take.0.push(row.fault(KIND, "Ô này không được để trống."));
    }
    let size = take.or_note(choice(row, SIZE, &SIZES)).flatten();
    if size.is_some() && kind.is_some_and(|kind| kind != EnterpriseKind::Enterprise) {
        take.0.push(row.fault(SIZE, "Chỉ doanh nghiệp có quy mô; để trống ô này."));
    }
    let sector = take.or_note(optional(row, SECTOR)).flatten();
    let commune = take.or_note(optional(row, COMMUNE)).flatten();
    match (code, name, kind) {
        (Some(code), Some(name), Some(kind)) if faults.is_empty() => {
            Ok(Line { code, name, kind, size, sector, commune })
        }
        _ => Err(faults),
    }
}

fn optional(row: &TableRow<'_>, column: &'static str) -> Result<Option<String>, Fault> {
    words(row, column)?.map(|text| short(row, column, &text)).transpose()
}

/// A clean line that is not too long.
fn short(row: &TableRow<'_>, column: &'static str, text: &str) -> Result<String, Fault> {
    let line = kernel::text::clean_line(text);
    if line.chars().count() > LONGEST_LINE {
        return Err(row.fault(column, format!("Rút ngắn còn tối đa {LONGEST_LINE} ký tự.")));
    }
    Ok(line)
}
