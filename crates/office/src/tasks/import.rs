//! Tasks from a sheet: which are new, which change, what keeps them from it; and the template for it.

use std::collections::BTreeMap;

use kernel::id::{PersonId, UnitId};
use kernel::text::search_key;
use kernel::{Date, Permission};
use papers::sheet::{ColumnName, Fault, Limits, Sheet, SheetError, Table, TableRow};

use super::model::{Content, EventKind, GREATEST_WEIGHT, Task};
use super::service::{NewTask, assign_in, cleaned, tell};
use super::{TasksError, queries, store};
use crate::db::Tx;
use crate::import::{Change, Explained, Faulty, Manner, Outcome, day, digest, needed, sentence, template, words};
use crate::organization::model::code;
use crate::organization::{self, UnitView};
use crate::{Ctx, ledger};

const CODE: &str = "Mã nhiệm vụ";
const CLAUSE: &str = "Khoản Kế hoạch";
const TITLE: &str = "Tên nhiệm vụ";
const DESCRIPTION: &str = "Mô tả";
const UNIT: &str = "Đơn vị chủ trì";
const COORDINATING: &str = "Đơn vị phối hợp";
const DOERS: &str = "Mã người thực hiện";
const DUE: &str = "Hạn";
const WEIGHT: &str = "Trọng số";
const PARENT: &str = "Mã nhiệm vụ cha";

const COLUMNS: [ColumnName; 10] = [
    ColumnName::required(CODE, &["Mã"]),
    ColumnName::required(CLAUSE, &["Khoản", "Mục Kế hoạch"]),
    ColumnName::required(TITLE, &["Nhiệm vụ", "Nội dung nhiệm vụ"]),
    ColumnName::optional(DESCRIPTION, &["Nội dung", "Ghi chú"]),
    ColumnName::required(UNIT, &["Chủ trì", "Đơn vị"]),
    ColumnName::optional(COORDINATING, &["Phối hợp"]),
    ColumnName::optional(DOERS, &["Người thực hiện", "Mã cán bộ"]),
    ColumnName::required(DUE, &["Hạn hoàn thành", "Thời hạn"]),
    ColumnName::optional(WEIGHT, &[]),
    ColumnName::optional(PARENT, &["Nhiệm vụ cha", "Thuộc nhiệm vụ"]),
];

/// The template to fill in: a sheet with the headers, and one that explains them.
///
/// # Errors
/// When the sheet cannot be written.
pub fn tasks_template() -> Result<Vec<u8>, SheetError> {
    let column = |header, needed, how, example| Explained { header, needed, how, example };
    template(
        "Nhiệm vụ",
        &[
            column(
                CODE,
                true,
                "Mỗi nhiệm vụ một mã. Nhiệm vụ đã có mã này được cập nhật, không tạo lại.",
                "KT-2026-01",
            ),
            column(CLAUSE, true, "Khoản của Kế hoạch mà nhiệm vụ gắn với, viết như trong Kế hoạch.", "III.1"),
            column(TITLE, true, "Việc phải làm.", "Rà soát kiến nghị của doanh nghiệp quý I"),
            column(DESCRIPTION, false, "Nói rõ hơn; có thể bỏ trống.", ""),
            column(UNIT, true, "Mã hoặc tên đơn vị đang hoạt động.", "KT"),
            column(COORDINATING, false, "Mã hoặc tên các đơn vị, cách nhau bằng dấu chấm phẩy.", "TH; KSTTHC"),
            column(
                DOERS,
                false,
                "Mã cán bộ của đơn vị chủ trì hoặc phối hợp, cách nhau bằng dấu chấm phẩy.",
                "VP018; VP019",
            ),
            column(
                DUE,
                true,
                "Ngày/tháng/năm. Nhiệm vụ đã có không đổi hạn bằng tệp: đổi hạn phải ghi lý do.",
                "31/03/2026",
            ),
            column(WEIGHT, false, "Số nguyên từ 1 đến 100; để trống là 1.", "2"),
            column(PARENT, false, "Mã nhiệm vụ cha, đã có hoặc ở dòng trên.", ""),
        ],
    )
}

