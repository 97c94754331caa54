//! Making a backup of a house, which may be running.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufWriter, Read as _, Seek as _, SeekFrom, Write};
use std::path::{Path, PathBuf};

use data_encoding::HEXLOWER;
use kernel::Timestamp;
use sha2::{Digest as _, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::manifest::{FORM, Head, LEFT_OUT, MANIFEST, Manifest, Part, TableLine};
use super::{BackupError, rows};
use crate::attachments;
use crate::db::copy::Cell;
use crate::db::{Db, Tx};
use crate::keys::{KEY_FILES, Keys};

/// What to back up.
pub struct Source<'a> {
    /// The database, as [`Db::look_sqlite`] or [`Db::look_postgres`] opens it.
    pub db: &'a Db,
    /// The folder with keys and files.
    pub data_dir: &'a Path,
    /// Whether the private key files go with it.
    pub with_keys: bool,
    /// Now.
    pub now: Timestamp,
}

/// Writes a backup to `target`, which must not be there yet. Until all of it is on the disk it bears another
/// name; what an interrupted command left of that kind is swept away by the next one in the same folder.
///
/// # Errors
/// When there is no house, the target is there, or the disk is full.
pub async fn create(source: Source<'_>, target: &Path) -> Result<Manifest, BackupError> {
    if target.exists() {
        return Err(BackupError::Exists(target.to_owned()));
    }
    write(source, target)
        .await
        .map_err(|error| if is_full(&error) { BackupError::Full(target.to_owned()) } else { error })
}

fn is_full(error: &BackupError) -> bool {
    let (BackupError::Disk(disk) | BackupError::Container(zip::result::ZipError::Io(disk))) = error else {
        return false;
    };
    disk.kind() == std::io::ErrorKind::StorageFull
}

