//! The portal: a letter written step by step under an address that only its writer knows.
//!
//! A draft is the writer's own until it is sent: it is not in the ledger, nobody of the office reads it, and
//! it goes when it was not touched for as long as the office has set; then the ledger has their number alone. Of its
//! key only a digest is kept.

use data_encoding::BASE64URL_NOPAD;
use jiff::ToSpan as _;
use kernel::Permission;
use serde::{Deserialize, Serialize};

use super::intake::{self, NewLetter};
use super::model::{Channel, Contact, LetterFile, LetterFileId, SenderKind};
use super::service::{LONGEST_TEXT, LONGEST_TITLE, line, text};
use super::{PetitionsError, store};
use crate::db::Tx;
use crate::keys::random_bytes;
use crate::movements::Work;
use crate::{Ctx, House, attachments, ledger};

/// So many files may come with a letter.
pub const MOST_FILES: usize = 5;

/// What was written so far.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Draft {
    /// Who sends it.
    pub sender_kind: Option<SenderKind>,
    /// How to reach them.
    pub contact: Contact,
    /// What it is about.
    pub title: String,
    /// What it says.
    pub content: String,
    /// Whether the name is kept from the public.
    pub hide_name: bool,
}

impl Draft {
    /// Checks and keeps who sends it.
    ///
    /// # Errors
    /// The first field that must be mended.
    pub fn take_sender(&mut self, kind: Option<SenderKind>, typed: &Contact) -> Result<(), PetitionsError> {
        let kind = kind.ok_or_else(|| PetitionsError::missing("loai", "Chọn bạn gửi với tư cách nào"))?;
        let contact = cleaned(typed)?;
        if contact.name.is_empty() {
            return Err(PetitionsError::missing("ten", "Nhập họ tên hoặc tên tổ chức"));
        }
        if contact.address.is_empty() {
            return Err(PetitionsError::missing("dia-chi", "Nhập địa chỉ"));
        }
        if contact.phone.is_empty() && contact.email.is_empty() {
            return Err(PetitionsError::missing("dien-thoai", "Nhập số điện thoại hoặc thư điện tử"));
        }
        (self.sender_kind, self.contact) = (Some(kind), contact);
        Ok(())
    }

    /// Checks and keeps what it says.
    ///
    /// # Errors
    /// The first field that must be mended.
    pub fn take_words(&mut self, title: &str, content: &str) -> Result<(), PetitionsError> {
        let title = line("tieu-de", title, LONGEST_TITLE, "Nhập tiêu đề, ví dụ: Chậm trả kết quả cấp phép")?;
        let content = text("noi-dung", content, LONGEST_TEXT, "Nhập nội dung phản ánh, kiến nghị")?;
        (self.title, self.content) = (title, content);
        Ok(())
    }

    /// The first step that is not done: 1 who, 2 what, 3 the rest.
    #[must_use]
    pub fn next(&self) -> u8 {
        match (self.sender_kind, self.title.is_empty()) {
            (None, _) => 1,
            (_, true) => 2,
            _ => 3,
        }
    }
}

/// How to reach somebody, as it may be kept.
///
/// # Errors
/// A field that is too long, or looks like no telephone, mail address or tax code.
pub fn cleaned(typed: &Contact) -> Result<Contact, PetitionsError> {
    let optional = |field, typed: &str, most| match kernel::text::clean_line(typed) {
        line if line.chars().count() > most => Err(PetitionsError::TooLong { field, most }),
        line => Ok(line),
    };
    let contact = Contact {
        name: optional("ten", &typed.name, LONGEST_TITLE)?,
        address: optional("dia-chi", &typed.address, 300)?,
        phone: optional("dien-thoai", &typed.phone, 30)?,
        email: optional("thu", &typed.email, 120)?,
        tax_code: optional("ma-so-thue", &typed.tax_code, 20)?.replace(['.', ' '], ""),
    };
    let digits = contact.phone.chars().filter(char::is_ascii_digit).count();
    let phone = contact.phone.chars().all(|one| one.is_ascii_digit() || " +-.()".contains(one));
    if !contact.phone.is_empty() && (!phone || digits < 8) {
        return Err(PetitionsError::missing("dien-thoai", "Nhập số điện thoại bằng chữ số, ví dụ 0912 345 678"));
    }
    let email = contact.email.split_once('@').is_some_and(|(name, place)| !name.is_empty() && place.contains('.'));
    if !contact.email.is_empty() && (!email || contact.email.contains(' ')) {
        return Err(PetitionsError::missing("thu", "Nhập thư điện tử dạng ten@noi.vn"));
    }
    if !contact.tax_code.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        return Err(PetitionsError::missing("ma-so-thue", "Mã số thuế chỉ gồm chữ số và dấu gạch ngang"));
    }
    Ok(contact)
}

fn digest(house: &House, key: &str) -> String {
    house.keys.digest(&format!("petition-draft:{key}"))
}

/// Begins a draft; answers the key that is part of its address.
///
/// # Errors
/// What the store says.
pub async fn begin(ctx: &Ctx<'_>) -> Result<String, PetitionsError> {
    let key = BASE64URL_NOPAD.encode(&random_bytes()[..18]);
    let mut tx = ctx.begin().await?;
    let fields = serde_json::to_string(&Draft::default())?;
    store::add_draft(&mut tx, &digest(ctx.house, &key), &fields, ctx.today()).await?;
    tx.commit().await?;
    Ok(key)
}

