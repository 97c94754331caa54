//! Files by content: each is kept once, under the SHA-256 of its bytes, outside the database.
//!
//! What a file is, is told by its first bytes, not by its name. Programs, macros and pictures that carry
//! scripts are refused. A file that no row names any more is deleted by [`sweep`] when it is older than a day.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};

use crate::db::copy::Cell;
use crate::db::{StoreError, Tx};
use crate::{Ctx, House, ledger};

/// The largest file that is taken, in bytes.
pub const LARGEST: usize = 20 * 1024 * 1024;

/// So long a file is left alone after somebody gave it last: the row that will name it may not be written yet.
pub const LEFT_ALONE: Duration = Duration::from_secs(24 * 60 * 60);

/// Whoever gives a file that is here already, and whoever deletes one, look at its age and act one at a time.
static AGES: Mutex<()> = Mutex::new(());

fn hold_ages() -> MutexGuard<'static, ()> {
    AGES.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A file that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// SHA-256 of its bytes, in hex.
    pub digest: String,
    /// Its size in bytes.
    pub size: i64,
    /// What it is, by its first bytes.
    pub media_type: &'static str,
}

/// Why a file was not kept.
#[derive(Debug, thiserror::Error)]
pub enum AttachmentError {
    /// Nothing in it.
    #[error("tệp trống; chọn lại tệp")]
    Empty,
    /// Too large.
    #[error("tệp lớn hơn 20 MB; giảm dung lượng hoặc tách thành nhiều tệp")]
    TooLarge,
    /// Not a kind of file that is taken.
    #[error("nội dung không phải PDF, DOCX, XLSX, JPG hoặc PNG; đổi sang một trong các dạng này")]
    OddKind,
    /// A program travels in it.
    #[error("tệp có macro; lưu lại thành .docx hoặc .xlsx không có macro, hay thành PDF")]
    Macros,
    /// The name promises another kind than the bytes show.
    #[error("đuôi tệp không khớp với nội dung (thực tế là {found}); kiểm tra lại tệp")]
    FalseName {
        /// What the bytes show.
        found: &'static str,
    },
    /// The disk is full, or holds no more for us.
    #[error("ổ đĩa của máy chủ đã đầy, tệp chưa được lưu; báo quản trị hệ thống giải phóng dung lượng rồi thử lại")]
    Full,
    /// The disk said no; what it said is for the operator.
    #[error("máy chủ không ghi được tệp; báo quản trị hệ thống kiểm tra thư mục dữ liệu rồi thử lại")]
    Disk(#[source] std::io::Error),
}

impl From<std::io::Error> for AttachmentError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => Self::Full,
            _ => {
                // The visitor reads a sentence; why the disk said no is known to the log alone.
                tracing::error!(%error, "an attached file could not be written");
                Self::Disk(error)
            }
        }
    }
}

const KINDS: &[(&str, &[&str])] = &[
    ("application/pdf", &["pdf"]),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", &["docx"]),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", &["xlsx"]),
    ("image/jpeg", &["jpg", "jpeg"]),
    ("image/png", &["png"]),
];

/// Tells what a file is and whether its name agrees.
///
/// # Errors
/// When it is empty, too large, of a kind that is not taken, falsely named, or carries macros.
pub fn recognise(name: &str, bytes: &[u8]) -> Result<&'static str, AttachmentError> {
    if bytes.is_empty() {
        return Err(AttachmentError::Empty);
    }
    if bytes.len() > LARGEST {
        return Err(AttachmentError::TooLarge);
    }
    let office = papers::container(bytes);
    let seen = office.map(|found| found.media_type).or_else(|| infer::get(bytes).map(|kind| kind.mime_type()));
    let seen = seen.ok_or(AttachmentError::OddKind)?;
    let (media_type, endings) = KINDS.iter().find(|(kind, _)| *kind == seen).ok_or(AttachmentError::OddKind)?;
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    if !endings.contains(&ending.as_str()) {
        return Err(AttachmentError::FalseName { found: media_type });
    }
    if office.is_some_and(|found| found.macros) {
        return Err(AttachmentError::Macros);
    }
    Ok(media_type)
}

