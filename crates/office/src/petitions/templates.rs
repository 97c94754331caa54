//! Wordings for replies (mẫu trả lời): kept by who answers, for each kind of petition, with places for the number,
//! the name of the sender and the day. A chosen one fills the draft of an answer; what it says is mended there.
//!
//! They belong to everybody who answers and hold nothing of a petition; who changed one last stands beside it.

use kernel::numbers::short_date;
use kernel::text::{search_key, sort_key};
use kernel::{Date, Permission};

use super::model::{Kind, PetitionId};
use super::service::{LONGEST_TEXT, LONGEST_TITLE, leads, line, readable, text};
use super::{PetitionsError, template_store as store};
use crate::db::Tx;
use crate::movements::Work;
use crate::words::ids;
use crate::{Ctx, ledger};

ids! {
    /// A wording for replies.
    TemplateId,
}

/// The places of a wording, each with what is put there.
pub const PLACES: [(&str, &str); 3] =
    [("{số}", "số của vụ việc"), ("{người gửi}", "tên người gửi"), ("{ngày}", "ngày điền mẫu")];

/// A wording for replies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    /// Its id.
    pub id: TemplateId,
    /// For which kind of petition.
    pub kind: Kind,
    /// What it is called in the list.
    pub name: String,
    /// What it says, with its places.
    pub words: String,
    /// Who changed it last.
    pub changed_by: String,
    /// On which day.
    pub changed_on: Date,
    /// Counts changes, against concurrent edits.
    pub version: i64,
}

/// What is typed of a wording.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTemplate {
    /// For which kind of petition.
    pub kind: Kind,
    /// What it is called in the list.
    pub name: String,
    /// What it says, with its places.
    pub words: String,
}

/// The text with its places filled.
#[must_use]
pub fn filled(words: &str, number: &str, sender: &str, on: Date) -> String {
    let sender = if sender.is_empty() { "Ông/Bà" } else { sender };
    let [number_place, sender_place, day_place] = PLACES.map(|(place, _)| place);
    // The name last: what a sender calls himself is never taken for a place.
    words.replace(number_place, number).replace(day_place, &short_date(on)).replace(sender_place, sender)
}

/// The first place of a text that is none of ours.
fn strange_place(words: &str) -> Option<&str> {
    let mut rest = words;
    while let Some(start) = rest.find('{') {
        let end = rest[start..].find('}')?;
        let place = &rest[start..=start + end];
        if !PLACES.iter().any(|(known, _)| *known == place) {
            return Some(place);
        }
        rest = &rest[start + end + 1..];
    }
    None
}

/// The wordings for one kind or for all, by kind and name.
///
/// # Errors
/// When the actor answers no petitions.
pub async fn list(ctx: &Ctx<'_>, kind: Option<Kind>) -> Result<Vec<Template>, PetitionsError> {
    ctx.may(Permission::AnswerPetitions)?;
    let mut found = store::all(&mut ctx.read().await?).await?;
    found.retain(|one| kind.is_none_or(|kind| one.kind == kind));
    found.sort_by_key(|one| (one.kind, sort_key(&one.name)));
    Ok(found)
}

/// Keeps a wording.
///
/// # Errors
/// A field that must be mended: an unknown place, a name that another one of the kind has.
pub async fn keep(ctx: &Ctx<'_>, new: &NewTemplate) -> Result<TemplateId, PetitionsError> {
    ctx.may(Permission::AnswerPetitions)?;
    let mut tx = ctx.begin().await?;
    let one = checked(ctx, &mut tx, TemplateId::new(), new, 1).await?;
    store::add(&mut tx, &one).await?;
    record(ctx, &mut tx, "petition.keep_template", &one).await?;
    tx.commit().await?;
    Ok(one.id)
}

/// Changes a wording.
///
/// # Errors
/// As [`keep`]; when there is none, or another changed it meanwhile.
pub async fn change(ctx: &Ctx<'_>, id: TemplateId, seen: i64, new: &NewTemplate) -> Result<(), PetitionsError> {
    ctx.may(Permission::AnswerPetitions)?;
    let mut tx = ctx.begin().await?;
    find(&mut tx, id).await?;
    let one = checked(ctx, &mut tx, id, new, seen).await?;
    store::save(&mut tx, &one).await?;
    record(ctx, &mut tx, "petition.change_template", &one).await?;
    tx.commit().await?;
    Ok(())
}

