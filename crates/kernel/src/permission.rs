//! Who may do what: roles, the permissions a role carries, and an actor's grants.
//!
//! Deny by default: an actor may do what a grant in force says, in the unit it names, and nothing else.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::Period;
use crate::id::{AccountId, PersonId, UnitId};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal, $vi:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum $name { $($(#[$vdoc])* #[serde(rename = $code)] $variant),+ }
        impl $name {
            /// Every one of them, in the order of the guide.
            pub const ALL: &[Self] = &[$(Self::$variant),+];
            /// The word kept in the database and the API.
            #[must_use]
            pub fn code(self) -> &'static str { match self { $(Self::$variant => $code),+ } }
            /// The word on the screen.
            #[must_use]
            pub fn name_vi(self) -> &'static str { match self { $(Self::$variant => $vi),+ } }
            /// Reads the stored word; none for a word that is not ours.
            #[must_use]
            pub fn from_code(code: &str) -> Option<Self> { match code { $($code => Some(Self::$variant),)+ _ => None } }
        }
    };
}

words! {
    /// A role, given to an account for a unit and a period.
    Role {
        /// Reads the plan live, signs decisions, decides against a verdict with a reason.
        Chief = "chief", "Lãnh đạo Văn phòng";
        /// Runs campaigns, checks dossiers, prepares councils: the standing body of emulation.
        Standing = "standing", "Thường trực thi đua";
        /// Member of the council: declares conflicts, votes.
        Member = "member", "Ủy viên Hội đồng";
        /// Head of a unit: nominates persons and collectives of it.
        Head = "head", "Trưởng phòng, đơn vị";
        /// Staff: own record, objections.
        Officer = "officer", "Cán bộ, công chức";
        /// Registers, sorts and routes petitions.
        Intake = "intake", "Tiếp nhận kiến nghị";
        /// Contact of another agency: answers what was routed to it.
        Liaison = "liaison", "Đầu mối phối hợp";
        /// Keeps the public column.
        Editor = "editor", "Biên tập";
        /// Inspections, the ledger, confidential conduct reports.
        Inspector = "inspector", "Kiểm tra, giám sát";
        /// Accounts, units, people, calendars, backups.
        Admin = "admin", "Quản trị hệ thống";
    }
}

words! {
    /// What a route or a use case asks for.
    Permission {
        /// Read the plan and what hangs on it.
        ReadPlan = "read_plan", "Xem kế hoạch";
        /// Launch the movement, remind units, draw up covenants.
        LaunchMovement = "launch_movement", "Phát động, nhắc việc";
        /// Write, hand in and amend the programme of the unit, sign its covenants.
        WriteProgramme = "write_programme", "Lập chương trình thi đua";
        /// Approve and return the programmes of units.
        ApproveProgramme = "approve_programme", "Duyệt chương trình thi đua";
        /// Read the programmes of the unit (or of all).
        ReadProgrammes = "read_programmes", "Xem chương trình thi đua";
        /// Read the tasks of the unit (or of all).
        ReadTasks = "read_tasks", "Xem nhiệm vụ";
        /// Assign tasks that the unit leads, change them, move their due day, cancel them.
        AssignTasks = "assign_tasks", "Giao nhiệm vụ";
        /// Accept or return what was reported as done by others.
        AcceptTasks = "accept_tasks", "Nghiệm thu nhiệm vụ";
        /// Read inspections of the unit (or of all) with their findings.
        ReadInspections = "read_inspections", "Xem kiểm tra, giám sát";
        /// Plan inspections, enter findings, close them with evidence.
        Inspect = "inspect", "Lập, kết thúc cuộc kiểm tra";
        /// Read the law as data: rules, their versions and cases, the acts they rest on.
        ReadRules = "read_rules", "Xem luật, bộ quy tắc";
        /// Read units and people.
        ReadPeople = "read_people", "Xem đơn vị, con người";
        /// Add, change and import units, people and their record.
        ManagePeople = "manage_people", "Quản lý đơn vị, con người";
        /// Open and stop accounts, give and end roles.
        ManageAccounts = "manage_accounts", "Quản lý tài khoản";
        /// Read and verify the ledger.
        ReadLedger = "read_ledger", "Xem nhật ký";
        /// Read campaigns and nominations of the unit (or of all).
        ReadNominations = "read_nominations", "Xem hồ sơ đề nghị";
        /// Write, submit and withdraw nominations of the unit.
        Nominate = "nominate", "Lập hồ sơ đề nghị";
        /// Open and close campaigns, check nominations, return them, run the consultation.
        RunCampaign = "run_campaign", "Điều hành đợt xét";
        /// Settle by a signed statement what the record does not know.
        Attest = "attest", "Xác nhận nội dung";
        /// Adopt local rules and confirm rules whose text changed.
        ConfirmRules = "confirm_rules", "Xác nhận căn cứ pháp lý";
        /// Decide against a verdict or over a cap, with a written reason.
        Overrule = "overrule", "Quyết định khác kết luận";
        /// Object to a nomination during the consultation.
        Object = "object", "Gửi ý kiến trong thời gian lấy ý kiến";
        /// Set up councils, prepare and run meetings.
        RunCouncil = "run_council", "Tổ chức Hội đồng";
        /// Take part in a council's meeting and vote.
        Vote = "vote", "Biểu quyết";
        /// Read minutes and tallies of meetings that are over.
        ReadMinutes = "read_minutes", "Xem biên bản";
        /// Draft decisions, print certificates, keep the bonus list.
        DraftDecision = "draft_decision", "Soạn quyết định";
        /// Sign, correct and revoke decisions.
        SignDecision = "sign_decision", "Ký quyết định";
        /// Read issued decisions and the register of awards.
        ReadDecisions = "read_decisions", "Xem quyết định, sổ khen thưởng";
        /// Read the book of the reward fund.
        ReadFund = "read_fund", "Xem sổ quỹ khen thưởng";
        /// Write the book of the reward fund: income, expenses, bonuses paid and come back, the end of a year.
        KeepFund = "keep_fund", "Ghi sổ quỹ khen thưởng";
        /// Read the overview of the whole Office.
        ReadOverview = "read_overview", "Xem tổng quan toàn Văn phòng";
        /// Read the indicators' values by unit (of the unit, or of all).
        ReadTargets = "read_targets", "Xem số liệu chỉ tiêu theo đơn vị";
        /// Define indicators, their baselines and paths, how they are checked.
        ManageTargets = "manage_targets", "Quản lý chỉ tiêu";
        /// Enter and hand in values of indicators.
        EnterValues = "enter_values", "Nhập số liệu chỉ tiêu";
        /// Approve and return the values of the unit (or of all).
        ApproveValues = "approve_values", "Duyệt số liệu của đơn vị";
        /// Approve an indicator's period for the whole Office; open again what was approved.
        ApproveTargets = "approve_targets", "Duyệt, mở lại số liệu toàn Văn phòng";
        /// Read figures of administrative-procedure dossiers and the dossiers they count.
        ReadDossiers = "read_dossiers", "Xem hồ sơ thủ tục hành chính";
        /// Bring dossiers in from one-stop systems, keep the mappings of their files.
        ImportDossiers = "import_dossiers", "Nhập hồ sơ thủ tục hành chính";
        /// Read the register of enterprises, cooperatives and households, and what was done for them.
        ReadEnterprises = "read_enterprises", "Xem doanh nghiệp, HTX, hộ";
        /// Keep the register: entries, doubles, support of the unit (or of all), connections, conversions.
        ManageEnterprises = "manage_enterprises", "Quản lý doanh nghiệp, HTX, hộ";
        /// Read dialogues with enterprises; whoever was there proposes changes of the minutes.
        ReadDialogues = "read_dialogues", "Xem đối thoại";
        /// Plan dialogues, invite, write and freeze minutes, record promises, publish the result.
        RunDialogues = "run_dialogues", "Tổ chức đối thoại";
        /// Read petitions: all, or those in which the unit takes part.
        ReadPetitions = "read_petitions", "Xem phản ánh, kiến nghị";
        /// Take petitions in, sort, route and publish them.
        RegisterPetitions = "register_petitions", "Tiếp nhận, phân loại kiến nghị";
        /// Answer what was given to the unit, or give an opinion on it.
        AnswerPetitions = "answer_petitions", "Soạn trả lời kiến nghị";
        /// Sign answers to petitions, set for how long a sender may disagree.
        SignPetitions = "sign_petitions", "Ký trả lời kiến nghị";
        /// Read and handle confidential reports of harassment that do not concern the own unit.
        HandleConduct = "handle_conduct", "Xử lý phản ánh hành vi";
        /// Read initiatives of the unit (or of all) that are not recognised yet.
        ReadInitiatives = "read_initiatives", "Xem hồ sơ sáng kiến";
        /// Write initiatives, hand them in, say who takes them over.
        WriteInitiatives = "write_initiatives", "Lập hồ sơ sáng kiến";
        /// Review initiatives, note the decisions on them, publish models.
        ReviewInitiatives = "review_initiatives", "Xét công nhận sáng kiến";
        /// Confirm what the unit has taken over from others.
        ConfirmReplication = "confirm_replication", "Xác nhận áp dụng mô hình";
        /// Read stories of the public column before they are out.
        ReadStories = "read_stories", "Xem bài chuyên mục";
        /// Write stories, record consents, withdraw and archive.
        WriteStories = "write_stories", "Viết bài chuyên mục";
        /// Approve stories and corrections that others wrote.
        ReviewStories = "review_stories", "Duyệt bài chuyên mục";
        /// Enter and withdraw announced days off and made up, set the closing hour.
        KeepCalendar = "keep_calendar", "Giữ lịch làm việc";
        /// Back up, restore, look at the state of the house.
        KeepHouse = "keep_house", "Vận hành hệ thống";
    }
}

impl Role {
    /// What the role carries.
    #[must_use]
    pub fn permissions(self) -> &'static [Permission] {
        use Permission as P;
        match self {
            Self::Chief => &[
                P::ReadPlan,
                P::ReadOverview,
                P::ReadTargets,
                P::ApproveValues,
                P::ApproveTargets,
                P::LaunchMovement,
                P::ApproveProgramme,
                P::ReadProgrammes,
                P::ReadTasks,
                P::AssignTasks,
                P::AcceptTasks,
                P::ReadInspections,
                P::ReadRules,
                P::ReadPeople,
                P::ReadNominations,
                P::Attest,
                P::ConfirmRules,
                P::Overrule,
                P::Object,
                P::ReadMinutes,
                P::SignDecision,
                P::ReadDecisions,
                P::ReadFund,
                P::ReadDossiers,
                P::ReadEnterprises,
                P::ReadDialogues,
                P::ReadPetitions,
                P::SignPetitions,
                P::ReadInitiatives,
                P::WriteInitiatives,
                P::ReviewInitiatives,
                P::ReadStories,
                P::ReviewStories,
            ],
            Self::Standing => &[
                P::ReadPlan,
                P::ReadOverview,
                P::ReadTargets,
                P::ManageTargets,
                P::EnterValues,
                P::LaunchMovement,
                P::ReadProgrammes,
                P::ReadTasks,
                P::AssignTasks,
                P::ReadInspections,
                P::ReadRules,
                P::ReadPeople,
                P::ManagePeople,
                P::ReadNominations,
                P::RunCampaign,
                P::Attest,
                P::ConfirmRules,
                P::Object,
                P::RunCouncil,
                P::ReadMinutes,
                P::DraftDecision,
                P::ReadDecisions,
                P::ReadFund,
                P::KeepFund,
                P::ReadDossiers,
                P::ImportDossiers,
                P::ReadEnterprises,
                P::ManageEnterprises,
                P::ReadDialogues,
                P::RunDialogues,
                P::ReadInitiatives,
                P::WriteInitiatives,
                P::ReviewInitiatives,
                P::ReadStories,
                P::ReviewStories,
            ],
            Self::Member => &[P::ReadPlan, P::ReadRules, P::Vote, P::ReadMinutes, P::ReadDecisions],
            Self::Head => &[
                P::ReadPlan,
                P::ReadTargets,
                P::EnterValues,
                P::ApproveValues,
                P::WriteProgramme,
                P::ReadProgrammes,
                P::ReadTasks,
                P::AssignTasks,
                P::AcceptTasks,
                P::ReadInspections,
                P::ReadRules,
                P::ReadPeople,
                P::ReadNominations,
                P::Nominate,
                P::Object,
                P::ReadDecisions,
                P::ReadDossiers,
                P::ReadEnterprises,
                P::ManageEnterprises,
                P::ReadDialogues,
                P::ReadPetitions,
                P::AnswerPetitions,
                P::ReadInitiatives,
                P::WriteInitiatives,
                P::ConfirmReplication,
            ],
            Self::Officer => {
                &[P::ReadPlan, P::ReadRules, P::Object, P::ReadDecisions, P::ReadDialogues, P::WriteInitiatives]
            }
            Self::Intake => &[
                P::ReadPlan,
                P::ReadRules,
                P::ReadDecisions,
                P::ReadEnterprises,
                P::ManageEnterprises,
                P::ReadDialogues,
                P::RunDialogues,
                P::ReadPetitions,
                P::RegisterPetitions,
            ],
            Self::Editor => {
                &[P::ReadPlan, P::ReadRules, P::ReadDecisions, P::ReadStories, P::WriteStories, P::ReviewStories]
            }
            Self::Liaison => &[P::ReadPetitions, P::AnswerPetitions, P::ConfirmReplication],
            Self::Inspector => &[
                P::ReadPlan,
                P::ReadTargets,
                P::ReadProgrammes,
                P::ReadTasks,
                P::ReadInspections,
                P::Inspect,
                P::ReadRules,
                P::ReadLedger,
                P::ReadDecisions,
                P::ReadFund,
                P::ReadDossiers,
                P::ReadEnterprises,
                P::ReadDialogues,
                P::HandleConduct,
                P::ReadInitiatives,
            ],
            Self::Admin => &[
                P::ReadPlan,
                P::ReadRules,
                P::ReadPeople,
                P::ManagePeople,
                P::ManageAccounts,
                P::KeepCalendar,
                P::KeepHouse,
            ],
        }
    }
}

