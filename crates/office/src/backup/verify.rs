//! Checking a backup without restoring it.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _, Seek as _, SeekFrom};
use std::path::Path;

use kernel::id::AccountId;
use zip::ZipArchive;

use super::manifest::{FORM, Head, MANIFEST, Manifest, Part, TableLine, is_digest, is_ours};
use super::{BackupError, create, rows};
use crate::ledger::model::{Chain, Checkpoint, Entry, HEADS_SIGNED, Hash, Verification};
use crate::{attachments, keys, ledger};

/// What was found in a backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// What it says about itself.
    pub manifest: Manifest,
    /// The walk along its ledger.
    pub ledger: Verification,
    /// Every fault: which part, and what is wrong with it; empty when it is sound.
    pub faults: Vec<Fault>,
}

/// A part that does not hold.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Fault {
    /// The part's name in the container; `container` for its frame.
    pub part: String,
    /// What is wrong, in words.
    pub what: String,
}

impl std::fmt::Display for Fault {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(to, "{}: {}", self.part, self.what)
    }
}

pub(super) type Archive = ZipArchive<BufReader<File>>;

/// Opens a backup and reads its manifest.
pub(super) fn open(file: &Path) -> Result<(Archive, Manifest), BackupError> {
    let unreadable = |what: String| BackupError::Unreadable { file: file.to_owned(), what };
    let opened = File::open(file).map_err(|error| unreadable(error.to_string()))?;
    let mut archive = ZipArchive::new(BufReader::new(opened)).map_err(|error| unreadable(error.to_string()))?;
    let mut text = String::new();
    let read = archive.by_name(MANIFEST).map_err(|error| unreadable(format!("{MANIFEST}: {error}")));
    read?.read_to_string(&mut text).map_err(|error| unreadable(format!("{MANIFEST} bị hỏng: {error}")))?;
    let manifest: Manifest =
        serde_json::from_str(&text).map_err(|error| unreadable(format!("{MANIFEST} bị hỏng: {error}")))?;
    if manifest.form != FORM {
        return Err(unreadable(format!("dạng {} không phải {FORM}", manifest.form)));
    }
    Ok((archive, manifest))
}

/// Checks every part against the manifest, the rows that were counted, the attachments that the rows name,
/// and the chain of the ledger.
///
/// # Errors
/// When the file is no backup at all; damage to a part is an answer.
pub fn verify(file: &Path) -> Result<Report, BackupError> {
    let (mut archive, manifest) = open(file)?;
    let mut faults = Vec::new();
    let names: BTreeSet<String> = archive.file_names().flatten().map(std::borrow::Cow::into_owned).collect();
    for odd in names.iter().filter(|name| *name != MANIFEST && !manifest.parts.iter().any(|part| part.name == **name)) {
        fault(&mut faults, odd, "không có trong bảng kê");
    }
    for part in &manifest.parts {
        if let Err(what) = check(&mut archive, part, &manifest) {
            fault(&mut faults, &part.name, &what);
        }
    }
    if faults.is_empty() && !is_sealed(file)? {
        fault(&mut faults, "container", "khung của tệp (mục lục, chữ niêm) không khớp: tệp đã bị sửa hoặc cắt");
    }
    let ledger = walk(&mut archive, &manifest, &mut faults)?;
    if let Some(what) = &ledger.what {
        fault(&mut faults, "tables/ledger_entries.jsonl", &format!("nhật ký sai: {what}"));
    }
    Ok(Report { manifest, ledger, faults })
}

fn fault(faults: &mut Vec<Fault>, part: &str, what: &str) {
    faults.push(Fault { part: part.to_owned(), what: what.to_owned() });
}

fn check(archive: &mut Archive, part: &Part, manifest: &Manifest) -> Result<(), String> {
    if !is_ours(&part.name) {
        return Err("tên này không phải của một bản sao lưu".to_owned());
    }
    let entry = archive.by_name(&part.name).map_err(|error| format!("không đọc được: {error}"))?;
    // One byte more than promised is enough to know: a bomb is not unpacked.
    let digest = create::digest_of(&mut entry.take(part.bytes + 1)).map_err(|error| format!("bị hỏng: {error}"))?;
    if digest != part.sha256 {
        return Err("nội dung khác với mã SHA-256 trong bảng kê".to_owned());
    }
    if part.name.strip_prefix("files/").is_some_and(|name| name != digest && !was_known(manifest, name)) {
        return Err("nội dung khác với tên tệp, là mã SHA-256 khi nộp".to_owned());
    }
    Ok(())
}

/// Whether this attachment was already gone or damaged when the backup was made: the house, not the backup.
fn was_known(manifest: &Manifest, digest: &str) -> bool {
    manifest.faults.iter().any(|fault| fault.contains(digest))
}

/// Whether the digest at the end is that of all before it.
fn is_sealed(file: &Path) -> Result<bool, BackupError> {
    let mut file = File::open(file)?;
    let length = create::seal("").len() as u64 + 64;
    let Some(before) = file.metadata()?.len().checked_sub(length) else { return Ok(false) };
    let digest = create::digest_of(&mut (&file).take(before))?;
    file.seek(SeekFrom::Start(before))?;
    let mut seal = Vec::new();
    file.read_to_end(&mut seal)?;
    Ok(seal == create::seal(&digest).as_bytes())
}

