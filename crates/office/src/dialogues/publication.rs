//! The result that the public reads: without the name, number or address of a person.

use kernel::Permission;
use kernel::text::search_key;

use super::model::{DialogueId, Guest, Published, StateKind, needed_text};
use super::service::{act, keep, own};
use super::{DialoguesError, store};
use crate::organization::model::EnterpriseKind;
use crate::{Ctx, organization};

/// How many digits in a row are a number of somebody: a telephone, an identity card.
const DIGITS_OF_A_PERSON: usize = 9;

/// Publishes the result of a dialogue whose minutes are frozen; a later text takes its place.
///
/// # Errors
/// Before the minutes are frozen, without words, with what tells who a person is; [`crate::StoreError::Stale`].
pub async fn publish(ctx: &Ctx<'_>, id: DialogueId, seen: i64, text: &str) -> Result<(), DialoguesError> {
    ctx.may(Permission::RunDialogues)?;
    let text = needed_text("ket-qua", text, "ghi kết quả để công khai")?;
    let mut tx = ctx.begin().await?;
    let mut one = own(ctx, &mut tx, id).await?;
    one.must_be(&[StateKind::Frozen])?;
    let mut persons = Vec::new();
    for guest in store::guests(&mut tx, id).await? {
        let household = match guest.enterprise {
            None => true,
            Some(id) => organization::queries::enterprise(&mut tx, id)
                .await?
                .is_some_and(|one| one.entry.kind == EnterpriseKind::Household),
        };
        if household {
            persons.push(guest);
        }
    }
    let title = one.title.clone();
    let found = given_away(&format!("{title}\n{text}"), &persons);
    if !found.is_empty() {
        return Err(DialoguesError::Personal { what: found.join(", ") });
    }
    (one.published, one.version) = (Some(Published { text, act: act(ctx) }), seen);
    keep(ctx, &mut tx, &one, "dialogue.publish").await?;
    tx.commit().await?;
    Ok(())
}

/// Takes the published result from the public's eyes.
///
/// # Errors
/// When nothing is published; [`crate::StoreError::Stale`].
pub async fn hide(ctx: &Ctx<'_>, id: DialogueId, seen: i64) -> Result<(), DialoguesError> {
    ctx.may(Permission::RunDialogues)?;
    let mut tx = ctx.begin().await?;
    let mut one = own(ctx, &mut tx, id).await?;
    if one.published.take().is_none() {
        return Err(DialoguesError::Unknown("bản công khai"));
    }
    one.version = seen;
    keep(ctx, &mut tx, &one, "dialogue.hide").await?;
    tx.commit().await?;
    Ok(())
}

/// What of a text tells who a person is: names of persons and households among the guests, mail addresses, long
/// numbers. It finds what the room knows; whoever publishes reads the text all the same.
fn given_away(text: &str, persons: &[Guest]) -> Vec<String> {
    let key = format!(" {} ", search_key(text));
    let mut found = Vec::new();
    for guest in persons {
        let name = search_key(&guest.name);
        if !name.is_empty() && key.contains(&format!(" {name} ")) {
            found.push(format!("tên “{}”", guest.name));
        }
    }
    let joined: String = text.chars().filter(|letter| !matches!(letter, ' ' | '.' | '-')).collect();
    let longest = joined.split(|letter: char| !letter.is_ascii_digit()).map(str::len).max().unwrap_or(0);
    if longest >= DIGITS_OF_A_PERSON {
        found.push("dãy số như số điện thoại, mã số, số giấy tờ".to_owned());
    }
    if text.split_whitespace().any(|word| word.contains('@') && word.contains('.')) {
        found.push("địa chỉ thư điện tử".to_owned());
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::model::{GuestId, Standing};
    use super::*;

    #[test]
    fn names_numbers_and_mail_addresses_are_found_and_plain_words_are_not() {
        let guest = |name: &str| Guest {
            id: GuestId::new(),
            dialogue: DialogueId::new(),
            name: name.to_owned(),
            person: None,
            enterprise: None,
            there: Some(true),
            standing: Standing::Invited,
            reply: String::new(),
        };
        let persons = [guest("Lò Thị Lả")];
        let found = |text: &str| given_away(text, &persons).len();
        assert_eq!(found("Văn phòng trả lời về hồ sơ đất trong 15 ngày, 30/11/2026."), 0);
        assert_eq!(found("Bà LÒ THỊ LẢ hỏi về thuế"), 1);
        assert_eq!(found("ba lo thi la hoi"), 1);
        assert_eq!(found("Gọi 0912 345 678"), 1);
        assert_eq!(found("Gọi 0912.345.678 hoặc viết la@example.vn"), 2);
        assert_eq!(found("Lò Thị Lan hỏi"), 0, "another name");
    }
}
