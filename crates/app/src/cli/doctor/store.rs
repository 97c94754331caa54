//! The database, the ledger and the attachments.

use office::db::{Db, health, newest_schema};
use office::keys::Keys;
use office::notices::queries::Queue;
use office::{attachments, ledger, notices};

use super::{Check, State};
use crate::house::Site;

const BACK: &str = "dừng hệ thống, giữ bản hỏng, khôi phục bản sao lưu gần nhất: thidua backup restore";

pub async fn examine(site: &Site) -> Vec<Check> {
    let db = match &site.database_url {
        Some(url) => match Db::look_postgres(url).await {
            Ok(db) => db,
            Err(error) => {
                let todo = "xem PostgreSQL có chạy không, địa chỉ và mật khẩu trong --database-url có đúng không";
                return vec![Check::bad("database", State::Fail, error.to_string(), todo)];
            }
        },
        None => {
            let file = site.sqlite_file();
            if !file.is_file() {
                let what = format!("chưa có cơ sở dữ liệu {}", file.display());
                let todo = "chạy thidua serve --data … lần đầu, hoặc sửa --data";
                return vec![Check::bad("database", State::Fail, what, todo)];
            }
            match Db::look_sqlite(&file).await {
                Ok(db) => db,
                Err(error) => {
                    let what = format!("không mở được {}: {error}", file.display());
                    return vec![Check::bad("database", State::Broken, what, BACK)];
                }
            }
        }
    };
    let checks = look(&db, site).await;
    db.close().await;
    checks.unwrap_or_else(|error| vec![Check::bad("database", State::Broken, error.to_string(), BACK)])
}

async fn look(db: &Db, site: &Site) -> Result<Vec<Check>, office::StoreError> {
    let mut tx = db.read().await?;
    let is_sqlite = matches!(db, Db::Sqlite { .. });
    let health = health::examine(&mut tx).await?;
    let mut checks = Vec::new();
    let engine = if is_sqlite { "SQLite" } else { "PostgreSQL" };
    checks.push(if health.faults.is_empty() {
        // PostgreSQL checks its own files; there is nothing to ask it.
        let files = if is_sqlite { ", cấu trúc tệp nguyên vẹn" } else { "" };
        Check::ok("database", format!("{engine} {} mở được{files}", health.version))
    } else {
        Check::bad("database", State::Broken, format!("{engine}: {}", health.faults.join("; ")), BACK)
    });
    if is_sqlite && health.journal != "wal" {
        let what = format!("SQLite ghi kiểu {}, không phải wal", health.journal);
        checks.push(Check::bad("journal", State::Warn, what, "khởi động lại thidua serve; nó đặt lại kiểu ghi"));
    }
    if !is_sqlite && health.encoding != "UTF8" {
        let what = format!("cơ sở dữ liệu dùng bảng mã {}", health.encoding);
        checks.push(Check::bad(
            "journal",
            State::Fail,
            what,
            "tạo cơ sở dữ liệu với encoding 'UTF8' rồi khôi phục vào",
        ));
    }
    let known = newest_schema();
    let schema = tx.schema().await?;
    match schema {
        Some(found) if found == known => checks.push(Check::ok("schema", format!("cấu trúc số {found}, mới nhất"))),
        Some(found) if found < known => {
            let what = format!("cấu trúc số {found}, chương trình cần số {known}");
            let todo = "sao lưu rồi khởi động lại thidua serve: nó tự nâng cấp";
            checks.push(Check::bad("schema", State::Warn, what, todo));
            return Ok(checks);
        }
        found => {
            let what = found.map_or_else(
                || "cơ sở dữ liệu còn trống".to_owned(),
                |found| format!("cấu trúc số {found} mới hơn chương trình này (số {known})"),
            );
            let todo =
                if found.is_some() { "cài bản thidua mới hơn" } else { "chạy thidua serve lần đầu" };
            checks.push(Check::bad("schema", State::Fail, what, todo));
            return Ok(checks);
        }
    }
    if let Ok(keys) = Keys::read(&site.data.join("keys")) {
        let found = ledger::service::verify_in(&mut tx, &keys).await?;
        checks.push(match found.what {
            None => Check::ok("ledger", format!("nhật ký nguyên vẹn, {} mục", found.entries)),
            Some(what) => {
                let what = format!("nhật ký sai ở mục {}: {what}", found.entries);
                Check::bad("ledger", State::Broken, what, "giữ nguyên dữ liệu, báo người kiểm tra; so với bản sao lưu")
            }
        });
        let altered = office::audit::altered(&mut tx, &keys).await?;
        checks.push(match altered.first() {
            None => Check::ok("records", "kết quả phiên họp và khen thưởng đã ban hành khớp với nhật ký".to_owned()),
            Some(first) => {
                let what = format!("{} chỗ bị sửa ngoài chương trình; chỗ đầu: {first}", altered.len());
                Check::bad("records", State::Broken, what, "giữ nguyên dữ liệu, báo người kiểm tra; so với bản sao lưu")
            }
        });
    }
    checks.push(files(&attachments::named(&mut tx).await?, site));
    checks.push(letters(notices::queries::queue(&mut tx).await?));
    Ok(checks)
}

/// How many letters wait, and whether some did for longer than a long weekend.
fn letters(queue: Queue) -> Check {
    let what = format!("thư thông báo: {} chờ gửi, {} không gửi được", queue.queued, queue.failed);
    let weekend = jiff::SignedDuration::from_hours(24 * 4);
    let now = kernel::Clock::system().now();
    if queue.oldest.is_some_and(|oldest| now.duration_since(oldest) > weekend) {
        let todo = "xem máy chủ thư, THIDUA_SMTP_URL; thư chờ quá hai tuần thì bị bỏ, thông báo trong hệ thống vẫn còn";
        return Check::bad("letters", State::Warn, what, todo);
    }
    Check::ok("letters", what)
}

fn files(digests: &std::collections::BTreeSet<String>, site: &Site) -> Check {
    let mut faults = Vec::new();
    for digest in digests {
        match attachments::is_sound(&site.data, digest) {
            Ok(Some(true)) => {}
            Ok(Some(false)) => faults.push(format!("{digest} bị đổi nội dung")),
            Ok(None) => faults.push(format!("{digest} bị mất")),
            Err(error) => faults.push(format!("{digest}: {error}")),
        }
    }
    if faults.is_empty() {
        return Check::ok("attachments", format!("{} tệp đính kèm đủ và đúng nội dung", digests.len()));
    }
    let todo = "lấy lại các tệp này từ bản sao lưu (thư mục files/ trong tệp ZIP), đặt vào files/<hai chữ đầu>/";
    Check::bad("attachments", State::Broken, format!("tệp đính kèm: {}", faults.join("; ")), todo)
}