async fn write(source: Source<'_>, target: &Path) -> Result<Manifest, BackupError> {
    let draft = Draft::begin(target)?;
    let mut packer = Packer::new(draft.file.try_clone()?)?;
    let mut tx = source.db.read().await?;
    let schema = tx.schema().await?.ok_or_else(|| BackupError::NoHouse(source.data_dir.display().to_string()))?;
    let taken = take_tables(&mut tx, &mut packer).await?;
    drop(tx);
    let faults = take_files(&source, &taken.digests, &mut packer)?;
    let keys = Keys::read(&source.data_dir.join("keys"))?;
    if source.with_keys {
        for name in KEY_FILES {
            let bytes = std::fs::read(source.data_dir.join("keys").join(name))?;
            packer.whole(&format!("keys/{name}"), &bytes)?;
        }
    }
    let manifest = Manifest {
        form: FORM.to_owned(),
        made_at: source.now.to_string(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        engine: if matches!(source.db, Db::Sqlite { .. }) { "sqlite" } else { "postgres" }.to_owned(),
        schema,
        ledger: taken.head,
        public_key: keys.public_hex(),
        has_keys: source.with_keys,
        left_out: LEFT_OUT.map(str::to_owned).to_vec(),
        open_ballots: taken.open_ballots,
        tables: taken.tables,
        parts: std::mem::take(&mut packer.parts),
        faults,
    };
    packer.end(&manifest)?;
    draft.keep(target)?;
    Ok(manifest)
}

struct Taken {
    tables: Vec<TableLine>,
    digests: BTreeSet<String>,
    head: Head,
    open_ballots: i64,
}

async fn take_tables(tx: &mut Tx, packer: &mut Packer) -> Result<Taken, BackupError> {
    let none = Head { entries: 0, hash: HEXLOWER.encode(&[0; 32]) };
    let mut taken = Taken { tables: Vec::new(), digests: BTreeSet::new(), head: none, open_ballots: 0 };
    for table in tx.tables().await? {
        if table.name == "ballot_boxes" {
            taken.open_ballots = tx.count(&table).await?;
        }
        if LEFT_OUT.contains(&table.name.as_str()) {
            continue;
        }
        let columns: Vec<String> = table.columns.iter().map(|column| column.name.clone()).collect();
        let keeps_files = attachments::digest_column(&columns).is_some();
        let mut line = TableLine { name: table.name.clone(), columns: columns.clone(), rows: 0 };
        packer.begin(&line.part(), CompressionMethod::Deflated)?;
        tx.copy_out(&table, |cells: Vec<Cell>| {
            let row = rows::Named { columns: &columns, cells: &cells };
            if keeps_files {
                taken.digests.extend(row.text("digest"));
            }
            if table.name == "ledger_head" {
                let hash = HEXLOWER.encode(&row.bytes("hash").unwrap_or_default());
                taken.head = Head { entries: row.int("seq").unwrap_or_default(), hash };
            }
            line.rows += 1;
            packer.write(rows::line(&cells).as_bytes())
        })
        .await?;
        packer.end_part();
        taken.tables.push(line);
    }
    Ok(taken)
}

/// Takes the attachments; answers those that are gone or are not what their name says.
fn take_files(
    source: &Source<'_>,
    digests: &BTreeSet<String>,
    packer: &mut Packer,
) -> Result<Vec<String>, BackupError> {
    let mut faults = Vec::new();
    for digest in digests {
        let Ok(mut file) = File::open(attachments::place(source.data_dir, digest)) else {
            faults.push(format!("tệp đính kèm {digest} không có trong thư mục dữ liệu"));
            continue;
        };
        packer.begin(&format!("files/{digest}"), CompressionMethod::Stored)?;
        let mut block = vec![0; 64 * 1024];
        loop {
            let read = file.read(&mut block)?;
            if read == 0 {
                break;
            }
            packer.write(&block[..read])?;
        }
        if packer.end_part() != *digest {
            faults.push(format!("tệp đính kèm {digest} đã bị đổi nội dung trên đĩa"));
        }
    }
    Ok(faults)
}

/// The container, part after part.
struct Packer {
    zip: ZipWriter<BufWriter<File>>,
    parts: Vec<Part>,
    name: String,
    bytes: u64,
    hasher: Sha256,
}

impl Packer {
    fn new(file: File) -> Result<Self, BackupError> {
        let zip = ZipWriter::new(BufWriter::new(file));
        Ok(Self { zip, parts: Vec::new(), name: String::new(), bytes: 0, hasher: Sha256::new() })
    }

    fn begin(&mut self, name: &str, method: CompressionMethod) -> Result<(), BackupError> {
        let options = SimpleFileOptions::default().compression_method(method).large_file(true).unix_permissions(0o600);
        self.zip.start_file(name, options)?;
        (self.name, self.bytes, self.hasher) = (name.to_owned(), 0, Sha256::new());
        Ok(())
    }

    fn write(&mut self, bytes: &[u8]) -> Result<(), BackupError> {
        self.zip.write_all(bytes)?;
        self.bytes += bytes.len() as u64;
        self.hasher.update(bytes);
        Ok(())
    }

    /// Closes the part; answers its digest.
    fn end_part(&mut self) -> String {
        let sha256 = HEXLOWER.encode(&std::mem::take(&mut self.hasher).finalize());
        self.parts.push(Part { name: std::mem::take(&mut self.name), bytes: self.bytes, sha256: sha256.clone() });
        sha256
    }

    fn whole(&mut self, name: &str, bytes: &[u8]) -> Result<(), BackupError> {
        self.begin(name, CompressionMethod::Stored)?;
        self.write(bytes)?;
        self.end_part();
        Ok(())
    }

    /// Writes the manifest, and at the very end, in the container's comment, the digest of all before it.
    fn end(mut self, manifest: &Manifest) -> Result<(), BackupError> {
        let text = serde_json::to_vec_pretty(manifest).map_err(std::io::Error::other)?;
        self.whole(MANIFEST, &text)?;
        self.zip.set_comment(seal(&"0".repeat(64)))?;
        let mut file = self.zip.finish()?.into_inner().map_err(std::io::IntoInnerError::into_error)?;
        let sealed = file.seek(SeekFrom::End(0))? - seal("").len() as u64 - 64;
        file.rewind()?;
        let digest = digest_of(&mut (&file).take(sealed))?;
        file.seek(SeekFrom::Start(sealed))?;
        file.write_all(seal(&digest).as_bytes())?;
        file.sync_all()?;
        Ok(())
    }
}

/// What stands at the end of the container.
pub(super) fn seal(digest: &str) -> String {
    format!("{FORM} sha256={digest}")
}

/// The digest of all that can be read.
pub(super) fn digest_of(from: &mut impl std::io::Read) -> Result<String, std::io::Error> {
    let mut hasher = Sha256::new();
    let mut block = vec![0; 64 * 1024];
    loop {
        let read = from.read(&mut block)?;
        if read == 0 {
            return Ok(HEXLOWER.encode(&hasher.finalize()));
        }
        hasher.update(&block[..read]);
    }
}

/// A file under another name until it is whole.
struct Draft {
    file: File,
    path: PathBuf,
}

const DRAFT: &str = ".thidua-part";

impl Draft {
    fn begin(target: &Path) -> Result<Self, BackupError> {
        let folder = folder_of(target);
        sweep(folder);
        let name = target.file_name().unwrap_or_default().to_string_lossy();
        let path = folder.join(format!(".{name}{DRAFT}"));
        let mut options = std::fs::OpenOptions::new();
        options.read(true).write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = match options.open(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                return Err(BackupError::Running(target.to_owned()));
            }
            other => other?,
        };
        file.lock()?;
        Ok(Self { file, path })
    }

    fn keep(self, target: &Path) -> Result<(), BackupError> {
        std::fs::rename(&self.path, target)?;
        File::open(folder_of(target))?.sync_all()?;
        Ok(())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // After `keep` there is nothing of that name any more.
        drop(std::fs::remove_file(&self.path));
    }
}

fn folder_of(target: &Path) -> &Path {
    target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Removes drafts whose writer is gone: nobody holds their lock.
fn sweep(folder: &Path) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if !entry.file_name().to_string_lossy().ends_with(DRAFT) {
            continue;
        }
        if File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok()) {
            drop(std::fs::remove_file(entry.path()));
        }
    }
}
