//! The command line: one file a command. Exit codes: 0 done, 1 the answer is no or the input has
//! faults, 2 wrong use, 3 the house is broken.

mod accounts;
mod backup;
mod calendar;
mod doctor;
mod dossiers;
mod ledger;
mod mail;
mod papers;
mod people;
mod plan;
mod rules;
mod serve;

use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use office::House;

use crate::house::{self, Settings, Site};

/// Thi Đua: kế hoạch thi đua chạy được.
#[derive(Parser)]
#[command(name = "thidua", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Chạy hệ thống trên trình duyệt
    Serve(serve::Options),
    /// Đọc và kiểm tra kế hoạch
    #[command(subcommand)]
    Plan(plan::Command),
    /// Quy tắc pháp lý: liệt kê, kiểm tra, giải thích, chạy thử, xét điều kiện
    #[command(subcommand)]
    Rules(rules::Command),
    /// Ngày làm việc, thời hạn, âm lịch
    #[command(subcommand)]
    Calendar(calendar::Command),
    /// Nhật ký: kiểm tra chuỗi
    #[command(subcommand)]
    Ledger(ledger::Command),
    /// Cán bộ: nhập từ bảng tính, lấy mẫu, xuất danh sách
    #[command(subcommand)]
    People(people::Command),
    /// Hồ sơ thủ tục hành chính: nhập, số liệu, tệp thử
    #[command(subcommand)]
    Dossiers(dossiers::Command),
    /// Tài khoản: liên kết chọn lại mật khẩu
    #[command(subcommand)]
    Accounts(accounts::Command),
    /// Giấy khen hàng loạt
    #[command(subcommand)]
    Papers(papers::Command),
    /// Sao lưu: tạo, kiểm tra, khôi phục
    #[command(subcommand)]
    Backup(backup::Command),
    /// Khám máy chủ: đủ những gì cần, thiếu những gì, phải làm gì
    Doctor(doctor::Options),
}

/// How an answer is printed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Default)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs: the documented contract.
    Json,
}

/// How a command ended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done.
    Done,
    /// The answer is no, or the input has faults.
    No,
    /// Wrong use.
    Misuse,
    /// The house is broken.
    Broken,
}

/// Reads the command line, runs the command, tells the shell how it ended.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = match cli.command {
        Command::Serve(options) => serve::run(options),
        Command::Ledger(command) => ledger::run(command),
        Command::Plan(command) => plan::run(command),
        Command::Rules(command) => rules::run(command),
        Command::Calendar(command) => calendar::run(command),
        Command::People(command) => people::run(command),
        Command::Dossiers(command) => dossiers::run(command),
        Command::Papers(command) => papers::run(command),
        Command::Accounts(command) => accounts::run(command),
        Command::Backup(command) => backup::run(command),
        Command::Doctor(options) => doctor::run(options),
    };
    match outcome {
        Ok(Exit::Done) => ExitCode::from(0),
        Ok(Exit::No) => ExitCode::from(1),
        Ok(Exit::Misuse) => ExitCode::from(2),
        Ok(Exit::Broken) => ExitCode::from(3),
        Err(error) => {
            eprintln!("Lỗi hệ thống: {error:#}");
            ExitCode::from(3)
        }
    }
}

/// Opens a house that is there. None, with the reason on standard error, where none was ever made: a folder that was
/// mistyped is wrong use ([`Exit::Misuse`]) and no new house.
async fn existing(site: &Site) -> anyhow::Result<Option<House>> {
    if !site.holds_a_house().await? {
        match site.database_url {
            Some(_) => eprintln!("Không có hệ thống nào trong cơ sở dữ liệu PostgreSQL này; kiểm tra --database-url."),
            None => {
                eprintln!("Không có cơ sở dữ liệu trong {}; kiểm tra --data hoặc --database-url.", site.data.display())
            }
        }
        return Ok(None);
    }
    Ok(Some(house::open(Settings::for_command(site)).await?))
}

/// Runs a command that waits for a database or the network.
fn on_runtime<T>(work: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}

/// Prints to standard output; a reader that went away is not a fault.
fn print(text: &str) -> anyhow::Result<()> {
    use std::io::Write as _;
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => Ok(other?),
    }
}
