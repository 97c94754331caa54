//! The machine: folder, disk, keys, clock, port.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::time::Duration;

use kernel::Clock;
use office::keys::{KEY_FILES, Keys};

use super::{Check, State};
use crate::house::Site;

/// Below this much free space somebody should look; below the second the next backup may not fit.
const LITTLE: u64 = 2 * 1024 * 1024 * 1024;
const TOO_LITTLE: u64 = 200 * 1024 * 1024;

pub fn examine(site: &Site, listen: SocketAddr) -> Vec<Check> {
    let mut checks = Vec::new();
    if site.data.is_dir() {
        checks.push(folder(&site.data));
        checks.push(disk(&site.data));
        checks.push(keys(&site.data));
    } else {
        let what = format!("chưa có thư mục dữ liệu {}", site.data.display());
        checks.push(Check::bad("data", State::Fail, what, "chạy thidua serve --data … lần đầu, hoặc sửa --data"));
    }
    checks.push(clock());
    checks.push(port(listen));
    checks
}

fn folder(data: &Path) -> Check {
    let trial = data.join(format!(".thidua-doctor-{}", std::process::id()));
    let written = std::fs::write(&trial, b"x").and_then(|()| std::fs::remove_file(&trial));
    let name = data.display();
    if let Err(error) = written {
        let todo = "cho tài khoản chạy thidua quyền ghi: chown -R thidua: và chmod 700 thư mục này";
        return Check::bad("data", State::Fail, format!("không ghi được vào {name}: {error}"), todo);
    }
    match mode(data) {
        Some(mode) if mode & 0o077 != 0 => {
            let what = format!("{name} ghi được, nhưng người khác trên máy vào được (quyền {mode:03o})");
            Check::bad("data", State::Warn, what, format!("chmod 700 {name}"))
        }
        _ => Check::ok("data", format!("thư mục dữ liệu {name} ghi được và kín")),
    }
}

fn mode(path: &Path) -> Option<u32> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::metadata(path).ok().map(|about| about.permissions().mode() & 0o777)
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        None
    }
}

fn disk(data: &Path) -> Check {
    let free = match rustix::fs::statvfs(data) {
        Ok(about) => about.f_bavail.saturating_mul(about.f_frsize),
        Err(error) => {
            let what = format!("không xem được dung lượng trống: {error}");
            return Check::bad("disk", State::Warn, what, "xem bằng lệnh df");
        }
    };
    let what = format!("còn trống {} MB trên ổ chứa dữ liệu", free / 1024 / 1024);
    let todo = "chuyển các bản sao lưu cũ sang máy khác hoặc mở rộng ổ đĩa";
    match free {
        ..TOO_LITTLE => Check::bad("disk", State::Fail, what, todo),
        TOO_LITTLE..LITTLE => Check::bad("disk", State::Warn, what, todo),
        LITTLE.. => Check::ok("disk", what),
    }
}

fn keys(data: &Path) -> Check {
    let folder = data.join("keys");
    if let Some(missing) = KEY_FILES.iter().find(|name| !folder.join(name).exists()) {
        if !data.join("thidua.sqlite").exists() && !folder.exists() {
            let what = "chưa có khóa: hệ thống chưa chạy lần nào ở đây";
            return Check::bad("keys", State::Warn, what, "khóa được tạo ở lần thidua serve đầu tiên");
        }
        let todo = "lấy lại thư mục keys từ bản sao lưu; thidua serve không chạy khi thiếu khóa";
        return Check::bad("keys", State::Broken, format!("mất tệp khóa keys/{missing}"), todo);
    }
    for name in KEY_FILES {
        if let Some(mode) = mode(&folder.join(name)).filter(|mode| mode & 0o077 != 0) {
            let what = format!("keys/{name} có quyền {mode:03o}: người khác trên máy đọc được khóa");
            return Check::bad("keys", State::Fail, what, format!("chmod 600 {}", folder.join(name).display()));
        }
    }
    match Keys::read(&folder) {
        Ok(keys) => Check::ok("keys", format!("khóa đủ và kín; khóa công khai {}…", &keys.public_hex()[..16])),
        Err(error) => Check::bad("keys", State::Broken, error.to_string(), "lấy lại thư mục keys từ bản sao lưu"),
    }
}

fn clock() -> Check {
    let now = Clock::system().now();
    // The program was built later than any earlier instant that the clock may show.
    if kernel::clock::day_of(now).year() < 2026 {
        let what = format!("đồng hồ máy chỉ {now}, sớm hơn ngày chương trình này ra đời");
        return Check::bad("clock", State::Fail, what, "đặt lại giờ: timedatectl set-ntp true");
    }
    let shown =
        now.to_zoned(jiff::tz::TimeZone::fixed(jiff::tz::offset(7))).strftime("%H:%M ngày %d/%m/%Y").to_string();
    let what = format!("giờ Việt Nam lúc này là {shown} (không phụ thuộc múi giờ của máy)");
    if Path::new("/run/systemd/timesync").is_dir() && !Path::new("/run/systemd/timesync/synchronized").exists() {
        return Check::bad("clock", State::Warn, format!("{what}; chưa đồng bộ qua mạng"), "timedatectl set-ntp true");
    }
    Check::ok("clock", what)
}

fn port(listen: SocketAddr) -> Check {
    if TcpListener::bind(listen).is_ok() {
        return Check::ok("port", format!("cổng {listen} còn trống"));
    }
    if answers(listen) {
        return Check::ok("port", format!("thidua đang chạy ở {listen}"));
    }
    let what = format!("không lắng nghe được ở {listen}: có chương trình khác, hoặc thiếu quyền");
    Check::bad("port", State::Fail, what, "chọn địa chỉ khác bằng --listen hoặc THIDUA_LISTEN")
}

/// Whether a house of ours answers there.
fn answers(listen: SocketAddr) -> bool {
    let wait = Duration::from_secs(2);
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect_timeout(&listen, wait)?;
        stream.set_read_timeout(Some(wait))?;
        stream.write_all(format!("GET /dang-nhap HTTP/1.0\r\nHost: {listen}\r\n\r\n").as_bytes())?;
        let mut text = String::new();
        stream.take(64 * 1024).read_to_string(&mut text)?;
        Ok(text)
    };
    ask().is_ok_and(|text| text.contains("action=\"/dang-nhap\""))
}
