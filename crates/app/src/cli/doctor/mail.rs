//! The mail server: whether there is one, and whether it answers.

use super::{Check, State};
use crate::cli::mail::Mail;

pub async fn examine(mail: &Mail) -> Check {
    let mailer = match mail.open() {
        Ok(Some(mailer)) => mailer,
        Ok(None) => {
            let todo = "muốn gửi cả thư điện tử: đặt THIDUA_SMTP_URL và THIDUA_MAIL_FROM cho thidua serve";
            return Check::bad("mail", State::Warn, "chưa có máy chủ thư: chỉ có thông báo trong hệ thống", todo);
        }
        Err(error) => {
            return Check::bad("mail", State::Fail, error.to_string(), "sửa --smtp-url, --mail-from rồi chạy lại");
        }
    };
    if !mailer.answers().await {
        let todo = "xem máy chủ thư có chạy không, tài khoản và mật khẩu có đúng không; thư đang chờ không bị mất";
        return Check::bad("mail", State::Warn, "máy chủ thư không trả lời", todo);
    }
    if mail.is_plain() {
        let todo = "dùng smtps:// hoặc thêm ?tls=required, trừ khi máy chủ thư ở cùng mạng kín";
        return Check::bad("mail", State::Warn, "máy chủ thư trả lời, nhưng thư đi không mã hóa", todo);
    }
    Check::ok("mail", "máy chủ thư trả lời, thư đi có mã hóa")
}
