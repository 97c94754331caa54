//! Example data: an invented office with invented people, so that a newcomer can walk the whole house.
//!
//! Everything here is made up and marked so on every page; it is made through the same services as real
//! work, so that it obeys the same rules and stands in the ledger.

mod accounts;
mod campaigns;
mod conduct;
mod council;
mod dialogues;
mod dossiers;
mod enterprises;
mod fund;
mod initiatives;
mod inspections;
mod names;
mod newsroom;
mod petitions;
mod programmes;
mod record;
mod staff;
mod targets;
mod tasks;

use kernel::calendar::DayKind;
use kernel::{Actor, Clock, Date};

use crate::calendar::NewAnnouncement;
use crate::deadlines::{self, DeadlinesError};
use crate::keys::Keys;
use crate::ledger::queries::Filter;
use crate::{Ctx, House, ledger};

/// What every invented document begins with.
const EXAMPLE: &str = "Ví dụ –";

/// How many days ago the invented work began: long enough for a consultation to be over.
const DAYS_OF_WORK: i64 = 42;

/// In how many working days the invented half day comes.
const WORKING_DAYS_AHEAD: u32 = 15;

/// The password of every example account. A house without `--demo` has no such account.
pub const PASSWORD: &str = "moc-chau-tra-xanh-2026";

/// Who can sign in to the example: login and role, in words.
pub const ACCOUNTS: &[(&str, &str)] = &[
    ("thuongtruc", "Thường trực thi đua"),
    ("truongphong.kt", "Trưởng phòng Kinh tế"),
    ("chanhvp", "Chánh Văn phòng, Chủ tịch Hội đồng"),
    ("uyvien1", "Ủy viên Hội đồng (đến uyvien7)"),
    ("canbo.kt", "Chuyên viên phòng Kinh tế"),
    ("kiemtra", "Kiểm tra, giám sát (kiemtra2: người thứ hai, cùng giữ khóa phản ánh hành vi)"),
    ("tiepnhan", "Tiếp nhận phản ánh, kiến nghị"),
    ("bientap", "Biên tập, Trung tâm Thông tin"),
    ("quantri", "Quản trị hệ thống"),
];

/// Fills an empty house; does nothing when somebody has an account already.
///
/// # Errors
/// What a room says.
pub async fn fill(house: &House) -> Result<(), DemoError> {
    if !is_empty(house).await? {
        return Ok(());
    }
    let program = Actor::program("Dữ liệu ví dụ");
    let now = Ctx::new(house, &program);
    let began = now.today().saturating_sub(jiff::SignedDuration::from_hours(24 * DAYS_OF_WORK));
    let earlier = standing_on(house, began)?;
    let then = Ctx::new(&earlier, &program);
    let staffed = staff::set_up(&then).await?;
    let actors = accounts::open(&then, &staffed).await?;
    let record = record::enter(&then, &staffed, now.today()).await?;
    let cast = campaigns::Cast { staffed: &staffed, actors: &actors, record: &record };
    let waiting = campaigns::run(house, &earlier, &cast).await?;
    council::call(house, &earlier, &cast, waiting).await?;
    programmes::run(house, &earlier, &cast).await?;
    tasks::run(house, &earlier, &cast).await?;
    inspections::run(house, &earlier, &cast).await?;
    dossiers::bring_in(&Ctx::new(house, &actors["thuongtruc"])).await?;
    fund::keep(&Ctx::new(house, &actors["thuongtruc"])).await?;
    petitions::run(house, &cast).await?;
    enterprises::run(&earlier, &Ctx::new(house, &actors["thuongtruc"]), &cast).await?;
    dialogues::run(house, &earlier, &cast).await?;
    conduct::run(house, &earlier, &cast).await?;
    initiatives::run(house, &earlier, &cast).await?;
    newsroom::run(house, &earlier, &cast).await?;
    targets::run(house, &earlier, &cast).await?;
    announce(&Ctx::new(house, &actors["quantri"])).await
}

