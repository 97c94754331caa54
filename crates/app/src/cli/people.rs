//! `thidua people …`: people and their awards from sheets, and out to one.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::{Args, Subcommand};
use kernel::Actor;
use office::import::{Manner, Outcome};
use office::organization::{OrganizationError, export, import};
use office::records::{self, RecordsError};
use office::{Ctx, ledger};
use serde::Serialize;

use super::{Exit, Format};
use crate::house::Site;

/// What `thidua people` can do.
#[derive(Subcommand)]
pub enum Command {
    /// Nhập cán bộ từ tệp .xlsx hoặc .csv; có lỗi thì không ghi gì
    Import(Import),
    /// Nhập khen thưởng các năm trước từ tệp .xlsx hoặc .csv
    ImportAwards(Import),
    /// Ghi tệp mẫu .xlsx để điền
    Template {
        /// Tệp sẽ ghi
        file: PathBuf,
        /// Mẫu nhập khen thưởng các năm trước
        #[arg(long)]
        awards: bool,
    },
    /// Xuất danh sách cán bộ ra .xlsx
    Export {
        /// Tệp sẽ ghi
        file: PathBuf,
        #[command(flatten)]
        site: Site,
    },
}

/// A file to bring in, and how.
#[derive(Args)]
pub struct Import {
    /// Tệp .xlsx hoặc .csv
    file: PathBuf,
    #[command(flatten)]
    site: Site,
    /// Chỉ kiểm tra, không ghi
    #[arg(long)]
    dry_run: bool,
    /// Nhận các dòng đúng dù có dòng sai
    #[arg(long)]
    accept_good_rows: bool,
    /// Cách in
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Import {
    fn manner(&self) -> Manner {
        Manner { dry_run: self.dry_run, accept_good_rows: self.accept_good_rows }
    }
}

/// Runs one of them.
pub fn run(command: Command) -> anyhow::Result<Exit> {
    match command {
        Command::Import(options) => super::on_runtime(bring_in(options, What::People)),
        Command::ImportAwards(options) => super::on_runtime(bring_in(options, What::Awards)),
        Command::Template { file, awards } => {
            write(&file, &if awards { records::import::awards_template()? } else { import::people_template()? })?;
            Ok(Exit::Done)
        }
        Command::Export { file, site } => super::on_runtime(take_out(file, site)),
    }
}

/// What a sheet tells of.
enum What {
    People,
    Awards,
}

async fn bring_in(options: Import, what: What) -> anyhow::Result<Exit> {
    let Ok(bytes) = std::fs::read(&options.file) else {
        eprintln!("Không đọc được tệp {}; kiểm tra đường dẫn và quyền đọc.", options.file.display());
        return Ok(Exit::Misuse);
    };
    let Some(house) = super::existing(&options.site).await? else { return Ok(Exit::Misuse) };
    let actor = Actor::program("thidua people");
    let ctx = Ctx::new(&house, &actor);
    let outcome = match what {
        What::People => match import::people(&ctx, &bytes, options.manner()).await {
            Err(OrganizationError::Sheet(fault)) => return refuse(&options, &fault.to_string()),
            other => other?,
        },
        What::Awards => match records::import::awards(&ctx, &bytes, options.manner()).await {
            Err(RecordsError::Sheet(fault)) => return refuse(&options, &fault.to_string()),
            other => other?,
        },
    };
    report(&options, &outcome)?;
    Ok(if outcome.faults.is_empty() { Exit::Done } else { Exit::No })
}

/// What an import answers a program, with its keys in the order of the contract.
#[derive(Serialize)]
struct Answer {
    created: usize,
    updated: usize,
    unchanged: usize,
    faults: Vec<Fault>,
}

/// A fault of a cell; without row and column it is one of the whole file.
#[derive(Serialize)]
struct Fault {
    row: Option<u32>,
    column: Option<String>,
    value: Option<String>,
    what: String,
}

/// A file that is no sheet of people.
fn refuse(options: &Import, what: &str) -> anyhow::Result<Exit> {
    if options.format == Format::Json {
        let faults = vec![Fault { row: None, column: None, value: None, what: what.to_owned() }];
        print_json(&Answer { created: 0, updated: 0, unchanged: 0, faults })?;
    } else {
        super::print(&format!("{}: {what}\n", options.file.display()))?;
    }
    Ok(Exit::No)
}

fn report(options: &Import, outcome: &Outcome) -> anyhow::Result<()> {
    let Outcome { created, updated, unchanged, faults } = outcome;
    if options.format == Format::Json {
        let faults = faults.iter().cloned().map(|fault| Fault {
            row: Some(fault.row),
            column: Some(fault.column),
            value: Some(fault.value),
            what: fault.what,
        });
        let (created, updated, unchanged) = (*created, *updated, *unchanged);
        return print_json(&Answer { created, updated, unchanged, faults: faults.collect() });
    }
    let mut text = String::new();
    for fault in faults {
        let value = if fault.value.is_empty() { String::new() } else { format!(" “{}”", fault.value) };
        text += &format!("Dòng {}, cột {} ({}){value}: {}\n", fault.row, fault.column, fault.letters, fault.what);
    }
    text += match (options.dry_run, faults.is_empty() || options.accept_good_rows) {
        (_, false) => "Chưa ghi gì vì còn lỗi. Sửa các ô trên rồi nhập lại",
        (true, _) => "Nếu nhập thật",
        (false, _) => "Đã nhập",
    };
    text += &format!(": {created} thêm mới, {updated} cập nhật, {unchanged} không đổi, {} lỗi.\n", faults.len());
    super::print(&text)
}

fn print_json(value: &Answer) -> anyhow::Result<()> {
    super::print(&format!("{}\n", serde_json::to_string_pretty(value)?))
}

async fn take_out(file: PathBuf, site: Site) -> anyhow::Result<Exit> {
    let Some(house) = super::existing(&site).await? else { return Ok(Exit::Misuse) };
    let actor = Actor::program("thidua people export");
    let ctx = Ctx::new(&house, &actor);
    let bytes = export::people(&ctx, None).await?;
    ledger::service::exported(&ctx, "can-bo.xlsx", &bytes).await?;
    write(&file, &bytes)?;
    Ok(Exit::Done)
}

fn write(file: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    std::fs::write(file, bytes).with_context(|| format!("không ghi được tệp {}", file.display()))
}