/// A role that an account holds, for a unit and a period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// The role held.
    pub role: Role,
    /// The unit it is held for; none means the whole Office.
    pub unit: Option<UnitId>,
    /// The days on which it is held.
    pub period: Period,
}

/// Who asks: a signed-in account with its grants, or the program itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// The account; none for the program itself (a command on the server, a job).
    pub account: Option<AccountId>,
    /// The person behind the account, where there is one.
    pub person: Option<PersonId>,
    /// The name as it stands in histories.
    pub name: String,
    /// The grants, of which those in force today count.
    pub grants: Vec<Grant>,
    /// May do all: only the program itself.
    pub program: bool,
    /// The access token by which a program asks in the account's name; none for a person at a page.
    pub through: Option<Through>,
}

/// An access token at work: it narrows what the account may do, and histories name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Through {
    /// What its owner called it.
    pub name: String,
    /// The permissions it was given; no other can be used through it.
    pub scope: Vec<Permission>,
}

impl Actor {
    /// The program itself: a command typed on the server, or a job.
    #[must_use]
    pub fn program(name: &str) -> Self {
        Self { account: None, person: None, name: name.to_owned(), grants: Vec::new(), program: true, through: None }
    }

    /// Nobody: a visitor without an account.
    #[must_use]
    pub fn visitor() -> Self {
        Self {
            account: None,
            person: None,
            name: "Khách".to_owned(),
            grants: Vec::new(),
            program: false,
            through: None,
        }
    }