/// Whether this is a house that [`fill`] filled. The first account of an office comes in by the set-up link and opens
/// the others; only those of the example were opened by the program itself.
///
/// # Errors
/// What a room says.
pub async fn is_example(house: &House) -> Result<bool, DemoError> {
    let program = Actor::program("Dữ liệu ví dụ");
    let ctx = Ctx::new(house, &program);
    let accounts = crate::identity::queries::list(&ctx).await?;
    for (login, _) in ACCOUNTS {
        let Some((account, _)) = accounts.iter().find(|(account, _)| account.login == *login) else {
            return Ok(false);
        };
        let (action, subject_id) = (Some("identity.open".to_owned()), Some(account.id.to_string()));
        let opened = ledger::queries::search(&ctx, &Filter { action, subject_id, ..Filter::default() }, 1).await?;
        if opened.first().is_none_or(|entry| entry.actor != "program") {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Whether nobody has an account here yet, so that [`fill`] would fill it.
///
/// # Errors
/// What a room says.
pub async fn is_empty(house: &House) -> Result<bool, DemoError> {
    let program = Actor::program("Dữ liệu ví dụ");
    Ok(crate::identity::queries::list(&Ctx::new(house, &program)).await?.is_empty())
}

/// An afternoon off in some weeks, entered from an invented notice: it moves no term.
async fn announce(admin: &Ctx<'_>) -> Result<(), DemoError> {
    let calendar = admin.calendar();
    let day = calendar.add_working_days(admin.today(), WORKING_DAYS_AHEAD).due;
    let half = NewAnnouncement {
        day,
        kind: DayKind::MorningOnly,
        name: "Tập huấn toàn cơ quan buổi chiều".to_owned(),
        document: format!("{EXAMPLE} 15/TB-VP"),
        title: "Thông báo lịch tập huấn".to_owned(),
        awaited: false,
    };
    deadlines::service::declare(admin, &half, false).await?;
    Ok(())
}

/// The same house as it stood on another day: what is done in it bears that day.
fn standing_on(house: &House, day: Date) -> Result<House, DemoError> {
    Ok(House {
        db: house.db.clone(),
        clock: Clock::standing_on(day),
        rules: house.rules.clone(),
        calendar: house.calendar.clone(),
        plan: house.plan.clone(),
        keys: Keys::open(&house.data_dir).map_err(crate::StoreError::from)?,
        data_dir: house.data_dir.clone(),
        demo: house.demo,
        public_url: house.public_url.clone(),
        behind_proxy: house.behind_proxy,
        kept: crate::kept::Kept::default(),
    })
}

/// A room refused the example data.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// Accounts.
    #[error(transparent)]
    Identity(#[from] crate::identity::IdentityError),
    /// Units and people.
    #[error(transparent)]
    Organization(#[from] crate::organization::OrganizationError),
    /// Their record.
    #[error(transparent)]
    Records(#[from] crate::records::RecordsError),
    /// Campaigns and nominations.
    #[error(transparent)]
    Awards(#[from] crate::awards::AwardsError),
    /// The council.
    #[error(transparent)]
    Council(#[from] crate::council::CouncilError),
    /// The programmes of units.
    #[error(transparent)]
    Programmes(#[from] crate::programmes::ProgrammesError),
    /// Tasks.
    #[error(transparent)]
    Tasks(#[from] crate::tasks::TasksError),
    /// Initiatives.
    #[error(transparent)]
    Initiatives(#[from] crate::initiatives::InitiativesError),
    /// Inspections.
    #[error(transparent)]
    Inspections(#[from] crate::inspections::InspectionsError),
    /// The calendar.
    #[error(transparent)]
    Deadlines(#[from] DeadlinesError),
    /// Dossiers of administrative procedures.
    #[error(transparent)]
    Dossiers(#[from] crate::dossiers::DossiersError),
    /// The reward fund.
    #[error(transparent)]
    Fund(#[from] crate::fund::FundError),
    /// Dialogues.
    #[error(transparent)]
    Dialogues(#[from] crate::dialogues::DialoguesError),
    /// The register of enterprises.
    #[error(transparent)]
    Enterprises(#[from] crate::enterprises::EnterprisesError),
    /// Petitions.
    #[error(transparent)]
    Petitions(#[from] crate::petitions::PetitionsError),
    /// Reports of conduct.
    #[error(transparent)]
    Conduct(#[from] crate::conduct::ConductError),
    /// The public column.
    #[error(transparent)]
    Newsroom(#[from] crate::newsroom::NewsroomError),
    /// Indicators and their values.
    #[error(transparent)]
    Targets(#[from] crate::targets::TargetsError),
    /// The ledger.
    #[error(transparent)]
    Ledger(#[from] crate::ledger::queries::LedgerError),
    /// The papers of a dossier.
    #[error(transparent)]
    Paper(#[from] papers::PaperError),
    /// The store.
    #[error(transparent)]
    Store(#[from] crate::StoreError),
}