/// Hands every row of a table to `each`; stops at the first that is no row.
pub(super) fn each_row(
    archive: &mut Archive,
    table: &TableLine,
    mut each: impl FnMut(&rows::Named<'_>),
) -> Result<i64, String> {
    let entry = archive.by_name(&table.part()).map_err(|error| error.to_string())?;
    let mut count = 0;
    for line in BufReader::new(entry).lines() {
        count += 1;
        let line = line.map_err(|error| format!("dòng {count}: {error}"))?;
        let cells = rows::cells(&line).filter(|cells| cells.len() == table.columns.len());
        let cells = cells.ok_or_else(|| format!("dòng {count} không đọc được"))?;
        each(&rows::Named { columns: &table.columns, cells: &cells });
    }
    Ok(count)
}

/// Counts the rows, looks for the attachments they name and walks the ledger.
fn walk(archive: &mut Archive, manifest: &Manifest, faults: &mut Vec<Fault>) -> Result<Verification, BackupError> {
    let mut points = Vec::new();
    let mut head = None;
    let mut digests = BTreeSet::new();
    // The checkpoints stand before the entries in the order of names.
    let mut chain: Option<Chain> = None;
    let mut broken: Option<Verification> = None;
    for table in &manifest.tables {
        let mut odd = 0_i64;
        let keeps_files = attachments::digest_column(&table.columns).is_some();
        let read = each_row(archive, table, |row| match table.name.as_str() {
            "ledger_checkpoints" => match checkpoint(row) {
                Some(point) => points.push(point),
                None => odd += 1,
            },
            "ledger_head" => {
                let end = |(seq, hash)| ledger::model::Head { seq, hash, signature: row.bytes("signature") };
                head = row.int("seq").zip(hash(row, "hash")).map(end);
            }
            "ledger_entries" => match entry(row) {
                Some(entry) if broken.is_none() => {
                    let chain = chain.get_or_insert_with(|| Chain::new(std::mem::take(&mut points)));
                    broken = chain.add(&entry).err();
                }
                Some(_) => {}
                None => odd += 1,
            },
            _ if keeps_files => digests.extend(row.text("digest")),
            _ => {}
        });
        match read {
            Err(what) => fault(faults, &table.part(), &what),
            Ok(rows) if rows != table.rows => {
                fault(faults, &table.part(), &format!("có {rows} dòng, bảng kê ghi {}", table.rows));
            }
            Ok(_) if odd > 0 => fault(faults, &table.part(), &format!("{odd} dòng không đúng kiểu")),
            Ok(_) => {}
        }
    }
    for digest in digests.iter().filter(|digest| is_digest(digest) && !was_known(manifest, digest)) {
        let name = format!("files/{digest}");
        if !manifest.parts.iter().any(|part| part.name == name) {
            fault(faults, &name, "tệp đính kèm được nhắc đến trong dữ liệu nhưng không có trong bản sao lưu");
        }
    }
    let told = head.as_ref().map(|head| Head { entries: head.seq, hash: data_encoding::HEXLOWER.encode(&head.hash) });
    if told.as_ref() != Some(&manifest.ledger) {
        fault(faults, "tables/ledger_head.jsonl", "đầu chuỗi nhật ký khác với bảng kê");
    }
    if let Some(broken) = broken {
        return Ok(broken);
    }
    let chain = chain.unwrap_or_else(|| Chain::new(points));
    let head = head.unwrap_or(ledger::model::Head { seq: -1, hash: [0; 32], signature: None });
    let is_theirs = |message: &[u8], signature: &[u8]| keys::is_signed_by(&manifest.public_key, message, signature);
    Ok(if manifest.schema < HEADS_SIGNED { chain.end_unsigned(&head, is_theirs) } else { chain.end(&head, is_theirs) })
}

fn hash(row: &rows::Named<'_>, column: &str) -> Option<Hash> {
    row.bytes(column)?.try_into().ok()
}

fn checkpoint(row: &rows::Named<'_>) -> Option<Checkpoint> {
    Some(Checkpoint {
        day: row.text("day")?.parse().ok()?,
        seq: row.int("seq")?,
        hash: hash(row, "hash")?,
        signature: row.bytes("signature")?,
    })
}

fn entry(row: &rows::Named<'_>) -> Option<Entry> {
    let account = match row.bytes("account") {
        Some(bytes) => Some(AccountId(uuid::Uuid::from_slice(&bytes).ok()?)),
        None => None,
    };
    Some(Entry {
        seq: row.int("seq")?,
        at: row.text("at")?.parse().ok()?,
        account,
        actor: row.text("actor")?,
        action: row.text("action")?,
        subject: row.text("subject")?,
        subject_id: row.text("subject_id")?,
        ground: row.text("ground"),
        fields: serde_json::from_str(&row.text("fields")?).ok()?,
        previous: hash(row, "previous")?,
        hash: hash(row, "hash")?,
    })
}
