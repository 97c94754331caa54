//! People from a sheet: who is new, who changed, who moved; and the template for it.

use std::collections::BTreeMap;

use jiff::civil::date;
use kernel::id::UnitId;
use kernel::numbers::short_date;
use kernel::text::search_key;
use kernel::{Date, Period, Permission};
use papers::sheet::{ColumnName, Fault, Limits, Sheet, SheetError, Table, TableRow};

use super::model::{Category, Person, Post, PostId, Profile, UnitView, code};
use super::people::{NewPost, add_in, appoint_in, edit_in, end_post_in, retitle_in};
use super::{OrganizationError, store};
use crate::db::Tx;
use crate::import::{Change, Explained, Faulty, Manner, Outcome, choice, day, needed, sentence, template, words};
use crate::{Ctx, ledger};

pub(super) const CODE: &str = "Mã cán bộ";
pub(super) const NAME: &str = "Họ và tên";
pub(super) const BORN: &str = "Ngày sinh";
pub(super) const GENDER: &str = "Giới tính";
pub(super) const ETHNIC: &str = "Dân tộc";
pub(super) const CATEGORY: &str = "Đối tượng";
pub(super) const UNIT: &str = "Đơn vị";
pub(super) const TITLE: &str = "Chức vụ";
pub(super) const LEADER: &str = "Giữ chức vụ lãnh đạo";
pub(super) const SINCE: &str = "Từ ngày";

const COLUMNS: [ColumnName; 10] = [
    ColumnName::required(CODE, &["Mã nhân viên", "Mã CBCC", "Mã công chức", "Mã số cán bộ", "Mã CB"]),
    ColumnName::required(NAME, &["Họ tên", "Họ và tên khai sinh"]),
    ColumnName::optional(BORN, &["Ngày tháng năm sinh", "Sinh ngày"]),
    ColumnName::optional(GENDER, &["Nam/Nữ", "Giới"]),
    ColumnName::optional(ETHNIC, &[]),
    ColumnName::optional(CATEGORY, &["Loại lao động", "Loại cán bộ"]),
    ColumnName::optional(UNIT, &["Phòng, đơn vị", "Phòng ban", "Mã đơn vị", "Đơn vị công tác"]),
    ColumnName::optional(TITLE, &["Chức danh", "Chức vụ, chức danh"]),
    ColumnName::optional(LEADER, &["Lãnh đạo"]),
    ColumnName::optional(SINCE, &["Từ ngày công tác", "Ngày bắt đầu"]),
];

const CATEGORIES: [(Category, &[&str]); 4] = [
    (Category::CongChuc, &["Công chức", "cong_chuc", "Cán bộ", "Cán bộ, công chức", "CC"]),
    (Category::VienChuc, &["Viên chức", "vien_chuc", "VC"]),
    (Category::NguoiLaoDong, &["Người lao động", "nguoi_lao_dong", "Hợp đồng lao động", "Lao động hợp đồng", "NLĐ"]),
    (Category::Other, &["Khác", "other"]),
];

/// How the titles begin that lead a unit, where the sheet does not say.
const LEADING: [&str; 8] = [
    "truong phong",
    "pho truong phong",
    "chanh van phong",
    "pho chanh van phong",
    "giam doc",
    "pho giam doc",
    "truong ban",
    "pho truong ban",
];

/// What one row says of a person; what it leaves blank stays as it is.
struct Line {
    row: u32,
    staff_code: String,
    name: String,
    born_on: Option<Date>,
    female: Option<bool>,
    ethnic_group: Option<String>,
    category: Option<Category>,
    unit: Option<UnitId>,
    title: Option<String>,
    leader: Option<bool>,
    since: Option<Date>,
}

/// What a row asks for, after comparing it with what is kept.
struct Plan {
    known: Option<Person>,
    profile: Profile,
    moved: Move,
}

/// What a row does to the person's posts.
enum Move {
    Stay,
    Retitle { post: PostId, title: String, leader: bool },
    Enter { leaving: Option<PostId>, new: NewPost },
}

