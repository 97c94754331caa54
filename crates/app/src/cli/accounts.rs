//! `thidua accounts link`: a way back in for whoever lost a password, also for the only administrator.

use clap::Subcommand;
use kernel::Actor;
use office::Ctx;
use office::identity::{accounts, queries};

use super::Exit;
use crate::house::Site;

/// What `thidua accounts` can do.
#[derive(Subcommand)]
pub enum Command {
    /// In liên kết dùng một lần để chủ tài khoản chọn lại mật khẩu; ghi vào nhật ký
    Link {
        /// Tên đăng nhập
        login: String,
        #[command(flatten)]
        site: Site,
        /// Địa chỉ công khai của hệ thống, như khi chạy thidua serve
        #[arg(long, env = "THIDUA_PUBLIC_URL", default_value = "http://127.0.0.1:8080")]
        public_url: String,
    },
}

/// Runs one of them.
pub fn run(command: Command) -> anyhow::Result<Exit> {
    match command {
        Command::Link { login, site, public_url } => super::on_runtime(link(login, site, public_url)),
    }
}

async fn link(login: String, site: Site, public_url: String) -> anyhow::Result<Exit> {
    let Some(house) = super::existing(&site).await? else { return Ok(Exit::Misuse) };
    let actor = Actor::program("thidua accounts link");
    let ctx = Ctx::new(&house, &actor);
    let found = queries::list(&ctx).await?;
    let Some((account, _)) = found.into_iter().find(|(account, _)| account.login == login) else {
        eprintln!("Không có tài khoản “{login}”.");
        return Ok(Exit::No);
    };
    if account.stopped(ctx.today()) {
        eprintln!("Tài khoản “{login}” đã dừng; mở tài khoản khác.");
        return Ok(Exit::No);
    }
    let token = accounts::invite(&ctx, account.id).await?;
    super::print(&format!(
        "Đưa liên kết này riêng cho chủ tài khoản “{login}” (dùng một lần, trong 72 giờ):\n  {}/thiet-lap/{}\n",
        public_url.trim_end_matches('/'),
        token.reveal()
    ))?;
    Ok(Exit::Done)
}
