//! `thidua doctor`: everything a server needs, and what is missing. It changes nothing.
//!
//! `place.rs` looks at the machine and the data folder, `store.rs` at the database, the ledger and the
//! attachments, `mail.rs` at the mail server, `furnishing.rs` at what travels in the binary.

mod furnishing;
mod mail;
mod place;
mod store;

use std::net::SocketAddr;

use clap::Args;
use serde::Serialize;
use serde_json::json;

use super::{Exit, Format};
use crate::house::Site;

/// What `thidua doctor` can be told.
#[derive(Args)]
pub struct Options {
    #[command(flatten)]
    site: Site,
    #[command(flatten)]
    mail: super::mail::Mail,
    /// Địa chỉ mà `thidua serve` sẽ lắng nghe
    #[arg(long, env = "THIDUA_LISTEN", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Cách in
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// How a thing stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// As it should be.
    Ok,
    /// It works; somebody should look.
    Warn,
    /// Something a server needs is missing.
    Fail,
    /// What was written is damaged, or cannot be read.
    Broken,
}

/// One thing that was looked at.
#[derive(Serialize)]
pub struct Check {
    id: &'static str,
    state: State,
    what: String,
    todo: Option<String>,
}

impl Check {
    fn ok(id: &'static str, what: impl Into<String>) -> Self {
        Self { id, state: State::Ok, what: what.into(), todo: None }
    }

    fn bad(id: &'static str, state: State, what: impl Into<String>, todo: impl Into<String>) -> Self {
        Self { id, state, what: what.into(), todo: Some(todo.into()) }
    }
}

/// Looks at everything and says it.
pub fn run(options: Options) -> anyhow::Result<Exit> {
    super::on_runtime(examine(options))
}

async fn examine(options: Options) -> anyhow::Result<Exit> {
    let mut checks = place::examine(&options.site, options.listen);
    checks.extend(store::examine(&options.site).await);
    checks.push(mail::examine(&options.mail).await);
    checks.extend(furnishing::examine());
    let worst = checks.iter().map(|check| check.state).max().unwrap_or(State::Ok);
    if options.format == Format::Json {
        let answer = json!({ "ok": worst < State::Fail, "state": worst, "checks": checks });
        super::print(&format!("{}\n", serde_json::to_string_pretty(&answer)?))?;
    } else {
        super::print(&told(&checks, worst))?;
    }
    Ok(match worst {
        State::Ok | State::Warn => Exit::Done,
        State::Fail => Exit::No,
        State::Broken => Exit::Broken,
    })
}

fn told(checks: &[Check], worst: State) -> String {
    let mut text = String::new();
    for check in checks {
        let word = match check.state {
            State::Ok => "đạt ",
            State::Warn => "chú ý",
            State::Fail => "THIẾU",
            State::Broken => "HỎNG",
        };
        text += &format!("[{word:<5}] {}\n", check.what);
        if let Some(todo) = &check.todo {
            text += &format!("        → {todo}\n");
        }
    }
    text + match worst {
        State::Ok => "Máy chủ đủ điều kiện chạy.\n",
        State::Warn => "Máy chủ chạy được; nên xem các dòng “chú ý”.\n",
        State::Fail => "Máy chủ còn thiếu; làm theo các dòng “THIẾU” rồi chạy lại lệnh này.\n",
        State::Broken => "Dữ liệu bị hỏng: dừng hệ thống, giữ nguyên thư mục dữ liệu và xem các dòng “HỎNG”.\n",
    }
}