/// The template to fill in: a sheet with the headers, and one that explains them.
///
/// # Errors
/// When the sheet cannot be written.
pub fn people_template() -> Result<Vec<u8>, SheetError> {
    let column = |header, needed, how, example| Explained { header, needed, how, example };
    template(
        "Danh sách",
        &[
            column(
                CODE,
                true,
                "Mỗi người một mã, không trùng. Người đã có mã này được cập nhật, không tạo lại.",
                "VP-0123",
            ),
            column(NAME, true, "Chữ tiếng Việt có dấu (Unicode).", "Nguyễn Văn An"),
            column(BORN, false, "Ngày/tháng/năm, năm đủ bốn chữ số.", "05/02/1980"),
            column(GENDER, false, "Nam hoặc Nữ.", "Nữ"),
            column(ETHNIC, false, "Tên dân tộc.", "Thái"),
            column(CATEGORY, false, "Công chức, Viên chức, Người lao động hoặc Khác.", "Công chức"),
            column(
                UNIT,
                false,
                "Mã hoặc tên đơn vị đang có trong hệ thống. Khác đơn vị hiện tại thì người đó được chuyển.",
                "TCHCQT",
            ),
            column(TITLE, false, "Chức vụ trong đơn vị.", "Phó Trưởng phòng"),
            column(LEADER, false, "Có hoặc Không. Để trống thì suy từ chức vụ.", "Có"),
            column(
                SINCE,
                false,
                "Ngày bắt đầu ở đơn vị. Để trống là hôm nay; chỉ dùng khi người đó mới vào đơn vị.",
                "01/07/2025",
            ),
        ],
    )
}

