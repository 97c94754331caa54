//! Where mail goes: the settings of the mail server.

use clap::Args;
use office::notices::mailing::Mailer;

/// The mail server, for commands that send or look at it.
#[derive(Args, Clone)]
pub struct Mail {
    /// Máy chủ gửi thư: smtps://tài-khoản:mật-khẩu@máy-chủ; không có thì chỉ có thông báo trong hệ thống
    #[arg(long, env = "THIDUA_SMTP_URL", value_name = "ĐỊA_CHỈ", hide_env_values = true)]
    smtp_url: Option<String>,
    /// Người gửi ghi trong thư, ví dụ: Thi đua <thidua@coquan.vi-du.vn>
    #[arg(long, env = "THIDUA_MAIL_FROM", value_name = "NGƯỜI_GỬI")]
    mail_from: Option<String>,
}

impl Mail {
    /// The way to the mail server; none where none is named.
    pub fn open(&self) -> anyhow::Result<Option<Mailer>> {
        match (&self.smtp_url, &self.mail_from) {
            (None, _) => Ok(None),
            (Some(_), None) => anyhow::bail!("có --smtp-url thì cần --mail-from: người gửi ghi trong thư"),
            (Some(url), Some(from)) => Ok(Some(Mailer::open(url, from)?)),
        }
    }

    /// Whether letters go there without encryption.
    pub fn is_plain(&self) -> bool {
        self.smtp_url.as_ref().is_some_and(|url| url.starts_with("smtp://") && !url.contains("tls=required"))
    }
}