/// Erases the drafts that nobody touched for as long as the office has set; answers how many. Their files go with
/// the next sweep (`attachments::sweep`), unless something else names them.
///
/// # Errors
/// When the actor does not take petitions in; what the store says.
pub async fn erase_old(ctx: &Ctx<'_>) -> Result<u64, PetitionsError> {
    ctx.may(Permission::RegisterPetitions)?;
    let mut tx = ctx.begin().await?;
    let kept_for = store::settings(&mut tx).await?.draft_days;
    let erased = store::drop_old_drafts(&mut tx, ctx.today().saturating_sub(kept_for.days())).await?;
    if erased > 0 {
        let entry = ctx.entry_of(Work::Petitions, "petition.erase_drafts", "petition", "drafts");
        ledger::record(&mut tx, entry.set("drafts", erased).set("days", kept_for)).await?;
        tx.commit().await?;
    }
    Ok(erased)
}

/// A draft with its files.
///
/// # Errors
/// When there is none: it was sent, or nobody touched it for too long.
pub async fn open(ctx: &Ctx<'_>, key: &str) -> Result<(Draft, Vec<LetterFile>), PetitionsError> {
    let mut tx = ctx.read().await?;
    let key = digest(ctx.house, key);
    let fields = store::draft(&mut tx, &key).await?.ok_or(PetitionsError::Unknown("bản đang soạn"))?;
    Ok((serde_json::from_str(&fields)?, store::draft_files(&mut tx, &key).await?))
}

/// Changes a draft as it stands now, whatever another window saved meanwhile.
///
/// # Errors
/// When there is none; what `change` says, and then nothing is kept.
pub async fn write(
    ctx: &Ctx<'_>,
    key: &str,
    change: impl FnOnce(&mut Draft) -> Result<(), PetitionsError> + Send,
) -> Result<(), PetitionsError> {
    let mut tx = ctx.begin().await?;
    let key = hold(ctx, &mut tx, key).await?;
    let fields = store::draft(&mut tx, &key).await?.ok_or(PetitionsError::Unknown("bản đang soạn"))?;
    let mut draft = serde_json::from_str(&fields)?;
    change(&mut draft)?;
    store::save_draft(&mut tx, &key, &serde_json::to_string(&draft)?).await?;
    tx.commit().await?;
    Ok(())
}

/// Touches a draft, so that whoever changes it at the same time waits and then reads this change; answers its digest.
async fn hold(ctx: &Ctx<'_>, tx: &mut Tx, key: &str) -> Result<String, PetitionsError> {
    let key = digest(ctx.house, key);
    if store::touch_draft(tx, &key, ctx.today()).await? {
        Ok(key)
    } else {
        Err(PetitionsError::Unknown("bản đang soạn"))
    }
}

/// Adds a file to a draft.
///
/// # Errors
/// When the file is not what its name says, too large or empty, or there are enough.
pub async fn attach(ctx: &Ctx<'_>, key: &str, name: &str, bytes: &[u8]) -> Result<(), PetitionsError> {
    open(ctx, key).await?;
    let file = keep(ctx.house, name, bytes)?;
    let mut tx = ctx.begin().await?;
    let key = hold(ctx, &mut tx, key).await?;
    if store::draft_files(&mut tx, &key).await?.len() >= MOST_FILES {
        return Err(PetitionsError::TooManyFiles { most: MOST_FILES });
    }
    store::add_draft_file(&mut tx, &key, &file).await?;
    tx.commit().await?;
    Ok(())
}

/// Keeps the bytes of a file.
pub(super) fn keep(house: &House, name: &str, bytes: &[u8]) -> Result<LetterFile, PetitionsError> {
    let kept = attachments::keep(house, name, bytes).map_err(|error| PetitionsError::file(name, &error))?;
    let name: String = kernel::text::clean_line(name).chars().take(LONGEST_TITLE).collect();
    let (digest, media_type) = (kept.digest, kept.media_type.to_owned());
    Ok(LetterFile { id: LetterFileId::new(), name, digest, media_type, size: kept.size })
}

/// Takes a file out of a draft.
///
/// # Errors
/// When there is none.
pub async fn detach(ctx: &Ctx<'_>, key: &str, file: LetterFileId) -> Result<(), PetitionsError> {
    let mut tx = ctx.begin().await?;
    if !store::drop_draft_file(&mut tx, &digest(ctx.house, key), file).await? {
        return Err(PetitionsError::Unknown("tệp"));
    }
    tx.commit().await?;
    Ok(())
}

/// Sends a draft: it becomes a letter, and its address is gone. Answers the receipt code, which is told once.
///
/// # Errors
/// When something must still be written, or it was sent before.
pub async fn send(ctx: &Ctx<'_>, key: &str) -> Result<String, PetitionsError> {
    let (mut draft, files) = open(ctx, key).await?;
    let (contact, title, content) = (draft.contact.clone(), draft.title.clone(), draft.content.clone());
    draft.take_sender(draft.sender_kind, &contact)?;
    draft.take_words(&title, &content)?;
    let new = NewLetter {
        channel: Channel::Portal,
        sender_kind: draft.sender_kind.unwrap_or(SenderKind::Person),
        contact: draft.contact,
        people: 1,
        hide_name: draft.hide_name,
        title: draft.title,
        content: draft.content,
        received_on: None,
    };
    let arrival = intake::arrival(ctx, new.received_on).await?;
    let mut tx = ctx.begin().await?;
    if !store::drop_draft(&mut tx, &digest(ctx.house, key)).await? {
        return Err(PetitionsError::Unknown("bản đang soạn"));
    }
    let (_, code) = intake::receive_in(ctx, &mut tx, new, arrival, &files).await?;
    tx.commit().await?;
    Ok(code)
}
