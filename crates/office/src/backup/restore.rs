//! Making a house anew from a backup: all of it, in an empty place, or nothing.

use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use kernel::Clock;

use super::manifest::{LEFT_OUT, Manifest, TableLine};
use super::verify::{self, Archive};
use super::{BackupError, rows};
use crate::attachments;
use crate::db::{Db, StoreError, Tx, newest_schema};
use crate::keys::{KEY_FILES, Keys};
use crate::ledger::model::{HEADS_SIGNED, Verification};
use crate::ledger::service;

/// Where a house is to stand.
pub struct Target<'a> {
    /// The data folder: not there yet, or empty.
    pub data_dir: &'a Path,
    /// The address of an empty PostgreSQL database; an SQLite file in the folder without.
    pub database_url: Option<&'a str>,
    /// The keys, when the backup carries none.
    pub keys: Option<&'a Path>,
}

/// What was restored.
#[derive(Debug, Clone)]
pub struct Restored {
    /// The backup.
    pub manifest: Manifest,
    /// The walk along the restored ledger.
    pub ledger: Verification,
    /// How many rows.
    pub rows: i64,
    /// How many files.
    pub files: usize,
}

/// The folder in which a restore works; one that a stopped restore left is begun anew.
const WORKSHOP: &str = "restoring";
/// The name of the SQLite file in a data folder.
const SQLITE: &str = "thidua.sqlite";

/// Restores a backup into an empty data folder and database, on either engine.
///
/// The backup is checked whole first. Everything is made ready in a folder beside its place, the ledger is
/// verified with the keys, the rows are counted; only then it takes its place.
///
/// # Errors
/// When the backup is damaged or too new, something is there already, the keys are missing or others, or what
/// was restored does not hold. Then nothing was restored.
pub async fn restore(file: &Path, target: Target<'_>) -> Result<Restored, BackupError> {
    let report = verify::verify(file)?;
    let manifest = report.manifest;
    if manifest.schema > newest_schema() {
        return Err(BackupError::TooNew { found: manifest.schema, known: newest_schema() });
    }
    if !report.faults.is_empty() {
        return Err(BackupError::Damaged(report.faults.iter().map(ToString::to_string).collect()));
    }
    must_be_empty(target.data_dir)?;
    let workshop = Workshop::begin(target.data_dir)?;
    let (mut archive, _) = verify::open(file)?;
    let keys = put_keys(&mut archive, &manifest, target.keys, &workshop.path)?;
    let files = put_files(&mut archive, &manifest, &workshop.path)?;
    let db = match target.database_url {
        Some(url) => {
            let db = Db::look_postgres(url).await?;
            database_must_be_empty(&mut db.read().await?).await?;
            db.migrate(Some(manifest.schema)).await?;
            db
        }
        None => Db::make_sqlite(&workshop.path.join(SQLITE), manifest.schema).await?,
    };
    let mut tx = db.begin().await?;
    let rows = put_tables(&mut tx, &mut archive, &manifest).await?;
    let before_signed_heads = manifest.schema < HEADS_SIGNED;
    let ledger = if before_signed_heads { report.ledger } else { service::verify_in(&mut tx, &keys).await? };
    if let Some(what) = &ledger.what {
        return Err(BackupError::Unsound(format!("nhật ký sai: {what}")));
    }
    if target.database_url.is_some() {
        // The folder first: a stop in between leaves the database empty, and the folder says what it holds.
        workshop.move_in(target.data_dir)?;
        let keys = Keys::read(&target.data_dir.join("keys"))?;
        finish(tx, &db, &keys, before_signed_heads).await?;
    } else {
        finish(tx, &db, &keys, before_signed_heads).await?;
        workshop.move_in(target.data_dir)?;
    }
    Ok(Restored { manifest, ledger, rows, files })
}

/// Brings what was put in to the structure of today; a ledger that came whole, from before its head was signed, is
/// signed here.
async fn finish(tx: Tx, db: &Db, keys: &Keys, sign: bool) -> Result<(), BackupError> {
    tx.commit().await?;
    db.migrate(None).await?;
    if sign {
        service::seal(db, &Clock::system(), keys).await?;
    }
    db.close().await;
    Ok(())
}

fn must_be_empty(folder: &Path) -> Result<(), BackupError> {
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        other => other?,
    };
    for entry in entries {
        let found = entry?.file_name().to_string_lossy().into_owned();
        if found != WORKSHOP && found != "lost+found" {
            return Err(BackupError::FolderInUse { folder: folder.to_owned(), found });
        }
    }
    Ok(())
}

/// No table of any program holds a row; the start of the ledger is none.
async fn database_must_be_empty(tx: &mut Tx) -> Result<(), BackupError> {
    for table in tx.tables().await? {
        let mut rows = 0;
        let columns: Vec<String> = table.columns.iter().map(|column| column.name.clone()).collect();
        tx.copy_out(&table, |cells| {
            let row = rows::Named { columns: &columns, cells: &cells };
            let is_start = table.name == "ledger_head" && row.int("seq") == Some(0);
            rows += i64::from(!is_start);
            Ok::<_, BackupError>(())
        })
        .await?;
        if rows > 0 {
            return Err(BackupError::DatabaseInUse(table.name));
        }
    }
    Ok(())
}

