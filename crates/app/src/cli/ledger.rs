//! `thidua ledger`: walks the chain of the ledger; signs it anew.

use clap::Subcommand;
use office::ledger::service;

use super::{Exit, Format};
use crate::house::Site;

/// What `thidua ledger` can do.
#[derive(Subcommand)]
pub enum Command {
    /// Ký lại nhật ký như đang có: sau khi đưa cơ sở dữ liệu về trạng thái cũ, khi đã biết vì sao
    Seal {
        #[command(flatten)]
        site: Site,
    },
    /// Kiểm tra toàn bộ chuỗi, nêu mục đầu tiên bị sai và những dòng sổ khác với nhật ký
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
        Command::Seal { site } => super::on_runtime(seal(site)),
        Command::Verify { site, format } => super::on_runtime(verify(site, format)),
    }
}

async fn seal(site: Site) -> anyhow::Result<Exit> {
    let Some(house) = super::existing(&site).await? else { return Ok(Exit::Misuse) };
    let found = service::seal(&house.db, &house.clock, &house.keys).await?;
    super::print(&match &found.what {
        None => format!("Đã ký nhật ký: {} mục; mục {} ghi lại việc này.\n", found.entries, found.entries + 1),
        Some(what) => format!("Không ký: nhật ký sai ở mục {}: {what}.\n", found.entries),
    })?;
    Ok(if found.ok { Exit::Done } else { Exit::No })
}

async fn verify(site: Site, format: Format) -> anyhow::Result<Exit> {
    let Some(house) = super::existing(&site).await? else { return Ok(Exit::Misuse) };
    let found = service::verify(&house.db, &house.keys).await?;
    let altered = office::audit::altered(&mut house.db.read().await?, &house.keys).await?;
    match (format, &found.what) {
        (Format::Json, _) => {
            let mut answer = serde_json::to_value(&found)?;
            answer["ok"] = (found.ok && altered.is_empty()).into();
            answer["altered"] = altered.clone().into();
            super::print(&format!("{}\n", serde_json::to_string_pretty(&answer)?))?;
        }
        (Format::Text, None) => super::print(&format!("Nhật ký nguyên vẹn: {} mục.\n", found.entries))?,
        (Format::Text, Some(what)) => super::print(&format!("Nhật ký sai ở mục {}: {what}.\n", found.entries))?,
    }
    if format == Format::Text {
        for what in &altered {
            super::print(&format!("Sửa ngoài chương trình: {what}.\n"))?;
        }
    }
    Ok(if found.ok && altered.is_empty() { Exit::Done } else { Exit::No })
}