/// Brings people in from an XLSX or CSV file.
///
/// # Errors
/// When the actor may not, or the file is no sheet with the columns that are needed. Faults of single
/// cells are an answer, not an error.
pub async fn people(ctx: &Ctx<'_>, file: &[u8], manner: Manner) -> Result<Outcome, OrganizationError> {
    ctx.may(Permission::ManagePeople)?;
    let sheet = Sheet::read(file, &Limits::default())?;
    let table = Table::find(&sheet, &COLUMNS)?;
    let today = ctx.today();
    let mut tx = ctx.begin().await?;
    let known = Known::load(&mut tx, today).await?;
    let mut outcome = Outcome::default();
    let mut plans = Vec::new();
    let mut seen = BTreeMap::new();
    for row in table.rows() {
        match line(&row, &known, today) {
            Err(faults) => outcome.faults.extend(faults),
            Ok(line) => match seen.insert(line.staff_code.clone(), line.row) {
                Some(first) => {
                    seen.insert(line.staff_code, first);
                    let what = format!("Mã này đã có ở dòng {first}; mỗi người một dòng, một mã.");
                    outcome.faults.push(row.fault(CODE, what));
                }
                None => match known.plan(&row, &line, today) {
                    Ok(plan) => plans.push(plan),
                    Err(fault) => outcome.faults.push(fault),
                },
            },
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
        plan.carry_out(ctx, &mut tx).await?;
    }
    let entry = ctx.entry("organization.import_people", "sheet", crate::import::digest(file));
    let entry = entry.set("created", outcome.created).set("updated", outcome.updated);
    ledger::record(&mut tx, entry.set("faults", outcome.faults.len())).await?;
    tx.commit().await?;
    Ok(outcome)
}

/// Before every post that is kept.
const FIRST_DAY: Date = date(1900, 1, 1);

/// What is kept when the import begins.
struct Known {
    units: Vec<UnitView>,
    people: BTreeMap<String, Person>,
    posts: BTreeMap<kernel::id::PersonId, Vec<Post>>,
}

impl Known {
    async fn load(tx: &mut Tx, today: Date) -> Result<Self, OrganizationError> {
        let mut posts: BTreeMap<_, Vec<Post>> = BTreeMap::new();
        for post in store::posts_from(tx, FIRST_DAY).await? {
            posts.entry(post.person).or_default().push(post);
        }
        let people = store::staff(tx).await?.into_iter();
        let people = people.filter_map(|person| Some((person.profile.staff_code.clone()?, person)));
        Ok(Self { units: store::units(tx, today).await?, people: people.collect(), posts })
    }

    /// A unit by its code, or by its name with or without diacritics.
    fn unit(&self, row: &TableRow<'_>, text: &str) -> Result<UnitId, Fault> {
        if let Some(unit) = self.units.iter().find(|unit| Some(&unit.code) == code(text).as_ref()) {
            return Ok(unit.id);
        }
        let key = search_key(text);
        let named: Vec<_> = self.units.iter().filter(|unit| search_key(&unit.name) == key).collect();
        match named.as_slice() {
            [unit] => Ok(unit.id),
            [] => Err(row.fault(
                UNIT,
                "Không có đơn vị này; ghi đúng mã hoặc tên đơn vị đang hoạt động, hoặc thêm đơn vị trước.",
            )),
            several => {
                let codes: Vec<_> = several.iter().map(|unit| unit.code.as_str()).collect();
                Err(row.fault(
                    UNIT,
                    format!("Có {} đơn vị cùng tên; ghi mã thay cho tên: {}.", codes.len(), codes.join(", ")),
                ))
            }
        }
    }

    fn plan(&self, row: &TableRow<'_>, line: &Line, today: Date) -> Result<Plan, Fault> {
        let known = self.people.get(&line.staff_code).cloned();
        let old = known.as_ref().map(|person| &person.profile);
        let profile = Profile {
            staff_code: Some(line.staff_code.clone()),
            name: line.name.clone(),
            born_on: line.born_on.or(old.and_then(|old| old.born_on)),
            female: line.female.or(old.and_then(|old| old.female)),
            ethnic_group: line.ethnic_group.clone().or(old.and_then(|old| old.ethnic_group.clone())),
            category: line.category.or(old.map(|old| old.category)).unwrap_or(Category::Other),
        };
        let posts = known.as_ref().and_then(|person| self.posts.get(&person.id)).map_or(&[][..], Vec::as_slice);
        let moved = self.moved(row, line, posts, today)?;
        Ok(Plan { known, profile, moved })
    }

    fn moved(&self, row: &TableRow<'_>, line: &Line, posts: &[Post], today: Date) -> Result<Move, Fault> {
        let Some(unit) = line.unit else { return Ok(Move::Stay) };
        let held = || posts.iter().filter(|post| post.period.until.is_none_or(|until| until > today));
        if let Some(post) = held().find(|post| post.unit == unit) {
            let title = line.title.clone().unwrap_or_else(|| post.title.clone());
            let leader = line.leader.unwrap_or(if line.title.is_some() { leads(&title) } else { post.leader });
            let same = title == post.title && leader == post.leader;
            return Ok(if same { Move::Stay } else { Move::Retitle { post: post.id, title, leader } });
        }
        let since = line.since.unwrap_or(today);
        let known = self.units.iter().find(|known| known.id == unit);
        if let Some((unit, end)) = known.and_then(|unit| Some((unit, unit.period.until?))) {
            let what = format!("Đơn vị {} kết thúc hoạt động từ ngày {}; ghi đơn vị khác.", unit.code, short_date(end));
            return Err(row.fault(UNIT, what));
        }
        if let Some(unit) = known.filter(|unit| !unit.period.contains(since)) {
            let (since, from) = (short_date(since), short_date(unit.period.from));
            let what = format!("Đơn vị {} chưa có vào ngày {since}; ghi ngày từ {from} trở đi.", unit.code);
            return Err(row.fault(SINCE, what));
        }
        if let Some(post) = held().find(|post| post.period.from >= since) {
            let from = short_date(post.period.from);
            let what = format!("Người này vào đơn vị khác ngày {from}; ghi ngày chuyển đơn vị sau ngày đó.");
            return Err(row.fault(SINCE, what));
        }
        if let Some(end) = posts.iter().filter(|post| post.unit == unit).filter_map(|post| post.period.until).max()
            && end > since
        {
            let end = short_date(end);
            let what = format!("Người này đã ở đơn vị ấy đến trước ngày {end}; ghi ngày từ {end} trở đi.");
            return Err(row.fault(SINCE, what));
        }
        let leaving = held().find(|post| post.period.contains(since));
        let title = line.title.clone().unwrap_or_default();
        let leader = line.leader.unwrap_or_else(|| leads(&title));
        let new = NewPost { unit, title, leader, period: Period::since(since) };
        Ok(Move::Enter { leaving: leaving.map(|post| post.id), new })
    }
}

impl Plan {
    fn change(&self) -> Change {
        match (&self.known, &self.moved) {
            (None, _) => Change::Created,
            (Some(person), Move::Stay) if person.profile == self.profile => Change::Unchanged,
            (Some(_), _) => Change::Updated,
        }
    }

    async fn carry_out(self, ctx: &Ctx<'_>, tx: &mut Tx) -> Result<(), OrganizationError> {
        let person = match self.known {
            None => add_in(ctx, tx, self.profile).await?,
            Some(person) => {
                if person.profile != self.profile {
                    edit_in(ctx, tx, person.id, person.version, self.profile).await?;
                }
                person.id
            }
        };
        match self.moved {
            Move::Stay => {}
            Move::Retitle { post, title, leader } => retitle_in(ctx, tx, post, &title, leader).await?,
            Move::Enter { leaving, new } => {
                if let Some(post) = leaving {
                    end_post_in(ctx, tx, post, new.period.from).await?;
                }
                appoint_in(ctx, tx, person, new).await?;
            }
        }
        Ok(())
    }
}

/// Whether a title leads a unit.
fn leads(title: &str) -> bool {
    let key = search_key(title);
    LEADING.iter().any(|start| key.starts_with(start))
}

/// Reads a row; all its faults at once.
fn line(row: &TableRow<'_>, known: &Known, today: Date) -> Result<Line, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut take = Faulty(&mut faults);
    let staff_code = take.or_note(needed(row, CODE)).and_then(|text| code(&text));
    let name = take.or_note(needed(row, NAME)).map(|name| kernel::text::fold_person_name(&name));
    let born_on = take.or_note(day(row, BORN)).flatten();
    if let Some(born) = born_on.filter(|born| *born >= today) {
        take.0.push(row.fault(BORN, sentence(&format!("ngày {born} chưa đến; kiểm tra lại năm"))));
    }
    let female = take.or_note(choice(row, GENDER, &[(true, &["Nữ", "F"]), (false, &["Nam", "M"])])).flatten();
    let ethnic_group = take.or_note(words(row, ETHNIC)).flatten();
    let category = take.or_note(choice(row, CATEGORY, &CATEGORIES)).flatten();
    let unit = take.or_note(words(row, UNIT)).flatten();
    let unit = unit.and_then(|text| take.or_note(known.unit(row, &text)));
    let title = take.or_note(words(row, TITLE)).flatten();
    let leader = take.or_note(choice(row, LEADER, &[(true, &["Có", "x", "1"]), (false, &["Không", "0"])])).flatten();
    let since = take.or_note(day(row, SINCE)).flatten();
    match (staff_code, name) {
        (Some(staff_code), Some(name)) if faults.is_empty() => Ok(Line {
            row: row.number(),
            staff_code,
            name,
            born_on,
            female,
            ethnic_group,
            category,
            unit,
            title,
            leader,
            since,
        }),
        _ => Err(faults),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_that_leads_a_unit_is_known_by_its_first_words() {
        for title in ["Trưởng phòng", "Phó Trưởng phòng phụ trách", "PHÓ GIÁM ĐỐC Trung tâm", "Chánh Văn phòng"]
        {
            assert!(leads(title), "{title}");
        }
        for title in ["Chuyên viên", "Trưởng nhóm", "Thư ký Giám đốc", ""] {
            assert!(!leads(title), "{title}");
        }
    }
}
