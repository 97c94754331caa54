//! Who is invited and who came.

use kernel::Permission;
use kernel::id::PersonId;

use super::model::{DialogueId, Guest, GuestId, Standing, StateKind, line};
use super::service::{keep, own};
use super::{DialoguesError, store};
use crate::db::Tx;
use crate::keys::fresh_code;
use crate::{Ctx, organization};

/// Whom to invite.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    /// A person of the office.
    Person(PersonId),
    /// An entry of the register of enterprises, by its tax code.
    Enterprise(String),
    /// Anybody else, by name.
    Outside(String),
}

/// Invites somebody to a dialogue that is to come, or records who came unasked to one that was held. A guest from
/// outside gets a code, told once, with which to ask beforehand and to propose amendments afterwards.
///
/// # Errors
/// When it is over, the same guest twice, a tax code or a person that is not there.
pub async fn invite(ctx: &Ctx<'_>, id: DialogueId, whom: &Whom) -> Result<(GuestId, Option<String>), DialoguesError> {
    ctx.may(Permission::RunDialogues)?;
    let mut tx = ctx.begin().await?;
    let one = own(ctx, &mut tx, id).await?;
    one.must_be(&[StateKind::Planned, StateKind::Held])?;
    let mut guest = Guest::new(id, String::new(), Standing::Invited);
    match whom {
        Whom::Person(person) => {
            let found = organization::queries::person(&mut tx, *person).await?;
            let here = organization::queries::is_of_the_office(&mut tx, *person, ctx.today()).await?;
            let found = found.filter(|_| here).ok_or(DialoguesError::Unknown("người của Văn phòng"))?;
            (guest.name, guest.person) = (found.profile.name, Some(*person));
        }
        Whom::Enterprise(code) => {
            let found = organization::queries::enterprise_by_tax_code(&mut tx, code).await?;
            let what = "sổ không có mã số thuế này; để trống và ghi tên nếu ở ngoài sổ".to_owned();
            let found = found.ok_or(DialoguesError::Missing { field: "ma-so-thue", what })?;
            (guest.name, guest.enterprise) = (found.entry.name, Some(found.id));
        }
        Whom::Outside(name) => guest.name = line("khach", name, "ghi tên người hoặc tổ chức được mời")?,
    }
    let same = |other: &Guest| match (guest.person, guest.enterprise) {
        (None, None) => kernel::text::search_key(&other.name) == kernel::text::search_key(&guest.name),
        _ => (other.person, other.enterprise) == (guest.person, guest.enterprise),
    };
    if store::guests(&mut tx, id).await?.iter().any(same) {
        return Err(DialoguesError::Invited);
    }
    let code = guest.person.is_none().then(fresh_code);
    store::add_guest(&mut tx, &guest, code.as_deref().map(|code| digest(ctx, code))).await?;
    keep(ctx, &mut tx, &one, "dialogue.invite").await?;
    tx.commit().await?;
    Ok((guest.id, code))
}

/// Gives a guest from outside another code; the one before opens nothing any more.
///
/// # Errors
/// When the dialogue is over, or the guest is of the office.
pub async fn renew_code(ctx: &Ctx<'_>, id: DialogueId, guest: GuestId) -> Result<String, DialoguesError> {
    ctx.may(Permission::RunDialogues)?;
    let mut tx = ctx.begin().await?;
    let one = own(ctx, &mut tx, id).await?;
    one.must_be(&[StateKind::Planned, StateKind::Held])?;
    let found = find(&mut tx, id, guest).await?;
    if found.person.is_some() {
        return Err(DialoguesError::Unknown("khách ngoài Văn phòng"));
    }
    let code = fresh_code();
    store::save_code(&mut tx, guest, &digest(ctx, &code)).await?;
    keep(ctx, &mut tx, &one, "dialogue.invite").await?;
    tx.commit().await?;
    Ok(code)
}

/// Takes an invitation back, before the dialogue, as long as the guest asked nothing.
///
/// # Errors
/// When it was held, or the guest asked something.
pub async fn uninvite(ctx: &Ctx<'_>, id: DialogueId, guest: GuestId) -> Result<(), DialoguesError> {
    ctx.may(Permission::RunDialogues)?;
    let mut tx = ctx.begin().await?;
    let one = own(ctx, &mut tx, id).await?;
    one.must_be(&[StateKind::Planned])?;
    find(&mut tx, id, guest).await?;
    if store::questions(&mut tx, id).await?.iter().any(|question| question.guest == Some(guest)) {
        let what = "khách này đã gửi câu hỏi; không rút lời mời được".to_owned();
        return Err(DialoguesError::Missing { field: "khach", what });
    }
    store::drop_guest(&mut tx, guest).await?;
    keep(ctx, &mut tx, &one, "dialogue.invite").await?;
    tx.commit().await?;
    Ok(())
}

/// Records who of the guests was there; all others were not.
///
/// # Errors
/// Before the dialogue was held, after its minutes were frozen, a guest of another one; [`crate::StoreError::Stale`].
pub async fn attend(ctx: &Ctx<'_>, id: DialogueId, seen: i64, there: &[GuestId]) -> Result<(), DialoguesError> {
    ctx.may(Permission::RunDialogues)?;
    let mut tx = ctx.begin().await?;
    let mut one = own(ctx, &mut tx, id).await?;
    one.must_be(&[StateKind::Held])?;
    one.version = seen;
    let guests = store::guests(&mut tx, id).await?;
    if there.iter().any(|id| !guests.iter().any(|guest| guest.id == *id)) {
        return Err(DialoguesError::Unknown("người được mời"));
    }
    for guest in &guests {
        store::save_there(&mut tx, guest.id, there.contains(&guest.id)).await?;
    }
    keep(ctx, &mut tx, &one, "dialogue.attend").await?;
    tx.commit().await?;
    Ok(())
}

/// A guest of a dialogue.
pub(super) async fn find(tx: &mut Tx, id: DialogueId, guest: GuestId) -> Result<Guest, DialoguesError> {
    let found = store::guests(tx, id).await?.into_iter().find(|one| one.id == guest);
    found.ok_or(DialoguesError::Unknown("người được mời"))
}

/// The guest who holds a code.
pub(super) async fn by_code(ctx: &Ctx<'_>, tx: &mut Tx, code: &str) -> Result<Guest, DialoguesError> {
    let unknown = || DialoguesError::Unknown("giấy mời");
    let code = crate::keys::tidy_code(code).ok_or_else(unknown)?;
    store::guest_by_code(tx, &digest(ctx, &code)).await?.ok_or_else(unknown)
}

/// What is kept of a guest's code.
pub(super) fn digest(ctx: &Ctx<'_>, code: &str) -> String {
    ctx.house.keys.digest(&format!("dialogue-code:{code}"))
}
