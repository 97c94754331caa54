//! The main menu: what there is, in the order of an office's day, and who may see it.

use kernel::Permission;
use kernel::Permission as P;

/// A place in the main menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// My work today.
    Home,
    /// The chief's one page.
    Overview,
    /// The plan.
    Plan,
    /// The targets and their indicators.
    Targets,
    /// The launch, programmes of units, covenants.
    Programmes,
    /// Tasks.
    Tasks,
    /// Inspections.
    Inspections,
    /// Dossiers of administrative procedures.
    Dossiers,
    /// Enterprises.
    Enterprises,
    /// Dialogues.
    Dialogues,
    /// Petitions.
    Petitions,
    /// Reports of conduct.
    Conduct,
    /// Initiatives and models.
    Initiatives,
    /// Units and people.
    People,
    /// Campaigns and nominations.
    Awards,
    /// The law as data.
    Law,
    /// The council.
    Council,
    /// Decisions and certificates.
    Decisions,
    /// What goes to a higher level.
    Submissions,
    /// The register of awards.
    Register,
    /// The book of the reward fund.
    Fund,
    /// Days off and made up, terms.
    Calendar,
    /// The public column.
    Newsroom,
    /// The ledger.
    Ledger,
    /// Accounts.
    Accounts,
    /// A page outside the menu.
    None,
}

/// A line of the main menu.
#[derive(Debug, Clone, Copy)]
pub struct MenuItem {
    /// Where it stands.
    pub place: Place,
    /// Where it leads.
    pub url: &'static str,
    /// What it says.
    pub name: &'static str,
    /// Its icon's id in the sprite.
    pub icon: &'static str,
    /// What is needed to see it; none for all who signed in.
    need: Option<Permission>,
}

/// Lines that belong together.
#[derive(Debug, Clone)]
pub struct MenuGroup {
    /// What stands above them; empty above the first.
    pub name: &'static str,
    /// The lines, of which there is at least one.
    pub items: Vec<MenuItem>,
}

/// The menu as somebody sees it who may what `may` says; groups without a line are left out.
pub fn seen_by(may: impl Fn(Permission) -> bool) -> Vec<MenuGroup> {
    let groups = MENU.iter().map(|(name, items)| MenuGroup {
        name,
        items: items.iter().filter(|item| item.need.is_none_or(&may)).copied().collect(),
    });
    groups.filter(|group| !group.items.is_empty()).collect()
}

const fn all(place: Place, url: &'static str, name: &'static str, icon: &'static str) -> MenuItem {
    MenuItem { place, url, name, icon, need: None }
}

const fn only(need: Permission, place: Place, url: &'static str, name: &'static str, icon: &'static str) -> MenuItem {
    MenuItem { place, url, name, icon, need: Some(need) }
}

const MENU: &[(&str, &[MenuItem])] = &[
    (
        "",
        &[
            all(Place::Home, "/noi-bo", "Việc của tôi", "home"),
            only(P::ReadOverview, Place::Overview, "/noi-bo/tong-quan", "Tổng quan", "chart"),
        ],
    ),
    (
        "Phong trào",
        &[
            only(P::ReadPlan, Place::Plan, "/noi-bo/ke-hoach", "Kế hoạch", "doc"),
            only(P::ReadPlan, Place::Targets, "/noi-bo/chi-tieu", "Chỉ tiêu", "target"),
            only(P::ReadPlan, Place::Programmes, "/noi-bo/chuong-trinh", "Chương trình", "flag"),
            only(P::ReadPlan, Place::Tasks, "/noi-bo/nhiem-vu", "Nhiệm vụ", "tasks"),
            only(P::ReadInspections, Place::Inspections, "/noi-bo/kiem-tra", "Cuộc kiểm tra", "eye"),
            only(P::ReadPlan, Place::Initiatives, "/noi-bo/sang-kien", "Sáng kiến", "idea"),
        ],
    ),
    ("Cải cách hành chính", &[only(P::ReadDossiers, Place::Dossiers, "/noi-bo/ho-so-tthc", "Hồ sơ TTHC", "list")]),
    (
        "Doanh nghiệp, người dân",
        &[
            only(P::ReadEnterprises, Place::Enterprises, "/noi-bo/doanh-nghiep", "Doanh nghiệp, HTX, hộ", "building"),
            only(P::ReadPetitions, Place::Petitions, "/noi-bo/kien-nghi", "Phản ánh, kiến nghị", "talk"),
            only(P::ReadDialogues, Place::Dialogues, "/noi-bo/doi-thoai", "Đối thoại", "people"),
            only(P::HandleConduct, Place::Conduct, "/noi-bo/hanh-vi", "Phản ánh hành vi", "key"),
        ],
    ),
    (
        "Khen thưởng",
        &[
            only(P::ReadNominations, Place::Awards, "/noi-bo/khen-thuong", "Xét khen thưởng", "medal"),
            only(P::ReadMinutes, Place::Council, "/noi-bo/hoi-dong", "Hội đồng", "ballot"),
            only(P::ReadDecisions, Place::Decisions, "/noi-bo/quyet-dinh", "Quyết định", "seal"),
            only(P::ReadNominations, Place::Submissions, "/noi-bo/trinh-cap-tren", "Trình cấp trên", "send"),
            only(P::ReadDecisions, Place::Register, "/noi-bo/so-khen-thuong", "Sổ khen thưởng", "list"),
            only(P::ReadFund, Place::Fund, "/noi-bo/quy-khen-thuong", "Quỹ khen thưởng", "coins"),
            only(P::ReadRules, Place::Law, "/noi-bo/luat", "Luật", "scales"),
        ],
    ),
    ("Tuyên truyền", &[only(P::ReadStories, Place::Newsroom, "/noi-bo/chuyen-muc", "Chuyên mục khen thưởng", "news")]),
    (
        "Quản trị",
        &[
            all(Place::Calendar, "/noi-bo/lich", "Lịch làm việc", "calendar"),
            only(P::ReadPeople, Place::People, "/noi-bo/con-nguoi", "Đơn vị, con người", "people"),
            only(P::ManageAccounts, Place::Accounts, "/noi-bo/tai-khoan", "Tài khoản", "key"),
            only(P::ReadLedger, Place::Ledger, "/noi-bo/nhat-ky", "Nhật ký", "chain"),
        ],
    ),
];