/// Brings tasks in from an XLSX or CSV file. The same file again changes nothing.
///
/// # Errors
/// When the actor may not, or the file is no sheet with the columns that are needed. Faults of single cells are
/// an answer, not an error.
pub async fn tasks(ctx: &Ctx<'_>, file: &[u8], manner: Manner) -> Result<Outcome, TasksError> {
    ctx.may(Permission::AssignTasks)?;
    let sheet = Sheet::read(file, &Limits::default())?;
    let table = Table::find(&sheet, &COLUMNS)?;
    let mut tx = ctx.begin().await?;
    let known = Known::load(ctx, &mut tx).await?;
    let mut outcome = Outcome::default();
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    // Rows are carried out in the transaction as they are read, so that a parent of an earlier row is there; a
    // dry run and a file with faults commit nothing.
    for row in table.rows() {
        let line = match line(&row, &known) {
            Ok(line) => line,
            Err(faults) => {
                outcome.faults.extend(faults);
                continue;
            }
        };
        if let Some(first) = seen.get(&line.code) {
            outcome.faults.push(row.fault(CODE, format!("Mã này đã có ở dòng {first}; mỗi nhiệm vụ một dòng.")));
            continue;
        }
        seen.insert(line.code.clone(), row.number());
        match carry_out(ctx, &mut tx, &row, line).await? {
            Ok(change) => outcome.count(change),
            Err(fault) => outcome.faults.push(fault),
        }
    }
    if !outcome.faults.is_empty() && !manner.accept_good_rows {
        return Ok(Outcome::refused(outcome.faults));
    }
    if manner.dry_run {
        return Ok(outcome);
    }
    let entry = ctx.entry("task.import", "sheet", digest(file));
    let entry = entry.set("created", outcome.created).set("updated", outcome.updated);
    ledger::record(&mut tx, entry.set("faults", outcome.faults.len())).await?;
    tx.commit().await?;
    Ok(outcome)
}

/// What one row says.
struct Line {
    code: String,
    unit: UnitId,
    due_on: Date,
    parent: Option<String>,
    content: Content,
}

struct Known {
    units: Vec<UnitView>,
    people: BTreeMap<String, PersonId>,
    clauses: Vec<String>,
}

impl Known {
    async fn load(ctx: &Ctx<'_>, tx: &mut Tx) -> Result<Self, TasksError> {
        let staff = organization::queries::staff(tx, ctx.today()).await?;
        Ok(Self {
            units: organization::queries::units(tx, ctx.today()).await?,
            people: staff.into_iter().filter_map(|one| Some((one.profile.staff_code?, one.id))).collect(),
            clauses: ctx.house.plan.clauses.iter().map(|clause| clause.id.to_string()).collect(),
        })
    }

    /// A unit by its code, or by its name with or without diacritics.
    fn unit(&self, row: &TableRow<'_>, column: &'static str, text: &str) -> Result<UnitId, Fault> {
        let wanted = code(text);
        let key = search_key(text);
        let by_code = self.units.iter().find(|unit| Some(&unit.code) == wanted.as_ref());
        let mut named = self.units.iter().filter(|unit| search_key(&unit.name) == key);
        match (by_code, named.next(), named.next()) {
            (Some(unit), _, _) | (None, Some(unit), None) => Ok(unit.id),
            (None, None, _) => {
                Err(row.fault(column, format!("Không có đơn vị “{text}” đang hoạt động; ghi đúng mã hoặc tên.")))
            }
            (None, Some(_), Some(_)) => Err(row.fault(column, "Nhiều đơn vị cùng tên; ghi mã thay cho tên.")),
        }
    }
}

