//! The invented Office: its units, its people and their posts, enterprises of the province.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;
use kernel::id::{PersonId, UnitId};
use kernel::{Date, Period};

use super::{DemoError, EXAMPLE, names};
use crate::Ctx;
use crate::db::Tx;
use crate::enterprises::model::{NewEntry, Size};
use crate::enterprises::service;
use crate::organization::model::{Category, EnterpriseEntry, EnterpriseKind, NewUnit, Profile, UnitKind, UnitName};
use crate::organization::people::{self, NewPost};
use crate::organization::{EnterpriseId, units};

/// The day since which the units exist and the posts are held.
const SINCE: Date = date(2016, 1, 1);

/// A person with the post held.
#[derive(Debug, Clone)]
pub struct Staff {
    /// Who.
    pub id: PersonId,
    /// The name.
    pub name: String,
    /// The code of the unit.
    pub unit: &'static str,
}

/// The invented Office once it stands.
pub struct Staffed {
    /// Units by code.
    pub units: BTreeMap<&'static str, UnitId>,
    /// People by staff code, `VP001` first.
    pub people: BTreeMap<String, Staff>,
    /// Enterprises, cooperatives and households, in the order of the table.
    pub enterprises: Vec<EnterpriseId>,
}

impl Staffed {
    /// The person of a staff code of this table.
    ///
    /// # Panics
    /// When the table has no such code.
    #[must_use]
    pub fn person(&self, code: &str) -> &Staff {
        &self.people[code]
    }
}