/// Takes a wording away; answers that were drafted with it keep their text.
///
/// # Errors
/// When there is none, or another changed it meanwhile.
pub async fn withdraw(ctx: &Ctx<'_>, id: TemplateId, seen: i64) -> Result<(), PetitionsError> {
    ctx.may(Permission::AnswerPetitions)?;
    let mut tx = ctx.begin().await?;
    let one = find(&mut tx, id).await?;
    store::withdraw(&mut tx, id, seen).await?;
    record(ctx, &mut tx, "petition.drop_template", &one).await?;
    tx.commit().await?;
    Ok(())
}

/// A wording as it reads for a petition, for the unit that leads. Nothing is kept: it goes into the draft.
///
/// # Errors
/// For a unit that does not lead, or when there is no such wording of this kind.
pub async fn fill(ctx: &Ctx<'_>, id: PetitionId, template: TemplateId) -> Result<String, PetitionsError> {
    let mut tx = ctx.read().await?;
    let (petition, letter, _) = readable(ctx, &mut tx, id).await?;
    leads(ctx, &petition)?;
    let one = store::find(&mut tx, template).await?.filter(|one| one.kind == petition.kind);
    let one = one.ok_or_else(|| PetitionsError::missing("mau", "Chọn mẫu trả lời trong danh sách"))?;
    // Nobody reads the name of a locked letter.
    let sender = if letter.locked { "" } else { letter.contact.name.as_str() };
    Ok(filled(&one.words, &petition.number(&letter), sender, ctx.today()))
}

async fn find(tx: &mut Tx, id: TemplateId) -> Result<Template, PetitionsError> {
    store::find(tx, id).await?.ok_or(PetitionsError::Unknown("mẫu trả lời"))
}

async fn checked(
    ctx: &Ctx<'_>,
    tx: &mut Tx,
    id: TemplateId,
    new: &NewTemplate,
    version: i64,
) -> Result<Template, PetitionsError> {
    if !new.kind.is_handled_here() {
        return Err(PetitionsError::missing("loai-mau", "Chọn loại vụ việc mà mẫu dùng cho"));
    }
    let name = line("ten-mau", &new.name, LONGEST_TITLE, "Nhập tên mẫu, ví dụ: Đã trả kết quả")?;
    let words = text("loi-mau", &new.words, LONGEST_TEXT, "Nhập lời của mẫu")?;
    if let Some(place) = strange_place(&words) {
        let known = PLACES.map(|(place, _)| place).join(", ");
        let what = format!("Không có chỗ điền {place}; các chỗ điền được là {known}");
        return Err(PetitionsError::missing("loi-mau", &what));
    }
    let same = |one: &Template| one.id != id && one.kind == new.kind && search_key(&one.name) == search_key(&name);
    if store::all(tx).await?.iter().any(same) {
        return Err(PetitionsError::missing("ten-mau", "Đã có mẫu tên này; đặt tên khác hoặc sửa mẫu đó"));
    }
    let changed_by = ctx.actor.name.clone();
    Ok(Template { id, kind: new.kind, name, words, changed_by, changed_on: ctx.today(), version })
}

async fn record(ctx: &Ctx<'_>, tx: &mut Tx, action: &'static str, one: &Template) -> Result<(), PetitionsError> {
    let entry = ctx.entry_of(Work::Petitions, action, "reply_template", one.id);
    Ok(ledger::record(tx, entry.set("kind", one.kind.code())).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wording_is_filled_and_a_sender_named_like_a_place_fills_nothing() {
        let on = jiff::civil::date(2026, 11, 23);
        let said = filled("Gửi {người gửi}: vụ việc {số} ({số}), ngày {ngày}.", "12/2026", "Lò {ngày}", on);
        assert_eq!(said, format!("Gửi Lò {{ngày}}: vụ việc 12/2026 (12/2026), ngày {}.", short_date(on)));
        assert_eq!(filled("{người gửi}", "1/2026", "", on), "Ông/Bà");
    }

    #[test]
    fn a_place_that_is_none_of_ours_is_named() {
        assert_eq!(strange_place("Gửi {người gửi}, số {so}"), Some("{so}"));
        assert_eq!(strange_place("Gửi {người gửi} ngày {ngày} {số} { để trống"), None);
        assert_eq!(strange_place("không có chỗ điền"), None);
    }
}