/// The parts of a cell between semicolons.
fn parts(text: Option<String>) -> Vec<String> {
    let text = text.unwrap_or_default();
    text.split(';').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn line(row: &TableRow<'_>, known: &Known) -> Result<Line, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut read = Faulty(&mut faults);
    let named = read.or_note(needed(row, CODE)).and_then(|text| code(&text));
    let clause = read.or_note(needed(row, CLAUSE).and_then(|text| {
        let text = text.trim().to_owned();
        let there = known.clauses.contains(&text);
        if there {
            Ok(text)
        } else {
            Err(row.fault(CLAUSE, "Kế hoạch không có khoản này; ghi đúng như trong Kế hoạch."))
        }
    }));
    let title = read.or_note(needed(row, TITLE));
    let description = read.or_note(words(row, DESCRIPTION)).flatten();
    let unit = read.or_note(needed(row, UNIT).and_then(|text| known.unit(row, UNIT, &text)));
    let due_on = read.or_note(needed(row, DUE).and_then(|_| day(row, DUE))).flatten();
    let weight = read.or_note(words(row, WEIGHT).and_then(|text| {
        match text {
            None => Ok(1),
            Some(text) => text
                .parse()
                .ok()
                .filter(|weight| (1..=GREATEST_WEIGHT).contains(weight))
                .ok_or_else(|| row.fault(WEIGHT, format!("Ghi số nguyên từ 1 đến {GREATEST_WEIGHT}."))),
        }
    }));
    let parent = read.or_note(words(row, PARENT)).flatten().and_then(|text| code(&text));
    let mut coordinating = Vec::new();
    for text in parts(read.or_note(words(row, COORDINATING)).flatten()) {
        coordinating.extend(read.or_note(known.unit(row, COORDINATING, &text)));
    }
    let mut doers = Vec::new();
    for text in parts(read.or_note(words(row, DOERS)).flatten()) {
        let person = code(&text).and_then(|code| known.people.get(&code).copied());
        let person = person.ok_or_else(|| row.fault(DOERS, format!("Không có cán bộ mã “{text}” đang làm việc.")));
        doers.extend(read.or_note(person));
    }
    match (named, clause, title, unit, due_on, weight) {
        (Some(code), Some(clause), Some(title), Some(unit), Some(due_on), Some(weight)) if faults.is_empty() => {
            let description = description.unwrap_or_default();
            let content = Content { clause, title, description, weight, coordinating, doers };
            Ok(Line { code, unit, due_on, parent, content })
        }
        _ => Err(faults),
    }
}

/// Does what a row asks for; a fault by its column when the house says no.
async fn carry_out(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    row: &TableRow<'_>,
    line: Line,
) -> Result<Result<Change, Fault>, TasksError> {
    if ctx.may_in(Permission::AssignTasks, line.unit).is_err() {
        return Ok(Err(row.fault(UNIT, "Tài khoản này không giao nhiệm vụ cho đơn vị ấy.")));
    }
    let parent = match &line.parent {
        None => None,
        Some(text) => {
            let found = match store::by_code(tx, text).await? {
                Some(id) => queries::seen(ctx, tx, id).await.ok(),
                None => None,
            };
            match found {
                Some(task) => Some(task.id),
                None => return Ok(Err(row.fault(PARENT, "Không có nhiệm vụ mã này; đưa nhiệm vụ cha lên dòng trên."))),
            }
        }
    };
    let done = match store::by_code(tx, &line.code).await? {
        None => {
            let Line { code, unit, due_on, content, .. } = line;
            let new = NewTask { code, unit, parent, due_on, content };
            assign_in(ctx, tx, &new, &[]).await.map(|_| Change::Created)
        }
        Some(id) => match queries::seen(ctx, tx, id).await {
            Err(TasksError::Unknown(_)) => {
                return Ok(Err(row.fault(CODE, "Mã này là của nhiệm vụ đơn vị khác; đặt mã khác.")));
            }
            Err(error) => return Err(error),
            Ok(task) => {
                if let Some(fault) = fixed(row, &task, &line, parent) {
                    return Ok(Err(fault));
                }
                update(ctx, tx, task, &line.content).await
            }
        },
    };
    match done {
        Ok(change) => Ok(Ok(change)),
        Err(TasksError::Store(error)) => Err(TasksError::Store(error)),
        Err(error) => {
            let column = match &error {
                TasksError::DueBefore { .. } => DUE,
                TasksError::NoTitle => TITLE,
                TasksError::UnitEnded => UNIT,
                TasksError::TooDeep { .. } => PARENT,
                TasksError::Unknown(_) => DOERS,
                TasksError::State { .. } if parent.is_some() => PARENT,
                _ => CODE,
            };
            Ok(Err(row.fault(column, sentence(&error.to_string()))))
        }
    }
}

/// What a sheet does not change of a task that is there.
fn fixed(row: &TableRow<'_>, task: &Task, line: &Line, parent: Option<super::TaskId>) -> Option<Fault> {
    if task.unit != line.unit {
        return Some(row.fault(UNIT, "Nhiệm vụ đã giao cho đơn vị khác chủ trì; hủy nhiệm vụ cũ rồi giao mã mới."));
    }
    if task.parent != parent {
        return Some(row.fault(PARENT, "Nhiệm vụ đã thuộc nhiệm vụ cha khác; không đổi bằng tệp."));
    }
    (task.due_on != line.due_on)
        .then(|| row.fault(DUE, "Hạn khác hạn đang có; đổi hạn trên trang của nhiệm vụ, có ghi lý do."))
}

async fn update(ctx: &Ctx<'_>, tx: &mut Tx, mut task: Task, content: &Content) -> Result<Change, TasksError> {
    let content = cleaned(ctx, tx, task.unit, content, &task.content.doers).await?;
    if content == task.content {
        return Ok(Change::Unchanged);
    }
    task.rewrite(content)?;
    store::save(tx, &task, ctx.today()).await?;
    tell(ctx, tx, &task, EventKind::Changed, "", None).await?;
    Ok(Change::Updated)
}