/// Code, first name, kind, title and category of its staff, how many they are besides the named.
type UnitRow = (&'static str, &'static str, UnitKind, &'static str, Category, usize);

const UNITS: [UnitRow; 11] = [
    ("VP", "Văn phòng Ủy ban nhân dân tỉnh", UnitKind::Office, "", Category::CongChuc, 0),
    ("LDVP", "Lãnh đạo Văn phòng", UnitKind::Division, "", Category::CongChuc, 0),
    ("TH", "Phòng Tổng hợp", UnitKind::Division, "Chuyên viên", Category::CongChuc, 9),
    ("KT", "Phòng Kinh tế", UnitKind::Division, "Chuyên viên", Category::CongChuc, 9),
    ("NC", "Phòng Nội chính", UnitKind::Division, "Chuyên viên", Category::CongChuc, 8),
    ("KGVX", "Phòng Văn xã", UnitKind::Division, "Chuyên viên", Category::CongChuc, 9),
    ("KSTTHC", "Phòng Kiểm soát thủ tục hành chính", UnitKind::Division, "Chuyên viên", Category::CongChuc, 8),
    ("TCHCQT", "Phòng Tổ chức - Hành chính - Quản trị", UnitKind::Division, "Nhân viên", Category::NguoiLaoDong, 15),
    ("BTCD", "Ban Tiếp công dân", UnitKind::Division, "Chuyên viên", Category::CongChuc, 7),
    ("TTPVHCC", "Trung tâm Phục vụ hành chính công", UnitKind::Subordinate, "Viên chức", Category::VienChuc, 16),
    ("TTTT", "Trung tâm Thông tin", UnitKind::Subordinate, "Viên chức", Category::VienChuc, 11),
];

/// Staff code, name, woman, ethnic group, unit, title, leader: those who sign in, lead or are met by name.
const NAMED: [(&str, &str, bool, &str, &str, &str, bool); 28] = [
    ("VP001", "Cầm Minh Sơn", false, "Thái", "LDVP", "Chánh Văn phòng", true),
    ("VP002", "Nguyễn Thị Thu Hà", true, "Kinh", "LDVP", "Phó Chánh Văn phòng", true),
    ("VP003", "Lò Văn Thắng", false, "Thái", "LDVP", "Phó Chánh Văn phòng", true),
    ("VP004", "Giàng A Páo", false, "Mông", "LDVP", "Phó Chánh Văn phòng", true),
    ("VP005", "Trần Quang Huy", false, "Kinh", "TH", "Trưởng phòng", true),
    ("VP006", "Quàng Thị Hương", true, "Thái", "NC", "Trưởng phòng", true),
    ("VP007", "Bùi Văn Tiến", false, "Mường", "KGVX", "Trưởng phòng", true),
    ("VP008", "Lường Thị Mai", true, "Thái", "KSTTHC", "Trưởng phòng", true),
    ("VP009", "Đỗ Đức Long", false, "Kinh", "TTPVHCC", "Giám đốc", true),
    ("VP010", "Tòng Văn Chung", false, "Thái", "KT", "Trưởng phòng", true),
    ("VP011", "Lê Thanh Vân", true, "Kinh", "TCHCQT", "Trưởng phòng", true),
    ("VP012", "Lò Thị Phương", true, "Thái", "TCHCQT", "Phó Trưởng phòng", true),
    ("VP013", "Vàng A Sáu", false, "Mông", "BTCD", "Trưởng ban", true),
    ("VP014", "Phạm Thu Trang", true, "Kinh", "BTCD", "Phó Trưởng ban", true),
    ("VP015", "Cà Văn Khoa", false, "Thái", "TTTT", "Giám đốc", true),
    ("VP016", "Hà Thị Nhung", true, "Mường", "TTTT", "Biên tập viên", false),
    ("VP017", "Vũ Minh Đạt", false, "Kinh", "TTTT", "Kỹ sư", false),
    ("VP018", "Thào Thị Mỷ", true, "Mông", "KT", "Chuyên viên", false),
    ("VP019", "Nguyễn Văn An", false, "Kinh", "KT", "Chuyên viên", false),
    ("VP020", "Nguyễn Văn An", false, "Kinh", "TTPVHCC", "Viên chức", false),
    ("VP021", "Lường Văn Dũng", false, "Thái", "KT", "Phó Trưởng phòng", true),
    ("VP022", "Sùng A Dua", false, "Mông", "KT", "Chuyên viên", false),
    ("VP023", "Bạc Thị Yến", true, "Thái", "KT", "Chuyên viên", false),
    ("VP024", "Bàn Văn Phú", false, "Dao", "NC", "Chuyên viên", false),
    ("VP025", "Đinh Thị Loan", true, "Mường", "NC", "Chuyên viên", false),
    ("VP026", "Hoàng Thị Xuân", true, "Thái", "TH", "Phó Trưởng phòng", true),
    ("VP027", "Lò Thị Ban", true, "Thái", "KSTTHC", "Chuyên viên", false),
    ("VP028", "Mùa A Tủa", false, "Mông", "KGVX", "Chuyên viên", false),
];

type Invented = (&'static str, &'static str, EnterpriseKind, Option<Size>, &'static str, &'static str);

const ENTERPRISES: [Invented; 9] = [
    ("5500900101", "Công ty TNHH Chè Mộc Sương (ví dụ)", ENTERPRISE, Some(Size::Small), TEA, "Phường Mộc Châu"),
    ("5500900102", "Công ty cổ phần Cà phê Dốc Mây (ví dụ)", ENTERPRISE, Some(Size::Medium), COFFEE, "Xã Chiềng Mai"),
    ("5500900103", "Công ty TNHH Nước sạch Bản Hồ (ví dụ)", ENTERPRISE, None, "Cấp nước", "Phường Tô Hiệu"),
    ("5500900201", "Hợp tác xã Xoài Nậm Xanh (ví dụ)", EnterpriseKind::Cooperative, None, FRUIT, "Xã Yên Châu"),
    (
        "5500900202",
        "Hợp tác xã Nhãn chín muộn Mường Ngàn (ví dụ)",
        EnterpriseKind::Cooperative,
        None,
        FRUIT,
        "Xã Sông Mã",
    ),
    ("5500900203", "Hợp tác xã Mận hậu Đồi Gió (ví dụ)", EnterpriseKind::Cooperative, None, FRUIT, "Xã Tân Yên"),
    (
        "5500900301",
        "Hộ kinh doanh Thêu Piêu Lò Thị Lả (ví dụ)",
        EnterpriseKind::Household,
        None,
        "Thủ công",
        "Xã Thuận Châu",
    ),
    (
        "5500900302",
        "Hộ kinh doanh Homestay Vàng A Chống (ví dụ)",
        EnterpriseKind::Household,
        None,
        "Du lịch",
        "Xã Vân Hồ",
    ),
    ("5500900401", "Hội Doanh nhân trẻ Vùng Cao (ví dụ)", EnterpriseKind::Association, None, "", "Phường Tô Hiệu"),
];

const ENTERPRISE: EnterpriseKind = EnterpriseKind::Enterprise;
const TEA: &str = "Chế biến chè";
const COFFEE: &str = "Chế biến cà phê";
const FRUIT: &str = "Trồng, tiêu thụ quả";

/// Sets the Office up.
pub async fn set_up(ctx: &Ctx<'_>) -> Result<Staffed, DemoError> {
    let mut tx = ctx.begin().await?;
    let mut found = BTreeMap::new();
    for (position, (code, name, kind, ..)) in (0_i64..).zip(UNITS) {
        let new = NewUnit {
            code: code.to_owned(),
            name: name.to_owned(),
            kind,
            from: SINCE,
            position,
            document: Some(format!("{EXAMPLE} Quyết định quy định chức năng, nhiệm vụ của Văn phòng")),
        };
        found.insert(code, units::add_in(ctx, &mut tx, &new).await?);
    }
    let people = staff(ctx, &mut tx, &found).await?;
    let mut register = Vec::new();
    for (tax_code, name, kind, size, sector, commune) in ENTERPRISES {
        let entry = EnterpriseEntry {
            tax_code: Some(tax_code.to_owned()),
            name: name.to_owned(),
            kind,
            commune: Some(commune.to_owned()),
        };
        let new = NewEntry { entry, size, sector: sector.to_owned() };
        register.push(service::register_in(ctx, &mut tx, new).await?);
    }
    tx.commit().await?;
    let name = UnitName {
        from: date(2023, 3, 1),
        name: "Phòng Khoa giáo - Văn xã".to_owned(),
        document: Some(format!("{EXAMPLE} Quyết định đổi tên phòng")),
    };
    units::rename(ctx, found["KGVX"], 1, name).await?;
    Ok(Staffed { units: found, people, enterprises: register })
}

async fn staff(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    units: &BTreeMap<&'static str, UnitId>,
) -> Result<BTreeMap<String, Staff>, DemoError> {
    let mut people = BTreeMap::new();
    for (number, (code, name, female, group, unit, title, leader)) in NAMED.into_iter().enumerate() {
        let category = UNITS.iter().find(|row| row.0 == unit).map_or(Category::CongChuc, |row| row.4);
        let category = if unit == "TCHCQT" { Category::CongChuc } else { category };
        let profile = profile(code, name, female, group, category, number);
        let id = engage(ctx, tx, units[unit], profile, title, leader, number).await?;
        people.insert(code.to_owned(), Staff { id, name: name.to_owned(), unit });
    }
    let mut taken: BTreeSet<String> = NAMED.iter().map(|row| row.1.to_owned()).collect();
    let mut strangers = (0..).map(names::person).filter(move |one| taken.insert(one.name.clone()));
    let mut number = NAMED.len();
    for (unit, _, _, title, category, many) in UNITS {
        for _ in 0..many {
            let code = format!("VP{:03}", number + 1);
            let invented = strangers.next().expect("the names never end");
            let profile = profile(&code, &invented.name, invented.female, invented.group, category, number);
            let id = engage(ctx, tx, units[unit], profile, title, false, number).await?;
            people.insert(code, Staff { id, name: invented.name, unit });
            number += 1;
        }
    }
    Ok(people)
}

fn profile(code: &str, name: &str, female: bool, group: &str, category: Category, number: usize) -> Profile {
    Profile {
        staff_code: Some(code.to_owned()),
        name: name.to_owned(),
        born_on: Some(date(1970 + small(number * 7 % 28), 1 + tiny(number * 5 % 12), 1 + tiny(number * 11 % 28))),
        female: Some(female),
        ethnic_group: Some(group.to_owned()),
        category,
    }
}

async fn engage(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    unit: UnitId,
    profile: Profile,
    title: &str,
    leader: bool,
    number: usize,
) -> Result<PersonId, DemoError> {
    let person = people::add_in(ctx, tx, profile).await?;
    let from = date(2016 + small(number % 5), 1 + tiny(number % 12), 1);
    let post = NewPost { unit, title: title.to_owned(), leader, period: Period::since(from) };
    people::appoint_in(ctx, tx, person, post).await?;
    Ok(person)
}

fn small(number: usize) -> i16 {
    i16::try_from(number).expect("numbers of the tables are small")
}

fn tiny(number: usize) -> i8 {
    i8::try_from(number).expect("numbers of the tables are small")
}
