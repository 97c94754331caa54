//! `thidua backup create|verify|restore`: the house in one file, and back.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Subcommand;
use kernel::Clock;
use office::backup::create::Source;
use office::backup::restore::Target;
use office::backup::{BackupError, Manifest, create, restore, verify};
use office::db::Db;
use serde_json::json;

use super::{Exit, Format};
use crate::house::Site;

/// What `thidua backup` can do.
#[derive(Subcommand)]
pub enum Command {
    /// Ghi một bản sao lưu, cả khi hệ thống đang chạy
    Create {
        /// Tệp sẽ ghi; nếu là thư mục thì đặt tên theo ngày giờ
        target: PathBuf,
        #[command(flatten)]
        site: Site,
        /// Không mang theo khóa riêng (khi khóa được giữ ở nơi khác)
        #[arg(long)]
        without_keys: bool,
        /// Cách in
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Kiểm tra một bản sao lưu: từng phần, số dòng, tệp đính kèm, chuỗi nhật ký
    Verify {
        /// Bản sao lưu
        file: PathBuf,
        /// Cách in
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Khôi phục vào thư mục dữ liệu và cơ sở dữ liệu trống
    Restore {
        /// Bản sao lưu
        file: PathBuf,
        #[command(flatten)]
        site: Site,
        /// Thư mục chứa signing.key và salt.key, khi bản sao lưu không mang khóa
        #[arg(long)]
        keys: Option<PathBuf>,
        /// Cách in
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
}

/// Runs one of them.
pub fn run(command: Command) -> anyhow::Result<Exit> {
    match command {
        Command::Create { target, site, without_keys, format } => {
            super::on_runtime(make(target, site, without_keys, format))
        }
        Command::Verify { file, format } => check(&file, format),
        Command::Restore { file, site, keys, format } => super::on_runtime(bring_back(file, site, keys, format)),
    }
}

async fn make(target: PathBuf, site: Site, without_keys: bool, format: Format) -> anyhow::Result<Exit> {
    let clock = Clock::system();
    let target = if target.is_dir() { target.join(dated_name(&clock)) } else { target };
    let db = match &site.database_url {
        Some(url) => Db::look_postgres(url).await.context("không mở được PostgreSQL")?,
        None => {
            let file = site.sqlite_file();
            if !file.is_file() {
                return refuse(&BackupError::NoHouse(file.display().to_string()), format);
            }
            Db::look_sqlite(&file).await.with_context(|| format!("không mở được {}", file.display()))?
        }
    };
    let source = Source { db: &db, data_dir: &site.data, with_keys: !without_keys, now: clock.now() };
    let made = create::create(source, &target).await;
    db.close().await;
    let manifest = match made {
        Err(no @ (BackupError::Exists(_) | BackupError::Running(_) | BackupError::NoHouse(_))) => {
            return refuse(&no, format);
        }
        other => other.context("không sao lưu được")?,
    };
    let bytes = std::fs::metadata(&target)?.len();
    if format == Format::Json {
        let answer = json!({
            "file": target, "bytes": bytes, "schema": manifest.schema, "ledger": manifest.ledger,
            "tables": manifest.tables.len(), "rows": rows(&manifest), "files": files(&manifest),
            "has_keys": manifest.has_keys, "open_ballots": manifest.open_ballots, "faults": manifest.faults,
        });
        print_json(&answer)?;
    } else {
        super::print(&format!("Đã ghi {} ({bytes} byte).\n{}", target.display(), summary(&manifest)))?;
    }
    Ok(if manifest.faults.is_empty() { Exit::Done } else { Exit::No })
}

fn check(file: &Path, format: Format) -> anyhow::Result<Exit> {
    let report = match verify::verify(file) {
        Err(no @ BackupError::Unreadable { .. }) => return refuse(&no, format),
        other => other?,
    };
    let ok = report.faults.is_empty();
    if format == Format::Json {
        let answer = json!({
            "ok": ok, "form": report.manifest.form, "made_at": report.manifest.made_at,
            "schema": report.manifest.schema, "ledger": report.ledger, "rows": rows(&report.manifest),
            "files": files(&report.manifest), "has_keys": report.manifest.has_keys,
            "faults": report.faults, "known_faults": report.manifest.faults,
        });
        print_json(&answer)?;
    } else if ok {
        let made_at = &report.manifest.made_at;
        super::print(&format!("Bản sao lưu ngày {made_at} nguyên vẹn.\n{}", summary(&report.manifest)))?;
    } else {
        let lines: Vec<String> = report.faults.iter().map(|fault| format!("  {fault}\n")).collect();
        super::print(&format!("Bản sao lưu bị hỏng:\n{}Dùng một bản sao lưu khác.\n", lines.concat()))?;
    }
    Ok(if ok { Exit::Done } else { Exit::No })
}

async fn bring_back(file: PathBuf, site: Site, keys: Option<PathBuf>, format: Format) -> anyhow::Result<Exit> {
    let target = Target { data_dir: &site.data, database_url: site.database_url.as_deref(), keys: keys.as_deref() };
    let restored = match restore::restore(&file, target).await {
        Err(BackupError::Store(error)) => return Err(error).context("không khôi phục được"),
        Err(BackupError::Disk(error)) => return Err(error).context("không khôi phục được"),
        Err(no) => return refuse(&no, format),
        Ok(restored) => restored,
    };
    if format == Format::Json {
        let answer = json!({
            "ok": true, "rows": restored.rows, "files": restored.files, "ledger": restored.ledger,
            "open_ballots": restored.manifest.open_ballots,
        });
        print_json(&answer)?;
        return Ok(Exit::Done);
    }
    let mut text = format!(
        "Đã khôi phục vào {}: {} dòng, {} tệp đính kèm; nhật ký nguyên vẹn, {} mục.\n",
        site.data.display(),
        restored.rows,
        restored.files,
        restored.ledger.entries
    );
    if restored.manifest.open_ballots > 0 {
        text += "Khi sao lưu đang có cuộc bỏ phiếu kín chưa đóng: phiếu không nằm trong bản sao lưu. Vào phiên họp, bấm “Hủy hòm phiếu” rồi bỏ phiếu lại.\n";
    }
    text += "Mọi người phải đăng nhập lại; các liên kết dùng một lần đã phát không còn hiệu lực.\n";
    super::print(&text)?;
    Ok(Exit::Done)
}

fn summary(manifest: &Manifest) -> String {
    let mut text = format!(
        "  {} bảng, {} dòng, {} tệp đính kèm, nhật ký {} mục, cấu trúc số {}.\n",
        manifest.tables.len(),
        rows(manifest),
        files(manifest),
        manifest.ledger.entries,
        manifest.schema
    );
    text += if manifest.has_keys {
        "  Có khóa riêng của hệ thống bên trong, không mã hóa: giữ tệp này kín như thư mục dữ liệu (quyền 0600).\n"
    } else {
        "  Không có khóa riêng bên trong: muốn khôi phục phải có signing.key và salt.key giữ riêng.\n"
    };
    if manifest.open_ballots > 0 {
        text += &format!(
            "  Có {} hòm phiếu đang mở: phiếu kín không bao giờ vào bản sao lưu; nếu khôi phục thì bỏ phiếu lại.\n",
            manifest.open_ballots
        );
    }
    for fault in &manifest.faults {
        text += &format!("  Chú ý: {fault}; tìm lại tệp này ở bản sao lưu cũ hơn.\n");
    }
    text
}

fn rows(manifest: &Manifest) -> i64 {
    manifest.tables.iter().map(|table| table.rows).sum()
}

fn files(manifest: &Manifest) -> usize {
    manifest.parts.iter().filter(|part| part.name.starts_with("files/")).count()
}

fn dated_name(clock: &Clock) -> String {
    format!("thidua-{}.zip", clock.now().strftime("%Y%m%d-%H%M%SZ"))
}

fn refuse(no: &BackupError, format: Format) -> anyhow::Result<Exit> {
    if format == Format::Json {
        print_json(&json!({ "ok": false, "error": no.to_string() }))?;
    } else {
        eprintln!("{no}.");
    }
    Ok(Exit::No)
}

fn print_json(value: &serde_json::Value) -> anyhow::Result<()> {
    super::print(&format!("{}\n", serde_json::to_string_pretty(value)?))
}