/// Keeps a file; the same bytes are kept once.
///
/// # Errors
/// As [`recognise`], and when the disk says no.
pub fn keep(house: &House, name: &str, bytes: &[u8]) -> Result<Kept, AttachmentError> {
    let media_type = recognise(name, bytes)?;
    let digest = HEXLOWER.encode(&Sha256::digest(bytes));
    let place = place(&house.data_dir, &digest);
    // The house's own clock tells how old a file is.
    let now = SystemTime::from(house.clock.now());
    if !given_again(&place, now)? {
        let folder = place.parent().unwrap_or(&house.data_dir);
        std::fs::create_dir_all(folder)?;
        let draft = folder.join(format!(".{}", uuid::Uuid::now_v7()));
        std::fs::write(&draft, bytes)?;
        let written = std::fs::OpenOptions::new().append(true).open(&draft)?;
        written.set_modified(now)?;
        written.sync_all()?;
        std::fs::rename(&draft, &place)?;
    }
    let size = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
    Ok(Kept { digest, size, media_type })
}

/// Makes a file that is here already as young as one that was given now; answers whether it is here.
fn given_again(place: &Path, now: SystemTime) -> std::io::Result<bool> {
    let _held = hold_ages();
    match std::fs::OpenOptions::new().append(true).open(place) {
        Ok(file) => file.set_modified(now).map(|()| true),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

/// Reads a file back by its digest.
///
/// # Errors
/// When it is not there or cannot be read.
pub fn read(house: &House, digest: &str) -> std::io::Result<Vec<u8>> {
    std::fs::read(place(&house.data_dir, digest))
}

/// Where a table that keeps files has their digests: one with the columns `digest` and `media_type`.
#[must_use]
pub fn digest_column(columns: &[impl AsRef<str>]) -> Option<usize> {
    let place = |name: &str| columns.iter().position(|column| column.as_ref() == name);
    place("media_type").and(place("digest"))
}

/// The digests of all files that a row of any room names.
///
/// # Errors
/// What the store says.
pub async fn named(tx: &mut Tx) -> Result<BTreeSet<String>, StoreError> {
    let mut digests = BTreeSet::new();
    each_text(
        tx,
        |columns| digest_column(columns),
        |digest| {
            digests.insert(digest.to_owned());
        },
    )
    .await?;
    Ok(digests)
}

/// The digests that frozen dossiers tell of: a file that was replaced since was still handed in once.
async fn frozen(tx: &mut Tx) -> Result<BTreeSet<String>, StoreError> {
    let mut digests = BTreeSet::new();
    let snapshots = |columns: &[&str]| columns.iter().position(|column| *column == "snapshot");
    each_text(tx, snapshots, |snapshot| {
        digests.extend(snapshot.split('"').filter(|text| is_digest(text)).map(str::to_owned));
    })
    .await?;
    Ok(digests)
}

/// Reads one column of every table that has it, row by row; `place` tells from the names of a table's columns which.
async fn each_text(
    tx: &mut Tx,
    place: impl Fn(&[&str]) -> Option<usize>,
    mut read: impl FnMut(&str),
) -> Result<(), StoreError> {
    for table in tx.tables().await? {
        let columns: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
        let Some(at) = place(&columns) else { continue };
        tx.copy_out(&table, |cells| {
            if let Cell::Text(text) = &cells[at] {
                read(text);
            }
            Ok::<_, StoreError>(())
        })
        .await?;
    }
    Ok(())
}

/// Whether a text is written as the digest of a file is.
fn is_digest(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|one| matches!(one, b'0'..=b'9' | b'a'..=b'f'))
}

/// Deletes the files that no row names and nobody gave within [`LEFT_ALONE`], and what a broken upload left behind;
/// answers how many. The ledger has their number. A file that the disk does not let go is named in the log and
/// tried again the next time.
///
/// What lay there before the record began is left alone: it may belong to another record, as when a house is opened
/// over an empty database by mistake.
///
/// # Errors
/// What the store says; then nothing is deleted.
pub async fn sweep(ctx: &Ctx<'_>) -> Result<usize, StoreError> {
    // First what lies there, then what is named: a file whose row is written meanwhile is among both or too young.
    let now = SystemTime::from(ctx.now());
    let old = old_files(&ctx.house.data_dir.join("files"), now);
    let mut tx = ctx.read().await?;
    let began = ledger::queries::began(&mut tx).await?.map(SystemTime::from);
    let mut named = named(&mut tx).await?;
    named.extend(frozen(&mut tx).await?);
    drop(tx);
    let Some(began) = began else { return Ok(0) };
    let mut deleted: usize = 0;
    for (name, path) in old.into_iter().filter(|(name, _)| !named.contains(name)) {
        match delete_if_old(&path, (began, now)) {
            Ok(gone) => deleted += usize::from(gone),
            Err(error) => tracing::error!(%error, file = %name, "a file that nobody names could not be deleted"),
        }
    }
    if deleted > 0 {
        let mut tx = ctx.begin().await?;
        ledger::record(&mut tx, ctx.entry("attachments.sweep", "attachments", "files").set("files", deleted)).await?;
        tx.commit().await?;
    }
    Ok(deleted)
}

/// The files of ours that are old enough to be deleted, with their names; what is not ours is not among them.
fn old_files(folder: &Path, now: SystemTime) -> Vec<(String, PathBuf)> {
    let entries = |folder: &Path| std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut old = Vec::new();
    for entry in entries(folder).flat_map(|shelf| entries(&shelf.path())) {
        let Ok(name) = entry.file_name().into_string() else { continue };
        let broken = name.strip_prefix('.').is_some_and(|id| uuid::Uuid::try_parse(id).is_ok());
        if (is_digest(&name) || broken) && given_at(&entry.path()).is_ok_and(|at| is_old(at, now)) {
            old.push((name, entry.path()));
        }
    }
    old
}

/// When somebody gave a file last.
fn given_at(path: &Path) -> std::io::Result<SystemTime> {
    std::fs::metadata(path)?.modified()
}

/// Whether nobody gave it within [`LEFT_ALONE`]; one from the future is left alone.
fn is_old(at: SystemTime, now: SystemTime) -> bool {
    now.duration_since(at).is_ok_and(|age| age >= LEFT_ALONE)
}

fn delete_if_old(path: &Path, (began, now): (SystemTime, SystemTime)) -> std::io::Result<bool> {
    let _held = hold_ages();
    let at = given_at(path)?;
    if at >= began && is_old(at, now) { std::fs::remove_file(path).map(|()| true) } else { Ok(false) }
}

/// Whether the file of this digest is there with the bytes that were kept; none when it is not there.
///
/// # Errors
/// When it is there and cannot be read.
pub fn is_sound(data_dir: &Path, digest: &str) -> std::io::Result<Option<bool>> {
    match std::fs::read(place(data_dir, digest)) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        other => Ok(Some(HEXLOWER.encode(&Sha256::digest(other?)) == digest)),
    }
}