    /// Whether some grant of today carries the permission, for whichever unit.
    #[must_use]
    pub fn may(&self, permission: Permission, today: Date) -> bool {
        self.program || self.carrying(permission, today).next().is_some()
    }

    /// Whether a grant of today carries the permission for this unit.
    #[must_use]
    pub fn may_in(&self, permission: Permission, unit: UnitId, today: Date) -> bool {
        self.program || self.carrying(permission, today).any(|grant| grant.unit.is_none_or(|own| own == unit))
    }

    /// The units for which the permission is held; none means all of them.
    #[must_use]
    pub fn units_for(&self, permission: Permission, today: Date) -> Option<Vec<UnitId>> {
        if self.program || self.carrying(permission, today).any(|grant| grant.unit.is_none()) {
            return None;
        }
        Some(self.carrying(permission, today).filter_map(|grant| grant.unit).collect())
    }

    /// Whether the role is held today, for whichever unit.
    #[must_use]
    pub fn is(&self, role: Role, today: Date) -> bool {
        self.grants.iter().any(|grant| grant.role == role && grant.period.contains(today))
    }

    fn carrying(&self, permission: Permission, today: Date) -> impl Iterator<Item = &Grant> {
        let in_scope = self.through.as_ref().is_none_or(|through| through.scope.contains(&permission));
        self.grants.iter().filter(move |grant| {
            in_scope && grant.period.contains(today) && grant.role.permissions().contains(&permission)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn head_of(unit: UnitId) -> Actor {
        let period = Period { from: date(2026, 1, 1), until: Some(date(2027, 1, 1)) };
        Actor { grants: vec![Grant { role: Role::Head, unit: Some(unit), period }], ..Actor::visitor() }
    }

    #[test]
    fn a_head_nominates_in_the_own_unit_only() {
        let (own, other) = (UnitId::new(), UnitId::new());
        let head = head_of(own);
        assert!(head.may_in(Permission::Nominate, own, date(2026, 11, 23)));
        assert!(!head.may_in(Permission::Nominate, other, date(2026, 11, 23)));
    }

    #[test]
    fn a_token_narrows_and_never_widens() {
        let (own, other, today) = (UnitId::new(), UnitId::new(), date(2026, 11, 23));
        let scope = vec![Permission::ReadNominations, Permission::SignDecision];
        let through = Some(Through { name: "Phần mềm nhân sự".to_owned(), scope });
        let program = Actor { through, ..head_of(own) };
        assert!(program.may_in(Permission::ReadNominations, own, today));
        assert!(!program.may_in(Permission::ReadNominations, other, today));
        assert!(!program.may(Permission::Nominate, today), "the head may, the token was not given it");
        assert!(!program.may(Permission::SignDecision, today), "the token names it, the head may not");
        assert_eq!(program.units_for(Permission::Nominate, today), Some(Vec::new()));
    }

    #[test]
    fn a_role_ends_with_its_period() {
        let head = head_of(UnitId::new());
        assert!(!head.may(Permission::Nominate, date(2027, 1, 1)));
    }

    #[test]
    fn the_administrator_sees_no_nomination_and_no_ballot() {
        for secret in [Permission::ReadNominations, Permission::Vote, Permission::ReadMinutes, Permission::SignDecision]
        {
            assert!(!Role::Admin.permissions().contains(&secret));
        }
    }

    #[test]
    fn nobody_but_an_inspector_handles_reports_of_conduct() {
        let may = |role: &&Role| role.permissions().contains(&Permission::HandleConduct);
        assert_eq!(Role::ALL.iter().filter(may).collect::<Vec<_>>(), [&Role::Inspector]);
    }
}