fn put_keys(
    archive: &mut Archive,
    manifest: &Manifest,
    given: Option<&Path>,
    workshop: &Path,
) -> Result<Keys, BackupError> {
    let folder = workshop.join("keys");
    std::fs::create_dir(&folder)?;
    for name in KEY_FILES {
        let mut bytes = Vec::new();
        match given {
            Some(given) => bytes = std::fs::read(given.join(name))?,
            None if manifest.has_keys => {
                archive.by_name(&format!("keys/{name}"))?.read_to_end(&mut bytes)?;
            }
            None => return Err(BackupError::NoKeys),
        }
        secret_file(&folder.join(name))?.write_all(&bytes)?;
    }
    let keys = Keys::read(&folder)?;
    if keys.public_hex() != manifest.public_key {
        return Err(BackupError::ForeignKeys(given.unwrap_or(Path::new("keys")).to_owned()));
    }
    Ok(keys)
}

fn put_files(archive: &mut Archive, manifest: &Manifest, workshop: &Path) -> Result<usize, BackupError> {
    std::fs::create_dir(workshop.join("files"))?;
    let mut count = 0;
    for part in &manifest.parts {
        let Some(digest) = part.name.strip_prefix("files/") else { continue };
        let place = attachments::place(workshop, digest);
        std::fs::create_dir_all(place.parent().unwrap_or(workshop))?;
        let mut file = std::fs::File::create(&place)?;
        std::io::copy(&mut archive.by_name(&part.name)?, &mut file)?;
        file.sync_all()?;
        count += 1;
    }
    Ok(count)
}

async fn put_tables(tx: &mut Tx, archive: &mut Archive, manifest: &Manifest) -> Result<i64, BackupError> {
    let tables = tx.tables().await?;
    if let Some(lost) = manifest.tables.iter().find(|line| !tables.iter().any(|table| table.name == line.name)) {
        return Err(BackupError::Unsound(format!("không có bảng {} trong cấu trúc số {}", lost.name, manifest.schema)));
    }
    tx.put_off_references().await?;
    let mut total = 0;
    for table in &tables {
        let Some(line) = manifest.tables.iter().find(|line| line.name == table.name) else {
            if LEFT_OUT.contains(&table.name.as_str()) {
                continue;
            }
            return Err(BackupError::Unsound(format!("bản sao lưu thiếu bảng {}", table.name)));
        };
        let mut theirs: Vec<&str> = line.columns.iter().map(String::as_str).collect();
        let mut ours: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
        theirs.sort_unstable();
        ours.sort_unstable();
        if theirs != ours {
            return Err(BackupError::Unsound(format!("bảng {} có các cột khác", table.name)));
        }
        tx.clear(table).await?;
        put_rows(tx, archive, table, line).await?;
        let count = tx.count(table).await?;
        if count != line.rows {
            return Err(BackupError::Unsound(format!("bảng {} có {count} dòng, cần {}", table.name, line.rows)));
        }
        total += count;
    }
    tx.check_references().await?;
    Ok(total)
}

/// Row after row, so that a large table does not stand in memory.
async fn put_rows(
    tx: &mut Tx,
    archive: &mut Archive,
    table: &crate::db::copy::Table,
    line: &TableLine,
) -> Result<(), BackupError> {
    use std::io::BufRead as _;
    let entry = archive.by_name(&line.part())?;
    for text in std::io::BufReader::new(entry).lines() {
        let cells = rows::cells(&text?).ok_or_else(|| StoreError::Nonsense {
            table: "backup",
            column: "row",
            what: line.name.clone(),
        })?;
        tx.copy_in(table, &line.columns, cells).await?;
    }
    Ok(())
}

fn secret_file(path: &Path) -> std::io::Result<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Where the pieces are made ready.
struct Workshop {
    path: PathBuf,
}

impl Workshop {
    fn begin(data_dir: &Path) -> Result<Self, BackupError> {
        let path = data_dir.join(WORKSHOP);
        if path.exists() {
            std::fs::remove_dir_all(&path)?;
        }
        std::fs::create_dir_all(&path)?;
        #[cfg(unix)]
        for folder in [data_dir, &path] {
            use std::os::unix::fs::PermissionsExt as _;
            std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700))?;
        }
        Ok(Self { path })
    }

    /// Gives the pieces their places, the database last: without it, no house stands there.
    fn move_in(&self, data_dir: &Path) -> Result<(), BackupError> {
        for name in ["keys", "files", SQLITE] {
            if self.path.join(name).exists() {
                std::fs::rename(self.path.join(name), data_dir.join(name))?;
            }
        }
        std::fs::File::open(data_dir)?.sync_all()?;
        Ok(())
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        // What is still here belongs to a restore that did not succeed, or is an emptied folder.
        drop(std::fs::remove_dir_all(&self.path));
    }
}
