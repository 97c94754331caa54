//! `thidua ledger verify`: walks the chain of the ledger.

use clap::Subcommand;
use office::ledger::service;

use super::{Exit, Format};
use crate::house::{self, Settings, Site};

/// What `thidua ledger` can do.
#[derive(Subcommand)]
pub enum Command {
    /// Kiểm tra toàn bộ chuỗi, nêu mục đầu tiên bị sai
    Verify {
        #[command(flatten)]
        site: Site,
        /// Cách in
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
}

/// Runs one of them.
pub fn run(command: Command) -> anyhow::Result<Exit> {
    match command {
        Command::Verify { site, format } => super::on_runtime(verify(site, format)),
    }
}

async fn verify(site: Site, format: Format) -> anyhow::Result<Exit> {
    let house = house::open(Settings::for_command(&site)).await?;
    let found = service::verify(&house.db, &house.keys).await?;
    match (format, &found.what) {
        (Format::Json, _) => super::print(&format!("{}\n", serde_json::to_string_pretty(&found)?))?,
        (Format::Text, None) => super::print(&format!("Nhật ký nguyên vẹn: {} mục.\n", found.entries))?,
        (Format::Text, Some(what)) => super::print(&format!("Nhật ký sai ở mục {}: {what}.\n", found.entries))?,
    }
    Ok(if found.ok { Exit::Done } else { Exit::No })
}
