//! Opening a house: its data folder, database, keys, plan and law.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use kernel::calendar::{RunningCalendar, WorkCalendar};
use kernel::{Clock, Date};
use office::House;
use office::db::Db;
use office::keys::{KEY_FILES, Keys};
use office::movements::{Plan, PlanFault};
use rules::{CaseFailure, RuleBook};

use crate::data;

/// Where a house is kept; the same for every command that opens one.
#[derive(Args, Clone)]
pub struct Site {
    /// Thư mục dữ liệu: cơ sở dữ liệu SQLite, khóa, tệp đính kèm
    #[arg(long, env = "THIDUA_DATA", default_value = "data")]
    pub data: PathBuf,
    /// Địa chỉ PostgreSQL; không có thì dùng SQLite trong thư mục dữ liệu
    #[arg(long, env = "THIDUA_DATABASE_URL")]
    pub database_url: Option<String>,
}

impl Site {
    /// The file of an SQLite house.
    pub fn sqlite_file(&self) -> PathBuf {
        self.data.join("thidua.sqlite")
    }

    /// Whether a house was made here; nothing is made by asking.
    pub async fn holds_a_house(&self) -> anyhow::Result<bool> {
        let Some(url) = &self.database_url else { return Ok(self.sqlite_file().is_file()) };
        let db = Db::look_postgres(url).await.context("không mở được PostgreSQL")?;
        let tables = db.read().await?.tables().await?;
        Ok(tables.iter().any(|table| table.name == "ledger_head"))
    }
}

/// How a house is opened.
pub struct Settings {
    /// Where it is kept.
    pub site: Site,
    /// The day on which its clock stands; none for the machine's own.
    pub today: Option<Date>,
    /// Whether its people are invented.
    pub demo: bool,
    /// The address under which the public reaches it.
    pub public_url: String,
    /// Whether every request comes through a proxy of the office's own.
    pub behind_proxy: bool,
    /// The plan to run; the one of Sơn La without.
    pub plan: Option<PathBuf>,
    /// The folder of rule packs; those that travel in the binary without.
    pub rules: Option<PathBuf>,
}

impl Settings {
    /// A house for a command on the server.
    pub fn for_command(site: &Site) -> Self {
        Self {
            site: site.clone(),
            today: None,
            demo: false,
            public_url: String::new(),
            behind_proxy: false,
            plan: None,
            rules: None,
        }
    }
}

/// Opens a house; makes what is missing in its folder.
pub async fn open(settings: Settings) -> anyhow::Result<House> {
    let folder = &settings.site.data;
    make_private(folder).with_context(|| format!("không tạo được thư mục dữ liệu {}", folder.display()))?;
    let db = match &settings.site.database_url {
        Some(url) => Db::open_postgres(url).await.context("không mở được PostgreSQL")?,
        None => {
            let file = settings.site.sqlite_file();
            Db::open_sqlite(&file).await.with_context(|| format!("không mở được {}", file.display()))?
        }
    };
    keys_must_be_those_of(&db, folder).await?;
    let keys = Keys::open(folder).context("không mở được khóa của hệ thống")?;
    let house = House {
        db: db.signed_with(&keys),
        clock: settings.today.map_or_else(Clock::system, Clock::standing_on),
        plan: plan(settings.plan.as_deref())?,
        rules: rules(settings.rules.as_deref())?,
        calendar: RunningCalendar::new(calendar()?),
        keys,
        data_dir: folder.clone(),
        demo: settings.demo,
        public_url: settings.public_url,
        behind_proxy: settings.behind_proxy,
        kept: office::kept::Kept::default(),
    };
    office::calendar::service::refresh(&house).await.context("không đọc được lịch làm việc")?;
    office::dossiers::service::count_all(&house).await.context("không đếm lại được hồ sơ thủ tục hành chính")?;
    Ok(house)
}

/// A house that has a past is never given new keys: its signatures would no longer be ours.
async fn keys_must_be_those_of(db: &Db, folder: &Path) -> anyhow::Result<()> {
    let Some(missing) = KEY_FILES.iter().find(|name| !folder.join("keys").join(name).exists()) else {
        return Ok(());
    };
    let mut tx = db.read().await?;
    for table in tx.tables().await?.iter().filter(|table| table.name == "ledger_entries") {
        if tx.count(table).await? > 0 {
            anyhow::bail!(
                "mất tệp khóa {}; lấy lại thư mục keys từ bản sao lưu rồi chạy lại",
                folder.join("keys").join(missing).display()
            );
        }
    }
    Ok(())
}

/// Makes the data folder for the program's user alone; one that is there keeps what it has.
fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut maker = std::fs::DirBuilder::new();
    maker.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut maker, 0o700);
    maker.create(folder)
}

fn plan(file: Option<&Path>) -> anyhow::Result<Plan> {
    let (text, name) = match file {
        Some(file) => {
            let text =
                std::fs::read_to_string(file).with_context(|| format!("không đọc được kế hoạch {}", file.display()))?;
            (text, file.display().to_string())
        }
        None => data::default_plan().context("kế hoạch đi kèm chương trình bị thiếu")?,
    };
    let refused = |faults: Vec<PlanFault>| {
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        anyhow::anyhow!("kế hoạch có lỗi:\n{}", lines.join("\n"))
    };
    let mut plan = Plan::parse(&text, &name).map_err(refused)?;
    let indicators = match file {
        Some(file) => data::indicators_beside(file)?,
        None => data::default_indicators().map(|(bytes, name)| (bytes.to_vec(), name)),
    };
    if let Some((bytes, name)) = indicators {
        plan.add_indicators(&bytes, &name).map_err(refused)?;
    }
    Ok(plan)
}

/// The rule book; packs of one's own are refused with file and line when they do not hold together.
pub fn rules(folder: Option<&Path>) -> anyhow::Result<RuleBook> {
    let (files, whose) = match folder {
        Some(folder) => (data::packs_in(folder)?, format!("bộ quy tắc trong {}", folder.display())),
        None => (data::files(&data::RULEPACKS), "bộ quy tắc đi kèm".to_owned()),
    };
    let refused = |faults: Vec<rules::PackFault>| {
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        anyhow::anyhow!("{whose} có lỗi:\n{}", lines.join("\n"))
    };
    let book = RuleBook::from_files(files).map_err(refused)?;
    if folder.is_none() {
        return Ok(book);
    }
    let faults = book.faults();
    if !faults.is_empty() {
        return Err(refused(faults));
    }
    for failure in &book.case_report().failures {
        let CaseFailure { file, line, name, expected, found, .. } = failure;
        tracing::warn!("{file}:{line}: trường hợp “{name}” muốn {expected}, được {found}");
    }
    Ok(book)
}

/// The calendar that travels in the binary.
pub fn calendar() -> anyhow::Result<WorkCalendar> {
    let file = data::CALENDARS.get_file("vn.csv").and_then(|file| file.contents_utf8());
    let csv = file.context("lịch đi kèm chương trình bị thiếu")?;
    WorkCalendar::parse(csv).map_err(|fault| anyhow::anyhow!("lịch đi kèm có lỗi: {fault}"))
}