/// Where the file of this digest lies in a data folder.
#[must_use]
pub fn place(data_dir: &Path, digest: &str) -> PathBuf {
    let (shelf, _) = digest.split_at(digest.len().min(2));
    data_dir.join("files").join(shelf).join(digest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_named_as_a_picture_is_refused() {
        let program = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff";
        assert!(matches!(recognise("anh.jpg", program), Err(AttachmentError::OddKind)));
    }

    #[test]
    fn a_picture_named_as_a_document_is_refused_with_what_it_is() {
        let png = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR";
        assert!(matches!(recognise("bao-cao.pdf", png), Err(AttachmentError::FalseName { found: "image/png" })));
        assert_eq!(recognise("anh.PNG", png).expect("a picture"), "image/png");
    }

    #[test]
    fn a_disk_that_says_no_is_told_in_a_sentence_without_the_systems_words() {
        // What the systems say of a full disk and of a full share of it.
        for full in [28, 122] {
            let said = AttachmentError::from(std::io::Error::from_raw_os_error(full));
            assert!(matches!(said, AttachmentError::Full), "{said:?}");
            assert!(said.to_string().contains("đã đầy"));
        }
        let said = AttachmentError::from(std::io::Error::other("Read-only file system")).to_string();
        assert!(said.contains("thư mục dữ liệu") && !said.contains("Read-only"), "{said}");
    }

    #[test]
    fn a_document_with_macros_is_refused_whatever_its_ending() {
        let document = |with: &[&str]| {
            let mut container = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
            for name in ["[Content_Types].xml", "_rels/.rels", "word/document.xml"].iter().chain(with) {
                container.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a file");
                std::io::Write::write_all(&mut container, &[b' '; 600]).expect("its bytes");
            }
            container.finish().expect("a container").into_inner()
        };
        let found = recognise("to-trinh.docx", &document(&["word/vbaProject.bin"]));
        assert!(matches!(found, Err(AttachmentError::Macros)), "{found:?}");
        let found = recognise("to-trinh.docx", &document(&[]));
        assert!(found.is_ok_and(|kind| kind.ends_with("wordprocessingml.document")));
    }

    #[test]
    fn text_and_scripted_pictures_are_not_taken() {
        for odd in [&b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"[..], b"hello"] {
            assert!(matches!(recognise("a.png", odd), Err(AttachmentError::OddKind)));
        }
    }
}
